"""The product's unit against the one that the guide's indicators are per: what is per piece is no value per tonne."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, WARNING, Finding, Text
from ...standard.guide.product_unit import OTHER, UNCLEAR, conversion, named, stated, unit_is
from ..conditions import datum
from ..rules import Rule

if TYPE_CHECKING:
    from ..result import Result

OTHER_PRODUCT = Rule(
    "product-unit",
    ERROR,
    "consistency",
    Text("查：与指南的产品单位不同，请按指南的单位填报", "check: not the guide's unit of product"),
    Text(
        "产品单位填为“{v}”，指南的指标 {c} 按每 {u} 计{k}，没有换算，不可与基准值比较；请按 {u} 填报产量和产品单位(其他产品用“产品明细”的折算系数)",
        "the product is in “{v}”, indicators {c} are per {u}{k}: nothing was converted, no comparison with benchmarks; "
        "give output and unit in {u} (other products by conversion factors)",
    ),
    datum("unit").equals(OTHER),
)
UNCLEAR_PRODUCT = Rule(
    "product-unit-unclear",
    WARNING,
    "consistency",
    Text("查：确认与指南的产品单位相同", "check: is it the guide's unit of product?"),
    Text(
        "产品单位填为“{v}”，指标 {c} 按每 {u} 计；请确认二者相同，否则按 {u} 填报产量和产品单位",
        "the product is in “{v}”, indicators {c} are per {u}; make sure that both are the same, else give output and unit in {u}",
    ),
    datum("unit").equals(UNCLEAR),
)
_CONVERTS = Text("(即 {k})", " (that is {k})")


def product_unit(result: Result) -> Iterator[Finding]:
    """A product in another unit than the guide's indicators are per."""
    guide, unit = result.guide, result.assessment.product.unit
    is_ = unit_is(guide, unit)
    for rule in (OTHER_PRODUCT, UNCLEAR_PRODUCT):
        if rule.holds(unit=is_):
            codes = ", ".join(dict.fromkeys(node.code for one in stated(guide) for node in one.by))
            converts = conversion(guide, unit)
            said = _CONVERTS.fill(k=converts) if converts else Text("", "")
            yield rule.finding("product.unit", v=unit, c=codes, u=named(guide), k=said)


CHECKS = (product_unit,)
RULES = (OTHER_PRODUCT, UNCLEAR_PRODUCT)
