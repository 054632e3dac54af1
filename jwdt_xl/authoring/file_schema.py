"""The JSON Schema (2020-12) of guide files, from the declared fields. What needs the whole tree (weights that sum,
codes that exist) it cannot say: that is checked on reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..assessment.model import CHOICE, LABEL, NUMBER, Spec
from ..assessment.schema import DIALECT, SAYS_SOMETHING
from ..messages import Text
from ..standard.guide import FORMAT, PREVIOUS_YEAR
from ..standard.guide.derivation import FEWEST_DECIMALS, SCALE
from ..standard.guide.options import OPTIONS, Option
from ..standard.guide.rules import LONGEST_CODE
from .fields import FACTS, NAMES, TABLES, TITLES
from .weights.fields import DERIVATION, DERIVATION_LEAD, ENTRIES, HOW

_CODE = {"type": ["string", "integer"], "pattern": f"^[A-Za-z0-9_]{{1,{LONGEST_CODE}}}$"}
_YEAR = {"type": ["string", "integer"]}


def schema() -> dict[str, Any]:
    """The JSON Schema of a guide file (TOML read as JSON)."""
    properties: dict[str, Any] = {"format": {"const": FORMAT}}
    properties |= {name: _field(name, spec) for name, spec in FACTS.items()}
    properties["base_period"] |= {
        "type": ["string", "integer"],
        "pattern": rf"^({PREVIOUS_YEAR}|\d{{4}})$",
        "minimum": 1000,
        "maximum": 9999,
    }
    properties["review"] |= {"type": "string", "format": "date"}
    properties["gaps"] = {
        "title": _both(TITLES["gaps"]),
        "type": "array",
        "items": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
    }
    properties["options"] = _object({option.name: _option(option) for option in OPTIONS})
    for name, fields in TABLES.items():
        if name != "gaps":
            properties[name] = {"title": _both(TITLES[name]), "type": "array", "items": _entry(fields)}
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
        **_object(properties, required),
        # A draft, which names its gaps, may leave weights open, and a derivation gives them.
        "if": {"anyOf": open_weights},
        "then": {},
        "else": weighted,
    }


def _derivation() -> dict[str, Any]:
    """Where weights come from; scores and judgements are by code."""
    by_code = {"type": "object", "propertyNames": {"pattern": _CODE["pattern"]}}
    judgement = {
        "anyOf": [
            {"type": "number", "exclusiveMinimum": 0, "maximum": SCALE},
            {"type": "string", "pattern": r"^\s*\d{1,3}\s*/\s*\d{1,3}\s*$"},
        ]
    }
    inner = {
        "scores": {**by_code, "additionalProperties": {"type": "number", "minimum": 0}},
        "judgements": {**by_code, "additionalProperties": {**by_code, "additionalProperties": judgement}},
    }
    properties = {name: _field(name, spec) for name, spec in HOW.items()}
    properties["decimals"] |= {"type": "integer", "minimum": FEWEST_DECIMALS}
    for name, fields in ENTRIES.items():
        entry = _entry(fields)
        for field in set(fields) & set(inner):
            spec = fields[field]
            entry["properties"][field] = {"title": _both(spec.label), "description": _both(spec.help), **inner[field]}
        properties[name] = {"type": "array", "items": entry}
    return {"title": _both(DERIVATION), "description": _both(DERIVATION_LEAD), **_object(properties)}


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def _entry(fields: Mapping[str, Spec]) -> dict[str, Any]:
    """An entry of an array; fields with a dot are an object of their own (benchmark.value)."""
    properties: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = {}
    for name, spec in fields.items():
        outer, _, part = name.partition(".")
        if part:
            inner.setdefault(outer, {})[part] = _field(name, spec)
        else:
            properties[name] = _field(name, spec)
    properties |= {name: _object(parts, ["value"] if "value" in parts else None) for name, parts in inner.items()}
    # A weight is needed unless the guide is a draft, which the whole file decides.
    return _object(properties, [name for name, spec in fields.items() if spec.required and name != "weight"])


def _field(name: str, spec: Spec) -> dict[str, Any]:
    return {"title": _both(spec.label), "description": _both(spec.help), **_rule(name, spec)}


def _rule(name: str, spec: Spec) -> dict[str, Any]:
    if spec.kind == CHOICE:
        return {"enum": [code for code, _ in spec.choices]}
    if spec.kind == NUMBER:
        rule: dict[str, Any] = {"type": "number"}
        if name in ("benchmark.value", "factor"):
            rule["exclusiveMinimum"] = 0
        elif name not in ("below", "above"):
            rule["minimum"] = 0
        return {**rule, "maximum": spec.maximum} if spec.maximum is not None else rule
    if name in ("code", "indicator"):
        return dict(_CODE)
    if spec.kind == NAMES:
        return {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}
    if spec.kind == LABEL or name in ("parent", "id", "version"):
        return dict(_YEAR)
    return {"type": "string", "pattern": SAYS_SOMETHING} if spec.required else {"type": "string"}


def _option(option: Option) -> dict[str, Any]:
    rule: dict[str, Any] = (
        {"enum": list(option.values)}
        if option.choices
        else {"type": "number", "minimum": option.minimum, "maximum": option.maximum}
    )
    return {"title": _both(option.label), "description": _both(option.help), **rule, "default": option.default}
