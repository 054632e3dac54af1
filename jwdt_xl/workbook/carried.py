"""The functions that travel inside a workbook: names holding a LAMBDA, their tables, and a sheet that lists them."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ..functions.catalogue import CATALOGUE, GROUPS, Function
from ..functions.lambdas import names, tables
from ..functions.lambdas.examples import EXAMPLES
from ..messages import Text, speaking
from . import theme
from .xlsx import File, Xlsx, checked

LIST, TABLES, OWN = Text("函数", "Functions"), Text("函数表", "Function tables"), Text("我的表", "My sheet")
_WIDTHS = (34, 46, 40, 24, 18, 56, 34)
_HEADINGS = (
    Text("函数", "function"),
    Text("说明", "what it gives"),
    Text("示例", "example"),
    Text("示例结果(实时计算)", "its result, computed live"),
    Text("返回", "returns"),
    Text("参数", "arguments"),
    Text("依据", "source"),
)
_TITLE = Text("随工作簿携带的函数 JWDT_", "The functions JWDT_ that travel inside this workbook")
_NOTES = (
    Text(
        "在本工作簿任何单元格输入 =JWDT_…( 即可使用，不需要加载项、宏或任何设置；用于 Excel 365/2024 和支持 LAMBDA 的 WPS(12.6 起)。",
        "Type =JWDT_…( in any cell of this workbook: no add-in, no macro, no setting. For Excel 365/2024 and a WPS that has LAMBDA (12.6 or later).",
    ),
    Text(
        "在受保护的视图中请先点“启用编辑”：此前显示的是生成时的结果，新输入的调用显示 #NAME?。",
        "In Protected View click “Enable Editing” first: until then you see the results of making, and new calls show #NAME?.",
    ),
    Text(
        "Excel 2021 及更早、LibreOffice 没有 LAMBDA：请用 portable 版，或在 LibreOffice 中用 excel 版加加载项。Excel 和 WPS 本身未试过；已在 IronCalc 中逐个核对。",
        "Excel 2021 and earlier and LibreOffice have no LAMBDA: take the edition portable, or in LibreOffice the edition excel with the add-in. Excel and WPS themselves are untried; every function was compared in IronCalc.",
    ),
    Text(
        "方括号中的参数可省略。区域逐格计算并溢出；请只给有数据的行，不要给整列。复制单元格到别的工作簿不会带走函数：请从本文件另存。",
        "Arguments in brackets may be left out. Ranges are computed cell by cell and spill; give the rows with data, not whole columns. Cells copied to another workbook leave the functions behind: save this file under a new name instead.",
    ),
)


def carry(book: Xlsx, file: File) -> None:
    """Add the functions to a workbook: two sheets, and the names. Texts are in the language in use."""
    _list(book, file.add_worksheet(str(LIST)))
    sheet = file.add_worksheet(str(TABLES))
    col = 0
    for table in tables():
        last = col + len(table.headings) - 1
        for i, row in enumerate((table.headings, *table.rows)):
            for j, value in enumerate(row):
                if value != "":
                    write = sheet.write_string if isinstance(value, str) else sheet.write_number
                    checked(write(i, col + j, value, book.style("list")), TABLES.en, i, col + j)
        for name, end in ((f"JWDT_.{table.key}", last), (f"JWDT_.{table.key}_KEY", col)):
            area = xl_range_abs(1, col, len(table.rows), end)
            checked(file.define_name(name, f"='{TABLES}'!{area}"), name)
        col = last + 1
    sheet.protect("", {"format_columns": True})
    sheet.hide()
    for each in names():
        file.comments[each.name] = each.comment
        checked(file.define_name(each.name, "=" + each.formula), each.name)


def signature(function: Function) -> str:
    """How a call is typed."""
    given = ", ".join(f"[{a.name}]" if a.optional else a.name for a in function.arguments)
    return f"{function.name}({given})"


def _list(book: Xlsx, sheet: Worksheet) -> None:
    for col, width in enumerate(_WIDTHS):
        sheet.set_column(col, col, width)
    checked(sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, str(_TITLE), book.style("title")), 0)
    sheet.set_row(0, 22)
    for place, note in enumerate(_NOTES, 1):
        checked(sheet.merge_range(place, 0, place, len(_WIDTHS) - 1, str(note), book.style("lead")), place)
        sheet.set_row(place, 18)
    row = len(_NOTES) + 2
    for col, heading in enumerate(_HEADINGS):
        checked(sheet.write_string(row, col, str(heading), book.style("heading")), row, col)
    sheet.freeze_panes(row + 1, 1)
    for group, title in GROUPS.items():
        row += 1
        checked(sheet.write_string(row, 0, str(title), book.style("section")), row)
        for function in (f for f in CATALOGUE.values() if f.group == group):
            row += 1
            _line(book, sheet, row, function)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8&A&R&8&P / &N")
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _line(book: Xlsx, sheet: Worksheet, row: int, function: Function) -> None:
    example = EXAMPLES[function.name]
    formula = example.formula(function.name)
    arguments = "\n".join(f"{a.name}: {a.help}" for a in function.arguments)
    texts = {
        0: signature(function),
        1: function.help,
        2: "=" + formula,
        4: function.returns,
        5: arguments,
        6: function.source,
    }
    for col, text in texts.items():
        checked(sheet.write_string(row, col, str(text), book.style("help")), row, col)
    value = example.value(function.name)
    style = book.style("explained")
    checked(sheet.write_dynamic_array_formula(row, 3, row, 3, "=" + formula, style, value), row, 3)
    lines = max(len(function.arguments), *(_lines(str(t), _WIDTHS[c]) for c, t in texts.items() if c != 5))
    sheet.set_row(row, 13 * max(lines, sum(_lines(a, _WIDTHS[5]) for a in arguments.split("\n"))) + 4)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: a Chinese character is two wide."""
    return -(-sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) // int(width * 1.05))


class _FunctionsBook(Xlsx):
    """The empty book with the functions."""

    def __init__(self, path: Path) -> None:
        self._path = path
        font = {key: theme.BASE[key] for key in ("font_name", "font_size")}
        self._file = File({"strings_to_urls": False, "default_format_properties": font})
        super().__init__(self._file, str(_TITLE))

    def close(self) -> None:
        super().close()
        self._file.save(self._path)


def write_functions(path: str | Path, language: str = "zh") -> None:
    """An empty workbook with just the functions, to build one's own on."""
    with speaking(language), _FunctionsBook(Path(path)) as book:
        book._file.set_calc_mode("auto")
        carry(book, book._file)
        book._file.add_worksheet(str(OWN))
