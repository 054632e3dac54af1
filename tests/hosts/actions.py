"""What the action Import asked xlwings to write, put into a copy of the form and read as a return: one check for its hosts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from jwdt_xl.assessment import read, write
from jwdt_xl.workbook import read as read_return

Actions = list[dict[str, Any]]


def carried_out(actions: Actions, form: Path, folder: Path) -> tuple[Any, list[list[Any]]]:
    """The assessment in the form afterwards, and the rows of the sheet that tells."""
    book = load_workbook(form)
    told: list[list[Any]] = []
    for action in actions:
        if action["func"] != "setValues":
            continue
        if action["sheet_position"] >= len(book.sheetnames):  # the sheets of the papers, and the new one
            told = action["values"]
            continue
        sheet = book[book.sheetnames[action["sheet_position"]]]
        for row, cells in enumerate(action["values"], action["start_row"] + 1):
            for col, value in enumerate(cells, action["start_column"] + 1):
                cell = sheet.cell(row, col)
                assert not cell.protection.locked and (cell.value is None or str(value).startswith(f"{cell.value}; "))
                cell.value = value
    book.save(folder / "after.xlsx")
    return write(read(read_return(str(folder / "after.xlsx")).data)), told


def check(actions: Actions, form: Path, wanted: Any, folder: Path, same_documents: bool = False) -> list[list[Any]]:
    """As the command does; sources name the workbook where papers are its sheets."""
    found, told = carried_out(actions, form, folder)
    expected = write(wanted.assessment)
    for table in ("activity", "pollutants"):
        for row, other in zip(found[table], expected[table], strict=True):
            assert ("source" in row) == ("source" in other)
            if not same_documents and "source" in row:
                assert row.pop("source").count("form.xlsx!材料") == other.pop("source").count("foundry")
    assert found == expected
    codes = {finding.code for finding in wanted.findings} - {"still-to-type"}
    assert {row[3] for row in told[2:]} - {"sheet-not-read"} == codes
    assert any(row[3] == "imported-differs" and "91.02 t" in row[2] for row in told)
    return told
