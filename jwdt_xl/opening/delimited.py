"""Tables as text (CSV, TSV, Excel's “Unicode text”): in the encodings people have, separated by what their programs use.

The sign between cells is told by the headings, which are known, and never by the cells: answers may be full of it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from itertools import islice

from ..errors import Refused
from .limits import DEFAULT
from .refusals import refused

SUFFIXES = (".csv", ".txt", ".tsv")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DELIMITERS = ",\t;|，；"
#: Excel's own line that names the sign.
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[ \t,;]*(?:\r\n?|\n)", re.IGNORECASE)
#: What programs of old put at the end of a file, and what copying pads it with.
_END = "\0\x1a"
#: Rows above the heading: a title, an explanation; and how much of the text these may take.
HEADING_WITHIN, _HEAD = 10, 200_000
_LEAST = 16
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")


def rows(path: str, raw: bytes, worth: Callable[[Sequence[str]], int]) -> list[list[str]]:
    """The cells of a table; worth: how much a row says as a heading. Raises Refused where it is none."""
    text = _text(path, raw).rstrip(_END)
    if "\0" in text:
        raise _none(path)
    named = _SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    signs = dict.fromkeys((named[1] if named else "") + _DELIMITERS)
    try:
        delimiter = max(signs, key=lambda sign: _worth(text[:_HEAD], sign, worth))
        if text.count(delimiter) + text.count("\n") + text.count("\r") > DEFAULT.cells:
            raise refused(
                path, "too-many-cells", "单元格过多（超过 {n}）— 请只保留所需的数据", "too many cells (above {n}) — keep the data that are needed",
                n=DEFAULT.cells,
            )  # fmt: skip
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _none(path) from error


def _worth(head: str, sign: str, worth: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """How good the best heading is that a sign makes; of equal ones the row of more cells."""
    try:
        return max(
            (
                (worth(row), len(row))
                for row in islice(csv.reader(io.StringIO(head, newline=""), delimiter=sign), HEADING_WITHIN)
            ),
            default=(0, 0),
        )
    except csv.Error:  # a quotation that ends beyond the head, or a cell too long
        return (0, 0)


def _text(path: str, raw: bytes) -> str:
    marked = next((encoding for mark, encoding in _BOMS if raw.startswith(mark)), None)
    for encoding in (marked,) if marked else (*_unmarked(raw), "utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _none(path)


def _unmarked(raw: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark: every other byte of digits, signs and line ends is 0, and nothing in it steers anything."""
    head = raw[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) < _LEAST or max(even, odd) * 8 < len(head) or min(even, odd) * 8 > max(even, odd):
        return ()
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = head[: len(head) // 2 * 2].decode(encoding, "ignore").rstrip(_END)
    return (encoding,) if _CONTROLS.search(text) is None else ()


def _none(path: str) -> Refused:
    return refused(
        path,
        "not-a-table",
        "不是可读的 CSV（须为 UTF-8、GBK 或 UTF-16 编码的文本）— 请重新导出或另存为 CSV UTF-8 或 .xlsx",
        "no readable CSV (must be text in UTF-8, GBK or UTF-16) — export it again, or save it as CSV UTF-8 or .xlsx",
    )
