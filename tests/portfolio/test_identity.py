"""Whose return a file is: nobody's return is replaced by another's, and nobody's figures go to another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jwdt_xl.cli import main
from jwdt_xl.portfolio import read_file
from jwdt_xl.portfolio.analysis.identity import Expected, Whose, agrees, apart, held, period
from jwdt_xl.portfolio.collection.review import Entry, by_file, of_nobody

from .returns import uscc
from .sheets import lines

Collect = Callable[..., Any]
A, B = "甲水泥有限公司", "乙水泥有限公司"


@pytest.fixture
def inbox(tmp_path: Path, golden: Path) -> Callable[..., Path]:
    """Puts an assessment into the inbox."""
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))

    def put(file: str, name: str, code: str, output: float = 1_900_000, **periods: str) -> Path:
        one = json.loads(json.dumps(data))
        one["enterprise"] |= {"name": name, "uscc": code}
        one["enterprise"] = {key: value for key, value in one["enterprise"].items() if value}
        one["product"]["output"]["report"] = output
        one["periods"] |= periods
        path = tmp_path / "inbox" / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
        return path

    return put


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(f"name,uscc,report\n{A},{uscc(1)},2023\n{B},{uscc(2)},2023\n", encoding="utf-8")
    return path


def files(listed: list[dict[str, Any]]) -> dict[str, str]:
    return {one["file"]: one["reason"] for one in listed}


def test_whoever_types_anothers_code_replaces_nothing(
    tmp_path: Path, inbox: Callable[..., Path], collect: Collect
) -> None:
    """A's return was dropped as an earlier one, and nobody was told."""
    inbox("a.json", A, uscc(1))
    inbox("b.json", B, uscc(1), 2_000_000)
    code, out, _ = collect(tmp_path / "inbox", "-o", tmp_path / "p.xlsx")
    assert code == 1 and out["results"] == [] and out["skipped"] == []
    reasons = files(out["held"])
    assert reasons.keys() == {"a.json", "b.json"}
    assert A in reasons["b.json"] and "--register" in reasons["b.json"]
    assert [line["file"] for line in lines(tmp_path / "p.xlsx", "rejected")] == ["a.json", "b.json"]


def test_the_register_tells_whose_code_it_is(
    tmp_path: Path, inbox: Callable[..., Path], register: Path, collect: Collect
) -> None:
    inbox("a.json", A, uscc(1))
    inbox("b.json", B, uscc(1), 2_000_000)
    inbox("c.json", "丙厂", uscc(3))
    inbox("d.json", B, "")
    code, out, _ = collect(tmp_path / "inbox", "-o", tmp_path / "p.xlsx", "--register", register)
    assert code == 1 and [result["file"] for result in out["results"]] == ["a.json"]
    assert out["results"][0]["rank"] == 1
    reasons = files(out["held"])
    assert reasons.keys() == {"b.json", "c.json", "d.json"}
    assert (
        A in reasons["b.json"] and "不在登记表中" in reasons["c.json"] and "没有统一社会信用代码" in reasons["d.json"]
    )


def test_the_register_may_lie_in_the_inbox(
    tmp_path: Path, inbox: Callable[..., Path], register: Path, collect: Collect
) -> None:
    inbox("a.json", A, uscc(1))
    there = register.rename(tmp_path / "inbox" / "register.csv")
    code, out, _ = collect(tmp_path / "inbox", "-o", tmp_path / "p.xlsx", "--register", there)
    assert code == 0 and out["files"] == 1


@pytest.mark.parametrize("name", ["本公司", "我司", "XX公司", " 公司 ", ""])
def test_nobody_is_not_scored(tmp_path: Path, inbox: Callable[..., Path], collect: Collect, name: str) -> None:
    inbox("a.json", name, "")
    code, out, _ = collect(tmp_path / "inbox", "-o", tmp_path / "p.xlsx")
    assert code == 1 and out["scored"] == 0 and list(files(out["held"])) == ["a.json"]


def test_one_period_at_a_time(tmp_path: Path, inbox: Callable[..., Path], register: Path, collect: Collect) -> None:
    """An enterprise with two years was ranked twice and counted twice in its industry."""
    inbox("a.json", A, uscc(1))
    inbox("a-2024.json", A, uscc(1), 2_000_000, base="2023", report="2024")
    inbox("b.json", B, uscc(2))
    for more, unranked in (
        ((), "a.json"),
        (("--register", register), "a-2024.json"),
        (("--period", "2023年"), "a-2024.json"),
    ):
        _, out, _ = collect(tmp_path / "inbox", "-o", tmp_path / "p.xlsx", "--force", *more)
        apart_ = [result for result in out["results"] if not result["ranked"]]
        assert [result["file"] for result in apart_] == [unranked]
        assert apart_[0]["quarantined"] and "2023" in apart_[0]["reason"] and "2024" in apart_[0]["reason"]
        assert sorted(result["rank"] or 0 for result in out["results"]) in ([0, 1, 1], [0, 1, 2])


def test_another_period_is_in_no_mean_and_no_sum(tmp_path: Path, inbox: Callable[..., Path], collect: Collect) -> None:
    """It was counted as held back for review, and with those summed into the industry."""
    inbox("a.json", A, uscc(1))
    inbox("b.json", B, uscc(2))
    collect(tmp_path / "inbox", "-o", tmp_path / "alone.xlsx", "--period", "2023")
    inbox("a-2024.json", A, uscc(1), 2_000_000, base="2023", report="2024")
    collect(tmp_path / "inbox", "-o", tmp_path / "p.xlsx", "--period", "2023")
    books = [CalamineWorkbook.from_path(str(tmp_path / name)) for name in ("alone.xlsx", "p.xlsx")]
    for sheet in ("全行业", "分地区与行业", "基准值"):
        one, other = (book.get_sheet_by_name(sheet).to_python() for book in books)
        assert one == other, sheet
    overview = books[1].get_sheet_by_name("总览").to_python()
    said = {row[0]: row[1] for row in overview if isinstance(row[0], str)}
    assert not any("待评审" in label for label in said) and said["不排名：其他报告期"] == 1
    before = {row[0]: row[1] for row in books[0].get_sheet_by_name("总览").to_python()}
    same = ("平均总分", "减污又降碳", "90–100", "80–90", "70–80", "60–70")
    assert {key: said.get(key) for key in same} == {key: before.get(key) for key in same}


def test_2024_and_2024年_are_one_period(tmp_path: Path, inbox: Callable[..., Path], collect: Collect) -> None:
    inbox("a.json", A, uscc(1), report="2023")
    inbox("b.json", A, uscc(1), 2_000_000, report="2023年")
    _, out, _ = collect(tmp_path / "inbox", "-o", tmp_path / "p.xlsx")
    assert out["scored"] == 0 and {one["file"] for one in out["rejections"]} == {"a.json", "b.json"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2024", "2024年", True), ("2024年度", "２０２４", True), ("2024", "2025", False), ("2024年上半年", "2024年", False),
        ("2024Q1", "2024 q1", True), ("基准期", "报告期", False),
        ("2024年1-12月", "2024", True), ("2024年1月—12月", "2024年度", True), ("2024年1月1日至2024年12月31日", "2024", True),
        ("2024年全年", "2024", True), ("二〇二四年", "2024年", True), ("二零二四年度", "2024", True), ("二〇二四年", "2025", False),
        ("2024年1-11月", "2024", False), ("2024年2-12月", "2024", False), ("2024年1月至2025年12月", "2024", False), ("2024-2025", "2024", False),
        ("20241", "2024", False), ("", "2024", False),
    ],
)  # fmt: skip
def test_labels_mean_periods(one: str, other: str, same: bool) -> None:
    assert (period(one) == period(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("甲（集团）有限公司", "甲(集团) 有限公司", True), ("Ａcme Ltd.", "ACME ltd", True), ("甲厂", "乙厂", False), ("", "甲厂", True),
    ],
)  # fmt: skip
def test_names_that_are_one(one: str, other: str, same: bool) -> None:
    assert agrees(one, other) is same


def test_last_years_figures_go_to_nobody_else(
    tmp_path: Path, inbox: Callable[..., Path], register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """B typed A's code last year: this year A's form was prefilled with B's confidential figures."""
    inbox("b.json", B, uscc(1), 2_000_000)
    order = [
        "distribute",
        "--register",
        str(register),
        "--previous",
        str(tmp_path / "inbox"),
        "-o",
        str(tmp_path / "out"),
    ]
    assert main([*order, "--jobs", "1"]) == 0
    assert "未采用其数据" in capsys.readouterr().err
    for path in (tmp_path / "out").glob("*.xlsx"):
        reading = read_file(path)
        assert reading.assessment is not None
        assert reading.assessment.product.output.base is None and not reading.assessment.energy


names = st.sampled_from(["甲厂", "甲 厂", "乙厂", "", "本公司"])
codes = st.sampled_from([uscc(1), uscc(2), ""])
whose = st.builds(Whose, st.just("f"), codes, names, st.sampled_from(["2023", "2024年", "2024"]))


@given(st.lists(whose, max_size=8), st.booleans())
def test_of_a_code_that_counts_there_is_one_name(several: list[Whose], with_register: bool) -> None:
    """Whatever comes: what is not held has a code of one name, or a name that says whose it is; each place once."""
    expected = {uscc(1): Expected("甲厂", "2023")} if with_register else None
    found = list(held(several, expected))
    places = [place for place, _ in found]
    assert len(places) == len(set(places))
    counted = [file for place, file in enumerate(several) if place not in places]
    for file in counted:
        assert file.uscc or file.name
        assert all(agrees(file.name, other.name) for other in counted if file.uscc and other.uscc == file.uscc)
    assert apart(counted, "", expected).keys() <= set(range(len(counted)))
    once = {(file.uscc, period(file.report)) for i, file in enumerate(counted) if i not in apart(counted, "", expected)}
    assert len({code for code, _ in once if code}) == len([code for code, _ in once if code])


@pytest.mark.parametrize("report", ["2023", "2023年", "2023年度", "２０２３年", " 2023 ", ""])
@pytest.mark.parametrize("of_the_file", ["2023", "2023年", "2023年度"])
def test_a_line_of_a_review_finds_its_period_however_it_is_written(report: str, of_the_file: str) -> None:
    """And that of no other year or quarter, which is said."""
    line = Entry(
        "r.csv:2", "91330500MA00000014", report, "policy.recommended", "correct", "yes", "ok", "甲", "2026-11-01"
    )
    row: dict[str, Any] = {"refused": [], "uscc": line.uscc, "report": of_the_file}
    found = by_file([line], [("a.json", row)])
    assert found == {"a.json": (line,)} and of_nobody([line], found) == []
    for other in ("2022年", "2023Q1") if report else ():
        lines = [line._replace(report=other)]
        assert by_file(lines, [("a.json", row)]) == {}
        assert [note.code for note in of_nobody(lines, {})] == ["review-of-nobody"]
