"""The tonnes of every pollutant of every return, which totals of equivalents hide, and the years are compared by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...messages import Text
from ...standard.equivalents import MEDIUM_NAMES
from ..collection.row import in_force
from .columns import PERIODS, TEXT, VALUE, Column, who
from .contents import FILE, Contents
from .sheet import Sheet

ITEM = Column("item", Text("附录B中的序号", "number in Annex B"), TEXT, 12)
MEDIUM = Column("medium", Text("介质", "medium"), TEXT, 9)
POLLUTANT = Column("pollutant", Text("污染物", "pollutant"), TEXT, 30)
_LEAD = Text(
    "每家每种污染物的排放量 t，不论是否计入当量；同一污染物的几行相加，有空白的为空白；以数量或等级计的（pH、头数等）不在其中。次序同排名。",
    "Emissions of every pollutant of every return in t, whether it is counted in equivalents or not; rows of one pollutant are added, a blank makes the sum blank; what is no mass (pH, heads …) is not among them. In the order of ranking.",
)


def pollutants(contents: Contents) -> Sheet:
    amounts = [Column(key, Text(f"{name.zh} t", f"{name.en} t"), VALUE, 16) for key, name in PERIODS.items()]
    sheet = contents.sheet("pollutants", _LEAD, [*who(contents.guide), ITEM, MEDIUM, POLLUTANT, *amounts, FILE])
    for place in contents.order:
        member = contents.group.members[place]
        for cells in _cells(in_force(contents.get(member.key))["pollutants"]):
            sheet.add({"uscc": member.uscc, "name": member.name, "file": member.file, **cells})
    return sheet.finish()


def _cells(listed: list[list[Any]]) -> Iterator[dict[str, Any]]:
    for item, medium, zh, en, base, report, _ in listed:
        yield {"item": item, "medium": MEDIUM_NAMES[medium], "pollutant": Text(zh, en), "base": base, "report": report}
