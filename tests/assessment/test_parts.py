"""What an indicator counts only: a medium, named pollutants, materials, energies; in sum the whole."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import Result, evaluate
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict

Data = dict[str, Any]
Plain = Callable[..., Data]


def guide_of(*indicators: tuple[str, str, Data]) -> Guide:
    """A guide of quotients: formula, attribute, parameters; coded a, b …"""
    nodes: list[Data] = [{"code": "all", "weight": 1, "name_zh": "组"}]
    for code, (formula, attribute, parameters) in zip("abcdefghij", indicators, strict=False):
        node = {"code": code, "parent": "all", "name_zh": code, "weight": 1 / len(indicators), "formula": formula}
        nodes.append({**node, "attribute": attribute, "parameters": parameters})
    return from_dict({**to_dict(builtin()), "id": "parts", "nodes": nodes})


def evaluated(data: Data, guide: Guide, **more: Any) -> Result:
    return evaluate({**copy.deepcopy(data), "benchmarks": {}, **more}, guide)


def values(result: Result) -> list[float | None]:
    return [indicator.value for indicator in result.indicators]


MEDIA = [("equivalent_intensity", "negative", {"medium": medium}) for medium in ("water", "air")]
BOTH = guide_of(*MEDIA, ("equivalent_intensity", "negative", {}))


def test_water_and_air_apart(plain: Plain) -> None:
    result = evaluated(plain(), BOTH)
    water, air = (result.quantities.media[medium].report for medium in ("water", "air"))
    assert values(result) == [80 / 100, 80 / 100, 1.6] == [water / 100, air / 100, (water + air) / 100]
    assert str(result.indicators[0].derivation).startswith("污染物当量 80 ÷ 产量 100 = 0.8；只计水")


@pytest.mark.parametrize("media", ["all", "air", "water"])
def test_the_option_decides_only_where_nothing_else_does(plain: Plain, media: str) -> None:
    result = evaluated(plain(), BOTH, options={"equivalent_media": media})
    assert values(result)[:2] == [0.8, 0.8]
    assert values(result)[2] == (1.6 if media == "all" else 0.8)


def test_a_medium_without_rows_is_missing(plain: Plain) -> None:
    data = plain()
    data["pollutants"] = data["pollutants"][:1]
    result = evaluated(data, BOTH)
    assert values(result) == [0.8, None, 0.8]
    assert result.indicators[1].reason is not None
    assert result.indicators[1].reason.en == "pollutant data (air) of the report period missing"
    [where] = [f.where for f in result.findings if f.code == "missing-indicator"]
    assert where == "pollutants"


def test_a_blank_row_of_another_part_does_not_matter(plain: Plain) -> None:
    result = evaluated(plain({"pollutants[1].report": None}), BOTH)
    assert values(result) == [0.8, None, None]


def test_named_pollutants_count_whatever_overlaps(plain: Plain) -> None:
    """Of COD and BOD5 one counts in the sum; an indicator of one of them counts that one."""
    more = {"medium": "water", "pollutant": "BOD5", "unit": "kg", "base": 500, "report": 400, "source": "监测"}
    named = [{"pollutants": ["COD"]}, {"pollutants": ["五日生化需氧量"]}, {"pollutants": ["COD", "SO2"]}, {}]
    guide = guide_of(*(("equivalent_intensity", "negative", parameters) for parameters in named))
    result = evaluated(plain({"pollutants[2]": more}), guide)
    assert values(result) == pytest.approx([0.8, 400 / 0.5 / 100, 1.6, (800 + 80) / 100])


def test_named_materials_and_kinds_of_residual_energy(plain: Plain) -> None:
    lime = {"material": "石灰石", "unit": "kg", "base": 1, "report": 50, "source": "领料单"}
    clay = {"material": "Clay", "unit": "t", "base": 1, "report": 2, "source": "领料单"}
    guide = guide_of(
        ("material_intensity", "negative", {"materials": ["石灰石"]}),
        ("material_intensity", "negative", {"materials": ["CLAY", "石膏"]}),
        ("residual_energy_intensity", "positive", {"energies": ["余热发电"]}),
        ("residual_energy_intensity", "positive", {"energies": ["余压"]}),
    )
    result = evaluated(plain({"materials[1]": lime, "materials[2]": clay}), guide)
    assert values(result) == pytest.approx([9000.5, 20, 10000 * 3600 / 100, None])


def test_a_name_written_otherwise_is_told(plain: Plain) -> None:
    guide = guide_of(("material_intensity", "negative", {"materials": ["石灰石(粗)"]}))
    result = evaluated(plain({"materials[0].material": "石灰石（粗）"}), guide)
    assert values(result) == [None]
    [found] = [f for f in result.findings if f.code == "written-otherwise"]
    assert (found.where, found.severity) == ("materials[0]", "warning")
    assert (
        "“石灰石（粗）” is written otherwise than the guide's “石灰石(粗)”: not counted in “materials (石灰石(粗))”"
        in found.text.en
    )
    assert not [f for f in evaluated(plain(), guide).findings if f.code == "written-otherwise"]


def test_named_energies(plain: Plain) -> None:
    bills = [
        {"kind": "electricity", "origin": "direct_green", "unit": "MWh", "base": 1, "report": 100, "source": "结算单"},
        {"kind": "fuel", "name": "原煤", "unit": "t", "base": 1, "report": 10, "net_calorific_value": 20.908,
         "carbon_content": 0.026, "oxidation": 0.98, "source": "化验"},
    ]  # fmt: skip
    data = plain({"activity": bills})
    power, coal = ({"energies": [name]} for name in ("电力", "原煤"))
    guide = guide_of(*(("nonfossil_share", "positive", only) for only in (power, coal, {})))
    result = evaluated(data, guide)
    green, whole = (100000 + 100000) * 0.1229 / 1000, result.quantities.primary_tce.report
    assert values(result) == pytest.approx([100 * green / whole, 0, 100 * green / whole])


# In general

AMOUNT = st.one_of(st.none(), st.integers(0, 100000), st.integers(1, 1000))
WATER = ("COD", "BOD5", "氨氮", "悬浮物", "pH", "总汞")
AIR = ("二氧化硫", "氮氧化物", "烟尘", "铬酸雾")
MATERIALS, KINDS, ENERGIES = ("石灰石", "Clay", "石膏"), ("余热", "余压"), ("原煤", "柴油", "电力", "热力")


def rows(**fields: Any) -> st.SearchStrategy[list[Data]]:
    return st.lists(st.fixed_dictionaries({"base": AMOUNT, "report": AMOUNT, **fields}), max_size=5)


def of_water(row: Data) -> Data:
    return {**row, "unit": "t wastewater", "parameter": 4.5} if row["pollutant"] == "pH" else row


def with_origin(row: Data) -> Data:
    return {**row, "unit": "kWh", "origin": "direct_green"} if row["energy"] == "电力" else row


def with_unit(row: Data) -> Data:
    return {**row, "unit": "GJ"} if row["energy"] == "热力" else row


ENTERPRISES = st.fixed_dictionaries(
    {
        "water": rows(medium=st.just("water"), pollutant=st.sampled_from(WATER), unit=st.just("kg")),
        "air": rows(medium=st.just("air"), pollutant=st.sampled_from(AIR), unit=st.just("kg")),
        "materials": rows(material=st.sampled_from(MATERIALS), unit=st.sampled_from(["kg", "t"])),
        "residual_energy": rows(kind=st.sampled_from(KINDS), unit=st.just("kWh")),
        "energy": rows(energy=st.sampled_from(ENERGIES), unit=st.just("t"), coefficient=st.none()),
    }
)


def data_of(drawn: Data) -> Data:
    energy = [with_unit(with_origin(row)) for row in drawn["energy"]]
    return {
        "format": "jwdt-assessment/1",
        "periods": {"base": "2022", "report": "2023"},
        "product": {"output": {"base": 10, "report": 10}},
        "output_value": {"base": 1, "report": 1},
        "pollutants": [*map(of_water, drawn["water"]), *drawn["air"]],
        "greenhouse": [],
        "energy": energy,
        "materials": drawn["materials"],
        "residual_energy": drawn["residual_energy"],
    }


def parts(formula: str, attribute: str, parameters: Iterable[Data]) -> Guide:
    return guide_of(*((formula, attribute, only) for only in (*parameters, {})))


PARTITIONS = {
    "media": parts("equivalent_intensity", "negative", ({"medium": m} for m in ("water", "air"))),
    "pollutants": parts("equivalent_intensity", "negative", ({"pollutants": [n]} for n in (*WATER, *AIR) if n != "BOD5")),
    "materials": parts("material_intensity", "negative", ({"materials": [n]} for n in MATERIALS)),
    "kinds": parts("residual_energy_intensity", "positive", ({"energies": [n]} for n in KINDS)),
    "energies": parts("nonfossil_share", "positive", ({"energies": [n]} for n in ENERGIES)),
}  # fmt: skip


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(ENTERPRISES, st.sampled_from(list(PARTITIONS)))
def test_the_parts_make_the_whole(drawn: Data, partition: str) -> None:
    """Where the whole has a value, every part has one or no row; and a part is the whole of its own rows alone."""
    data = data_of(drawn)
    if partition == "pollutants":
        data["pollutants"] = [row for row in data["pollutants"] if row["pollutant"] != "BOD5"]
    guide = PARTITIONS[partition]
    result = evaluated(data, guide)
    *each, whole = values(result)
    if whole is not None:
        assert math.fsum(value for value in each if value is not None) == pytest.approx(whole, rel=1e-9, abs=1e-12)
    if partition == "energies":
        return
    for node, value in zip(guide.indicators, each, strict=False):
        kept = {
            "pollutants": [r for r in data["pollutants"] if r["medium"] == node.parameters.medium or r["pollutant"] in node.parameters.pollutants],
            "materials": [r for r in data["materials"] if r["material"] in node.parameters.materials],
            "residual_energy": [r for r in data["residual_energy"] if r["kind"] in node.parameters.energies],
        }  # fmt: skip
        assert values(evaluated({**data, **kept}, guide))[-1] == pytest.approx(value)
