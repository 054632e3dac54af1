"""Rows of totals: by name, and by arithmetic."""

from __future__ import annotations

import pytest

from jwdt_xl.standard.totals import is_of_all, is_total, sums

TOTALS = (
    "合计", "合 计", " 小计", "总计：", "共计", "原料合计", "合计（t）", "合计:石灰石等", "总和", "累计", "Total", "TOTAL:", "Sub-total", "subtotals",
    "Grand total", "sum", "Ｔｏｔａｌ", "合计数", "合\u200b计",
)  # fmt: skip
OTHERS = (
    "总氮",
    "总磷",
    "总汞",
    "Total nitrogen",
    "Total phosphorus",
    "summer wheat",
    "石灰石",
    "",
    "计",
    "合成氨",
    "总悬浮颗粒物",
    "小计划",
    None,
    5.0,
)


@pytest.mark.parametrize("name", TOTALS)
def test_named(name: str) -> None:
    assert is_total(name) and is_of_all(name)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_none(name: object) -> None:
    assert not is_total(name) and not is_of_all(name)


@pytest.mark.parametrize(
    "name", ["平均", "平均值", "行业平均", "中位数", "最大值", "最小", "Average", "mean", "median", "MAX", "标准差"]
)
def test_means_are_of_all_and_no_totals(name: str) -> None:
    assert is_of_all(name) and not is_total(name)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(1, 2), (3, 4), (4, 6)], [2]),
        ([(1, 2), (3, 4), (4, 6), (5, 5), (1, 1), (6, 6), (10, 12)], [2, 5, 6]),  # subtotals, and the total of all
        ([(1, 2), (1, 2)], []),  # one row above
        ([(1, 2), (3, 4), (4, 7)], []),  # one period alone
        ([(1, 2), (3, None), (4, 6)], []),
        ([(0, 2), (0, 4), (0, 6)], []),
        ([(905.4, 1), (142.3, 1), (1048, 2)], [2]),  # rounded to whole numbers
        ([(1.4, 1), (1.3, 1), (3, 2)], []),  # rounding is no third
        ([(0.1, 1), (0.2, 1), (0.3, 2)], [2]),  # the error of floats
        ([], []),
    ],
)
def test_sums(rows: list[tuple[float | None, ...]], found: list[int]) -> None:
    assert list(sums(rows)) == found
