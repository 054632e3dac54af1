"""Documents opened safely, every one of many: workbooks and texts in guarded worker processes, each within its limits."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..assessment import Assessment
from ..errors import Refused
from ..opening import blame, delimited, jsonfile
from ..opening.container import WORKBOOK, kind_of, read
from ..opening.guard import GaveUp, Guard, NoWorkers
from ..opening.limits import DEFAULT, Limits
from ..opening.raw import look
from ..opening.refusals import internal, of_os_error
from ..opening.sheets import NoSheets, book, unreadable
from ..opening.sources import Source, opened
from ..opening.titles import stamp_in
from ..standard.guide import Guide
from ..workbook import plan
from . import previous
from .document import Opened, Reading
from .paper import Sheet, Wanted
from .together import started_of

if TYPE_CHECKING:
    from ..workbook import Returned

#: Documents handed to a worker at once, and batches handed out ahead of the one waited for.
_BATCH, _AHEAD = 16, 3
#: Rows in which the stamp of a return is looked for.
_TOP = 60


def open_all(
    sources: Iterable[Source], wanted: Wanted, read_sheets: Reading, jobs: int = 1, limits: Limits = DEFAULT
) -> Iterator[Opened]:
    """Every document once, in the order given; read_sheets says what sheets give, in the worker."""
    with Guard(jobs, limits, ("python_calamine", "jwdt_xl.workbook", __name__)) as guard:
        settings = (wanted, read_sheets, limits)
        waiting: deque[tuple[list[Source], Any]] = deque()
        batch: list[Source] = []
        for source in sources:
            batch.append(source)
            if len(batch) == _BATCH:
                waiting.append((batch, guard.submit(_open_batch, batch, *settings)))
                batch = []
            while len(waiting) > jobs * _AHEAD:
                yield from _outcomes(guard, *waiting.popleft(), settings)
        if batch:
            waiting.append((batch, guard.submit(_open_batch, batch, *settings)))
        while waiting:
            yield from _outcomes(guard, *waiting.popleft(), settings)


def _outcomes(
    guard: Guard, batch: list[Source], future: Any, settings: tuple[Wanted, Reading, Limits]
) -> Iterator[Opened]:
    """A document over which a worker came to grief is refused; the others go on."""
    found = guard.each(_open_batch, batch, *settings, future=future)
    for source, each in zip(batch, found, strict=True):
        if isinstance(each, GaveUp):
            yield _refused(source, blame.too_much(guard, source, each.code, settings[-1]))
        elif isinstance(each, NoWorkers):
            raise each
        elif isinstance(each, Exception):
            yield _refused(source, internal(source.name, each))
        else:
            yield each


def _refused(source: Source, error: Refused) -> Opened:
    """The findings under the name people know; a path of ours is none."""
    named = tuple(f._replace(where=_named(f.where, source)) for f in error.findings)
    return Opened(source.name, refused=named)


def _named(where: str, source: Source) -> str:
    if where in (source.path, source.name) or os.path.isabs(where) or not where:
        return source.name
    return where if where.startswith(source.name) else f"{source.name}!{where}"


def _open_batch(batch: Sequence[Source], wanted: Wanted, read_sheets: Reading, limits: Limits) -> list[Opened]:
    """Runs in a worker."""
    return [_open(source, wanted, read_sheets, limits) for source in batch]


def _open(source: Source, wanted: Wanted, read_sheets: Reading, limits: Limits) -> Opened:
    from python_calamine import CalamineError

    try:
        with opened(source, limits) as path:
            kind = kind_of(path, limits)
            digest = hashlib.sha256(read(path, limits.file_size)).hexdigest()
            if kind == WORKBOOK:
                found = _workbook(source, path, wanted, read_sheets, limits)
            elif source.name.lower().endswith(delimited.SUFFIXES):
                found = read_sheets(source.name, (_text(source, path, read_sheets),), wanted)
            else:
                found = previous.opened(source.name, jsonfile.load(path))
            return found._replace(digest=digest)
    except Refused as error:
        return _refused(source, error)
    except OSError as error:
        return _refused(source, of_os_error(source.name, error) if error.errno else unreadable(source.name, error))
    except (NoSheets, CalamineError, zipfile.BadZipFile, zlib.error) as error:
        return _refused(source, unreadable(source.name, error))


def _text(source: Source, path: str, read_sheets: Reading) -> Sheet:
    return Sheet(source.name, "", delimited.rows(path, read(path), read_sheets.worth))


def _workbook(source: Source, path: str, wanted: Wanted, read_sheets: Reading, limits: Limits) -> Opened:
    file = book(path)
    grids = {title: _grid(file, title, limits.cells) for title in file.sheet_names}
    if any(stamp_in(grid[:_TOP], plan.FORMAT) for grid in grids.values()):
        returned = _return(path, wanted.guide)
        told = tuple(f._replace(where=f"{source.name}!{f.where}") for f in returned.aligned.moved)
        return previous.opened(source.name, returned.data, told)
    looked = look(path, grids)
    sheets = (Sheet(source.name, title, looked.filled(title, grid)[0]) for title, grid in grids.items())
    return read_sheets(source.name, tuple(sheets), wanted)


def _return(path: str, guide: Guide | None) -> Returned:
    from ..workbook.returned.reader import read as read_return

    return read_return(path, {guide.id: guide} if guide else None)


def typed(path: str, guide: Guide | None, limits: Limits = DEFAULT) -> tuple[Assessment, dict[str, str]]:
    """What is filled in so far in an assessment file or workbook, complete or not, and the stamp of the latter.

    Raises Refused where it cannot be read.
    """
    if kind_of(path, limits) != WORKBOOK:
        return started_of(jsonfile.load(path), guide), {}
    with Guard(1, limits, ("python_calamine", "jwdt_xl.workbook", __name__)) as guard:
        try:
            data, stamp = guard.run(_typed, path, guide)
        except GaveUp as error:
            raise blame.too_much(guard, blame.file(path), error.code, limits) from error
    return started_of(data, guide), stamp


def _typed(path: str, guide: Guide | None) -> tuple[Any, dict[str, str]]:
    """Runs in a worker."""
    from python_calamine import CalamineError

    try:
        returned = _return(path, guide)
    except (NoSheets, CalamineError, zipfile.BadZipFile, zlib.error) as error:
        raise unreadable(path, error) from error
    return returned.data, returned.stamp


def _grid(file: Any, title: str, cells: int) -> list[list[Any]]:
    sheet = file.get_sheet_by_name(title)
    if sheet.end is not None and (sheet.end[0] + 1) * (sheet.end[1] + 1) > cells:
        raise MemoryError  # before it is held here
    grid: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    return grid
