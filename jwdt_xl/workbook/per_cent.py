"""Numbers that may stand in a cell shown as per cent: 4 % is stored as 0.04, and that is what counts."""

from __future__ import annotations

from ..assessment.fields import specs
from ..assessment.tables import TABLES
from ..standard.guide import Guide
from ..standard.record import NUMBER
from ..standard.scoring import QUALITATIVE
from .plan import Field

PERCENT = "%"


def numbers_of(table: str) -> set[str]:
    """The number fields of a table in which per cent is no way to write what is meant."""
    return {key for key, spec in specs(TABLES[table]).items() if spec.kind == NUMBER and not spec.is_fraction}


def is_fraction(guide: Guide, field: Field) -> bool:
    """Whether 0.1 typed as 10 % is as good: own weights, grades, options that are fractions."""
    section, _, code = field.path.partition(".")
    if section == "entered":
        return guide.by_code[code].attribute == QUALITATIVE
    return field.spec.is_fraction


def is_doubtful(guide: Guide, path: str) -> bool:
    """Whether a field is in % itself, so that 4 % counts as 0.04 %."""
    section, _, rest = path.partition(".")
    node = guide.by_code.get(rest.removesuffix(".value"))
    return section in ("benchmarks", "entered") and node is not None and node.unit.zh == PERCENT
