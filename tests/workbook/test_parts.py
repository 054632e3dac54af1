"""Indicators that count a part only: every edition's formulas compute what the engine does."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.workbook import HOSTS, Layout, write
from jwdt_xl.workbook import read as read_back

from ..office import Office
from .cases import enterprises
from .compare import IroncalcTemplate, OfficeTemplate, common, differences, in_ironcalc, read_file, recorded, report
from .random_enterprise import has_more_rows, random_enterprise

Data = dict[str, Any]
SEEDS = [seed for seed in range(60) if not has_more_rows(seed)]


def _node(code: str, formula: str, attribute: str, **parameters: Any) -> Data:
    node = {"code": code, "parent": "all", "weight": 0.1, "name_zh": code, "formula": formula, "attribute": attribute}
    return {**node, "parameters": parameters}


#: Names that an enterprise may use; capitals do not matter, and a quotation mark does no harm.
MATERIALS = ("石灰石", "Limestone", 'a "b"')
GUIDE = from_dict(
    {
        **to_dict(builtin()),
        "id": "parts",
        "nodes": [
            {"code": "all", "weight": 1, "name_zh": "全部", "name_en": "all"},
            _node("water", "equivalent_intensity", "negative", medium="water"),
            _node("air", "equivalent_intensity", "negative", medium="air"),
            _node("named", "equivalent_intensity", "negative", pollutants=["COD", "氨氮", "二氧化硫", "pH", "总磷"]),
            _node("one", "equivalent_intensity", "negative", medium="air", pollutants=["甲醛"]),
            _node("lime", "material_intensity", "negative", materials=list(MATERIALS)),
            _node("rest", "material_intensity", "negative", materials=["无此料"]),
            _node("heat", "residual_energy_intensity", "positive", energies=["余热发电", "蒸汽余热"]),
            _node("power", "nonfossil_share", "positive", energies=["电力", "原煤", "热力"]),
            _node("fuel", "nonfossil_share", "positive", energies=["柴油"]),
            _node("synergy", "synergy", "moderate"),
        ],
    }
)  # fmt: skip


def fitting(data: Data, guide: Guide) -> Data:
    """An enterprise of the built-in guide as one of this guide: what is by indicator stays behind, the names are used."""
    data = copy.deepcopy(data)
    for name in ("benchmarks", "weights", "not_applicable", "entered"):
        data.pop(name, None)
    names = [*MATERIALS, "LIMESTONE", "粘土"]
    for i, row in enumerate(data.get("materials", ())):
        row["material"] = names[(i + len(data["pollutants"])) % len(names)]
    for i, row in enumerate(data.get("residual_energy", ())):
        row["kind"] = ("余热发电", "余压", "蒸汽余热")[i % 3]
    benchmarks = {
        node.code: {"value": 2, "source": "指南"} for node in guide.indicators if not node.algorithm.is_synergy
    }
    return {**data, "benchmarks": benchmarks}


ENTERPRISES = {
    **{f"random {seed}": random_enterprise(seed) for seed in SEEDS},
    **{name: data for name, data in enterprises().items() if name in ("plain", "bills", "synergy")},
}


def test_the_random_enterprises_reach_every_part() -> None:
    results = [evaluate(fitting(data, GUIDE), GUIDE) for data in ENTERPRISES.values()]
    for key, part in GUIDE.parts.items():
        found = [result.quantities.pair(key).report for result in results]
        whole = [result.quantities.pair(part.whole).report for result in results]
        known = [pair for pair in zip(found, whole, strict=True) if None not in pair]
        if key.endswith("_rest"):
            assert set(found) == {None}
            continue
        assert None in found, key
        assert sum(a not in (0, b) for a, b in known) > 2 or key.endswith(("_one", "_fuel")), key


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ironcalc_computes_what_the_engine_does(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write(path, guide=GUIDE, host="portable", language=language)
    template, empty = IroncalcTemplate(path, language, GUIDE), recorded(None, language, GUIDE)
    for name, data in ENTERPRISES.items():
        expected = common(recorded(fitting(data, GUIDE), language, GUIDE), empty)
        assert not report(differences(expected, template.type(expected))), name


@pytest.mark.xdist_group("office")
def test_libreoffice_computes_what_the_engine_does(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write(path, guide=GUIDE, host="portable")
    template, empty = OfficeTemplate(office, path, "zh", GUIDE), recorded(None, "zh", GUIDE)
    try:
        for name, data in list(ENTERPRISES.items())[::6]:
            expected = common(recorded(fitting(data, GUIDE), "zh", GUIDE), empty)
            assert not report(differences(expected, template.type(expected))), name
    finally:
        template.book.close()


def test_water_and_air_are_the_separate_sums(tmp_path: Path, example: Callable[[str], Data]) -> None:
    """Engine, portable formula and the sub-totals of the media, side by side."""
    data = fitting(example("cement"), GUIDE)
    path = tmp_path / "filled.xlsx"
    result = write(path, guide=GUIDE, host="portable", assessment=read(data, GUIDE))
    computed, layout = in_ironcalc(path), Layout(GUIDE, "portable")
    output = result.quantities.output.report
    for medium in ("water", "air"):
        cells = {name: layout.results[name] for name in (f"out_value_{medium}", f"out_equivalents_{medium}_report")}
        value, total = (computed[layout.title(cell.sheet), cell.row, cell.col] for cell in cells.values())
        engine = next(i.value for i in result.indicators if i.node.code == medium)
        assert value == pytest.approx(engine, rel=1e-12) == pytest.approx(total / output, rel=1e-12)
    assert not report(differences(read_file(path, GUIDE), computed))
    assert read(read_back(path, {GUIDE.id: GUIDE}).data, GUIDE) == read(data, GUIDE)


@pytest.mark.parametrize("host", [host for host in HOSTS if host != "portable"])
def test_calls_take_the_part(host: str) -> None:
    layout = Layout(GUIDE, host)
    book = recorded(None, "zh", GUIDE, host)
    for node in GUIDE.indicators:
        cell = layout.results[f"out_value_{node.code}"]
        formula = book.computed[layout.title(cell.sheet), cell.row, cell.col].formula
        assert node.algorithm.call in formula and node.algorithm.call in CATALOGUE
        if any(node.parameters):
            key = node.needs[0]
            assert f"(out_{key}_report," in formula
            part = layout.results[f"out_{key}_report"]
            assert (layout.title(part.sheet), part.row, part.col) in book.computed


def test_a_name_with_blanks_around_it_leaves_nothing_out_in_silence(tmp_path: Path) -> None:
    """The engine reads names without them; a formula cannot, so that the part is missing until they go."""
    path = tmp_path / "template.xlsx"
    write(path, guide=GUIDE, host="portable")
    template, empty = IroncalcTemplate(path, "zh", GUIDE), recorded(None, "zh", GUIDE)
    data = fitting(enterprises()["plain"], GUIDE)
    data["materials"] = [{"material": "石灰石", "unit": "t", "base": 1, "report": 2}] * 2
    expected = common(recorded(data, "zh", GUIDE), empty)
    layout = Layout(GUIDE, "portable")
    cell = layout.results["out_material_kg_of_lime_report"]
    place = (layout.title(cell.sheet), cell.row, cell.col)
    assert template.type(expected)[place] == 4000
    table = layout.tables["materials"]
    typed = (layout.title("materials"), table.first, table.inputs["material"])
    assert expected.constants[typed] == "石灰石"
    for name in ("石灰石 ", " 石灰石"):
        other = expected._replace(constants={**expected.constants, typed: name})
        assert template.type(other)[place] == ""
