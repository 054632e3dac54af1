"""Tables of any program by a map: suggested with comments, never used unconfirmed, right in every shape people have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import read, write
from jwdt_xl.errors import Refused
from jwdt_xl.opening.sources import discover
from jwdt_xl.papers.mapping.apply import ByMap
from jwdt_xl.papers.mapping.maps import read_map
from jwdt_xl.papers.mapping.suggest import suggest, suggestion
from jwdt_xl.papers.paper import Sheet, Wanted

from . import made
from .conftest import bare, codes, imported
from .test_findings import said

MONTHS = [f"{month}月" for month in range(1, 13)]
POWER = {"table": "activity", "kind": "electricity", "origin": "grid"}
MINE = {"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}}


def table(folder: Path, rows: made.Rows, style: made.Style = made.STYLES[1], name: str = "t", **more: Any) -> Path:
    return made.write(folder / name, rows, style, **more)


def suggested(path: Path, **changes: Any) -> dict[str, Any]:
    """The map suggested for a table, with changes by the user, as data."""
    [source] = discover([str(path)])
    found = suggestion(source)
    assert not found.refused, found.refused
    return {**tomlkit.parse(found.map).unwrap(), **changes}


def by(data: dict[str, Any], path: Path) -> ByMap:
    file = path.with_suffix(".map.toml")
    file.write_text(tomlkit.dumps(data), encoding="utf-8")
    return ByMap(read_map(str(file)))


def ledger(style: made.Style, amounts: dict[str, list[Any]]) -> made.Rows:
    """A ledger of months with its total, as energy officers keep it."""
    rows: made.Rows = [["2023年用能台账", *[None] * 14], ["项目", "单位", *MONTHS, "合计"]]
    units = {"外购电": "千瓦时", "柴油": "公斤", "二氧化硫": "吨", "自来水": "吨"}
    for name, months in amounts.items():
        total = sum((made.D(str(value)) for value in months if value not in ("", None)), made.D(0))
        cells = [
            number if isinstance(number, str) and not number else made.number(str(number), style) for number in months
        ]
        rows.append([name, units[name], *cells, made.number(total, style)])
    return rows


@pytest.mark.parametrize("style", made.STYLES, ids=lambda style: style.key)
def test_twelve_months_are_summed(tmp_path: Path, style: made.Style) -> None:
    amounts = {"外购电": [1000.1 + n for n in range(12)], "柴油": [0.1] * 12, "自来水": [3] * 12}
    path = table(tmp_path, ledger(style, amounts), style)
    data = suggested(path)
    assert data["confirmed"] is False
    assert data["rows"] == {"name": "项目", "unit": "单位", "year": "", "total": "合计"}
    assert data["names"] == {
        "外购电": POWER,
        "柴油": {"table": "activity", "kind": "fuel", "name": "柴油"},
        "自来水": "",
    }
    assert [column["heading"] for column in data["columns"]] == MONTHS
    found = imported(path, reading=by({**data, "confirmed": True}, path))
    assert [(row["unit"], row["report"]) for row in bare(found, "activity")] == [("kWh", "12067.2"), ("kg", "1.2")]
    assert codes(found, "error") == codes(found, "warning") == []


def test_it_is_commented_and_nothing_is_imported_on_a_guess(tmp_path: Path) -> None:
    path = table(tmp_path, ledger(made.STYLES[1], {"外购电": [1] * 12}))
    [source] = discover([str(path)])
    text = suggestion(source).map
    assert text.count("#") > 10 and "it is a guess" in text and "origin of power" in text
    data = tomlkit.parse(text).unwrap()
    for confirmed in (False, "true", 1, None):
        changed = {key: value for key, value in {**data, "confirmed": confirmed}.items() if value is not None}
        with pytest.raises(Refused) as error:
            by(changed, path)
        assert [finding.code for finding in error.value.findings] == ["map-not-confirmed"]


@pytest.mark.parametrize("style", made.STYLES, ids=lambda style: style.key)
def test_two_years_side_by_side(tmp_path: Path, style: made.Style) -> None:
    """Merged years above, amounts below; each year becomes its period."""
    rows: made.Rows = [
        ["能源", "单位", "2022年", None, "2023年", None],
        [None, None, "用量", "金额（元）", "用量", "金额（元）"],
        [
            "柴油",
            "吨",
            made.number("8.5", style),
            made.number("1", style),
            made.number("7.25", style),
            made.number("1", style),
        ],
        [
            "外购电",
            "万千瓦时",
            made.number("120", style),
            made.number("1", style),
            made.number("118.5", style),
            made.number("1", style),
        ],
    ]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]
    path = table(tmp_path, rows, style, merges=merges)
    data = suggested(path)
    columns = [(column["heading"], column["period"]) for column in data["columns"]]
    assert ("2022年用量", "2022") in columns and ("2023年用量", "2023") in columns
    kept = [column for column in data["columns"] if column["heading"].endswith("用量")]
    found = imported(path, reading=by({**data, "confirmed": True, "columns": kept}, path))
    assert [(row["base"], row["report"]) for row in bare(found, "activity")] == [("120", "118.5"), ("8.5", "7.25")]
    assert (found.assessment.periods.base, found.assessment.periods.report) == ("2022", "2023")


@pytest.mark.parametrize("style", made.STYLES, ids=lambda style: style.key)
def test_pivoted_by_month(tmp_path: Path, style: made.Style) -> None:
    """Energies as columns with units in their headings, a row a month, a row of totals that is not added."""
    rows: made.Rows = [["月份", "用电量（kWh）", "天然气（Nm3）", "备注"]]
    rows += [[f"2023-{n:02}", made.number(str(100 + n), style), made.number("10.5", style), "x"] for n in range(1, 13)]
    rows.append(["合计", made.number("1278", style), made.number("126", style), None])
    path = table(tmp_path, rows, style)
    data = suggested(path)
    assert data["rows"]["year"] == "月份" and "names" not in data
    assert [(column["unit"], column["as"]["kind"]) for column in data["columns"]] == [
        ("kWh", "electricity"),
        ("m3", "fuel"),
    ]
    found = imported(path, reading=by({**data, "confirmed": True}, path))
    assert [(row["unit"], row["report"]) for row in bare(found, "activity")] == [("kWh", "1278"), ("m3", "126")]
    assert codes(found, "warning") == []
    short = table(tmp_path, [*rows[:7], rows[-1]], style, name="short")
    assert "map-months" in codes(imported(short, reading=by({**data, "confirmed": True}, short)), "warning")


def test_bills_of_months_add_up_only_where_the_map_says_so(tmp_path: Path) -> None:
    papers = [
        table(tmp_path, [["户号", "项目", "电量（千瓦时）"], ["2023年", "外购电", 100 + n]], name=f"bill{n:02}")
        for n in range(1, 13)
    ]
    data = suggested(papers[0])
    assert data["names"] == {"外购电": POWER}
    for adds_up, amount in ((True, "1278"), (False, "101")):
        reading = by({**data, "confirmed": True, "adds_up": adds_up}, papers[0])
        found = imported(*papers, reading=reading, into=read(MINE), period="report")
        assert [row["report"] for row in bare(found, "activity")] == [amount]
        assert ("papers-differ" in codes(found)) is not adds_up


def test_litres_and_answers(tmp_path: Path) -> None:
    """A factor converts; single answers are summed too."""
    path = table(tmp_path, [["2023年"], ["项目", "数量"], ["柴油", 52300], ["铸件", 21500], ["产值", 20100]])
    data = {
        "format": "jwdt-paper-map/1", "confirmed": True, "rows": {"name": "项目"},
        "names": {"柴油": {"table": "activity", "kind": "fuel", "name": "柴油"}, "铸件": "", "产值": ""},
        "columns": [{"heading": "数量", "factor": 0.00084, "unit": "t"}],
    }  # fmt: skip
    assert [row["report"] for row in bare(imported(path, reading=by(data, path)), "activity")] == ["43.932"]
    data["names"] = {"柴油": "", "铸件": {"answer": "product.output"}, "产值": ""}
    data["columns"] = [{"heading": "数量", "unit": "t"}]
    assert imported(path, reading=by(data, path)).assessment.product.output.report == 21500
    data["names"] = {"柴油": "", "铸件": "", "产值": {"answer": "output_value"}}
    data["columns"] = [{"heading": "数量", "unit": "万元"}]
    assert imported(path, reading=by(data, path)).assessment.output_value.report == 20100


def test_a_blank_month_an_unknown_name_and_a_total_that_differs(tmp_path: Path) -> None:
    amounts = {"外购电": [1.0] * 11 + [""], "柴油": [1] * 12, "二氧化硫": [1] * 12}
    rows = ledger(made.STYLES[1], amounts)
    rows[3][-1] = 13
    path = table(tmp_path, rows)
    data = suggested(path, confirmed=True)
    del data["names"]["二氧化硫"]
    found = imported(path, reading=by(data, path))
    assert said(found, "map-blank") == ["t.xlsx!表!N3"]
    assert said(found, "map-name") == ["t.xlsx!表!A5"]
    assert said(found, "paper-total-differs") == ["t.xlsx!表!O4"]
    assert [row["name"] for row in bare(found, "activity")] == ["柴油"]


@pytest.mark.parametrize(
    ("column", "unit", "code"),
    [
        ({"heading": "用量（吨）", "unit": "kg"}, "", "map-unit-contradicts"),
        ({"heading": "用量（吨）", "unit": ""}, "千克", "map-unit-contradicts"),
        ({"heading": "用量（桶）", "unit": ""}, "", "map-unit"),
        ({"heading": "用量（桶）", "unit": "kWh"}, "", "map-unit-impossible"),
    ],
)
def test_units_that_contradict(tmp_path: Path, column: dict[str, str], unit: str, code: str) -> None:
    path = table(tmp_path, [["2023年"], ["项目", "单位", column["heading"]], ["柴油", unit or None, 5]])
    data = {
        "format": "jwdt-paper-map/1", "confirmed": True, "rows": {"name": "项目", "unit": "单位"},
        "names": {"柴油": {"table": "activity", "kind": "fuel", "name": "柴油"}}, "columns": [column],
    }  # fmt: skip
    found = imported(path, reading=by(data, path), into=read(MINE))
    assert said(found, code) == ["t.xlsx!表!C3"] and bare(found, "activity") == []


GOOD: dict[str, Any] = {
    "format": "jwdt-paper-map/1", "confirmed": True, "rows": {"name": "项目"}, "names": {"柴油": {"table": "activity", "kind": "fuel", "name": "柴油"}},
    "columns": [{"heading": "用量", "unit": "t"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "x"}, "format"),
        ({"colour": 1}, "colour"),
        ({"columns": []}, "columns"),
        ({"columns": 5}, "columns"),
        ({"columns": [5]}, "columns[0]"),
        ({"columns": [{"heading": "", "unit": "t"}]}, "columns[0].heading"),
        ({"columns": [{"heading": "用量", "unit": "桶"}]}, "columns[0].unit"),
        ({"columns": [{"heading": "用量", "factor": 2}]}, "columns[0].unit"),
        ({"columns": [{"heading": "用量", "unit": "t", "factor": -1}]}, "columns[0].factor"),
        ({"columns": [{"heading": "用量", "unit": "t", "factor": True}]}, "columns[0].factor"),
        ({"columns": [{"heading": "用量", "unit": "t", "as": POWER}]}, "columns[0].as"),
        ({"rows": {}}, "columns[0].as"),
        ({"rows": {"name": 1}}, "rows.name"),
        ({"quality": 9}, "quality"),
        ({"names": {"柴油": {"table": "moon"}}}, "names.柴油.table"),
        ({"names": {"柴油": {"answer": "policy"}}}, "names.柴油.answer"),
        ({"names": {"柴油": 5}}, "names.柴油"),
        ({"names": {"柴油": {"table": "activity", "kind": "wish"}}}, "names.柴油.kind"),
        ({"names": {"柴油": {"table": "activity", "kind": "fuel", "report": 5}}}, "names.柴油.report"),
        ({"names": {"柴油": {"table": "activity", "kind": "fuel", "colour": "red"}}}, "names.柴油.colour"),
    ],
)
def test_mistakes_in_a_map_are_said_with_their_place(tmp_path: Path, change: dict[str, Any], place: str) -> None:
    with pytest.raises(Refused) as error:
        by({**GOOD, **change}, tmp_path / "m")
    assert f"m.map.toml {place}" in [finding.where for finding in error.value.findings]
    assert by(GOOD, tmp_path / "m").map.columns[0].unit == "t"


def test_a_map_that_does_not_fit_and_known_papers_beside_it(tmp_path: Path) -> None:
    other = table(tmp_path, [["甲", "乙"], ["x", 1]], name="other")
    known = made.form_205(tmp_path, made.CEMENT, "2023", made.STYLES[0])
    found = imported(other, known, reading=by(GOOD, tmp_path / "m"))
    assert [account.state for account in found.accounts] == ["refused", "imported"]
    [finding] = [finding for finding in found.findings if finding.code == "map-does-not-fit"]
    assert "项目、用量" in finding.text.en


@pytest.mark.parametrize("rows", [[["a", "b"], ["c", "d"]], [["说明"]], [["名称", "数量"], ["甲", 1]]])
def test_where_nothing_is_like_a_table_of_amounts(tmp_path: Path, rows: made.Rows) -> None:
    [source] = discover([str(table(tmp_path, rows))])
    assert [finding.code for finding in suggestion(source).refused] == ["nothing-to-map"]


def test_an_assessment_needs_no_map(golden: Path) -> None:
    [source] = discover([str(golden / "example_cement.json")])
    assert [finding.code for finding in suggestion(source).refused] == ["map-not-needed"]


_CELL = st.one_of(
    st.none(), st.floats(), st.text(max_size=8), st.integers(-9, 10**20),
    st.sampled_from(["柴油", "外购电", "吨", "1月", "2月", "12月", "2022年", "2023年用量", "单位", "合计", "—", '"', "\\", "=", "]", "\n", "'", "#"]),
)  # fmt: skip


@settings(max_examples=150)
@given(grid=st.lists(st.lists(_CELL, min_size=1, max_size=6), min_size=1, max_size=7))
def test_whatever_is_suggested_can_be_read_and_applied(grid: made.Rows) -> None:
    """A map suggested for any table is valid TOML; confirmed it is read, or says what is wrong; applied it never fails."""
    import tempfile

    sheet = Sheet("t.xlsx", "表", grid)
    try:
        text = suggest("t.xlsx", [sheet])
    except Refused:
        return
    data = {**tomlkit.parse(text).unwrap(), "confirmed": True}
    with tempfile.TemporaryDirectory() as folder:
        try:
            reading = by(data, Path(folder) / "m")
        except Refused as error:
            assert error.findings
            return
    found = reading("t.xlsx", (sheet,), Wanted())
    amounts = [entry.amount for each in found.given for entry in each.entries]
    assert all(amount is None or amount >= 0 for amount in amounts)
    assert bool(found.given) != bool(found.refused) or found.told


def test_the_same_map_next_year(tmp_path: Path) -> None:
    """Confirmed once, it reads the next year's table of the same program."""
    first = table(tmp_path, ledger(made.STYLES[1], {"柴油": [1] * 12}), name="first")
    reading = by(suggested(first, confirmed=True), first)
    rows = ledger(made.STYLES[0], {"柴油": [2] * 12})
    rows[0][0] = "2024年用能台账"
    second = table(tmp_path, rows, made.STYLES[2], name="second")
    found = imported(first, second, reading=reading)
    assert write(found.assessment)["periods"] == {"base": "2023", "report": "2024"}
    assert [(row["base"], row["report"]) for row in bare(found, "activity")] == [("12", "24")]
