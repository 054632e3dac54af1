"""One result workbook per enterprise of a portfolio: its scores, where it stands, what it lost and what to put right."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ...errors import Refused
from ...messages import WARNING, Finding, Text, speaking
from ...opening.filenames import file_name, free_name
from ...opening.outputs import goes_on, new_file
from ...standard.guide.subjects import ENTERPRISE, SUBJECTS, Subject
from ...standard.measures import measure_in_force
from ...standard.scoring import MODERATE
from ...workbook import theme
from ...workbook.parts import NOBODY, Sender, height
from ..book.charts import count_of
from ..book.contents import FINDING
from ..book.reader import Line, Portfolio
from ..book.sheet import Book, Sheet
from ..collection.row import EXCLUDED
from . import letters
from .csv_files import write_csv

#: Fewer enterprises, and a distribution would tell one about another.
FEWEST = 5
RESULT = "_result.xlsx"
MANIFEST, REJECTED = "manifest.csv", "rejected.csv"
#: The headings of the rejected files, and where the portfolio has them.
REJECTED_COLUMNS = {
    "file": "file", "uscc": "uscc", "name": "name", "region": "region", "industry_code": "industry_code", "mail": "mail",
    "where": "where", "reason": "text", "code": "code",
}  # fmt: skip
#: All points of an indicator.
FULL = 100
_WIDTHS = (8, 34, 18, 16, 16, 10, 10, 10, 10, 60)


class Done(NamedTuple):
    """A file that was written, or why it was not."""

    path: str
    error: Refused | None = None


class Letters(NamedTuple):
    """About rejected files: the letters, the files of nobody known, and the lines that they rest on."""

    letters: Sequence[letters.Letter]
    unknown: Sequence[str]
    rejected: Sequence[Line]


def letters_about(rejected: Sequence[Line], language: str, sender: Sender = NOBODY) -> Letters:
    """The letters of a portfolio, worked out once: whoever writes, counts or looks for what is left over has them."""
    with speaking(language):
        return Letters(*letters.letters(rejected, sender), rejected)


def feedback(portfolio: Portfolio, folder: str, about: Letters) -> Iterator[Done]:
    """Write the workbooks, the letters and the tables; yields each as it is done. One that is open elsewhere costs itself only."""
    totals = np.array([line["total"] for line in portfolio.ranking if line.get("rank") is not None], dtype=float)
    taken: set[str] = set()
    with speaking(portfolio.language):
        manifest = [
            (_name(line, taken), line.get("uscc"), line.get("name"), line["file"]) for line in portfolio.ranking
        ]
        for (name, *_), line in zip(manifest, portfolio.ranking, strict=True):
            path = os.path.join(folder, name)
            yield done(path, partial(_result, path, portfolio, line, totals))
        path = os.path.join(folder, MANIFEST)
        yield done(path, partial(write_csv, path, ("result", "uscc", "name", "file"), manifest))
        yield from _letters(about, folder, portfolio.guide.subject)


def nobodys(language: str, about: Letters, folder: str) -> Iterator[Done]:
    """The letters about rejected files of which no guide is known, and their table."""
    with speaking(language):
        yield from _letters(about, folder)


def _letters(about: Letters, folder: str, subject: Subject = SUBJECTS[ENTERPRISE]) -> Iterator[Done]:
    written, _, rejected = about
    for letter in written:
        yield done(os.path.join(folder, letter.name), partial(letters.write, letter, folder))
    rows = [[line.get(key) for key in REJECTED_COLUMNS.values()] for line in rejected]
    tables: dict[str, Callable[[str], Any]] = {
        REJECTED: lambda path: write_csv(path, tuple(REJECTED_COLUMNS), rows),
        letters.TABLE: lambda path: letters.write_table(written, folder, subject),
    }
    for name, write in tables.items():
        path = os.path.join(folder, name)
        # of an earlier portfolio with rejections one would stay that says what is settled
        if rejected or os.path.exists(path):
            yield done(path, partial(write, path))


def _result(path: str, portfolio: Portfolio, line: Line, totals: Any) -> None:
    with new_file(path) as temporary, Book(temporary) as book:
        _Feedback(book, portfolio, line, totals).write()


def done(path: str, work: Callable[[], Any]) -> Done:
    """What became of writing a file: one that is open elsewhere is told, anything worse is raised."""
    try:
        work()
    except Refused as error:
        if not goes_on(error):
            raise
        return Done(path, error)
    return Done(path)


def left_over(portfolio: Portfolio, folder: str, about: Letters) -> list[Finding]:
    """Results and letters in the folder of enterprises that this portfolio has none for, which could be sent with the others."""
    taken: set[str] = set()
    names = {_name(line, taken) for line in portfolio.ranking} | {letter.name for letter in about.letters}
    endings = {RESULT: _LEFT, letters.ENDING: _SETTLED}
    found = sorted(
        (name, text) for name in os.listdir(folder) for ending, text in endings.items() if name.endswith(ending)
    )
    return [
        Finding(WARNING, "result-of-nobody", os.path.join(folder, name), text, "consistency")
        for name, text in found
        if name not in names
    ]


_SETTLED = Text(
    "是以前汇总的退回信，本汇总中该企业没有被拒绝的文件 — 发送前请移走",
    "is a letter of an earlier portfolio, in this one the enterprise has no rejected file — move it away before anything is sent",
)
_LEFT = Text(
    "是以前汇总的结果，本汇总中没有这家企业 — 发送前请移走",
    "is a result of an earlier portfolio, this one has no such enterprise — move it away before anything is sent",
)


def _name(line: Line, taken: set[str]) -> str:
    return free_name(file_name(str(line.get("uscc") or ""), str(line.get("name") or ""), RESULT), RESULT, taken)


class _Feedback:
    def __init__(self, book: Book, portfolio: Portfolio, line: Line, totals: Any) -> None:
        self.book, self.portfolio, self.line, self.totals = book, portfolio, line, totals
        self.values: Mapping[str, Any] = portfolio.values.get(line["file"], {})
        self.guide = portfolio.guide
        self.page = Sheet(book, str(Text("评价结果", "Result")))
        self.sheet = self.page.sheet

    def write(self) -> None:
        for col, width in enumerate(_WIDTHS):
            self.sheet.set_column(col, col, width)
        self.page.line((Text("减污降碳协同增效评价结果", "Result: synergy of pollution and carbon reduction"), "title"))
        for label, value, style in self._head():
            self.page.line((None, "plain"), (label, "label"), (value, style))
        self.page.row += 1
        first = self._indicators()
        self._position()
        self._chart(first)
        self._findings()

    def _head(self) -> list[tuple[Text, Any, str]]:
        line, values, subject = self.line, self.values, self.guide.subject
        total = line.get("total")
        rows: list[tuple[Text, Any, str]] = [
            (subject.name_label, line.get("name"), "cell"),
            (subject.code_label, line.get("uscc"), "cell"),
            (
                Text("基准期 / 报告期", "base / report period"),
                f"{values.get('base') or ''} / {values.get('report') or ''}",
                "cell",
            ),
            (Text("总分", "total"), total, "total"),
            (Text("完成度", "coverage"), line.get("coverage"), "percent"),
        ]
        low, high = line.get("total_low"), line.get("total_high")
        if low is not None and high is not None:
            label = Text("总分的 90 % 区间（按数据质量）", "90 % interval of the total (by data quality)")
            rows.insert(4, (label, f"{low:.1f} – {high:.1f}", "cell"))
        if line.get("total_own") is not None:
            rows.append(
                (
                    Text(f"{subject.name.zh}自报数据的总分（评审前）", "total by own data (before review)"),
                    line["total_own"],
                    "score",
                )
            )
        if line.get("own_choice_total") is not None:
            own = Text(f"按本{subject.name.zh}自选的总分（不用于排名）", "total by your own choices (ranks nobody)")
            rows.append((own, line["own_choice_total"], "score"))
        if total is None:
            rows.append(
                (
                    Text("已得分（有缺失，未排名）", "score so far (something is missing: unranked)"),
                    line.get("so_far"),
                    "score",
                )
            )
        elif line.get("rank") is None:
            why = line.get("reason")
            if why in (None, *EXCLUDED):
                rows.append((Text("按指南排除，未排名", "excluded by the guide: unranked"), None, "cell"))
            else:
                rows.append((Text("未排名", "unranked"), why, "cell"))
        elif len(self.totals) >= FEWEST:
            below = float((self.totals <= total).mean())
            rows += [
                (Text("名次（共 {n} 家）", "rank (of {n})").fill(n=len(self.totals)), line.get("rank"), "count"),
                (
                    Text("权重 ±20 % 时的名次区间（90 %）", "rank interval under ±20 % weights (90 %)"),
                    self._interval("rank"),
                    "cell",
                ),
                *self._by_data(),
                (
                    Text(f"百分位（不高于本{self.guide.subject.name.zh}的比例）", "percentile (share not above)"),
                    below,
                    "percent",
                ),
            ]
        return rows

    def _by_data(self) -> list[tuple[Text, Any, str]]:
        """Where the collection computed intervals."""
        label = Text("按数据质量可能的名次", "ranks possible by data quality")
        shown = self._interval("data_rank")
        return [(label, shown, "cell")] if shown else []

    def _interval(self, of: str) -> str:
        low, high = self.line.get(f"{of}_low"), self.line.get(f"{of}_high")
        return f"{low:.0f} – {high:.0f}" if low is not None and high is not None else ""

    def _indicators(self) -> int:
        heads = (
            Text("序号", "no"), Text("指标", "indicator"), Text("单位", "unit"), Text("值", "value"), Text("基准值", "benchmark"),
            Text("得分", "score"), Text("权重", "weight"), Text("加权得分", "weighted"), Text("失分", "lost"), Text("怎样改进", "what to improve"),
        )  # fmt: skip
        self.page.line(*((head, "heading") for head in heads))
        first = self.page.row
        for node in self.guide.indicators:
            value, benchmark = (self.values.get(f"{key}_{node.code}") for key in ("value", "benchmark"))
            weight: Any = self.values.get(f"weight_{node.code}")
            score: Any = self.line.get(f"score_{node.code}")
            known = score is not None and weight is not None
            weighted = score * weight if known else None
            lost = max(0.0, 100 - score) * weight if known else None
            advice = self._advice(node, score, weight)
            self.page.line(
                (node.code, "cell"), (node.name, "cell"), (node.unit, "cell"), (value, "value"), (benchmark, "value"),
                (score, "score"), (weight, "weight"), (weighted, "score"), (lost, "score"), (advice, "cell"),
            )  # fmt: skip
        return first

    def _advice(self, node: Any, score: Any, weight: Any) -> Text | str:
        """What would win the lost points back, as the enterprise's own summary says it."""
        if not weight:
            return Text("不适用：{r}", "not applicable: {r}").fill(r=self.values.get("reasons") or "–")
        step = self.values.get(f"step_{node.code}") or ""
        if node.attribute == MODERATE and score is not None and score < FULL:
            return Text("{s}（协同情形：{c}；本口径{r}）", "{s} (case: {c}; the score in force {r})").fill(
                s=step, c=self.values.get("case") or "–", r=measure_in_force(self.guide.options).rewards
            )
        return str(step)

    def _position(self) -> None:
        if len(self.totals) < FEWEST:
            self.page.row += 1
            return
        self.page.row += 1
        self.page.line(
            (None, "plain"),
            (
                Text("全部{s}总分分布", "totals of all {s}").fill(s=self.guide.subject.several),
                "heading",
            ),
            (count_of(self.guide), "heading"),
        )
        counts, _ = np.histogram(self.totals, bins=10, range=(0, 100))
        total = self.line.get("total")
        own = Text(f"本{self.guide.subject.name.zh}", "you")
        for i, count in enumerate(counts):
            here = total is not None and min(int(total // 10), 9) == i
            mark = f"{i * 10}–{i * 10 + 10}" + (f" ← {own}" if here else "")
            self.page.line((None, "plain"), (mark, "label"), (int(count), "count"))
        self.page.row += 1

    def _chart(self, first: int) -> None:
        last = first + len(self.guide.indicators) - 1
        name = self.sheet.name
        chart = self.book.file.add_chart({"type": "bar"})
        chart.add_series({
            "categories": [name, first, 1, last, 1], "values": [name, first, 8, last, 8], "fill": {"color": theme.ACCENT},
            "gap": 60, "data_labels": {"value": True, "num_format": "0.00"},
        })  # fmt: skip
        chart.set_title({"name": str(Text("各指标失分", "Points lost by indicator")), "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": theme.BAND}}})
        chart.set_size({"width": 700, "height": 300})
        self.sheet.insert_chart(last + 2, 4, chart)
        while self.page.row < last + 19:
            self.page.row += 1

    def _findings(self) -> None:
        heads = [column.title for column in FINDING]
        self.page.line((Text("检查结果", "Findings"), "section"))
        self.sheet.merge_range(self.page.row, 2, self.page.row, len(_WIDTHS) - 1, "", self.book.style("heading"))
        self.page.line(*((head, "heading") for head in heads))
        for line in self.portfolio.findings.get(self.line["file"], []):
            text = str(line.get("text") or "")
            self.sheet.set_row(self.page.row, height([(text, sum(_WIDTHS[2:]))]))
            self.sheet.merge_range(self.page.row, 2, self.page.row, len(_WIDTHS) - 1, "", self.book.style("cell"))
            self.page.line(
                (str(line.get("severity") or ""), "cell"), (str(line.get("where") or ""), "cell"), (text, "cell")
            )
