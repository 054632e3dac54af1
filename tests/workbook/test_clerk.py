"""What a clerk with fresh eyes did and was not told: each is told beside the cell as `jwdt check` tells it.

The sentences are recomputed by IronCalc; that LibreOffice agrees cell by cell is tested with the random enterprises.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.standard.guide import from_dict, to_dict
from jwdt_xl.workbook import Layout, write
from jwdt_xl.workbook.columns.catalogue import HINTS
from jwdt_xl.workbook.plan import Cell

from .cases import BILLED, NAMED_GUIDE, PLAIN, changed
from .compare import differences, in_ironcalc, read_file, report
from .places import LAYOUT

TEXTS = {hint.name: hint.text.zh for hint in HINTS}
_GRID = {"kind": "electricity", "origin": "grid", "unit": "kWh", "base": 120, "report": 115, "source": "账单"}
_OWN = {**_GRID, "origin": "own_renewable", "base": 20, "report": 20}
_OTHER, _UNCLEAR = (
    (TEXTS["other_unit"] + "✗", "benchmark-unit"),
    (TEXTS["unclear_unit"] + "!", "benchmark-unit-unclear"),
)
_SMALL = {"output_value": {"base": 0.2, "report": 0.2}}
_METER = {"base": 100, "report": 95}


def hint_cell(path: str) -> Cell:
    if path.startswith("settings."):
        return LAYOUT.setting_hint_cell(int(path.partition(".")[2]) - 1)
    if "[" in path:
        table, _, index = path.removesuffix("]").partition("[")
        found = LAYOUT.tables[table]
        return Cell(found.sheet, found.first + int(index), found.computed["hint"])
    return LAYOUT.hint_cell(path)


#: What is filled in; where a sentence stands, how it begins and its mark; the finding's code and place ("": none).
CASES: list[tuple[dict[str, Any], str, str, str, str]] = [
    # the grid's row holds the own power: the row is to be corrected, the meter is right
    ({"activity": [_GRID, _OWN], "metered_electricity": _METER, **_SMALL}, "activity[0]", "查：本行含自发自用电？请改为电费单上的购电量!", "own-power-in-grid-row", "activity[0].report"),
    ({"activity": [_GRID, _OWN], "metered_electricity": _METER, **_SMALL}, "metered_electricity.report", "此处不用改：各行购电 115 kWh，多出的恰是自发自用 20，请改“电网”行✓", "own-power-in-grid-row", "activity[0].report"),
    ({"activity": [{**_GRID, "base": 130}, _OWN], "metered_electricity": _METER, **_SMALL}, "metered_electricity.base", "查：电表 100，各行之和 130 kWh：照电费单改不符的一处!", "metered-electricity-differs", "metered_electricity.base"),
    ({"activity": [{**_GRID, "base": 100, "report": 95}, {**_OWN, "origin": "certificate"}], **_SMALL}, "metered_electricity.report", "电力有多个来源：填总电表购电量，才能核对是否重复✓", "metered-electricity-blank", "metered_electricity.report"),
    # 度 for 万度 in both periods, bills alone and ready tonnes; 元 for 万元
    ({"activity": [{**_GRID, "base": 100, "report": 95}]}, "activity[0]", "查：每万元产值用电不在 2–25,000 kWh/万元，核对单位!", "implausible-power-ratio", "activity[0].unit"),
    ({"activity": [{**_GRID, "base": 1e8, "report": 1e8}]}, "activity[0]", "查：每万元产值用电不在 2–25,000 kWh/万元，核对单位!", "implausible-power-ratio", "activity[0].unit"),
    ({"energy": [{"energy": "电力", "origin": "grid", "unit": "kWh", "base": 100, "report": 90, "source": "x"}]}, "greenhouse[1]", "查：每吨标准煤排放不在 0.2–10 t CO2e/tce，核对单位!", "implausible-carbon-ratio", "greenhouse[1].unit"),
    ({"output_value": {"base": 1e7, "report": 1.2e7}}, "output_value.report", "查：每万元产值能耗不在 0.0005–20 tce/万元，核对单位!", "implausible-energy-ratio", "output_value.report"),
    ({"output_value": {"base": 10, "report": 12}}, "output_value.report", "查：每万元产值能耗不在 0.0005–20 tce/万元，核对单位!", "implausible-energy-ratio", "output_value.report"),
    ({"output_value": {"base": 1000, "report": 1200}}, "output_value.report", "✓", "", ""),
    ({"residual_energy": [{"kind": "余热", "unit": "万kWh", "base": 10000, "report": 11000, "source": "x"}]}, "residual_energy[0]", "查：余能与总能耗之比不在 0–3 倍，核对单位!", "implausible-residual-ratio", "residual_energy[0].unit"),
    # benchmarks far off the value (8181.8), or in another unit
    *(({"benchmarks.6": {"value": value, "source": "指南"}}, "settings.6", said, code, "benchmarks.6") for value, said, code in (
        (18_053_836, "查：与指标值差约 2207 倍，核对单位(千、万)!", "benchmark-scale-slip"),
        (2.7, "查：与指标值差约 3030 倍，核对单位(千、万)!", "benchmark-scale-slip"),
        (8.1818, "查：与指标值差约 1000 倍，核对单位(千、万)!", "benchmark-scale-slip"),
        (81818181, "查：与指标值差约 10000 倍，核对单位(千、万)!", "benchmark-scale-slip"),
        (2_500_000, "查：与指标值差约 306 倍，核对单位(千、万)!", "benchmark-scale-slip"),
        (155, "查：差约 53 倍，是否把 5% 存成了 0.05!", "percent-slip"),
        (170, "✓", ""), (400_000, "✓", ""),
    )),
    ({"benchmarks.5": {"value": 0.05, "source": "指南", "basis": "当量值"}}, "settings.5", TEXTS["below_one"] + "!", "percent-slip", "benchmarks.5"),
    *(({f"benchmarks.{number}": {"value": value, "unit": unit, "source": "指南"}, "product.unit": product}, f"settings.{number}", said, code, f"benchmarks.{number}.unit") for product, number, value, unit, said, code in (
        ("t", 3, 20000, "t/t", *_OTHER), ("t", 6, 9000, "kg/kg", *_OTHER), ("t", 7, 400000, "GJ/t", *_OTHER), ("t", 2, 2, "kg/t", *_OTHER), ("t", 4, 0.6, "元/t", *_OTHER),
        ("吨", 3, 20000, "tce/t", *_OTHER), ("吨", 6, 9000, "千克/吨", "✓", ""), ("吨", 7, 400000, "千焦/吨", "✓", ""), ("吨", 2, 2, "当量/吨", "✓", ""), ("吨", 4, 0.6, "10^4 yuan / t CO2", "✓", ""),
        ("10^4 m", 3, 20000, "kg/万米", *_UNCLEAR), ("10^4 m", 6, 9000, "KG / 单位产品", "✓", ""), ("10^4 m", 7, 400000, "kJ", *_UNCLEAR), ("10^4 m", 2, 2, "", "✓", ""), ("10^4 m", 4, 0.6, "万元", *_OTHER),
        ("件", 3, 20000, "kgCO2e/件", "✓", ""), ("件", 6, 9000, "kg/t", *_UNCLEAR), ("件", 7, 400000, "kJ／件", "✓", ""), ("件", 2, 2, "AP/unit product", "✓", ""),
    )),
    # the industry of another product than the one made
    *(({"product.name": product, "enterprise.industry_code": code}, "enterprise.industry_code", said, told, "enterprise.industry_code" if told else "") for product, code, said, told in (
        ("灰铸铁件", "3011", TEXTS["other_product"] + "!", "industry-of-another-product"), ("P·O 42.5 水 泥", "2710", TEXTS["other_product"] + "!", "industry-of-another-product"),
        ("灰铸铁件", "3391", "✓", ""), ("水泥搅拌机", "3515", "✓", ""), ("Portland Cement", "3011", "✓", ""),
    )),
    # what is not known is no reason
    *(({"not_applicable": {"7": reason}, "residual_energy": []}, "settings.7", TEXTS["no_reason"] + "!", "no-reason-for-not-applicable", "not_applicable.7") for reason in ("没有基准", "无基准值", "没有数据", "不知道", "No benchmark", "no data yet")),
    *(({"not_applicable": {"7": reason}, "residual_energy": []}, "settings.7", TEXTS["not_applicable"] + "✓", "", "") for reason in ("没有可回收的余能", "本行业指南不要求", "the process has none of it")),
]  # fmt: skip


def together() -> list[list[tuple[dict[str, Any], str, str, str, str]]]:
    """The cases in few workbooks: none says another thing of what another one says."""
    groups: list[list[Any]] = []
    for case in CASES:
        fits = (g for g in groups if all(_go_together(case, other) for other in g))
        group = next(fits, None)
        if group is None:
            groups.append([case])
        else:
            group.append(case)
    return groups


def _go_together(case: Any, other: Any) -> bool:
    shared = case[0].keys() & other[0].keys()
    alike = all((key in case[0]) == (key in other[0]) for key in ("activity", "energy", "output_value"))  # ratios move
    return alike and case[1] != other[1] and all(case[0][key] == other[0][key] for key in shared)


SUSPICIOUS = {
    "own-power-in-grid-row", "metered-electricity-differs", "benchmark-scale-slip", "percent-slip", "benchmark-unit", "benchmark-unit-unclear",
    "no-reason-for-not-applicable",
}  # fmt: skip


@pytest.mark.parametrize("cases", together(), ids=lambda cases: cases[0][1])
def test_the_cell_says_what_the_check_says(cases: list[Any], tmp_path: Path) -> None:
    data = {key: value for case in cases for key, value in case[0].items()}
    assessment = read(changed(BILLED if "activity" in data else PLAIN, data))
    told = [(f.code, f.where) for f in evaluate(assessment).findings]
    write(tmp_path / "case.xlsx", host="portable", assessment=assessment)
    values = in_ironcalc(tmp_path / "case.xlsx")
    assert not report(differences(read_file(tmp_path / "case.xlsx"), values))
    for _, path, said, code, where in cases:
        indicator = path.partition("settings.")[2]
        found = {entry for entry in told if entry[0] in SUSPICIOUS and indicator and f".{indicator}" in entry[1]}
        assert (code, where) in told if code else not found, (path, said, told)
        cell = hint_cell(path)
        hint, mark = (str(values[LAYOUT.title(cell.sheet), cell.row, col] or "") for col in _columns(cell))
        hint = re.sub(
            r" \((AP|kg|kJ)/[^()]+\)$", "", hint
        )  # the unit that the benchmark is to be in, see test_typing.py
        assert ("" if hint == TEXTS["source"] else hint) + ("✓" if hint == TEXTS["source"] else mark) == said


def test_a_guide_named_for_an_industry(tmp_path: Path) -> None:
    """The code of another industry than the guide's, where the product says nothing of it."""
    guide = from_dict({**to_dict(NAMED_GUIDE), "name_zh": "铸造行业评价指南"})
    assessment = read(changed(PLAIN, {"product.name": "产品", "enterprise.industry_code": "2710"}))
    assert "industry-of-another-guide" in {finding.code for finding in evaluate(assessment, guide).findings}
    write(tmp_path / "case.xlsx", host="portable", assessment=assessment, guide=guide)
    values, layout = in_ironcalc(tmp_path / "case.xlsx"), Layout(guide, "portable", "zh")
    cell = layout.hint_cell("enterprise.industry_code")
    assert values[layout.title(cell.sheet), cell.row, cell.col] == TEXTS["other_guide"]


def _columns(cell: Cell) -> tuple[int, int]:
    if cell.sheet == "settings":
        return cell.col, LAYOUT.setting_hint_cell(0, "mark").col
    if cell.sheet == "enterprise":
        return cell.col, LAYOUT.hint_cell("boundary", "mark").col
    return cell.col, LAYOUT.tables[cell.sheet].computed["mark"]
