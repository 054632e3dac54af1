"""Findings about the data, by the note's four principles. A finding never changes a number.

A check is a function from a result to its findings; a new one goes into the CHECKS of its module. What can be told from
one row or two cells is a Rule, which the template shows as a live hint; it goes into the RULES too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ...messages import SEVERITIES, Finding
from ..rules import Rule
from . import benchmarks, bills, changes, completeness, energy, guide, plausible, pollutants

if TYPE_CHECKING:
    from ..result import Result

CHECKS: tuple[Callable[[Result], Iterator[Finding]], ...] = (
    *completeness.CHECKS,
    *pollutants.CHECKS,
    *energy.CHECKS,
    *bills.CHECKS,
    *plausible.CHECKS,
    *benchmarks.CHECKS,
    *changes.CHECKS,
    *guide.CHECKS,
)
#: The rules that are live in the template too.
RULES: tuple[Rule, ...] = (
    *completeness.RULES,
    *pollutants.RULES,
    *bills.RULES,
    *benchmarks.RULES,
    *changes.RULES,
)


def findings(result: Result) -> Iterator[Finding]:
    """Every finding about the data of a result, errors first."""
    found = [finding for check in CHECKS for finding in check(result)]
    yield from sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))
