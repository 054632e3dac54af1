"""Sheets read by the kind of paper that their headings say."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Refused
from ..messages import INFO, Finding, Text, joined
from ..opening.refusals import refused
from .cells import Problems, is_nothing
from .document import Opened
from .kinds import KINDS
from .paper import Given, Kind, Sheet, Wanted


class ByHeadings:
    """Every sheet by the first kind whose headings it has."""

    def worth(self, cells: Sequence[str]) -> int:
        return max(kind.worth(cells) for kind in KINDS)

    def __call__(self, name: str, sheets: tuple[Sheet, ...], wanted: Wanted) -> Opened:
        problems = Problems()
        given: list[Given] = []
        kinds: list[Kind] = []
        others: list[Sheet] = []
        for sheet in sheets:
            for kind in KINDS:
                found = kind.read(sheet, wanted, problems)
                if found is not None:
                    given.append(found)
                    kinds.append(kind)
                    break
            else:
                if any(not is_nothing(cell) for cells in sheet.grid for cell in cells):
                    others.append(sheet)
        if not kinds:
            raise not_known(name)
        told = problems.more(name)
        for sheet in others:
            text = Text("此工作表不是已知的材料，未读取", "this sheet is no paper that is known and not read")
            told.append(Finding(INFO, "sheet-not-read", sheet.where(""), text, "completeness"))
        return Opened(name, tuple(given), tuple(dict.fromkeys(kind.name for kind in kinds)), (), tuple(told))


def not_known(name: str) -> Refused:
    return refused(
        name, "paper-not-known",
        "表头不属于已知的材料：{k} — 其他表请用 jwdt import --suggest 生成对应关系，核对后用 --map 导入",
        "its headings are of no known paper: {k} — for any other table write a map with jwdt import --suggest, check it and import with --map",
        k=joined([kind.name for kind in KINDS]),
    )  # fmt: skip
