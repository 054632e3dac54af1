"""The macro Import papers on a workbook as xlwings holds it, by xlwings' own code: from files, and from sheets of the workbook."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from jwdt_xl.hosts.excel import papers
from jwdt_xl.hosts.excel.config import FOLDER

from . import actions

IN_XLWINGS = """
import json, os, sys
os.environ["XLWINGS_LICENSE_KEY"] = "noncommercial"
import xlwings
from jwdt_xl.hosts.excel import papers
given = json.load(sys.stdin)
book = xlwings.Book(json=given["book"])
book.set_mock_caller()
sys.path.insert(0, sys.argv[1])
import jwdt_udfs
if given["files"] is not None:
    papers.chosen = lambda book: given["files"]
said = jwdt_udfs.import_papers()
print(json.dumps({"said": said, "actions": book.json()["actions"]}))
"""


def macro(book: Any, files: list[Path] | None = None) -> Any:
    """The macro of the desktop module, started in a process of its own."""
    given = {"book": book, "files": None if files is None else list(map(str, files))}
    done = subprocess.run(
        [sys.executable, "-c", IN_XLWINGS, str(FOLDER)],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_files_that_the_user_picks(
    form_with_papers: Path, paper_files: list[Path], papers_by_command: Any, host_module: Any, tmp_path: Path
) -> None:
    """Every cell and every origin as the command has them."""
    answer = macro(host_module.book_data(form_with_papers), paper_files)
    told = actions.check(answer["actions"], form_with_papers, papers_by_command, tmp_path, same_documents=True)
    assert told[0][:2] == ["导入资料", ""] and told[0][2] == answer["said"]
    assert answer["said"].startswith("材料 4 份 = 已导入 4")
    assert [action["func"] for action in answer["actions"]][-3:] == ["addSheet", "setValues", "activateSheet"]
    nothing = macro(host_module.book_data(form_with_papers), [])
    assert nothing["actions"] == [] and "没有选择" in nothing["said"]


def test_sheets_of_the_workbook(
    form_with_papers: Path, book_with_papers: Any, papers_by_command: Any, tmp_path: Path
) -> None:
    """Where the program has no dialog for files; the form's own sheets are no papers, a sheet that is none is told."""
    answer = macro(book_with_papers)
    told = actions.check(answer["actions"], form_with_papers, papers_by_command, tmp_path)
    assert [row[1] for row in told if row[3] == "sheet-not-read"] == ["form.xlsx!便签"]


def test_what_it_cannot_do_is_said(form_with_papers: Path, host_module: Any) -> None:
    """No sheet to import; a workbook that is no form."""
    done = subprocess.run(
        [sys.executable, "-c", IN_XLWINGS, str(FOLDER)], capture_output=True, encoding="utf-8", timeout=120,
        input=json.dumps({"book": host_module.book_data(form_with_papers), "files": None}),
    )  # fmt: skip
    assert done.returncode == 1 and "移动或复制" in done.stderr
    book = {"name": "b.xlsx", "active_sheet_index": 0, "selection": "A1"}
    sheets = [{"name": "Sheet1", "values": [[]], "pictures": [], "tables": []}]
    data = {"client": "Office.js", "version": "dev", "book": book, "names": [], "sheets": sheets}
    done = subprocess.run(
        [sys.executable, "-c", IN_XLWINGS, str(FOLDER)], capture_output=True, encoding="utf-8", timeout=120,
        input=json.dumps({"book": data, "files": None}),
    )  # fmt: skip
    assert done.returncode == 1 and "jwdt template" in done.stderr


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [(("C:\\a.xlsx", "C:\\b.csv"), ["C:\\a.xlsx", "C:\\b.csv"]), (False, []), (("C:\\a.xlsx",), ["C:\\a.xlsx"])],
)
def test_excels_own_dialog(answer: Any, wanted: list[str]) -> None:
    """As COM answers: a tuple of paths, or False where nothing was picked; None where there is no such dialog."""
    asked: list[Any] = []

    def dialog(*arguments: Any) -> Any:
        asked.append(arguments)
        return answer

    book = SimpleNamespace(app=SimpleNamespace(api=SimpleNamespace(GetOpenFilename=dialog)))
    assert papers.chosen(book) == wanted
    assert asked == [(papers.FILTER, 1, "导入资料", None, True)]
    assert papers.chosen(SimpleNamespace(app=SimpleNamespace(api=object()))) is None
