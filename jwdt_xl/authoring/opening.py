"""Opening a workbook of an author: looked at before a reader touches it, since one cell far out can kill the reader."""

from __future__ import annotations

from python_calamine import CalamineError, CalamineWorkbook

from ..opening import stray
from ..opening.container import WORKBOOK, kind_of
from ..opening.limits import DEFAULT
from ..opening.refusals import refused


def open_workbook(path: str) -> CalamineWorkbook | None:
    """The workbook, None where the file is no workbook at all. Raises Refused where it cannot or must not be read."""
    if kind_of(path) != WORKBOOK:
        return None
    far = stray.farthest(path, DEFAULT)
    if far is not None:
        raise refused(
            f"{far.sheet}!{far.address}",
            "stray-cell",
            "此处有远离数据的单元格，工作表因此大到无法读取 — 请删除其所在的行和列后另存",
            "a cell far from the data makes the sheet too large to read — delete its row and column and save the file anew",
        )
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as error:
        raise refused(path, "unreadable", "无法打开：{e}", "cannot be opened: {e}", e=error) from error
