"""The numbers that the printed summary shows, found by what stands beside them: whatever the layout, whatever was moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ...assessment.result import Result
from ...workbook import Returned
from ...workbook.plan import Cell
from ...workbook.sheets.result_texts import TOTAL, TOTALS

Grid = Sequence[Sequence[Any]]
_CODE, _NAME, _VALUE, _SCORE, _LOST = 0, 1, 2, 5, 6
#: Of the label that stands beside the total.
_BESIDE = 2


class Shown(NamedTuple):
    """A cell that shows a number: what it is, what stands there and what the data give."""

    cell: Cell
    name: str
    found: Any
    right: float | None


def at(grid: Grid, cell: Cell) -> Any:
    """What stands in a cell; a blank text beyond the end."""
    return _of(grid[cell.row], cell.col) if cell.row < len(grid) else ""


def _of(cells: Sequence[Any], col: int) -> Any:
    return cells[col] if col < len(cells) else ""


def numbers(returned: Returned, result: Result) -> Iterator[Shown]:
    """Total, coverage and score so far, scores of the first levels, and of each indicator its value, score and points lost."""
    grid: Grid = returned.grid("summary")
    text = returned.layout.text
    beside: dict[str, float | None] = {
        text(TOTALS["coverage"]): result.coverage,
        text(TOTALS["score_so_far"]): result.score_so_far,
    }
    beside |= {text(group.node.name): group.score for group in result.first_levels}
    indicators = {(i.node.code, text(i.node.name)): i for i in result.indicators}
    if int(returned.stamp["layout"]) == 1:  # had other columns
        beside, indicators = {}, {}
    if (total := _total_row(grid, text(TOTAL), text(TOTALS["coverage"]))) is not None:
        yield _shown(grid, total, 0, "total", result.total)
    for row, cells in enumerate(grid):
        first = _of(cells, _CODE)
        for col, label in enumerate(cells):
            if col > _NAME and label in beside:
                yield _shown(grid, row, col + 2, str(label), beside[label])
        indicator = indicators.get((str(first), _of(cells, _NAME)))
        if indicator is not None:
            if indicator.value is not None:
                yield _shown(grid, row, _VALUE, f"value {first}", indicator.value)
            yield _shown(grid, row, _SCORE, f"score {first}", indicator.score)
            yield _shown(grid, row, _LOST, f"lost {first}", indicator.lost)


def _total_row(grid: Grid, heading: str, beside: str) -> int | None:
    """Where the total stands: beside the coverage, for its heading is a formula that says something else while data are missing."""
    for row, cells in enumerate(grid):
        if _of(cells, _BESIDE) == beside:
            return row
        if _of(cells, _CODE) == heading and row + 1 < len(grid):
            return row + 1
    return None


def _shown(grid: Grid, row: int, col: int, name: str, right: float | None) -> Shown:
    cell = Cell("summary", row, col)
    return Shown(cell, name, at(grid, cell), right)
