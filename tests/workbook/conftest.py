"""A LibreOffice for all tests of this folder, and workbooks made once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment.read import read
from jwdt_xl.messages import set_language
from jwdt_xl.workbook import write

from ..office import Office

Data = dict[str, Any]
EXAMPLES = ("both_rise", "cement", "dyeing", "na_and_missing", "not_applicable", "total_basis")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in English."""
    set_language("en")
    yield
    set_language("zh")


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    with Office(locale="zh-CN") as running:
        yield running


@pytest.fixture(scope="session")
def example(golden: Path) -> Callable[[str], Data]:
    """The data of an example by its name."""
    return lambda name: json.loads((golden / f"example_{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The file of some data, or an empty template; each is written once."""
    folder = tmp_path_factory.mktemp("workbooks")
    known: dict[str, Path] = {}

    def make(data: Data | None = None, host: str = "portable", language: str = "zh") -> Path:
        key = json.dumps([data, host, language], sort_keys=True, ensure_ascii=False)
        if key not in known:
            path = folder / f"{len(known)}_{host}_{language}.xlsx"
            write(path, host=host, language=language, assessment=read(data) if data else None)
            known[key] = path
        return known[key]

    return make
