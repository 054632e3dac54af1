"""The same project as a Wasm build of xlwings: no server, Python runs in the page. Offline, in headless Chromium.

xlwings' own command builds the pages; a plain file server on 127.0.0.1 serves them, and Pyodide and the wheels, which
such pages fetch from the network, come from npm's and pip's folders.
"""

from __future__ import annotations

import functools
import hashlib
import http.server
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.functions import CATALOGUE
from jwdt_xl.hosts.excel.summary import SHEET

from . import summaries

pytestmark = [
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(sys.version_info < (3, 11), reason="xlwings Server itself needs Python 3.11"),
]
HERE = Path(__file__).parent
PROJECT = HERE.parents[1] / "udfs" / "server"


def module() -> Any:
    """calls.py, loaded by conftest.py."""
    return sys.modules["host_calls"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder and the address on which its files are served."""
    folder = tmp_path_factory.mktemp("site")
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def pyodide_with(parts: Path, folder: Path) -> Path:
    """Pyodide's folder as its address would serve it, with the two packages every page loads from there."""
    shutil.copytree(parts / "node_modules" / "pyodide", folder)
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    for name in ("micropip", "packaging"):
        [file] = (parts / "wheels").glob(f"{name}-*.whl")
        content = file.read_bytes()
        (folder / file.name).write_bytes(content)
        lock["packages"][name] |= {
            "file_name": file.name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "version": file.name.split("-")[1],
        }
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def in_browser(
    site: tuple[Path, str], parts: Path, wheel: Path, table: Any, filled_books: Any, tmp_path_factory: Any
) -> Any:
    folder, address = site
    work = tmp_path_factory.mktemp("wasm")
    shutil.copytree(PROJECT, work / "project")
    wheels = [*(parts / "wheels").glob("xlwings-*.whl"), wheel]
    runtime = importlib.util.find_spec("xlwings_server")
    assert runtime is not None and runtime.origin is not None
    shutil.copytree(Path(runtime.origin).with_name("wasm"), work / "project" / "wasm")
    (work / "project" / "wasm" / "requirements.txt").write_text(
        "".join(f"{address}/wheels/{file.name}\n" for file in wheels), encoding="utf-8"
    )
    program = Path(sys.executable).with_name("xlwings-server")
    done = subprocess.run(
        [program, "build", "wasm", address, "-o", folder],
        cwd=work / "project",
        env={
            **os.environ,
            "XLWINGS_ENABLE_WASM": "true",
            "XLWINGS_LICENSE_KEY": "noncommercial",
            "XLWINGS_PROJECT_DIR": str(work / "project"),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "wheels").mkdir()
    for file in wheels:
        shutil.copy(file, folder / "wheels")
    settings = {
        "playwright": str(parts / "node_modules" / "playwright-core"),
        "chromium": shutil.which("chromium"),
        "address": address,
        "picture": str(work / "taskpane.png"),
        "pyodide": str(pyodide_with(parts, work / "pyodide")),
    }
    (work / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    chosen = module().some_of_each(table)
    job = {
        "template": False,  # the pages have no server that could write one
        "calls": [{"name": call.name, "args": module().to_office_js(call)} for call in chosen],
        "books": [data for _, data in filled_books.values()],
    }
    done = subprocess.run(
        [shutil.which("node") or "node", HERE / "node" / "taskpane.mjs", work / "settings.json"],
        input=json.dumps(job),
        capture_output=True,
        encoding="utf-8",
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {**json.loads(done.stdout), "chosen": chosen}


def test_cell_to_python_in_the_page_and_back(in_browser: Any) -> None:
    assert set(in_browser["functions"]) == set(CATALOGUE)
    thrown = [result for result in in_browser["results"] if isinstance(result, dict)]
    assert not thrown, in_browser["messages"]
    assert in_browser["outside"] == []
    results = [module().from_office_js(result) for result in in_browser["results"]]
    assert {call.name for call in in_browser["chosen"]} == set(CATALOGUE)
    assert not (found := module().differences(in_browser["chosen"], results)), "\n".join(found)
    assert in_browser["outside"] == []


def test_the_summary_is_written_without_a_server(in_browser: Any, filled_books: Any) -> None:
    for found, ((_, language), (result, _)) in zip(in_browser["summaries"], filled_books.items(), strict=True):
        [written] = found["written"]
        assert written["sheet"] == found["active"] == getattr(SHEET, language)
        summaries.check(written["values"], result, language)
