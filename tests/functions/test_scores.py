"""Scores as cells see them: one score, the total, its table, coverage and the sentence that explains."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError, Missing
from jwdt_xl.functions import JWDT_COVERAGE, JWDT_EXPLAIN, JWDT_INDICATOR_SCORE, JWDT_SCORE, JWDT_SCORE_TABLE
from jwdt_xl.messages import set_language

NINE = [50, 80, 100, 40, 60, 90, 100, 50, 100]
WEIGHTS = [0.15, 0.10, 0.10, 0.15, 0.12, 0.10, 0.08, 0.10, 0.10]
TOTAL = sum(s * w for s, w in zip(NINE, WEIGHTS, strict=True))


def nine(**changes: Any) -> list[Any]:
    """The nine scores with some replaced, by number: _4=None."""
    return [changes.get(f"_{place}", score) for place, score in enumerate(NINE, 1)]


# One score


@pytest.mark.parametrize(
    ("cells", "score"),
    [
        ((3, 4, "正向"), 75), ((5, 4, "positive"), 100), ((5, 4, "负向"), 80), ((0, 4, "negative"), 100),
        ((0.5, None, "定性"), 50), ((1, "", "qualitative"), 100),
        ((5, 4, "正向", 2), 125), ((1, 4, "负向", 2), 200), ((1, None, "定性", 2), 100),
        ((0.8, 2, "正向", None, 0.5), 20), ((850, 800, "负向", 3, 1000), 75), ((850, 800, "负向", "", "１０００"), 75),
    ],
)  # fmt: skip
def test_indicator_score(cells: tuple[Any, ...], score: float) -> None:
    assert JWDT_INDICATOR_SCORE(*cells) == pytest.approx(score)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ((1, None, "适中"), "moderate attribute use JWDT_SYNERGY_SCORE"),
        ((1.2, None, "定性"), "qualitative grade must be 0–1, got 1.2"),
        ((1, None, "正向"), "benchmark is missing"),
        ((1, 0, "正向"), "benchmark must be above 0"),
        ((1, 1, "横向"), "attribute must be positive, negative"),
        ((1, 1, "正向", 0.5), "cap must be at least 1"),
        ((1, 1, "正向", None, 1), "limit of a positive indicator must be ≥ 0 and below its benchmark"),
        ((1, 1, "负向", None, 0.5), "limit"),
        ((1, None, "定性", None, 0.5), "only positive and negative indicators have a limit"),
        ((1, 1, "正向", None, -1), "limit"),
    ],
)
def test_indicator_score_refused(cells: tuple[Any, ...], message: str) -> None:
    for function in (JWDT_INDICATOR_SCORE, JWDT_EXPLAIN) if len(cells) == 3 else (JWDT_INDICATOR_SCORE,):
        with pytest.raises(JwdtError, match=message):
            function(*cells)


# The total


def test_the_nine_built_in_weights() -> None:
    assert JWDT_SCORE(NINE) == pytest.approx(TOTAL, rel=1e-12)
    assert JWDT_SCORE(NINE, WEIGHTS) == pytest.approx(TOTAL, rel=1e-12)
    assert JWDT_SCORE([100] * 9) == pytest.approx(100)
    assert JWDT_COVERAGE(NINE) == 1


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ((nine(_4=None),), "^score 4 is missing$"),
        ((nine(_4="  "),), "^score 4 is missing$"),
        (([50] * 8,), "scores without weights must be exactly 9, got 8"),
        (([50, 60], [1]), "weights must have 2 items like scores, got 1"),
        (([50, 60], [1, None]), "weight 2 is missing"),
        (([50, 60], [1, -1]), r"weights\[2\] must be at least 0"),
        (([50, 60], [1e308, 1e308]), "the result is out of range"),
        (([50, 60], [0, 0]), "sum of weights must be above 0"),
        (([50, 101], [1, 1]), r"scores\[2\] must be at most 100, got “101”"),
        (([50, -1], [1, 1]), r"scores\[2\] must be at least 0"),
        (([50, "n/a"], [1, 1]), "first_levels is missing: needed where n/a meets own weights"),
        (([50, "n/a"], [1, 1], ["a", "b"]), "first level “b” has no weight left"),
        (([50, 60], [1, 1], ["a", None]), "first_levels item 2 is missing"),
        (([50, 60], [1, 1], ["a"]), "first_levels must have 2 items like scores, got 1"),
        ((nine(_8="n/a", _9="不适用"),), "first level “management” has no weight left"),
    ],
)
def test_score_refused(cells: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        JWDT_SCORE(*cells)


def test_not_applicable_goes_to_its_first_level() -> None:
    # 7 is not applicable: 5 and 6 share the 0.3 of control synergy in the proportion 12 : 10.
    expected = TOTAL - (60 * 0.12 + 90 * 0.10 + 100 * 0.08) + 0.3 * (60 * 12 + 90 * 10) / 22
    assert JWDT_SCORE(nine(_7="n/a")) == pytest.approx(expected, rel=1e-12)
    levels = [1] * 4 + [2] * 3 + [3] * 2
    assert JWDT_SCORE(nine(_7="不适用"), WEIGHTS, levels) == pytest.approx(expected, rel=1e-12)
    assert JWDT_COVERAGE(nine(_7="n/a")) == 1
    assert JWDT_COVERAGE(nine(_7="n/a", _5=None)) == pytest.approx(1 - 0.3 * 12 / 22)


def test_first_levels_are_compared_without_blanks_at_the_ends() -> None:
    assert JWDT_SCORE([50, "n/a", 80], [1, 1, 2], ["a", " a ", "b"]) == pytest.approx((2 * 50 + 2 * 80) / 4)


def test_coverage() -> None:
    assert JWDT_COVERAGE(nine(_1=None, _9=None)) == pytest.approx(0.75)
    assert JWDT_COVERAGE([None] * 8 + [100]) == pytest.approx(0.1)
    with pytest.raises(Missing, match="scores is missing"):
        JWDT_COVERAGE([None] * 9)


def test_a_lifted_cap() -> None:
    assert JWDT_SCORE([150, 50], [1, 1], None, 2) == 100
    assert JWDT_SCORE([150, 20], [1, 1], None, 2) == 85
    with pytest.raises(JwdtError, match=r"scores\[1\] must be at most 100"):
        JWDT_SCORE([150, 50], [1, 1])


ROWS = st.lists(st.tuples(st.floats(0, 100), st.floats(0.001, 10), st.sampled_from("ab")), min_size=1, max_size=9)


@given(ROWS, st.floats(1e-3, 1e3), st.randoms())
def test_order_and_scale_of_weights_do_not_matter(
    rows: list[tuple[float, float, str]], factor: float, random: Any
) -> None:
    scores, weights, levels = map(list, zip(*rows, strict=True))
    total = JWDT_SCORE(scores, weights, levels)
    assert min(scores) * (1 - 1e-12) - 1e-300 <= total <= max(scores) * (1 + 1e-12) + 1e-300
    assert JWDT_SCORE(scores, [w * factor for w in weights], levels) == pytest.approx(total, rel=1e-9, abs=1e-10)
    random.shuffle(rows)
    assert JWDT_SCORE(*map(list, zip(*rows, strict=True))) == total


# The table


def test_score_table() -> None:
    values = [50, 10, "n/a", 3, None, "1,000", 4, 0.5, 1]
    benchmarks = [None, 8, 5, 4, 10, 900, 8, None, None]
    head, *rows, last = JWDT_SCORE_TABLE(values, benchmarks)
    assert head == ["no", "value", "benchmark", "attribute", "score", "weight", "weighted score", "points lost"]
    assert [row[:4] for row in rows[:3]] == [[1, 50, "", "moderate"], [2, 10, 8, "negative"], [3, "n/a", 5, "negative"]]
    assert [row[4] for row in rows] == [50, 80, "", 75, "", 90, 50, 50, 100]
    assert rows[2][5:] == [0, "", ""]  # not applicable: its 0.1 goes to 1, 2 and 4
    assert rows[0][5] == pytest.approx(0.15 * 0.5 / 0.4)
    assert [row[5] for row in rows[4:]] == [0.12, 0.10, 0.08, 0.10, 0.10]
    assert last == ["total", "", "", "", "", pytest.approx(1), "", ""]  # 5 is missing


@pytest.mark.parametrize("scale", [1, 100])
def test_the_columns_of_the_table_add_up(scale: float) -> None:
    values = [*NINE[:1], 1, 1, 2, 5, 1, 2, 0.5, 1]
    weights = [w * scale for w in WEIGHTS]
    _, *rows, last = JWDT_SCORE_TABLE(values, [None, 0.8, 1, 5, 10, 0.9, 1, None, None], None, weights)
    assert last[4] == last[6] == pytest.approx(JWDT_SCORE([row[4] for row in rows]))
    assert sum(row[6] for row in rows) == pytest.approx(last[6])
    assert sum(row[7] for row in rows) == pytest.approx(last[7]) == pytest.approx(100 - last[6])
    assert sum(row[5] for row in rows) == pytest.approx(last[5]) == pytest.approx(scale)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (([1, 2], [1]), "benchmarks must have 2 items like values, got 1"),
        (([1, 2], [1, 2]), "attributes must have 2 items like values, got 9"),
        (([1, 2], [1, 2], ["正向", None]), "attribute 2 is missing"),
        (([1, 2], [1, 2], ["正向", "反向"]), "attribute must be"),
        (([1, 2], [1, 0], ["正向", "正向"], [1, 1]), "benchmark must be .*above 0"),
        (([101, 2], [None, 1], ["适中", "正向"], [1, 1]), r"values\[1\] must be at most 100"),
        (([1, 2], [1, 2], ["正向", "正向"], [0, 0]), "sum of weights must be above 0"),
    ],
)
def test_score_table_refused(cells: tuple[Any, ...], message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        JWDT_SCORE_TABLE(*cells)


def test_score_table_in_chinese() -> None:
    set_language("zh")
    head, *_, last = JWDT_SCORE_TABLE([3], [4], ["正向"], [1])
    assert head[:5] == ["序号", "值", "基准值", "属性", "得分"]
    assert last[0] == "合计"


# The sentence


@pytest.mark.parametrize(
    ("cells", "en", "zh"),
    [
        ((3, 4, "正向"), "positive: score 100·min(1, 3/4) = 75.00", "正向指标：得分 100·min(1, 3/4) = 75.00"),
        (
            (5, 4, "负向", 0.1),
            "negative: score 100·min(1, 4/5) = 80.00; × weight 0.1 = 8.00 marks",
            "× 权重 0.1 = 8.00 分",
        ),
        ((0.5, None, "定性"), "qualitative: score 100 × 0.5 = 50.00", "定性指标：得分 100 × 0.5 = 50.00"),
        ((0, 4, "负向"), "negative: value 0, score 100.00", "值为 0，得分 100.00"),
    ],
)
def test_explain(cells: tuple[Any, ...], en: str, zh: str) -> None:
    assert JWDT_EXPLAIN(*cells) == en
    set_language("zh")
    assert zh in JWDT_EXPLAIN(*cells)


def test_a_last_digit_above_the_cap_is_the_cap() -> None:
    """In LibreOffice a score at a fractional cap may come out a last binary digit above 100 × cap: the total was refused then."""
    for cap in (9.979, 4.475, 7.889, 1.1):
        above = math.nextafter(100 * cap, math.inf)
        assert JWDT_SCORE([[above], [50]], [[0.5], [0.5]], None, cap) == JWDT_SCORE(
            [[100 * cap], [50]], [[0.5], [0.5]], None, cap
        )
        with pytest.raises(JwdtError):
            JWDT_SCORE([[100 * cap * (1 + 1e-9)], [50]], [[0.5], [0.5]], None, cap)
