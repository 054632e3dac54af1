"""Small parts shared by what reads rows: amounts of both periods, factors, and errors with their field."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from ..errors import JwdtError
from ..messages import Text
from ..standard.units import BY_CODE, Unit, convert
from .model import Assessment
from .read import Collector
from .tables import ProductRow

Understood = TypeVar("Understood")


class Pair(NamedTuple):
    """A quantity in the base and in the report period; None where it is missing."""

    base: float | None
    report: float | None


MISSING = Pair(None, None)
PERIOD_NAMES = {"base": Text("基准期", "base period"), "report": Text("报告期", "report period")}


@dataclass(frozen=True)
class Factor:
    """A factor that went into the result: of what, how much, from where, and whether it is the user's own."""

    kind: str
    name: Text
    value: float
    unit: str
    source: str
    own: bool = False
    confidence: str = ""


class At(Exception):
    """An error of one field of a row."""

    def __init__(self, field: str, error: JwdtError) -> None:
        super().__init__(field, error)
        self.field, self.error = field, error


class at_field:
    """Names the field that an error inside the block belongs to."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, JwdtError):
            raise At(self.name, error) from error


def understood(
    assessment: Assessment, name: str, errors: Collector, understand: Callable[[Any, str], Understood]
) -> tuple[Understood, ...]:
    """Every row of a table understood; what cannot be goes to errors with its place."""
    found = []
    for i, row in enumerate(getattr(assessment, name)):
        place = assessment.place(name, i)
        try:
            found.append(understand(row, place))
        except At as error:
            errors.add_error(f"{place}.{error.field}", error.error)
    return tuple(found)


#: What is bought in kWh and sold in GJ cancels but for this share of itself: without it, 1E-17 t would be a base period.
ROUNDING = 1e-12


def times(pair: Pair, factor: float) -> Pair:
    """A share of a quantity; a row that does not count is 0 even where it is blank."""
    return Pair(*((None if v is None else v * factor) if factor else 0.0 for v in pair))


def total(pairs: Sequence[Pair]) -> Pair:
    """Sums by period: missing where there is no row or any of them is blank."""
    if not pairs:
        return MISSING
    return Pair(*(fsum([pair[i] for pair in pairs]) for i in (0, 1)))


def fsum(values: Sequence[float | None]) -> float | None:
    """An exact sum, so that row order cannot matter; None where any is missing; 0 where only rounding is left."""
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return None
    whole = math.fsum(known)
    return 0.0 if abs(whole) < ROUNDING * math.fsum(map(abs, known)) else whole


def in_unit(base: float | None, report: float | None, unit: str, to: Unit) -> Pair:
    """Both amounts of a row in another unit."""
    return Pair(*(None if v is None else convert(v, BY_CODE[unit], to) for v in (base, report)))


def standard_product(row: ProductRow) -> Pair:
    """A product's output as standard product."""
    factor = 1.0 if row.factor is None else row.factor
    return Pair(*(None if v is None else v * factor for v in (row.base, row.report)))


def has_evidence(row: Any) -> bool:
    """Whether a row says anything that backs its claims."""
    return bool(row.evidence or row.source or row.note)
