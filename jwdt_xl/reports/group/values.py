"""What the fields of the report of a group are filled with, from the lines of its workbook."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ... import __version__
from ...messages import SEVERITIES, Text
from ...portfolio.book import charts, files
from ...portfolio.book.groups import TOTALS
from ...portfolio.book.reader import Line, Portfolio
from ...workbook.sheets import result_texts as texts
from ..rows import Row, rules_of
from ..shown import NONE, amount, points
from ..values import Values
from .part import Part
from .standing import Standing

#: Rows of a list that Word still opens quickly; what is left out is said.
MOST = 500


def values_of(portfolio: Portfolio, now: Standing, file: str, part: Part | None = None) -> Values:
    """Everything but the pictures; file: the name of the workbook."""
    return Values(_texts(portfolio, now, file, part), _lists(portfolio, now))


def _texts(portfolio: Portfolio, now: Standing, file: str, part: Part | None) -> dict[str, str]:
    guide, outcomes = portfolio.guide, Counter(map(_outcome, portfolio.more.get("files", [])))
    outside = charts.outside(now.rates, charts.reach_of(now.rates))
    left = len(now.ranked) - MOST
    return {
        "guide": f"{guide.name} · {guide.id} {guide.version}".strip(),
        "guide_hash": guide.hash,
        "program": f"jwdt-xl {__version__}",
        "made": datetime.date.today().isoformat(),
        "part": "" if part is None else str(part.said),
        "file": os.path.basename(file),
        "files": str(outcomes.total()),
        "scored": str(outcomes[files.SCORED]),
        "rejected": str(outcomes[files.REJECTED]),
        "skipped": str(outcomes[files.SKIPPED]),
        "held_files": str(outcomes[files.HELD]),
        "ranked": str(len(now.ranked)),
        "unranked_count": str(len(now.unranked)),
        "held_back": str(int((~now.counted).sum())),
        **{key: points(now.statistics.get(key)) for key in ("mean", "median", "best", "worst")},
        "ranking_left": str(left) if left > 0 else "",
        "outside": str(outside) if outside else "",
    }


def _outcome(line: Line) -> Text:
    """What became of a file, whichever language the workbook speaks."""
    said = str(line.get("outcome") or "").partition(":")[0]
    for outcome in (files.SCORED, files.REJECTED, files.SKIPPED):
        if said in outcome:
            return outcome
    return files.HELD


def _lists(portfolio: Portfolio, now: Standing) -> dict[str, list[Row]]:
    guide = portfolio.guide
    indicators = [
        {
            "code": point.node.code, "name": str(point.node.name), "first_level": str(guide.first_level(point.node).name),
            "n": str(point.enterprises), "mean": points(point.mean), "lost": points(point.lost),
        }
        for point in now.indicators
    ]  # fmt: skip
    lost = [place for place, point in enumerate(now.indicators) if point.lost is not None and round(point.lost, 6) > 0]
    lost.sort(key=lambda place: -(now.indicators[place].lost or 0.0))
    return {
        "ranking": [
            {**_said(line, "name", "uscc", "region", "grade"), "rank": _count(line["rank"]), "total": points(line["total"]), "interval": _interval(line)}
            for line in now.ranked[:MOST]
        ],
        "unranked": [
            {**_said(line, "name", "uscc", "reason", "file"), "total": points(line.get("total"))} for line in now.unranked[:MOST]
        ],
        "quadrants": [{"name": str(name), "n": str(count)} for _, _, name, count in charts.quadrants(now.rates)],
        "indicators": indicators,
        "losses": [{key: indicators[place][key] for key in ("code", "name", "lost")} for place in lost],
        **_industry(portfolio.more.get("industry", [])),
        "regions": [
            {
                **_said(line, "kind", "name"), **{key: _count(line.get(key)) for key in ("n", "ranked", "held")},
                **{key: points(line.get(key)) for key in ("mean", "median", "best", "worst")},
            }
            for line in portfolio.more.get("regions", [])
        ],
        "findings": list(_findings(portfolio)),
        "left": [
            _said(line, "file", "outcome", "why")
            for line in portfolio.more.get("files", [])
            if _outcome(line) != files.SCORED
        ][:MOST],
        "rules": [{"mark": mark, "text": str(rule)} for mark, rule in rules_of(guide)],
    }  # fmt: skip


def _said(line: Line, *keys: str) -> Row:
    return {key: NONE if line.get(key) is None else str(line[key]) for key in keys}


def _count(cell: Any) -> str:
    return f"{cell:.0f}" if isinstance(cell, (int, float)) else NONE


def _interval(line: Line) -> str:
    low, high = line.get("rank_low"), line.get("rank_high")
    return NONE if low is None or high is None else f"{low:.0f}–{high:.0f}"


def _industry(lines: list[Line]) -> dict[str, list[Row]]:
    """Quantities are those of which it is known how many enterprises they are of, but for the totals."""
    totals = tuple(text for names in TOTALS for text in names)
    quantities: list[Row] = []
    results: list[Row] = []
    for line in lines:
        said = {"name": str(line.get("what") or NONE), "unit": str(line.get("unit") or "")}
        base, report = line.get("base"), line.get("report")
        if line.get("n") is not None and not said["name"].startswith(totals):
            change = report / base - 1 if base and report is not None else None
            amounts = {"n": _count(line["n"]), "base": amount(base), "report": amount(report)}
            quantities.append({**said, **amounts, "change": NONE if change is None else f"{change:+.2%}"})
        else:
            judged = {"benchmark": amount(line.get("benchmark")), "score": points(line.get("score"))}
            results.append({**said, "value": amount(report), **judged})
    return {"industry": quantities, "industry_results": results}


def _findings(portfolio: Portfolio) -> Iterator[Row]:
    """By severity, then those that most enterprises have."""
    found: dict[tuple[str, str], list[tuple[str, Line]]] = {}
    for file, lines in portfolio.findings.items():
        for line in lines:
            found.setdefault((str(line["severity"]), str(line["code"])), []).append((file, line))
    counted = {key: len({file for file, _ in those}) for key, those in found.items()}
    for severity, code in sorted(found, key=lambda key: (SEVERITIES.index(key[0]), -counted[key], key[1])):
        those = found[severity, code]
        yield {
            "severity": str(texts.SEVERITIES[severity]), "code": code, "count": str(len(those)), "n": str(counted[severity, code]),
            "text": str(those[0][1]["text"]),
        }  # fmt: skip
