"""Rejected files have an identity, and close when the corrected one is here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwdt_xl.cli import main
from jwdt_xl.portfolio import run
from jwdt_xl.portfolio.analysis.identity import Expected
from jwdt_xl.portfolio.analysis.rejected import CORRECTED, Dated, Known, Who, closed
from jwdt_xl.portfolio.analysis.versions import SUPERSEDED
from jwdt_xl.portfolio.collection.reading import whose

from .returns import Returns, rewritten, set_cell, uscc
from .sheets import lines

Collect = Callable[..., Any]
A, B = "甲水泥有限公司", "乙水泥有限公司"


def broken(returns: Returns, target: Path, number: int, saved: str = "2024-03-01T08:00:00Z", **cells: Any) -> Path:
    """A return with a text for its output value, which refuses it."""
    whole = returns.write(target.with_suffix(".whole.xlsx"), number, modified=saved)
    fields = returns.layout.fields
    sheet = returns.sheet("enterprise")

    def change(xml: bytes) -> bytes:
        for path, value in {"output_value.report": "约三亿", **cells}.items():
            xml = set_cell(xml, fields[path].cell, value)
        return xml

    rewritten(whole, target, {sheet: change})
    whole.unlink()
    return target


def test_a_rejected_form_says_whose_it_is(tmp_path: Path, returns: Returns, collect: Collect) -> None:
    broken(returns, tmp_path / "in" / "表1.xlsx", 1)
    code, out, _ = collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    [rejection] = out["rejections"]
    assert code == 1 and rejection["uscc"] == uscc(1) and rejection["name"] == "企业000001"
    assert rejection["industry_code"] == "3011" and rejection["region"] == "浙江省湖州市"
    listed = lines(tmp_path / "p.xlsx", "rejected")
    assert {(line["uscc"], line["name"], line["region"], line["outcome"]) for line in listed} == {
        (uscc(1), "企业000001", "浙江省湖州市", "拒绝")
    }
    assert [line["uscc"] for line in lines(tmp_path / "p.xlsx", "files")] == [uscc(1)]


def test_on_the_terminal_too(tmp_path: Path, returns: Returns, capsys: pytest.CaptureFixture[str]) -> None:
    broken(returns, tmp_path / "in" / "表1.xlsx", 1)
    assert main(["collect", str(tmp_path / "in"), "-o", str(tmp_path / "p.xlsx"), "--jobs", "1"]) == 1
    assert f"表1.xlsx (企业000001 {uscc(1)}) 企业信息!" in capsys.readouterr().err


def test_another_guides_form_and_a_wrong_json_say_so(
    tmp_path: Path, returns: Returns, golden: Path, collect: Collect
) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    data["enterprise"] |= {"name": A, "uscc": uscc(1)}
    data["output_value"]["report"] = -1
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps(data), encoding="utf-8")
    guide = tmp_path / "g.toml"
    assert main(["guide", "new", "-o", str(guide)]) == 0
    text = guide.read_text(encoding="utf-8")
    for key, value in (("id", "other"), ("version", "1"), ("name_zh", "另一指南"), ("source_zh", "测试")):
        text = text.replace(f'\n{key} = ""', f'\n{key} = "{value}"', 1)
    guide.write_text(text, encoding="utf-8")
    returns.write(tmp_path / "in" / "b.xlsx", 2)
    _, out, _ = collect(tmp_path / "in", "-o", tmp_path / "p.xlsx", "--guide", guide)
    found = {rejection["file"]: (rejection["uscc"], rejection["name"]) for rejection in out["rejections"]}
    assert found == {"a.json": (uscc(1), A), "b.xlsx": (uscc(2), "企业000002")}


def test_what_cannot_be_read_is_known_by_register_and_file_name(tmp_path: Path, collect: Collect) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / f"{uscc(1)}_甲.xlsx").write_bytes(b"PK\x03\x04 cut short")
    (inbox / f"{uscc(2)}.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    (inbox / "someone.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    register = tmp_path / "r.csv"
    register.write_text(f"name,uscc,region,industry,email\n{A},{uscc(1)},浙江,3011,a@example.cn\n", encoding="utf-8")
    _, out, _ = collect(inbox, "-o", tmp_path / "p.xlsx", "--register", register)
    found = {rejection["file"]: rejection for rejection in out["rejections"]}
    first = found[f"{uscc(1)}_甲.xlsx"]
    assert (first["uscc"], first["name"], first["region"], first["industry_code"]) == (uscc(1), A, "浙江", "3011")
    assert (found[f"{uscc(2)}.xls"]["uscc"], found[f"{uscc(2)}.xls"]["name"]) == (uscc(2), "")
    assert "uscc" not in found["someone.7z"]
    mails = {line["file"]: line["mail"] for line in lines(tmp_path / "p.xlsx", "rejected")}
    assert mails[f"{uscc(1)}_甲.xlsx"] == "a@example.cn" and mails["someone.7z"] in (None, "")


def test_and_by_the_manifest_of_the_outbox(tmp_path: Path, collect: Collect) -> None:
    register = tmp_path / "r.csv"
    register.write_text(f"name,uscc,region\n{A},{uscc(1)},浙江\n", encoding="utf-8")
    assert main(["distribute", "--register", str(register), "-o", str(tmp_path / "out"), "--jobs", "1"]) == 0
    [form] = (tmp_path / "out").glob("*.xlsx")
    form.write_bytes(b"PK\x03\x04 cut short")
    _, out, _ = collect(tmp_path / "out", "-o", tmp_path / "p.xlsx")
    [rejection] = out["rejections"]
    assert (rejection["uscc"], rejection["name"], rejection["region"]) == (uscc(1), A, "浙江")


def test_a_rejection_closes_when_the_corrected_file_is_here(
    tmp_path: Path, returns: Returns, collect: Collect, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "in"
    broken(returns, inbox / "first.xlsx", 1)
    returns.write(inbox / "other.xlsx", 2)
    code, out, _ = collect(inbox, "-o", tmp_path / "p.xlsx")
    assert (code, out["scored"], out["rejected"]) == (1, 1, 1)
    returns.write(inbox / "second.xlsx", 1, modified="2024-03-09T08:00:00Z")
    code, out, err = collect(inbox, "-o", tmp_path / "p.xlsx")
    assert (code, out["files"], out["scored"], out["rejected"]) == (0, 3, 2, 0)
    [skipped] = out["skipped"]
    assert skipped["file"] == "first.xlsx" and "second.xlsx" in skipped["reason"] and skipped["uscc"] == uscc(1)
    assert "跳过 1（已更正 1）" in err
    assert lines(tmp_path / "p.xlsx", "rejected") == []


def test_a_rejected_file_that_is_surely_the_later_stays_open(
    tmp_path: Path, returns: Returns, collect: Collect
) -> None:
    returns.write(tmp_path / "in" / "first.xlsx", 1, modified="2024-03-01T08:00:00Z")
    broken(returns, tmp_path / "in" / "second.xlsx", 1, "2024-03-09T08:00:00Z")
    code, out, _ = collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    assert (code, out["scored"]) == (1, 1) and [r["file"] for r in out["rejections"]] == ["second.xlsx"]


def test_of_several_rejected_ones_the_last_is_open(tmp_path: Path, returns: Returns, collect: Collect) -> None:
    broken(returns, tmp_path / "in" / "first.xlsx", 1, "2024-03-01T08:00:00Z")
    broken(returns, tmp_path / "in" / "second.xlsx", 1, "2024-03-09T08:00:00Z", **{"enterprise.region": "杭州"})
    _, out, err = collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    assert [r["file"] for r in out["rejections"]] == ["second.xlsx"] and "已被取代 1" in err


def test_another_enterprises_return_closes_nothing(tmp_path: Path, returns: Returns, collect: Collect) -> None:
    """B typed A's code and was rejected; A's return is none of B's. B's own closes it."""
    broken(returns, tmp_path / "in" / "b.xlsx", 1, **{"enterprise.name": B})
    returns.write(tmp_path / "in" / "a.xlsx", 1, modified="2024-03-09T08:00:00Z", name=A)
    _, out, _ = collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    assert [r["file"] for r in out["rejections"]] == ["b.xlsx"]
    returns.write(tmp_path / "in" / "b2.xlsx", 2, modified="2024-03-09T08:00:00Z", name=B)
    _, out, _ = collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    assert out["rejections"] == [] and [left["file"] for left in out["skipped"]] == ["b.xlsx"]


def test_a_file_rejected_under_a_former_name_closes_and_says_whose_it_is(
    tmp_path: Path, returns: Returns, collect: Collect
) -> None:
    """Without a code, by what the enterprise was called before; and the other way round, in any order."""
    register = tmp_path / "r.csv"
    register.write_text(f"企业名称,信用代码,曾用名\n{A},{uscc(1)},旧厂；更旧的厂\n{B},{uscc(2)},\n", encoding="utf-8")
    options = ("--register", register, "-o", tmp_path / "p.xlsx")
    inbox = tmp_path / "in"
    broken(returns, inbox / "b.xlsx", 1, **{"enterprise.name": "更旧的厂", "enterprise.uscc": ""})
    _, out, _ = collect(inbox, *options)
    assert [(r["uscc"], r["name"]) for r in out["rejections"]] == [(uscc(1), A)]
    returns.write(inbox / "a.xlsx", 1, modified="2024-03-09T08:00:00Z", name=A)
    code, out, _ = collect(inbox, *options)
    assert (code, out["rejections"], [left["file"] for left in out["skipped"]]) == (0, [], ["b.xlsx"])
    returns.write(inbox / "a.xlsx", 1, modified="2024-03-09T08:00:00Z", name="旧厂")
    broken(returns, inbox / "b.xlsx", 1, **{"enterprise.name": A})
    code, out, _ = collect(inbox, *options)
    assert (code, out["scored"], out["rejections"]) == (0, 1, [])


@pytest.mark.parametrize(
    ("name", "code"), [("旧厂", 1), (" 更旧的厂 ", 1), (A, 1), (B, 2), ("共有的旧名", None), ("本公司", None)]
)
def test_names_that_enterprises_had(name: str, code: int | None) -> None:
    """What another is called now comes first, and what several were called is nobody's."""
    listed = {
        uscc(1): Expected(A, "2024", former=f"旧厂;更旧的厂；{B}、共有的旧名；本公司"),
        uscc(2): Expected(B, "2024", former="共有的旧名"),
    }
    who = Known(listed, {}, {}).who("x.xlsx", {"uscc": "", "name": name})
    assert (who.uscc, who.name) == (("", name) if code is None else (uscc(code), listed[uscc(code)].name))


def test_scans_and_pictures_are_other_files(tmp_path: Path, returns: Returns, collect: Collect) -> None:
    returns.write(tmp_path / "in" / "a.xlsx", 1)
    (tmp_path / "in" / "盖章页.pdf").write_bytes(b"%PDF-1.4\n" + bytes(50))
    (tmp_path / "in" / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(50))
    code, out, err = collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    assert code == 0 and out["rejections"] == [] and "跳过 2（其他文件 2）" in err


REGISTER = {uscc(1): Expected(A, "2024", "浙江", "3011", "a@example.cn"), uscc(2): Expected(B, "2024")}


@pytest.mark.parametrize(
    ("file", "said", "right"),
    [
        ("x.xlsx", {"uscc": uscc(1), "name": A}, (uscc(1), A, "浙江", "a@example.cn")),
        ("x.xlsx", {"uscc": uscc(1), "name": ""}, (uscc(1), A, "浙江", "a@example.cn")),
        ("x.xlsx", {"uscc": uscc(1), "name": "本公司"}, (uscc(1), A, "浙江", "a@example.cn")),
        # the name is right, the code another's, mistyped or missing
        ("x.xlsx", {"uscc": uscc(2), "name": A}, (uscc(1), A, "浙江", "a@example.cn")),
        ("x.xlsx", {"uscc": uscc(1)[:-1], "name": A}, (uscc(1), A, "浙江", "a@example.cn")),
        ("x.xlsx", {"uscc": "", "name": A}, (uscc(1), A, "浙江", "a@example.cn")),
        # nobody in the register
        ("x.xlsx", {"uscc": uscc(1), "name": "丙厂"}, ("", "丙厂", "", "")),
        ("x.xlsx", {"uscc": uscc(3), "name": "丙厂"}, (uscc(3), "丙厂", "", "")),
        ("x.xlsx", {"uscc": "123", "name": "丙厂"}, ("123", "丙厂", "", "")),
        # by the file's name, unless the form says another
        (f"in.zip/{uscc(1)}_甲 (2).xlsx", {}, (uscc(1), A, "浙江", "a@example.cn")),
        (f"{uscc(1).lower()}.xlsx", {}, (uscc(1), A, "浙江", "a@example.cn")),
        (f"{uscc(1)}_甲.xlsx", {"name": B}, (uscc(2), B, "", "")),
        (f"{uscc(1)}_甲.xlsx", {"name": "丙厂"}, ("", "丙厂", "", "")),
        (f"{uscc(1)}0.xlsx", {}, ("", "", "", "")),
        ("SENT.xlsx", {}, (uscc(2), B, "", "")),
        ("x.xlsx", {}, ("", "", "", "")),
    ],
)  # fmt: skip
def test_whose(file: str, said: dict[str, str], right: tuple[str, ...]) -> None:
    who = Known(REGISTER, {"sent.xlsx": uscc(2)}, {}).who(file, said)
    assert (who.uscc, who.name, who.region, who.mail) == right


@pytest.mark.parametrize(
    "odd", [None, "", float("nan"), "x", True, -1, 1e300, [], {"uscc": 1, "name": None}, {"name": ["a"]}]
)
def test_what_says_nothing_sensible(odd: Any) -> None:
    blank = dict.fromkeys(("uscc", "name", "region", "industry_code", "report"), "")
    assert whose(odd) == blank
    assert whose({"enterprise": odd, "periods": odd}) == blank
    assert whose({"enterprise": {"name": "甲\r\n厂" + "x" * 900}})["name"].startswith("甲")
    assert len(whose({"enterprise": {"name": "x" * 900}})["name"]) == 200


TIMES = (None, "2024-03-01T08:00:00Z", "2024-03-05T08:00:00Z", "2024-03-09T08:00:00Z")
dated = st.builds(
    Dated,
    st.uuids().map(str),
    st.builds(Who, st.sampled_from([uscc(1), uscc(2), "", "123"]), st.sampled_from([A, B, "", "本公司"])),
    st.sampled_from(["", "2023", "2024", "2024年"]),
    st.sampled_from(TIMES),
    st.sampled_from(["", "2024-03-02", "2024-03-08"]),
)


@settings(max_examples=400)
@given(st.lists(dated, max_size=6), st.lists(dated, max_size=6), st.randoms())
def test_closing(rejected: list[Dated], scored: list[Dated], draw: Any) -> None:
    """Each at most once, never by another's or an earlier one, and whatever the order."""
    found = dict(closed(rejected, scored))
    mixed = rejected[:]
    draw.shuffle(mixed)
    again = {mixed[place].file: finding for place, finding in closed(mixed, draw.sample(scored, len(scored)))}
    assert again == {rejected[place].file: finding for place, finding in found.items()}
    for place, finding in found.items():
        one = rejected[place]
        by = next(o for o in (*scored, *rejected) if o.file in finding.text.zh)
        assert finding.severity == "info" and finding.code == (CORRECTED if by in scored else SUPERSEDED)
        assert by.who.uscc == one.who.uscc or by.who.name == one.who.name
        assert {one.who.name, by.who.name} != {A, B}
        if one.saved and by.saved:
            assert one.saved <= by.saved
    files = {one.file: place for place, one in enumerate(rejected)}
    for finding in found.values():  # a rejected one is closed by one that stays open, or by one that counts
        if finding.code == SUPERSEDED:
            [by_place] = [place for file, place in files.items() if file in finding.text.zh]
            assert by_place not in found or found[by_place].code == CORRECTED


def test_unranked_have_a_reason_and_are_counted_by_it(
    tmp_path: Path, golden: Path, returns: Returns, collect: Collect
) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    (tmp_path / "in").mkdir()
    for number, change in enumerate(
        ({}, {"output_value": {"base": 64800, "report": None}}, {"not_applicable": {"7": "没有余能"}})
    ):
        one = {**data, **change, "enterprise": {**data["enterprise"], "name": f"厂{number}", "uscc": uscc(number)}}
        (tmp_path / "in" / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
    collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    unranked = [line for line in lines(tmp_path / "p.xlsx", "ranking") if not line["rank"]]
    assert len(unranked) == 2 and all(line["reason"] for line in unranked)
    from python_calamine import CalamineWorkbook

    cells = CalamineWorkbook.from_path(str(tmp_path / "p.xlsx")).get_sheet_by_name("总览").to_python()
    told = {str(row[0]): row[1] for row in cells if str(row[0]).startswith("不排名：")}
    assert told == {"不排名：待评审": 1, "不排名：有缺失项，没有总分": 1}


def test_findings_the_gravest_first_and_information_once(tmp_path: Path, returns: Returns, collect: Collect) -> None:
    for number in range(4):
        returns.write(tmp_path / "in" / f"{number}.xlsx", number)
    _, out, _ = collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    listed = lines(tmp_path / "p.xlsx", "findings")
    order = ["error", "warning", "info"]
    assert [line["severity"] for line in listed] == sorted((line["severity"] for line in listed), key=order.index)
    # nothing is lost: each enterprise's own are all there
    told = {result["file"]: sorted((f["code"], f["where"]) for f in result["findings"]) for result in out["results"]}
    for file, own in told.items():
        assert sorted((line["code"], line["where"]) for line in listed if line["file"] == file) == own
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["检查结果"]
    head = [cell.value for cell in sheet[3]]
    severity, text, among = (head.index(key) for key in ("severity", "text", "among"))
    seen = [row for row in sheet.iter_rows(min_row=5) if not sheet.row_dimensions[row[0].row].hidden]
    notes = [row[text].value for row in seen if row[severity].value == "info"]
    assert notes and len(notes) == len(set(notes)) and {row[among].value for row in seen} <= {None, 4}
    assert len(seen) < len(listed)


def test_the_same_in_any_order_and_round(tmp_path: Path, returns: Returns) -> None:
    """One run over all, and two rounds with a store between them, give the same bytes."""
    inbox = tmp_path / "in"
    broken(returns, inbox / "a.xlsx", 1)
    returns.write(inbox / "c.xlsx", 2)

    def collected(store: str, output: str) -> bytes:
        plan = run.Plan((str(inbox),), str(tmp_path / output), str(tmp_path / store))
        with run.Run(plan) as work:
            list(work.read())
            work.assembled()
            work.write(plan.output)
        return (tmp_path / output).read_bytes()

    collected("one.sqlite", "first.xlsx")
    returns.write(inbox / "b.xlsx", 1, modified="2024-03-09T08:00:00Z")
    assert collected("one.sqlite", "second.xlsx") == collected("two.sqlite", "third.xlsx")
