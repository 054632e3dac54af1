"""The check column of the authoring workbook against what `jwdt guide build` refuses: never ok where it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jwdt_xl.authoring import build, load, new_book, shipped
from jwdt_xl.authoring.layout import Layout
from jwdt_xl.authoring.live import BAD_OPEN, OK, sums_and_checks
from jwdt_xl.authoring.row_rules import ROW_RULES
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import from_dict, to_dict

from ..office import Office
from ..standard.own import own_guide
from ..workbook.compare import in_ironcalc, in_office

Data = dict[str, Any]
_BENCHMARK = {"value": 5, "source": "x"}
_OWN = {"formula": "quotient", "attribute": "negative", "of": ["fresh"], "over": ["output"], "unit_zh": "m3/t"}
_SHARE = {"formula": "share", "attribute": "positive", "of": ["fresh"], "over": ["fresh", "reused"], "unit_zh": "%"}
_LEVELS = {"formula": "entered", "attribute": "qualitative", "unit_zh": ""}
_CARBON = {"formula": "carbon_intensity", "attribute": "negative", "unit_zh": "kg/t"}
#: What a row says, and the code by which build refuses it.
REFUSED: list[tuple[Data, str]] = [
    ({"code": "a-b"}, "bad-code"), ({"code": "水"}, "bad-code"), ({"code": "ａ"}, "bad-code"), ({"code": "a b"}, "bad-code"), ({"code": "_"}, "bad-code"),
    ({"code": "x" * 41}, "bad-code"), ({"code": "So_far"}, "bad-code"),
    ({"weight": 1.5}, ""), ({"weight": -0.1}, "bad-weight"),
    ({"name_zh": ""}, "missing-field"),
    ({"attribute": "好"}, "unknown-attribute"), ({"attribute": "*"}, "unknown-attribute"), ({"formula": "比例"}, "unknown-formula"), ({"formula": "shares"}, "unknown-formula"),
    ({**_CARBON, "attribute": "positive"}, "bad-attribute"), ({**_OWN, "attribute": "moderate"}, "bad-attribute"), ({"formula": "policy", "attribute": "positive"}, "bad-attribute"),
    ({"formula": "synergy", "attribute": "negative"}, "bad-attribute"), ({"formula": "reduction", "of": ["fresh"], "unit_zh": "%", "attribute": "negative"}, "bad-attribute"),
    ({**_SHARE, "unit_zh": ""}, "own-formula-units"), ({**_SHARE, "unit_zh": "小数"}, "own-formula-units"), ({**_SHARE, "unit_en": "fraction"}, "own-formula-units"),
    ({"formula": "growth", "attribute": "positive", "of": ["fresh"], "unit_zh": "‰"}, "own-formula-units"),
    ({**_CARBON, "unit_zh": "t/t"}, "formula-unit"), ({**_CARBON, "unit_zh": "吨 CO2/t"}, "formula-unit"), ({**_CARBON, "unit_zh": "tCO2e/t 铸件"}, "formula-unit"),
    ({"formula": "carbon_productivity", "attribute": "positive", "unit_zh": "元/t"}, "formula-unit"),
    ({"formula": "residual_energy_intensity", "attribute": "positive", "unit_zh": "MJ/t"}, "formula-unit"),
    ({**_OWN, "of": []}, "bad-own-formula"), ({**_OWN, "over": []}, "bad-own-formula"), ({**_SHARE, "times": 100}, "bad-own-formula"),
    ({"formula": "sum", "attribute": "positive", "of": ["fresh"], "over": ["output"], "unit_zh": "m3"}, "bad-own-formula"),
    ({"of": ["fresh"]}, "bad-own-formula"), ({"times": 10}, "bad-own-formula"), ({**_CARBON, "over": ["output"]}, "bad-own-formula"),
    ({**_OWN, "of": ["frehs"]}, "unknown-quantity"), ({**_OWN, "over": ["output", "产量"]}, "unknown-quantity"), ({**_OWN, "of": ["fresh", "fresh"]}, "bad-own-formula"),
    ({**_CARBON, "parameters": {"medium": "water"}}, "bad-parameter"), ({"parameters": {"materials": ["石灰石"]}}, "bad-parameter"),
    ({"formula": "material_intensity", "attribute": "negative", "unit_zh": "kg/t", "parameters": {"pollutants": ["COD"]}}, "bad-parameter"),
    ({**_LEVELS, "levels": ["1 公开"]}, "bad-level"), ({**_LEVELS, "levels": ["公开", "不公开"]}, "bad-level"), ({"levels": ["1 公开", "0 不公开"]}, "levels-not-used"),
    ({"formula": "policy", "attribute": "qualitative", "unit_zh": "", "levels": ["1 是", "0 否"]}, "levels-not-used"),
    ({**_LEVELS, "benchmark": _BENCHMARK}, "benchmark-not-used"), ({"formula": "synergy", "attribute": "moderate", "unit_zh": "", "benchmark": _BENCHMARK}, "benchmark-not-used"),
    ({"benchmark": {**_BENCHMARK, "unit": "万元"}}, "benchmark-unit"), ({"unit_zh": "kg/单位产品", "benchmark": {**_BENCHMARK, "unit": "t/t"}}, "benchmark-unit"),
    ({"unit_zh": "kg/单位产品", "benchmark": {**_BENCHMARK, "unit": "kg/"}}, "benchmark-unit"), ({"unit_zh": "kg/t 铸件", "benchmark": {**_BENCHMARK, "unit": "kg/t"}}, "benchmark-unit"),
]  # fmt: skip
#: What neither refuses.
FINE: list[Data] = [
    {}, {"code": "A_1b"}, _OWN, _SHARE, {**_OWN, "times": 1}, {**_SHARE, "unit_zh": "％"}, {**_LEVELS, "levels": ["1 公开", "0.5 部分", "0 否"]},
    {**_OWN, "of": ["fresh", "reused"], "over": ["产品产量"]}, {"unit_zh": "kg/单位产品", "benchmark": {**_BENCHMARK, "unit": "kg/t 铸件"}},
    {"unit_zh": "kg/t 铸件", "benchmark": {**_BENCHMARK, "unit": "KG / T 铸件"}}, {**_CARBON, "unit_zh": "kgCO2e/t"},
    {"formula": "equivalent_intensity", "attribute": "negative", "unit_zh": "AP/t", "parameters": {"medium": "water", "pollutants": ["COD"]}},
    {"unit_zh": "kg", "unit_en": "kg (dry)", "benchmark": {**_BENCHMARK, "unit": "kg (dry)"}},
]  # fmt: skip


def tree(rows: list[Data]) -> Data:
    """A guide whose first levels are these rows; what a row does not say is that of an entered indicator."""
    data = to_dict(own_guide())
    for i, row in enumerate(rows):
        plain = {
            "code": f"i{i}",
            "name_zh": f"指标{i}",
            "weight": 1 / len(rows),
            "attribute": "positive",
            "formula": "entered",
            "unit_zh": "t",
        }
        rows[i] = {key: value for key, value in {**plain, **row}.items() if value != []}
    return {**data, "nodes": rows, "derivation": {}} if data.get("derivation") else {**data, "nodes": rows}


def refusals(row: Data) -> set[str]:
    try:
        from_dict(tree([dict(row, weight=row.get("weight", 1))]), strict=True)
    except Refused as error:
        return {finding.code for finding in error.findings}
    return set()


@pytest.mark.parametrize(("row", "code"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_build_refuses_is_not_ok(row: Data, code: str) -> None:
    assert (code in refusals(row)) if code else refusals(row)
    ((_, said),) = sums_and_checks(
        tree([dict(row, weight=row.get("weight", 1))])["nodes"], ["fresh", "reused", "stored", "waste"]
    )
    assert said is not OK


@pytest.mark.parametrize("row", FINE, ids=str)
def test_what_build_takes_is_ok(row: Data) -> None:
    assert not refusals(row)
    ((_, said),) = sums_and_checks(tree([dict(row, weight=1)])["nodes"], ["fresh", "reused", "stored", "waste"])
    assert said is OK


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """All of them as rows of one workbook."""
    path = tmp_path_factory.mktemp("check") / "g.xlsx"
    rows = [dict(row) for row, _ in REFUSED] + [dict(row) for row in FINE if row.get("formula") != "carbon_intensity"]
    new_book(path, tree(rows), "zh")
    return path, len(rows)


def shown(values: Any, count: int) -> list[str]:
    layout = Layout("zh")
    cells = [layout.cell("nodes", row, "check") for row in range(count)]
    return [str(values[layout.title("nodes"), cell.row, cell.col]) for cell in cells]


def test_a_workbook_computes_what_python_says(checks: tuple[Path, int]) -> None:
    path, count = checks
    saved = load_workbook(path, data_only=True)["指标树"]
    kept = [str(saved.cell(5 + row, 1).value) for row in range(count)]
    assert shown(in_ironcalc(path), count) == kept
    assert OK.zh not in kept[: len(REFUSED)]
    assert {said for said in kept[len(REFUSED) :]} == {OK.zh}
    told = {rule.text.zh for rule in ROW_RULES}
    assert told - {*kept} <= {"有下级的不是指标：不能有属性、算法、基准值", "算法重复：请以参数区分或删去一个"}


@pytest.mark.xdist_group("office")
def test_libreoffice_computes_it_too(checks: tuple[Path, int], office: Office) -> None:
    path, count = checks
    values = in_office(office, path)
    assert shown(values, count) == shown(in_ironcalc(path), count)


def test_groups_and_formulas_that_stand_twice(tmp_path: Path) -> None:
    data = to_dict(load("cement"))
    data["nodes"][0]["attribute"] = "positive"
    for node in data["nodes"]:
        if node["code"] == "7":
            node |= {
                "formula": "material_intensity",
                "attribute": "negative",
                "unit_zh": "kg/t 水泥",
                "unit_en": "kg/t cement",
                "benchmark": {"value": 9, "source": "x"},
            }
    with pytest.raises(Refused) as caught:
        from_dict(data, strict=True)
    assert {f.code for f in caught.value.findings} == {"group-with-formula", "formula-twice"}
    new_book(tmp_path / "g.xlsx", data, "zh")
    said = dict(
        zip(
            (node["code"] for node in data["nodes"]),
            shown(in_ironcalc(tmp_path / "g.xlsx"), len(data["nodes"])),
            strict=True,
        )
    )
    assert said.pop("target").startswith("有下级的不是指标")
    assert said.pop("6") == said.pop("7") == "算法重复：请以参数区分或删去一个"
    assert set(said.values()) == {OK.zh}


@pytest.mark.parametrize("name", shipped())
def test_shipped_guides_are_ok(name: str) -> None:
    guide = load(name)
    if not guide.gaps and guide.derivation is None:
        data = to_dict(guide)
        assert {str(said) for _, said in sums_and_checks(data["nodes"], [each.code for each in guide.inputs])} == {
            str(OK)
        }


@pytest.mark.parametrize(
    ("said", "wrong"),
    [(None, False), ([], False), (["benchmarks", "权重"], False), (["grid_series", "not_applicable"], False), (["benchmark"], True), (["基准"], True), (["benchmarks", "none"], True), (["权重 ", "权重"], True)],
)  # fmt: skip
def test_what_is_left_open(tmp_path: Path, said: list[str] | None, wrong: bool) -> None:
    data = to_dict(load("cement"))
    data.pop("open", None)
    if said is not None:
        data["open"] = said
    new_book(tmp_path / "g.xlsx", data, "zh")
    layout = Layout("zh", data)
    at = layout.live("open")
    assert in_ironcalc(tmp_path / "g.xlsx")[layout.title("facts"), at.row, at.col] == (BAD_OPEN if wrong else OK).zh
    if wrong and len(said or ()) == len({*(said or ())}) and "权重 " not in (said or ()):
        with pytest.raises(Refused, match="to leave open"):
            build(tmp_path / "g.xlsx")
