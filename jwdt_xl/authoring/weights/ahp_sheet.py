"""Writes the sheet AHP: an overview of the CRs, then a block for each group and each expert."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...standard.guide import sentences
from ...workbook.plan import Cell
from .. import texts
from ..layout import near
from . import ahp_live
from .fields import MATRIX
from .layout import HEADS, MATRIX_INPUTS, STEPS, TITLE, Block
from .pieces import quoted
from .said import MatrixValues
from .sheet import WeightSheet

#: What drop-downs of judgements offer: as much as, and so many times as much or as little.
SAATY = (*(f"{k}" for k in range(9, 0, -1)), *(f"1/{k}" for k in range(2, 10)))


class AhpSheet(WeightSheet):
    """The matrices."""

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
        rows = at.section(at.compared[-1]).row + (at.matrices + 1) * at.height(at.compared[-1])
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
                cr: Any = values.cr if values.state >= ahp_live.GOOD else ""
                formula = f'IF({near(block.cr)}="","",{near(block.cr)})'
                if place is None:
                    formula = self.live.overview(block, [at.block(parent, k) for k in range(at.matrices)])
                    if bad := self._inconsistent(parent):
                        cr = self.t(ahp_live.OVERVIEW_BAD.fill(cr=sentences.shown(values.cr), k=bad))
                self._computed(at.overview(parent, place), formula, cr, "weight")
        first, last = at.overview(at.compared[0], None), at.overview(at.compared[-1], at.matrices - 1)
        here = self.layout.ref(first).replace("$", "")
        self._bad_when(first, last, f'IF(ISNUMBER({here}),{here}>=0.1,{here}<>"")')

    def _inconsistent(self, parent: str) -> int:
        members = (self.values.matrices[parent, place] for place in range(self.at.matrices))
        return sum(member.state == ahp_live.INCONSISTENT for member in members)

    def _expert_name(self, place: int) -> tuple[str, str]:
        """The name of an expert, or the number of the row where it goes."""
        cell = self.layout.far(self.at.expert(place, "name"))
        blank = self.t(texts.EXPERT_NUMBER.fill(n=place + 1))
        name = self.values.experts[place].get("name", "") if place < len(self.values.experts) else ""
        return f'IF({cell}="",{quoted(blank)},{cell}&"")', str(name) or blank

    def _group_block(self, parent: str, block: Block, members: Sequence[Block]) -> None:
        values = self.values.matrices[parent, None]
        self._frame(parent, block, values, (quoted(self.t(texts.GROUP_MEAN)), self.t(texts.GROUP_MEAN)))
        told = self._told(values, True, block)
        if bad := self._inconsistent(parent):
            cr = sentences.shown(values.cr)
            told = self.t(ahp_live.GROUP_MEMBERS_BAD.fill(n=values.given, cr=cr, k=bad))
        self._merged(block.at(TITLE, 2), self.live.told_group(block, members), told, "explained")
        for i in range(block.size):
            for j in range(block.size):
                self._computed(block.full(i, j), self.live.mean(block, members, i, j), values.full[i][j], "hidden")
                shown: Any = values.full[i][j] if values.given else ""
                self._computed(block.judgement(i, j), self.live.mean_shown(block, i, j), shown, "value")
        self._computed(block.scalar("given"), self.live.complete(members), values.given, "hidden")
        self._computed(block.scalar("state"), self.live.group_state(block, members), values.state, "hidden")
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
        for field in MATRIX_INPUTS:
            cell, said = block.said(field), self.values.given.get((parent, place), {})
            self.book.write(cell._replace(col=0), self.t(MATRIX[field].label), "small")
            self._input(cell, MATRIX[field], said.get(field))
            self._validate(cell, f"ahp.{field}", MATRIX[field], None)

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
        good = values.state >= ahp_live.GOOD
        for step, power in enumerate(values.powers, 1):
            for i, row in enumerate(power):
                for j, value in enumerate(row):
                    self._computed(block.power(step, i, j), self.live.power(block, step, i, j), value, "hidden")
        for step, (image, vector) in enumerate(zip(values.images, values.vectors, strict=True)):
            for i, (product, value) in enumerate(zip(image, vector, strict=True)):
                self._computed(block.image(step, i), self.live.image(block, step, i), product, "hidden")
                self._computed(block.vector(step, i), self.live.vector(block, step, i), value, "hidden")
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
        bad = f"OR({state}={ahp_live.OUTSIDE},{state}={ahp_live.CLASH},{state}={ahp_live.INCONSISTENT})"
        self._bad_when(title, title._replace(col=self.at.last_shown), bad)

    def _merged(self, cell: Cell, formula: str, value: str, style: str) -> None:
        self.book.merge_formula(cell, self.at.last_shown, formula, value, style)
        self.book.sheets["ahp"].set_row(cell.row, 26)

    def _told(self, values: MatrixValues, group: bool, block: Block) -> str:
        cr = sentences.shown(values.cr)
        if group:
            chosen = {ahp_live.UNUSED: ahp_live.GROUP_UNUSED, ahp_live.GOOD: ahp_live.GROUP_GOOD}.get(
                values.state, ahp_live.GROUP_BAD
            )
            return self.t(chosen.fill(n=values.given, cr=cr))
        k = block.pairs - values.given if values.state == ahp_live.UNFINISHED else values.given - values.good
        return self.t(ahp_live.MATRIX_STATES[values.state].fill(k=k, cr=cr))

    def _worst(self, block: Block, values: MatrixValues) -> str:
        row, column = values.worst
        if not row:
            return self.t(ahp_live.CONSISTENT)
        weights = values.vectors[STEPS - 1]
        return self.t(ahp_live.WORST).format(
            i=self._name(block.codes[row - 1]),
            j=self._name(block.codes[column - 1]),
            v=f"{values.full[row - 1][column - 1]:.2f}",
            c=f"{weights[row - 1] / weights[column - 1]:.2f}",
        ) + (self.t(ahp_live.ANY_OF_THREE) if block.size == 3 else "")
