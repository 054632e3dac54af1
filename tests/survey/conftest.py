"""Files of answers, as survey tools write them. Messages are compared in English."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.messages import set_language
from jwdt_xl.standard.questionnaire import Question, annex_a
from jwdt_xl.survey.intake import Intake, sources_of, take_in


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("zh")


def question(number: int) -> Question:
    return annex_a().question(number)


def table(rows: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


Write = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """A CSV file of these rows."""

    def write(
        rows: Sequence[Sequence[Any]], name: str = "a.csv", encoding: str = "utf-8-sig", delimiter: str = ","
    ) -> Path:
        path = tmp_path / name
        path.write_bytes(table(rows, delimiter).encode(encoding))
        return path

    return write


def taken(*paths: Path) -> Intake:
    return take_in(sources_of([str(path) for path in paths]))
