"""The corpus of files as they come (tests/data/as_they_come): each has its outcome, whichever reader reads it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import xlsxwriter

from jwdt_xl.authoring import build, new_book
from jwdt_xl.authoring.layout import Layout as GuideLayout
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Finding
from jwdt_xl.opening import sheets
from jwdt_xl.opening.container import kind_of
from jwdt_xl.opening.jsonfile import load
from jwdt_xl.opening.sources import Source
from jwdt_xl.portfolio.campaign.register import COLUMNS, read_register
from jwdt_xl.portfolio.collection.one_return import evaluate_workbook
from jwdt_xl.standard.guide import builtin, to_dict
from jwdt_xl.standard.questionnaire import annex_a
from jwdt_xl.survey import intake, opened
from jwdt_xl.survey.form import new_form
from jwdt_xl.survey.layout import Layout as FormLayout

from ..data.as_they_come import build as corpus
from ..workbook.places import at
from . import dialects

A = corpus
_ID = "91330500MA2B2C3D4T"


class Read(NamedTuple):
    """What became of a file: its result (None where it was refused) and its findings."""

    result: Any
    findings: tuple[Finding, ...]


def _return(path: Path) -> Read:
    reading = evaluate_workbook(str(path))
    return Read(reading.result and reading.result.total, reading.findings)


def _form(path: Path) -> Read:
    found = opened._open(Source("f.xlsx", str(path)), opened.LIMITS)
    file, people = intake._read(found, annex_a())
    findings = tuple(f._replace(where=f.where.removeprefix("f.xlsx ")) for f in file.findings)
    return Read(None if file.refused else [person.answers for person in people], findings)


def _guide(path: Path) -> Read:
    notes: list[Finding] = []
    try:
        return Read(build(path, notes).hash, tuple(notes))
    except Refused as error:
        return Read(None, error.findings)


def _register(path: Path) -> Read:
    def placed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(f._replace(where="名单!" + re.split("[:!]", f.where)[-1]) for f in findings)

    try:
        register = read_register(str(path))
    except Refused as error:
        return Read(None, placed(error.findings))
    return Read(register.entries, placed(tuple(register.findings)))


READ: dict[str, Callable[[Path], Read]] = {A.RETURN: _return, A.FORM: _form, A.GUIDE: _guide, A.REGISTER: _register}


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> corpus.Bases:
    folder = tmp_path_factory.mktemp("as_they_come")
    paths = {reader: folder / f"{i}.xlsx" for i, reader in enumerate(A.READERS)}
    example = golden / "example_cement.json"
    assert main(["fill", "--data", str(example), "--host", "portable", "-o", str(paths[A.RETURN])]) == 0
    new_form(paths[A.FORM], "zh")
    new_book(paths[A.GUIDE], builtin(), "zh")
    with xlsxwriter.Workbook(paths[A.REGISTER]) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, [names[0] for names in COLUMNS.values()])
        sheet.write_row(1, 0, [_ID, "甲公司", "3011", "浙江", "2022", "2023", "水泥", "t"])
    form, guide = FormLayout("zh"), GuideLayout("zh", to_dict(builtin()))
    cells = {
        A.RETURN: at("pollutants[0].base"),
        A.FORM: form.where(form.option(1, 1)),
        A.GUIDE: guide.where(guide.cell("nodes", 1, "weight")),
        A.REGISTER: ("名单", "H2"),
    }
    split = {reader: tuple(cell.rsplit("!", 1)) if isinstance(cell, str) else cell for reader, cell in cells.items()}
    parts = {reader: dialects.parts(path) for reader, path in paths.items()}
    parts[A.FORM] = dialects.cell(parts[A.FORM], *split[A.FORM], ' t="str"', "<v>√</v>")
    return corpus.Bases(parts, split, dialects)


def _address(where: str) -> str:
    """A place without its sheet, which may be called otherwise."""
    return where.rpartition("!")[2]


def test_the_corpus(bases: corpus.Bases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # in this process: the guard has its own tests
    monkeypatch.setattr(sheets, "guarded", lambda task, path, arguments, limits: task(os.fspath(path), *arguments))
    good = {reader: READ[reader](dialects.write(tmp_path / "a.xlsx", bases.parts[reader])) for reader in A.READERS}
    assert all(read.result for read in good.values()), good
    usual = {reader: {(f.code, _address(f.where)) for f in read.findings} for reader, read in good.items()}
    cases = list(A.cases(bases))
    wrong = []
    for case in cases:
        path = dialects.write(tmp_path / "a.xlsx", case.change(bases.parts[case.reader]))
        result, findings = READ[case.reader](path)
        new = {(f.code, f.where) for f in findings if (f.code, _address(f.where)) not in usual[case.reader]}
        if case.where == A.ANYWHERE:
            new = {(code, A.ANYWHERE) for code, _ in new}
        same = result == pytest.approx(good[case.reader].result, rel=1e-12) if isinstance(result, float) else result == good[case.reader].result  # fmt: skip
        fits = {
            A.SAME: same and not new,
            A.TOLD: same and new == {(case.code, case.where)},
            A.LEFT_OUT: result is not None and (case.code, case.where) in new,
            A.REFUSED: result is None and new == {(case.code, case.where)},
        }
        if case.code == "totals-row" or case.code == "remark-row":
            fits[A.LEFT_OUT] = same and new == {(case.code, case.where)}
        if not fits[case.outcome]:
            wrong.append((case[:5], result, sorted(new)))
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(cases) >= 120


@pytest.mark.parametrize("file", range(len(A.FILES)))
def test_what_is_no_workbook_is_named(file: int, tmp_path: Path) -> None:
    name, content, code, what, cure = A.FILES[file]
    path = A.write(tmp_path / name, content)
    with pytest.raises(Refused) as error:
        kind_of(str(path))
        load(str(path))
    [finding] = error.value.findings
    assert finding.code == code and what in finding.text.zh and cure in finding.text.zh
    assert "—" in finding.text.en
