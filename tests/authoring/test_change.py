"""A change of guide: both results, what goes along, and the tables."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import pytest
from openpyxl import load_workbook

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.authoring import carry, compare, difference, load, write_difference
from jwdt_xl.authoring.change import by_indicator, frame, totals
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict

Filled = Callable[[Guide], dict[str, Any]]


def changed(guide: Guide, code: str, **more: Any) -> Guide:
    data = copy.deepcopy(to_dict(guide))
    node = next(node for node in data["nodes"] if node["code"] == code)
    for key, value in more.items():
        node[key] = node.get(key, {}) | value if isinstance(value, dict) else value
    return from_dict(data)


def test_a_changed_benchmark_shows_in_its_indicator_and_the_total(filled: Filled) -> None:
    old = load("cement")
    new = changed(old, "3", benchmark={"value": 300})
    assert new.hash != old.hash
    found = compare(filled(old), old, new)
    assert found.old is not None and found.new is not None
    rows = {row["code"]: row for row in found.rows()}
    assert list(rows) == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "total"]
    three = rows["3"]
    assert three["value_old"] == three["value_new"] == pytest.approx(603.7, rel=1e-3)
    assert (three["benchmark_old"], three["benchmark_new"]) == (620, 300)
    assert three["score_old"] == 100
    assert three["score_new"] == pytest.approx(100 * 300 / three["value_new"])
    assert three["change"] == pytest.approx((three["score_new"] - 100) * 0.1)
    assert rows["total"]["change"] == pytest.approx(three["change"]) == found.change
    assert all(row["change"] == 0 for code, row in rows.items() if code not in ("3", "total"))


def test_every_number_is_that_of_its_own_evaluation(filled: Filled, golden: Path) -> None:
    old, new = builtin(), load("four-levels")
    data = filled(old)
    found = compare(data, old, new)
    assert found.old is not None
    assert found.old.as_dict() == evaluate(data, old).as_dict()
    carried, findings = carry(read(data, old), old, new)
    assert found.new is not None
    assert found.new.as_dict() == evaluate(carried, new).as_dict()
    codes = [row["code"] for row in found.rows()]
    assert codes == [n.code for n in (*old.indicators, *new.indicators)] + ["total"]
    assert [f.where for f in findings] == ["benchmarks"]
    assert found.new.total is None  # what the enterprise enters under the new guide is still missing
    assert found.change is None


def test_what_goes_along(filled: Filled) -> None:
    old = load("four-levels")
    data = filled(old)
    data |= {
        "benchmarks": {"A111": {"value": 9, "source": "own"}},
        "not_applicable": {"B221": "本行业没有"},
        "weights": {node.code: node.weight for node in old.indicators},
    }
    assessment = read(data, old)

    same, findings = carry(assessment, old, changed(old, "A111", benchmark={"value": 3}))
    assert (same, findings) == (assessment, [])

    renamed = changed(old, "A112", name_zh="别的")
    entered, findings = carry(assessment, old, renamed)
    assert set(entered.entered) == {"B222", "C211", "C212"}  # another indicator under the same code
    assert entered.weights == {}
    assert [(f.where, f.text.en) for f in findings] == [
        ("entered", "entered values A112 do not go along to the new guide"),
        ("weights", f"own weights {', '.join(data['weights'])} do not go along to the new guide"),
    ]

    without, findings = carry(assessment, old, changed(old, "A111", benchmark={"value": 3}), own=False)
    assert (without.benchmarks, without.weights) == ({}, {})
    assert without.not_applicable == assessment.not_applicable
    assert [f.where for f in findings] == ["benchmarks", "weights"]


def test_own_benchmarks_go_along_where_only_the_product_is_named(filled: Filled) -> None:
    """AP/unit product and AP/t cement are one unit: scored as `jwdt score --guide` does."""
    data = filled(builtin())
    guide = from_dict({**to_dict(load("cement")), "open": ["benchmarks"]})
    found = compare(data, None, guide)
    assert found.new is not None
    assert found.new.total == evaluate(data, guide).total
    other = compare(data, None, guide, own=False)
    assert other.new is not None
    assert other.new.total != found.new.total
    assert [f.code for f in other.findings] == ["not-carried"]


def test_files_of_both_kinds_and_refused_ones(tmp_path: Path, filled: Filled) -> None:
    from jwdt_xl import workbook

    old, new = load("cement"), changed(load("cement"), "3", benchmark={"value": 300})
    data = filled(old)
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    workbook.write(tmp_path / "b.xlsx", guide=old, assessment=read(data, old))
    workbook.write(tmp_path / "other.xlsx", guide=new, assessment=read(data, new))
    names = [tmp_path / name for name in ("a.json", "bad.json", "b.xlsx", "other.xlsx")]
    found = difference([*names, data], old, new)
    assert [c.new is not None for c in found] == [True, False, True, False, True]
    assert found[0].change == found[2].change == found[4].change
    assert found[1].findings[0].code == "json-syntax"
    assert found[3].findings[0].code == "other-guide"  # its hash says that it was not made for the old guide
    assert [c.name for c in found][:4] == [str(name) for name in names]


def test_drafts_are_refused_at_once(filled: Filled) -> None:
    with pytest.raises(Refused, match="is incomplete"):
        difference([filled(builtin())], None, load("dapeng-index"))


@pytest.fixture
def several(filled: Filled) -> list[Any]:
    old = load("cement")
    items = []
    for i in range(4):
        data = filled(old)
        data["enterprise"]["name"] = f"=企业 {i}"
        data["output_value"]["report"] = 30000 + 20000 * i
        items.append(data)
    items[3]["policy"]["elimination_list"] = True
    return difference(items, old, changed(old, "4", benchmark={"value": 0.02}))


def test_tables(several: list[Any]) -> None:
    table = frame(several)
    assert len(table) == 4 * 10
    assert table["change"].dtype == "float64" and str(table["code"].dtype).startswith("string")
    per_enterprise = totals(several)
    assert list(per_enterprise["rank_old"].astype(object))[:3] == [3, 2, 1]
    assert pandas.isna(per_enterprise["rank_old"][3])  # excluded by the guide's condition
    assert per_enterprise["grade_old"].tolist()[0] in ("level I", "level II", "level III")
    assert per_enterprise["change"].tolist() == [c.change for c in several]
    means = by_indicator(several).set_index("code")
    assert means.loc["4", "change"] == pytest.approx(means.loc["total", "change"])
    assert means.loc["4", "n"] == 4


def test_written(several: list[Any], tmp_path: Path) -> None:
    write_difference(several, tmp_path / "d.csv")
    again = pandas.read_csv(tmp_path / "d.csv", encoding="utf-8-sig", dtype={"code": "string"})
    assert again["change"].tolist() == pytest.approx(frame(several)["change"].tolist())
    write_difference(several, tmp_path / "d.xlsx")
    book = load_workbook(tmp_path / "d.xlsx")
    assert book.sheetnames == ["Totals", "Means by indicator", "Per enterprise"]
    assert book["Totals"]["A2"].value == "=企业 0" and book["Totals"]["A2"].data_type == "s"
    assert book["Per enterprise"].max_row == 41
    write_difference(several, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "d.xlsx").read_bytes()
