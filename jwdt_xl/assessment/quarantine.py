"""Which errors keep a return out of ranks and of the industry's sums until a reviewer has looked at it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ..messages import ERROR, Finding, Text
from ..standard.scoring import NEGATIVE, POSITIVE
from .checks.benchmarks import FAR_OFF, is_far
from .ratios import RATIOS
from .result import IndicatorResult, Result

#: Of each error that a scored return may have: whether what it is about may have moved the total. Not where the guide's
#: value, or the one computed anew, is used already.
QUARANTINE: dict[str, bool] = {
    "base-after-report": True,
    "base-period": True,
    "benchmark-convention": True,
    "benchmark-differs": False,
    "benchmark-unit": True,
    "benchmark-value-basis": True,
    "formula-changed": False,
    "guide-value-basis": True,
    "implausible-heat-value": True,
    "lone-text": True,
    "negative-carbon": True,
    "non-fossil-sold-more-than-used": True,
    "not-applicable-beside-data": True,
    "not-applicable-without-case": True,
    "option-differs": False,
    "output-differs-from-products": True,
    "not-a-level": True,
    "outside-guide-range": True,
    "percent-cell": True,
    "product-conversion": True,
    "product-unit": True,
    "required-pollutant": True,
    "required-without-reason": True,
    "result-typed-over": False,
    "share-above-100": True,
    "sold-more-than-used": True,
    "totals-row": True,
    "weight-changed": False,
    "weights-differ": False,
}
#: Told as warnings, for they may be true, and yet held back: a slip by 1,000 or 10,000 moves every total, and one that both
#: periods share moves the sums of all.
SLIPS = ("scale-slip", FAR_OFF.code, *(ratio.code for ratio in RATIOS.values()))
#: What is declared not applicable and no reviewer has approved; it is no error.
UNREVIEWED = "not-applicable-unreviewed"
_UNREVIEWED = Text(
    "指标 {c} 声明不适用（{r}），尚未评审", "indicator {c} is declared not applicable ({r}), not reviewed yet"
)


def may_move(finding: Finding) -> bool:
    """Whether what a finding is about may have moved the total; of an error that nobody declared, so."""
    return finding.code in SLIPS or (finding.severity == ERROR and QUARANTINE.get(finding.code, True))


class Reason(NamedTuple):
    """Why a return is held back: a code that a reviewer may approve, and where."""

    code: str
    place: str
    text: Text


def reasons(
    findings: Iterable[Finding], result: Result, approved: Collection[tuple[str, str]] = ()
) -> Iterator[Reason]:
    """Why a return is out of ranks for now; approved: codes, each with a place or none for all places."""
    for code, reason in result.declared.not_applicable.items():
        if code not in result.approved:
            yield Reason(UNREVIEWED, f"not_applicable.{code}", _UNREVIEWED.fill(c=code, r=reason))
    lags = not any(_is_another_unit(indicator) for indicator in result.indicators)
    for finding in findings:
        known = (finding.code, "") in approved or (finding.code, finding.where) in approved
        if may_move(finding) and not known and not (lags and finding.code == FAR_OFF.code):
            yield Reason(finding.code, finding.where, finding.text)


def _is_another_unit(indicator: IndicatorResult) -> bool:
    """Whether a value is so far off the guide's benchmark as no enterprise is.

    A share or a use of next to nothing may be true; a benchmark of one's own may be what is wrong.
    """
    value, benchmark = indicator.value, indicator.node.benchmark
    if value is None or benchmark is None or not is_far(value, benchmark.value):
        return False
    attribute = indicator.node.attribute
    return attribute == NEGATIVE or (attribute == POSITIVE and value > benchmark.value)
