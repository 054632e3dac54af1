"""The rows an enterprise declares, one after another, each with its path in the file and its name; what a row alone tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ...messages import INFO, WARNING, Finding, Text, number
from ...standard import equivalents as eq
from ...standard.energy import ORIGIN_NAMES
from ...standard.greenhouse import CATEGORY_NAMES
from ...standard.power import FOOTPRINTS
from ..amounts import own_of
from ..bill_row import ACTIVITY_KINDS, ActivityRow
from ..conditions import both, datum, either
from ..fields import labels
from ..kinds import kind_of
from ..model import Assessment
from ..places import PERIOD_NAMES as PERIOD_NAMES
from ..rules import Rule
from ..seen import Seen
from ..tables import NAME_FIELDS, TABLES
from ..unused import unused
from . import conversions, heat, own_values, whole

if TYPE_CHECKING:
    from ..result import Result

TABLE_NAMES = {
    "products": Text("产品", "products"),
    "activity": Text("账单", "bills"),
    "pollutants": Text("污染物", "pollutants"),
    "greenhouse": Text("温室气体", "greenhouse gases"),
    "energy": Text("能源", "energy"),
    "materials": Text("原辅料", "materials"),
    "residual_energy": Text("余能", "residual energy"),
}
#: Tables that bills can stand for.
FROM_BILLS = ("greenhouse", "energy")


class Declared(NamedTuple):
    """A row: its table, its path, what it says and how to call it."""

    table: str
    place: str
    row: Any
    name: Text


def declared(assessment: Assessment) -> Iterator[Declared]:
    """The rows of all tables of amounts."""
    for table in TABLE_NAMES:
        for i, row in enumerate(getattr(assessment, table)):
            yield Declared(table, assessment.place(table, i), row, name_of(table, row))


def table_of(assessment: Assessment, table: str) -> str:
    """The table that a quantity comes from: bills stand for emissions and for energy."""
    if table not in FROM_BILLS or getattr(assessment, table):
        return table
    return "activity" if bills_of(assessment, table) else table


def bills_of(assessment: Assessment, table: str) -> list[ActivityRow]:
    """The bills that count in the place of a table: a process has no energy."""
    return [row for row in assessment.activity if table == "greenhouse" or kind_of(row).is_energy]


def name_of(table: str, row: Any) -> Text:
    """How to call a row."""
    if table == "pollutants":
        return Text(row.pollutant, row.pollutant)
    if table == "greenhouse":
        category = CATEGORY_NAMES[row.category]
        return Text(f"{category.zh} {row.gas}", f"{category.en} {row.gas}")
    if table == "energy":
        origin = ORIGIN_NAMES.get(row.origin or "")
        if origin is None:
            return Text(row.energy, row.energy)
        return Text(f"{row.energy}·{origin.zh}", f"{row.energy}, {origin.en}")
    if table == "activity":
        kind = ACTIVITY_KINDS[row.kind]
        origin = ORIGIN_NAMES.get(row.origin or "", Text("", ""))
        return Text(
            "·".join(filter(None, (row.name or kind.zh, origin.zh))),
            ", ".join(filter(None, (row.name or kind.en, origin.en))),
        )
    if table == "own_equivalents":
        return own_of(row).name
    name = getattr(row, NAME_FIELDS[table])
    return Text(name, name)


def _both_periods(seen: Seen) -> dict[str, Any]:
    """The amounts as they stand in the row, and their change."""
    base, report = seen.row.base, seen.row.report
    changed = f", {report / base - 1:+.1%}" if base and report is not None else ""
    shown = ("–" if amount is None else number(amount) for amount in (base, report))
    return dict(zip("brc", (*shown, f" {seen.row.unit}{changed}"), strict=True))


def _unused(seen: Seen) -> dict[str, Any]:
    return {"f": labels(ActivityRow, list(unused(seen)))}


UNUSED = Rule(
    "bill-field-not-used",
    WARNING,
    "consistency",
    Text("查：所填对该行不起作用，请删去", "check: no effect on this row, clear it"),
    Text(
        "“{n}”的{f}对该行不起作用，未使用；请核对或删去",
        "“{n}”: {f} has no effect on this row and is not used; check or remove it",
    ),
    datum("unused").is_filled(),
    table="activity",
    fills=_unused,
    at=lambda seen: str(seen["unused"]),
)
#: What a row tells by itself. An entry is all there is to add: its finding and its live hint follow, and their tests.
OF_ROWS = (
    Rule(
        "own-value-without-source",
        WARNING,
        "transparency",
        Text("查：请写明来源", "check: state the source"),
        Text("“{n}”的自定当量值没有来源；请写明依据", "the own equivalent value of “{n}” has no source; name it"),
        both(datum("source").is_blank(), datum("value").is_filled()),
        table="own_equivalents",
        field="source",
    ),
    Rule(
        "recorded-not-counted",
        INFO,
        "completeness",
        Text("只记录不计入；要计入须自定当量值", "recorded, not counted; needs an own value"),
        Text(
            "“{n}”没有当量值，只记录、不计入当量({b} → {r}{c})；要计入须自定当量值并注明介质、单位和来源",
            "“{n}” has no equivalent value: recorded, not counted ({b} → {r}{c}); to count it, declare an own value with medium, unit and source",
        ),
        datum("kind").equals(eq.RECORDED),
        table="pollutants",
        field="pollutant",
        fills=_both_periods,
    ),
    *heat.RULES,
    *whole.OF_METER,
    *own_values.RULES,
    Rule(
        "footprint-factor",
        WARNING,
        "transparency",
        Text("查：碳足迹不是排放因子", "check: a footprint, no factor"),
        Text(
            "“{n}”的自有排放因子是电力碳足迹数值(kgCO2e/kWh，含燃料生产等上游)，不是电网排放因子；请改用电网因子",
            "the own emission factor of “{n}” is a carbon footprint of power (kgCO2e/kWh, with its upstream), no emission factor of the grid; use a grid factor",
        ),
        both(
            datum("kind").equals("electricity", ACTIVITY_KINDS["electricity"]),
            either(*(datum("emission_factor").equals(value) for value in FOOTPRINTS)),
        ),
        table="activity",
        field="emission_factor",
    ),
    UNUSED,
    *conversions.RULES,
    *whole.OF_RATIOS,
)


def of_rows(result: Result) -> Iterator[Finding]:
    """What the rows tell, by the rules above."""
    for table in TABLES:
        rules = [rule for rule in OF_ROWS if rule.table == table]
        for i in range(len(getattr(result.assessment, table)) if rules else 0):
            row = Seen(result, table, i)
            for rule in rules:
                if rule.condition.holds(row):
                    place = f"{result.assessment.place(table, i)}.{rule.at(row) if rule.at else rule.field}"
                    yield rule.finding(place, n=name_of(table, row.row), **rule.fills(row))


CHECKS, RULES = (of_rows,), OF_ROWS
