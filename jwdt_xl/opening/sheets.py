"""The cells of workbooks that are no returns (guides, registers, reviews, portfolios), read in a worker of their own."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from ..errors import Refused
from ..messages import Text
from . import blame, raw
from .container import WORKBOOK, kind_of
from .guard import GaveUp, Guard
from .limits import DEFAULT, Limits
from .refusals import refused

Grid = list[list[Any]]
Places = Collection[tuple[int, int]]
Formulas = Mapping[str, Places]
#: The cells of a sheet, and the places of its formulas that have a value.
Filled = tuple[Grid, Places]
#: What a worker for these needs; all commands that go on to read returns have the same fork server.
_PRELOAD = ("python_calamine", __name__)


def fitting(
    path: str | os.PathLike[str], fits: Callable[[Grid], Any], limits: Limits = DEFAULT
) -> tuple[str, Mapping[str, Filled]]:
    """The title of the first sheet, and those sheets that hold what is wanted; of the first where none does.

    fits: gives None for a sheet that does not; it goes to the worker, so it is a function or method of a module.
    """
    found: tuple[str, dict[str, Filled]] = _of_workbook(_fitting, path, (fits, limits.cells), limits)
    return found


def sheets(
    path: str | os.PathLike[str], titles: Iterable[str] | None = None, limits: Limits = DEFAULT
) -> Mapping[str, Grid]:
    """The cells of the sheets that have these titles (all without any), in the order of the file."""
    wanted = None if titles is None else frozenset(titles)
    found: dict[str, Grid] = _of_workbook(_sheets, path, (wanted, limits.cells), limits)
    return found


def filled_in(path: str | os.PathLike[str], limits: Limits = DEFAULT) -> tuple[Mapping[str, Grid], Formulas]:
    """The cells of all sheets with the error values and unsaved formulas that the reader gives as blanks, and by title
    the places of the formulas that have a value.
    """
    found: tuple[dict[str, Grid], Formulas] = _of_workbook(_filled_in, path, (limits.cells,), limits)
    return found


def _of_workbook(task: Any, path: str | os.PathLike[str], arguments: tuple[Any, ...], limits: Limits) -> Any:
    name = os.fspath(path)
    if kind_of(name, limits) != WORKBOOK:
        raise refused(
            name, "not-a-workbook", "不是工作簿，须为 .xlsx — 请另存为 .xlsx", "no workbook, must be .xlsx — save it as .xlsx"
        )  # fmt: skip
    return guarded(task, name, arguments, limits)


def guarded(task: Any, path: str | os.PathLike[str], arguments: tuple[Any, ...], limits: Limits) -> Any:
    """What a task makes of a file, in a worker."""
    name = os.fspath(path)
    with Guard(1, limits, _PRELOAD) as guard:
        try:
            return guard.run(task, name, *arguments)
        except GaveUp as error:
            raise blame.too_much(guard, blame.file(name), error.code, limits) from error


def _fitting(path: str, fits: Callable[[Grid], Any], cells: int) -> tuple[str, dict[str, Filled]]:
    """Runs in a worker."""

    def work(file: Any) -> tuple[str, dict[str, Filled]]:
        found: dict[str, Grid] = {}
        first = file.sheet_names[0]
        for title in file.sheet_names:
            try:
                grid = _grid(file, title, cells)
            except MemoryError:
                if title == first:
                    raise
                continue  # somebody's other sheet
            if title == first or fits(grid) is not None:
                found[title] = grid
        if len(found) > 1 and fits(found[first]) is None:
            del found[first]
        looked = raw.look(path, found)
        return first, {title: looked.filled(title, grid) for title, grid in found.items()}

    read: tuple[str, dict[str, Filled]] = _read(path, work)
    return read


def _sheets(path: str, wanted: frozenset[str] | None, cells: int) -> dict[str, Grid]:
    """Runs in a worker."""

    def work(file: Any) -> dict[str, Grid]:
        titles = [title for title in file.sheet_names if wanted is None or title in wanted]
        return {title: _grid(file, title, cells) for title in titles}

    found: dict[str, Grid] = _read(path, work)
    return found


def _filled_in(path: str, cells: int) -> tuple[dict[str, Grid], Formulas]:
    """Runs in a worker."""

    def work(file: Any) -> tuple[dict[str, Grid], Formulas]:
        grids = {title: _grid(file, title, cells) for title in file.sheet_names}
        looked = raw.look(path, grids)
        filled = {title: looked.filled(title, grid) for title, grid in grids.items()}
        return {title: grid for title, (grid, _) in filled.items()}, {
            title: frozenset(formulas) for title, (_, formulas) in filled.items()
        }

    found: tuple[dict[str, Grid], Formulas] = _read(path, work)
    return found


def _read(path: str, work: Any) -> Any:
    from python_calamine import CalamineError

    try:
        return work(book(path))
    except (CalamineError, NoSheets, zipfile.BadZipFile, zlib.error, OSError) as error:
        raise unreadable(path, error) from None


class NoSheets(ValueError):
    """A damaged workbook may have none."""


def book(path: str) -> Any:
    """The workbook for its reader. Raises NoSheets rather than give one without any."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        file = CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as error:
        try:  # by its content: people rename files, and the reader takes no name that is not UTF-8
            with open(path, "rb") as content:
                file = CalamineWorkbook.from_filelike(content)
        except CalamineError:
            raise error from None
    if not file.sheet_names:
        raise NoSheets
    return file


_NO_SHEETS = Text("工作簿里没有工作表，文件已损坏", "the workbook has no sheet, it is damaged")
_UNUSUAL = Text("内容已损坏，或写法特殊", "its content is damaged, or written in an unusual way")


def unreadable(path: str, error: BaseException) -> Refused:
    """What the system says is shown; what the reader says of the inner parts of a file helps nobody."""
    said = str(error)[:200]
    if isinstance(error, NoSheets):
        reason = _NO_SHEETS
    else:
        reason = Text(said, said) if isinstance(error, OSError) and error.errno else _UNUSUAL
    return refused(
        path,
        "unreadable",
        "无法打开：{e} — 请用 Excel、WPS 或 LibreOffice 打开后另存为 .xlsx",
        "cannot be opened: {e} — open it in Excel, WPS or LibreOffice and save it as .xlsx",
        e=reason,
    )


def _grid(file: Any, title: str, cells: int) -> Grid:
    sheet = file.get_sheet_by_name(title)
    if sheet.end is not None and (sheet.end[0] + 1) * (sheet.end[1] + 1) > cells:
        raise MemoryError  # it would go through here, and not through the hands of whoever wants it
    grid: Grid = sheet.to_python(skip_empty_area=False)
    return grid
