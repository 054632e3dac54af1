"""A quotient is added by one entry: authors are offered it, a guide may take it, and it computes in every edition."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Text
from jwdt_xl.portfolio.analysis import industry
from jwdt_xl.standard.formulas import FORMULAS, quotient
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.scoring import NEGATIVE
from jwdt_xl.workbook import HOSTS, Layout, write

from .cases import enterprises
from .compare import IroncalcTemplate, common, differences, in_ironcalc, read_file, recorded, report
from .random_enterprise import has_more_rows, random_enterprise

Data = dict[str, Any]
#: The whole of it.
ENTRY = 'quotient("energy_intensity", Text("单位产品能耗", "energy per unit product"), ("primary_tce", "output"), NEGATIVE, unit="kg", times=1000)'
NODE = {"code": "e", "formula": "energy_intensity", "attribute": "negative", "unit_zh": "kgce/t", "unit_en": "kgce/t"}


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> Guide:
    """The built-in guide with the new indicator in the place of materials, as a whole and for coal alone."""
    entry = eval(ENTRY, {"quotient": quotient, "Text": Text, "NEGATIVE": NEGATIVE})
    monkeypatch.setitem(FORMULAS, entry.key, entry)
    return from_dict(guide_data())


def guide_data() -> Data:
    data = to_dict(builtin())
    nodes = []
    for node in data["nodes"]:
        if node.get("formula") != "material_intensity":
            nodes.append(node)
            continue
        shared = {
            "parent": node["parent"],
            "weight": node["weight"] / 2,
            "name_zh": "单位产品能耗",
            "name_en": "energy",
            **NODE,
        }
        nodes += [shared, {**shared, "code": "coal", "parameters": {"energies": ["原煤", "洗精煤"]}}]
    return {**data, "id": "energy", "nodes": nodes}


def fitting(data: Data) -> Data:
    benchmarks = {code: data.get("benchmarks", {}).get(code, 5) for code in ("2", "3", "4", "5", "7")}
    kept = {key: value for key, value in data.items() if key not in ("weights", "not_applicable")}
    return {
        **kept,
        "benchmarks": {
            **benchmarks,
            "e": {"value": 100, "unit": "kgce/t", "basis": "当量值", "source": "?"},
            "coal": 50,
        },
    }


def test_the_engine_computes_it(guide: Guide, example: Callable[[str], Data]) -> None:
    result = evaluate(fitting(example("cement")), guide)
    by_code = {indicator.node.code: indicator for indicator in result.indicators}
    amounts = result.quantities
    assert by_code["e"].value == pytest.approx(amounts.primary_tce.report * 1000 / amounts.output.report)
    assert by_code["coal"].value == pytest.approx(
        amounts.pair("primary_tce_of_coal").report * 1000 / amounts.output.report
    )
    assert by_code["e"].score is not None and result.total is not None
    assert by_code["e"].marks == ("note", "choice")
    assert by_code["e"].derivation.zh.startswith("一次能源消费总量 ")
    assert "× 1000 ÷ 产品产量" in by_code["e"].derivation.zh
    # Its findings come from the quantities: where to look, and the convention of its benchmark.
    empty = evaluate(fitting({**example("cement"), "energy": [], "activity": []}), guide)
    assert ("missing-indicator", "energy") in {(f.code, f.where) for f in empty.findings if "indicator e" in f.text.en}
    other = evaluate(fitting({**example("cement"), "options": {"electricity_coefficient": 0.3}}), guide)
    assert ("benchmark-convention", "benchmarks.e.basis") in {(f.code, f.where) for f in other.findings}


def test_its_rules_hold(guide: Guide) -> None:
    for change, code in (
        ({"attribute": "positive"}, "bad-attribute"),
        ({"unit_zh": "t/t"}, "formula-unit"),
        ({"parameters": {"energies": ["原煤", "洗精煤"]}}, "formula-twice"),
    ):
        data = guide_data()
        node = next(node for node in data["nodes"] if node["code"] == "e")
        node.update(change)
        with pytest.raises(Refused) as error:
            from_dict(data)
        assert [finding.code for finding in error.value.findings] == [code]


@pytest.mark.parametrize("host", HOSTS)
def test_every_edition_has_the_plain_quotient(guide: Guide, host: str) -> None:
    layout, book = Layout(guide, host), recorded(None, "zh", guide, host)
    for code, key in (("e", "primary_tce"), ("coal", "primary_tce_of_coal")):
        cell = layout.results[f"out_value_{code}"]
        formula = book.computed[layout.title(cell.sheet), cell.row, cell.col].formula
        assert f"out_{key}_report*1000/out_output_report" in formula and "JWDT" not in formula


def test_portable_formulas_compute_it(guide: Guide, tmp_path: Path, example: Callable[[str], Data]) -> None:
    path = tmp_path / "filled.xlsx"
    write(path, guide=guide, host="portable", assessment=read(fitting(example("cement")), guide))
    assert not report(differences(read_file(path, guide), in_ironcalc(path)))
    path = tmp_path / "template.xlsx"
    write(path, guide=guide, host="portable", language="en")
    template, empty = IroncalcTemplate(path, "en", guide), recorded(None, "en", guide)
    others = [random_enterprise(seed) for seed in range(40) if not has_more_rows(seed)]
    for data in (*others, enterprises()["bills"]):
        expected = common(recorded(fitting(data), "en", guide), empty)
        assert not report(differences(expected, template.type(expected)))


def test_an_industry_sums_it(guide: Guide, example: Callable[[str], Data]) -> None:
    from jwdt_xl.portfolio.collection.row import quantities_of, scores_of

    result = evaluate(fitting(example("cement")), guide)
    row = {"unit": "t", "quantities": quantities_of(result), **scores_of(result)}
    [entity] = industry.entities(guide, [row, row])
    for i, indicator in enumerate(result.indicators):
        if indicator.node.code in ("e", "coal"):
            assert entity.values[i] == pytest.approx(indicator.value)
    assert entity.sums["primary_tce_of_coal"][1] == pytest.approx(2 * row["quantities"]["primary_tce_of_coal"][1])


AUTHORS = """
import json, sys
from jwdt_xl.messages import Text
from jwdt_xl.standard.formulas import FORMULAS, quotient
from jwdt_xl.standard.scoring import NEGATIVE
entry = {entry}
FORMULAS[entry.key] = entry
from jwdt_xl.authoring import dump, loads, new_book, build
from jwdt_xl.authoring.fields import NODES
from jwdt_xl.authoring.file_schema import schema
data = json.load(open("guide.json", encoding="utf-8"))
from jwdt_xl.standard.guide import from_dict
guide = from_dict(data, strict=True)
new_book("guide.xlsx", guide, "zh")
print(json.dumps({{
    "offered": [code for code, _ in NODES["formula"].choices],
    "schema": schema()["properties"]["nodes"]["items"]["properties"]["formula"]["enum"],
    "file": loads(dump(guide, "zh")).hash == guide.hash,
    "workbook": build("guide.xlsx").hash == guide.hash,
}}))
"""


def test_authors_are_offered_it(tmp_path: Path) -> None:
    """In a program of its own, which finds the entry before anything is derived from the entries."""
    (tmp_path / "guide.json").write_text(json.dumps(guide_data()), encoding="utf-8")
    code = AUTHORS.format(entry=ENTRY)
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["offered"] == said["schema"] == [*FORMULAS, "energy_intensity"]
    assert said["file"] and said["workbook"]
