"""Rules that are live: what Python says of a row is what the formula of the same rule says in a spreadsheet."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.assessment.checks import RULES
from jwdt_xl.assessment.rules import Rule
from jwdt_xl.messages import PRINCIPLES, SEVERITIES, Text
from jwdt_xl.workbook.columns.hints import HINTS

from .compare import in_ironcalc

ROWS = 200
#: What a field may hold: blanks, texts, answers, and numbers around every bound.
VALUES = ("", "文本", 0.0, 1.0, -1.0, 0.5, 2022.0, 2023.0)
AROUND = (0.5, -0.5, 499.0, 1999.0, 4999.0, 19999.0, -0.998, -0.9995, -0.9998, -0.99995)
ANSWERS = {True: "是", False: "否"}
IDS = [f"{rule.code} {i}" for i, rule in enumerate(RULES)]


class Asked:
    """Cells of a row, in the order in which a rule asks for its fields."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.fields: list[str] = []

    def __getitem__(self, field: str) -> str:
        if field not in self.fields:
            self.fields.append(field)
        return xl_rowcol_to_cell(self.row, self.fields.index(field))

    def constant(self, value: Any) -> str:
        if isinstance(value, Text):
            return f'"{value.zh}"'
        return f'"{value}"' if isinstance(value, str) else repr(value)


def values_of(rule: Rule, chance: random.Random) -> Any:
    if rule.numbers:
        near = chance.choice(AROUND) * chance.choice([1, 1 + 1e-4, 1 - 1e-4])
        return chance.choice([*VALUES, near, near, chance.uniform(-2, 3), 10 ** chance.uniform(-3, 6)])
    return chance.choice(["", "有", True, False])


def rows(rule: Rule) -> Iterator[tuple[int, dict[str, Any]]]:
    asked = Asked(0)
    rule.formula(asked)
    chance = random.Random(rule.code)
    for row in range(ROWS):
        yield row, {field: values_of(rule, chance) for field in asked.fields}


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_python_and_formula_agree(rule: Rule, tmp_path: Path) -> None:
    path = tmp_path / "rule.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for row, fields in rows(rule):
            asked = Asked(row)
            for col, value in enumerate(fields.values()):
                shown = ANSWERS[value] if isinstance(value, bool) else value
                if shown != "":
                    sheet.write(row, col, shown)
            sheet.write_formula(row, 9, f"=IF({rule.formula(asked)},1,0)")
            assert asked.fields == list(fields)
    computed = in_ironcalc(path)
    said = {row: rule.holds(**fields) for row, fields in rows(rule)}
    assert {row: bool(computed["S", row, 9]) for row in said} == said
    assert set(said.values()) == {True, False}, "the rows should show both"


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_is_whole(rule: Rule) -> None:
    """What it says is a finding, and its hint one that the template shows."""
    assert rule.severity in SEVERITIES and rule.principle in PRINCIPLES
    assert any(hint.text == rule.hint for hint in HINTS)
    fields = {name: 1 for name in re.findall(r"{(\w+)}", rule.text.zh)}
    finding = rule.finding("somewhere", **fields)
    assert (finding.code, finding.where) == (rule.code, "somewhere")
