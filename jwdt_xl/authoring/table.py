"""Benchmarks from a table of enterprises: the level a share of them reaches, taken into a guide with its source."""

from __future__ import annotations

import math
import os
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import JwdtError, Refused
from ..messages import ERROR, INFO, WARNING, Finding, Text, number
from ..opening.refusals import refused
from ..standard.guide import Guide, Node
from ..standard.guide.benchmarks import CALORIFIC, Benchmark, convention_of, reached_level
from ..standard.guide.provenance import Sample, level_source, sample_of
from ..standard.indicators import CASE_NAMES
from ..standard.names import fold
from ..standard.quantities import ELECTRICITY, VALUE_BASIS
from ..standard.record import written
from ..standard.scoring import MODERATE, NEGATIVE, POSITIVE, check_benchmark, check_limit
from . import scale
from .enterprises import Table, Values, digest, is_id, names_of, rows_in_use, twice, without_totals
from .headings import factor, parted
from .units_row import units_below

#: The share of enterprises that reach the benchmark, where there is no requirement to refer to [note].
SHARE = 0.5
#: Other shares shown beside it.
SHARES = (0.2, 0.3, SHARE, 0.7, 0.9)


class Level(NamedTuple):
    """What a table of enterprises says about one indicator: how many have a value, their distribution, and the levels."""

    node: Node
    n: int
    missing: int
    minimum: float
    quartiles: tuple[float, float, float]
    maximum: float
    #: The level each share of the enterprises reaches.
    levels: Mapping[float, float]
    #: The column that it was read from.
    place: str = ""
    #: The unit that its heading states.
    unit: str = ""

    def as_dict(self) -> dict[str, Any]:
        lower, median, upper = self.quartiles
        found: dict[str, Any] = {
            "code": self.node.code,
            "name": str(self.node.name),
            "attribute": self.node.attribute,
            "n": self.n,
            "missing": self.missing,
            "min": self.minimum,
            "q1": lower,
            "median": median,
            "q3": upper,
            "max": self.maximum,
        }
        return found | {f"reached by {share:.0%}": level for share, level in self.levels.items()}


def levels(guide: Guide, table: Table, shares: Iterable[float] = SHARES) -> tuple[dict[str, Level], list[Finding]]:
    """What a table says about each indicator it has a column for, by code, and what is worth knowing about it.

    Each enterprise counts once; blanks are counted as missing.
    """
    shares, (read, findings) = tuple(shares), read_columns(guide, table)
    found = {}
    for code, column in read.columns.items():
        if column.numbers:
            missing = read.rows - len(column.numbers)
            found[code] = _level(guide.by_code[code], column, missing, shares)
    return found, findings


class Columns(NamedTuple):
    """The columns of indicators in a table, by code, and how many rows are enterprises."""

    columns: Mapping[str, Values]
    rows: int


def read_columns(
    guide: Guide, table: Table, attributes: Sequence[str] = (POSITIVE, NEGATIVE)
) -> tuple[Columns, list[Finding]]:
    """The columns of indicators with one of these attributes.

    A column is headed by the indicator's code (or value_code, as in a portfolio) or its name; a unit in brackets behind
    it is converted to the indicator's. Raises Refused with all cells that are no number, enterprises that stand twice,
    and units that cannot be converted.
    """
    table, findings = without_totals(table)
    columns = {fold(heading): (heading, cells) for heading, cells in table.columns.items()}
    units = {parted(heading).name: (heading, cells) for heading, cells in table.columns.items()}
    matched = {
        node.code: match
        for node in guide.leaves
        if (match := next((each[name] for each in (columns, units) for name in names_of(node) if name in each), None))
    }
    below = units_below(table, {heading: guide.by_code[code] for code, (heading, _) in matched.items()})
    table, wrong = below.table, list(below.wrong)
    findings += below.told
    wrong += twice(table, {fold(heading): (heading, cells) for heading, cells in table.columns.items()})
    found: dict[str, Values] = {}
    used = set()
    for node in guide.leaves:
        if node.code not in matched:
            continue
        heading = matched[node.code][0]
        cells = table.columns[heading]
        used.add(heading)
        if node.attribute not in attributes:
            text = Text(
                "指标 {c}“{n}”不是正向或负向，没有基准值，该列未使用",
                "indicator {c} “{n}” is neither positive nor negative, has no benchmark: column not used",
            )
            findings.append(Finding(WARNING, "no-benchmark-attribute", heading, text.fill(c=node.code, n=node.name)))
            continue
        try:
            unit = below.units.get(heading) or (parted(heading).unit if fold(heading) not in names_of(node) else "")
            times = factor(unit, node) if unit else 1.0
        except JwdtError as error:
            wrong.append(Finding(ERROR, error.code, f"{table.name} {heading}", error.text, "consistency"))
            continue
        if times != 1:
            text = Text(
                "表中写的单位“{u}”已换算为“{o}”，乘以 {f}", "the table's unit “{u}” is converted to “{o}”, times {f}"
            )
            told = text.fill(u=unit, o=node.unit, f=number(times))
            findings.append(Finding(INFO, "unit-converted", f"{table.name} {heading}", told, "transparency"))
        if node.attribute == MODERATE:  # in every case but synergy the value is the name of the case
            cells = ["" if isinstance(cell, str) and cell.strip() in _CASES else cell for cell in cells]
        read = Values(table, heading, cells, node.unit.zh == "%", times)
        wrong += read.wrong
        findings += read.told
        if not read.numbers and not read.wrong:
            text = Text("指标 {c}“{n}”的列没有数值", "the column of indicator {c} “{n}” has no number")
            findings.append(Finding(WARNING, "no-values", heading, text.fill(c=node.code, n=node.name)))
        findings += scale.of_column(node, read)
        found[node.code] = read
    if not (used or wrong):
        raise refused(
            table.name,
            "no-column",
            "没有任何一列的表头是指标代码或名称，可用代码：{c}",
            "no column is headed by an indicator's code or name; the codes are {c}",
            c=", ".join(node.code for node in guide.leaves),
        )
    if wrong:
        raise Refused(tuple(wrong))
    unused = [heading for heading in table.columns if heading not in used and not is_id(heading)]
    if unused:
        text = Text("没有用到的列：{h}", "columns that were not used: {h}")
        listed = ", ".join(unused[:_MOST_LISTED]) + (" …" if len(unused) > _MOST_LISTED else "")
        findings.append(Finding(INFO, "unused-columns", table.name, text.fill(h=listed), "transparency"))
    return Columns(found, rows_in_use(table)), findings


_CASES = {name for names in CASE_NAMES.values() for name in names}
#: So many columns that nothing uses are named.
_MOST_LISTED = 20


def _level(node: Node, column: Values, missing: int, shares: Iterable[float]) -> Level:
    values = column.numbers
    quartiles = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    reached = {share: reached_level(values, node.attribute, share) for share in sorted({*shares})}
    lower, median, upper = quartiles
    return Level(
        node,
        len(values),
        missing,
        min(values),
        (lower, median, upper),
        max(values),
        reached,
        column.place(),
        column.unit,
    )


def benchmarks(
    guide: Guide,
    found: Mapping[str, Level],
    period: str,
    share: float = SHARE,
    limit: float | None = None,
    sample: Sample | None = None,
) -> tuple[dict[str, Benchmark], list[Finding]]:
    """The benchmarks to take into a guide, with their source; a level that cannot be one is left out and named.

    The values must have been computed by this guide: its conventions become the basis of the benchmarks. limit: the
    share that reaches the limit of scores by two points, of the same enterprises; without it the guide's limits stay.
    sample: the file, which their source names.
    """
    taken: dict[str, Benchmark] = {}
    findings = []
    for code, level in found.items():
        value = level.levels[share]
        worse = level.node.limit if limit is None else level.levels[limit]
        try:
            check_benchmark(value)
            if limit is not None:
                check_limit(worse or 0.0, value, level.node.attribute)
        except JwdtError as error:
            text = Text("指标 {c} 的水平不能作基准值：{e}", "the level of indicator {c} cannot be a benchmark: {e}")
            filled = text.fill(c=code, e=error.text)
            findings.append(Finding(WARNING, error.code, code, filled, "objectivity"))
            continue
        findings += scale.of_level(level.node, value, level.place or code)
        year: str | int = int(period) if period.isdecimal() else period
        basis = _basis(guide, level.node)
        taken[code] = Benchmark(
            value, level.node.unit.zh, level_source(level.n, share, period, limit, sample), year, basis, worse
        )
    return taken, findings


def _basis(guide: Guide, node: Node) -> str:
    """The convention of a value computed by the guide."""
    if ELECTRICITY in node.conventions:
        return "电力按当量值" if convention_of(guide.options) == CALORIFIC else "电力按等价值"
    return guide.output_value_basis if VALUE_BASIS in node.conventions else ""


def with_levels(guide: Guide, taken: Mapping[str, Benchmark]) -> Guide:
    """The guide with these benchmarks in place of its own."""
    from ..standard.guide import from_dict, to_dict

    data = to_dict(guide)
    for node in data["nodes"]:
        if node["code"] in taken:
            node["benchmark"] = written(taken[node["code"]])
    return from_dict(data)


def sample_in(path: str | os.PathLike[str], table: Table, said: str = "") -> Sample:
    """The file that a table was read from: in the author's words, else its name and the sheet."""
    name = os.path.basename(os.fspath(path)) + (f"!{table.sheet}" if table.sheet else "")
    return Sample(" ".join((said or name).split()), digest(path))


#: Relative: what is computed from the same file and share is the same number, up to how a file writes it.
_SAME = 1e-9


def compared(guide: Guide, taken: Mapping[str, Benchmark], sample: Sample, name: str) -> list[Finding]:
    """Whether the benchmarks of a guide that name a file are those of this one: the check of a reader."""
    stated = {
        node.code: (node.benchmark, of)
        for node in guide.leaves
        if node.benchmark and (of := sample_of(node.benchmark.source))
    }
    ours = {code: benchmark for code, (benchmark, of) in stated.items() if of.sha256 == sample.sha256}
    findings = []
    if others := [code for code in stated if code not in ours and code in taken]:
        text = Text(
            "指标 {c} 的基准值出自另一个文件(SHA-256 {d})，本文件为 {f} — 请用原表核对",
            "the benchmarks of {c} are by another file (SHA-256 {d}), this one is {f} — check them against the table they are of",
        )
        known = ", ".join(sorted({stated[code][1].sha256[:16] + "…" for code in others}))
        filled = text.fill(c=", ".join(others), d=known, f=sample.sha256[:16] + "…")
        findings.append(Finding(WARNING, "other-table", name, filled, "consistency"))
    same = []
    for code, benchmark in ours.items():
        now = taken.get(code)
        if now is None or now.source != benchmark.source:
            continue  # by another share or period: another benchmark
        limits = zip((benchmark.value, benchmark.limit), (now.value, now.limit), strict=True)
        if all(a == b or (a is not None and b is not None and math.isclose(a, b, rel_tol=_SAME)) for a, b in limits):
            same.append(code)
            continue
        text = Text(
            "指标 {c} 的基准值在指南中为 {a}，由此表重算为 {b} — 请重新写入(-o)",
            "the benchmark of {c} is {a} in the guide, and {b} by this table — write it anew (-o)",
        ).fill(c=code, a=f"{benchmark.value:.10g}", b=f"{now.value:.10g}")
        findings.append(Finding(ERROR, "benchmark-recomputed-otherwise", f"{name} {code}", text, "consistency"))
    if same:
        text = Text(
            "指南中 {n} 项基准值由此表重算无误(SHA-256、比例和时期相同)",
            "{n} benchmarks of the guide are recomputed from this table (same SHA-256, share and period)",
        ).fill(n=len(same))
        findings.append(Finding(INFO, "benchmarks-reproduced", name, text, "transparency"))
    return findings
