"""``jwdt campaign review``: the review as a workbook to fill in; what was decided before is in it."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from ..messages import Text
from ..opening import outputs
from . import FINE
from .output import say, written
from .portfolio import jobs_of, run_of

if TYPE_CHECKING:
    from ..portfolio.campaign.yearly.folder import Campaign

_STEM, _ENDING = "review", ".xlsx"


def review_form(found: Campaign, options: argparse.Namespace) -> int:
    from ..opening.tables import read_table
    from ..portfolio.book import review_form
    from ..portfolio.campaign.yearly.declaration import PORTFOLIO
    from ..portfolio.campaign.yearly.folder import Rounds
    from ..portfolio.collection.review import COLUMNS

    before = []
    if found.declared.review:
        table = read_table(found.path(found.declared.review), COLUMNS, ("uscc", "field", "decision"))
        before = [dict(row.fields) for row in table.rows]
    outputs.new_folder(found.path(PORTFOLIO))
    with run_of(found.plan(jobs_of(options), Rounds(found.folder))) as work:
        for _ in work.read():
            pass
        work.assembled()
        path = found.path(_free_name(found.folder))
        with outputs.new_file(path) as temporary:
            kept, holding, cells = review_form.write(temporary, work.groups, work.get, before)
    written(path)
    text = Text(
        '上次的评审 {k} 行，使填报待评审的 {h} 项，有警告或错误的单元格 {c} 个；填好后在 campaign.toml 写 review = "{n}"，再运行 collect',
        '{k} lines of the last review, {h} items that hold returns back, {c} cells with a warning or error; once it is filled in write review = "{n}" into campaign.toml and collect',
    )
    say(text.fill(k=kept, h=holding, c=cells, n=os.path.basename(path)))
    return FINE


def _free_name(folder: str) -> str:
    """Never one that somebody may have filled in."""
    number, name = 1, _STEM + _ENDING
    while os.path.lexists(os.path.join(folder, name)):
        number += 1
        name = f"{_STEM}-{number}{_ENDING}"
    return name
