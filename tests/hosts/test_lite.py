"""xlwings Lite's runtime: the built wheel in real Pyodide under Node, with xlwings' own code, offline."""

from __future__ import annotations

import importlib.metadata
import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from jwdt_xl import __version__
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.hosts.excel.udfs import vba_name
from jwdt_xl.hosts.lite import embedded
from jwdt_xl.hosts.lite import install as lite_install
from jwdt_xl.hosts.wheel import WHEEL
from jwdt_xl.messages import LONGEST

from . import actions, summaries

pytestmark = pytest.mark.xdist_group("lite")
MAIN = Path(__file__).parents[2] / "udfs" / "lite"


@pytest.fixture(scope="session")
def answer(lite: Any, table: Any, filled_book: Any, book_with_papers: Any) -> Any:
    """One start of Pyodide for all tests here."""
    module = sys.modules["host_calls"]
    version = importlib.metadata.version("xlwings")
    job = {
        "language": "zh",
        "calls": [module.payload(call, version, empty=None) for call in table],
        "timed": [],
        "book": filled_book,
        "papers": book_with_papers,
    }
    return lite(job)


def test_the_wheel_is_pure_and_needs_nothing_in_lite(wheel: Path) -> None:
    assert wheel.name == f"jwdt_xl-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".so", ".pyd", ".dll", ".dylib"))]
        [metadata] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        needed = HeaderParser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist", [])
    in_lite = {"sys_platform": "emscripten", "platform_system": "Emscripten", "extra": ""}
    requirements = map(Requirement, needed)
    assert not [str(r) for r in requirements if r.marker is None or r.marker.evaluate(in_lite)]


def test_micropip_installs_the_wheel_and_nothing_else(answer: Any) -> None:
    assert answer["platform"] == "emscripten"
    assert answer["installed"] == ["jwdt-xl"]
    assert answer["foreign"] == []  # and nothing heavy is imported


def test_every_function_is_registered_with_its_texts(answer: Any) -> None:
    functions = {function["name"]: function for function in answer["meta"]["functions"]}
    assert set(functions) == set(CATALOGUE)  # without a namespace, as the templates call them
    for name, function in functions.items():
        declared = CATALOGUE[name]
        assert function["description"] == declared.help.zh[:LONGEST]
        shown = [(p["name"], p["description"]) for p in function["parameters"]]
        assert shown == [(vba_name(argument.name), argument.help.zh[:LONGEST]) for argument in declared.arguments]
        optional = [p.get("optional", False) for p in function["parameters"]]
        assert optional == sorted(optional)
        assert function["result"] == {"dimensionality": "matrix", "type": "any"}


def test_lite_says_what_the_engine_says(answer: Any, table: Any) -> None:
    module = sys.modules["host_calls"]
    results = [module.from_office_js(result) for result in answer["results"]]
    assert not (found := module.differences(table, results)), "\n".join(found)


def test_generate_summary(answer: Any, filled_books: Any) -> None:
    scripts = {script["function_name"]: script["name"] for script in answer["scripts"]}
    assert scripts == {
        "generate_summary": "生成汇总 / Generate summary",
        "import_papers": "导入资料 / Import papers",
    }
    [written] = [action for action in answer["actions"] if action["func"] == "setValues"]
    cells = {row[0]: row[1] for row in written["values"]}
    assert cells["企业"] == "示例水泥有限公司"
    summaries.check(written["values"], filled_books["example_cement", "zh"][0], "zh")


def test_import_papers(answer: Any, papers_by_command: Any, form_with_papers: Path, tmp_path: Path) -> None:
    """In Pyodide, from sheets of the workbook: the cells it writes are what the command makes of the same papers."""
    actions.check(answer["imported"], form_with_papers, papers_by_command, tmp_path)


def test_main_py_is_one_line() -> None:
    assert (MAIN / "main.py").read_text(encoding="utf-8").partition("  #")[0].strip() == embedded.MAIN
    assert (MAIN / "requirements.txt").read_text(encoding="utf-8").strip().endswith(f"/{WHEEL}")


def test_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert lite_install.install() == 0
    shown = capsys.readouterr().out
    assert embedded.MAIN in shown and WHEEL in shown
    assert lite_install.status() == lite_install.uninstall() == 0
    assert "jwdt addin doctor" in capsys.readouterr().out
