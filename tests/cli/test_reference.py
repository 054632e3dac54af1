"""jwdt functions and jwdt schema, and the page generated from the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jwdt_xl.cli.reference import signature
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.messages import LANGUAGES, Text

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_functions_lists_the_catalogue(run: Any, language: str) -> None:
    done = run("functions", "--lang", language)
    assert done.code == 0
    for function in CATALOGUE.values():
        assert signature(function) in done.out
        assert getattr(function.help, language) in done.out


def test_one_function_with_its_arguments(run: Any) -> None:
    done = run("functions", "jwdt_score")
    assert done.code == 0
    assert "JWDT_SCORE(scores, [weights], [first_levels], [cap])" in done.out
    for argument in CATALOGUE["JWDT_SCORE"].arguments:
        assert argument.help.zh in done.out
    assert "JWDT_COVERAGE" not in done.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_not_stale(run: Any, language: str) -> None:
    done = run("functions", "--markdown", "--lang", language)
    assert done.code == 0
    page = (DOCS / language / "functions.md").read_text(encoding="utf-8")
    assert page == done.out, f"run: jwdt functions --markdown --lang {language} > docs/{language}/functions.md"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_text(run: Any, language: str) -> None:
    page = run("functions", "--markdown", "--lang", language).out
    for function in CATALOGUE.values():
        assert signature(function) in page
        texts: list[Text] = [function.help, function.returns, *(argument.help for argument in function.arguments)]
        for text in texts:
            assert getattr(text, language).replace("|", "\\|") in page


def test_schema_takes_the_examples(run: Any, golden: Path) -> None:
    done = run("schema")
    assert done.code == 0
    validator = jsonschema.validators.validator_for(done.json)(done.json)
    for path in golden.glob("example_*.json"):
        if not path.stem.endswith("expected"):
            import json

            validator.validate(json.loads(path.read_text(encoding="utf-8")))
