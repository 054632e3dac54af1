"""jwdt method and the page generated from the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli.method import markdown
from jwdt_xl.standard.guide.options import OPTIONS
from jwdt_xl.standard.method import RULES

PAGE = Path(__file__).parents[2] / "docs" / "method.md"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_with_its_mark(run: Any, language: str) -> None:
    done = run("method", "--lang", language)
    assert done.code == 0
    for mark, rule in RULES:
        assert f"[{mark}] {getattr(rule, language)}" in done.out
    assert all(option.name in done.out for option in OPTIONS)


def test_marks_are_the_three() -> None:
    assert {mark for mark, _ in RULES} == {"note", "law", "choice"}


def test_the_page_is_not_stale(run: Any) -> None:
    assert run("method", "--markdown").out == markdown()
    assert PAGE.read_text(encoding="utf-8") == markdown(), "run: jwdt method --markdown > docs/method.md"
