"""The menu entry Import papers: Calc opens the papers itself and hands their cells to the recognisers of the package.

This file runs inside LibreOffice, as part of the core in the extension; only what Calc does differently from other programs
is here. Everything else is papers.form.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...errors import JwdtError, Refused
from ...messages import ERROR, Finding, Text, speaking
from ...opening import delimited, jsonfile
from ...opening.container import read
from ...opening.limits import DEFAULT
from ...opening.markup import place
from ...opening.refusals import of_os_error, refused
from ...opening.untold import ErrorValue
from ...papers import previous
from ...papers.document import Opened
from ...papers.form import TITLE
from ...papers.form.book import opened_by_headings
from ...papers.form.importing import NOTHING_CHOSEN, Done, import_into
from ...papers.form.reading import read_form
from ...papers.paper import Sheet, Wanted
from ...papers.recognised import ByHeadings

#: What Calc opens; texts and assessment files are read as the command reads them.
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods", ".et")
_DATES, _ERRORS = 2, 4  # com.sun.star.sheet: CellFlags.DATETIME, FormulaResult.ERROR
_NEVER = 0  # com.sun.star.document: MacroExecMode.NEVER_EXECUTE, UpdateDocMode.NO_UPDATE
_WIDTHS = (1800, 7500, 22000, 4200)  # 1/100 mm
OTHER = Text(
    "此处只导入表格、.csv 和 .json — zip、邮件、PDF 等请用 jwdt import",
    "here tables, .csv and .json are imported — for zip archives, mails and others use jwdt import",
)


class CalcBook:
    """An open document of Calc, as papers.form takes it."""

    def __init__(self, document: Any) -> None:
        self.document, self.ranges = document, document.NamedRanges

    def names(self) -> list[str]:
        return list(self.ranges.ElementNames)

    def _cells(self, name: str) -> tuple[Any, Any]:
        """The sheet and the address of a name's cells."""
        address = self.ranges.getByName(name).ReferredCells.RangeAddress
        return self.document.Sheets.getByIndex(address.Sheet), address

    def cells(self, name: str, above: int = 0) -> list[list[Any]]:
        sheet, at = self._cells(name)
        return grid_of(
            self.document, sheet.getCellRangeByPosition(at.StartColumn, at.StartRow - above, at.EndColumn, at.EndRow)
        )

    def place(self, name: str, row: int, col: int) -> str:
        sheet, at = self._cells(name)
        return f"{sheet.Name}!{place(at.StartRow + row, at.StartColumn + col)}"

    def put(self, name: str, row: int, col: int, value: str | float) -> bool:
        sheet, at = self._cells(name)
        cell = sheet.getCellByPosition(at.StartColumn + col, at.StartRow + row)
        if cell.Formula.startswith("=") and cell.Type.value == "FORMULA":
            return False
        if isinstance(value, str):
            cell.String = value  # never a formula
        else:
            cell.Value = value
        return True

    def add(self, title: str, rows: Sequence[Sequence[str]]) -> str:
        sheets = self.document.Sheets
        name, number = title, 2
        while sheets.hasByName(name):
            name, number = f"{title} {number}", number + 1
        sheets.insertNewByName(name, sheets.Count)
        sheet = sheets.getByName(name)
        block = sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1)
        block.setDataArray(tuple(map(tuple, rows)))
        block.IsTextWrapped = True
        for col, width in enumerate(_WIDTHS):
            sheet.Columns.getByIndex(col).Width = width
        sheet.getCellRangeByPosition(2, 0, 2, 0).IsTextWrapped = False
        sheet.Rows.OptimalHeight = True
        return name


def grid_of(document: Any, block: Any) -> list[list[Any]]:
    """The cells of a range: dates as such, error values as such."""
    grid = [list(row) for row in block.getDataArray()]
    first = block.RangeAddress
    for found, change in ((block.queryFormulaCells(_ERRORS), None), (block.queryContentCells(_DATES), _date)):
        for area in found.RangeAddresses:
            for row in range(area.StartRow, area.EndRow + 1):
                for col in range(area.StartColumn, area.EndColumn + 1):
                    at = row - first.StartRow, col - first.StartColumn
                    if change is None:
                        shown = block.getCellByPosition(at[1], at[0]).String
                        grid[at[0]][at[1]] = ErrorValue(shown)
                    else:
                        grid[at[0]][at[1]] = change(document, grid[at[0]][at[1]])
    return grid


def _date(document: Any, value: Any) -> Any:
    null = document.NullDate
    if not isinstance(value, float) or not 1 <= value < 1e6:  # a time of day
        return value
    return datetime.date(null.Year, null.Month, null.Day) + datetime.timedelta(days=int(value))


def _opened(desktop: Any, path: str, wanted: Wanted) -> Opened:
    """A paper. Whatever is wrong with it is told of it alone."""
    name, suffix = os.path.basename(path), os.path.splitext(path)[1].lower()
    try:
        content = read(path, DEFAULT.file_size)
        if suffix in delimited.SUFFIXES:
            sheet = Sheet(name, "", delimited.rows(path, content, ByHeadings().worth))
            found = opened_by_headings(name, [sheet], wanted)
        elif suffix == ".json":
            found = previous.opened(name, jsonfile.load(path))
        elif suffix in SUFFIXES:
            found = _by_calc(desktop, path, name, wanted)
        else:
            found = Opened(name, refused=(Finding(ERROR, "import-other-file", name, OTHER),))
        return found._replace(digest=hashlib.sha256(content).hexdigest())
    except OSError as error:
        return Opened(name, refused=_named(name, of_os_error(path, error)))
    except Refused as error:
        return Opened(name, refused=_named(name, error))


def _named(name: str, error: Refused) -> tuple[Finding, ...]:
    return tuple(finding._replace(where=name) for finding in error.findings)


def _by_calc(desktop: Any, path: str, name: str, wanted: Wanted) -> Opened:
    """Opened out of sight, read only, no macro run, no link followed; closed again."""
    import uno
    from com.sun.star.beans import PropertyValue

    settings = {"Hidden": True, "ReadOnly": True, "MacroExecutionMode": _NEVER, "UpdateDocMode": _NEVER}
    properties = []
    for key, value in settings.items():
        each = PropertyValue()
        each.Name, each.Value = key, value
        properties.append(each)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, tuple(properties))
    if document is None or not hasattr(document, "Sheets"):
        if document is not None:
            document.close(True)
        raise refused(
            name,
            "import-unreadable",
            "LibreOffice 打不开此文件 — 请另存为 .xlsx",
            "LibreOffice cannot open it — save it as .xlsx",
        )
    try:
        if "in_periods_base" in document.NamedRanges.ElementNames:
            return previous.opened(name, read_form(CalcBook(document)).data)
        return opened_by_headings(name, list(_sheets(document, name)), wanted)
    except Refused:
        raise
    except JwdtError as error:
        raise Refused((Finding(ERROR, "import-unreadable", name, error.text),)) from error
    finally:
        document.close(True)


def _sheets(document: Any, name: str) -> Iterator[Sheet]:
    for sheet in (document.Sheets.getByIndex(i) for i in range(document.Sheets.Count)):
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        if (end.EndRow + 1) * (end.EndColumn + 1) > DEFAULT.cells:
            raise refused(
                name, "import-too-large", "工作表“{t}”过大 — 请删去表外的单元格", "the sheet “{t}” is too large — delete the cells far off",
                t=sheet.Name,
            )  # fmt: skip
        yield Sheet(name, sheet.Name, grid_of(document, sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)))


def import_files(desktop: Any, document: Any, paths: Iterable[str], period: str | None = None) -> Done:
    """Papers into the open document; one Undo takes all of it back."""
    paths = list(paths)
    document.UndoManager.enterUndoContext(str(TITLE))
    try:
        return import_into(
            CalcBook(document), lambda wanted: (_opened(desktop, path, wanted) for path in paths), period
        )
    finally:
        document.UndoManager.leaveUndoContext()


def chosen(context: Any) -> list[str]:
    """The files that the user picks."""
    import uno

    picker = context.ServiceManager.createInstanceWithContext("com.sun.star.ui.dialogs.FilePicker", context)
    picker.setTitle(str(TITLE))
    picker.setMultiSelectionMode(True)
    endings = ";".join(f"*{suffix}" for suffix in (*SUFFIXES, *delimited.SUFFIXES, ".json"))
    picker.appendFilter(str(TITLE), endings)
    picker.appendFilter("*.*", "*.*")
    if not picker.execute():
        return []
    return [uno.fileUrlToSystemPath(url) for url in picker.getSelectedFiles()]


def component() -> type:
    """The class behind the menu entry, and behind scripts; made on demand, inside LibreOffice only."""
    import unohelper
    from com.sun.star.task import XJob, XJobExecutor

    class Import(unohelper.Base, XJobExecutor, XJob):
        def __init__(self, context: Any) -> None:
            self.context = context

        def trigger(self, event: str) -> None:
            """The menu entry: asks for files, and says in a box what came of it."""
            desktop = _desktop(self.context)
            language = "zh" if _locale(self.context).startswith("zh") else "en"
            with speaking(language):
                try:
                    paths = chosen(self.context)
                    said = import_files(desktop, desktop.CurrentComponent, paths) if paths else NOTHING_CHOSEN
                except JwdtError as error:
                    said = error.text
                _box(desktop, said.said if isinstance(said, Done) else str(said))

        def execute(self, arguments: Sequence[Any]) -> str:
            """For scripts: Files (paths), and where wanted Document and Period; returns what the box would say."""
            given = {each.Name: each.Value for each in arguments}
            desktop = _desktop(self.context)
            document = given.get("Document") or desktop.CurrentComponent
            try:
                return import_files(desktop, document, given["Files"], given.get("Period") or None).said
            except JwdtError as error:
                return str(error)

    return Import


def _desktop(context: Any) -> Any:
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def _locale(context: Any) -> str:
    """The language of the user interface."""
    from com.sun.star.beans import PropertyValue

    path = PropertyValue()
    path.Name, path.Value = "nodepath", "/org.openoffice.Setup/L10N"
    service = "com.sun.star.configuration.ConfigurationProvider"
    provider = context.ServiceManager.createInstanceWithContext(service, context)
    access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (path,))
    return str(access.getByName("ooLocale"))


def _box(desktop: Any, said: str) -> None:
    from com.sun.star.awt.MessageBoxButtons import BUTTONS_OK
    from com.sun.star.awt.MessageBoxType import INFOBOX

    window = desktop.CurrentFrame.ContainerWindow
    window.Toolkit.createMessageBox(window, INFOBOX, BUTTONS_OK, str(TITLE), said).execute()
