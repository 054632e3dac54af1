"""What differs between two guides, by names, and why an enterprise has another grade under the new one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..assessment import Result
from ..messages import Text, joined, number
from ..standard.guide import Guide, Node, to_dict
from ..standard.guide.allowed import LEFT_OPEN, what_is_open
from ..standard.guide.nodes import ANSWERS, MEASURE_NAMES
from ..standard.guide.options import BY_NAME
from ..standard.record import BOTH, CHOICE, LABEL, NO_TEXT, TEXT, specs
from ..standard.scoring import ATTRIBUTE_NAMES
from .fields_differing import others

NONE = Text("无", "none")
_CHANGED = Text("{w}：{o} → {n}", "{w}: {o} → {n}")
_ADDED = Text("新增{w}：{n}", "new {w}: {n}")
_GONE = Text("删去{w}：{n}", "{w} taken out: {n}")


def changes(old: Guide, new: Guide) -> list[Text]:
    """Indicators, weights, benchmarks, options, grades, conditions, vetoes, what is open and what the guide says of itself,
    where they differ; nothing where all is the same but id, version and change log."""
    found = [
        *_nodes(old, new),
        *_inputs(old, new),
        *_options(old, new),
        *_entries(Text("等级", "grade"), _grades(old), _grades(new)),
        *_entries(Text("排除条件", "condition"), _conditions(old), _conditions(new)),
        *_entries(Text("否决问题", "veto"), _vetoes(old), _vetoes(new)),
        *_entries(Text("不适用情形", "not applicable case"), _cases(old), _cases(new)),
        *_entries(Text("产品折算", "conversion"), _conversions(old), _conversions(new)),
        *(_changed(*each) for each in others(old, new, _NODE_TOLD)),
        *_open(old, new),
        *_facts(old, new),
    ]
    if not found and _whole(old) != _whole(new):
        found.append(_OTHERWISE)
    return found


#: What is another one in each version.
_OF_VERSION = ("id", "version", "history")
_OTHERWISE = Text(
    "其他内容不同（来源、说明、口径、权重的由来等），请比较两个文件",
    "something else differs (sources, notes, what counts, where weights come from …): compare the files",
)


def _whole(guide: Guide) -> dict[str, Any]:
    return {name: value for name, value in to_dict(guide).items() if name not in _OF_VERSION}


def _facts(old: Guide, new: Guide) -> Iterator[Text]:
    """What the guides say of themselves."""
    for name, spec in specs(Guide).items():
        if spec.kind in (TEXT, BOTH, CHOICE, LABEL) and name not in _OF_VERSION:
            was, now = (dict(spec.choices).get(value, value) for value in (getattr(old, name), getattr(new, name)))
            if was != now:
                yield _changed(spec.label, was if was != NO_TEXT else None, now if now != NO_TEXT else None)


def _changed(what: Text, old: Any, new: Any) -> Text:
    return _CHANGED.fill(w=what, o=old if old not in (None, "") else NONE, n=new if new not in (None, "") else NONE)


def _nodes(old: Guide, new: Guide) -> Iterator[Text]:
    before, after = {n.code: n for n in old.nodes}, {n.code: n for n in new.nodes}
    what = Text("指标", "indicator")
    for code in dict.fromkeys((*before, *after)):
        one, other = before.get(code), after.get(code)
        if one is None or other is None:
            named = other or one
            assert named is not None
            yield (_ADDED if one is None else _GONE).fill(w=what, n=_of(named))
            continue
        for label, was, now in _said(one, other):
            if was != now:
                name = Text("{i}的{l}", "{l} of {i}").fill(i=_of(other), l=label)
                yield _changed(name, was, now)


def _of(node: Node) -> Text:
    return Text("{c}“{n}”", "{c} “{n}”").fill(c=node.code, n=node.name)


def _said(one: Node, other: Node) -> Iterator[tuple[Text, Any, Any]]:
    for label, say in _FIELDS.items():
        yield label, say(one), say(other)


def _benchmark(node: Node) -> Any:
    return None if node.benchmark is None else f"{number(node.benchmark.value)} {node.unit}".strip()


_FIELDS: dict[Text, Callable[[Node], Any]] = {
    Text("名称", "name"): lambda node: node.name,
    Text("上级", "parent"): lambda node: node.parent,
    Text("单位", "unit"): lambda node: node.unit if any(node.unit) else None,
    Text("属性", "attribute"): lambda node: ATTRIBUTE_NAMES.get(node.attribute),
    Text("算法", "formula"): lambda node: node.algorithm.name if node.formula else None,
    Text("参数", "parameters"): lambda node: node.parameters.said if any(node.parameters) else None,
    Text("计入的量", "quantities"): lambda node: " + ".join(node.of) + (f" ÷ {' + '.join(node.over)}" if node.over else ""),
    Text("权重", "weight"): lambda node: f"{node.weight:.10g}" if node.has_weight else None,
    Text("基准值", "benchmark"): _benchmark,
    Text("限值", "limit"): lambda node: None if node.limit is None else number(node.limit),
    Text("合理范围", "plausible range"): lambda node: f"{number(node.range.low)}–{number(node.range.high)}" if node.range else None,
}  # fmt: skip


#: What the fields above tell; the others follow by their labels.
_NODE_TOLD = (
    "code", "name", "parent", "unit", "attribute", "formula", "parameters", "of", "over", "weight", "benchmark.value", "benchmark.limit", "range",
)  # fmt: skip


def _inputs(old: Guide, new: Guide) -> Iterator[Text]:
    sides = (
        {each.code: Text("{n}（{u}）", "{n} ({u})").fill(n=each.name, u=each.unit) for each in g.inputs}
        for g in (old, new)
    )
    yield from _entries(Text("填报量", "input"), *sides)


def _options(old: Guide, new: Guide) -> Iterator[Text]:
    for name, option in BY_NAME.items():
        was, now = old.options.get(name), new.options.get(name)
        if was != now:
            before, after = (None if value is None else option.label_of(value) for value in (was, now))
            yield _changed(option.label, before, after)


def _entries(what: Text, old: Mapping[str, Text], new: Mapping[str, Text]) -> Iterator[Text]:
    for key in dict.fromkeys((*old, *new)):
        if key not in old:
            yield _ADDED.fill(w=what, n=new[key])
        elif key not in new:
            yield _GONE.fill(w=what, n=old[key])
        elif old[key] != new[key]:
            yield _changed(what, old[key], new[key])


def _grades(guide: Guide) -> dict[str, Text]:
    return {grade.name.zh: Text("{n} ≥ {v}", "{n} ≥ {v}").fill(n=grade.name, v=number(grade.at_least)) for grade in guide.grades}  # fmt: skip


def _conditions(guide: Guide) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for each in guide.conditions:
        limits = [f"< {number(each.below)}"] if each.below is not None else []
        limits += [f"> {number(each.above)}"] if each.above is not None else []
        name = guide.by_code[each.indicator].name if each.indicator in guide.by_code else each.indicator
        text = Text("“{i}”的{m} {l}（{r}）", "{m} of “{i}” {l} ({r})")
        filled = text.fill(i=name, m=MEASURE_NAMES[each.measure], l=" / ".join(limits), r=each.reason)
        found[f"{each.indicator} {each.measure} {each.reason.zh}"] = filled
    return found


def _vetoes(guide: Guide) -> dict[str, Text]:
    text = Text("“{q}”答“{a}”", "“{q}” answered “{a}”")
    return {veto.code: text.fill(q=veto.question, a=ANSWERS[veto.excludes]) for veto in guide.vetoes}


def _cases(guide: Guide) -> dict[str, Text]:
    return {f"{case.code} {case.reason.zh}": Text("{c}：{r}", "{c}: {r}").fill(c=case.code, r=case.reason) for case in guide.not_applicable}  # fmt: skip


def _conversions(guide: Guide) -> dict[str, Text]:
    text = Text("1 {u} {p} = {f} {t}", "1 {u} {p} = {f} {t}")
    return {c.product.zh: text.fill(u=c.unit, p=c.product, f=number(c.factor), t=c.to) for c in guide.conversions}


def _open(old: Guide, new: Guide) -> Iterator[Text]:
    if old.binding != new.binding:
        yield _changed(LEFT_OPEN.fill(s=new.subject.several), *(what_is_open(guide) for guide in (old, new)))


def why_grade(old: Result, new: Result) -> Text | None:
    """Why the grade of an enterprise is another one; None where it is the same."""
    before, after = old.grade, new.grade
    names = [grade.name if grade else NONE for grade in (before, after)]
    if names[0] == names[1]:
        return None
    reasons = [*_exclusions(old, new)]
    if not reasons:
        for result, text in ((old, _NO_TOTAL_BEFORE), (new, _NO_TOTAL_NOW)):
            if result.total is None:
                reasons.append(text)
    if not reasons:
        assert old.total is not None and new.total is not None
        if round(old.total, 2) != round(new.total, 2):
            reasons.append(Text("总分 {a} → {b}", "total {a} → {b}").fill(a=f"{old.total:.2f}", b=f"{new.total:.2f}"))
            reasons += _most(old, new)
        if _grades(old.guide) != _grades(new.guide):
            reasons.append(Text("等级的起点不同", "the grades begin elsewhere"))
    return Text("{o} → {n}：{r}", "{o} → {n}: {r}").fill(o=names[0], n=names[1], r=joined(reasons, "；", "; "))


_NO_TOTAL_BEFORE = Text("按旧指南没有总分", "no total under the old guide")
_NO_TOTAL_NOW = Text("按新指南没有总分", "no total under the new guide")


def _excluding(result: Result) -> dict[str, Text]:
    reasons = [*(each.reason for each in result.exclusions), *(each.reason for each in result.vetoed)]
    return {reason.zh: reason for reason in reasons}


def _exclusions(old: Result, new: Result) -> Iterator[Text]:
    """What excludes under one of the guides only."""
    was, now = (_excluding(result) for result in (old, new))
    for reason in (key for key in now if key not in was):
        yield Text("按新指南排除：{r}", "excluded by the new guide: {r}").fill(r=now[reason])
    for reason in (key for key in was if key not in now):
        yield Text("不再排除：{r}", "excluded no more: {r}").fill(r=was[reason])


def _most(old: Result, new: Result, count: int = 3) -> Sequence[Text]:
    """The indicators whose points changed most."""
    before = {i.node.code: i for i in old.indicators}
    moved = []
    for indicator in new.indicators:
        was = before.get(indicator.node.code)
        points = (indicator.weighted or 0.0) - ((was.weighted if was else None) or 0.0)
        if abs(points) >= 0.005:
            moved.append((points, Text("{i} {p} 分", "{i} {p} points").fill(i=indicator.node.name, p=f"{points:+.2f}")))
    return [text for _, text in sorted(moved, key=lambda each: -abs(each[0]))[:count]]
