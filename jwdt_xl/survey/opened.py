"""Files of answers opened safely: workbooks in guarded worker processes, text within limits."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..errors import Refused
from ..messages import Finding
from ..opening import blame, titles
from ..opening.container import WORKBOOK, kind_of, open_regular, read
from ..opening.guard import GaveUp, Guard
from ..opening.limits import DEFAULT, MIB, Limits
from ..opening.raw import look
from ..opening.refusals import internal, of_os_error, refused
from ..opening.sources import Source, opened
from .formfile import Stamp, layout_of, stamp_of

#: An export is a text of all answers, so it may be as large as a workbook.
LIMITS = DEFAULT._replace(text_size=64 * MIB)
#: Workbooks handed to a worker at once, and batches handed out ahead of the one waited for.
_BATCH, _AHEAD = 16, 3
#: More cells than this are no survey.
_CELLS = 5_000_000
#: A stamp stands within so many rows.
_STAMPED = 20
_ENCODINGS = ("utf-8-sig", "gb18030")  # what survey tools and Chinese Excel write
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Opened(NamedTuple):
    """The cells of a file: of a survey workbook (with its stamp), or of a table; or why there are none."""

    name: str
    sheet: str = ""
    grid: Sequence[Sequence[Any]] = ()
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
    from python_calamine import CalamineWorkbook

    file = CalamineWorkbook.from_path(path)
    first = file.get_sheet_by_index(0).to_python(skip_empty_area=False)
    stamp = stamp_of(first)
    for title in file.sheet_names[1:]:  # a sheet of one's own may stand in front
        stamp = stamp or stamp_of(file.get_sheet_by_name(title).to_python(skip_empty_area=False, nrows=_STAMPED))
    if stamp is None:
        return _looked(name, path, file.sheet_names[0], first, None)
    layout = layout_of(name, stamp)
    others = {"howto": layout.title("howto")}
    found = titles.found({"survey": layout.title("survey")}, file.sheet_names, lambda *_: False, others)
    title = found.of["survey"]
    grid = file.get_sheet_by_name(title).to_python(skip_empty_area=False)
    return _looked(name, path, title, grid, stamp)._replace(told=tuple(found.findings))


def _looked(name: str, path: str, title: str, grid: list[list[Any]], stamp: Stamp | None) -> Opened:
    looked = look(path, {title})
    formulas = looked.formulas(title, range(max(map(len, grid), default=0)))
    return Opened(name, title, looked.put(title, grid), stamp, formulas=tuple(formulas))


def read_text(path: str, largest: int = LIMITS.text_size) -> list[list[str]]:
    """A CSV export: UTF-8 (with mark or without), GBK or UTF-16; separated by comma, semicolon or tab."""
    raw = read(path, largest)
    encodings = [encoding for mark, encoding in _BOMS if raw.startswith(mark)] or _ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _rows(path, text)
    raise _not_csv(path)


def _rows(path: str, text: str) -> list[list[str]]:
    head = text[:100_000]
    delimiter = max(",\t;", key=head.count)
    if text.count(delimiter) + text.count("\n") + text.count("\r") > _CELLS:
        raise refused(
            path,
            "too-many-cells",
            "单元格过多（超过 {n}）— 请只导出问卷的数据",
            "too many cells (above {n}) — export the survey's data alone",
            n=_CELLS,
        )
    if "\0" in text:
        raise _not_csv(path)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _not_csv(path) from error


def _not_csv(path: str) -> Refused:
    return refused(
        path,
        "not-a-table",
        "不是可读的 CSV（须为 UTF-8 或 GBK 编码的文本）— 请从问卷工具重新导出为 CSV 或 .xlsx",
        "no readable CSV (must be text in UTF-8 or GBK) — export it from the survey tool as CSV or .xlsx again",
    )
