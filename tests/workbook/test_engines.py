"""Portable workbooks computed anew by further programs: not one cell differs from the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from .cases import enterprises
from .compare import Place, Values, differences, in_ironcalc, read_file, report
from .engines import gnumeric, in_formualizer, in_gnumeric, stripped
from .random_enterprise import random_enterprise

Data = dict[str, Any]
Compute = Callable[[Path, Iterable[Place]], Values]
ENGINES: dict[str, Compute] = {
    "ironcalc": lambda path, _: in_ironcalc(path),
    "formualizer": in_formualizer,
    "gnumeric": in_gnumeric,
}
NAMED = ("bills", "own weights", "synergy")
SEEDS = range(0, 40, 4)


@pytest.fixture(params=ENGINES)
def compute(request: pytest.FixtureRequest) -> Compute:
    if request.param == "gnumeric" and gnumeric() is None:
        pytest.skip("Gnumeric (ssconvert) is not installed; tests/install_office.sh does it")
    return ENGINES[request.param]


def assert_agrees(path: Path, compute: Compute, folder: Path) -> None:
    expected = read_file(path)
    bare = stripped(path, folder)
    assert not report(differences(expected, compute(bare, list(expected.computed))))


@pytest.mark.parametrize("name", ["cement", "dyeing"])
def test_examples(
    name: str, compute: Compute, workbook: Callable[..., Path], example: Callable[[str], Data], tmp_path: Path
) -> None:
    assert_agrees(workbook(example(name)), compute, tmp_path)


@pytest.mark.parametrize("name", NAMED)
def test_special_cases(name: str, compute: Compute, workbook: Callable[..., Path], tmp_path: Path) -> None:
    assert_agrees(workbook(enterprises()[name], language="en"), compute, tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_enterprises(seed: int, compute: Compute, workbook: Callable[..., Path], tmp_path: Path) -> None:
    assert_agrees(workbook(random_enterprise(seed)), compute, tmp_path)


def test_a_value_that_nobody_computed_is_seen(workbook: Callable[..., Path], tmp_path: Path) -> None:
    """Otherwise a program that shows what the file holds would pass."""
    expected = read_file(workbook(enterprises()["bills"]))
    bare = read_file(stripped(workbook(enterprises()["bills"]), tmp_path))
    assert len(bare.computed) == len(expected.computed)
    assert not {cell.value for cell in bare.computed.values()} & {cell.value for cell in expected.computed.values()}
