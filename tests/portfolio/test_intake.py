"""Reading many files: order, limits, and what a dead worker costs."""

from __future__ import annotations

import functools
import os
import pickle
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.opening.guard import Guard
from jwdt_xl.portfolio import Limits, read_file, read_files
from jwdt_xl.portfolio.collection import intake as intake_module
from jwdt_xl.portfolio.collection import one_return

Write = Callable[[str], Path]


def test_readings_come_in_the_order_given(book: Path, golden: Path, tmp_path: Path) -> None:
    files = [book, golden / "example_dyeing.json", tmp_path / "none.xlsx", book, golden / "example_cement.json", book]
    readings = list(read_files(files * 3, jobs=2))
    assert [reading.file for reading in readings] == [os.fspath(path) for path in files * 3]
    assert [reading.ok for reading in readings] == [True, True, False, True, True, True] * 3
    assert len({reading.result.total for reading in readings if reading.result}) == 2


def test_a_workbook_reads_like_its_data(book: Path, golden: Path) -> None:
    from_book, from_data = read_file(book), read_file(golden / "example_cement.json")
    assert from_book.assessment == from_data.assessment
    assert from_book.as_dict()["scores"] == from_data.as_dict()["scores"]
    assert from_book.stamp["host"] == "excel"
    assert {finding.where for finding in from_data.findings} != {finding.where for finding in from_book.findings}
    assert all("!" in finding.where for finding in from_book.findings)


def test_a_file_that_kills_the_reader_costs_itself_only(book: Path, with_cell: Write) -> None:
    stray = with_cell("XFD1048576")
    readings = list(read_files([book, stray, book, stray, book], jobs=2))
    assert [reading.ok for reading in readings] == [True, False, True, False, True]
    for reading in readings:
        if not reading.ok:
            [finding] = reading.findings
            assert finding.where == "污染物!XFD1048576"
            assert finding.code == "stray-cell"


@pytest.mark.skipif(sys.platform != "linux", reason="no bound on memory here")
def test_the_memory_limit_holds(book: Path, with_cell: Write) -> None:
    small = Limits(memory=16 * 1024 * 1024)
    stray = with_cell("XFD2000")
    first, second = read_files([stray, book], limits=small)
    assert first.findings[0].where == "污染物!XFD2000"
    assert second.ok


def test_the_time_limit_holds(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where compiled code hangs and hears no signal: here a regular expression that would take years."""
    slow = tmp_path / f"{'a' * 60}.xlsx"
    slow.write_bytes(book.read_bytes())
    monkeypatch.chdir(tmp_path)
    real = one_return.evaluate_workbook
    hang = functools.partial(re.match, "(a+)+b")
    with one_return.guard_of(None, 1, Limits(seconds=0.5)) as guard:
        monkeypatch.setattr(one_return, "evaluate_workbook", hang)
        first = intake_module._Workbook(slow.name, guard, Limits(seconds=0.5))
        monkeypatch.setattr(one_return, "evaluate_workbook", real)
        second = intake_module._Workbook(os.fspath(book), guard, Limits())
        [finding] = first.reading(None).findings
        assert (finding.code, finding.where) == ("too-slow", slow.name)
        assert "0.5" in finding.text.zh
        assert second.reading(None).ok


def test_an_idle_worker_that_is_killed_costs_nothing(book: Path, golden: Path) -> None:
    with one_return.guard_of(None, 1, Limits()) as guard:
        one = intake_module._Workbook(os.fspath(book), guard, Limits())
        assert one.reading(None).ok
        [idle] = guard._idle
        os.kill(idle.number, signal.SIGKILL)
        two = intake_module._Workbook(os.fspath(book), guard, Limits())
        assert two.reading(None).ok


def test_no_process_is_started_for_json_files(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Guard, "submit", lambda self, *task: pytest.fail("a worker was started"))
    assert all(reading.ok for reading in read_files([golden / "example_dyeing.json"] * 3))


def test_a_caller_may_stop_early(book: Path) -> None:
    readings = read_files([book] * 20, jobs=2)
    assert next(readings).ok
    readings.close()  # type: ignore[attr-defined]


def test_a_reading_survives_pickling(book: Path) -> None:
    reading = read_file(book)
    again: Any = pickle.loads(pickle.dumps(reading))
    assert again.as_dict() == reading.as_dict()
    assert again.assessment == reading.assessment
