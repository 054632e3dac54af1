"""Input cells that only a guide asks for: its vetoes below the questions, its inputs below the enterprise."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.inputs import fields as fields_of_input
from ..assessment.vetoes import VETO
from ..messages import Text
from ..standard.guide import Guide
from ..standard.record import Spec
from . import plan

_VETO_HELP = Text(
    "不计分；按回答或未答可能不评等级、不排名：{r}",
    "not scored; its answer, or none, may exclude from grade and rank: {r}",
)
_VETO_EVIDENCE = Text("证明材料（{c}）", "evidence ({c})")


def of_guide(guide: Guide, sheet: str, row: int) -> Iterator[plan.Field]:
    """The fields of a form sheet from a row on."""
    asked = {"qualitative": _vetoes, "enterprise": _inputs}[sheet](guide)
    for i, (path, spec) in enumerate(asked):
        cell = plan.Cell(sheet, row + i, plan.FORM_COLUMNS.index("input"))
        yield plan.Field(path, "in_" + path.replace(".", "_"), spec.label, spec, cell)


def _vetoes(guide: Guide) -> Iterator[tuple[str, Spec]]:
    """The questions that may exclude, each with its evidence."""
    for veto in guide.vetoes:
        for name, spec in VETO.items():
            if name == "answer":
                spec = spec._replace(label=veto.question, help=_VETO_HELP.fill(r=veto.reason))
            else:
                spec = spec._replace(label=_VETO_EVIDENCE.fill(c=veto.code), example=Text("", ""))
            yield f"vetoes.{veto.code}.{name}", spec


def _inputs(guide: Guide) -> Iterator[tuple[str, Spec]]:
    """The amounts by period, each with its source."""
    for each in guide.inputs:
        for name, spec in fields_of_input(each).items():
            yield f"inputs.{each.code}.{name}", spec
