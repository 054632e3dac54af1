"""Ranges in, a range out: a function of single cells over whole columns.

Nearly all cells are plain: numbers within bounds, known names. A column of them is read once, in one tight loop, each
name once, and its rows go straight to the function. A row with anything else in it goes cell by cell, as a single
call does: so its sentence, its error value or its blank are the same.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from ..errors import JwdtError
from ..messages import Text
from . import cells
from .arguments import Argument

#: In the place of a cell that is not plain.
ODD: Any = object()
_LARGEST = sys.float_info.max
_ROWS = {list, tuple}

#: Reads one cell; raises JwdtError where it is wrong.
Reader = Callable[[Any], Any]
#: Reads the cells of a column; those that are not plain are ODD. Also says whether there may be such.
ColumnReader = Callable[[list[Any]], tuple[list[Any], bool]]


def columns_of_names(read: Reader) -> ColumnReader:
    """Reads texts and answers: the same few come again and again, so each is read once.

    Cells that are equal (1, 1.0 and true) mean the same in an answer, and none of them is a text.
    """

    def column(found: list[Any]) -> tuple[list[Any], bool]:
        try:
            known = {cell: _plain(read, cell) for cell in set(found)}
        except TypeError:  # something that cannot be hashed, so no cell at all
            return [ODD] * len(found), True
        return list(map(known.__getitem__, found)), ODD in known.values()

    return column


def columns_of_numbers(read: Reader, minimum: float | None, maximum: float | None, above: float | None) -> ColumnReader:
    """Reads numbers: within these bounds there is nothing to convert or to check."""
    least = -_LARGEST if minimum is None else minimum
    if above is not None:
        least = max(least, math.nextafter(above, _LARGEST))
    most = _LARGEST if maximum is None else maximum

    def column(found: list[Any]) -> tuple[list[Any], bool]:
        others: list[Any] = []

        def other(cell: Any) -> Any:
            if type(cell) is int and least <= cell <= most:
                return float(cell)
            others.append(_plain(read, cell))
            return others[-1]

        numbers = [cell if type(cell) is float and least <= cell <= most else other(cell) for cell in found]
        return numbers, ODD in others

    return column


def _plain(read: Reader, cell: Any) -> Any:
    try:
        return ODD if cells.first_error((cell,)) is not None else read(cell)
    except Exception:  # raised anew where its row goes cell by cell
        return ODD


class Spill:
    """A function of single cells, made one of ranges.

    ``one`` takes cells as they are and does everything; ``function`` takes what the readers of the columns make of
    them, and its result is yet to be ``checked``.
    """

    def __init__(
        self,
        one: Callable[..., Any],
        function: Callable[..., Any],
        checked: Callable[[Any], Any],
        declared: Sequence[Argument],
        reader: Callable[[Argument], ColumnReader],
    ) -> None:
        self.one, self.function, self.checked, self.declared, self.reader = one, function, checked, declared, reader

    @cached_property
    def readers(self) -> list[ColumnReader]:
        """How the column of each argument is read; made when first needed."""
        return [self.reader(argument) for argument in self.declared]

    def __call__(self, arguments: Sequence[Any]) -> Any:
        """Single cells, rows and columns stretch to the largest shape. A wholly blank row gives a blank;
        a cell that is wrong gives its sentence, so that one bad row does not cost the others."""
        ranges = [_Range(value) if cells.is_range(value) else None for value in arguments]
        given = [found for found in ranges if found is not None]
        height = max((found.height for found in given), default=0)
        width = max((found.width for found in given), default=0)
        if height <= 1 and width <= 1:
            return self.one(
                *(v if found is None else found.cells[0] for v, found in zip(arguments, ranges, strict=True))
            )
        if any(found.height not in (1, height) or found.width not in (1, width) for found in given):
            raise JwdtError(
                Text("各区域大小须一致：{h}×{w}", "ranges must have the same shape: {h}×{w}").fill(h=height, w=width),
                "shapes-differ",
            )
        columns = [
            [value] if found is None else found.stretched(height, width)
            for value, found in zip(arguments, ranges, strict=True)
        ]
        results = self._results(columns, [found is not None for found in ranges], height * width)
        return [results[start : start + width] for start in range(0, height * width, width)]

    def _results(self, columns: list[list[Any]], in_range: list[bool], size: int) -> list[Any]:
        """The result of every row of cells; a column that is no range has one cell for all rows."""
        read: list[list[Any]] = []
        odd: set[int] = set()
        # Where no needed cell says otherwise a row may be blank: then it is not for the function.
        may_be_blank = all(a.optional for a, inside in zip(self.declared, in_range, strict=True) if inside)
        for reader, column, inside in zip(self.readers, columns, in_range, strict=True):
            found, some_odd = reader(column)
            read.append(found if inside else found * size)
            if some_odd or (inside and may_be_blank):
                marks = (ODD, None) if inside and may_be_blank else (ODD,)
                odd.update(place for place, cell in enumerate(read[-1]) if cell in marks)
        cells_of_rows = [column if inside else column * size for column, inside in zip(columns, in_range, strict=True)]

        def cell_by_cell(place: int) -> Any:
            row = [column[place] for column in cells_of_rows]
            if all(cells.is_blank(cell) for cell, inside in zip(row, in_range, strict=True) if inside):
                return ""
            try:
                return self.one(*row)
            except JwdtError as error:
                return cells.short(str(error))

        results, function, checked = [], self.function, self.checked
        for place, row in enumerate(zip(*read, strict=True)):
            if place in odd:
                results.append(cell_by_cell(place))
                continue
            try:
                result = function(*row)
                results.append(result if type(result) is float and result - result == 0 else checked(result))
            except (JwdtError, OverflowError):
                results.append(cell_by_cell(place))
        return results


class _Range:
    """The cells of a range, row by row."""

    def __init__(self, value: Sequence[Any]) -> None:
        widths = set(map(len, value)) if set(map(type, value)) <= _ROWS else set()
        if len(widths) == 1 and 0 not in widths:
            self.height, [self.width] = len(value), widths
            self.cells = list(chain.from_iterable(value))
        else:
            rows = cells.rows_of(value)
            self.height, self.width = len(rows), len(rows[0])
            self.cells = list(chain.from_iterable(rows))

    def stretched(self, height: int, width: int) -> list[Any]:
        found = self.cells
        if self.width < width:
            found = [cell for cell in found for _ in range(width)]
        return found if self.height == height else found * height
