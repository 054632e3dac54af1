"""A guide: the index tree with its weights, benchmarks and options, as data.

The standard is a general rule whose main use is to guide sector guides. Its own Table 1 is the built-in guide;
nothing else in the package knows how many indicators or levels there are.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

from ..errors import JwdtError, Refused
from ..messages import ERROR, Finding, Text
from .benchmarks import Benchmark
from .names import DATA
from .options import DEFAULTS, OptionValue, find_option
from .scoring import ATTRIBUTES, MODERATE, QUALITATIVE, WEIGHT_TOLERANCE, check_benchmark

FORMAT = "jwdt-guide/1"

#: The values an indicator may refer to; the evaluation knows how to compute each. "entered" is typed by the user.
FORMULAS = (
    "synergy",
    "equivalent_intensity",
    "carbon_intensity",
    "carbon_productivity",
    "nonfossil_share",
    "material_intensity",
    "residual_energy_intensity",
    "policy",
    "management",
    "entered",
)


class Node(NamedTuple):
    """A node of the index tree: a group of indicators, or an indicator (a leaf)."""

    code: str
    parent: str
    name: Text
    weight: float
    unit: Text = Text("", "")
    attribute: str = ""
    formula: str = ""
    benchmark: Benchmark | None = None
    benchmark_text: Text = Text("", "")
    mark: str = ""


class Guide:
    """An index system with everything needed to score by it."""

    def __init__(
        self,
        id: str,
        version: str,
        name: Text,
        nodes: tuple[Node, ...],
        options: Mapping[str, OptionValue],
        source: Text,
        gaps: tuple[Text, ...] = (),
    ) -> None:
        self.id = id
        self.version = version
        self.name = name
        self.nodes = nodes
        self.options = options
        self.source = source
        self.gaps = gaps

    @cached_property
    def by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def first_levels(self) -> tuple[Node, ...]:
        """The groups at the top of the tree, in order."""
        return tuple(node for node in self.nodes if not node.parent)

    @cached_property
    def indicators(self) -> tuple[Node, ...]:
        """The leaves of the tree in order: what is measured and scored."""
        parents = {node.parent for node in self.nodes}
        return tuple(node for node in self.nodes if node.code not in parents)

    def path(self, node: Node) -> tuple[Node, ...]:
        """The nodes from the first level down to this one."""
        return (*(self.path(self.by_code[node.parent]) if node.parent else ()), node)

    def first_level(self, node: Node) -> Node:
        return self.path(node)[0]

    @property
    def weights(self) -> tuple[float, ...]:
        return tuple(node.weight for node in self.indicators)

    @cached_property
    def hash(self) -> str:
        """A fingerprint of the content: changes when anything that can change a score does."""
        import hashlib
        import json

        content = json.dumps(to_dict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()[:16]


@cache
def builtin() -> Guide:
    """Table 1 of the standard's drafting note."""
    import json

    with open(os.path.join(DATA, "general.json"), encoding="utf-8") as file:
        return from_dict(json.load(file))


def from_dict(data: Mapping[str, Any]) -> Guide:
    """The guide in a dict (a parsed guide file). Raises Refused with every error and its place."""
    found = _Errors()
    if data.get("format") != FORMAT:
        found.add(
            "format",
            Text("格式须为 {f}，实为“{v}”", "format must be {f}, got “{v}”").fill(f=FORMAT, v=data.get("format")),
        )
    for name in sorted(set(data) - _FIELDS):
        found.add(name, Text("未知字段", "unknown field"), "unknown-field")
    nodes = tuple(
        _node(_json(entry, dict, f"nodes[{i}]", found), f"nodes[{i}]", found)
        for i, entry in enumerate(_json(data.get("nodes", []), list, "nodes", found))
    )
    options = dict(DEFAULTS)
    for name, value in _json(data.get("options", {}), dict, "options", found).items():
        try:
            options[name] = find_option(name).check(value)
        except JwdtError as error:
            found.add(f"options.{name}", error.text)
    guide = Guide(
        str(data.get("id", "")),
        str(data.get("version", "")),
        _text(data, "name"),
        nodes,
        options,
        _text(data, "source"),
        tuple(
            Text(*map(str, (*_json(pair, list, f"gaps[{i}]", found), "", "")[:2]))
            for i, pair in enumerate(_json(data.get("gaps", []), list, "gaps", found))
        ),
    )
    _check_tree(guide, found)
    found.raise_if_any()
    return guide


def to_dict(guide: Guide) -> dict[str, Any]:
    """The guide as a dict that from_dict reads back."""
    return {
        "format": FORMAT,
        "id": guide.id,
        "version": guide.version,
        **_text_fields("name", guide.name),
        **_text_fields("source", guide.source),
        "gaps": [list(gap) for gap in guide.gaps],
        "options": dict(guide.options),
        "nodes": [_node_dict(node) for node in guide.nodes],
    }


def _node_dict(node: Node) -> dict[str, Any]:
    entry: dict[str, Any] = {"code": node.code, **_text_fields("name", node.name), "weight": node.weight}
    for name in ("parent", "attribute", "formula", "mark"):
        if getattr(node, name):
            entry[name] = getattr(node, name)
    for name in ("unit", "benchmark_text"):
        if any(getattr(node, name)):
            entry |= _text_fields(name, getattr(node, name))
    if node.benchmark:
        entry["benchmark"] = {k: v for k, v in node.benchmark._asdict().items() if v != ""}
    return entry


def _text_fields(name: str, text: Text) -> dict[str, Any]:
    return {f"{name}_zh": text.zh, f"{name}_en": text.en}


def _text(entry: Mapping[str, Any], name: str) -> Text:
    zh = str(entry.get(f"{name}_zh", ""))
    return Text(zh, str(entry.get(f"{name}_en", zh)))


_FIELDS = {
    "format", "id", "version", "name_zh", "name_en", "source_zh", "source_en", "gaps", "options", "nodes",
}  # fmt: skip
_NODE_FIELDS = {
    "code", "parent", "name_zh", "name_en", "weight", "unit_zh", "unit_en", "attribute", "formula",
    "benchmark", "benchmark_text_zh", "benchmark_text_en", "mark",
}  # fmt: skip


class _Errors:
    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, where: str, text: Text, code: str = "bad-guide") -> None:
        self.findings.append(Finding(ERROR, code, where, text, "consistency"))

    def raise_if_any(self) -> None:
        if self.findings:
            raise Refused(tuple(self.findings))


def _json(value: Any, kind: type, where: str, found: _Errors) -> Any:
    """A part of the file that must be a JSON object (dict) or array (list); empty where it is something else."""
    if isinstance(value, kind):
        return value
    needed = Text("对象", "object") if kind is dict else Text("数组", "array")
    found.add(where, Text("须为 JSON {k}，实为“{v}”", "must be a JSON {k}, got “{v}”").fill(k=needed, v=value))
    return kind()


def _node(entry: Mapping[str, Any], where: str, found: _Errors) -> Node:
    for name in sorted(set(entry) - _NODE_FIELDS):
        found.add(f"{where}.{name}", Text("未知字段", "unknown field"), "unknown-field")
    weight = entry.get("weight")
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not (math.isfinite(weight) and weight >= 0):
        found.add(
            f"{where}.weight",
            Text("权重须为不小于 0 的数，实为“{v}”", "weight must be a number ≥ 0, got “{v}”").fill(v=weight),
        )
        weight = 0.0
    benchmark = None
    if "benchmark" in entry:
        try:
            benchmark = Benchmark(**entry["benchmark"])
            check_benchmark(benchmark.value)
        except (JwdtError, TypeError) as error:
            text = (
                error.text
                if isinstance(error, JwdtError)
                else Text(f"基准值字段有误：{error}", f"bad benchmark fields: {error}")
            )
            found.add(f"{where}.benchmark", text)
    return Node(
        str(entry.get("code", "")),
        str(entry.get("parent", "")),
        _text(entry, "name"),
        float(weight),
        _text(entry, "unit"),
        str(entry.get("attribute", "")),
        str(entry.get("formula", "")),
        benchmark,
        _text(entry, "benchmark_text"),
        str(entry.get("mark", "")),
    )


def _check_tree(guide: Guide, found: _Errors) -> None:
    seen: set[str] = set()
    for i, node in enumerate(guide.nodes):
        where = f"nodes[{i}]"
        if not (node.code.isascii() and node.code.replace("_", "").isalnum()):
            found.add(
                f"{where}.code",
                Text("代码须为字母、数字、下划线，实为“{v}”", "code must be letters, digits, _, got “{v}”").fill(
                    v=node.code
                ),
            )
        if node.code in seen:
            found.add(
                f"{where}.code", Text("代码“{v}”重复", "code “{v}” is used twice").fill(v=node.code), "duplicate-code"
            )
        # A parent stands before its children, so a tree in order has no cycle.
        if node.parent and node.parent not in seen:
            known = node.parent in {other.code for other in guide.nodes}
            text = (
                Text("上级“{v}”须写在下级之前(不可循环)", "parent “{v}” must stand before its children (no cycle)")
                if known
                else Text("没有代码为“{v}”的上级", "there is no parent with code “{v}”")
            )
            found.add(f"{where}.parent", text.fill(v=node.parent), "cycle" if known else "unknown-parent")
        seen.add(node.code)
    if found.findings:
        return
    for node in guide.indicators:
        where = f"nodes[{guide.nodes.index(node)}]"
        if node.attribute not in ATTRIBUTES:
            found.add(
                f"{where}.attribute",
                Text("属性须为 {a}，实为“{v}”", "attribute must be {a}, got “{v}”").fill(
                    a=" | ".join(ATTRIBUTES), v=node.attribute
                ),
            )
        if node.formula not in FORMULAS:
            found.add(
                f"{where}.formula",
                Text("算法须为 {a}，实为“{v}”", "formula must be {a}, got “{v}”").fill(
                    a=" | ".join(FORMULAS), v=node.formula
                ),
                "unknown-formula",
            )
        if (node.attribute == MODERATE) != (node.formula == "synergy"):
            found.add(
                f"{where}.attribute",
                Text("适中属性只用于协同度(synergy)", "the moderate attribute goes with formula synergy only"),
            )
        if node.benchmark and node.attribute in (MODERATE, QUALITATIVE):
            found.add(
                f"{where}.benchmark",
                Text("适中、定性指标没有基准值", "moderate and qualitative indicators have no benchmark"),
            )
    _check_weights(guide, found)


def _check_weights(guide: Guide, found: _Errors) -> None:
    families: dict[str, list[Node]] = {"": []}
    for node in guide.nodes:
        families.setdefault(node.parent, []).append(node)
    for parent, children in families.items():
        whole = guide.by_code[parent].weight if parent else 1.0
        part = math.fsum(child.weight for child in children)
        if abs(part - whole) > WEIGHT_TOLERANCE:
            where = f"nodes[{guide.nodes.index(guide.by_code[parent])}].weight" if parent else "nodes"
            found.add(
                where,
                Text(
                    "下级权重之和为 {part:.10g}，须等于 {whole:.10g}",
                    "weights of the children sum to {part:.10g}, must be {whole:.10g}",
                ).fill(part=part, whole=whole),
                "weights-do-not-sum",
            )


def check_weights(guide: Guide, weights: Sequence[float]) -> None:
    """Weights that replace the guide's: all ≥ 0, sum 1 within 1e-9, none of the first levels left without weight."""
    for node, weight in zip(guide.indicators, weights, strict=True):
        if not weight >= 0:
            raise JwdtError(
                Text("指标 {c} 的权重须不小于 0，实为 {w}", "weight of indicator {c} must be ≥ 0, got {w}").fill(
                    c=node.code, w=weight
                ),
                "bad-weight",
            )
    whole = math.fsum(weights)
    if abs(whole - 1) > WEIGHT_TOLERANCE:
        raise JwdtError(
            Text("权重之和须为 1，实为 {w:.10g}", "weights must sum to 1, they sum to {w:.10g}").fill(w=whole),
            "weights-do-not-sum",
        )
    for group in guide.first_levels:
        members = [w for node, w in zip(guide.indicators, weights, strict=True) if guide.first_level(node) == group]
        if math.fsum(members) <= 0:
            raise JwdtError(
                Text("一级指标“{g}”没有权重", "first level “{g}” has no weight").fill(g=group.name), "empty-first-level"
            )
