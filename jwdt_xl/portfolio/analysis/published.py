"""A portfolio as it was published, of whatever year and guide: what other years are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...messages import Text, joined
from ...standard import power
from ...standard.guide import Guide
from ...standard.guide.options import DEFAULTS
from ..collection.row import Row, in_force, summed
from . import breaks
from .candidates import Member
from .identity import folded

Pair = tuple["float | None", "float | None"]


class Method(NamedTuple):
    """By what everybody of a portfolio was evaluated; options: None where it does not say."""

    guide: str
    version: str
    hash: str
    options: Mapping[str, str] | None = None

    @property
    def name(self) -> str:
        return f"{self.guide} {self.version} {self.hash}".replace("  ", " ")


class Tonnes(NamedTuple):
    """A pollutant of a return in t."""

    name: Text
    medium: str
    base: float | None
    report: float | None


class Line(NamedTuple):
    """An enterprise in a portfolio; boundary and what is said of the grid are None where it does not say."""

    uscc: str
    name: str
    region: str
    industry_code: str
    base: str
    report: str
    product: str
    unit: str
    boundary: str | None
    grid: str | None
    #: What grid power emitted in the base period, by series and year of factor.
    base_grid: str | None
    total: float | None
    grade: str
    rank: int | None
    reason: str
    rates: Pair
    quantities: Mapping[str, Pair]
    scores: Mapping[str, float | None]
    file: str
    #: By what tells one pollutant from another; None where the portfolio does not say.
    pollutants: Mapping[str, Tonnes] | None = None


class Published(NamedTuple):
    """A portfolio: what it is called, its method, its lines, and what people read above the columns of scores and quantities."""

    name: str
    method: Method
    lines: tuple[Line, ...]
    titles: Mapping[str, Text]


def line_of(member: Member, row: Row, guide: Guide) -> Line:
    """A return of this year as it is compared with another year's; only what is compared is filled in."""
    counted = in_force(row)
    return Line(
        member.uscc, member.name, member.region, member.industry_code, row["base"], row["report"], row["product"],
        row["unit"], row["boundary"], row["grid"], row["base_grid"], counted["total"], "", None, "", tuple(counted["rates"]),
        {key: tuple(counted["quantities"][key]) for key in summed(guide)}, {}, member.file,
        {pollutant_key(item, medium, zh): Tonnes(Text(zh, en), medium, base, report) for item, medium, zh, en, base, report, _ in counted["pollutants"]},
    )  # fmt: skip


def pollutant_key(item: str, medium: str, name: str) -> str:
    """The number in Annex B; of a substance of one's own its medium and name."""
    return item or f"{medium} {folded(name)}"


def method_of(guide: Guide) -> Method:
    return Method(guide.id, guide.version, guide.hash, {name: str(value) for name, value in guide.options.items()})


def changed_method(old: Method, new: Method) -> Iterator[Text]:
    """What changed from one portfolio to another for everybody."""
    if old.guide != new.guide:
        yield _GUIDE.fill(o=old.name, n=new.name)
    elif (old.version, old.hash) != (new.version, new.hash):
        yield _VERSION.fill(g=old.guide, o=f"{old.version} {old.hash}".strip(), n=f"{new.version} {new.hash}".strip())
    if old.options is not None and new.options is not None:
        one, other = ({**_AT_FIRST, **said} for said in (old.options, new.options))
        if differing := [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]:
            yield breaks.options(differing)


#: An option that a later version of the program adds was at its default before.
_AT_FIRST = {name: str(value) for name, value in DEFAULTS.items()}


def changed_line(old: Line, new: Line) -> Iterator[Text]:
    """What changed in what an enterprise reports of, so that its numbers are not of the same thing."""
    if old.boundary is not None and new.boundary is not None and breaks.differ(old.boundary, new.boundary):
        yield breaks.boundary(old.boundary, new.boundary)
    if (old.product, old.unit) != (new.product, new.unit):
        yield breaks.product((old.product, old.unit), (new.product, new.unit))
    if old.grid is not None and new.grid is not None and _series(old.grid) != _series(new.grid):
        yield _GRID.fill(o=old.grid or "-", n=new.grid or "-")


def base_of(this: Line, grid: str | None) -> tuple[Mapping[str, float | None], Text | None]:
    """The quantities of the base period, carbon by the grid factors (series and years) that counted power then, and by which.

    The factor of a year is published later: last year took an earlier one, and nobody restated anything by that.
    """
    found = {key: pair[0] for key, pair in this.quantities.items()}
    carbon, used = found.get(CARBON), []
    for said in (this.base_grid or "").split("; ") if carbon is not None else ():
        name, _, tonnes = said.rpartition(" ")
        series, _, year = name.rpartition(" ")
        years = [other.rpartition(" ")[2] for other in (grid or "").split("; ") if other.startswith(f"{series} ")]
        if series and len(years) == 1 and years[0] != year:
            try:
                old, new = (power.grid_factor(int(each), series).value for each in (years[0], year))
                found[CARBON] = carbon = (carbon or 0.0) - float(tonnes) * (1 - old / new)
            except ValueError:  # typed over, or a factor that this version does not have
                continue
            used.append(Text(f"{series} {years[0]}", f"{series} {years[0]}"))
    return found, _AS_THEN.fill(f=joined(used)) if used else None


def grid_of_base(line: Line) -> str:
    """The series and years of the grid factors of a base period."""
    return "; ".join(each.rpartition(" ")[0] for each in (line.base_grid or "").split("; "))


#: The quantity in which a grid factor is.
CARBON = "co2e"


def _series(grid: str) -> list[str]:
    """Without their years, which go on from one to the next."""
    return sorted({each.rpartition(" ")[0] or each for each in grid.split("; ")})


def by_code(books: Iterable[Published]) -> dict[str, list[tuple[Published, Line]]]:
    """The lines of some portfolios by the code that tells one from another."""
    found: dict[str, list[tuple[Published, Line]]] = {}
    for book in books:
        for line in book.lines:
            found.setdefault(line.uscc, []).append((book, line))
    return found


_GUIDE = Text("指南改变：{o} → {n}", "the guide changed: {o} → {n}")
_VERSION = Text("指南“{g}”的版本改变：{o} → {n}", "the version of the guide “{g}” changed: {o} → {n}")
_AS_THEN = Text(
    "今年的数已按上年所用的电网因子换算：{f}", "this year's is converted to the grid factor used last year: {f}"
)
_GRID = Text("电网因子序列改变：{o} → {n}", "the series of grid factors changed: {o} → {n}")
