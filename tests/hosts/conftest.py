"""The programs that stand in for Excel with Lite and Server. One that is missing is a failure, never a skip."""

from __future__ import annotations

import http.client
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from jwdt_xl.messages import set_language

HERE, TESTS = Path(__file__).parent, Path(__file__).parents[1]
PROJECT = TESTS.parent / "udfs" / "server"
LIMIT = 180  # seconds


def load(name: str, path: Path) -> ModuleType:
    """A module of the tests; none of their folders is on sys.path."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


calls = load("host_calls", HERE / "calls.py")


@pytest.fixture(scope="session")
def table() -> Any:
    """The table of calls with the engine's results, in the hosts' default language."""
    set_language("zh")
    return calls.table()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel under test: the one tests/run built; without tests/run one built from the source tree."""
    if built := os.environ.get("JWDT_TEST_WHEEL"):
        return Path(built)
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    done = subprocess.run([*command, str(TESTS.parent)], capture_output=True, encoding="utf-8", timeout=LIMIT)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def filled_books(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[Any, dict[str, Any]]]:
    """Filled templates by example and language: the engine's result, and the open workbook as xlwings' JavaScript sends
    it to a script."""
    from jwdt_xl import workbook
    from jwdt_xl.assessment import read

    books = {}
    for name in ("example_cement", "example_na_and_missing"):
        for language in ("zh", "en"):
            path = tmp_path_factory.mktemp("book") / f"{name}-{language}.xlsx"
            assessment = read(json.loads((TESTS / "golden" / f"{name}.json").read_text(encoding="utf-8")))
            result = workbook.write(str(path), assessment=assessment, host="server", language=language)
            books[name, language] = (result, book_data(path))
    return books


@pytest.fixture(scope="session")
def filled_book(filled_books: Any) -> dict[str, Any]:
    """The cement example as xlwings' JavaScript sends an open workbook to a script."""
    return dict(filled_books["example_cement", "zh"][1])


def book_data(path: Path) -> dict[str, Any]:
    file = CalamineWorkbook.from_path(str(path))
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/workbook.xml").decode()
    names = []
    for name, reference in re.findall(r'<definedName name="([^"]+)"[^>]*>([^<]+)', xml):
        cell = re.fullmatch(r"'?([^'!]+)'?!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?", reference)
        if cell:
            index = file.sheet_names.index(cell[1])
            last = f":{cell[4]}{cell[5]}" if cell[4] else ""
            scope = {"book_scope": True, "scope_sheet_name": None, "scope_sheet_index": None}
            names.append({"name": name, "sheet_index": index, "address": cell[2] + cell[3] + last, **scope})
    sheets = [
        {
            "name": name,
            "values": file.get_sheet_by_name(name).to_python(skip_empty_area=False),
            "pictures": [],
            "tables": [],
        }
        for name in file.sheet_names
    ]
    book = {"name": path.name, "active_sheet_index": 0, "selection": "A1"}
    return {"client": "Office.js", "version": "dev", "book": book, "names": names, "sheets": sheets}


@pytest.fixture(scope="session")
def host_module() -> Any:
    """What this file has for tests that open another workbook."""
    return sys.modules[__name__]


# A form with papers in sheets of its own, as people copy them into the workbook


@pytest.fixture(scope="session")
def paper_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The papers of the foundry, of both years, as published."""
    from ..papers import made

    return list(made.all_of(tmp_path_factory.mktemp("papers"), made.FOUNDRY, made.STYLES[0]))


@pytest.fixture(scope="session")
def form_with_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A form with one typed row, before the action."""
    from jwdt_xl import workbook
    from jwdt_xl.assessment import read

    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    row = {"kind": "fuel", "name": "液化石油气", "unit": "t", "report": 90, "source": "领料单"}
    periods = {"base": "2022", "report": "2023"}
    workbook.write(str(path), assessment=read({"format": "jwdt-assessment/1", "periods": periods, "activity": [row]}))
    return path


@pytest.fixture(scope="session")
def book_with_papers(form_with_papers: Path, paper_files: list[Path]) -> dict[str, Any]:
    """The form as it is open, with a sheet for each paper and one of the user's own."""
    book = book_data(form_with_papers)
    for number, path in enumerate(paper_files):
        values = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        book["sheets"].append({"name": f"材料{number}", "values": values, "pictures": [], "tables": []})
    book["sheets"].append({"name": "便签", "values": [["记得问仓库"]], "pictures": [], "tables": []})
    return book


@pytest.fixture(scope="session")
def papers_by_command(form_with_papers: Path, paper_files: list[Path]) -> Any:
    """What `jwdt import --into` makes of the same papers."""
    from jwdt_xl.messages import speaking
    from jwdt_xl.opening.sources import discover
    from jwdt_xl.papers.opened import typed
    from jwdt_xl.papers.run import import_papers

    with speaking("zh"):
        return import_papers(discover(map(str, paper_files)), typed(str(form_with_papers), None)[0])


# xlwings Lite


@pytest.fixture(scope="session")
def lite(parts: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any], Any]:
    """Runs a job in Pyodide under Node: what lite.mjs takes and gives."""
    folder = tmp_path_factory.mktemp("lite")
    settings = folder / "settings.json"
    given = {
        "pyodide": str(parts / "node_modules" / "pyodide"),
        "wheels": sorted(map(str, (parts / "wheels").glob("*.whl"))),
        "install": str(wheel),
    }
    settings.write_text(json.dumps(given), encoding="utf-8")

    def run(job: Any) -> Any:
        node = shutil.which("node")
        assert node, "Node.js is missing: https://nodejs.org"
        done = subprocess.run(
            [node, HERE / "node" / "lite.mjs", settings],
            input=json.dumps(job),
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    return run


# xlwings Server


class Server:
    """A server on 127.0.0.1."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        return self._ask("GET", path)

    def post(self, path: str, data: Any) -> tuple[int, Any]:
        body = json.dumps(data).encode()
        status, _, content = self._ask("POST", path, body)
        return status, json.loads(content) if status == 200 else content.decode()

    def _ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, dict[str, str], bytes]:
        self._connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def close(self) -> None:
        self._connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(log: Path, project: Path = PROJECT) -> tuple[subprocess.Popen[bytes], Server]:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XLWINGS_", "JWDT_LANG"))}
    environment |= {"XLWINGS_LICENSE_KEY": "noncommercial", "XLWINGS_PROJECT_DIR": str(project)}
    command = [sys.executable, "-m", "uvicorn", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "xlwings_server.main:main_app"], stdout=output, stderr=output, cwd=project, env=environment
        )
    server = Server(port)
    until = time.monotonic() + 60
    while True:
        try:
            if server.get("/")[0] == 200:
                return process, server
        except OSError:
            server.close()
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise AssertionError(f"xlwings Server does not start: {log.read_text(encoding='utf-8')[-3000:]}")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The project in udfs/server, started as its README says."""
    process, found = start_server(tmp_path_factory.mktemp("server") / "log.txt")
    try:
        yield found
    finally:
        found.close()
        process.terminate()
        process.wait(timeout=30)
