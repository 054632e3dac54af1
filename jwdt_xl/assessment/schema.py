"""The JSON Schema (2020-12) of the assessment file, derived from the specs of the model.

It describes the form that is written: codes and units by their literals. The reader also takes the names of choices
in either language and other spellings of units.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from ..messages import Text
from ..standard.guide import Guide, Input, Node, Veto, builtin
from ..standard.guide.options import OPTIONS, Option
from ..standard.record import CHOICE, FLAG, LABEL, LARGEST, NUMBER, SECTION, TABLE, UNIT, VALUE, Spec
from ..standard.scoring import MODERATE, QUALITATIVE
from ..standard.units import of_dimensions
from . import who
from .excuses import PATTERN as NO_REASON
from .fields import specs
from .inputs import fields as fields_of_input
from .model import BENCHMARK, FORMAT, SECTIONS
from .planned import LISTS
from .tables import TABLES
from .vetoes import VETO

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: A text that says something.
SAYS_SOMETHING = r"\S"


def schema(guide: Guide | None = None) -> dict[str, Any]:
    """The JSON Schema of an assessment by a guide (default: the built-in one)."""
    guide = guide or builtin()
    properties: dict[str, Any] = {
        "format": {"const": FORMAT},
        "guide": {"type": "string", "description": both_of(Text("所用评价细则的名称", "the guide it is made for"))},
        "boundary": _field(who.boundary(guide)),
    }
    properties |= {name: _section(cls) for name, cls in SECTIONS.items()}
    properties["enterprise"] = object_of({name: _field(spec) for name, spec in who.fields(guide).items()})
    properties |= {name: _table(cls) for name, cls in (TABLES | LISTS).items()}
    properties |= {
        "entered": _by_indicator(guide, _entered),
        "entered_source": _by_indicator(guide, lambda node: {"type": ["string", "null"]}),
        "benchmarks": _by_indicator(guide, _benchmark),
        "not_applicable": _by_indicator(guide, _reason),
        "weights": _weights(guide),
        "vetoes": object_of({veto.code: _veto(veto) for veto in guide.vetoes}),
        "inputs": object_of({each.code: _input(each) for each in guide.inputs}),
        "options": object_of({option.name: option_of(option) for option in OPTIONS}),
    }
    return {
        "$schema": DIALECT,
        "title": f"{FORMAT} · {both_of(guide.name)}",
        **object_of(properties, ["format", *(name for name, part in properties.items() if part.get("required"))]),
    }


def both_of(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def object_of(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def described(label: Text, help: Text, rule: dict[str, Any]) -> dict[str, Any]:
    return {"title": both_of(label), "description": both_of(help), **rule}


def _section(cls: type) -> dict[str, Any]:
    properties = {}
    for field in dataclasses.fields(cls):
        spec: Spec = field.metadata["spec"]
        if spec.kind == SECTION:
            properties[field.name] = _section(field.metadata["class"])
        elif spec.kind == TABLE:
            properties[field.name] = _table(field.metadata["class"])
        else:
            properties[field.name] = _field(spec)
    return object_of(properties, [name for name, spec in specs(cls).items() if spec.required])


def _table(cls: type) -> dict[str, Any]:
    return {"type": "array", "items": _section(cls)}


def _field(spec: Spec) -> dict[str, Any]:
    """A field's rule. Blank is null or left out, and so never allowed where the field is required."""
    help = spec.help
    if any(spec.unit):
        help = Text(f"{help.zh}；单位 {spec.unit.zh}", f"{help.en}; unit {spec.unit.en}")
    return described(spec.label, help, _rule(spec))


def _rule(spec: Spec) -> dict[str, Any]:
    if spec.kind in (CHOICE, FLAG):
        return _one_of([code for code, _ in spec.choices], spec.required)
    if spec.kind == UNIT:
        return _one_of([unit.code for unit in of_dimensions(spec.dimensions)], spec.required)
    if spec.kind == NUMBER:
        rule: dict[str, Any] = {
            "type": "integer" if spec.whole else "number",
            "minimum": 1 if spec.whole else 0,
            "maximum": spec.maximum or LARGEST,
        }
    elif spec.kind == VALUE:
        return {"type": ["number", "string"], "minimum": 0, "maximum": LARGEST, "pattern": SAYS_SOMETHING}
    elif spec.kind == LABEL:
        rule = {"type": ["string", "integer"]}
    else:
        rule = {"type": "string"}
    if spec.required:
        return {**rule, "pattern": SAYS_SOMETHING} if spec.kind != NUMBER else rule
    types = rule["type"] if isinstance(rule["type"], list) else [rule["type"]]
    return {**rule, "type": [*types, "null"]}


def _one_of(values: list[Any], required: bool) -> dict[str, Any]:
    return {"enum": values if required else [*values, None]}


def _by_indicator(guide: Guide, rule: Any) -> dict[str, Any]:
    """Properties by indicator code."""
    return object_of({node.code: {"title": both_of(node.name), **rule(node)} for node in guide.indicators})


def _entered(node: Node) -> dict[str, Any]:
    most = 1 if node.attribute == QUALITATIVE else LARGEST
    used = (
        {} if node.algorithm.is_entered else {"description": both_of(Text("由数据算出，不使用", "computed: not used"))}
    )
    return {**used, "type": ["number", "null"], "minimum": 0, "maximum": most}


def _benchmark(node: Node) -> dict[str, Any]:
    """A number, or the number with unit, source, year and basis."""
    value = {"type": "number", "exclusiveMinimum": 0, "maximum": LARGEST}
    fields = {name: _field(spec) for name, spec in BENCHMARK.items()}
    fields["value"] = {"title": fields["value"]["title"], **value}
    unit = {"description": both_of(node.unit)} if any(node.unit) else {}
    if node.attribute in (MODERATE, QUALITATIVE):
        unit = {"description": both_of(Text("不用基准值", "takes no benchmark"))}
    return {**unit, "anyOf": [value, object_of(fields, ["value"]), {"type": "null"}]}


def _reason(node: Node) -> dict[str, Any]:
    return {
        "description": both_of(Text("不适用的理由", "why it is not applicable")),
        "type": "string",
        "pattern": SAYS_SOMETHING,
        "not": {"pattern": NO_REASON},
    }


def _veto(veto: Veto) -> dict[str, Any]:
    """The answer, or the answer with its evidence."""
    fields = {name: _field(spec) for name, spec in VETO.items()}
    return {"title": both_of(veto.question), "anyOf": [{"type": ["boolean", "null"]}, object_of(fields)]}


def _input(each: Input) -> dict[str, Any]:
    """An amount a period, with its source."""
    entry = object_of({name: _field(spec) for name, spec in fields_of_input(each).items()})
    return {"title": both_of(each.name), **entry, "type": ["object", "null"]}


def _weights(guide: Guide) -> dict[str, Any]:
    """All weights or none."""
    weights = _by_indicator(guide, lambda node: {"type": "number", "minimum": 0, "maximum": 1})
    return {**weights, "anyOf": [{"maxProperties": 0}, {"required": [node.code for node in guide.indicators]}]}


def option_of(option: Option) -> dict[str, Any]:
    if option.choices:
        rule: dict[str, Any] = {"enum": list(option.values)}
    else:
        least = "exclusiveMinimum" if option.above else "minimum"
        rule = {"type": "number", least: option.minimum, "maximum": option.maximum}
    default = {} if option.default is None else {"default": option.default}
    return described(option.label, option.help, {**rule, **default})
