"""This year's base periods against last year's reports: what differs, by a comparison in pandas; nothing else changes."""

from __future__ import annotations

import copy
import json
import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pandas
import pytest

from jwdt_xl import workbook
from jwdt_xl.assessment import read
from jwdt_xl.authoring.files import dump_data
from jwdt_xl.cli import main
from jwdt_xl.standard.equivalents import pollutants
from jwdt_xl.standard.guide.tree import to_dict
from jwdt_xl.standard.quantities import QUANTITIES

from .campaigns import Firm, data_of, fill, firms, guide_of, register
from .sheets import lines, tonnes
from .years import following, year

BY = ["--guide", "cement", "--guide", "flat-glass"]
COLLECT = "collect", "--jobs", "1"


def _restated(data: dict[str, Any]) -> None:
    data["product"]["output"]["base"] *= 1.1
    data["pollutants"][0]["base"] *= 2
    data["pollutants"] = [row for row in data["pollutants"] if row["pollutant"] != "氨"]


def _earlier(data: dict[str, Any]) -> None:
    data["periods"] = {"base": "2023", "report": "2025"}


class Years(NamedTuple):
    folder: Path
    firms: list[Firm]
    out: dict[str, Any]
    said: str


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Years:
    """2025 after 2024: one restated, one under another name, one not compared with the year before, one new, two gone."""
    folder = tmp_path_factory.mktemp("years")
    listed = [firm for firm in firms(22) if firm.guide != "paper"]
    last, this = listed[:-1], [firm for firm in listed if firm.number not in (3, 4)]
    changes = {
        6: _restated,
        7: lambda data: data["enterprise"].update(name="另一家有限公司"),
        9: _earlier,
        10: lambda data: data.update(boundary="扩建后"),
        12: lambda data: data["product"].update(unit="万t"),
    }
    year(folder / "in2024", golden, last, 2024)
    year(folder / "in2025", golden, this, 2025, changes)
    roll = register(folder / "r.csv", listed)
    other = register(folder / "s.csv", [firm for firm in listed if firm.number != 4], report="2025")
    other.write_text(other.read_text(encoding="utf-8").replace(listed[4].name, "另一家有限公司"), encoding="utf-8")
    assert listed[4].number == 7
    assert main([*COLLECT, str(folder / "in2024"), "-o", str(folder / "2024.xlsx"), "--register", str(roll), *BY]) == 0
    out = _json(folder, "2025.xlsx", "--register", str(other), "--previous", str(folder / "2024.xlsx"), *BY)
    return Years(folder, listed, *out)


def _json(folder: Path, name: str, *more: str) -> tuple[dict[str, Any], str]:
    import contextlib
    import io

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        main([*COLLECT, str(folder / "in2025"), "-o", str(folder / name), "--json", *more])
    return json.loads(out.getvalue()), err.getvalue()


def _values(folder: Path, name: str) -> pandas.DataFrame:
    found = [
        pandas.DataFrame(lines(folder / f"{name}_{guide}-demo.xlsx", "values")) for guide in ("cement", "flat-glass")
    ]
    return pandas.concat(found).set_index("uscc")


def test_what_differs_as_pandas_finds_it(years: Years) -> None:
    last, this = _values(years.folder, "2024"), _values(years.folder, "2025")
    keys = [name.removesuffix("_base") for name in this if name.endswith("_base")]
    assert {"equivalents", "co2e", "output", "value_10k", "primary_tce"} <= set(keys)
    both = last.merge(this, left_index=True, right_index=True, suffixes=("_then", "_now"))
    both = both[(both.name_then == both.name_now) & (both.unit_then == both.unit_now)]
    expected = {}
    for key in keys:  # against the report of last year, or its base where this year has the same base
        then = both[f"{key}_report_then"].where(both.report_then == both.base_now, both[f"{key}_base_then"])
        now = both[f"{key}_base_now"]
        far = (now - then).abs() > 1e-3 * pandas.concat([now.abs(), then.abs()], axis=1).max(axis=1)
        expected |= {(code, key): (then[code], now[code], now[code] / then[code] - 1) for code in both.index[far]}
    sheet = lines(years.folder / "2025.xlsx", "previous")
    titles = {quantity.title.zh: key for key, quantity in QUANTITIES.items()}
    found = {
        (line["uscc"], titles[line["quantity"]]): (line["then"], line["now"], line["difference"])
        for line in sheet
        if line["state"] == "有差异" and line["quantity"] in titles
    }
    by_number = {firm.uscc: firm.number for firm in years.firms}
    assert {by_number[code] for code, _ in found} >= {6} and ("equivalents" in {key for _, key in found})
    assert found.keys() == expected.keys()
    for key, numbers in expected.items():
        assert found[key] == pytest.approx(numbers, rel=1e-12)


def test_pollutants_one_by_one(years: Years) -> None:
    """What a total of equivalents would hide, with the place of the row; those of one file alone too."""
    last, this = (
        pandas.concat(
            [
                pandas.DataFrame(tonnes(years.folder / f"{label}_{guide}-demo.xlsx"))
                for guide in ("cement", "flat-glass")
            ]
        )
        for label in ("2024", "2025")
    )
    both = last.merge(this, on=["uscc", "name", "pollutant"], suffixes=("_then", "_now"), how="inner")
    nine = years.firms[5].uscc  # its base year stayed
    then = both.report_then.where(both.uscc != nine, both.base_then)
    names = {" ".join(pollutant.item): pollutant.name.zh for pollutant in pollutants()}
    far = both[(both.base_now - then).abs() > 1e-3 * pandas.concat([both.base_now, then], axis=1).max(axis=1)]
    expected = {(row.uscc, f"{names[row.pollutant]} t"): row.base_now for row in far.itertuples()}
    titles = {quantity.title.zh for quantity in QUANTITIES.values()}
    found = [
        line
        for line in lines(years.folder / "2025.xlsx", "previous")
        if line["state"] == "有差异" and line["quantity"] not in titles
    ]
    assert {(line["uscc"], line["quantity"]): line["now"] for line in found if line["now"] is not None} == expected
    six = [line for line in found if line["file"] == "6.json"]
    assert [(line["difference"], line["where"]) for line in six if line["now"]] == [
        (pytest.approx(1.0), "pollutants[0].base")
    ]
    assert [(line["quantity"], line["now"]) for line in six if not line["now"]] == [("氨 t", None)]


def test_who_is_new_gone_or_not_compared(years: Years) -> None:
    number = {firm.uscc: firm.number for firm in years.firms}
    said = {
        key: [number[each["uscc"]] for each in years.out["previous"][key]]
        for key in ("new", "gone", "another_name", "another_period")
    }
    assert said["gone"] == [3, 4] and said["another_name"] == [7] and said["another_period"] == []
    assert said["new"] == [years.firms[-1].number]
    sheet = {number[line["uscc"]]: line for line in lines(years.folder / "2025.xlsx", "previous")}
    assert sheet[3]["note"] == "在登记表中，今年没有已评价的填报" and sheet[4]["note"] == "已不在登记表中"
    assert sheet[12]["state"] == "产品单位不同，产量未核对" and "t → " in sheet[12]["note"]
    # each guide's workbook has its own, and those gone that were of it
    of_guide = {
        line["uscc"]
        for name in ("cement", "flat-glass")
        for line in lines(years.folder / f"2025_{name}-demo.xlsx", "previous")
    }
    assert of_guide == {line["uscc"] for line in lines(years.folder / "2025.xlsx", "previous")}
    assert re.search(r"与上年核对 \d+ 家：一致 \d+", years.said)


def test_a_warning_that_changes_no_score(years: Years) -> None:
    without, _ = _json(years.folder, "without.xlsx", "--register", str(years.folder / "s.csv"), *BY)
    assert "previous" not in without
    numbers = [
        [(one["uscc"], one["total"], one["rank"], one["ranked"]) for one in each["results"]]
        for each in (without, years.out)
    ]
    assert numbers[0] == numbers[1]
    [six] = [one for one in years.out["results"] if one["file"] == "6.json"]
    found = [f for f in six["findings"] if f["code"] == "base-not-as-reported"]
    assert {f["severity"] for f in found} == {"warning"} and {f["where"] for f in found} >= {
        "product.output.base",
        "pollutants",
    }
    [output] = [f for f in found if f["where"] == "product.output.base"]
    assert "(+10.0%)" in output["text"] and "2024_cement-demo.xlsx · 6.json" in output["text"]
    [seven] = [one for one in years.out["results"] if one["file"] == "7.json"]
    [told] = [f["text"] for f in seven["findings"] if f["code"] == "last-year-another-name"]
    assert years.firms[4].name not in told  # it goes to whoever uses the code now


def test_the_cell_in_a_workbook_and_last_year_as_a_campaign(
    years: Years, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    firm = years.firms[1]
    assert firm.guide == "cement"
    roll = register(Path("r.csv"), [firm], report="2024")
    assert main(["campaign", "new", "2024", "--register", str(roll), "--guide", "cement", "--period", "2024"]) == 0
    assert main(["campaign", "new", "2025", "--previous", "2024", "--period", "2025"]) == 1  # nothing is collected yet
    fill(Path("2024/inbox/a.xlsx"), firm, golden)
    assert main(["campaign", "collect", "2024", "--jobs", "1"]) == 0
    again = register(Path("s.csv"), [firm], report="2025")
    new = ["campaign", "new", "2025", "--register", str(again), "--guide", "cement", "--period", "2025"]
    assert main([*new, "--previous", "2024"]) == 0
    assert '\nprevious = "../2024"\n' in Path("2025/campaign.toml").read_text(encoding="utf-8")
    data = following(
        json.loads((years.folder / "in2024" / f"{firm.number}.json").read_text(encoding="utf-8")), firm, 0.97
    )
    _restated(data)
    guide = guide_of("cement")
    workbook.write("2025/inbox/b.xlsx", guide=guide, host="portable", assessment=read(data, guide))
    shutil.copytree("2025", "moved")  # beside last year's as before
    capsys.readouterr()
    main(["campaign", "collect", "moved", "--jobs", "1"])
    assert "与上年核对 1 家：一致 0，有差异 1（4 项）" in capsys.readouterr().err
    returned = workbook.read("2025/inbox/b.xlsx", {guide.id: guide})
    layout = returned.layout
    expected = {
        f"{layout.title(c.sheet)}!{chr(65 + c.col)}{c.row + 1}"
        for c in (layout.fields["product.output.base"].cell, layout.results["out_equivalents_base"])
    }
    expected.add(returned.where("pollutants[0].base"))
    found = lines(Path("moved/portfolio/portfolio.xlsx"), "previous")
    assert {line["where"] for line in found} == expected and len(found) == 4


@pytest.mark.parametrize("rule", ["not_after", "each"])
def test_a_later_grid_factor_is_no_difference(rule: str, golden: Path, tmp_path: Path) -> None:
    """The base period's power takes the factor of the report year, which nobody knew last year; steam and all else stay."""
    firm = Firm(1, "一厂", "3011", "甲", "")
    data = data_of(firm, golden, options={"grid_factor_year": rule})
    data["activity"] = [{"kind": "electricity", "unit": "MWh", "origin": "grid", "base": 100000, "report": 120000}]
    later = copy.deepcopy(data)
    for each, labels in ((data, ("2021", "2022")), (later, ("2022", "2023"))):
        each["periods"] = dict(zip(("base", "report"), labels, strict=True))
    for table in ("pollutants", "activity", "greenhouse", "energy", "materials", "residual_energy"):
        for row in later[table]:
            row["base"] = row["report"]
    for part in (later["product"]["output"], later["output_value"]):
        part["base"] = part["report"]
    guide = _guide(tmp_path, rule)
    for label, each in (("2022", data), ("2023", later)):
        folder = tmp_path / label
        folder.mkdir()
        (folder / "a.json").write_text(json.dumps(each), encoding="utf-8")
        last = ["--previous", str(tmp_path / "2022.xlsx")] if label == "2023" else []
        main([*COLLECT, str(folder), "-o", str(tmp_path / f"{label}.xlsx"), "--guide", str(guide), *last])
    [then], [now] = (lines(tmp_path / f"{label}.xlsx", "values") for label in ("2022", "2023"))
    power = 120000 * (0.5366 - (0.5306 if rule == "not_after" else 0.5366))
    assert then["co2e_report"] - now["co2e_base"] == pytest.approx(power, abs=1e-6)
    assert now["grid"] == "national_average 2023" and lines(tmp_path / "2023.xlsx", "previous") == []


def _guide(folder: Path, rule: str) -> Path:
    """The cement guide with a rule for the years of grid factors."""
    path = folder / "g.toml"
    data = to_dict(guide_of("cement"))
    data["options"]["grid_factor_year"] = rule
    path.write_text(dump_data(data), encoding="utf-8")
    return path


def test_what_is_no_portfolio_of_last_year(
    years: Years, golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = tmp_path / "edited.xlsx"
    _edit(years.folder / "2024_cement-demo.xlsx", edited)
    for wrong, code, said in (
        (golden / "example_cement.json", 1, "不是"),
        (years.folder / "in2024", 1, "须为已收集过的评价的文件夹"),
        (tmp_path / "none.xlsx", 2, "没有"),
        (edited, 1, "被改动过"),
    ):
        arguments = [
            *COLLECT,
            str(years.folder / "in2025"),
            "-o",
            str(tmp_path / "p.xlsx"),
            "--previous",
            str(wrong),
            "--guide",
            "cement",
        ]
        assert main(arguments) == code, wrong
        assert said in capsys.readouterr().err and not (tmp_path / "p.xlsx").exists()


def _edit(path: Path, target: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book["排名"]
    column = [cell.value for cell in sheet[3]].index("total") + 1
    sheet.cell(5, column).value = 99
    book.save(target)
