"""The media that pollutants go to."""

from __future__ import annotations

from ..errors import JwdtError
from ..messages import Text
from .names import Index

WATER, AIR = MEDIA = ("water", "air")
MEDIUM_NAMES = {WATER: Text("水", "water"), AIR: Text("大气", "air")}
_MEDIA = Index(
    ((WATER, ("water", "水", "水污染物", "废水")), (AIR, ("air", "大气", "气", "空气", "大气污染物", "废气")))
)


def find_medium(text: str) -> str:
    """water or air, from any of their names."""
    for medium in _MEDIA.find(text):
        return medium
    raise JwdtError(
        Text("介质须为 水(water) 或 大气(air)，实为“{got}”", "medium must be water or air, got “{got}”").fill(got=text),
        "unknown-medium",
    )
