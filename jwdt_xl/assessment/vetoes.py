"""The answers to a guide's vetoes, as an assessment file has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..messages import Text
from ..standard.guide import Guide
from ..standard.record import Errors
from .asked import answered
from .fields import specs
from .model import Policy, VetoAnswer

#: The fields of an answer to a veto.
VETO = {
    "answer": specs(Policy)["elimination_list"]._replace(
        label=Text("回答", "answer"),
        help=Text("指南的否决问题，答“是”或“否”", "a question of the guide that may exclude, yes or no"),
    ),
    "evidence": specs(Policy)["evidence"]._replace(
        help=Text(
            "据以回答的文件：名称、文号、日期；或由谁、何时、怎样核实",
            "the documents behind the answer: title, number, date; or who verified it, when and how",
        ),
        example=Text("", ""),
    ),
}


def read(
    data: Mapping[str, Any], guide: Guide, errors: Errors, value: Callable[..., Any], unknown: Callable[[Any], Text]
) -> dict[str, VetoAnswer]:
    """An answer is true or false, or has its evidence beside it; value reads a field, unknown says what there is."""
    known = [veto.code for veto in guide.vetoes]
    found: dict[str, VetoAnswer] = {}
    text = Text("指南没有否决问题“{k}”，有：{all}", "the guide has no veto “{k}”; there are: {all}")
    for code, where, said in answered("vetoes", data, known, errors, (text, "unknown-veto")):
        fields = dict(said) if isinstance(said, Mapping) else {"answer": said}
        for name in sorted(set(fields) - set(VETO), key=str):
            errors.add(f"{where}.{name}", unknown(VETO), "unknown-field")
        answer, evidence = (value(spec, fields.get(name), f"{where}.{name}", errors) for name, spec in VETO.items())
        if answer is not None or evidence:
            found[code] = VetoAnswer(answer, evidence or "")
    return found
