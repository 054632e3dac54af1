"""Whether a portfolio workbook still says what was collected: totals follow from scores and weights, ranks from totals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from ...errors import Refused
from ...messages import ERROR, Finding, Text, number
from ...standard.scoring import ranks, total
from ..book.reader import Line, Portfolio

#: A workbook keeps some 15 digits.
_RELATIVE = 1e-9


def check(portfolio: Portfolio) -> None:
    """Raises Refused with every number that was typed over since: results of it would be sent to enterprises."""
    check_lines(portfolio.ranking, portfolio.values, [node.code for node in portfolio.guide.indicators])


def check_lines(ranking: Sequence[Line], values: Mapping[str, Line], codes: Sequence[str]) -> None:
    """The same of a portfolio whose guide is known by its columns only; values: by file, codes: of the indicators."""
    found = [*_totals(ranking, values, codes), *_ranks(ranking)]
    if found:
        raise Refused(tuple(found))


def _totals(ranking: Sequence[Line], values: Mapping[str, Line], codes: Sequence[str]) -> Iterator[Finding]:
    for line in ranking:
        found, right = line.get("total"), _total(line, values.get(line["file"], {}), codes)
        if found is None and right is None:
            continue
        if found is None or right is None or not _same(found, right):
            yield _finding(line, "edited-total", Text("总分", "total"), found, right)


def _total(line: Line, values: Line, codes: Sequence[str]) -> float | None:
    """By the scores and weights of the same workbook; none where a score that counts is missing."""
    weights, scores = (
        [_number(found.get(f"{key}_{code}")) for code in codes] for key, found in (("weight", values), ("score", line))
    )
    known = [weight or 0.0 for weight in weights]
    return total(scores, known).total if any(weight > 0 for weight in known) else None


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) else None


def _ranks(ranking: Sequence[Line]) -> Iterator[Finding]:
    ranked = [line for line in ranking if line.get("rank") is not None]
    totals = [line["total"] for line in ranked]
    if not all(isinstance(total, (int, float)) for total in totals):
        return  # told above
    for line, right in zip(ranked, ranks(totals), strict=True):
        if right is not None and not _same(line["rank"], right):
            yield _finding(line, "edited-rank", Text("名次", "rank"), line["rank"], right)


def _same(found: object, right: float) -> bool:
    return isinstance(found, (int, float)) and math.isclose(found, right, rel_tol=_RELATIVE, abs_tol=1e-9)


def _finding(line: Line, code: str, what: Text, found: object, right: float | None) -> Finding:
    shown = (
        "–" if value is None else number(value, 6) if isinstance(value, (int, float)) else str(value)
        for value in (found, right)
    )
    text = Text(
        "{w} {f}，按本汇总的得分、权重应为 {r}：汇总表被改动过 — 请用 jwdt collect 重新生成",
        "{w} {f}, the scores and weights of this portfolio give {r}: it was edited since — make it anew with jwdt collect",
    )
    return Finding(ERROR, code, line["file"], text.fill(w=what, **dict(zip("fr", shown, strict=True))))
