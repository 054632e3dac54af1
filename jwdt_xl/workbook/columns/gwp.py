"""Global warming potentials in force."""

from __future__ import annotations

from ...standard import greenhouse as ghg
from .column import Row


def gwp_in_force(row: Row, place: str) -> str:
    """GWP100 of the gas at a place of the list, in the set in force."""
    first, *others = ghg.GWP_SETS
    chosen = f"INDEX({row.listed('gases', first)},{place})"
    for name in others:
        here = f"INDEX({row.listed('gases', name)},{place})"
        chosen = f"IF(opt_gwp_set={row.option('gwp_set', name)},{here},{chosen})"
    return chosen
