"""Where everything is in a survey workbook: the only place that knows an address of it."""

from __future__ import annotations

from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from ..messages import Text
from ..standard.questionnaire import Question, Questionnaire, annex_a
from ..workbook.plan import STAMP_FIRST, Cell

FORMAT = "jwdt-survey-form/1"
#: Raised whenever an address moves.
VERSION = 1
SHEETS: dict[str, Text] = {"howto": Text("说明", "How to"), "survey": Text("问卷", "Survey")}
#: Columns of the survey: number, text, answer, live check (and a text of one's own), state of the check (hidden).
NUMBER, WORDS, ANSWER, CHECK, STATE = range(5)
#: Column of the stamp's values.
VALUE = 1
_PROGRESS, _ID, _FIRST = 2, 3, 5


class Layout:
    """The addresses of a survey workbook."""

    #: What Book asks of a layout; there is no function call here, so any program reads the formulas.
    host = "portable"

    def __init__(self, language: str = "zh", questionnaire: Questionnaire | None = None) -> None:
        self.language = language
        self.questionnaire = questionnaire or annex_a()

    def text(self, text: Text) -> str:
        return text.zh if self.language == "zh" else text.en

    def title(self, sheet: str) -> str:
        return self.text(SHEETS[sheet])

    @cached_property
    def stamp(self) -> dict[str, tuple[str, Cell]]:
        values = {
            "format": FORMAT,
            "layout": str(VERSION),
            "questionnaire": self.questionnaire.id,
            "language": self.language,
        }
        return {key: (value, Cell("howto", STAMP_FIRST + i, VALUE)) for i, (key, value) in enumerate(values.items())}

    @property
    def progress(self) -> Cell:
        """How many questions are answered, in words."""
        return Cell("survey", _PROGRESS, NUMBER)

    @property
    def id(self) -> Cell:
        """The respondent's number, if the sender gave one."""
        return Cell("survey", _ID, ANSWER)

    @cached_property
    def _heads(self) -> dict[int, int]:
        """The row of every question's heading; its options follow, and a blank row."""
        rows, row = {}, _FIRST
        for question in self.questionnaire.questions:
            rows[question.number] = row
            row += len(question.options) + 2
        return rows

    def head(self, number: int, col: int = WORDS) -> Cell:
        return Cell("survey", self._heads[number], col)

    def option(self, number: int, option: int, col: int = ANSWER) -> Cell:
        """The cell of an option, counted from 1."""
        return Cell("survey", self._heads[number] + option, col)

    def own_text(self, question: Question) -> Cell:
        """Where the text of one's own goes, beside the option that asks for it."""
        return self.option(question.number, question.free_text, CHECK)

    @cached_property
    def inputs(self) -> frozenset[tuple[int, int]]:
        """Rows and columns of all cells that people fill in."""
        cells = [self.id]
        for question in self.questionnaire.questions:
            cells += [self.option(question.number, option) for option in range(1, len(question.options) + 1)]
            cells += [self.own_text(question)] if question.free_text else []
        return frozenset((cell.row, cell.col) for cell in cells)

    def check(self, number: int) -> Cell:
        return self.head(number, CHECK)

    def state(self, number: int) -> Cell:
        return self.head(number, STATE)

    @property
    def last_row(self) -> int:
        last = self.questionnaire.questions[-1]
        return self.option(last.number, len(last.options)).row

    def answers(self, question: Question) -> str:
        """The answer cells of a question, as in a formula of the same sheet."""
        first, last = (self.option(question.number, option) for option in (1, len(question.options)))
        return f"{self.ref(first)}:{self.ref(last)}"

    def states(self) -> str:
        first, *_, last = (self.state(question.number) for question in self.questionnaire.questions)
        return f"{self.ref(first)}:{self.ref(last)}"

    def ref(self, cell: Cell) -> str:
        return str(xl_rowcol_to_cell(cell.row, cell.col, row_abs=True, col_abs=True))

    def where(self, cell: Cell) -> str:
        """sheet!cell, for people."""
        return f"{self.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names and what they refer to."""
        sheet = f"'{self.title('survey')}'!"
        found = {f"stamp_{key}": f"'{self.title('howto')}'!{self.ref(cell)}" for key, (_, cell) in self.stamp.items()}
        found["in_id"] = sheet + self.ref(self.id)
        for question in self.questionnaire.questions:
            cells = self.answers(question)
            found[f"tbl_question_{question.number}"] = f"{sheet}{cells}"
            found[f"out_check_{question.number}"] = sheet + self.ref(self.check(question.number))
            found[f"out_state_{question.number}"] = sheet + self.ref(self.state(question.number))
            if question.free_text:
                found[f"in_text_{question.number}"] = sheet + self.ref(self.own_text(question))
        found["out_progress"] = sheet + self.ref(self.progress)
        return found
