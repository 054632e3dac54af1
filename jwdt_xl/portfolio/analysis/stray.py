"""Lines of a review that are about no file that is scored: they stand in a portfolio all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .group import Group


def with_stray_lines(
    groups: Sequence[Group], stray: Iterable[tuple[str, Mapping[str, Any]]], assigned: Mapping[str, str]
) -> list[Group]:
    """Lines of a review that are about nobody stand with the guide that the enterprise has, else with the first.

    stray: each after the credit code it names; assigned: guides by credit code.
    """
    of = {group.guide.id: place for place, group in reversed(list(enumerate(groups)))}
    told: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for code, line in stray:
        told[of.get(assigned.get(code, ""), 0)].append(line)
    return [group._replace(stray_lines=told.get(place, ())) for place, group in enumerate(groups)]
