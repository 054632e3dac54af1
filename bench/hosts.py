"""One call with a whole range against one call per row, in every host: what a formula that spills saves.

    python bench/hosts.py                    all hosts, a function of each kind, 10,000 rows
    python bench/hosts.py --hosts lite server --functions JWDT_CO2E --rows 2000

Prints, per function and host, seconds for ROWS rows in one call and in ROWS calls, microseconds per row, and the ratio.
Of several goes the best counts, except for ROWS calls, which are many enough to even things out. The hosts
are those of the tests: xlwings' Windows engine without COM (so its calls cost more in Excel), Pyodide under Node,
xlwings Server on 127.0.0.1, LibreOffice Calc, and for functions that travel inside a workbook IronCalc. Excel itself is
not among them.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from jwdt_xl.functions import CATALOGUE

TESTS = Path(__file__).resolve().parents[1] / "tests"
#: A row of a function of each kind: numbers only, a lookup with a name, numbers and a name, a sentence.
ROWS: dict[str, Callable[[int], list[Any]]] = {
    "JWDT_CARBON_INTENSITY": lambda place: [1000.5 + place % 997, 80.25],
    "JWDT_EQUIVALENT": lambda place: [("二氧化硫", "NOx", "烟尘", "一氧化碳")[place % 4], 1.5 + place % 997, "大气"],
    "JWDT_CO2E": lambda place: [("CO2", "CH4", "N2O")[place % 3], 1.5 + place % 997],
    "JWDT_INDICATOR_SCORE": lambda place: [50.5 + place % 97, 80.25, "正向"],
    "JWDT_EXPLAIN": lambda place: [50.5 + place % 97, 80.25, "正向"],
}
WARM_UP = 20


def load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def columns(name: str, rows: int) -> list[list[list[Any]]]:
    return [[[cell] for cell in column] for column in zip(*map(ROWS[name], range(rows)), strict=True)]


class Times(dict[str, float]):
    """Seconds: one, many; whatever else a host tells."""


def timed(work: Callable[[], Any], times: int = 1) -> float:
    """Seconds; of several times the best, since other programs run on the machine too."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def engine(name: str, rows: int) -> Times:
    call, row = CATALOGUE[name].call, ROWS[name]
    ranges = columns(name, rows)
    return Times(one=timed(lambda: call(*ranges), 3), many=timed(lambda: [call(*row(i)) for i in range(rows)]))


def desktop(name: str, rows: int) -> Times:
    """In a process of its own, since the COM modules are replaced in it."""
    done = subprocess.run([sys.executable, __file__, "--desktop", name, str(rows)], capture_output=True, check=True)
    return Times(json.loads(done.stdout))


def in_desktop(name: str, rows: int) -> Times:
    windows = load("windows_excel", TESTS / "hosts" / "windows_excel.py")
    sys.path.insert(0, str(TESTS.parent / "udfs"))
    windows.load_xlwings()
    from xlwings.com_server import XLPython

    excel, caller = XLPython(), windows.Range([[None]])

    def ask(arguments: list[Any]) -> Any:
        return excel.CallUDF("jwdt_udfs", name, (*arguments, windows.MISSING), None, caller)

    def single(place: int) -> Any:
        return ask([windows.Range([[cell]]) for cell in ROWS[name](place)])

    first = timed(lambda: single(0))
    ranges = [windows.Range(column) for column in columns(name, rows)]
    return Times(one=timed(lambda: ask(ranges), 3), many=timed(lambda: [single(i) for i in range(rows)]), first=first)


def hosts_of_the_tests() -> tuple[ModuleType, ModuleType]:
    conftest = load("host_conftest", TESTS / "hosts" / "conftest.py")
    return conftest, conftest.calls


def payloads(name: str, rows: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    calls = hosts_of_the_tests()[1]
    version = importlib.metadata.version("xlwings")
    one = calls.payload(calls.Call("", name, columns(name, rows), None), version)
    return one, [calls.payload(calls.Call("", name, ROWS[name](i), None), version) for i in range(rows)]


def lite(name: str, rows: int) -> Times:
    done = subprocess.run(["bash", TESTS / "install_node_parts.sh"], capture_output=True, encoding="utf-8", check=True)
    parts = Path(done.stdout.strip().splitlines()[-1])
    one, many = payloads(name, rows)
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder]
        subprocess.run([*build, str(TESTS.parent)], check=True, capture_output=True)
        settings = Path(folder, "settings.json")
        given = {
            "pyodide": str(parts / "node_modules" / "pyodide"),
            "wheels": sorted(map(str, (parts / "wheels").glob("*.whl"))),
            "install": str(next(Path(folder).glob("*.whl"))),
        }
        settings.write_text(json.dumps(given), encoding="utf-8")
        job = {
            "language": "zh",
            "calls": many[:WARM_UP],
            "timed": [*({"name": f"one {i}", "calls": [one]} for i in range(3)), {"name": "many", "calls": many}],
            "book": None,
        }
        command = ["node", TESTS / "hosts" / "node" / "lite.mjs", settings]
        done = subprocess.run(command, input=json.dumps(job), capture_output=True, encoding="utf-8", check=True)
    times = {what: milliseconds / 1000 for what, milliseconds in json.loads(done.stdout)["times"].items()}
    return Times(one=min(times.pop(f"one {i}") for i in range(3)), **times)


def server(name: str, rows: int) -> Times:
    conftest, _ = hosts_of_the_tests()
    one, many = payloads(name, rows)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        process, found = conftest.start_server(Path(folder, "log.txt"))
        begun = time.perf_counter() - start
        try:
            path = "/xlwings/custom-functions-call"
            for data in many[:WARM_UP]:
                assert found.post(path, data)[0] == 200
            return Times(
                one=timed(lambda: found.post(path, one), 3),
                many=timed(lambda: [found.post(path, data) for data in many]),
                start=begun,
            )
        finally:
            found.close()
            process.terminate()
            process.wait(timeout=30)


def calc(name: str, rows: int) -> Times:
    """LibreOffice: formulas in ROWS cells, then one array formula; what a recalculation takes."""
    office_module = load("office", TESTS / "office.py")
    with office_module.Office(locale="en-US", addin=True, limit=600) as office:
        times, letters = Times(), "ABC"[: len(ROWS[name](0))]
        for way in ("many", "one"):
            book = office.new()
            book.set(f"A1:{letters[-1]}{rows}", [ROWS[name](i) for i in range(rows)])
            if way == "many":
                calls = (";".join(f"{letter}{i}" for letter in letters) for i in range(1, rows + 1))
                book.set(f"D1:D{rows}", [[f"={name}({cells})"] for cells in calls])
            else:
                book.set_array(f"D1:D{rows}", f"={name}({';'.join(f'{c}1:{c}{rows}' for c in letters)})")
            book.recalculate()
            times[way] = min(book.recalculate() for _ in range(3))
            book.close()
        return times


def carried(name: str, rows: int) -> Times:
    """Functions that travel inside a workbook, in IronCalc: what computing a book with the calls takes."""
    import ironcalc

    from jwdt_xl.workbook.carried import carry
    from jwdt_xl.workbook.xlsx import File, Xlsx

    times, letters = Times(), "ABC"[: len(ROWS[name](0))]
    with tempfile.TemporaryDirectory() as folder:
        for way in ("none", "one", "many"):
            path = Path(folder, f"{way}.xlsx")
            with Xlsx(File(str(path)), way) as book:
                sheet = book.file.add_worksheet("calls")
                for place in range(rows):
                    sheet.write_row(place, 0, ROWS[name](place))
                    if way == "many":
                        call = f"={name}({','.join(f'{letter}{place + 1}' for letter in letters)})"
                        sheet.write_dynamic_array_formula(place, 4, place, 4, call)
                if way == "one":
                    call = f"={name}({','.join(f'{letter}1:{letter}{rows}' for letter in letters)})"
                    sheet.write_dynamic_array_formula(0, 4, rows - 1, 4, call)
                carry(book, book.file)
            model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
            times[way] = timed(model.evaluate, 3)
    idle = times.pop("none")  # the sheet of examples is computed too
    return Times(one=times["one"] - idle, many=times["many"] - idle)


HOSTS = {"engine": engine, "lambda": carried, "desktop": desktop, "lite": lite, "server": server, "calc": calc}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--hosts", nargs="+", choices=tuple(HOSTS), default=tuple(HOSTS))
    parser.add_argument("--functions", nargs="+", choices=tuple(ROWS), default=tuple(ROWS))
    parser.add_argument("--desktop", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.desktop:
        print(json.dumps(in_desktop(options.desktop[0], int(options.desktop[1]))))
        return 0
    rows = options.rows
    print(
        f"{'function':<22}{'host':<9}{'one call s':>11}{'µs/row':>8}{f'{rows} calls s':>15}{'µs/row':>8}{'ratio':>7}"
        "   start-up s"
    )
    for function in options.functions:
        for name in options.hosts:
            times = HOSTS[name](function, rows)
            one, many = times.pop("one"), times.pop("many")
            rest = ", ".join(f"{what} {seconds:.2f}" for what, seconds in times.items())
            print(
                f"{function:<22}{name:<9}{one:>11.3f}{one / rows * 1e6:>8.1f}{many:>15.2f}{many / rows * 1e6:>8.1f}"
                f"{many / one:>7.1f}   {rest}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
