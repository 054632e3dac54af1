"""One enterprise over the years: its results in their order, its quantities by year, and where years cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...assessment import Assessment, Result, write
from ...assessment.activity import year_of
from ...assessment.tables import NAME_FIELDS
from ...errors import Refused
from ...messages import ERROR, Finding, Text
from ...standard.guide import Guide
from ...standard.units import unit_label
from ..collection.reading import Reading
from . import breaks

_NO_UNIT = Text("", "")
#: Quantities shown by year, with their unit.
QUANTITIES: tuple[tuple[str, Text, Text], ...] = (
    ("equivalents", Text("污染当量", "pollutant equivalents"), _NO_UNIT),
    ("co2e", Text("温室气体排放", "greenhouse gases"), Text("t CO2e", "t CO2e")),
    ("primary_tce", Text("一次能源", "primary energy"), Text("tce", "tce")),
    ("output", Text("产量", "output"), _NO_UNIT),
    ("value_10k", Text("产值", "output value"), unit_label("万元")),
)  # fmt: skip
_NAMES = {key: name for key, name, _ in QUANTITIES}


class Year(NamedTuple):
    """A file: the label of its report period, and its result."""

    file: str
    label: str
    result: Result

    @property
    def assessment(self) -> Assessment:
        return self.result.assessment


class Break(NamedTuple):
    """Why a year cannot be compared with the one before."""

    label: str
    text: Text


class Trend(NamedTuple):
    """The years of one enterprise, the earliest first."""

    guide: Guide
    name: str
    years: tuple[Year, ...]
    #: By key of the quantity, in the order of ``labels``.
    quantities: dict[str, tuple[float | None, ...]]
    labels: tuple[str, ...]
    breaks: tuple[Break, ...]

    def broken(self, label: str) -> bool:
        """Whether a year cannot be compared with the one before."""
        return any(each.label == label for each in self.breaks)


def trend(readings: Iterable[tuple[str, Reading]], guide: Guide) -> tuple[Trend, list[Finding]]:
    """The years that can be shown, and what became of the other files. Raises Refused where there is none."""
    findings: list[Finding] = []
    years: list[Year] = []
    for file, reading in readings:
        if reading.result is None:
            findings += (
                f._replace(where=f.where if f.where.startswith(file) else f"{file} {f.where}") for f in reading.findings
            )
        else:
            years.append(Year(file, reading.result.assessment.periods.report, reading.result))
    years = list(_each_once(_of_one(years, findings, guide.subject.name), findings))
    if not years:
        raise Refused(tuple(findings))
    years.sort(key=lambda year: (year_of(year.label) or 9999, year.label))
    known = _known(years)
    labels = tuple(sorted(known, key=lambda label: (year_of(label) or 9999, label)))
    quantities = {key: tuple(known[label].get(key) for label in labels) for key, _, _ in QUANTITIES}
    enterprise = years[-1].assessment.enterprise
    breaks = tuple(found for before, after in pairwise(years) for found in _breaks(before, after))
    return Trend(guide, enterprise.name or enterprise.code, tuple(years), quantities, labels, breaks), findings


def _of_one(years: Sequence[Year], findings: list[Finding], unit: Text) -> Iterator[Year]:
    """The years of the first file's enterprise; others are named."""
    who = next((year.assessment.enterprise for year in years), None)
    for year in years:
        each = year.assessment.enterprise
        assert who is not None
        same = each.code == who.code if each.code and who.code else each.name == who.name
        if same:
            yield year
            continue
        text = Text(
            "是另一家{u}（{o}）的文件，趋势只看一家（{w}）— 请分开运行",
            "is of another {u} ({o}); a trend is of one ({w}) — run them apart",
        )
        filled = text.fill(u=unit, o=each.name or each.code, w=who.name or who.code)
        findings.append(Finding(ERROR, "trend-of-another", year.file, filled, "consistency"))


def _each_once(years: Iterable[Year], findings: list[Finding]) -> Iterator[Year]:
    """Two different files of one year: none counts, since which is right is not told."""
    by_label: dict[str, list[Year]] = {}
    for year in years:
        by_label.setdefault(year.label, []).append(year)
    for label, same in by_label.items():
        if all(write(each.assessment) == write(same[0].assessment) for each in same):
            yield same[0]
            continue
        text = Text(
            "{l} 有 {n} 份内容不同的文件（{f}），不知道哪份为准，都未采用 — 请只给最终的一份",
            "there are {n} different files of {l} ({f}) and which counts is not known, so none does — give the final one only",
        )
        filled = text.fill(l=label, n=len(same), f="、".join(each.file for each in same[:5]))
        findings.append(Finding(ERROR, "year-twice", same[0].file, filled, "consistency"))


def _known(years: Sequence[Year]) -> dict[str, dict[str, float | None]]:
    """By label the quantities: of a year's own file, else of the base period of a later one."""
    found: dict[str, dict[str, float | None]] = {}
    for year in years:
        found[year.label] = _of(year.result, "report")
    for year in years:
        found.setdefault(year.assessment.periods.base, _of(year.result, "base"))
    return found


def _of(result: Result, period: str) -> dict[str, float | None]:
    return {key: getattr(getattr(result.quantities, key), period) for key, _, _ in QUANTITIES}


def _breaks(before: Year, after: Year) -> Iterator[Break]:
    """What changed between two files, so that their numbers are not of the same thing."""

    def found(zh: str, en: str, **values: object) -> Break:
        return Break(after.label, Text(zh, en).fill(**values))

    old, new = before.assessment, after.assessment
    if new.periods.base != before.label:
        yield found(
            "基准期是 {b}，上一份文件的报告期是 {r}：中间缺年",
            "the base period is {b}, the file before reports {r}: years lack",
            b=new.periods.base,
            r=before.label,
        )
    else:
        for text in breaks.restated(before.label, _NAMES, _of(before.result, "report"), _of(after.result, "base")):
            yield Break(after.label, text)
    if breaks.differ(old.boundary, new.boundary):
        yield Break(after.label, breaks.boundary(old.boundary, new.boundary))
    if (old.product.name, old.product.unit) != (new.product.name, new.product.unit):
        yield Break(
            after.label,
            breaks.product((old.product.name, old.product.unit), (new.product.name, new.product.unit)),
        )
    if old.output_value.basis != new.output_value.basis:
        yield found("产值口径改变", "the basis of output value changed")
    changed = [name for name in after.result.options if before.result.options.get(name) != after.result.options[name]]
    if changed:
        yield Break(after.label, breaks.options(changed))
    bench = [
        one.node.code
        for one, other in zip(before.result.indicators, after.result.indicators, strict=True)
        if (one.benchmark.value if one.benchmark else None) != (other.benchmark.value if other.benchmark else None)
    ]
    if bench:
        yield found("基准值改变：指标 {c}", "benchmarks changed: indicators {c}", c=", ".join(bench))
    weights = [
        one.node.code
        for one, other in zip(before.result.indicators, after.result.indicators, strict=True)
        if abs(one.weight - other.weight) > 1e-9
    ]
    if weights:
        yield found(
            "权重改变（含不适用项）：指标 {c}",
            "weights changed (not applicable ones included): indicators {c}",
            c=", ".join(weights),
        )
    lost = sorted(_rows(old) - _rows(new))
    if lost:
        yield found(
            "上一份有、这一份没有的行：{r}", "rows of the file before that this one lacks: {r}", r="、".join(lost[:8])
        )


def _rows(assessment: Assessment) -> set[str]:
    """What is counted: names of pollutants, fuels and gases that are above 0 in the report period."""
    tables = ("pollutants", "activity", "greenhouse", "energy")
    return {
        str(getattr(row, NAME_FIELDS[table]) or getattr(row, "kind", ""))
        for table in tables
        for row in getattr(assessment, table)
        if row.report
    }
