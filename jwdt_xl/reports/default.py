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

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from ..messages import LANGUAGES, Text, speaking
from ..workbook.sheets import result_texts as texts
from . import wording as words
from .pieces import Paper

FOLDER = Path(__file__).parent / "templates"
_CELL = "{{ row."


def path_of(language: str) -> Path:
    return FOLDER / f"report_{language}.docx"


def build(language: str) -> bytes:
    """The template in a language."""
    with speaking(language):
        builder = _Builder(f"{{{{ enterprise }}}} · {words.TITLE}", str(words.TITLE))
        builder.write()
        return builder.bytes()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a document by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class _Builder(Paper):
    def write(self) -> None:
        self._cover()
        self._summary()
        self._what()
        self._method()
        self._results()
        self._act()
        self._findings()
        self._signatures()

    # Pieces that fill in

    def _if(self, name: str) -> None:
        self.say(f"{{%p if {name} %}}")

    def _end_if(self) -> None:
        self.say("{%p endif %}")

    def _each(self, name: str, text: str, style: str = "List Bullet") -> None:
        self.say(f"{{%p for row in {name} %}}")
        self.say(text, style)
        self.say("{%p endfor %}")

    def _picture(self, name: str) -> None:
        self._if(name)
        self.say(f"{{{{ {name} }}}}").alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._end_if()

    def _list(self, name: str, columns: Sequence[tuple[Text, str, float]], right: Sequence[str] = ()) -> None:
        """A table with a row for each of a list: heading, what stands in the cell, and the share of the width."""
        table = self.table(4, [width for _, _, width in columns])
        for cell, (title, _, _) in zip(table.rows[0].cells, columns, strict=True):
            self.cell(cell, str(title), head=True)
        self.repeat(table.rows[0])
        for row, tag in ((1, f"for row in {name}"), (3, "endfor")):
            table.rows[row].cells[0].paragraphs[0].text = f"{{%tr {tag} %}}"
        for cell, (_, content, _) in zip(table.rows[2].cells, columns, strict=True):
            self.cell(cell, content)
            if content.removeprefix(_CELL).partition(" ")[0] in right:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.say("")

    # The parts of the report

    def _cover(self) -> None:
        for _ in range(6):
            self.say("")
        self.centred(words.TITLE, "Title")
        for line in ("{{ enterprise }}", "{{ base_period }} → {{ report_period }}"):
            self.centred(line, size=18)
        for _ in range(4):
            self.say("")
        self.facts([(label, f"{{{{ {name} }}}}") for label, name in words.COVER])
        self.say(words.COVER_NOTE)
        self.document.add_page_break()

    def _summary(self) -> None:
        self.heading(words.SUMMARY)
        self.facts([(label, content) for label, content in words.SUMMARY_FACTS])
        self._each("exclusions", str(words.EXCLUDED))
        self._each("sure", "{{ row.text }}")
        self._if("losses")
        self.heading(texts.LOST_TITLE, 2)
        self._each("losses", str(words.LOSS))
        self._end_if()

    def _what(self) -> None:
        self.heading(words.BOUNDARY)
        self.facts([(label, f"{{{{ {name} }}}}") for label, name in words.BOUNDARY_FACTS])
        self.heading(words.DATA)
        self.say(words.DATA_LEAD)
        self._list("data", words.DATA_COLUMNS, ("base", "report"))
        self.heading(words.QUANTITIES, 2)
        self._list("quantities", words.QUANTITY_COLUMNS, ("base", "report", "change"))
        self.heading(words.FACTORS, 2)
        self._list("factors", words.FACTOR_COLUMNS, ("value",))

    def _method(self) -> None:
        self.heading(words.METHOD)
        self.say(words.MARKS)
        self._each("rules", "[{{ row.mark }}] {{ row.text }}")
        self.heading(words.OPTIONS, 2)
        self._list("options", words.OPTION_COLUMNS)
        self._if("choices")
        self.heading(words.CHOICES, 2)
        self._list("choices", words.CHOICE_COLUMNS)
        self._end_if()
        self.heading(words.EDITIONS, 2)
        self._list("editions", words.EDITION_COLUMNS)

    def _results(self) -> None:
        self.heading(words.RESULTS)
        self._list("indicators", words.INDICATOR_COLUMNS, ("value", "benchmark", "score", "weight", "weighted", "lost"))
        self._list("first_levels", words.LEVEL_COLUMNS, ("score", "weight"))
        for name in ("chart_scores", "chart_synergy"):
            self._picture(name)
        self.say(words.SYNERGY)
        self._picture("chart_sources")
        self.heading(words.HOW, 2)
        self._list("indicators", words.HOW_COLUMNS)

    def _act(self) -> None:
        self._if("alternatives")
        self.heading(words.ALTERNATIVES)
        self.say(words.ALTERNATIVES_LEAD)
        self._list("alternatives", words.ALTERNATIVE_COLUMNS, ("total",))
        self._end_if()
        self._if("plan")
        self.heading(words.PLAN)
        self._list("plan", words.PLAN_COLUMNS, tuple(name for name in words.PLAN_RIGHT))
        self._each("plan", "{{ row.name }}{% if row.units %}: {{ row.units }}{% endif %}")
        self._picture("chart_plan")
        self._end_if()

    def _findings(self) -> None:
        self.heading(words.FINDINGS)
        self._if("findings")
        self._list("findings", words.FINDING_COLUMNS)
        self._end_if()
        self._if("not findings")
        self.say(texts.NO_FINDINGS)
        self._end_if()

    def _signatures(self) -> None:
        self.heading(words.SIGNATURES)
        table = self.table(len(texts.SIGNATURES), (0.35, 0.65))
        for row, label in zip(table.rows, texts.SIGNATURES, strict=True):
            row.height = Mm(13)
            self.cell(row.cells[0], str(label), head=True)
        self.say("")
        self.say(words.FOOT)


def write() -> None:
    """Both templates into the package."""
    for language in LANGUAGES:
        path, made = path_of(language), build(language)
        if not path.exists() or parts_of(path.read_bytes()) != parts_of(made):
            path.write_bytes(made)


if __name__ == "__main__":
    write()
