"""jwdt method and the page generated from the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import rewards
from jwdt_xl.cli.reference import cell
from jwdt_xl.messages import LANGUAGES
from jwdt_xl.standard.energy import ORIGINS
from jwdt_xl.standard.guide.options import OPTIONS
from jwdt_xl.standard.method import RULES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_with_its_mark(run: Any, language: str) -> None:
    done = run("method", "--lang", language)
    assert done.code == 0
    for mark, rule in RULES:
        assert f"[{mark}] {getattr(rule, language)}" in done.out
    assert all(option.name in done.out for option in OPTIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_synergy_is_not_stale(run: Any, language: str) -> None:
    """Every case of signs is there, and the examples of the method: −0.05 % each 100, −60 % and −5 % 8.3, 0 and −30 % 0."""
    done = run("method", "--synergy", "--lang", language)
    assert done.code == 0
    page = (DOCS / language / "synergy.md").read_text(encoding="utf-8")
    assert page == done.out, f"run: jwdt method --synergy --lang {language} > docs/{language}/synergy.md"
    signs = {tuple((rate > 0) - (rate < 0) for rate in rates) for rates in rewards.EXAMPLES}
    assert len(signs) == 9
    for start, ratio in (("| 0.05 % | 0.05 % |", "100.0"), ("| 60 % | 5 % |", "8.3"), ("| 0 % | 30 % |", "0.0")):
        (line,) = [line for line in page.splitlines() if line.startswith(start)]
        assert line.split(" | ")[3] == ratio


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_origins_is_not_stale(run: Any, language: str) -> None:
    """Every origin is there; by default traded green power emits 0 and certificates keep the grid factor."""
    done = run("method", "--origins", "--lang", language)
    page = (DOCS / language / "origins.md").read_text(encoding="utf-8")
    assert (done.code, page) == (0, done.out), (
        f"run: jwdt method --origins --lang {language} > docs/{language}/origins.md"
    )
    rows = {
        line.split("`")[1]: line.split(" | ")[1:6]
        for line in page.splitlines()
        if line.startswith("| ") and "`" in line
    }
    assert set(ORIGINS) <= set(rows)
    assert [rows[origin][1] == "0" for origin in ORIGINS] == [False, True, True, True, False, False, True]
    assert [rows[origin][4] == "100 %" for origin in ORIGINS] == [False, True, True, False, False, False, False]


def test_marks_are_the_three() -> None:
    assert {mark for mark, _ in RULES} == {"note", "law", "choice"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_not_stale(run: Any, language: str) -> None:
    done = run("method", "--markdown", "--lang", language)
    assert done.code == 0
    page = (DOCS / language / "method.md").read_text(encoding="utf-8")
    assert page == done.out, f"run: jwdt method --markdown --lang {language} > docs/{language}/method.md"
    for mark, rule in RULES:
        assert f"| {mark} | {cell(getattr(rule, language))} |" in page
