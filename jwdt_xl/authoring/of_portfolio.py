"""The values of a portfolio workbook as a table of enterprises, to take benchmarks from or to study."""

from __future__ import annotations

import os

from ..errors import Refused
from ..messages import INFO, WARNING, Finding, Text, joined
from ..opening.sheets import sheets
from ..portfolio.book.contents import SHEETS
from ..portfolio.book.reader import stamp_of
from ..portfolio.book.sheet import FIRST, KEYS
from ..portfolio.collection.row import is_held
from ..standard.guide import Guide
from ..standard.names import fold
from .enterprises import Table, read_table

_USED = ("overview", "ranking", "values")


def of_portfolio(path: str | os.PathLike[str], guide: Guide) -> Table | None:
    """The table in a workbook that ``jwdt collect`` wrote; None where it is another one.

    Enterprises that are held back until a review are left out, as from the sums of an industry, and indicators that the
    portfolio calls otherwise.
    """
    name = os.fspath(path)
    titles = {title: key for key in _USED for title in SHEETS[key]}
    try:
        by_title = sheets(name, titles)
        found = {titles[title]: grid for title, grid in by_title.items()}
    except Refused:
        return None  # which says itself what is wrong, once it is read as any table
    stamp = stamp_of(found.get("overview", []))
    if not stamp or len(found) < len(_USED):
        return None
    held = _held([[*map(str, row)] for row in found["ranking"]])
    grid = found["values"]
    keys, heads = ([str(cell) for cell in grid[row]] for row in (KEYS, KEYS + 1))
    rows = [row for row in grid[FIRST:] if any(str(cell).strip() for cell in row)]
    place = keys.index("file")
    columns: dict[str, list[object]] = {}
    others = []
    for i, (key, head) in enumerate(zip(keys, heads, strict=False)):
        node = guide.by_code.get(key.removeprefix("value_")) if key.startswith("value_") else None
        if node is not None and fold(head.partition("\n")[0]) not in map(fold, node.name):
            others.append(Text(f"{key} {head.partition(chr(10))[0]}", f"{key} {head.partition(chr(10))[0]}"))
        elif node is not None or key in ("uscc", "name"):
            # A held enterprise is a blank row, so that the others keep their places.
            columns[key] = ["" if str(row[place]) in held else row[i] if i < len(row) else "" for row in rows]
    columns["企业"] = columns.pop("name")
    notes = [Finding(INFO, "of-portfolio", name, _TAKEN.fill(n=len(rows) - len(held), h=len(held)), "transparency")]
    if stamp[3] != guide.hash:
        text = _OTHER_GUIDE.fill(a=stamp[2], b=guide.id)
        notes.append(Finding(WARNING, "portfolio-of-other-guide", name, text, "consistency"))
    if others:
        notes.append(Finding(WARNING, "other-indicator", name, _OTHER_NAME.fill(n=joined(others)), "consistency"))
    return Table(
        name,
        columns,
        FIRST + 1,
        tuple(notes),
        typed=True,
        sheet=next(title for title in by_title if titles[title] == "values"),
    )


def enterprises_in(path: str | os.PathLike[str], guide: Guide) -> Table:
    """The table of enterprises in a file, whether a portfolio or any table."""
    is_book = os.fspath(path).lower().endswith((".xlsx", ".xlsm"))
    return (of_portfolio(path, guide) if is_book else None) or read_table(path, guide)


def _held(ranking: list[list[str]]) -> set[str]:
    """The files of enterprises that count in no mean: they wait for a review, or are of another period."""
    keys = ranking[KEYS]
    reason, file = keys.index("reason"), keys.index("file")
    return {row[file] for row in ranking[FIRST:] if is_held(row[reason] or None)}


_TAKEN = Text(
    "取自汇总工作簿的“指标值”：{n} 家企业；待评审的 {h} 家没有采用",
    "from the values of a portfolio: {n} enterprises; {h} that are held back until reviewed are left out",
)
_OTHER_GUIDE = Text(
    "汇总是按指南“{a}”的另一版本或另一指南计算的，不是现在的“{b}” — 请确认各指标的算法和口径相同",
    "the portfolio was computed by another guide or version, “{a}”, not by this “{b}” — make sure that formulas and conventions are the same",
)
_OTHER_NAME = Text(
    "汇总中的 {n} 与指南同代码的指标名称不同，没有采用",
    "{n} of the portfolio has another name in the guide under this code: not used",
)
