"""The portfolio workbook: written row by row in constant memory, every text as a text."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import xlsxwriter

from .. import __version__
from ..errors import JwdtError
from ..messages import SEVERITIES, Finding, Text, get_language
from ..standard.benchmarks import reached_level
from ..standard.codes import divisions
from ..standard.method import RULES
from ..standard.scoring import NEGATIVE, POSITIVE
from ..workbook import theme
from ..workbook.book import CREATED
from . import columns, industry, matrix, portfolio_charts
from .columns import COUNT, NUMBER, PERCENT, SCORE, TEXT, VALUE, WEIGHT, Column
from .group import Get, Group, in_force, member_findings, rejection_findings
from .row import QUANTITIES

FORMAT = "jwdt-portfolio/1"
SHEETS = {
    "overview": Text("总览", "Overview"),
    "ranking": Text("排名", "Ranking"),
    "values": Text("指标值", "Values"),
    "benchmarks": Text("基准值", "Benchmarks"),
    "industry": Text("全行业", "Industry"),
    "regions": Text("分地区与行业", "Regions and divisions"),
    "findings": Text("检查结果", "Findings"),
    "reviews": Text("评审", "Review"),
    "rejected": Text("拒绝的文件", "Rejected files"),
    "method": Text("方法与版本", "Method and versions"),
}
#: Title, explanation, hidden keys, headings; data from here on.
KEYS, HEADING, FIRST = 2, 3, 4
#: Rows a sheet can hold.
EXCEL_ROWS = 1_048_576
_LONGEST_TEXT = 32767
_STYLES = {
    TEXT: "cell",
    NUMBER: "value",
    SCORE: "score",
    VALUE: "value",
    WEIGHT: "weight",
    PERCENT: "percent",
    COUNT: "count",
}
_FORMATS = {
    **theme.STYLES,
    "count": {"bg_color": theme.COMPUTED, "num_format": "0", "border": 1, "border_color": "#C5CED3"},
}


class Sheet:
    """A sheet that is filled from the top down."""

    def __init__(self, book: Book, key: str, width: int) -> None:
        self.book, self.key = book, key
        self.sheet = book.file.add_worksheet(str(SHEETS[key]))
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.row = 0
        self._width = width
        self.left_out = 0

    def title(self, lead: Text) -> None:
        self.write(0, 0, str(SHEETS[self.key]), "title")
        self.write(1, 0, str(lead), "plain")
        self.row = 2

    def write(self, row: int, col: int, value: Any, style: str) -> None:
        form = self.book.style(style)
        if value is None or value == "":
            code = self.sheet.write_blank(row, col, None, form)
        elif isinstance(value, str):
            code = self.sheet.write_string(row, col, value[:_LONGEST_TEXT], form)
        elif value != value:
            code = self.sheet.write_blank(row, col, None, form)
        else:
            code = self.sheet.write_number(row, col, value, form)
        if code:
            raise RuntimeError(f"XlsxWriter dropped something in {self.key} row {row} column {col}: code {code}")

    def head(self, listed: Sequence[Column]) -> None:
        self.columns = list(listed)
        for col, column in enumerate(listed):
            self.sheet.set_column(col, col, column.width)
        self.sheet.set_row(KEYS, None, None, {"hidden": True})
        for col, column in enumerate(listed):
            self.write(KEYS, col, column.key, "plain")
        self.sheet.set_row(HEADING, 48)
        for col, column in enumerate(listed):
            self.write(HEADING, col, str(column.title), "heading")
        self.sheet.freeze_panes(FIRST, min(3, len(listed) - 1))
        self.sheet.repeat_rows(HEADING)
        self.row = FIRST

    def add(self, cells: dict[str, Any]) -> None:
        if self.row >= self.book.rows:
            self.left_out += 1
            return
        for col, column in enumerate(self.columns):
            self.write(self.row, col, cells.get(column.key), _STYLES[column.kind])
        self.row += 1

    def finish(self) -> None:
        if self.row > FIRST:
            self.sheet.autofilter(HEADING, 0, self.row - 1, len(self.columns) - 1)

    def lines(self, rows: Iterable[Sequence[tuple[Any, str]]]) -> None:
        for cells in rows:
            for col, (value, style) in enumerate(cells):
                self.write(self.row, col, value, style)
            self.row += 1


class Book:
    """The XlsxWriter file; its warnings are errors."""

    def __init__(self, path: str, rows: int = EXCEL_ROWS) -> None:
        # What XlsxWriter keeps on disk meanwhile goes into a hidden folder, which no collection looks into.
        self._folder = tempfile.mkdtemp("", ".jwdt-", os.path.dirname(os.path.abspath(path)))
        settings = {"constant_memory": True, "strings_to_urls": False, "tmpdir": self._folder}
        self.file = xlsxwriter.Workbook(path, settings)
        self.file.set_properties(
            {"title": str(Text("减污降碳协同评价汇总", "Portfolio")), "created": CREATED, "author": "jwdt-xl"}
        )
        self.rows = rows
        self._styles: dict[str, Any] = {}

    def __enter__(self) -> Book:
        self._caught = warnings.catch_warnings()
        self._caught.__enter__()
        warnings.simplefilter("error")
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if error is None:
                self.file.close()
        finally:
            self._caught.__exit__(kind, error, trace)
            shutil.rmtree(self._folder, ignore_errors=True)

    def style(self, name: str) -> Any:
        if name not in self._styles:
            self._styles[name] = self.file.add_format({**theme.BASE, **_FORMATS[name]})
        return self._styles[name]


class Note(NamedTuple):
    """What the workbook says about how it was made."""

    table: str = ""
    reviews: tuple[dict[str, Any], ...] = ()


def write(path: str, group: Group, get: Get, note: Note | None = None, rows: int = EXCEL_ROWS) -> None:
    """Write the portfolio of a group; ``rows`` is where a sheet is full (Excel's limit)."""
    with Book(path, rows) as book:
        _Writer(book, group, get, note or Note()).write()


class _Writer:
    def __init__(self, book: Book, group: Group, get: Get, note: Note) -> None:
        self.book, self.group, self.get, self.note = book, group, get, note
        self.guide = group.guide
        self.order = group.order

    def write(self) -> None:
        overview = Sheet(self.book, "overview", 8)
        ranking = self._ranking()
        values = self._values()
        self._benchmarks()
        self._industry()
        self._regions()
        self._findings()
        if self.note.reviews:
            self._reviews()
        self._rejected()
        self._method()
        self._overview(overview, ranking, values)
        overview.sheet.activate()

    def _sheet(self, key: str, lead: Text, listed: Sequence[Column]) -> Sheet:
        sheet = Sheet(self.book, key, len(listed))
        sheet.title(lead)
        sheet.head(listed)
        return sheet

    def _end(self, sheet: Sheet) -> Sheet:
        sheet.finish()
        return sheet

    def _ranking(self) -> Sheet:
        lead = Text(
            "按总分（6 位小数）排名，同分同名次（1、2、2、4）；有缺失的、按指南排除的企业列在最后，不排名。名次区间：各权重独立变动 ±20 %、1,000 次抽样（固定种子）中 90 % 的名次。{t}",
            "Ranked by total at 6 decimals, equal totals share a rank (1, 2, 2, 4); those with anything missing and those excluded by the guide stand last, unranked. Rank interval: 90 % of the ranks under independent changes of ±20 % of each weight, 1,000 seeded draws. {t}",
        ).fill(t=self._where_the_rest_is())
        sheet = self._sheet("ranking", lead, columns.ranking(self.guide))
        for place in self.order:
            row = self.get(self.group.members[place].key)
            found = member_findings(self.group, place, row)
            cells = columns.cells_of(row, in_force(row), self.guide)
            rank = int(self.group.rank[place])
            sheet.add(
                cells
                | {severity: sum(f.severity == severity for f in found) for severity in SEVERITIES}
                | {
                    "rank": rank or None,
                    "rank_low": int(self.group.low[place]) or None,
                    "rank_high": int(self.group.high[place]) or None,
                    "file": self.group.members[place].file,
                    "total_own": row["total"] if "review" in row else None,
                }
            )
        return self._end(sheet)

    def _where_the_rest_is(self) -> Text:
        beyond = len(self.order) - (self.book.rows - FIRST)
        if beyond <= 0:
            return Text("", "")
        where = self.note.table or Text(
            "请用 --table F.parquet 生成完整表", "make the whole table with --table F.parquet"
        )
        return Text(
            "工作表放不下全部 {n} 家，其余 {b} 家见：{w}", "the sheet cannot hold all {n}; the other {b} are in: {w}"
        ).fill(n=len(self.order), b=beyond, w=where)

    def _values(self) -> Sheet:
        lead = Text(
            "指标值、采用的基准值与权重，以及两期数量；次序同排名。",
            "Values, benchmarks and weights used, and the quantities of both periods, in the order of ranking.",
        )
        sheet = self._sheet("values", lead, columns.values(self.guide))
        for place in self.order:
            member = self.group.members[place]
            row = self.get(member.key)
            sheet.add(columns.cells_of(row, in_force(row), self.guide) | {"file": member.file})
        return self._end(sheet)

    def _benchmarks(self) -> None:
        lead = Text(
            "本组 50 % 企业达到的水平（不插值），以及达到现行基准值的企业数；协同度和定性指标没有基准值。",
            "The level 50 % of this group reach (no interpolation), and how many meet the current benchmark; synergy and qualitative indicators have none.",
        )
        listed = [
            Column("code", Text("序号", "no"), TEXT, 7),
            Column("name", Text("指标", "indicator"), TEXT, 34),
            Column("unit", Text("单位", "unit"), TEXT, 18),
            Column("level", Text("50 % 企业达到的水平", "level 50 % reach"), VALUE, 18),
            Column("n", Text("企业数", "n"), COUNT, 9),
            Column("current", Text("现行基准值（最多企业采用）", "current benchmark (the most used)"), VALUE, 18),
            Column("meet", Text("达到现行基准值", "meet the current one"), COUNT, 12),
            Column("share", Text("达到比例", "share that meet it"), PERCENT, 10),
        ]
        sheet = self._sheet("benchmarks", lead, listed)
        for column, node in enumerate(self.guide.indicators):
            if node.attribute not in (POSITIVE, NEGATIVE):
                continue
            known = self.group.values[:, column]
            given = self.group.benchmarks[:, column]
            real = known[~np.isnan(known)]
            usual, count = np.unique(given[~np.isnan(given)], return_counts=True)
            current = float(usual[count.argmax()]) if len(usual) else None
            met = None
            if current is not None:
                met = int((real >= current).sum() if node.attribute == POSITIVE else (real <= current).sum())
            try:
                level = reached_level(real.tolist(), node.attribute)
            except JwdtError:  # nobody has a value
                level = None
            sheet.add({
                "code": node.code, "name": str(node.name), "unit": str(node.unit), "level": level, "n": len(real),
                "current": current, "meet": met, "share": met / len(real) if met is not None and len(real) else None,
            })  # fmt: skip
        self._end(sheet)

    def _industry(self) -> None:
        lead = Text(
            "各企业两期数量之和按一家企业评价（产品单位不同的分开）；定性指标取平均得分等级，基准值取最多企业采用的，权重为指南权重[选择]。",
            "The quantities of all enterprises summed and evaluated as one (apart by unit of product); of grades the mean, the benchmark most use, the guide's weights [choice].",
        )
        listed = [
            Column("what", Text("项目", "item"), TEXT, 40),
            Column("unit", Text("产品单位", "unit of product"), TEXT, 12),
            Column("n", Text("企业数", "n"), COUNT, 9),
            Column("base", Text("基准期", "base period"), VALUE, 20),
            Column("report", Text("报告期 / 指标值", "report period / value"), VALUE, 20),
            Column("benchmark", Text("基准值", "benchmark"), VALUE, 14),
            Column("score", Text("得分", "score"), SCORE, 10),
        ]
        sheet = self._sheet("industry", lead, listed)
        rows = (in_force(self.get(member.key)) for member in self.group.members)
        for entity in industry.entities(self.guide, rows):
            for key in QUANTITIES:
                base, report = entity.sums[key]
                sheet.add(
                    {
                        "what": str(columns.quantity_title(key)),
                        "unit": entity.unit,
                        "n": entity.counts[key],
                        "base": base,
                        "report": report,
                    }
                )
            for i, node in enumerate(self.guide.indicators):
                sheet.add({
                    "what": f"{node.code} {node.name}", "unit": entity.unit, "report": entity.values[i],
                    "benchmark": entity.benchmarks[i], "score": entity.scores[i],
                })  # fmt: skip
            total = (
                Text("总分", "total")
                if entity.total is not None
                else Text("总分（有缺失）", "total (something is missing)")
            )
            sheet.add({"what": str(total), "unit": entity.unit, "n": entity.enterprises, "score": entity.total})
        self._end(sheet)

    def _regions(self) -> None:
        lead = Text(
            "按地区和行业大类；平均、中位数只计有总分的企业。",
            "By region and industrial division; mean and median are of enterprises with a total.",
        )
        listed = [
            Column("kind", Text("分类", "by"), TEXT, 12),
            Column("name", Text("名称", "name"), TEXT, 40),
            Column("n", Text("企业数", "n"), COUNT, 9),
            Column("ranked", Text("有总分", "with a total"), COUNT, 9),
            *(Column(key, title, SCORE, 10) for key, title in _STATISTICS.items()),
        ]
        sheet = self._sheet("regions", lead, listed)
        members, totals = self.group.members, self.group.totals
        names = divisions()
        for kind, key in (
            (Text("地区", "region"), lambda m: m.region or str(_UNKNOWN)),
            (
                Text("行业大类", "division"),
                lambda m: (
                    f"{m.industry_code[:2]} {names[m.industry_code[:2]]}"
                    if m.industry_code[:2] in names
                    else str(_UNKNOWN)
                ),
            ),
        ):
            places: dict[str, list[int]] = {}
            for i, member in enumerate(members):
                places.setdefault(key(member), []).append(i)
            for name in sorted(places):
                of = totals[places[name]]
                of = of[~np.isnan(of)]
                numbers = (
                    {"mean": of.mean(), "median": np.median(of), "best": of.max(), "worst": of.min()} if len(of) else {}
                )
                sheet.add({"kind": str(kind), "name": name, "n": len(places[name]), "ranked": len(of), **numbers})
        self._end(sheet)

    def _findings(self) -> None:
        lead = Text(
            "每个已评价文件的检查结果：位置、发现与处理。",
            "Findings of every scored file: place, what was found, what to do.",
        )
        sheet = self._sheet("findings", lead, [_FILE, *_FINDING_COLUMNS, _CODE])
        for place in self.order:
            member = self.group.members[place]
            for finding in member_findings(self.group, place, self.get(member.key)):
                sheet.add({"file": member.file, "uscc": member.uscc, "name": member.name, **finding_cells(finding)})
        self._end(sheet)

    def _reviews(self) -> None:
        lead = Text(
            "评价机构的评审：企业自报与评审后的结果并列。",
            "The evaluator's review: the enterprise's own result and the one after review, side by side.",
        )
        sheet = self._sheet("reviews", lead, _REVIEW_COLUMNS)
        for line in self.note.reviews:
            sheet.add(line)
        self._end(sheet)

    def _rejected(self) -> None:
        lead = Text("已读取 {n} 个文件 = 已评价 {s} + 拒绝 {r}。", "{n} files read = {s} scored + {r} rejected.").fill(
            n=self.group.files, s=len(self.group.members), r=len(self.group.rejections)
        )
        sheet = self._sheet("rejected", lead, [_FILE, *_FINDING_COLUMNS[2:], _CODE])
        for rejection in self.group.rejections:
            for finding in rejection_findings(rejection, self.get):
                sheet.add({"file": rejection.file, **finding_cells(finding)})
        self._end(sheet)

    def _method(self) -> None:
        sheet = Sheet(self.book, "method", 2)
        sheet.sheet.set_column(0, 0, 22)
        sheet.sheet.set_column(1, 1, 130)
        sheet.title(
            Text(
                "note = 编制说明印出；law = 法律或国家标准；choice = 本程序的选择，有备选项，不是标准原文。",
                "note: printed in the drafting note; law: a law or national standard; choice: ours, with alternatives, not the standard's text.",
            )
        )
        sheet.row = 3
        guide = self.guide
        sheet.lines(
            [(str(label), "label"), (value, "cell")]
            for label, value in (
                (Text("评价指南", "guide"), f"{guide.name} · {guide.id} {guide.version} · {guide.hash}"),
                (Text("程序版本", "program"), f"jwdt-xl {__version__}, Python {platform.python_version()}, numpy {np.__version__}, XlsxWriter {xlsxwriter.__version__}"),
                (Text("名次区间", "rank interval"), f"±{matrix.SPREAD:.0%}, {matrix.DRAWS} draws, seed {matrix.SEED}, {matrix.CONFIDENCE:.0%}"),
            )
        )  # fmt: skip
        sheet.row += 1
        sheet.lines([(mark, "label"), (str(rule), "cell")] for mark, rule in RULES)

    def _overview(self, sheet: Sheet, ranking: Sheet, values: Sheet) -> None:
        group = self.group
        sheet.sheet.set_column(0, 0, 34)
        sheet.sheet.set_column(1, 6, 14)
        complete = group.totals[~np.isnan(group.totals)]
        sheet.title(Text("", ""))
        sheet.row = KEYS
        sheet.sheet.set_row(KEYS, None, None, {"hidden": True})
        stamp = (FORMAT, get_language(), self.guide.id, self.guide.hash)
        sheet.lines([[(text, "plain") for text in stamp]])
        facts: list[tuple[Text, Any, str]] = [
            (Text("读取的文件", "files read"), group.files, "count"),
            (Text("= 已评价", "= scored"), len(group.members), "count"),
            (Text("+ 拒绝", "+ rejected"), len(group.rejections), "count"),
            (Text("其中有总分（参加排名）", "of the scored: with a total, ranked"), len(complete), "count"),
        ]
        if len(complete):
            facts += [
                (_STATISTICS["mean"], complete.mean(), "score"),
                (_STATISTICS["median"], float(np.median(complete)), "score"),
                (_STATISTICS["best"], complete.max(), "score"),
                (_STATISTICS["worst"], complete.min(), "score"),
            ]
        sheet.lines([(str(label), "label"), (value, style)] for label, value, style in facts)
        sheet.row += 1
        if len(complete):
            portfolio_charts.add(self.book.file, sheet, group, complete, values)


_STATISTICS = {
    "mean": Text("平均总分", "mean total"),
    "median": Text("中位数", "median"),
    "best": Text("最高", "highest"),
    "worst": Text("最低", "lowest"),
}
_UNKNOWN = Text("（未填写）", "(not given)")
_FILE = Column("file", Text("文件", "file"), TEXT, 40)
_CODE = Column("code", Text("代号", "code"), TEXT, 20)
_FINDING_COLUMNS = (
    Column("uscc", Text("统一社会信用代码", "credit code"), TEXT, 22),
    Column("name", Text("企业名称", "enterprise"), TEXT, 30),
    Column("severity", Text("级别", "severity"), TEXT, 10),
    Column("where", Text("位置", "place"), TEXT, 26),
    Column("text", Text("发现与处理", "finding and what to do"), TEXT, 110),
)
_REVIEW_COLUMNS = (
    Column("uscc", Text("统一社会信用代码", "credit code"), TEXT, 22),
    Column("name", Text("企业名称", "enterprise"), TEXT, 30),
    Column("field", Text("项目", "field"), TEXT, 26),
    Column("decision", Text("决定", "decision"), TEXT, 12),
    Column("own", Text("企业自报", "the enterprise's own"), TEXT, 24),
    Column("value", Text("评审后", "after review"), TEXT, 24),
    Column("reason", Text("理由", "reason"), TEXT, 40),
    Column("verifier", Text("评审人", "verifier"), TEXT, 14),
    Column("date", Text("日期", "date"), TEXT, 12),
    Column("total_own", Text("自报总分", "total, own data"), SCORE, 10),
    Column("total", Text("评审后总分", "total after review"), SCORE, 10),
    Column("state", Text("结果", "outcome"), TEXT, 40),
)


def finding_cells(finding: Finding) -> dict[str, Any]:
    return {"severity": finding.severity, "where": finding.where, "text": str(finding.text), "code": finding.code}


def rows_of(group: Group, get: Get) -> Iterator[dict[str, Any]]:
    """Every enterprise's cells of both sheets, in the order of ranking: for tables outside Excel."""
    for place in group.order:
        member = group.members[place]
        row = get(member.key)
        yield columns.cells_of(row, in_force(row), group.guide) | {
            "rank": int(group.rank[place]) or None,
            "rank_low": int(group.low[place]) or None,
            "rank_high": int(group.high[place]) or None,
            "file": member.file,
            **{s: sum(f.severity == s for f in member_findings(group, place, row)) for s in SEVERITIES},
        }
