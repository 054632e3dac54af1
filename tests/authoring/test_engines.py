"""The authoring workbook computed anew by further programs, from wrong values: what its cells carry is what they find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.authoring import load, new_book, shipped
from jwdt_xl.authoring.layout import Layout
from jwdt_xl.standard.guide import to_dict

from ..workbook.compare import Difference, agree, read_file, report
from ..workbook.engines import EACH, computed, stripped
from .weights import derived

#: What is left of a unit of the twelfth decimal is floating point.
LEFT = 1e-3
GUIDES: list[tuple[str, dict[str, Any] | None]] = [
    ("zh", {}),
    ("en", {"alpha": 0.25, "method": "multiplicative", "decimals": 3, "subjective": "experts"}),
    ("zh", None),
]


@pytest.mark.parametrize("engine", EACH)
@pytest.mark.parametrize(("language", "how"), GUIDES, ids=["linear", "product", "shipped"])
def test_not_one_cell_differs(
    engine: str, tmp_path: Path, language: str, how: dict[str, Any] | None, request: pytest.FixtureRequest
) -> None:
    guide = load(shipped()[0]) if how is None else derived(how)
    path = tmp_path / "g.xlsx"
    new_book(path, guide, language)
    layout = Layout(language, to_dict(guide))
    expected = read_file(path, guide)
    found = computed(engine, stripped(path, tmp_path), expected, request)
    rest = layout.title("combination"), layout.derivation.combined("target", "rest").col if how is not None else None
    wrong = [
        Difference(f"{place[0]}!{place[1:]}", formula, value, found.get(place))
        for place, (formula, value) in expected.computed.items()
        if "JWDT_" not in formula
        and not agree(value, found.get(place), 1e-9, LEFT if (place[0], place[2]) == rest else 1e-10)
    ]
    assert len(expected.computed) > 3000
    assert not report(wrong)
