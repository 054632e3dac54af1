"""Bills and rows with values, statements and names of the enterprise's own: what each tells by itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...messages import INFO, WARNING, Text, number
from ...standard import energy as energies
from ...standard.greenhouse import CATEGORY_NAMES
from ..conditions import Condition, both, datum, either, negated
from ..fields import YES_NO, labels
from ..kinds import WITHOUT_EMISSIONS
from ..metered import METERED_BESIDE, WITHIN_GRID, readings
from ..places import PERIOD_NAMES
from ..ratios import OF_ENERGY, OUTSIDE, ratio_of
from ..rules import Rule
from ..tables import ACTIVITY_KINDS, ActivityRow

_YES = dict(YES_NO)[True]
#: The measured values and own factors of a bill, in the order in which a finding names their cells.
OWN = ("net_calorific_value", "carbon_content", "oxidation", "emission_factor", "coefficient")
#: Those that make a burnt fuel emit nothing where they are 0.
_ZEROS = ("emission_factor", "carbon_content", "oxidation")


def _kind(*kinds: str) -> Condition:
    return either(*(datum("kind").equals(kind, ACTIVITY_KINDS[kind]) for kind in kinds))


def _origin(*origins: str) -> Condition:
    return either(*(datum("origin").equals(origin, energies.ORIGIN_NAMES[origin]) for origin in origins))


def _yes(field: str) -> Condition:
    return datum(field).equals(True, _YES)


def _blank(*fields: str) -> Condition:
    return both(*(datum(field).is_blank() for field in fields))


def _own_given(row: Any) -> dict[str, Any]:
    return {"f": labels(ActivityRow, [name for name in OWN if row[name] is not None])}


def _emission_factor(row: Any) -> dict[str, Any]:
    low, high = row["factor_low"], row["factor_high"]
    return {"v": number(row["emission_factor"]), "u": row["factor_unit"], "a": number(low, 3), "b": number(high, 3)}


_OWN_FACTOR = datum("emission_factor")
#: Power sold without emissions takes nothing off the total.
_SOLD_AT_ZERO = both(_OWN_FACTOR.equals(0), _origin(energies.SOLD))
_CERTIFIED_AT_ZERO = both(_OWN_FACTOR.equals(0), _origin(energies.CERTIFICATE), _kind("electricity"))
_BURNT = both(_kind("fuel"), negated(_yes("feedstock")), negated(_yes("biomass")))
_POWER = both(_kind("electricity"), datum("sold_beside").equals(1), _origin(energies.OWN_RENEWABLE))


def _own_in_grid(table: str) -> Rule:
    """The row has too much just what was made by oneself: told by the meter."""
    return Rule(
        WITHIN_GRID.code,
        WARNING,
        "consistency",
        Text("查：本行含自发自用电？请改为电费单上的购电量", "check: holds the own power? enter what the bill says"),
        WITHIN_GRID.text,
        both(_origin(energies.GRID), datum("own_in_grid").equals(1)),
        table=table,
        field="report",
        fills=readings,
    )


#: The rows at which a ratio of the whole enterprise is told.
RATIO_TABLES = {"power": ("activity", "energy"), "carbon": ("greenhouse",), "residual": ("residual_energy",)}


def _of_ratio(key: str, table: str) -> Rule:
    """The unit of the row may be another one: told by a ratio of the whole enterprise."""
    of_it = {
        "power": _origin(*METERED_BESIDE),
        "carbon": either(*(datum("category").equals(c, CATEGORY_NAMES[c]) for c in OF_ENERGY)),
        "residual": negated(_blank("unit")),
    }[key]
    return OUTSIDE[key]._replace(
        when=both(of_it, datum(f"{key}_off").equals(1)),
        numbers=(),
        table=table,
        field="unit",
        fills=partial(_ratio_said, key),
    )


def _ratio_said(key: str, row: Any) -> dict[str, Any]:
    values = {period: ratio_of(row.result, key, period) for period in PERIOD_NAMES}
    period = next(period for period, value in values.items() if OUTSIDE[key].holds(value=value))
    return {"p": PERIOD_NAMES[period], "v": number(values[period] or 0.0)}


OF_BILLS = (
    _own_in_grid("activity"),
    Rule(
        "own-power-and-sold",
        INFO,
        "consistency",
        Text("自发自用与外售并存：上网电量两处都不填", "own and sold power: power fed in goes nowhere"),
        Text(
            "自发可再生与外售电力同时存在：自发可再生只填自用电量，上网的部分两处都不填，外售只填自产化石电和转售的电量；请确认",
            "own renewable power beside power sold: enter own power only as far as used, and what was fed into the grid in neither row; sold is own fossil power and power sold on; confirm",
        ),
        both(_POWER, datum("fuel_beside").equals(1)),
        table="activity",
        field="origin",
    ),
    Rule(
        "own-power-as-sold",
        WARNING,
        "consistency",
        Text("查：自家光伏上网电量不是外售，两处都不填", "check: power fed to the grid is not sold"),
        Text(
            "没有燃料，却有自发可再生和外售电力：上网的自发电量不是外售，自发可再生只填自用电量，上网的部分两处都不填；请确认",
            "own renewable power and power sold, but no fuel: own power fed into the grid is not sold; enter own power only as far as used, and what was fed in nowhere; confirm",
        ),
        both(
            either(_POWER, both(_kind("electricity"), datum("own_beside").equals(1), _origin(energies.SOLD))),
            datum("fuel_beside").equals(0),
        ),
        table="activity",
        field="origin",
    ),
    Rule(
        "implausible-emission-factor",
        WARNING,
        "objectivity",
        Text("查：自有排放因子不在通常范围，核对单位", "check: unusual own factor, look at the unit"),
        Text(
            "“{n}”的自有排放因子为 {v} {u}，通常在 {a}–{b}；请核对数值和单位",
            "“{n}”: own factor {v} {u}, usual are {a}–{b}; check value and unit",
        ),
        both(
            negated(_kind("fuel")),
            negated(_origin(*WITHOUT_EMISSIONS)),
            either(datum("factor_low") > _OWN_FACTOR, datum("factor_high") < _OWN_FACTOR),
            negated(_SOLD_AT_ZERO),
            negated(_CERTIFIED_AT_ZERO),
        ),
        ("emission_factor",),
        table="activity",
        field="emission_factor",
        fills=_emission_factor,
    ),
    Rule(
        "certificate-factor-zero",
        INFO,
        "transparency",
        Text("绿证按自有因子 0 计；默认用电网因子", "certificates at 0, not at the grid's factor"),
        Text(
            "绿证电量按自有因子 0 计排放；默认仍按电网因子 [choice]，请确认基准期、基准值的口径相同",
            "power with certificates takes the own factor 0; by default it keeps the grid's [choice]: make sure that base period and benchmark do the same",
        ),
        _CERTIFIED_AT_ZERO,
        ("emission_factor",),
        table="activity",
        field="emission_factor",
    ),
    Rule(
        "feedstock-not-fuel",
        WARNING,
        "consistency",
        Text("查：只有燃料可以用作原料", "check: only fuels can be feedstock"),
        Text(
            "“{n}”标为用作原料，不计入能源，但排放照计；只有燃料可以用作原料，请核对",
            "“{n}” is marked as feedstock and not counted as energy, its emissions are; only fuels can be feedstock, check it",
        ),
        both(_yes("feedstock"), _kind("electricity", "heat")),
        table="activity",
        field="feedstock",
    ),
    Rule(
        "fuel-without-emissions",
        WARNING,
        "consistency",
        Text("查：化石燃料燃烧却没有排放，核对因子", "check: a fossil fuel is burnt and emits nothing"),
        Text(
            "化石燃料“{n}”燃烧却没有排放；请核对{f}，用作原料请在“用作原料”选是",
            "the fossil fuel “{n}” is burnt and emits nothing; check {f}; for feedstock choose feedstock: yes",
        ),
        both(_BURNT, datum("fossil").equals(1), datum("factor").equals(0), datum("base") + datum("report") > 0),
        ("base", "report"),
        table="activity",
        field="emission_factor",
        fills=lambda row: {"f": labels(ActivityRow, [_zero(row)])},
        at=lambda row: _zero(row),
    ),
    Rule(
        "fossil-fuel-as-biomass",
        WARNING,
        "objectivity",
        Text("查：化石燃料却标为生物质", "check: a fossil fuel marked as biomass"),
        Text(
            "“{n}”是表中的化石燃料，却标为生物质：其 CO2 计 0 并计作非化石；请核对",
            "“{n}” is a fossil fuel of the tables but marked as biomass, so its CO2 is 0 and it counts as non-fossil; check it",
        ),
        both(_kind("fuel"), _yes("biomass"), datum("fossil").equals(1)),
        table="activity",
        field="biomass",
    ),
    Rule(
        "biomass-without-evidence",
        WARNING,
        "objectivity",
        Text("查：生物质请写明证明材料或来源", "check: evidence or source of the biomass"),
        Text(
            "“{n}”标为生物质但没有证明材料；请补充来源或证明",
            "“{n}” is marked as biomass without evidence; add the source or the evidence",
        ),
        both(_kind("fuel"), _yes("biomass"), datum("fossil").equals(0), _blank("evidence", "source", "note")),
        table="activity",
        field="biomass",
    ),
    Rule(
        "own-factor-without-source",
        WARNING,
        "transparency",
        Text("查：实测值、自有因子请写明数据来源", "check: source of measured values, own factors"),
        Text(
            "“{n}”的{f}没有来源；请写明检测报告、供应商证明等",
            "“{n}”: {f} without a source; name the test report, the supplier's statement …",
        ),
        both(negated(_blank(*OWN)), _blank("source", "evidence")),
        table="activity",
        field=OWN[0],
        fills=_own_given,
        at=lambda row: next(name for name in OWN if row[name] is not None),
    ),
)


def _zero(row: Any) -> str:
    return next((name for name in _ZEROS if row[name] == 0), "net_calorific_value")


OF_ENERGIES = (
    _own_in_grid("energy"),
    Rule(
        "own-coefficient-without-source",
        WARNING,
        "transparency",
        Text("查：自有系数、实测热值请写明数据来源", "check: source of own coefficient, heat value"),
        Text(
            "“{n}”的自有系数或实测热值没有来源；请写明检测报告等",
            "the own coefficient or heat value of “{n}” has no source; name the test report",
        ),
        both(negated(_blank("coefficient", "net_calorific_value")), _blank("source")),
        table="energy",
        field="coefficient",
        at=lambda row: "net_calorific_value" if row["coefficient"] is None else "coefficient",
    ),
)
OF_MATERIALS = (
    Rule(
        "energy-or-water-as-material",
        WARNING,
        "consistency",
        Text("查：水、电和燃料不是原辅料，请勿填在此表", "check: water, power and fuels are no materials"),
        Text(
            "“{n}”是能源或水，不是原辅料：能源填在账单或能源表，水不填；请移走该行，确作原料消耗的请在备注说明",
            "“{n}” is energy or water and no material: energy goes to the bills or the energy table, water nowhere; move the row, or say in the note that it is consumed as a material",
        ),
        datum("energy_or_water").equals(1),
        table="materials",
        field="material",
    ),
)
OF_PRODUCTS = (
    Rule(
        "product-unit-without-factor",
        WARNING,
        "consistency",
        Text("查：单位与标准产品不同，请填折算系数", "check: not the product's unit: give the factor"),
        Text(
            "“{n}”的单位是“{u}”，标准产品的单位是“{v}”，却没有折算系数，按 1 计；请填写折算系数",
            "“{n}” is in “{u}”, the standard product in “{v}”, without a conversion factor, so 1 is taken; enter the factor",
        ),
        both(datum("factor").is_blank(), datum("other_unit").equals(1)),
        table="products",
        field="factor",
        fills=lambda row: {"u": row["unit"], "v": row["product_unit"]},
    ),
)
#: Told where a row has nothing of its own to say.
OF_RATIOS = tuple(_of_ratio(key, table) for key, tables in RATIO_TABLES.items() for table in tables)
RULES = (*OF_BILLS, *OF_ENERGIES, *OF_MATERIALS, *OF_PRODUCTS)
