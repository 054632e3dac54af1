"""Benchmarks from a table: the level against brute force, what is counted, and what goes into the guide."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jwdt_xl.authoring import (
    benchmarks,
    build,
    levels,
    load,
    loads,
    new_book,
    read_table,
    rebuilt,
    with_benchmarks,
    with_levels,
)
from jwdt_xl.authoring.enterprises import Table
from jwdt_xl.authoring.files import dump
from jwdt_xl.authoring.scale import of_guide
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Finding
from jwdt_xl.standard.guide import builtin, from_dict, to_dict

from ..standard.own import own_data

BLANKS = ["", None, "n/a", "不适用", "#N/A", "#DIV/0!", "-", float("nan")]


def table(**columns: Sequence[Any]) -> Table:
    return Table("t.csv", columns)


#: Few different values, so that ties are common; blanks between them.
CELLS = st.lists(st.one_of(st.integers(1, 6).map(float), st.sampled_from(BLANKS)), min_size=1, max_size=40)


@given(CELLS, CELLS, st.sampled_from([0.2, 0.5, 0.75, 1.0]))
def test_levels_against_brute_force(low: list[Any], high: list[Any], share: float) -> None:
    size = max(len(low), len(high))
    low, high = (cells + [""] * (size - len(cells)) for cells in (low, high))
    columns = {"id": [f"e{i}" for i in range(size)], "3": low, "4": high}  # 3 is negative, 4 is positive
    found, _ = levels(builtin(), table(**columns), {share})
    for code, cells, better in (("3", low, lambda x, v: x <= v), ("4", high, lambda x, v: x >= v)):
        values = [cell for cell in cells if isinstance(cell, float) and cell == cell]
        if not values:
            assert code not in found
            continue
        enough = [v for v in values if sum(better(x, v) for x in values) >= share * len(values) - 1e-9]
        level = found[code]
        assert level.levels == {share: min(enough) if code == "3" else max(enough)}
        assert (level.n, level.missing) == (len(values), size - len(values))
        assert (level.minimum, level.maximum) == (min(values), max(values))
        assert level.quartiles[1] == statistics.median(values)


def test_one_enterprise() -> None:
    found, _ = levels(builtin(), table(**{"2": [3.0]}))
    level = found["2"]
    assert (level.n, level.missing, level.minimum, level.quartiles, level.maximum) == (1, 0, 3, (3, 3, 3), 3)
    assert set(level.levels.values()) == {3.0}
    assert level.as_dict()["reached by 50%"] == 3


def test_columns_by_code_by_portfolio_name_and_by_name() -> None:
    found, findings = levels(
        builtin(),
        table(
            **{
                "企业": ["a", "b"],
                "value_2": [1.0, 2.0],
                "碳生产率": ["3", "4"],
                "5": [1, 2],
                "8": [1, 0],
                "x": ["?", "?"],
            }
        ),
    )
    assert list(found) == ["2", "4", "5"]
    assert [f.text.en for f in findings] == [
        "indicator 8 “industrial policy” is neither positive nor negative, has no benchmark: column not used",
        "columns that were not used: x",
    ]


def test_wholly_blank_rows_are_no_enterprises() -> None:
    found, _ = levels(builtin(), table(**{"id": ["a", "", "b"], "2": [1.0, "", ""]}))
    assert (found["2"].n, found["2"].missing) == (1, 1)


@pytest.mark.parametrize(
    ("columns", "where", "message"),
    [
        ({"id": ["a", "b"], "2": [1, "12,5"]}, "t.csv:3 2", "“12,5” is no number"),
        ({"id": ["a"], "2": [True]}, "t.csv:2 2", "“True” is no number"),
        ({"id": ["a"], "2": ["inf"]}, "t.csv:2 2", "“inf” is no number"),
        (
            {"统一社会信用代码": ["91X", "92X", "91x"], "2": [1, 2, 3]},
            "t.csv:4 统一社会信用代码",
            "“91x” is the enterprise of row 2",
        ),
        ({"企业": ["a"], "x": [1]}, "t.csv", "no column is headed by an indicator's code or name; the codes are 1, 2"),
    ],
)
def test_errors(columns: dict[str, Any], where: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        levels(builtin(), table(**columns))
    [finding] = caught.value.findings
    assert finding.where == where
    assert message in finding.text.en


def test_a_column_without_values_is_named() -> None:
    found, findings = levels(builtin(), table(**{"2": ["", "n/a"], "3": [1, 2]}))
    assert list(found) == ["3"]
    assert [f.code for f in findings] == ["no-values"]


# Files


ROWS: list[list[Any]] = [
    ["统一社会信用代码", "2", "4"],
    ["91330500MA2B2C3D4T", 1.5, 0.06],
    ["91330500MA2B2C3D5T", "", 0.05],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "t.csv"
    lines = ["", *(delimiter.join(map(str, row)) for row in ROWS)]  # a blank line on top
    path.write_text("\r\n".join(lines), encoding=encoding, newline="")
    found = read_table(path)
    assert list(found.columns) == ROWS[0]
    assert found.columns["统一社会信用代码"] == [row[0] for row in ROWS[1:]]
    assert levels(builtin(), found)[0]["2"].missing == 1


def test_workbook(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(ROWS):
            sheet.write_row(i, 0, [int(cell) if str(cell).isdigit() and len(str(cell)) < 3 else cell for cell in row])
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        sheet.write(3, 0, "91330500MA2B2C3D6T")
    found, _ = levels(builtin(), read_table(path))
    assert (found["2"].n, found["2"].missing, found["4"].n, found["4"].missing) == (1, 2, 2, 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "the table is empty"), ("2,3,2\n1,2,3\n", "the heading “2” stands twice")],
)
def test_bad_tables(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=message):
        read_table(tmp_path / "t.csv")
    with pytest.raises(Refused, match="no such file"):
        read_table(tmp_path / "none.csv")


@pytest.mark.parametrize("name", ["合计", "小计", "Total", "平均", "总计："])
def test_totals_and_means_are_no_enterprises(name: str) -> None:
    found, findings = levels(
        builtin(), table(**{"企业": ["a", "b", "c", name], "3": [1, 2, 4, 99], "4": [1, 1, 1, 99]})
    )
    assert (found["3"].n, found["3"].missing, found["3"].maximum) == (3, 0, 4)
    assert [(f.severity, f.code, f.where) for f in findings] == [("error", "totals-row", "t.csv:5 企业")]


def test_a_row_that_adds_up_is_counted_and_told() -> None:
    found, findings = levels(builtin(), table(**{"企业": ["a", "b", "c"], "3": [1, 2, 3], "4": [1.5, 1, 2.5]}))
    assert found["3"].n == 3
    assert [(f.severity, f.code, f.where) for f in findings] == [("warning", "sum-of-rows", "t.csv:4 3")]


def test_a_value_100_times_off_the_others() -> None:
    _, findings = levels(builtin(), table(**{"企业": ["a", "b", "c", "d"], "5": [8, 9, 0.1, 10]}))
    assert [(f.code, f.where) for f in findings] == [("percent-slip", "t.csv:4 5")]
    found, _ = levels(load("cement"), table(**{"5": [0.08, 0.09]}))
    assert [f.code for f in benchmarks(load("cement"), found, "2023")[1]] == ["percent-slip"]


def test_a_workbook_as_people_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, percent = book.add_worksheet("表"), book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["企业", "", "3", "5"])
        sheet.write_row(1, 0, ["a", "", "1,600"])
        sheet.write_row(2, 0, ["b", "", 1700])
        sheet.write_formula(2, 2, "=1000+700", None, 1700)
        for row in (1, 2):
            sheet.write(row, 3, 0.07, percent)
    found, findings = levels(builtin(), read_table(path))
    assert found["3"].maximum == 1700 and found["5"].quartiles == (7, 7, 7)
    assert [f.code for f in findings] == ["formula-input", "text-number", "percent-format", "percent-format"]
    assert findings[0].where == "表!C3" and findings[1].where == f"{path}:2 3"


@pytest.mark.parametrize(
    "content",
    [
        "2023 年各企业指标\n企业;3;4\n甲;600;0,5\n".replace("0,5", "0.5").encode(),
        "sep=;\n企业;3;4\n甲;600;0.5\n".encode("utf-16"),
        "指标表\t\t\n\n企业\t3\t4\n甲\t600\t0.5\n".encode("gbk"),
        "企业,3,4,备注\n甲,600,0.5,a;b;c;d;e;f\n".encode(),
    ],
)
def test_texts_as_people_keep_them(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    found, findings = levels(builtin(), read_table(tmp_path / "t.csv", builtin()))
    assert (found["3"].maximum, found["4"].maximum) == (600, 0.5)
    assert [f.code for f in findings] == (["unused-columns"] if "备注" in content.decode("utf-8", "ignore") else [])


def test_a_table_on_another_sheet_below_a_title(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
        book.add_worksheet("说明").write(0, 0, "请看第二张表")
        sheet = book.add_worksheet("数据")
        for i, row in enumerate((["2023 年"], ["企业", 3, 4], ["甲", 600, 0.5], ["合计", 600, 0.5])):
            sheet.write_row(i, 0, row)
    found, findings = levels(builtin(), read_table(tmp_path / "t.xlsx", builtin()))
    assert found["3"].maximum == 600 and [f.code for f in findings] == ["totals-row"]


# Into the guide


def test_taken_into_a_guide_with_its_source() -> None:
    guide = load("cement")
    columns = {"2": [1.0, 0.5, 0.25, ""], "4": [0.01, 0.02, 0.03, 0.04], "5": [1, 2, 3, 4]}
    found, _ = levels(guide, table(**columns))
    taken, refused = benchmarks(guide, found, "2023")
    assert refused == []
    assert taken["2"] == (
        0.5,
        "AP/t 水泥",
        "2023：3 家企业中 50% 可达到的水平 / level reached by 50 % of 3 enterprises, 2023",
        2023,
        "",
        None,
    )
    assert (taken["4"].value, taken["4"].basis) == (0.03, "工业总产值")
    assert (taken["5"].value, taken["5"].convention) == (3, "calorific")
    new = with_levels(guide, taken)
    assert new.by_code["2"].benchmark == taken["2"]
    assert new.by_code["3"] == guide.by_code["3"]
    assert new.hash != guide.hash
    assert loads(with_benchmarks(dump(guide), taken)).hash == new.hash


def test_another_share_and_period() -> None:
    guide = load("cement")
    found, _ = levels(guide, table(**{"2": [1.0, 2.0, 3.0, 4.0]}), {0.25, 0.5})
    taken, _ = benchmarks(guide, found, "2023–2024", 0.25)
    assert taken["2"].value == 1
    assert taken["2"].source.endswith("level reached by 25 % of 4 enterprises, 2023–2024")
    assert taken["2"].year == "2023–2024"


def test_a_level_of_0_is_no_benchmark() -> None:
    guide = load("cement")
    found, _ = levels(guide, table(**{"2": [0.0, 0.0, 1.0], "3": [1.0, 2.0, 3.0]}))
    taken, refused = benchmarks(guide, found, "2023")
    assert list(taken) == ["3"]
    assert [f.text.en for f in refused if f.code != "benchmark-scale-slip"] == [
        "the level of indicator 2 cannot be a benchmark: benchmark must be a number above 0, got 0"
    ]


def test_the_guide_by_coal_consumption_gets_benchmarks_of_its_convention() -> None:
    guide = load("four-levels")
    guide.options = {**guide.options, "electricity_coefficient": 0.3}
    found, _ = levels(guide, table(**{"B111": [1.0, 2.0]}))
    taken, _ = benchmarks(guide, found, "2023")
    assert taken["B111"].convention == "coal_consumption"


# Units, signs and slips, as people keep them


@pytest.mark.parametrize(
    ("heading", "times"),
    [("3", 1), ("3 (kg/t)", 1), ("3（t/t）", 1000), ("单位产品碳排放量 [tCO2/t 水泥]", 1000), ("单位产品碳排放量(kgCO2e/t水泥)", 1), ("value_3 (g/kg)", 1),
     ("3（kg/kg）", 1000), ("3 【吨/吨】", 1000), ("3 (kg/单位产品)", 1)],
)  # fmt: skip
def test_units_in_headings_are_converted(heading: str, times: float) -> None:
    found, findings = levels(load("cement"), table(**{"企业": ["a", "b"], heading: [1.0, 2.0]}))
    assert (found["3"].minimum, found["3"].maximum) == (pytest.approx(times), pytest.approx(2 * times))
    assert [f.code for f in findings] == (["unit-converted"] if times != 1 else [])


@pytest.mark.parametrize(
    "heading", ["3 (MJ/t)", "3 (kg)", "3 (%)", "3 (kg/m3)", "3 (千克每吨)", "4 (元)", "5 (小数)", "3 (１)"]
)
def test_other_units_are_refused(heading: str) -> None:
    with pytest.raises(Refused) as caught:
        levels(load("cement"), table(**{heading: [1.0, 2.0]}))
    assert [(f.code, f.where) for f in caught.value.findings] == [("heading-unit", f"t.csv {heading}")]


@given(
    st.lists(st.floats(0.001, 1e6), min_size=1, max_size=20),
    st.sampled_from([("kg/t", 1), ("t/t", 1000), ("g/t", 0.001)]),
)
def test_converted_levels_are_levels_converted(values: list[float], unit: tuple[str, float]) -> None:
    name, times = unit
    plain, _ = levels(load("cement"), table(**{"3": values}))
    other, _ = levels(load("cement"), table(**{f"3 ({name})": [value / times for value in values]}))
    for share, level in plain["3"].levels.items():
        assert other["3"].levels[share] == pytest.approx(level, rel=1e-12)


def test_a_csv_as_people_keep_it(tmp_path: Path) -> None:
    """A title, units in the headings, thousands, percent signs, a remark column."""
    (tmp_path / "t.csv").write_text(
        "2025 年水泥企业指标表,,,,\n,,,,\n"
        "企业名称,单位产品碳排放量（t/t）,单位产品原辅料消耗量(kg/t),非化石能源占一次能源消费比重(%),备注\n"
        '甲,0.62,"3,012.5",35.1%,好\n乙,0.60,"1,300",１２.５％,\n',
        encoding="utf-8",
    )
    found, findings = levels(load("cement"), read_table(tmp_path / "t.csv", load("cement")))
    assert (found["3"].minimum, found["3"].maximum) == (pytest.approx(600), pytest.approx(620))
    assert (found["6"].minimum, found["6"].maximum) == (1300, 3012.5)
    assert (found["5"].minimum, found["5"].maximum) == (12.5, 35.1)
    assert {f.code for f in findings} == {"unit-converted", "text-number", "unused-columns"}
    assert [f.text.en for f in findings if f.code == "unused-columns"] == ["columns that were not used: 备注"]


def test_a_percent_sign_where_the_unit_is_another() -> None:
    with pytest.raises(Refused, match="is no number"):
        levels(load("cement"), table(**{"3": ["35%"]}))


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        (6.2, "percent-slip", "100"),
        (0.62, "far-off-column", "1000"),
        (620_000, "far-off-column", "1000"),
        (6_200_000, "far-off-column", "10000"),
    ],
)
def test_slips_by_100_and_1000(value: float, code: str, said: str) -> None:
    found, findings = levels(load("cement"), table(**{"企业": ["a", "b", "c", "d"], "3": [620, 600, 640, value]}))
    assert found["3"].n == 4
    assert [(f.code, f.where) for f in findings] == [(code, "t.csv:5 3")] and f"about {said} times" in findings[
        0
    ].text.en


def test_all_errors_at_once() -> None:
    columns = {"企业": ["a", "b", "a"], "2": [1, "x", 3], "3 (MJ/t)": [1, 2, 3], "4": ["约1", "2", "1,5"]}
    with pytest.raises(Refused) as caught:
        levels(load("cement"), table(**columns))
    assert [(f.code, f.where) for f in caught.value.findings] == [
        ("enterprise-twice", "t.csv:4 企业"), ("not-a-number", "t.csv:3 2"), ("heading-unit", "t.csv 3 (MJ/t)"),
        ("not-a-number", "t.csv:2 4"), ("not-a-number", "t.csv:4 4"),
    ]  # fmt: skip


# Another scale, and no heading that says so


def ranged(**changes: Any) -> Any:
    """The guide of cement with other fields of its third indicator (kg/t, 620)."""
    data = to_dict(load("cement"))
    node = next(node for node in data["nodes"] if node["code"] == "3")
    for key, value in changes.items():
        if value is None:
            del node[key]
        else:
            node[key] = value
    return from_dict(data)


@pytest.mark.parametrize(
    ("columns", "code", "said"),
    [
        ({"3": [0.62, 0.6, 0.64]}, "benchmark-scale-slip", "1000 times"),  # t for kg
        ({"3": [620_000, 600_000]}, "benchmark-scale-slip", "1000 times"),  # g for kg
        ({"4": [500, 510]}, "benchmark-scale-slip", "10000 times"),  # yuan for 10^4 yuan
        ({"6": [1.35, 1.4]}, "benchmark-scale-slip", "1000 times"),
        ({"5": [0.08, 0.2]}, "percent-slip", "at most 1"),  # fractions for %
        ({"5": [80, 120]}, "sample-outside-range", "1 of 2 numbers"),  # ‰ for %
    ],
)
def test_another_scale_is_told_with_its_column(columns: dict[str, Any], code: str, said: str) -> None:
    guide, (heading,) = load("cement"), columns
    found, findings = levels(guide, table(**columns))
    taken, more = benchmarks(guide, found, "2023")
    told = [f for f in (*findings, *more) if f.code == code and said in f.text.en]
    assert [f.where for f in told[:1]] == [f"t.csv {heading}"]
    assert taken[heading].value in columns[heading], "nothing is converted"


def test_the_range_of_an_indicator_speaks_where_there_was_no_benchmark() -> None:
    guide = ranged(benchmark=None, range=[300, 1500])
    found, findings = levels(guide, table(**{"3": [0.62, 0.6, 640, 0.7, 0.8, 0.9, 0.5, 0.61]}))
    (outside,) = (f for f in findings if f.code == "sample-outside-range")
    assert "7 of 8 numbers" in outside.text.en and "t.csv:2 3" in outside.text.en and "…" in outside.text.en
    _, told = benchmarks(guide, found, "2023")
    assert [(f.code, f.where) for f in told] == [("benchmark-outside-range", "t.csv 3")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"range": [300, 1500]}, []),
        ({"range": [0.3, 1.5]}, [("benchmark-outside-range", "nodes[3].benchmark.value")]),
        ({"benchmark": {"value": 620, "source": "x", "limit": 900}}, []),
        ({"benchmark": {"value": 620, "source": "x", "limit": 900_000}}, [("benchmark-scale-slip", "nodes[3].benchmark.limit")]),
        ({"benchmark": {"value": 620, "source": "x", "limit": 1600}, "range": [300, 1500]}, [("benchmark-outside-range", "nodes[3].benchmark.limit")]),
    ],
)  # fmt: skip
def test_a_guide_whose_own_numbers_contradict_each_other(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert [(f.code, f.where) for f in of_guide(ranged(**changes), str)] == expected


def test_building_tells_it_with_cell_or_line(tmp_path: Path) -> None:
    guide = ranged(benchmark={"value": 620, "source": "x", "limit": 900_000})
    new_book(tmp_path / "g.xlsx", guide)
    notes: list[Finding] = []
    build(tmp_path / "g.xlsx", notes)
    found = [f for f in notes if f.code == "benchmark-scale-slip"]
    sheet, cell = found[0].where.split("!")
    assert load_workbook(tmp_path / "g.xlsx")[sheet][cell].value == 900_000
    (line,) = (f.where for f in rebuilt(dump(guide), "g.toml")[1] if f.code == "benchmark-scale-slip")
    assert "900000" in dump(guide).splitlines()[int(line.partition(":")[2]) - 1]


def test_values_of_the_right_scale_are_not_told() -> None:
    guide = ranged(range=[300, 1500])
    found, findings = levels(guide, table(**{"3": [620, 600, 700], "5": [3, 0.8, 12], "4": [0.05, 0.06, 0.04]}))
    assert not [*findings, *benchmarks(guide, found, "2023")[1]]


def composed(unit: str, of: list[str], over: list[str], times: float | None = None) -> Any:
    """A guide with one own sum or quotient."""
    data = own_data()
    node = {
        "code": "a",
        "parent": "all",
        "weight": 1,
        "name_zh": "a",
        "unit_zh": unit,
        "attribute": "negative",
        "of": of,
    }
    node |= {"formula": "quotient", "over": over} if over else {"formula": "sum"}
    data["nodes"] = [data["nodes"][0], node | ({"times": times} if times else {})]
    return from_dict(data)


@pytest.mark.parametrize(
    ("guide", "said"),
    [
        (composed("L/t", ["fresh"], ["output"], 1000), ""),
        (composed("L/t", ["fresh"], ["output"]), "1000"),  # forgotten
        (composed("m3/t", ["fresh"], ["output"], 1000), "by 1,"),  # and left over
        (composed("万m3", ["fresh"], []), "0.0001"),
        (composed("万m3", ["fresh"], [], 1e-4), ""),
        (composed("kg/t", ["waste"], ["material_kg"], 1e6), ""),
        (composed("kg/t", ["waste"], ["material_kg"], 1000), "1000000"),
        (composed("元/m3", ["value_10k"], ["fresh"]), "10000"),
        (composed("kg/万元", ["co2e"], ["value_10k"], 1000), ""),
        (composed("指数", ["fresh"], ["output"], 7), ""),  # words that say no unit
        (composed("AP/t", ["equivalents"], ["output"]), ""),
    ],
)
def test_a_factor_that_the_units_contradict_is_told(guide: Any, said: str) -> None:
    found = [f for f in of_guide(guide, str) if f.code == "own-formula-times"]
    assert [f.where for f in found] == (["nodes[1].times"] if said else [])
    assert not said or said in found[0].text.en
