"""Error values and formulas in an OpenDocument spreadsheet, whose cells have no address: they are counted."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection

from . import markup

CONTENT = "content.xml"
#: How programs show an error; LibreOffice has names of its own for some.
ERRORS = re.compile(
    r"#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|EXTERNAL!|PYTHON!)|Err:[0-9]{3}"
)
#: Where the value of a cell stands that is no text.
_VALUES = ("value", "date-value", "time-value", "boolean-value")
#: A cell that shows something and has no value: what it shows may be rounded.
UNCLEAR = "?"
#: A repeated cell is told so often, at most.
_REPEATED = 1000

#: What stands in a cell and is not its text: a comment, a picture with its words.
_BESIDE = ("annotation", "frame")

Found = dict[str, dict[tuple[int, int], str]]
Listed = dict[str, tuple[tuple[int, int], ...]]


def errors(file: zipfile.ZipFile, titles: Collection[str]) -> tuple[Found, Listed, Listed]:
    """By title the error values (a blank for a formula without value), the formulas that have one, and what is shown as per cent."""
    found: Found = {}
    formulas: dict[str, list[tuple[int, int]]] = {}
    percents: dict[str, list[tuple[int, int]]] = {}
    title, depth = "", 0
    row, below, column, rows, columns = 0, 0, 0, 1, 1
    cell: dict[str, str] | None = None
    shown: list[str] = []
    beside = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal title, depth, row, below, column, rows, columns, cell, beside
        if name in _BESIDE:
            beside += 1
        elif name == "table":
            depth += 1
            if depth == 1:
                title = attributes.get("table:name") or markup.local(attributes).get("name", "")
                row = below = 0
        elif depth == 1 and name == "table-row":
            rows = _count(attributes, "number-rows-repeated")
            row, column, below = below, 0, below + rows
        elif depth == 1 and name in ("table-cell", "covered-table-cell") and title in titles:
            columns = _count(attributes, "number-columns-repeated")
            cell = attributes
            shown.clear()

    def end(name: str) -> None:
        nonlocal depth, column, cell, beside
        if name in _BESIDE:
            beside -= 1
        elif name == "table":
            depth -= 1
        elif cell is not None and name in ("table-cell", "covered-table-cell"):
            mark = _mark(cell, "".join(shown).strip())
            if markup.local(cell).get("value-type") == "percentage":
                percents.setdefault(title, []).extend(
                    (r, c)
                    for r in range(row, row + min(rows, _REPEATED))
                    for c in range(column, column + min(columns, _REPEATED))
                )
            if mark is not None or "formula" in markup.local(cell):
                for r in range(row, row + min(rows, _REPEATED)):
                    for c in range(column, column + min(columns, _REPEATED)):
                        if mark is None:
                            formulas.setdefault(title, []).append((r, c))
                        else:
                            found.setdefault(title, {})[r, c] = mark
            column, cell = column + columns, None

    def text(data: str) -> None:
        if cell is not None and not beside:
            shown.append(data)

    markup.parse(markup.pieces(file, CONTENT), start, end, text)
    listed, shown_so = ({name: tuple(places) for name, places in each.items()} for each in (formulas, percents))
    return found, listed, shown_so


def is_error(text: str) -> bool:
    return text[:1] in ("#", "E") and ERRORS.fullmatch(text) is not None


def _count(attributes: dict[str, str], name: str) -> int:
    text = markup.local(attributes).get(name, "1")
    return int(text) if text.isdecimal() and len(text) < 8 else 1


def _mark(attributes: dict[str, str], shown: str) -> str | None:
    """The error value of a cell, a blank for a formula without value, UNCLEAR, None where it is nothing of the kind."""
    kinds = {value for name, value in attributes.items() if name.rpartition(":")[2] == "value-type"}
    own = markup.local(attributes)
    if "error" in kinds or ("formula" in own and is_error(shown)):
        return shown or "#N/A"
    if "string" in kinds or any(own.get(name, "").strip() for name in _VALUES):
        return None
    if "formula" in own:
        return ""
    return UNCLEAR if shown else None
