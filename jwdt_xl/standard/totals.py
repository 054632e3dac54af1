"""Rows of totals among data: by their name, or because they are the sum of the rows above them."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from .names import fold

#: What the names of totals end in, and what they are as a whole.
ENDS = ("合计", "小计", "总计", "共计")
WHOLE = (
    "总和", "总数", "汇总", "累计", "total", "totals", "subtotal", "subtotals", "sub-total", "sub-totals", "grandtotal", "sumtotal", "sum",
)  # fmt: skip
#: What may follow, before a colon or a bracket and whatever stands behind it.
NUMBER = "数"
#: A longer text is no name.
LONGEST = 60
_NAMED = re.compile(rf"(?:.*(?:{'|'.join(ENDS)})|{'|'.join(WHOLE)}){NUMBER}?(?:[:(\[].*)?")
_OF_ALL = re.compile(
    r"(?:算术|加权|行业)?平均(?:值|数|水平)?|均值|中位(?:值|数)|众数|标准差|最(?:大|小|高|低)值?|average|mean|median|max(?:imum)?|min(?:imum)?|std\.?(?:dev\.?)?|stdev"
)
#: A total may be rounded in its last digit, but not by more than this part of it.
_ROUNDED = 1e-3
_EXACT = 1e-9


def is_total(name: object) -> bool:
    """Whether a text names a row of totals: 合计, 原料小计, Total, 总计：…"""
    return isinstance(name, str) and len(name) < LONGEST and _NAMED.fullmatch(fold(name)) is not None


def is_of_all(name: object) -> bool:
    """Whether a text names a row that says something of all rows: a total, a mean, a median, an extreme."""
    return is_total(name) or (isinstance(name, str) and _OF_ALL.fullmatch(fold(name).rstrip(":")) is not None)


def sums(rows: Sequence[Sequence[float | None]], scales: Sequence[float] = ()) -> Iterator[int]:
    """The rows that are, in every column, the sum of at least two rows above them: those after the last sum, or all.

    Nothing is a sum where a value is missing or 0. scales: what a unit of each row is worth, where these differ.
    """
    block, whole = _Sum(), _Sum()
    for i, (row, scale) in enumerate(zip(rows, scales or (1.0,) * len(rows), strict=True)):
        if block.is_told_by(row, scale) or whole.is_told_by(row, scale):
            yield i
            block = _Sum()
        else:
            block.add(row, scale)
            whole.add(row, scale)


class _Sum:
    """The sums of the columns of some rows; NaN where a value is missing."""

    def __init__(self) -> None:
        self.count = 0
        self.columns: tuple[float, ...] = ()

    def add(self, row: Sequence[float | None], scale: float) -> None:
        known = [math.nan if value is None else value * scale for value in row]
        self.columns = tuple(map(operator.add, self.columns, known)) if self.count else tuple(known)
        self.count += 1

    def is_told_by(self, row: Sequence[float | None], scale: float) -> bool:
        if self.count < 2 or not row:
            return False
        return all(
            value and abs(value - column / scale) <= _within(value)
            for value, column in zip(row, self.columns, strict=True)
        )


def _within(value: float) -> float:
    exponent = Decimal(repr(int(value) if value == int(value) else value)).as_tuple().exponent
    last = 0.5 * 10.0**exponent if isinstance(exponent, int) else 0.0
    return max(min(last, _ROUNDED * abs(value)), _EXACT * abs(value))
