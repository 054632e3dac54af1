"""The media that pollutants go to."""

from __future__ import annotations

from ..errors import JwdtError
from ..messages import Text
from .answers import names
from .names import Index

WATER, AIR = MEDIA = ("water", "air")
MEDIUM_NAMES = {WATER: Text("水", "water"), AIR: Text("大气", "air")}
#: Every way to write each, as for an answer of the form.
MEDIUM_WORDS = tuple(names(tuple(MEDIUM_NAMES.items())))
_MEDIA = Index((medium, [name for name, code in MEDIUM_WORDS if code == medium]) for medium in MEDIA)


def find_medium(text: str) -> str:
    """water or air, from any of their names."""
    for medium in _MEDIA.find(text):
        return medium
    raise JwdtError(
        Text("介质须为 水(water) 或 大气(air)，实为“{got}”", "medium must be water or air, got “{got}”").fill(got=text),
        "unknown-medium",
    )
