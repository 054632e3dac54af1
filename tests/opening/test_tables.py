"""Registers and reviews as people keep them: encodings, signs between cells, headings, ids, the sheet they stand on."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jwdt_xl.errors import Refused
from jwdt_xl.opening.tables import read_table
from jwdt_xl.portfolio.campaign.register import read_register

from ..portfolio.returns import uscc

A, B = uscc(1), uscc(2)
HEAD = "统一社会信用代码,企业名称,行业代码,报告期,基准期"
ROWS = [f"{A},甲公司,3011,2023,2022", f"{B},乙公司,0610,2023,2022"]
BODY = "\r\n".join([HEAD, *ROWS]) + "\r\n"
TAB, SEMICOLON = BODY.replace(",", "\t"), BODY.replace(",", ";")
WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in A)
GOOD: dict[str, bytes] = {
    "utf-8": BODY.encode(),
    "mark": BODY.encode("utf-8-sig"),
    "gbk": BODY.encode("gbk"),
    "utf-16 tab": TAB.encode("utf-16"),
    "utf-16-be with mark": b"\xfe\xff" + BODY.encode("utf-16-be"),
    "utf-16-le without mark": BODY.encode("utf-16-le"),
    "utf-16-be without mark": SEMICOLON.encode("utf-16-be"),
    "sep=;": ("sep=;\r\n" + SEMICOLON).encode("utf-8-sig"),
    "sep=, that lies": ("sep=,\n" + SEMICOLON).encode("gbk"),
    "full-width commas": BODY.replace(",", "，").encode(),
    "bars": BODY.replace(",", "|").encode(),
    "CR": BODY.replace("\r\n", "\r").encode("gbk"),
    "title above tabs": ("名单\r\n" + TAB).encode("gbk"),
    "title of commas above tabs": ("名单（2023，第一批，共2家）,,,,,,,\r\n" + TAB).encode(),
    "title of commas above semicolons": ("名单,一,二,三\r\n\r\n" + SEMICOLON).encode(),
    "semicolons in cells": BODY.replace("甲公司", "甲公司;甲厂;甲矿;甲库;甲站;甲院").encode(),
    "tabs in cells": BODY.replace("甲公司", "甲\t公\t司\t一\t二\t三").encode(),
    '="id"': BODY.replace(A, f'="{A}"').encode(),
    '="id" quoted': BODY.replace(A, f'"=""{A}"""').encode(),
    "apostrophe": BODY.replace(A, f"'{A}").encode(),
    "backquote": BODY.replace(A, f"`{A}").encode(),
    "invisible": BODY.replace(A, f"\u200b{A}\u200b\u2060").encode(),
    "mark before id": BODY.replace(A, f"\ufeff{A}").encode(),
    "blanks": BODY.replace(A, f"\u00a0{A[:8]} {A[8:]}\u3000").encode(),
    "small": BODY.replace(A, A.lower()).encode(),
    "wide": BODY.replace(A, WIDE).encode(),
    "padded": BODY.encode() + b"\0" * 512,
    "ctrl-z": BODY.encode("gbk") + b"\x1a",
    "industry as numbers": BODY.replace("3011", "3011.0").replace("0610", "610").encode(),
    "starred": BODY.replace("企业名称", "*企业名称").replace("代码,企", "代码＊,企").encode(),
    "remarks": BODY.replace("企业名称", "企业名称（全称）【必填】").replace("信用代码", "信用代码(18位)").encode(),
    "line end": BODY.replace("统一社会信用代码", '"统一社会\n信用代码"').encode(),
    "invisible heading": BODY.replace("企业名称", "\u200b企业名称\u00a0").encode(),
    "whole name": BODY.replace("企业名称", "企业全称").encode(),
    "another name column with a remark": (BODY.replace("企业名称", "企业名称（曾用名）,企业名称").replace("甲公司", "旧甲,甲公司").replace("乙公司", "旧乙,乙公司")).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_registers(tmp_path: Path, name: str) -> None:
    (tmp_path / "register.csv").write_bytes(GOOD[name])
    register = read_register(str(tmp_path / "register.csv"))
    assert [str(finding) for finding in register.findings] == []
    assert [(e.uscc, e.industry_code, e.report, e.base) for e in register.entries] == [
        (A, "3011", "2023", "2022"), (B, "0610", "2023", "2022")
    ]  # fmt: skip
    assert [e.name[:1] for e in register.entries] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (BODY.replace("报告期", "企业名称").encode(), "column-twice", "D1"),
        (BODY.replace("报告期", "企业名称").replace("企业名称,", "企业名称*,", 1).encode(), "", ""),  # one is plain
        (b"\xff\xfe\x00", "not-a-table", ""),
        (b"a\0b,c\n", "not-a-table", ""),
        (b"", "no-heading", ""),
        (b"x,y\n1,2\n", "no-heading", ""),
    ],
)
def test_what_cannot_be_told_is_refused(tmp_path: Path, content: bytes, code: str, where: str) -> None:
    (tmp_path / "r.csv").write_bytes(content)
    if not code:
        read_register(str(tmp_path / "r.csv"))
        return
    with pytest.raises(Refused) as caught:
        read_register(str(tmp_path / "r.csv"))
    [finding] = caught.value.findings
    assert finding.code == code and finding.where.endswith(where)


def test_two_like_columns_that_can_be_done_without(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(BODY.replace("报告期", "地区（省）").replace("基准期", "地区（市）").encode())
    register = read_register(str(tmp_path / "r.csv"))
    assert [(f.severity, f.code) for f in register.findings] == [("warning", "columns-alike")]
    assert [entry.region for entry in register.entries] == ["", ""]


def book(path: Path, sheets: dict[str, list[list[Any]]]) -> str:
    with xlsxwriter.Workbook(path) as made:
        for title, rows in sheets.items():
            sheet = made.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return str(path)


TABLE = [["名单"], HEAD.split(","), *(row.split(",") for row in ROWS)]
NOTE: list[list[Any]] = [["请看第二张表"], ["企业名称"]]


def test_a_register_on_another_sheet(tmp_path: Path) -> None:
    register = read_register(book(tmp_path / "r.xlsx", {"说明": NOTE, "封面": [], "名单": TABLE}))
    assert len(register.entries) == 2 and register.findings == []
    assert register.entries[0].place == "r.xlsx 名单:3"
    register = read_register(book(tmp_path / "first.xlsx", {"名单": TABLE, "说明": NOTE}))
    assert register.entries[0].place == "first.xlsx:3"


def test_several_registers_are_said(tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", {"说明": NOTE, "2022": TABLE[:3], "2023": TABLE})
    table = read_table(path, {"uscc": ("统一社会信用代码",)}, ("uscc",))
    [note] = table.notes
    assert len(table.rows) == 1 and note.code == "several-tables" and note.severity == "warning"
    assert "只读“2022”" in note.text.zh and "2023" in note.text.zh
    path = book(tmp_path / "s.xlsx", {"2022": TABLE[:3], "2023": TABLE})
    assert "只读“2022”" in read_register(path).findings[0].text.zh


def test_an_error_on_another_sheet_is_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as made:
        made.add_worksheet("说明")
        sheet = made.add_worksheet("名单")
        for number, row in enumerate(TABLE):
            sheet.write_row(number, 0, row)
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")
    with pytest.raises(Refused, match=r"r\.xlsx 名单:B3"):
        read_register(str(tmp_path / "r.xlsx"))


def test_a_row_of_brackets_takes_no_time(tmp_path: Path) -> None:
    """The search for what stands in brackets was quadratic: one damaged file took 20 minutes on a busy machine."""
    path = tmp_path / "r.csv"
    path.write_text("(" * 100_000 + "\n统一社会信用代码\n", encoding="utf-8")
    begin = time.process_time()
    assert not read_table(str(path), {"uscc": ("统一社会信用代码",)}, ("uscc",)).rows
    assert time.process_time() - begin < 10


CODE, NAME = "统一社会信用代码", "企业名称"
TWO_ROWS: dict[str, list[list[Any]]] = {
    "groups above": [["名单"], ["序号", "企业信息", "", "", "评价期", ""], ["", CODE, NAME, "地区", "基准期", "报告期"], [1, A, "甲", "浙江", "2022", "2023"]],
    "columns that are needed merged downwards": [[CODE, NAME, "地区", "评价期", ""], ["", "", "", "基准期", "报告期"], [A, "甲", "浙江", "2022", "2023"]],
    "mixed": [["名单"], [CODE, "地区", "企业信息", "评价期", ""], ["", "", NAME, "基准期", "报告期"], [A, "浙江", "甲", "2022", "2023"]],
    "what can be done without merged downwards": [["地区", "企业信息", "", "评价期", ""], ["", CODE, NAME, "基准期", "报告期"], ["浙江", A, "甲", "2022", "2023"]],
    "a name broken": [["统一社会", "企业", "地区", "基准", "报告"], ["信用代码", "名称", "", "期", "期"], [A, "甲", "浙江", "2022", "2023"]],
    "remarks below": [[CODE, NAME, "地区", "基准期", "报告期"], ["（18位）", "（全称）", "", "", "（年）"], [A, "甲", "浙江", "2022", "2023"]],
}  # fmt: skip


@pytest.mark.parametrize("name", TWO_ROWS)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_headings_of_two_rows(tmp_path: Path, name: str, ending: str) -> None:
    path = str(tmp_path / f"r.{ending}")
    if ending == "xlsx":
        book(tmp_path / "r.xlsx", {"名单": TWO_ROWS[name]})
    else:
        lines = [",".join(map(str, row)) for row in TWO_ROWS[name]]
        (tmp_path / "r.csv").write_text("\n".join(lines), encoding="gbk")
    register = read_register(path)
    assert [str(finding) for finding in register.findings] == []
    [entry] = register.entries
    assert (entry.uscc, entry.name, entry.region, entry.base, entry.report) == (A, "甲", "浙江", "2022", "2023")
    assert entry.place == f"r.{ending}:{len(TWO_ROWS[name])}"


@pytest.mark.parametrize(
    "first", [["", "", "3011"], ["", "（停产）", "3011"], ["地区", "企业", ""], ["", "乙", "行业"]]
)
def test_a_row_of_data_is_no_second_heading(tmp_path: Path, first: list[str]) -> None:
    register = read_register(book(tmp_path / "r.xlsx", {"名单": [[CODE, NAME, "行业代码"], first, [A, "甲", "3011"]]}))
    assert [entry.uscc for entry in register.entries] == [A]
    assert [(finding.code, finding.where) for finding in register.findings] == [("bad-uscc", "r.xlsx:2")]


@pytest.mark.parametrize(
    "heading", ["code*,name*", "Code,Name", "统一社会信用代码（18位）,企业全称", "*信用代码,单位名称"]
)
def test_names_of_headings(tmp_path: Path, heading: str) -> None:
    (tmp_path / "r.csv").write_text(f"{heading}\n{A[:4]} {A[4:].lower()},甲\n", encoding="utf-8")
    assert [(entry.uscc, entry.name) for entry in read_register(str(tmp_path / "r.csv")).entries] == [(A, "甲")]


def test_a_refusal_lists_the_headings_there_are(tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", {"名单": [["某省名单"], ["代号", NAME, "地区"], ["1", "甲", "浙江"]]})
    with pytest.raises(Refused) as caught:
        read_register(path)
    [finding] = caught.value.findings
    assert finding.code == "no-heading" and "第 2 行是：代号、企业名称、地区 —" in finding.text.zh
    assert "row 2 has: 代号、企业名称、地区 —" in finding.text.en
    many = ",".join(f"列{i}" + "长" * 90 for i in range(40))
    (tmp_path / "many.csv").write_text(many + "\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_register(str(tmp_path / "many.csv"))
    text = caught.value.findings[0].text.zh
    assert "列11" in text and "列12" not in text and "…" in text and len(text) < 700


def test_error_values_are_no_blanks_and_all_are_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as made:
        sheet = made.add_worksheet()
        for number, row in enumerate([[CODE, NAME, "地区", "备注"], [A, "甲", "", ""], [B, "乙", "", ""]]):
            sheet.write_row(number, 0, row)
        for cell in ("C3", "B2", "D2"):  # nobody reads the last
            sheet.write_formula(cell, "=NA()", None, "#N/A")
    lines = [f"{CODE},{NAME},地区,备注", f"{A},#N/A,,#N/A", f"{B},乙, #N/A ,"]
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8")
    for name in ("r.xlsx", "r.csv"):
        with pytest.raises(Refused) as caught:
            read_register(str(tmp_path / name))
        found = caught.value.findings
        assert [(f.code, f.where) for f in found] == [("error-value", f"{name}:B2"), ("error-value", f"{name}:C3")]
        assert all("#N/A" in finding.text.zh for finding in found)


def test_names_that_begin_as_error_values_do(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(f"code,name,region\n{A},#1 甲厂,#N/A 待定\n", encoding="utf-8")
    assert read_register(str(tmp_path / "r.csv")).entries[0].name == "#1 甲厂"


@pytest.mark.parametrize(
    ("base", "report", "told"),
    [
        ("2023", "2022", True), ("2023年", "2023", True), ("2023年度", "2022年", True), ("２０２３", "2022", True),
        ("2022", "2023", False), ("2023H1", "2023H2", False), ("", "2023", False), ("2022", "", False), ("", "", False),
    ],
)  # fmt: skip
def test_periods_that_are_swapped_are_told(tmp_path: Path, base: str, report: str, told: bool) -> None:
    (tmp_path / "r.csv").write_text(f"code,name,base,report\n{A},甲,{base},{report}\n", encoding="utf-8")
    register = read_register(str(tmp_path / "r.csv"))
    assert len(register.entries) == 1
    assert [(f.severity, f.code, f.where) for f in register.findings] == (
        [("warning", "base-not-before-report", "r.csv:2")] if told else []
    )
