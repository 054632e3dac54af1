"""How long LibreOffice computes after one keystroke in the portable template, filled in with the cement example.

    python bench/keystroke.py                     the template as it is made now
    python bench/keystroke.py OLD.xlsx NEW.xlsx   several files in turn: the ratio to the first is printed

A number is put into a cell fifty times, and what rests on it computed each time; the files take turns, and the best of
nine such rounds counts.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from calc import TESTS, load

from jwdt_xl.assessment.read import read
from jwdt_xl.workbook import write

#: A question, and the amount of the report period in the first row of these tables.
QUESTION, TABLES, HEADING = "in_output_report", ("tbl_pollutants", "tbl_activity", "tbl_energy"), "报告期"
TIMES, ROUNDS = 50, 9


def places(book: Any) -> dict[str, str]:
    """The cell of each name of the bench, whatever the layout of the file."""
    found, names = {QUESTION: QUESTION}, book.names()
    for name in TABLES:
        sheet, _, corner = names[name].partition(":")[0].rpartition(".")
        row = int(corner.rpartition("$")[2])
        header = book.block(f"{sheet}.$A${row - 1}:$Z${row - 1}")[0]
        column = next(i for i, text in enumerate(header) if str(text).startswith(HEADING))
        found[name] = f"{sheet}.{chr(ord('A') + column)}{row}"
    return found


def measure(office: Any, paths: list[str]) -> list[dict[str, float]]:
    """Milliseconds a keystroke in each file."""
    books = [office.open(path) for path in paths]
    typed: list[dict[str, tuple[str, list[float]]]] = []
    for book in books:
        book.recalculate()
        typed.append({})
        for name, place in places(book).items():
            before = book.get(place)
            start = before if isinstance(before, float) else 1000.0
            typed[-1][name] = place, [start * (1 + i / 1000) for i in range(TIMES)]
    found = [dict.fromkeys(cells, float("inf")) for cells in typed]
    for name in typed[0]:
        for _ in range(ROUNDS):
            for book, cells, best in zip(books, typed, found, strict=True):
                best[name] = min(best[name], book.keystrokes(*cells[name]) / TIMES * 1000)
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = sys.argv[1:] or [str(Path(folder) / "now.xlsx")]
        if not sys.argv[1:]:
            data = json.loads((TESTS / "golden" / "example_cement.json").read_text(encoding="utf-8"))
            write(files[0], host="portable", language="zh", assessment=read(data))
        with load("office", TESTS / "office.py").Office(locale="zh-CN") as office:
            measured = measure(office, files)
    for file, found in zip(files, measured, strict=True):
        for name, time in found.items():
            print(f"{Path(file).name}: {name} {time:.2f} ms, {time / measured[0][name]:.2f} of the first")


if __name__ == "__main__":
    main()
