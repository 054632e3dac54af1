"""Pollutant equivalents: amount / equivalent value, by the table of the Environmental Protection Tax Law (annex 2).

That the standard's Annex B is this table is a choice; the table itself is law.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..errors import JwdtError, Missing
from ..messages import LONGEST, Text, joined, number
from .media import AIR as AIR
from .media import MEDIA as MEDIA
from .media import MEDIUM_NAMES as MEDIUM_NAMES
from .media import WATER as WATER
from .media import find_medium as find_medium
from .names import Index, fold, split, suggestion, table
from .units import convert, find_unit

#: How the equivalents of a pollutant follow from its amount; recorded: it has none, and stays with 0 [choice].
AMOUNT, PH, COLOUR, EXCEEDANCE, RECORDED = "amount", "ph", "colour", "exceedance", "recorded"

#: Pollutants that measure the same thing: the table number and the items, in the law's order.
OVERLAPS = {
    "organic": (("2", "12"), ("2", "13"), ("2", "14")),
    "disinfection": (("3", "3"), ("3", "4")),
}
#: Pollutants that contain one another but are all counted, with a warning.
CONTAINED = (
    (("1", "3"), ("1", "4")),
    (("5", "11"), ("5", "12"), ("5", "13"), ("5", "14"), ("5", "20")),
)

#: Sums within this of one another are equal, so that the order of adding cannot decide which pollutant is kept.
TIE = 1e-12

_KINDS = {("3", "2"): COLOUR, ("3", "3"): EXCEEDANCE, ("3", "4"): EXCEEDANCE}
_UNITS = {"t water x times": "t wastewater"}
#: What is measured by mass, and in which unit.
_MASSES = {"kg": "kg", "t wastewater": "t"}
#: The most names a message offers.
MOST_OFFERED = 6
PH_NAME = Text("pH值", "pH")


class Pollutant(NamedTuple):
    """A row of the table (the six pH rows are one), or a pollutant with an equivalent value of the user's own."""

    table: str
    no: str
    medium: str
    name: Text
    unit: str
    value: float
    kind: str = AMOUNT
    source: str = ""
    confidence: str = ""
    note: str = ""
    own: bool = False

    @property
    def item(self) -> tuple[str, str]:
        return (self.table, self.no)

    @property
    def overlap(self) -> str:
        """The group of which only one pollutant is kept, or nothing."""
        return next((group for group, items in OVERLAPS.items() if self.item in items), "")

    @property
    def needs_parameter(self) -> bool:
        return self.kind not in (AMOUNT, RECORDED)

    @property
    def needs_limit(self) -> bool:
        return self.kind in (COLOUR, EXCEEDANCE)


def _is_ph(row: dict[str, str]) -> bool:
    return row["table"] == "3" and row["no"].startswith("1.")


@cache
def pollutants() -> tuple[Pollutant, ...]:
    """Every pollutant of the table, in its order; pH once, with the value of its first class."""
    found: list[Pollutant] = []
    for row in table("annex_b"):
        ph = _is_ph(row)
        if ph and row["no"] != "1.1":
            continue
        item = (row["table"], "1" if ph else row["no"])
        found.append(
            Pollutant(
                table=row["table"],
                no=item[1],
                medium=row["medium"],
                name=PH_NAME if ph else Text(row["name_zh"], row["name_en"]),
                unit=_UNITS.get(row["unit"], row["unit"]),
                value=float(row["equivalent_value"]),
                kind=PH if ph else _KINDS.get(item, AMOUNT),
                source=row["source"],
                confidence=row["confidence"],
                note=row["note"],
            )
        )
    return tuple(found)


@cache
def ph_classes() -> tuple[float, ...]:
    """Equivalent values (t of waste water) of the pH classes, from the outermost, 0–1 and 13–14, to 5–6."""
    return tuple(float(row["equivalent_value"]) for row in table("annex_b") if _is_ph(row))


@cache
def recorded() -> tuple[tuple[Pollutant, list[str]], ...]:
    """The pollutants of permits that have no equivalent value, by medium, each with all its names."""
    return tuple(
        (
            Pollutant(RECORDED, row["name_zh"], medium, name, row["unit"], 0.0, RECORDED, row["source"]),
            list(dict.fromkeys([*name, *split(row["aliases"])])),
        )
        for row in table("recorded")
        for name in [Text(row["name_zh"], row["name_en"])]
        for medium in split(row["media"])
    )


@cache
def named_pollutants() -> tuple[tuple[Pollutant, list[str]], ...]:
    """Every pollutant with all its names, its own first: those of the table, then those recorded only."""
    names: dict[tuple[str, str], list[str]] = {}
    for row in table("annex_b"):
        item = (row["table"], row["no"].split(".")[0] if _is_ph(row) else row["no"])
        names.setdefault(item, []).extend([row["name_zh"], row["name_en"], *split(row["aliases"])])
    return (*((p, list(dict.fromkeys([*p.name, *names[p.item]]))) for p in pollutants()), *recorded())


@cache
def _index() -> Index[Pollutant]:
    return Index(named_pollutants())


def named(name: str) -> list[Pollutant]:
    """The pollutants that have this name, in either medium."""
    return _index().find(name)


def refusals(name: str) -> list[tuple[tuple[str, ...], Text, str]]:
    """Why a name stands for no single pollutant: what to choose from, the reason, and the hint in the form, if any."""
    return _refused().find(name)


@cache
def _refused() -> Index[tuple[tuple[str, ...], Text, str]]:
    return Index(
        ((tuple(split(row["choices"])), Text(row["reason_zh"], row["reason_en"]), row["hint"]), split(row["names"]))
        for row in table("annex_b_refused")
    )


@lru_cache(maxsize=4096)  # a column names the same few again and again
def find_pollutant(name: str, medium: str | None = None) -> Pollutant:
    """The pollutant of this name; a name that both media have needs the medium, unless it is recorded only."""
    found = [p for p in _index().find(name) if medium is None or p.medium == medium]
    if len(found) == 1 or (found and all(p.kind == RECORDED for p in found)):
        return found[0]
    if found:
        choices = joined([_with_medium(p) for p in found])
        raise JwdtError(
            Text(
                "“{name}”有多个，请写明介质或全名：{choices}",
                "“{name}” is ambiguous, give medium or full name: {choices}",
            ).fill(name=name, choices=choices),
            "ambiguous-pollutant",
        )
    for choices_zh, reason, _ in refusals(name):
        offered = [p for p in pollutants() if p.name.zh in choices_zh and medium in (None, p.medium)]
        refusal = Text("污染物“{name}”：{reason}", "pollutant “{name}”: {reason}").fill(name=name, reason=reason)
        raise JwdtError(_with_offer(refusal, offered), "ambiguous-pollutant" if offered else "no-equivalent-value")
    other = _index().find(name)
    if other:
        raise JwdtError(
            Text(
                "“{name}”在附录B的{medium}表中没有，只有：{choices}",
                "“{name}” is not in the {medium} table, only: {choices}",
            ).fill(name=name, medium=MEDIUM_NAMES[medium or WATER], choices=joined([_with_medium(p) for p in other])),
            "unknown-pollutant",
        )
    hint = suggestion(joined([_with_medium(p) for p in _similar(name)]))
    raise JwdtError(
        Text("附录B中没有污染物“{name}”{hint}", "pollutant “{name}” is not in Annex B{hint}").fill(
            name=name, hint=hint
        ),
        "unknown-pollutant",
    )


def find_counted(name: str, medium: str | None = None) -> Pollutant:
    """The pollutant of this name, which must have an equivalent value."""
    found = find_pollutant(name, medium)
    if found.kind == RECORDED:
        raise JwdtError(
            Text(
                "“{name}”没有当量值：只记录，不计入；确需计入须自行声明当量值并注明介质、单位和来源",
                "“{name}” has no equivalent value: recorded, not counted; to count it, declare an own value with medium, unit and source",
            ).fill(name=name),
            "no-equivalent-value",
        )
    return found


def _with_medium(pollutant: Pollutant) -> Text:
    medium = MEDIUM_NAMES[pollutant.medium]
    return Text(f"{pollutant.name.zh}({medium.zh})", f"{pollutant.name.en} ({medium.en})")


def _with_offer(refusal: Text, offered: list[Pollutant]) -> Text:
    """A refusal with names to choose from: as many as fit a cell, with the medium where it is not the same for all."""
    names = [p.name if len({o.medium for o in offered}) == 1 else _with_medium(p) for p in offered]
    for most in range(min(len(names), MOST_OFFERED), 0, -1):
        more = [Text("…", "…")] if len(names) > most else []
        choices = joined([*names[:most], *more])
        offer = Text("{r}；可选：{c}", "{r}; choose: {c}").fill(r=refusal, c=choices)
        if max(map(len, offer)) <= LONGEST:
            return offer
    return refusal


def _similar(name: str) -> list[Pollutant]:
    key = fold(name)
    return [p for p, _ in named_pollutants() if len(key) > 1 and any(key in fold(n) or fold(n) in key for n in p.name)][
        :4
    ]


DIMENSIONS = ("mass", "wastewater", "head", "bird", "bed")
RECORDED_DIMENSIONS = (*DIMENSIONS, "level")


def ph_value(ph: float) -> float | None:
    """The equivalent value (t of waste water) for this pH; None from 6 to 9, where there are no equivalents."""
    if not 0 <= ph <= 14:
        raise JwdtError(
            Text("pH 须在 0 至 14 之间，实为 {v}", "pH must be from 0 to 14, got {v}").fill(v=number(ph)),
            "impossible-ph",
        )
    if 6 <= ph <= 9:
        return None
    return ph_classes()[math.floor(ph) if ph < 6 else 14 - math.ceil(ph)]


def check_limit(limit: float) -> None:
    """A discharge limit must be above 0."""
    if limit <= 0:
        raise JwdtError(
            Text("限值须大于 0，实为 {v}", "limit must be above 0, got {v}").fill(v=number(limit)), "impossible-limit"
        )


def equivalents(
    pollutant: Pollutant, amount: float, parameter: float | None = None, limit: float | None = None
) -> float:
    """Pollutant equivalents of an amount in the unit of the table (kg; t of waste water; heads …).

    amount / value; pH: waste water / value of the class; colour: waste water × max(0, (measured − limit)/limit) / 5;
    coliform count and residual chlorine: waste water / 3.3 when measured > limit. Recorded only: 0.
    """
    if pollutant.kind == RECORDED:
        return 0.0
    if pollutant.kind == AMOUNT:
        return amount / pollutant.value
    if parameter is None:
        raise Missing(
            Text("“{name}”缺少实测值(参数)", "“{name}” lacks its measured value (parameter)").fill(name=pollutant.name),
            "missing-parameter",
        )
    if pollutant.kind == PH:
        value = ph_value(parameter)
        return 0.0 if value is None else amount / value
    if limit is None:
        raise Missing(
            Text("“{name}”缺少排放限值", "“{name}” lacks its limit").fill(name=pollutant.name), "missing-limit"
        )
    check_limit(limit)
    if pollutant.kind == COLOUR:
        return amount * max(0.0, (parameter - limit) / limit) / pollutant.value
    return amount / pollutant.value if parameter > limit else 0.0


def in_unit_of_table(pollutant: Pollutant, amount: float, unit: str | None) -> float:
    """An amount stated in a unit of mass, in that of the table (kg, t of waste water); without a unit it is in it already."""
    if unit is None:
        return amount
    if pollutant.unit not in _MASSES:
        text = Text("“{n}”的数量不是质量：请删去单位", "“{n}” is not measured by mass: clear the unit")
        raise JwdtError(text.fill(n=pollutant.name), "unit-not-of-mass")
    return convert(amount, find_unit(unit, ("mass",)), find_unit(_MASSES[pollutant.unit], ("mass",)))


def overlaps_not_counted(
    totals: Sequence[tuple[Pollutant, float]], organic_overlap: str = "largest"
) -> set[tuple[str, str]]:
    """The overlapping items to leave out, given each item's equivalents over both periods: of each overlap group the item
    with the most stays; at a tie the first in the law's order.
    """
    dropped: set[tuple[str, str]] = set()
    if organic_overlap == "all":
        return dropped
    for items in OVERLAPS.values():
        present = {pollutant.item: total for pollutant, total in totals if pollutant.item in items}
        if len(present) > 1:
            best = next(i for i in items if i in present and present[i] >= max(present.values()) * (1 - TIE))
            dropped |= set(present) - {best}
    return dropped


@cache
def _contained() -> tuple[tuple[Pollutant, ...], ...]:
    return tuple(tuple(p for p in pollutants() if p.item in group) for group in CONTAINED)


def overlaps_counted(items: Iterable[tuple[str, str]]) -> list[tuple[Pollutant, ...]]:
    """The groups of pollutants that contain one another and are all counted."""
    present = set(items)
    groups = [tuple(p for p in group if p.item in present) for group in _contained()]
    return [group for group in groups if len(group) > 1]
