"""The columns of products, of materials and of residual energy, which are only converted."""

from __future__ import annotations

from ...standard.units import BY_CODE
from .column import Column, Computed, Known, Row, Value, of_periods, shown, titles
from .hints import watched
from .status import OK, WRONG_UNIT


def _standard_product(row: Row, period: str) -> str:
    """Output of the row as standard product."""
    status, amount, factor = row.cells("status", period, "factor")
    return f'IF(OR({status}<>{row.t(OK)},{amount}=""),"",{amount}*IF({factor}="",1,{factor}))'


def _converted(row: Row, period: str) -> str:
    status, amount, factor = row.cells("status", period, "factor")
    return f'IF(OR({status}<>{row.t(OK)},{amount}=""),"",{amount}*{factor})'


def _amount(known: Known, period: str) -> Value:
    return shown(getattr(known.amount, period))


def _converting(table: str, named: str, unit: str, dimension: str, amounts: str) -> Computed:
    """A table whose amounts are only brought to one unit."""
    return watched(
        table,
        *of_periods("eq", titles(unit), _converted, _amount),
        Column(
            "factor",
            None,
            lambda row: row.converted(f'"{dimension}"', "1"),
            lambda known: BY_CODE[known.row.unit].factor,
        ),
        status=lambda row: row.state([named, "unit"], (f'{row["factor"]}=""', WRONG_UNIT)),
        measured=lambda row: f'"{dimension}"',
        amounts=amounts,
    )


PRODUCTS = watched(
    "products",
    *of_periods("eq", titles("标准产品", "standard product"), _standard_product, _amount),
    status=lambda row: row.state(["name", "unit"]),
    amounts="product_rows",
)
MATERIALS = _converting("materials", "material", "kg", "mass", "material_rows")
RESIDUAL_ENERGY = _converting("residual_energy", "kind", "kJ", "energy", "residual_rows")
