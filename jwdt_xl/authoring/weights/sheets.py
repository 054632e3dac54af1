"""Writes the sheets that say where weights come from: experts, AHP, survey results and their combination."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name

from ...messages import Text
from ...standard.record import NUMBER, Spec
from ...workbook.plan import Cell
from .. import texts
from .ahp_sheet import AhpSheet
from .combination import DERIVED, GIVEN
from .fields import EXPERT, HOW, SAMPLE, SURVEY_RESULT
from .layout import (
    COMBINED_COLUMNS,
    COMBINED_SHOWN,
    EXPERT_FIELDS,
    EXPERT_INPUTS,
    EXPERT_LINES,
    SAMPLE_COLUMNS,
    SURVEY_COLUMNS,
)
from .pieces import Computed
from .sampled import UNUSED
from .sheet import WeightSheet


class Live(NamedTuple):
    """The computed cells of a sheet with a row per node, and which words of its check are no fault beside OK."""

    check: Callable[[WeightSheet], Callable[[str], Computed]]
    share: Callable[[WeightSheet], Callable[[str], Computed]]
    fine: tuple[Text, ...] = ()


_SURVEY = Live(lambda of: of.sources.survey_check, lambda of: of.sources.survey_share)
_SAMPLE = Live(lambda of: of.combination.samples.check, lambda of: of.combination.samples.share, (UNUSED,))


class DerivationSheets(AhpSheet):
    """The five sheets."""

    def write(self) -> None:
        self._experts()
        self._ahp()
        self._by_node("survey", SURVEY_COLUMNS, SURVEY_RESULT, self.at.result, self.values.results, _SURVEY)
        self._by_node("sample", SAMPLE_COLUMNS, SAMPLE, self.at.sampled, self.values.sample, _SAMPLE)
        self._combination()

    # Experts

    def _experts(self) -> None:
        at, sheet = self.at, self.book.sheets["experts"]
        last = at.expert(0, EXPERT_INPUTS[-1]).col + max(len(at.codes), 6)
        self._head("experts", min(last, 14), 48)
        for col, field in enumerate(EXPERT_FIELDS):
            sheet.set_column(col, col, texts.EXPERT_WIDTHS.get(field, 12))
        for line in EXPERT_LINES:
            if line != "name":  # which has the headings of the columns
                self.book.merge(
                    at.expert_line(line), at.expert(0, "name").col, self.t(texts.EXPERT_LINES[line]), "label"
                )
        heads = at.expert_line("name").row
        self.book.write(at.expert(0, "check")._replace(row=heads), self.t(texts.CHECK), "heading")
        for field in EXPERT_INPUTS:
            cell = at.expert(0, field)
            self.book.write(cell._replace(row=heads), self.t(EXPERT[field].label), "heading")
            self._validate(cell, f"experts.{field}", EXPERT[field], at.expert(at.experts - 1, field).row)
        for parent, codes in at.groups:
            self._expert_group(parent, codes)
        sheet.set_row(at.expert_line("name").row, 44)
        for row in range(at.experts):
            self._expert(row)
        if at.codes:
            self._hide("experts", at.expert_help, at.expert_fault(0).col)
        end = at.expert(0, EXPERT_INPUTS[-1])
        sheet.freeze_panes(end.row, end.col + 1)
        sheet.repeat_columns(0, end.col)
        self._mark_checks("experts", at.expert(0, "check"), at.expert(at.experts - 1, "check"))

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
            self._computed(at.head(code, "share"), *self.sources.expert_share(code), "weight")
            self._computed(at.ranks(code), *self.sources.ranks(code), "hidden")
            spec = EXPERT["scores"]
            self._validate(at.score(0, code), "experts.scores", spec, at.score(at.experts - 1, code).row)
        for line, (formula, value) in (
            ("agreement", self.sources.agreement(parent)),
            ("count", self.sources.count(parent)),
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
            self._computed(at.expert(row, "check"), *self.sources.expert_check(row))
            self._computed(at.expert_fault(row), *self.sources.expert_fault(row), "hidden")
        for field in EXPERT_INPUTS:
            self._input(at.expert(row, field), EXPERT[field]._replace(required=False), expert.get(field))
        for code in at.codes:
            score = values.score(row, code)
            self._input(at.score(row, code), EXPERT["scores"], None if score == "" else score)
            self._computed(at.rank(row, code), *self.sources.rank(row, code), "hidden")
        for parent in at.children:
            for kind, cell in (
                ("weight", self.sources.counted),
                ("inverse", self.sources.inverse),
                ("ties", self.sources.ties),
                ("fault", self.sources.fault),
            ):
                self._computed(at.counted(row, parent, kind), *cell(row, parent), "hidden")

    # Survey results, and weights by a sample: a row per node

    def _by_node(
        self,
        name: str,
        columns: tuple[str, ...],
        specs: Mapping[str, Spec],
        at: Callable[[str, str], Cell],
        entries: Mapping[Any, Mapping[str, Any]],
        live: Live,
    ) -> None:
        sheet, inputs = self.book.sheets[name], [column for column in columns if column in specs and column != "code"]
        self._head(name, len(columns) - 1, 34)
        for col, column in enumerate(columns):
            sheet.set_column(col, col, texts.NODE_WIDTHS.get(column, 14))
            head = specs[column].label if column in inputs else texts.NODE_HEADS[column]
            self.book.write(Cell(name, 3, col), self.t(head), "heading")
        sheet.set_row(3, 30)
        sheet.freeze_panes(4, 4)
        for code in self.at.codes:
            parent = self.at.parent[code]
            self._computed(at(code, "check"), *live.check(self)(code))
            above = self.layout.far(self.at.head(self.at.children[parent][0], "group"))
            self.book.formula(at(code, "group"), above, self._name(parent), "help")
            self.book.write(at(code, "code"), code, "cell")
            self._computed(at(code, "name"), self.live.name_of(at(code, "code")), self._name(code), "help")
            for field in inputs:
                self._input(at(code, field), specs[field]._replace(required=False), entries.get(code, {}).get(field))
            self._computed(at(code, "share"), *live.share(self)(code), "weight")
        if self.at.codes:
            first, last = self.at.codes[0], self.at.codes[-1]
            for field in inputs:
                self._validate(at(first, field), f"{name}.{field}", specs[field], at(last, field).row)
            self._mark_checks(name, at(first, "check"), at(last, "check"), *live.fine)

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
            fine = " ,".join(f'{here}<>"{self.t(text)}"' for text in (GIVEN, DERIVED))
            self._bad_when(first, last, f"AND({fine})")
        letters = xl_col_to_name(COMBINED_SHOWN - 1)
        end = at.combined(at.codes[-1], "code").row + 1 if at.codes else at.combined_head("code").row + 1
        sheet.print_area(f"A1:{letters}{end}")

    def _combined(self, code: str) -> None:
        at = self.at
        parent = at.parent[code]
        above = self.layout.far(at.head(at.children[parent][0], "group"))
        self.book.formula(at.combined(code, "group"), above, self._name(parent), "help")
        self.book.write(at.combined(code, "code"), code, "cell")
        name = self.live.name_of(at.combined(code, "code"))
        self._computed(at.combined(code, "name"), name, self._name(code), "help")
        style = {"state": "computed", "sentence": "explained", **dict.fromkeys(("exact", "whole", "rest"), "hidden")}
        for column in COMBINED_COLUMNS[3:]:
            formula, value = getattr(self.combination, column)(code)
            self._computed(at.combined(code, column), formula, value, style.get(column, "weight"))
        self.book.sheets["combination"].set_row(at.combined(code, "code").row, 28)
