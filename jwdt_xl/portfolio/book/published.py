"""Portfolios of other years read back, whatever their guide: its columns say by their hidden keys what they are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...errors import Refused
from ...messages import Text
from ...opening.refusals import refused
from ...standard.equivalents import pollutants
from ...standard.quantities import QUANTITIES
from ..analysis.published import Line, Method, Pair, Published, Tonnes
from ..campaign.unedited import check_lines
from ..campaign.yearly.declaration import BOOK, NAME, PORTFOLIO
from .contents import OF_SEVERAL
from .reader import Line as Cells
from .reader import grids_of, lines_of, no_portfolio, of_several, stamp_of
from .sheet import HEADING, KEYS

_SCORES = ("group_", "score_")
_TITLED = (*_SCORES, "uscc", "name")
_SHEETS = ("overview", "ranking", "values")
_MORE = "pollutants"


def is_published(path: str) -> bool:
    """Whether it is the folder of a campaign or a workbook of `jwdt collect`, of one guide or the overview of several."""
    if os.path.isdir(path):
        return os.path.isfile(os.path.join(path, NAME))
    try:
        overview = grids_of(path, _SHEETS[:1]).get("overview", [])
    except Refused:
        return False
    return bool(stamp_of(overview)) or of_several(overview)


def published(path: str) -> list[Published]:
    """The portfolios of a campaign's folder, of an overview of several guides, or the one of a workbook.

    Raises Refused where there is none, or where numbers in it were typed over.
    """
    if not os.path.exists(path):
        raise refused(
            path,
            "no-published",
            "没有这个文件或文件夹，须为上年评价的文件夹或汇总工作簿 — 请检查路径（campaign.toml 中的 previous 相对于其文件夹）",
            "there is no such file or folder, must be the folder of a campaign or a portfolio workbook — check the path (previous in campaign.toml is from its folder on)",
        )
    if os.path.isdir(path):
        inside = os.path.join(path, PORTFOLIO, BOOK)
        if not os.path.isfile(inside):
            raise refused(
                path,
                "no-published",
                "这个文件夹里没有 {b}，须为已收集过的评价的文件夹，或汇总工作簿 — 请先运行 jwdt campaign collect，或指明汇总工作簿",
                "this folder has no {b}, must be that of a campaign that was collected, or a portfolio workbook — run jwdt campaign collect first, or name the portfolio",
                b=f"{PORTFOLIO}/{BOOK}",
            )
        return list(_read(inside, os.path.basename(os.path.abspath(path))))
    return list(_read(path, ""))


def _read(path: str, folder: str) -> Iterator[Published]:
    """folder: what the name of the portfolio begins with, where it is a campaign's."""
    grids = grids_of(path, (*_SHEETS, _MORE))
    overview = grids.get("overview", [])
    if of_several(overview):
        for line in lines_of(overview):
            if line[OF_SEVERAL[-1]]:
                yield from _read(
                    os.path.join(os.path.dirname(path), os.path.basename(str(line[OF_SEVERAL[-1]]))), folder
                )
        return
    stamp = stamp_of(overview)
    if not stamp or not set(_SHEETS) <= set(grids):
        raise no_portfolio(path)
    version, options = ([*map(str, overview[KEYS][4:6]), "", ""])[:2]
    said = dict(pair.partition("=")[::2] for pair in options.split("; ")) if options else None
    ranking, values = ([line for line in lines_of(grids[key]) if line["file"] is not None] for key in _SHEETS[1:])
    beside = {line["file"]: line for line in values}
    codes = [key.removeprefix("score_") for key in _keys(grids["ranking"]) if key.startswith("score_")]
    check_lines(ranking, beside, codes)
    pairs = [key.removesuffix("_base") for key in _keys(grids["values"]) if key.endswith("_base")]
    tonnes = _tonnes(grids[_MORE]) if _MORE in grids else None
    lines = tuple(
        _line({**beside.get(line["file"], {}), **line}, pairs, None if tonnes is None else tonnes.get(line["file"], {}))
        for line in ranking
    )
    name = os.path.basename(path)
    yield Published(
        f"{folder}/{name}" if folder else name,
        Method(stamp[2], version, stamp[3], said), lines, {**_titles(grids["ranking"]), **_quantity_titles(grids["values"], pairs)},
    )  # fmt: skip


def _keys(grid: Sequence[Sequence[Any]]) -> list[str]:
    return [str(cell) for cell in grid[KEYS]] if len(grid) > KEYS else []


def _titles(ranking: Sequence[Sequence[Any]]) -> dict[str, Text]:
    """What stands above the scores, the code and the name, in the language of the workbook."""
    heads = ranking[HEADING] if len(ranking) > HEADING else []
    return {
        key: Text(str(head), str(head))
        for key, head in zip(_keys(ranking), heads, strict=False)
        if key.startswith(_TITLED)
    }


def _quantity_titles(values: Sequence[Sequence[Any]], keys: Sequence[str]) -> dict[str, Text]:
    """Of the standard's quantities in both languages; of a guide's own as they stand there, without the period."""
    heads = dict(zip(_keys(values), map(str, values[HEADING] if len(values) > HEADING else []), strict=False))
    own = {key: heads.get(f"{key}_base", key).rpartition(" ")[0] or key for key in keys}
    return {key: QUANTITIES[key].title if key in QUANTITIES else Text(own[key], own[key]) for key in keys}


def _line(cells: Cells, pairs: Sequence[str], tonnes: Mapping[str, Tonnes] | None) -> Line:
    rank = _number(cells.get("rank"))
    texts = ("uscc", "name", "region", "industry_code", "base", "report", "product", "unit", "grade", "reason", "file")
    return Line(
        **{key: _text(cells.get(key)) for key in texts},
        boundary=_text(cells["boundary"]) if "boundary" in cells else None,
        grid=_text(cells["grid"]) if "grid" in cells else None,
        base_grid=_text(cells["base_grid"]) if "base_grid" in cells else None,
        total=_number(cells.get("total")),
        rank=None if rank is None else int(rank),
        rates=(_number(cells.get("rate_pollutants")), _number(cells.get("rate_carbon"))),
        quantities={key: _pair(cells, key) for key in pairs},
        pollutants=tonnes,
        scores={key: _number(cell) for key, cell in cells.items() if key.startswith(_SCORES)},
    )


def _tonnes(grid: Sequence[Sequence[Any]]) -> dict[str, dict[str, Tonnes]]:
    """By file, the pollutants by their keys: of Annex B by it, a substance of one's own as it stands above its column."""
    known = {" ".join(pollutant.item): pollutant for pollutant in pollutants()}
    heads = dict(zip(_keys(grid), map(str, grid[HEADING] if len(grid) > HEADING else []), strict=False))
    about: dict[str, tuple[Text, str]] = {}
    for column, head in heads.items():
        if column.endswith("_base"):
            key = column.removesuffix("_base")
            name = head.rpartition("（")[0] or head.rpartition(" (")[0]
            about[key] = (
                (known[key].name, known[key].medium) if key in known else (Text(name, name), key.partition(" ")[0])
            )
    found: dict[str, dict[str, Tonnes]] = {}
    for cells in lines_of(grid):
        there = [key for key in about if cells.get(f"{key}_base") is not None or cells.get(f"{key}_report") is not None]
        found[_text(cells.get("file"))] = {key: Tonnes(*about[key], *_pair(cells, key)) for key in there}
    return found


def _pair(cells: Cells, key: str) -> Pair:
    return _number(cells.get(f"{key}_base")), _number(cells.get(f"{key}_report"))


def _text(cell: Any) -> str:
    """A period typed as a number by whoever saved the workbook again is the same period."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _number(cell: Any) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None
