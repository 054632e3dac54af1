"""Bills: entered once, in the right unit, with factors of the right year, and own values that can be true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, WARNING, Finding, Text, number
from ...standard import energy as energies
from ...standard.greenhouse import CATEGORY_NAMES, find_gas
from ..activity import ActivityAmount
from ..bill_row import ActivityRow
from ..conditions import absolute, datum
from ..kinds import ElectricityKind, FuelKind, HeatKind, kind_of
from ..metered import METERED, METERED_BLANK, PURCHASED, WITHIN_GRID
from ..places import has_evidence
from ..rules import Rule
from .energy import HEAT, ignored, medium, unproved
from .rows import PERIOD_NAMES, name_of

if TYPE_CHECKING:
    from ..result import Result

#: How far a single output may lie from the sum of the product list: both are rounded by those who type them.
SAME_OUTPUT = 1e-3
OUTPUT_DIFFERS = Rule(
    "output-differs-from-products",
    ERROR,
    "consistency",
    Text("查：与产品明细合计不同，请改为一致或清空", "check: not the products' sum: make it agree, or clear it"),
    Text(
        "{p}产品产量填为 {s}，产品明细合计为 {l}，二者不同，计算采用后者；请改为一致，或清空产品产量",
        "{p}: output is entered as {s}, the product list adds up to {l}, which is taken; make them agree, or clear the output",
    ),
    absolute(datum("single") - datum("listed")) > SAME_OUTPUT * absolute(datum("listed")),
    ("single", "listed"),
)

#: Names under which one fuel may stand in the energy table and among the bills.
_ALIKE = {
    "anthracite": "raw_coal",
    "bituminous_coal": "raw_coal",
    "coking_bituminous_coal": "raw_coal",
    "lignite": "raw_coal",
    "natural_gas_oilfield": "natural_gas",
    "natural_gas_gasfield": "natural_gas",
}


def is_used(bill: ActivityAmount) -> bool:
    return any((bill.row.base, bill.row.report))


# Entered once


def metered(result: Result) -> Iterator[Finding]:
    """The metered purchase of electricity against the sum of its origins; that rows hold own power is said at the row."""
    said = result.assessment.metered_electricity
    bills = [b.row for b in result.quantities.activity if b.kind.is_electricity]
    for period, label in PERIOD_NAMES.items():
        found = result.power[period]
        if METERED.holds(**found._asdict()):
            m, s = (number(value or 0.0, 10) for value in (found.metered, found.bought))
            yield METERED.finding(f"metered_electricity.{period}", p=label, m=m, s=s)
    origins = {row.origin for row in bills if row.origin in PURCHASED}
    if METERED_BLANK.holds(origins=len(origins), base=said.base, report=said.report):
        yield METERED_BLANK.finding("metered_electricity.report")


def counted_twice(result: Result) -> Iterator[Finding]:
    """One source both as bill and as ready-made tonnes, or both among bills and in the energy table."""
    bills = [bill for bill in result.quantities.activity if is_used(bill)]
    emitted = {
        (bill.category, bill.kind.gas): bill for bill in reversed(bills) if bill.factor and not _is_sold_fuel(bill.row)
    }
    for i, (row, pair) in enumerate(zip(result.assessment.greenhouse, result.quantities.co2e_rows, strict=True)):
        # Bills give one gas: others of the same source have their rows beside them.
        bill = emitted.get((row.category, find_gas(row.gas).code))
        if bill is not None and any(pair):
            text = Text(
                "“{c}”既有账单(“{n}”)，又有现成吨数；同一来源请只填一处，否则重复计算",
                "“{c}” stands both in the bills (“{n}”) and as ready-made tonnes; enter one source in one place, else it is counted twice",
            ).fill(c=CATEGORY_NAMES[row.category], n=name_of("activity", bill.row))
            place = result.assessment.place("greenhouse", i)
            yield Finding(WARNING, "counted-twice", f"{place}.category", text, "consistency")
    counted = {_source_of(bill.row): bill for bill in reversed(bills) if bill.share_of_total}
    for amount in result.quantities.energies:
        bill_of = counted.get(_energy_source_of(amount.energy, amount.row.origin))
        if bill_of is not None and amount.share_of_total and any(amount.tce):
            text = Text(
                "“{n}”既在能源表，又在账单(“{b}”)；同一能源请只填一处，否则重复计算",
                "“{n}” stands both in the energy table and in the bills (“{b}”); enter one energy in one place, else it is counted twice",
            ).fill(n=amount.energy.name, b=name_of("activity", bill_of.row))
            yield Finding(WARNING, "counted-twice", f"{amount.place}.energy", text, "consistency")


def _source_of(row: ActivityRow) -> tuple[str, str]:
    """What a bill is of, by a name that the energy table shares."""
    kind = kind_of(row)
    if not kind.is_fuel:
        return kind.category, row.origin or ""
    name = kind.canonical(row)
    return kind.category, _ALIKE.get(name, name) + (energies.SOLD if _is_sold_fuel(row) else "")


def _is_sold_fuel(row: ActivityRow) -> bool:
    return kind_of(row).is_fuel and row.origin == energies.SOLD


def _energy_source_of(energy: energies.Energy, origin: str | None) -> tuple[str, str]:
    if energy.is_electricity:
        return ElectricityKind.category, origin or ""
    if energy.code in HEAT:
        return HeatKind.category, origin or ""
    return FuelKind.category, _ALIKE.get(energy.code, energy.code) + (origin if origin == energies.SOLD else "")


def product_list(result: Result) -> Iterator[Finding]:
    """A product list: the single output beside it, and products in another unit without a factor."""
    product, rows = result.assessment.product, result.assessment.products
    for period, label in PERIOD_NAMES.items():
        single, listed = getattr(product.output, period), getattr(result.quantities.output, period)
        if rows and OUTPUT_DIFFERS.holds(single=single, listed=listed):
            says = {"p": label, "s": number(single, 10), "l": number(listed, 10)}
            yield OUTPUT_DIFFERS.finding(f"product.output.{period}", **says)


# Factors


def biomass(result: Result) -> Iterator[Finding]:
    """Statements of biomass or non-fossil origin that cannot be, that nothing supports, or that do not count."""
    for bill in result.quantities.activity:
        row = bill.row
        name = name_of("activity", row)
        if row.non_fossil is None or not bill.kind.is_energy or bill.share_of_total <= 0:
            continue
        if bill.kind.may_be_non_fossil(row):
            if row.non_fossil and not row.biomass and not has_evidence(row):
                yield unproved(f"{bill.place}.non_fossil", name)
        elif row.non_fossil != (bill.share_non_fossil > 0):
            yield ignored(f"{bill.place}.non_fossil", name, bill.kind.decided_by)


def not_energy(result: Result) -> Iterator[Finding]:
    """Oxygen, compressed air …, entered as fuels: not energy."""
    for bill in result.quantities.activity:
        energy = bill.kind.energy(bill.row) if bill.kind.is_fuel else None
        if energy is not None and energy.fossil == energies.MEDIUM:
            yield medium(f"{bill.place}.name", energy.name)


CHECKS = (
    metered,
    counted_twice,
    product_list,
    biomass,
    not_energy,
)
RULES = (OUTPUT_DIFFERS, METERED, WITHIN_GRID, METERED_BLANK)
