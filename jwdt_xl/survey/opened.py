"""Files of answers opened safely: workbooks in guarded worker processes, text within limits."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..errors import Refused
from ..messages import Finding
from ..opening import blame, titles
from ..opening.container import WORKBOOK, kind_of, open_regular, read
from ..opening.delimited import HEADING_WITHIN, rows
from ..opening.guard import GaveUp, Guard
from ..opening.limits import DEFAULT, MIB, Limits
from ..opening.raw import look
from ..opening.refusals import internal, of_os_error, refused
from ..opening.sheets import NoSheets, book, unreadable
from ..opening.sources import Source, opened
from ..standard.questionnaire import annex_a
from .formfile import Stamp, layout_of, stamp_of
from .headings import Headings
from .values import plain

#: An export is a text of all answers, so it may be as large as a workbook.
LIMITS = DEFAULT._replace(text_size=64 * MIB)
#: Workbooks handed to a worker at once, and batches handed out ahead of the one waited for.
_BATCH, _AHEAD = 16, 3
#: Columns by which a sheet other than the first is told to be the answers.
_WORDED = 1000
_LEAST = 3 * _WORDED


class Opened(NamedTuple):
    """The cells of a file: of a survey workbook (with its stamp), or of a table; or why there are none."""

    name: str
    sheet: str = ""
    grid: Sequence[Sequence[Any]] = ()
    #: All sheets that look like a table of answers, where these are several.
    others: tuple[str, ...] = ()
    stamp: Stamp | None = None
    refused: tuple[Finding, ...] = ()
    #: What is to be said of its sheets.
    told: tuple[Finding, ...] = ()
    #: The cells whose formula is read by its saved value.
    formulas: tuple[tuple[int, int], ...] = ()
    #: SHA-256 of the content: the same file under two names is one.
    digest: str = ""


def open_all(sources: Iterable[Source], jobs: int = 1, limits: Limits = LIMITS) -> Iterator[Opened]:
    """Every source once, in the order given."""
    with Guard(jobs, limits, ("python_calamine", __name__)) as guard:
        waiting: deque[tuple[list[Source], Any]] = deque()
        batch: list[Source] = []
        for source in sources:
            batch.append(source)
            if len(batch) == _BATCH:
                waiting.append((batch, guard.submit(_open_batch, batch, limits)))
                batch = []
            while len(waiting) > jobs * _AHEAD:
                yield from _outcomes(guard, *waiting.popleft(), limits)
        if batch:
            waiting.append((batch, guard.submit(_open_batch, batch, limits)))
        while waiting:
            yield from _outcomes(guard, *waiting.popleft(), limits)


def _outcomes(guard: Guard, batch: list[Source], future: Any, limits: Limits) -> list[Opened]:
    """A file over which a worker came to grief is refused; the others go on."""
    found = guard.each(_open_batch, batch, limits, future=future)
    return [
        _failed(guard, source, each, limits) if isinstance(each, Exception) else each
        for source, each in zip(batch, found, strict=True)
    ]


def _failed(guard: Guard, source: Source, error: Exception, limits: Limits) -> Opened:
    if isinstance(error, GaveUp):
        return _refused(source, blame.too_much(guard, source, error.code, limits))
    return _refused(source, internal(source.name, error))  # ours


def _refused(source: Source, error: Refused) -> Opened:
    """The findings under the name people know; a path of ours is none."""
    named = tuple(
        f._replace(where=source.name if f.where == source.path or os.path.isabs(f.where) else _named(f.where, source))
        for f in error.findings
    )
    return Opened(source.name, refused=named)


def _named(where: str, source: Source) -> str:
    return where if where.startswith(source.name) else f"{source.name} {where}".strip()


def _open_batch(batch: Sequence[Source], limits: Limits) -> list[Opened]:
    """Runs in a worker."""
    return [_open(source, limits) for source in batch]


def _open(source: Source, limits: Limits) -> Opened:
    try:
        with opened(source, limits) as path:
            kind = kind_of(path, limits)
            digest = _digest(path)
            found = _workbook(source.name, path) if kind == WORKBOOK else Opened(source.name, "", read_text(path))
            return found._replace(digest=digest)
    except Refused as error:
        return _refused(source, error)
    except OSError as error:
        return _refused(source, of_os_error(source.name, error))
    except NoSheets as error:
        return _refused(source, unreadable(source.name, error))
    except MemoryError:
        raise
    except Exception as error:
        damaged = refused(
            source.name,
            "damaged",
            "无法打开（{e}）— 请用 Excel 或 WPS 打开后另存，或重新导出",
            "cannot be opened ({e}) — open it in Excel or WPS and save it anew, or export it again",
            e=str(error)[:120],
        )
        return _refused(source, damaged)


def _digest(path: str) -> str:
    found = hashlib.sha256()
    with open_regular(path) as file:
        while part := file.read(MIB):
            found.update(part)
    return found.hexdigest()


def _workbook(name: str, path: str) -> Opened:
    file = book(path)
    grids = {title: _cells(file, title) for title in file.sheet_names}
    stamp = next(filter(None, map(stamp_of, grids.values())), None)  # a sheet of one's own may stand in front
    if stamp is None:
        worth = {title: max(map(_worth, grid[:HEADING_WITHIN]), default=0) for title, grid in grids.items()}
        fits = [title for title in grids if worth[title] >= _LEAST]
        title = fits[0] if fits else file.sheet_names[0]
        answers = _looked(name, path, title, grids[title], None)
        return answers._replace(others=tuple(fits) if len(fits) > 1 else ())
    layout = layout_of(name, stamp, any_questions=True)
    others = {"howto": layout.title("howto")}
    found = titles.found({"survey": layout.title("survey")}, file.sheet_names, lambda *_: False, others)
    title = found.of["survey"]
    return _looked(name, path, title, grids[title], stamp)._replace(told=tuple(found.findings))


def _looked(name: str, path: str, title: str, grid: list[list[Any]], stamp: Stamp | None) -> Opened:
    grid, formulas = look(path, {title}).filled(title, grid)
    return Opened(name, title, grid, (), stamp, formulas=formulas)


def _cells(file: Any, title: str) -> list[list[Any]]:
    grid: list[list[Any]] = file.get_sheet_by_name(title).to_python(skip_empty_area=False)
    return grid


def _worth(cells: Sequence[Any]) -> int:
    """How much a row says as a heading of answers: by words, else by bare numbers, which may be answers."""
    known = [text for text in map(plain, cells) if text and _headings().column(text) is not None]
    worded = sum(any(letter.isalpha() for letter in text) for text in known)
    return _WORDED * worded + len(known)


@cache
def _headings() -> Headings:
    return Headings(annex_a())


def read_text(
    path: str, largest: int = LIMITS.text_size, worth: Callable[[Sequence[str]], int] = _worth
) -> list[list[str]]:
    """A CSV export; worth: how much a row says as a heading."""
    return rows(path, read(path, largest), worth)
