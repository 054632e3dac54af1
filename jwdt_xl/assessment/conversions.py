"""Whether a product is converted by the factor and the unit of the guide."""

from __future__ import annotations

import math
from typing import Any

from ..standard.guide import Guide
from ..standard.names import fold

#: What a row says of the guide's conversions.
FITS, UNKNOWN, DIFFERS = 0, 1, 2
#: Factors that differ by less are the same.
SAME = 1e-9


def judged(guide: Guide, row: Any) -> int:
    """Whether a row of products is converted as the guide says."""
    if not guide.conversions:
        return FITS
    found = guide.conversion(row.name)
    if found is None:
        return UNKNOWN
    given = 1.0 if row.factor is None else row.factor
    same = math.isclose(given, found.factor, rel_tol=SAME) and fold(row.unit) == fold(found.unit)
    return FITS if same else DIFFERS
