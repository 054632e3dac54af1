"""Portable workbooks computed anew by further programs: not one cell differs from the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .cases import enterprises
from .compare import differences, read_file, report
from .engines import EACH, computed, stripped
from .random_enterprise import random_enterprise

Data = dict[str, Any]
#: An example, special cases, and random ones.
CASES = ["cement", "bills", "own weights", "synergy", 0, 8]


@pytest.mark.parametrize("engine", EACH)
@pytest.mark.parametrize("case", CASES)
def test_not_one_cell_differs(
    engine: str,
    case: str | int,
    workbook: Callable[..., Path],
    example: Callable[[str], Data],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    if isinstance(case, int):
        path = workbook(random_enterprise(case))
    else:
        path = workbook(example(case)) if case == "cement" else workbook(enterprises()[case], language="en")
    expected = read_file(path)
    assert not report(differences(expected, computed(engine, stripped(path, tmp_path), expected, request)))


def test_a_value_that_nobody_computed_is_seen(workbook: Callable[..., Path], tmp_path: Path) -> None:
    """Otherwise a program that shows what the file holds would pass."""
    expected = read_file(workbook(enterprises()["bills"]))
    bare = read_file(stripped(workbook(enterprises()["bills"]), tmp_path))
    assert len(bare.computed) == len(expected.computed)
    assert not {cell.value for cell in bare.computed.values()} & {cell.value for cell in expected.computed.values()}
