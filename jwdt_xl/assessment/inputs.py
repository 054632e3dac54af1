"""What enterprises enter because a guide asks for it, as an assessment file has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..messages import Text
from ..standard.guide import Guide, Input
from ..standard.record import NUMBER, TEXT, Errors, Spec, short
from .asked import answered
from .model import InputValue

_SOURCE = Text("来源和证明", "source and evidence")
_LABELS = {
    "base": Text("{n}·基准期", "{n}, base period"),
    "report": Text("{n}·报告期", "{n}, report period"),
    "source": Text("{n}·来源和证明", "{n}, source and evidence"),
}
#: The fields of an entry, whatever the input.
FIELDS: dict[str, Spec] = {
    "base": Spec(NUMBER, Text("基准期", "base period"), Text("", "")),
    "report": Spec(NUMBER, Text("报告期", "report period"), Text("", "")),
    "source": Spec(
        TEXT, _SOURCE, Text("台账、监测记录、结算单及编号", "ledger, monitoring record, bill, with its number")
    ),
}


def fields(each: Input) -> dict[str, Spec]:
    """The fields that a form has for an input, with its name, unit and what counts."""
    asked = (*each.asked, "source")
    return {
        name: spec._replace(
            label=_LABELS[name].fill(n=each.name),
            help=spec.help if name == "source" else each.help,
            unit=Text("", "") if name == "source" else each.unit,
        )
        for name, spec in FIELDS.items()
        if name in asked
    }


def read(
    data: Mapping[str, Any], guide: Guide, errors: Errors, value: Callable[..., Any], unknown: Callable[[Any], Text]
) -> dict[str, InputValue]:
    """The entries by code of the input; value reads a field, unknown says what fields there are."""
    known = {each.code: each for each in guide.inputs}
    found: dict[str, InputValue] = {}
    text = Text("指南没有填报量“{k}”，有：{all}", "the guide has no input “{k}”; there are: {all}")
    for code, where, said in answered("inputs", data, known, errors, (text, "unknown-input")):
        if not isinstance(said, Mapping):
            text = Text("须写作 {{base, report, source}}，实为“{v}”", "must be {{base, report, source}}, got “{v}”")
            errors.add(where, text.fill(v=short(said)), "bad-format")
            continue
        specs = fields(known[code])
        for name in sorted(set(said) - set(specs), key=str):
            errors.add(f"{where}.{short(name)}", unknown(specs), "unknown-field")
        read = {name: value(spec, said.get(name), f"{where}.{name}", errors) for name, spec in specs.items()}
        entry = InputValue(read.get("base"), read["report"], read["source"])
        if entry != InputValue():
            found[code] = entry
    return found
