"""What rules ask of a row beyond its cells, as formulas: the counterparts of assessment/seen.py, by table and name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, cast

from ...assessment import heat_units
from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.checks.whole import RATIO_TABLES
from ...assessment.conditions import Condition
from ...assessment.kinds import ElectricityKind, HeatKind
from ...assessment.rules import Rule
from ...assessment.seen import DERIVED
from ...assessment.usual import ABSENT, FACTORS, HEAT, MOST_OF_A_PROCESS, PROCESS_TOLERANCE
from ...standard import energy as energies
from ...standard.byproducts import MADE_OF
from . import green
from .bill_factors import of_kind
from .column import PERIODS, Column, Formula, Known, Row, plain
from .names import folding


def _truth(condition: str) -> str:
    return f"IF({condition},1,0)"


def _any_bill(kind: str, origin: str = "") -> Formula:
    def formula(row: Row) -> str:
        asked = f"{row.named('bill_kinds', 'activity', 'kind')},{row.t(ACTIVITY_KINDS[kind])}"
        if origin:
            asked += f",{row.named('bill_origins', 'activity', 'origin')},{row.t(energies.ORIGIN_NAMES[origin])}"
        return _truth(f"COUNTIFS({asked})>0")

    return formula


def _energy(heading: str) -> Formula:
    return lambda row: f"INDEX({row.listed('energies', heading)},{row['key']})"


def _fossil(row: Row) -> str:
    key = row["key"]
    listed = f'IF({key}="",FALSE(),INDEX({row.listed("energies", "class")},{key})="{energies.FOSSIL}")'
    return _truth(f'OR({row["fuel"]}<>"",{listed})')


def _factor(place: Literal[0, 1]) -> Formula:
    """The lowest (0) or highest (1) factor that power, heat or the row's process usually has."""

    def formula(row: Row) -> str:
        default = f"INDEX({row.listed('processes')},{row['process']})"
        near = (
            f"{default}/{plain(PROCESS_TOLERANCE)}",
            f"MIN({default}*{plain(PROCESS_TOLERANCE)},{plain(MOST_OF_A_PROCESS)})",
        )
        unknown = plain((0.0, MOST_OF_A_PROCESS)[place])
        # A process without a default has a blank in the list.
        chain = f'IF({row["process"]}="",{unknown},IF(ISNUMBER({default}),{near[place]},{unknown}))'
        for kind, code in ((HeatKind, "heat"), (ElectricityKind, "electricity")):
            low_or_high = FACTORS[kind][:2][place]
            chain = f"IF({of_kind(row, code)},{plain(low_or_high)},{chain})"
        return chain

    return formula


def _own_in_grid(row: Row) -> str:
    return _truth("OR({})".format(",".join(row.told(f"metered_electricity.{p}", "meter_right") for p in PERIODS)))


def _energy_or_water(row: Row) -> str:
    name = folding(row["material"])
    blocks = ("energy_names", "fuel_names", "water_names")
    return _truth("OR({})".format(",".join(f'{row.found(block, name)}<>""' for block in blocks)))


def _other_unit(row: Row) -> str:
    return _truth(f'AND(in_product_unit<>"",{folding(row["unit"])}<>{folding("in_product_unit")})')


def usual_heat_of(row: Row, heading: str) -> str:
    """What the fuel's heat value may be, least or most: about the printed ones that are in the row's dimension."""
    dimension, none, pick = row["dimension"], *{"least": (ABSENT, "MIN"), "most": (0, "MAX")}[heading]
    near = []
    for block, place in (("fuels", row["fuel"]), ("energies", row["key"])):
        same = f"INDEX({row.listed(block, 'dimension')},{place})={dimension}"
        near.append(f'IF({place}="",{none},IF({same},INDEX({row.listed(block, heading)},{place}),{none}))')
    found = f"{pick}({none},{','.join(near)})"
    low_or_high = {d: (heat.low, heat.high)[heading == "most"] for d, heat in HEAT.items()}
    any_fuel = f'IF({dimension}="volume",{plain(low_or_high["volume"])},{plain(low_or_high["mass"])})'
    return f'IF({of_kind(row, "fuel")},IF({found}={none},{any_fuel},{found}),"")'


def source_beside(table: str) -> Formula:
    """Whether what the row's fuel is made of is burnt beside it."""

    def formula(row: Row) -> str:
        places = {e.code: place for place, e in enumerate(energies.energies(), 1)}
        keys, shares = (row.named(f"{table}_{key}s", table, key) for key in ("key", "share"))
        beside = "0"
        for made, sources in MADE_OF.items():
            found = "+".join(f"COUNTIFS({keys},{places[source]},{shares},1)" for source in sources)
            beside = f"IF({row['key']}={places[made]},{found},{beside})"
        found_beside = _truth(f'IF(AND({row["origin"]}="",{row["share"]}=1),{beside},0)>0')
        return f'IF({row["status"]}="","",{found_beside})'

    return formula


def _off(key: str) -> Formula:
    return lambda row: f"chk_{key}_off"


FORMULAS: dict[tuple[str, str], Formula] = {
    ("activity", "heat_value"): lambda row: row["ncv"],
    ("energy", "heat_value"): lambda row: row["heat"],
    ("activity", "fossil"): _fossil,
    ("activity", "factor_low"): _factor(0),
    ("activity", "factor_high"): _factor(1),
    ("activity", "fuel_beside"): _any_bill("fuel"),
    ("activity", "sold_beside"): _any_bill("electricity", energies.SOLD),
    ("activity", "own_beside"): _any_bill("electricity", energies.OWN_RENEWABLE),
    **{(table, f"{key}_off"): _off(key) for key, tables in RATIO_TABLES.items() for table in tables},
    ("activity", "own_in_grid"): _own_in_grid,
    ("energy", "own_in_grid"): _own_in_grid,
    ("activity", "emits_nothing"): lambda row: _truth(green.emits_nothing(row)),
    ("activity", "unproved"): green.unproved,
    ("energy", "source_beside"): source_beside("energy"),
    ("energy", "unproved"): green.unproved,
    ("energy", "printed_low"): _energy("low"),
    ("energy", "printed_high"): _energy("high"),
    ("materials", "energy_or_water"): _energy_or_water,
    ("products", "other_unit"): _other_unit,
    ("products", "conversion"): lambda row: row.conversion(),
}


class _Cells:
    """A row's cells, and what follows from them."""

    def __init__(self, row: Row, table: str) -> None:
        self.constant: Callable[[Any], str] = row.constant
        self._row, self._table = row, table

    def __getitem__(self, name: str) -> str:
        formula = FORMULAS.get((self._table, name))
        return formula(self._row) if formula else self._row[name]


def judgements(table: str) -> tuple[Column, ...]:
    """What is thought of the heat value and coefficient of a row, each in a cell of its own: within the chain of hints it
    would be too long for a formula."""

    def column(field: str) -> Column:
        term = heat_units.judged(table, field)
        return Column(
            f"{field}_judged",
            None,
            lambda row: f'IF({row["status"]}="","",{term.formula(_Cells(row, table))})',
            lambda known: int(term.value(_Values(known))),
        )

    return tuple(map(column, heat_units.FIELDS))


class _Values:
    """The same by the engine."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def __getitem__(self, name: str) -> Any:
        return DERIVED[name](self._known) if name in DERIVED else self._known[name]


def condition_of(rule: Rule) -> Condition:
    """When a rule of rows speaks, of cells and of an evaluated row."""
    return Condition(
        lambda known: rule.condition.holds(_Values(cast(Known, known))),
        lambda row: rule.formula(_Cells(cast(Row, row), rule.table)),
    )
