"""What is looked for in the parts of a file as text: error values, the time of saving, and what no program writes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from jwdt_xl.errors import Refused
from jwdt_xl.opening.raw import Raw, look

BOOK = (
    '<workbook><sheets><sheet name="A&amp;B" sheetId="1" r:id="rId1"/><sheet name="C" r:id="rId2"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
    '<Relationship Target="/xl/worksheets/sheet2.xml" Id="rId2"/></Relationships>'
)
CORE = '<cp:coreProperties><dcterms:modified xsi:type="dcterms:W3CDTF">{}</dcterms:modified></cp:coreProperties>'


def archive(path: Path, **parts: str) -> Path:
    whole = {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELATIONS, **parts}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in whole.items():
            file.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('<c r="C4" t="e"><v>#DIV/0!</v></c>', {(3, 2): "#DIV/0!"}),
        ('<c r="AA10" s="5" t="e"><f>1/0</f><v>#N/A</v></c>', {(9, 26): "#N/A"}),
        ('<x:c t="e" r="A1"><x:v>#REF!</x:v></x:c>', {(0, 0): "#REF!"}),
        ('<c r="A1"><v>1</v></c><c r="B1" t="e"><v>#NUM!</v></c>', {(0, 1): "#NUM!"}),
        ('<c r="A1" t="e"/><c r="B1"><v>#NUM!</v></c>', None),
        ('<c r="A0" t="e"><v>#NUM!</v></c>', {}),
        ('<c r="ZZZZ1" t="e"><v>#NUM!</v></c>', {}),
        ('<c t="e"><v>#NUM!</v></c>', {(0, 0): "#NUM!"}),
        ('<c r="A1" t="str"><v>t="e"</v></c>', {}),
        ("", {}),
    ],
)
def test_error_values(tmp_path: Path, cell: str, found: dict[tuple[int, int], str] | None) -> None:
    sheet = f"<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"
    path = archive(tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": sheet, "xl/worksheets/sheet2.xml": sheet})
    errors = look(path, {"A&B"}).errors
    assert set(errors) == {"A&B"}
    if found is None:  # a cell without a value may take that of the next: it is an error in either case
        assert errors["A&B"]
    else:
        assert errors["A&B"] == found


@pytest.mark.parametrize(
    ("text", "saved"),
    [
        ("2024-03-01T08:00:00Z", "2024-03-01T08:00:00.000000"),
        ("2024-03-01T17:00:00+08:00", "2024-03-01T09:00:00.000000Z"),  # surely of Greenwich
        ("2024-03-01T08:00:00.1234567", "2024-03-01T08:00:00.123456"),
        ("2024-03-01T08:00:00.5", "2024-03-01T08:00:00.500000"),
        ("0001-01-01T00:00:00+08:00", None),
        ("yesterday evening", None),
        ("2024-13-41T08:00:00Z", None),
        ("", None),
    ],
)
def test_the_time_of_saving(tmp_path: Path, text: str, saved: str | None) -> None:
    assert look(archive(tmp_path / "a.xlsx", **{"docProps/core.xml": CORE.format(text)}), ()).saved == saved


def test_repeated_rows_and_columns_of_ods_are_counted(tmp_path: Path) -> None:
    error = '<table:table-cell table:formula="of:=IF(1&gt;0;&quot;>&quot;;1)" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="5"/></table:table-row>'
        f'<table:table-row><table:covered-table-cell table:number-columns-repeated="2"/>{error}<table:table-cell/>{error}</table:table-row>'
        f"<table:table-row>{error}</table:table-row>"
    )
    table = f'<table:table table:name="{{}}" table:style-name="ta1"><table:table-column/>{rows}</table:table>'
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("content.xml", f"<x>{table.format('A&amp;B')}{table.format('C')}</x>")
        file.writestr("meta.xml", "<dc:date>2024-03-01T08:00:00.123456789</dc:date>")
    raw = look(path, {"A&B"})
    assert raw.errors == {"A&B": dict.fromkeys([(3, 2), (3, 4), (4, 0)], "#DIV/0!")}
    assert raw.saved == "2024-03-01T08:00:00.123456"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_document_type_declarations_are_refused(tmp_path: Path, part: str) -> None:
    content = {**{"xl/workbook.xml": BOOK}, part: '<?xml version="1.0"?><!DOCTYPE x []>' + BOOK}
    with pytest.raises(Refused) as error:
        look(archive(tmp_path / "a.xlsx", **content), {"A&B"})
    assert error.value.findings[0].code == "doctype"


def test_other_files_and_damaged_parts(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"no archive")
    assert look(tmp_path / "a", {"C"}) == look(tmp_path / "none", {"C"}) == Raw({})
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("xl/workbook.xml", BOOK)
    with pytest.raises(zipfile.BadZipFile, match="compression method 12"):
        look(tmp_path / "b.xlsx", {"C"})
    assert look(archive(tmp_path / "c.xlsx"), {"A&B", "C"}).errors == {"A&B": {}, "C": {}}  # parts that are not there
