"""Forms filled in from last year: by the return that counted, and by none where that is not known."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import main
from jwdt_xl.portfolio import read_file
from jwdt_xl.portfolio.collection.intake import cells_of

from . import campaigns
from .campaigns import Firm, firms, guide_of
from .returns import uscc

NAMES = [firm.name for firm in firms(9)]
GUIDE = "cement"  # of every third of them
Put = Callable[..., dict[str, Any]]


def data_of(firm: Firm, golden: Path, **more: Any) -> dict[str, Any]:
    """All of them are cement works here."""
    return campaigns.data_of(firm._replace(guide=GUIDE), golden, **more)


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def made_new(home: Path, listed: list[tuple[int, str, str]], period: str, previous: str = "") -> Path:
    rows = "".join(f"{uscc(number)},{name},{guide}\n" for number, name, guide in listed)
    source = home.parent / f"{home.name}.csv"
    source.write_text("信用代码,企业名称,指南\n" + rows, encoding="utf-8")
    by = [part for name in ("cement", "paper") for part in ("--guide", name)]
    assert call("campaign", "new", home, "--register", source, "--period", period, *by) == 0
    path = home / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count('previous = ""') == 1
    path.write_text(text.replace('previous = ""', f'previous = "{previous}"'), encoding="utf-8")
    return home


@pytest.fixture
def put(tmp_path: Path, golden: Path) -> Put:
    def put(file: str, number: int, output: float = 1_900_000, **more: Any) -> dict[str, Any]:
        firm = firms(9)[number - 1]
        data = data_of(firm, golden, **more)
        data["product"]["output"]["report"] = output
        path = tmp_path / "Y1" / "inbox" / file
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return data

    return put


def base_of(home: Path, number: int) -> tuple[float | None, str]:
    """The base output in a form that was sent, and its base period."""
    [path] = (home / "outbox").rglob(f"{uscc(number)}*.xlsx")
    reading = read_file(path, guide_of(path.parent.name.removesuffix("-demo")))
    assert reading.assessment is not None
    return reading.assessment.product.output.base, reading.assessment.periods.base


def test_a_campaign_goes_on_from_what_counted_last_year(
    tmp_path: Path, put: Put, golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Replaced, held-back, other-period, renamed and re-guided ones; in archives too."""
    last = made_new(tmp_path / "Y1", [(n, NAMES[n - 1], GUIDE) for n in range(1, 9)], "2024")
    put("1.json", 1, 1_000_000)
    assert call("campaign", "collect", last, "--jobs", 1) == 0
    put("1 (1).json", 1, 1_111_111)  # the corrected one
    put("2.json", 2, 1_222_222)
    with zipfile.ZipFile(last / "inbox" / "bag.zip", "w") as packed:
        packed.write(last / "inbox" / "2.json", "x/2.json")
    (last / "inbox" / "2.json").unlink()
    energy = data_of(firms(9)[2], golden)["energy"]
    energy[0]["report"] *= 1000
    put("3.json", 3, 1_333_333, energy=energy)  # held back for review
    put("4.json", 4, 1_444_444, periods={"base": "2022", "report": "2023"})
    put("5.json", 5, 1_555_555)
    put("6.json", 6, 1_666_666)
    put("=7.json", 7, 1_777_777)
    now = made_new(
        tmp_path / "Y2",
        [*((n, NAMES[n - 1], GUIDE) for n in (1, 2, 3, 4, 7, 9)), (5, "另一名称有限公司", GUIDE), (6, NAMES[5], "paper")],
        "2025", "../Y1",
    )  # fmt: skip
    capsys.readouterr()
    assert call("campaign", "send", now, "--jobs", 1) != 0
    assert "jwdt campaign close" in capsys.readouterr().err and not list((now / "outbox").rglob("*.xlsx"))
    call("campaign", "close", last, "--jobs", 1)
    with open(last / "results" / "returns.csv", encoding="utf-8-sig", newline="") as file:
        listed = {line["uscc"]: line for line in csv.DictReader(file)}
    assert (
        listed[uscc(4)]["state"] == "rejected"
        and listed[uscc(3)]["state"] == "review"
        and listed[uscc(1)]["state"] == "ranked"
    )
    capsys.readouterr()
    assert call("campaign", "send", now, "--jobs", 1) == 0
    said = capsys.readouterr().err
    assert {number: base_of(now, number) for number in (1, 2, 3, 4, 5, 6, 7, 9)} == {
        1: (1_111_111, "2024"), 2: (1_222_222, "2024"), 7: (1_777_777, "2024"),
        **{number: (None, "2024") for number in (3, 4, 5, 6, 9)},
    }  # fmt: skip
    assert "其中 3 份以上年数据预填" in said
    for words in ("仍待评审", "另一名称有限公司", "今年按 paper-demo"):
        assert len([line for line in said.splitlines() if words in line]) == 1, words


def test_a_return_changed_since_it_counted_fills_in_nothing(
    tmp_path: Path, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    last = made_new(tmp_path / "Y1", [(n, NAMES[n - 1], GUIDE) for n in (1, 2)], "2024")
    for number in (1, 2):
        put(f"{number}.json", number)
    assert call("campaign", "close", last, "--jobs", 1) == 0
    put("1.json", 1, 5)
    now = made_new(tmp_path / "Y2", [(n, NAMES[n - 1], GUIDE) for n in (1, 2)], "2025", "../Y1")
    capsys.readouterr()
    assert call("campaign", "send", now, "--jobs", 1) == 0
    said = capsys.readouterr().err
    assert (base_of(now, 1)[0], base_of(now, 2)[0]) == (None, 1_900_000)
    assert "1.json" in said and "与清单不符" in said
    (last / "results" / "returns.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert call("campaign", "send", now, "--jobs", 1, "--force") != 0
    assert "不是本程序写的计入的填报清单" in capsys.readouterr().err


def test_of_several_files_in_a_folder_none_is_taken_at_random(
    tmp_path: Path, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was the first by name: a return that had been replaced, with its slip by 1,000."""
    (tmp_path / "Y1" / "inbox").mkdir(parents=True)
    put("a.json", 1, 1_000)
    put("b.json", 1, 1_000_000)
    put("c.json", 2, 2_000_000)
    put("d.json", 2, 2_000_000)  # the same again
    rows = "".join(f"{uscc(number)},{NAMES[number - 1]},2025\n" for number in (1, 2))
    (tmp_path / "r.csv").write_text("信用代码,企业名称,报告期\n" + rows, encoding="utf-8")
    order = ["distribute", "--register", tmp_path / "r.csv", "-o", tmp_path / "o" / "outbox" / "cement-demo", "--guide"]
    assert call(*order, GUIDE, "--previous", tmp_path / "Y1" / "inbox", "--jobs", 1) == 0
    said = capsys.readouterr().err
    assert base_of(tmp_path / "o", 1)[0] is None and base_of(tmp_path / "o", 2)[0] == 2_000_000
    [line] = [line for line in said.splitlines() if "不知道哪一份是最终版" in line]
    assert "a.json" in line and "b.json" in line


def test_what_a_reviewer_corrected_does_not_come_back(
    tmp_path: Path, put: Put, golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By a path and by a cell, in a workbook and in an assessment file; what was refused is asked again, what was not used is told."""
    listed = [(n, NAMES[n - 1], GUIDE) for n in (1, 2, 3)]
    last = made_new(tmp_path / "Y1", listed, "2024")
    put("1.json", 1, 1_900, not_applicable={"7": "独立粉磨站，没有可回收的余能"})
    put("2.json", 2, 1_700_000)
    book = last / "inbox" / "3.xlsx"
    data = data_of(firms(9)[2], golden)
    (tmp_path / "3.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert call("fill", "--guide", GUIDE, "--data", tmp_path / "3.json", "-o", book) == 0
    with cells_of(guide_of(GUIDE)) as cells:
        [cell] = [place for place, path in cells(str(book)).items() if path == "product.output.report"]
    told = [
        f"{uscc(1)},product.output.report,更正,1900000,少写三个零,甲,2025-03-01",
        f"{uscc(1)},7,否定,,有窑尾余热,甲,2025-03-01",
        f"{uscc(2)},product.nothing.report,更正,5,写错的字段,甲,2025-03-01",
        f"{uscc(3)},{cell},更正,1500000,抄错,甲,2025-03-01",
    ]
    (last / "review.csv").write_text(
        "统一社会信用代码,项目,决定,更正值,理由,评审人,日期\n" + "\n".join(told) + "\n", encoding="utf-8"
    )
    path = last / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('review = ""', 'review = "review.csv"'), encoding="utf-8")
    call("campaign", "close", last, "--jobs", 1)
    now = made_new(tmp_path / "Y2", listed, "2025", "../Y1")
    capsys.readouterr()
    assert call("campaign", "send", now, "--jobs", 1) == 0
    said = capsys.readouterr().err.splitlines()
    assert [base_of(now, number)[0] for number in (1, 2, 3)] == [1_900_000, 1_700_000, 1_500_000]
    [form] = (now / "outbox").rglob(f"{uscc(1)}*.xlsx")
    assert "7" not in read_file(form, guide_of(GUIDE)).assessment.not_applicable  # type: ignore[union-attr]
    for file, words in (
        ("1.json", "采用评审 2 处"),
        ("2.json", "没有采用（product.nothing.report）"),
        ("3.xlsx", "采用评审 1 处"),
    ):
        assert len([line for line in said if file in line and words in line]) == 1, (file, said)


def test_an_enterprise_that_was_renamed(
    tmp_path: Path, put: Put, golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its former names in the register it is filled in, collected under either name and compared; one of another name does not count."""
    last = made_new(tmp_path / "Y1", [(n, NAMES[n - 1], GUIDE) for n in (1, 2)], "2024")
    for number in (1, 2):
        put(f"{number}.json", number)
    assert call("campaign", "close", last, "--jobs", 1) == 0
    now = made_new(tmp_path / "Y2", [(1, "新名水泥有限公司", GUIDE), (2, "另一水泥有限公司", GUIDE)], "2025", "../Y1")
    register = now / "register.csv"
    lines = register.read_text(encoding="utf-8-sig").splitlines()
    former = ["曾用名", f"更早的厂；{NAMES[0]}", ""]
    register.write_text("".join(f"{a},{b}\n" for a, b in zip(lines, former, strict=True)), encoding="utf-8")
    capsys.readouterr()
    assert call("campaign", "send", now, "--jobs", 1) == 0
    said = capsys.readouterr().err
    assert (base_of(now, 1)[0], base_of(now, 2)[0]) == (1_900_000, None)
    assert "曾用名" in said and NAMES[1] in said and NAMES[0] not in said
    base = data_of(firms(9)[0], golden)["product"]["output"]
    for file, name in (("a.json", NAMES[0]), ("b.json", "某某水泥有限公司")):
        more = {"periods": {"base": "2024", "report": "2025"}}
        data = data_of(firms(9)[0], golden, **more)
        data["enterprise"]["name"] = name
        data["product"]["output"] = {**base, "base": 1_900_001}
        (now / "inbox" / file).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    capsys.readouterr()
    order = ["collect", now / "inbox", "--register", register, "--previous", last, "--period", "2025", "--guide", GUIDE]
    assert call(*order, "-o", tmp_path / "P.xlsx", "--jobs", 1, "--json") == 0
    out = capsys.readouterr()
    found = json.loads(out.out)
    assert found["scored"] == 1 and [each["file"] for each in found["skipped"]] == ["b.json"], found
    assert found["previous"]["compared"] == 1 and found["previous"]["differing"] == 1
    assert found["previous"]["another_name"] == []
