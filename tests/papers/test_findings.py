"""What is said of papers: contradictions with their cells, totals checked and not added, what a paper cannot say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import Assessment, read, write
from jwdt_xl.errors import Refused

from . import made
from .conftest import bare, codes, imported
from .made import Style

PLAIN = Style("plain", ".xlsx")
_205 = [
    "能源名称",
    "计量单位",
    "代码",
    "期初库存量",
    "购进量",
    "消费量合计",
    "其中用于原材料",
    "期末库存量",
    "采用折标系数",
]


def form(folder: Path, *rows: list[Any], headings: list[str] = _205, title: str = "2023年", name: str = "form") -> Path:
    return made.write(folder / name, [[title], headings, *rows], PLAIN, "表")


def said(found: Any, code: str) -> list[str]:
    return [finding.where for finding in found.findings if finding.code == code]


def test_stock_balance_and_total(tmp_path: Path) -> None:
    """10 + 100 − 20 is not 95; the total of 1,000 tce is not that of the rows, which stays as it is."""
    path = form(
        tmp_path,
        ["柴油", "吨", 21, 10, 100, 95, None, 20, 1.4571],
        ["汽油", "吨", 19, 0, 10, 10, None, 0, 1.4714],
        ["能源合计", "吨标准煤", 40, None, None, 1000, None, None, None],
    )
    found = imported(path)
    assert said(found, "stock-balance") == ["form.xlsx!表!F3"]
    assert said(found, "paper-total-differs") == ["form.xlsx!表!F5"]
    assert [row["report"] for row in bare(found, "activity")] == ["95", "10"]


def test_raw_coal_is_the_sum_of_its_kinds(tmp_path: Path) -> None:
    rows = [["原煤", "吨", 1, 0, 150, 150, None, 0, 0.7143], ["无烟煤", "吨", 2, 0, 50, 50, None, 0, 0.9]]
    kinds = [*rows, ["一般烟煤", "吨", 4, 0, 100, 100, None, 0, 0.7]]
    assert {row["name"] for row in bare(imported(form(tmp_path, *kinds)), "activity")} == {"无烟煤", "烟煤"}
    unclear = imported(form(tmp_path, *rows, name="unclear"), into=into())
    assert said(unclear, "raw-coal-unclear") == ["unclear.xlsx!表!F3"]
    assert bare(unclear, "activity") == []
    alone = imported(form(tmp_path, rows[0], name="alone"))
    assert [row["name"] for row in bare(alone, "activity")] == ["原煤"]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["柴油", "万立方米", 21, 0, 1, 1, None, 0, 1], "paper-unit", "B3"),
        (["柴油（吨）", "千克", 21, 0, 1, 1, None, 0, 1], "paper-unit-contradicts", "B3"),
        (["柴油", "桶", 21, 0, 1, 1, None, 0, 1], "paper-unit", "B3"),
        (["木炭", "吨", 21, 0, 1, 1, None, 0, 1], "paper-energy", "A3"),
        (["柴油", "吨", 21, 0, 1, "约 5", None, 0, 1], "paper-number", "F3"),
        (["柴油", "吨", 21, 0, 1, -5, None, 0, 1], "paper-negative", "F3"),
        (["柴油", "吨", 21, 0, 1, 1e31, None, 0, 1], "paper-too-large", "F3"),
        (["柴油", "吨", 21, 0, 1, True, None, 0, 1], "paper-number", "F3"),
        (["柴油", "吨", 21, 0, 1, "#N/A", None, 0, 1], "paper-number", "F3"),
        (["柴油", "吨", 21, 0, 10, 10, 11, 0, 1], "paper-part", "G3"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cell(tmp_path: Path, row: list[Any], code: str, cell: str) -> None:
    found = imported(form(tmp_path, row, ["汽油", "吨", 19, 0, 1, 1, None, 0, 1.4714]))
    assert said(found, code) == [f"form.xlsx!表!{cell}"]
    assert [each["name"] for each in bare(found, "activity")] == ["汽油"]  # the other rows go on


def test_full_width_digits_and_signs_for_nothing(tmp_path: Path) -> None:
    rows = (
        ["柴油", "吨", 21, "—", "１２", "１，２３４．５", "／", "", "1.4571"],
        ["汽油", "吨", 19, "-", "--", "……", "·", "/", ""],
    )
    found = imported(form(tmp_path, *rows))
    assert [(row["name"], row["report"]) for row in bare(found, "activity")] == [("柴油", "1234.5")]


@pytest.mark.parametrize("blank", [None, "", "—", "／"])
@pytest.mark.parametrize(("place", "amount"), [(3, 7), (4, "1,200"), (6, 5), (7, 3), (4, "约 5"), (4, "#N/A")])
def test_a_blank_total_beside_amounts_is_told_once(tmp_path: Path, blank: Any, place: int, amount: Any) -> None:
    """Whatever else the row holds; of a known energy and of an unknown one. A row of nothing or of 0 is silent."""
    for name in ("柴油", "某燃料"):
        row = [name, "吨", 21, None, None, blank, None, None, 1.4571]
        row[place] = amount
        idle = ["煤油", "吨", 20, 0, None, blank, None, 0, 1.4714]
        found = imported(form(tmp_path, row, idle, ["汽油", "吨", 19, 0, 1, 1, None, 0, 1.4714]))
        assert said(found, "paper-total-blank") == ["form.xlsx!表!F3"]
        assert [each["name"] for each in bare(found, "activity")] == ["汽油"]


def test_the_heading_states_the_unit(tmp_path: Path) -> None:
    """It wins over the form's; where the cell says another one that is a contradiction."""
    headings = [*_205[:5], "消费量合计（千克）", *_205[6:]]
    headings[1] = "备注"
    found = imported(form(tmp_path, ["柴油", "", 21, 0, 5000, 5000, None, 0, 1.4571], headings=headings))
    assert [(row["unit"], row["report"]) for row in bare(found, "activity")] == [("kg", "5000")]
    headings[1] = "计量单位"
    other = imported(
        form(tmp_path, ["柴油", "吨", 21, 0, 5, 5, None, 0, 1.4571], headings=headings, name="other"), into=into()
    )
    assert said(other, "paper-unit-contradicts") == ["other.xlsx!表!B3"] and bare(other, "activity") == []


def test_an_unknown_unit_of_a_heading_and_a_heading_twice(tmp_path: Path) -> None:
    headings = [*_205[:5], "消费量合计（桶）", *_205[6:]]
    found = imported(form(tmp_path, ["柴油", "吨", 21, 0, 5, 5, None, 0, 1], headings=headings), into=into())
    assert said(found, "paper-unit") == ["form.xlsx!表!F2"] and bare(found, "activity") == []
    again = [*_205[:7], "消费量合计", "折标系数"]
    twice = imported(form(tmp_path, ["柴油", "吨", 21, 0, 5, 5, None, 6, 1], headings=again, name="twice"), into=into())
    assert said(twice, "paper-column-twice") and bare(twice, "activity") == []


def into(**data: Any) -> Assessment:
    return read({"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}, **data})


def test_nothing_typed_is_overwritten(tmp_path: Path) -> None:
    """A typed number stays; both places are said. A blank cell is filled and keeps its typed source."""
    before = into(
        activity=[
            {"kind": "fuel", "name": "柴油", "unit": "kg", "base": 8000, "report": 9000, "source": "领料单"},
            {"kind": "fuel", "name": "汽油", "unit": "t", "base": 4, "source": "加油卡"},
        ]
    )
    rows = (["柴油", "吨", 21, 0, 9.5, 9.5, None, 0, 1.4571], ["汽油", "吨", 19, 0, 3, 3, None, 0, 1.4714])
    found = imported(form(tmp_path, *rows), into=before, name="A.json")
    [differs] = [finding for finding in found.findings if finding.code == "imported-differs"]
    assert differs.where == "A.json!activity[0](柴油).report"
    assert "9000 kg is typed, form.xlsx!表!F3 has 9.5 t" in differs.text.en
    diesel, petrol = write(found.assessment)["activity"]
    assert (diesel["base"], diesel["report"], diesel["source"], "coefficient" in diesel) == (
        8000,
        9000,
        "领料单",
        False,
    )
    assert (petrol["base"], petrol["report"], petrol["source"]) == (4, 3, "加油卡; report: form.xlsx!表!4")
    same = imported(form(tmp_path, ["柴油", "吨", 21, 0, 9, 9, None, 0, None], name="same"), into=before)
    assert "imported-differs" not in codes(same)  # 9 t are 9000 kg


def test_own_values_that_differ_are_said(tmp_path: Path) -> None:
    before = into(activity=[{"kind": "fuel", "name": "柴油", "unit": "t", "base": 8, "coefficient": 1.45}])
    found = imported(form(tmp_path, ["柴油", "吨", 21, 0, 9, 9, None, 0, 1.4571]), into=before)
    assert codes(found, "warning") == ["imported-value-differs"]
    assert write(found.assessment)["activity"][0]["coefficient"] == 1.45


def test_several_typed_rows_are_compared_only(tmp_path: Path) -> None:
    row = {"kind": "electricity", "origin": "grid", "unit": "万kWh"}
    before = into(activity=[{**row, "base": 1, "report": 2}, {**row, "base": 3, "report": 4}])
    for amount, expected in ((6, []), (7, ["imported-row-unclear"])):
        found = imported(
            form(tmp_path, ["电力", "万千瓦时", 33, 0, amount, amount, None, 0, 1.229], name=f"p{amount}"), into=before
        )
        assert [c for c in codes(found) if c.startswith("imported")] == expected
        assert found.assessment.activity == before.activity


def test_papers_that_contradict_one_another(tmp_path: Path) -> None:
    one = form(tmp_path, ["柴油", "吨", 21, 0, 9, 9, None, 0, 1.4571], name="one")
    two = form(tmp_path, ["柴油", "千克", 21, 0, 9100, 9100, None, 0, 1.5], name="two")
    found = imported(one, two)
    assert said(found, "papers-differ") == said(found, "papers-differ-in-value") == ["two.xlsx!表!F3"]
    assert [row["report"] for row in bare(found, "activity")] == ["9"]


def test_coefficients_of_two_years_are_two_rows(tmp_path: Path) -> None:
    one = form(tmp_path, ["原煤", "吨", 1, 0, 90, 90, None, 0, 0.71], title="2022年", name="one")
    two = form(tmp_path, ["原煤", "吨", 1, 0, 80, 80, None, 0, 0.72], name="two")
    rows = [(row["base"], row["report"], row["coefficient"]) for row in bare(imported(one, two), "activity")]
    assert sorted(rows) == [("0", "80", "0.72"), ("90", "0", "0.71")]


def tax(folder: Path, *rows: list[Any], name: str = "tax", headings: tuple[str, ...] = made._TAX) -> Path:
    return made.write(folder / name, [list(headings), *rows], PLAIN, "税")


def month(number: int, pollutant: str = "二氧化硫", category: str = "大气污染物", **more: Any) -> list[Any]:
    given = {
        "method": "自动监测",
        "volume": 100,
        "measured": 50,
        "base": None,
        "emission": None,
        "outlet": "窑",
        **more,
    }
    return [
        "Y1", f"2023-{number:02}", given["outlet"], category, None, pollutant, given["method"], given["volume"],
        given["measured"], given["base"], None, given["emission"],
    ]  # fmt: skip


def test_amounts_of_the_tax_table_by_hand(tmp_path: Path) -> None:
    """100 × 10^4 m3 × 50 mg/m3 = 50 kg; 2,000 t × 50 mg/L = 100 kg; 300 t × 0.2 kg/t = 60 kg: twelve times each."""
    rows = [
        line
        for n in range(1, 13)
        for line in (
            month(n),
            month(n, "COD", "水污染物", volume=2000, outlet="口"),
            month(n, "一般性粉尘", volume=None, measured=None, base=300, emission=0.2, method="排污系数", outlet="磨"),
        )
    ]
    found = imported(tax(tmp_path, *rows))
    assert {row["pollutant"]: row["report"] for row in bare(found, "pollutants")} == {
        "二氧化硫": "600", "化学需氧量(CODcr)": "1200", "一般性粉尘": "720"
    }  # fmt: skip
    assert codes(found, "error") == [] and codes(found, "warning") == ["only-levied"]


def test_months_outlets_and_rows_twice(tmp_path: Path) -> None:
    rows = [month(n) for n in range(1, 12)]
    found = imported(tax(tmp_path, *rows, month(3)))
    assert said(found, "paper-row-twice") == ["tax.xlsx!税!F13"]
    [missing] = [finding for finding in found.findings if finding.code == "months-missing"]
    assert "lacks the months 12" in missing.text.en
    assert [row["report"] for row in bare(found, "pollutants")] == ["550"]


def test_quarters_add_up_and_overlap_counts_once(tmp_path: Path) -> None:
    one = tax(tmp_path, *(month(n) for n in range(1, 8)), name="one")
    two = tax(tmp_path, *(month(n) for n in range(7, 13)), name="two")
    found = imported(one, two)
    assert [row["report"] for row in bare(found, "pollutants")] == ["600"]
    assert "papers-overlap" not in codes(found)  # July stands in both, alike
    three = tax(tmp_path, *(month(n, volume=200 if n == 7 else 100) for n in range(7, 13)), name="three")
    assert "papers-overlap" in codes(imported(one, three), "error")


def test_a_month_without_amount_leaves_the_year_blank(tmp_path: Path) -> None:
    """A sum with a blank row is blank; a month that stood still is 0."""
    rows = [month(n) for n in range(1, 12)]
    blank = imported(tax(tmp_path, *rows, month(12, measured=None)))
    assert bare(blank, "pollutants") == [] and said(blank, "paper-amount-missing") == ["tax.xlsx!税!F13"]
    still = imported(tax(tmp_path, *rows, month(12, volume=0, measured=None), name="still"))
    assert [row["report"] for row in bare(still, "pollutants")] == ["550"]


@pytest.mark.parametrize(
    ("pollutant", "category", "code"),
    [
        ("颗粒物", "大气污染物", "paper-pollutant"),
        ("某某物", "大气污染物", "paper-pollutant"),
        ("COD", "大气污染物", "paper-pollutant"),
    ],
)
def test_pollutants_that_are_none(tmp_path: Path, pollutant: str, category: str, code: str) -> None:
    found = imported(tax(tmp_path, month(1, pollutant, category), *(month(n) for n in range(1, 13))))
    assert said(found, code) == ["tax.xlsx!税!F2"]
    assert len(found.assessment.pollutants) == 1


def test_declared_amounts_and_totals(tmp_path: Path) -> None:
    """The amounts of 2018 are taken and compared; a row of totals is checked, not added."""
    headings = (*made._TAX, "污染物排放量（千克）", "污染当量值（千克）", "污染当量数")
    rows = [[*month(n), 50, 0.95, 52.6] for n in range(1, 13)]
    total = ["合计", *[None] * 11, 600, None, None]
    found = imported(tax(tmp_path, *rows, total, headings=headings))
    assert [row["report"] for row in bare(found, "pollutants")] == ["600"]
    assert codes(found, "warning") == ["only-levied"]
    rows[4][12] = 500  # ten times what follows from gas and concentration
    wrong = imported(tax(tmp_path, *rows, total, headings=headings, name="wrong"))
    assert said(wrong, "paper-amount-differs") == ["wrong.xlsx!税!M6"]
    assert said(wrong, "paper-total-differs") == ["wrong.xlsx!税!M14"]


def test_two_ways_and_no_method(tmp_path: Path) -> None:
    found = imported(tax(tmp_path, month(1, method=None, base=300, emission=2)))
    assert said(found, "paper-method-unclear") == ["tax.xlsx!税!G2"]
    named = imported(tax(tmp_path, month(1, method="排污系数法", base=300, emission=2), name="named"))
    assert [row["report"] for row in bare(named, "pollutants")] == ["600"]


def test_ph_and_colour_are_rows_by_what_was_measured(tmp_path: Path) -> None:
    rows = [month(n, "pH值", "水污染物", volume=10, measured=5.5 if n < 7 else 9.4, outlet="口") for n in range(1, 13)]
    found = imported(tax(tmp_path, *rows))
    measured = [(row["parameter"], row["unit"], row["report"]) for row in bare(found, "pollutants")]
    assert sorted(measured) == [("5.5", "t wastewater", "60"), ("9.4", "t wastewater", "60")]


def test_solid_waste_and_noise_are_not_assessed(tmp_path: Path) -> None:
    found = imported(
        tax(tmp_path, *(month(n) for n in range(1, 13)), month(1, "粉煤灰", "固体废物"), month(1, "工业噪声", "噪声"))
    )
    [note] = [finding for finding in found.findings if finding.code == "not-assessed"]
    assert note.text.en.startswith("2 rows")


def test_permit_below_the_reported_amount_and_what_is_not_reported(tmp_path: Path) -> None:
    papers = [made.tax(tmp_path, made.CEMENT, "2023", made.STYLES[0]), made.permit(tmp_path, made.STYLES[0], so2="80")]
    found = imported(*papers)
    above = [finding for finding in found.findings if finding.code == "above-permit"]
    assert [finding.where for finding in above] == ["permit-published.xlsx!许可!F4"]
    assert "permitted are 80 t/a" in above[0].text.en
    [lacking] = [finding for finding in found.findings if finding.code == "permitted-not-reported"]
    assert "氨（氨气）" in lacking.text.zh
    assert found.count("checked") == 1
    dust = imported(papers[0], made.permit(tmp_path, made.STYLES[2], dust="90"))
    assert said(dust, "above-permit") == ["permit-gbk.csv!F6"]  # soot and general dust together are above 90 t
    fine = imported(papers[0], made.permit(tmp_path, made.STYLES[1], so2="120"))
    assert "above-permit" not in codes(fine)


def test_another_enterprise_and_another_year(tmp_path: Path) -> None:
    style = made.STYLES[0]
    papers = [made.form_205(tmp_path, made.CEMENT, "2023", style), made.form_205(tmp_path, made.DYEING, "2023", style)]
    found = imported(*papers)
    assert [account.state for account in found.accounts] == ["imported", "refused"]
    assert codes(found, "error") == ["other-enterprise"] and len(found.assessment.activity) == 3
    other = imported(
        papers[0], into=read({"format": "jwdt-assessment/1", "periods": {"base": "2020", "report": "2021"}})
    )
    assert codes(other, "error") == ["other-period"] and other.assessment.activity == ()


def test_period_by_option_where_no_year_is_said(tmp_path: Path) -> None:
    path = form(tmp_path, ["柴油", "吨", 21, 0, 9, 9, None, 0, 1.4571], title="能源")
    refused = imported(path, into=into())
    assert codes(refused, "error") == ["period-not-told"]
    for period in ("base", "report"):
        found = imported(path, into=into(), period=period)
        assert write(found.assessment)["activity"][0][period] == 9
    with pytest.raises(Refused) as error:
        imported(path, period="report")
    assert [finding.code for finding in error.value.findings][-1] == "no-period"
    contradicts = imported(
        form(tmp_path, ["柴油", "吨", 21, 0, 9, 9, None, 0, 1], name="dated"), into=into(), period="base"
    )
    assert codes(contradicts, "error") == ["other-period"]


def test_last_years_return_is_a_paper(tmp_path: Path, golden: Path) -> None:
    """Its report period fills this year's base; what was its base is of neither."""
    found = imported(
        golden / "example_cement.json",
        into=read({"format": "jwdt-assessment/1", "periods": {"base": "2023", "report": "2024"}}),
    )
    old, new = read(json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))), found.assessment
    assert [row.base for row in new.pollutants] == [row.report for row in old.pollutants]
    assert all(row.report is None for row in new.energy) and new.product.output.base == 1920000
    assert "other-years" in codes(found)
    assert new.policy.recommended is None and new.benchmarks == {}


def test_the_total_of_the_carbon_report_against_the_bills(tmp_path: Path) -> None:
    summary = made.write(
        tmp_path / "summary",
        [
            ["2023年补充数据汇总表"],
            [
                "企业名称",
                "组织机构代码",
                "行业代码",
                "产品一",
                None,
                None,
                "产品二",
                None,
                None,
                "企业综合能耗（万吨标煤）",
                "温室气体排放总量（万吨CO2e）",
            ],
            [None, None, None, "名称", "单位", "产量", "名称", "单位", "产量", None, None],
            ["示例水泥有限公司", "MA2B2C3D4", "3011", "水泥", "t", 1920000, None, None, None, 20.1, 150.2],
            ["另一家", "MA0000000", "3011", "水泥", "t", 1, None, None, None, 1, 1],
        ],
        PLAIN,
    )
    mine = read(
        {
            "format": "jwdt-assessment/1",
            "enterprise": {"uscc": made.CEMENT.uscc},
            "periods": {"base": "2022", "report": "2023"},
        }
    )
    found = imported(summary, made.carbon(tmp_path, "2023", made.STYLES[0]), into=mine)
    assert said(found, "carbon-total-differs") == ["summary.xlsx!表!K4"]
    assert found.assessment.enterprise.industry_code == "3011" and found.assessment.product.output.report == 1920000
    assert "imported-answer-differs" in codes(found)  # 通用硅酸盐水泥 and 水泥


def test_what_remains_is_said(tmp_path: Path) -> None:
    [note] = [
        f for f in imported(*made.all_of(tmp_path, made.FOUNDRY, made.STYLES[0])).findings if f.code == "still-to-type"
    ]
    assert "14 answers" in note.text.en and "output value, base period" in note.text.en and "materials" in note.text.en


def test_of_many_mistakes_the_first_are_listed(tmp_path: Path) -> None:
    found = imported(form(tmp_path, *(["某燃料", "吨", 1, 0, 1, 1, None, 0, 1] for _ in range(500))), into=into())
    listed = [finding for finding in found.findings if finding.code == "paper-energy"]
    assert len(listed) == 21 and "480 more" in listed[-1].text.en


def test_standard_coal_carbon_as_received_and_recovered_methane(tmp_path: Path) -> None:
    """What forms give in tce stays so; measured carbon is carbon as received; what was recovered goes with its period."""
    found = imported(
        form(
            tmp_path,
            ["其他燃料（吨标准煤）", "吨标准煤", 38, 0, 50, 50, None, 0, 1],
            ["柴油", "吨标煤", 21, 0, 5, 5, None, 0, 1],
        )
    )
    assert [(row["unit"], row["report"], "coefficient" in row) for row in bare(found, "activity")] == [
        ("tce", "50", False),
        ("tce", "5", False),
    ]
    rows = [
        ["2023年"], ["补充数据", "数值", "计算方法或填写要求"], ["烟煤消耗量（t）", 1000, ""], ["低位发热量（GJ/t）", 21, ""],
        ["收到基元素碳（tC/t）", 0.55, ""], ["碳氧化率（%）", 99, ""], ["化石燃料燃烧排放量", 1996.5, ""],
    ]  # fmt: skip
    measured = imported(made.write(tmp_path / "carbon", rows, PLAIN))
    [row] = bare(measured, "activity")
    assert (row["carbon_per_unit"], row["net_calorific_value"], "carbon_content" in row) == ("0.55", "21", False)
    assert codes(measured, "warning") == []  # 1000 × 0.55 × 0.99 × 44/12 = 1996.5
    old = into(
        activity=[
            {
                "kind": "wastewater",
                "name": "厌氧",
                "unit": "t",
                "base": 1,
                "report": 2,
                "recovered_base": 0.1,
                "recovered_report": 0.2,
            }
        ]
    )
    path = tmp_path / "old.json"
    path.write_text(json.dumps(write(old)), encoding="utf-8")
    new = imported(path, into=read({"format": "jwdt-assessment/1", "periods": {"base": "2023", "report": "2024"}}))
    [water] = new.assessment.activity
    assert (water.base, water.recovered_base, water.report, water.recovered_report) == (2, 0.2, None, None)


def test_a_row_in_a_unit_that_does_not_convert_is_told(tmp_path: Path) -> None:
    """Steam typed in t beside heat in GJ: nothing is lost in silence."""
    before = into(activity=[{"kind": "heat", "unit": "t", "pressure": 1, "base": 100}])
    found = imported(form(tmp_path, ["热力", "百万千焦", 32, 0, 500, 500, None, 0, 0.0341]), into=before)
    assert codes(found, "error") == ["imported-unit-of-row"]
    assert found.assessment.activity[0].report is None


def test_what_a_file_could_not_hold_is_left_out_alone(tmp_path: Path) -> None:
    """One impossible value does not cost the others: carbon in tC/TJ without its unit, a sum beyond 1e30, a farm's code."""
    rows = [
        ["2023年"], ["补充数据", "数值", "计算方法或填写要求"], ["烟煤消耗量（t）", 1000, ""], ["低位发热量", 21, ""], ["单位热值含碳量", 26.18, ""],
    ]  # fmt: skip
    carbon = imported(made.write(tmp_path / "carbon", rows, PLAIN))
    assert said(carbon, "imported-too-large") == ["carbon.xlsx!表!B3"]
    [row] = bare(carbon, "activity")
    assert row["net_calorific_value"] == "21" and "carbon_content" not in row
    months = [month(n, volume=9e29, measured=100) for n in range(1, 13)] + [month(n, "氮氧化物") for n in range(1, 13)]
    found = imported(tax(tmp_path, *months))
    assert codes(found, "error") == ["imported-too-large"]
    assert [(row["pollutant"], row.get("report")) for row in bare(found, "pollutants") if "report" in row] == [
        ("氮氧化物", "600")
    ]
    headings = [
        "企业名称",
        "行业代码",
        "产品一名称",
        "产品一单位",
        "产品一产量",
        "企业综合能耗（万吨标煤）",
        "温室气体排放总量（万吨CO2e）",
    ]
    farm = made.write(tmp_path / "farm", [["2023年"], headings, ["农场", "0111", "稻", "t", 5, 1, 1]], PLAIN)
    summary = imported(farm)
    assert codes(summary, "warning") == ["paper-industry"] and summary.assessment.product.output.report == 5


@pytest.mark.parametrize(
    ("amount", "told"), [("", True), ("—", True), (None, True), ("0", False), ("1200", False), ("很多", False)]
)
def test_a_fuel_of_the_carbon_table_without_its_amount_is_told_once(tmp_path: Path, amount: Any, told: bool) -> None:
    """It vanished with the values that were measured of it; what cannot be read is told as that."""
    rows = [
        ["2023年温室气体排放报告补充数据表"], ["补充数据", "数值"], ["烟煤消耗量（t）", amount], ["低位发热量（GJ/t）", 21.5],
        ["单位热值含碳量（tC/GJ）", 0.0261], ["碳氧化率（%）", 93], ["天然气消耗量（万Nm3）", 120], ["低位发热量（GJ/万Nm3）", 389.31],
        ["单位热值含碳量（tC/GJ）", 0.0153], ["碳氧化率（%）", 99],
    ]  # fmt: skip
    found = imported(made.write(tmp_path / "carbon", rows, PLAIN))
    assert said(found, "paper-amount-blank") == (["carbon.xlsx!表!B4"] if told else [])
    assert len(bare(found, "activity")) == (2 if amount == "1200" else 1)


def test_fuels_that_a_printed_form_only_names_are_not_told(tmp_path: Path) -> None:
    rows = [
        ["2023年温室气体排放报告补充数据表"], ["补充数据", "数值"], ["烟煤消耗量（t）", ""], ["低位发热量（GJ/t）", "—"],
        ["天然气消耗量（万Nm3）", 120], ["低位发热量（GJ/万Nm3）", 389.31],
    ]  # fmt: skip
    assert said(imported(made.write(tmp_path / "carbon", rows, PLAIN)), "paper-amount-blank") == []
