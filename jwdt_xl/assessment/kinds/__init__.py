"""The kinds of bill: fuel, electricity, heat, process, waste water, carbon in products. One class each says what a row needs and how it counts."""

from __future__ import annotations

from ...standard import energy as energies
from ..bill_row import ACTIVITY_KINDS, ActivityRow
from .carbon import ProductCarbonKind, WastewaterKind
from .electricity import ElectricityKind
from .fuel import FuelKind, fuel_unit, table_fuel
from .kind import Conventions, Kind
from .others import HEAT_ENERGY, HeatKind, ProcessKind

__all__ = [
    "HEAT_ENERGY", "KINDS", "NO_ENERGY", "Conventions", "ElectricityKind", "FuelKind", "HeatKind", "Kind",
    "ProcessKind", "ProductCarbonKind", "WastewaterKind", "fuel_unit", "is_fossil", "kind_of", "table_fuel",
]  # fmt: skip

KINDS: dict[str, Kind] = dict(
    zip(
        ACTIVITY_KINDS,
        (FuelKind(), ElectricityKind(), HeatKind(), ProcessKind(), WastewaterKind(), ProductCarbonKind()),
        strict=True,
    )
)
#: Those that are no energy.
NO_ENERGY = tuple(code for code, kind in KINDS.items() if not kind.is_energy)


def kind_of(row: ActivityRow) -> Kind:
    return KINDS[row.kind]


def is_fossil(row: ActivityRow) -> bool:
    """Whether a fuel is one of the tables' fossil fuels."""
    kind = kind_of(row)
    if not kind.is_fuel:
        return False
    energy = kind.energy(row)
    return table_fuel(row.name) is not None or (energy is not None and energy.fossil == energies.FOSSIL)
