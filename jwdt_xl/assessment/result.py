"""The result of evaluating one assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..messages import ERROR, Finding, Text
from ..standard.equivalents import MEDIA
from ..standard.guide import Condition, Grade, Guide, Node, Veto
from ..standard.guide.benchmarks import Benchmark
from ..standard.guide.options import OptionValue
from ..standard.indicators import Synergy, nonfossil_share
from .amounts import recorded
from .choices import Choice
from .metered import Compared, compared
from .model import Assessment
from .places import PERIOD_NAMES, Pair
from .quantities import Quantities
from .ratios import RATIOS, ratio_of

VALUE, MISSING, NOT_ASSESSABLE, NOT_APPLICABLE = STATES = ("value", "missing", "not_assessable", "not_applicable")
STATE_NAMES = {
    VALUE: Text("有值", "value"),
    MISSING: Text("缺失", "missing"),
    NOT_ASSESSABLE: Text("不可评价", "not assessable"),
    NOT_APPLICABLE: Text("不适用", "not applicable"),
}


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator: its state (with the reason, unless it is a value), value, benchmark, score and weight after redistribution."""

    node: Node
    state: str
    reason: Text | None
    value: float | None
    benchmark: Benchmark | None
    score: float | None
    weight: float
    derivation: Text
    marks: tuple[str, ...]

    @property
    def weighted(self) -> float | None:
        return None if self.score is None else self.score * self.weight

    @property
    def lost(self) -> float | None:
        """Points lost against full marks of 100."""
        return None if self.score is None else max(0.0, 100 - self.score) * self.weight


@dataclass(frozen=True)
class GroupResult:
    """A group of indicators: its score (None while a member is missing), its weight, and its level from 0, a first level."""

    node: Node
    score: float | None
    weight: float
    level: int = 0


@dataclass(frozen=True)
class Result:
    """Everything an evaluation yields; as_dict() is the contract of `jwdt score --json`."""

    assessment: Assessment
    guide: Guide
    options: Mapping[str, OptionValue]
    quantities: Quantities
    synergy: Synergy | None
    indicators: tuple[IndicatorResult, ...]
    first_levels: tuple[GroupResult, ...]
    total: float | None
    coverage: float
    score_so_far: float
    findings: tuple[Finding, ...]
    #: As the return states it; `assessment` is without the choices that do not count.
    declared: Assessment
    #: What the return states otherwise than its guide, whether it counts or not.
    choices: tuple[Choice, ...] = ()
    #: Indicators that a reviewer lets be not applicable.
    approved: frozenset[str] = frozenset()
    #: Scores at every level of the tree, each first level followed by the groups below it.
    groups: tuple[GroupResult, ...] = ()

    @property
    def exclusions(self) -> tuple[Condition, ...]:
        """The guide's conditions that are met: no grade and no rank. They change no number."""
        values = {indicator.node.code: indicator.value for indicator in self.indicators}
        return self.guide.exclusions(values, {indicator.node.code: indicator.score for indicator in self.indicators})

    @property
    def vetoed(self) -> tuple[Veto, ...]:
        """The guide's questions whose answers, or lack of them, exclude."""
        return self.guide.vetoed({code: said.answer for code, said in self.assessment.vetoes.items()})

    @property
    def is_excluded(self) -> bool:
        return bool(self.exclusions or self.vetoed)

    @property
    def grade(self) -> Grade | None:
        """None without grades in the guide, below all of them, without a total, or where excluded."""
        return None if self.is_excluded else self.guide.grade(self.total)

    @cached_property
    def power(self) -> Mapping[str, Compared]:
        """Power by the meter and by the rows, by period: every row of power is compared with it."""
        return {
            period: compared(self.assessment.metered_electricity, self.quantities, period) for period in PERIOD_NAMES
        }

    @cached_property
    def ratios(self) -> Mapping[str, Mapping[str, float | None]]:
        """The ratios of the whole enterprise by key and period, which tell a wrong unit in any of its rows."""
        return {key: {period: ratio_of(self.quantities, key, period) for period in PERIOD_NAMES} for key in RATIOS}

    @property
    def nonfossil_share_other(self) -> float | None:
        """The non-fossil share of the report period, %, by the other counting of green power."""
        whole, part = self.quantities.primary_tce.report, self.quantities.nonfossil_tce_otherwise.report
        return None if whole is None or part is None or whole <= 0 else nonfossil_share(part, whole)

    @property
    def ok(self) -> bool:
        return not any(finding.severity == ERROR for finding in self.findings)

    def _levels(self) -> dict[str, Any]:
        """The scores of all groups, of a guide with groups below the first level."""
        if len(self.groups) == len(self.first_levels):
            return {}
        return {
            "groups": [
                {
                    "code": g.node.code,
                    "name": str(g.node.name),
                    "level": g.level + 1,
                    "score": g.score,
                    "weight": g.weight,
                }
                for g in self.groups
            ]
        }

    def as_dict(self) -> dict[str, Any]:
        """Values in indicator order; keys are always there, None where there is no number; `groups` goes by the guide."""
        media = self.quantities.media
        return {
            "ok": self.ok,
            "values": [indicator.value for indicator in self.indicators],
            "scores": [indicator.score for indicator in self.indicators],
            "weights": [indicator.weight for indicator in self.indicators],
            "total": self.total,
            "first_level": [group.score for group in self.first_levels],
            **self._levels(),
            "equivalents": {
                period: {medium: getattr(media[medium], period) for medium in sorted(MEDIA)} for period in Pair._fields
            },
            "co2e_t": self.quantities.co2e._asdict(),
            "rates": {
                "pollutants": self.synergy.pollutants if self.synergy else None,
                "carbon": self.synergy.carbon if self.synergy else None,
            },
            "synergy_case": self.synergy.case if self.synergy else None,
            "nonfossil_share_other": self.nonfossil_share_other,
            "coverage": self.coverage,
            "score_so_far": self.score_so_far,
            "recorded": [
                {"pollutant": str(p.name), "medium": p.medium, "unit": p.unit, **amounts._asdict()}
                for p, amounts in recorded(self.quantities.pollutants)
            ],
            "findings": [finding.as_dict() for finding in self.findings],
        }


def refused_dict(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """The same keys for a file that could not be read as data."""
    empty = {"pollutants": None, "carbon": None}
    periods: dict[str, Any] = dict.fromkeys(Pair._fields)
    return {
        "ok": False,
        "values": [],
        "scores": [],
        "weights": [],
        "total": None,
        "first_level": [],
        "equivalents": {period: dict.fromkeys(sorted(MEDIA)) for period in periods},
        "co2e_t": periods,
        "rates": empty,
        "synergy_case": None,
        "nonfossil_share_other": None,
        "coverage": None,
        "score_so_far": None,
        "recorded": [],
        "findings": [finding.as_dict() for finding in findings],
    }
