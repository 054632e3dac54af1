"""Forms of cities and parks: only the sheets they need, in their own words; computed in LibreOffice as the engine does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jwdt_xl import workbook
from jwdt_xl.assessment import evaluate, read
from jwdt_xl.assessment import write as as_data
from jwdt_xl.assessment.uncertainty import uncertainty
from jwdt_xl.standard.guide import from_dict
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.plan import SHEETS

from ..office import Office
from ..standard.regions import GROUPS, city_data, city_guide, park_data, return_of
from .compare import OfficeTemplate, differences, in_ironcalc, in_office, recorded, report
from .compare import read_file as cells_of

pytestmark = pytest.mark.xdist_group("office")
#: What makes no sense on a city's form; the lists of hints are out of sight, and the versions tell of the program.
_FOREIGN = ("企业", "信用代码", "产品", "enterprise", "credit code", "product")


def texts(path: Path) -> list[tuple[str, str]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return [
        (name, cell)
        for name in book.sheet_names
        if name not in ("列表", "Lists", "方法·术语·版本", "Method, terms, versions")
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
        if isinstance(cell, str)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_only_the_sheets_it_needs_in_its_own_words(tmp_path: Path, language: str) -> None:
    guide = city_guide()
    sheets = list(Layout(guide, "portable", language).sheets)
    assert sheets == ["howto", "enterprise", "settings", "quantities", "indicators", "summary", "method", "lists"]
    for name, assessment in (("template", None), ("filled", read(return_of(), guide))):
        path = tmp_path / f"{name}.xlsx"
        workbook.write(path, guide=guide, host="portable", language=language, assessment=assessment)
        foreign = [each for each in texts(path) if any(word in each[1].lower() for word in _FOREIGN)]
        assert not foreign, foreign
    asked = Layout(guide).fields
    assert "enterprise.division_code" in asked and "enterprise.uscc" not in asked and "product.name" not in asked
    assert {f"entered_source.{code}" for code in ("air", "water", "sites", "plan")} <= set(asked)
    questions = [{"code": "ban", "question_zh": "有严重环境事件", "reason_zh": "一票否决"}]
    assert "qualitative" in Layout(city_guide(vetoes=questions)).sheets


def test_a_park_with_bills_has_all_sheets(tmp_path: Path) -> None:
    data = park_data()
    next(node for node in data["nodes"] if node["code"] == "intensity")["of"] = ["co2e"]
    guide = from_dict(data, strict=True)
    layout = Layout(guide)
    assert list(layout.sheets) == list(SHEETS) and layout.title("enterprise") == "园区信息"
    path = tmp_path / "park.xlsx"
    workbook.write(path, guide=guide, host="portable")
    assert workbook.read(path, {guide.id: guide}).data["benchmarks"] == {}
    assert any("管理机构统一社会信用代码" in text for _, text in texts(path))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_end_to_end_in_libreoffice(office: Office, tmp_path: Path, language: str) -> None:
    guide, data = city_guide(), return_of()
    result = evaluate(data, guide)
    assert result.total is not None and result.ok and not result.findings
    path, saved = tmp_path / "filled.xlsx", tmp_path / "saved.xlsx"
    workbook.write(path, guide=guide, host="portable", language=language, assessment=read(data, guide))
    expected = cells_of(path, guide)
    for found in (in_office(office, path), in_ironcalc(path)):
        assert not (wrong := differences(expected, found)), report(wrong)
    book = office.open(path)
    book.recalculate()
    for group in result.groups:
        shown = book.get(Layout.group_name(group.node, group.level))
        assert shown == pytest.approx(group.score, rel=1e-9)
    assert [group.node.code for group in result.groups] == GROUPS
    book.save(saved)
    book.close()
    again = workbook.read(saved, {guide.id: guide})
    assert as_data(read(again.data, guide)) == as_data(read(data, guide))
    assert evaluate(again.data, guide).total == result.total


def test_typed_into_the_empty_form(office: Office, tmp_path: Path) -> None:
    guide, data = city_guide(), return_of()
    path = tmp_path / "template.xlsx"
    workbook.write(path, guide=guide, host="portable")
    template = OfficeTemplate(office, path, "zh", guide)
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"entered": {"air": 84.1}},
        {"inputs": {}, "entered_source": {}},
        {"not_applicable": {"water": "没有地表水监测断面"}},
        {"options": {"score_cap": 1.2}},
    )
    for change in changes:
        expected = recorded({**data, **change}, guide=guide)
        found = template.type(expected)
        wrong = [each for each in differences(expected, found) if not each.where.startswith("汇总!")]
        assert not wrong, (change, report(wrong))


@pytest.mark.parametrize("code", ["99", "33010", "330A00", "990100", "3301000"])
def test_a_wrong_code_is_told_beside_its_cell(office: Office, tmp_path: Path, code: str) -> None:
    guide = city_guide()
    path = tmp_path / "template.xlsx"
    workbook.write(path, guide=guide, host="portable")
    book = office.open(path)
    hint = Layout(guide, "portable").hint_cell("enterprise.division_code")
    place = f"城市信息.{chr(65 + hint.col)}{hint.row + 1}"
    book.set("in_enterprise_division_code", code)
    book.recalculate()
    assert "六位数字" in str(book.get(place))
    book.set("in_enterprise_division_code", "330100")
    book.recalculate()
    assert book.get(place) == ""
    book.close()


def test_a_group_that_is_wholly_not_applicable_has_no_score() -> None:
    guide, data = city_guide(), return_of()
    data["not_applicable"] = {"air": "没有监测站点", "water": "没有监测断面"}
    result = evaluate(data, guide)
    by_code = {group.node.code: group for group in result.groups}
    assert by_code["environment"].score is None and by_code["environment"].weight == 0
    assert by_code["effect"].score is not None and result.total is not None


def test_scores_of_every_level_by_hand() -> None:
    result = evaluate(return_of(), city_guide())
    scores = {i.node.code: i.score for i in result.indicators}
    air, water = 100 * 84.1 / 95, 98.0
    fall = 100 * (1 - (7900 / 20059) / (8000 / 18753))
    assert scores["air"] == pytest.approx(air) and scores["fall"] == pytest.approx(100 * fall / 10)
    groups = {group["code"]: group for group in result.as_dict()["groups"]}
    assert groups["environment"]["score"] == pytest.approx((air + water) / 2)
    carbon = 100 * 0.35 / (7900 / 20059)
    whole = (0.1 * air + 0.1 * water + 0.15 * carbon + 0.15 * 10 * fall) / 0.5
    assert groups["effect"]["score"] == pytest.approx(whole) and groups["effect"]["level"] == 1
    assert (
        groups["carbon"]["level"] == 2
        and "groups"
        not in evaluate({"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}}).as_dict()
    )
    low, high = uncertainty(result).total or (0, 0)
    assert low <= (result.total or 0) <= high


def test_what_a_value_rests_on_is_asked_for() -> None:
    guide, data = city_guide(), return_of()
    del data["entered_source"]["air"], data["inputs"]["co2"]["source"]
    found = {(finding.code, finding.where) for finding in evaluate(data, guide).findings}
    assert {("missing-evidence", "entered_source.air"), ("missing-evidence", "inputs.co2.source")} <= found


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("division_code", "990100", "bad-division-code"), ("uscc", "91330500MA2B2C3D4T", "not-asked"), ("industry_code", "3011", "not-asked")],
)  # fmt: skip
def test_what_is_no_citys(field: str, value: str, code: str) -> None:
    from jwdt_xl.errors import Refused

    data = return_of()
    data["enterprise"][field] = value
    with pytest.raises(Refused) as refused:
        evaluate(data, city_guide())
    assert [finding.code for finding in refused.value.findings] == [code]
    assert "division_code" not in city_data()["nodes"][0]
