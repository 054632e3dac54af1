"""Returns that people opened and saved in the real LibreOffice: read and scored like the originals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl import workbook
from jwdt_xl.assessment import read

from ..office import Office
from .returns import Returns, uscc

SUFFIXES = (".xlsx", ".ods")
#: What a round trip must not bring about.
_TAMPERING = {"stale-cache", "result-typed-over", "formula-changed", "weight-changed", "moved"}


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office() as running:
        yield running


def test_opened_and_saved(tmp_path: Path, golden: Path, office: Office, collect: Callable[..., Any]) -> None:
    """Of two examples, written as `jwdt fill` does: clones have stale helper cells, which Calc takes up in part."""
    for name in ("sent", *SUFFIXES):
        (tmp_path / name).mkdir()
    for i, name in enumerate(("dyeing", "not_applicable")):
        data = json.loads((golden / f"example_{name}.json").read_text(encoding="utf-8"))
        data["enterprise"] = {**data["enterprise"], "uscc": uscc(i)}
        original = tmp_path / "sent" / f"{i}.xlsx"
        workbook.write(original, host="portable", assessment=read(data))
        book = office.open(original)
        for suffix in SUFFIXES:
            saved = book.save(tmp_path / suffix / f"{i}{suffix}")
            assert saved.read_bytes() != original.read_bytes()
        book.close()
    sent = collect(tmp_path / "sent", "-o", tmp_path / "P.xlsx").out
    for suffix in SUFFIXES:
        back = collect(tmp_path / suffix, "-o", tmp_path / f"P{suffix[1:]}.xlsx").out
        assert (back["scored"], back["rejected"]) == (2, 0), back["rejections"]
        for one, other in zip(sent["results"], back["results"], strict=True):
            assert other["file"] == one["file"].replace(".xlsx", suffix)
            assert (other["uscc"], other["rank"]) == (one["uscc"], one["rank"])
            assert other["total"] == pytest.approx(one["total"], rel=1e-12)
            assert [f["code"] for f in other["findings"]] == [f["code"] for f in one["findings"]]
            assert not {f["code"] for f in other["findings"]} & _TAMPERING


def test_filled_in_there(tmp_path: Path, returns: Returns, office: Office, collect: Callable[..., Any]) -> None:
    """Another output typed in Calc: stored results are those of the new data, and both files are later than the first."""
    original = returns.write(tmp_path / ".xlsx" / "first.xlsx", 1)
    (tmp_path / ".ods").mkdir()
    (tmp_path / ".ods" / "first.xlsx").write_bytes(original.read_bytes())
    book = office.open(original)
    before = book.get("out_total")
    book.set("in_output_report", 1_500_000)
    book.recalculate()
    shown = book.get("out_total")
    for suffix in SUFFIXES:
        book.save(tmp_path / suffix / f"second{suffix}")
    book.close()
    for suffix in SUFFIXES:
        out = collect(tmp_path / suffix, "-o", tmp_path / f"P{suffix[1:]}.xlsx").out
        [result], [replaced] = out["results"], out["skipped"]
        assert (result["file"], replaced["file"]) == (f"second{suffix}", "first.xlsx") and not out["rejections"]
        assert result["total"] == pytest.approx(shown, rel=1e-9) and shown != before
        assert not {f["code"] for f in result["findings"]} & _TAMPERING


def test_an_error_value_saved_there(
    tmp_path: Path, returns: Returns, office: Office, collect: Callable[..., Any]
) -> None:
    """The fast reader gives it as blank in both formats; the second stands below blank rows, which .ods only counts."""
    table = returns.layout.tables["pollutants"]
    (tmp_path / "in").mkdir()
    book = office.open(returns.base)
    places = []
    for row, field in ((0, "report"), (9, "base")):
        place = f"{'ABCDEFGHIJ'[table.inputs[field]]}{table.first + 1 + row}"
        book.set(f"{returns.layout.title('pollutants')}.{place}", "=1/0")
        places.append(f"{returns.layout.title('pollutants')}!{place}")
    book.recalculate()
    for suffix in SUFFIXES:
        book.save(tmp_path / "in" / f"a{suffix}")
    book.close()
    out = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out
    reasons = {rejection["file"]: rejection["reason"] for rejection in out["rejections"]}
    assert reasons["a.ods"] == reasons["a.xlsx"]
    assert reasons["a.ods"].count("#DIV/0!") == 2 and all(place in reasons["a.ods"] for place in places)
