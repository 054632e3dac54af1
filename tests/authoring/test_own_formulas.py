"""Inputs and own formulas in guide files, authoring workbooks and their schema; a change of guide; a group's sums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.authoring import build, dump, loads, new_book, read_table, schema
from jwdt_xl.authoring.change import carry
from jwdt_xl.authoring.layout import FIRST, Layout
from jwdt_xl.authoring.study import study
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import from_dict

from ..standard.own import ENTERED, fitting, own_data, own_guide

Data = dict[str, Any]


def cement() -> Data:
    data: Data = json.loads((Path(__file__).parents[1] / "golden/example_cement.json").read_text(encoding="utf-8"))
    return data


def test_files_and_workbooks_bring_them_back(tmp_path: Path) -> None:
    guide = own_guide()
    for language in ("zh", "en"):
        text = dump(guide, language)
        assert 'of = ["reused"]' in text and 'over = ["fresh", "reused"]' in text and "[[inputs]]" in text
        assert loads(text).hash == guide.hash
        new_book(tmp_path / "g.xlsx", guide, language)
        assert build(tmp_path / "g.xlsx").hash == guide.hash
    jsonschema.validate(own_data(), schema())
    for wrong in ({"periods": "never"}, {"code": "a b"}, {"extra": 1}):
        data = own_data()
        data["inputs"][0] |= wrong
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, schema())


def test_names_as_people_type_them_and_errors_with_their_cell(tmp_path: Path) -> None:
    guide, path, layout = own_guide(), tmp_path / "g.xlsx", Layout("zh")
    new_book(path, guide, "zh")
    book = load_workbook(path)
    sheet = book[layout.title("nodes")]
    row = next(i for i, node in enumerate(guide.nodes) if node.code == "reuse")
    cell = sheet.cell(FIRST + row + 1, layout.column("nodes", "over") + 1)
    cell.value = " fresh ;reused； "
    book.save(path)
    assert build(path).by_code["reuse"].over == ("fresh", "reused")
    cell.value = "fresh；回用水"
    book.save(path)
    with pytest.raises(Refused) as error:
        build(path)
    [finding] = error.value.findings
    assert finding.where == f"{layout.title('nodes')}!{cell.coordinate}"
    assert "there is no “回用水”; inputs: fresh fresh、reused" in finding.text.en.replace(", ", "、")


def test_show_tells_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "g.toml"
    path.write_text(dump(own_guide(), "zh"), encoding="utf-8")
    assert main(["guide", "show", str(path), "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "fresh 新鲜水取水量 (m3), 基准期和报告期" in said and "不含回用水" in said and "0–1000000000" in said
    assert "stored 期末蓄水量 (m3), 只报告期" in said


def test_a_change_of_guide_takes_along_what_means_the_same() -> None:
    old, data = own_guide(), own_data()
    data["inputs"][0]["unit_zh"] = "万m3"
    data["inputs"][1]["unit_zh"] = "万m3"
    data["inputs"][2]["unit_zh"] = "万m3"
    new = from_dict(data)
    kept, findings = carry(read(fitting(cement()), old), old, new)
    assert set(kept.inputs) == {"waste"}
    [said] = [finding for finding in findings if finding.where == "inputs"]
    assert "fresh, reused, stored" in said.text.en
    same, findings = carry(read(fitting(cement()), old), old, old)
    assert set(same.inputs) == set(ENTERED) and not findings


def test_a_study_says_what_two_own_formulas_share(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    codes = [node.code for node in own_guide().indicators]
    lines = [",".join(codes), *(",".join(str(1 + i * k % 7) for k in range(len(codes))) for i in range(1, 6))]
    path.write_text("\n".join(lines), encoding="utf-8")
    found, _ = study(own_guide(), read_table(path, own_guide()))
    shared = {(pair.one.code, pair.other.code): [name.en for name in pair.shared] for pair in found.pairs}
    assert shared["total", "reuse"] == ["fresh"] and shared["water", "saved"] == ["fresh", "output"]


def test_an_industry_computes_them_of_its_sums() -> None:
    from jwdt_xl.portfolio.analysis import industry
    from jwdt_xl.portfolio.collection.row import quantities_of, scores_of

    guide = own_guide()
    rows = []
    for seed in (0, 1):
        result = evaluate(fitting(cement(), seed), guide)
        rows.append({"unit": "t", "quantities": quantities_of(result), **scores_of(result)})
    [entity] = industry.entities(guide, rows)
    by_code = dict(zip([node.code for node in guide.indicators], entity.values, strict=True))
    fresh, reused = (sum(row["quantities"][f"input_{name}"][1] for row in rows) for name in ("fresh", "reused"))
    assert by_code["reuse"] == pytest.approx(100 * reused / (fresh + reused))
    before = sum(row["quantities"]["input_reused"][0] for row in rows)
    assert by_code["more"] == pytest.approx(100 * (reused - before) / before)
    assert entity.sums["input_fresh"][1] == pytest.approx(fresh)


def test_the_interval_of_many_is_that_of_one() -> None:
    from jwdt_xl.assessment.uncertainty import uncertainty
    from jwdt_xl.portfolio.analysis.uncertainty import uncertainty as by_numpy

    result = evaluate(fitting(cement()), own_guide())
    one, many = uncertainty(result), by_numpy(result)
    assert one.scores == many.scores or all(
        a == pytest.approx(b) for a, b in zip(one.scores, many.scores, strict=True) if a is not None
    )
    assert one.total == pytest.approx(many.total)
