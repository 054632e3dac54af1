"""Reading a portfolio workbook back, by the hidden keys of its sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from ...errors import Refused
from ...messages import LANGUAGES
from ...opening.limits import DEFAULT, Limits
from ...opening.refusals import refused
from ...opening.sheets import sheets
from ...standard.guide import Guide, builtin
from .contents import FORMAT, OF_SEVERAL, SHEETS
from .sheet import FIRST, KEYS

_NEEDED = ("ranking", "values", "findings", "rejected")
#: A portfolio is larger than any return.
_LIMITS = DEFAULT._replace(
    seconds=600, memory=8 * DEFAULT.memory, file_size=2**31, unpacked=2**34, ratio=2000, cells=2**40
)
_UNREADABLE = ("not-a-workbook", "unreadable", "stray-cell", "too-slow", "too-much-memory")
Line = dict[str, Any]


class Portfolio(NamedTuple):
    """What a portfolio workbook says, by its hidden keys."""

    language: str
    guide: Guide
    ranking: list[Line]
    values: dict[str, Line]
    findings: dict[str, list[Line]]
    rejected: list[Line]
    #: The rows of other sheets that were asked for, by their keys.
    more: dict[str, list[Line]]


def read_portfolio(
    path: str, guide: Guide | None = None, limits: Limits = _LIMITS, more: Sequence[str] = ()
) -> Portfolio:
    """The portfolio in a workbook that ``jwdt collect`` wrote. Raises Refused where it is none.

    more: the keys of sheets that are to be read besides, where they are there.
    """
    guide = guide or builtin()
    grids = grids_of(path, ("overview", *_NEEDED, *more), limits)
    if of_several(grids.get("overview", [])):
        raise refused(
            path,
            "portfolio-of-several",
            "是几个指南的总览，须为其中一个指南的汇总工作簿 — 请改用：{n}",
            "is the overview of several guides, must be the portfolio of one — use: {n}",
            n="、".join(line["portfolio"] for line in lines_of(grids["overview"]) if line["portfolio"]),
        )
    stamp = stamp_of(grids.get("overview", []))
    if not stamp or not set(_NEEDED) <= set(grids):
        raise no_portfolio(path)
    if stamp[3] != guide.hash:
        raise refused(
            path,
            "other-guide",
            "此汇总按指南“{a}”({ah})生成，现用“{b}”({bh}) — 请用 --guide 指定该指南文件",
            "this portfolio was made by the guide “{a}” ({ah}), not by “{b}” ({bh}) — name that guide with --guide",
            a=stamp[2], ah=stamp[3], b=guide.id, bh=guide.hash,
        )  # fmt: skip
    lines = {key: [line for line in lines_of(grids[key]) if line["file"] is not None] for key in _NEEDED}
    findings: dict[str, list[Line]] = defaultdict(list)
    for line in lines["findings"]:
        findings[line["file"]].append(line)
    return Portfolio(
        stamp[1] if stamp[1] in LANGUAGES else LANGUAGES[0], guide, lines["ranking"],
        {line["file"]: line for line in lines["values"]}, findings, lines["rejected"],
        {key: lines_of(grids[key]) for key in more if key in grids},
    )  # fmt: skip


def grids_of(path: str, keys: Sequence[str], limits: Limits = _LIMITS) -> dict[str, Any]:
    """The cells of the sheets with these keys, in whichever language they are. Raises Refused where it is no workbook."""
    named = {key: tuple(SHEETS[key]) for key in keys}
    try:
        found = sheets(path, {title for titles in named.values() for title in titles}, limits)
    except Refused as error:
        raise no_portfolio(path) if error.findings[0].code in _UNREADABLE else error from error
    return {key: found[title] for key, titles in named.items() for title in titles if title in found}


class Whole(NamedTuple):
    """What the overview of several guides says: the portfolios by the identifiers of their guides, and what belongs to none."""

    language: str
    portfolios: dict[str, str]
    rejected: list[Line]


def read_whole(path: str, limits: Limits = _LIMITS) -> Whole | None:
    """The overview of several guides; None where the workbook is something else, of which its own reader tells."""
    named = {key: tuple(SHEETS[key]) for key in ("overview", "rejected")}
    try:
        found = sheets(path, {title for titles in named.values() for title in titles}, limits)
    except Refused:
        return None
    for place, language in enumerate(LANGUAGES):
        overview, rejected = (found.get(named[key][place], []) for key in ("overview", "rejected"))
        if of_several(overview):
            books = {str(line["guide"]): str(line["portfolio"]) for line in lines_of(overview) if line["portfolio"]}
            return Whole(language, books, [line for line in lines_of(rejected) if line["file"] and not line["guide"]])
    return None


def of_several(overview: Sequence[Sequence[Any]]) -> bool:
    return len(overview) > KEYS and tuple(map(str, overview[KEYS][: len(OF_SEVERAL)])) == OF_SEVERAL


def stamp_of(overview: Sequence[Sequence[Any]]) -> list[str]:
    """Format, language, guide and its hash, as the overview says them; nothing where it is none of a portfolio."""
    stamp = [str(cell) for cell in overview[KEYS][:4]] if len(overview) > KEYS else []
    return stamp if len(stamp) == 4 and stamp[0] == FORMAT else []


def lines_of(grid: Sequence[Sequence[Any]]) -> list[Line]:
    keys = [str(cell) for cell in grid[KEYS]] if len(grid) > KEYS else []
    lines = []
    for row in grid[FIRST:]:
        line = {key: None if cell == "" else cell for key, cell in zip(keys, row, strict=False)}
        file = line.get("file")
        if any(cell is not None for cell in line.values()):
            lines.append({**line, "file": None if file is None else str(file)})
    return lines


def no_portfolio(path: str) -> Exception:
    return refused(
        path,
        "not-a-portfolio",
        "不是 jwdt collect 生成的汇总工作簿 — 请指明该文件",
        "no portfolio workbook made by jwdt collect — name that file",
    )
