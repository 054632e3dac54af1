"""The harness for the real LibreOffice: what it reads, its limits, and that nothing of it stays."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

HARNESS = Path(__file__).with_name("office.py")
if "office" not in sys.modules:
    spec = importlib.util.spec_from_file_location("office", HARNESS)
    assert spec is not None and spec.loader is not None
    sys.modules["office"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["office"])
harness = sys.modules["office"]
Office, ErrorValue = harness.Office, harness.ErrorValue

pytestmark = pytest.mark.xdist_group("office")


@pytest.fixture(scope="module")
def office() -> Iterator[Any]:
    with Office() as office:
        yield office


@pytest.fixture
def book(office: Any) -> Iterator[Any]:
    book = office.new()
    yield book
    book.close()


def running(group: int) -> list[str]:
    """The processes of a group that are alive; a dead one may wait for whoever has to take note of it."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        state, _, its_group = rest.split()[:3]
        if int(its_group) == group and state not in "ZX":
            found.append(name)
    return found


def pipes(folder: str | Path) -> list[Path]:
    return list(Path("/tmp").glob(f"OSL_PIPE_*_{harness._pipe_id(folder)}"))


def wait_until_gone(group: int) -> None:
    end = time.monotonic() + 20
    while running(group) and time.monotonic() < end:
        time.sleep(0.05)
    assert running(group) == []


def test_what_is_read(book: Any) -> None:
    book.set("A1", [[1.5, "text", None], ["=A1*2", '=B1&"!"', '=""'], ["=1/0", "=NA()", '="#N/A"']])
    assert book.get("A1") == 1.5
    assert [book.get(f"{column}1") for column in "BC"] == ["text", None]
    assert [book.get(f"{column}2") for column in "ABC"] == [3.0, "text!", ""]
    assert [book.get(f"{column}3") for column in "ABC"] == [ErrorValue("#DIV/0!"), ErrorValue("#N/A"), "#N/A"]
    assert book.get("B3") != "#N/A" and book.get("C3") != ErrorValue("#N/A")
    assert book.block("Sheet1.") == book.block("A1:C3") == [
        [1.5, "text", None],
        [3.0, "text!", None],
        [ErrorValue("#DIV/0!"), ErrorValue("#N/A"), "#N/A"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("=SQRT(-1)", "Err:502"),
        ("=1E+308*10", "#NUM!"),
        ('="x"+1', "#VALUE!"),
        ("=INDIRECT(\"x!\")", "#REF!"),
        ("=no_such_function(1)", "#NAME?"),
    ],
)  # fmt: skip
def test_kinds_of_errors(formula: str, kind: str, book: Any) -> None:
    book.set("A1", formula)
    assert book.get("A1") == ErrorValue(kind)
    assert repr(book.get("A1")) == f"ErrorValue('{kind}')"


def test_places_and_names(book: Any) -> None:
    book.add_sheet("数据 1")
    assert book.sheets() == ["Sheet1", "数据 1"]
    book.set("'数据 1'.B2", [[1, 2], [3, 4]])
    book.define("in_amount", "$'数据 1'.$B$2")
    book.define("tbl", "$'数据 1'.$B$2:$C$3")
    book.set("in_amount", 7)
    assert book.get("in_amount") == book.get("$'数据 1'.$B$2") == 7
    assert book.block("tbl") == [[7, 2], [3, 4]]
    assert book.names() == {"in_amount": "$'数据 1'.$B$2", "tbl": "$'数据 1'.$B$2:$C$3"}
    for place in ("no_such_name", "none.A1"):
        with pytest.raises(harness.OfficeError, match=place.split(".")[0]):
            book.get(place)


def test_array_formulas_and_typing(book: Any) -> None:
    book.set("A1", [[1], [2]])
    book.set_array("B1:B2", "=A1:A2*10")
    assert book.block("B1:B2") == [[10], [20]]
    book.type("C1", "=SUM(A1,A2)")
    assert (book.get("C1"), book.formula("C1"), book.formula("C1", shown=True)) == (3, "=SUM(A1;A2)", "=SUM(A1,A2)")
    assert book.recalculate() >= 0


def test_many_places_at_once(book: Any) -> None:
    book.add_sheet("数据")
    book.set("Sheet1.A1", [["=SUM(B1:B2)", 1], ["=1/0", 2]])
    found = book.fill(
        [("Sheet1", 0, 1, [[3], [None]]), ("数据", 1, 0, [["x", 5]])], [("Sheet1", 0, 0, 1, 1), ("数据", 1, 0, 1, 2)]
    )
    assert found == [[[3, 3], [ErrorValue("#DIV/0!"), None]], [["x", 5, None]]]


def test_keys_meet_validation_and_protection(office: Any, tmp_path: Path) -> None:
    source = tmp_path / "keys.xlsx"
    with xlsxwriter.Workbook(source) as workbook:
        sheet = workbook.add_worksheet("S")
        sheet.freeze_panes(1, 1)
        sheet.protect()
        for cell in ("A1", "B2"):
            sheet.write_blank(cell, None, workbook.add_format({"locked": False}))
        sheet.data_validation("B2", {"validate": "decimal", "criteria": ">=", "value": 0})
    book = office.open(source, window=True)
    assert [book.press("A1", "text 文字"), book.press("B2", "12.5")] == ["text 文字", 12.5]
    assert [book.press("B2", "-1"), book.press("B2", "x"), book.press("C3", "locked")] == [12.5, 12.5, None]
    book.close()


def test_cached_values_until_it_recalculates(office: Any, tmp_path: Path) -> None:
    source = tmp_path / "数据.xlsx"
    with xlsxwriter.Workbook(source) as workbook:
        sheet = workbook.add_worksheet("S")
        sheet.write("A1", 2)
        sheet.write_formula("A2", "=A1*2", value=-1)
    book = office.open(source)
    assert book.get("A2") == -1
    book.recalculate()
    assert book.get("A2") == 4
    for ending in (".xlsx", ".ods"):
        again = office.open(book.save(tmp_path / f"again{ending}"))
        assert (again.sheets(), again.get("A2")) == (["S"], 4)
        again.close()
    assert book.save(tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    book.close()


def test_no_workbook(office: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        office.open(tmp_path / "none.xlsx")
    text = tmp_path / "some.xlsx"
    text.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(harness.OfficeError, match="open"):
        office.open(text)


def test_locale_of_the_user_interface() -> None:
    with Office(locale="zh-CN") as office:
        assert not office.functions("SUM")["SUM"]["description"].isascii()
    wait_until_gone(office.group)
    assert not office.folder.exists() and not pipes(office.folder)


def test_cleaned_up_after_an_exception() -> None:
    with pytest.raises(ZeroDivisionError), Office() as office:
        assert running(office.group) and len(pipes(office.folder)) == 2
        raise ZeroDivisionError
    wait_until_gone(office.group)
    assert not office.folder.exists() and not pipes(office.folder)


def test_an_office_that_hangs_is_killed() -> None:
    with Office() as office:
        book = office.new()
        os.killpg(office.group, signal.SIGSTOP)
        with pytest.raises(harness.OfficeTimeout, match=r"recalculate\(0\) within 0.5 s"):
            book.recalculate(limit=0.5)
        wait_until_gone(office.group)
        with pytest.raises(harness.OfficeError, match="not running"):
            book.get("A1")
    assert not office.folder.exists() and not pipes(office.folder)


def test_an_office_that_dies_is_reported() -> None:
    with Office() as office:
        book = office.new()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            fields = stat.read_text().rpartition(")") if stat.exists() else ("", "", "0 0 0")
            if fields[0].endswith("(soffice.bin") and int(fields[2].split()[2]) == office.group:
                os.kill(int(stat.parent.name), signal.SIGKILL)
        with pytest.raises(harness.OfficeError):
            book.get("A1")
    wait_until_gone(office.group)
    assert not office.folder.exists() and not pipes(office.folder)


def test_nothing_stays_when_the_tests_are_killed() -> None:
    program = f"""
import importlib.util, os, signal, sys
spec = importlib.util.spec_from_file_location("office", {str(HARNESS)!r})
office = importlib.util.module_from_spec(spec)
sys.modules["office"] = office
spec.loader.exec_module(office)
with office.Office() as running:
    print(running.group, running.folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr
    group, folder = done.stdout.split()
    wait_until_gone(int(group))
    assert not Path(folder).exists() and not pipes(folder)


def test_a_profile_given_is_kept(tmp_path: Path) -> None:
    with Office(tmp_path / "profile") as office:
        assert office.new().get("A1") is None
    assert (tmp_path / "profile" / "user").is_dir()


def test_the_environment_is_free_of_other_pythons(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("VIRTUAL_ENV", "/nowhere")
    environment = harness.office_environment(tmp_path)
    assert "PYTHONPATH" not in environment and "VIRTUAL_ENV" not in environment
    assert "/usr/bin" in environment["PATH"].split(":")
