"""Whether the industry code goes with the product and with the guide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import WARNING, Finding, Text, joined
from ...standard import codes, industries
from ...standard.names import split
from .. import who
from ..conditions import datum
from ..rules import Rule

if TYPE_CHECKING:
    from ..result import Result

OF_PRODUCT = Rule(
    "industry-of-another-product",
    WARNING,
    "consistency",
    Text("查：产品通常不属于此大类，请核对代码和产品", "check: the product is usually of another division"),
    Text(
        "行业代码 {v} 属于“{d}”，而产品“{p}”通常属于：{u}；请核对代码和产品名称，确实如此可不改",
        "industry code {v} is of “{d}”, the product “{p}” usually of: {u}; check code and product, leave it if it is so",
    ),
    datum("other").equals(1),
)
OF_GUIDE = Rule(
    "industry-of-another-guide",
    WARNING,
    "consistency",
    Text("查：本指南的行业是另一大类，请核对代码或换指南", "check: the guide is for another division"),
    Text(
        "行业代码 {v} 属于“{d}”，而指南“{p}”用于：{u}；请核对代码，或改用本行业的指南",
        "industry code {v} is of “{d}”, the guide “{p}” is for: {u}; check the code, or take the guide of your industry",
    ),
    datum("other").equals(1),
)


def other(code: str, usual: str) -> int:
    """1 where the code is of another industry than the usual ones."""
    return int(not industries.is_of(code, usual))


def another_industry(result: Result) -> Iterator[Finding]:
    """A code of another industry than the product's or the guide's."""
    code, product, guide = result.assessment.enterprise.industry_code, result.assessment.product.name, result.guide
    if code[:2] not in codes.divisions() or "industry_code" not in who.fields(guide):
        return  # blank, or no code of an industry, which is told by itself
    named = (
        (OF_PRODUCT, Text(product, product), industries.of_product(product)),
        (OF_GUIDE, guide.name, industries.of_guide(guide.name.zh)),
    )
    for rule, name, usual in named:
        if rule.holds(other=other(code, usual)):
            several = split(usual)
            named_too = {d: n for d, n in codes.divisions().items() if d in several}
            divisions = [Text(f"{d} {n.zh}", f"{d} {n.en}") for d, n in named_too.items()]
            if len(divisions) > 1:  # a message is short
                divisions = [Text(d, d) for d in named_too]
            yield rule.finding(
                "enterprise.industry_code", v=code, d=codes.divisions()[code[:2]], p=name, u=joined(divisions)
            )
            return  # the live hint says one of both


CHECKS, RULES = (another_industry,), (OF_PRODUCT, OF_GUIDE)
