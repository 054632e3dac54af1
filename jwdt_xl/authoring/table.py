"""Benchmarks from a table of enterprises: the level a share of them reaches, taken into a guide with its source."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import JwdtError, Refused
from ..messages import ERROR, INFO, WARNING, Finding, Text, number
from ..opening.refusals import refused
from ..standard.guide import Guide, Node
from ..standard.guide.benchmarks import CALORIFIC, Benchmark, convention_of, reached_level
from ..standard.indicators import CASE_NAMES
from ..standard.names import fold
from ..standard.quantities import ELECTRICITY, VALUE_BASIS
from ..standard.record import written
from ..standard.scoring import MODERATE, NEGATIVE, POSITIVE, check_benchmark, check_limit
from . import scale
from .enterprises import Table, Values, is_id, names_of, rows_in_use, twice, without_totals
from .headings import factor, parted

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
    wrong = twice(table, columns)
    found: dict[str, Values] = {}
    used = set()
    for node in guide.leaves:
        match = next((each[name] for each in (columns, units) for name in names_of(node) if name in each), None)
        if match is None:
            continue
        heading, cells = match
        used.add(heading)
        if node.attribute not in attributes:
            text = Text(
                "指标 {c}“{n}”不是正向或负向，没有基准值，该列未使用",
                "indicator {c} “{n}” is neither positive nor negative, has no benchmark: column not used",
            )
            findings.append(Finding(WARNING, "no-benchmark-attribute", heading, text.fill(c=node.code, n=node.name)))
            continue
        try:
            unit = parted(heading).unit if fold(heading) not in names_of(node) else ""
            times = factor(unit, node) if unit else 1.0
        except JwdtError as error:
            wrong.append(Finding(ERROR, error.code, f"{table.name} {heading}", error.text, "consistency"))
            continue
        if times != 1:
            text = Text(
                "表头的单位“{u}”已换算为“{o}”，乘以 {f}", "the heading's unit “{u}” is converted to “{o}”, times {f}"
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
    guide: Guide, found: Mapping[str, Level], period: str, share: float = SHARE, limit: float | None = None
) -> tuple[dict[str, Benchmark], list[Finding]]:
    """The benchmarks to take into a guide, with their source; a level that cannot be one is left out and named.

    The values must have been computed by this guide: its conventions become the basis of the benchmarks. limit: the
    share that reaches the limit of scores by two points, of the same enterprises; without it the guide's limits stay.
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
        taken[code] = Benchmark(value, level.node.unit.zh, source(level.n, share, period, limit), year, basis, worse)
    return taken, findings


def _basis(guide: Guide, node: Node) -> str:
    """The convention of a value computed by the guide."""
    if ELECTRICITY in node.conventions:
        return "电力按当量值" if convention_of(guide.options) == CALORIFIC else "电力按等价值"
    return guide.output_value_basis if VALUE_BASIS in node.conventions else ""


def source(n: int, share: float, period: str, limit: float | None = None) -> str:
    """Where such a benchmark comes from, in both languages: a guide's sources are one text."""
    percent = f"{100 * share:.6g}"
    worse = "" if limit is None else f"{100 * limit:.6g}"
    zh, en = (f"，限值为 {worse}% 可达到的水平", f", limit by {worse} %") if worse else ("", "")
    return f"{period}：{n} 家企业中 {percent}% 可达到的水平{zh} / level reached by {percent} % of {n} enterprises{en}, {period}"


def with_levels(guide: Guide, taken: Mapping[str, Benchmark]) -> Guide:
    """The guide with these benchmarks in place of its own."""
    from ..standard.guide import from_dict, to_dict

    data = to_dict(guide)
    for node in data["nodes"]:
        if node["code"] in taken:
            node["benchmark"] = written(taken[node["code"]])
    return from_dict(data)
