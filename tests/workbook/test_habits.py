"""What people do besides typing, by the same commands as their keys, in the real LibreOffice on the protected sheets.

After each habit the template shows the number of the engine, or none and a sentence that says why; never another number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl.cli import main
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import Layout
from jwdt_xl.workbook.columns.catalogue import CODES, FIRST_CHECK, FIRST_INFO
from jwdt_xl.workbook.plan import Cell

from ..office import Book, Office

pytestmark = pytest.mark.xdist_group("office")

LAYOUT = Layout(builtin(), "portable", "zh")
#: Else LibreOffice asks before it pastes over something, and nobody is there to say yes.
SETTINGS = {("/org.openoffice.Office.Calc/Input", "ReplaceCellsWarning"): False}
CUT, PASTE, COPY, UNDO = ".uno:Cut", ".uno:Paste", ".uno:Copy", ".uno:Undo"
_FIRST, _LAST = "pollutants[{}].medium", "pollutants[{}].note"


def address(cell: Cell) -> str:
    return f"'{LAYOUT.title(cell.sheet)}'.{xl_rowcol_to_cell(cell.row, cell.col)}"


def at(first: str, last: str = "") -> str:
    """The cell of a path, or the range from one to another."""
    cells = [LAYOUT.place(path) for path in (first, last) if path]
    assert None not in cells
    return ":".join([address(cells[0]), *(xl_rowcol_to_cell(cell.row, cell.col) for cell in cells[1:])])  # type: ignore[arg-type,union-attr]


def row(index: int) -> str:
    return at(_FIRST.format(index), _LAST.format(index))


class Habit(NamedTuple):
    """Steps as a command at a place or a drag from one place to another; the cells that are named as cut away."""

    steps: list[tuple[str, str]]
    lost: tuple[str, ...] = ()
    changes: bool = True


COLUMN = ("pollutants[0].report", "pollutants[9].report")
HABITS = {
    "cut a cell": Habit([(at(COLUMN[0]), CUT), (at("pollutants[0].source"), PASTE)], (COLUMN[0],)),
    "cut a cell and leave it": Habit([(at(COLUMN[0]), CUT)], (COLUMN[0],)),
    "cut a column onto the other": Habit([(at(*COLUMN), CUT), (at("pollutants[0].base"), PASTE)], COLUMN),
    "cut a column down by a row": Habit([(at(*COLUMN), CUT), (at("pollutants[1].report"), PASTE)], (COLUMN[0],)),
    "cut a row away": Habit([(row(0), CUT), (row(20), PASTE)], (_FIRST.format(0),), changes=False),
    "cut a row onto another": Habit([(row(0), CUT), (row(1), PASTE)], (_FIRST.format(0),)),
    "cut all rows": Habit([(at(_FIRST.format(0), _LAST.format(9)), CUT), (row(12), PASTE)], (_FIRST.format(3),), False),
    "drag a cell": Habit([(at(COLUMN[0]), at("pollutants[3].report"))], (COLUMN[0],)),
    "drag a column": Habit([(at(*COLUMN), at("pollutants[0].base"))], COLUMN),
    "drag an answer": Habit([(at("product.output.report"), at("product.output.base"))], ("product.output.report",)),
    "cut an answer": Habit(
        [(at("product.output.report"), CUT), (at("product.output.base"), PASTE)], ("product.output.report",)
    ),
    "cut a benchmark": Habit([(at("benchmarks.2.value"), CUT), (at("benchmarks.3.value"), PASTE)], ("benchmarks.2.value",)),
    "drag an option": Habit(
        [(at("options.synergy_basis"), at("options.moderate_score"))], ("options.synergy_basis",), changes=False
    ),
    "undo": Habit([(at(COLUMN[0]), CUT), (at("pollutants[0].source"), PASTE), (row(0), UNDO), (row(0), UNDO)], (), False),
    "copy a row": Habit([(row(0), COPY), (row(15), PASTE)]),
    "copy a cell onto another": Habit([(at(COLUMN[0]), COPY), (at("pollutants[1].report"), PASTE)]),
    "delete a row": Habit([(row(0), ".uno:DeleteRows")], (), False),
    "insert a row": Habit([(row(0), ".uno:InsertRowsBefore")], (), False),
    "clear a row": Habit([(row(0), ".uno:ClearContents")]),
    "sort": Habit([(at(_FIRST.format(0), _LAST.format(9)), ".uno:SortDescending")], (), False),
    "fill down": Habit([(at(*COLUMN), ".uno:FillDown")]),
    "fill right": Habit([(at("pollutants[0].base", COLUMN[1]), ".uno:FillRight")]),
}  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Iterator[Office]:
    with Office(locale="zh-CN", settings=SETTINGS) as running:
        yield running


@pytest.fixture
def form(desk: Office, workbook: Callable[..., Path], example: Callable[[str], Any]) -> Iterator[Book]:
    book = desk.open(workbook(example("cement")), window=True)
    yield book
    book.close()


def scored(book: Book, folder: Path, capsys: pytest.CaptureFixture[str]) -> float | None:
    """The total of jwdt score; none where it is refused."""
    main(["score", str(book.save(folder / "saved.xlsx")), "--json"])
    (found,) = json.loads(capsys.readouterr().out)
    total: float | None = found["total"]
    return total


def codes(book: Book) -> list[float]:
    """The codes of all hints."""
    found = []
    for table in LAYOUT.tables.values():
        col = xl_rowcol_to_cell(0, table.column("code"))[:-1]
        block = f"'{LAYOUT.title(table.sheet)}'.{col}{table.first + 1}:{col}{table.last + 1}"
        found += [line[0] for line in book.block(block)]
    found += [
        book.get(address(LAYOUT.hint_cell(path, "code"))) for path, f in LAYOUT.fields.items() if "options" not in path
    ]
    return [code for code in found if isinstance(code, float)]


def hint(path: str) -> Cell:
    name, _, rest = path.partition("[")
    if not rest:
        return LAYOUT.hint_cell(path)
    table = LAYOUT.tables[name]
    return Cell(table.sheet, table.first + int(rest.partition("]")[0]), table.column("hint"))


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_gives_no_other_number(
    name: str, form: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    habit, before = HABITS[name], form.get("out_total")
    for place, what in habit.steps:
        if what.startswith(".uno:"):
            form.do(place, what)
        else:
            form.drag(place, what)
    shown, engine = form.get("out_total"), scored(form, tmp_path, capsys)
    if engine is None:
        assert not isinstance(shown, float)
    else:
        assert shown == pytest.approx(engine, rel=1e-9)
    assert (shown == before) is not habit.changes, "the habit did nothing, or more than it should"
    told = [code for code in codes(form) if FIRST_CHECK <= code < FIRST_INFO]
    assert engine is not None or told, "no total and no red sentence"
    for path in habit.lost:
        if not path.startswith("options"):
            cell = LAYOUT.place(path)
            assert cell is not None
            said = str(form.get(address(hint(path))))
            assert "剪走" in said, said
            assert "[" not in path or said.endswith(f"({xl_rowcol_to_cell(cell.row, cell.col)})"), said
    assert habit.lost or not {CODES["moved"], CODES["moved_answer"], CODES["locked"]} & set(codes(form))


def test_numbers_of_another_workbook(
    desk: Office, form: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pasted with the locked cells of the other: read as they are, and said to be locked."""
    other = desk.new()
    other.set("A1", [[float(amount)] for amount in range(100, 110)])
    source = other.save(tmp_path / "other.xlsx")
    other.close()
    other = desk.open(source, window=True)
    other.do("A1:A10", COPY)
    form.do(at(COLUMN[0]), PASTE)
    shown = form.get("out_total")
    assert form.get(at(COLUMN[1])) == 109
    assert shown == pytest.approx(scored(form, tmp_path, capsys), rel=1e-9)
    other.close()
