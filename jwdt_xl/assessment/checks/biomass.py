"""Biomass and biogenic shares of fuels: what a bill tells by itself."""

from __future__ import annotations

from ...messages import INFO, WARNING, Text
from ..conditions import both, datum, negated
from ..rules import Rule
from .said import blank, kind, yes

RULES = (
    Rule(
        "fossil-fuel-as-biomass",
        WARNING,
        "objectivity",
        Text("查：化石燃料却标为生物质", "check: a fossil fuel marked as biomass"),
        Text(
            "“{n}”是表中的化石燃料，却标为生物质：其 CO2 计 0 并计作非化石；请核对",
            "“{n}” is a fossil fuel of the tables but marked as biomass, so its CO2 is 0 and it counts as non-fossil; check it",
        ),
        both(kind("fuel"), yes("biomass"), datum("fossil").equals(1)),
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
        both(kind("fuel"), yes("biomass"), datum("fossil").equals(0), blank("evidence", "source", "note")),
        table="activity",
        field="biomass",
    ),
    Rule(
        "biogenic-without-evidence",
        WARNING,
        "objectivity",
        Text("查：生物质比例没有证明，未计入", "check: biogenic share without evidence: not counted"),
        Text(
            "“{n}”的生物质比例没有证明材料或来源，未计入：CO2 照计，也不作非化石；请补充证明",
            "the biogenic share of “{n}” has no evidence or source and does not count: its CO2 does, and none is non-fossil; add the evidence",
        ),
        both(datum("biogenic_share") > 0, datum("bio").equals(0)),
        ("biogenic_share", "bio"),
        table="activity",
        field="evidence",
    ),
    Rule(
        "biogenic-beside-own-factor",
        INFO,
        "transparency",
        Text("自有因子照用，生物质比例只用于能源", "own factor as it is; the share is for energy only"),
        Text(
            "“{n}”的自有排放因子按所填计算，不再乘以化石部分；生物质比例只用于非化石能源；请确认因子只含化石碳",
            "“{n}”: the own emission factor counts as given and is not reduced; the biogenic share counts for non-fossil energy only; confirm that the factor is of fossil carbon",
        ),
        both(datum("bio") > 0, datum("emission_factor").is_filled(), negated(yes("biomass"))),
        ("bio",),
        table="activity",
        field="biogenic_share",
    ),
)
