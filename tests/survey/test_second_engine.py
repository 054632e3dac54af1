"""The live checks in a second program: IronCalc computes what the cached values say, over answers of every kind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from jwdt_xl.standard.questionnaire import Respondent, annex_a
from jwdt_xl.survey.form import new_form
from jwdt_xl.survey.layout import Layout
from jwdt_xl.survey.live import Live, facts

from ..workbook.compare import in_ironcalc
from .test_office import random_answer


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ironcalc_says_what_the_cached_values_say(tmp_path: Path, language: str) -> None:
    rng = random.Random(11)
    layout = Layout(language)
    live = Live(layout)
    sheet = layout.title("survey")
    for round in range(20):
        answers = {q.number: random_answer(q, rng) for q in annex_a().questions}
        answers = {number: answer for number, answer in answers.items() if answer}
        texts = rng.choice([{}, {8: "员工健康"}])
        path = tmp_path / f"{round}.xlsx"
        new_form(path, language, Respondent("", answers, texts))
        found = in_ironcalc(path)
        for q in annex_a().questions:
            state, words = live.now(q, facts(q, layout, answers, texts.get(q.number, "")))
            cells = [layout.state(q.number), layout.check(q.number)]
            assert [found[sheet, cell.row, cell.col] for cell in cells] == [state, words], (
                q.number,
                answers.get(q.number),
            )
