"""What the tests of papers have in common. Messages are compared in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import write
from jwdt_xl.messages import set_language
from jwdt_xl.opening.sources import discover
from jwdt_xl.papers.run import Imported, import_papers

Import = Callable[..., Imported]
#: What papers and people say differently of the same number.
BESIDE = ("source", "quality", "note", "evidence")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("zh")


def imported(*paths: Path, ours: bool = False, **options: Any) -> Imported:
    """The papers imported; ours: whether a mistake of ours is what the test is about."""
    found = import_papers(discover(map(str, paths)), **options)
    assert ours or "internal" not in codes(found), found.findings
    return found


def codes(found: Imported, severity: str = "") -> list[str]:
    return sorted(finding.code for finding in found.findings if severity in ("", finding.severity))


def bare(found: Imported, table: str) -> list[dict[str, Any]]:
    """The rows of a table with numbers to 15 digits, in any order."""
    return alike(write(found.assessment).get(table, []))


def alike(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    plain = [{key: _digits(value) for key, value in row.items() if key not in BESIDE} for row in rows]
    return sorted(plain, key=lambda row: sorted(map(str, row.items())))


def _digits(value: Any) -> Any:
    return f"{value:.15g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else value
