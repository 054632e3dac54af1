"""What the workbook computes beside the inputs of each table: the declarations of all tables."""

from __future__ import annotations

from .answers import columns_of
from .bills import ACTIVITY
from .column import Column, Computed
from .energy import ENERGY
from .greenhouse import GREENHOUSE
from .pollutants import OWN_EQUIVALENTS, POLLUTANTS
from .products import MATERIALS, PRODUCTS, RESIDUAL_ENERGY

TABLES: dict[str, Computed] = {
    computed.table: computed._replace(columns=(*computed.columns, *columns_of(computed.table)))
    for computed in (
        PRODUCTS,
        ACTIVITY,
        POLLUTANTS,
        OWN_EQUIVALENTS,
        GREENHOUSE,
        ENERGY,
        MATERIALS,
        RESIDUAL_ENERGY,
    )
}
#: The columns of each table by their keys, in order.
COLUMNS: dict[str, dict[str, Column]] = {
    name: {column.key: column for column in computed.columns} for name, computed in TABLES.items()
}
