"""Green power: which of it emits nothing and which is non-fossil, by the options in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .energy import CERTIFICATE, DIRECT_GREEN, OWN_RENEWABLE, TRADED_GREEN

#: The origins of green power, the most physical first: an option recognises the first few.
GREEN = (OWN_RENEWABLE, DIRECT_GREEN, TRADED_GREEN, CERTIFICATE)
PHYSICAL, TRADED, CERTIFICATES, ALL = "physical", "traded", "certificates", "all"
#: How many of them emit nothing by option green_power, and how many are non-fossil by option non_fossil_counting.
EMIT_NOTHING = {PHYSICAL: 2, TRADED: 3, CERTIFICATES: 4}
NON_FOSSIL = {ALL: 4, PHYSICAL: 2}
#: What a row of green power without evidence is by option green_evidence: counted with a warning, or grid power.
WARN, REQUIRED = "warning", "required"


class Green(NamedTuple):
    """The options that decide how green power counts, and what follows from them for a row."""

    green_power: str
    non_fossil_counting: str
    green_evidence: str

    @classmethod
    def of(cls, options: Mapping[str, object]) -> Green:
        return cls(*(str(options[name]) for name in cls._fields))

    def is_unproved(self, origin: str | None, evidence: str) -> bool:
        """Whether a row is taken as grid power since it has no evidence."""
        return self.green_evidence == REQUIRED and origin in GREEN and not evidence

    def emits_nothing(self, origin: str | None, evidence: str) -> bool:
        recognised = GREEN[: EMIT_NOTHING[self.green_power]]
        return origin in recognised and not self.is_unproved(origin, evidence)

    def is_non_fossil(self, origin: str | None, evidence: str) -> bool:
        recognised = GREEN[: NON_FOSSIL[self.non_fossil_counting]]
        return origin in recognised and not self.is_unproved(origin, evidence)

    @property
    def otherwise(self) -> Green:
        """With the other counting of non-fossil energy, whose share stands beside."""
        (other,) = (counting for counting in NON_FOSSIL if counting != self.non_fossil_counting)
        return self._replace(non_fossil_counting=other)
