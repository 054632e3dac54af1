"""What is kept of one file: plain data that depend on its content, the guide and the program alone, not on its name."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from ...assessment import write
from ...assessment.activity import ActivityAmount
from ...assessment.checks.changes import unsure
from ...assessment.model import Assessment
from ...assessment.places import Pair, total
from ...assessment.quarantine import Reason, reasons
from ...assessment.result import Result
from ...assessment.tables import TABLES
from ...assessment.uncertainty import Uncertainty
from ...messages import ERROR, LANGUAGES, Finding, Text, joined
from ...standard import power
from ...standard.guide import Guide
from ...standard.quantities import Quantity
from .reading import BLANK, WHOSE, Reading, is_blank, whose

#: Raised whenever a row changes its shape or meaning, so that rows of an older program are not used.
VERSION = 9
Row = dict[str, Any]
#: What is wrong with the results that a file shows, and not with its data.
WRITTEN_OVER = ("result-typed-over", "formula-changed", "weight-changed")
#: Among the series of grid factors: a factor of the enterprise itself.
OWN_FACTOR = "own"


def row_of(reading: Reading, modified: str | None = None, with_interval: bool = False) -> Row:
    """The row of a reading; of a refused file its findings, and whose it says it is."""
    if with_interval and reading.result is not None:
        reading = reading.with_findings(unsure(reading.result, sure_of(reading.result).rates))
    row: Row = {"findings": [pack(finding, reading.file) for finding in reading.findings], "modified": modified}
    result = reading.result
    if result is None:
        said = reading.stamp.get(WHOSE) or whose(None)
        made = {key: reading.stamp[key] for key in ("guide", "guide_hash") if reading.stamp.get(key)}
        return row | {"refused": True, "blank": bool(reading.stamp.get(BLANK)), WHOSE: said, "stamp": made}
    assessment, synergy = result.declared, result.synergy
    data = write(assessment)
    return row | {
        "refused": False,
        "content": _digest(data),
        "blank": is_blank(data),
        **_who(assessment),
        "base": assessment.periods.base,
        "report": assessment.periods.report,
        "product": assessment.product.name,
        "unit": assessment.product.unit,
        "boundary": assessment.boundary,
        "grid": _grid(result),
        "base_grid": _base_grid(result),
        "stamp": {key: reading.stamp.get(key, "") for key in ("layout", "guide", "guide_hash", "language", "host")},
        "case": synergy.case if synergy else None,
        "rates": [synergy.pollutants, synergy.carbon] if synergy else [None, None],
        "quantities": quantities_of(result),
        "pollutants": pollutants_of(result, reading.places),
        "media": {key: list(pair) for key, pair in result.quantities.media.items()},
        "quality": _quality(assessment),
        "reasons": dict(assessment.not_applicable),
        "own_choice_total": reading.own_choice_total,
        **scores_of(result, reasons(reading.findings, result), with_interval),
    }


def _who(assessment: Assessment) -> Row:
    """Whose it is; under `uscc` the code that tells one from another, of a city its division code."""
    who = dataclasses.asdict(assessment.enterprise)
    del who["division_code"]
    return who | {"uscc": assessment.enterprise.code}


def _grid(result: Result) -> str:
    """The series and years of the grid factors that power was counted by, as options name them; an own factor is one too."""
    found = set()
    for bill in result.quantities.activity:
        if bill.year is not None:
            found.add(f"{_series(result, bill)} {bill.year}")
        elif bill.kind.is_electricity and any(factor.own and factor.kind == "co2" for factor in bill.factors):
            found.add(OWN_FACTOR)
    return "; ".join(sorted(found))


def _base_grid(result: Result) -> str:
    """What the base period's grid power emitted (t) by series and year of factor: last year may have known an earlier factor only."""
    found: dict[str, list[float]] = {}
    for bill in result.quantities.activity:
        if bill.base_year is not None and bill.co2.base is not None:
            found.setdefault(f"{_series(result, bill)} {bill.base_year}", []).append(bill.co2.base)
    return "; ".join(f"{name} {math.fsum(tonnes)!r}" for name, tonnes in sorted(found.items()))


def _series(result: Result, bill: ActivityAmount) -> str:
    typed = bill.row.factor_series
    return power.find_series(typed) if typed else str(result.options["grid_series"])


def is_row(row: Any) -> bool:
    """Whether it has the parts of a row; what was stored by whatever else is not used."""
    if (
        not isinstance(row, dict)
        or not isinstance(row.get("findings"), list)
        or not isinstance(row.get("refused"), bool)
    ):
        return False
    if not all(isinstance(f, list) and len(f) == 6 and all(isinstance(t, str) for t in f) for f in row["findings"]):
        return False
    if row["refused"]:
        said = row.get(WHOSE, whose(None))
        known = isinstance(said, dict) and all(isinstance(said.get(key), str) for key in whose(None))
        return known and isinstance(row.get("stamp", {}), dict)
    return all(isinstance(row.get(key), kind) for key, kind in _PARTS.items())


#: Of a row with a result, what everything that reads it relies on.
_PARTS = {
    "content": str, "blank": bool, "name": str, "uscc": str, "industry_code": str, "region": str, "base": str, "report": str, "product": str, "unit": str,
    "boundary": str, "grid": str, "base_grid": str,
    "stamp": dict, "rates": list, "quantities": dict, "pollutants": list, "media": dict, "reasons": dict, "groups": list, "states": list,
    "values": list, "scores": list, "weights": list, "benchmarks": list, "steps": list, "excluded": bool, "quarantine": list,
}  # fmt: skip


def summed(guide: Guide) -> dict[str, Quantity]:
    """The quantities that a portfolio shows and sums: sub-totals have no title."""
    return {key: quantity for key, quantity in guide.quantities.items() if any(quantity.title)}


def quantities_of(result: Result) -> dict[str, list[float | None]]:
    return {key: list(result.quantities.pair(key)) for key in summed(result.guide)}


def pollutants_of(result: Result, places: Mapping[str, str]) -> list[list[Any]]:
    """Every pollutant in t: number in Annex B (blank: a substance of its own), medium, name, base and report period, place of the base.

    Rows of one pollutant are added; one that is no mass (pH, heads …) is not among them.
    """
    found: dict[tuple[str, str, str, str], tuple[list[Pair], str]] = {}
    for amount in result.quantities.pollutants:
        pollutant = amount.pollutant
        if pollutant.unit == "kg" and not pollutant.needs_parameter:
            item = "" if pollutant.own else " ".join(pollutant.item)
            path = f"{amount.place}.base"
            pairs, _ = found.setdefault((item, pollutant.medium, *pollutant.name), ([], places.get(path, path)))
            pairs.append(amount.amounts)
    return [
        [*key, *(None if kg is None else kg / 1000 for kg in total(pairs)), where]
        for key, (pairs, where) in found.items()
    ]


def sure_of(result: Result) -> Uncertainty:
    """How sure a result is, by numpy, which is loaded for it only."""
    from ..analysis import uncertainty

    return uncertainty.uncertainty(result)


def scores_of(result: Result, held_back: Iterable[Reason] = (), with_interval: bool = False) -> Row:
    """with_interval: with the 90 % interval of the total by the quality of the data, None where there is none."""
    from ...workbook.sheets.steps import steps  # here: it loads what writes workbooks

    indicators = result.indicators
    sure = {"interval": sure_of(result).as_dict()["interval"]["total"]} if with_interval else {}
    return {
        **sure,
        "total": result.total,
        "excluded": result.is_excluded,
        "quarantine": [[reason.code, reason.place, *reason.text] for reason in held_back],
        "coverage": result.coverage,
        "so_far": result.score_so_far,
        "groups": [group.score for group in result.groups],
        "states": [indicator.state for indicator in indicators],
        "values": [indicator.value for indicator in indicators],
        "scores": [indicator.score for indicator in indicators],
        "weights": [indicator.weight for indicator in indicators],
        "benchmarks": [indicator.benchmark.value if indicator.benchmark else None for indicator in indicators],
        "steps": [list(both) for both in zip(*(steps(result, language) for language in LANGUAGES), strict=True)],
    }


def _digest(data: Mapping[str, Any]) -> str:
    """Equal where all data are, whatever program wrote the file."""
    said = json.dumps(data, sort_keys=True, default=str)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def _quality(assessment: Assessment) -> float | None:
    """The mean of the quality grades stated (1 best – 5)."""
    rows = [row for table in TABLES for row in getattr(assessment, table)]
    grades = [row.quality for row in rows if getattr(row, "quality", None) is not None]
    return sum(grades) / len(grades) if grades else None


def pack(finding: Finding, path: str = "") -> list[str]:
    where = "" if finding.where == path else finding.where
    return [finding.severity, finding.code, where, finding.text.zh, finding.text.en, finding.principle]


def unpack(packed: list[str], name: str = "") -> Finding:
    severity, code, where, zh, en, principle = packed
    return Finding(severity, code, where or name, Text(zh, en), principle)


def findings_of(row: Mapping[str, Any], name: str = "") -> list[Finding]:
    return [unpack(packed, name) for packed in row["findings"]]


def in_force(row: Row) -> Row:
    """The scores that count: after an evaluator's review, if there is one."""
    review = row.get("review")
    return {**row, **review["scores"]} if review and review.get("scores") else row


def why_unranked(row: Mapping[str, Any]) -> Text | None:
    """Why an enterprise has no rank by the scores that count, None where it has one."""
    if row["quarantine"]:
        listed = [
            Text(f"{zh}（{code} {place}）", f"{en} ({code} {place})") for code, place, zh, en in row["quarantine"]
        ]
        return HELD.fill(r=joined(listed, "；", "; "))
    if row["excluded"]:
        return EXCLUDED
    return _NO_TOTAL if row["total"] is None else None


def kind_unranked(row: Mapping[str, Any]) -> Text:
    """The kind of that reason, which many share."""
    return _WAITS if row["quarantine"] else EXCLUDED if row["excluded"] else _NO_TOTAL


#: What the reason of those begins with who wait for a review.
HELD = Text("暂不排名，待评审：{r}", "held back until reviewed: {r}")
EXCLUDED = Text("按指南的排除条件不排名", "excluded by a condition of the guide")
_WAITS = Text("待评审", "held back until reviewed")
_NO_TOTAL = Text("有缺失项，没有总分", "something is missing: no total")


def is_held(reason: str | None) -> bool:
    """Whether the reason why one has no rank, in either language, takes it out of means too: excluded and missing do not."""
    return reason is not None and reason not in (*EXCLUDED, *_NO_TOTAL)


def kind_of(reason: str) -> Text:
    """The kind of a reason, in either language, why a return has no rank."""
    return _WAITS if is_held(reason) else EXCLUDED if reason in EXCLUDED else _NO_TOTAL


def has_error(row: Mapping[str, Any]) -> bool:
    return any(packed[0] == ERROR for packed in row["findings"])
