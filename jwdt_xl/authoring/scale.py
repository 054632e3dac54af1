"""Numbers in another scale than their indicator's: kg for t, a fraction or ‰ for %, 元 for 万元, where nothing says the unit.

Nothing is converted: what speaks against a number is told — the benchmark that the guide had, its limit, its plausible
range, what a percentage can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..assessment.checks.benchmarks import FAR_OFF, is_hundredfold, times_apart
from ..messages import INFO, WARNING, Finding, Text, joined
from ..messages import number as shown
from ..standard.guide import Guide, Node
from ..standard.guide.nodes import Range
from ..standard.guide.product_unit import OUTPUT, measured
from ..standard.quantities import key_of
from .enterprises import Values

#: So many cells outside a range are named.
_MOST_LISTED = 5
#: Formulas that give a part of a whole.
_SHARES = ("nonfossil_share", "share")


def of_column(node: Node, column: Values) -> Iterator[Finding]:
    """The values of an indicator in a sample, against its unit and its range."""
    numbers = column.numbers
    if node.unit.zh == "%" and any(numbers) and all(0 <= value <= 1 for value in numbers):
        yield Finding(
            WARNING, "percent-slip", column.place(), _FRACTIONS.fill(**_of(node), n=len(numbers)), "objectivity"
        )
    bounds = node.range or (Range(0, 100) if node.formula in _SHARES else None)
    outside = [i for i, value in column.by_row.items() if bounds and not bounds.low <= value <= bounds.high]
    if bounds and outside:
        listed = joined([Text(place, place) for place in map(column.place, outside[:_MOST_LISTED])])
        more = Text(" 等", " …") if len(outside) > _MOST_LISTED else Text("", "")
        of = {**_of(node), "k": len(outside), "n": len(numbers), "a": shown(bounds.low), "b": shown(bounds.high)}
        yield Finding(
            WARNING, "sample-outside-range", column.place(), _OUTSIDE.fill(**of, w=listed, m=more), "objectivity"
        )


def of_level(node: Node, value: float, where: str) -> Iterator[Finding]:
    """A level that is to be the benchmark, against the one the guide had, else its limit, and its range."""
    had, name = (node.benchmark.value, _BENCHMARK) if node.benchmark else (None, _BENCHMARK)
    if had is not None and far_apart(value, had):
        text = _OFF.fill(**_of(node), v=shown(value), w=name, b=shown(had), f=_times(value, had))
        code = "percent-slip" if is_hundredfold(value, had) else "benchmark-scale-slip"
        yield Finding(WARNING, code, where, text, "objectivity")
    elif node.range and not node.range.low <= value <= node.range.high:
        yield Finding(WARNING, "benchmark-outside-range", where, _beyond(node, value, _LEVEL), "objectivity")


def assumed(nodes: Iterable[Node]) -> Iterator[Finding]:
    """The indicators whose columns state no unit: taken as theirs."""
    named = [Text(f"{node.code} {node.unit.zh}", f"{node.code} {node.unit.en}") for node in nodes if any(node.unit)]
    if named:
        yield Finding(INFO, "unit-assumed", "", _ASSUMED.fill(n=joined(named)), "transparency")


def of_guide(guide: Guide, where: Callable[[str], str]) -> Iterator[Finding]:
    """The benchmarks that a guide states, against their limits and ranges."""
    for i, node in enumerate(guide.nodes):
        times = _times_by_units(guide, node)
        if times is not None and abs(times - node.times) > 1e-9 * times:
            text = _TIMES.fill(**_of(node), t=f"{node.times:.10g}", k=f"{times:.10g}")
            yield Finding(WARNING, "own-formula-times", where(f"nodes[{i}].times"), text, "consistency")
        if node.benchmark is None:
            continue
        place, value, limit = f"nodes[{i}].benchmark", node.benchmark.value, node.limit
        if limit and far_apart(value, limit):
            text = _OFF.fill(**_of(node), v=shown(limit), w=_BENCHMARK, b=shown(value), f=_times(limit, value))
            yield Finding(WARNING, "benchmark-scale-slip", where(f"{place}.limit"), text, "objectivity")
        for name, number, field in ((_BENCHMARK, value, "value"), (_LIMIT, limit, "limit")):
            if node.range and number is not None and not node.range.low <= number <= node.range.high:
                yield Finding(
                    WARNING,
                    "benchmark-outside-range",
                    where(f"{place}.{field}"),
                    _beyond(node, number, name),
                    "objectivity",
                )
            elif number is not None and number > 100 and node.formula in _SHARES:
                text = _ABOVE_100.fill(**_of(node), w=name, v=shown(number))
                yield Finding(WARNING, "benchmark-outside-range", where(f"{place}.{field}"), text, "objectivity")


def _times_by_units(guide: Guide, node: Node) -> float | None:
    """By what an own sum or quotient is to be multiplied for its value to be in its unit, where all units are known."""
    form = node.algorithm.form
    if form is None or not form.times or not any(node.unit):
        return None
    above, _, below = node.unit.zh.replace("／", "/").partition("/")
    top = _factor(guide, node.of, above)
    bottom = _factor(guide, node.over, below) if node.over else 1.0
    return None if top is None or bottom is None else top / bottom


def _factor(guide: Guide, names: Sequence[str], unit: str) -> float | None:
    """How many of a unit one of a sum's is; output is in whatever unit of product stands there."""
    quantity = guide.quantities.get(key_of(names[0])) if names else None
    if quantity is None or quantity.key == OUTPUT:
        return None if quantity is None else 1.0
    given, wanted = measured(quantity.unit.zh), measured(unit)
    if given is None or wanted is None or (given.kind, given.word) != (wanted.kind, wanted.word):
        return None
    return given.times / wanted.times


def far_apart(one: float, other: float) -> bool:
    """Fifty times or more."""
    return is_hundredfold(one, other) or FAR_OFF.holds(value=abs(one), benchmark=abs(other))


def _times(one: float, other: float) -> str:
    return shown(float(f"{times_apart(one, other):.1g}"))


def _of(node: Node) -> dict[str, object]:
    return {"c": node.code, "i": node.name, "u": node.unit if any(node.unit) else _NO_UNIT}


def _beyond(node: Node, value: float, name: Text) -> Text:
    assert node.range is not None
    low, high = map(shown, node.range)
    return _OUT_OF_RANGE.fill(**_of(node), w=name, v=shown(value), a=low, b=high)


_NO_UNIT = Text("无", "none")
_BENCHMARK, _LIMIT, _LEVEL = Text("基准值", "benchmark"), Text("限值", "limit"), Text("水平", "level")
_FRACTIONS = Text(
    "指标 {c}“{i}”的单位是 %，本列 {n} 个数都不大于 1 — 若是小数(0.05 即 5%)请乘以 100，没有换算",
    "indicator {c} “{i}” is in %, all {n} numbers of its column are at most 1 — if they are fractions (0.05 for 5 %) multiply by 100, nothing was converted",
)
_ASSUMED = Text(
    "表头没有写单位的列按指标的单位读取：{n} — 请核对；单位写在表头的括号里，程序就会换算或拒绝",
    "columns whose heading states no unit are taken in the indicator's: {n} — check them; a unit in brackets in the heading is converted or refused",
)
_OUTSIDE = Text(
    "指标 {c}“{i}”(单位 {u})的 {n} 个数中 {k} 个不在合理范围 {a}–{b}：{w}{m} — 请核对单位(kg 与 t、% 与 ‰、元 与 万元)，并在表头写明单位",
    "{k} of {n} numbers of indicator {c} “{i}” (unit {u}) are outside its plausible range {a}–{b}: {w}{m} — check the unit (kg or t, % or ‰, yuan or 10^4 yuan), and say it in the heading",
)
_TIMES = Text(
    "指标 {c}“{i}”的单位是 {u}，按计入和除以的量的单位应乘以 {k}，现乘以 {t}，没有换算 — 请改“乘以”或单位",
    "indicator {c} “{i}” is in {u}; by the units of what it is made of it is to be multiplied by {k}, and is by {t}: nothing was converted — correct times or the unit",
)
_OFF = Text(
    "指标 {c}“{i}”(单位 {u})的 {v} 与指南的{w} {b} 相差约 {f} 倍 — 请核对单位(100 倍：百分数存成了小数；1000 倍：kg 与 t；10000 倍：元 与 万元)，并在表头写明单位",
    "{v} of indicator {c} “{i}” (unit {u}) is about {f} times off the guide's {w} {b} — check the unit (100: percentages stored as fractions; 1000: kg or t; 10000: yuan or 10^4 yuan), and say it in the heading",
)
_OUT_OF_RANGE = Text(
    "指标 {c}“{i}”(单位 {u})的{w} {v} 不在合理范围 {a}–{b} — 请核对单位，或改正范围",
    "the {w} {v} of indicator {c} “{i}” (unit {u}) is outside its plausible range {a}–{b} — check its unit, or correct the range",
)
_ABOVE_100 = Text(
    "指标 {c}“{i}”是占比(%)，{w} {v} 大于 100 — 请核对是否为 ‰ 或其他单位",
    "indicator {c} “{i}” is a share in %, its {w} {v} is above 100 — check whether it is in ‰ or another unit",
)
