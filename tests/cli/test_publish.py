"""jwdt guide document and pack: written from an empty folder, refused with a sentence, and the same for the same guide."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from jwdt_xl import authoring
from jwdt_xl.opening.outputs import is_ours, is_result


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def paragraphs(path: str) -> list[str]:
    return [paragraph.text for paragraph in Document(path).paragraphs]


def test_a_document_by_its_guides_name_and_again(run: Any) -> None:
    done = run("guide", "document", "cement")
    assert done.code == 0 and "cement.docx" in done.err
    assert is_ours("cement.docx") and is_result("cement.docx")
    assert authoring.load("cement").sha256 in paragraphs("cement.docx")
    first = Path("cement.docx").read_bytes()
    # a name that nobody asked for replaces nothing
    assert run("guide", "document", "cement").code == 2 and Path("cement.docx").read_bytes() == first
    assert run("guide", "document", "cement", "-o", "cement.docx").code == 0
    assert Path("cement.docx").read_bytes() == first and not Path("cement.docx.bak").exists()


def test_a_pdf_of_the_general_rule(run: Any) -> None:
    done = run("guide", "document", "general", "-o", "G.pdf", "--lang", "en")
    assert done.code == 0 and is_ours("G.pdf")
    pdftotext = shutil.which("pdftotext")
    assert pdftotext, "pdftotext is missing: tests/install_office.sh installs it"
    text = subprocess.run([pdftotext, "-layout", "G.pdf", "-"], capture_output=True, check=True).stdout.decode()
    squeezed = "".join(text.split())
    for said in ("2Indexsystemandweights", "degreeofsynergy", "emissionst×1000÷output", "Fingerprint(SHA-256)"):
        assert said in squeezed, said


@pytest.mark.parametrize("source", ["toml", "xlsx", "json"])
def test_the_same_document_from_whatever_form_the_guide_has(run: Any, source: str) -> None:
    assert run("guide", "document", "four-levels", "-o", "one.docx").code == 0
    assert run("guide", "show", "four-levels", "--to", source, "-o", f"g.{source}").code == 0
    assert run("guide", "document", f"g.{source}", "-o", "other.docx").code == 0
    assert Path("one.docx").read_bytes() == Path("other.docx").read_bytes()


def test_differences_from_the_version_before(run: Any) -> None:
    text = authoring.dump(authoring.load("cement"))
    Path("old.toml").write_text(text, encoding="utf-8")
    Path("new.toml").write_text(
        text.replace('version = "1"', 'version = "2"').replace("from = 85", "from = 88"), encoding="utf-8"
    )
    assert run("guide", "document", "new.toml", "--previous", "old.toml", "-o", "D.docx").code == 0
    assert "等级：一级 ≥ 85 → 一级 ≥ 88" in paragraphs("D.docx")


def test_a_draft_says_that_it_is_one(run: Any) -> None:
    for name in ("zhejiang-index", "dapeng-index"):
        assert run("guide", "document", name, "-o", f"{name}.docx").code == 0
        said = paragraphs(f"{name}.docx")
        assert said.count("草稿：有缺项，补齐前不能用于评价") == 2
        assert all(str(gap) in said for gap in authoring.load(name).gaps)


def test_what_is_refused(run: Any) -> None:
    Path("notes.docx").write_bytes(b"what people keep")
    for words, said in (
        (("cement", "-o", "D.odt"), "must end in .docx or .pdf"),
        (("none.toml", "-o", "D.docx"), "none.toml"),
        (("cement", "-o", "notes.docx"), "--force"),
        (("cement", "--previous", "none.toml", "-o", "D.docx"), "none.toml"),
    ):
        done = run("guide", "document", *words, "--lang", "en")
        assert done.code in (1, 2) and said in done.err and "Traceback" not in done.err, done
    assert not Path("D.docx").exists() and Path("notes.docx").read_bytes() == b"what people keep"
