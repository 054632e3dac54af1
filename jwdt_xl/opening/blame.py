"""Why a worker came to grief over a file: nearly always one stray cell far out, so it is named."""

from __future__ import annotations

import os

from ..errors import Refused
from . import stray
from .guard import TOO_SLOW, GaveUp, Guard
from .limits import MIB, Limits
from .refusals import of_os_error, refused
from .sources import Source, opened


def too_much(guard: Guard, source: Source, code: str, limits: Limits) -> Refused:
    """The refusal of a file over which a worker gave up with this code. Looked at in a worker, too."""
    try:
        cell: stray.Cell | None = guard.run(_farthest, source, limits)
    except GaveUp:
        cell = None
    except Refused as error:
        return error
    except OSError as error:
        return of_os_error(source.name, error)
    if cell is not None:
        return refused(
            f"{cell.sheet}!{cell.address}",
            "stray-cell",
            "此处有远离数据的单元格，工作表因此大到无法读取，数据须在填报区内 — 请删除其所在的行和列（不只是清除内容）后另存",
            "a cell far from the data makes the sheet too large to read, data must be in the input area — "
            "delete its row and column (not just the content) and save the file anew",
        )
    if code == TOO_SLOW:
        return refused(
            source.name,
            code,
            "读取超过 {s} 秒，已放弃 — 请删除多余的行、列和工作表后另存",
            "reading took more than {s} seconds and was given up — delete superfluous rows, columns and sheets and save it anew",
            s=f"{limits.seconds:g}",
        )
    return refused(
        source.name,
        code,
        "读取时内存超过限额（{m} MB）或读取程序崩溃 — 请删除多余的行、列和工作表后另存",
        "reading it needs more memory than is allowed ({m} MB), or makes the reader crash — "
        "delete superfluous rows, columns and sheets and save it anew",
        m=f"{limits.memory // MIB}",
    )


def file(path: str | os.PathLike[str]) -> Source:
    """A file that people named themselves."""
    return Source(os.fspath(path), os.fspath(path))


def _farthest(source: Source, limits: Limits) -> stray.Cell | None:
    with opened(source, limits) as path:
        return stray.farthest(path, limits)
