"""Heat bought or sold, by its GJ or as tonnes of steam, and processes."""

from __future__ import annotations

from ...errors import JwdtError
from ...messages import Text
from ...standard import energy as energies
from ...standard import process
from ...standard.energy import BOUGHT, SOLD
from ...standard.names import fold
from ...standard.steam import steam_gj
from ...standard.units import BY_CODE, find_unit
from ..bill_row import ActivityRow
from ..conditions import datum
from ..places import Pair, at_field, times
from .kind import (
    COMBUSTION,
    GRID_FACTOR,
    HEAT_VALUE,
    OF_ENERGY,
    STEAM,
    Conventions,
    Found,
    Kind,
    needed_name,
    own_or_listed,
)

#: What all bought and sold heat is in GB/T 2589.
HEAT_ENERGY = "热力"


class HeatKind(Kind):
    """Heat bought or sold, by GJ; of steam in t the heat above water of 20 °C."""

    unit, kgce_unit = "GJ", "MJ"
    category, sold_category, origins = "purchased_heat", "exported_heat", (BOUGHT, SOLD)
    own_fields = STEAM
    leaves = (
        ((*HEAT_VALUE, *COMBUSTION, *GRID_FACTOR, "biomass"), None),
        (STEAM, datum("dimension").differs("mass")),
    )

    def units(self, row: ActivityRow) -> tuple[str, str]:
        with at_field("unit"):
            find_unit(row.unit, [BY_CODE[self.unit].dimension, "mass"])
        return self.unit, self.kgce_unit

    def amounts(self, row: ActivityRow, unit: str) -> Pair:
        if BY_CODE[row.unit].dimension != "mass":
            return super().amounts(row, unit)
        tonnes = BY_CODE[row.unit].factor / BY_CODE["t"].factor
        return times(Pair(row.base, row.report), tonnes * _steam(row) * BY_CODE["GJ"].factor / BY_CODE[unit].factor)

    def process_factor(self, row: ActivityRow) -> process.ProcessFactor:
        return process.heat_factor()

    def kgce(self, row: ActivityRow, unit: str, conventions: Conventions) -> Found:
        return (0.0, ()) if row.feedstock else own_or_listed(row, self.energy(row))

    def energy(self, row: ActivityRow) -> energies.Energy:
        return energies.find_energy(HEAT_ENERGY)


def _steam(row: ActivityRow) -> float:
    """GJ of a t of the row's steam."""
    with at_field("pressure"):
        if row.pressure is None:
            text = Text(
                "蒸汽按吨须填绝对压力(MPa)，过热蒸汽还须填温度；或改按热量(GJ)填",
                "steam in t needs its absolute pressure (MPa), superheated steam its temperature too; or enter its heat (GJ)",
            )
            raise JwdtError(text, "missing-field")
        if row.temperature is None:
            return steam_gj(1.0, row.pressure)
    with at_field("temperature"):
        return steam_gj(1.0, row.pressure, row.temperature)


class ProcessKind(Kind):
    """Emissions of a process: no energy."""

    unit, kgce_unit, category, is_energy = "t", "kg", "process", False
    leaves = ((OF_ENERGY, None),)

    def process_factor(self, row: ActivityRow) -> process.ProcessFactor:
        with at_field("name"):
            return process.find_process(needed_name(row))

    def canonical(self, row: ActivityRow) -> str:
        found = next((p.key for p, names in process.named_processes() if fold(row.name) in map(fold, names)), None)
        return found or fold(row.name)

    def title(self, row: ActivityRow, fuel_table: str) -> str:
        try:
            return process.find_process(row.name).name.zh
        except JwdtError:
            return row.name
