"""A survey tool's export as people: a row each, columns found by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from ..messages import INFO, WARNING, Finding, Text
from ..opening.refusals import refused
from ..standard.names import fold
from ..standard.questionnaire import RANKING, Answer, Question, Questionnaire
from .headings import ID, NUMBER, OPTION, PLACE, STATE, TIME, WHOLE, Column, Headings
from .numbering import shift_of
from .person import Person
from .rowanswer import Reader
from .values import Options, is_nothing, plain, rank_in

Grid = Sequence[Sequence[Any]]
#: Rows above the heading: a title, an explanation.
_HEADING_WITHIN = 10
#: Rows of headings below the first, and what such a row holds that is for programs.
_MORE_HEADINGS = 3
_FOR_PROGRAMS = re.compile(r"\{\s*\"ImportId\"")
#: What tools and people write of answers that must not count; and yes and no where that is asked.
_INVALID = frozenset(map(fold, (
    "无效", "无效答卷", "无效问卷", "无效数据", "标记为无效", "已标记无效", "作废", "已作废", "剔除", "已剔除", "筛除", "已筛除", "已删除", "invalid", "spam",
    "survey preview", "survey test", "rejected", "discarded",
)))  # fmt: skip
_NO, _YES = ("否", "0", "no", "n", "false", "×"), ("是", "1", "yes", "y", "true", "√")
_LETTER = re.compile(r"[^\W\d_]")
#: Times that say in which order they come: the year first, 24 hours. Others may mean day or month, morning or evening.
_TIME = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?分?)?Z?"
)


class Table(NamedTuple):
    """The people of a table, and what is to be said about its columns."""

    people: list[Person]
    findings: list[Finding]


def read_table(name: str, sheet: str, grid: Grid, questionnaire: Questionnaire) -> Table:
    """The people of an export. Raises Refused where no heading is found, or two columns say the same."""
    plan = _Plan(name, sheet, grid, questionnaire)
    people = [plan.person(row, cells) for row, cells in enumerate(grid[plan.first :], plan.first) if _filled(cells)]
    return Table(people, list(plan.findings()))


def _filled(cells: Sequence[Any]) -> bool:
    return any(cell is not None and cell != "" for cell in cells)


class _Plan:
    """Which column says what, and how a row is read by it."""

    def __init__(self, name: str, sheet: str, grid: Grid, questionnaire: Questionnaire) -> None:
        self.name, self.prefix = name, f"{name} {sheet}!" if sheet else f"{name}!"
        self.questionnaire = questionnaire
        self.grid = grid
        self.options = {question.number: Options(question) for question in questionnaire.questions}
        headings = Headings(questionnaire)
        self.columns, self.heading, self.unknown = self._found(grid, headings)
        self.first = self._below(grid, headings)
        self.shift = (
            0 if self.double else shift_of(name, grid[self.heading], grid[self.first :], headings, self.options)
        )
        if self.shift:
            self._shifted(grid[self.heading], headings)
        self._check_twice()
        self.by_question: dict[int, dict[str, dict[int, tuple[int, Column]]]] = {}
        for col, column in self.columns.items():
            if column.question:
                kinds = self.by_question.setdefault(column.question, {})
                kinds.setdefault(column.kind, {})[column.part] = (col, column)
        self.people = {column.kind: col for col, column in reversed(list(self.columns.items())) if not column.question}
        self.absent = frozenset(q.number for q in questionnaire.questions if q.number not in self.by_question)
        #: Ranking questions whose columns by bare number are places, not options.
        self.places = {q.number for q in questionnaire.questions if self._holds_words(q, grid)}

    def _found(self, grid: Grid, headings: Headings) -> tuple[dict[int, Column], int, list[tuple[int, str]]]:
        rows = [
            (row, {col: column for col, cell in enumerate(cells) if (column := headings.column(plain(cell)))}, cells)
            for row, cells in enumerate(grid[:_HEADING_WITHIN])
            if _filled(cells)
        ]
        named = [(_worth(columns, cells), -row, columns) for row, columns, cells in rows]
        worth, row, columns = max(named, key=lambda found: found[:2], default=(0, 0, {}))
        if not worth and rows:  # bare numbers may be a heading, but only where nothing stands above them
            row, columns, _ = rows[0]
            worth = sum(bool(column.question) for column in columns.values())
        row = abs(row)
        self.double = 0
        if not worth:
            raise refused(
                self.name,
                "no-heading",
                "没有找到问卷的表头，须有各题的列（题号“Q5”“5、…”或题目原文）— 请在第一行写明题号或题目",
                "no heading of the questionnaire found, must have columns by question (“Q5”, “5、…” or the words of the "
                "question) — name them in the first row",
            )
        two = self._two_rows(grid, row, headings)
        if two and len(two) > len(columns):
            columns, self.double = two, 1
        unknown = [(col, plain(cell)) for col, cell in enumerate(grid[row]) if col not in columns and plain(cell)]
        return columns, row, unknown

    def _below(self, grid: Grid, headings: Headings) -> int:
        """The first row of answers: some tools have more rows of headings, in words and for programs."""
        first = self.heading + 1 + self.double
        for row, cells in enumerate(grid[first : first + _MORE_HEADINGS], first):
            texts = [text for text in map(plain, cells) if text]
            if any(_FOR_PROGRAMS.match(text) for text in texts):
                return row + 1
            same = sum(
                1 for col, column in self.columns.items()
                if column.question and col < len(cells) and headings.column(plain(cells[col])) == column
            )  # fmt: skip
            if 2 * same > sum(bool(column.question) for column in self.columns.values()) and _worth(
                self.columns, cells
            ):
                first = row + 1
        return first

    def _shifted(self, heading: Sequence[Any], headings: Headings) -> None:
        names = {col: plain(cell) for col, cell in enumerate(heading) if plain(cell)}
        self.columns = {col: column for col, name in names.items() if (column := headings.column(name, self.shift))}
        self.unknown = [(col, name) for col, name in names.items() if col not in self.columns]

    def _two_rows(self, grid: Grid, row: int, headings: Headings) -> dict[int, Column]:
        """Questions in one row and their options below, as some tools do; the first of its cells alone is named."""
        if row + 1 >= len(grid):
            return {}
        above, below = grid[row], grid[row + 1]
        found: dict[int, Column] = {}
        under_blank = False
        title = ""
        for col in range(max(len(above), len(below))):
            here = plain(above[col]) if col < len(above) else ""
            part = plain(below[col]) if col < len(below) else ""
            title = here or title
            column = headings.column(f"{title}({part})") if part else headings.column(title) if here else None
            column = column or (headings.column(here) if here else None)
            if column:
                found[col] = column
                under_blank |= not here and column.kind in (OPTION, PLACE)
        return found if under_blank else {}

    def _check_twice(self) -> None:
        seen: dict[tuple[str, int, int], int] = {}
        for col, column in self.columns.items():
            key = column[:3]
            if column.question and key in seen:
                place = self._cell(self.heading, col)
                raise refused(
                    place,
                    "column-twice",
                    "与 {o} 列内容相同（第 {q} 题），无法确定用哪一列 — 请删去一列，或改名",
                    "says the same as {o} (question {q}), so it is not known which one counts — delete or rename one",
                    o=self._cell(self.heading, seen[key]),
                    q=column.question,
                )
            seen.setdefault(key, col)

    def _holds_words(self, question: Question, grid: Grid) -> bool:
        """Whether the columns “Q6[1]” of a ranking hold options (by words or codes) and not ranks."""
        if question.kind != RANKING:
            return False
        columns = [
            col for col, column in self.by_question.get(question.number, {}).get(OPTION, {}).values() if column.bare
        ]
        texts = [plain(row[col]) for row in grid[self.first : self.first + 200] for col in columns if col < len(row)]
        given = [text for text in texts if not is_nothing(text)]
        return bool(given) and all(isinstance(rank_in(text), str) for text in given)

    def findings(self) -> Iterator[Finding]:
        """What is worth knowing about the columns."""
        if self.shift:
            text = Text(
                "题号比本问卷大 {n}（前面另有题目，如知情同意）：已按选项文字对应，请核对",
                "the numbers are {n} ahead of the questionnaire (something is asked before, such as consent): matched by the options' words, check it",
            )
            yield Finding(WARNING, "numbers-shifted", self.name, text.fill(n=self.shift), "consistency")
        if self.absent:
            number = ", ".join(map(str, sorted(self.absent)))
            text = Text(
                "没有第 {n} 题的列：视为没有问这些受访者",
                "no column for question {n}: taken as not put to these people",
            )
            yield Finding(WARNING, "no-column", self.name, text.fill(n=number), "completeness")
        for question in self.questionnaire.questions:
            kinds = self.by_question.get(question.number, {})
            if question.kind == RANKING and any(column.bare for _, column in kinds.get(OPTION, {}).values()):
                yield Finding(WARNING, "ranking-columns", self.name, self._reading(question), "consistency")
            if WHOLE in kinds and (OPTION in kinds or PLACE in kinds):
                col = next(iter(kinds[WHOLE].values()))[0]
                text = Text(
                    "第 {n} 题既有整题列又有分项列，只用分项列",
                    "question {n} has a column of its own and columns by option; the latter are used",
                )
                yield Finding(INFO, "column-unused", self._cell(self.heading, col), text.fill(n=question.number))
        if self.unknown:
            names = "、".join(name[:30] for _, name in self.unknown[:20])
            text = Text(
                "{k} 列不属于本问卷，未使用：{n}", "{k} columns are not of this questionnaire and not used: {n}"
            )
            yield Finding(INFO, "column-unknown", self.name, text.fill(k=len(self.unknown), n=names))

    def _reading(self, question: Question) -> Text:
        if question.number in self.places:
            return Text(
                "第 {n} 题的列 1、2… 读作名次，值为选项；若不对，请改列名",
                "question {n}: columns 1, 2 … are read as ranks that hold options; rename them if that is wrong",
            ).fill(n=question.number)
        return Text(
            "第 {n} 题的列 1、2… 读作选项，值为名次；若列是名次，请把列名改为 Q{n}[Rank 1] …",
            "question {n}: columns 1, 2 … are read as options that hold ranks; if they are ranks, name them Q{n}[Rank 1] …",
        ).fill(n=question.number)

    def person(self, row: int, cells: Sequence[Any]) -> Person:
        answers: dict[int, Answer] = {}
        texts: dict[int, str] = {}
        problems: dict[int, tuple[str, Text]] = {}
        for question in self.questionnaire.questions:
            kinds = self.by_question.get(question.number)
            if not kinds:
                continue
            reader = Reader(question, kinds, cells, self.options[question.number], question.number in self.places)
            if reader.problem:
                problems[question.number] = reader.problem
            elif reader.answer is not None:
                answers[question.number] = reader.answer
            if reader.own:
                texts[question.number] = reader.own
        return Person(
            self.name, f"{self.prefix}{row + 1}", answers, texts, problems, _Cells(self, row), _Raw(self, cells),
            self._about(ID, cells), self._about(NUMBER, cells),
            _time(self._about(TIME, cells)), self._about(TIME, cells), self._invalid(cells), self.absent,
        )  # fmt: skip

    def _invalid(self, cells: Sequence[Any]) -> str:
        """What marks a row as one that must not count."""
        said, asked = (
            self._about(STATE, cells),
            fold(plain(self.grid[self.heading][self.people[STATE]])) if STATE in self.people else "",
        )
        no = fold(said) in _NO and any(word in asked for word in ("有效", "valid")) and "无效" not in asked
        yes = fold(said) in _YES and "无效" in asked
        return said if no or yes or fold(said) in _INVALID else ""

    def _about(self, kind: str, cells: Sequence[Any]) -> str:
        col = self.people.get(kind, -1)
        return plain(cells[col]) if 0 <= col < len(cells) else ""

    def _cell(self, row: int, col: int) -> str:
        return f"{self.prefix}{xl_rowcol_to_cell(row, col)}"

    def cols(self, number: int) -> list[int]:
        return sorted(col for kind in self.by_question.get(number, {}).values() for col, _ in kind.values())


def _time(text: str) -> tuple[int, ...]:
    """A time that can be compared; empty where it cannot."""
    found = _TIME.fullmatch(text.strip())
    return tuple(int(part or 0) for part in found.groups()) if found else ()


class _Cells(Mapping[int, str]):
    """The place of each answer in a row, made when it is asked for."""

    def __init__(self, plan: _Plan, row: int) -> None:
        self._plan, self._row = plan, row

    def __getitem__(self, number: int) -> str:
        cols = self._plan.cols(number)
        if not cols:
            raise KeyError(number)
        return self._plan._cell(self._row, cols[0])

    def __iter__(self) -> Iterator[int]:
        return iter(self._plan.by_question)

    def __len__(self) -> int:
        return len(self._plan.by_question)


class _Raw(_Cells):
    """The text of each answer."""

    def __init__(self, plan: _Plan, cells: Sequence[Any]) -> None:
        self._plan, self._values = plan, cells

    def __getitem__(self, number: int) -> str:
        columns = [(col, self._plan.columns[col]) for col in self._plan.cols(number)]
        said = [(column, plain(self._values[col])) for col, column in columns if col < len(self._values)]
        return "; ".join(f"{column.part}={text}" if column.part else text for column, text in said if text)


def _worth(columns: Mapping[int, Column], cells: Sequence[Any]) -> int:
    """How much a row says of the questionnaire by words; a row of numbers may be an answer by codes."""
    return sum(1 for col, column in columns.items() if column.question and _LETTER.search(plain(cells[col])))
