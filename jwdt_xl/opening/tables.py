"""Tables that an evaluator keeps (a register, a review): CSV or Excel, columns found by their headings, ids as text."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import Refused
from ..messages import ERROR, Finding
from ..standard.names import fold
from .container import JSON, kind_of, read
from .markup import place
from .raw import ErrorValue, formula_note
from .refusals import refused

#: Rows above the heading: a title, an explanation.
_HEADING_WITHIN = 10


class Row(NamedTuple):
    """A row of the table: its fields as text, and its place for messages."""

    place: str
    fields: dict[str, str]
    #: Fields whose cell holds a number, so that an id may have lost digits.
    numbers: frozenset[str]


def read_table(
    path: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str], notes: list[Finding] | None = None
) -> Iterator[Row]:
    """The rows of a table whose columns are known by any of their names; wholly blank rows are left out.

    notes takes what is to be said of cells that were read: formulas by their saved values.
    """
    name = os.path.basename(path)
    told: list[Finding] = []
    grid = list(_grid(path, told))
    if notes is not None:
        notes += told
    names = {fold(alias): key for key, aliases in columns.items() for alias in (key, *aliases)}
    top = 0
    for top, cells in enumerate(grid[:_HEADING_WITHIN]):  # noqa: B007  used below the loop
        found = {
            names[fold(str(cell))]: col for col, cell in reversed(list(enumerate(cells))) if fold(str(cell)) in names
        }
        if set(needed) <= set(found):
            break
    else:
        raise refused(
            path,
            "no-heading",
            "没有找到表头，须有列：{n} — 请在第一行写明列名",
            "no heading found, must have the columns: {n} — name the columns in the first row",
            n="、".join("/".join(columns[key][:2]) for key in needed),
        )
    for number, cells in enumerate(grid[top + 1 :], top + 2):
        values = {key: cells[col] if col < len(cells) else "" for key, col in found.items()}
        for key, value in values.items():
            if isinstance(value, ErrorValue):
                raise Refused((Finding(ERROR, value.code, f"{name}:{place(number - 1, found[key])}", value.why()),))
        fields = {key: _text(value) for key, value in values.items()}
        if any(fields.values()):
            numeric = frozenset(key for key, value in values.items() if isinstance(value, float))
            yield Row(f"{name}:{number}", fields, numeric)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _grid(path: str, told: list[Finding]) -> list[list[Any]]:
    if path.lower().endswith((".csv", ".txt", ".tsv")):
        return _csv(path)
    if kind_of(path) == JSON:
        raise refused(
            path,
            "not-a-table",
            "须为 CSV 或 Excel 文件 — 请另存为 .csv 或 .xlsx",
            "must be a CSV or Excel file — save it as .csv or .xlsx",
        )
    from .sheets import first_filled

    title, grid, formulas = first_filled(path)
    told += formula_note(title, formulas)
    return grid


def _csv(path: str) -> list[list[Any]]:
    raw = read(path)
    for encoding in ("utf-8-sig", "gb18030"):  # what Chinese Excel writes as CSV
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        delimiter = max(",\t;", key=text.partition("\n")[0].count)
        try:
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise _encoding(path) from error
    raise _encoding(path)


def _encoding(path: str) -> Refused:
    return refused(
        path,
        "encoding",
        "不是可读的 CSV（须为 UTF-8 或 GBK 编码）— 请另存为 CSV UTF-8",
        "no readable CSV (must be UTF-8 or GBK) — save it as CSV UTF-8",
    )
