"""What *Generate summary* must have written, from the engine's result: one check for the desktop, Lite and Server."""

from __future__ import annotations

import pytest

from jwdt_xl.assessment.result import Result
from jwdt_xl.hosts.excel import summary
from jwdt_xl.messages import set_language
from jwdt_xl.standard.indicators import CASE_NAMES

Rows = list[list[object]]


def check(rows: Rows, result: Result, language: str) -> None:
    """Every cell of the new sheet."""
    set_language(language)
    try:
        _check(rows, result)
    finally:
        set_language("zh")


def _check(rows: Rows, result: Result) -> None:
    assert len({len(row) for row in rows}) == 1
    assert rows[0][0] == str(summary.HEADING)
    cells = {row[0]: row[1] for row in rows}
    missing, synergy = str(summary.MISSING), result.synergy
    expected: dict[str, object] = {
        "in_enterprise_name": result.assessment.enterprise.name,
        "out_total": result.total,
        "out_coverage": result.coverage,
        "out_score_so_far": result.score_so_far,
        "out_synergy_case": str(CASE_NAMES[synergy.case]) if synergy else None,
        "out_rate_pollutants": synergy.pollutants if synergy else None,
        "out_rate_carbon": synergy.carbon if synergy else None,
    }
    for name, label in summary.RESULTS:
        _same(cells[str(label)], missing if expected[name] is None else expected[name])
    for group in result.first_levels:
        _same(cells[str(group.node.name)], missing if group.score is None else group.score)

    start = next(i for i, row in enumerate(rows) if row[0] == str(summary.INDICATORS[0][1]))
    assert rows[start] == [str(title) for _, title in summary.INDICATORS]
    table = rows[start + 1 :]
    assert len(table) == len(result.indicators)
    by_code = {str(row[0]).split()[0]: row for row in table}
    for indicator in result.indicators:
        name, value, benchmark, score, weight, weighted, lost, explained = by_code[indicator.node.code]
        assert name == f"{indicator.node.code} {indicator.node.name}"
        if indicator.value is not None:
            _same(value, indicator.value)
        _same(benchmark, indicator.benchmark.value if indicator.benchmark else "")
        for cell, right in ((score, indicator.score), (weighted, indicator.weighted), (lost, indicator.lost)):
            _same(cell, "" if right is None else right)
        _same(weight, indicator.weight)
        assert explained
    order = [row[-2] if isinstance(row[-2], (int, float)) else -1.0 for row in table]
    assert order == sorted(order, reverse=True)  # most points lost first, missing ones last


def _same(found: object, right: object) -> None:
    if isinstance(right, (int, float)):
        assert found == pytest.approx(right, rel=1e-9, abs=1e-10)
    else:
        assert found == right
