"""The portfolio workbook, sheet by sheet."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import xlsxwriter

from ... import __version__
from ...messages import SEVERITIES, Text, get_language, joined
from ...standard.guide import Guide
from ...standard.method import CHOICE, OF_ENTERED, RULES
from ..analysis import coupling, matrix
from ..analysis.changes import Change
from ..analysis.group import Get, Group, rejection_findings
from ..analysis.previous import Against, Compared
from ..collection import review
from . import charts, columns, groups
from .columns import SCORE, TEXT, Column
from .contents import CODE, FILE, FINDING, FORMAT, SHEETS, Contents, finding_cells, rows_of, written_options
from .files import HELD, REJECTED, accounting, files
from .findings import findings
from .pollutants import pollutants
from .previous import previous
from .sheet import EXCEL_ROWS, FIRST, KEYS, Book, Sheet

_OVERVIEW_WIDTHS, _METHOD_WIDTHS = (34, 14, 14), (22, 130)
_REVIEW = (
    Column("field", Text("项目", "field"), TEXT, 26),
    Column("decision", Text("决定", "decision"), TEXT, 12),
    Column("own", Text("自报", "as reported"), TEXT, 24),
    Column("value", Text("评审后", "after review"), TEXT, 24),
    Column("reason", Text("理由", "reason"), TEXT, 40),
    Column("verifier", Text("评审人", "verifier"), TEXT, 14),
    Column("date", Text("日期", "date"), TEXT, 12),
    Column("total_own", Text("自报总分", "total, own data"), SCORE, 10),
    Column("total", Text("评审后总分", "total after review"), SCORE, 10),
    Column("state", Text("结果", "outcome"), TEXT, 40),
)

_CHANGED = (
    Column("by", Text("由谁", "by whom"), TEXT, 22),
    Column("place", Text("单元格", "cell"), TEXT, 16),
    Column("field", Text("项目", "field"), TEXT, 34),
    Column("old", Text("原来", "before"), TEXT, 30),
    Column("new", Text("现在", "now"), TEXT, 24),
    Column("first", Text("以前的文件", "earlier file"), TEXT, 34),
    Column("counted", Text("计入的文件", "the file that counts"), TEXT, 34),
    Column("reason", Text("理由", "reason"), TEXT, 30),
)

OUTCOME = Column("outcome", Text("结果", "outcome"), TEXT, 10)
REJECTED_COLUMNS = (
    Column("region", Text("地区", "region"), TEXT, 16),
    Column("industry_code", Text("行业", "industry"), TEXT, 8),
    Column("mail", Text("联系邮箱（登记表，否则来件人）", "mail (register, else who sent it)"), TEXT, 30),
)


def write(
    path: str,
    group: Group,
    get: Get,
    table: str = "",
    rows: int = EXCEL_ROWS,
    changed: Sequence[Change] = (),
    last: tuple[Against, Sequence[Compared]] | None = None,
) -> None:
    """Write the portfolio of a group; ``table`` is the file that holds all of it, ``rows`` where a sheet is full.

    changed: what later returns and reviewers changed; last: what came of the comparison with last year, and its lines here.
    """
    with Book(path, rows) as book:
        contents = Contents(book, group, get, group.order, table)
        first = Sheet(book, str(SHEETS["overview"]))
        filled = {"ranking": ranking(contents), "values": values(contents)}
        if not group.guide.is_plain:
            filled["pollutants"] = pollutants(contents)
        groups.benchmarks(contents)
        if not group.guide.is_plain:  # what is entered for a guide alone does not add up
            groups.whole_industry(contents)
        groups.regions(contents)
        filled["findings"] = findings(contents)
        reviews(contents)
        changes(contents, changed)
        if last is not None:
            previous(book, group.guide, *last)
        filled["rejected"] = rejected(contents)
        filled["files"] = files(contents)
        method(contents)
        overview(contents, first, filled)
        first.sheet.activate()


_SURE = Text(
    "总分区间：按各行数据质量抽样 2,000 次的 90 % 区间；按数据质量的名次：区间全在本{u}之上的排在前，全在之下的排在后，其余都可能。",
    "Interval of the total: 90 % of 2,000 draws by the quality of each row; rank by data quality: a {u} that lies wholly above is before, one wholly below behind, any place between is possible.",
)


def ranking(contents: Contents) -> Sheet:
    lead = Text(
        "按总分（6 位小数）排名，同分同名次（1、2、2、4）；有缺失的、按指南排除的、待评审的{u}列在最后，不排名，原因写在旁边；人人按指南的选项、基准值和权重评价，按自选的总分列在旁边。名次区间：各权重独立变动 ±20 %、1,000 次抽样（固定种子）中 90 % 的名次。{c}{t}",
        "Ranked by total at 6 decimals, equal totals share a rank (1, 2, 2, 4); a {u} with anything missing, excluded by the guide or held back for review stands last, unranked, with the reason. Everybody is evaluated by the guide's options, benchmarks and weights; the total by own choices stands beside. Rank interval: 90 % of the ranks under independent changes of ±20 % of each weight, 1,000 seeded draws. {c}{t}",
    )
    with_coupling = contents.group.coupling is not None
    unit = contents.guide.subject.name
    sure = [_SURE.fill(u=unit)] if contents.group.sure else []
    beside = [*([coupling.EXPLANATION] if with_coupling else []), *sure]
    lead = lead.fill(u=unit, c=joined(beside, "", " "), t=_where_the_rest_is(contents))
    sheet = contents.sheet(
        "ranking", lead, columns.ranking(contents.guide, with_coupling, contents.group.sure is not None), pages=2
    )
    for cells in rows_of(contents.group, contents.get):
        sheet.add(cells)
    return sheet.finish()


def _where_the_rest_is(contents: Contents) -> Text:
    beyond = len(contents.order) - (contents.book.rows - FIRST)
    if beyond <= 0:
        return Text("", "")
    where = contents.table or Text("请用 --table F.parquet 生成完整表", "make the whole table with --table F.parquet")
    return Text(
        "工作表放不下全部 {n} 家，其余 {b} 家见：{w}", "the sheet cannot hold all {n}; the other {b} are in: {w}"
    ).fill(n=len(contents.order), b=beyond, w=where)


def values(contents: Contents) -> Sheet:
    lead = Text(
        "指标值、采用的基准值与权重，以及两期数量；次序同排名。",
        "Values, benchmarks and weights used, and the quantities of both periods, in the order of ranking.",
    )
    sheet = contents.sheet("values", lead, columns.values(contents.guide), pages=4)
    for cells in rows_of(contents.group, contents.get):
        sheet.add(cells)
    return sheet.finish()


def reviews(contents: Contents) -> None:
    """Only where there is anything to decide or decided."""
    lines = review.lines(contents.group, contents.get)
    first = next(lines, None)
    if first is None:
        return
    lead = Text(
        "评价机构的评审：{u}自报与评审后的结果并列；尚未评审的“不适用”和须评审的错误也列出，可据此填写评审表（jwdt collect --review）：照抄“项目”，决定写“批准”即可参加排名。没有找到{u}、未能采用的行也列出，写明原因。",
        "The evaluator's review: the {u}'s own result and the one after review, side by side; what is declared not applicable and errors that hold a return back are listed too, to be decided in a review file (jwdt collect --review): copy the field and approve it, and the return is ranked. Lines that are about no {u} there is, or could not be used, are listed with why.",
    )
    sheet = contents.sheet(
        "reviews", lead.fill(u=contents.guide.subject.name), [*columns.who(contents.guide), *_REVIEW]
    )
    for line in chain((first,), lines):
        sheet.add(line)
    sheet.finish()


def changes(contents: Contents, changed: Sequence[Change]) -> None:
    """Only where anything was changed."""
    if not changed:
        return
    lead = Text(
        "更正后的填报取代以前的，评审人的更正另计：每处改了什么、由谁改的。以前的文件仍在收到的文件中，本表据此列出；被拒绝的文件读不出的值，列其检查结果。表中的行按名称对应，与次序无关。",
        "What corrected returns, which take the place of earlier ones, and reviewers changed, value by value, and who did it. It is listed from the earlier files, which are still among those received; where a rejected file's value cannot be read its finding stands. Rows of tables are matched by name, in any order.",
    )
    sheet = contents.sheet("changes", lead, [*columns.who(contents.guide), *_CHANGED])
    for change in changed:
        cells = change._asdict()
        for key in ("old", "new"):
            value = cells[key]
            cells[key] = value if value is None or _is_number(value) else str(value)
        sheet.add(cells)
    sheet.finish()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def rejected(contents: Contents) -> Sheet:
    group = contents.group
    lead = Text(
        "{a}。{u}信息取自文件本身；读不出的，按文件名取自登记表或发放清单。更正后的文件到达后，原文件不再列在这里，计入“跳过（已更正）”。",
        "{a}. Which {u} a file is of is told by the file itself, or else by its name from the register or the manifest. Once the corrected file is here, the first one is listed here no more and counts as skipped (corrected).",
    )
    sheet = contents.sheet(
        "rejected",
        lead.fill(a=accounting([group], contents.get), u=group.guide.subject.name),
        [FILE, OUTCOME, *columns.who(contents.guide), *_rejected_columns(contents.guide), *FINDING, CODE],
    )
    for cells in rejected_cells(group, contents.get):
        sheet.add(cells)
    return sheet.finish()


def _rejected_columns(guide: Guide) -> list[Column]:
    """Who makes no products is of no industry."""
    return [each for each in REJECTED_COLUMNS if each.key != "industry_code" or guide.subject.has_products]


def rejected_cells(group: Group, get: Get) -> Iterator[dict[str, Any]]:
    """The findings of rejected and held files, the gravest of a file first."""
    for outcome, left in ((REJECTED, group.rejections), (HELD, group.held)):
        for rejection in left:
            who = rejection.who._asdict() | {"mail": rejection.who.mail or rejection.sender}
            found = rejection_findings(rejection, get)
            for finding in sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)):
                yield {"file": rejection.file, "outcome": str(outcome), **who, **finding_cells(finding)}


def overview(contents: Contents, sheet: Sheet, filled: Mapping[str, Sheet]) -> None:
    """Filled when the other sheets are done: it says what found no place on them."""
    group, guide = contents.group, contents.guide
    for col, width in enumerate(_OVERVIEW_WIDTHS):
        sheet.sheet.set_column(col, col, width)
    sheet.write(0, 0, sheet.name, "title")
    sheet.write(1, 0, f"{guide.name} · {guide.id} {guide.version}".strip(), "plain")
    sheet.row = KEYS
    sheet.sheet.set_row(KEYS, None, None, {"hidden": True})
    stamp = (FORMAT, get_language(), guide.id, guide.hash, guide.version, written_options(guide))
    sheet.line(*((text, "plain") for text in stamp))
    sheet.lines([(label, "label"), (value, style)] for label, value, style in groups.facts(group, contents.get))
    for key, full in filled.items():
        if full.left_out:
            text = Text("工作表“{s}”放不下的 {n} 行见 {w}", "{n} rows that sheet “{s}” cannot hold are in {w}").fill(
                s=SHEETS[key], n=full.left_out, w=_elsewhere(key, contents)
            )
            sheet.line((text, "plain"))
    sheet.row += 1
    complete = group.totals[~np.isnan(group.totals) & group.of_period]
    if len(complete):
        charts.add(contents.book.file, sheet, group, complete, filled["values"])


def _elsewhere(key: str, contents: Contents) -> str:
    return (
        "jwdt collect --json"
        if key in ("findings", "rejected", "files", "pollutants")
        else contents.table or "jwdt collect --table"
    )


def method(contents: Contents) -> None:
    sheet = Sheet(contents.book, str(SHEETS["method"]))
    for col, width in enumerate(_METHOD_WIDTHS):
        sheet.sheet.set_column(col, col, width)
    sheet.title(
        Text(
            "note = 编制说明印出；law = 法律或国家标准；choice = 本程序的选择，有备选项，不是标准原文。",
            "note: printed in the drafting note; law: a law or national standard; choice: ours, with alternatives, not the standard's text.",
        ),
        _METHOD_WIDTHS,
    )
    sheet.row = 3
    guide = contents.guide
    program = f"jwdt-xl {__version__}, Python {platform.python_version()}, numpy {np.__version__}, XlsxWriter {xlsxwriter.__version__}"
    interval = f"±{matrix.SPREAD:.0%}, {matrix.DRAWS} draws, seed {matrix.SEED}, {matrix.CONFIDENCE:.0%}"
    sheet.lines(
        [(label, "label"), (value, "cell")]
        for label, value in (
            (Text("评价指南", "guide"), f"{guide.name} · {guide.id} {guide.version} · {guide.hash}"),
            (Text("指南内容的 SHA-256", "SHA-256 of the guide"), guide.sha256),
            (Text("程序版本", "program"), program),
            (Text("名次区间", "rank interval"), interval),
        )
    )
    sheet.row += 1
    rules = [
        *(OF_ENTERED if guide.is_plain else RULES),
        *([(CHOICE, coupling.EXPLANATION)] if contents.group.coupling is not None else []),
    ]
    sheet.lines([(mark, "label"), (rule, "cell")] for mark, rule in rules)
