"""Benchmarks from a table of enterprises: the level a share of them reaches, taken into a guide with its source."""

from __future__ import annotations

import csv
import io
import math
import os
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import JwdtError, Refused
from ..messages import ERROR, WARNING, Finding, Text
from ..opening.container import read
from ..opening.raw import Unsaved
from ..opening.refusals import refused
from ..standard.guide import Guide, Node
from ..standard.guide.benchmarks import CALORIFIC, Benchmark, convention_of, reached_level
from ..standard.names import fold
from ..standard.quantities import ELECTRICITY, VALUE_BASIS
from ..standard.scoring import NEGATIVE, POSITIVE, check_benchmark

#: The share of enterprises that reach the benchmark, where there is no requirement to refer to [note].
SHARE = 0.5
#: Other shares shown beside it.
SHARES = (0.2, 0.3, SHARE, 0.7, 0.9)
#: What cells say that hold no number; a case of synergy is no number either.
_BLANK = {fold(word) for word in ("", "-", "–", "—", "/", "n/a", "na", "nan", "none", "null", "不适用", "缺", "缺失", "missing", "not applicable")}  # fmt: skip
#: In the place of a formula whose value the file does not hold: no blank.
_UNSAVED = "=…（公式没有保存结果 / formula without a saved value）"
#: Headings of the column that says which enterprise a row is.
_IDS = tuple(
    fold(word) for word in ("uscc", "统一社会信用代码", "enterprise", "企业", "企业名称", "id", "file", "文件")
)


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


class Table(NamedTuple):
    """A table with one row per enterprise: the rows of each column by heading, and the row number of the first."""

    name: str
    columns: Mapping[str, Sequence[Any]]
    first_row: int = 2


def read_table(path: str | os.PathLike[str]) -> Table:
    """A table from a CSV file (UTF-8 or GBK) or the first sheet of a workbook."""
    name = os.fspath(path)
    rows = _workbook_rows(name) if name.lower().endswith((".xlsx", ".xlsm", ".ods")) else _csv_rows(name)
    start = next((i for i, row in enumerate(rows) if any(str(cell).strip() for cell in row)), None)
    if start is None:
        raise refused(name, "empty", "表是空的 — 须有表头和数据行", "the table is empty — it needs headings and rows")
    headings = [_heading(cell) for cell in rows[start]]
    twice = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if twice:
        raise refused(
            name,
            "duplicate-column",
            "表头“{h}”出现两次 — 请删去一列",
            "the heading “{h}” stands twice — delete one column",
            h="”, “".join(twice),
        )
    body = [row for row in rows[start + 1 :]]
    columns = {
        heading: [row[i] if i < len(row) else "" for row in body] for i, heading in enumerate(headings) if heading
    }
    return Table(name, columns, start + 2)


def _heading(cell: Any) -> str:
    """A heading; codes such as 2 arrive as numbers from a workbook."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _csv_rows(name: str) -> list[list[Any]]:
    raw = read(name)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise refused(
            name,
            "encoding",
            "不是 UTF-8 或 GBK 编码 — 请另存为 UTF-8 的 CSV",
            "neither UTF-8 nor GBK — save it as CSV in UTF-8",
        )
    head = text.strip().split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]


def _workbook_rows(name: str) -> list[list[Any]]:
    from ..opening.sheets import first_sheet

    grid = first_sheet(name)
    for row in grid:
        for col, cell in enumerate(row):
            if isinstance(cell, Unsaved):
                row[col] = _UNSAVED
    return grid


def levels(guide: Guide, table: Table, shares: Iterable[float] = SHARES) -> tuple[dict[str, Level], list[Finding]]:
    """What a table says about each indicator it has a column for, by code, and what is worth knowing about it.

    A column is headed by the indicator's code (or value_code, as in a portfolio) or its name. Each enterprise counts
    once; blanks are counted as missing. Raises Refused where a cell is no number or an enterprise stands twice.
    """
    columns = {fold(heading): (heading, cells) for heading, cells in table.columns.items()}
    _check_once(table, columns)
    found: dict[str, Level] = {}
    findings: list[Finding] = []
    used = set()
    for node in guide.leaves:
        names = [fold(name) for name in (node.code, f"value_{node.code}", *node.name) if name]
        match = next((columns[name] for name in names if name in columns), None)
        if match is None:
            continue
        heading, cells = match
        used.add(heading)
        if node.attribute not in (POSITIVE, NEGATIVE):
            text = Text(
                "指标 {c}“{n}”不是正向或负向，没有基准值，该列未使用",
                "indicator {c} “{n}” is neither positive nor negative, has no benchmark: column not used",
            )
            findings.append(Finding(WARNING, "no-benchmark-attribute", heading, text.fill(c=node.code, n=node.name)))
            continue
        values = _numbers(table, heading, cells)
        if not values:
            text = Text("指标 {c}“{n}”的列没有数值", "the column of indicator {c} “{n}” has no number")
            findings.append(Finding(WARNING, "no-values", heading, text.fill(c=node.code, n=node.name)))
            continue
        found[node.code] = _level(node, values, _rows_in_use(table) - len(values), shares)
    if not used:
        raise refused(
            table.name,
            "no-column",
            "没有任何一列的表头是指标代码或名称，可用代码：{c}",
            "no column is headed by an indicator's code or name; the codes are {c}",
            c=", ".join(node.code for node in guide.leaves),
        )
    return found, findings


def _rows_in_use(table: Table) -> int:
    """Rows that say anything: wholly blank ones are no enterprise."""
    rows = zip(*table.columns.values(), strict=True)
    return sum(any(str(cell).strip() for cell in row) for row in rows)


def _check_once(table: Table, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> None:
    name = next((name for name in _IDS if name in columns), None)
    if name is None:
        return
    heading, cells = columns[name]
    rows: dict[str, int] = {}
    findings = []
    for i, cell in enumerate(cells):
        who = fold(_heading(cell))
        if not who:
            continue
        if who in rows:
            text = Text(
                "“{w}”与第 {r} 行是同一企业，每家只计一次 — 请删去一行",
                "“{w}” is the enterprise of row {r}, each counts once — delete one row",
            ).fill(w=_heading(cell), r=rows[who])
            findings.append(Finding(ERROR, "enterprise-twice", _place(table, heading, i), text, "consistency"))
        rows.setdefault(who, table.first_row + i)
    if findings:
        raise Refused(tuple(findings))


def _place(table: Table, heading: str, i: int) -> str:
    return f"{table.name}:{table.first_row + i} {heading}"


def _numbers(table: Table, heading: str, cells: Sequence[Any]) -> list[float]:
    """The numbers of a column; blanks, error values and words for missing are left out."""
    values = []
    findings = []
    for i, cell in enumerate(cells):
        number = _number(cell)
        if number is None:
            text = Text(
                "“{v}”不是数字 — 请改正，没有数据则留空",
                "“{v}” is no number — correct it, or leave it blank if there is none",
            )
            findings.append(Finding(ERROR, "not-a-number", _place(table, heading, i), text.fill(v=cell), "objectivity"))
        elif not math.isnan(number):
            values.append(number)
    if findings:
        raise Refused(tuple(findings))
    return values


def _number(cell: Any) -> float | None:
    """A cell's number; NaN where it is blank or an error value, None where it is something else."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell) if math.isfinite(cell) else math.nan
    text = str(cell).strip()
    if fold(text) in _BLANK or re.fullmatch(r"#[A-Z0-9/!?]+", text):
        return math.nan
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _level(node: Node, values: list[float], missing: int, shares: Iterable[float]) -> Level:
    quartiles = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    reached = {share: reached_level(values, node.attribute, share) for share in sorted({*shares})}
    lower, median, upper = quartiles
    return Level(node, len(values), missing, min(values), (lower, median, upper), max(values), reached)


def benchmarks(
    guide: Guide, found: Mapping[str, Level], period: str, share: float = SHARE
) -> tuple[dict[str, Benchmark], list[Finding]]:
    """The benchmarks to take into a guide, with their source; a level that cannot be one is left out and named.

    The values must have been computed by this guide: its conventions become the basis of the benchmarks.
    """
    taken: dict[str, Benchmark] = {}
    findings = []
    for code, level in found.items():
        value = level.levels[share]
        try:
            check_benchmark(value)
        except JwdtError as error:
            text = Text("指标 {c} 的水平不能作基准值：{e}", "the level of indicator {c} cannot be a benchmark: {e}")
            filled = text.fill(c=code, e=error.text)
            findings.append(Finding(WARNING, error.code, code, filled, "objectivity"))
            continue
        year: str | int = int(period) if period.isdecimal() else period
        basis = _basis(guide, level.node)
        taken[code] = Benchmark(value, level.node.unit.zh, source(level.n, share, period), year, basis)
    return taken, findings


def _basis(guide: Guide, node: Node) -> str:
    """The convention of a value computed by the guide."""
    if ELECTRICITY in node.algorithm.conventions:
        return "电力按当量值" if convention_of(guide.options) == CALORIFIC else "电力按等价值"
    return guide.output_value_basis if VALUE_BASIS in node.algorithm.conventions else ""


def source(n: int, share: float, period: str) -> str:
    """Where such a benchmark comes from, in both languages: a guide's sources are one text."""
    percent = f"{100 * share:.6g}"
    return f"{period}：{n} 家企业中 {percent}% 可达到的水平 / level reached by {percent} % of {n} enterprises, {period}"


def with_levels(guide: Guide, taken: Mapping[str, Benchmark]) -> Guide:
    """The guide with these benchmarks in place of its own."""
    from ..standard.guide import from_dict, to_dict

    data = to_dict(guide)
    for node in data["nodes"]:
        if node["code"] in taken:
            node["benchmark"] = {k: v for k, v in taken[node["code"]]._asdict().items() if v != ""}
    return from_dict(data)
