"""How long writing a template takes, against bare XlsxWriter writing the same cells, and of a series: prints the ratios.

    python bench/template.py [rounds]
    python bench/template.py --distribute COMMIT [enterprises]   forms of a register against those of an older commit: a minute

Bare means: the same sheets, texts, numbers, formulas with their values and formats by XlsxWriter's own calls, without
names, drop-downs, conditional formats, charts and page set-up.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from jwdt_xl import workbook
from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.model import Assessment, Enterprise, Periods
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import theme
from jwdt_xl.workbook.book import Book
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.parts import Parts
from jwdt_xl.workbook.plan import SHEETS, Cell
from jwdt_xl.workbook.series import Series
from jwdt_xl.workbook.writer import _write_sheets

_ROOT = Path(__file__).resolve().parent.parent


class Written(NamedTuple):
    cell: Cell
    value: Any
    style: str
    formula: str | None


class _Recorder(Book):
    """Keeps what is written to each cell."""

    def __init__(self, path: Path, layout: Layout) -> None:
        super().__init__(path, layout, layout.guide.name, SHEETS)
        self.written: list[Written] = []

    def write(self, cell: Cell, value: Any, style: str = "plain") -> None:
        self.written.append(Written(cell, value, style, None))

    def formula(self, cell: Cell, formula: str, value: Any, style: str = "computed", **more: Any) -> None:
        self.written.append(Written(cell, value, style, formula))


def cells() -> list[Written]:
    """Every cell of the portable template."""
    layout = Layout(builtin(), "portable", "zh")
    book = _Recorder(Path("unused.xlsx"), layout)
    _write_sheets(Parts(book, layout, evaluate(Assessment(), builtin())))
    return book.written


def bare(path: Path, written: list[Written]) -> None:
    file = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheets = {key: file.add_worksheet() for key in SHEETS}
    formats = {style: file.add_format({**theme.BASE, **theme.STYLES[style]}) for style in {w.style for w in written}}
    for cell, value, style, formula in written:
        sheet, look = sheets[cell.sheet], formats[style]
        if formula is not None:
            sheet.write_formula(cell.row, cell.col, "=" + formula, look, value)
        elif value is None or value == "":
            sheet.write_blank(cell.row, cell.col, None, look)
        elif isinstance(value, str):
            sheet.write_string(cell.row, cell.col, value, look)
        else:
            sheet.write_number(cell.row, cell.col, value, look)
    file.close()


def seconds(work: Callable[[], object], rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


_FORMS = """
import dataclasses, sys, time
from pathlib import Path
from jwdt_xl.assessment.model import Assessment, Enterprise, Periods
from jwdt_xl.standard.codes import uscc_check_character
from jwdt_xl.standard.guide import builtin
try:
    from jwdt_xl.workbook.series import Series
    write = Series(builtin(), "portable", "zh").write
except ImportError:
    from jwdt_xl.workbook import write as alone
    def write(path, one):
        alone(path, host="portable", assessment=one)

def one(i):
    code = f"91330000{i:09d}"
    said = Enterprise(name=f"第{i}号有限公司", uscc=code + uscc_check_character(code), industry_code=("3011", "3041", "2211")[i % 3],
                      region=("浙江省杭州市", "浙江省湖州市长兴县", "上海市", "江苏省苏州市")[i % 4])
    return Assessment(enterprise=said, periods=Periods(base="2023", report="2024"))

begin = time.process_time()
for i in range(int(sys.argv[2])):
    write(Path(sys.argv[1]), one(i))
print(time.process_time() - begin)
"""


def distribute(commit: str, count: int) -> None:
    """Forms of enterprises that differ, of this and of an older commit, in turn, the best of three."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", commit, "jwdt_xl"], cwd=_ROOT, check=True, stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        best = {str(_ROOT): float("inf"), folder: float("inf")}
        for _ in range(3):
            for root in best:
                made = subprocess.run(
                    [sys.executable, "-c", _FORMS, str(Path(folder, "form.xlsx")), str(count)],
                    cwd=root, check=True, capture_output=True, text=True,
                )  # fmt: skip
                best[root] = min(best[root], float(made.stdout))
    new, old = (seconds / count * 1000 for seconds in best.values())
    print(f"{count} forms, processor time: {new:.1f} ms a form, at {commit} {old:.1f} ms")
    print(f"rate of forms of a register / at {commit} {old / new:.1f}  (at least 4)")


def main() -> None:
    if sys.argv[1:2] == ["--distribute"]:
        distribute(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 120)
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    written = cells()
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.xlsx"), Path(folder, "bare.xlsx")
        workbook.write(ours, host="portable")  # once before: tables of the standard are read
        series = Series(builtin(), "portable", "zh")
        one = Assessment(enterprise=Enterprise(name="A"), periods=Periods(base="2022", report="2023"))
        series.write(ours, one)
        times: dict[str, list[float]] = {"ours": [], "bare": [], "series": []}
        for _ in range(rounds):  # in turn, so that a busy machine slows both alike
            times["ours"] += seconds(lambda: workbook.write(ours, host="portable"), 1)
            times["series"] += seconds(lambda: series.write(ours, one), 1)
            times["bare"] += seconds(lambda: bare(theirs, written), 1)
        best = {name: min(found) for name, found in times.items()}
        middle = {name: statistics.median(found) for name, found in times.items()}
        sizes = {name: path.stat().st_size / 1000 for name, path in (("ours", ours), ("bare", theirs))}
    print(f"{len(written)} cells, {rounds} rounds")
    print(f"template {best['ours'] * 1000:.0f} ms (median {middle['ours'] * 1000:.0f}), {sizes['ours']:.0f} kB")
    print(f"bare     {best['bare'] * 1000:.0f} ms (median {middle['bare'] * 1000:.0f}), {sizes['bare']:.0f} kB")
    print(f"ratio    {best['ours'] / best['bare']:.2f}  (at most 1.5)")
    print(f"of a series, as distribute writes them: {best['ours'] / best['series']:.1f} templates in the time of one")


if __name__ == "__main__":
    main()
