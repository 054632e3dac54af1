"""Cities collected: distributed by division code, one row a city with the scores of every level, told apart by their codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from jwdt_xl import workbook
from jwdt_xl.assessment import evaluate, read
from jwdt_xl.authoring import dump
from jwdt_xl.cli import main
from jwdt_xl.portfolio.campaign import divisions
from jwdt_xl.portfolio.campaign.register import read_register

from ..standard.regions import GROUPS, city_guide, return_of
from .sheets import lines

CITIES = {"330100": ("杭州市", 84.1), "330200": ("宁波市", 90.0), "330500": ("湖州市", 80.0)}


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "city.toml"
    path.write_text(dump(city_guide()), encoding="utf-8")
    return path


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "cities.csv"
    lines = [f"{code},{name},浙江省,2022,2023" for code, (name, _) in CITIES.items()]
    path.write_text("\n".join(["行政区划代码,城市名称,地区,基准期,报告期", *lines]), encoding="utf-8")
    return path


def test_the_year_after(tmp_path: Path, guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cities have quantities of their guide alone, and no tonnes."""
    for label, share in (("2023", 1.0), ("2024", 0.98)):
        folder = tmp_path / label
        folder.mkdir()
        for code, (name, air) in CITIES.items():
            data = return_of(name, code, air=air * share)
            data["periods"] = {"base": str(int(label) - 1), "report": label}
            if label == "2024":
                data["inputs"]["co2"] |= {"base": 7900 if code != "330200" else 9000, "report": 7800}
                data["inputs"]["gdp"] |= {"base": 20059, "report": 21000}
            (folder / f"{code}.json").write_text(json.dumps(data), encoding="utf-8")
        last = ["--previous", str(tmp_path / "p2023.xlsx")] if label == "2024" else []
        assert main(["collect", str(folder), "--guide", str(guide), "-o", f"{tmp_path}/p{label}.xlsx", *last]) == 0
    [line] = lines(tmp_path / "p2024.xlsx", "previous")
    assert (line["uscc"], line["then"], line["now"], line["where"]) == ("330200", 7900, 9000, "inputs.co2.base")
    capsys.readouterr()
    assert main(["trend", f"{tmp_path}/p2023.xlsx", f"{tmp_path}/p2024.xlsx", "-o", f"{tmp_path}/T.xlsx"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "可与上年相比 2，跨不可比之处 1" in said[1] and "污染当量 –" in said[1]
    book = CalamineWorkbook.from_path(f"{tmp_path}/T.xlsx")
    rows = book.get_sheet_by_name("各企业各年").to_python()
    assert rows[3][0] == "行政区划代码"
    found = {(row[0], row[rows[2].index("year")]): row for row in rows[4:]}
    assert len(found) == 6 and found["330100", "2024"][rows[2].index("input_co2")] == 7800


def test_sent_out_filled_and_collected(tmp_path: Path, guide: Path, register: Path) -> None:
    out, inbox, book = tmp_path / "out", tmp_path / "inbox", tmp_path / "p.xlsx"
    inbox.mkdir()
    assert (
        main(["distribute", "--register", str(register), "--guide", str(guide), "-o", str(out), "--host", "portable"])
        == 0
    )
    city, totals = city_guide(), {}
    for code, (name, air) in CITIES.items():
        [sent] = out.glob(f"{code}_*.xlsx")
        known = workbook.read(sent, {city.id: city}).data
        assert known["enterprise"] == {"name": name, "division_code": code, "region": "浙江省"}
        data = return_of(name, code, air=air)
        totals[code] = evaluate(data, city)
        workbook.write(inbox / sent.name, guide=city, host="portable", assessment=read(data, city))
    (inbox / "blank.xlsx").write_bytes(next(out.glob("330100_*.xlsx")).read_bytes())
    report = tmp_path / "r.json"
    arguments = [
        "collect",
        str(inbox),
        "--guide",
        str(guide),
        "-o",
        str(book),
        "--register",
        str(register),
        "--html",
        str(tmp_path / "p.html"),
    ]
    assert main(arguments) == 0
    sheets = CalamineWorkbook.from_path(str(book))
    rows = sheets.get_sheet_by_name("排名").to_python()
    keys, titles, found = rows[2], rows[3], [dict(zip(rows[2], row, strict=False)) for row in rows[4:] if row[1]]
    assert [row["uscc"] for row in found] == sorted(totals, key=lambda code: -(totals[code].total or 0))
    assert titles[keys.index("uscc")] == "行政区划代码" and "industry_code" not in keys
    for row in found:
        result = totals[row["uscc"]]
        assert row["total"] == pytest.approx(result.total)
        assert [row[f"group_{code}"] for code in GROUPS] == pytest.approx([group.score for group in result.groups])
    assert "全行业" not in sheets.sheet_names
    assert not report.exists()


def test_a_form_with_nothing_but_inputs_is_not_blank(tmp_path: Path, guide: Path) -> None:
    """A city's return has no tables: what it enters is elsewhere."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    data = return_of()
    del data["entered"], data["entered_source"]
    (inbox / "a.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    book = tmp_path / "p.xlsx"
    assert main(["collect", str(inbox), "--guide", str(guide), "-o", str(book)]) == 0
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("排名").to_python()
    assert [row[1] for row in rows[4:]] == ["330100"]


def test_whoever_types_anothers_division_code_replaces_nothing(tmp_path: Path, guide: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("杭州市", "宁波市"):
        (inbox / f"{name}.json").write_text(json.dumps(return_of(name), ensure_ascii=False), encoding="utf-8")
    assert main(["collect", str(inbox), "--guide", str(guide), "-o", str(tmp_path / "p.xlsx")]) == 1


@pytest.mark.parametrize(
    ("code", "name", "codes"),
    [
        ("330100", "杭州市", []), ("330100", "杭州", []), ("330100", "宁波市", ["division-of-another"]),
        ("330199", "某区", ["unknown-division"]), ("110000", "北京市", []), ("330000", "浙江省", []),
    ],
)  # fmt: skip
def test_codes_against_the_list(code: str, name: str, codes: list[str]) -> None:
    assert [finding.code for finding in divisions.check(code, name, "r.csv:2")] == codes


@pytest.mark.parametrize("code", ["", "33010", "990100", "91330500MA2B2C3D4T", "330100x", "NaN", "-1"])
def test_bad_codes_cost_their_own_row_only(tmp_path: Path, code: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"行政区划代码,城市名称\n{code},某市\n３３０２００,宁波市\n", encoding="utf-8")
    found: Any = read_register(str(path), city_guide())
    assert [(entry.uscc, entry.name) for entry in found.entries] == [("330200", "宁波市")]
    assert any(finding.severity == "error" for finding in found.findings)


def test_a_campaign_of_cities_by_their_division_codes(tmp_path: Path, guide: Path, register: Path) -> None:
    home, city = tmp_path / "c", city_guide()
    new = ["campaign", "new", str(home), "--register", str(register), "--guide", str(guide), "--period", "2023"]
    assert main(new) == 0
    assert main(["campaign", "send", str(home)]) == 0
    sent = sorted((home / "outbox").rglob("*.xlsx"))
    assert [path.name.partition("_")[0] for path in sent] == sorted(CITIES)
    name, air = CITIES["330200"]
    workbook.write(
        home / "inbox" / sent[1].name,
        guide=city,
        host="portable",
        assessment=read(return_of(name, "330200", air=air), city),
    )
    assert main(["campaign", "collect", str(home)]) == 0
    status = CalamineWorkbook.from_path(str(home / "status.xlsx"))
    rows = status.get_sheet_by_name("登记表与结果").to_python()
    head = [str(cell) for cell in rows[3]]
    found = {row[head.index("行政区划代码")]: row for row in rows[4:]}
    total = evaluate(return_of(name, "330200", air=air), city).total
    assert found["330200"][head.index("总分")] == pytest.approx(total, abs=1e-9)
    assert [found[code][head.index("状态")] for code in sorted(CITIES)] == ["未交回", "已排名", "未交回"]
