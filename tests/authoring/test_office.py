"""Guides in the real LibreOffice: written there, and the templates made from them computed there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl import workbook
from jwdt_xl.assessment import evaluate, read
from jwdt_xl.assessment import write as as_data
from jwdt_xl.authoring import build, load, new_book, shipped
from jwdt_xl.authoring.layout import FIRST, Layout
from jwdt_xl.errors import Refused
from jwdt_xl.portfolio import read_file
from jwdt_xl.standard.guide import Guide, from_dict, to_dict
from jwdt_xl.workbook.layout import Layout as TemplateLayout

from ..office import Office
from ..workbook.compare import OfficeTemplate, differences, in_ironcalc, in_office, recorded, report
from ..workbook.compare import read_file as cells_of
from .conftest import COMPLETE, DRAFTS, guide_of

pytestmark = pytest.mark.xdist_group("office")

Filled = Callable[[Guide], dict[str, Any]]


# Templates of every complete guide


@pytest.mark.parametrize(("name", "language"), [*((name, "zh") for name in COMPLETE), ("four-levels", "en")])
def test_template_fill_score_recalculate_and_back(
    office: Office, tmp_path: Path, filled: Filled, name: str, language: str
) -> None:
    guide = guide_of(name)
    data = filled(guide)
    result = evaluate(data, guide)
    assert result.total is not None
    path = tmp_path / "filled.xlsx"
    shown = workbook.write(path, guide=guide, host="portable", language=language, assessment=read(data, guide))
    assert shown.as_dict() == result.as_dict()
    expected = cells_of(path, guide)
    for found in (in_office(office, path), in_ironcalc(path)):
        assert not (wrong := differences(expected, found)), report(wrong)

    # what the file says is what went in, whichever program saved it
    saved = tmp_path / "saved.xlsx"
    book = office.open(path)
    book.recalculate()
    assert book.get("out_total") == pytest.approx(result.total, rel=1e-9)
    book.save(saved)
    book.close()
    for file in (path, saved):
        again = workbook.read(file, {guide.id: guide})
        assert as_data(read(again.data, guide)) == as_data(read(data, guide))
        assert again.stamp["guide_hash"] == guide.hash
        reading = read_file(file, guide)
        assert reading.result is not None
        assert reading.result.total == result.total


def test_typed_into_the_empty_template_of_the_four_level_guide(office: Office, tmp_path: Path, filled: Filled) -> None:
    guide = load("four-levels")
    path = tmp_path / "template.xlsx"
    workbook.write(path, guide=guide, host="portable")
    template = OfficeTemplate(office, path, "zh", guide)
    data = filled(guide)
    for change in (
        {},
        {"entered": {}},
        {"not_applicable": {"B221": "没有余能"}},  # the only case of the guide: other cells are locked
        {"weights": {node.code: 1 / len(guide.indicators) for node in guide.indicators}},
        {"benchmarks": {"A112": 90, "B222": {"value": 50, "source": "own"}}},
        {"options": {"synergy_basis": "total", "score_cap": 1.2}},
    ):
        expected = recorded({**data, **change}, guide=guide)
        found = template.type(expected)
        # the summary keeps what was found when the file was made, and says so
        wrong = [each for each in differences(expected, found) if not each.where.startswith("汇总!")]
        assert not wrong, (change, report(wrong))


def test_a_changed_weight_is_found_by_the_hash(tmp_path: Path, filled: Filled) -> None:
    """The guide of a return is known by its content: the same id with another weight is another guide."""
    guide = load("four-levels")
    path = tmp_path / "filled.xlsx"
    workbook.write(path, guide=guide, host="portable", assessment=read(filled(guide), guide))
    data = to_dict(guide)
    for node in data["nodes"]:
        node["weight"] += {"A111": 0.01, "A112": -0.01}.get(node["code"], 0)
    other = from_dict(data, strict=True)
    assert other.hash != guide.hash
    assert read_file(path, guide).result is not None
    reading = read_file(path, other)
    assert reading.result is None
    [finding] = reading.findings
    assert finding.code == "other-guide"
    assert guide.hash in finding.text.en and other.hash in finding.text.en


# The authoring workbook


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["general", *shipped()])
def test_live_checks_carry_what_calc_computes(office: Office, tmp_path: Path, name: str, language: str) -> None:
    guide = guide_of(name)
    path = tmp_path / "g.xlsx"
    new_book(path, guide, language)
    layout = Layout(language, to_dict(guide))
    book = office.open(path)
    before = _live(book, layout)
    book.recalculate()
    assert _live(book, layout) == pytest.approx(before)
    assert before["out_gaps"] == len(guide.gaps)
    assert before["out_problems"] == (len(guide.nodes) if name in DRAFTS else 0)
    book.close()


def _live(book: Any, layout: Layout) -> dict[str, Any]:
    found = {name: book.get(name) for name in layout.names if name.startswith("out_")}
    for row in range(layout.rows["nodes"]):
        for key in ("sum", "check"):
            cell = layout.cell("nodes", row, key)
            found[f"{key} {row}"] = book.get(f"'{layout.title('nodes')}'.{layout.ref(cell).replace('$', '')}") or ""
    return found


#: A guide as its author types it: code, parent, name, unit, attribute, weight, formula, benchmark, its source.
TYPED = [
    ("env", "", "环境", "", "", 0.6, "", None, ""),
    ("p", "env", "污染物", "AP/单位产品", "负向", 0.3, "单位产品污染物排放当量 P1/Q1", 0.8, "自定标准"),
    ("s", "env", "协同度", "", "适中", 0.3, "减污降碳协同度", None, ""),
    ("mgt", "", "管理", "", "", 0.4, "", None, ""),
    ("pol", "mgt", "政策", "", "定性", 0.15, "产业政策执行情况(等级 0–1)", None, ""),
    ("water", "mgt", "用水", "m3/t", "负向", 0.25, "由企业填报", 48, "自定标准"),
]  # fmt: skip
PLACED = (
    "code",
    "parent",
    "name_zh",
    "unit_zh",
    "attribute",
    "weight",
    "formula",
    "benchmark.value",
    "benchmark.source",
)


def test_a_guide_written_in_libreoffice(office: Office, tmp_path: Path, filled: Filled) -> None:
    """Typed, recalculated, saved; built, made a template, filled in and scored."""
    new_book(tmp_path / "empty.xlsx", language="zh", empty=True)
    book = office.open(tmp_path / "empty.xlsx")
    layout = Layout("zh")
    assert book.get("out_weights") == 0

    def type_in(row: int, values: tuple[Any, ...]) -> None:
        for field, value in zip(PLACED, values, strict=True):
            if value not in ("", None):
                place = layout.ref(layout.cell("nodes", row, field)).replace("$", "")
                book.set(f"指标树.{place}", value)

    for row, values in enumerate(TYPED):
        # the last row is first typed with a slip, which the live check shows
        type_in(row, values if row < 5 else (*values[:5], 0.2, *values[6:]))
    for name, value in {"id": "own", "version": "1", "name_zh": "自编指南", "source_zh": "专家组"}.items():
        book.set(f"in_{name}", value)
    book.set("in_options_gwp_set", "AR6")
    book.set(f"等级.A{FIRST + 1}", [["甲级", None, 80.0]])
    book.recalculate()
    check = layout.ref(layout.cell("nodes", 3, "check")).replace("$", "")
    assert book.get(f"指标树.{check}") == "下级权重之和不符"
    assert book.get("out_problems") == 1
    with pytest.raises(
        Refused,
        match=rf"{layout.where(layout.cell('nodes', 3, 'weight'))}: weights of the children of “管理” sum to 0\.35, must be 0\.4",
    ):
        build(book.save(tmp_path / "wrong.xlsx"))

    type_in(5, TYPED[5])
    book.recalculate()
    assert (book.get("out_problems"), book.get("out_weights"), book.get("out_gaps")) == (0, 1, 0)
    saved = book.save(tmp_path / "own.xlsx")
    book.close()

    guide = build(saved)
    assert [(n.code, n.parent, n.weight) for n in guide.nodes] == [(t[0], t[1], t[5]) for t in TYPED]
    assert [n.formula for n in guide.indicators] == ["equivalent_intensity", "synergy", "policy", "entered"]
    assert guide.options["gwp_set"] == "AR6"
    data = filled(guide)
    result = evaluate(data, guide)
    assert result.total is not None
    assert result.indicators[3].score == pytest.approx(50)
    path = tmp_path / "filled.xlsx"
    workbook.write(path, guide=guide, host="portable", assessment=read(data, guide))
    assert not (wrong := differences(cells_of(path, guide), in_office(office, path))), report(wrong)
    reading = read_file(path, guide)
    assert reading.result is not None and reading.result.total == result.total
    grade = guide.grade(result.total)
    assert (grade.name.zh if grade else None) == ("甲级" if result.total >= 80 else None)


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_draft_edited_in_libreoffice_stays_what_it_is(office: Office, tmp_path: Path, suffix: str) -> None:
    new_book(tmp_path / "d.xlsx", load("dapeng-index"), "en")
    book = office.open(tmp_path / "d.xlsx")
    book.recalculate()
    saved = book.save(tmp_path / f"saved{suffix}")
    book.close()
    assert to_dict(build(saved)) == to_dict(load("dapeng-index"))


# Trees of other shapes


def _tree(nodes: list[dict[str, Any]]) -> Guide:
    data = {"format": "jwdt-guide/1", "id": "shape", "version": "1", "name_zh": "形状", "source_zh": "?"}
    return from_dict({**data, "nodes": [{"name_zh": f"项 {n['code']}", **n} for n in nodes]}, strict=True)


def _leaf(code: str, parent: str, weight: float, **more: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"attribute": "positive", "formula": "entered", "benchmark": {"value": 100, "source": "?"}}
    if more.get("attribute") == "moderate":
        del usual["benchmark"]
    return {"code": code, "weight": weight, **({"parent": parent} if parent else {}), **usual, **more}


SHAPES = {
    "one indicator": _tree([_leaf("only", "", 1.0)]),
    "first levels that are indicators": _tree([_leaf(f"i{i}", "", 0.25) for i in range(4)]),
    "leaves at different depths": _tree(
        [
            {"code": "g", "weight": 0.5},
            _leaf("g1", "g", 0.2),
            {"code": "g2", "parent": "g", "weight": 0.3},
            _leaf("g21", "g2", 0.3),
            _leaf("alone", "", 0.5),
        ]
    ),
    "a weight of 0": _tree(
        [{"code": "g", "weight": 1.0}, _leaf("a", "g", 1.0), _leaf("z", "g", 0.0),]
    ),
    "names that differ by little": _tree(
        [
            {"code": "x", "weight": 0.5, "name_zh": "协同", "name_en": "synergy"},
            _leaf("x1", "x", 0.5),
            {"code": "y", "weight": 0.5, "name_zh": "协同 2", "name_en": "synergy (2) & “more” 'quoted'"},
            _leaf("y1", "y", 0.5),
        ]
    ),
    "three hundred indicators": _tree(
        [{"code": "g", "weight": 1.0}, *(_leaf(f"i{i}", "g", 1 / 300) for i in range(300))]
    ),
    "the same formula for water and for air, and codes like cells": _tree(
        [
            {"code": "A1", "weight": 1.0},
            _leaf("B2", "A1", 0.5, formula="equivalent_intensity", attribute="negative", parameters={"medium": "water"}),
            _leaf("C_3", "A1", 0.25, formula="equivalent_intensity", attribute="negative", parameters={"medium": "air"}),
            _leaf("R1C1", "A1", 0.125, formula="synergy", attribute="moderate"),
            _leaf("1", "A1", 0.125, formula="carbon_intensity", attribute="negative", unit_zh="kg/单位产品"),
        ]
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_trees_of_other_shapes(office: Office, tmp_path: Path, filled: Filled, shape: str) -> None:
    guide, language = SHAPES[shape], "en" if shape.startswith("names") else "zh"
    data = filled(guide)
    for node in guide.indicators[1::2]:
        data["entered"].pop(node.code, None)  # something is missing
    path = tmp_path / "filled.xlsx"
    workbook.write(path, guide=guide, host="portable", language=language, assessment=read(data, guide))
    assert not (wrong := differences(cells_of(path, guide), in_office(office, path))), report(wrong)
    assert as_data(read(workbook.read(path, {guide.id: guide}).data, guide)) == as_data(read(data, guide))


def test_no_code_makes_two_names_of_a_workbook_one() -> None:
    """Codes that a workbook needs for itself are refused; of the others none makes a name that is there already."""
    parts = ["value", "score", "unit", "base", "report", "total", "coverage", "far", "level", "case", "10k", "water"]
    codes = [*parts, *(f"{one}_{other}" for one in parts for other in parts if one != other)]
    codes = [code for code in codes if code not in ("10k_base", "10k_report", "so_far")]
    guide = _tree([{"code": "first", "weight": 1.0}, *(_leaf(c, "first", 1 / len(codes)) for c in codes)])
    layout = TemplateLayout(guide)
    names = [*layout.results, *(field.name for field in layout.fields.values())]
    assert len(names) == len({name.lower() for name in names})
