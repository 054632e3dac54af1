"""A pollutant that the guide requires, from the guide's file to the portfolio: leaving NOx out gains nobody a rank."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jwdt_xl.authoring import load
from jwdt_xl.authoring.layout import FIRST
from jwdt_xl.authoring.layout import Layout as AuthoringLayout
from jwdt_xl.cli import main
from jwdt_xl.workbook import Layout
from jwdt_xl.workbook import read as read_back

from .campaigns import Firm, data_of, fill
from .returns import uscc
from .sheets import lines

NOX = "氮氧化物"
FIRMS = [Firm(n, f"第{n}水泥有限公司", "3011", "湖州市", "cement") for n in (1, 2, 3, 4)]


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """The cement guide, in which an author has asked for two pollutants on the sheet of the authoring workbook."""
    assert main(["guide", "new", "--from", "cement", "-o", str(tmp_path / "g.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "g.xlsx")
    layout = AuthoringLayout("zh")
    sheet = book[layout.title("required_pollutants")]
    for i, cells in enumerate(((NOX, None, "水泥工业排污许可技术规范"), ("二氧化硫", "大气", None))):
        for field, value in zip(("pollutant", "medium", "source"), cells, strict=True):
            sheet.cell(FIRST + i + 1, layout.column("required_pollutants", field) + 1, value)
    book.save(tmp_path / "g.xlsx")
    assert main(["guide", "build", str(tmp_path / "g.xlsx"), "-o", str(tmp_path / "g.toml")]) == 0
    return tmp_path / "g.toml"


def example(golden: Path) -> dict[str, Any]:
    """Scores 70.4, and 72.5 without NOx."""
    data: dict[str, Any] = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    data["materials"][0]["report"] *= 1.06
    data["pollutants"][1]["report"] = 1_420_000
    data["product"]["output"]["report"] *= 0.9
    return {key: data[key] for key in ("pollutants", "materials", "product", "output_value")}


def test_leaving_it_out(
    guide: Path, tmp_path: Path, golden: Path, collect: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Four of one and the same data: all, without NOx, with 0 and why, with 0 and not a word."""
    data = example(golden)
    rest = [row for row in data["pollutants"] if row["pollutant"] != NOX]
    nought = {**data["pollutants"][1], "base": 0, "report": 0}
    given = [data["pollutants"], rest, [*rest, {**nought, "note": "电窑"}], [*rest, nought]]
    form = str(
        fill(tmp_path / "in" / "2.xlsx", FIRMS[1]._replace(guide=str(guide)), golden, **{**data, "pollutants": rest})
    )
    for firm, rows in zip(FIRMS, given, strict=True):
        if firm.number != 2:
            text = json.dumps(data_of(firm, golden, **{**data, "pollutants": rows}), ensure_ascii=False)
            (tmp_path / "in" / f"{firm.number}.json").write_text(text, encoding="utf-8")
    done = collect(tmp_path / "in", "--guide", guide, "-o", tmp_path / "P.xlsx", "--jobs", 1)
    results = {one["uscc"]: one for one in done.out["results"]}
    assert [round(results[uscc(n)]["total"], 1) for n in (1, 2)] == [70.4, 72.5] and done.code == 1
    assert [results[uscc(n)]["rank"] for n in (1, 2, 3, 4)] == [2, None, 1, None]
    assert [results[uscc(n)]["quarantined"] for n in (1, 2, 3, 4)] == [False, True, False, True]
    assert NOX in results[uscc(2)]["reason"]
    codes = [{f["code"]: f["severity"] for f in results[uscc(n)]["findings"]} for n in (1, 2, 3, 4)]
    assert [each.get("required-pollutant") for each in codes] == [None, "error", None, None]
    assert [each.get("required-not-emitted") for each in codes] == [None, None, "info", None]
    assert [each.get("required-without-reason") for each in codes] == [None, None, None, "error"]
    [told] = [f for f in results[uscc(2)]["findings"] if f["code"] == "required-pollutant"]
    layout = Layout(load(str(guide)), "portable", "zh")
    assert told["where"] == layout.where("pollutants")
    # in the industry's sums it is shown without and with the return that is held back
    sums = {line["what"]: line for line in lines(tmp_path / "P.xlsx", "industry")}
    with_it = [what for what in sums if "含待评审" in what]
    assert with_it and {what.replace("（含待评审的）", "") for what in with_it} < set(sums)
    # what `score` and `check` say of the file is the same
    for command in ("check", "score"):
        assert main([command, form, "--guide", str(guide)]) == 1
        said = "".join(capsys.readouterr())
        assert layout.where("pollutants") in said and f"缺指南规定必报的{NOX}" in said.replace("\n", ""), command
    # a reviewer who has looked lets it in
    review = tmp_path / "r.csv"
    review.write_text(
        f"统一社会信用代码,项目,决定,核定值,理由,评审人,日期\n{uscc(2)},required-pollutant,批准,,分厂另报,张三,2025-05-01\n",
        encoding="utf-8",
    )
    again = collect(tmp_path / "in", "--guide", guide, "-o", tmp_path / "Q.xlsx", "--review", review, "--jobs", 1)
    ranks = {one["uscc"]: one["rank"] for one in again.out["results"]}
    assert ranks == {uscc(1): 3, uscc(2): 1, uscc(3): 1, uscc(4): None}
    assert len(read_back(form, {"cement-demo": load(str(guide))}).data["pollutants"]) == len(rest)


def test_a_guide_without_it_says_nothing(tmp_path: Path, golden: Path, collect: Callable[..., Any]) -> None:
    data = example(golden)
    rest = [row for row in data["pollutants"] if row["pollutant"] != NOX]
    fill(tmp_path / "in" / "a.xlsx", FIRMS[0], golden, **{**data, "pollutants": rest})
    [result] = collect(tmp_path / "in", "--guide", "cement", "-o", tmp_path / "P.xlsx", "--jobs", 1).out["results"]
    assert result["rank"] == 1 and not [f for f in result["findings"] if f["code"].startswith("required")]
