"""A total that is not shown says why: the first thing missing or refused that keeps it, with its cell and a link there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment.read import read
from jwdt_xl.workbook import write
from jwdt_xl.workbook.columns.catalogue import HINTS
from jwdt_xl.workbook.plan import Cell
from jwdt_xl.workbook.sheets import result_texts

from ..office import Book, Office
from .cases import BILLED, LONG_PARTS, PLAIN, Data, air, bill, changed
from .compare import differences, in_ironcalc, in_office, read_file, report
from .places import LAYOUT
from .test_hints import at as place

pytestmark = pytest.mark.xdist_group("office")
TEXTS = {hint.name: hint.text.zh for hint in HINTS}
TOTAL = LAYOUT.results["out_total"]
#: On the page for the boss, above the total; and beside it on the sheet of indicators.
PAGE, BESIDE = Cell("summary", 3, 0), TOTAL._replace(col=3)
EMPTY = result_texts.EMPTY_TABLE.zh

#: What is filled in, the cell that keeps the total back and what is said of it.
CASES: dict[str, tuple[Data, str, str]] = {
    "there is a total": (PLAIN, "", ""),
    "a benchmark": (changed(PLAIN, {"benchmarks.3": None}), "benchmarks.3.value", f"{TEXTS['benchmark']} (kg/t)"),
    "an empty table": (changed(PLAIN, {"pollutants": []}), "pollutants", EMPTY),
    "an answer": (changed(PLAIN, {"policy.recommended": None}), "policy.recommended", TEXTS["needed"]),
    "an amount of a bill": (changed(BILLED, {"activity": [bill("fuel", 10, None, name="烟煤")]}), "activity[0]", TEXTS["report"]),
    "an amount": (changed(PLAIN, {"pollutants": [air("二氧化硫", 95, 76), air("氮氧化物", None, 7)]}), "pollutants[1]", TEXTS["base"]),
    "the output": (changed(PLAIN, {"product.output.report": None}), "product.output.report", TEXTS["needed"]),
    "the first of two": (changed(PLAIN, {"benchmarks.3": None, "pollutants": []}), "pollutants", EMPTY),
    "nothing for an indicator that is not applicable": (changed(PLAIN, {"residual_energy": [], "not_applicable": {"7": "没有可回收的余能"}}), "", ""),
}  # fmt: skip


def where(path: str) -> str:
    if path in LAYOUT.tables or "[" in path:
        table, _, index = path.removesuffix("]").partition("[")
        found = LAYOUT.tables[table]
        return (
            place(Cell(found.sheet, found.first + int(index or 0), min(found.inputs.values())))
            .replace("'.", "!")
            .strip("'")
        )
    return LAYOUT.where(path)


@pytest.mark.parametrize("name", CASES)
def test_the_reason(name: str, tmp_path: Path) -> None:
    data, path, hint = CASES[name]
    write(tmp_path / "case.xlsx", host="portable", assessment=read(data))
    values = in_ironcalc(tmp_path / "case.xlsx")
    assert not report(differences(read_file(tmp_path / "case.xlsx"), values))
    said = [values[LAYOUT.title(cell.sheet), cell.row, cell.col] for cell in (PAGE, BESIDE)]
    if path:
        assert said == [f"{result_texts.NO_TOTAL_FOR.zh}{where(path)} · {hint}"] * 2
    else:
        assert said == [result_texts.TOTAL.zh, ""]


@pytest.fixture(scope="module")
def book(office: Office, workbook: Callable[..., Path]) -> Iterator[Book]:
    found = office.open(workbook(PLAIN))
    yield found
    found.close()


@pytest.mark.parametrize(
    ("cell", "typed", "hint"),
    [
        ("pollutants.pollutant", "颗粒物", "particulates"), ("pollutants.unit", "kWh", "unit"), ("materials.base", "很多", "number"),
        ("energy.report", "真", "number"), ("greenhouse.report", None, "report"), ("policy.recommended", "也许", "answer"),
        ("output_value.report", -1.0, "number"), ("benchmarks.5.value", "高", "number"), ("weights.5", 0.5, "weights"),
    ],
)  # fmt: skip
def test_what_is_refused_while_typing(cell: str, typed: Any, hint: str, book: Book) -> None:
    """Refused in LibreOffice: the reason names the cell's row, and goes as soon as it is put right."""
    table, _, field = cell.partition(".")
    if table in LAYOUT.tables:
        found = LAYOUT.tables[table]
        target, row = place(Cell(found.sheet, found.first, found.column(field))), f"{found.first + 1} · "
    else:
        target, row = place(LAYOUT.fields[cell].cell), f"{LAYOUT.fields[cell].cell.row + 1} · "
    before = book.get(target)
    book.set(target, typed)
    book.recalculate()
    said = book.get(place(PAGE))
    book.set(target, before)
    book.recalculate()
    assert said.startswith(result_texts.NO_TOTAL_FOR.zh) and TEXTS[hint] in said
    assert row in said or hint == "weights"
    assert book.get(place(PAGE)) == result_texts.TOTAL.zh


def test_a_guide_of_other_formulas(tmp_path: Path, office: Office) -> None:
    """Of inputs that a guide asks for, too; LibreOffice agrees cell by cell."""
    write(tmp_path / "case.xlsx", host="portable", guide=LONG_PARTS)
    assert not report(
        differences(read_file(tmp_path / "case.xlsx", LONG_PARTS), in_office(office, tmp_path / "case.xlsx"))
    )
