"""From returned files to a portfolio and back to the enterprises."""

from __future__ import annotations

import copy
import csv
import datetime
import json
import math
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlsxwriter

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.cli import main
from jwdt_xl.portfolio.analysis import industry, matrix
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.scoring import ranks
from jwdt_xl.workbook import write as write_workbook
from jwdt_xl.workbook.layout import Layout

from .returns import Returns, uscc
from .sheets import formulas, lines


def test_every_file_is_accounted_for_and_ranked(tmp_path: Path, returns: Returns, golden: Path, collect) -> None:
    inbox = tmp_path / "in"
    for i in range(8):
        returns.write(inbox / "sub" / f"{i}.xlsx", i)
    returns.write(inbox / "same.xlsx", 8, factor=1.0)
    returns.write(inbox / "same2.xlsx", 9, factor=1.0)
    with zipfile.ZipFile(inbox / "more.zip", "w") as archive:
        archive.writestr("../a.xlsx", returns.write(tmp_path / "spare.xlsx", 10).read_bytes())
    (inbox / "~$0.xlsx").write_bytes(b"lock")
    (inbox / ".hidden.xlsx").write_bytes(b"")
    (inbox / "empty.xlsx").write_bytes(b"")
    (inbox / "missing.json").write_bytes((golden / "example_na_and_missing.json").read_bytes())
    code, out, err = collect(inbox, "-o", tmp_path / "P.xlsx", "--jobs", "2")
    assert code == 1
    assert (out["files"], out["scored"], out["rejected"]) == (13, 12, 1)
    assert "读取 13 个文件 = 已评价 12 + 拒绝 1" in err
    assert out["rejections"] == [{"file": "empty.xlsx", "reason": out["rejections"][0]["reason"]}]
    assert "0 字节" in out["rejections"][0]["reason"]
    totals = [result["total"] for result in out["results"]]
    assert [result["rank"] for result in out["results"]] == ranks(totals)
    by_file = {result["file"]: result for result in out["results"]}
    assert by_file["same.xlsx"]["rank"] == by_file["same2.xlsx"]["rank"]
    assert by_file["missing.json"]["rank"] is None and by_file["missing.json"]["total"] is None
    assert by_file["more.zip/../a.xlsx"]["uscc"] == uscc(10)
    ranking = lines(tmp_path / "P.xlsx", "ranking")
    assert [line["rank"] for line in ranking[:-1]] == sorted(
        result["rank"] for result in out["results"] if result["rank"]
    )
    assert ranking[-1]["rank"] is None and ranking[-1]["so_far"] > 0
    assert all(line["rank_low"] <= line["rank"] <= line["rank_high"] for line in ranking[:-1])
    for line in ranking[:-1]:
        assert line["total"] == pytest.approx(by_file[line["file"]]["total"], rel=1e-12)
    assert formulas(tmp_path / "P.xlsx") == []
    assert not {finding["code"] for result in out["results"] for finding in result["findings"]} & {
        "stale-cache",
        "result-typed-over",
        "formula-changed",
    }


def test_no_rank_reversal_when_an_enterprise_leaves(tmp_path: Path, returns: Returns, collect) -> None:
    for i in range(5):
        returns.write(tmp_path / "in" / f"{i}.xlsx", i)
    before = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out["results"]
    left = max(before, key=lambda result: result["total"])["file"]
    (tmp_path / "in" / left).unlink()
    after = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out["results"]
    order = [r["file"] for r in sorted(before, key=lambda r: r["rank"]) if r["file"] != left]
    assert [r["file"] for r in sorted(after, key=lambda r: r["rank"])] == order


def test_what_the_guide_excludes_has_neither_rank_nor_grade(tmp_path: Path, golden: Path, collect) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    (tmp_path / "in").mkdir()
    for i in range(6):
        data["enterprise"]["uscc"] = uscc(i)
        data["policy"]["elimination_list"] = i == 1
        (tmp_path / "in" / f"{i}.json").write_text(json.dumps(data), encoding="utf-8")
    out = collect(tmp_path / "in", "--guide", "cement", "-o", tmp_path / "P.xlsx").out
    by_file = {result["file"]: result for result in out["results"]}
    assert [by_file[f"{i}.json"]["rank"] for i in range(6)] == [1, None, 1, 1, 1, 1]
    assert by_file["1.json"]["total"] > 0
    assert "excluded" in {finding["code"] for finding in by_file["1.json"]["findings"]}
    ranking = {line["file"]: line for line in lines(tmp_path / "P.xlsx", "ranking")}
    assert ranking["0.json"]["grade"] and not ranking["1.json"]["grade"]
    # of six enterprises five are ranked: the sixth has no place among them
    assert main(["feedback", str(tmp_path / "P.xlsx"), "-o", str(tmp_path / "fb"), "--guide", "cement"]) == 0
    heads = {}
    for path in (tmp_path / "fb").glob("*.xlsx"):
        sheet = openpyxl.load_workbook(path).worksheets[0]
        heads[path.name[:18]] = {row[1].value for row in sheet.iter_rows(max_row=12) if row[1].value}
    assert all("名次（共 5 家）" in heads[uscc(i)] for i in range(6) if i != 1)
    assert "按指南排除，未排名" in heads[uscc(1)]
    assert not [head for head in heads[uscc(1)] if head.startswith(("名次", "百分位"))]


def test_duplicates(tmp_path: Path, returns: Returns, collect) -> None:
    inbox = tmp_path / "in"
    for name, number, time, factor in (
        ("old", 1, "2024-03-01T08:00:00Z", 1.01),
        ("new", 1, "2024-03-02T17:00:00+08:00", 1.02),
        ("equal1", 2, "2024-03-01T08:00:00Z", 1.01),
        ("equal2", 2, "2024-03-01T08:00:00Z", 1.02),
        ("none", 3, None, 1.01),
        ("some", 3, "2024-03-01T08:00:00Z", 1.02),
        ("same1", 4, "2024-03-01T08:00:00Z", 1.01),
        ("same2", 4, None, 1.01),
    ):
        returns.write(inbox / f"{name}.xlsx", number, modified=time, factor=factor)
    out = collect(inbox, "-o", tmp_path / "P.xlsx").out
    assert sorted(result["file"] for result in out["results"]) == ["new.xlsx", "same1.xlsx"]
    skipped = {r["file"]: r["reason"] for r in out["skipped"]}
    assert set(skipped) == {"old.xlsx", "same2.xlsx"}
    assert "new.xlsx" in skipped["old.xlsx"] and "same1.xlsx" in skipped["same2.xlsx"]
    reasons = {r["file"]: r["reason"] for r in out["rejections"]}
    assert "equal2.xlsx" in reasons["equal1.xlsx"] and "equal1.xlsx" in reasons["equal2.xlsx"]
    assert "some.xlsx" in reasons["none.xlsx"] and "none.xlsx" in reasons["some.xlsx"]
    assert "总分" in reasons["equal1.xlsx"]
    listed = [line["file"] for line in lines(tmp_path / "P.xlsx", "rejected")]
    assert set(listed) == set(reasons)
    assert abs(listed.index("equal1.xlsx") - listed.index("equal2.xlsx")) == 1  # side by side
    assert abs(listed.index("none.xlsx") - listed.index("some.xlsx")) == 1


def test_a_second_run_reads_only_what_changed(
    tmp_path: Path, returns: Returns, collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(4):
        returns.write(tmp_path / "in" / f"{i}.xlsx", i)
    first = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out
    content = (tmp_path / "P.xlsx").read_bytes()
    from jwdt_xl.portfolio.collection import collect as module

    given: list[str] = []
    start = module.Local.start
    monkeypatch.setattr(
        module.Local, "start", lambda self, jobs: given.extend(j.source.name for j in jobs) or start(self, jobs)
    )
    assert collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out == first
    assert given == []
    assert (tmp_path / "P.xlsx").read_bytes() == content
    returns.write(tmp_path / "in" / "2.xlsx", 2, factor=1.07)
    assert collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out != first
    assert given == ["2.xlsx"]


def test_the_industry_is_evaluated_on_its_sums(tmp_path: Path, returns: Returns, golden: Path, collect) -> None:
    """Two equal enterprises are, as one entity, what each of them is."""
    for i in range(2):
        returns.write(tmp_path / "in" / f"{i}.xlsx", i, factor=1.0)
    result = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out["results"][0]
    sums = lines(tmp_path / "P.xlsx", "industry")
    assert sums[-1]["score"] == pytest.approx(result["total"], rel=1e-9)
    emissions = next(line for line in sums if line["what"].startswith("碳排放 "))
    one = evaluate(json.loads((golden / "example_cement.json").read_text(encoding="utf-8")))
    assert emissions["report"] == pytest.approx(2 * one.quantities.co2e.report, rel=1e-12)
    assert emissions["n"] == 2
    assert industry.entities(builtin(), []) == []


def test_feedback(tmp_path: Path, returns: Returns, collect) -> None:
    for i in range(6):
        returns.write(tmp_path / "in" / f"{i}.xlsx", i, name="=1+1" if i == 0 else "../x" if i == 1 else "")
    (tmp_path / "in" / "bad.xlsx").write_bytes(b"bad")
    out = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out
    assert main(["feedback", str(tmp_path / "P.xlsx"), "-o", str(tmp_path / "fb")]) == 0
    with open(tmp_path / "fb" / "manifest.csv", encoding="utf-8-sig", newline="") as file:
        listed = {line["file"]: line for line in csv.DictReader(file)}
    assert set(listed) == {result["file"] for result in out["results"]}
    assert "bad.xlsx" in (tmp_path / "fb" / "rejected.csv").read_text(encoding="utf-8-sig")
    for result in out["results"]:
        path = tmp_path / "fb" / listed[result["file"]]["result"]
        sheet = openpyxl.load_workbook(path).worksheets[0]
        shown = {row[1].value: row[2].value for row in sheet.iter_rows(max_row=12) if row[1].value}
        assert shown["总分"] == pytest.approx(result["total"], rel=1e-12)
        assert shown["名次（共 6 家）"] == result["rank"]
        assert formulas(path) == []
        texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]
        assert all(finding["text"] in texts for finding in result["findings"])


def test_few_enterprises_are_not_told_about_each_other(tmp_path: Path, returns: Returns, collect) -> None:
    for i in range(4):
        returns.write(tmp_path / "in" / f"{i}.xlsx", i)
    collect(tmp_path / "in", "-o", tmp_path / "P.xlsx", "--lang", "en")
    assert main(["feedback", str(tmp_path / "P.xlsx"), "-o", str(tmp_path / "fb")]) == 0
    for path in (tmp_path / "fb").glob("*.xlsx"):
        cells = [
            c
            for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
            for c in row
            if isinstance(c, str)
        ]
        assert "enterprise" in cells
        assert not [cell for cell in cells if "rank" in cell or "percentile" in cell or "totals of all" in cell]


def test_feedback_wants_a_portfolio(tmp_path: Path, returns: Returns, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", str(returns.base), "-o", str(tmp_path / "fb")]) == 1
    assert "不是 jwdt collect 生成的汇总工作簿" in capsys.readouterr().err


def test_a_review_keeps_both_results(tmp_path: Path, golden: Path, collect) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for name in ("not_applicable", "cement"):
        (inbox / f"{name}.json").write_bytes((golden / f"example_{name}.json").read_bytes())
    data = {
        name: json.loads((inbox / f"{name}.json").read_text(encoding="utf-8")) for name in ("not_applicable", "cement")
    }
    code = next(iter(data["not_applicable"]["not_applicable"]))
    review = tmp_path / "review.csv"
    review.write_text(
        "信用代码,项目,决定,更正值,理由,评审人,日期\n"
        f"{data['not_applicable']['enterprise']['uscc']},{code},否定,,证明不足,张三,2024-05-01\n"
        f"{data['cement']['enterprise']['uscc']},product.output.report,更正,1900000,抄表有误,张三,2024-05-01\n"
        "91330500MA2B2C3D99,1,批准,,x,张三,2024-05-01\n",
        encoding="utf-8",
    )
    before = {r["file"]: r["total"] for r in collect(inbox, "-o", tmp_path / "P.xlsx").out["results"]}
    done = collect(inbox, "-o", tmp_path / "P.xlsx", "--review", review)
    after = {r["file"]: r["total"] for r in done.out["results"]}
    assert done.code == 1 and "review.csv:4" in done.err
    data["cement"]["product"]["output"]["report"] = 1900000
    assert after["cement.json"] == pytest.approx(evaluate(data["cement"]).total, rel=1e-12)
    del data["not_applicable"]["not_applicable"][code]
    assert after["not_applicable.json"] == evaluate(data["not_applicable"]).total
    shown = {line["file"]: line for line in lines(tmp_path / "P.xlsx", "ranking")}
    assert shown["cement.json"]["total_own"] == pytest.approx(before["cement.json"], rel=1e-12)
    # before the review the sheet lists what is to be decided, after it both results
    collect(inbox, "-o", tmp_path / "Q.xlsx")
    [undecided, *_] = lines(tmp_path / "Q.xlsx", "reviews")
    assert (undecided["field"], undecided["decision"]) == (f"not_applicable.{code}", None)
    assert undecided["state"] == "尚未评审"
    reviews = lines(tmp_path / "P.xlsx", "reviews")
    assert not [line for line in reviews if line["field"] == f"not_applicable.{code}"]
    assert {(line["file"], line["total_own"] is None) for line in shown.values()} == {
        ("cement.json", False), ("not_applicable.json", False)
    }  # fmt: skip
    assert {(line["own"], line["value"], line["verifier"]) for line in reviews if line["decision"] == "correct"} == {
        ("1920000", "1900000", "张三")
    }


def test_a_review_kept_in_excel(tmp_path: Path, golden: Path, collect) -> None:
    """With a title above the headings, a real date and a real number."""
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps(data), encoding="utf-8")
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "2024 年评审表")
        sheet.write_row(1, 0, ["统一社会信用代码", "项目", "决定", "更正值", "理由", "评审人", "日期"])
        sheet.write_row(2, 0, [data["enterprise"]["uscc"], "energy[0].report", "更正", 180000.5, "台账", "张三"])
        sheet.write_datetime(2, 6, datetime.datetime(2024, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    [result] = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx", "--review", tmp_path / "r.xlsx").out["results"]
    data["energy"][0]["report"] = 180000.5
    assert result["total"] == pytest.approx(evaluate(data).total, rel=1e-12)
    [line] = lines(tmp_path / "P.xlsx", "reviews")
    assert (line["value"], line["date"][:10], line["state"]) == ("180000.5", "2024-05-01", "已采用")


def test_a_line_of_a_review_that_cannot_be_used_is_told(tmp_path: Path, golden: Path, collect) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "r.csv").write_text(
        "uscc,field,decision,value,reason,verifier,date\n"
        f"{data['enterprise']['uscc']},energy[99].report,correct,5,x,y,2024-05-01\n",
        encoding="utf-8",
    )
    done = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx", "--review", tmp_path / "r.csv")
    assert done.code == 1 and "r.csv:2" in done.err and "energy[99].report" in done.err
    [result] = done.out["results"]
    assert result["total"] == evaluate(data).total  # the enterprise's own stands


HEAD = "信用代码,项目,决定,更正值,理由,评审人,日期\n"


def reviewed(tmp_path: Path, data: Any, collect: Any, *lines_: str, workbook: bool = False) -> tuple[Any, list[Any]]:
    """The run with a review of these lines about one return, and what its sheet says of them."""
    (tmp_path / "in").mkdir()
    if workbook:
        write_workbook(tmp_path / "in" / "a.xlsx", assessment=read(data))
    else:
        (tmp_path / "in" / "a.json").write_text(json.dumps(data), encoding="utf-8")
    text = HEAD + "".join(f"{data['enterprise']['uscc']},{line}\n" for line in lines_)
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    done = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx", "--review", tmp_path / "r.csv")
    return done, lines(tmp_path / "P.xlsx", "reviews")


@pytest.fixture
def cement(golden: Path) -> Any:
    return json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))


def test_a_corrected_answer_is_said_as_in_a_form(tmp_path: Path, cement: Any, collect: Any) -> None:
    """By the words of the form, by what people tick, and where the enterprise had left it blank; another word is refused."""
    policy, management = cement["policy"], cement["management"]
    del policy["recommended"]
    done, shown = reviewed(
        tmp_path, cement, collect,
        "policy.recommended,更正,部分,现场核查,张三,2024-05-01",
        "management.effective,更正,×,无内审记录,张三,2024-05-01",
        "management.established,更正,大概,现场核查,张三,2024-05-01",
        "policy.elimination_list,更正,1,现场核查,张三,2024-05-01",
    )  # fmt: skip
    assert [line["state"] == "已采用" for line in shown] == [True, True, False, False]
    assert "大概" in shown[2]["state"] and "是" in shown[2]["state"]
    policy["recommended"], management["effective"] = "partly", False
    assert done.out["results"][0]["total"] == pytest.approx(evaluate(cement).total, rel=1e-12)


def test_a_line_that_cannot_be_evaluated_costs_itself_only(tmp_path: Path, cement: Any, collect: Any) -> None:
    """A valid line counts whatever the others say, and no line is called used that is not."""
    done, shown = reviewed(
        tmp_path, cement, collect,
        "energy[0].report,更正,-5,抄表有误,张三,2024-05-01",
        "product.output.report,更正,1900000,抄表有误,张三,2024-05-01",
        "output_value.report,更正,一百,抄表有误,张三,2024-05-01",
    )  # fmt: skip
    assert done.code == 1 and "r.csv:2" in done.err and "r.csv:4" in done.err and "r.csv:3" not in done.err
    states = [line["state"] for line in shown]
    assert states[1] == "已采用" and states[0].startswith("此行未采用：不能为负") and "须为数字" in states[2]
    cement["product"]["output"]["report"] = 1900000
    [result] = done.out["results"]
    assert result["total"] == pytest.approx(evaluate(cement).total, rel=1e-12)
    assert [line["total"] for line in shown if line["state"] == "已采用"] == [pytest.approx(result["total"])]
    assert all(line["total_own"] != result["total"] for line in shown)


def test_of_two_corrections_of_one_cell_the_later_line_counts(tmp_path: Path, cement: Any, collect: Any) -> None:
    """Each by its own way of naming it; the earlier one says so and is not called used; the same twice is no matter."""
    done, shown = reviewed(
        tmp_path, cement, collect,
        "企业信息!B21,更正,1800000,抄表,张三,2024-05-01", "product.output.report,更正,1900000,抄表,李四,2024-05-02",
        "energy[0].report,更正,180000,台账,张三,2024-05-01", "energy[0].report,更正,180000,台账,李四,2024-05-02",
        "materials[0].report,更正,5,台账,张三,2024-05-01", "materials[0].report,更正,-5,台账,李四,2024-05-02",
        workbook=True,
    )  # fmt: skip
    states = [line["state"] for line in shown]
    assert done.code == 1 and states[0].startswith("此行未采用：r.csv:3 ") and "r.csv:2:" in done.err
    assert states[1:5] == ["已采用"] * 4 and "不能为负" in states[5]
    assert [line["own"] for line in shown][:4] == ["1920000", "1920000", "192500", "192500"]
    cement["product"]["output"]["report"], cement["energy"][0]["report"] = 1900000, 180000
    cement["materials"][0]["report"] = 5
    [result] = done.out["results"]
    assert result["total"] == pytest.approx(evaluate(cement).total, rel=1e-12)


@pytest.mark.parametrize(
    ("date", "used"),
    [("昨天", False), ("5 月", False), ("3", False), ("2024.5.1", True), ("２０２４年５月１日", True), ("20240501", True), ("May 1, 2024", True), ("45413", True)],
)  # fmt: skip
def test_a_date_that_is_none_is_told(tmp_path: Path, cement: Any, collect: Any, date: str, used: bool) -> None:
    line = f'energy[0].report,更正,180000,台账,张三,"{date}"'
    done, [shown] = reviewed(tmp_path, cement, collect, line)
    assert ("日期" in shown["state"], "r.csv:2" in done.err) == (not used, not used)


def test_an_error_that_is_not_approved_stays_held_back_and_its_line_is_used(
    tmp_path: Path, cement: Any, collect: Any
) -> None:
    cement["periods"] = {"base": "2023", "report": "2022"}
    done, shown = reviewed(tmp_path, cement, collect, "base-after-report,否定,,两期确实填反,张三,2024-05-01")
    [result] = done.out["results"]
    assert result["quarantined"] and [line["state"] for line in shown] == ["已采用"] and "r.csv" not in done.err


def test_lines_about_files_that_count_for_nobody_are_told(tmp_path: Path, cement: Any, collect: Any) -> None:
    """Two files of one enterprise of which none counts: a line about them was neither used nor refused, in silence."""
    (tmp_path / "in").mkdir()
    for name, by in (("a", 1.0), ("b", 1.1)):
        one = copy.deepcopy(cement)
        one["energy"][0]["report"] *= by
        (tmp_path / "in" / f"{name}.json").write_text(json.dumps(one), encoding="utf-8")
    line = f"{cement['enterprise']['uscc']},energy[99].report,更正,5,台账,张三,2024-05-01\n"
    (tmp_path / "r.csv").write_text(HEAD + line, encoding="utf-8")
    done = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx", "--review", tmp_path / "r.csv")
    assert done.err.count("r.csv:2") == 1 and "此行未采用" in done.err and done.out["rejected"] == 2
    [shown] = lines(tmp_path / "P.xlsx", "reviews")
    assert shown["state"].startswith("r.csv:2: ")


def test_a_line_without_a_date_is_told_and_the_run_goes_on(tmp_path: Path, cement: Any, collect: Any) -> None:
    done, shown = reviewed(
        tmp_path, cement, collect,
        "energy[0].report,更正,180000,台账,张三,",
        "energy[0].base,更正,190000,台账,张三,2024-05-01",
        "1,也许,,,张三,2024-05-01",
    )  # fmt: skip
    assert done.code == 1 and "r.csv:2" in done.err and "日期" in done.err and "r.csv:4" in done.err
    cement["energy"][0]["base"] = 190000
    [result] = done.out["results"]
    assert result["total"] == pytest.approx(evaluate(cement).total, rel=1e-12)
    assert [line["field"] for line in shown] == ["energy[0].base", "r.csv:2", "r.csv:4"]
    assert shown[0]["state"] == "已采用" and all("此行未采用" in line["state"] for line in shown[1:])


@pytest.mark.parametrize("written", ["{s}!{c}{r}", "'{s}'!{c}{r}", "{s}！{c}{r}", " {s}!${c}${r}", "{s}!{low}{r}"])
def test_a_line_names_a_cell_as_findings_print_it(tmp_path: Path, cement: Any, collect: Any, written: str) -> None:
    """The path of the same value is found by the workbook's own layout; another line of it takes a path."""
    sheet, _, cell = Layout(builtin(), "portable", "zh").where("pollutants[1].report").partition("!")
    near = cement["pollutants"][1]["report"] * 1.01
    place = written.format(s=sheet, c=cell[0], low=cell[0].lower(), r=cell[1:])
    done, shown = reviewed(
        tmp_path, cement, collect,
        f"{place},更正,{near},台账,张三,2024-05-01",
        "product.output.report,更正,1900000,抄表有误,张三,2024-05-01",
        "企业信息!Z99,更正,1,没有此格,张三,2024-05-01",
        workbook=True,
    )  # fmt: skip
    assert [line["state"] for line in shown][:2] == ["已采用"] * 2 and "没有字段" in shown[2]["state"]
    cement["pollutants"][1]["report"] = near
    cement["product"]["output"]["report"] = 1900000
    [result] = done.out["results"]
    assert result["total"] == pytest.approx(evaluate(cement).total, rel=1e-12)


def test_lines_that_fit_together_only_are_used_together(tmp_path: Path, cement: Any, collect: Any) -> None:
    """Labels of both periods changed: by itself the first would make the base the report period."""
    done, shown = reviewed(
        tmp_path, cement, collect,
        "periods.base,更正,2023,贴错,张三,2024-05-01",
        "periods.report,更正,2024,贴错,张三,2024-05-01",
    )  # fmt: skip
    assert [line["state"] for line in shown] == ["已采用"] * 2, done.err


def test_the_table(tmp_path: Path, returns: Returns, collect) -> None:
    pytest.importorskip("pyarrow")
    import pandas

    for i in range(3):
        returns.write(tmp_path / "in" / f"{i}.xlsx", i)
    out = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx", "--table", tmp_path / "P.parquet").out
    frame = pandas.read_parquet(tmp_path / "P.parquet")
    assert dict(zip(frame["file"], frame["total"], strict=True)) == {r["file"]: r["total"] for r in out["results"]}


def test_above_the_row_limit_the_sheet_says_where_the_rest_is(tmp_path: Path, returns: Returns) -> None:
    from jwdt_xl.portfolio import run
    from jwdt_xl.portfolio.book import portfolio, sheet

    for i in range(6):
        returns.write(tmp_path / "in" / f"{i}.xlsx", i)
    with run.Run(run.Plan((str(tmp_path / "in"),), str(tmp_path / "P.xlsx"), str(tmp_path / "s.sqlite"))) as work:
        list(work.read())
        group = work.assembled()
        portfolio.write(str(tmp_path / "P.xlsx"), group, work._store.get, rows=sheet.FIRST + 4)
    assert len(lines(tmp_path / "P.xlsx", "ranking")) == 4
    overview = [str(row[0].value) for row in openpyxl.load_workbook(tmp_path / "P.xlsx")["总览"].iter_rows()]
    assert "工作表“排名”放不下的 2 行见 jwdt collect --table" in overview
    assert any(text.startswith("工作表“检查结果”放不下的 ") and "--json" in text for text in overview)
    book = openpyxl.load_workbook(tmp_path / "P.xlsx", read_only=True)
    assert "其余 2 家" in str(book["排名"].cell(sheet.KEYS, 1).value)


def test_matrix_scores_are_the_engines(golden: Path) -> None:
    guide = builtin()
    result = evaluate(json.loads((golden / "example_cement.json").read_text(encoding="utf-8")))
    values = np.array([[i.value for i in result.indicators]] * 3, dtype=float)
    benchmarks = [i.benchmark.value if i.benchmark else math.nan for i in result.indicators]
    scores = matrix.score_matrix(values, benchmarks, matrix.attributes_of(guide))
    total = matrix.totals(scores, np.array(guide.weights))
    assert total == pytest.approx([result.total] * 3, rel=1e-12)


def test_rank_intervals_are_seeded_and_hold_the_rank() -> None:
    rng = np.random.default_rng(3)
    scores, weights = rng.uniform(0, 100, (50, 9)), np.tile(np.array(builtin().weights), (50, 1))
    low, high = matrix.rank_intervals(scores, weights, draws=200)
    again = matrix.rank_intervals(scores, weights, draws=200)
    assert (low == again[0]).all() and (high == again[1]).all()
    assert (low <= high).all() and low.min() == 1 and high.max() == 50
    total = matrix.totals(scores, weights)
    rank = matrix.ranks(total)
    assert ((low <= rank) & (rank <= high)).mean() > 0.95
    assert rank.tolist() == ranks(total.tolist())


def test_rank_intervals_take_little_memory_and_are_those_of_all_draws_at_once() -> None:
    """Worked out in one piece here, whatever pieces the engine takes; weights of one guide need not be held by each."""
    rng = np.random.default_rng(5)
    scores, weights = rng.uniform(0, 100, (5000, 9)), np.array(builtin().weights)
    tracemalloc.start()
    low, high = matrix.rank_intervals(scores, np.broadcast_to(weights, scores.shape), draws=70)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 600 * len(scores)
    factors = np.random.default_rng(matrix.SEED).uniform(1 - matrix.SPREAD, 1 + matrix.SPREAD, (70, 9))
    drawn = np.sort([matrix.ranks((scores * weights) @ factor / (weights @ factor)) for factor in factors], axis=0)
    assert (low == drawn[3]).all() and (high == drawn[-4]).all()
