"""What of a workbook there is for a guide: all of it for enterprises, and for what is none only what its guide asks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ..assessment.tables import TABLES
from ..messages import Text
from ..standard.guide import Guide
from ..standard.guide.options import OPTIONS, Option
from ..standard.guide.subjects import ENTERPRISE
from . import plan

#: The one option that values entered for a guide alone depend on.
_CAP = "score_cap"
_SECTIONS = ("enterprise", "boundary", "periods")


def sheets(guide: Guide) -> Mapping[str, Text]:
    """The sheets with their titles, in order."""
    titles = {**plan.SHEETS, "enterprise": guide.subject.sheet}
    if not guide.is_plain:
        return titles
    there = [
        "howto",
        *forms(guide),
        "settings",
        *(["quantities"] if guide.inputs else []),
        "indicators",
        "summary",
        "method",
        "lists",
    ]
    return {key: titles[key] for key in there}


def forms(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """The sheets of single questions with their sections, in order."""
    if not guide.is_plain:
        return plan.FORMS
    graded = tuple(
        section for section in plan.FORMS["qualitative"] if any(node.algorithm.asks(section) for node in guide.leaves)
    )
    return {"enterprise": _SECTIONS} | ({"qualitative": graded} if graded or guide.vetoes else {})


def tables(guide: Guide) -> Mapping[str, type]:
    return {} if guide.is_plain else TABLES


def options(guide: Guide) -> tuple[Option, ...]:
    return tuple(option for option in OPTIONS if not guide.is_plain or option.name == _CAP)


def singles(guide: Guide) -> Mapping[str, Text]:
    return {key: text for key, text in plan.SINGLES.items() if not guide.is_plain or key.endswith("_year")}


def enters_in_settings(guide: Guide) -> bool:
    """Whether entered values stand beside the benchmarks; else on the form, each with its source."""
    return guide.evaluates == ENTERPRISE


class Kept:
    """The same of the guide of a workbook."""

    guide: Guide

    @cached_property
    def sheets(self) -> Mapping[str, Text]:
        return sheets(self.guide)

    @cached_property
    def forms(self) -> Mapping[str, tuple[str, ...]]:
        return forms(self.guide)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        return options(self.guide)

    @cached_property
    def singles(self) -> Mapping[str, Text]:
        """Single results of the quantities sheet."""
        return singles(self.guide)
