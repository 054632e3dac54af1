"""What spreadsheet cells hand over, and what they take back.

Blank is missing (None), an error value is its text (#N/A …) and comes out unchanged, a range is a list of rows.
Number texts are read as numbers: "1,234.5", "１２３".
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from itertools import chain
from typing import Any

from ..errors import JwdtError
from ..messages import LONGEST, Text, number

Rows = list[list[Any]]

#: From this many rows on a range is a whole column, whose blank end is no data.
WHOLE_COLUMN = 65536
#: No name that is looked up has more characters.
LONGEST_NAME = 120
_ERRORS = frozenset((
    "#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!",
))  # fmt: skip
# compiled when first needed: few cells are texts of numbers, and a start is felt
_LIBREOFFICE_ERROR = r"Err:\d{3}"
_PLAIN = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_GROUPED = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
TRUE_WORDS, FALSE_WORDS = ("是", "有", "yes", "true", "y"), ("否", "无", "no", "false", "n")
NOT_APPLICABLE_WORDS = ("n/a", "不适用", "not applicable")


def is_error(value: Any) -> bool:
    """Whether a cell holds an error value, or the text of one."""
    if not isinstance(value, str):
        return False
    return value in _ERRORS or (value.startswith("Err:") and re.fullmatch(_LIBREOFFICE_ERROR, value) is not None)


def is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def is_range(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def rows_of(value: Any) -> Rows:
    """A range as a list of equally long rows; a flat list is one column, and nothing at all one blank cell."""
    rows = [list(row) if is_range(row) else [row] for row in value]
    width = max((len(row) for row in rows), default=0)
    if any(len(row) != width for row in rows):
        raise JwdtError(Text("区域各行长度不同", "the rows of the range differ in length"))
    return rows if width else [[None]]


def trimmed(values: Sequence[Any]) -> Sequence[Any]:
    """Arguments without the blank end of whole columns: these become as long as the longest range among them."""
    heights = [len(value) if is_range(value) else 0 for value in values]
    if max(heights, default=0) < WHOLE_COLUMN:
        return values
    longest = max(
        _filled(value) if height >= WHOLE_COLUMN else height for value, height in zip(values, heights, strict=True)
    )
    return [
        value[: max(longest, 1)] if height >= WHOLE_COLUMN else value
        for value, height in zip(values, heights, strict=True)
    ]


def _filled(rows: Sequence[Any]) -> int:
    """How many rows there are up to the last one with something in it."""
    end, is_flat = len(rows), not is_range(rows[0])
    while end:  # a sheet has a million rows: thousands at once, then the last ones singly
        block = rows[max(0, end - 8192) : end]
        cells = list(block if is_flat else chain.from_iterable(block))
        if cells.count(None) + cells.count("") < len(cells):
            break
        end -= len(block)
    for place in range(end, 0, -1):
        row = rows[place - 1]
        if not all(map(is_blank, (row,) if is_flat else row)):
            return place
    return 0


def flat(value: Any) -> list[Any]:
    """The cells of a range row by row, or the one value."""
    return [cell for row in rows_of(value) for cell in row] if is_range(value) else [value]


def first_error(values: Sequence[Any]) -> str | None:
    """The first error value among arguments, ranges included."""
    for value in values:
        if is_range(value):
            for cell in (cell for row in value for cell in (row if is_range(row) else (row,))):
                if is_error(cell):
                    return str(cell)
        elif is_error(value):
            return str(value)
    return None


def to_number(value: Any, name: Text | str) -> float | None:
    """A cell as a number; None where it is blank."""
    if type(value) is float and math.isfinite(value):  # nearly all cells: the shortest way
        return value
    if is_blank(value):
        return None
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip()
        if re.fullmatch(_GROUPED, text):
            text = text.replace(",", "")
        if re.fullmatch(_PLAIN, text):
            value = float(text)
    elif hasattr(value, "__float__") and not isinstance(value, bool):
        try:
            value = float(value)
        except OverflowError:  # an integer of more than 308 digits
            value = math.inf
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        raise _wrong(name, Text("须为有限的数", "must be a finite number"), value)
    raise _wrong(name, Text("须为数字", "must be a number"), value)


def to_text(value: Any, name: Text | str) -> str | None:
    """A cell as text on one line; None where it is blank."""
    if is_blank(value):
        return None
    if not isinstance(value, str):
        raise _wrong(name, Text("须为文本", "must be text"), value)
    text = " ".join(value.split())
    if len(text) > LONGEST_NAME:
        rule = Text("不能超过 {n} 个字符", "must have at most {n} characters").fill(n=LONGEST_NAME)
        raise _wrong(name, rule, text)
    return text


def to_flag(value: Any, name: Text | str) -> bool | None:
    """A cell as yes or no; None where it is blank."""
    if is_blank(value) or isinstance(value, bool):
        return None if not isinstance(value, bool) else value
    word = str(value).strip().lower() if isinstance(value, str) else value
    if word in TRUE_WORDS or word == 1:
        return True
    if word in FALSE_WORDS or word == 0:
        return False
    raise _wrong(name, Text("须为 是 或 否", "must be yes or no"), value)


def is_not_applicable(value: Any) -> bool:
    return isinstance(value, str) and unicodedata.normalize("NFKC", value).strip().lower() in NOT_APPLICABLE_WORDS


def _wrong(name: Text | str, rule: Text, value: Any) -> JwdtError:
    shown = "NaN" if value != value else " ".join(str(value)[:60].split())
    return JwdtError(Text("{n} {r}，实为“{v}”", "{n} {r}, got “{v}”").fill(n=name, r=rule, v=shown))


def _in(unit: Text | str) -> Text:
    """A unit behind a number, where there is one."""
    return Text(*(f" {label}" if label else "" for label in (unit if isinstance(unit, Text) else (unit, unit))))


def check_bounds(
    value: float, name: Text | str, minimum: float | None, maximum: float | None, above: float | None, unit: Text | str
) -> None:
    """Raise JwdtError naming argument, rule, unit and value where a number is out of bounds."""
    if above is not None and not value > above:
        rule = Text("须大于 {b}{u}", "must be above {b}{u}").fill(b=number(above), u=_in(unit))
    elif minimum is not None and value < minimum:
        rule = Text("须不小于 {b}{u}", "must be at least {b}{u}").fill(b=number(minimum), u=_in(unit))
    elif maximum is not None and value > maximum:
        rule = Text("须不大于 {b}{u}", "must be at most {b}{u}").fill(b=number(maximum), u=_in(unit))
    else:
        return
    raise _wrong(name, rule, number(value))


def short(text: str) -> str:
    """A sentence cut to what a cell function may give."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
