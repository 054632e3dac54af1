"""The tonnes of every pollutant of every return, which totals of equivalents hide, and the years are compared by."""

from __future__ import annotations

from typing import Any

from ...messages import Text
from ...standard.equivalents import MEDIUM_NAMES
from ..analysis.published import pollutant_key
from ..collection.row import in_force
from .columns import PERIODS, TEXT, VALUE, Column, who
from .contents import FILE, Contents
from .sheet import Sheet

#: In the place of an amount that is blank in a row that is there; nothing stands where there is no row.
BLANK = "–"
POLLUTANT = Column("pollutant", Text("污染物", "pollutant"), TEXT, 30)
_LEAD = Text(
    "每家每种污染物的排放量 t，不论是否计入当量；同一污染物的几行相加；空着的没有这一行，{b} 是有这一行而没有数。以数量或等级计的（pH、头数等）不在其中。次序同排名。",
    "Emissions of every pollutant of every return in t, whether it is counted in equivalents or not; rows of one pollutant are added; where nothing stands there is no row, {b} is a row without a number. What is no mass (pH, heads …) is not among them. In the order of ranking.",
)


def pollutants(contents: Contents) -> Sheet:
    """A column a pollutant and period; those that the most returns have come first."""
    names: dict[str, Text] = {}
    counts: dict[str, int] = {}
    for place in contents.order:
        for key, listed in _listed(contents, place):
            counts[key] = counts.get(key, 0) + 1
            names.setdefault(key, Text("{n}（{m}）", "{n} ({m})").fill(n=Text(*listed[2:4]), m=MEDIUM_NAMES[listed[1]]))
    columns = [
        Column(f"{key}_{period}", Text("{n} {p} t", "{n} {p} t").fill(n=names[key], p=label), VALUE, 14)
        for key in sorted(counts, key=lambda key: (-counts[key], key))
        for period, label in PERIODS.items()
    ]
    sheet = contents.sheet("pollutants", _LEAD.fill(b=BLANK), [*who(contents.guide), *columns, FILE], pages=2)
    for place in contents.order:
        member = contents.group.members[place]
        cells: dict[str, Any] = {"uscc": member.uscc, "name": member.name, "file": member.file}
        for key, (*_, base, report, _) in _listed(contents, place):
            for period, amount in zip(PERIODS, (base, report), strict=True):
                cells[f"{key}_{period}"] = BLANK if amount is None else amount
        sheet.add(cells)
    return sheet.finish()


def _listed(contents: Contents, place: int) -> list[tuple[str, list[Any]]]:
    row = in_force(contents.get(contents.group.members[place].key))
    return [(pollutant_key(*cells[:3]), cells) for cells in row["pollutants"]]
