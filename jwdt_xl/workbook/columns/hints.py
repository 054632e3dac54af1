"""Hints: one sentence beside each question and row that says what is missing or looks wrong.

Each hint is declared once. A hidden code cell finds it (0: nothing to say), the hint cell beside the input shows its
text, and the contents list of the how-to sheet counts the codes. Every code has its formula and, next to it, what the
data of an evaluated workbook give.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from ...assessment.activity import year_of
from ...assessment.model import ACTIVITY_KINDS, TABLES, specs
from ...assessment.result import Result
from ...messages import Text
from ...standard import energy as energies
from ...standard import equivalents as eq
from ...standard.codes import CHARACTERS, USCC_WEIGHTS, divisions, is_uscc
from ...standard.guide import Node
from ...standard.quantities import QUANTITIES
from ...standard.scoring import MODERATE, QUALITATIVE
from ...standard.units import BY_CODE
from ..layout import FORMS, Layout
from . import status

MISSING, CHECK, INFO = "missing", "check", "info"
#: Notes offered by the drop-down; the first one tells "unknown" from "not yet filled in".
NOTES = (
    Text("不知道，待查", "unknown, to be found out"),
    Text("估算", "estimated"),
    Text("变化属实，原因：", "the change is real because …"),
)
#: Reasons offered for "not applicable".
REASONS = (
    Text("本行业指南不要求", "not required by the sector guide"),
    Text("生产过程不产生该项", "the process has none of it"),
    Text("没有可回收的余能", "there is no residual energy to recover"),
)


class Hint(NamedTuple):
    """What a hint says, and the status of a row it belongs to."""

    name: str
    kind: str
    text: Text
    status: Text | None = None


#: In this order: what is missing, what to check, what is good to know. The place (from 1) is the code.
HINTS = (
    Hint("incomplete", MISSING, Text("缺：名称、类别或单位", "missing: name, kind or unit"), status.INCOMPLETE),
    Hint("lacking", MISSING, Text("缺：实测值或排放限值", "missing: measured value or limit"), status.LACKING),
    Hint("origin", MISSING, Text("缺：请选择电力来源", "missing: choose the origin of the power"), status.NO_ORIGIN),
    Hint("coefficient", MISSING, Text("缺：系数是区间，填自有系数或实测热值", "missing: own coefficient or heat value"), status.NO_COEFFICIENT),
    Hint("factor", MISSING, Text("缺：没有缺省因子，煤请选煤种，或填实测值", "missing: type of coal, or measured values"), status.NO_FACTOR),
    Hint("both", MISSING, Text("缺：两期数量；没有发生填 0", "missing: both amounts; 0 if there was none")),
    Hint("base", MISSING, Text("缺：基准期数量；没有发生填 0", "missing: base period; 0 if there was none")),
    Hint("report", MISSING, Text("缺：报告期数量；没有发生填 0", "missing: report period; 0 if there was none")),
    Hint("unknown", MISSING, Text("已注明不知道；仍按缺失处理", "noted as unknown; still taken as missing")),
    Hint("needed", MISSING, Text("必填", "needed")),
    Hint("benchmark", MISSING, Text("缺：基准值，见行业指南", "missing: benchmark of the sector guide")),
    Hint("name", CHECK, Text("查：名称不在列表，请选择或自定当量值", "check: not listed; choose, or declare an own value"), status.UNKNOWN),
    Hint("unit", CHECK, Text("查：单位不适用于此项，请另选", "check: the unit does not fit here"), status.WRONG_UNIT),
    Hint("number", CHECK, Text("查：数字栏有文字、负数或超出范围", "check: a text, or an impossible number"), status.WRONG_NUMBER),
    Hint("other_origin", CHECK, Text("查：此来源不适用于该种类", "check: the origin does not go with the kind"), status.WRONG_ORIGIN),
    Hint("particulates", CHECK, Text("查：颗粒物请分烟尘(燃烧)、一般性粉尘", "check: soot if from combustion, else general dust")),
    Hint("voc", CHECK, Text("查：请填单项有机物，或自定当量值", "check: single substances, or an own value")),
    Hint("nitrogen", CHECK, Text("查：总氮没有当量值，填氨氮或自定当量值", "check: ammonia nitrogen, or an own value")),
    Hint("carbon", CHECK, Text("查：温室气体请填在温室气体表", "check: greenhouse gases have their own sheet")),
    Hint("slip_1000", CHECK, Text("查：两期相差约 1000 倍，核对单位(千)", "check: about 1,000 times apart, look at the unit")),
    Hint("slip_10000", CHECK, Text("查：两期相差约 10000 倍，核对单位(万)", "check: about 10,000 times apart, look at the unit")),
    Hint("change", CHECK, Text("查：变化超过 ±50 %，属实请在备注说明", "check: changes by over ±50 %; if real, note why")),
    Hint("uscc", CHECK, Text("查：须 18 位且校验位相符，请照执照核对", "check: 18 characters that fit the check digit")),
    Hint("industry", CHECK, Text("查：改为四位代码，如 3011", "check: four digits, such as 3011")),
    Hint("same", CHECK, Text("查：两期相同", "check: both periods are the same")),
    Hint("swapped", CHECK, Text("查：基准期晚于报告期", "check: base period after report period")),
    Hint("metered", CHECK, Text("查：与各来源购电之和相差超过 0.5 %", "check: off the sum of the origins by over 0.5 %")),
    Hint("evidence", CHECK, Text("查：请写明证明材料", "check: state the evidence")),
    Hint("effective", CHECK, Text("查：未建立制度却称有效执行", "check: carried out, but not established")),
    Hint("source", CHECK, Text("查：请写明来源", "check: state the source")),
    Hint("weights", CHECK, Text("查：自定权重须全部填写或全部空白", "check: give all own weights or none")),
    Hint("weight_sum", CHECK, Text("查：自定权重合计须为 1", "check: own weights must sum to 1")),
    Hint("overlap", INFO, Text("不计入：与另一项重叠(COD/BOD5/TOC 等)", "not counted: overlaps another (COD/BOD5/TOC …)")),
    Hint("within", INFO, Text("不计当量：pH 在 6–9 或未超过限值", "no equivalents: pH 6–9, or below the limit")),
    Hint("excluded", INFO, Text("不计入能源(原料或耗能工质)", "not counted as energy (feedstock or medium)")),
    Hint("products", INFO, Text("已填产品明细，以其合计为准", "the products sheet has rows: their sum is taken")),
    Hint("eliminated", INFO, Text("存在淘汰类：该指标得 0 分", "on the elimination list: the indicator scores 0")),
    Hint("not_applicable", INFO, Text("已声明不适用", "declared not applicable")),
    Hint("blank_sum", INFO, Text("空：表为空、有空白，或有待查的行", "blank: empty table, a blank, or a row to check")),
    Hint("guide", INFO, Text("采用指南的基准值", "the guide's benchmark is taken")),
)  # fmt: skip
#: Names that the table of pollutants refuses, by the first of each group, in the order of their hints.
REFUSED = {"颗粒物": "particulates", "挥发性有机物": "voc", "总氮": "nitrogen", "二氧化碳": "carbon"}


def literal(name: str) -> str:
    """A name as MATCH is to look for it: wildcards as such; a bar, which is in no name, as what is in none either."""
    for character in "~*?|":
        name = f'SUBSTITUTE({name},"{character}","~{character if character != "|" else "~"}")'
    return name


CODES = {hint.name: code for code, hint in enumerate(HINTS, 1)}
#: The codes of statuses are the first of their kinds.
LAST_STATUS = max(code for code, hint in enumerate(HINTS, 1) if hint.status)
FIRST_CHECK, FIRST_INFO = (next(i for i, h in enumerate(HINTS, 1) if h.kind == kind) for kind in (CHECK, INFO))

#: Questions that may stay blank.
OPTIONAL_FIELDS = {
    "enterprise.region", "output_value.basis", "output_value.unit",
    "metered_electricity.unit", "metered_electricity.base", "metered_electricity.report",
}  # fmt: skip
#: How far the metered purchase may lie from the sum of the origins.
METERED = 0.005
_PURCHASED = (energies.GRID, energies.DIRECT_GREEN, energies.CERTIFICATE)
#: Where a slip of 1,000 or 10,000 shows: report over base, less 1, within a factor of 2.
_SLIPS = {
    "slip_1000": ((499.0, 1999.0), (-0.9995, -0.998)),
    "slip_10000": ((4999.0, 19999.0), (-0.99995, -0.9998)),
}
_LARGE = 0.5
#: Tables that bills can stand for.
FROM_BILLS = ("greenhouse", "energy")

Value = str | float


class Rule(NamedTuple):
    """A hint, the formula of its condition, and whether the data fulfil it."""

    hint: str
    formula: str
    holds: bool


class Hints:
    """Codes and hints of one workbook: formulas, and values by the data."""

    def __init__(
        self,
        layout: Layout,
        result: Result,
        row_values: Callable[[str, int], dict[str, Value]],
        ranges: Callable[..., str],
    ) -> None:
        self.layout = layout
        self.result = result
        self.assessment = result.assessment
        self._row_values = row_values
        self._list = ranges
        self._counted: dict[str, tuple[tuple[str, int], tuple[str, int]]] = {}

    def t(self, text: Text) -> str:
        return '"' + self.layout.text(text).replace('"', '""') + '"'

    def _shown(self, code: str) -> str:
        return f"INDEX({self._list('hints')},{code})"

    def text_of(self, code: Value) -> str:
        return self.layout.text(HINTS[int(code) - 1].text) if code else ""

    # Rows of tables

    def row(self, table: str, key: str, row: int, cell: Callable[[str, str, int], str]) -> str:
        """The formula of hint, change or code in a row; cell gives the address of another column."""
        here = {
            k: cell(table, k, row) for k in (*self.layout.tables[table].inputs, *self.layout.tables[table].computed)
        }
        formula: str = getattr(self, f"_row_{key}")(table, here)
        return formula

    def _row_hint(self, table: str, c: dict[str, str]) -> str:
        code, shown = c["code"], self._shown(c["code"])
        if table in ("energy", "activity"):
            low, high = (f"INDEX({self._list('energies', heading)},{c['key']})" for heading in ("low", "high"))
            between = f'IFERROR(" ("&{low}&"–"&{high}&")","")'
            shown = f"IF({code}={CODES['coefficient']},{shown}&{between},{shown})"
        return f'IF({code}="","",IF({code}=0,{self.t(status.OK)},{shown}))'

    def _row_change(self, table: str, c: dict[str, str]) -> str:
        base, report = c["base"], c["report"]
        change = f'IF(COUNT({base},{report})<2,"",IF({base}<=0,"",({report}-{base})/{base}))'
        # Another pH is another row with 0 in the other period: such rows change by design.
        return f'IF({c["kind"]}<>"{eq.AMOUNT}","",{change})' if table == "pollutants" else change

    def _row_code(self, table: str, c: dict[str, str]) -> str:
        if table == "own_equivalents":
            return self._own_code(c)
        state = c["status"]
        counted = self.change_code(c["change"])
        if table == "pollutants":
            nothing = f'AND({c["kind"]}<>"{eq.AMOUNT}",{c["eq_base"]}=0,{c["eq_report"]}=0,{c["base"]}+{c["report"]}>0)'
            counted = f"IF({c['kept']}=0,{CODES['overlap']},IF({nothing},{CODES['within']},{counted}))"
        count = f"COUNT({c['base']},{c['report']})"
        blank = f'IF({c["base"]}="",{CODES["base"]},{CODES["report"]})'
        blank = f"IF({c['note']}={self.t(NOTES[0])},{CODES['unknown']},IF({count}=0,{CODES['both']},{blank}))"
        chain = f"IF({count}<2,{blank},{counted})"
        if table in ("energy", "activity"):
            left_out = f"{c['share']}=0" if table == "energy" else f"AND({c['share']}=0,{c['factor']}=0)"
            chain = f"IF({left_out},{CODES['excluded']},{chain})"
        found = f"MATCH({state},{self._list('statuses')},0)"
        if table == "pollutants":
            place = f"""MATCH("*|"&{literal(c["pollutant"])}&"|*",{self._list("refused")},0)"""
            refused = f"INDEX({self._list('refused', 'code')},{place})"
            found = f"IF({state}={self.t(status.UNKNOWN)},IFERROR({refused},{CODES['name']}),{found})"
        return f'IF({state}="","",IF({state}<>{self.t(status.OK)},{found},{chain}))'

    def change_code(self, change: str) -> str:
        """The code of a change from base to report, of which change is the cell."""
        rounded = f"ROUND({change},6)"
        chain = f"IF(ABS({rounded})>{_LARGE!r},{CODES['change']},0)"
        for name, (up, down) in reversed(_SLIPS.items()):
            inside = ",".join(f"AND({rounded}>={low!r},{rounded}<={high!r})" for low, high in (up, down))
            chain = f"IF(OR({inside}),{CODES[name]},{chain})"
        return f'IF({change}="",0,{chain})'

    def _own_code(self, c: dict[str, str]) -> str:
        needed = [c[k] for k, spec in specs(TABLES["own_equivalents"]).items() if spec.required]
        blank = ",".join(f'{cell}=""' for cell in needed)
        last = next(reversed(self.layout.tables["own_equivalents"].inputs))
        chain = f'IF({c["source"]}="",{CODES["source"]},0)'
        chain = f'IF({c["dimension"]}="",{CODES["unit"]},{chain})'
        chain = f"IF(OR(COUNT({c['value']})=0,MIN({c['value']})<=0),{CODES['number']},{chain})"
        return f'IF(COUNTA({c["medium"]}:{c[last]})=0,"",IF(OR({blank}),{CODES["incomplete"]},{chain}))'

    def row_values(self, table: str, index: int) -> dict[str, Value]:
        """Hint, change and code of a row by the data."""
        rows = getattr(self.assessment, table)
        if index >= len(rows):
            return {}
        row, values = rows[index], self._row_values(table, index)
        change: Value = ""
        if table != "own_equivalents" and values.get("kind", eq.AMOUNT) == eq.AMOUNT:
            change = _change(row.base, row.report)
        code = self._code_of_row(table, row, values, change)
        hint = self.text_of(code) if code else self.layout.text(status.OK)
        found: dict[str, Value] = {"hint": hint, "code": code}
        return found if table == "own_equivalents" else {**found, "change": change}

    def _code_of_row(self, table: str, row: Any, values: dict[str, Value], change: Value) -> int:
        if table == "own_equivalents":
            return 0 if row.source else CODES["source"]
        state = values["status"]
        if state != self.layout.text(status.OK):
            return next(i for i, h in enumerate(HINTS, 1) if h.status and self.layout.text(h.status) == state)
        if table in ("energy", "activity") and values["share"] == 0 and (table == "energy" or values["factor"] == 0):
            return CODES["excluded"]
        base, report = row.base, row.report
        if base is None or report is None:
            if row.note == self.layout.text(NOTES[0]):
                return CODES["unknown"]
            return CODES["both" if base is report else "base" if base is None else "report"]
        if values.get("kept") == 0:
            return CODES["overlap"]
        nothing = values.get("eq_base") == 0 and values.get("eq_report") == 0 and base + report > 0
        if table == "pollutants" and values["kind"] != eq.AMOUNT and nothing:
            return CODES["within"]
        return code_of_change(change)

    # Single questions

    def field_rules(self, path: str) -> list[Rule]:
        """What may be said of a single input, most important first."""
        special = getattr(self, "_" + path.replace(".", "_"), None)
        if special is not None:
            rules: list[Rule] = special(path)
            return rules
        section = path.partition(".")[0]
        if section in ("policy", "management"):
            return self._question(path)
        return [] if path in OPTIONAL_FIELDS else [self._blank(path)]

    def _name(self, path: str) -> str:
        return self.layout.fields[path].name

    def _value(self, path: str) -> object:
        value: object = self.assessment
        for part in path.split("."):
            value = getattr(value, part)
        return value

    def _blank(self, path: str, unless: str = "", unless_holds: bool = False) -> Rule:
        """The question is unanswered (unless …)."""
        blank = f'{self._name(path)}=""'
        formula = f"AND({blank},NOT({unless}))" if unless else blank
        return Rule("needed", formula, self._value(path) in ("", None) and not unless_holds)

    def _enterprise_uscc(self, path: str) -> list[Rule]:
        name, code = self._name(path), str(self._value(path))
        # Characters count by their place in the alphabet, from 0; FIND counts from 1. Term by term: not every program
        # takes the letters of a text as an array.
        found = [f'FIND(MID({name},{i + 1},1),"{CHARACTERS}")*{w}' for i, w in enumerate(USCC_WEIGHTS)]
        sum_fits = f"MOD({'+'.join(found)}-{sum(USCC_WEIGHTS)},{len(CHARACTERS)})=0"
        fits = f"IF(LEN({name})<>18,FALSE,IFERROR({sum_fits},FALSE))"
        return [self._blank(path), Rule("uscc", f"NOT({fits})", bool(code) and not is_uscc(code))]

    def _enterprise_industry_code(self, path: str) -> list[Rule]:
        name, code = self._name(path), str(self._value(path))
        known = f"IFERROR({self.division(name)},0)"
        wrong = len(code) != 4 or code[:2] not in divisions()
        return [self._blank(path), Rule("industry", f"OR(LEN({name})<>4,{known}=0)", wrong)]

    def division(self, name: str) -> str:
        """The place of the industrial division in the list, whose texts begin with its two digits."""
        return f"""MATCH(LEFT({name},2)&" *",{self._list("divisions")},0)"""

    def _periods_report(self, path: str) -> list[Rule]:
        base, report = self.assessment.periods.base, self.assessment.periods.report
        names = [self._name(f"periods.{p}") for p in ("base", "report")]
        years = [f"VALUE(LEFT(TRIM({name}),4))" for name in names]
        known = year_of(base), year_of(report)
        swapped = known[0] is not None and known[1] is not None and known[0] > known[1]
        inside = ",".join(f"{year}>=1900,{year}<=2099" for year in years)
        later = f"IFERROR(AND({inside},{years[0]}>{years[1]}),FALSE)"
        return [
            self._blank(path),
            Rule("same", f"{names[0]}={names[1]}", base == report),
            Rule("swapped", later, swapped),
        ]

    def _product_output_base(self, path: str) -> list[Rule]:
        rows = f"{self._rows('products')}>0"
        filled = len(self.assessment.products) > 0
        taken = Rule("products", f'AND({self._name(path)}<>"",{rows})', filled and self._value(path) is not None)
        return [self._blank(path, rows, filled), taken]

    def _product_output_report(self, path: str) -> list[Rule]:
        return [*self._product_output_base(path), *self._changes("product.output")]

    def _output_value_report(self, path: str) -> list[Rule]:
        return [self._blank(path), *self._changes("output_value")]

    def _changes(self, section: str) -> list[Rule]:
        """What the change between the periods of a section says."""
        base, report = (self._name(f"{section}.{p}") for p in ("base", "report"))
        numbers = [self._value(f"{section}.{p}") for p in ("base", "report")]
        code = code_of_change(_change(*(n if isinstance(n, (int, float)) else None for n in numbers)))
        known = f"IF(COUNT({base},{report})<2,FALSE,{base}>0)"
        change = f"ROUND(({report}-{base})/{base},6)"
        rules = []
        for name, (up, down) in _SLIPS.items():
            inside = ",".join(f"AND({change}>={low!r},{change}<={high!r})" for low, high in (up, down))
            rules.append(Rule(name, f"IF({known},OR({inside}),FALSE)", code == CODES[name]))
        large = f"IF({known},ABS({change})>{_LARGE!r},FALSE)"
        return [*rules, Rule("change", large, code == CODES["change"])]

    def _metered_electricity_base(self, path: str) -> list[Rule]:
        return self._metered(path, "base")

    def _metered_electricity_report(self, path: str) -> list[Rule]:
        return self._metered(path, "report")

    def _metered(self, path: str, period: str) -> list[Rule]:
        """The metered purchase against the power bought by origin; standard coal stands for kWh."""
        name, unit = self._name(path), self._name("metered_electricity.unit")
        column = self.layout.column
        sums = []
        for origin in _PURCHASED:
            label = self.t(energies.ORIGIN_NAMES[origin])
            sums.append(f"SUMIFS({column('energy', f'eq_{period}')},{column('energy', 'origin')},{label})")
            kind = f"{column('activity', 'kind')},{self.t(ACTIVITY_KINDS['electricity'])}"
            sums.append(f"SUMIFS({column('activity', f'tce_{period}')},{kind},{column('activity', 'origin')},{label})")
        units = self._list("units"), self._list("units", "factor")
        factor = f'IF({unit}="",1,INDEX({units[1]},MATCH({unit},{units[0]},0))/3600)'
        total = f"({'+'.join(sums)})"
        differs = f"ABS({total}*1000/opt_electricity_coefficient-{name}*{factor})>{METERED!r}*{name}*{factor}"
        # Before any power is entered there is nothing to compare.
        formula = f"IF(COUNT({name})=0,FALSE,IF({total}>0,{differs},FALSE))"
        return [Rule("metered", formula, self._metered_differs(period))]

    def _metered_differs(self, period: str) -> bool:
        metered = self.assessment.metered_electricity
        said = getattr(metered, period)
        if said is None:
            return False
        amounts = self.result.quantities
        rows: list[Any] = [*amounts.energies, *(bill for bill in amounts.activity if bill.row.kind == "electricity")]
        bought = [row for row in rows if row.row.origin in _PURCHASED]
        tce = math.fsum((getattr(row.tce, period) or 0.0) * row.share_of_total for row in bought)
        kwh = tce * 1000 / float(self.result.options["electricity_coefficient"])
        here = said * (BY_CODE[metered.unit].factor / 3600 if metered.unit else 1)
        return kwh > 0 and abs(kwh - here) > METERED * here

    # Questions of the qualitative indicators

    def _nodes(self, section: str) -> list[Node]:
        return [node for node in self.layout.guide.indicators if node.algorithm.asks(section)]

    def applicable(self, nodes: list[Node]) -> tuple[str, bool]:
        """Whether any of these indicators is not declared not applicable: formula, and by the data."""
        if not nodes:
            return "FALSE", False
        blank = ",".join(f'in_not_applicable_{node.code}=""' for node in nodes)
        return f"OR({blank})", any(node.code not in self.assessment.not_applicable for node in nodes)

    def _question(self, path: str) -> list[Rule]:
        section, _, name = path.partition(".")
        asked, asked_holds = self.applicable(self._nodes(section))
        stated = self.assessment.policy if section == "policy" else self.assessment.management
        answers = [k for k in specs(type(stated)) if k != "evidence"]
        yes = self.t(Text("是", "yes"))
        rules = [Rule("not_applicable", f"NOT({asked})", not asked_holds)]
        if name == "evidence":
            answered = "&".join(self._name(f"{section}.{k}") for k in answers) + '<>""'
            given = any(getattr(stated, k) is not None for k in answers)
            blank = f'AND({self._name(path)}="",{answered})'
            return [*rules, Rule("evidence", blank, not self._value(path) and given)]
        if path == "policy.recommended":
            listed = self._name("policy.elimination_list")
            return [*rules, self._blank(path, f"{listed}={yes}", self.assessment.policy.elimination_list is True)]
        if path == "policy.elimination_list":
            on_it = Rule("eliminated", f"{self._name(path)}={yes}", self._value(path) is True)
            return [*rules, self._blank(path), on_it]
        if path == "management.effective":
            established = self._name("management.established")
            no = f"{established}={self.t(Text('否', 'no'))}"
            none = self.assessment.management.established is False
            contrary = f"AND({no},{self._name(path)}={yes})"
            return [
                *rules,
                Rule("effective", contrary, none and self._value(path) is True),
                self._blank(path, no, none),
            ]
        return [*rules, self._blank(path)]

    # Benchmarks and weights

    def setting_rules(self, node: Node) -> list[Rule]:
        """What may be said of an indicator's benchmark, weight and reason."""
        own, nodes = self.assessment.weights, self.layout.guide.indicators
        names = self.layout.settings_range("weights")  # a range: a function takes 255 arguments at most
        some = f"AND(COUNT({names})>0,COUNT({names})<{len(nodes)})"
        whole = f"AND(COUNT({names})={len(nodes)},ABS(SUM({names})-1)>1E-6)"
        rules = [
            Rule("weights", some, 0 < len(own) < len(nodes)),
            Rule("weight_sum", whole, len(own) == len(nodes) and abs(math.fsum(own.values()) - 1) > 1e-6),
            Rule("not_applicable", f'in_not_applicable_{node.code}<>""', node.code in self.assessment.not_applicable),
        ]
        if node.algorithm.is_entered:
            entered = f"NOT(ISNUMBER(in_entered_{node.code}))"
            rules.append(Rule("needed", entered, node.code not in self.assessment.entered))
        if node.attribute in (MODERATE, QUALITATIVE):
            return rules
        value, source = (f"in_benchmarks_{node.code}_{k}" for k in ("value", "source"))
        given = self.assessment.benchmarks.get(node.code)
        known = "guide" if node.benchmark else "benchmark"
        return [
            *rules,
            Rule(known, f'{value}=""', given is None),
            Rule("number", f"OR(COUNT({value})=0,MIN({value})<=0)", False),
            Rule("source", f'{source}=""', given is not None and not given.source),
        ]

    @staticmethod
    def code_formula(rules: list[Rule]) -> str:
        chain = "0"
        for rule in reversed(rules):
            chain = f"IF({rule.formula},{CODES[rule.hint]},{chain})"
        return chain

    @staticmethod
    def code(rules: list[Rule]) -> int:
        return next((CODES[rule.hint] for rule in rules if rule.holds), 0)

    def hint_formula(self, code: str) -> str:
        return f'IF({code}=0,"",{self._shown(code)})'

    # The contents list

    def _rows(self, table: str) -> str:
        """How many rows of a table say something."""
        return f'SUMPRODUCT(--({self.layout.column(table, "code")}<>""))'

    def _counts(self, codes: str) -> tuple[str, str]:
        missing = f'COUNTIFS({codes},">=1",{codes},"<{FIRST_CHECK}")'
        check = f'COUNTIFS({codes},">={FIRST_CHECK}",{codes},"<{FIRST_INFO}")'
        return missing, check

    def counts(self, sheet: str) -> tuple[tuple[str, int], tuple[str, int]]:
        """What is missing and what to check on an input sheet or in a table: formulas and numbers."""
        if sheet not in self._counted:
            self._counted[sheet] = (
                self._table_counts(sheet) if sheet in self.layout.tables else self._form_counts(sheet)
            )
        return self._counted[sheet]

    def _form_counts(self, sheet: str) -> tuple[tuple[str, int], tuple[str, int]]:
        if sheet in FORMS:
            cells = [self.layout.hint_cell(p, "code") for p, f in self.layout.fields.items() if f.cell.sheet == sheet]
            all_rules = [self.field_rules(p) for p, f in self.layout.fields.items() if f.cell.sheet == sheet]
        else:
            nodes = self.layout.guide.indicators
            cells = [self.layout.setting_hint_cell(i, "code") for i in range(len(nodes))]
            all_rules = [self.setting_rules(node) for node in nodes]
        codes = self.layout.range(sheet, cells[0].row, cells[-1].row, cells[0].col)
        formulas = self._counts(codes)
        found = [self.code(rules) for rules in all_rules]
        return (
            (formulas[0], sum(1 <= code < FIRST_CHECK for code in found)),
            (formulas[1], sum(FIRST_CHECK <= code < FIRST_INFO for code in found)),
        )

    def _table_counts(self, table: str) -> tuple[tuple[str, int], tuple[str, int]]:
        formulas = self._counts(self.layout.column(table, "code"))
        rows = getattr(self.assessment, table)
        found = [int(self.row_values(table, i)["code"]) for i in range(len(rows))]
        missing, absent = formulas[0], 0
        users = self._users(table)
        if users:
            needed, holds = self.applicable(users)
            if table in FROM_BILLS:
                needed = f"AND({needed},{self._rows('activity')}=0)"
                holds = holds and not self.assessment.activity
            missing = f"{missing}+IF(AND({self._rows(table)}=0,{needed}),1,0)"
            absent = int(holds and not rows)
        return (
            (missing, absent + sum(1 <= code < FIRST_CHECK for code in found)),
            (formulas[1], sum(FIRST_CHECK <= code < FIRST_INFO for code in found)),
        )

    def _users(self, table: str) -> list[Node]:
        """The indicators that need a table."""
        nodes = self.layout.guide.indicators
        return [node for node in nodes if table in {QUANTITIES[key].table for key in node.algorithm.needs}]

    def rows_formula(self, table: str) -> str:
        return self._rows(table)


def _change(base: float | None, report: float | None) -> Value:
    return "" if base is None or report is None or base <= 0 else (report - base) / base


def code_of_change(change: Value) -> int:
    """As the formula of a row's code judges its change."""
    if isinstance(change, str):
        return 0
    rounded = math.copysign(math.floor(abs(change) * 1e6 + 0.5) / 1e6, change)
    for name, bounds in _SLIPS.items():
        if any(low <= rounded <= high for low, high in bounds):
            return CODES[name]
    return CODES["change"] if abs(rounded) > _LARGE else 0
