"""Heat bought or sold, and processes."""

from __future__ import annotations

from ...errors import JwdtError
from ...standard import energy as energies
from ...standard import process
from ...standard.energy import BOUGHT, SOLD
from ...standard.names import fold
from ..places import at_field
from ..tables import ActivityRow
from .kind import COMBUSTION, GRID_FACTOR, HEAT_VALUE, Conventions, Found, Kind, listed, needed_name

#: What all bought and sold heat is in GB/T 2589: its tonnes of steam are for the user to convert.
HEAT_ENERGY = "热力"


class HeatKind(Kind):
    """Heat bought or sold, by GJ."""

    unit, kgce_unit = "GJ", "MJ"
    category, sold_category, origins = "purchased_heat", "exported_heat", (BOUGHT, SOLD)

    def process_factor(self, row: ActivityRow) -> process.ProcessFactor:
        return process.heat_factor()

    def kgce(self, row: ActivityRow, unit: str, conventions: Conventions) -> Found:
        return (0.0, ()) if row.feedstock else listed(row, self.energy(row))

    def energy(self, row: ActivityRow) -> energies.Energy:
        return energies.find_energy(HEAT_ENERGY)

    def idle(self, row: ActivityRow) -> tuple[str, ...]:
        return (*HEAT_VALUE, *COMBUSTION, *GRID_FACTOR, "biomass")


class ProcessKind(Kind):
    """Emissions of a process: no energy."""

    unit, kgce_unit, category, is_energy = "t", "kg", "process", False

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

    def idle(self, row: ActivityRow) -> tuple[str, ...]:
        return (*HEAT_VALUE, *COMBUSTION, *GRID_FACTOR, "coefficient", "feedstock", "biomass", "non_fossil")
