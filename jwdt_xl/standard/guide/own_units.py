"""Units of indicators as their author writes them: against what the formula counts in, and of their benchmarks."""

from __future__ import annotations

import contextlib
import re

from ...errors import JwdtError
from ...messages import Text
from ..names import fold
from ..units import BY_CODE, find_unit

#: Ways to say that a unit is per unit product, where a benchmark may name the product.
_PER_PRODUCT = ("单位产品", "unitproduct", "product")
#: kgCO2e/t is in kg.
_CO2 = re.compile(r"\s*CO[2₂]e?$", re.IGNORECASE)


def stated_unit(unit: str, code: str) -> bool:
    """Whether a unit of an indicator is above the line another one of the kind that its formula counts in."""
    counted = BY_CODE.get(code)
    with contextlib.suppress(JwdtError):  # words of the guide's own, which say no unit
        return (
            counted is not None
            and find_unit(_CO2.sub("", unit.partition("/")[0].strip()), [counted.dimension]) != counted
        )
    return False


def same_unit(given: str, unit: Text) -> bool:
    """In one of the languages; where the guide says per unit product, a benchmark may name the product."""
    for name in unit:
        above, _, below = fold(name).partition("/")
        other_above, _, other_below = fold(given).partition("/")
        if above == other_above and (below == other_below or (below in _PER_PRODUCT and other_below)):
            return True
    return False
