"""The cell functions in the real LibreOffice Calc against native formulas of the same job.

    python bench/calc.py                 5,000 rows, best of five
    python bench/calc.py --rows 20000

One sheet of pollutants (by name, alias or formula) and amounts; the job is the pollutant equivalents of every row, with
a blank row blank and a sentence for a wrong amount. Three ways, one after the other in the same sheet:

    native   a formula per row: IF for blank and wrong amounts, MATCH in the template's own list of names, INDEX, division
    calls    =JWDT_EQUIVALENT(…) per row
    array    one =JWDT_EQUIVALENT(…) over all rows

Each time is that of a hard recalculation less that of the same sheet without formulas. Prints the time per row and the
ratios, and ends with exit code 1 where a result differs or the array form takes more than five times the native per row.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from jwdt_xl.standard import equivalents as eq
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.lists import Lists

TESTS = Path(__file__).resolve().parents[1] / "tests"
NAMES = ("二氧化硫", "SO2", "氮氧化物", "NOx", "化学需氧量(CODcr)", "COD", "氨氮", "NH3-N", "烟尘", "总磷")
MOST = 5  # times native per row: the target of the array form


def load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def known() -> list[list[Any]]:
    """All names and aliases of the template's list, with their equivalent values."""
    rows = []
    for key, *_ in Lists(Layout(builtin())).blocks["pollutant_names"].rows:
        medium, *names = filter(None, str(key).split("|"))
        for name in names:
            try:
                rows.append([f"{medium}|{name}", eq.find_pollutant(name, eq.find_medium(medium)).value])
            except ValueError:  # a name that needs more than itself
                continue
    return rows


def seconds(book: Any, times: int) -> float:
    return min(book.recalculate(limit=300) for _ in range(times))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    rows, times = options.rows, options.times
    office_module = load("office", TESTS / "office.py")
    with office_module.Office(locale="en-US", addin=True, limit=300) as office:
        book = office.new()
        pollutants = [eq.find_pollutant(NAMES[i % len(NAMES)]) for i in range(rows)]
        inputs: list[list[Any]] = [
            [NAMES[i % len(NAMES)], eq.MEDIUM_NAMES[pollutants[i].medium].zh, 1 + i % 997] for i in range(rows)
        ]
        inputs[rows // 2] = [None, None, None]
        inputs[rows // 3][2] = -1
        book.set("A1", inputs)
        book.add_sheet("list")
        table = known()
        book.set("list.A1", table)
        keys, values = (f"$list.${letter}$1:${letter}${len(table)}" for letter in "AB")

        def native(r: int) -> str:
            amount = f'IF(C{r}>=0;C{r}/INDEX({values};MATCH(B{r}&"|"&A{r};{keys};0));"at least 0")'
            return f'=IF(AND(A{r}="";C{r}="");"";IF(ISNUMBER(C{r});{amount};"missing"))'

        book.recalculate()
        empty = seconds(book, times)
        found: dict[str, float] = {}
        shown: dict[str, list[list[Any]]] = {}
        area = f"E1:E{rows}"
        for way in ("native", "calls", "array"):
            if way == "array":
                book.set_array(area, f"=JWDT_EQUIVALENT(A1:A{rows};C1:C{rows};B1:B{rows})")
            else:
                call = "=JWDT_EQUIVALENT(A{r};C{r};B{r})"
                book.set("E1", [[native(r) if way == "native" else call.format(r=r)] for r in range(1, rows + 1)])
            book.recalculate(limit=300)
            found[way] = max(seconds(book, times) - empty, 1e-9)
            shown[way] = book.block(area)
            if way != "array":
                book.set("E1", [[None]] * rows)

    alike = sum(same(a, b) and same(a, c) for (a,), (b,), (c,) in zip(*shown.values(), strict=True))
    print(f"{rows} rows, list of {len(table)} names, best of {times}; the sheet without formulas {empty:.4f} s")
    for way, took in found.items():
        print(f"{way:7} {took:8.4f} s  {took / rows * 1e6:7.2f} µs per row  {took / found['native']:6.2f} × native")
    print(f"rows where all three agree: {alike} of {rows} (the blank row: a single call has its own sentence)")
    fits = found["array"] <= MOST * found["native"] and alike == rows - 1
    print(f"array within {MOST} × native per row: {'yes' if fits else 'NO'}")
    return 0 if fits else 1


def same(one: Any, other: Any) -> bool:
    """Equal numbers; of two sentences each may have its own words."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-10 + 1e-9 * abs(one)
    return type(one) is type(other)


if __name__ == "__main__":
    sys.exit(main())
