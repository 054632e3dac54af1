"""The unit of product that a guide states, and whether a product's is that: free texts, read by their beginning."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.authoring.files import load, shipped
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.guide.product_unit import OTHER, RIGHT, UNCLEAR, conversion, stated, unit_is, verdicts
from jwdt_xl.standard.product_units import READ, measure, name_in, spelling

from .own import own_data, own_guide

CEMENT, GLASS = (load(name) for name in shipped() if name.startswith(("cement", "flat-glass")))


def with_unit(unit: str, benchmark: str = "") -> Guide:
    """The table of the note, its third indicator (emissions per unit product) alone in a unit of its own."""
    data = to_dict(builtin())
    node = next(node for node in data["nodes"] if node["code"] == "3")
    node |= {"unit_zh": unit, "unit_en": unit}
    if benchmark:
        node["benchmark"] = {"value": 620, "unit": benchmark, "source": "政策"}
    return from_dict({**data, "id": "x", "version": "1"})


def composed(formula: str, of: list[str], over: list[str], unit: str, **more: Any) -> Guide:
    data = own_data()
    data["nodes"] = [
        data["nodes"][0],
        {"code": "a", "parent": "all", "weight": 1, "name_zh": "a", "unit_zh": unit, "attribute": "positive", "formula": formula, "of": of, "over": over, **more}
    ]  # fmt: skip
    return from_dict(data)


@pytest.mark.parametrize(
    ("guide", "units"),
    [
        (builtin(), []),
        (CEMENT, [("t 水泥", ["2", "3", "6", "7"])]),
        (GLASS, [("重量箱 玻璃", ["2", "3", "6", "7"])]),
        (with_unit("kg/t"), [("t", ["3"])]),
        (with_unit("kg／万件"), [("万件", ["3"])]),
        (with_unit("kg"), []),
        (with_unit("kg/单位产品"), []),
        # per unit product, and the benchmark names the product
        (with_unit("kg/单位产品", "kg/t 铸件"), [("t 铸件", ["3"])]),
        # shares, rates and what is per tonne of something else state no unit of product
        (own_guide(), [("t", ["water"])]),
        (composed("quotient", ["fresh"], ["output"], "L/t", times=1000), [("t", ["a"])]),
        (composed("quotient", ["fresh"], ["output"], "m3/万t", times=10000), []),
        (composed("quotient", ["output"], ["fresh"], "t/m3"), [("t", ["a"])]),
        (composed("quotient", ["output"], ["fresh"], "kg/m3", times=1000), []),
        (composed("sum", ["output"], [], "万件"), [("万件", ["a"])]),
        (composed("reduction", ["fresh"], ["output"], "%"), []),
    ],
)
def test_what_a_guide_states(guide: Guide, units: list[tuple[str, list[str]]]) -> None:
    assert [(one.unit.zh, [node.code for node in one.by]) for one in stated(guide)] == units


@pytest.mark.parametrize(
    ("guide", "unit", "verdict"),
    [
        *((CEMENT, unit, RIGHT) for unit in ("t", "吨", " T ", "ｔ", "公吨", "tons", "t水泥", "吨 熟料", "t cement", "t/年", "t(折标)", "")),
        *((CEMENT, unit, OTHER) for unit in ("件", "万m2", "㎡", "万平方米", "万t", "万吨", "kg", "千克", "m3", "立方", "套", "台", "重量箱", "tce", "吨标准煤", "MJ", "kWh", "万元", "万件", "10^4 m", "百米")),
        *((CEMENT, unit, UNCLEAR) for unit in ("风干吨", "tube", "kits", "炉", "1000", "*", "?", "~t", "#N/A", "True", "None", "-1", "1e400", "x" * 500)),
        *((GLASS, unit, RIGHT) for unit in ("重量箱", "weight case", "重量箱(2 mm)")),
        *((GLASS, unit, UNCLEAR) for unit in ("箱", "件")),
        *((GLASS, unit, OTHER) for unit in ("t", "m2", "万重量箱")),
        *((builtin(), unit, RIGHT) for unit in ("t", "件", "风干吨")),
        (with_unit("kg/标准批"), "标准批", RIGHT), (with_unit("kg/标准批"), "批", UNCLEAR), (with_unit("kg/标准批"), "t", UNCLEAR),
        (with_unit("kg/t steel"), "t", RIGHT), (with_unit("kg/10^4 m"), "万米", RIGHT), (with_unit("kg/10^4 m"), "m", OTHER),
        (with_unit("kg/百米"), "100 m", RIGHT), (with_unit("kg/只"), "个", UNCLEAR), (with_unit("kg/万只"), "个", OTHER),
    ],
)  # fmt: skip
def test_what_a_unit_is_to_it(guide: Guide, unit: str, verdict: str) -> None:
    assert unit_is(guide, unit) == verdict


@pytest.mark.parametrize(
    ("guide", "unit", "said"),
    [
        (CEMENT, "万t", "1 万t = 10000 t 水泥"), (CEMENT, "公斤", "1 公斤 = 0.001 t 水泥"), (GLASS, "万重量箱", "1 万重量箱 = 10000 重量箱 玻璃"),
        (CEMENT, "t", None), (CEMENT, "件", None), (GLASS, "箱", None), (builtin(), "万t", None), (CEMENT, "炉", None),
    ],
)  # fmt: skip
def test_how_it_converts(guide: Guide, unit: str, said: str | None) -> None:
    found = conversion(guide, unit)
    assert (found and found.zh) == said


def shared(unit: str, of: str = "green", *, per: str = "kg/t") -> Any:
    """A share of output, of an input in a unit, beside an indicator per unit product."""
    data = own_data()
    data["inputs"] += [{"code": "green", "name_zh": "绿色产品产量", "unit_zh": unit}]
    plain = {"parent": "all", "weight": 0.5, "name_zh": "a"}
    data["nodes"] = [
        data["nodes"][0],
        {**plain, "code": "c", "unit_zh": per, "attribute": "negative", "formula": "carbon_intensity"},
        {
            **plain,
            "code": "g",
            "unit_zh": "%",
            "attribute": "positive",
            "formula": "share",
            "of": [of],
            "over": ["output"],
        },
    ]
    return data


@pytest.mark.parametrize(
    ("data", "units"),
    [
        (shared("t"), ["t"]), (shared("吨"), ["t"]), (shared("产品单位"), ["t"]), (shared("件", per="kg/单位产品"), ["件"]),
        (shared("产品单位", per="kg/单位产品"), []), (shared("重量箱", per="kg/重量箱 玻璃"), ["重量箱 玻璃"]),
    ],
)  # fmt: skip
def test_a_share_of_output_is_in_the_unit_of_the_product(data: Any, units: list[str]) -> None:
    """And binds it: a product in another unit is told."""
    guide = from_dict(data)
    assert [one.unit.zh for one in stated(guide)] == units
    assert unit_is(guide, "万元") == (OTHER if units else RIGHT)


@pytest.mark.parametrize(
    "data",
    [shared("件"), shared("万t"), shared("kg"), shared("万元"), shared("元", per="kg/单位产品"), shared("t/年"), shared("t", of="value_10k"), shared("t", of="co2e"), shared("t", of="fresh")],
)  # fmt: skip
def test_a_share_of_output_in_another_unit_is_refused(data: Any) -> None:
    with pytest.raises(Refused) as caught:
        from_dict(data)
    (finding,) = caught.value.findings
    assert (finding.code, finding.where) == ("own-formula-units", "nodes[2].of")
    assert "产品单位" in finding.text.zh and "value_10k" in finding.text.zh


@given(st.sampled_from(sorted(READ)), st.sampled_from(["", "水泥", "(折标)", "/年", "-x", "·"]))
def test_a_known_name_is_read_whatever_stands_behind_it(name: str, behind: str) -> None:
    found = name_in(name + behind)
    assert found is not None and found.startswith(name)
    assert behind or measure(name) == READ[spelling(name)[0]]


@given(st.text(max_size=30))
def test_any_text_has_one_verdict(unit: str) -> None:
    assert unit_is(CEMENT, unit) in (RIGHT, UNCLEAR, OTHER)
    assert unit_is(CEMENT, f"t 水泥{unit}") == RIGHT
    assert unit_is(builtin(), unit) == RIGHT


def test_the_table_of_the_form_says_the_same() -> None:
    for guide in (CEMENT, GLASS):
        assert {name: unit_is(guide, name) for name in READ} == verdicts(guide)
