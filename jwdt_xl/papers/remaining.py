"""What papers did not say and people have to: said once, so that the form is soon complete."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment import Assessment, who
from ..assessment.bill_row import ACTIVITY_KINDS
from ..assessment.fields import specs
from ..assessment.model import SECTIONS
from ..assessment.tables import NAME_FIELDS, TABLES
from ..messages import INFO, Finding, Text, joined
from ..standard.guide import builtin
from ..standard.record import SECTION
from ..workbook.columns.questions import OPTIONAL_FIELDS

_TABLES = {
    "materials": Text("原辅料", "materials"), "residual_energy": Text("余能", "residual energy"), "pollutants": Text("污染物", "pollutants"),
}  # fmt: skip
_ENERGY = Text("账单（或能源和温室气体）", "bills (or energy and greenhouse gases)")
_BENCHMARKS = Text("基准值（指南有的不用填）", "benchmarks (not where the guide has them)")


def findings(assessment: Assessment) -> Iterator[Finding]:
    """One note: the blank answers, the blank cells of rows, the tables without a row."""
    answers = list(_answers(assessment))
    cells = list(_cells(assessment))
    tables = [name for key, name in _TABLES.items() if not getattr(assessment, key)]
    if not (assessment.activity or assessment.energy or assessment.greenhouse):
        tables.append(_ENERGY)
    if not assessment.benchmarks:
        tables.append(_BENCHMARKS)
    parts = [
        Text("{n} 项：{l}", "{n} answers: {l}").fill(n=len(answers), l=joined(answers)) if answers else None,
        Text("行中 {n} 格：{l}", "{n} cells of rows: {l}").fill(n=len(cells), l=joined(cells[:12])) if cells else None,
        Text("没有行的表：{l}", "tables without a row: {l}").fill(l=joined(tables)) if tables else None,
    ]
    there = [part for part in parts if part is not None]
    if there:
        text = Text("材料没有、还须填写 {p}", "not in the papers and still to be typed: {p}").fill(
            p=joined(there, "；", "; ")
        )
        yield Finding(INFO, "still-to-type", "form", text, "completeness")


def _answers(assessment: Assessment) -> Iterator[Text]:
    for name, cls in SECTIONS.items():
        section = getattr(assessment, name)
        asked = who.fields(builtin()) if name == "enterprise" else specs(cls)  # papers are an enterprise's
        for field, spec in asked.items():
            value = getattr(section, field)
            if spec.kind == SECTION:
                for inner, each in specs(type(value)).items():
                    if getattr(value, inner) is None and not assessment.products:
                        yield Text("产量·{l}", "output, {l}").fill(l=each.label)
            elif value in (None, "") and f"{name}.{field}" not in OPTIONAL_FIELDS:
                money = name == "output_value"
                yield Text("产值·{l}", "output value, {l}").fill(l=spec.label) if money else spec.label
    if not assessment.boundary:
        yield Text("核算边界", "boundary")


def _cells(assessment: Assessment) -> Iterator[Text]:
    for table, cls in TABLES.items():
        fields = specs(cls)
        for row in getattr(assessment, table):
            for period in ("base", "report"):
                if period in fields and getattr(row, period) is None:
                    name = getattr(row, NAME_FIELDS[table]) or ACTIVITY_KINDS.get(getattr(row, "kind", ""), "")
                    yield Text("{n}·{p}", "{n}, {p}").fill(n=name, p=fields[period].label)
