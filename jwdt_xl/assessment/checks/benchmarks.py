"""Benchmarks: source, unit, and that they follow the same convention as the result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, INFO, WARNING, Finding, Text, number
from ...standard.guide import BASIS_WORDS, VALUE_BASES, Node
from ...standard.guide.benchmarks import CALORIFIC, CONVENTION_NAMES, Benchmark, convention_of
from ...standard.names import fold
from ...standard.quantities import ELECTRICITY, VALUE_BASIS
from ...standard.scoring import MODERATE, QUALITATIVE
from ...standard.units import UNITS
from ..conditions import datum
from ..rules import Rule
from .changes import scale_slip

if TYPE_CHECKING:
    from ..result import Result

GROSS_OUTPUT = "工业总产值"
#: Spellings of units that mean the same, longest first.
_SPELLINGS = (
    ("二氧化碳当量", ""),
    ("二氧化碳", ""),
    ("co2eq", ""),
    ("co2e", ""),
    ("co2", ""),
    ("污染当量", "ap"),
    ("当量", "ap"),
    ("10^4yuan", "万元"),
    ("千克", "kg"),
    ("公斤", "kg"),
    ("千焦", "kj"),
    ("吨", "t"),
    ("percent", "%"),
)
PRODUCT = "product"
_PRODUCT = ("单位产品", "unitproduct", PRODUCT)
WITHOUT_SOURCE = Rule(
    "benchmark-without-source",
    WARNING,
    "transparency",
    Text("查：请写明来源", "check: state the source"),
    Text(
        "指标 {c}“{n}”的基准值没有来源；请写明政策或清洁生产要求及年份",
        "the benchmark of indicator {c} “{n}” has no source; name the policy or requirement and its year",
    ),
    datum("source").is_blank(),
)
#: How far from 100 times two values may be that differ by a percentage stored as a fraction.
_FAR = 2.0
_OF_GUIDE, _VALUE = Text("指南基准值", "the guide's"), Text("指标值", "the value")
_KNOWN = {fold(unit.code) for unit in UNITS}


def _scored(result: Result) -> Iterator[tuple[Node, Benchmark, float | None]]:
    """The applicable indicators with a benchmark, and their values."""
    for indicator in result.indicators:
        if indicator.benchmark is not None and indicator.state != "not_applicable":
            yield indicator.node, indicator.benchmark, indicator.value


def sources(result: Result) -> Iterator[Finding]:
    for node, benchmark, _ in _scored(result):
        if WITHOUT_SOURCE.holds(source=benchmark.source):
            yield WITHOUT_SOURCE.finding(f"benchmarks.{node.code}.source", c=node.code, n=node.name)


def unused(result: Result) -> Iterator[Finding]:
    """A benchmark for an indicator that takes none."""
    for node in result.guide.indicators:
        if node.code in result.assessment.benchmarks and node.attribute in (MODERATE, QUALITATIVE):
            text = Text(
                "指标 {c}“{n}”不用基准值，所填未使用；请删去",
                "indicator {c} “{n}” takes no benchmark, this one is not used; remove it",
            ).fill(c=node.code, n=node.name)
            yield Finding(WARNING, "benchmark-not-used", f"benchmarks.{node.code}", text, "consistency")


def convention(result: Result) -> Iterator[Finding]:
    """The electricity convention of the benchmark of the non-fossil share must be the result's."""
    here = convention_of(result.options)
    for node, benchmark, _ in _scored(result):
        if ELECTRICITY not in node.algorithm.conventions:
            continue
        where, stated = f"benchmarks.{node.code}.basis", benchmark.convention
        if (stated or CALORIFIC) != here:
            text = Text(
                "基准值按{b}折算电力{d}，本结果按{r}({k} kgce/kWh)，不可比；请改用同一口径",
                "the benchmark converts electricity by {b}{d}, this result by {r} ({k} kgce/kWh): not comparable; use one convention",
            ).fill(
                b=CONVENTION_NAMES[stated or CALORIFIC],
                d=Text("", "") if stated else Text("(未注明，按默认)", " (default, since not stated)"),
                r=CONVENTION_NAMES[here],
                k=number(float(result.options["electricity_coefficient"])),
            )
            yield Finding(ERROR, "benchmark-convention", where, text, "consistency")
        elif not stated:
            text = Text(
                "基准值未注明电力折标口径，按默认的当量值理解；请在“口径”注明当量值或等价值",
                "the benchmark states no electricity convention, taken as the default (calorific value); state it as its basis",
            )
            yield Finding(WARNING, "benchmark-convention-unstated", where, text, "consistency")


def value_basis(result: Result) -> Iterator[Finding]:
    """The output value of carbon productivity and of its benchmark must be the same: gross output, value added or revenue."""
    basis = result.assessment.output_value.basis or GROSS_OUTPUT
    name = VALUE_BASES[basis]
    if basis != GROSS_OUTPUT:
        text = Text(
            "产值口径为{n}，默认为工业总产值；请确认基准值口径相同",
            "the output value is {n}, the default is gross output value; make sure that the benchmark's is the same",
        ).fill(n=name)
        yield Finding(INFO, "value-basis", "output_value.basis", text, "transparency")
    for node, benchmark, _ in _scored(result):
        if VALUE_BASIS not in node.algorithm.conventions:
            continue
        said = benchmark.basis.lower()
        stated = [b for b, words in BASIS_WORDS.items() if any(word in said for word in words)]
        where = f"benchmarks.{node.code}.basis"
        if stated and basis not in stated:
            text = Text(
                "基准值的产值口径为{b}，本结果为{n}，不可比；请改用同一口径",
                "the benchmark is by {b}, this result by {n}: not comparable; use one basis",
            ).fill(b=VALUE_BASES[stated[0]], n=name)
            yield Finding(ERROR, "benchmark-value-basis", where, text, "consistency")
        elif not stated and basis != GROSS_OUTPUT:
            text = Text(
                "产值口径为{n}，但基准值未注明口径；请在“口径”注明",
                "the output value is {n}, but the benchmark states no basis; state it",
            ).fill(n=name)
            yield Finding(WARNING, "benchmark-value-basis-unstated", where, text, "consistency")


def _spelled(unit: str, product: str) -> tuple[str, str]:
    """A unit as numerator and denominator in one spelling; the product's own unit is a unit product."""
    folded = fold(unit)
    for spelling, meaning in _SPELLINGS:
        folded = folded.replace(spelling, meaning)
    above, _, below = folded.partition("/")
    return above, PRODUCT if below in (*_PRODUCT, product) else below


def units(result: Result) -> Iterator[Finding]:
    """A benchmark in another unit than the guide's for its indicator."""
    product = _spelled(result.assessment.product.unit, "")[0]
    for node, benchmark, _ in _scored(result):
        if not benchmark.unit or not node.unit.zh:
            continue
        right = {_spelled(unit, product) for unit in node.unit}
        above, below = given = _spelled(benchmark.unit, product)
        if given in right:
            continue
        # Units of products are free texts (10^4 m, 万米): only two known ones are surely different.
        if (above, PRODUCT) in right and not {below, product} <= _KNOWN:
            text = Text(
                "指标 {c}“{n}”的基准值单位为“{v}”，产品单位为“{p}”；请确认二者为同一产品单位",
                "the benchmark of indicator {c} “{n}” is in “{v}”, the product in “{p}”; make sure that they agree",
            )
            severity, code = WARNING, "benchmark-unit-unclear"
        else:
            text = Text(
                "指标 {c}“{n}”的单位是 {u}，基准值单位为“{v}”；请换算后填写",
                "indicator {c} “{n}” is in {u}, its benchmark in “{v}”; convert the benchmark",
            )
            severity, code = ERROR, "benchmark-unit"
        filled = text.fill(c=node.code, n=node.name, u=node.unit, v=benchmark.unit, p=result.assessment.product.unit)
        yield Finding(severity, code, f"benchmarks.{node.code}.unit", filled, "consistency")


def scale(result: Result) -> Iterator[Finding]:
    """A value and a benchmark about 1,000 or 10,000 times apart."""
    for node, benchmark, value in _scored(result):
        factor = scale_slip(benchmark.value, value)
        if factor:
            text = Text(
                "指标 {c}“{n}”为 {v}，与基准值 {b} 相差约 {f} 倍；请核对单位(千、万)",
                "indicator {c} “{n}” is {v}, about {f} times off its benchmark {b}; check units (千, 万)",
            ).fill(c=node.code, n=node.name, v=number(value or 0.0), b=number(benchmark.value), f=factor)
            yield Finding(WARNING, "benchmark-scale-slip", f"benchmarks.{node.code}", text, "objectivity")


def is_hundredfold(one: float, other: float) -> bool:
    """Whether one of two values is about 100 times the other."""
    low, high = sorted((abs(one), abs(other)))
    return low > 0 and 100 / _FAR <= high / low <= 100 * _FAR


def hundredfold(result: Result) -> Iterator[Finding]:
    """An own benchmark about 100 times off the guide's, or a value off its benchmark: 5 % stored as 0.05."""
    for node, benchmark, value in _scored(result):
        theirs = node.benchmark.value if node.benchmark is not None and node.benchmark is not benchmark else None
        for other, name in ((theirs, _OF_GUIDE), (value, _VALUE)):
            if other is not None and is_hundredfold(benchmark.value, other):
                text = Text(
                    "指标 {c}“{n}”的基准值 {b} 与{w} {v} 相差约 100 倍；请核对是否把百分数存成了小数(5% 存为 0.05)",
                    "the benchmark {b} of indicator {c} “{n}” is about 100 times off {w} {v}; check whether a percentage was stored as a fraction (5 % as 0.05)",
                ).fill(c=node.code, n=node.name, b=number(benchmark.value), w=name, v=number(other))
                yield Finding(WARNING, "percent-slip", f"benchmarks.{node.code}", text, "objectivity")
                break


def below_one_percent(result: Result) -> Iterator[Finding]:
    """An own benchmark, or an entered value, in % that is below 1: most are percentages stored as fractions."""
    for indicator in result.indicators:
        node, own = indicator.node, result.assessment.benchmarks.get(indicator.node.code)
        given = (
            (f"benchmarks.{node.code}", own.value if own else None),
            (f"entered.{node.code}", result.assessment.entered.get(node.code)),
        )
        for where, value in given if node.unit.zh == "%" else ():
            if value is not None and 0 < value < 1:
                text = Text(
                    "指标 {c}“{n}”的单位是 %，所填 {v} 不到 1 %；请核对是否把百分数存成了小数(5% 存为 0.05)",
                    "indicator {c} “{n}” is in %, and {v} is below 1 %; check whether a percentage was stored as a fraction (5 % as 0.05)",
                ).fill(c=node.code, n=node.name, v=number(value))
                yield Finding(WARNING, "percent-slip", where, text, "objectivity")


CHECKS = (sources, unused, convention, value_basis, units, scale, hundredfold, below_one_percent)
RULES = (WITHOUT_SOURCE,)
