"""A guide in a dict, as it is written in a guide file: read with every error and its place, and written back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import JwdtError
from ...messages import Text
from ..scoring import WEIGHT_TOLERANCE, check_benchmark
from . import parameters
from . import rules as guide_rules
from .benchmarks import Benchmark
from .options import DEFAULTS, find_option
from .parts import KINDS, WRONG_KIND, Errors, check_fields, number_of, part, short, string, tables, text_of
from .tree import (
    FORMAT,
    NO_WEIGHT,
    PREVIOUS_YEAR,
    VALUE,
    VALUE_BASES,
    Condition,
    Conversion,
    Grade,
    Guide,
    Node,
    NotApplicable,
)

if TYPE_CHECKING:
    from .derivation import Derivation

_FIELDS = {
    "format", "id", "version", "name_zh", "name_en", "source_zh", "source_en", "output_value_basis", "base_period",
    "review", "gaps", "options", "nodes", "grades", "conditions", "not_applicable", "conversions", "derivation",
}  # fmt: skip
_NODE_FIELDS = {
    "code", "parent", "name_zh", "name_en", "weight", "weight_source", "unit_zh", "unit_en", "attribute", "formula",
    "benchmark", "benchmark_text_zh", "benchmark_text_en", "mark", "note_zh", "note_en", "parameters",
}  # fmt: skip
_GRADE_FIELDS = {"name_zh", "name_en", "from", "source"}
_CONDITION_FIELDS = {"indicator", "measure", "below", "above", "reason_zh", "reason_en", "source"}
_NOT_APPLICABLE_FIELDS = {"code", "reason_zh", "reason_en"}
_CONVERSION_FIELDS = {"product_zh", "product_en", "unit", "factor", "to", "source"}


def read(data: Any, strict: bool = False) -> Guide:
    """The guide in a dict. Raises Refused with every error and its place."""
    found = Errors()
    if not isinstance(data, Mapping):
        found.add("$", WRONG_KIND.fill(k=KINDS[dict], v=short(data)))
        found.raise_if_any()
    if data.get("format") != FORMAT:
        text = Text("格式须为 {f}，实为“{v}”", "format must be {f}, got “{v}”")
        found.add("format", text.fill(f=FORMAT, v=short(data.get("format"))))
    check_fields(data, _FIELDS, "", found)
    gaps = tuple(
        _gap(part(gap, list, f"gaps[{i}]", found))
        for i, gap in enumerate(part(data.get("gaps", []), list, "gaps", found))
    )
    given = "derivation" in data
    nodes = tuple(
        _node(entry, where, given or bool(gaps), found) for where, entry in tables(data, "nodes", _NODE_FIELDS, found)
    )
    guide_rules.check_codes(nodes, found)
    derivation = None
    if given:
        nodes, derivation = _derived(data["derivation"], nodes, bool(gaps), found)
    guide = Guide(
        string(data, "id", "", found),
        string(data, "version", "", found),
        text_of(data, "name", "", found),
        nodes,
        _options(data, found),
        text_of(data, "source", "", found),
        gaps,
        grades=tuple(_grade(entry, where, found) for where, entry in tables(data, "grades", _GRADE_FIELDS, found)),
        conditions=tuple(
            _condition(entry, where, found) for where, entry in tables(data, "conditions", _CONDITION_FIELDS, found)
        ),
        not_applicable=tuple(
            NotApplicable(string(entry, "code", where, found), text_of(entry, "reason", where, found))
            for where, entry in tables(data, "not_applicable", _NOT_APPLICABLE_FIELDS, found)
        ),
        conversions=tuple(
            _conversion(entry, where, found) for where, entry in tables(data, "conversions", _CONVERSION_FIELDS, found)
        ),
        output_value_basis=_value_basis(data, found),
        base_period=_base_period(data, found),
        review=_review(data, found),
        derivation=derivation,
    )
    guide_rules.check(guide, found, strict)
    found.raise_if_any()
    return guide


def write(guide: Guide) -> dict[str, Any]:
    """The guide as a dict that read() takes back; what is not said is left out."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "id": guide.id,
        "version": guide.version,
        **_both("name", guide.name),
        **_both("source", guide.source),
    }
    if guide.output_value_basis != next(iter(VALUE_BASES)):
        data["output_value_basis"] = guide.output_value_basis
    if guide.base_period != PREVIOUS_YEAR:
        data["base_period"] = int(guide.base_period)
    if guide.review:
        data["review"] = guide.review
    data |= {
        "gaps": [list(gap) for gap in guide.gaps],
        "options": dict(guide.options),
        "nodes": [_node_dict(node) for node in guide.nodes],
    }
    rules: dict[str, list[dict[str, Any]]] = {
        "grades": [_said(**_both("name", g.name), **{"from": g.at_least}, source=g.source) for g in guide.grades],
        "conditions": [
            _said(indicator=c.indicator, measure=c.measure, below=c.below, above=c.above,
                  **_both("reason", c.reason), source=c.source)
            for c in guide.conditions
        ],
        "not_applicable": [_said(code=n.code, **_both("reason", n.reason)) for n in guide.not_applicable],
        "conversions": [
            _said(**_both("product", c.product), unit=c.unit, factor=c.factor, to=c.to, source=c.source)
            for c in guide.conversions
        ],
    }  # fmt: skip
    data |= {name: entries for name, entries in rules.items() if entries}
    if guide.derivation is not None:
        from . import derivation_file

        data["derivation"] = derivation_file.write(guide.derivation)
    return data


def _node_dict(node: Node) -> dict[str, Any]:
    entry: dict[str, Any] = {"code": node.code, **_both("name", node.name)}
    if node.has_weight:
        entry["weight"] = node.weight
    entry |= _said(
        parent=node.parent,
        attribute=node.attribute,
        formula=node.formula,
        mark=node.mark,
        weight_source=node.weight_source,
    )
    for name in ("unit", "benchmark_text", "note"):
        if any(getattr(node, name)):
            entry |= _both(name, getattr(node, name))
    if node.benchmark:
        entry["benchmark"] = _said(**node.benchmark._asdict())
    return entry | parameters.write(node.parameters)


def _both(name: str, text: Text) -> dict[str, Any]:
    return {f"{name}_zh": text.zh, f"{name}_en": text.en}


def _said(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != ""}


def _gap(pair: list[Any]) -> Text:
    zh, en = map(str, (*pair, "", "")[:2])
    return Text(zh or en, en or zh)


def _options(data: Mapping[str, Any], found: Errors) -> dict[str, Any]:
    options = dict(DEFAULTS)
    for name, value in part(data.get("options", {}), dict, "options", found).items():
        try:
            options[name] = find_option(name).check(value)
        except JwdtError as error:
            found.add(f"options.{name}", error.text, error.code)
    return options


def _node(entry: Mapping[str, Any], where: str, draft: bool, found: Errors) -> Node:
    def said(name: str) -> str:
        return string(entry, name, where, found)

    def text(name: str) -> Text:
        return text_of(entry, name, where, found)

    return Node(
        said("code"),
        said("parent"),
        text("name"),
        _weight(entry, where, draft, found),
        text("unit"),
        said("attribute"),
        said("formula"),
        _benchmark(entry["benchmark"], where, found) if "benchmark" in entry else None,
        text("benchmark_text"),
        said("mark"),
        said("weight_source"),
        text("note"),
        parameters.read(entry, where, found),
    )


_NO_WEIGHT = Text("权重须为不小于 0 的数，实为“{v}”", "weight must be a number ≥ 0, got “{v}”")


def _weight(entry: Mapping[str, Any], where: str, draft: bool, found: Errors) -> float:
    weight = entry.get("weight")
    if weight is None and draft:
        return NO_WEIGHT
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not (math.isfinite(weight) and weight >= 0):
        found.add(f"{where}.weight", _NO_WEIGHT.fill(v=short(weight)), "bad-weight")
        return 0.0
    return float(weight)


def _derived(
    data: Any, nodes: tuple[Node, ...], draft: bool, found: Errors
) -> tuple[tuple[Node, ...], Derivation | None]:
    """The nodes with the weights their derivation gives, checked against those given, and the derivation."""
    from . import derivation as weight_derivation
    from . import derivation_file

    if any(finding.where.startswith("nodes") for finding in found.findings):
        return nodes, None  # the tree itself is wrong, which has been said
    before = len(found.findings)
    derivation = derivation_file.read(data, nodes, found)
    if len(found.findings) > before:
        return nodes, None
    groups, problems = weight_derivation.derive(nodes, derivation)
    for problem in problems:
        found.add(*problem)
    if problems:
        return nodes, None
    shares = {share.node.code: (group, share) for group in groups.values() for share in group.shares}
    weighted = []
    for i, node in enumerate(nodes):
        if node.code in shares:
            group, share = shares[node.code]
            if abs(node.weight - share.weight) > WEIGHT_TOLERANCE:
                found.add(f"nodes[{i}].weight", _OTHER_WEIGHT.fill(n=node.name, v=f"{node.weight:.10g}", w=share.weight),
                          "other-weight")  # fmt: skip
            source = node.weight_source
            if not source or source.startswith(weight_derivation.DERIVED):
                source = weight_derivation.source_of(group, share, derivation)
            node = node._replace(weight=share.weight, weight_source=source)
        elif not (node.has_weight or draft):
            found.add(f"nodes[{i}].weight", _NO_WEIGHT.fill(v=None), "bad-weight")
        weighted.append(node)
    return tuple(weighted), derivation_file.canonical(derivation, nodes)


_OTHER_WEIGHT = Text(
    "“{n}”的权重写为 {v}，按推导为 {w} — 请删去所写的权重(由程序填入)，或从推导中删去这一组",
    "the weight of “{n}” is written as {v}, by its derivation it is {w} — take the written weight out (it is filled in), "
    "or this group out of the derivation",
)


def _benchmark(value: Any, where: str, found: Errors) -> Benchmark | None:
    """A benchmark with its value as a number and its year as a year: a guide has one hash however they are typed."""
    where = f"{where}.benchmark"
    wrong = Text("基准值字段有误：{e}", "bad benchmark fields: {e}")
    if not isinstance(value, Mapping) or not set(value) <= set(Benchmark._fields):
        unknown = sorted(set(value) - set(Benchmark._fields)) if isinstance(value, Mapping) else [value]
        found.add(where, wrong.fill(e=short(", ".join(map(str, unknown)))), "bad-benchmark")
        return None
    number = value.get("value")
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        found.add(where, wrong.fill(e=f"value = {short(number)}"), "bad-benchmark")
        return None
    try:
        check_benchmark(number)
    except JwdtError as error:
        found.add(where, error.text, error.code)
        return None
    texts = {name: string(value, name, where, found) for name in ("unit", "source", "year", "basis")}
    year = texts.pop("year")
    return Benchmark(float(number), year=int(year) if year.isdecimal() else year, **texts)


def _grade(entry: Mapping[str, Any], where: str, found: Errors) -> Grade:
    at_least = number_of(entry, "from", where, found)
    if at_least is None and "from" not in entry:
        found.add(f"{where}.from", Text("须给出等级的最低总分", "needs the lowest total of the grade"), "bad-grade")
    return Grade(text_of(entry, "name", where, found), at_least or 0.0, string(entry, "source", where, found))


def _condition(entry: Mapping[str, Any], where: str, found: Errors) -> Condition:
    return Condition(
        string(entry, "indicator", where, found),
        string(entry, "measure", where, found) or VALUE,
        number_of(entry, "below", where, found),
        number_of(entry, "above", where, found),
        text_of(entry, "reason", where, found),
        string(entry, "source", where, found),
    )


def _conversion(entry: Mapping[str, Any], where: str, found: Errors) -> Conversion:
    factor = number_of(entry, "factor", where, found)
    if ("factor" not in entry) if factor is None else factor <= 0:
        text = Text("折算系数须大于 0，实为“{v}”", "the conversion factor must be above 0, got “{v}”")
        found.add(f"{where}.factor", text.fill(v=short(entry.get("factor"))), "bad-conversion")
    product = text_of(entry, "product", where, found)
    unit, to, source = (string(entry, name, where, found) for name in ("unit", "to", "source"))
    return Conversion(product, unit, factor or 1.0, to, source)


def _value_basis(data: Mapping[str, Any], found: Errors) -> str:
    basis = data.get("output_value_basis", "")
    if basis and basis not in VALUE_BASES:
        text = Text("产值口径须为 {a}，实为“{v}”", "output_value_basis must be {a}, got “{v}”")
        found.add("output_value_basis", text.fill(a=" | ".join(VALUE_BASES), v=short(basis)), "bad-value-basis")
        return ""
    return str(basis)


def _base_period(data: Mapping[str, Any], found: Errors) -> str:
    given = str(data.get("base_period", "")).strip() or PREVIOUS_YEAR
    if given != PREVIOUS_YEAR and not (given.isdecimal() and len(given) == 4):
        text = Text(
            "基准期规则须为 {p}（上一年）或四位年份，实为“{v}”",
            "base_period must be {p} or a year of four digits, got “{v}”",
        )
        found.add("base_period", text.fill(p=PREVIOUS_YEAR, v=short(given)), "bad-base-period")
        return PREVIOUS_YEAR
    return given


def _review(data: Mapping[str, Any], found: Errors) -> str:
    """The day the guide is to be looked at again; TOML and workbooks know dates, JSON writes 2027-06-30."""
    given = data.get("review", "")
    shown = given.isoformat()[:10] if hasattr(given, "isoformat") else str(given).strip()
    if shown:
        from datetime import date

        try:
            return date.fromisoformat(shown).isoformat()
        except ValueError:
            text = Text("复审日期须写作 2027-06-30，实为“{v}”", "review must be a date as 2027-06-30, got “{v}”")
            found.add("review", text.fill(v=short(shown)), "bad-date")
    return ""
