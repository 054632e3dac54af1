"""Pollutants as the user declares them: with an equivalent value of their own, or recorded only."""

from __future__ import annotations

from ..errors import JwdtError
from ..messages import Text
from . import equivalents as eq
from .names import fold
from .units import BY_CODE, find_unit


def own_pollutant(name: str, medium: str, value: float | None, unit: str, source: str) -> eq.Pollutant:
    """A pollutant with the user's own equivalent value, which also replaces that of the table; without a value: recorded."""
    if value is None:
        return _declared(name, medium, unit, source)
    known = [p for p in eq.named(name) if p.medium == medium]
    for base in known[:1]:
        if base.kind == eq.RECORDED:
            find_unit(unit, eq.DIMENSIONS)
            return base._replace(unit=unit, value=value, kind=eq.AMOUNT, source=source, own=True)
        if base.kind != eq.AMOUNT:
            raise JwdtError(
                Text(
                    "“{name}”按超标倍数或分级折算，不能自定当量值",
                    "“{name}” follows classes or exceedance and takes no own value",
                ).fill(name=base.name)
            )
        find_unit(unit, [BY_CODE[base.unit].dimension])
        return eq.Pollutant(base.table, base.no, medium, base.name, unit, value, eq.AMOUNT, source, "", "", own=True)
    find_unit(unit, eq.DIMENSIONS)
    return eq.Pollutant("own", fold(name), medium, Text(name, name), unit, value, eq.AMOUNT, source, "", "", own=True)


def _declared(name: str, medium: str, unit: str, source: str) -> eq.Pollutant:
    """A pollutant that the user declares to be recorded only: one that no list knows, or one that is recorded anyway."""
    try:
        known = eq.find_pollutant(name, medium)
    except JwdtError:
        if eq.named(name) or any(hint for _, _, hint in eq.refusals(name)):
            raise
        find_unit(unit, eq.RECORDED_DIMENSIONS)
        return eq.Pollutant("own", fold(name), medium, Text(name, name), unit, 0.0, eq.RECORDED, source, own=True)
    if known.kind == eq.RECORDED:
        return known
    raise JwdtError(
        Text(
            "“{name}”在附录B中有当量值，必须计入；请填写自定当量值，或删去该行",
            "“{name}” has an equivalent value in Annex B and counts; enter an own value, or remove the row",
        ).fill(name=known.name),
        "counted-pollutant",
    )
