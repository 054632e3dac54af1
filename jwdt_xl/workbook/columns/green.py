"""How a row of power counts, by its origin, its evidence and the options in force: formulas and values."""

from __future__ import annotations

from ...standard import energy as energies
from ...standard import green
from ...standard.green import Green
from .column import Column, Known, Row, Value

#: What a row counts as: the place (from 1) of its origin, if any, or this where green power lacks the evidence asked for.
UNPROVED = 0
_PLACES = {origin: place for place, origin in enumerate(energies.ORIGIN_NAMES, 1)}
FED_IN = _PLACES[energies.SOLD_RENEWABLE]
#: Green power stands in one run, the most physical first, so that an option recognises up to a place.
_FIRST, _LAST = (_PLACES[green.GREEN[i]] for i in (0, -1))


def _counts_as(row: Row) -> str:
    place = f'IFERROR(MATCH({row["origin"]},{row.listed("choice:energy.origin")},0),"")'
    required = f"opt_green_evidence={row.option('green_evidence', green.REQUIRED)}"
    unproved = f'AND({required},TRIM({row["evidence"]})="",{place}>={_FIRST},{place}<={_LAST})'
    return f"IF({unproved},{UNPROVED},{place})"


def _value(known: Known) -> Value:
    row = known.row
    if Green.of(known.result.options).is_unproved(row.origin, row.evidence):
        return UNPROVED
    return _PLACES.get(row.origin, "")


def unproved(row: Row) -> str:
    """2 for green power that is grid power for want of evidence, 1 where it still counts, else 0."""
    place = row["counts_as"]
    warned = f'AND({place}>={_FIRST},{place}<={_LAST},TRIM({row["evidence"]})="")'
    return f"IF({place}={UNPROVED},2,IF({warned},1,0))"


COUNTS_AS = Column("counts_as", None, _counts_as, _value)


def _up_to(option: str, counted: dict[str, int], row: Row) -> str:
    """The last place that an option recognises."""
    *others, last = counted
    chain = str(counted[last] + _FIRST - 1)
    for value in others:
        chain = f"IF(opt_{option}={row.option(option, value)},{counted[value] + _FIRST - 1},{chain})"
    return chain


def emits_nothing(row: Row) -> str:
    """Whether power has no factor: green power that the option recognises, and what is fed into the grid."""
    place = row["counts_as"]
    recognised = f"AND({place}>={_FIRST},{place}<={_up_to('green_power', green.EMIT_NOTHING, row)})"
    return f"OR({place}={FED_IN},{recognised})"


def own_factor_counts(row: Row) -> str:
    """Not of green power without the evidence asked for, nor of what is fed into the grid."""
    place = row["counts_as"]
    return f'AND({row["emission_factor"]}<>"",{place}<>{UNPROVED},{place}<>{FED_IN})'


def non_fossil(row: Row) -> str:
    """The non-fossil part of power."""
    place = row["counts_as"]
    return (
        f"IF(AND({place}>={_FIRST},{place}<={_up_to('non_fossil_counting', green.NON_FOSSIL, row)}),1,"
        "opt_grid_nonfossil_share)"
    )


def differing(column: str) -> str:
    """Criteria of SUMIFS: rows whose non-fossil part depends on the option."""
    first = min(green.NON_FOSSIL.values()) + _FIRST
    return f'{column},">={first}",{column},"<={_LAST}"'
