"""Bills that are no energy: CH4 of waste-water treatment, and carbon that leaves in products."""

from __future__ import annotations

from ...errors import JwdtError
from ...messages import Text
from ...standard.fuels import CO2_PER_C
from ...standard.wastewater import DEEP_ANAEROBIC, LARGEST_YIELD, methane
from ..bill_row import ActivityRow
from ..places import Factor, at_field
from .kind import OF_ENERGY, PRODUCT_CARBON, WASTEWATER, Conventions, Kind, own_factor, said

_UNUSED = (((*OF_ENERGY, "emission_factor"), None),)


class WastewaterKind(Kind):
    """Waste water treated without air: COD removed (t) × Bo × MCF, less the CH4 recovered, in t CO2e."""

    unit, kgce_unit, category, is_energy = "t", "kg", "process", False
    gas, own_fields, leaves = "CH4", WASTEWATER, _UNUSED

    def factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        bo, mcf = self.parameters(row)
        name = Text("废水处理 CH4(Bo {b}，MCF {m})", "CH4 of waste water (Bo {b}, MCF {m})").fill(b=bo, m=mcf)
        own = row.bo is not None or row.mcf is not None
        value = methane(1.0, mcf, bo) * conventions.methane
        return value, (Factor("co2", name, value, "tCO2e/t COD", said(row) if own else "", own),), None

    def taken_off(self, row: ActivityRow, conventions: Conventions) -> tuple[float, float]:
        bo, mcf = self.parameters(row)
        recovered = row.recovered_base or 0.0, row.recovered_report or 0.0
        for period, removed, gas in zip(("base", "report"), self.amounts(row, self.unit), recovered, strict=True):
            with at_field(f"recovered_{period}"):
                if removed is not None:
                    methane(removed, mcf, bo, gas)
        return recovered[0] * conventions.methane, recovered[1] * conventions.methane

    @staticmethod
    def parameters(row: ActivityRow) -> tuple[float, float]:
        """Bo and MCF."""
        return LARGEST_YIELD if row.bo is None else row.bo, DEEP_ANAEROBIC if row.mcf is None else row.mcf


class ProductCarbonKind(Kind):
    """Carbon that leaves in products such as steel, alloys and carbide: taken off, t × t C per t × 44/12."""

    unit, kgce_unit, category, is_energy, is_subtracted = "t", "kg", "recovered", False, True
    own_fields, leaves = PRODUCT_CARBON, _UNUSED

    def factor(
        self, row: ActivityRow, unit: str, conventions: Conventions
    ) -> tuple[float, tuple[Factor, ...], int | None]:
        with at_field("carbon_fraction"):
            if not row.carbon_fraction:
                text = Text(
                    "产品固碳须填产品含碳，大于 0", "carbon in products needs the carbon of the product, above 0"
                )
                raise JwdtError(text, "missing-field")
        value = row.carbon_fraction * CO2_PER_C
        return value, (own_factor(row, value, "tCO2/t"),), None
