"""What stands in a cell that the reader gives as a blank: error values, formulas without a saved value."""

from __future__ import annotations

from collections.abc import Iterable

from ..messages import INFO, Finding, Text
from . import markup


class ErrorValue(str):
    """The error value of a cell: #DIV/0!, #N/A …"""

    code = "error-value"

    def why(self) -> Text:
        return Text(
            "单元格为错误值 {v}；请填写数值或文字，不要填会出错的公式",
            "the cell holds the error value {v}; type a value, not a formula that fails",
        ).fill(v=str(self))


class Unsaved(ErrorValue):
    """A formula whose value the file does not hold; equal to a blank for whoever does not ask."""

    code = "unsaved-formula"

    def why(self) -> Text:
        return Text(
            "单元格是公式，但文件中没有保存其计算结果 — 请用 Excel、WPS 或 LibreOffice 打开、另存后重新提交，或直接填写数值",
            "the cell is a formula whose result was not saved in the file — open it in a spreadsheet program and save it, or type the value",
        )


class Unclear(Unsaved):
    """A cell that shows something which is not told as its value."""

    code = "unusual-notation"

    def why(self) -> Text:
        return UNUSUAL_NOTATION


class Uncertain(Unsaved):
    """A formula of a binary workbook whose value is nothing: whether it was ever calculated is not told."""

    code = "uncertain-formula"

    def why(self) -> Text:
        return Text(
            "单元格是公式，值为 0 或空；.xlsb 文件不说明公式是否算过 — 请用 Excel 或 WPS 打开、另存为 .xlsx 后重新提交，或直接填写数值",
            "the cell is a formula whose value is 0 or nothing; an .xlsb file does not tell whether it was calculated — open it, save it as .xlsx, or type the value",
        )


UNUSUAL_NOTATION = Text(
    "文件写法特殊，此单元格无法可靠读取 — 请用 Excel、WPS 或 LibreOffice 打开后另存为 .xlsx",
    "the file is written in an unusual way, this cell cannot be read reliably — open it in a spreadsheet program and save it as .xlsx",
)


def formula_note(title: str, places: Iterable[tuple[int, int]]) -> list[Finding]:
    """Told once a sheet: input cells whose formula is read by its saved value."""
    cells = [markup.place(*place) for place in sorted(places)]
    if not cells:
        return []
    text = Text(
        "{n} 个填报单元格是公式（{c}），按文件中保存的结果读取 — 请核对，或改填数值",
        "{n} input cells hold formulas ({c}); the results saved in the file are read — check them, or type the values",
    )
    text = text.fill(n=len(cells), c=", ".join(cells[:8]) + (" …" if len(cells) > 8 else ""))
    return [Finding(INFO, "formula-input", f"{title}!{cells[0]}", text, "transparency")]
