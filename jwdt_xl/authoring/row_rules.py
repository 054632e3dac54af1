"""What makes one row of the index tree one that `jwdt guide build` refuses, told live: each rule once, for data and as a formula.

A formula may be typed by its code or chosen by its name; rules that depend on it hold of what was chosen from the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import JwdtError
from ..messages import Text
from ..standard.composed import FORMS, NEEDED, NONE
from ..standard.formulas import FORMULAS
from ..standard.guide.levels import check_levels
from ..standard.guide.nodes import LONGEST_CODE
from ..standard.guide.own_units import same_unit, stated_unit
from ..standard.guide.rules import RESERVED_CODES
from ..standard.names import fold
from ..standard.quantities import PARAMETERS, QUANTITIES
from ..standard.scoring import ATTRIBUTE_NAMES, ATTRIBUTES, MODERATE, QUALITATIVE
from ..standard.units import BY_CODE, UNITS, unit_label
from .weights.pieces import quoted

Entry = Mapping[str, Any]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_OWN = tuple(FORMS)


class Row:
    """A row as the data have it: its entry, the sum of its children ("" without any), and the codes of the inputs."""

    def __init__(self, entry: Entry, total: float | str, nodes: Sequence[Entry], inputs: Sequence[str]) -> None:
        self.entry, self.total, self.nodes, self.inputs = entry, total, nodes, inputs

    def __getitem__(self, field: str) -> Any:
        outer, _, part = field.partition(".")
        value = self.entry.get(outer, {}).get(part, "") if part else self.entry.get(outer, "")
        return "" if value is None else value


class Cells:
    """A row as formulas have it."""

    def __init__(
        self,
        cell: Callable[[str], str],
        column: Callable[[str, str], str],
        listed: Callable[[str], str],
    ) -> None:
        self._cell, self.column, self.listed = cell, column, listed

    def __getitem__(self, field: str) -> str:
        return self._cell(field)

    def chosen(self, field: str, among: Iterable[str], offered: Sequence[str]) -> str:
        """Whether what was chosen is one of these."""
        places = "".join(f",{offered.index(code) + 1}" for code in among)
        place = f"IFERROR(MATCH({self[field]},{self.listed(field)},0),0)"
        return f'ISNUMBER(FIND(","&{place}&",","{places},"))'


class RowRule(NamedTuple):
    """What the check column says, when by the data and when as a formula."""

    text: Text
    holds: Callable[[Row], bool]
    formula: Callable[[Cells], str]


def _formula_among(c: Cells, codes: Iterable[str]) -> str:
    return c.chosen("formula", codes, list(FORMULAS))


def _attribute_among(c: Cells, codes: Iterable[str]) -> str:
    return c.chosen("attribute", codes, list(ATTRIBUTES))


def _filled(c: Cells, fields: Iterable[str]) -> str:
    return f"COUNTA({','.join(c[field] for field in fields)})>0"


# Codes, names and words of lists


def _bad_code(row: Row) -> bool:
    code = str(row["code"])
    plain = code.isascii() and code.replace("_", "").isalnum()
    return not plain or len(code) > LONGEST_CODE or code.lower() in RESERVED_CODES


def _bad_code_formula(c: Cells) -> str:
    code = f'UPPER({c["code"]}&"")'
    rest = code  # what is left of it without letters, digits and _
    for letter in _LETTERS:
        rest = f'SUBSTITUTE({rest},"{letter}","")'
    reserved = ",".join(f'{code}="{word.upper()}"' for word in RESERVED_CODES)
    return f'OR({rest}<>"",SUBSTITUTE({code},"_","")="",LEN({code})>{LONGEST_CODE},{reserved})'


def _bad_weight(row: Row) -> bool:
    return isinstance(row["weight"], (int, float)) and not 0 <= row["weight"] <= 1


def _unknown(field: str, names: Mapping[str, Text]) -> RowRule:
    words = [word for code, label in names.items() for word in (code, *label)]
    pieces = "&".join(quoted(f"|{word}|") for word in words)

    def formula(c: Cells) -> str:
        return f'IF({c[field]}="",FALSE,NOT(ISNUMBER(FIND("|"&{c[field]}&"|",{pieces}))))'

    return RowRule(
        Text("属性或算法不在列表", "attribute or formula not listed"),
        lambda row: bool(row[field]) and row[field] not in names,
        formula,
    )


# Attribute, formula and unit


def _against(row: Row) -> bool:
    formula = FORMULAS.get(row["formula"])
    return formula is not None and row["attribute"] in ATTRIBUTES and row["attribute"] not in formula.attributes


def _against_formula(c: Cells) -> str:
    parts = []
    for attribute in ATTRIBUTES:
        never = [key for key, formula in FORMULAS.items() if attribute not in formula.attributes]
        parts.append(f"AND({_attribute_among(c, [attribute])},{_formula_among(c, never)})")
    return f"OR({','.join(parts)})"


_PERCENT = [key for key, form in FORMS.items() if form.percent]


def _no_percent(row: Row) -> bool:
    units = [str(row["unit_zh"]), str(row["unit_en"] or row["unit_zh"])]
    return row["formula"] in _PERCENT and not all("%" in unit or "％" in unit for unit in units)


def _no_percent_formula(c: Cells) -> str:
    zh, en = c["unit_zh"], f'IF({c["unit_en"]}="",{c["unit_zh"]},{c["unit_en"]})'
    lacking = ",".join(f'NOT(OR(ISNUMBER(FIND("%",{unit})),ISNUMBER(FIND("％",{unit}))))' for unit in (zh, en))
    return f"AND({_formula_among(c, _PERCENT)},OR({lacking}))"


_COUNTED = {key: formula for key, formula in FORMULAS.items() if formula.unit}


def _other_unit(row: Row) -> bool:
    formula = _COUNTED.get(row["formula"])
    units = (str(row["unit_zh"]), str(row["unit_en"] or row["unit_zh"]))
    return formula is not None and any(stated_unit(unit, formula.unit) for unit in units)


def _other_unit_formula(c: Cells) -> str:
    parts = []
    for counted in dict.fromkeys(formula.unit for formula in _COUNTED.values()):
        dimension = BY_CODE[counted].dimension
        others = [unit for unit in UNITS if unit.dimension == dimension and unit.code != counted]
        names = {fold(name) for unit in others for name in (unit.code, *unit.aliases, *unit_label(unit.code))}
        words = "&".join(quoted(f"|{name}|") for name in sorted(names))
        keys = [key for key, formula in _COUNTED.items() if formula.unit == counted]
        said = []
        for unit in (c["unit_zh"], c["unit_en"]):
            plain = f'LOWER(SUBSTITUTE({unit}," ",""))'
            for gas in ("co2e", "co₂e", "co2", "co₂"):
                plain = f'SUBSTITUTE({plain},"{gas}","")'
            above = f'LEFT({plain},FIND("/",{plain}&"/")-1)'
            said.append(f'AND({unit}<>"",ISNUMBER(FIND("|"&{above}&"|",{words})))')
        parts.append(f"AND({_formula_among(c, keys)},OR({','.join(said)}))")
    return f"OR({','.join(parts)})"


def _other_benchmark_unit(row: Row) -> bool:
    given, unit = str(row["benchmark.unit"]), Text(str(row["unit_zh"]), str(row["unit_en"] or row["unit_zh"]))
    return bool(given) and any(unit) and not same_unit(given, unit)


def _other_benchmark_unit_formula(c: Cells) -> str:
    def plain(text: str) -> str:
        return f'LOWER(SUBSTITUTE({text}," ",""))'

    given, same = plain(c["benchmark.unit"]), []
    for unit in (c["unit_zh"], c["unit_en"]):
        same.append(f"{given}={plain(unit)}")
        for word in ("单位产品", "unitproduct", "product"):
            # per unit product: the benchmark may name the product
            above = f'SUBSTITUTE({plain(unit)},"/{word}","/")'
            same.append(
                f'AND(RIGHT({plain(unit)},{len(word) + 1})="/{word}",LEFT({given},LEN({above}))={above},LEN({given})>LEN({above}))'
            )
    any_unit = f'{c["unit_zh"]}&{c["unit_en"]}<>""'
    return f'AND({c["benchmark.unit"]}<>"",{any_unit},NOT(OR({",".join(same)})))'


# What goes with a formula

_BENCHMARK = ("benchmark.value",)


def _own_fields(row: Row) -> bool:
    form = FORMS.get(row["formula"])
    if form is None:
        return any(row[field] not in ("", []) for field in ("of", "over")) or row["times"] not in ("", 1, 1.0)
    over, times = row["over"] not in ("", []), row["times"] not in ("", 1, 1.0)
    return (
        row["of"] in ("", [])
        or (form.over == NEEDED and not over)
        or (form.over == NONE and over)
        or (times and not form.times)
    )


def _own_fields_formula(c: Cells) -> str:
    of, over, times = (c[field] for field in ("of", "over", "times"))
    times = f'AND({times}<>"",{times}<>1)'
    others = [key for key in FORMULAS if key not in FORMS]
    parts = [
        f'AND({_formula_among(c, _OWN)},{of}="")',
        f'AND({_formula_among(c, [k for k, f in FORMS.items() if f.over == NEEDED])},{over}="")',
        f'AND({_formula_among(c, [k for k, f in FORMS.items() if f.over == NONE])},{over}<>"")',
        f"AND({_formula_among(c, [k for k, f in FORMS.items() if not f.times])},{times})",
        f'AND({_formula_among(c, others)},OR({of}<>"",{over}<>"",{times}))',
    ]
    return f"OR({','.join(parts)})"


#: What a formula of a guide may name besides its inputs, as people type it.
TERMS = tuple(dict.fromkeys(word for key, quantity in QUANTITIES.items() for word in (key, *quantity.name)))
#: So many of the names in a cell are looked at live; build looks at all.
_FIRST = 6


def _unknown_terms(row: Row) -> bool:
    if row["formula"] not in FORMS:
        return False
    known = {fold(name) for name in (*TERMS, *row.inputs)}
    for names in (row["of"] or [], row["over"] or []):
        folded = [fold(str(name)) for name in names]
        if not known.issuperset(folded) or len(set(folded)) < len(folded):
            return True
    return False


def listed_formula(cell: str, ranges: Sequence[str], most: int = _FIRST) -> str:
    """Whether a cell of several names has one that is in none of the ranges, or its first names are the same."""
    apart = f'SUBSTITUTE(SUBSTITUTE({cell},"；",";"),CHAR(10),";")'
    wide = f'SUBSTITUTE({apart},";",REPT(" ",999))'
    names = [f"TRIM(MID({wide},{1 + 999 * k},999))" for k in range(most)]
    unknown = (f'AND({name}<>"",{"+".join(f"COUNTIF({one},{name})" for one in ranges)}=0)' for name in names)
    same = (f'AND({names[i]}<>"",{names[i]}={names[k]})' for i, k in ((0, 1), (0, 2), (1, 2)))
    return f'IF({cell}="",FALSE,OR({",".join((*unknown, *same))}))'


def _unknown_terms_formula(c: Cells) -> str:
    ranges = (c.listed("terms"), c.column("inputs", "code"))
    parts = ",".join(listed_formula(c[field], ranges) for field in ("of", "over"))
    return f"AND({_formula_among(c, _OWN)},OR({parts}))"


def _levels(row: Row) -> bool:
    levels = row["levels"]
    if levels in ("", []):
        return False
    try:
        check_levels(levels)
    except JwdtError:
        return True
    return bool(row["attribute"] != QUALITATIVE or row["formula"] != "entered")


def _levels_formula(c: Cells) -> str:
    right = f"AND({_attribute_among(c, [QUALITATIVE])},{_formula_among(c, ['entered'])})"
    # a number first, and more than one of them
    levels = c["levels"]
    several = f'OR(ISNUMBER(FIND("；",{levels})),ISNUMBER(FIND(";",{levels})),ISNUMBER(FIND(CHAR(10),{levels})))'
    begins = f'OR(LEFT({levels},1)="0",LEFT({levels},1)="1")'
    return f'IF({levels}="",FALSE,NOT(AND({right},{several},{begins})))'


_TAKERS = {name: [key for key, formula in FORMULAS.items() if name in formula.parameters] for name in PARAMETERS}


def _not_taken(row: Row) -> bool:
    return any(row[f"parameters.{name}"] and row["formula"] not in takers for name, takers in _TAKERS.items())


def _not_taken_formula(c: Cells) -> str:
    parts = (f'AND({c[f"parameters.{name}"]}<>"",NOT({_formula_among(c, takers)}))' for name, takers in _TAKERS.items())
    return f"OR({','.join(parts)})"


_ONCE = [key for key, formula in FORMULAS.items() if not formula.may_repeat]


def _twice(row: Row) -> bool:
    def plain(entry: Entry) -> bool:
        return entry.get("formula") == row["formula"] and not any((entry.get("parameters") or {}).values())

    return row["formula"] in _ONCE and plain(row.entry) and sum(map(plain, row.nodes)) > 1


def _twice_formula(c: Cells) -> str:
    same = f"--({c.column('nodes', 'formula')}={c['formula']})"
    plain = ",".join(f'--({c.column("nodes", f"parameters.{name}")}="")' for name in PARAMETERS)
    own = f"COUNTA({','.join(c[f'parameters.{name}'] for name in PARAMETERS)})=0"
    return f"AND({_formula_among(c, _ONCE)},{own},SUMPRODUCT({same},{plain})>1)"


_AS_GROUP = ("formula", "attribute", *_BENCHMARK)


def _weight_outside(c: Cells) -> str:
    """Where a derivation gives none the weight in use is a blank text, which counts as more than any number."""
    weight = c["in_use"]
    return f"IF(ISNUMBER({weight}),OR({weight}<0,{weight}>1),FALSE())"


#: In the order in which they are told, after what is wrong with code, parent and weight.
ROW_RULES = (
    RowRule(Text("代码须为字母、数字、_，至多 40 个，不用保留字", "code: letters, digits, _, at most 40, no reserved word"), _bad_code, _bad_code_formula),
    RowRule(Text("权重须在 0–1", "weight must be 0–1"), _bad_weight, _weight_outside),
    RowRule(Text("缺名称", "no name"), lambda row: not (row["name_zh"] or row["name_en"]), lambda c: f'{c["name_zh"]}&{c["name_en"]}=""'),
    RowRule(
        Text("有下级的不是指标：不能有属性、算法、基准值", "has children: no attribute, formula or benchmark"),
        lambda row: row.total != "" and any(row[field] not in ("", None) for field in _AS_GROUP),
        lambda c: f'AND({c["sum"]}<>"",{_filled(c, _AS_GROUP)})',
    ),
    _unknown("attribute", ATTRIBUTE_NAMES),
    _unknown("formula", {key: formula.name for key, formula in FORMULAS.items()}),
    RowRule(Text("属性与算法不符", "the formula has another attribute"), _against, _against_formula),
    RowRule(Text("占比、下降率、增长率的单位须为 %", "shares and rates are in %"), _no_percent, _no_percent_formula),
    RowRule(Text("单位与算法的单位不同(如 kg 写成 t)", "not the formula's unit, as t for kg"), _other_unit, _other_unit_formula),
    RowRule(Text("计入的量、除以的量、乘以与算法不符", "of, over or times do not go with the formula"), _own_fields, _own_fields_formula),
    RowRule(Text("计入或除以的量不存在或重复", "of or over names what is not there, or twice"), _unknown_terms, _unknown_terms_formula),
    RowRule(Text("参数与算法不符", "the formula takes no such parameter"), _not_taken, _not_taken_formula),
    RowRule(Text("算法重复：请以参数区分或删去一个", "formula used twice: tell them apart by parameters"), _twice, _twice_formula),
    RowRule(Text("可填等级：只用于填报的定性指标，以 0–1 的数开头，两个以上", "grades: entered qualitative indicators only, two or more, each begins with a number 0–1"), _levels, _levels_formula),
    RowRule(
        Text("适中、定性指标没有基准值", "moderate and qualitative have no benchmark"),
        lambda row: row["attribute"] in (MODERATE, QUALITATIVE) and row["benchmark.value"] != "",
        lambda c: f'AND({_attribute_among(c, (MODERATE, QUALITATIVE))},{c["benchmark.value"]}<>"")',
    ),
    RowRule(Text("基准值单位与指标单位不同", "benchmark in another unit than the indicator"), _other_benchmark_unit, _other_benchmark_unit_formula),
)  # fmt: skip
