"""Benchmarks: source, unit, and that they follow the same convention as the result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import ERROR, INFO, WARNING, Finding, Text, number
from ...standard.guide import BASIS_WORDS, VALUE_BASES, Node
from ...standard.guide.benchmarks import CALORIFIC, CONVENTION_NAMES, Benchmark, convention_of
from ...standard.names import fold
from ...standard.product_units import PRODUCT, spelling
from ...standard.quantities import ELECTRICITY, VALUE_BASIS
from ...standard.scoring import MODERATE, QUALITATIVE
from ...standard.units import UNITS
from ..conditions import Condition, both, datum, either
from ..rules import Rule

if TYPE_CHECKING:
    from ..result import Result

GROSS_OUTPUT = "工业总产值"
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
#: A value and a benchmark beyond this many times apart are not of one unit [choice]: the best and the worst of a sector
#: lie within ten times.
FAR = 50
#: Up to here it may be a percentage stored as a fraction.
_FRACTION = 200
#: Quotients that differ by less are alike.
_ALIKE = 1e-9
_HIGH, _LOW = datum("value"), datum("benchmark")


def _apart(least: float, most: float | None = None) -> Condition:
    """Whether two values above 0 are so many times apart, either way; just so many times is so for every program."""
    least *= 1 - _ALIKE
    ways = []
    for high, low in ((_HIGH, _LOW), (_LOW, _HIGH)):
        ways.append(high > least * low if most is None else high.within(least * low, most * (1 + _ALIKE) * low))
    return both(_HIGH > 0, _LOW > 0, either(*ways))


_NUMBERS = ("value", "benchmark")
FAR_OFF = Rule(
    "benchmark-scale-slip",
    WARNING,
    "objectivity",
    Text("查：与指标值差约 {f} 倍，核对单位(千、万)", "check: about {f} times off the value, look at the unit"),
    Text(
        "指标 {c}“{n}”为 {v}，与基准值 {b} 相差约 {f} 倍；请核对单位(千、万)",
        "indicator {c} “{n}” is {v}, about {f} times off its benchmark {b}; check units (千, 万)",
    ),
    _apart(_FRACTION),
    _NUMBERS,
)
HUNDREDFOLD = Rule(
    "percent-slip",
    WARNING,
    "objectivity",
    Text("查：差约 {f} 倍，是否把 5% 存成了 0.05", "check: about {f} times off: 5 % stored as 0.05?"),
    Text(
        "指标 {c}“{n}”的基准值 {b} 与{w} {v} 相差约 {f} 倍；请核对是否把百分数存成了小数(5% 存为 0.05)，或单位不同",
        "the benchmark {b} of indicator {c} “{n}” is about {f} times off {w} {v}; check whether a percentage was stored as a fraction (5 % as 0.05), or another unit",
    ),
    _apart(FAR, _FRACTION),
    _NUMBERS,
)
BELOW_ONE = Rule(
    "percent-slip",
    WARNING,
    "objectivity",
    Text("查：不到 1 %，是否把 5% 存成了 0.05", "check: below 1 %: 5 % stored as 0.05?"),
    Text(
        "指标 {c}“{n}”的单位是 %，所填 {v} 不到 1 %；请核对是否把百分数存成了小数(5% 存为 0.05)",
        "indicator {c} “{n}” is in %, and {v} is below 1 %; check whether a percentage was stored as a fraction (5 % as 0.05)",
    ),
    both(_HIGH > 0, _HIGH < 1),
    ("value",),
)
OTHER_UNIT = Rule(
    "benchmark-unit",
    ERROR,
    "consistency",
    Text("查：基准值单位与指标不同，请换算后填写", "check: not the indicator's unit: convert it"),
    Text(
        "指标 {c}“{n}”的单位是 {u}，基准值单位为“{v}”；请换算后填写",
        "indicator {c} “{n}” is in {u}, its benchmark in “{v}”; convert the benchmark",
    ),
    datum("unit").equals("other"),
)
UNCLEAR_UNIT = Rule(
    "benchmark-unit-unclear",
    WARNING,
    "consistency",
    Text("查：确认基准值与产品是同一产品单位", "check: is it per the product's own unit?"),
    Text(
        "指标 {c}“{n}”的基准值单位为“{v}”，产品单位为“{p}”；请确认二者为同一产品单位",
        "the benchmark of indicator {c} “{n}” is in “{v}”, the product in “{p}”; make sure that they agree",
    ),
    datum("unit").equals("unclear"),
)
_OF_GUIDE, _VALUE = Text("指南基准值", "the guide's"), Text("指标值", "the value")
KNOWN_UNITS = frozenset(fold(unit.code) for unit in UNITS)


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
        if ELECTRICITY not in node.conventions:
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
        if VALUE_BASIS not in node.conventions:
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


def right_units(node: Node, product: str = "") -> set[tuple[str, str]]:
    """The indicator's own unit, in both languages."""
    return {spelling(unit, product) for unit in node.unit} if node.unit.zh else set()


def unit_of(node: Node, unit: str, product_unit: str) -> str:
    """What a benchmark's unit is to its indicator: right (or not stated), unclear, other."""
    product = spelling(product_unit, "")[0]
    right = right_units(node, product)
    above, below = given = spelling(unit, product)
    if not unit or not right or given in right:
        return "right"
    # Units of products are free texts (10^4 m, 万米): only two known ones are surely different.
    return "unclear" if (above, PRODUCT) in right and not {below, product} <= KNOWN_UNITS else "other"


def units(result: Result) -> Iterator[Finding]:
    """A benchmark in another unit than the guide's for its indicator."""
    product = result.assessment.product.unit
    for node, benchmark, _ in _scored(result):
        for rule in (OTHER_UNIT, UNCLEAR_UNIT):
            if rule.holds(unit=unit_of(node, benchmark.unit, product)):
                says = {"c": node.code, "n": node.name, "u": node.unit, "v": benchmark.unit, "p": product}
                yield rule.finding(f"benchmarks.{node.code}.unit", **says)


def times_apart(one: float, other: float) -> float:
    return max(one, other) / min(one, other)


def _times(one: float, other: float) -> str:
    return number(float(f"{times_apart(one, other):.2g}"))


def scale(result: Result) -> Iterator[Finding]:
    """A value and a benchmark very many times apart."""
    for node, benchmark, value in _scored(result):
        if value is not None and FAR_OFF.holds(value=value, benchmark=benchmark.value):
            says = {"v": number(value), "b": number(benchmark.value), "f": _times(value, benchmark.value)}
            yield FAR_OFF.finding(f"benchmarks.{node.code}", c=node.code, n=node.name, **says)


def is_far(one: float, other: float) -> bool:
    """Whether two values are so far apart that they are not of one unit."""
    return FAR_OFF.holds(value=abs(one), benchmark=abs(other))


def is_hundredfold(one: float, other: float) -> bool:
    """Whether one of two values is about 100 times the other."""
    return HUNDREDFOLD.holds(value=abs(one), benchmark=abs(other))


def of_guide(node: Node, benchmark: Benchmark | None) -> float | None:
    """The guide's own benchmark beside one of the enterprise's."""
    return node.benchmark.value if node.benchmark is not None and node.benchmark is not benchmark else None


def hundredfold(result: Result) -> Iterator[Finding]:
    """An own benchmark about 100 times off the guide's, or a value off its benchmark: 5 % stored as 0.05."""
    for node, benchmark, value in _scored(result):
        for other, name in ((of_guide(node, benchmark), _OF_GUIDE), (value, _VALUE)):
            if HUNDREDFOLD.holds(value=other, benchmark=benchmark.value):
                assert other is not None
                says = {
                    "b": number(benchmark.value),
                    "w": name,
                    "v": number(other),
                    "f": _times(benchmark.value, other),
                }
                yield HUNDREDFOLD.finding(f"benchmarks.{node.code}", c=node.code, n=node.name, **says)
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
            if value is not None and BELOW_ONE.holds(value=value):
                yield BELOW_ONE.finding(where, c=node.code, n=node.name, v=number(value))


CHECKS = (sources, unused, convention, value_basis, units, scale, hundredfold, below_one_percent)
RULES = (WITHOUT_SOURCE, FAR_OFF, HUNDREDFOLD, BELOW_ONE, OTHER_UNIT, UNCLEAR_UNIT)
