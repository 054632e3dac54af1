"""From amounts to rows: what belongs together is summed, what two papers say is compared, two periods become one row.

A row has one heat value and one coefficient; where the periods have different ones they are two rows, each 0 in the
other period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from ..assessment.bill_row import ActivityRow
from ..assessment.kinds import KINDS
from ..assessment.tables import NAME_FIELDS, TABLES
from ..errors import JwdtError
from ..messages import ERROR, WARNING, Finding, Text, number
from ..standard.equivalents import find_pollutant
from ..standard.names import fold
from ..standard.units import BY_CODE
from .cells import Where, scale
from .paper import Entry

BASE, REPORT = PERIODS = ("base", "report")
#: Two papers round differently; more than this part is a contradiction.
WITHIN = Fraction(1, 1000)
#: What tells a row from others, besides its name.
_FIXED = {
    "activity": ("kind", "origin", "feedstock", "biomass", "factor_series"), "pollutants": ("medium", "parameter"),
    "greenhouse": ("category", "biomass"), "energy": ("origin", "feedstock"), "own_equivalents": ("medium",),
}  # fmt: skip
Identity = tuple[Any, ...]


class Claim(NamedTuple):
    """What one paper says of a row in a period."""

    unit: str
    amount: Fraction
    places: tuple[Where, ...]
    cell: str
    own: Mapping[str, Fraction]
    quality: int


class Amount(NamedTuple):
    """The amount of a row in a period, with where it came from."""

    unit: str
    amount: Fraction
    places: tuple[Where, ...]
    cell: str
    quality: int


class Draft:
    """A row to be: its fields, what is its own, and an amount for each period that papers speak of."""

    def __init__(self, identity: Identity, table: str, fields: Mapping[str, Any]) -> None:
        self.identity, self.table, self.fields = identity, table, dict(fields)
        self.own: dict[str, Fraction] = {}
        self.amounts: dict[str, Amount] = {}
        #: Periods in which there is none of it, since another row of the family has it.
        self.none: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """Whether there is none of it: printed forms list all energies."""
        return not any(each.amount for each in self.amounts.values())


def identity_of(table: str, row: Mapping[str, Any]) -> Identity:
    """What tells the row of a table from others: names by what they mean, fields that are blank left out."""
    name = str(row.get(NAME_FIELDS[table]) or "")
    known: Any = fold(name)
    if table == "activity":
        kind = str(row.get("kind"))
        bill = ActivityRow(kind=kind, name=name)
        known = KINDS[kind].canonical(bill) if kind not in ("electricity", "heat") and name else ""
    elif table == "pollutants":
        try:
            found = find_pollutant(name, str(row.get("medium")))
            known = found.item if found.item[0] != "recorded" else found.name.zh
        except JwdtError:
            known = fold(name)
    fixed = tuple(_plain(row.get(field)) for field in _FIXED.get(table, ()))
    return (table, known, *fixed)


def family_of(identity: Identity) -> Identity:
    """Rows that differ in what was measured only: pH of each class."""
    return identity[:3] if identity[0] == "pollutants" else identity


def _plain(value: Any) -> Any:
    """False, nothing and “bought” are what a row without the field is."""
    return (
        None
        if value in (None, "", False, "bought")
        else float(value)
        if isinstance(value, (int, float, Fraction))
        else value
    )


def drafts(entries: Sequence[tuple[str, Entry]], findings: list[Finding]) -> list[Draft]:
    """The rows that entries make, each told of which period it is."""
    claims: dict[Identity, dict[str, dict[Any, list[Entry]]]] = {}
    first: dict[Identity, Entry] = {}
    seen: dict[Any, Entry] = {}
    for period, entry in entries:
        if entry.once and _is_again(entry, seen, findings):
            continue
        identity = identity_of(
            entry.table, {**entry.fields, NAME_FIELDS[entry.table]: entry.fields.get(NAME_FIELDS[entry.table], "")}
        )
        first.setdefault(identity, entry)
        paper = "sum" if entry.once else entry.places[0][:2]
        claims.setdefault(identity, {}).setdefault(period, {}).setdefault(paper, []).append(entry)
    found: list[Draft] = []
    for identity, periods in claims.items():
        made: list[Draft] = []
        for period in PERIODS:
            papers = [_sums(listed) for listed in periods.get(period, {}).values()]
            for claim in _one([paper for paper in papers if paper], findings):
                _place(made, identity, first[identity], period, claim)
        found += made
    return _with_none(found)


def _is_again(entry: Entry, seen: dict[Any, Entry], findings: list[Finding]) -> bool:
    """Whether the same month of the same outlet stands in another paper too: it counts once."""
    before = seen.setdefault((entry.table, entry.once), entry)
    if before is entry:
        return False
    if before.amount != entry.amount:
        text = Text(
            "与 {o} 是同一月份、排放口和污染物，数值不同，此处未计入 — 请核对两份表",
            "is of the same month, outlet and pollutant as {o} with another number, and not counted — check both papers",
        )
        findings.append(Finding(ERROR, "papers-overlap", entry.cell, text.fill(o=before.cell), "consistency"))
    return True


def _sums(entries: Sequence[Entry]) -> list[Claim]:
    """What one paper says, by values of its own; nothing where one of its amounts is not known: nor is the sum."""
    if any(entry.amount is None for entry in entries):
        return []
    by_own: dict[Any, list[Entry]] = {}
    for entry in entries:
        by_own.setdefault(tuple(sorted(entry.own.items())), []).append(entry)
    return [_sum(listed) for listed in by_own.values()]


def _sum(entries: Sequence[Entry]) -> Claim:
    unit, places = entries[0].unit, tuple(dict.fromkeys(place for entry in entries for place in entry.places))
    scaled = (entry.amount * scale(BY_CODE[entry.unit], BY_CODE[unit]) for entry in entries if entry.amount is not None)
    return Claim(
        unit, sum(scaled, Fraction(0)), places, entries[0].cell, entries[0].own, max(entry.quality for entry in entries)
    )


def _one(papers: Sequence[list[Claim]], findings: list[Finding]) -> list[Claim]:
    """The first paper's claims, with what the others add to them; where they differ both places are said."""
    if not papers:
        return []
    first = papers[0]
    for other in papers[1:]:
        units = {BY_CODE[claim.unit].dimension for claim in (*first, *other)}
        unit = BY_CODE[first[0].unit]
        if len(units) > 1:
            findings.append(_differ(first[0], first[0].amount, other[0], other[0].amount, other[0].unit))
            continue
        one, two = (
            sum((claim.amount * scale(BY_CODE[claim.unit], unit) for claim in claims), Fraction(0))
            for claims in (first, other)
        )
        if abs(one - two) > WITHIN * max(one, two):
            findings.append(_differ(first[0], one, other[0], two, unit.code))
        if len(first) == len(other) == 1:
            first = [_with(first[0], other[0], findings)]
    return first


def _with(first: Claim, other: Claim, findings: list[Finding]) -> Claim:
    """What another paper says of the same amount: values of its own, and one more place."""
    own = dict(first.own)
    for field, value in other.own.items():
        if field in own and abs(own[field] - value) > WITHIN * max(own[field], value):
            findings.append(_own_differ(first, other, field, own[field], value))
        own.setdefault(field, value)
    return first._replace(own=own, places=(*first.places, *other.places), quality=min(first.quality, other.quality))


def _differ(first: Claim, one: Fraction, other: Claim, two: Fraction, unit: str) -> Finding:
    text = Text(
        "两份材料不一致：{a} 为 {x} {u}，此处为 {y} {v}；采用前者 — 请核对后更正",
        "papers contradict one another: {a} says {x} {u}, here it is {y} {v}; the former is taken — check and correct",
    )
    filled = text.fill(a=first.cell, x=number(float(one), 8), u=first.unit, y=number(float(two), 8), v=unit)
    return Finding(WARNING, "papers-differ", other.cell, filled, "consistency")


def _own_differ(first: Claim, other: Claim, field: str, one: Fraction, two: Fraction) -> Finding:
    from ..assessment.fields import specs

    text = Text(
        "“{f}”不一致：{a} 为 {x}，此处为 {y}；采用前者 — 请核对",
        "“{f}” differs: {a} has {x}, here it is {y}; the former is taken — check them",
    )
    filled = text.fill(
        f=specs(ActivityRow)[field].label, a=first.cell, x=number(float(one), 6), y=number(float(two), 6)
    )
    return Finding(WARNING, "papers-differ-in-value", other.cell, filled, "consistency")


def _place(made: list[Draft], identity: Identity, entry: Entry, period: str, claim: Claim) -> None:
    """Into the row of the other period, unless their own values or units contradict; then into a row of its own."""
    for draft in made:
        same = all(draft.own.get(field, value) == value for field, value in claim.own.items())
        before = next(iter(draft.amounts.values()))
        one, other = BY_CODE[claim.unit], BY_CODE[before.unit]
        if same and period not in draft.amounts and one.dimension == other.dimension:
            claim = claim._replace(unit=before.unit, amount=claim.amount * scale(one, other))
            break
    else:
        draft = Draft(identity, entry.table, entry.fields)
        made.append(draft)
    draft.own.update(claim.own)
    draft.amounts[period] = Amount(claim.unit, claim.amount, claim.places, claim.cell, claim.quality)


def _with_none(found: list[Draft]) -> list[Draft]:
    """Of a family in several rows each is 0 where another has the period. Rows of nothing but 0 come last."""
    families: dict[Identity, list[Draft]] = {}
    for draft in found:
        families.setdefault(family_of(draft.identity), []).append(draft)
    kept: list[Draft] = []
    idle: list[Draft] = []
    for family in families.values():
        spoken = {period for draft in family for period in draft.amounts}
        used = [draft for draft in family if not draft.is_idle]
        for draft in used if len(used) > 1 else ():
            draft.none = spoken - draft.amounts.keys()
        kept += used
        idle += [draft for draft in family if draft.is_idle]
    return [*kept, *idle]


def places_of(places: Iterable[Where]) -> str:
    """document!sheet!rows, runs of rows together."""
    by_sheet: dict[tuple[str, str], set[int]] = {}
    for place in places:
        by_sheet.setdefault((place.document, place.sheet), set()).add(place.row)
    return ", ".join("!".join(filter(None, (*sheet, _runs(sorted(rows))))) for sheet, rows in by_sheet.items())


#: Runs of rows that a source lists; more are counted.
_RUNS = 12


def _runs(rows: list[int]) -> str:
    """4-9; every fourth row as 4-48/4, as tables of months have them; else run by run."""
    steps = {after - before for before, after in pairwise(rows)}
    if len(rows) > 2 and len(steps) == 1 and steps != {1}:
        return f"{rows[0]}-{rows[-1]}/{steps.pop()}"
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:_RUNS]]
    return ",".join(shown) + (f",…{rows[-1]}" if len(runs) > _RUNS else "")


__all__ = ["BASE", "PERIODS", "REPORT", "TABLES", "Amount", "Draft", "drafts", "family_of", "identity_of", "places_of"]
