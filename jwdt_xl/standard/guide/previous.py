"""The version of a guide before this one, for what is published of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...messages import Text
from .tree import Guide


class Previous(NamedTuple):
    """The version before, and what differs, by names."""

    guide: Guide
    changes: Sequence[Text]
