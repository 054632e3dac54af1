"""A change of guide: the same enterprises under the old and the new one, per indicator and in total."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..assessment import Assessment, Result, evaluate, read
from ..assessment.checks import guide as guide_checks
from ..assessment.result import IndicatorResult
from ..errors import Refused
from ..messages import INFO, Finding, Text, cell_text, shown
from ..opening.outputs import RESULT
from ..portfolio.campaign.csv_files import not_a_formula
from ..standard.guide import Guide, Input, Node, builtin
from ..standard.guide.own_units import same_unit
from ..standard.names import fold
from ..standard.scoring import ranks
from .versions import why_grade

if TYPE_CHECKING:
    import pandas

#: Columns of an indicator's row, each under the old and under the new guide.
_NUMBERS = ("value", "benchmark", "score", "weight", "points")
TOTAL = "total"


class Comparison(NamedTuple):
    """One enterprise under both guides; a result is None where the data were refused, which the findings explain."""

    name: str
    old: Result | None
    new: Result | None
    findings: tuple[Finding, ...]

    @property
    def change(self) -> float | None:
        """By how much the total changes."""
        if self.old is None or self.new is None or self.old.total is None or self.new.total is None:
            return None
        return self.new.total - self.old.total

    @property
    def why(self) -> Text | None:
        """Why the grade changes; None where it does not, or there is no result."""
        return why_grade(self.old, self.new) if self.old and self.new else None

    def rows(self) -> list[dict[str, Any]]:
        """A row per indicator of either guide, and one of the totals."""
        old, new = _by_code(self.old), _by_code(self.new)
        rows = []
        for code in dict.fromkeys((*old, *new)):
            before, after = old.get(code), new.get(code)
            name = next(indicator.node.name for indicator in (after, before) if indicator)
            rows.append(_row(self.name, code, str(name), _numbers(before), _numbers(after)))
        rows.append(_row(self.name, TOTAL, str(Text("总分", "total")), _totals(self.old), _totals(self.new)))
        return rows


def carry(assessment: Assessment, old: Guide, new: Guide, own: bool = True) -> tuple[Assessment, list[Finding]]:
    """What of an assessment made for one guide holds under another.

    Entered values, own benchmarks and not applicable declarations go along where the new guide has the same indicator;
    own weights where it has the same indicators altogether. own=False leaves own benchmarks and weights behind where
    the new guide has its own. What is left behind is named.
    """
    same = {n.code for n in new.indicators if n.code in old.by_code and _same(old.by_code[n.code], n)}
    benchmarked = {n.code for n in new.indicators if n.benchmark}
    kept: dict[str, Any] = {}
    findings = []
    for field in ("entered", "entered_source", "benchmarks", "not_applicable", "weights"):
        given: Mapping[str, Any] = getattr(assessment, field)
        codes = set(given) & same
        if field == "benchmarks" and not own:
            codes -= benchmarked
        if field == "weights" and not (own and set(given) == {n.code for n in new.indicators} and set(given) == codes):
            codes = set()
        kept[field] = {code: value for code, value in given.items() if code in codes}
        left = [code for code in given if code not in codes]
        if left:
            text = _NOT_CARRIED.fill(f=_FIELDS[field], c=", ".join(left))
            findings.append(Finding(INFO, "not-carried", field, text, "consistency"))
    questions = {veto.code: veto.question for veto in new.vetoes}
    asked = {veto.code for veto in old.vetoes if questions.get(veto.code) == veto.question}
    kept["vetoes"] = {code: said for code, said in assessment.vetoes.items() if code in asked}
    inputs = {each.code: each for each in new.inputs}
    meant = {each.code for each in old.inputs if _asks_the_same(each, inputs.get(each.code))}
    kept["inputs"] = {code: entry for code, entry in assessment.inputs.items() if code in meant}
    if left := [code for code in assessment.inputs if code not in meant]:
        text = _NOT_CARRIED.fill(f=Text("填报量", "inputs"), c=", ".join(left))
        findings.append(Finding(INFO, "not-carried", "inputs", text, "consistency"))
    return replace(assessment, **kept), findings


def _asks_the_same(one: Input, other: Input | None) -> bool:
    return (
        other is not None
        and (fold(one.name.zh), one.asked) == (fold(other.name.zh), other.asked)
        and (same_unit(one.unit.zh, other.unit) or same_unit(other.unit.zh, one.unit))
    )


_NOT_CARRIED = Text("{f} {c} 不转入新指南", "{f} {c} do not go along to the new guide")


_FIELDS = {
    "entered": Text("填报值", "entered values"),
    "entered_source": Text("填报值的来源", "sources of entered values"),
    "benchmarks": Text("自填基准值", "own benchmarks"),
    "not_applicable": Text("不适用声明", "not applicable declarations"),
    "weights": Text("自定权重", "own weights"),
}


def _same(one: Node, other: Node) -> bool:
    """Whether two guides mean the same by a code."""
    return (
        one.formula == other.formula
        and one.parameters == other.parameters
        and (one.of, one.over, one.times) == (other.of, other.over, other.times)
        and one.attribute == other.attribute
        and (same_unit(one.unit.zh, other.unit) or same_unit(other.unit.zh, one.unit))
        and (not one.algorithm.is_entered or fold(one.name.zh) == fold(other.name.zh))
    )


def compare(
    assessment: Assessment | Mapping[str, Any], old: Guide | None, new: Guide, name: str = "", own: bool = True
) -> Comparison:
    """One assessment (the model, or the dict of a file) under both guides; old None is the built-in one."""
    old = old or builtin()
    try:
        data = assessment if isinstance(assessment, Assessment) else read(assessment, old)
        before = evaluate(data, old)
    except Refused as error:
        return Comparison(shown(name), None, None, error.findings)
    name = shown(name or data.enterprise.name)
    carried, findings = carry(data, old, new, own)
    try:
        after = evaluate(carried, new)
    except Refused as error:
        return Comparison(name, before, None, (*findings, *error.findings))
    return Comparison(name, before, after, (*findings, *(f for check in guide_checks.CHECKS for f in check(after))))


def difference(
    items: Iterable[Assessment | Mapping[str, Any] | str | os.PathLike[str]],
    old: Guide | None,
    new: Guide,
    own: bool = True,
    jobs: int = 1,
) -> list[Comparison]:
    """Assessments, or files of them made for the old guide, under both guides, in their order."""
    from ..portfolio import read_files

    (old or builtin()).check_complete()
    new.check_complete()
    listed = list(items)
    files = [os.fspath(item) for item in listed if isinstance(item, (str, os.PathLike))]
    readings = read_files(files, old, jobs=jobs)
    found = []
    for item in listed:
        if not isinstance(item, (str, os.PathLike)):
            found.append(compare(item, old, new, own=own))
            continue
        reading = next(readings)
        if reading.result is None:
            found.append(Comparison(shown(reading.file), None, None, reading.findings))
        else:
            found.append(compare(reading.result.assessment, old, new, reading.file, own))
    return found


def _by_code(result: Result | None) -> dict[str, IndicatorResult]:
    return {indicator.node.code: indicator for indicator in result.indicators} if result else {}


def _numbers(indicator: IndicatorResult | None) -> dict[str, float | None]:
    if indicator is None:
        return dict.fromkeys(_NUMBERS)
    benchmark = indicator.benchmark.value if indicator.benchmark else None
    numbers = (indicator.value, benchmark, indicator.score, indicator.weight, indicator.weighted)
    return dict(zip(_NUMBERS, numbers, strict=True))


def _totals(result: Result | None) -> dict[str, float | None]:
    if result is None:
        return dict.fromkeys(_NUMBERS)
    whole = sum(indicator.weight for indicator in result.indicators)
    return {**dict.fromkeys(_NUMBERS), "score": result.total, "weight": whole, "points": result.total}


def _row(
    enterprise: str, code: str, name: str, old: Mapping[str, float | None], new: Mapping[str, float | None]
) -> dict[str, Any]:
    row: dict[str, Any] = {"enterprise": enterprise, "code": code, "indicator": name}
    for number in _NUMBERS:
        row |= {f"{number}_old": old[number], f"{number}_new": new[number]}
    before, after = old["points"], new["points"]
    return row | {"change": None if before is None or after is None else after - before}


_COLUMNS = tuple(_row("", "", "", dict.fromkeys(_NUMBERS), dict.fromkeys(_NUMBERS)))
#: What the table begins with as CSV.
MARK = ",".join(_COLUMNS).encode("utf-8-sig")

#: The column of what differs between the guides.
GUIDES = "guides"

# Tables


def frame(comparisons: Iterable[Comparison]) -> pandas.DataFrame:
    """A row per enterprise and indicator, and one per enterprise for its total; change is in points of the total."""
    import pandas

    rows = [row for comparison in comparisons for row in comparison.rows()]
    table = pandas.DataFrame(rows, columns=list(_COLUMNS))
    return table.astype({name: "string" if name in _COLUMNS[:3] else "float64" for name in _COLUMNS})


def totals(comparisons: Iterable[Comparison]) -> pandas.DataFrame:
    """A row per enterprise: total, rank and grade under both guides; those excluded or without a total have no rank."""
    import pandas

    listed = list(comparisons)
    table = pandas.DataFrame({"enterprise": pandas.Series([c.name for c in listed], dtype="string")})
    for key, results in (("old", [c.old for c in listed]), ("new", [c.new for c in listed])):
        scored = [result.total if result else None for result in results]
        ranked = [None if result is None or result.is_excluded else result.total for result in results]
        table[f"total_{key}"] = pandas.Series(scored, dtype="float64")
        table[f"rank_{key}"] = pandas.Series(ranks(ranked), dtype="Int64")
        grades = [str(result.grade.name) if result and result.grade else None for result in results]
        table[f"grade_{key}"] = pandas.Series(grades, dtype="string")
    table["change"] = pandas.Series([c.change for c in listed], dtype="float64")
    table["why"] = pandas.Series([str(c.why) if c.why else None for c in listed], dtype="string")
    texts = ["; ".join(str(f.text) for f in c.findings) or None for c in listed]
    table["findings"] = pandas.Series(texts, dtype="string")
    return table


def by_indicator(comparisons: Iterable[Comparison]) -> pandas.DataFrame:
    """A row per indicator and for the total: each number's mean over the enterprises that have it; n have a change."""
    table = frame(comparisons)
    numbers = [name for name in table.columns if name not in ("enterprise", "code", "indicator")]
    means = table.groupby("code", sort=False, dropna=False)[numbers].mean()
    means.insert(0, "indicator", table.groupby("code", sort=False)["indicator"].first())
    means["n"] = table.groupby("code", sort=False)["change"].count()
    return means.reset_index()


def _texts(table: pandas.DataFrame, change: Callable[[str], Any]) -> pandas.DataFrame:
    """The table with its texts as a file can hold them."""
    texts = [name for name in table.columns if table[name].dtype == "string"]
    return table.assign(**{name: table[name].map(change, na_action="ignore") for name in texts})


def write(comparisons: Iterable[Comparison], path: str | os.PathLike[str], between: Iterable[Text] = ()) -> None:
    """The tables as a workbook (.xlsx: totals, by indicator, per enterprise, and what differs between the guides), or as
    CSV the one per enterprise alone."""
    import pandas

    listed = list(comparisons)
    if os.fspath(path).lower().endswith(".csv"):
        _texts(frame(listed), not_a_formula).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
        return
    sheets = {
        str(Text("总分", "Totals")): totals(listed),
        str(Text("按指标平均", "Means by indicator")): by_indicator(listed),
        str(Text("逐企业逐指标", "Per enterprise")): frame(listed),
    }
    if said := [str(text) for text in between]:
        sheets[str(Text("两版指南的不同", "Between the guides"))] = pandas.DataFrame(
            {GUIDES: pandas.Series(said, dtype="string")}
        )
    options = {"options": {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}}
    with pandas.ExcelWriter(path, engine="xlsxwriter", engine_kwargs=options) as book:
        from ..workbook.xlsx import CREATED

        book.book.set_properties({"created": CREATED, "author": "jwdt-xl", "category": RESULT})
        for title, table in sheets.items():
            _texts(table, cell_text).to_excel(book, sheet_name=title, index=False, freeze_panes=(1, 1))
            sheet = book.sheets[title]
            for col, name in enumerate(table.columns):
                wide = {"enterprise": 30, "indicator": 34, "why": 60, "findings": 60, GUIDES: 100}
                sheet.set_column(col, col, wide.get(str(name), 14))
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
