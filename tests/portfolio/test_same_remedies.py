"""What wins points back is the same sentence in the workbook, in the portfolio, in feedback and in a report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.assessment.choices import GUIDE
from jwdt_xl.cli import main
from jwdt_xl.messages import speaking
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import Layout, write
from jwdt_xl.workbook.sheets.steps import steps

NAMES = ("cement", "dyeing", "both_rise", "na_and_missing", "total_basis")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_everywhere(language: str, golden: Path, tmp_path: Path) -> None:
    said: dict[str, list[str]] = {}
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number, name in enumerate(NAMES):
        data: dict[str, Any] = json.loads((golden / f"example_{name}.json").read_text(encoding="utf-8"))
        data["enterprise"] = {**data["enterprise"], "name": name, "uscc": ""}
        (inbox / f"{number}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        assessment = read(data)
        write(tmp_path / "one.xlsx", host="portable", language=language, assessment=assessment)
        layout = Layout(builtin(), "portable", language)
        sheet = load_workbook(tmp_path / "one.xlsx", data_only=True)[layout.title("indicators")]
        places = [layout.indicator_cell(i, "step") for i in range(len(builtin().indicators))]
        said[name] = [sheet.cell(place.row + 1, place.col + 1).value for place in places]
        with speaking(language):
            assert steps(evaluate(assessment)) == said[name], "reports"
            said[name] = steps(evaluate(assessment, by=GUIDE))  # a portfolio ranks all by the guide's choices
    book = tmp_path / "portfolio.xlsx"
    assert main(["--lang", language, "collect", str(inbox), "-o", str(book)]) in (0, 1)
    results = tmp_path / "results"
    assert main(["--lang", language, "feedback", str(book), "-o", str(results)]) == 0
    done = 0
    for path in results.glob("*.xlsx"):
        sheet = load_workbook(path).worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        name = next(row[2] for row in rows if row[2] in said)
        for node, step in zip(builtin().indicators, said[name], strict=True):
            row = next(row for row in rows if str(row[0]) == node.code)
            if row[6]:  # with weight: else the reason stands there why it is not applicable
                assert str(row[9]).startswith(step), (name, node.code)
                done += 1
    assert done > 30
    everything = " ".join(step for each in said.values() for step in each)
    assert " t CO2e" in everything and (" 万kWh" if language == "zh" else " MWh") in everything
