"""xlwings Server: the project in udfs/server started for real on 127.0.0.1, by HTTP and from headless Chromium."""

from __future__ import annotations

import base64
import contextlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import main
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.hosts.excel.summary import SHEET
from jwdt_xl.hosts.excel.udfs import vba_name
from jwdt_xl.hosts.server import install as server_install
from jwdt_xl.messages import LONGEST

from . import actions, summaries
from .conftest import free_port

pytestmark = [
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(sys.version_info < (3, 11), reason="xlwings Server itself needs Python 3.11"),
]
HERE = Path(__file__).parent
PROJECT = HERE.parents[1] / "udfs" / "server"


def module() -> Any:
    """calls.py, loaded by conftest.py."""
    return sys.modules["host_calls"]


def test_the_server_says_what_the_engine_says(server: Any, table: Any) -> None:
    version = importlib.metadata.version("xlwings")
    results = []
    for call in table:
        status, answer = server.post("/xlwings/custom-functions-call", module().payload(call, version))
        assert status == 200, (str(call), answer)
        results.append(module().from_office_js(answer["result"]))
    assert not (found := module().differences(table, results)), "\n".join(found)


def test_every_function_is_registered_with_its_texts(server: Any) -> None:
    status, _, content = server.get("/xlwings/custom-functions-meta.json")
    assert status == 200
    functions = {function["name"]: function for function in json.loads(content)["functions"]}
    assert set(functions) == set(CATALOGUE)
    for name, function in functions.items():
        assert function["description"] == CATALOGUE[name].help.zh[:LONGEST]
        shown = [(p["name"], p["description"]) for p in function["parameters"]]
        assert shown == [
            (vba_name(argument.name), argument.help.zh[:LONGEST]) for argument in CATALOGUE[name].arguments
        ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("example", ["example_cement", "example_na_and_missing"])
def test_generate_summary(server: Any, filled_books: Any, example: str, language: str) -> None:
    _, _, content = server.get("/xlwings/custom-scripts-meta.json")
    assert [script["function_name"] for script in json.loads(content)] == ["generate_summary", "import_papers"]
    result, book = filled_books[example, language]
    status, answer = server.post("/xlwings/custom-scripts-call/generate_summary", book)
    assert status == 200, answer
    assert [action["func"] for action in answer["actions"]] == ["addSheet", "setValues", "activateSheet"]
    summaries.check(answer["actions"][1]["values"], result, language)


def test_import_papers(
    server: Any, book_with_papers: Any, form_with_papers: Path, papers_by_command: Any, tmp_path: Path
) -> None:
    """The cells that the server asks for are what the command makes of the same papers."""
    status, answer = server.post("/xlwings/custom-scripts-call/import_papers", book_with_papers)
    assert status == 200, answer
    actions.check(answer["actions"], form_with_papers, papers_by_command, tmp_path)


def test_generate_summary_in_another_workbook_says_what_to_do(server: Any) -> None:
    book = {"name": "b.xlsx", "active_sheet_index": 0, "selection": "A1"}
    sheets = [{"name": "Sheet1", "values": [[]], "pictures": [], "tables": []}]
    data = {"client": "Office.js", "version": "dev", "book": book, "names": [], "sheets": sheets}
    status, answer = server.post("/xlwings/custom-scripts-call/generate_summary", data)
    assert status == 400 and "jwdt template" in answer


def test_the_manifest(server: Any) -> None:
    status, _, content = server.get("/manifest.xml")
    assert status == 200
    root = ET.fromstring(content)
    addresses = [e.attrib["DefaultValue"] for e in root.iter() if e.attrib.get("DefaultValue", "").startswith("http")]
    assert all(address.startswith(server.address) for address in addresses)
    for address in addresses:
        assert server.get(address.removeprefix(server.address))[0] == 200, address
    assert not [e for e in root.iter() if e.tag.endswith("Namespace")]  # =JWDT_SCORE(…), as in the templates
    defined = {
        e.attrib["id"]
        for e in root.iter()
        if "id" in e.attrib and e.tag.rpartition("}")[2] in ("String", "Url", "Image")
    }
    assert {e.attrib["resid"] for e in root.iter() if "resid" in e.attrib} <= defined


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template(server: Any, language: str) -> None:
    status, headers, content = server.get(f"/jwdt/template.xlsx?language={language}")
    assert status == 200 and f"template-server-{language}.xlsx" in headers["content-disposition"]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert "xl/workbook.xml" in archive.namelist()
    assert server.get("/jwdt/template.xlsx?language=fr")[0] == 422


@pytest.fixture(scope="session")
def in_browser(
    server: Any, table: Any, parts: Path, filled_books: Any, tmp_path_factory: pytest.TempPathFactory
) -> Any:
    """One visit of the task pane, with every valid call and some of each kind of trouble."""
    chosen = module().some_of_each(table)
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: tests/install_node_parts.sh installs it"
    folder = tmp_path_factory.mktemp("browser")
    settings = {
        "playwright": str(parts / "node_modules" / "playwright-core"),
        "chromium": chromium,
        "address": server.address,
        "picture": str(folder / "taskpane.png"),
    }
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    books = [{"name": data["book"]["name"], **data} for _, data in filled_books.values()]
    job = {
        "template": True,
        "calls": [{"name": call.name, "args": module().to_office_js(call)} for call in chosen],
        "books": [*books, {"name": "other.xlsx", "sheets": [{"name": "Sheet1", "values": [[1]]}], "names": []}],
    }
    node = shutil.which("node")
    assert node, "Node.js is missing: https://nodejs.org"
    done = subprocess.run(
        [node, HERE / "node" / "taskpane.mjs", folder / "settings.json"],
        input=json.dumps(job),
        capture_output=True,
        encoding="utf-8",
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {**json.loads(done.stdout), "chosen": chosen, "picture": folder / "taskpane.png"}


def test_cell_to_server_and_back_in_the_browser(in_browser: Any) -> None:
    assert set(in_browser["functions"]) == set(CATALOGUE)
    thrown = [result for result in in_browser["results"] if isinstance(result, dict)]
    assert not thrown
    results = [module().from_office_js(result) for result in in_browser["results"]]
    assert {call.name for call in in_browser["chosen"]} == set(CATALOGUE)
    assert not (found := module().differences(in_browser["chosen"], results)), "\n".join(found)


def test_the_task_pane(in_browser: Any) -> None:
    assert in_browser["outside"] == []  # everything comes from the server itself
    assert in_browser["messages"] == []
    assert [click for _, click in in_browser["buttons"]] == [None, None, "generate_summary", "import_papers"]
    assert in_browser["actions"] == ["generate-summary"]
    assert in_browser["message"] == ""
    with zipfile.ZipFile(BytesIO(base64.b64decode(in_browser["workbook"]))) as archive:
        assert "xl/workbook.xml" in archive.namelist()
    assert in_browser["picture"].read_bytes().startswith(b"\x89PNG")
    if folder := os.environ.get("JWDT_PICTURES"):  # the picture in the docs is made this way
        shutil.copy(in_browser["picture"], Path(folder) / "taskpane.png")


def test_the_summary_button_on_open_workbooks(in_browser: Any, filled_books: Any) -> None:
    *mine, other = in_browser["summaries"]
    for found, ((_, language), (result, _)) in zip(mine, filled_books.items(), strict=True):
        [written] = found["written"]
        assert written["sheet"] == found["active"] == getattr(SHEET, language)
        assert (written["row"], written["column"]) == (0, 0)
        summaries.check(written["values"], result, language)
    assert other["written"] == [] and "jwdt template" in other["alert"]


# The project and its command


def test_the_project_in_udfs_is_the_one_in_the_package() -> None:
    def files(root: Path) -> dict[str, bytes]:
        found = [path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    assert files(PROJECT) == files(server_install.PROJECT)


def test_loopback_by_default_and_the_licence_stated() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in PROJECT.iterdir() if path.is_file()}
    for name in ("README.md", ".env.template"):
        assert "PolyForm Noncommercial" in texts[name] and "xlwings.org/pricing" in texts[name]
    assert "127.0.0.1:8000:8000" in texts["Dockerfile"]
    assert "XLWINGS_LICENSE_KEY=\n" in texts[".env.template"]  # nobody's licence is chosen for him
    assert '="' not in texts[".env.template"]  # docker --env-file takes quotes for part of the value
    assert "noncommercial" not in texts["pyproject.toml"]
    requirements = importlib.metadata.requires("jwdt-xl") or []
    [extra, *_] = [r for r in requirements if r.startswith("xlwings-server")]
    assert "extra ==" in extra
    assert all("extra ==" in r for r in requirements if r.startswith("xlwings-server"))


@pytest.mark.parametrize(("variable", "first"), [(None, "S"), ("zh", "减")])
def test_the_language_in_the_env_file(tmp_path: Path, variable: str | None, first: str) -> None:
    """xlwings Server takes its own settings from that file only; a variable of the environment goes first."""
    (tmp_path / ".env").write_text("XLWINGS_LICENSE_KEY=noncommercial\nJWDT_LANG=en\n", encoding="utf-8")
    code = "import jwdt_xl.hosts.server as s; print(s.JWDT_SYNERGY_SCORE.__doc__)"
    own = {name: value for name, value in os.environ.items() if name != "JWDT_LANG"}
    own |= {"XLWINGS_PROJECT_DIR": str(tmp_path), "XLWINGS_ON_SERVER": "true", "XLWINGS_LICENSE_KEY": "noncommercial"}
    own |= {"JWDT_LANG": variable} if variable else {}
    done = subprocess.run([sys.executable, "-c", code], env=own, capture_output=True, encoding="utf-8", timeout=60)
    assert done.stdout.startswith(first), done.stdout + done.stderr


def test_the_command_that_starts_it(tmp_path: Path) -> None:
    """As the docs and the add-in command say it, from any folder, without a reloader."""
    texts = [
        (PROJECT / "README.md").read_text(encoding="utf-8"),
        *(text for step in server_install.STEPS for text in step),
    ]
    assert sum("python start.py" in text for text in texts) == 3
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, PROJECT / "start.py", str(port)],
        cwd=tmp_path,
        env={**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial"},
        stdout=subprocess.DEVNULL,
        stderr=(log := (tmp_path / "log.txt").open("wb")),
    )
    try:
        for _ in range(300):
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer,
            ):
                assert answer.status == 200
                break
            time.sleep(0.1)
        else:
            raise AssertionError((tmp_path / "log.txt").read_text())
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()
    assert "reloader" not in (tmp_path / "log.txt").read_text(encoding="utf-8")


def test_it_does_not_start_without_its_protection(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(PROJECT, project)
    custom = project / "routers" / "custom.py"
    custom.write_text(
        custom.read_text(encoding="utf-8").replace("import protect\n", "import protected\n"), encoding="utf-8"
    )
    environment = {**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "XLWINGS_PROJECT_DIR": str(project)}
    command = [sys.executable, "-c", "import xlwings_server.main"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode != 0 and "without its protection" in done.stderr


def test_the_command_copies_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)

    def addin(action: str) -> tuple[int, str]:
        code = main(["addin", action, "--host", "server", "--lang", "en"])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    assert addin("status")[0] == 1
    code, text = addin("install")
    assert code == 0 and "PolyForm Noncommercial" in text and "127.0.0.1" in text
    assert (tmp_path / "jwdt-server" / ".env.template").is_file()
    assert not list((tmp_path / "jwdt-server").rglob("__pycache__"))
    assert addin("status")[0] == 0
    code, text = addin("install")
    assert code == 1 and "is not overwritten" in text
    assert addin("uninstall")[0] == 0 and (tmp_path / "jwdt-server").is_dir()


def test_the_container_file_names_what_there_is() -> None:
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r'CMD \["uvicorn", .*"xlwings_server.main:main_app"\]', text)
    assert "USER jwdt" in text and "XLWINGS_PROJECT_DIR=/app" in text


SEARCHES = """
import asyncio, json, os, sys
os.environ["XLWINGS_ON_SERVER"], os.environ["XLWINGS_LICENSE_KEY"] = "true", "noncommercial"
import jwdt_xl.hosts.server as module
import xlwings.server
searched = []
class Watch:
    def find_spec(self, name, path=None, target=None):
        searched.append(name)
sys.meta_path.insert(0, Watch())
result = asyncio.run(xlwings.server.custom_functions_call(json.load(sys.stdin), module))
print(json.dumps([result, [name for name in searched if "pyodide" in name]]))
"""


def test_no_cell_costs_a_search_for_a_module() -> None:
    """xlwings looks for Pyodide for every cell: 10 s for 10,000 rows where it is not there."""
    call = module().Call("", "JWDT_CARBON_INTENSITY", [[[10.0], [20.0]], 5], None)
    data = module().payload(call, importlib.metadata.version("xlwings"))
    done = subprocess.run(
        [sys.executable, "-c", SEARCHES], input=json.dumps(data), capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[[2000.0], [4000.0]], []]
