"""Findings about the data, by the note's four principles. A finding never changes a number.

A check is a function from a result to its findings; a new one goes into the CHECKS of its module. What can be told from
one row is an entry of OF_ROWS in rows.py; of one question or two cells, a Rule of its own, listed in the RULES too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ...messages import SEVERITIES, Finding
from ..rules import Rule
from . import (
    benchmarks,
    bills,
    changes,
    completeness,
    duplicates,
    editions,
    energy,
    grid,
    guide,
    industry,
    inputs,
    plausible,
    pollutants,
    products,
    ranges,
    rows,
    texts,
    totals,
)

if TYPE_CHECKING:
    from ..result import Result

CHECKS: tuple[Callable[[Result], Iterator[Finding]], ...] = (
    *completeness.CHECKS,
    *industry.CHECKS,
    *rows.CHECKS,
    *pollutants.CHECKS,
    *energy.CHECKS,
    *bills.CHECKS,
    *grid.CHECKS,
    *plausible.CHECKS,
    *products.CHECKS,
    *benchmarks.CHECKS,
    *ranges.CHECKS,
    *changes.CHECKS,
    *duplicates.CHECKS,
    *guide.CHECKS,
    *inputs.CHECKS,
    *editions.CHECKS,
    *texts.CHECKS,
    *totals.CHECKS,
)
#: The rules that are live in the template too.
RULES: tuple[Rule, ...] = (
    *completeness.RULES,
    *industry.RULES,
    *rows.RULES,
    *energy.RULES,
    *bills.RULES,
    *products.RULES,
    *benchmarks.RULES,
    *ranges.RULES,
    *changes.RULES,
    *guide.RULES,
)


def findings(result: Result) -> Iterator[Finding]:
    """Every finding about the data of a result, errors first."""
    found = [finding for check in CHECKS for finding in check(result)]
    yield from sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))
