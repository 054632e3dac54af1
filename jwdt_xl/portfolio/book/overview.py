"""The first sheet: how many files, where the totals lie, who reduces what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...messages import Text, get_language
from . import charts
from .contents import FORMAT, SHEETS, Contents
from .groups import STATISTICS, statistics
from .sheet import KEYS, Sheet

_WIDTHS = (34, 14, 14)


def overview(contents: Contents, sheet: Sheet, values: Sheet, filled: Mapping[str, Sheet]) -> None:
    """Filled when the other sheets are done: it says what found no place on them."""
    group, guide = contents.group, contents.guide
    for col, width in enumerate(_WIDTHS):
        sheet.sheet.set_column(col, col, width)
    sheet.write(0, 0, sheet.name, "title")
    sheet.write(1, 0, f"{guide.name} · {guide.id} {guide.version}".strip(), "plain")
    sheet.row = KEYS
    sheet.sheet.set_row(KEYS, None, None, {"hidden": True})
    stamp = (FORMAT, get_language(), guide.id, guide.hash)
    sheet.lines([[(text, "plain") for text in stamp]])
    ranked = int((group.rank > 0).sum())
    facts: list[tuple[Text, Any, str]] = [
        (Text("读取的文件", "files read"), group.files, "count"),
        (Text("= 已评价", "= scored"), len(group.members), "count"),
        (Text("+ 拒绝", "+ rejected"), len(group.rejections), "count"),
        (Text("+ 跳过（原因见“文件清单”）", "+ skipped (why: sheet Files)"), len(group.skipped), "count"),
        (Text("已评价的企业中，参加排名", "of the scored: ranked"), ranked, "count"),
        *((STATISTICS[key], value, "score") for key, value in statistics(group.totals).items()),
    ]
    sheet.lines([(str(label), "label"), (value, style)] for label, value, style in facts)
    for key, full in filled.items():
        if full.left_out:
            text = Text("工作表“{s}”放不下的 {n} 行见 {w}", "{n} rows that sheet “{s}” cannot hold are in {w}").fill(
                s=SHEETS[key], n=full.left_out, w=_elsewhere(key, contents)
            )
            sheet.lines([[(str(text), "plain")]])
    sheet.row += 1
    complete = group.totals[~np.isnan(group.totals)]
    if len(complete):
        charts.add(contents.book.file, sheet, group, complete, values)


def _elsewhere(key: str, contents: Contents) -> str:
    return (
        "jwdt collect --json" if key in ("findings", "rejected", "files") else contents.table or "jwdt collect --table"
    )
