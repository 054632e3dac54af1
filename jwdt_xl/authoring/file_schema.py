"""The JSON Schema (2020-12) of guide files, from the declared fields. What needs the whole tree (weights that sum,
codes that exist) it cannot say: that is checked on reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..assessment.schema import DIALECT, SAYS_SOMETHING, both_of, described, object_of, option_of
from ..standard.guide import FORMAT
from ..standard.guide.derivation import SCALE
from ..standard.guide.nodes import CODE_RULE, Range
from ..standard.guide.options import OPTIONS
from ..standard.record import CHOICE, LABEL, NAMES, NUMBER, Spec
from .fields import FACTS, TABLES, TITLES
from .weights.fields import DERIVATION, DERIVATION_LEAD, ENTRIES, HOW


def schema() -> dict[str, Any]:
    """The JSON Schema of a guide file (TOML read as JSON)."""
    properties: dict[str, Any] = {"format": {"const": FORMAT}}
    properties |= {name: _field(spec) for name, spec in FACTS.items()}
    properties["gaps"] = {
        "title": both_of(TITLES["gaps"]),
        "type": "array",
        "items": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
    }
    properties["options"] = object_of({option.name: option_of(option) for option in OPTIONS})
    for name, fields in TABLES.items():
        if name != "gaps":
            properties[name] = {"title": both_of(TITLES[name]), "type": "array", "items": _entry(fields)}
    properties["derivation"] = _derivation()
    required = ["format", *(name for name, spec in FACTS.items() if spec.required), "nodes"]
    weighted = {"properties": {"nodes": {"minItems": 1, "items": {"required": ["weight"]}}}}
    open_weights = [
        {"properties": {"gaps": {"minItems": 1}}, "required": ["gaps"]},
        {"required": ["derivation"]},
    ]
    return {
        "$schema": DIALECT,
        "title": FORMAT,
        **object_of(properties, required),
        # A draft, which names its gaps, may leave weights open, and a derivation gives them.
        "if": {"anyOf": open_weights},
        "then": {},
        "else": weighted,
    }


def _derivation() -> dict[str, Any]:
    """Where weights come from."""
    properties = {name: _field(spec) for name, spec in HOW.items()}
    properties |= {name: {"type": "array", "items": _entry(fields)} for name, fields in ENTRIES.items()}
    return described(DERIVATION, DERIVATION_LEAD, object_of(properties))


def _entry(fields: Mapping[str, Spec]) -> dict[str, Any]:
    """An entry of an array; fields with a dot are an object of their own (benchmark.value)."""
    properties: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = {}
    for name, spec in fields.items():
        outer, _, part = name.partition(".")
        if part:
            inner.setdefault(outer, {})[part] = _field(spec)
        else:
            properties[name] = _field(spec)
    properties |= {name: _inner(parts) for name, parts in inner.items()}
    # A weight is needed unless the guide is a draft, which the whole file decides.
    return object_of(properties, [name for name, spec in fields.items() if spec.required and name != "weight"])


def _inner(parts: dict[str, Any]) -> dict[str, Any]:
    """An object within; a range is an array of its two ends."""
    if tuple(parts) == Range._fields:
        return {"type": "array", "prefixItems": list(parts.values()), "items": False, "minItems": len(parts)}
    return object_of(parts, ["value"] if "value" in parts else None)


def _field(spec: Spec) -> dict[str, Any]:
    return described(spec.label, spec.help, _rule(spec))


def _rule(spec: Spec) -> dict[str, Any]:
    if spec.kind == CHOICE:
        return {"enum": [code for code, _ in spec.choices]}
    if spec.kind == NAMES:
        return {"type": "array", "items": {"type": "string", "pattern": SAYS_SOMETHING}}
    if spec.rule:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in spec.rule}
    if spec.kind == NUMBER:
        return _by_code(spec.by, _JUDGEMENT if spec.by == 2 else _number(spec))
    if spec.kind == LABEL:
        return {"type": ["string", "integer"]}
    return {"type": "string", "pattern": SAYS_SOMETHING} if spec.required else {"type": "string"}


def _number(spec: Spec) -> dict[str, Any]:
    bounds = {"exclusiveMinimum" if spec.above else "minimum": spec.minimum, "maximum": spec.maximum}
    said = {name: bound for name, bound in bounds.items() if bound is not None}
    return {"type": "integer" if spec.whole else "number", **said}


#: A number, or a fraction as text since TOML has none.
_JUDGEMENT = {
    "anyOf": [
        {"type": "number", "exclusiveMinimum": 0, "maximum": SCALE},
        {"type": "string", "pattern": r"^\s*\d{1,3}\s*/\s*\d{1,3}\s*$"},
    ]
}


def _by_code(levels: int, rule: dict[str, Any]) -> dict[str, Any]:
    """A value itself, or one by code, or by code and code."""
    if levels == 0:
        return rule
    names = {"pattern": dict(CODE_RULE)["pattern"]}
    return {"type": "object", "propertyNames": names, "additionalProperties": _by_code(levels - 1, rule)}
