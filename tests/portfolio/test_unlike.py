"""What only the comparison with the others shows: values far off the median, a pollutant that nearly all others report."""

from __future__ import annotations

import json
import math
import statistics
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.cli import main
from jwdt_xl.portfolio.analysis.candidates import Member
from jwdt_xl.portfolio.analysis.identity import Expected
from jwdt_xl.portfolio.analysis.unlike import others, register
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.scoring import NEGATIVE, POSITIVE

from .returns import uscc
from .sheets import lines

GUIDE = builtin()
#: An indicator whose values are compared.
PLACE, NODE = next((i, node) for i, node in enumerate(GUIDE.indicators) if node.attribute == NEGATIVE)


def told(values: list[float], place: int = PLACE) -> dict[int, str]:
    """By place the code of what is said of values of one indicator."""
    whole = np.full((len(values), len(GUIDE.indicators)), math.nan)
    whole[:, place] = values
    of_all = np.ones(len(values), dtype=bool)
    found = others(np.full_like(whole, math.nan), whole, [frozenset()] * len(values), of_all, GUIDE)
    return {i: finding.code for i, listed in found for finding in listed}


LIKE = [40.0, 41.0, 42.0, 43.0, 44.0, 45.0, 46.0, 47.0, 48.0]


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        (270.0, "value-unlike-others"), (9.0, "value-unlike-others"), (44_000.0, "value-unlike-others"), (1e300, "value-unlike-others"),
        (4_450.0, "percent-slip"), (0.445, "percent-slip"),
        (120.0, None), (20.0, None), (0.0, None), (-270.0, None), (math.nan, None),
    ],
)  # fmt: skip
def test_a_value_far_off_the_median(odd: float, code: str | None) -> None:
    """Six times as much is told, three times not; nought and less are told by their own checks."""
    assert told([*LIKE, odd]) == ({9: code} if code else {})


def test_what_is_usual_depends_on_the_group() -> None:
    """Industries of one guide may lie apart by powers of ten; of few nobody knows what is usual."""
    assert told([2.0, 5.0, 8.0, 30.0, 44.0, 100.0, 300.0, 400.0, 500.0, 270.0]) == {}
    assert told([*LIKE[:8], 270.0]) == {} and told([44.0] * 9 + [270.0]) == {9: "value-unlike-others"}
    assert told([]) == told([math.nan] * 12) == told([0.0] * 12) == {}
    moderate = next(i for i, node in enumerate(GUIDE.indicators) if node.attribute not in (POSITIVE, NEGATIVE))
    assert told([*LIKE, 270.0], moderate) == {}


@given(st.lists(st.floats(1e-6, 1e9), min_size=10, max_size=40))
def test_by_its_definition(values: list[float]) -> None:
    middle = statistics.median(values)
    logs = [math.log(value) for value in values]
    center = statistics.median(logs)
    limit = max(math.log(3), 5 * statistics.median(abs(log - center) for log in logs))
    for i, value in enumerate(values):
        off = abs(math.log(value / middle))
        if not math.isclose(off, limit, rel_tol=1e-9):
            assert (told(values).get(i) is not None) >= (off > limit)
            assert told(values).get(i) != "value-unlike-others" or off > limit


NOX, DUST, OWN = ("b2 2", "air", "氮氧化物", "nitrogen oxides"), ("b2 4", "air", "一般性粉尘", "dust"), ("b2 5", "air", "石棉尘", "asbestos")  # fmt: skip


def left_out(reported: list[set[Any]], of_period: list[bool] | None = None) -> dict[int, list[str]]:
    none = np.full((len(reported), len(GUIDE.indicators)), math.nan)
    counted = np.array([True] * len(reported) if of_period is None else of_period, dtype=bool)
    found = dict(others(none, none, [frozenset(one) for one in reported], counted, GUIDE))
    assert all(finding.code == "pollutant-left-out" for listed in found.values() for finding in listed)
    return {i: [finding.text.zh for finding in listed] for i, listed in found.items()}


def test_a_pollutant_of_nearly_all_others() -> None:
    both: list[set[Any]] = [{NOX, DUST}] * 9
    [(place, [said])] = left_out([*both, {DUST}]).items()
    assert place == 9 and "氮氧化物" in said and "10 家中有 9 家" in said
    assert len(left_out([*both, set()])[9]) == 2
    assert left_out([*both[:4], {DUST}])[4]  # four of five
    assert left_out([*both[:3], {DUST}]) == {}  # of four nobody knows
    assert left_out([*both[:7], *[{DUST}] * 3]) == {}  # seven of ten: that may be so
    assert left_out([*both, {NOX, DUST, OWN}]) == {} and left_out([]) == {}


def test_others_of_another_period_count_for_nothing() -> None:
    reported: list[set[Any]] = [*[{NOX}] * 5, {DUST}, {DUST}]
    assert left_out(reported) == {}
    assert left_out(reported, [True] * 5 + [True, False]).keys() == {5}
    assert left_out(reported, [True] * 4 + [False, True, False]).keys() == {5}
    assert left_out(reported, [True] * 3 + [False] * 2 + [True, False]) == {}


def test_in_a_portfolio(tmp_path: Path, golden: Path) -> None:
    """Told on the sheet of findings, and nobody is held back for it."""
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    (tmp_path / "in").mkdir()
    for n in range(1, 12):
        one = json.loads(json.dumps(data))
        one["enterprise"] |= {"name": f"第{n}水泥有限公司", "uscc": uscc(n)}
        for row in one["energy"]:
            row["report"] *= 1 + n / 100
        if n == 3:
            one["pollutants"] = [row for row in one["pollutants"] if row["pollutant"] != "氮氧化物"]
        if n == 7:
            one["residual_energy"] = [{**row, "report": row["report"] / 8} for row in one["residual_energy"]]
        (tmp_path / "in" / f"{n:02}.json").write_text(json.dumps(one), encoding="utf-8")
    assert main(["collect", str(tmp_path / "in"), "-o", str(tmp_path / "P.xlsx"), "--jobs", "1"]) == 0
    found = [(line["file"], line["code"]) for line in lines(tmp_path / "P.xlsx", "findings")]
    assert [file for file, code in found if code == "pollutant-left-out"] == ["03.json"]
    assert ("07.json", "value-unlike-others") in found
    assert all(line["rank"] for line in lines(tmp_path / "P.xlsx", "ranking"))


@pytest.mark.parametrize(
    ("own", "registered", "is_told"),
    [
        ("江西省", "杭州市", True), ("湖州市", "浙江省湖州市", False), ("浙江省湖州市", "湖州市", False), ("湖州 市", "湖州市", False),
        ("", "湖州市", False), ("湖州市", "", False), ("", "", False),
    ],
)  # fmt: skip
def test_a_region_that_is_not_the_registers(own: str, registered: str, is_told: bool) -> None:
    members = [
        Member("a.xlsx", b"", uscc(1), "甲", own, "3011", "t"),
        Member("b.xlsx", b"", uscc(9), "乙", own, "", "t"),
    ]
    expected = {uscc(1): Expected("甲", "2023", registered, "30")}
    found = list(register(members, expected))
    assert [(place, finding.code, finding.where) for place, finding in found] == [
        (0, "unlike-register", "enterprise.region")
    ] * is_told
    assert all(own in finding.text.zh and registered in finding.text.zh for _, finding in found)


def test_an_enterprise_is_grouped_by_the_register_where_that_says_it(tmp_path: Path, golden: Path) -> None:
    """Own region and industry, the register's, and what stands in ranking and groups; told where they differ."""
    cases = [("江西省", "3012", "杭州市", "3011", "杭州市", "3011"), ("", "", "杭州市", "3011", "杭州市", "3011"),
             ("湖州市", "3011", "", "", "湖州市", "3011"), ("湖州市", "2221", "浙江省湖州市", "3011", "浙江省湖州市", "3011")]  # fmt: skip
    rows = []
    (tmp_path / "in").mkdir()
    for number, (region, industry, known, code, *_) in enumerate(cases, 1):
        one = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
        one["enterprise"] = {"name": f"企业{number}", "uscc": uscc(number), "region": region, "industry_code": industry}
        (tmp_path / "in" / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
        rows.append(f"{uscc(number)},企业{number},{known},{code}")
    (tmp_path / "r.csv").write_text("\n".join(["信用代码,企业名称,地区,行业代码", *rows]), encoding="utf-8")
    main(
        [
            "collect",
            str(tmp_path / "in"),
            "--register",
            str(tmp_path / "r.csv"),
            "-o",
            str(tmp_path / "P.xlsx"),
            "--jobs",
            "1",
        ]
    )
    placed = {
        line["uscc"]: (line["region"], str(line["industry_code"])) for line in lines(tmp_path / "P.xlsx", "ranking")
    }
    assert placed == {uscc(number): case[4:] for number, case in enumerate(cases, 1)}
    counted = {line["name"]: line["n"] for line in lines(tmp_path / "P.xlsx", "regions") if line["kind"] == "地区"}
    assert counted == {"杭州市": 2, "湖州市": 1, "浙江省湖州市": 1}
    told = {line["file"] for line in lines(tmp_path / "P.xlsx", "findings") if line["code"] == "unlike-register"}
    assert told == {"1.json", "4.json"}


def test_an_industry_that_is_not_the_registers() -> None:
    members = [Member("a.xlsx", b"", uscc(1), "甲", "", "3011", "t")]
    for code, is_told in (("3011", False), ("30", False), ("3012", True), ("17", True), ("", False)):
        found = list(register(members, {uscc(1): Expected("甲", "", "", code)}))
        assert [finding.where for _, finding in found] == ["enterprise.industry_code"] * is_told
    assert not list(register(members, {})) and not list(register([], {uscc(1): Expected("甲", "")}))
