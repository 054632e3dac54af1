"""The experimental code of xlwings Lite inside a template. Excel itself is not among what tries it here."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from openxml_audit.verdict import AppPrediction, predict

from jwdt_xl.hosts.lite import embedded as lite_parts
from jwdt_xl.messages import set_language
from jwdt_xl.portfolio import read_file
from jwdt_xl.workbook import write
from jwdt_xl.workbook.editions import EDITIONS

from ..office import Office

WE = "{http://schemas.microsoft.com/office/webextensions/webextension/2010/11}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def jwdt(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jwdt_xl.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        assert len(set(file.namelist())) == len(file.namelist())
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("embedded") / "lite.xlsx"
    done = jwdt("template", "--host", "lite", "--embed", "--lang", "en", "-o", path)
    assert done.returncode == 0, done.stderr
    assert "experimental, untried in Excel" in done.stdout + done.stderr
    return path


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plain") / "lite.xlsx"
    write(path, host="lite", language="en")
    return path


def test_every_other_part_is_that_of_the_plain_template(embedded: Path, plain: Path) -> None:
    with_code, without = contents(embedded), contents(plain)
    added = set(with_code) - set(without)
    assert added == set(lite_parts.parts())
    changed = {name for name in without if with_code[name] != without[name]}
    assert changed == {"[Content_Types].xml", "_rels/.rels"}
    assert not any("webextension" in name for name in without)  # only who asks for it gets it


def test_the_same_bytes_again(embedded: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write(again, host="lite", language="en")
    lite_parts.embed(again)
    assert again.read_bytes() == embedded.read_bytes()
    assert list(tmp_path.iterdir()) == [again]


def test_what_is_embedded_brings_the_package(embedded: Path) -> None:
    root = ElementTree.fromstring(contents(embedded)["xl/webextensions/webextension1.xml"])
    # the order of [MS-OWEXML] 2.2.7
    assert [child.tag.removeprefix(WE) for child in root] == [
        "reference", "alternateReferences", "properties", "bindings", "snapshot",
    ]  # fmt: skip
    found = {p.attrib["name"]: json.loads(p.attrib["value"]) for p in root.iter(f"{WE}property")}
    assert found == lite_parts.files()
    assert found["main.py"].splitlines()[-1] == lite_parts.MAIN
    assert "jwdt" not in found["requirements.txt"]  # no index is asked for it
    compile(found["main.py"], "main.py", "exec")
    for language in ("zh", "en"):
        set_language(language)
        note = str(EDITIONS["lite"].program)
        assert lite_parts.MAIN in note and "whl" in note
    set_language("zh")


def test_the_embedded_code_runs_with_no_package_installed(embedded: Path, lite: Callable[[Any], Any]) -> None:
    """main.py alone, in real Pyodide: where anything is fetched lite.mjs fails."""
    module = sys.modules["host_calls"]
    calls = [call for call in module.table() if call.what == "valid"]
    version = importlib.metadata.version("xlwings")
    job = {
        "language": "zh",
        "main": lite_parts.files()["main.py"],
        "calls": [module.payload(call, version, empty=None) for call in calls],
        "timed": [],
        "book": None,
    }
    answer = lite(job)
    assert answer["installed"] == [] and answer["foreign"] == []
    assert {function["name"] for function in answer["meta"]["functions"]} == {call.name for call in calls}
    for call, result in zip(calls, answer["results"], strict=True):
        assert module.same(module.from_office_js(result), call.expected), str(call)


def test_the_package_leads_to_the_parts(embedded: Path) -> None:
    parts = contents(embedded)
    relations = ElementTree.fromstring(parts["_rels/.rels"])
    assert len({r.attrib["Id"] for r in relations}) == len(relations)
    [panes] = [r.attrib["Target"] for r in relations if r.attrib["Type"].endswith("/webextensiontaskpanes")]
    [extension] = ElementTree.fromstring(parts["xl/webextensions/_rels/taskpanes.xml.rels"]).iter(
        f"{PACKAGE}Relationship"
    )
    assert extension.attrib["Target"] == "webextension1.xml"
    pane = ElementTree.fromstring(parts[panes])[0]
    assert pane.attrib["visibility"] == "0"  # Lite does not start by itself
    assert extension.attrib["Id"] in pane[0].attrib.values()
    types = {
        o.attrib["PartName"] for o in ElementTree.fromstring(parts["[Content_Types].xml"]).iter(f"{TYPES}Override")
    }
    assert {f"/{panes}", "/xl/webextensions/webextension1.xml"} <= types


def test_openxml_audit_finds_nothing(embedded: Path) -> None:
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2016).validate(embedded)
    assert [error.description for error in result.errors] == []
    assert predict(result).prediction == AppPrediction.OPENS_CLEAN


def test_our_reader_and_calc_open_it(embedded: Path, plain: Path) -> None:
    mine, other = read_file(str(embedded)), read_file(str(plain))
    assert mine.stamp == other.stamp and mine.stamp["host"] == "lite"
    assert mine.findings == other.findings  # an empty template lacks everything
    with Office(locale="en-US", limit=120) as office:
        book = office.open(embedded)
        assert book.get("stamp_host") == "lite"
        book.close()


def test_a_filled_workbook_too_and_only_for_lite(tmp_path: Path) -> None:
    data = Path(__file__).parents[1] / "golden" / "example_cement.json"
    path = tmp_path / "filled.xlsx"
    done = jwdt("fill", "--data", data, "--host", "lite", "--embed", "-o", path)
    assert done.returncode == 0, done.stderr
    assert set(lite_parts.parts()) <= set(contents(path))
    score: Any = json.loads(jwdt("score", path, "--json").stdout)
    assert score[0]["ok"]
    for wrong in (("--host", "excel"), (), ("--all", tmp_path / "all")):
        done = jwdt("template", *wrong, "--embed", "--lang", "en")
        assert done.returncode == 2 and "--embed goes with --host lite only" in done.stderr
