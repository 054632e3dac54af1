"""Never silent: a number in any cell of any paper comes to the assessment, is checked against it, or is told with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jwdt_xl.assessment import Assessment, read, write
from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.messages import Finding
from jwdt_xl.opening.markup import place
from jwdt_xl.opening.untold import ErrorValue
from jwdt_xl.papers import previous
from jwdt_xl.papers.cells import Problems, is_nothing
from jwdt_xl.papers.document import Opened
from jwdt_xl.papers.headings import AMOUNT, BESIDE, LABEL, NAME, Columns
from jwdt_xl.papers.kinds import KINDS, carbon, carbon_summary, energy, energy_wide, permit, tax
from jwdt_xl.papers.mapping.apply import ByMap
from jwdt_xl.papers.mapping.maps import Map, MapColumn, Target
from jwdt_xl.papers.paper import Sheet, Wanted
from jwdt_xl.papers.recognised import ByHeadings
from jwdt_xl.papers.run import import_papers
from jwdt_xl.standard.record import NUMBER

from . import made
from .conftest import codes, imported
from .test_findings import PLAIN, form, into, said

Grid = list[list[Any]]
PUBLISHED, SIMPLE = made.STYLES[:2]
SUMMARY: Grid = [
    ["2023年补充数据汇总表"],
    ["企业名称", "组织机构代码", "行业代码", "产品一", None, None, "产品二", None, None, "企业综合能耗（万吨标煤）", "温室气体排放总量（万吨CO2e）"],
    [None, None, None, "名称", "单位", "产量", "名称", "单位", "产量", None, None],
    ["示例水泥有限公司", "MA2B2C3D4", "3011", "水泥", "t", 1920000, None, None, None, None, 150.2],
]  # fmt: skip
LEDGER: Grid = [
    ["2023年能源台账"], ["项目", "单位", "1月", "2月", "全年合计"], ["外购电", "千瓦时", 1000, 1100, 2100], ["柴油", "公斤", 5, 6, 11],
    ["自来水", "吨", 7, 8, 15], ["合计", None, None, None, 9],
]  # fmt: skip
MAP = Map(
    "m.toml", "项目", "单位", "", "全年合计",
    {
        "外购电": Target("activity", {"kind": "electricity", "origin": "grid"}), "柴油": Target("activity", {"kind": "fuel", "name": "柴油"}),
        "自来水": None,
    },
    tuple(MapColumn(heading, "", Fraction(1), "", None) for heading in ("1月", "2月")), False, 2,
)  # fmt: skip
#: Columns of form 205-1 that are parts of what is used, or stand for the balance of stocks.
CHECKED = {"opening", "bought", "industrial", "other", "transport", "closing"}


class Paper(NamedTuple):
    """A paper as it is read, its columns, and what reads it."""

    grid: Grid
    columns: Columns
    reading: Callable[..., Opened]

    def __repr__(self) -> str:
        return "a paper"


def _grid(path: Path) -> Grid:
    rows: Grid = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[None if cell == "" else cell for cell in row] for row in rows]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    folder, by = tmp_path_factory.mktemp("papers"), ByHeadings()
    found = {
        "summary": Paper(SUMMARY, carbon_summary.COLUMNS, by),
        "map": Paper(LEDGER, ByMap(MAP).columns, ByMap(MAP)),
    }
    for style in (PUBLISHED, SIMPLE):
        for kind, columns, path in (
            ("tax", tax.COLUMNS, made.tax(folder, made.FOUNDRY, "2023", style)),
            ("205-1", energy.COLUMNS, made.form_205(folder, made.FOUNDRY, "2023", style)),
            ("wide", energy_wide.columns(), made.form_205_wide(folder, style)),
            ("carbon", carbon.COLUMNS, made.carbon(folder, "2023", style)),
            ("permit", permit.COLUMNS, made.permit(folder, style)),
        ):
            found[f"{kind}-{style.key}"] = Paper(_grid(path), columns, by)
    return found


class Outcome(NamedTuple):
    assessment: Assessment
    checked: list[Any]
    findings: set[tuple[str, str, str]]


def outcome(paper: Paper, grid: Grid, uscc: str) -> Outcome:
    """What comes of a paper, beside an assessment that has nothing but its periods."""
    opened = paper.reading("a.xlsx", (Sheet("a.xlsx", "表", grid),), Wanted(uscc))
    with patch("jwdt_xl.papers.run.open_all", lambda *_: iter([opened])):
        found = import_papers([], into(**({"enterprise": {"uscc": uscc}} if uscc else {})))
    checked = [(given.permitted, [(s.quantity, s.amount) for s in given.sums]) for given in opened.given]
    return Outcome(found.assessment, checked, {(f.code, f.where, f.text.en) for f in found.findings})


def of_row(findings: set[tuple[str, str, str]], row: int, width: int) -> bool:
    cells = {f"a.xlsx!表!{place(row, col)}" for col in range(width)}
    return any(where in cells for _, where, _ in findings)


NUMBERS = st.one_of(
    st.floats(0.5, 1e6).map(lambda value: round(value, 3)), st.integers(1, 10**6), st.integers(1, 10**6).map(lambda value: f"{value:,}"),
    st.sampled_from(["１２", "'34", -5, ErrorValue("#N/A"), 1e31]),
)  # fmt: skip
ALL = [
    "summary", "map",
    *(f"{kind}-{style.key}" for kind in ("tax", "205-1", "wide", "carbon", "permit") for style in (PUBLISHED, SIMPLE)),
]  # fmt: skip


@pytest.mark.parametrize("key", ALL)
@settings(max_examples=40)
@given(data=st.data())
def test_a_number_anywhere_is_somewhere(papers: dict[str, Paper], key: str, data: st.DataObject) -> None:
    """A blank row or a blank cell of a row gets a number: the assessment, the checks or the findings of that row are others.

    Left out is what the kinds declare as labels, and what may stand beside amounts in rows that have a name.
    """
    paper, uscc = papers[key], made.FOUNDRY.uscc if key.startswith("wide") else ""
    table = (paper.columns.tables(Sheet("a.xlsx", "表", paper.grid), Problems()) or [None])[0]
    assert table is not None
    width = max(map(len, paper.grid)) + 2
    row = data.draw(st.integers(table.first, len(paper.grid)), label="row")
    grid = [[*cells, *[None] * (width - len(cells))] for cells in paper.grid]
    is_new = row == len(grid) or data.draw(st.booleans(), label="a row of its own")
    if is_new:
        grid.insert(row, [None] * width)
    col = data.draw(st.integers(0, width - 1), label="column")
    keys = {found.col: each for each, found in table.columns.items()}
    roles = {each: paper.columns.columns[each].role for each in table.columns}
    role = roles.get(keys.get(col, ""))
    before = outcome(paper, grid, uscc)
    if not is_nothing(grid[row][col]) or role in (NAME, LABEL):
        return
    if not is_new and (role == BESIDE or keys.get(col) in CHECKED or _is_other(grid[row], key, uscc)):
        return
    value = data.draw(NUMBERS, label="number")
    grid[row][col] = value
    after = outcome(paper, grid, uscc)
    told = of_row(after.findings - before.findings, row, width)
    assert told or after.assessment != before.assessment or after.checked != before.checked, (row, col, value)


def _is_other(cells: Sequence[Any], key: str, uscc: str) -> bool:
    """Rows of totals; rows of other enterprises; names that the map leaves out."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return (
        any(text.endswith("合计") for text in texts)
        or (key.startswith("wide") and uscc not in texts)
        or (key == "map" and "自来水" in texts)
    )


def test_every_kind_is_among_them() -> None:
    """A new kind of paper comes with its own."""
    named = {"tax": "tax", "205-1": "205-1", "carbon": "carbon", "carbon-summary": "summary", "permit": "permit", "205-1-wide": "wide"}  # fmt: skip
    assert {kind.key for kind in KINDS} == set(named)
    assert {each.partition("-plain")[0] for each in ALL} >= {"summary", "map"}
    for kind, columns in (
        (tax, tax.COLUMNS), (energy, energy.COLUMNS), (permit, permit.COLUMNS), (carbon, carbon.COLUMNS), (carbon_summary, carbon_summary.COLUMNS),
    ):  # fmt: skip
        roles = {column.role for column in columns.columns.values()}
        assert roles >= {NAME, AMOUNT}, kind


FOOT = [
    ["注：1. 本表由企业填报。", None, 2023], ["单位负责人：张三", None, None, "填表人：李四", None, 13800000000], ["说明：数据来自台账", 5],
    ["联系电话：0512-1234567", None, 1234567], [None, None, "报出日期：2024年1月15日", 45306], ["—", "／", None], [None] * 5, [*[None] * 7, 0],
]  # fmt: skip


@pytest.mark.parametrize("key", ALL)
def test_notes_signatures_blanks_and_totals_are_quiet(papers: dict[str, Paper], key: str) -> None:
    """What stands below every table, and rows of nothing, cost no line."""
    paper, uscc = papers[key], made.FOUNDRY.uscc if key.startswith("wide") else ""
    before = outcome(paper, paper.grid, uscc)
    after = outcome(paper, [*paper.grid, *FOOT], uscc)
    assert after == before
    assert not {code for code, _, _ in before.findings} & {"paper-row-unnamed", "paper-number-beside", "paper-label"}
    assert not [f for f in before.findings if f[0] == "paper-column-unknown"], before.findings


def test_a_row_without_a_name(tmp_path: Path) -> None:
    """As issue 18 has it: it is told with its cell and what to do; many such rows are counted."""
    good = ["汽油", "吨", 19, 0, 1, 1, None, 0, 1.4714]
    found = imported(form(tmp_path, ["", "吨", "", 0, 5, 5, None, 0, 1.4571], good))
    assert said(found, "paper-row-unnamed") == ["form.xlsx!表!E3"]
    [finding] = [finding for finding in found.findings if finding.code == "paper-row-unnamed"]
    assert finding.severity == "error" and "(5)" in finding.text.en and "fill in the name" in finding.text.en
    many = imported(form(tmp_path, good, *([["", "吨", "", 0, 5, 5, None, 0, 1]] * 500), name="many"))
    listed = [finding for finding in many.findings if finding.code == "paper-row-unnamed"]
    assert len(listed) == 21 and "480 more" in listed[-1].text.en
    assert codes(
        imported(form(tmp_path, good, ["", "吨", 30, "", "", "", "", "", 0.9], name="coefficient")), "error"
    ) == ["paper-row-unnamed"]
    assert (
        codes(imported(form(tmp_path, good, ["煤油", "吨", 30, "", "", "", "", "", 0.9], name="idle")), "error") == []
    )


def test_a_label_of_the_carbon_table_that_is_not_known(tmp_path: Path) -> None:
    rows = [
        ["2023年温室气体排放报告补充数据表"], ["补充数据", "数值"], ["烟煤消耗量（t）", 1000], ["低位发热量（GJ/t）", 21], ["单位热值含碳量（tC/GJ）", 0.026],
        ["负荷率（%）", 81.5], ["机组类型", "超临界"], ["其他", "无"], ["", 77],
    ]  # fmt: skip
    found = imported(made.write(tmp_path / "carbon", rows, PLAIN))
    assert said(found, "paper-label") == ["carbon.xlsx!表!B6"] and said(found, "paper-row-unnamed") == [
        "carbon.xlsx!表!B9"
    ]
    [finding] = [finding for finding in found.findings if finding.code == "paper-label"]
    assert "负荷率（%）” = 81.5" in finding.text.en


def test_columns_that_are_not_known_are_told_once(tmp_path: Path) -> None:
    """A fuel that the wide table has and nobody knows; a number of rows is no amount."""
    headings = ["序号", "单位名称", "年份", "柴油（吨）", "汽油（吨）", "电力（万千瓦时）", "某燃料（吨）", "联系电话"]
    rows = [["2023年"], headings, [1, "甲公司", 2023, 5, 6, 7, 8, 512123], [2, "甲公司", 2022, 5, 6, 7, 9, 512123]]
    found = imported(made.write(tmp_path / "wide", rows, PLAIN))
    [finding] = [finding for finding in found.findings if finding.code == "paper-column-unknown"]
    assert finding.where == "wide.xlsx!表!G3" and "2 numbers" in finding.text.en and "某燃料（吨）" in finding.text.en
    merged = [headings, [1, "甲公司", 2023, 5, 6, 7], [2, "乙公司", 2023, 1, 1, 1], [3, None, 2022, 5, 6, 7]]
    mine = read(
        {"format": "jwdt-assessment/1", "enterprise": {"name": "甲公司"}, "periods": {"base": "2022", "report": "2023"}}
    )
    lost = imported(made.write(tmp_path / "merged", merged, PLAIN), into=mine)
    assert said(lost, "paper-row-unnamed") == ["merged.xlsx!表!D4"]


def test_a_row_of_money_only_and_feedstock_of_power(tmp_path: Path) -> None:
    """Bought for money and no amount; what cannot be feedstock is not dropped without a word."""
    headings = ["能源名称", "计量单位", "购进量", "购进金额（千元）", "消费量合计", "其中用于原材料"]
    rows = (["柴油", "吨", None, 80, None, None], ["电力", "万千瓦时", 5, 9, 5, 2])
    found = imported(form(tmp_path, *rows, headings=headings))
    assert said(found, "paper-total-blank") == ["form.xlsx!表!E3"]
    assert said(found, "feedstock-not-fuel") == ["form.xlsx!表!F4"]
    total = imported(
        form(tmp_path, ["能源合计", "吨标准煤", None, None, 40, None], headings=headings, name="total"), into=into()
    )
    assert said(total, "paper-total-differs") == ["total.xlsx!表!E3"]


def test_totals_of_reports_are_compared_or_told(tmp_path: Path) -> None:
    """The energy in all of a summary: a question where it differs, told where there is nothing to compare it with."""
    rows = [*SUMMARY[:3], [*SUMMARY[3][:9], 20.1, 150.2]]
    alone = imported(made.write(tmp_path / "summary", rows, PLAIN), into=into())
    assert said(alone, "total-not-compared") == ["summary.xlsx!表!J4", "summary.xlsx!表!K4"]
    bills = {"kind": "fuel", "name": "柴油", "unit": "t", "base": 5, "report": 5}
    mine = into(activity=[bills])
    found = imported(made.write(tmp_path / "again", rows, PLAIN), into=mine)
    assert said(found, "energy-total-differs") == ["again.xlsx!表!J4"] and said(found, "carbon-total-differs") == [
        "again.xlsx!表!K4"
    ]
    unnamed = [*SUMMARY[:3], [*SUMMARY[3][:6], None, "t", 5, 20.1, 150.2]]
    assert said(imported(made.write(tmp_path / "unnamed", unnamed, PLAIN), into=into()), "output-without-product") == [
        "unnamed.xlsx!表!I4"
    ]


# Last year's file


def _numbers() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of every table that holds a number, and the mappings, each alone in a file."""
    samples: dict[str, dict[str, Any]] = {
        "products": {"name": "甲", "unit": "t"}, "activity": {"kind": "fuel", "name": "柴油", "unit": "t"},
        "pollutants": {"medium": "air", "pollutant": "二氧化硫", "unit": "t"}, "materials": {"material": "石灰石", "unit": "t"},
        "greenhouse": {"category": "process", "gas": "CO2", "unit": "t"}, "energy": {"energy": "柴油", "unit": "t"},
        "residual_energy": {"kind": "余热发电", "unit": "kWh"}, "own_equivalents": {"medium": "air", "pollutant": "甲", "unit": "kg"},
    }  # fmt: skip
    for table, row in samples.items():
        for name, spec in specs(TABLES[table]).items():
            if spec.kind == NUMBER and name not in ("quality",):
                value = 0.5 if name in ("oxidation", "biogenic_share", "carbon_fraction") else 3
                yield f"{table}.{name}", {table: [{**row, name: value}]}
    yield "benchmarks", {"benchmarks": {"2": 1.5}}
    yield "options", {"options": {"electricity_coefficient": 0.3}}
    yield "entered", {"entered": {"2": 5}}
    yield "plan", {"plan": [{"name": "甲", "changes": [], "cost": 5, "life": 2}]}
    for section in ("output_value", "metered_electricity"):
        yield section, {section: {"report": 5}}
    yield "product.output", {"product": {"output": {"report": 5}}}


@pytest.mark.parametrize(("name", "extra"), list(_numbers()), ids=[name for name, _ in _numbers()])
def test_every_number_of_last_years_file(name: str, extra: dict[str, Any]) -> None:
    data = {"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}, **extra}
    try:
        assessment = read(
            {key: value for key, value in data.items() if key not in ("benchmarks", "options", "entered")}
        )
    except Exception as error:  # not a field of such a row
        assert getattr(error, "findings", ()), error
        return
    given, told = previous.given("old.json", assessment), list(previous.not_taken("old.json", data, assessment))
    taken = [entry for entry in given.entries if 3 in entry.own.values() or entry.amount == 3] or [
        f for f in given.facts if f.value == 5
    ]
    assert taken or told, name
    assert all(isinstance(finding, Finding) and finding.severity == "info" for finding in told)
    assert not list(previous.not_taken("old.json", write(into()), into()))
