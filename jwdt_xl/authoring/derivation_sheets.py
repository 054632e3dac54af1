"""Writes the sheets that say where weights come from: experts, AHP, survey results and their combination."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from ..assessment.model import NUMBER, Spec
from ..messages import Text
from ..workbook import theme
from ..workbook.book import Book
from ..workbook.layout import Cell
from . import derivation_live as live
from . import texts
from .derivation_fields import EXPERT, HOW, LEADS, SURVEY_RESULT
from .derivation_layout import (
    COMBINED_COLUMNS,
    COMBINED_SHOWN,
    EXPERT_LINES,
    HEADS,
    STEPS,
    SURVEY_COLUMNS,
    TITLE,
    Block,
)
from .derivation_live import DerivationLive
from .derivation_values import DerivationValues, MatrixValues
from .layout import Layout, near

#: What drop-downs of judgements offer: as much as, and so many times as much or as little.
SAATY = (*(f"{k}" for k in range(9, 0, -1)), *(f"1/{k}" for k in range(2, 10)))
_FRACTION = "# ?/?"


class DerivationSheets:
    """The four sheets; input and validate are those of the other sheets."""

    def __init__(
        self,
        book: Book,
        layout: Layout,
        data: Mapping[str, Any],
        input: Callable[[Cell, Spec, Any], None],
        validate: Callable[[Cell, str, Spec, int | None], None],
        offered: Callable[[str, Sequence[str]], str],
    ) -> None:
        self.book, self.layout, self.at, self.t = book, layout, layout.derivation, layout.text
        self.live, self.values = DerivationLive(layout), DerivationValues(data, layout.derivation)
        self._input, self._validate, self._offered = input, validate, offered

    def write(self) -> None:
        self._experts()
        self._ahp()
        self._survey()
        self._combination()

    def _head(self, sheet: str, last: int, height: int) -> None:
        worksheet = self.book.sheets[sheet]
        self.book.write(Cell(sheet, 0, 0), self.layout.title(sheet), "title")
        worksheet.set_row(0, 26)
        self.book.merge(Cell(sheet, 1, 0), last, self.t(LEADS[sheet]), "lead")
        worksheet.set_row(1, height)

    def _hide(self, sheet: str, first: int, last: int) -> None:
        self.book.sheets[sheet].set_column(first, last, 9, None, {"hidden": True})

    def _computed(self, cell: Cell, formula: str, value: Any, style: str = "computed") -> None:
        if isinstance(value, Text):
            value = self.t(value)
        self.book.formula(cell, formula, value, style)

    def _bad_when(self, first: Cell, last: Cell, condition: str) -> None:
        """Cells that stand out under a condition, a formula of the first of them."""
        rule = {"type": "formula", "criteria": "=" + condition, "format": self._alarm()}
        self.book.sheets[first.sheet].conditional_format(first.row, first.col, last.row, last.col, rule)

    def _alarm(self) -> Format:
        return self.book.file.add_format({"bg_color": theme.WRONG, "bold": True})

    # Experts

    def _experts(self) -> None:
        at, sheet = self.at, self.book.sheets["experts"]
        last = at.expert(0, "weight").col + max(len(at.codes), 6)
        self._head("experts", min(last, 14), 48)
        for field, width in (("check", 16), ("name", 20), ("weight", 12)):
            sheet.set_column(at.expert(0, field).col, at.expert(0, field).col, width)
        for line in EXPERT_LINES:
            if line != "name":  # which has the headings of the columns
                self.book.merge(
                    at.expert_line(line), at.expert(0, "name").col, self.t(texts.EXPERT_LINES[line]), "label"
                )
        heads = at.expert_line("name").row
        self.book.write(at.expert(0, "check")._replace(row=heads), self.t(texts.CHECK), "heading")
        self.book.write(at.expert(0, "name")._replace(row=heads), self.t(EXPERT["name"].label), "heading")
        self.book.write(at.expert(0, "weight")._replace(row=heads), self.t(EXPERT["weight"].label), "heading")
        for field in ("name", "weight"):
            cell = at.expert(0, field)
            self._validate(cell, f"experts.{field}", EXPERT[field], at.expert(at.experts - 1, field).row)
        for parent, codes in at.groups:
            self._expert_group(parent, codes)
        sheet.set_row(at.expert_line("name").row, 44)
        for row in range(at.experts):
            self._expert(row)
        if at.codes:
            self._hide("experts", at.expert_help, at.counted(0, at.groups[-1][0], "partly").col)
        sheet.freeze_panes(at.expert(0, "name").row, at.expert(0, "weight").col + 1)
        sheet.repeat_columns(0, at.expert(0, "weight").col)
        self._mark_checks("experts", at.expert(0, "check"), at.expert(at.experts - 1, "check"))

    def _mark_checks(self, sheet: str, first: Cell, last: Cell) -> None:
        here = self.layout.ref(first)
        self._bad_when(first, last, f'AND({here}<>"",{here}<>"{self.t(live.OK)}")')

    def _expert_group(self, parent: str, codes: tuple[str, ...]) -> None:
        at, sheet = self.at, self.book.sheets["experts"]
        first, last = at.head(codes[0], "group"), at.head(codes[-1], "group")
        above = at.head(codes[0], "parent")
        name = self._name(parent)
        formula = self.live.parent_name(above)
        if last.col > first.col:
            self.book.merge_formula(first, last.col, formula, name, "heading")
        else:
            self.book.formula(first, formula, name, "heading")
        for code in codes:
            cell = at.head(code, "code")
            sheet.set_column(cell.col, cell.col, 13)
            self.book.write(at.head(code, "parent"), parent, "small")
            self.book.write(cell, code, "heading_light")
            self._computed(at.head(code, "name"), self.live.name_of(cell), self._name(code), "help")
            self._computed(
                at.head(code, "share"), self.live.expert_share(code), self.values.expert_share(code), "weight"
            )
            self._computed(at.ranks(code), self.live.ranks(code), self.values.ranks(code), "hidden")
            spec = EXPERT["scores"]
            self._validate(at.score(0, code), "experts.scores", spec, at.score(at.experts - 1, code).row)
        for line, formula, value in (
            ("agreement", self.live.agreement(parent), self.values.agreement(parent)),
            ("count", self.live.count(parent), self.values.count(parent)),
        ):
            cell, style = at.head(codes[0], line), "group_weight" if line == "agreement" else "group_count"
            if len(codes) > 1:
                self.book.merge_formula(cell, at.head(codes[-1], line).col, formula, value, style)
            else:
                self.book.formula(cell, formula, value, style)

    def _expert(self, row: int) -> None:
        at, values = self.at, self.values
        expert = values.experts[row] if row < len(values.experts) else {}
        if at.codes:
            self._computed(at.expert(row, "check"), self.live.expert_check(row), values.expert_check(row))
        for field in ("name", "weight"):
            self._input(at.expert(row, field), replace(EXPERT[field], required=False), expert.get(field))
        for code in at.codes:
            score = values.score(row, code)
            self._input(at.score(row, code), EXPERT["scores"], None if score == "" else score)
            self._computed(at.rank(row, code), self.live.rank(row, code), values.rank(row, code), "hidden")
        for parent in at.children:
            for kind, formula, value in (
                ("weight", self.live.counted_weight, values.counted_weight),
                ("inverse", self.live.inverse, values.inverse),
                ("ties", self.live.ties, values.ties),
                ("partly", self.live.partly, values.partly),
            ):
                self._computed(at.counted(row, parent, kind), formula(row, parent), value(row, parent), "hidden")

    # AHP

    def _ahp(self) -> None:
        at, sheet = self.at, self.book.sheets["ahp"]
        self._head("ahp", max(at.last_shown, 7), 56)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 30)
        sheet.set_column(2, at.last_shown, 11)
        sheet.freeze_panes(3, 2)
        if not at.compared:
            self.book.write(Cell("ahp", 3, 0), self.t(texts.NOTHING_TO_COMPARE), "hint")
            return
        self._hide("ahp", at.ahp_help - 1, at.block(at.compared[0], None).last_column)
        scale = self._offered("ahp.judgements", SAATY)
        self._overview()
        for parent in at.compared:
            title = at.section(parent)
            name = self._name(parent)
            self._computed(title, f"{self.live.parent_name(self._parent_cell(parent))}", name, "section")
            for col in range(1, at.last_shown + 1):
                self.book.write(title._replace(col=col), None, "section")
            sheet.set_row(title.row, 22)
            group = at.block(parent, None)
            members = [at.block(parent, place) for place in range(at.matrices)]
            self._group_block(parent, group, members)
            for place, block in enumerate(members):
                self._expert_block(parent, place, block, scale)
        rows = at.section(at.compared[-1]).row + (at.matrices + 1) * (len(at.children[at.compared[-1]]) + 5)
        sheet.print_area(0, 0, rows, at.last_shown)
        sheet.repeat_rows(0, 0)

    def _parent_cell(self, parent: str) -> Cell:
        """Where the code of a group stands on this sheet: in the overview."""
        return self.at.overview(parent, None)._replace(col=0)

    def _overview(self) -> None:
        at = self.at
        row = at.overview(at.compared[0], None).row - 1
        heads = [texts.AHP_GROUP, texts.AHP_NAME, texts.AHP_MEAN]
        for col, text in enumerate(heads):
            self.book.write(Cell("ahp", row, col), self.t(text), "heading")
        self.book.sheets["ahp"].set_row(row, 30)
        for place in range(at.matrices):
            formula, name = self._expert_name(place)
            self.book.formula(Cell("ahp", row, 3 + place), formula, name, "heading_light")
        for parent in at.compared:
            code = self._parent_cell(parent)
            self.book.write(code, parent, "cell")
            self._computed(code._replace(col=1), self.live.parent_name(code), self._name(parent), "cell")
            for place in (None, *range(at.matrices)):
                block, values = at.block(parent, place), self.values.matrices[parent, place]
                cr: Any = values.cr if values.state >= live.GOOD else ""
                self._computed(at.overview(parent, place), f'IF({near(block.cr)}="","",{near(block.cr)})', cr, "weight")
        first, last = at.overview(at.compared[0], None), at.overview(at.compared[-1], at.matrices - 1)
        here = self.layout.ref(first).replace("$", "")
        self._bad_when(first, last, f"AND(ISNUMBER({here}),{here}>=0.1)")

    def _expert_name(self, place: int) -> tuple[str, str]:
        """The name of an expert, or the number of the row where it goes."""
        cell = self.layout.far(self.at.expert(place, "name"))
        blank = self.t(texts.EXPERT_NUMBER.fill(n=place + 1))
        name = self.values.experts[place].get("name", "") if place < len(self.values.experts) else ""
        return f'IF({cell}="",{live.quoted(blank)},{cell}&"")', str(name) or blank

    def _name(self, code: str) -> str:
        """The name of a node as the live formulas find it."""
        if not code:
            return self.t(live.sentences.FIRST_LEVELS)
        return self.names.get(code, self.t(live.NO_SUCH_CODE))

    #: Names by code in the language of the workbook; set by the writer.
    names: Mapping[str, str] = {}

    def _group_block(self, parent: str, block: Block, members: Sequence[Block]) -> None:
        values = self.values.matrices[parent, None]
        self._frame(parent, block, values, (live.quoted(self.t(texts.GROUP_MEAN)), self.t(texts.GROUP_MEAN)))
        told = self._told(values, True, block)
        self._merged(block.at(TITLE, 2), self.live.told_group(block), told, "explained")
        for i in range(block.size):
            for j in range(block.size):
                self._computed(block.full(i, j), self.live.mean(block, members, i, j), values.full[i][j], "hidden")
                shown: Any = values.full[i][j] if values.given else ""
                self._computed(block.judgement(i, j), self.live.mean_shown(block, i, j), shown, "value")
        self._computed(block.scalar("given"), self.live.complete(members), values.given, "hidden")
        self._computed(block.scalar("state"), self.live.group_state(block), values.state, "hidden")
        self._rest(block, values)

    def _expert_block(self, parent: str, place: int, block: Block, scale: str) -> None:
        values, codes = self.values.matrices[parent, place], block.codes
        self._frame(parent, block, values, self._expert_name(place))
        self._merged(block.at(TITLE, 2), self.live.told_state(block), self._told(values, False, block), "explained")
        for i, one in enumerate(codes):
            for j, other in enumerate(codes):
                self._computed(block.full(i, j), self.live.full(block, i, j), values.full[i][j], "hidden")
                cell = block.judgement(i, j)
                if i == j:
                    self.book.write(cell, 1.0, "fraction")
                elif i < j:
                    self._judgement(cell, self.values.judgement(parent, place, one, other), scale)
                else:
                    given = self.values.judgement(parent, place, other, one)
                    across: Any = values.full[i][j] if given != "" else ""
                    self.book.formula(cell, self.live.reciprocal(block, i, j), across, "fraction")
        self._computed(block.scalar("given"), self.live.given(block), values.given, "hidden")
        self._computed(block.scalar("good"), self.live.good(block), values.good, "hidden")
        self._computed(block.scalar("state"), self.live.matrix_state(block), values.state, "hidden")
        self._rest(block, values)

    def _judgement(self, cell: Cell, value: Any, scale: str) -> None:
        self.book.write(cell, None if value == "" else value, "judgement")
        rule: dict[str, Any] = {
            "validate": "list",
            "source": "=" + scale,
            "error_type": "warning",
            "error_title": self.t(texts.JUDGEMENT),
            "error_message": self.t(texts.OFF_SCALE),
        }
        self.book.validate(cell, rule)

    def _frame(self, parent: str, block: Block, values: MatrixValues, title: tuple[str, str]) -> None:
        """Title, heads, codes and names of a block."""
        self.book.formula(block.at(TITLE, 0), title[0], title[1], "cell_bold")
        self._computed(block.at(TITLE, 1), self.live.parent_name(self._parent_cell(parent)), self._name(parent), "help")
        for col, text in enumerate((texts.CODE, texts.AHP_NAME)):
            self.book.write(block.at(HEADS, col), self.t(text), "small_heading")
        for j, code in enumerate(block.codes):
            self.book.write(block.judgement(0, j)._replace(row=block.at(HEADS, 0).row), code, "small_heading")
        self.book.write(block.at(HEADS, block.weight_column), self.t(texts.WEIGHT), "small_heading")
        for i, code in enumerate(block.codes):
            cell = block.judgement(i, 0)._replace(col=0)
            self.book.write(cell, code, "cell")
            self._computed(cell._replace(col=1), self.live.name_of(cell), self._name(code), "help")

    def _rest(self, block: Block, values: MatrixValues) -> None:
        """Powers, vector, λmax, CR, the worst judgement."""
        good = values.state >= live.GOOD
        sheet, hidden, last = self.book.sheets["ahp"], self.book.style("hidden"), block.size - 1
        for step, power in enumerate(values.powers, 1):
            first, end = block.power(step, 0, 0), block.power(step, last, last)
            formula = "{=" + self.live.power(block, step) + "}"
            sheet.write_array_formula(first.row, first.col, end.row, end.col, formula, hidden, power[0][0])
            for i, row in enumerate(power):
                for j, value in enumerate(row):
                    if i or j:
                        cell = block.power(step, i, j)
                        sheet.write_number(cell.row, cell.col, value, hidden)
        for step, vector in enumerate(values.vectors):
            first, end = block.vector(step, 0), block.vector(step, last)
            formula = "{=" + self.live.vector(block, step) + "}"
            sheet.write_array_formula(first.row, first.col, end.row, end.col, formula, hidden, vector[0])
            for i, value in enumerate(vector[1:], 1):
                sheet.write_number(first.row + i, first.col, value, hidden)
        self._computed(block.scalar("lambda"), self.live.lambda_max(block), values.lambda_max, "hidden")
        for i in range(block.size):
            for j in range(block.size):
                cell = block.deviation(i, j)
                self._computed(cell, self.live.deviation(block, i, j), values.deviations[i][j], "hidden")
            self._computed(block.largest(i), self.live.largest(block, i), max(values.deviations[i]), "hidden")
            weight: Any = values.vectors[STEPS - 1][i] if good else ""
            self._computed(block.weight(i), self.live.ahp_weight(block, i), weight, "weight")
        for name, place in zip(("worst_row", "worst_column"), values.worst, strict=True):
            self._computed(block.scalar(name), self.live.worst(block, name), place, "hidden")
        cr: Any = values.cr if good else ""
        for cell, label, formula, note in (
            (block.cr, texts.CR, self.live.cr(block), None),
            (block.cr_by_addin, texts.CR_BY_ADDIN, self.live.cr_by_addin(block), texts.BY_ADDIN),
        ):
            self.book.write(cell._replace(col=0), self.t(label), "small")
            self._computed(cell, formula, cr, "weight")
            if note:
                self.book.merge(cell._replace(col=2), self.at.last_shown, self.t(note), "hint")
        worst = self._worst(block, values) if good else ""
        self._merged(block.cr._replace(col=2), self.live.worst_sentence(block), worst, "explained")
        here = near(block.cr)
        self._bad_when(block.cr, block.cr, f"AND(ISNUMBER({here}),{here}>=0.1)")
        title = block.at(TITLE, 2)
        state = near(block.scalar("state"))
        bad = f"OR({state}={live.OUTSIDE},{state}={live.INCONSISTENT})"
        self._bad_when(title, title._replace(col=self.at.last_shown), bad)

    def _merged(self, cell: Cell, formula: str, value: str, style: str) -> None:
        self.book.merge_formula(cell, self.at.last_shown, formula, value, style)
        self.book.sheets["ahp"].set_row(cell.row, 26)

    def _told(self, values: MatrixValues, group: bool, block: Block) -> str:
        cr = format(values.cr, live.sentences.SHOWN)
        if group:
            chosen = {live.UNUSED: live.GROUP_UNUSED, live.GOOD: live.GROUP_GOOD}.get(values.state, live.GROUP_BAD)
            return self.t(chosen.fill(n=values.given, cr=cr))
        k = block.pairs - values.given if values.state == live.UNFINISHED else values.given - values.good
        return self.t(live.MATRIX_STATES[values.state].fill(k=k, cr=cr))

    def _worst(self, block: Block, values: MatrixValues) -> str:
        row, column = values.worst
        if not row:
            return self.t(live.CONSISTENT)
        weights = values.vectors[STEPS - 1]
        return self.t(live.WORST).format(
            i=self._name(block.codes[row - 1]),
            j=self._name(block.codes[column - 1]),
            v=f"{values.full[row - 1][column - 1]:.2f}",
            c=f"{weights[row - 1] / weights[column - 1]:.2f}",
        )

    # Survey results

    def _survey(self) -> None:
        at, sheet = self.at, self.book.sheets["survey"]
        self._head("survey", len(SURVEY_COLUMNS) - 1, 34)
        for col, column in enumerate(SURVEY_COLUMNS):
            sheet.set_column(col, col, texts.SURVEY_WIDTHS[column])
            self.book.write(Cell("survey", 3, col), self.t(texts.SURVEY_HEADS[column]), "heading")
        sheet.set_row(3, 30)
        sheet.freeze_panes(4, 4)
        for code in at.codes:
            result = self.values.results.get(code, {})
            parent = at.parent[code]
            name = at.result(code, "code")
            self._computed(at.result(code, "check"), self.live.survey_check(code), self.values.survey_check(code))
            above = self.layout.far(at.head(code, "group")._replace(col=at.head(at.children[parent][0], "group").col))
            self.book.formula(at.result(code, "group"), above, self._name(parent), "help")
            self.book.write(name, code, "cell")
            self._computed(at.result(code, "name"), self.live.name_of(name), self._name(code), "help")
            for field in ("score", "answers", "source"):
                spec = replace(SURVEY_RESULT[field], required=False)
                self._input(at.result(code, field), spec, result.get(field))
            self._computed(
                at.result(code, "share"), self.live.survey_share(code), self.values.survey_share(code), "weight"
            )
        if at.codes:
            for field in ("score", "answers", "source"):
                last = at.result(at.codes[-1], field).row
                self._validate(at.result(at.codes[0], field), f"survey.{field}", SURVEY_RESULT[field], last)
            self._mark_checks("survey", at.result(at.codes[0], "check"), at.result(at.codes[-1], "check"))

    # Combination

    def _combination(self) -> None:
        at, sheet = self.at, self.book.sheets["combination"]
        self._head("combination", COMBINED_SHOWN - 1, 34)
        for name, spec in HOW.items():
            cell = at.how(name)
            self.book.merge(cell._replace(col=0), 1, self.t(spec.label), "label")
            self._input(cell, spec, self.values.how.get(name))
            self.book.merge(cell._replace(col=3), COMBINED_SHOWN - 1, self.t(spec.help), "hint")
            self._validate(cell, f"derivation.{name}", spec, None)
            sheet.set_row(cell.row, 30 if spec.kind != NUMBER else 18)
        for column in COMBINED_COLUMNS[:COMBINED_SHOWN]:
            head = at.combined_head(column)
            sheet.set_column(head.col, head.col, texts.COMBINED_WIDTHS[column])
            self.book.write(head, self.t(texts.COMBINED_HEADS[column]), "heading")
        sheet.set_row(at.combined_head("code").row, 32)
        sheet.freeze_panes(at.combined_head("code").row + 1, 3)
        sheet.repeat_rows(at.combined_head("code").row)
        self._hide("combination", COMBINED_SHOWN, len(COMBINED_COLUMNS) - 1)
        for code in at.codes:
            self._combined(code)
        if at.codes:
            first, last = at.combined(at.codes[0], "state"), at.combined(at.codes[-1], "state")
            here = self.layout.ref(first)
            fine = " ,".join(f'{here}<>"{self.t(text)}"' for text in (live.GIVEN, live.DERIVED))
            self._bad_when(first, last, f"AND({fine})")
        letters = xl_col_to_name(COMBINED_SHOWN - 1)
        end = at.combined(at.codes[-1], "code").row + 1 if at.codes else at.combined_head("code").row + 1
        sheet.print_area(f"A1:{letters}{end}")

    def _combined(self, code: str) -> None:
        at, values = self.at, self.values.combined[code]
        parent = at.parent[code]
        above = self.layout.far(at.head(at.children[parent][0], "group"))
        self.book.formula(at.combined(code, "group"), above, self._name(parent), "help")
        self.book.write(at.combined(code, "code"), code, "cell")
        name = self.live.name_of(at.combined(code, "code"))
        self._computed(at.combined(code, "name"), name, self._name(code), "help")
        formulas = {
            "experts": self.live.by_experts,
            "survey": self.live.by_survey,
            "subjective": self.live.subjective,
            "objective": self.live.objective,
            "combined": self.live.combined,
            "parent_weight": self.live.parent_weight,
            "weight": self.live.weight,
            "state": self.live.state,
            "sentence": self.live.sentence,
            "exact": self.live.exact,
            "whole": self.live.whole,
            "rest": self.live.rest,
        }
        for column, formula in formulas.items():
            style = {
                "state": "computed",
                "sentence": "explained",
                "exact": "hidden",
                "whole": "hidden",
                "rest": "hidden",
            }
            value = getattr(values, column)
            self._computed(at.combined(code, column), formula(code), value, style.get(column, "weight"))
        self.book.sheets["combination"].set_row(at.combined(code, "code").row, 28)
