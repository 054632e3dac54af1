"""A filled-in survey workbook back to its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from ..errors import Refused
from ..messages import ERROR, LANGUAGES, Finding, Text
from ..opening.refusals import refused
from ..standard.questionnaire import RANKING, SINGLE, Answer, Question, Questionnaire
from ..workbook.plan import STAMP_FIRST, Cell
from .headings import bare
from .layout import FORMAT, NUMBER, VALUE, VERSION, WORDS, Layout
from .person import Person
from .values import Options, plain, rank_in

Grid = Sequence[Sequence[Any]]


class Stamp(NamedTuple):
    """What a workbook says of itself."""

    format: str
    layout: str
    questionnaire: str
    language: str


def stamp_of(grid: Grid) -> Stamp | None:
    """The stamp on the first sheet; None where the workbook is no survey workbook."""
    rows = [grid[row] if row < len(grid) else () for row in range(STAMP_FIRST, STAMP_FIRST + len(Stamp._fields))]
    stamp = Stamp(*(plain(row[VALUE]) if len(row) > VALUE else "" for row in rows))
    return stamp if stamp.format.startswith(FORMAT.partition("/")[0] + "/") else None


def layout_of(
    name: str, stamp: Stamp, questionnaire: Questionnaire | None = None, any_questions: bool = False
) -> Layout:
    """The layout a survey workbook was made by. Raises Refused where its questions are not those of the questionnaire;
    where its sheets are is the same for any."""
    layout = Layout(stamp.language if stamp.language in LANGUAGES else LANGUAGES[0], questionnaire)
    known = stamp.format == FORMAT and stamp.layout.isdigit() and int(stamp.layout) <= VERSION
    if not known or not (any_questions or stamp.questionnaire == layout.questionnaire.id):
        raise refused(
            name,
            "other-form",
            "问卷文件为 {f} 第 {v} 版（{q}），本程序读 {g} 第 {m} 版及以前（{r}）— 请升级 jwdt-xl，或用原问卷；含指南自己的问题的，用 --own 和发问卷时的指南读取",
            "a survey workbook {f} version {v} ({q}), this program reads {g} up to version {m} ({r}) — upgrade jwdt-xl, "
            "or use the original form; one with questions of a guide is read by --own and the guide it was made with",
            f=stamp.format,
            v=stamp.layout,
            q=stamp.questionnaire,
            g=FORMAT,
            m=VERSION,
            r=layout.questionnaire.id,
        )
    return layout


def read_form(name: str, layout: Layout, grid: Grid) -> Person:
    """The person who filled in a survey workbook. Raises Refused where the questions are not at their places."""
    return _Form(name, layout, grid).person()


class _Form:
    def __init__(self, name: str, layout: Layout, grid: Grid) -> None:
        self.name, self.layout, self.grid = name, layout, grid

    def person(self) -> Person:
        self._check_places()
        answers: dict[int, Answer] = {}
        texts: dict[int, str] = {}
        problems: dict[int, tuple[str, Text]] = {}
        cells, raw = {}, {}
        for question in self.layout.questionnaire.questions:
            cells[question.number] = self._where(self.layout.head(question.number))
            given = {o: self._at(self.layout.option(question.number, o)) for o in range(1, len(question.options) + 1)}
            given = {option: text for option, text in given.items() if text}
            raw[question.number] = "; ".join(f"{option}={text}" for option, text in given.items())
            answer, problem = _answer(question, given)
            if problem:
                problems[question.number] = problem
            elif answer is not None:
                answers[question.number] = answer
            if question.free_text and (own := self._at(self.layout.own_text(question))):
                texts[question.number] = own
        where = f"{self.name} {self.layout.title('survey')}"
        return Person(self.name, where, answers, texts, problems, cells, raw, self._at(self.layout.id))

    def _at(self, cell: Cell) -> str:
        row = self.grid[cell.row] if cell.row < len(self.grid) else ()
        return plain(row[cell.col]) if cell.col < len(row) else ""

    def _where(self, cell: Cell) -> str:
        return f"{self.name} {self.layout.title('survey')}!{xl_rowcol_to_cell(cell.row, cell.col)}"

    def _check_places(self) -> None:
        """Rows that somebody inserted or deleted would give answers to other questions."""
        wrong = []
        for question in self.layout.questionnaire.questions:
            words = [(self.layout.head(question.number, NUMBER), str(question.number))]
            words += [
                (self.layout.option(question.number, place, WORDS), self.layout.text(option))
                for place, option in enumerate(question.options, 1)
            ]
            for cell, expected in words:
                if bare(self._at(cell)) != bare(expected):
                    text = Text(
                        "此处须为“{e}”，实为“{f}”：行列已变动 — 请恢复，或重新填写原问卷",
                        "must be “{e}” here, found “{f}”: rows or columns were moved — restore them, or fill in the form anew",
                    ).fill(e=expected, f=self._at(cell)[:60])
                    wrong.append(Finding(ERROR, "moved", self._where(cell), text))
        if wrong:
            raise Refused(tuple(wrong[:5]))


def _answer(question: Question, given: dict[int, str]) -> tuple[Answer, tuple[str, Text] | None]:
    if question.kind == RANKING:
        ranks: dict[Any, Any] = {option: rank_in(text) for option, text in given.items()}
        return {option: rank for option, rank in ranks.items() if rank is not None} or None, None
    options = Options(question)
    ticks = {option: options.ticked(text, option) for option, text in given.items()}
    for option, tick in ticks.items():
        if tick is None:
            text = Text(
                "第 {n} 题选项 {o} 须为 √ 或空白，实为“{v}”", "question {n}: option {o} takes √ or nothing, got “{v}”"
            )
            return None, ("bad-tick", text.fill(n=question.number, o=option, v=given[option][:60]))
    chosen = [option for option, tick in ticks.items() if tick]
    if question.kind == SINGLE and len(chosen) == 1:
        return chosen[0], None
    return chosen or None, None
