"""What the whole enterprise tells of a row: power that the meter did not count, ratios that tell a wrong unit."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...messages import WARNING, Text, number
from ...standard import energy as energies
from ...standard.greenhouse import CATEGORY_NAMES
from ..conditions import both, datum, either, negated
from ..metered import METERED_BESIDE, WITHIN_GRID, readings
from ..places import PERIOD_NAMES
from ..ratios import OF_ENERGY, OUTSIDE
from ..rules import Rule
from .said import origin


def _own_in_grid(table: str) -> Rule:
    """The row has too much just what was made by oneself: told by the meter."""
    return Rule(
        WITHIN_GRID.code,
        WARNING,
        "consistency",
        Text("查：本行含自发自用电？请改为电费单上的购电量", "check: holds the own power? enter what the bill says"),
        WITHIN_GRID.text,
        both(origin(energies.GRID), datum("own_in_grid").equals(1)),
        table=table,
        field="report",
        fills=readings,
    )


#: The rows at which a ratio of the whole enterprise is told.
RATIO_TABLES = {"power": ("activity", "energy"), "carbon": ("greenhouse",), "residual": ("residual_energy",)}


def _of_ratio(key: str, table: str) -> Rule:
    """The unit of the row may be another one: told by a ratio of the whole enterprise."""
    of_it = {
        "power": origin(*METERED_BESIDE),
        "carbon": either(*(datum("category").equals(c, CATEGORY_NAMES[c]) for c in OF_ENERGY)),
        "residual": negated(datum("unit").is_blank()),
    }[key]
    return OUTSIDE[key]._replace(
        when=both(of_it, datum(f"{key}_off").equals(1)),
        numbers=(),
        table=table,
        field="unit",
        fills=partial(_ratio_said, key),
    )


def _ratio_said(key: str, row: Any) -> dict[str, Any]:
    values = row.result.ratios[key]
    period = next(period for period, value in values.items() if OUTSIDE[key].holds(value=value))
    return {"p": PERIOD_NAMES[period], "v": number(values[period] or 0.0)}


OF_METER = (_own_in_grid("activity"), _own_in_grid("energy"))
#: Told where a row has nothing of its own to say.
OF_RATIOS = tuple(_of_ratio(key, table) for key, tables in RATIO_TABLES.items() for table in tables)
