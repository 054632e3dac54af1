"""Enterprises by name: one for each rule that a formula could get wrong, as changes to a small plain one."""

from __future__ import annotations

import copy
from typing import Any

from jwdt_xl.standard import energy as energies
from jwdt_xl.standard import equivalents as eq
from jwdt_xl.standard.green import EMIT_NOTHING, NON_FOSSIL
from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.standard.guide.options import OPTIONS
from jwdt_xl.standard.guide.parameters import MOST_NAMES
from jwdt_xl.standard.measures import MEASURES

Data = dict[str, Any]


def water(pollutant: str, base: Any, report: Any, unit: str = "kg", **more: Any) -> Data:
    return {"medium": "water", "pollutant": pollutant, "unit": unit, "base": base, "report": report, **more}


def air(pollutant: str, base: Any, report: Any, unit: str = "kg", **more: Any) -> Data:
    return {**water(pollutant, base, report, unit, **more), "medium": "air"}


def gas(name: str, base: Any, report: Any, category: str = "fuel", **more: Any) -> Data:
    return {"category": category, "gas": name, "unit": "t", "base": base, "report": report, **more}


def energy(name: str, base: Any, report: Any, unit: str = "t", **more: Any) -> Data:
    return {"energy": name, "unit": unit, "base": base, "report": report, **more}


def bill(kind: str, base: Any, report: Any, unit: str = "t", **more: Any) -> Data:
    return {"kind": kind, "unit": unit, "base": base, "report": report, **more}


PLAIN: Data = {
    "format": "jwdt-assessment/1",
    "enterprise": {"name": "示例", "uscc": "91330500MA2B2C3D4T", "industry_code": "3011", "region": "浙江"},
    "boundary": "一个厂区",
    "periods": {"base": "2022", "report": "2023"},
    "product": {"name": "水泥", "unit": "t", "output": {"base": 100, "report": 110}},
    "output_value": {"basis": "工业总产值", "base": 1000, "report": 1200},
    "pollutants": [water("化学需氧量(CODcr)", 100, 80), air("二氧化硫", 95, 76)],
    "greenhouse": [gas("CO2", 2000, 1800), gas("CO2", 500, 450, "purchased_electricity")],
    "energy": [
        energy("原煤", 1000, 900),
        energy("电力", 1000000, 900000, "kWh", origin="grid"),
        energy("电力", 100000, 110000, "kWh", origin="own_renewable"),
    ],
    "materials": [{"material": "石灰石", "unit": "t", "base": 1000, "report": 900}],
    "residual_energy": [{"kind": "余热发电", "unit": "kWh", "base": 10000, "report": 11000}],
    "policy": {"recommended": "yes", "elimination_list": False},
    "management": {"established": True, "effective": True},
    "benchmarks": {"2": 2, "3": 20000, "4": 0.6, "5": 2, "6": 9000, "7": 400000},
}
#: The plain one with bills in the place of ready-made tonnes and energies.
BILLED: Data = {
    **PLAIN,
    "greenhouse": [],
    "energy": [],
    "activity": [
        bill("fuel", 1000, 900, name="烟煤"),
        bill("electricity", 1000, 950, "MWh", origin="grid"),
        bill("electricity", 100, 150, "MWh", origin="own_renewable"),
        bill("process", 500, 480, name="石灰石"),
    ],
}


def changed(data: Data, changes: Data) -> Data:
    """A copy with some parts in the place of others; a path such as policy.recommended goes into a section."""
    data = copy.deepcopy(data)
    for path, value in changes.items():
        *parents, last = path.split(".")
        target = data
        for parent in parents:
            target = target.setdefault(parent, {})
        if value is None:
            target.pop(last, None)
        else:
            target[last] = copy.deepcopy(value)
    return data


#: Every table has a row in it.
FULL: Data = changed(
    PLAIN,
    {
        "activity": BILLED["activity"],
        "products": [{"name": "甲", "unit": "t", "base": 100, "report": 110}],
        "own_equivalents": [{"medium": "water", "pollutant": "总氮", "value": 0.8, "unit": "kg", "source": "自测"}],
        "metered_electricity": {"unit": "MWh", "base": 1000, "report": 950},
        "weights": dict(zip("123456789", (0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1), strict=True)),
    },
)


def _rates(pollutants: float, carbon: float) -> Data:
    """Report period so that both are multiplied by these factors, per product and in total."""
    return {
        "product.output": {"base": 100, "report": 100},
        "pollutants": [water("氨氮", 80, 80 * pollutants), air("二氧化硫", 95, 95 * pollutants)],
        "greenhouse": [gas("CO2", 2000, 2000 * carbon), gas("N2O", 1, carbon, "process")],
    }


_SAME = ("BOD5", "化学需氧量(CODcr)", "TOC")
_VALUES = {"BOD5": 0.5, "化学需氧量(CODcr)": 1, "TOC": 0.49}

CASES: dict[str, Data] = {
    "plain": {},
    # Blanks and empty tables
    **{f"no {name}": {name: []} for name in ("pollutants", "greenhouse", "energy", "materials", "residual_energy")},
    "no pollutants and no carbon": {"pollutants": [], "greenhouse": []},
    "nothing at all": dict.fromkeys(
        (*PLAIN.keys() - {"format", "periods"},), None
    ),
    **{
        f"blank {period} of a {what}": {what: [{**PLAIN[what][0], period: None}, *PLAIN[what][1:]]}
        for what in ("pollutants", "greenhouse", "energy", "materials", "residual_energy")
        for period in ("base", "report")
    },
    "blank base of the output": {"product.output.base": None},
    "blank report of the output": {"product.output.report": None},
    "blank output value": {"output_value.report": None},
    "a blank air amount": {"pollutants": [water("COD", 100, 80), air("SO2", 95, None)]},
    "a blank among overlapping pollutants": {"pollutants": [water("COD", 100, 80), water("BOD5", None, 10)]},
    "no benchmarks": {"benchmarks": {}},
    "one benchmark missing": {"benchmarks.3": None},
    **{f"no answer: {path}": {path: None} for path in (
        "policy.recommended", "policy.elimination_list", "management.established", "management.effective",
    )},
    # Answers
    "partly recommended": {"policy.recommended": "partly"},
    "not recommended": {"policy.recommended": "no"},
    "on the elimination list": {"policy": {"elimination_list": True}},
    "not effective": {"management.effective": False},
    "no management system": {"management": {"established": False}},
    # Cases of synergy
    "synergy": _rates(0.75, 0.5),
    "synergy of one": _rates(0.75, 0.75),
    "synergy above one": _rates(0.25, 0.875),
    "only pollutants": _rates(0.75, 1),
    "only carbon": _rates(1, 0.75),
    "trade-off: pollutants fall": _rates(0.75, 1.25),
    "trade-off: carbon falls": _rates(1.25, 0.75),
    "pollutants rise": _rates(1.5, 1),
    "carbon rises": _rates(1, 1.5),
    "both rise": _rates(1.5, 1.25),
    "no change": _rates(1, 1),
    "a change below 1e-12": _rates(1 - 2**-42, 1 - 2**-44),
    "a change above 1e-12": _rates(1 - 2**-36, 1 - 2**-35),
    "everything falls to zero pollutants": _rates(0, 0.5),
    # Every measure of synergy in every quadrant, on its axes, and below the floor
    **{
        f"{measure.name} of {p}, {c}{f' above {floor}' if floor else ''}": {
            **_rates(p, c),
            "options": {"moderate_score": measure.name, "full_rate": 0.3, "carbon_equivalents": 0.7, "synergy_floor": floor},
        }
        for measure in MEASURES
        for p, c, floor in (
            (0.75, 0.5, 0), (0.75, 1, 0), (1.5, 0.75, 0), (1, 1, 0), (0.75, 0.9375, 0.0625), (0.75, 0.9375, 0.07),
        )
    },
    **{
        f"{measure.name} without its number": {**_rates(0.75, 0.5), "options": {"moderate_score": measure.name, "full_rate": 0.3}}
        for measure in MEASURES
        if measure.needs
    },
    # Zeros and signs
    "zero output in the report period": {"product.output.report": 0},
    "zero output in the base period": {"product.output.base": 0},
    "zero output, synergy of totals": {"product.output": {"base": 0, "report": 0}, "options": {"synergy_basis": "total"}},
    "zero output value": {"output_value.report": 0},
    "zero pollutants in the base period": {"pollutants": [water("COD", 0, 10)]},
    "zero carbon in the base period": {"greenhouse": [gas("CO2", 0, 10)]},
    "zero carbon in the report period": {"greenhouse": [gas("CO2", 10, 0)]},
    "zero carbon by recovery": {"greenhouse": [gas("CO2", 10, 8), gas("CO2", 0, 8, "recovered")]},
    "negative carbon": {"greenhouse": [gas("CO2", 10, 8), gas("CO2", 0, 9, "recovered")]},
    "negative carbon in the base period": {"greenhouse": [gas("CO2", 10, 8), gas("CO2", 11, 0, "exported_heat")]},
    "zero energy": {"energy": [energy("原煤", 0, 0)]},
    "negative energy": {"energy": [energy("原煤", 1, 1), energy("原煤", 2, 2, origin="sold")]},
    "zero material and residual energy": {
        "materials": [{"material": "无", "unit": "kg", "base": 0, "report": 0}],
        "residual_energy": [{"kind": "无", "unit": "kJ", "base": 0, "report": 0}],
    },
    # Media
    "water only": {"pollutants": [water("COD", 100, 80)]},
    "air only": {"pollutants": [air("SO2", 100, 80)]},
    "water only, air counted": {"pollutants": [water("COD", 100, 80)], "options": {"equivalent_media": "air"}},
    "air only, water counted": {"pollutants": [air("SO2", 100, 80)], "options": {"equivalent_media": "water"}},
    "a name in both media": {"pollutants": [water("氟化物", 5, 4), air("氟化物", 5, 4), water("甲醛", 1, 1), air("甲醛", 1, 1)]},
    # Overlap
    **{
        f"tie, {'first'[:5] if not i else f'order {i}'}": {
            "pollutants": [water(n, _VALUES[n] * 10, _VALUES[n] * 8) for n in (*_SAME[i:], *_SAME[:i])]
        }
        for i in range(3)
    },
    "tie of two behind a larger": {"pollutants": [water("BOD5", 5, 5), water("COD", 10, 10), water("TOC", 6, 6)]},
    "the largest over both periods, not in one": {"pollutants": [water("COD", 100, 1), water("BOD5", 30, 30)]},
    "TOC alone": {"pollutants": [water("TOC", 3, 2)]},
    "several rows of one overlapping pollutant": {
        "pollutants": [water("COD", 30, 30), water("BOD5", 20, 20), water("COD", 30, 30)]
    },
    "all of zero": {"pollutants": [water("COD", 0, 0), water("BOD5", 0, 0), water("氨氮", 1, 1)]},
    "overlap by an own value": {
        "pollutants": [water("COD", 30, 30), water("BOD5", 10, 10)],
        "own_equivalents": [{"medium": "water", "pollutant": "BOD5", "value": 0.1, "unit": "kg", "source": "自测"}],
    },
    "disinfection": {
        "pollutants": [
            water("大肠菌群数(超标)", 1000, 900, "t wastewater", parameter=600, limit=500),
            water("余氯量", 1100, 800, "t wastewater", parameter=0.6, limit=0.5),
        ]
    },
    "all overlapping counted": {
        "pollutants": [water("COD", 30, 30), water("BOD5", 20, 20)],
        "options": {"organic_overlap": "all"},
    },
    # pH, colour, coliforms, chlorine
    **{
        f"pH {ph:g}": {"pollutants": [water("pH值", 1000, 900, "t wastewater", parameter=ph), air("SO2", 9, 8)]}
        for ph in (*range(15), 5.999, 6.001, 8.999, 9.001, 9.5, 0.5, 13.999)
    },
    "pH without a value": {"pollutants": [water("pH", 1000, 900, "t wastewater"), air("SO2", 9, 8)]},
    "pH of two periods": {
        "pollutants": [
            water("pH", 1000, 0, "t wastewater", parameter=4.2),
            water("pH", 0, 900, "t wastewater", parameter=5.1),
        ]
    },
    **{
        f"colour {measured} of {limit}": {
            "pollutants": [water("色度", 5000, 4000, "t wastewater", parameter=measured, limit=limit), air("SO2", 9, 8)]
        }
        for measured, limit in ((80, 80), (79.9, 80), (80.1, 80), (320, 80), (0, 80), (0.5, 0.25))
    },
    "colour without a limit": {"pollutants": [water("色度", 5000, 4000, "t wastewater", parameter=90)]},
    **{
        f"{name} {measured} of {limit}": {
            "pollutants": [water(name, 5000, 4000, "t wastewater", parameter=measured, limit=limit), air("SO2", 9, 8)]
        }
        for name, limit in (("大肠菌群数(超标)", 500), ("余氯量(用氯消毒的医院废水)", 0.5))
        for measured in (limit, limit * 0.999, limit * 1.001)
    },
    # Names, units, own values
    "aliases": {
        "pollutants": [
            water("COD", 1, 1), water("NH3-N", 1, 1), air("NOx", 1, 1), air("so2", 1, 1), water("ＣＯＤ", 1, 1),
            water("总 磷", 1, 1), air("Benzo[a]pyrene", 0.001, 0.001), water("pH", 1, 1, "t wastewater", parameter=5),
        ],
        "greenhouse": [gas("methane", 1, 1), gas("ＣＯ２", 1, 1), gas("R-134a", 1, 1), gas("CHF3", 0.1, 0.1)],
        "energy": [energy("raw coal", 1, 1), energy("柴 油", 1, 1), energy("LNG", 1, 1)],
    },
    "every unit of mass": {
        "pollutants": [water("氨氮", 8, 7, unit) for unit in ("mg", "g", "kg", "t", "万t", "吨", "KG")],
        "materials": [{"material": unit, "unit": unit, "base": 3, "report": 2} for unit in ("mg", "g", "kg", "t", "万t")],
    },
    "every unit of energy": {
        "energy": [
            *(energy("热力", 8, 7, unit) for unit in ("kJ", "MJ", "GJ", "kWh", "MWh", "万kWh")),
            energy("天然气", 3, 2, "万m3", net_calorific_value=38931),
            energy("天然气", 30000, 20000, "m3", coefficient=1.2),
            energy("电力", 5, 4, "GJ", origin="grid"),
        ],
        "residual_energy": [{"kind": u, "unit": u, "base": 2, "report": 2} for u in ("kJ", "MJ", "GJ", "kWh", "MWh", "万kWh")],
    },
    "heads, birds, beds": {
        "pollutants": [water("猪", 500, 400, "head"), water("鸡、鸭等家禽", 9000, 8000, "bird"), water("医院 消毒(床)", 50, 40, "bed")]
    },
    **{f"output value in {unit}": {"output_value": {"unit": unit, "base": 1000, "report": 1200}} for unit in ("元", "万元", "亿元")},
    "a new own value": {
        "own_equivalents": [{"medium": "air", "pollutant": "挥发性有机物", "value": 950, "unit": "g", "source": "地方标准"}],
        "pollutants": [air("挥发性有机物", 0.5, 0.4, "t"), air("SO2", 9, 8)],
    },
    "an own value for a listed pollutant": {
        "own_equivalents": [{"medium": "water", "pollutant": "COD", "value": 0.002, "unit": "t", "source": "自测"}],
        "pollutants": [water("化学需氧量", 100, 80), water("CODcr", 5, 4, "g"), water("氨氮", 5, 4)],
    },
    "own values in both media": {
        "own_equivalents": [
            {"medium": medium, "pollutant": "VOCs", "value": value, "unit": "kg", "source": "自测"}
            for medium, value in (("water", 0.5), ("air", 2))
        ],
        "pollutants": [water("VOCs", 10, 9), air("vocs", 10, 9)],
    },
    "an own value nobody uses": {
        "own_equivalents": [{"medium": "air", "pollutant": "总氮", "value": 1, "unit": "kg", "source": "自测"}]
    },
    "recorded, not counted": {
        "own_equivalents": [{"medium": "water", "pollutant": "特征物", "unit": "kg"}],
        "pollutants": [
            air("VOCs", 10, 9, "t"), air("非甲烷总烃", 1, None), air("林格曼黑度", 1, 1, "dimensionless"), water("总氮", 4, 3),
            water("特征物", 1, 1, "t"), air("SO2", 9, 8),
        ],
    },
    **{
        f"recorded only, {media}": {"pollutants": [water("TN", 4, 3), air("VOC", 4, 3)], "options": {"equivalent_media": media}}
        for media in ("all", "air", "water")
    },
    "recorded alone in its medium": {
        "pollutants": [water("TN", 4, 3), air("SO2", 4, 3)], "options": {"equivalent_media": "water"},
    },
    # Greenhouse gases
    "every category": {
        "greenhouse": [
            gas("CO2", 100, 90, "fuel"), gas("CO2", 50, 40, "process"), gas("CO2", 50, 40, "purchased_electricity"),
            gas("CO2", 5, 4, "purchased_heat"), gas("CO2", 5, 6, "exported_electricity"),
            gas("CO2", 7, 8, "exported_heat"), gas("CO2", 9, 9, "recovered"),
        ]
    },
    "biomass": {
        "greenhouse": [
            gas("CO2", 100, 90, biomass=True), gas("CH4", 1, 1, biomass=True), gas("N2O", 1, 1, biomass=True),
            gas("CO2", 10, 9, biomass=False),
        ]
    },
    **{
        f"gases of {name}": {"greenhouse": [gas("CO2", 9, 8), gas("CH4", 1, 1), gas("SF6", 0.1, 0.1)], "options": {"gwp_set": name}}
        for name in ("AR2", "AR4", "AR5", "AR6")
    },
    # Energy
    **{
        f"electricity: {origin}": {"energy": [energy("原煤", 10, 9), energy("电力", 9000, 8000, "kWh", origin=origin)]}
        for origin in energies.ORIGINS
    },
    "sold fuel": {"energy": [energy("原煤", 10, 9), energy("焦炭", 2, 1, origin="sold")]},
    "feedstock": {"energy": [energy("原煤", 10, 9), energy("天然气", 2, None, "万m3", feedstock=True), energy("石脑油", 1, 1, feedstock=True)][:2]},
    "energy media": {"energy": [energy("原煤", 10, 9), energy("新水", 1000, None), energy("压缩空气", 500, 400, "m3")]},
    "low and high end of a range": {
        "energy": [energy("天然气", 10, 9, "万m3", coefficient=1.1), energy("天然气", 1, 1, "万m3", coefficient=1.33)]
    },
    "own coefficient and heat value": {
        "energy": [energy("原煤", 10, 9, coefficient=0.65), energy("原煤", 10, 9, net_calorific_value=19000)]
    },
    "non-fossil with and without evidence": {
        "energy": [
            energy("氢气", 100, 90, "m3", non_fossil=True, evidence="绿氢证书"),
            energy("氢气", 100, 90, "m3", non_fossil=True),
            energy("氢气", 100, 90, "m3", non_fossil=True, source="证书"),
            energy("原煤", 1, 1, non_fossil=True, note="不算"),
            energy("沼气", 100, 90, "m3", coefficient=0.8),
        ]
    },
    "electricity by generating coal": {
        "energy": [*PLAIN["energy"], energy("电力(等价值)", 100, 90, "kWh", coefficient=0.301)],
        "options": {"electricity_coefficient": 0.301},
    },
    # Weights and what is not applicable
    **{f"not applicable: {node.code}": {"not_applicable": {node.code: "不产生"}} for node in builtin().indicators},
    "several not applicable": {"not_applicable": {"1": "试行", "5": "本行业没有", "6": "本行业没有", "8": "本行业没有"}},
    "not applicable and missing": {"not_applicable": {"2": "本行业没有"}, "benchmarks.3": None},
    "own weights": {"weights": dict(zip("123456789", (0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1), strict=True))},
    "own weights of zero": {"weights": dict(zip("123456789", (0.5, 0, 0, 0, 0.25, 0, 0, 0.25, 0), strict=True)), "benchmarks": {"5": 2}},
    "own weights, not applicable": {
        "weights": dict(zip("123456789", (0.1, 0.2, 0.3, 0, 0.1, 0.1, 0, 0.1, 0.1), strict=True)),
        "not_applicable": {"2": "本行业没有", "9": "本行业没有"},
    },
    # Scores
    "scores above 100": {"options": {"score_cap": 1.5}, "benchmarks": {"2": 9, "3": 90000, "4": 0.01, "5": 0.01, "6": 1e6, "7": 1}},
    "very small and very large": {"benchmarks": {"2": 1e-7, "3": 1e9, "4": 1e16, "5": 1e-5, "6": 123456.5, "7": 0.00012345678}},
    "scores of half hundredths": {"benchmarks": {"4": 8, "5": 16, "6": 9, "7": 10}},
    # Several products
    "products": {
        "products": [
            {"name": "P.O 42.5", "unit": "t", "base": 100, "report": 120},
            {"name": "熟料", "unit": "t", "factor": 0.75, "base": 40, "report": 0},
        ],
        "product.output": {"base": 5, "report": 5},
    },
    "a blank among products": {"products": [{"name": "甲", "unit": "t", "base": 100, "report": None}]},
    # Options, each with every value
    **{
        f"option {option.name}: {value}": {"options": {option.name: value}}
        for option in OPTIONS
        for value in (option.alternatives or ["province_zhejiang", "ets_reporting"] * bool(option.listed) or [v for v in (option.minimum, option.maximum, option.default) if v or not option.above])
    },
}  # fmt: skip

#: Changes to the enterprise with bills.
BILLS: dict[str, Data] = {
    "bills": {},
    "bills and ready-made tonnes": {"greenhouse": [gas("N2O", 1, 1, "process")], "energy": [energy("柴油", 5, 4)]},
    **{
        f"bills: blank {period}": {"activity": [{**BILLED["activity"][0], period: None}, *BILLED["activity"][1:]]}
        for period in ("base", "report")
    },
    "bills: processes only": {"activity": [bill("process", 5, 4, name="石灰石")]},
    "bills: table A": {"options": {"fuel_table": "A"}},
    "bills: measured values": {
        "activity": [bill("fuel", 9, 8, name="烟煤", net_calorific_value=22.1, carbon_content=0.0255, oxidation=0.95)]
    },
    "bills: own factors": {
        "activity": [
            bill("fuel", 9, 8, name="RDF", emission_factor=0.9, coefficient=0.5),
            bill("electricity", 9, 8, "MWh", origin="grid", emission_factor=0.6),
            bill("heat", 9, 8, "GJ", emission_factor=0.09, coefficient=0.0341),
            bill("process", 9, 8, name="熟料煅烧", emission_factor=0.525),
            bill("process", 9, 8, emission_factor=0.4),
        ]
    },
    "bills: feedstock and biomass": {
        "activity": [
            bill("fuel", 9, None, name="焦炭", feedstock=True),
            bill("fuel", 9, 8, name="木屑", biomass=True, net_calorific_value=16),
            bill("fuel", 9, 8, name="烟煤"),
        ]
    },
    "bills: a range with its heat value": {"activity": [bill("fuel", 9, 8, "万m3", name="天然气", net_calorific_value=389.31)]},
    "bills: a range with its coefficient": {"activity": [bill("fuel", 90000, 80000, "m3", name="天然气", coefficient=1.2143)]},
    "bills: a fuel GB/T 2589 lacks": {"activity": [bill("fuel", 9, 8, name="石油焦"), bill("fuel", 5, 4, name="型煤")]},
    **{
        f"green power by {power}, counted {counting}, evidence {evidence}": {
            "activity": [
                bill("electricity", 9, 8, "MWh", origin=origin, **more)
                for origin in energies.ORIGINS
                for more in ({}, {"evidence": "合同 1"}, {"emission_factor": 0.4}, {"emission_factor": 0, "evidence": "绿证 2"})
            ],
            "energy": [
                energy("电力", 7, 6, "MWh", origin=origin, evidence=proof) for origin in energies.ORIGINS for proof in ("", "合同 1")
            ],
            "options": {"green_power": power, "non_fossil_counting": counting, "green_evidence": evidence, "grid_nonfossil_share": 0.2},
        }
        for power in EMIT_NOTHING for counting in NON_FOSSIL for evidence in ("warning", "required")
    },
    "bills: sold": {
        "activity": [
            bill("fuel", 900, 800, name="烟煤"),
            bill("electricity", 10, 20, "MWh", origin="sold"),
            bill("heat", 10, 20, "GJ", origin="sold"),
        ]
    },
    "bills: bought and sold again": {
        "activity": [bill("electricity", 0.3 * 3.6, 360, "GJ", origin="grid"), bill("electricity", 300, 50_000, "kWh", origin="sold")]
    },
    "bills: fuels sold": {
        "activity": [
            bill("fuel", 900, 800, name="烟煤"), bill("fuel", 90, 80, name="焦炭", origin="sold"), bill("fuel", 9, 8, name="洗精煤", origin="bought"),
            bill("fuel", 5, 4, "万m3", name="转炉煤气", origin="sold"), bill("fuel", 7, None, name="焦炭", origin="sold", feedstock=True),
            bill("fuel", 9, 8, name="木屑", biomass=True, net_calorific_value=16, origin="sold"),
            bill("fuel", 9, 8, "m3", name="氧气", emission_factor=0, origin="sold"), bill("heat", 9, 8, "GJ", origin="bought"),
        ]
    },
    "bills: fuels beside what they are made of": {
        "activity": [bill("fuel", 9, 8, name=name) for name in ("洗精煤", "焦炭")]
        + [bill("fuel", 9, 8, "万m3", name=name) for name in ("高炉煤气", "转炉煤气")] + [bill("fuel", 9, 8, "万m3", name="高炉煤气", origin="bought")],
        "energy": [energy("焦炭", 9, 8), energy("洗精煤", 9, 8), energy("高炉煤气", 9, 8, "万m3", origin="bought"), energy("高炉煤气", 9, 8, "万m3")],
    },
    **{
        f"bills: power, {origin}": {"activity": [bill("electricity", 90, 80, "万kWh", origin=origin)]}
        for origin in energies.ORIGINS
    },
    **{
        f"bills: grid factor of {series} {year or ''} for {report}": {
            "activity": [
                bill("electricity", 9, 8, "kWh", origin="grid", factor_series=series, **({"factor_year": year} if year else {}))
            ],
            "periods": {"base": "前一年", "report": report},
        }
        for series, year, report in (
            ("华东", None, "2023"), ("全国", None, "2019"), ("全国", None, "2030年上半年"), ("ets_reporting", None, "报告期"),
            ("region_north", 2022, "2023"), ("华 北", 2021, "2023Q1"),
        )
    },
    **{
        f"bills: {series or 'no option of a'} series, {rule} year for {base} and {report}": {
            "activity": [
                bill("electricity", 9, 8, "kWh", origin="grid"), bill("electricity", 5, 7, "MWh", origin="sold"),
                bill("electricity", 3, 2, "MWh", origin="certificate", factor_series="浙江省"),
                bill("electricity", 2, 2, "MWh", origin="grid", factor_year=2022), bill("electricity", None, 2, "MWh", origin="grid"),
                bill("electricity", 4, 4, "MWh", origin="grid", emission_factor=0.5),
                bill("electricity", 4, 4, "MWh", origin="own_renewable"),
            ],
            "periods": {"base": base, "report": report},
            "options": {"grid_factor_year": rule, **({"grid_series": series} if series else {})},
        }
        for series, rule, base, report in (
            (None, "each", "2022", "2023"), ("province_zhejiang", "each", "2019", "2021Q4"), ("region_south", "each", "前一年", "2030"),
            ("province_inner_mongolia", "latest", "2021", "2022"), ("ets_reporting", "not_after", "2021", "2022"), (None, "latest", "基准期", "报告期"),
        )
    },
    **{
        f"bills: steam of {pressure} MPa, {temperature} °C": {
            "activity": [
                bill("heat", 900, 800, unit, pressure=pressure, **({} if temperature is None else {"temperature": temperature})),
                bill("heat", 9, None, "t", pressure=0.8, origin="sold", coefficient=0.0341),
            ]
        }
        for pressure, temperature, unit in ((0.1, None, "t"), (0.1, 99.606, "t"), (1.1, 250, "万t"), (16, 500, "kg"), (0.55, 655.3, "t"), (0.7, None, "t"))
    },
    **{
        f"bills: waste water and carbon in products by {name}": {
            "activity": [
                bill("fuel", 9000, 8000, name="烟煤"),
                bill("wastewater", 9000, 8000, "kg", source="台账"), bill("wastewater", 90, 80, bo=0.2, mcf=0.3, recovered_base=5.4, recovered_report=0),
                bill("wastewater", 90, 80, mcf=0), bill("wastewater", None, 80, name="厌氧塔", recovered_report=2),
                bill("product_carbon", 90, 80, name="粗钢", carbon_fraction=0.0021, source="检测"), bill("product_carbon", 9, 8, carbon_fraction=1),
            ],
            "options": {"gwp_set": name},
        }
        for name in ("AR2", "AR4", "AR5", "AR6")
    },
    "bills: no energy at all": {"activity": [bill("wastewater", 9, 8), bill("product_carbon", 9, 8, carbon_fraction=0.1), bill("process", 900, 800, name="石灰石")]},
    "bills: standard coal": {
        "activity": [
            bill("fuel", 9, 8, "tce", name="烟煤"), bill("fuel", 9, 8, "万tce", name="天然气", oxidation=0.98), bill("fuel", 9, 8, "kgce", name="RDF", emission_factor=2.5),
            bill("fuel", 9, 8, "tce", name="煤矸石用于燃料", carbon_content=0.025, oxidation=0.9), bill("fuel", 9, 8, "tce", name="柴油", origin="sold"),
            bill("fuel", 9, None, "tce", name="石脑油", feedstock=True), bill("fuel", 9, 8, "tce", name="木屑", biomass=True, evidence="合同"),
        ],
        "energy": [energy("其他燃料", 9, 8, "tce"), energy("天然气", 9, 8, "万tce"), energy("热力", 9, 8, "tce"), energy("原煤", 9, 8, "kgce", origin="sold")],
    },
    "bills: heat values in their units": {
        "activity": [
            *(bill("fuel", 9, 8, name="烟煤", net_calorific_value=v, net_calorific_value_unit=u) for u, v in (("GJ/t", 22), ("MJ/kg", 22), ("kJ/kg", 22000), ("kcal/kg", 5254), ("kcal/kg", 22))),
            *(bill("fuel", 9, 8, "万m3", name="天然气", net_calorific_value=v, net_calorific_value_unit=u) for u, v in (("GJ/万m3", 389), ("MJ/m3", 38.9), ("kJ/m3", 38900), ("kcal/m3", 9300))),
            bill("fuel", 9, 8, name="烟煤", net_calorific_value_unit="kcal/m3"),
        ],
        "energy": [
            *(energy("原煤", 9, 8, net_calorific_value=v, net_calorific_value_unit=u) for u, v in (("GJ/t", 21), ("MJ/kg", 21), ("kJ/kg", 20934), ("kcal/kg", 5000), ("kcal/kg", 21))),
            *(energy("天然气", 9, 8, "万m3", net_calorific_value=v, net_calorific_value_unit=u) for u, v in (("GJ/万m3", 389), ("MJ/m3", 38.9), ("kJ/m3", 38900), ("kcal/m3", 9300))),
        ],
    },
    "bills: carbon as received and biogenic shares": {
        "activity": [
            bill("fuel", 9, 8, name="烟煤", carbon_per_unit=0.55), bill("fuel", 9, 8, name="烟煤", carbon_per_unit=0.55, oxidation=0.97, net_calorific_value=21),
            bill("fuel", 9, 8, "万m3", name="天然气", carbon_per_unit=5.9, net_calorific_value=389), bill("fuel", 9, 8, name="RDF", carbon_per_unit=0.3, oxidation=0.98, coefficient=0.4),
            bill("fuel", 9, 8, name="烟煤", biogenic_share=0.3), bill("fuel", 9, 8, name="烟煤", biogenic_share=0.3, evidence="检测"),
            bill("fuel", 9, 8, name="RDF", biogenic_share=0.45, source="检测", carbon_per_unit=0.3, oxidation=1, coefficient=0.4, origin="sold"),
            bill("fuel", 9, 8, name="RDF", biogenic_share=1, source="检测", emission_factor=0.4, coefficient=0.4), bill("fuel", 9, 8, name="木屑", biogenic_share=0.5, biomass=True, net_calorific_value=16),
        ]
    },
    "bills: heat from non-fossil sources": {"activity": [bill("heat", 9, 8, "GJ", non_fossil=True, evidence="地热")]},
    **{f"bills: not applicable {code}": {"not_applicable": {code: "本行业没有"}} for code in "35"},
}  # fmt: skip


def enterprises() -> dict[str, Data]:
    """Every enterprise of this file by its name."""
    found = {name: changed(PLAIN, changes) for name, changes in CASES.items()}
    return found | {name: changed(BILLED, changes) for name, changes in BILLS.items()}


#: Nothing of the table may be without a case: each kind of pollutant has its own.
KINDS = {eq.AMOUNT, eq.PH, eq.COLOUR, eq.EXCEEDANCE}

#: A guide with other indicators, other options, values that are entered, and benchmarks of its own.
NAMED_GUIDE = from_dict(
    {
        **to_dict(builtin()),
        "id": "own",
        "options": {"gwp_set": "AR6", "moderate_score": "distance", "synergy_basis": "total", "score_cap": 1.2},
        "nodes": [
            {"code": "a", "weight": 0.6, "name_zh": "甲", "name_en": "first"},
            {"code": "b", "weight": 0.4, "name_zh": "乙", "name_en": "second", "attribute": "negative", "formula": "carbon_intensity", "benchmark": {"value": 21000, "source": "指南", "limit": 60000}, "range": [1, 30000]},
            {"code": "a1", "parent": "a", "weight": 0.6},
            {"code": "s", "parent": "a1", "weight": 0.1, "name_zh": "协同度", "attribute": "moderate", "formula": "synergy"},
            {"code": "x", "parent": "a1", "weight": 0.2, "name_zh": "回用率", "unit_zh": "%", "attribute": "positive", "formula": "entered", "benchmark": {"value": 80, "limit": 20}, "range": [0, 100]},
            {"code": "y", "parent": "a1", "weight": 0.2, "name_zh": "泄漏", "attribute": "negative", "formula": "entered"},
            {"code": "z", "parent": "a1", "weight": 0.1, "name_zh": "等级", "attribute": "qualitative", "formula": "entered"},
        ],
    }
)  # fmt: skip


def _part(code: str, formula: str, attribute: str, **parameters: Any) -> Data:
    node = {"code": code, "parent": "all", "weight": 0.25, "name_zh": code, "formula": formula, "attribute": attribute}
    return {**node, "parameters": parameters}


_LONG = [f'{i:02}"' + "料" * 56 for i in range(MOST_NAMES)]
#: Indicators that count a part only, by as many and as long names as there may be.
LONG_PARTS = from_dict(
    {
        **to_dict(builtin()),
        "id": "long",
        "nodes": [
            {"code": "all", "weight": 1, "name_zh": "全部"},
            _part("p", "equivalent_intensity", "negative", pollutants=[p.name.zh for p in eq.pollutants() if p.medium == "air" and "甲醛" not in p.name.zh][:MOST_NAMES], medium="air"),
            _part("m", "material_intensity", "negative", materials=_LONG),
            _part("r", "residual_energy_intensity", "positive", energies=_LONG),
            _part("n", "nonfossil_share", "positive", energies=[e.name.zh for e in energies.energies()][:MOST_NAMES]),
        ],
    }
)  # fmt: skip
