"""Writes udfs/selftest*.xlsx, the workbooks that test themselves: the table of calls as formulas, with the engine's results.

    python tests/hosts/selftest.py        after a function or a valid call was changed

One sheet for each group; each call shows what is called, its cells, the result and the expected one, and has a defined
name Test_…, TRUE where both agree. Test_all is TRUE where all do. Opened without the functions it shows the engine's
results, so it is a demonstration too. selftest.xlsx is for every program with the plain names: Excel desktop and
LibreOffice; selftest-lambda.xlsx carries the functions itself, for programs that know LAMBDA.
"""

from __future__ import annotations

import datetime
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from jwdt_xl.functions import CATALOGUE, Function
from jwdt_xl.functions.arguments import FLAG, NUMBER, RANGE
from jwdt_xl.functions.catalogue import GROUPS
from jwdt_xl.functions.cells import is_error
from jwdt_xl.messages import set_language, speaking
from jwdt_xl.workbook.carried import carry
from jwdt_xl.workbook.xlsx import File, Xlsx

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "udfs" / "selftest.xlsx"
CARRYING = TARGET.with_name("selftest-lambda.xlsx")
SUMMARY = "自检 Self-test"
CREATED = datetime.datetime(2026, 1, 1)
FUNCTION, CASE, WORKS, CALL, RESULT = range(5)

#: How to make an error value with a formula, and Excel's number for it.
ERRORS = {"#N/A": ("=NA()", 7), "#DIV/0!": ("=1/0", 2), "#NUM!": ("=1E+308*10", 6), "#VALUE!": ('="x"+1', 3)}
CHINESE = {
    "valid": "正常",
    "optional ones left out": "省略可选参数",
    "numbers as texts": "文本形式的数字",
    "single cells as ranges": "单格区域",
    "column with a blank row": "一列，含空行",
    "row": "一行",
    "block": "多行多列",
    "range and single values": "区域与单个值",
    "column, an error among it": "一列，含错误值",
    "column, a wrong text among it": "一列，含错误文本",
    "ranges of unequal height": "区域高度不一",
    "blank cell": "空单元格",
    "wrong text": "错误文本",
    "negative number": "负数",
    "flag": "逻辑值",
    "blank among it": "含空单元格",
    "as one row": "排成一行",
    "range of two": "两格区域",
}


_CARRIED = (
    "函数在本工作簿中。重新计算（Excel、WPS：Ctrl+Alt+F9），下一格应为 TRUE；不认识 LAMBDA 的程序显示计算好的结果。"
    " / The functions are in this workbook. Recalculate: the next cell must be TRUE. Programs without LAMBDA show the stored results."
)


def calls_module() -> Any:
    """calls.py, which conftest.py loads under the same name."""
    if "host_calls" not in sys.modules:
        spec = importlib.util.spec_from_file_location("host_calls", HERE / "calls.py")
        assert spec is not None and spec.loader is not None
        sys.modules["host_calls"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["host_calls"])
    return sys.modules["host_calls"]


class Case(NamedTuple):
    """A call with its result in both languages."""

    number: int
    what: str
    function: Function
    arguments: list[Any]
    zh: Any
    en: Any

    @property
    def name(self) -> str:
        return f"Test_{self.function.name}_{self.number}"


def cases() -> Iterator[Case]:
    """The calls that a cell can make."""
    calls = calls_module()
    tables = []
    for language in ("en", "zh"):
        set_language(language)
        tables.append(calls.table())
    numbers = dict.fromkeys(CATALOGUE, 0)
    for en, zh in zip(*tables, strict=True):
        function = CATALOGUE[zh.name]
        if _can_be_in_cells(zh, function):
            numbers[zh.name] += 1
            yield Case(numbers[zh.name], zh.what, function, zh.arguments, zh.expected, en.expected)


def _can_be_in_cells(call: Any, function: Function) -> bool:
    """Whether a call is the same in every program with plain names.

    No formula makes the newer error values. Calc has no logical values, only 1 and 0, and hands a number to a
    needed text argument as its text.
    """
    argument, _, what = call.what.partition(": ")
    kinds = {a.name: a.kind for a in function.arguments}
    if what in calls_module().NEWER_ERRORS:
        return False
    if what == "flag":
        return kinds[argument] == FLAG
    return what != "negative number" or kinds[argument] in (NUMBER, FLAG, RANGE)


def rows_of(value: Any) -> list[list[Any]]:
    return value if isinstance(value, list) else [[value]]


def write(path: str | Path) -> None:
    """The workbook; the same bytes on every run."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "jwdt self-test", "created": CREATED})
        _Writer(book).write(list(cases()))


def write_carrying(path: str | Path) -> None:
    """The same with the functions in it."""
    with speaking("zh"), Xlsx(File({}), "jwdt self-test") as book:
        found = list(cases())
        set_language("zh")
        _Writer(book.file, carrying=True).write(found)
        carry(book, book.file)
    book.file.save(path)


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, carrying: bool = False) -> None:
        self.book = book
        self.carrying = carrying
        cell = {"font_size": 10, "valign": "top"}
        self.plain = book.add_format(cell)
        self.title = book.add_format({"font_size": 14, "bold": True})
        self.head = book.add_format({**cell, "bold": True, "bg_color": "#E7EEF5", "bottom": 1})
        self.function = book.add_format({**cell, "bold": True, "bg_color": "#F5F5F5"})
        self.input = book.add_format({**cell, "bg_color": "#FFF8DC"})
        self.result = book.add_format({**cell, "bg_color": "#EAF5EA"})
        self.wrong = book.add_format({"bg_color": "#F4B6B6", "bold": True})

    def write(self, found: list[Case]) -> None:
        summary = self.book.add_worksheet(SUMMARY)
        tests: dict[str, list[str]] = {name: [] for name in CATALOGUE}
        for group, title in GROUPS.items():
            mine = [case for case in found if case.function.group == group]
            self._group(f"{title.zh} {title.en}", mine, tests)
        self._summary(summary, tests)
        summary.activate()

    def _group(self, title: str, mine: list[Case], tests: dict[str, list[str]]) -> None:
        sheet = self.book.add_worksheet(title)
        width = max(len(row) for case in mine for row in rows_of(case.zh))
        expected, english, first = RESULT + width, RESULT + 2 * width, RESULT + 3 * width
        heads = {FUNCTION: "函数 function", CASE: "情形 case", WORKS: "一致 agrees", CALL: "调用 call"}
        heads |= {
            RESULT: "结果 result",
            expected: "应为 expected",
            english: "应为（英文）expected",
            first: "参数 arguments",
        }
        last = first + max(sum(len(rows_of(a)[0]) for a in case.arguments) for case in mine)
        for column in range(last):
            sheet.write_string(0, column, heads.get(column, ""), self.head)
        for column, size in ((FUNCTION, 34), (CASE, 34), (WORKS, 9), (CALL, 60)):
            sheet.set_column(column, column, size)
        sheet.set_column(RESULT, last, 12)
        sheet.set_column(english, english + width - 1, 12, None, {"level": 1, "hidden": True})
        sheet.freeze_panes(1, CALL)
        row, function = 1, None
        for case in mine:
            if case.function is not function:
                function = case.function
                sheet.write_string(row, 0, f"{function.name}：{function.help.zh} / {function.help.en}", self.function)
                row += 1
            tests[function.name].append(f"'{title}'!{xl_rowcol_to_cell(row, WORKS, row_abs=True, col_abs=True)}")
            self.book.define_name(case.name, "=" + tests[function.name][-1])
            references = self._arguments(sheet, case, row, first)
            formula = f"={function.name}({','.join(references)})"
            sheet.write_string(row, FUNCTION, function.name, self.plain)
            sheet.write_string(row, CASE, self._what(case.what), self.plain)
            sheet.write_string(row, CALL, formula, self.plain)
            self._result(sheet, case, row, formula, any(part.startswith("IFERROR") for part in references))
            self._values(sheet, row, expected, rows_of(case.zh))
            self._values(sheet, row, english, rows_of(case.en))
            agrees = f"=IFERROR(AND({','.join(self._agreement(case, row, expected, english))}),FALSE)"
            sheet.write_formula(row, WORKS, agrees, self.plain, True)
            row += max(len(rows_of(value)) for value in (case.zh, *case.arguments))
        rule = {"type": "cell", "criteria": "==", "value": "FALSE", "format": self.wrong}
        sheet.conditional_format(1, WORKS, row, WORKS, rule)

    def _what(self, what: str) -> str:
        argument, colon, special = what.rpartition(": ")
        chinese = CHINESE.get(special, special)
        return f"{argument}{colon}{special if chinese == special else f'{chinese} {special}'}"

    def _arguments(self, sheet: Any, case: Case, row: int, column: int) -> list[str]:
        """Put the arguments into cells side by side; what stands for them in the formula."""
        references = []
        for value, argument in zip(case.arguments, case.function.arguments, strict=False):
            rows = rows_of(value)
            height, width = len(rows), len(rows[0])
            for r, line in enumerate(rows):
                for c, item in enumerate(line):
                    self._input(sheet, row + r, column + c, item)
            reference = xl_rowcol_to_cell(row, column)
            if isinstance(value, list):
                corner = xl_rowcol_to_cell(row + height - 1, column + width - 1)
                reference = f"{reference}:{corner}"  # one cell too
                error = next((item for line in rows for item in line if is_error(item)), None)
                if (
                    error and not self.carrying
                ):  # Calc refuses a range with an error in it; as its text it comes out unchanged
                    reference = f'IFERROR({reference},"{error}")'
            elif value is None and argument.optional and not self.carrying:  # Calc hands an empty cell over as 0
                reference = f'IF({reference}="","",{reference})'
            references.append(reference)
            column += width
        return references

    def _input(self, sheet: Any, row: int, column: int, item: Any) -> None:
        if item is None:
            sheet.write_blank(row, column, None, self.input)
        elif is_error(item):
            sheet.write_formula(row, column, ERRORS[item][0], self.input, item)
        else:
            self._constant(sheet, row, column, item, self.input)

    def _constant(self, sheet: Any, row: int, column: int, item: Any, style: Any) -> None:
        if isinstance(item, bool):
            sheet.write_boolean(row, column, item, style)
        elif isinstance(item, str):
            sheet.write_string(row, column, item, style)
        else:
            sheet.write_number(row, column, item, style)

    def _result(self, sheet: Any, case: Case, row: int, formula: str, as_array: bool) -> None:
        rows = rows_of(case.zh)
        if not (as_array or self.carrying) and len(rows) == len(rows[0]) == 1:
            sheet.write_formula(row, RESULT, formula, self.result, rows[0][0])
            return
        area = xl_range(row, RESULT, row + len(rows) - 1, RESULT + len(rows[0]) - 1)
        write = sheet.write_dynamic_array_formula if self.carrying else sheet.write_array_formula
        write(area, formula, self.result, rows[0][0])
        for r, line in enumerate(rows):
            for c, item in enumerate(line):
                if (r or c) and not self.carrying:  # the values of the other cells of an array are written after it
                    self._constant(sheet, row + r, RESULT + c, item, self.result)

    def _values(self, sheet: Any, row: int, column: int, rows: list[list[Any]]) -> None:
        for r, line in enumerate(rows):
            for c, item in enumerate(line):
                self._constant(sheet, row + r, column + c, item, self.plain)

    def _agreement(self, case: Case, row: int, expected: int, english: int) -> Iterator[str]:
        """One condition for each cell of the result: numbers to the tolerances of the project, in either language."""
        for r, line in enumerate(rows_of(case.zh)):
            for c, item in enumerate(line):
                got, zh, en = (xl_rowcol_to_cell(row + r, column + c) for column in (RESULT, expected, english))
                if item == "":
                    yield f"LEN({got})=0"  # in Calc, a text of an add-in equals another by EXACT only
                elif is_error(item):
                    yield f"ERROR.TYPE({got})={ERRORS[item][1]}"
                elif isinstance(item, str):
                    yield f"OR(EXACT({got},{zh}),EXACT({got},{en}))"
                else:
                    yield f"ABS({got}-{zh})<=1E-10+1E-9*ABS({zh})"

    def _summary(self, sheet: Any, tests: dict[str, list[str]]) -> None:
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 3, 12)
        sheet.set_column(4, 4, 90)
        sheet.write_string(0, 0, "JWDT 函数自检 / self-test of the JWDT functions", self.title)
        text = (
            _CARRIED
            if self.carrying
            else (
                "安装函数后重新计算（LibreOffice：Ctrl+Shift+F9；Excel：Ctrl+Alt+F9），下一格应为 TRUE；没有安装时显示计算好的结果。"
                " / Recalculate with the functions installed: the next cell must be TRUE. Without them the stored results show."
            )
        )
        sheet.write_string(1, 0, text, self.plain)
        heads = ("函数 function", "项 tests", "一致 agree", "全部 all", "说明 what it does")
        for column, head in enumerate(heads):
            sheet.write_string(4, column, head, self.head)
        for row, (name, cells) in enumerate(tests.items(), 5):
            target = cells[0].replace("$", "")
            sheet.write_url(row, 0, f"internal:{target}", self.plain, name)
            sheet.write_number(row, 1, len(cells), self.plain)
            first, last = (cells[i].rpartition("!")[2] for i in (0, -1))
            area = f"{cells[0].rpartition('!')[0]}!{first}:{last}"
            sheet.write_formula(row, 2, f"=COUNTIF({area},TRUE)", self.plain, len(cells))
            sheet.write_formula(row, 3, f"=B{row + 1}=C{row + 1}", self.plain, True)
            sheet.write_string(row, 4, f"{CATALOGUE[name].help.zh} / {CATALOGUE[name].help.en}", self.plain)
        sheet.write_string(2, 0, "全部一致 all agree", self.head)
        sheet.write_formula(2, 1, f"=AND(D6:D{len(tests) + 5})", self.head, True)
        self.book.define_name("Test_all", f"='{SUMMARY}'!$B$3")
        rule = {"type": "cell", "criteria": "==", "value": "FALSE", "format": self.wrong}
        sheet.conditional_format(2, 1, len(tests) + 4, 3, rule)
        sheet.freeze_panes(5, 1)


if __name__ == "__main__":
    write(TARGET)
    write_carrying(CARRYING)
