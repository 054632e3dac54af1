"""Where everything stands on the sheet of measures: its columns, named by what they hold."""

from __future__ import annotations

from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from ...messages import Text
from ..layout import Layout
from ..plan import Cell
from .lines import CHANGEABLE

SHEET = "measures"
#: The heading, the first line, and how many lines there are at least.
HEADER, FIRST, LINES = 3, 4, 20
#: What is typed, from the name of the measure to its life.
INPUTS = ("name", "table", "row", "report", "emission_factor", "origin", "cost", "life")
#: Those of them that are numbers, 0 or more.
NUMBERS = ("report", "emission_factor", "cost", "life")
#: What is shown beside it.
SHOWN = (
    "alone", "gain", "sequence", "spent", "delta_carbon", "delta_equivalents", "carbon_per_cost", "equivalents_per_cost", "order",
)  # fmt: skip
#: What only formulas read: what a line is, whether it can be computed, the row as it was and as it becomes.
KEPT = (
    "code", "checked", "first", "measure", "place", "found", "key", "set_report", "set_emission_factor", "set_origin", "set_cost", "cost_of",
    "was", "row_is", "now_report", "now_emission_factor", "now_origin", "pollutant", "taken_off", "low", "high", "flips", "ranked", "chart_x", "chart_y", "chart_name",
)  # fmt: skip
#: The two ways of looking at a measure.
SCENARIOS = ("alone", "sequence")


class Places:
    """The addresses of one workbook's sheet: columns by key, lines from 0."""

    def __init__(self, layout: Layout, more: tuple[str, ...] = (), lines: int = 0) -> None:
        self.layout = layout
        self.lines = max(LINES, lines)
        self._more = more

    @cached_property
    def columns(self) -> dict[str, int]:
        keys = ("hint", "mark", "start", *INPUTS, "edge", *SHOWN, *KEPT, *self._more)
        return {key: col for col, key in enumerate(keys)}

    @property
    def last(self) -> int:
        return FIRST + self.lines - 1

    def cell(self, line: int, key: str) -> Cell:
        return Cell(SHEET, FIRST + line, self.columns[key])

    def head(self, key: str, row: int = HEADER) -> Cell:
        return Cell(SHEET, row, self.columns[key])

    def letter(self, key: str) -> str:
        return str(xl_col_to_name(self.columns[key]))

    def at(self, key: str, row: int) -> str:
        """A cell of the line in this row of the sheet, counted from 0."""
        return f"${self.letter(key)}{row + 1}"

    def typed(self, key: str, row: int) -> str:
        """What is typed in a line, through a range whose ends nobody can cut: blank cells, on which nothing rests."""
        first = self.columns["start"]
        window = f"${xl_col_to_name(first)}{row + 1}:${self.letter('edge')}{row + 1}"
        return f"INDEX({window},1,{self.columns[key] - first + 1})"

    def column(self, key: str) -> str:
        """All lines of a column."""
        letter = self.letter(key)
        return f"${letter}${FIRST + 1}:${letter}${self.last + 1}"

    def above(self, key: str, row: int) -> str:
        """The heading and the lines above this row."""
        letter = self.letter(key)
        return f"${letter}${HEADER + 1}:${letter}{row}"

    def so_far(self, key: str, row: int) -> str:
        """The lines down to this row."""
        letter = self.letter(key)
        return f"${letter}${FIRST + 1}:${letter}{row + 1}"

    def across(self, keys: list[str], row: int, fixed: bool = False) -> str:
        """Cells side by side."""
        sign = "$" if fixed else ""
        return f"${self.letter(keys[0])}{sign}{row + 1}:${self.letter(keys[-1])}{sign}{row + 1}"


def tables(layout: Layout) -> dict[str, str]:
    """The tables by the titles of their sheets, as people choose them."""
    return {layout.title(layout.tables[name].sheet): name for name in CHANGEABLE}


WIDTHS = {
    "hint": 24, "mark": 4, "start": 1, "name": 16, "table": 13, "row": 5, "report": 10, "emission_factor": 9, "origin": 12, "cost": 8, "life": 6,
    "edge": 1, "alone": 8, "gain": 8, "sequence": 8, "spent": 9, "delta_carbon": 10, "delta_equivalents": 10, "carbon_per_cost": 10,
    "equivalents_per_cost": 10, "order": 6,
}  # fmt: skip
TITLES = {
    "hint": Text("提示", "hint"), "mark": Text("✓✗", "✓✗"), "name": Text("措施", "measure"), "table": Text("工作表", "sheet"),
    "row": Text("行号", "row"), "report": Text("新数量", "new amount"), "emission_factor": Text("新排放\n因子", "new\nfactor"),
    "origin": Text("新来源", "new origin"), "cost": Text("投资\n万元", "cost\n10^4 yuan"), "life": Text("寿命\n年", "life\nyears"),
    "alone": Text("单独\n总分", "total,\nalone"), "gain": Text("单独\n增分", "gain,\nalone"), "sequence": Text("依次\n总分", "total in\nsequence"),
    "spent": Text("累计投资\n万元", "cost so far\n10^4 yuan"), "delta_carbon": Text("ΔC\nt CO2e", "ΔC\nt CO2e"),
    "delta_equivalents": Text("ΔP\n当量", "ΔP\neq."), "carbon_per_cost": Text("每万元减\nkg CO2e", "kg CO2e per\n10^4 yuan"),
    "equivalents_per_cost": Text("每万元减\n当量", "eq. per\n10^4 yuan"), "order": Text("先后", "order"),
}  # fmt: skip
