"""Fuels that are made of other fuels: burnt beside them, their carbon and energy would count twice [law, mass balance]."""

from __future__ import annotations

_COALS, _COKE = ("raw_coal", "washed_coal"), "coke"
#: What each is made of, by the codes of energies.
MADE_OF = {
    _COKE: ("washed_coal",),
    "coke_oven_gas": (*_COALS, _COKE),
    "blast_furnace_gas": (*_COALS, _COKE),
    "converter_gas": (*_COALS, _COKE),
}
