"""What makes a guide wrong beyond its single fields: its tree, weights, benchmarks, rules and sources."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ...errors import JwdtError
from ...messages import Text, joined, number, one_of
from ..formulas import FORMULAS, OPEN
from ..names import alike, fold
from ..quantities import ELECTRICITY, VALUE_BASIS
from ..record import Errors, short
from ..scoring import ATTRIBUTE_NAMES, ATTRIBUTES, MODERATE, QUALITATIVE, WEIGHT_TOLERANCE, check_limit
from ..units import unit_label
from . import composing, parameters, required, sureness, vetoes
from .benchmarks import CALORIFIC, CONVENTION_NAMES, convention_of
from .nodes import BASIS_WORDS, LONGEST_CODE, MEASURE_NAMES, MEASURES, VALUE_BASES, Node
from .own_units import same_unit, stated_unit
from .tree import WITHOUT_WEIGHT, Guide

#: Codes that defined names of a workbook have already.
RESERVED_CODES = ("so_far", "10k_base", "10k_report")
#: A first level's name is looked for in the workbook, as a text of at most 255 characters without wildcards.
LONGEST_NAME = 200
_WILDCARDS = "*?~"


def check(guide: Guide, found: Errors, strict: bool) -> None:
    """Adds what is wrong; weights and indicators are looked at once the tree itself is right (check_codes)."""
    if not any(finding.where.startswith("nodes") for finding in found.findings):
        _check_first_levels(guide, found)
        indicators = {node.code for node in guide.leaves}
        for i, node in enumerate(guide.nodes):
            if node.code in indicators:
                _check_indicator(guide, node, f"nodes[{i}]", found)
            elif node.formula or node.attribute or node.benchmark:
                text = Text(
                    "“{n}”有下级，不是指标，不能有算法、属性、基准值",
                    "“{n}” has children, is no indicator, cannot have formula, attribute or benchmark",
                )
                found.add(f"nodes[{i}]", text.fill(n=node.name), "group-with-formula")
        parameters.check(guide, found)
        composing.check(guide, found)
        _check_weights(guide, found)
        _check_rules(guide, found)
    if strict:
        _check_said(guide, found)


def check_codes(nodes: Sequence[Node], found: Errors) -> None:
    """Codes are fit for names, each its own, and every parent stands before its children."""
    codes = {node.code for node in nodes}
    seen: set[str] = set()
    lowered: set[str] = set()
    for i, node in enumerate(nodes):
        where = f"nodes[{i}]"
        if not (node.code.isascii() and node.code.replace("_", "").isalnum()):
            text = Text("代码须为字母、数字、下划线，实为“{v}”", "code must be letters, digits, _, got “{v}”")
            found.add(f"{where}.code", text.fill(v=short(node.code)), "bad-code")
        elif len(node.code) > LONGEST_CODE:
            text = Text("代码至多 {k} 个字符，实为“{v}”", "code must have at most {k} characters, got “{v}”")
            found.add(f"{where}.code", text.fill(k=LONGEST_CODE, v=short(node.code)), "bad-code")
        elif node.code.lower() in RESERVED_CODES:
            text = Text("代码“{v}”为保留字，请改用其他代码", "code “{v}” is taken, choose another")
            found.add(f"{where}.code", text.fill(v=short(node.code)), "bad-code")
        # Names in a workbook do not tell a from A.
        if node.code.lower() in lowered:
            other = next(each for each in nodes if each.code.lower() == node.code.lower())
            text = Text(
                "代码“{v}”重复：“{a}”已用“{o}” — 请改其中一个(大小写视为相同)",
                "code “{v}” is used twice: “{a}” has “{o}” — change one of them (capitals make no difference)",
            )
            found.add(
                f"{where}.code", text.fill(v=short(node.code), o=short(other.code), a=other.name), "duplicate-code"
            )
        # A parent stands before its children, so a tree in order has no cycle.
        if node.parent and node.parent not in seen:
            known = node.parent in codes
            text = (
                Text(
                    "上级“{v}”须写在下级之前(不可循环)；请把“{v}”的一行移到上面",
                    "parent “{v}” must stand before its children (no cycle); move the row of “{v}” up",
                )
                if known
                else Text(
                    "没有代码为“{v}”的上级{h}；一级指标不填上级",
                    "there is no parent with code “{v}”{h}; a first level has none",
                )
            )
            said = text.fill(v=short(node.parent), h=alike(node.parent, sorted(codes - {node.code})))
            found.add(f"{where}.parent", said, "cycle" if known else "unknown-parent")
        seen.add(node.code)
        lowered.add(node.code.lower())


def _check_first_levels(guide: Guide, found: Errors) -> None:
    """Their names are what a workbook groups the indicators by, in either language."""
    seen: set[str] = set()
    for i, node in enumerate(guide.nodes):
        if node.parent:
            continue
        rule = None
        for name in node.name:
            if not any(c.isalpha() for c in name) or any(c in name for c in _WILDCARDS) or name[0] in "<>=":
                rule = Text(
                    "一级指标名称须含文字，不含 * ? ~，不以 < > = 开头，实为“{v}”",
                    "the name of a first level must have letters, no * ? ~, and not begin with < > =, got “{v}”",
                )
            elif len(name) > LONGEST_NAME:
                rule = Text("名称至多 200 字，实为“{v}”", "a name has at most 200 characters, got “{v}”")
        if seen & {fold(name) for name in node.name}:
            rule = Text("一级指标名称“{v}”重复", "two first levels are called “{v}”")
        if rule:
            found.add(f"nodes[{i}].name_zh", rule.fill(v=node.name), "bad-name")
        seen |= {fold(name) for name in node.name}


def _check_indicator(guide: Guide, node: Node, where: str, found: Errors) -> None:
    """Attribute and formula of an indicator; a draft may leave either open."""
    draft = bool(guide.gaps)
    if node.attribute not in ATTRIBUTES and not (draft and not node.attribute):
        text = Text("属性须为 {a}，实为“{v}”{h}", "attribute must be {a}, got “{v}”{h}")
        said = text.fill(a=one_of(ATTRIBUTE_NAMES.items()), v=node.attribute, h=alike(node.attribute, ATTRIBUTE_NAMES))
        found.add(f"{where}.attribute", said, "unknown-attribute")
    if node.formula not in FORMULAS and not (draft and not node.formula):
        text = Text("算法须为 {a}，实为“{v}”{h}", "formula must be {a}, got “{v}”{h}")
        listed = one_of((key, formula.name) for key, formula in FORMULAS.items())
        found.add(
            f"{where}.formula", text.fill(a=listed, v=node.formula, h=alike(node.formula, FORMULAS)), "unknown-formula"
        )
    if not node.attribute or not node.formula:
        return
    composing.check_subject(guide, node, where, found)
    _check_unit(node, where, found)
    _check_direction(node, where, found)
    if node.levels and not (node.attribute == QUALITATIVE and node.algorithm.is_entered):
        text = Text(
            "可填等级只用于由企业填报的定性指标", "grades that may be entered go with entered qualitative indicators"
        )
        found.add(f"{where}.levels", text, "levels-not-used")
    if node.benchmark and node.attribute in (MODERATE, QUALITATIVE):
        text = Text("适中、定性指标没有基准值", "moderate and qualitative indicators have no benchmark")
        found.add(f"{where}.benchmark", text, "benchmark-not-used")
    elif node.benchmark:
        try:
            if node.limit is not None:
                check_limit(node.limit, node.benchmark.value, node.attribute)
        except JwdtError as error:
            found.add_error(f"{where}.benchmark.limit", error)
        _check_benchmark(guide, node, where, found)


def _check_direction(node: Node, where: str, found: Errors) -> None:
    """An attribute that the formula may have: more of what a formula counts is not better or worse as one likes."""
    formula = node.algorithm
    if formula is OPEN or node.attribute in formula.attributes or node.attribute not in ATTRIBUTES:
        return
    if MODERATE in (node.attribute, *formula.attributes):
        text = Text("适中属性只用于协同度(synergy)", "the moderate attribute goes with formula synergy only")
    elif QUALITATIVE in (node.attribute, *formula.attributes):
        text = Text(
            "定性属性只用于产业政策(policy)、管理(management)和填报的等级(entered)，且前两者只能是定性",
            "the qualitative attribute goes with policy, management and entered grades, and the first two with no other",
        )
    else:
        text = Text("算法 {f} 的属性须为{a}，实为{v}", "the attribute of formula {f} must be {a}, got {v}").fill(
            f=node.formula,
            a=joined([ATTRIBUTE_NAMES[a] for a in formula.attributes]),
            v=ATTRIBUTE_NAMES[node.attribute],
        )
    found.add(f"{where}.attribute", text, "bad-attribute")


def _check_unit(node: Node, where: str, found: Errors) -> None:
    """A built-in formula counts in a unit of its own: 1370 kg may not be called 1370 t."""
    for name in node.unit:
        if stated_unit(name, node.algorithm.unit):
            text = Text(
                "此算法的结果以 {c} 计，单位却写“{u}”；请把单位改为以 {c} 计(基准值同样换算)，或改用 entered 由企业填报",
                "this formula counts in {c}, the unit says “{u}”; state the unit in {c} (and convert the benchmark), or let it be entered",
            ).fill(c=unit_label(node.algorithm.unit), u=name)
            found.add(f"{where}.unit_zh", text, "formula-unit")
            return


def _check_benchmark(guide: Guide, node: Node, where: str, found: Errors) -> None:
    """Unit and convention of a benchmark are those of its indicator."""
    benchmark = node.benchmark
    assert benchmark is not None
    if benchmark.unit and any(node.unit) and not same_unit(benchmark.unit, node.unit):
        text = Text(
            "指标单位为 {u}，基准值单位为“{v}”，须一致；请换算，或改指标单位",
            "the indicator is in {u}, its benchmark in “{v}”, must be the same; convert it, or change the indicator's unit",
        )
        found.add(f"{where}.benchmark.unit", text.fill(u=node.unit, v=benchmark.unit), "benchmark-unit")
    if ELECTRICITY in node.conventions:
        own = convention_of(guide.options)
        if (benchmark.convention or CALORIFIC) != own:
            text = Text(
                "基准值按{b}折算电力，本指南的电力折标系数 {k} kgce/kWh 是{g}，须为同一口径；请在口径(basis)写明",
                "the benchmark converts electricity by {b}, this guide's {k} kgce/kWh is {g}, must be one convention; state it as basis",
            ).fill(
                b=CONVENTION_NAMES[benchmark.convention or CALORIFIC],
                k=number(float(guide.options["electricity_coefficient"])),
                g=CONVENTION_NAMES[own],
            )
            found.add(f"{where}.benchmark.basis", text, "benchmark-convention")
    if VALUE_BASIS in node.conventions:
        said = benchmark.basis.lower()
        stated = [basis for basis, words in BASIS_WORDS.items() if any(word in said for word in words)]
        if stated and guide.output_value_basis not in stated:
            text = Text(
                "基准值的产值口径为{b}，本指南为{g}，须为同一口径",
                "the benchmark is by {b}, this guide's output value is {g}, must be one basis",
            ).fill(b=VALUE_BASES[stated[0]], g=VALUE_BASES[guide.output_value_basis])
            found.add(f"{where}.benchmark.basis", text, "benchmark-value-basis")


def _check_weights(guide: Guide, found: Errors) -> None:
    """Siblings' weights sum to their parent's, the first levels' to 1; a family with a weight left open waits."""
    families: dict[str, list[Node]] = {"": []}
    for node in guide.nodes:
        families.setdefault(node.parent, []).append(node)
    for parent, children in families.items():
        whole = guide.by_code[parent].weight if parent else 1.0
        part = math.fsum(child.weight for child in children)
        if abs(part - whole) > WEIGHT_TOLERANCE:  # never so where one of them is open
            where = f"nodes[{guide.nodes.index(guide.by_code[parent])}].weight" if parent else "nodes"
            text = Text(
                "{of}下级权重之和为 {part:.10g}，须等于 {whole:.10g}",
                "weights of the children{of} sum to {part:.10g}, must be {whole:.10g}",
            )
            of = guide.by_code[parent].name if parent else Text("", "")
            of = Text(f"“{of.zh}”的", f" of “{of.en}”") if any(of) else of
            text = text.fill(of=of, part=part, whole=whole)
            if part > 0 and any(
                share.node.code == parent for group in guide.derived.values() for share in group.shares
            ):
                shares = "、".join(f"{child.weight / part * whole:.10g}" for child in children)
                text = Text("{t} — {a}", "{t} — {a}").fill(t=text, a=_BELOW_DERIVED.fill(v=shares))
            found.add(where, text, "weights-do-not-sum")

    for i, node in enumerate(guide.nodes):
        if not node.parent and node.weight == 0:
            found.add(f"nodes[{i}].weight", WITHOUT_WEIGHT.fill(g=node.name), "empty-first-level")


_BELOW_DERIVED = Text(
    "上级的权重由推导得出：请也推导这一组，或填写保持原比例的 {v}",
    "the parent's weight is derived: derive this group too, or write the weights in their old proportion, {v}",
)


def _check_rules(guide: Guide, found: Errors) -> None:
    """Grades, excluding conditions, not applicable cases and conversions."""
    indicators = {node.code for node in guide.leaves}
    for i, grade in enumerate(guide.grades):
        others = [other for other in guide.grades[:i] if other.at_least == grade.at_least or other.name == grade.name]
        if not 0 <= grade.at_least <= 100 or others or not any(grade.name):
            text = Text(
                "等级须有名称，起点在 0–100 之间，名称和起点不重复，实为“{n}”{v}",
                "a grade needs a name and a total of 0–100 from which it is given, both its own, got “{n}” {v}",
            )
            found.add(f"grades[{i}].from", text.fill(n=grade.name, v=number(grade.at_least)), "bad-grade")
    for i, condition in enumerate(guide.conditions):
        _check_known(condition.indicator, indicators, f"conditions[{i}].indicator", found)
        if condition.measure not in MEASURES:
            text = Text("须为 {a}，实为“{v}”", "measure must be {a}, got “{v}”")
            found.add(
                f"conditions[{i}].measure",
                text.fill(a=one_of(MEASURE_NAMES.items()), v=condition.measure),
                "bad-condition",
            )
        if condition.below is None and condition.above is None:
            text = Text("须给出 below 或 above 的限值", "needs a limit: below or above")
            found.add(f"conditions[{i}].below", text, "bad-condition")
        if not any(condition.reason):
            found.add(f"conditions[{i}].reason_zh", _NEEDED.fill(n=Text("理由", "reason")), "missing-reason")
    for i, case in enumerate(guide.not_applicable):
        _check_known(case.code, indicators, f"not_applicable[{i}].code", found)
        if not any(case.reason):
            found.add(f"not_applicable[{i}].reason_zh", _NEEDED.fill(n=Text("理由", "reason")), "missing-reason")
    vetoes.check(guide, found)
    sureness.check(guide.uncertainties, found)
    required.check(guide.required_pollutants, guide.leaves, found)
    names: set[str] = set()
    for i, conversion in enumerate(guide.conversions):
        if not any(conversion.product) or names & set(conversion.product):
            text = Text("产品须有名称且不重复，实为“{v}”", "a product needs a name of its own, got “{v}”")
            found.add(f"conversions[{i}].product_zh", text.fill(v=conversion.product), "bad-conversion")
        names |= set(conversion.product)


_NEEDED = Text("缺少{n}", "needs its {n}")


def _check_known(code: str, indicators: set[str], where: str, found: Errors) -> None:
    if code not in indicators:
        text = Text("没有指标“{v}”{h}", "there is no indicator “{v}”{h}")
        found.add(where, text.fill(v=short(code), h=alike(code, sorted(indicators))), "unknown-indicator")


def _check_said(guide: Guide, found: Errors) -> None:
    """What an author owes: id, version, names, and a source of every number."""
    for where, said, label in _owed(guide):
        if not said:
            found.add(where, _NEEDED.fill(n=label), "missing-source" if "source" in where else "missing-field")


def _owed(guide: Guide) -> Iterator[tuple[str, object, Text]]:
    """Where something must be said, what is said there, and what it is."""
    source = Text("来源(每个数都须有来源)", "source (every number has one)")
    yield "id", guide.id, Text("标识 id", "id")
    yield "version", guide.version, Text("版本", "version")
    yield "name_zh", any(guide.name), Text("名称", "name")
    # The source of the guide is that of its weights and limits, unless they name their own.
    yield "source_zh", any(guide.source), source
    for i, node in enumerate(guide.nodes):
        yield f"nodes[{i}].name_zh", any(node.name), Text("名称", "name")
        if node.benchmark:
            yield f"nodes[{i}].benchmark.source", node.benchmark.source, source
    for i, conversion in enumerate(guide.conversions):
        yield f"conversions[{i}].source", conversion.source, source
        yield f"conversions[{i}].unit", conversion.unit and conversion.to, Text("两种单位", "both units")
    for i, revision in enumerate(guide.history):
        yield f"history[{i}].version", revision.version, Text("版本", "version")
        yield f"history[{i}].change_zh", any(revision.change), Text("改动", "change")
