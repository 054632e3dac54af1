"""The action Import: papers into the open form. Blank cells are filled, nothing is overwritten, everything is told on a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ...assessment import Assessment, write
from ...assessment.tables import NAME_FIELDS
from ...errors import Refused
from ...messages import ERROR, INFO, WARNING, Finding, Text, shown, speaking
from ..document import Opened
from ..paper import Wanted
from ..together import Nothing, accounting, put_together, started_of, wanted_of
from . import TITLE
from .book import OpenBook
from .reading import Form, Place, cell_of, read_form

SHEET = Text("导入结果", "Imported")
HEADINGS = (
    Text("级别", "severity"),
    Text("位置", "where"),
    Text("说明", "what was found, what to do"),
    Text("代码", "code"),
)
SEVERITIES = {ERROR: Text("错误", "error"), WARNING: Text("警告", "warning"), INFO: Text("提示", "note")}
NOTHING_CHOSEN = Text("没有选择材料，未导入", "no paper was chosen: nothing is imported")
#: A row that was typed, as findings of merging name it.
_ROW = re.compile(r"(\w+)\[(\d+)\](?:\(.*\))?(?:\.(\w+))?", re.DOTALL)
#: What a cell of the sheet takes.
_LONGEST = 2000


class Done(NamedTuple):
    """What was done, in one sentence; how many cells were filled, and the sheet that says all of it."""

    said: str
    filled: int
    sheet: str
    findings: tuple[Finding, ...]

    @property
    def fine(self) -> bool:
        return not any(finding.severity == ERROR for finding in self.findings)


def import_into(book: OpenBook, documents: Callable[[Wanted], Iterable[Opened]], period: str | None = None) -> Done:
    """Papers into the open form; documents opens them, told whose are wanted.

    Raises JwdtError where the workbook is no form.
    """
    form = read_form(book)
    with speaking(form.language):
        try:
            started = started_of(form.data)
            found = put_together(documents(wanted_of(started)), started, "", period)
        except Nothing as error:
            return _done(book, accounting(error.accounts), 0, error.findings)
        except Refused as error:
            return _done(book, accounting([]), 0, tuple(_placed(book, form, finding) for finding in error.findings))
        told: list[Finding] = []
        filled = sum(
            _fill(book, form, place, value, told)
            for place, value in _changes(book, form, started, found.assessment, told)
        )
        placed = (_placed(book, form, finding, started) for finding in found.findings)
        return _done(book, accounting(found.accounts, found.numbers), filled, (*told, *placed))


def _done(book: OpenBook, said: Text, filled: int, findings: tuple[Finding, ...]) -> Done:
    sentence = f"{said}; " if str(said) == said.en else f"{said}；"
    sentence += str(Text("{n} 个单元格", "{n} cells").fill(n=filled))
    order = list(SEVERITIES)
    rows = [[str(TITLE), "", sentence, ""], [str(each) for each in HEADINGS]]
    for finding in sorted(findings, key=lambda finding: order.index(finding.severity)):
        rows.append(
            [str(SEVERITIES[finding.severity]), shown(finding.where), shown(str(finding.text))[:_LONGEST], finding.code]
        )
    return Done(sentence, filled, book.add(str(SHEET), rows), findings)


def _changes(
    book: OpenBook, form: Form, started: Assessment, ended: Assessment, told: list[Finding]
) -> Iterator[tuple[Place, Any]]:
    """The cells whose value the papers gave."""
    before, after = write(started), write(ended)
    for path, place in form.answers.items():
        value = _at(after, path)
        if value != _at(before, path):
            yield place, value
    for table, columns in form.columns.items():
        rows, old = after.get(table, []), before.get(table, [])
        places = _places(started, table)
        free = max((*places, _last_used(form, table)), default=-1) + 1
        places += range(free, free + len(rows) - len(old))
        for number, (row, at) in enumerate(zip(rows, places, strict=True)):
            known = old[number] if number < len(old) else {}
            if at >= form.rows[table]:
                told.append(_no_room(book, table, row))
                continue
            for field, place in columns.items():
                if field in row and row[field] != known.get(field):
                    yield place._replace(row=at), row[field]


def _placed(book: OpenBook, form: Form, finding: Finding, started: Assessment | None = None) -> Finding:
    """What is said of a row or answer that was typed, with its cell; without an assessment by the rows as they were read."""
    path = finding.where.removeprefix("!")
    row = _ROW.fullmatch(path)
    if path in form.answers:
        place = form.answers[path]
    elif row and row[1] in form.columns:
        places = list(range(form.rows[row[1]])) if started is None else _places(started, row[1])
        columns = form.columns[row[1]]
        at = places[int(row[2])] if int(row[2]) < len(places) else 0
        place = columns.get(row[3], next(iter(columns.values())))._replace(row=at)
    else:
        return finding
    return finding._replace(where=book.place(place.name, place.row, place.col))


def _places(started: Assessment, table: str) -> list[int]:
    """The rows of the form in which the rows of a table stand."""
    return list(started.positions.get(table, range(len(getattr(started, table)))))


def _last_used(form: Form, table: str) -> int:
    """The last row in which anything is typed, counted from 0; -1 where there is none."""
    columns = form.columns[table].values()
    used = (
        row
        for row in range(form.rows[table])
        if any(form.typed(place._replace(row=row)) is not None for place in columns)
    )
    return max(used, default=-1)


def _no_room(book: OpenBook, table: str, row: dict[str, Any]) -> Finding:
    text = Text(
        "表已填满，“{n}”没有写入（{v}）— 请用 jwdt import --into 导入，得到行数更多的工作簿",
        "the table is full, “{n}” was not written ({v}) — import with jwdt import --into, which writes a workbook with more rows",
    )
    amounts = ", ".join(f"{period} {row[period]}" for period in ("base", "report") if period in row)
    filled = text.fill(n=row.get(NAME_FIELDS[table]) or row.get("kind", ""), v=amounts)
    return Finding(ERROR, "import-no-room", book.place(f"tbl_{table}", 0, 0), filled, "completeness")


def _fill(book: OpenBook, form: Form, place: Place, value: Any, told: list[Finding]) -> bool:
    """Into a blank cell. A source is added to what is typed there, and a cell that holds anything else stays."""
    there = form.typed(place)
    cell = cell_of(value, place.spec, form.language)
    is_source = isinstance(there, str) and isinstance(cell, str) and cell.startswith(f"{there.strip()}; ")
    if (there is None or is_source) and book.put(place.name, place.row, place.col, cell):
        return True
    text = Text("单元格已有“{t}”，没有写入“{v}” — 请核对", "the cell holds “{t}”, “{v}” was not written — check them")
    filled = text.fill(t="=…" if there is None else there, v=cell)
    told.append(
        Finding(ERROR, "import-cell-taken", book.place(place.name, place.row, place.col), filled, "consistency")
    )
    return False


def _at(data: dict[str, Any], path: str) -> Any:
    value: Any = data
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
