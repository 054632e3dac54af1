"""Results as a pandas table: one row per file, for those who go on in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ...assessment import Result
from ...messages import SEVERITIES, shown
from .reading import Reading

if TYPE_CHECKING:
    import pandas


def to_frame(results: Iterable[Result | Reading]) -> pandas.DataFrame:
    """One row per result, in their order.

    Columns: file, enterprise, uscc, industry_code, region, base, report, guide, case (texts; credit codes stay text);
    total, coverage, total_so_far (a lower bound while something is missing), rate_pollutants, rate_carbon; then
    ``group_<code>`` per first level and ``value_<code>``, ``score_<code>``, ``weight_<code>`` per indicator; then the
    numbers of findings: error, warning, info. A refused file has its row too, with its errors counted and the rest
    missing. Results by different guides may stand together; a column missing in one of them is blank there.
    """
    import pandas

    rows = [_row(result) for result in results]
    frame = pandas.DataFrame(rows, columns=list(_columns(rows)))
    for name in frame.columns:
        if name in _TEXTS:
            frame[name] = frame[name].astype("string")
        elif name not in SEVERITIES:
            frame[name] = frame[name].astype("float64")
    return frame


_TEXTS = ("file", "enterprise", "uscc", "industry_code", "region", "base", "report", "guide", "case")
_NUMBERS = ("total", "coverage", "total_so_far", "rate_pollutants", "rate_carbon")


def _columns(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The columns in their order; a refused file or another guide must not move those of the others."""
    yield from _TEXTS
    yield from _NUMBERS
    codes = {name: None for row in rows for name in row}
    for kind in ("group_", "value_", "score_", "weight_"):
        yield from (name for name in codes if name.startswith(kind))
    yield from SEVERITIES


def _row(item: Result | Reading) -> dict[str, Any]:
    result = item.result if isinstance(item, Reading) else item
    row: dict[str, Any] = dict.fromkeys(_TEXTS)
    row["file"] = shown(item.file) if isinstance(item, Reading) else None
    for severity in SEVERITIES:
        row[severity] = sum(finding.severity == severity for finding in item.findings)
    if result is None:
        return row
    enterprise, periods = result.assessment.enterprise, result.assessment.periods
    row |= {
        "enterprise": enterprise.name or None,
        "uscc": enterprise.code or None,
        "industry_code": enterprise.industry_code or None,
        "region": enterprise.region or None,
        "base": periods.base or None,
        "report": periods.report or None,
        "guide": f"{result.guide.id} {result.guide.version}".strip() or None,
        "case": result.synergy.case if result.synergy else None,
        "total": result.total,
        "coverage": result.coverage,
        "total_so_far": result.score_so_far,
        "rate_pollutants": result.synergy.pollutants if result.synergy else None,
        "rate_carbon": result.synergy.carbon if result.synergy else None,
    }
    for group in result.groups:
        row[f"group_{group.node.code}"] = group.score
    for indicator in result.indicators:
        row[f"value_{indicator.node.code}"] = indicator.value
        row[f"score_{indicator.node.code}"] = indicator.score
        row[f"weight_{indicator.node.code}"] = indicator.weight
    return row
