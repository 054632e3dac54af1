"""What may be said of an answer: hints with their conditions, as formulas and by the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ...assessment.checks.completeness import tables_needed
from ...assessment.rules import Rule
from ...messages import Text, joined
from ...standard.guide import Node
from ...standard.record import NUMBER, UNIT
from ...standard.units import of_dimensions, unit_label
from ..layout import Layout
from ..per_cent import is_doubtful, is_fraction
from ..plan import Cell, Field, is_answered
from .base import in_percent, lost
from .cached import Cached, general, rounded
from .catalogue import CODES, HINTS
from .catalogue import said as hint_said
from .column import In, Value, plain
from .names import place_in, unit_folding


class Fill(NamedTuple):
    """A number in a hint's sentence: where it stands there, its formula and its value; whole, and no larger than MOST."""

    key: str
    formula: str
    value: float | None


#: No larger number is told in a sentence.
MOST = 10**12


class Said(NamedTuple):
    """A hint, the formula of its condition, whether the data fulfil it, and the numbers of its sentence."""

    hint: str
    formula: str
    holds: bool
    fills: tuple[Fill, ...] = ()
    #: What follows the hint's sentence in a cell that no data can have: the reader refuses them.
    more: str = ""
    #: What follows the hint's sentence: a formula and its text.
    then: tuple[str, str] = ("", "")


def _fills(rules: Iterable[Said]) -> tuple[Fill, ...]:
    """Each once: those of one cell's rules are of the same numbers."""
    return tuple({fill.key: fill for rule in rules for fill in rule.fills}.values())


class Asking:
    """The parts of rules about single answers of one workbook."""

    def __init__(self, layout: Layout, cached: Cached, ranges: Callable[..., str]) -> None:
        self.layout = layout
        self.cached = cached
        self.result = cached.result
        self.assessment = cached.result.assessment
        self._list = ranges
        self._counted: dict[str, tuple[tuple[str, int], tuple[str, int]]] = {}
        #: The rules of questions by path and of indicators by code: a sheet writes them, the contents list and the summary count.
        self._rules_of: dict[str, list[Said]] = {}

    def t(self, text: Text) -> str:
        return '"' + self.layout.text(text).replace('"', '""') + '"'

    def constant(self, value: Any) -> str:
        """As formulas write it."""
        return self.t(value) if isinstance(value, Text) else f'"{value}"' if isinstance(value, str) else plain(value)

    def text_of(self, code: Value, rules: Iterable[Said] = ()) -> str:
        text = self.layout.text(hint_said(HINTS[int(code) - 1], self.layout.guide)) if code else ""
        rules = list(rules)
        text += next((rule.then[1] for rule in rules if CODES[rule.hint] == code), "")
        for fill in _fills(rules):
            if fill.value is not None:
                text = text.replace(f"{{{fill.key}}}", general(float(rounded(min(fill.value, MOST), 0))))
        return text

    def _by(self, hint: str, rule: Rule, formulas: dict[str, str], **fields: Any) -> Said:
        """A rule of the assessment, of cells or formulas by field, and of what the data say there."""
        return Said(hint, rule.formula(In(self, formulas)), rule.holds(**fields))

    def _name(self, path: str) -> str:
        return self.layout.fields[path].name

    def _value(self, path: str) -> object:
        value: object = self.assessment
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else getattr(value, part, None)
        return value

    def listed(self, field: Field) -> list[Said]:
        """A unit or answer that is none of those offered: the reader refuses it."""
        if field.spec.kind == UNIT:
            return [self._unit(field)]
        if not is_answered(field):
            return []
        others = ",".join(f"{field.name}<>{self.t(label)}" for _, label in field.spec.choices)
        return [Said("answer", f'AND({field.name}<>"",{others})', False)]

    def _unit(self, field: Field) -> Said:
        """A unit that measures something else, or is none: that was refused before. The hint names those that fit."""
        place = place_in(self._list("units"), unit_folding(field.name))
        dimension = f"INDEX({self._list('units', 'dimension')},{place})"
        fits = ",".join(f'{dimension}="{known}"' for known in field.spec.dimensions)
        named = self.layout.text(joined([unit_label(unit.code) for unit in of_dimensions(field.spec.dimensions)]))
        wrong = f'IF({field.name}="",FALSE(),NOT(IFERROR(OR({fits}),FALSE())))'
        return Said("unit", wrong, False, more=named)

    def _moved(self, field: Field) -> Said:
        """The cell was cut away: a reference to it goes with it."""
        cell = field.cell
        there = self.layout.ref(cell, cell.sheet)
        return Said("moved_answer", f"IFERROR({lost(there, cell.col + 1, str(cell.row + 1))},TRUE())", False)

    def in_percent(self, field: Field) -> list[Said]:
        """A number in a cell shown as per cent, as 4 % is stored as 0.04. No data can have it."""
        if field.spec.kind != NUMBER or is_fraction(self.layout.guide, field):
            return []
        there, name = in_percent(self.layout.ref(field.cell, field.cell.sheet)), field.name
        said = [Said("percent_format", f'AND({name}<>"",{there})', False)]
        if is_doubtful(self.layout.guide, field.path):
            below = f"IF(ISNUMBER({name}),AND({name}>0,{name}<=1,{there}),FALSE())"
            said.insert(0, Said("percent_cell", below, False))
        return said

    def applicable(self, nodes: list[Node]) -> tuple[str, bool]:
        """Whether any of these indicators is not declared not applicable: formula, and by the data."""
        if not nodes:
            return "FALSE()", False
        blank = ",".join(f'in_not_applicable_{node.code}=""' for node in nodes)
        return f"OR({blank})", any(node.code not in self.assessment.not_applicable for node in nodes)

    def users(self, table: str) -> list[Node]:
        """The indicators that need a table."""
        return [node for node in self.layout.guide.indicators if table in tables_needed(node)]

    def rows_formula(self, table: str) -> str:
        """How many rows of a table say something."""
        return f'SUMPRODUCT(--({self.layout.column(table, "code")}<>""))'

    @staticmethod
    def code_formula(rules: list[Said]) -> str:
        chain = "0"
        for rule in reversed(rules):
            chain = f"IF({rule.formula},{CODES[rule.hint]},{chain})"
        return chain

    @staticmethod
    def code(rules: list[Said]) -> int:
        return next((CODES[rule.hint] for rule in rules if rule.holds), 0)

    def hint_formula(self, code: str, rules: Sequence[Said] = ()) -> str:
        text = f"INDEX({self._list('hints')},{code})"
        for fill in _fills(rules):
            text = f'SUBSTITUTE({text},"{{{fill.key}}}",IFERROR(ROUND(MIN({fill.formula},{MOST}),0),""))'
        for rule in rules:
            if rule.more:
                text += f'&IF({code}={CODES[rule.hint]}," {rule.more}","")'
        for then in dict.fromkeys(rule.then[0] for rule in rules if rule.then[0]):
            codes = dict.fromkeys(CODES[rule.hint] for rule in rules if rule.then[0] == then)
            text += f'&IF(OR({",".join(f"{code}={one}" for one in codes)}),{then},"")'
        return f'IF({code}=0,"",{text})'

    def answered(self, cell: Cell) -> bool:
        """Whether the question of a cell has an answer; the rows of the settings always count as such."""
        path = next((path for path, field in self.layout.fields.items() if field.cell == cell), "")
        return not path or self._value(path) not in ("", None)
