"""A guide in a dict, as it is written in a guide file: read with every error and its place, and written back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ..errors import JwdtError, Refused
from ..messages import ERROR, Finding, Text
from . import guide_rules
from .benchmarks import Benchmark
from .guide import (
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
from .options import DEFAULTS, find_option
from .scoring import check_benchmark

_FIELDS = {
    "format", "id", "version", "name_zh", "name_en", "source_zh", "source_en", "output_value_basis", "base_period",
    "review", "gaps", "options", "nodes", "grades", "conditions", "not_applicable", "conversions",
}  # fmt: skip
_NODE_FIELDS = {
    "code", "parent", "name_zh", "name_en", "weight", "weight_source", "unit_zh", "unit_en", "attribute", "formula",
    "benchmark", "benchmark_text_zh", "benchmark_text_en", "mark", "note_zh", "note_en",
}  # fmt: skip
_GRADE_FIELDS = {"name_zh", "name_en", "from", "source"}
_CONDITION_FIELDS = {"indicator", "measure", "below", "above", "reason_zh", "reason_en", "source"}
_NOT_APPLICABLE_FIELDS = {"code", "reason_zh", "reason_en"}
_CONVERSION_FIELDS = {"product_zh", "product_en", "unit", "factor", "to", "source"}


class Errors:
    """Gathers what is wrong with a guide, so that its author sees all of it at once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, where: str, text: Text, code: str = "bad-guide") -> None:
        self.findings.append(Finding(ERROR, code, where, text, "consistency"))

    def raise_if_any(self) -> None:
        if self.findings:
            raise Refused(tuple(self.findings))


def read(data: Any, strict: bool = False) -> Guide:
    """The guide in a dict. Raises Refused with every error and its place."""
    found = Errors()
    if not isinstance(data, Mapping):
        found.add("$", _KIND.fill(k=_KINDS[dict], v=_short(data)))
        found.raise_if_any()
    if data.get("format") != FORMAT:
        text = Text("格式须为 {f}，实为“{v}”", "format must be {f}, got “{v}”")
        found.add("format", text.fill(f=FORMAT, v=_short(data.get("format"))))
    _check_fields(data, _FIELDS, "", found)
    gaps = tuple(
        _gap(_json(gap, list, f"gaps[{i}]", found))
        for i, gap in enumerate(_json(data.get("gaps", []), list, "gaps", found))
    )
    guide = Guide(
        _string(data, "id", "", found),
        _string(data, "version", "", found),
        _text(data, "name", "", found),
        tuple(_node(entry, where, bool(gaps), found) for where, entry in _tables(data, "nodes", _NODE_FIELDS, found)),
        _options(data, found),
        _text(data, "source", "", found),
        gaps,
        grades=tuple(_grade(entry, where, found) for where, entry in _tables(data, "grades", _GRADE_FIELDS, found)),
        conditions=tuple(
            _condition(entry, where, found) for where, entry in _tables(data, "conditions", _CONDITION_FIELDS, found)
        ),
        not_applicable=tuple(
            NotApplicable(_string(entry, "code", where, found), _text(entry, "reason", where, found))
            for where, entry in _tables(data, "not_applicable", _NOT_APPLICABLE_FIELDS, found)
        ),
        conversions=tuple(
            _conversion(entry, where, found) for where, entry in _tables(data, "conversions", _CONVERSION_FIELDS, found)
        ),
        output_value_basis=_value_basis(data, found),
        base_period=_base_period(data, found),
        review=_review(data, found),
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
    return data | {name: entries for name, entries in rules.items() if entries}


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
    return entry


def _both(name: str, text: Text) -> dict[str, Any]:
    return {f"{name}_zh": text.zh, f"{name}_en": text.en}


def _said(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != ""}


# Parts of a file, each with its place

_KINDS: dict[type, Text] = {dict: Text("对象", "object"), list: Text("数组", "array")}
_KIND = Text("须为 JSON {k}，实为“{v}”", "must be a JSON {k}, got “{v}”")
_LONGEST = 60


def _short(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _json(value: Any, kind: type, where: str, found: Errors) -> Any:
    """A part of the file that must be a JSON object (dict) or array (list); empty where it is something else."""
    if isinstance(value, kind):
        return value
    found.add(where, _KIND.fill(k=_KINDS[kind], v=_short(value)))
    return kind()


def _tables(data: Mapping[str, Any], name: str, fields: set[str], found: Errors) -> list[tuple[str, dict[str, Any]]]:
    """The entries of an array of objects with their places."""
    entries = []
    for i, value in enumerate(_json(data.get(name, []), list, name, found)):
        where = f"{name}[{i}]"
        entry = _json(value, dict, where, found)
        _check_fields(entry, fields, f"{where}.", found)
        entries.append((where, entry))
    return entries


def _check_fields(entry: Mapping[str, Any], known: set[str], prefix: str, found: Errors) -> None:
    for name in sorted(str(name) for name in set(entry) - known):
        found.add(prefix + name, Text("未知字段", "unknown field"), "unknown-field")


def _string(entry: Mapping[str, Any], name: str, where: str, found: Errors) -> str:
    """A text; a whole number is taken for its digits, as in code = 1."""
    value = entry.get(name, "")
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer())):
        return str(int(value))
    place = f"{where}.{name}".lstrip(".")
    found.add(place, Text("须为文本，实为 {v}", "must be text, got {v}").fill(v=_short(value)), "not-text")
    return ""


def _text(entry: Mapping[str, Any], name: str, where: str, found: Errors) -> Text:
    """A text in both languages; English that is left out is as the Chinese."""
    zh = _string(entry, f"{name}_zh", where, found)
    en = _string(entry, f"{name}_en", where, found)
    return Text(zh or en, en or zh)


def _gap(pair: list[Any]) -> Text:
    zh, en = map(str, (*pair, "", "")[:2])
    return Text(zh or en, en or zh)


def _number(entry: Mapping[str, Any], name: str, where: str, found: Errors) -> float | None:
    """A finite number, or None where it is left out."""
    value = entry.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        text = Text("须为数字，实为“{v}”", "must be a number, got “{v}”")
        found.add(f"{where}.{name}", text.fill(v=_short(value)), "not-a-number")
        return None
    return float(value)


def _options(data: Mapping[str, Any], found: Errors) -> dict[str, Any]:
    options = dict(DEFAULTS)
    for name, value in _json(data.get("options", {}), dict, "options", found).items():
        try:
            options[name] = find_option(name).check(value)
        except JwdtError as error:
            found.add(f"options.{name}", error.text, error.code)
    return options


def _node(entry: Mapping[str, Any], where: str, draft: bool, found: Errors) -> Node:
    def string(name: str) -> str:
        return _string(entry, name, where, found)

    def text(name: str) -> Text:
        return _text(entry, name, where, found)

    return Node(
        string("code"),
        string("parent"),
        text("name"),
        _weight(entry, where, draft, found),
        text("unit"),
        string("attribute"),
        string("formula"),
        _benchmark(entry["benchmark"], where, found) if "benchmark" in entry else None,
        text("benchmark_text"),
        string("mark"),
        string("weight_source"),
        text("note"),
    )


def _weight(entry: Mapping[str, Any], where: str, draft: bool, found: Errors) -> float:
    weight = entry.get("weight")
    if weight is None and draft:
        return NO_WEIGHT
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not (math.isfinite(weight) and weight >= 0):
        text = Text("权重须为不小于 0 的数，实为“{v}”", "weight must be a number ≥ 0, got “{v}”")
        found.add(f"{where}.weight", text.fill(v=_short(weight)), "bad-weight")
        return 0.0
    return float(weight)


def _benchmark(value: Any, where: str, found: Errors) -> Benchmark | None:
    """A benchmark with its value as a number and its year as a year: a guide has one hash however they are typed."""
    where = f"{where}.benchmark"
    wrong = Text("基准值字段有误：{e}", "bad benchmark fields: {e}")
    if not isinstance(value, Mapping) or not set(value) <= set(Benchmark._fields):
        unknown = sorted(set(value) - set(Benchmark._fields)) if isinstance(value, Mapping) else [value]
        found.add(where, wrong.fill(e=_short(", ".join(map(str, unknown)))), "bad-benchmark")
        return None
    number = value.get("value")
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        found.add(where, wrong.fill(e=f"value = {_short(number)}"), "bad-benchmark")
        return None
    try:
        check_benchmark(number)
    except JwdtError as error:
        found.add(where, error.text, error.code)
        return None
    texts = {name: _string(value, name, where, found) for name in ("unit", "source", "year", "basis")}
    year = texts.pop("year")
    return Benchmark(float(number), year=int(year) if year.isdecimal() else year, **texts)


def _grade(entry: Mapping[str, Any], where: str, found: Errors) -> Grade:
    at_least = _number(entry, "from", where, found)
    if at_least is None and "from" not in entry:
        found.add(f"{where}.from", Text("须给出等级的最低总分", "needs the lowest total of the grade"), "bad-grade")
    return Grade(_text(entry, "name", where, found), at_least or 0.0, _string(entry, "source", where, found))


def _condition(entry: Mapping[str, Any], where: str, found: Errors) -> Condition:
    return Condition(
        _string(entry, "indicator", where, found),
        _string(entry, "measure", where, found) or VALUE,
        _number(entry, "below", where, found),
        _number(entry, "above", where, found),
        _text(entry, "reason", where, found),
        _string(entry, "source", where, found),
    )


def _conversion(entry: Mapping[str, Any], where: str, found: Errors) -> Conversion:
    factor = _number(entry, "factor", where, found)
    if ("factor" not in entry) if factor is None else factor <= 0:
        text = Text("折算系数须大于 0，实为“{v}”", "the conversion factor must be above 0, got “{v}”")
        found.add(f"{where}.factor", text.fill(v=_short(entry.get("factor"))), "bad-conversion")
    product = _text(entry, "product", where, found)
    unit, to, source = (_string(entry, name, where, found) for name in ("unit", "to", "source"))
    return Conversion(product, unit, factor or 1.0, to, source)


def _value_basis(data: Mapping[str, Any], found: Errors) -> str:
    basis = data.get("output_value_basis", "")
    if basis and basis not in VALUE_BASES:
        text = Text("产值口径须为 {a}，实为“{v}”", "output_value_basis must be {a}, got “{v}”")
        found.add("output_value_basis", text.fill(a=" | ".join(VALUE_BASES), v=_short(basis)), "bad-value-basis")
        return ""
    return str(basis)


def _base_period(data: Mapping[str, Any], found: Errors) -> str:
    given = str(data.get("base_period", "")).strip() or PREVIOUS_YEAR
    if given != PREVIOUS_YEAR and not (given.isdecimal() and len(given) == 4):
        text = Text(
            "基准期规则须为 {p}（上一年）或四位年份，实为“{v}”",
            "base_period must be {p} or a year of four digits, got “{v}”",
        )
        found.add("base_period", text.fill(p=PREVIOUS_YEAR, v=_short(given)), "bad-base-period")
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
            found.add("review", text.fill(v=_short(shown)), "bad-date")
    return ""
