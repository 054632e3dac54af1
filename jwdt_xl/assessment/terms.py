"""The quantities of a result as sums over its rows: each row's share, and the factors it went through.

What is uncertain of a quantity is its rows and their factors; everything else of it is a constant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..standard.equivalents import MEDIA, find_pollutant
from ..standard.formulas import SYNERGY
from ..standard.quantities import ALL, Parameters
from ..standard.uncertainties import of_default_factor, of_grade
from .activity import ActivityAmount
from .amounts import EnergyAmount
from .parts import energies_of, names_of
from .places import Factor, Pair, times
from .result import Result

#: Which default factor a row went through, or which row's own factor.
Key = tuple[str, str]
_NONE: tuple[Key, ...] = ()


class Share(NamedTuple):
    """What a row adds to a quantity, and the factors it went through, by period."""

    table: str
    place: int
    amounts: Pair
    base_factors: tuple[Key, ...] = _NONE
    report_factors: tuple[Key, ...] = _NONE


class Term(NamedTuple):
    """The same with rows and factors by their place in the form."""

    row: int
    amounts: tuple[float, float]
    factors: tuple[tuple[int, ...], tuple[int, ...]]


class Form(NamedTuple):
    """Quantities as sums: the relative uncertainties of rows and of factors, and the terms of each quantity."""

    rows: tuple[float, ...]
    factors: tuple[float, ...]
    #: Of the quantities that have rows.
    terms: dict[str, tuple[Term, ...]]
    #: Of those that are exact.
    exact: dict[str, Pair]
    #: Quantities and periods without a number.
    missing: frozenset[tuple[str, int]]


def form_of(result: Result) -> Form:
    """The form of every quantity that the indicators of a result are made of."""
    rows: dict[tuple[str, int], int] = {}
    uncertain: list[float] = []
    factors: dict[Key, int] = {}
    widths: list[float] = []
    terms: dict[str, tuple[Term, ...]] = {}
    exact: dict[str, Pair] = {}

    def row_at(share: Share) -> int:
        place = (share.table, share.place)
        if place not in rows:
            rows[place] = len(uncertain)
            uncertain.append(_width(result, *place))
        return rows[place]

    def factors_at(keys: tuple[Key, ...], share: Share) -> tuple[int, ...]:
        for key in keys:
            if key not in factors:
                factors[key] = len(widths)
                own = key[0] == _OWN
                widths.append(_width(result, share.table, share.place) if own else of_default_factor(key[0], stated))
        return tuple(factors[key] for key in keys)

    stated = result.guide.sureness
    needed = needed_by(result)
    for key in needed:
        shares = shares_of(key, result)
        if shares is None:
            exact[key] = result.quantities.pair(key)
            continue
        terms[key] = tuple(
            Term(
                row_at(share), (share.amounts.base or 0.0, share.amounts.report or 0.0),
                (factors_at(share.base_factors, share), factors_at(share.report_factors, share)),
            )
            for share in shares
            if any(share.amounts)
        )  # fmt: skip
    missing = {(key, i) for key in needed for i, value in enumerate(result.quantities.pair(key)) if value is None}
    return Form(tuple(uncertain), tuple(widths), terms, exact, frozenset(missing))


def needed_by(result: Result) -> tuple[str, ...]:
    """The quantities by key that the indicators need."""
    per_product = result.options["synergy_basis"] == "per_product"
    found: list[str] = ["equivalents", "co2e", *(["output"] if per_product else [])]
    for node in result.guide.indicators:
        if node.algorithm.kind != SYNERGY:
            found += node.needs
    return tuple(dict.fromkeys(found))


def _width(result: Result, table: str, index: int) -> float:
    row = getattr(result.assessment, table)[index]
    return of_grade(row.quality, result.guide.sureness) if hasattr(row, "quality") else 0.0


def shares_of(key: str, result: Result) -> list[Share] | None:
    """What each row adds to a quantity; None where it is no sum of graded rows, and so exact."""
    if key in result.guide.quantities and result.guide.quantities[key].field.startswith("inputs."):
        return None
    part = result.guide.parts.get(key)
    whole, only = (part.whole, part.only) if part else (key, ALL)
    if whole in ("output", "value_10k"):
        return None
    if whole.startswith("equivalents"):
        return list(_equivalents(whole, only, result))
    if whole == "co2e":
        return list(_carbon(result))
    if whole in ("primary_tce", "nonfossil_tce"):
        return list(_energy(whole, only, result))
    amounts, tables = result.quantities, result.assessment
    if whole == "material_kg":
        return list(_named("materials", [r.material for r in tables.materials], amounts.material_rows, only.materials))
    kinds = [r.kind for r in tables.residual_energy]
    return list(_named("residual_energy", kinds, amounts.residual_rows, only.energies))


def _equivalents(whole: str, only: Parameters, result: Result) -> Iterator[Share]:
    """After the overlap rule, as the result applies it; of named pollutants all."""
    amounts = result.quantities
    items = {find_pollutant(name, only.medium or None).item for name in only.pollutants}
    medium = only.medium or whole.removeprefix("equivalents_")
    chosen = medium if medium in MEDIA else str(result.options["equivalent_media"])
    for i, row in enumerate(amounts.pollutants):
        item = row.pollutant.item
        counted = item in items if items else item not in amounts.overlaps_not_counted
        if counted and (items or chosen in ("all", row.pollutant.medium)):
            yield Share("pollutants", i, row.equivalents)


def _carbon(result: Result) -> Iterator[Share]:
    for i, pair in enumerate(result.quantities.co2e_rows):
        yield Share("greenhouse", i, pair)
    for i, bill in enumerate(result.quantities.activity):
        of_carbon = [factor for factor in bill.factors if factor.kind == "co2"]
        # The base period's own factor stands last.
        differ = bill.base_year != bill.year
        yield Share(
            "activity", i, bill.co2,
            _keys(bill, of_carbon[-1:] if differ else of_carbon), _keys(bill, of_carbon[:-1] if differ else of_carbon),
        )  # fmt: skip


#: Whose factor it is, instead of the kind of bill.
_OWN = "own"


def _keys(bill: ActivityAmount, factors: Iterable[Factor]) -> tuple[Key, ...]:
    """The own factor of a row is its own; a default one is that of all rows that take it, a fuel's as one."""
    found: dict[Key, None] = {}
    for factor in factors:
        name = bill.kind.canonical(bill.row) if bill.kind.is_fuel else factor.name.zh
        found[(_OWN, bill.place) if factor.own else (bill.row.kind, f"co2 {name}")] = None
    return tuple(found)


def _energy(whole: str, only: Parameters, result: Result) -> Iterator[Share]:
    wanted = energies_of(only)
    amounts = result.quantities
    listed: list[tuple[str, Sequence[EnergyAmount | ActivityAmount]]] = [
        ("energy", amounts.energies),
        ("activity", amounts.activity),
    ]
    for table, rows in listed:
        for i, row in enumerate(rows):
            counts = row.share_of_total * (row.share_non_fossil if whole == "nonfossil_tce" else 1.0)
            if counts and wanted(row):
                keys = _coal(row)
                yield Share(table, i, times(row.tce, counts), keys, keys)


def _coal(row: EnergyAmount | ActivityAmount) -> tuple[Key, ...]:
    """Standard coal of power is a convention and of heat a definition; a fuel's is its heat value."""
    if isinstance(row, ActivityAmount):
        own = any(factor.own for factor in row.factors if factor.kind == "tce")
        fuel, name = row.kind.is_fuel, row.kind.canonical(row.row)
    else:
        own = row.row.coefficient is not None or row.row.net_calorific_value is not None
        fuel, name = not row.energy.is_electricity and row.energy.unit != "MJ", row.energy.code
    if own and (fuel or isinstance(row, EnergyAmount) or not row.kind.is_electricity):
        return ((_OWN, row.place),)
    return (("fuel", f"tce {name}"),) if fuel else _NONE


def _named(table: str, names: list[str], rows: Iterable[Pair], wanted: tuple[str, ...]) -> Iterator[Share]:
    for i, (counted, pair) in enumerate(zip(names_of(names, wanted), rows, strict=True)):
        if counted:
            yield Share(table, i, pair)
