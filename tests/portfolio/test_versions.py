"""Several files of one enterprise: the same content once, the later one, or all side by side."""

from __future__ import annotations

import json
import zipfile
from email.message import EmailMessage
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import main
from jwdt_xl.opening.saved import later, saved_time
from jwdt_xl.portfolio.analysis.versions import Version, not_counted

from .returns import CORE, Returns, rewritten, uscc
from .sheets import lines

EXCEL = b"<Properties><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"
OFFICE = b"<Properties><Application>LibreOffice/7.6</Application><AppVersion>15.0000</AppVersion></Properties>"
LIBRARY = b"<Properties><Application>Microsoft Excel</Application><AppVersion>12.0000</AppVersion></Properties>"


@pytest.mark.parametrize(
    ("app", "time", "expected"),
    [
        (EXCEL, "2024-03-01T08:00:00Z", "2024-03-01T08:00:00.000000Z"),
        (OFFICE, "2024-03-01T08:00:00Z", "2024-03-01T08:00:00.000000"),
        (LIBRARY, "2024-03-01T08:00:00Z", "2024-03-01T08:00:00.000000"),
        (b"<damaged", "2024-03-01T08:00:00Z", None),
        (LIBRARY, "2024-03-01T16:00:00+08:00", "2024-03-01T08:00:00.000000Z"),
        (LIBRARY, "2024-03-01T08:00:00", "2024-03-01T08:00:00.000000"),
        (EXCEL, "2024-01-01T00:00:00Z", None),  # of the form it was made from
        (EXCEL, "soon", None),
    ],
)
def test_saved_time(tmp_path: Path, returns: Returns, app: bytes, time: str, expected: str | None) -> None:
    path = rewritten(returns.base, tmp_path / "a.xlsx", {CORE: returns.saved(time), "docProps/app.xml": app})
    with zipfile.ZipFile(path) as file:
        assert saved_time(file) == expected


SURE, DOUBTFUL = "2024-03-0{}T{:02}:00:00Z", "2024-03-0{}T{:02}:00:00"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (SURE.format(1, 9), SURE.format(1, 8), True),
        (SURE.format(1, 8), SURE.format(1, 8), False),
        (DOUBTFUL.format(1, 14), DOUBTFUL.format(1, 8), False),  # six hours: it may be the zone
        (DOUBTFUL.format(1, 22), SURE.format(1, 8), False),
        (DOUBTFUL.format(1, 23), SURE.format(1, 8), True),
        (SURE.format(2, 8), None, False),
        (None, SURE.format(2, 8), False),
    ],
)
def test_later(one: str | None, other: str | None, expected: bool) -> None:
    assert later(one, other) is expected


def version(file: str, content: str, saved: str | None = None, received: str = "") -> Version:
    return Version(file, "X", "2023", content, saved, received, 50.0)


EARLY, LATE, NEXT = DOUBTFUL.format(1, 8), DOUBTFUL.format(1, 14), DOUBTFUL.format(3, 8)
VERSIONS: dict[str, tuple[list[Version], dict[str, str]]] = {
    "the same content": ([version("a", "1", EARLY), version("b", "1", None)], {"b": "duplicate"}),
    "a day later": ([version("a", "1", NEXT), version("b", "2", EARLY)], {"b": "superseded"}),
    "hours later": (
        [version("a", "1", EARLY), version("b(1)", "2", LATE)],
        dict.fromkeys(("a", "b(1)"), "ambiguous-duplicate"),
    ),
    "hours later, by mail": (
        [version("a", "1", LATE, "2024-03-01T01:00:00"), version("b", "2", EARLY, "2024-03-02T01:00:00")],
        {"a": "superseded"},
    ),
    "one by mail": (
        [version("a", "1", EARLY, "2024-03-02T01:00:00"), version("b", "2", LATE)],
        dict.fromkeys("ab", "ambiguous-duplicate"),
    ),
    "no time": ([version("a", "1"), version("b", "2", EARLY)], dict.fromkeys("ab", "ambiguous-duplicate")),
    "an old one beside two unclear ones": (
        [version("a", "1", EARLY), version("b", "2", NEXT), version("c", "3", NEXT)],
        {"a": "superseded", "b": "ambiguous-duplicate", "c": "ambiguous-duplicate"},
    ),
    "the first again, later": (
        [version("a", "1", EARLY), version("b", "2", LATE), version("c", "1", NEXT)],
        {"b": "superseded", "c": "duplicate"},
    ),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_versions(name: str) -> None:
    given, expected = VERSIONS[name]
    found = list(not_counted(given))
    assert {given[left.place].file: left.finding.code for left in found} == expected
    for left in found:
        assert left.skipped == (left.finding.code != "ambiguous-duplicate")
        if left.finding.code == "superseded":  # only what is later is named
            counting = {one.file for one in given} - {given[other.place].file for other in found if other.skipped}
            assert all(other in left.finding.text.zh for other in counting)
            assert not [
                other.file
                for other in given
                if other.file not in counting and f"{other.file}（" in left.finding.text.zh
            ]


def test_a_copy_says_what_becomes_of_the_file_it_is_a_copy_of() -> None:
    """Counted, replaced, or one of several of which the final one is not known: only of the first “counted once” is true."""
    counted = [version("a", "1", EARLY), version("b", "1", EARLY)]
    replaced = [*counted, version("c", "2", NEXT)]
    unclear = [*counted, version("c", "2", LATE)]
    for given, said in (
        (counted, "只计一份"),
        (replaced, "已由更晚的文件取代，两份都不计"),
        (unclear, "两份都不计，处理办法见 a"),
    ):
        [copy] = [left for left in not_counted(given) if left.finding.code == "duplicate"]
        assert said in copy.finding.text.zh and ("只计一份" in copy.finding.text.zh) == (given is counted)
        assert copy.beside == "a" and copy.skipped


def letter(name: str, content: bytes, date: str, sender: str = "王芳 <w@example.org>") -> bytes:
    made = EmailMessage()
    made["From"], made["Date"], made["Subject"] = sender, format_datetime(parsedate_to_datetime(date)), "报送"
    made.set_content("请查收")
    made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_empty_forms_are_skipped(tmp_path: Path, returns: Returns, collect: Any) -> None:
    """As they were sent out; one with a single amount is not empty."""
    inbox = tmp_path / "in"
    returns.write(inbox / "good.xlsx", 1)
    assert main(["template", "--host", "portable", "-o", str(inbox / "blank.xlsx")]) == 0
    (tmp_path / "r.csv").write_text(f"统一社会信用代码,企业名称,报告期\n{uscc(7)},甲,2023\n", encoding="utf-8")
    assert main(["distribute", "--register", str(tmp_path / "r.csv"), "-o", str(inbox / "box")]) == 0
    bare = {"format": "jwdt-assessment/1", "enterprise": {"uscc": uscc(8)}}
    (inbox / "empty.json").write_text(json.dumps(bare), encoding="utf-8")
    (inbox / "some.json").write_text(json.dumps({**bare, "output_value": {"report": 5}}), encoding="utf-8")
    (inbox / "other.json").write_text("{}", encoding="utf-8")
    done = collect(inbox, "-o", tmp_path / "P.xlsx")
    assert {Path(each["file"]).suffix + each["file"][:5] for each in done.out["skipped"]} == {
        ".xlsxblank",
        ".xlsxbox/9",
        ".jsonempty",
    }
    assert all("空白表" in each["reason"] and "不算交回" in each["reason"] for each in done.out["skipped"])
    assert {each["file"] for each in done.out["rejections"]} == {"some.json", "other.json"}


def test_an_empty_form_beside_a_return(tmp_path: Path, returns: Returns, collect: Any) -> None:
    """Nothing is to be done about it; of an enterprise without a return it is to be filled in, and a letter goes out."""
    returns.write(tmp_path / "in" / "good.xlsx", 7)
    for number in (7, 8):
        bare = {"format": "jwdt-assessment/1", "enterprise": {"uscc": uscc(number)}}
        (tmp_path / "in" / f"{number}.json").write_text(json.dumps(bare), encoding="utf-8")
    told = {each["file"]: each["reason"] for each in collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out["skipped"]}
    assert "该企业已另有填报 good.xlsx" in told["7.json"] and "无须处理" in told["7.json"]
    assert "不算交回" in told["8.json"] and "无须处理" not in told["8.json"]


def test_a_later_mail_counts_and_is_listed(tmp_path: Path, returns: Returns, collect: Any) -> None:
    inbox = tmp_path / "in"
    files = [
        returns.write(
            tmp_path / f"{i}.xlsx", 1, factor=1 + i / 100, modified=f"2024-03-01T{15 - 6 * i:02}:00:00Z"
        ).read_bytes()
        for i in range(2)
    ]
    inbox.mkdir()
    (inbox / "first.eml").write_bytes(letter("甲公司 (1).xlsx", files[0], "Fri, 01 Mar 2024 08:00:00 +0800"))
    (inbox / "second.eml").write_bytes(letter("甲公司.xlsx", files[1], "Fri, 01 Mar 2024 09:00:00 +0800"))
    (inbox / "again.xlsx").write_bytes(files[1])
    with zipfile.ZipFile(inbox / "all.zip", "w") as archive:
        archive.writestr("again.xlsx", files[0])
    (inbox / "empty.eml").write_bytes(b"From: a@example.org\r\nSubject: x\r\n\r\nhello")
    out = collect(inbox, "-o", tmp_path / "P.xlsx").out
    assert (out["files"], out["scored"], out["rejected"], out["held"]) == (5, 1, 0, [])
    [result] = out["results"]
    assert result["total"] == pytest.approx(returns.totals[uscc(1)], rel=1e-12)  # of the second
    listed = {line["file"]: line for line in lines(tmp_path / "P.xlsx", "files")}
    assert len(listed) == 5
    line = listed["second.eml/甲公司.xlsx"]
    assert (line["sender"], line["received"]) == ("王芳 <w@example.org>", "2024-03-01T01:00:00")
    assert listed["first.eml/甲公司 (1).xlsx"]["received"] == "2024-03-01T00:00:00"
    assert sum(line["outcome"] == "已评价" for line in listed.values()) == 1
