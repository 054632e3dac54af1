"""jwdt report: Word and PDF, one and many, refusals, exit codes, and what is never overwritten."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from jwdt_xl.opening.outputs import is_ours
from jwdt_xl.reports import fonts
from jwdt_xl.reports.fields import FIELDS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_has_the_fields_as_declared(run: Any, language: str) -> None:
    done = run("report", "--fields", "--lang", language)
    assert done.code == 0 and len(done.out.splitlines()) == 2 + len(FIELDS)
    page = (DOCS / language / "report.md").read_text(encoding="utf-8")
    assert page.endswith("\n\n" + done.out), "write the table anew: jwdt report --fields"


def test_a_workbook_becomes_a_document_and_a_pdf(run: Any, filled: Path, tmp_path: Path) -> None:
    for name in ("R.docx", "R.pdf"):
        for _ in range(2):  # a report of ours is replaced
            done = run("report", filled, "-o", tmp_path / name)
            assert done.code == 0 and name in done.err, done
        assert is_ours(str(tmp_path / name))
    pdftotext = shutil.which("pdftotext")
    assert pdftotext, "pdftotext is missing: tests/install_office.sh installs it"
    text = subprocess.run(
        [pdftotext, "-layout", tmp_path / "R.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    squeezed = "".join(text.split())
    for said in ("减污降碳协同增效评价报告", "79.39", "碳排放−108,500tCO2e", "环境保护税法", "[choice]", "填报人："):
        assert said in squeezed, said
    assert "{{" not in text and "{%" not in text


def test_many_files_into_a_folder(run: Any, golden: Path, tmp_path: Path) -> None:
    files = [golden / f"example_{name}.json" for name in ("cement", "dyeing", "cement")]
    done = run("report", *files, "--folder", tmp_path / "out", "--lang", "en")
    assert done.code == 0, done
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 3 and all(name.endswith("_report.docx") for name in names)
    assert "Points lost, largest first" in [p.text for p in Document(str(tmp_path / "out" / names[0])).paragraphs]


def test_a_refused_file_has_no_report_and_one_in_error_has(run: Any, golden: Path, tmp_path: Path) -> None:
    bad, wrong = tmp_path / "bad.json", tmp_path / "wrong.json"
    bad.write_text("{", encoding="utf-8")
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    data["periods"] = {"base": "2023", "report": "2022"}
    wrong.write_text(json.dumps(data), encoding="utf-8")
    done = run("report", bad, "-o", tmp_path / "R.docx")
    assert done.code == 1 and done.messages and not (tmp_path / "R.docx").exists()
    done = run("report", wrong, "-o", tmp_path / "R.docx")
    assert done.code == 1 and done.messages and (tmp_path / "R.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "R.docx"), "no file"),
        (("F",), "one of -o and --folder"),
        (("F", "-o", "R.docx", "--folder", "x"), "one of -o and --folder"),
        (("F", "F", "-o", "R.docx"), "--folder"),
        (("F", "-o", "R.docx", "--pdf"), "--pdf goes with --folder"),
        (("F", "-o", "R.doc"), "must end in .docx or .pdf"),
    ],
)
def test_wrong_use(
    run: Any, golden: Path, tmp_path: Path, monkeypatch: Any, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    named = [str(golden / "example_cement.json") if a == "F" else a for a in arguments]
    done = run("report", *named, "--lang", "en")
    assert done.code == 2 and said in done.err and not list(tmp_path.iterdir())


def test_the_template_that_comes_along_is_written_and_used(run: Any, golden: Path, tmp_path: Path) -> None:
    own = tmp_path / "T.docx"
    assert run("report", "--new-template", own).code == 0
    document = Document(str(own))
    document.paragraphs[-1].add_run(" {{ totall }}")
    document.save(str(own))
    done = run("report", golden / "example_cement.json", "--template", own, "-o", tmp_path / "R.docx", "--lang", "en")
    assert done.code == 1 and "“totall”" in done.err and "Traceback" not in done.err
    assert str(own) in done.err and not (tmp_path / "R.docx").exists()


def test_what_is_missing_is_said(run: Any, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = golden / "example_cement.json"
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "docxtpl", None)
        done = run("report", file, "-o", tmp_path / "R.docx")
        assert done.code == 1 and "pip install 'jwdt-xl[report]'" in done.err
    with monkeypatch.context() as patched:
        patched.setattr(fonts, "chinese", lambda: None)
        done = run("report", file, "-o", tmp_path / "R.docx")
        assert done.code == 1 and "fonts-noto-cjk" in done.err
        assert run("report", file, "-o", tmp_path / "R.docx", "--lang", "en").code == 0
    with monkeypatch.context() as patched:
        patched.setenv("JWDT_LIBREOFFICE", str(tmp_path))
        done = run("report", file, "-o", tmp_path / "R.pdf", "--lang", "en")
        assert done.code == 1 and "LibreOffice was not found" in done.err
    assert not (tmp_path / "R.pdf").exists()
