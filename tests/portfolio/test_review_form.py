"""The review as a workbook to tick: nothing has to be copied by hand, and what is left open does nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jwdt_xl.cli import main

from .campaigns import data_of, firms
from .returns import uscc
from .sheets import lines

Firm = Callable[..., None]


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def home(tmp_path: Path, golden: Path) -> Path:
    """Of the cement guide: 3 is held back by a slip by 1,000, 6 by a declaration, 9 has a warning at a cell, 12 has sent nothing."""
    listed = [firm for firm in firms(12) if firm.number % 3 == 0]
    rows = "".join(f"{firm.uscc},{firm.name},{firm.guide}\n" for firm in listed)
    (tmp_path / "r.csv").write_text("信用代码,企业名称,指南\n" + rows, encoding="utf-8")
    by = ("--guide", "cement", "--guide", "paper")
    assert call("campaign", "new", tmp_path / "c", "--register", tmp_path / "r.csv", "--period", "2024", *by) == 0
    energy = data_of(listed[0], golden)["energy"]
    energy[0]["report"] *= 1000
    jump = data_of(listed[2], golden)["materials"]
    jump[0]["report"] *= 1.8
    given: list[dict[str, Any]] = [
        data_of(listed[0], golden, energy=energy),
        data_of(listed[1], golden, not_applicable={"7": "独立粉磨站，没有可回收的余能"}, residual_energy=[]),
        data_of(listed[2], golden, materials=jump),
    ]
    for firm, data in zip(listed, given, strict=False):
        data["guide"] = "cement-demo"
        text = json.dumps({key: value for key, value in data.items() if key != "guide"}, ensure_ascii=False)
        (tmp_path / "c" / "inbox" / f"{firm.number}.json").write_text(text, encoding="utf-8")
    return tmp_path / "c"


def declare(home: Path, name: str) -> None:
    path = home / "campaign.toml"
    text = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(f'review = "{name}"\n' if t.startswith("review =") else t for t in text), encoding="utf-8")


def table(path: Path) -> tuple[Any, Any, dict[str, int], dict[tuple[str, str], int]]:
    """The workbook, its sheet, its columns by heading, and the rows by code and field."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[3]}
    rows = {
        (str(sheet.cell(row, at["统一社会信用代码"]).value), str(sheet.cell(row, at["项目"]).value)): row
        for row in range(4, sheet.max_row + 1)
    }
    return book, sheet, at, rows


def test_ticked_and_collected(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call("campaign", "collect", home, "--jobs", 1)
    before = {line["uscc"]: line for line in lines(home / "portfolio" / "portfolio_cement-demo.xlsx", "ranking")}
    assert before[uscc(3)]["rank"] is None and before[uscc(6)]["rank"] is None
    assert call("campaign", "review", home, "--jobs", 1) == 0
    book, sheet, at, rows = table(home / "review.xlsx")
    slip = next(key for key in rows if key[0] == uscc(3) and key[1].startswith("scale-slip "))
    flagged = [key for key in rows if key[0] == uscc(9) and key[1].startswith("materials[0]")]
    assert (uscc(6), "not_applicable.7") in rows and len(flagged) == 1
    declare(home, "review.xlsx")
    capsys.readouterr()
    call("campaign", "collect", home, "--jobs", 1)  # nothing is decided yet
    said = capsys.readouterr().err
    assert "还没有决定" in said and "error review" not in said
    ticks = (
        (slip, "更正", "192500"), ((uscc(6), "not_applicable.7"), "批准", None), (flagged[0], "更正", "1905000"),
    )  # fmt: skip
    for key, decision, value in ticks:
        for title, text in (
            ("决定", decision),
            ("更正值", value),
            ("理由", "核对台账"),
            ("评审人", "李四"),
            ("日期", "2025-06-20"),
        ):
            sheet.cell(rows[key], at[title]).value = text
    sheet.cell(sheet.max_row + 1, at["统一社会信用代码"]).value = uscc(12)  # who has sent nothing
    for title, text in (("项目", "7"), ("决定", "批准"), ("理由", "x"), ("评审人", "李四"), ("日期", "2025-06-20")):
        sheet.cell(sheet.max_row, at[title]).value = text
    book.save(home / "review.xlsx")
    assert call("campaign", "collect", home, "--jobs", 1) == 1  # a line is about nobody
    after = {line["uscc"]: line for line in lines(home / "portfolio" / "portfolio_cement-demo.xlsx", "ranking")}
    assert all(after[uscc(number)]["rank"] for number in (3, 6, 9))
    shown = lines(home / "portfolio" / "portfolio_cement-demo.xlsx", "reviews")
    states = {(line["uscc"], line["field"]): line["state"] for line in shown}
    assert [states[key] for key, _, _ in ticks] == ["已采用"] * 3
    assert "已评价文件" in states[uscc(12), "7"] and "review.xlsx" in states[uscc(12), "7"]
    # once more: what was decided is in it, and the filled one stays as it is
    kept = (home / "review.xlsx").read_bytes()
    assert call("campaign", "review", home, "--jobs", 1) == 0
    _, sheet, at, again = table(home / "review-2.xlsx")
    assert (home / "review.xlsx").read_bytes() == kept
    assert {(key, sheet.cell(again[key], at["决定"]).value) for key, _, _ in ticks} == {
        (ticks[0][0], "更正"), (ticks[1][0], "批准"), (ticks[2][0], "更正"),
    }  # fmt: skip


def test_lines_that_could_not_be_read_are_in_the_portfolio(home: Path) -> None:
    """They were told on the terminal alone."""
    text = "信用代码,项目,决定,理由,评审人,日期\n"
    text += f"{uscc(6)},7,批准,x,李四,\n{uscc(900)},7,批准,x,李四,2025-06-20\n"
    (home / "bad.csv").write_text(text, encoding="utf-8")
    declare(home, "bad.csv")
    assert call("campaign", "collect", home, "--jobs", 1) == 1
    shown = [
        line
        for line in lines(home / "portfolio" / "portfolio_cement-demo.xlsx", "reviews")
        if line["state"] != "尚未评审"
    ]
    assert [(line["uscc"], line["field"]) for line in shown] == [(None, "bad.csv:2"), (uscc(900), "7")]
    assert "日期" in shown[0]["state"] and "bad.csv:3" in shown[1]["state"]
