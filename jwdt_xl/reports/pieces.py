"""The pieces that our Word documents are put together from: page and styles, headings, tables, and the same bytes everywhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ..messages import Text
from ..workbook import theme

#: Fonts for letters and for Chinese, of the body and of headings.
_BODY, _HEAD = ("Times New Roman", "宋体"), ("Arial", "黑体")
PAGE_MM = 160


class Paper:
    """A document on A4 with a cover: the header stands on every other page, the title in its properties."""

    def __init__(self, header: str, title: str) -> None:
        self.document = Document()
        self._page(header)
        self._styles()
        about = self.document.core_properties
        about.author, about.title, about.comments = "jwdt-xl", title, "jwdt-xl"

    def bytes(self) -> bytes:
        """The document, which says nothing of the machine: parts in order, one date."""
        made = io.BytesIO()
        self.document.save(made)
        return _same_everywhere(made.getvalue())

    def _page(self, header: str) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin, section.bottom_margin = Mm(25), Mm(22)
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = header
        section.header.paragraphs[0].runs[0].font.size = Pt(8)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._page_number(foot)

    def _page_number(self, paragraph: Any) -> None:
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run()
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)

    def _styles(self) -> None:
        styles = self.document.styles
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "List Bullet"):
            self._fonts(name)
        for name, size in (("Title", 26), ("Heading 1", 15), ("Heading 2", 12)):
            self._head(name, size)
        styles["Normal"].font.size = Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(5)
        styles["Heading 1"].paragraph_format.space_before = Pt(16)
        small = styles.add_style("Report table", WD_STYLE_TYPE.PARAGRAPH)
        small.base_style, small.font.size = styles["Normal"], Pt(8.5)
        small.paragraph_format.space_before = small.paragraph_format.space_after = Pt(1.5)

    def _fonts(self, name: str) -> None:
        style = self.document.styles[name]
        latin, han = _BODY if name in ("Normal", "List Bullet") else _HEAD
        style.font.name = latin
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for of in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{of}"), None)
        fonts.set(qn("w:eastAsia"), han)

    def _head(self, name: str, size: float) -> None:
        font = self.document.styles[name].font
        font.size, font.color.rgb = Pt(size), RGBColor.from_string(theme.ACCENT.removeprefix("#"))

    # Pieces

    def heading(self, text: Text | str, level: int = 1) -> None:
        self.document.add_heading(str(text), level)

    def say(self, text: Text | str, style: str | None = None) -> Any:
        return self.document.add_paragraph(str(text), style)

    def centred(self, text: Text | str, style: str | None = None, size: float = 0) -> Any:
        paragraph = self.say(text, style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if size:
            paragraph.runs[0].font.size = Pt(size)
        return paragraph

    def facts(self, facts: Sequence[tuple[Text, str]], together: bool = False) -> None:
        """Labels and what they say, a row each; together: on one page, as far as there is room."""
        table = self.table(len(facts), (0.28, 0.72))
        for row, (label, content) in zip(table.rows, facts, strict=True):
            self.cell(row.cells[0], str(label), head=True)
            self.cell(row.cells[1], content)
        for row in table.rows[: len(facts) - 1] if together else ():
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        self.say("")

    def listed(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], right: Sequence[bool]
    ) -> None:
        """A table whose heading stands on each page; right: of each column, whether it holds numbers."""
        table = self.table(len(rows) + 1, shares)
        self.repeat(table.rows[0])
        for row, texts in zip(table.rows, (heads, *rows), strict=True):
            for cell, text, is_number in zip(row.cells, texts, right, strict=True):
                self.cell(cell, text, head=texts is heads, right=is_number)
        self.say("")

    def table(self, rows: int, shares: Sequence[float]) -> Any:
        """An empty one of the page's width, whose columns have these shares of it."""
        table = self.document.add_table(rows, len(shares), "Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(PAGE_MM * share)
            for cell in column.cells:
                cell.width = Mm(PAGE_MM * share)
        for row in table.rows:
            whole = OxmlElement("w:cantSplit")
            row._tr.get_or_add_trPr().append(whole)
        return table

    def repeat(self, row: Any) -> None:
        """The heading of a table stands on each of its pages."""
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def cell(self, cell: Any, text: str, head: bool = False, right: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = "Report table"
        run = paragraph.add_run(text)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if head:
            run.bold = True
            shade = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", theme.COMPUTED.removeprefix("#"))):
                shade.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(shade)


def _same_everywhere(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()
