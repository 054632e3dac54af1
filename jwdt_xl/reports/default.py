"""The templates that come with the package, one a language, written with python-docx.

    python -m jwdt_xl.reports.default       writes both anew; a test fails where one is stale

Built once and kept, so that an institute finds them as they are documented whatever version of python-docx it has. The
content says nothing of the machine: parts in order, one date. How they are packed is the compressor's affair, so a file
of the same content is left as it is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ..messages import LANGUAGES, Text, speaking
from ..workbook import theme
from ..workbook.sheets import result_texts as texts
from . import wording as words

FOLDER = Path(__file__).parent / "templates"
#: Fonts for letters and for Chinese, of the body and of headings.
_BODY, _HEAD = ("Times New Roman", "宋体"), ("Arial", "黑体")
_PAGE_MM = 160
_CELL = "{{ row."


def path_of(language: str) -> Path:
    return FOLDER / f"report_{language}.docx"


def build(language: str) -> bytes:
    """The template in a language."""
    with speaking(language):
        builder = _Builder()
        builder.write()
        made = io.BytesIO()
        builder.document.save(made)
    return _same_everywhere(made.getvalue())


def _same_everywhere(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a document by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class _Builder:
    def __init__(self) -> None:
        self.document = Document()
        self._page()
        self._styles()

    def write(self) -> None:
        self._cover()
        self._summary()
        self._what()
        self._method()
        self._results()
        self._act()
        self._findings()
        self._signatures()

    # The page and its styles

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin, section.bottom_margin = Mm(25), Mm(22)
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = f"{{{{ enterprise }}}} · {words.TITLE}"
        section.header.paragraphs[0].runs[0].font.size = Pt(8)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._page_number(foot)
        about = self.document.core_properties
        about.author, about.title, about.comments = "jwdt-xl", str(words.TITLE), "jwdt-xl"

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
            style = styles[name]
            latin, han = _BODY if name in ("Normal", "List Bullet") else _HEAD
            style.font.name = latin
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for of in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{of}"), None)
            fonts.set(qn("w:eastAsia"), han)
        accent = RGBColor.from_string(theme.ACCENT.removeprefix("#"))
        for name, size in (("Title", 26), ("Heading 1", 15), ("Heading 2", 12)):
            styles[name].font.size, styles[name].font.color.rgb = Pt(size), accent
        styles["Normal"].font.size = Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(5)
        styles["Heading 1"].paragraph_format.space_before = Pt(16)
        small = styles.add_style("Report table", WD_STYLE_TYPE.PARAGRAPH)
        small.base_style, small.font.size = styles["Normal"], Pt(8.5)
        small.paragraph_format.space_before = small.paragraph_format.space_after = Pt(1.5)

    # Pieces

    def _heading(self, text: Text, level: int = 1) -> None:
        self.document.add_heading(str(text), level)

    def _say(self, text: Text | str, style: str | None = None) -> Any:
        return self.document.add_paragraph(str(text), style)

    def _if(self, name: str) -> None:
        self._say(f"{{%p if {name} %}}")

    def _end_if(self) -> None:
        self._say("{%p endif %}")

    def _each(self, name: str, text: str, style: str = "List Bullet") -> None:
        self._say(f"{{%p for row in {name} %}}")
        self._say(text, style)
        self._say("{%p endfor %}")

    def _picture(self, name: str) -> None:
        self._if(name)
        self._say(f"{{{{ {name} }}}}").alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._end_if()

    def _list(self, name: str, columns: Sequence[tuple[Text, str, float]], right: Sequence[str] = ()) -> None:
        """A table with a row for each of a list: heading, what stands in the cell, and the share of the width."""
        table = self._table(4, [width for _, _, width in columns])
        for cell, (title, _, _) in zip(table.rows[0].cells, columns, strict=True):
            self._cell(cell, str(title), head=True)
        self._repeat(table.rows[0])
        for row, tag in ((1, f"for row in {name}"), (3, "endfor")):
            table.rows[row].cells[0].paragraphs[0].text = f"{{%tr {tag} %}}"
        for cell, (_, content, _) in zip(table.rows[2].cells, columns, strict=True):
            self._cell(cell, content)
            if content.removeprefix(_CELL).partition(" ")[0] in right:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._say("")

    def _facts(self, facts: Sequence[tuple[Text, str]]) -> None:
        table = self._table(len(facts), (0.28, 0.72))
        for row, (label, content) in zip(table.rows, facts, strict=True):
            self._cell(row.cells[0], str(label), head=True)
            self._cell(row.cells[1], content)
        self._say("")

    def _table(self, rows: int, shares: Sequence[float]) -> Any:
        table = self.document.add_table(rows, len(shares), "Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(_PAGE_MM * share)
            for cell in column.cells:
                cell.width = Mm(_PAGE_MM * share)
        for row in table.rows:
            whole = OxmlElement("w:cantSplit")
            row._tr.get_or_add_trPr().append(whole)
        return table

    def _repeat(self, row: Any) -> None:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def _cell(self, cell: Any, text: str, head: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = "Report table"
        run = paragraph.add_run(text)
        if head:
            run.bold = True
            shade = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", theme.COMPUTED.removeprefix("#"))):
                shade.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(shade)

    # The parts of the report

    def _cover(self) -> None:
        for _ in range(6):
            self._say("")
        self._say(words.TITLE, "Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
        for line in ("{{ enterprise }}", "{{ base_period }} → {{ report_period }}"):
            paragraph = self._say(line)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.runs[0].font.size = Pt(18)
        for _ in range(4):
            self._say("")
        self._facts([(label, f"{{{{ {name} }}}}") for label, name in words.COVER])
        self._say(words.COVER_NOTE)
        self.document.add_page_break()

    def _summary(self) -> None:
        self._heading(words.SUMMARY)
        self._facts([(label, content) for label, content in words.SUMMARY_FACTS])
        self._each("exclusions", str(words.EXCLUDED))
        self._each("sure", "{{ row.text }}")
        self._if("losses")
        self._heading(texts.LOST_TITLE, 2)
        self._each("losses", str(words.LOSS))
        self._end_if()

    def _what(self) -> None:
        self._heading(words.BOUNDARY)
        self._facts([(label, f"{{{{ {name} }}}}") for label, name in words.BOUNDARY_FACTS])
        self._heading(words.DATA)
        self._say(words.DATA_LEAD)
        self._list("data", words.DATA_COLUMNS, ("base", "report"))
        self._heading(words.QUANTITIES, 2)
        self._list("quantities", words.QUANTITY_COLUMNS, ("base", "report", "change"))
        self._heading(words.FACTORS, 2)
        self._list("factors", words.FACTOR_COLUMNS, ("value",))

    def _method(self) -> None:
        self._heading(words.METHOD)
        self._say(words.MARKS)
        self._each("rules", "[{{ row.mark }}] {{ row.text }}")
        self._heading(words.OPTIONS, 2)
        self._list("options", words.OPTION_COLUMNS)
        self._if("choices")
        self._heading(words.CHOICES, 2)
        self._list("choices", words.CHOICE_COLUMNS)
        self._end_if()
        self._heading(words.EDITIONS, 2)
        self._list("editions", words.EDITION_COLUMNS)

    def _results(self) -> None:
        self._heading(words.RESULTS)
        self._list("indicators", words.INDICATOR_COLUMNS, ("value", "benchmark", "score", "weight", "weighted", "lost"))
        self._list("first_levels", words.LEVEL_COLUMNS, ("score", "weight"))
        for name in ("chart_scores", "chart_synergy"):
            self._picture(name)
        self._say(words.SYNERGY)
        self._picture("chart_sources")
        self._heading(words.HOW, 2)
        self._list("indicators", words.HOW_COLUMNS)

    def _act(self) -> None:
        self._if("alternatives")
        self._heading(words.ALTERNATIVES)
        self._say(words.ALTERNATIVES_LEAD)
        self._list("alternatives", words.ALTERNATIVE_COLUMNS, ("total",))
        self._end_if()
        self._if("plan")
        self._heading(words.PLAN)
        self._list("plan", words.PLAN_COLUMNS, tuple(name for name in words.PLAN_RIGHT))
        self._each("plan", "{{ row.name }}{% if row.units %}: {{ row.units }}{% endif %}")
        self._picture("chart_plan")
        self._end_if()

    def _findings(self) -> None:
        self._heading(words.FINDINGS)
        self._if("findings")
        self._list("findings", words.FINDING_COLUMNS)
        self._end_if()
        self._if("not findings")
        self._say(texts.NO_FINDINGS)
        self._end_if()

    def _signatures(self) -> None:
        self._heading(words.SIGNATURES)
        table = self._table(len(texts.SIGNATURES), (0.35, 0.65))
        for row, label in zip(table.rows, texts.SIGNATURES, strict=True):
            row.height = Mm(13)
            self._cell(row.cells[0], str(label), head=True)
        self._say("")
        self._say(words.FOOT)


def write() -> None:
    """Both templates into the package."""
    for language in LANGUAGES:
        path, made = path_of(language), build(language)
        if not path.exists() or parts_of(path.read_bytes()) != parts_of(made):
            path.write_bytes(made)


if __name__ == "__main__":
    write()
