"""The live checks of the authoring workbook: each formula in ordinary functions, beside the value it carries.

They help while typing; `jwdt guide build` is what decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from ..errors import JwdtError
from ..messages import Text
from ..standard.guide.nodes import check_range
from ..standard.guide.openness import NAMES, NOTHING
from ..standard.names import fold
from ..standard.scoring import ATTRIBUTE_NAMES, NEGATIVE, POSITIVE, WEIGHT_TOLERANCE, check_limit
from ..workbook.columns.column import plain
from .fields import NODES
from .layout import Layout
from .row_rules import ROW_RULES, Cells, Row, listed_formula
from .weights.pieces import quoted

Entry = Mapping[str, Any]

(
    OK,
    NO_CODE,
    TWICE,
    NO_PARENT,
    NO_WEIGHT,
    NOT_A_NUMBER,
    WRONG_SUM,
    NO_FORMULA,
    NO_SOURCE,
    NO_VALUE,
    BAD_VALUE,
    BAD_LIMIT,
    BAD_RANGE,
) = (
    Text("正常", "ok"),
    Text("缺代码", "no code"),
    Text("代码重复", "code used twice"),
    Text("上级不在前面", "parent not above"),
    Text("缺权重", "no weight"),
    Text("权重须为数字", "weight is no number"),
    Text("下级权重之和不符", "children do not sum"),
    Text("缺属性或算法", "no attribute or formula"),
    Text("缺基准值来源", "benchmark without source"),
    Text("有来源/年份而无基准值", "source or year without benchmark"),
    Text("基准值须为大于 0 的数", "benchmark must be a number above 0"),
    Text("限值：正向须低于基准值，负向须高于基准值", "limit: below a positive benchmark, above a negative one"),
    Text("合理范围须有下限和上限，下限较小", "the range needs both ends, the lower one first"),
)


BAD_OPEN = Text("有不认识或重复的名称", "a name that is not there, or twice")
#: What may be left open, as people type it; so many of a cell are looked at live.
OPEN_WORDS = tuple(dict.fromkeys(word for code, label in NAMES.items() for word in (code, *label)))
_MOST_OPEN = 20


class Live:
    """Formulas of the computed cells, each without the leading =."""

    def __init__(self, layout: Layout, listed: Callable[[str], str]) -> None:
        self.layout, self._listed = layout, listed

    def _t(self, text: Text) -> str:
        return quoted(self.layout.text(text))

    def _cell(self, row: int, field: str) -> str:
        return self.layout.ref(self.layout.cell("nodes", row, field))

    def _children(self, row: int) -> str:
        # &"" so that a code typed as a number is the same as its digits
        return f'--({self.layout.range("nodes", "parent")}&""={self._cell(row, "code")}&"")'

    def sum(self, row: int) -> str:
        """The weights of a row's children; blank where it has none."""
        children, weights = self._children(row), self.layout.range("nodes", "in_use")
        has_none = f'OR({self._cell(row, "code")}="",SUMPRODUCT({children})=0)'
        return f'IF({has_none},"",SUMPRODUCT({children},{weights}))'

    def check(self, row: int) -> str:
        """The first thing wrong with a row."""
        cell = {name: self._cell(row, name) for name in (*NODES, "sum", "in_use")}
        codes, above = self.layout.range("nodes", "code"), self.layout.range("nodes", "code", row - 1)
        first, *_, last = (xl_col_to_name(self.layout.column("nodes", field)) for field in NODES)
        line = self.layout.cell("nodes", row, "code").row + 1
        twice = f'SUMPRODUCT(--({codes}&""={cell["code"]}&""))>1'
        orphan = f'AND({cell["parent"]}<>"",SUMPRODUCT(--({above}&""={cell["parent"]}&""))=0)'
        off = f"IF(ISNUMBER({cell['sum']}),ABS({cell['sum']}-{cell['in_use']})>{plain(WEIGHT_TOLERANCE)},FALSE())"
        leaf = f'AND({cell["sum"]}="",OR({cell["attribute"]}="",{cell["formula"]}=""))'
        unsourced = f'AND({cell["benchmark.value"]}<>"",{cell["benchmark.source"]}="")'
        value = cell["benchmark.value"]
        others = ",".join(f'{cell[f"benchmark.{part}"]}<>""' for part in ("unit", "source", "year", "basis", "limit"))
        alone = f'AND({value}="",OR({others}))'
        bad = f'IF({value}="",FALSE(),IF(ISNUMBER({value}),{value}<=0,TRUE()))'
        limit, low, high = cell["benchmark.limit"], cell["range.low"], cell["range.high"]
        worse = f"IF({cell['attribute']}={self._t(ATTRIBUTE_NAMES[NEGATIVE])},{limit}<={value},{limit}>={value})"
        off_limit = f'IF({limit}="",FALSE,IF(COUNT({limit},{value})<2,TRUE,{worse}))'
        off_range = f"IF(COUNTA({low},{high})=0,FALSE,IF(COUNT({low},{high})<2,TRUE,{low}>={high}))"
        chain = self._t(OK)
        for condition, text in reversed(
            (
                (f'{cell["code"]}=""', NO_CODE),
                (twice, TWICE),
                (orphan, NO_PARENT),
                (f'{cell["in_use"]}=""', NO_WEIGHT),
                (f"NOT(ISNUMBER({cell['in_use']}))", NOT_A_NUMBER),
                (off, WRONG_SUM),
                (leaf, NO_FORMULA),
                (alone, NO_VALUE),
                (bad, BAD_VALUE),
                (off_limit, BAD_LIMIT),
                (off_range, BAD_RANGE),
                (unsourced, NO_SOURCE),
                *((f"{self.layout.ref(self.layout.ruled(row, i))}=1", each.text) for i, each in enumerate(ROW_RULES)),
            )
        ):
            chain = f"IF({condition},{self._t(text)},{chain})"
        return f'IF(COUNTA(${first}{line}:${last}{line})=0,"",{chain})'

    def ruled(self, row: int, i: int) -> str:
        """Whether a rule holds of a row: a cell of its own out of sight, as all of them are too long for one formula."""
        cells = {name: self._cell(row, name) for name in (*NODES, "sum", "in_use")}
        rules = Cells(cells.__getitem__, self.layout.range, lambda field: self._listed(f"nodes.{field}"))
        return f'IF({cells["code"]}="",0,IF({ROW_RULES[i].formula(rules)},1,0))'

    def weights(self) -> str:
        column = self.layout.range
        first = f'--({column("nodes", "code")}<>""),--({column("nodes", "parent")}="")'
        return f"SUMPRODUCT({first},{column('nodes', 'in_use')})"

    def problems(self) -> str:
        check = self.layout.range("nodes", "check")
        return f'SUMPRODUCT(--({check}<>""),--({check}<>{self._t(OK)}))'

    def open(self) -> str:
        """Whether what is left open is there to be left open."""
        cell = self.layout.far(self.layout.fact("open"))
        nothing = ",".join(f'LOWER({cell})="{word}"' for word in NOTHING)
        wrong = listed_formula(cell, [self._listed("open")], _MOST_OPEN)
        return f"IF(OR({nothing}),{self._t(OK)},IF({wrong},{self._t(BAD_OPEN)},{self._t(OK)}))"

    def gaps(self) -> str:
        return f"COUNTA({self.layout.range('gaps', 'zh')})"


def sums_and_checks(nodes: Sequence[Entry], inputs: Sequence[str] = ()) -> list[tuple[float | str, Text]]:
    """What the computed columns show for the entries of an index tree."""
    codes = [_folded(node, "code") for node in nodes]
    found: list[tuple[float | str, Text]] = []
    for i, node in enumerate(nodes):
        children = [_weight(other) for other in nodes if codes[i] and _folded(other, "parent") == codes[i]]
        total: float | str = math.fsum(children) if children else ""
        said = _checked(node, total, codes, i)
        if said is OK:
            row = Row(node, total, nodes, inputs)
            said = next((rule.text for rule in ROW_RULES if rule.holds(row)), OK)
        found.append((total, said))
    return found


def _checked(node: Entry, total: float | str, codes: list[str], i: int) -> Text:
    weight, benchmark = node.get("weight", ""), node.get("benchmark", {})
    if not codes[i]:
        return NO_CODE
    if codes.count(codes[i]) > 1:
        return TWICE
    if node.get("parent") and _folded(node, "parent") not in codes[:i]:
        return NO_PARENT
    if weight == "":
        return NO_WEIGHT
    if not isinstance(weight, (int, float)):
        return NOT_A_NUMBER
    if isinstance(total, float) and abs(total - weight) > WEIGHT_TOLERANCE:
        return WRONG_SUM
    if total == "" and not (node.get("attribute") and node.get("formula")):
        return NO_FORMULA
    if benchmark and "value" not in benchmark:
        return NO_VALUE
    value = benchmark.get("value", 1.0)
    if not isinstance(value, (int, float)) or value <= 0:
        return BAD_VALUE
    if "limit" in benchmark:
        try:
            check_limit(benchmark["limit"], value, NEGATIVE if node.get("attribute") == NEGATIVE else POSITIVE)
        except (JwdtError, TypeError):
            return BAD_LIMIT
    if "range" in node:
        try:
            check_range(node["range"])
        except JwdtError:
            return BAD_RANGE
    return NO_SOURCE if "value" in benchmark and not benchmark.get("source") else OK


def _folded(node: Entry, field: str) -> str:
    """Programs compare texts without regard to case."""
    return str(node.get(field, "")).lower()


def _weight(node: Entry) -> float:
    weight = node.get("weight", 0.0)
    return float(weight) if isinstance(weight, (int, float)) else 0.0


def open_check(said: Sequence[str]) -> Text:
    """What the workbook says of the names that are left open."""
    folded = [fold(str(name)) for name in said]
    known = len(folded) == len(set(folded)) and set(folded) <= {fold(word) for word in OPEN_WORDS}
    return OK if known or (len(folded) == 1 and folded[0] in NOTHING) else BAD_OPEN


def first_level_weights(nodes: Sequence[Entry]) -> float:
    return math.fsum(_weight(node) for node in nodes if node.get("code") and not node.get("parent"))
