"""jwdt method and the page generated from the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli.reference import cell
from jwdt_xl.messages import LANGUAGES
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
