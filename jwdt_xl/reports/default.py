"""The templates that come with the package, one a language for an enterprise and one for a group, written with python-docx.

    python -m jwdt_xl.reports.default       writes all anew; a test fails where one is stale

Built once and kept, so that an institute finds them as they are documented whatever version of python-docx it has. The
content says nothing of the machine: parts in order, one date. How they are packed is the compressor's affair, so a file
of the same content is left as it is.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from ..messages import LANGUAGES, speaking
from ..standard.guide import Guide, builtin
from ..workbook.sheets import result_texts as texts
from . import wording as words
from .filling import Filling
from .group import default as group

FOLDER = Path(__file__).parent / "templates"


def path_of(language: str) -> Path:
    return FOLDER / f"report_{language}.docx"


def build(language: str, guide: Guide | None = None) -> bytes:
    """The template in a language; of a guide that evaluates parks or cities in their words, without what they do not have."""
    with speaking(language):
        builder = _Builder(f"{{{{ enterprise }}}} · {words.TITLE}", str(words.TITLE))
        builder.guide = guide or builtin()
        builder.write()
        return builder.bytes()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a document by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class _Builder(Filling):
    guide: Guide

    def write(self) -> None:
        lines = ("{{ enterprise }}", "{{ base_period }} → {{ report_period }}")
        self.cover(words.TITLE, lines, words.cover(self.guide), words.COVER_NOTE)
        self._summary()
        self._what()
        self._method()
        self._results()
        self._act()
        self._findings()
        self.signatures(words.SIGNATURES, words.FOOT)

    # The parts of the report

    def _summary(self) -> None:
        self.heading(words.SUMMARY)
        facts = words.SUMMARY_FACTS[: words.PLAIN_FACTS if self.guide.is_plain else None]
        self.facts([(label, content) for label, content in facts])
        self.each("exclusions", str(words.EXCLUDED))
        self.each("sure", "{{ row.text }}")
        self.when("losses")
        self.heading(texts.LOST_TITLE, 2)
        self.each("losses", str(words.LOSS))
        self.end_when()

    def _what(self) -> None:
        self.heading(words.BOUNDARY)
        self.facts([(label, f"{{{{ {name} }}}}") for label, name in words.boundary_facts(self.guide)])
        self.heading(words.DATA)
        if not self.guide.is_plain:
            self.say(words.DATA_LEAD)
        self.list("data", words.DATA_COLUMNS, ("base", "report"))
        self.heading(words.QUANTITIES, 2)
        self.list("quantities", words.QUANTITY_COLUMNS, ("base", "report", "change"))
        if not self.guide.is_plain:
            self.heading(words.FACTORS, 2)
            self.list("factors", words.FACTOR_COLUMNS, ("value",))

    def _method(self) -> None:
        self.heading(words.METHOD)
        self.say(words.PLAIN_MARKS if self.guide.is_plain else words.MARKS)
        self.each("rules", "[{{ row.mark }}] {{ row.text }}")
        self.heading(words.OPTIONS, 2)
        self.list("options", words.OPTION_COLUMNS)
        self.when("choices")
        self.heading(words.CHOICES, 2)
        self.list("choices", words.CHOICE_COLUMNS)
        self.end_when()
        if not self.guide.is_plain:
            self.heading(words.EDITIONS, 2)
            self.list("editions", words.EDITION_COLUMNS)

    def _results(self) -> None:
        self.heading(words.RESULTS)
        self.list("indicators", words.INDICATOR_COLUMNS, ("value", "benchmark", "score", "weight", "weighted", "lost"))
        self.list("first_levels", words.LEVEL_COLUMNS, ("score", "weight"))
        for name in ("chart_scores", "chart_synergy"):
            self.picture(name)
        if not self.guide.is_plain:
            self.say(words.SYNERGY)
        self.picture("chart_sources")
        self.heading(words.HOW, 2)
        self.list("indicators", words.HOW_COLUMNS)

    def _act(self) -> None:
        self.when("alternatives")
        self.heading(words.ALTERNATIVES)
        self.say(words.ALTERNATIVES_LEAD)
        self.list("alternatives", words.ALTERNATIVE_COLUMNS, ("total",))
        self.end_when()
        self.when("plan")
        self.heading(words.PLAN)
        self.list("plan", words.PLAN_COLUMNS, tuple(name for name in words.PLAN_RIGHT))
        self.each("plan", "{{ row.name }}{% if row.units %}: {{ row.units }}{% endif %}")
        self.picture("chart_plan")
        self.end_when()

    def _findings(self) -> None:
        self.heading(words.FINDINGS)
        self.when("findings")
        self.list("findings", words.FINDING_COLUMNS)
        self.end_when()
        self.when("not findings")
        self.say(texts.NO_FINDINGS)
        self.end_when()


def write() -> None:
    """All templates into the package."""
    for language in LANGUAGES:
        for path, made in ((path_of(language), build(language)), (group.path_of(language), group.build(language))):
            if not path.exists() or parts_of(path.read_bytes()) != parts_of(made):
                path.write_bytes(made)


if __name__ == "__main__":
    write()
