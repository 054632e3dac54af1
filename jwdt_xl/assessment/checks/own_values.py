"""Bills and rows with values, statements and names of the enterprise's own: what each tells by itself."""

from __future__ import annotations

from typing import Any

from ...messages import INFO, WARNING, Text, number
from ...standard import energy as energies
from ..bill_row import ActivityRow
from ..conditions import both, datum, either, negated
from ..fields import labels
from ..rules import Rule
from . import biomass
from .said import blank, kind, origin, yes

#: The measured values and own factors of a bill, in the order in which a finding names their cells.
OWN = (
    "net_calorific_value", "carbon_content", "carbon_per_unit", "oxidation", "emission_factor", "coefficient", "carbon_fraction",
    "bo", "mcf",
)  # fmt: skip
#: Those that make a burnt fuel emit nothing where they are 0.
_ZEROS = ("emission_factor", "carbon_content", "carbon_per_unit", "oxidation")


def _own_given(row: Any) -> dict[str, Any]:
    return {"f": labels(ActivityRow, [name for name in OWN if row[name] is not None])}


def _emission_factor(row: Any) -> dict[str, Any]:
    low, high = row["factor_low"], row["factor_high"]
    return {"v": number(row["emission_factor"]), "u": row["factor_unit"], "a": number(low, 3), "b": number(high, 3)}


_OWN_FACTOR = datum("emission_factor")
#: Power sold without emissions takes nothing off the total.
_SOLD_AT_ZERO = both(_OWN_FACTOR.equals(0), origin(energies.SOLD))
#: By the options in force, or since it is fed into the grid.
_EMITS_NOTHING = datum("emits_nothing").equals(1)
_FED_IN = origin(energies.SOLD_RENEWABLE)
_CERTIFIED_AT_ZERO = both(
    _OWN_FACTOR.equals(0), origin(energies.CERTIFICATE), kind("electricity"), negated(_EMITS_NOTHING)
)
_BURNT = both(kind("fuel"), negated(origin(energies.SOLD)), negated(yes("feedstock")), negated(yes("biomass")))
_POWER = both(kind("electricity"), datum("sold_beside").equals(1), origin(energies.OWN_RENEWABLE))


def _green(table: str) -> tuple[Rule, ...]:
    """What rows of green power tell, in both tables that have them."""
    unproved = datum("unproved")
    return (
        Rule(
            "green-without-evidence",
            WARNING,
            "objectivity",
            Text("查：绿电请写明合同、绿证编号或计量记录", "check: contract, certificate numbers or meter"),
            Text(
                "“{n}”没有证明材料，仍按绿电计；请在“证明材料”写明合同和结算单、绿证编号或计量记录",
                "“{n}” has no evidence and still counts as green power; state its contract and settlement, certificate numbers or metering record as evidence",
            ),
            unproved.equals(1),
            table=table,
            field="evidence",
        ),
        Rule(
            "green-taken-as-grid",
            WARNING,
            "objectivity",
            Text("查：没有证明材料，排放和能源按电网电量计", "check: no evidence, so taken as grid power"),
            Text(
                "“{n}”没有证明材料，按选项“绿电的证明材料”在排放和能源中都按电网电量计，自有因子不用；请写明合同和结算单、绿证编号或计量记录",
                "“{n}” has no evidence: by option green_evidence it is grid power in emissions and energy, without its own factor; state its contract and settlement, certificate numbers or metering record",
            ),
            unproved.equals(2),
            table=table,
            field="evidence",
        ),
        Rule(
            "sold-renewable-not-counted",
            INFO,
            "transparency",
            Text("自发上网：不改变本企业的排放和能源", "fed in: changes neither emissions nor energy"),
            Text(
                "“{n}”是自发上网的电量，不是自用，不改变本企业的排放和能源 [choice]",
                "“{n}” is own renewable power fed into the grid: no own use, so it changes neither emissions nor energy [choice]",
            ),
            _FED_IN,
            table=table,
            field="origin",
        ),
    )


def _made_of(table: str) -> Rule:
    return Rule(
        "fuel-beside-its-source",
        WARNING,
        "consistency",
        Text("查：与煤、焦炭重复计？外购的来源选外购", "check: counted with its coal? bought: say so"),
        Text(
            "“{n}”与“{o}”同时计入：由它制得的，碳和能源会计两次，请把“{o}”标为用作原料或删去自产的“{n}”；外购的请在来源选“外购”",
            "“{n}” counts beside “{o}”: where it was made of that, carbon and energy count twice; mark “{o}” as feedstock, or take out “{n}” if made here; if bought choose the origin bought",
        ),
        datum("source_beside").equals(1),
        table=table,
        field="origin",
        fills=lambda row: {"o": row["source_name"]},
    )


OF_BILLS = (
    _made_of("activity"),
    Rule(
        "green-with-own-factor",
        WARNING,
        "consistency",
        Text("查：绿电的排放为 0，删去自有因子", "check: green power emits 0, clear the factor"),
        Text(
            "“{n}”是绿电，却填了自有排放因子 {v} tCO2/MWh 并按它计排放；请删去因子，不是绿电的请改选来源",
            "“{n}” is green power, but its own factor {v} tCO2/MWh makes it emit; clear the factor, or choose another origin if it is none",
        ),
        both(kind("electricity"), _EMITS_NOTHING, negated(_FED_IN), _OWN_FACTOR > 0),
        ("emission_factor",),
        table="activity",
        field="emission_factor",
        fills=lambda row: {"v": number(row["emission_factor"])},
    ),
    Rule(
        "own-power-and-sold",
        INFO,
        "consistency",
        Text("自发自用与外售并存：上网电量选“自发上网”", "own and sold power: fed-in power is “fed in”"),
        Text(
            "自发可再生与外售电力同时存在：自发可再生只填自用电量，上网的部分来源选“自发上网”，外售只填自产化石电和转售的电量；请确认",
            "own renewable power beside power sold: enter own power only as far as used, what was fed into the grid as “own renewable fed in”; sold is own fossil power and power sold on; confirm",
        ),
        both(_POWER, datum("fuel_beside").equals(1)),
        table="activity",
        field="origin",
    ),
    Rule(
        "own-power-as-sold",
        WARNING,
        "consistency",
        Text("查：自家光伏上网不是外售，选“自发上网”", "check: fed-in power is “own renewable fed in”"),
        Text(
            "没有燃料，却有自发可再生和外售电力：上网的自发电量不是外售，来源请改选“自发上网”，自发可再生只填自用电量；请确认",
            "own renewable power and power sold, but no fuel: own power fed into the grid is not sold; choose “own renewable fed in” for it, and enter own power only as far as used; confirm",
        ),
        both(
            either(_POWER, both(kind("electricity"), datum("own_beside").equals(1), origin(energies.SOLD))),
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
            negated(kind("fuel")),
            negated(_EMITS_NOTHING),
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
        both(yes("feedstock"), kind("electricity", "heat")),
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
    *biomass.RULES,
    Rule(
        "own-factor-without-source",
        WARNING,
        "transparency",
        Text("查：实测值、自有因子请写明数据来源", "check: source of measured values, own factors"),
        Text(
            "“{n}”的{f}没有来源；请写明检测报告、供应商证明等",
            "“{n}”: {f} without a source; name the test report, the supplier's statement …",
        ),
        both(negated(blank(*OWN)), blank("source", "evidence")),
        table="activity",
        field=OWN[0],
        fills=_own_given,
        at=lambda row: next(name for name in OWN if row[name] is not None),
    ),
    *_green("activity"),
)


def _zero(row: Any) -> str:
    return next((name for name in _ZEROS if row[name] == 0), "net_calorific_value")


OF_ENERGIES = (
    _made_of("energy"),
    Rule(
        "own-coefficient-without-source",
        WARNING,
        "transparency",
        Text("查：自有系数、实测热值请写明数据来源", "check: source of own coefficient, heat value"),
        Text(
            "“{n}”的自有系数或实测热值没有来源；请写明检测报告等",
            "the own coefficient or heat value of “{n}” has no source; name the test report",
        ),
        both(negated(blank("coefficient", "net_calorific_value")), blank("source")),
        table="energy",
        field="coefficient",
        at=lambda row: "net_calorific_value" if row["coefficient"] is None else "coefficient",
    ),
    *_green("energy"),
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
RULES = (*OF_BILLS, *OF_ENERGIES, *OF_MATERIALS, *OF_PRODUCTS)
