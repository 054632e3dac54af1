"""Input cells that only a guide asks for: its vetoes below the questions, its inputs below the enterprise."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.inputs import FIELDS
from ..assessment.inputs import fields as fields_of_input
from ..assessment.vetoes import VETO
from ..messages import Text
from ..standard.guide import Guide
from ..standard.record import NUMBER, Spec
from ..standard.scoring import QUALITATIVE
from . import kept, plan

_VETO_HELP = Text(
    "不计分；按回答或未答可能不评等级、不排名：{r}",
    "not scored; its answer, or none, may exclude from grade and rank: {r}",
)
_VETO_EVIDENCE = Text("证明材料（{c}）", "evidence ({c})")


def of_guide(guide: Guide, sheet: str, row: int) -> Iterator[plan.Field]:
    """The fields of a form sheet from a row on, each kind of them below a heading."""
    for of in {"qualitative": (_vetoes,), "enterprise": (_inputs, _entered)}[sheet]:
        asked = list(of(guide))
        for path, spec in asked:
            cell = plan.Cell(sheet, row, plan.FORM_COLUMNS.index("input"))
            yield plan.Field(path, "in_" + path.replace(".", "_"), spec.label, spec, cell)
            row += 1
        row += 2 if asked else 0


def _vetoes(guide: Guide) -> Iterator[tuple[str, Spec]]:
    """The questions that may exclude, each with its evidence."""
    for veto in guide.vetoes:
        for name, spec in VETO.items():
            if name == "answer":
                spec = spec._replace(label=veto.question, help=_VETO_HELP.fill(r=veto.reason))
            else:
                spec = spec._replace(label=_VETO_EVIDENCE.fill(c=veto.code))
            yield f"vetoes.{veto.code}.{name}", spec


def _entered(guide: Guide) -> Iterator[tuple[str, Spec]]:
    """The values of indicators that are entered, each with its source; those of enterprises stand in the settings."""
    if kept.enters_in_settings(guide):
        return
    for node in (node for node in guide.indicators if node.algorithm.is_entered):
        grade = 1.0 if node.attribute == QUALITATIVE else None
        help = Text(
            "；".join(filter(None, (node.benchmark_text.zh, node.note.zh))),
            "; ".join(filter(None, (node.benchmark_text.en, node.note.en))),
        )
        label = Text(f"{node.code} {node.name.zh}", f"{node.code} {node.name.en}")
        yield f"entered.{node.code}", Spec(NUMBER, label, help, unit=node.unit, maximum=grade)
        yield f"entered_source.{node.code}", FIELDS["source"]._replace(label=_SOURCE.fill(n=node.name))


_SOURCE = Text("{n}·来源和证明", "{n}, source and evidence")


def _inputs(guide: Guide) -> Iterator[tuple[str, Spec]]:
    """The amounts by period, each with its source."""
    for each in guide.inputs:
        for name, spec in fields_of_input(each).items():
            yield f"inputs.{each.code}.{name}", spec
