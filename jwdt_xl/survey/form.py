"""The survey workbook: annex A laid out to be filled in with Excel, WPS or LibreOffice, or on paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..messages import Text, get_language, speaking
from ..standard.questionnaire import KIND_NAMES, RANKING, Question, Questionnaire, Respondent
from ..workbook.book import Book
from ..workbook.parts import height
from ..workbook.plan import Cell
from ..workbook.texts import COLOURS
from . import texts
from .layout import ANSWER, CHECK, NUMBER, SHEETS, STATE, WORDS, Layout
from .live import FINE, NOT_ASKED, REMARK, WRONG, Live, facts

TICK = "√"
_WIDTHS = {NUMBER: 4, WORDS: 52, ANSWER: 9, CHECK: 27, STATE: 6}
#: Printed at this size, a page takes so many points of rows.
_SCALE, _PAGE = 78, 930
_NOBODY = Respondent("", {})


def new_form(
    path: str | Path,
    language: str | None = None,
    person: Respondent = _NOBODY,
    id: str = "",
    questionnaire: Questionnaire | None = None,
) -> None:
    """Write the survey workbook, empty or with somebody's answers; without a questionnaire that of annex A."""
    language = language or get_language()
    with speaking(language):
        layout = Layout(language, questionnaire)
        with Book(Path(path), layout, layout.questionnaire.name, SHEETS) as book:
            _Form(book, layout, person, id).write()


class _Form:
    def __init__(self, book: Book, layout: Layout, person: Respondent, id: str) -> None:
        self.book, self.layout = book, layout
        self.person, self.id = person, id
        self.live = Live(self.layout)
        self.sheet = book.sheets["survey"]
        self.t = self.layout.text
        self._heights: dict[int, float] = {}

    def write(self) -> None:
        self._howto()
        self._top()
        states = [self._question(question) for question in self.layout.questionnaire.questions]
        progress = self.layout.progress
        words = self.live.progress_now(states)
        self.book.merge_formula(progress, CHECK, self.live.progress(), words, "cell_bold")
        self._colours()
        self._page()
        for name, reference in self.layout.names.items():
            self.book.file.define_name(name, "=" + reference)
        for sheet in self.book.sheets.values():
            sheet.hide_gridlines(2)
            sheet.set_paper(9)
            sheet.set_footer("&L&A&R&P / &N")
            sheet.protect("", {"format_columns": True, "format_rows": True})
        self.sheet.activate()
        first = self.layout.option(1, 1)
        self.sheet.set_selection(first.row, first.col, first.row, first.col)

    def _howto(self) -> None:
        sheet = self.book.sheets["howto"]
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 88)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        self.book.write(Cell("howto", 0, 0), self.t(self.layout.questionnaire.name), "title")
        for key, (value, cell) in self.layout.stamp.items():
            self.book.write(cell._replace(col=0), self.t(texts.STAMP[key]), "hint")
            self.book.write(cell, value, "hint")
        row = 8
        parts = [*(texts.STEPS, texts.RULES), (texts.SOURCE, (self.layout.questionnaire.source, texts.SENDER))]
        for heading, lines in parts:
            self.book.write(Cell("howto", row, 0), self.t(heading), "section")
            self.book.write(Cell("howto", row, 1), None, "section")
            for line in lines:
                row += 1
                self.book.write(Cell("howto", row, 1), self.t(line), "wrap")
                sheet.set_row(row, height([(self.t(line), 88)]))
            row += 2
        self.book.write(Cell("howto", row, 0), self.t(COLOURS), "section")
        for style, text in texts.COLOUR_KEY.items():
            self.book.write(Cell("howto", row, 1), self.t(text), style)
            row += 1

    def _top(self) -> None:
        for col, width in _WIDTHS.items():
            self.sheet.set_column(col, col, width, None, {"hidden": col == STATE})
        self.book.write(Cell("survey", 0, 0), self.t(self.layout.questionnaire.name), "title")
        self._tall(0, 28)
        self.book.merge(Cell("survey", 1, 0), CHECK, self.t(texts.LEAD), "lead")
        self._tall(1, 32)
        cell = self.layout.id
        self.book.merge(cell._replace(col=NUMBER), WORDS, self.t(texts.ID), "label")
        self.book.write(cell, self.id or None, "optional_text")
        self.book.write(cell._replace(col=CHECK), self.t(texts.ID_HELP), "hint")
        self._tall(cell.row, 28)
        self.sheet.freeze_panes(cell.row, 0)

    def _question(self, question: Question) -> int:
        """The block of a question; returns the state of its check."""
        head = self.layout.head(question.number)
        words = self._heading(question)
        self.book.write(head._replace(col=NUMBER), str(question.number), "row_head_centre")
        self.book.write(head, words, "row_head")
        self.book.write(head._replace(col=ANSWER), self.t(texts.ANSWER_HEAD[question.kind]), "row_head_centre")
        self._tall(head.row, height([(words, _WIDTHS[WORDS] - 3)], 9.5))
        given = self._given(question)
        for option, text in enumerate(question.options, 1):
            cell = self.layout.option(question.number, option)
            self.book.write(cell._replace(col=NUMBER), option, "centre")
            self.book.write(cell._replace(col=WORDS), self.t(text), "cell")
            self.book.write(cell, given.get(option), "choice")
            self._tall(cell.row, height([(self.t(text), _WIDTHS[WORDS] - 2)]))
        self._offer(question)
        own = self.person.texts.get(question.number, "")
        if question.free_text:
            cell = self.layout.own_text(question)
            self.book.write(cell, own or None, "optional_text")
            rule = {"validate": "any", "input_title": self.t(texts.OWN_TEXT), "input_message": self.t(texts.OWN_TEXT)}
            self.book.validate(cell, rule)
            self._tall(cell.row, 32)
        state, said = self.live.now(question, facts(question, self.layout, self.person.answers, own))
        self.book.formula(self.layout.state(question.number), self.live.state(question), state, "hidden")
        self.book.formula(self.layout.check(question.number), self.live.check(question), said, "tip")
        return state

    def _heading(self, question: Question) -> str:
        """The question as printed with its kind, and what is to be known about it."""
        kind = Text(question.mark, KIND_NAMES[question.kind].en)
        first = (
            f"【{kind.zh}】{question.text.zh}" if self.layout.language == "zh" else f"[{kind.en}] {question.text.en}"
        )
        hints = [question.limit if any(question.limit) else texts.HOW[question.kind]]
        if question.asked_question:
            deciding = self.layout.questionnaire.question(question.asked_question)
            names = [deciding.options[option - 1] for option in question.asked_options]
            chosen = Text("”“".join(n.zh for n in names), "” or “".join(n.en for n in names))
            hints.append(texts.ONLY.fill(d=deciding.number, o=chosen))
        if any(question.note) and not question.asked_question:
            hints.append(question.note)
        separator = "；" if self.layout.language == "zh" else "; "
        return f"{first}\n({separator.join(self.t(hint) for hint in hints)})"

    def _given(self, question: Question) -> Mapping[int, Any]:
        answer = self.person.answers.get(question.number)
        if answer is None or isinstance(answer, Mapping):
            return answer or {}
        return dict.fromkeys(answer if isinstance(answer, Collection) else (answer,), TICK)

    def _offer(self, question: Question) -> None:
        ranks = question.kind == RANKING
        size = len(question.options)
        help, wrong = (texts.RANK_HELP.fill(n=size), texts.RANK_WRONG) if ranks else (texts.TICK_HELP, texts.TICK_WRONG)
        rule = {
            "validate": "list",
            "source": list(range(1, size + 1)) if ranks else [TICK],
            "input_message": self.t(help),
            "error_title": self.t(texts.ANSWER_HEAD[question.kind]),
            "error_message": self.t(wrong),
        }
        self.book.validate(self.layout.option(question.number, 1), rule, self.layout.option(question.number, size).row)

    def _colours(self) -> None:
        """A check to correct is red, one with a remark amber; what is not asked turns grey."""
        for question in self.layout.questionnaire.questions:
            check, state = self.layout.check(question.number), self.layout.ref(self.layout.state(question.number))
            for found, rule in ((WRONG, "tip_wrong"), (REMARK, "tip_lacking")):
                self.book.when(check, check.row, check.col, f"{state}={found}", rule)
            self.book.when(check, check.row, check.col, f"{state}={FINE}", "done")
            if question.asked_question:
                first = self.layout.head(question.number, NUMBER)
                last = self.layout.option(question.number, len(question.options)).row
                self.book.when(first, last, ANSWER, f"{state}={NOT_ASKED}", "not_asked")

    def _page(self) -> None:
        """Portrait, and no question over two pages."""
        self.sheet.set_portrait()
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.7)
        self.sheet.set_print_scale(_SCALE)
        self.sheet.print_area(0, 0, self.layout.last_row, CHECK)
        breaks, used, before = [], 0.0, 0
        starts = [self.layout.head(question.number).row for question in self.layout.questionnaire.questions]
        ends = [*starts[1:], self.layout.last_row + 1]
        for start, end in zip(starts, ends, strict=True):
            block = sum(self._heights.get(row, 15.0) for row in range(before, end))
            if used and used + block > _PAGE:
                breaks.append(start)
                used = 0.0
            used += block
            before = end
        self.sheet.set_h_pagebreaks(breaks)

    def _tall(self, row: int, points: float) -> None:
        self.sheet.set_row(row, points)
        self._heights[row] = points
