"""Drives the real LibreOffice for the tests: private profile, private pipe, a time limit on everything.

    with Office(locale="zh-CN", addin=True) as office:
        book = office.open("template.xlsx")     # or office.new()
        book.set("B3", 100)                     # by address, or by defined name: book.set("in_output_report", 100)
        book.set("B4", "=JWDT_SCORE(B1:B3)")    # formulas with English names and ";" between arguments
        book.recalculate()
        assert book.get("out_total") == pytest.approx(87.5)
        assert book.get("Sheet2.B5") == ErrorValue("#N/A")
        book.save("again.ods")

Two processes stand behind it, since a test's Python seldom has LibreOffice's ``uno`` module: this module is also the
program of a worker, run by a Python that has it, which starts soffice and obeys one JSON line after another. Both are
in one process group. It is killed when an answer is late, and by the worker itself when the tests go away.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

if __name__ != "__main__":  # the worker's Python has no jwdt_xl
    from jwdt_xl.hosts.libreoffice.program import Program, find_program

START_LIMIT = 90.0  # seconds; a first start on a slow machine
CALL_LIMIT = 60.0
STOP_LIMIT = 15.0
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"

#: Calc's error numbers that have a name; the others are shown as Err:502 …
ERROR_NAMES = {
    521: "#NULL!",
    532: "#DIV/0!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    503: "#NUM!",
    32767: "#N/A",
}
KEY_ENTER = 1280  # com.sun.star.awt.Key.RETURN
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".pdf": "calc_pdf_Export"}
ENGLISH_FUNCTION_NAMES = "/org.openoffice.Office.Calc/Formula/Syntax", "EnglishFunctionName"
RECALCULATE_XLSX = "/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode"


class OfficeError(RuntimeError):
    """LibreOffice could not do what was asked, or is missing."""


class OfficeTimeout(OfficeError):
    """LibreOffice did not answer in time and was killed."""


class ErrorValue(str):
    """An error in a cell: "#N/A", "#VALUE!", "Err:502" …; never equal to a text of the same letters."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ErrorValue) and str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def __repr__(self) -> str:
        return f"ErrorValue({str(self)!r})"


def office_environment(profile: str | os.PathLike[str]) -> dict[str, str]:
    """The environment for everything that works on a profile, unopkg included.

    Root must install extensions as shared; this keeps them in the profile instead of in the system's LibreOffice.
    The Python inside LibreOffice takes its library from the first python3 on the PATH: with that of a venv or of pyenv
    there it breaks ("std::bad_alloc"), so the PATH is the system's.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYENV", "VIRTUAL_ENV"))}
    shared = (Path(profile).resolve() / "shared").as_uri()
    return {**own, "PATH": SYSTEM_PATH, "LC_ALL": "C.UTF-8", "UNO_SHARED_PACKAGES_CACHE": shared}


def office_python(program: Program) -> str:
    """A Python that can talk to LibreOffice."""
    own = program.folder.parent / "Resources" / "python" if sys.platform == "darwin" else program.folder / "python"
    candidates = [str(own), "/usr/bin/python3", sys.executable]
    for python in filter(os.path.exists, candidates):
        done = subprocess.run([python, "-c", "import uno"], capture_output=True, timeout=START_LIMIT)
        if done.returncode == 0:
            return python
    raise OfficeError(f"no Python with LibreOffice's uno module in {candidates}; run tests/install_office.sh")


def install_addin(profile: str | os.PathLike[str]) -> None:
    """The cell functions into a profile, with the command people use."""
    command = [sys.executable, "-m", "jwdt_xl.cli", "addin", "install", "--host", "libreoffice"]
    done = subprocess.run(
        [*command, "--profile", str(profile)],
        env=office_environment(profile),
        capture_output=True,
        encoding="utf-8",
        timeout=START_LIMIT,
    )
    if done.returncode != 0:
        raise OfficeError(f"the add-in could not be installed:\n{done.stdout}{done.stderr}")


class Office:
    """A running LibreOffice, on a profile of its own or on the one given (whose settings it replaces).

    addin: with the cell functions installed. settings: further entries of the profile, by path and name.
    """

    def __init__(
        self,
        profile: str | os.PathLike[str] | None = None,
        locale: str = "en-US",
        addin: bool = False,
        settings: dict[tuple[str, str], Any] | None = None,
        limit: float = CALL_LIMIT,
    ) -> None:
        self.profile = Path(profile).resolve() if profile else None
        self.locale, self.addin, self.settings, self.limit = locale, addin, settings or {}, limit

    def __enter__(self) -> Office:
        program = find_program()
        python = office_python(program)
        self.folder = self.profile or Path(tempfile.mkdtemp(prefix="jwdt-office-"))
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        try:
            _write_settings(self.folder, self.locale, self.settings)
            if self.addin:
                install_addin(self.folder)
            self._start(python, str(program.tool("soffice")))
        except BaseException:
            self._remove_profile()
            raise
        return self

    def _start(self, python: str, soffice: str) -> None:
        fate = "keep" if self.profile else "remove"
        with open(self.folder / "office.log", "w", encoding="utf-8") as log:
            self._worker = subprocess.Popen(
                [python, os.path.abspath(__file__), str(self.folder), soffice, fate],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                start_new_session=True,  # a process group of its own
                env=office_environment(self.folder),
            )
        self.group = self._worker.pid
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        try:
            self._answer("start", START_LIMIT)
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._worker.stdin.close()  # type: ignore[union-attr]  # the sign to go
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._worker.wait(STOP_LIMIT)
        self._kill()
        self._reader.join()
        self._worker.stdout.close()  # type: ignore[union-attr]
        self._remove_profile()

    def _remove_profile(self) -> None:
        _remove_pipes(self.folder)
        if self.profile is None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def new(self) -> Book:
        """An empty workbook with one sheet, Sheet1."""
        return Book(self, self.call("new"))

    def open(self, path: str | os.PathLike[str], window: bool = False) -> Book:
        """A workbook from a file. Cached values of an .xlsx are trusted as Calc does; see Book.recalculate.

        window: with a window that takes keys (Book.press), though nobody sees it.
        """
        return Book(self, self.call("open", str(Path(path).resolve(strict=True)), window))

    def functions(self, prefix: str = "") -> dict[str, dict[str, Any]]:
        """The functions as the Function Wizard shows them: category, description, arguments (name, text, optional)."""
        return self.call("functions", prefix)

    def call(self, name: str, *arguments: Any, limit: float | None = None) -> Any:
        """One request to the worker."""
        if self._worker.poll() is not None:
            raise OfficeError("LibreOffice is not running")
        with contextlib.suppress(BrokenPipeError):
            print(json.dumps([name, *arguments]), file=self._worker.stdin, flush=True)
        shown = ", ".join(map(repr, arguments))
        return self._answer(f"{name}({shown if len(shown) < 200 else shown[:200] + '…'})", limit or self.limit)

    def _listen(self) -> None:
        for line in self._worker.stdout:  # type: ignore[union-attr]
            self._answers.put(line)
        self._answers.put("")

    def _answer(self, name: str, limit: float) -> Any:
        try:
            line = self._answers.get(timeout=limit)
        except queue.Empty:
            self._kill()
            raise OfficeTimeout(f"LibreOffice did not answer to {name} within {limit:g} s and was killed") from None
        if not line:
            self._kill()
            raise OfficeError(f"LibreOffice went away during {name}:\n{self._tail()}")
        answer = json.loads(line, object_hook=_decode)
        if "problem" in answer:
            raise OfficeError(f"{name}: {answer['problem']}")
        return answer["result"]

    def _tail(self) -> str:
        return (self.folder / "office.log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def _kill(self) -> None:
        """The worker, soffice and whatever they started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)
        self._worker.wait()


Filling = tuple[str, int, int, list[list[Any]]]
"""A sheet, the first row and column counted from 0, and the rows of values put there; None clears."""
Corners = tuple[str, int, int, int, int]
"""A sheet, then the first and the last row and column of an area: top, left, bottom, right."""


class Book:
    """An open workbook. A place is an address ("B3", "Sheet2.B3", "'My sheet'.A1:C9") or a defined name."""

    def __init__(self, office: Office, number: int) -> None:
        self._office, self._number = office, number

    def _call(self, name: str, *arguments: Any, limit: float | None = None) -> Any:
        return self._office.call(name, self._number, *arguments, limit=limit)

    def set(self, place: str, value: Any) -> None:
        """Put a number, a text, a formula ("=…"), None (clears) or, from a range's first cell on, rows of them."""
        rows = value if isinstance(value, list) else [[value]]
        self._call("set", place, rows)

    def set_array(self, place: str, formula: str) -> None:
        """Enter a formula as an array over a range, as with Ctrl+Shift+Enter."""
        self._call("set_array", place, formula)

    def type(self, place: str, text: str) -> None:
        """Enter a text as a person types it: function names and separators of the user interface."""
        self._call("type", place, text)

    def press(self, place: str, text: str) -> Any:
        """Choose a cell, press the keys of a text and Enter; gives what is in the cell then.

        So, and only so, drop-downs, validation and protection act as on a person. A message box is answered by itself,
        as with Escape.
        """
        return self._call("press", place, text)

    def get(self, place: str) -> Any:
        """A float, a text, None for an empty cell, or an ErrorValue."""
        return self._call("get", place)

    def block(self, place: str) -> list[list[Any]]:
        """The cells of a range, or of a whole sheet up to its last used cell when only the sheet is named ("Sheet1.").

        As ``get``, but empty texts of formulas are None too.
        """
        return self._call("block", place)

    def fill(self, inputs: list[Filling], areas: list[Corners]) -> list[list[list[Any]]]:
        """Put rows at many places, compute everything anew, and get many areas, each as ``block``: one request.

        Every request costs LibreOffice's bridge ten milliseconds, which counts where hundreds of returns are typed.
        """
        return self._call("fill", inputs, areas)

    def formula(self, place: str, shown: bool = False) -> str:
        """The formula of a cell as files keep it, or as the user interface shows it."""
        return self._call("formula", place, shown)

    def recalculate(self, limit: float | None = None) -> float:
        """Compute every formula anew, as Ctrl+Shift+F9 does; the seconds it took."""
        return self._call("recalculate", limit=limit)

    def keystrokes(self, place: str, values: list[float]) -> float:
        """Put one number after the other into a cell and have computed what rests on it; the seconds it took."""
        return self._call("keystrokes", place, values)

    def do(self, place: str, command: str, **arguments: Any) -> None:
        """Choose a cell or range and carry out a command of the menus (".uno:Cut"), as its key does."""
        self._call("do", place, command, arguments)

    def trigger(self, event: str) -> None:
        self._call("trigger", event)

    def papers(self, paths: list[str], period: str = "") -> str:
        """The add-in's action Import on this workbook; what its box would say."""
        return self._call("papers", paths, period)

    def drag(self, source: str, target: str) -> None:
        """Drag a range with the mouse to another first cell."""
        self._call("drag", source, target)

    def sheets(self) -> list[str]:
        return self._call("sheets")

    def add_sheet(self, name: str) -> None:
        self._call("add_sheet", name)

    def names(self) -> dict[str, str]:
        """The defined names of the workbook and what they stand for."""
        return self._call("names")

    def define(self, name: str, content: str) -> None:
        """Define a name, for example "$Sheet1.$B$3"."""
        self._call("define", name, content)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Save a copy; the ending (.xlsx, .ods, .pdf) says as what."""
        path = Path(path).resolve()
        self._call("save", str(path), FILTERS[path.suffix])
        return path

    def close(self) -> None:
        self._call("close")


def _pipe_id(folder: str | os.PathLike[str]) -> str:
    """The end of the name of the pipe by which LibreOffice finds itself running on a profile; ours is called alike."""
    digest = hashlib.md5(Path(folder).resolve().as_uri().encode("utf-16-le")).digest()
    return "".join(f"{byte:x}" for byte in digest)


def _remove_pipes(folder: str | os.PathLike[str]) -> None:
    """A LibreOffice that was killed leaves its pipes behind."""
    for pipe in glob.glob(f"/tmp/OSL_PIPE_*_{_pipe_id(folder)}"):
        with contextlib.suppress(OSError):
            os.unlink(pipe)


def _decode(item: dict[str, Any]) -> Any:
    return ErrorValue(item["error"]) if set(item) == {"error"} else item


def _write_settings(folder: Path, locale: str, settings: dict[tuple[str, str], Any]) -> None:
    """The profile's settings: language, and no dialog that waits for somebody."""
    known: dict[tuple[str, str], Any] = {
        ("/org.openoffice.Office.Linguistic/General", "UILocale"): locale,
        ("/org.openoffice.Setup/L10N", "ooLocale"): locale,
        ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale"): locale,
        ("/org.openoffice.Office.Common/Misc", "FirstRun"): False,
        ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay"): False,
        **settings,
    }
    items = "\n".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{name}" oor:op="fuse"><value>'
        f"{escape(str(value).lower() if isinstance(value, bool) else str(value))}</value></prop></item>"
        for (path, name), value in known.items()
    )
    user = folder / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        f"{items}\n</oor:items>\n",
        encoding="utf-8",
    )


# What follows runs in the worker.


class Worker:
    """Carries out the requests in LibreOffice."""

    def __init__(self, folder: str, soffice: str) -> None:
        import uno  # type: ignore[import-not-found]

        self._uno = uno
        self._books: list[Any] = []
        pipe = f"jwdt_{_pipe_id(folder)}"
        self.office = subprocess.Popen(
            [
                soffice,
                f"-env:UserInstallation={Path(folder).resolve().as_uri()}",
                *("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        end = time.monotonic() + START_LIMIT
        while True:
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except uno.getClass("com.sun.star.connection.NoConnectException"):
                if time.monotonic() > end or self.office.poll() not in (None, 81):  # 81: a new profile, it restarts
                    raise
                time.sleep(0.05)
        self.manager = self.context.ServiceManager
        self.desktop = self._service("com.sun.star.frame.Desktop")

    def _service(self, name: str) -> Any:
        return self.manager.createInstanceWithContext(name, self.context)

    def quit(self) -> None:
        for book in self._books:
            if book is not None:
                book.close(True)
        self.desktop.terminate()
        self.office.wait(10)

    def _load(self, url: str, window: bool = False) -> int:
        how = (self._property("Hidden", not window), self._property("UpdateDocMode", 0))  # 0: never ask about links
        book = self.desktop.loadComponentFromURL(url, "_blank", 0, how)
        if book is None or not hasattr(book, "Sheets"):
            raise ValueError(f"{url} is no workbook LibreOffice can open")
        self._books.append(book)
        return len(self._books) - 1

    def _property(self, name: str, value: Any) -> Any:
        item = self._uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        item.Name, item.Value = name, value
        return item

    def _range(self, number: int, place: str) -> Any:
        book = self._books[number]
        if book.NamedRanges.hasByName(place):
            found = book.NamedRanges.getByName(place).getReferredCells()
            if found is None:
                raise ValueError(f"{place} stands for no cells")
            return found
        sheet, _, address = place.rpartition(".")
        sheets = book.Sheets
        target = sheets.getByName(sheet.strip("$").strip("'")) if sheet else sheets.getByIndex(0)
        if not address:
            cursor = target.createCursor()
            cursor.gotoEndOfUsedArea(False)
            end = cursor.RangeAddress
            return target.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
        return target.getCellRangeByName(address)

    def _cell(self, number: int, place: str) -> Any:
        return self._range(number, place).getCellByPosition(0, 0)

    def new(self) -> int:
        number = self._load("private:factory/scalc")
        self._books[number].Sheets.getByIndex(0).Name = "Sheet1"
        return number

    def open(self, path: str, window: bool) -> int:
        return self._load(Path(path).as_uri(), window)

    def set(self, number: int, place: str, rows: list[list[Any]]) -> None:
        start = self._range(number, place)
        at, sheet = start.RangeAddress, start.Spreadsheet
        area = sheet.getCellRangeByPosition(
            at.StartColumn, at.StartRow, at.StartColumn + len(rows[0]) - 1, at.StartRow + len(rows) - 1
        )
        if not any(isinstance(value, str) and value.startswith("=") for row in rows for value in row):
            area.setDataArray(tuple(tuple(_plain(value) for value in row) for row in rows))
            return
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                cell = area.getCellByPosition(c, r)
                if isinstance(value, str) and value.startswith("="):
                    cell.setFormula(value)
                elif isinstance(value, str):
                    cell.setString(value)
                elif value is None:
                    cell.setFormula("")
                else:
                    cell.setValue(float(value))

    def set_array(self, number: int, place: str, formula: str) -> None:
        self._range(number, place).setArrayFormula(formula)

    def type(self, number: int, place: str, text: str) -> None:
        self._cell(number, place).FormulaLocal = text

    def press(self, number: int, place: str, text: str) -> Any:
        cell, view = self._cell(number, place), self._books[number].CurrentController
        view.setActiveSheet(cell.Spreadsheet)
        view.select(cell)
        toolkit = self._service("com.sun.star.awt.Toolkit")
        toolkit.processEventsToIdle()  # another sheet has other panes
        grid = _grid(view.Frame.ComponentWindow)
        for char, code in [*((char, 0) for char in text), ("\r", KEY_ENTER)]:
            event = self._uno.createUnoStruct("com.sun.star.awt.KeyEvent")
            event.Source, event.KeyChar, event.KeyCode = grid, self._uno.Char(char), code
            toolkit.keyPress(event)
            toolkit.keyRelease(event)
        toolkit.processEventsToIdle()
        return _value(cell)

    def get(self, number: int, place: str) -> Any:
        return _value(self._cell(number, place))

    def block(self, number: int, place: str) -> list[list[Any]]:
        return _block(self._range(number, place))

    def fill(self, number: int, inputs: list[Any], areas: list[Any]) -> list[list[list[Any]]]:
        book = self._books[number]
        sheets = book.Sheets
        for title, row, col, rows in inputs:
            area = sheets.getByName(title).getCellRangeByPosition(col, row, col + len(rows[0]) - 1, row + len(rows) - 1)
            area.setDataArray(tuple(tuple(_plain(value) for value in row) for row in rows))
        book.calculateAll()
        return [
            _block(sheets.getByName(title).getCellRangeByPosition(left, top, right, bottom))
            for title, top, left, bottom, right in areas
        ]

    def formula(self, number: int, place: str, shown: bool) -> str:
        cell = self._cell(number, place)
        return cell.FormulaLocal if shown else cell.getFormula()

    def recalculate(self, number: int) -> float:
        start = time.perf_counter()
        self._books[number].calculateAll()
        return time.perf_counter() - start

    def keystrokes(self, number: int, place: str, values: list[float]) -> float:
        cell, book = self._cell(number, place), self._books[number]
        start = time.perf_counter()
        for value in values:
            cell.setValue(value)
            book.calculate()
        return time.perf_counter() - start

    def do(self, number: int, place: str, command: str, arguments: dict[str, Any]) -> None:
        area, view = self._range(number, place), self._books[number].CurrentController
        view.setActiveSheet(area.Spreadsheet)
        view.select(area)
        toolkit = self._service("com.sun.star.awt.Toolkit")
        toolkit.processEventsToIdle()
        given = tuple(self._property(name, value) for name, value in arguments.items())
        self._service("com.sun.star.frame.DispatchHelper").executeDispatch(view.Frame, command, "", 0, given)
        toolkit.processEventsToIdle()

    def trigger(self, number: int, event: str) -> None:
        self._service("jwdt.calc.Import").trigger(event)

    def papers(self, number: int, paths: list[str], period: str) -> str:
        given = {"Document": self._books[number], "Files": tuple(paths), "Period": period}
        import uno

        named = []
        for name, value in given.items():
            each = uno.createUnoStruct("com.sun.star.beans.NamedValue")
            each.Name, each.Value = name, value
            named.append(each)
        return self._service("jwdt.calc.Import").execute(tuple(named))

    def drag(self, number: int, source: str, target: str) -> None:
        area, to = self._range(number, source), self._cell(number, target)
        area.Spreadsheet.moveRange(to.CellAddress, area.RangeAddress)

    def sheets(self, number: int) -> list[str]:
        return list(self._books[number].Sheets.ElementNames)

    def add_sheet(self, number: int, name: str) -> None:
        sheets = self._books[number].Sheets
        sheets.insertNewByName(name, sheets.Count)

    def names(self, number: int) -> dict[str, str]:
        names = self._books[number].NamedRanges
        return {name: names.getByName(name).Content for name in names.ElementNames}

    def define(self, number: int, name: str, content: str) -> None:
        base = self._uno.createUnoStruct("com.sun.star.table.CellAddress")
        self._books[number].NamedRanges.addNewByName(name, content, base, 0)

    def save(self, number: int, path: str, kind: str) -> None:
        self._books[number].storeToURL(Path(path).as_uri(), (self._property("FilterName", kind),))

    def close(self, number: int) -> None:
        self._books[number].close(True)
        self._books[number] = None

    def functions(self, prefix: str) -> dict[str, Any]:
        found = {}
        descriptions = self._service("com.sun.star.sheet.FunctionDescriptions")
        for number in range(descriptions.Count):
            item = {entry.Name: entry.Value for entry in descriptions.getByIndex(number)}
            if item["Name"].startswith(prefix):
                arguments = [[a.Name, a.Description, a.IsOptional] for a in item["Arguments"] or ()]
                found[item["Name"]] = {
                    "category": item["Category"],
                    "description": item["Description"],
                    "arguments": arguments,
                }
        return found


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, str) else float(value)  # Calc takes no large whole numbers


def _value(cell: Any) -> Any:
    error = cell.getError()
    if error:
        return {"error": ERROR_NAMES.get(error, f"Err:{error}")}
    kind = cell.Type.value
    if kind == "FORMULA":
        kind = "VALUE" if cell.FormulaResultType2 == 1 else "TEXT"
    return {"EMPTY": None, "VALUE": cell.getValue(), "TEXT": cell.getString()}[kind]


def _grid(window: Any) -> Any:
    """The part of a workbook's window that takes keys: the largest that holds no other."""
    inner = [found for child in window.getWindows() for found in _inmost(child)]
    return max(inner, key=lambda found: found.PosSize.Width * found.PosSize.Height)


def _inmost(window: Any) -> list[Any]:
    children = window.getWindows() if hasattr(window, "getWindows") else ()
    return [found for child in children for found in _inmost(child)] or [window]


def _block(area: Any) -> list[list[Any]]:
    data = area.getDataArray()
    rows = [[None if value == "" else value for value in row] for row in data]
    for r, row in enumerate(data):
        for c, value in enumerate(row):
            if value is None:  # an error; a blank is an empty text
                rows[r][c] = _value(area.getCellByPosition(c, r))
    return rows


def _answers(worker: Worker) -> Iterator[dict[str, Any]]:
    yield {"result": None}
    for line in sys.stdin:  # until the tests close it, or end in whatever way
        name, *arguments = json.loads(line)
        try:
            yield {"result": getattr(worker, name)(*arguments)}
        except Exception as error:
            yield {"problem": f"{type(error).__name__}: {error}"}
            if worker.office.poll() is not None:
                return


def _work(folder: str, soffice: str, fate: str) -> None:
    worker = None
    try:
        worker = Worker(folder, soffice)
        for answer in _answers(worker):
            print(json.dumps(answer), flush=True)
    except BrokenPipeError:
        pass  # nobody listens any more
    finally:
        if worker is not None:
            with contextlib.suppress(Exception):
                worker.quit()
        _remove_pipes(folder)
        if fate == "remove":
            shutil.rmtree(folder, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)  # soffice starts helpers; nothing of this group stays


if __name__ == "__main__":
    _work(*sys.argv[1:])
