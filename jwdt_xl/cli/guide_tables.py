"""Guides on the terminal: the tree, the distribution behind benchmarks, the effect of a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import JustifyMethod
from rich.table import Table

from ..authoring import Comparison, Level
from ..authoring.fields import TITLES
from ..authoring.study import agreements
from ..authoring.weights.fields import DERIVATION
from ..messages import Text, number
from ..standard.guide import Guide, Input, Node
from ..standard.guide.inputs import PERIODS
from ..standard.guide.matrices import judgement_sentence
from ..standard.guide.nodes import ANSWERS, MEASURE_NAMES
from ..standard.guide.options import BY_NAME, DEFAULTS
from ..standard.guide.said import exact, said
from ..standard.guide.sentences import sentence
from ..standard.guide.shares import Group
from ..standard.guide.sureness import OF
from ..standard.scoring import ATTRIBUTE_NAMES, as_shown
from .tables import Rows, console


def show(guide: Guide) -> None:
    """Everything a guide says: facts, tree, what else its nodes say, options, rules, gaps."""
    target = console()
    target.print(str(guide.name), style="bold")
    for each in said(guide, guide, ("name",)):
        target.print(f"{each.label}: {each.text}", soft_wrap=True)
    target.print(f"{Text('指纹', 'hash')}: {guide.hash} (SHA-256 {guide.sha256})")
    target.print(_tree(guide))
    for node in guide.nodes:
        if more := _more(guide, node, "nodes"):
            target.print(f"  {node.code} {node.name}{more}", soft_wrap=True)
    show_derivation(guide)
    _show_options(guide)
    for name, lines in _rules(guide).items():
        if lines:
            target.print(str(TITLES[name]), style="bold")
            for line in lines:
                target.print(f"  - {line}", soft_wrap=True)


def _show_options(guide: Guide) -> None:
    """Those that the guide states, and whether each binds; the others are at their default."""
    stated = [name for name in BY_NAME if name in guide.stated or guide.options.get(name) != DEFAULTS.get(name)]
    if not stated:
        return
    target = console()
    target.print(str(TITLES["options"]), style="bold")
    for name in stated:
        who = OPEN_OPTION if guide.opens(name) else BOUND_OPTION
        target.print(f"  {BY_NAME[name].label}: {BY_NAME[name].label_of(guide.options.get(name))}{who}", soft_wrap=True)


OPEN_OPTION, BOUND_OPTION = Text("（可自选）", " (open)"), Text("（有约束力）", " (binds)")


_TREE: tuple[tuple[Text, JustifyMethod], ...] = (
    (Text("代码", "code"), "left"),
    (Text("名称", "name"), "left"),
    (Text("权重", "weight"), "right"),
    (Text("属性", "attribute"), "left"),
    (Text("单位", "unit"), "left"),
    (Text("算法", "formula"), "left"),
    (Text("基准值", "benchmark"), "right"),
    (Text("基准值来源", "its source"), "left"),
)


def _tree(guide: Guide) -> Table:
    table = Rows(header_style="bold")
    for title, justify in _TREE:
        table.add_column(str(title), justify=justify, overflow="fold")
    for node in guide.nodes:
        table.add_row(*_node(guide, node))
    return table


def _node(guide: Guide, node: Node) -> tuple[str, ...]:
    benchmark = node.benchmark
    return (
        node.code,
        "  " * (len(guide.path(node)) - 1) + str(node.name),
        f"{node.weight:.10g}" if node.has_weight else "?",
        str(ATTRIBUTE_NAMES.get(node.attribute, "")),
        str(node.unit),
        _algorithm(node),
        "\n".join(filter(None, (exact(benchmark.value) if benchmark else "", *_bounds(guide, node)))),
        f"{benchmark.source} {benchmark.year}".strip() if benchmark else "",
    )


def _bounds(guide: Guide, node: Node) -> list[str]:
    """Limit and plausible range."""
    known = {each.key: each for each in said(guide, node)}
    return [f"{known[key].label}: {known[key].text}" for key in ("benchmark.limit", "range") if key in known]


def _algorithm(node: Node) -> str:
    name = str(node.algorithm.name)
    if node.of:
        times = "" if node.times == 1 else f" × {number(node.times)}"
        below = f" ÷ ({' + '.join(node.over)})" if node.over else ""
        return f"{name}: {' + '.join(node.of)}{times}{below}"
    return f"{name}: {node.parameters.said}" if any(node.parameters) else name


def show_derivation(guide: Guide) -> None:
    """Where the weights come from: how, the experts, and group by group each node in one sentence."""
    derivation, target = guide.derivation, console()
    if derivation is None:
        return
    target.print(str(DERIVATION), style="bold")
    for each in said(guide, derivation):
        target.print(f"  {each.label}: {each.text}", soft_wrap=True)
    if derivation.experts:
        people = "; ".join(f"{expert.name} ({exact(expert.weight)})" for expert in derivation.experts)
        target.print(f"  {Text('专家(权重)', 'experts (weight)')}: {people}", soft_wrap=True)
        for expert in derivation.experts:
            if more := _more(guide, expert, "experts"):
                target.print(f"    {expert.name}{more}", soft_wrap=True)
    for group in guide.derived.values():
        target.print(f"  {group.name} ({number(group.weight)})", style="bold")
        for agreed in agreements(guide):
            if agreed.group == group.name:
                target.print(f"    Kendall W {agreed.w:.2f} (n {agreed.experts}), p {agreed.p:.3f}")
        for name, result in group.matrices:
            worst = "" if result.worst is None else f"; {_WORST}: {judgement_sentence(result.worst, _names(group))}"
            target.print(f"    AHP {name}: CR {result.cr:.4f}{worst}")
        for share in group.shares:
            target.print(f"    {share.node.code} {share.node.name}: {sentence(group, share, derivation)}")
    for matrix in derivation.ahp:
        judged = "; ".join(f"{a} : {b} {_judged(v)}" for a, row in matrix.judgements.items() for b, v in row.items())
        target.print(f"  AHP {matrix.expert} {matrix.parent}: {judged}{_more(guide, matrix, 'ahp')}", soft_wrap=True)
    for answer in derivation.survey:
        target.print(f"  {Text('问卷', 'survey')} {_all_of(guide, answer)}", soft_wrap=True)
    for entry in derivation.sample:
        target.print(f"  {Text('样本', 'sample')} {_all_of(guide, entry)}", soft_wrap=True)


def _judged(value: float) -> str:
    """As it was judged: 1/3."""
    over = round(1 / value)
    return f"1/{over}" if value < 1 and abs(1 / value - over) < 1e-9 else exact(value)


_WORST = Text("最不一致", "most inconsistent")


def _names(group: Group) -> list[Text]:
    return [share.node.name for share in group.shares]


def _rules(guide: Guide) -> dict[str, list[str]]:
    return {
        "inputs": [
            f"{one.code} {one.name} ({one.unit}), {PERIODS[one.periods]}{_range(one)}{_more(guide, one, 'inputs')}"
            for one in guide.inputs
        ],
        "grades": [f"≥ {exact(grade.at_least)}: {grade.name}{_more(guide, grade, 'grades')}" for grade in guide.grades],
        "conditions": [
            f"{c.indicator} {MEASURE_NAMES[c.measure]} "
            + " ".join(
                f"{sign} {exact(limit)}" for sign, limit in (("<", c.below), (">", c.above)) if limit is not None
            )
            + f": {c.reason}{_more(guide, c, 'conditions')}"
            for c in guide.conditions
        ],
        "vetoes": [
            f"{v.code} {v.question} = {ANSWERS[v.excludes]}: {v.reason}{_more(guide, v, 'vetoes')}"
            for v in guide.vetoes
        ],
        "not_applicable": [
            f"{case.code}: {case.reason}{_more(guide, case, 'not_applicable')}" for case in guide.not_applicable
        ],
        "conversions": [
            f"1 {c.unit} {c.product} = {exact(c.factor)} {c.to}{_more(guide, c, 'conversions')}"
            for c in guide.conversions
        ],
        "required_pollutants": [
            f"{r.title}{_more(guide, r, 'required_pollutants')}" for r in guide.required_pollutants
        ],
        "history": [
            f"{r.version} {r.date}".strip() + f": {r.change}{_more(guide, r, 'history')}" for r in guide.history
        ],
        "uncertainties": [
            f"{OF.get(u.of, u.of)}: ±{exact(u.uncertainty * 100)} %{_more(guide, u, 'uncertainties')}"
            for u in guide.uncertainties
        ],
        "gaps": [str(gap) for gap in guide.gaps],
    }


def _range(one: Input) -> str:
    return f", {exact(one.range.low)}–{exact(one.range.high)}" if one.range else ""


#: What the tables and sentences above say already; everything else follows them.
_TOLD = {
    "nodes": ("code", "parent", "name", "unit", "attribute", "weight", "formula", "benchmark.value", "benchmark.source",
              "benchmark.year", "benchmark.limit", "range", "times"),
    "grades": ("name", "at_least"),
    "conditions": ("indicator", "measure", "below", "above", "reason"),
    "inputs": ("code", "name", "unit", "periods", "range"),
    "vetoes": ("code", "question", "excludes", "reason"),
    "not_applicable": ("code", "reason"),
    "conversions": ("product", "unit", "factor", "to"),
    "required_pollutants": ("pollutant", "medium"),
    "history": ("version", "date", "change"),
    "uncertainties": ("of", "uncertainty"),
    "experts": ("name", "weight"),
    "ahp": ("expert", "parent", "judgements"),
}  # fmt: skip


def _more(guide: Guide, record: Any, table: str) -> str:
    """What else an entry says, by the labels of its fields."""
    return "".join(f"; {each.label}: {each.text}" for each in said(guide, record, _TOLD[table]))


def _all_of(guide: Guide, record: Any) -> str:
    """An entry by what it is about, and all else that it says."""
    first, *others = said(guide, record)
    return f"{first.text}: " + "; ".join(f"{each.label}: {each.text}" for each in others)


def show_levels(levels: Iterable[Level], share: float) -> None:
    """A row per indicator: how many values, their distribution, and the level each share reaches."""
    table = Rows(header_style="bold")
    fixed = (
        Text("代码", "code"),
        Text("指标", "indicator"),
        Text("属性", "attribute"),
        Text("n", "n"),
        Text("缺", "missing"),
    )
    spread = (Text("最小", "min"), Text("1/4", "q1"), Text("中位", "median"), Text("3/4", "q3"), Text("最大", "max"))
    rows = list(levels)
    shares = list(rows[0].levels) if rows else []
    for title in (*fixed, *spread):
        table.add_column(str(title), justify="left" if title in fixed[:3] else "right")
    for each in shares:
        table.add_column(f"{each:.0%}{'*' if each == share else ''}", justify="right")
    for level in rows:
        table.add_row(
            level.node.code,
            str(level.node.name),
            str(ATTRIBUTE_NAMES[level.node.attribute]),
            str(level.n),
            str(level.missing),
            *(number(value) for value in (level.minimum, *level.quartiles, level.maximum)),
            *(number(level.levels[each]) for each in shares),
        )
    target = console()
    target.print(str(Text("百分数列：该比例的企业可达到的水平，* 为所取", "columns in %: the level that share of the enterprises reaches, * is taken")))  # fmt: skip
    target.print(table)


def show_difference(comparisons: Sequence[Comparison]) -> None:
    """One enterprise: its indicators. Several: their totals. A number that differs is shown as old → new."""
    if len(comparisons) == 1:
        _print(("code", "indicator"), ("value", "benchmark", "score", "weight"), comparisons[0].rows())
        return
    from ..authoring.change import totals

    table = totals(comparisons).astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    _print(("enterprise",), ("total", "rank", "grade"), rows)


_HEADS = {
    "enterprise": Text("企业", "enterprise"), "code": Text("代码", "code"), "indicator": Text("指标", "indicator"),
    "value": Text("值", "value"), "benchmark": Text("基准值", "benchmark"), "score": Text("得分", "score"),
    "weight": Text("权重", "weight"), "total": Text("总分", "total"), "rank": Text("名次", "rank"),
    "grade": Text("等级", "grade"), "change": Text("变化(分)", "change (points)"),
}  # fmt: skip


def _print(texts: Sequence[str], numbers: Sequence[str], rows: Iterable[dict[str, object]]) -> None:
    table = Rows(header_style="bold")
    for name in (*texts, *numbers, "change"):
        table.add_column(str(_HEADS[name]), justify="left" if name in texts else "right", overflow="fold")
    for row in rows:
        pairs = ((_shown(name, row[f"{name}_old"]), _shown(name, row[f"{name}_new"])) for name in numbers)
        shown = (old if old == new else f"{old} → {new}" for old, new in pairs)
        table.add_row(*(str(row[name]) for name in texts), *shown, _shown("change", row["change"]))
    console().print(table)


def _shown(name: str, value: object) -> str:
    if value is None:
        return "–"
    if not isinstance(value, float):
        return str(value)
    if name in ("score", "total", "change"):
        return f"{value:+.2f}" if name == "change" else f"{as_shown(value):.2f}"
    return number(value)
