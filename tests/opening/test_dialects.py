"""The same return in any XML gives the same data or a refusal, never another number; errors and unsaved formulas refuse."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineError

from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.workbook import read

from ..workbook.places import at
from .dialects import DIALECTS, cell, parts, write

REFUSALS = (Refused, CalamineError, zipfile.BadZipFile, OSError, ValueError)
AMOUNT = tuple(at("pollutants[0].base").split("!"))
#: Sheet and cell of amounts, a unit, a name, a benchmark and a period in the cement return.
CELLS = (
    AMOUNT,
    *(
        tuple(at(path).split("!"))
        for path in (
            "pollutants[0].unit",
            "pollutants[0].pollutant",
            "energy[0].report",
            "benchmarks.5.value",
            "periods.base",
        )
    ),
)
KINDS = {
    "error": (' t="e"', "<v>#N/A</v>", "error-value"),
    "failing formula": (' t="e"', "<f>1/0</f><v>#DIV/0!</v>", "error-value"),
    "error without text": (' t="e"', "", "error-value"),
    "unsaved": ("", "<f>1+1</f>", "unsaved-formula"),
    "unsaved, blank value": ("", "<f>1+1</f><v></v>", "unsaved-formula"),
    "unsaved text": (' t="str"', "<f>A1</f>", "unsaved-formula"),
    "unsaved, on a line of its own": ("", "\n  <f>1+1</f>\n", "unsaved-formula"),
    "unsaved, blanks for a value": ("", "<f>1+1</f><v> </v>", "unsaved-formula"),
    "unsaved, blank value first": ("", "<v/><f>1+1</f>", "unsaved-formula"),
    "unsaved, a tag's end in an attribute": (' ours="a>b"', "<f>1+1</f>", "unsaved-formula"),
    "text of an error": (' t="str"', "<f>1/0</f><v>#DIV/0!</v>", "error-value"),
    "LibreOffice's error": (' t="str"', "<f>1/x</f><v>Err:508</v>", "error-value"),
}


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dialects") / "base.xlsx"
    golden = Path(__file__).parent.parent / "golden" / "example_cement.json"
    assert main(["fill", "--data", str(golden), "--host", "portable", "-o", str(path)]) == 0
    return path


@pytest.fixture(scope="session")
def data(base: Path) -> dict[str, Any]:
    return read(base).data


def same_or_refused(path: Path, data: dict[str, Any]) -> bool:
    try:
        found = read(path).data
    except REFUSALS:
        return False
    assert found == data
    return True


#: What calamine cannot read is refused; everything else must be read.
REFUSED = {"utf-16", "utf-16 strings", "comment in value", "dotted", "upward", "character data", "references"}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_gives_the_same_data(base: Path, data: dict[str, Any], tmp_path: Path, dialect: str) -> None:
    path = write(tmp_path / "a.xlsx", DIALECTS[dialect](parts(base)))
    assert same_or_refused(path, data) or dialect in REFUSED


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_error_refuses_whatever_the_markup(base: Path, tmp_path: Path, dialect: str, kind: str) -> None:
    attribute, body, code = KINDS[kind]
    content = parts(base)
    for title, address in CELLS:
        content = cell(content, title, address, attribute, body)
    path = write(tmp_path / "a.xlsx", DIALECTS[dialect](content))
    with pytest.raises(REFUSALS) as error:
        read(path)
    if isinstance(error.value, Refused) and dialect not in REFUSED:
        found = {finding.where for finding in error.value.findings if finding.code == code}
        assert found == {f"{title}!{address}" for title, address in CELLS}, error.value.findings


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(st.sampled_from(sorted(DIALECTS.keys() - {"utf-16", "utf-16 strings"})), max_size=4, unique=True)
)
def test_dialects_upon_each_other(base: Path, data: dict[str, Any], tmp_path: Path, chosen: list[str]) -> None:
    content = parts(base)
    for name in sorted(chosen, key=lambda name: name == "case"):  # the others look for parts by their usual names
        content = DIALECTS[name](content)
    same_or_refused(write(tmp_path / "a.xlsx", content), data)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(st.sampled_from(sorted(DIALECTS.keys() - {"utf-16", "utf-16 strings"})), max_size=3, unique=True),
    kind=st.sampled_from(sorted(KINDS)),
    place=st.sampled_from(CELLS),
)
def test_an_error_under_dialects_upon_each_other(
    base: Path, tmp_path: Path, chosen: list[str], kind: str, place: tuple[str, str]
) -> None:
    """Whatever a program makes of the markup, an input that fails never becomes a blank or a number."""
    attribute, body, _ = KINDS[kind]
    content = cell(parts(base), *place, attribute, body)
    for name in sorted(chosen, key=lambda name: name == "case"):
        content = DIALECTS[name](content)
    with pytest.raises(REFUSALS):
        read(write(tmp_path / "a.xlsx", content))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_formula_with_its_value_is_read_and_told(
    base: Path, data: dict[str, Any], tmp_path: Path, dialect: str
) -> None:
    content = cell(parts(base), *AMOUNT, "", "<f>1+1</f><v>92500</v>")
    path = write(tmp_path / "a.xlsx", DIALECTS[dialect](content))
    try:
        returned = read(path)
    except REFUSALS:
        assert dialect in REFUSED
        return
    assert returned.data["pollutants"][0]["base"] == 92500
    assert [(f.code, f.where) for f in returned.aligned.moved] == [("formula-input", "!".join(AMOUNT))]


@pytest.mark.parametrize(
    "body",
    [
        "<v>7</v><f>1+1</f>",  # calamine gives a blank
        "<v>7</v><v>8</v>",  # calamine gives the last
    ],
)
def test_what_calamine_reads_otherwise_is_refused(base: Path, tmp_path: Path, body: str) -> None:
    path = write(tmp_path / "a.xlsx", cell(parts(base), *AMOUNT, "", body))
    with pytest.raises(Refused) as error:
        read(path)
    assert [(f.code, f.where) for f in error.value.findings] == [("unusual-notation", "!".join(AMOUNT))]


def test_a_formula_that_gives_no_text_is_read_as_a_blank_and_told(base: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", cell(parts(base), *AMOUNT, ' t="str"', '<f>""</f><v></v>'))
    returned = read(path)
    assert "base" not in returned.data["pollutants"][0]
    assert [(f.code, f.where) for f in returned.aligned.moved] == [("formula-input", "!".join(AMOUNT))]


def test_workbooks_of_two_formats_in_one_file(base: Path, tmp_path: Path) -> None:
    """Else errors would be looked for in the one that the reader does not read."""
    content = cell(parts(base), *AMOUNT, ' t="e"', "<v>#N/A</v>")
    path = write(tmp_path / "a.xlsx", {**content, "content.xml": b"<office/>"})
    with pytest.raises(REFUSALS, match=r"两种格式|two formats"):
        read(path)


def test_a_sheet_whose_part_is_not_found_is_not_taken_for_sound(base: Path, tmp_path: Path) -> None:
    content = cell(parts(base), *AMOUNT, ' t="e"', "<v>#N/A</v>")
    book = content["xl/workbook.xml"].decode()
    for other in (book.replace('r:id="', 'r:ID="'), book.replace("r:id", "x:id").replace("xmlns:r=", "xmlns:x=")):
        path = write(tmp_path / "a.xlsx", {**content, "xl/workbook.xml": other.encode()})
        with pytest.raises(REFUSALS):
            read(path)
