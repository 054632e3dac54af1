"""The pieces of templates: what is there only where a field is, paragraphs and rows for each of a list, pictures."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from ..messages import Text
from ..standard.guide import Guide
from ..standard.guide.subjects import ENTERPRISE
from ..workbook.sheets import result_texts as texts
from .pieces import Paper

_CELL = "{{ row."


@contextmanager
def in_words_of(guide: Guide, shipped: Path, build: Callable[[], bytes]) -> Iterator[str]:
    """The template that comes along, or of a guide for parks or cities one made for it."""
    if guide.evaluates == ENTERPRISE:
        yield str(shipped)
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / shipped.name
        made.write_bytes(build())
        yield str(made)


class Filling(Paper):
    """A document whose fields are filled in later."""

    def when(self, name: str) -> None:
        self.say(f"{{%p if {name} %}}")

    def end_when(self) -> None:
        self.say("{%p endif %}")

    def each(self, name: str, text: str, style: str = "List Bullet") -> None:
        self.say(f"{{%p for row in {name} %}}")
        self.say(text, style)
        self.say("{%p endfor %}")

    def picture(self, name: str) -> None:
        self.when(name)
        self.say(f"{{{{ {name} }}}}").alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.end_when()

    def list(self, name: str, columns: Sequence[tuple[Text, str, float]], right: Sequence[str] = ()) -> None:
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

    def cover(self, title: Text, lines: Sequence[str], facts: Sequence[tuple[Text, str]], note: Text) -> None:
        """Title, what it is about, and facts, each a label and the name of a field, on a page of their own."""
        for _ in range(6):
            self.say("")
        self.centred(title, "Title")
        for line in lines:
            self.centred(line, size=18)
        for _ in range(4):
            self.say("")
        self.facts([(label, f"{{{{ {name} }}}}") for label, name in facts])
        self.say(note)
        self.document.add_page_break()

    def signatures(self, title: Text, foot: Text) -> None:
        self.heading(title)
        table = self.table(len(texts.SIGNATURES), (0.35, 0.65))
        for row, label in zip(table.rows, texts.SIGNATURES, strict=True):
            row.height = Mm(13)
            self.cell(row.cells[0], str(label), head=True)
        self.say("")
        self.say(foot)
