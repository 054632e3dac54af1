"""The template of the report of a group that comes with the package, one a language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...messages import Text, speaking
from ...standard.guide import Guide, builtin
from .. import wording
from ..filling import Filling
from . import wording as words

FOLDER = Path(__file__).parents[1] / "templates"


def path_of(language: str) -> Path:
    return FOLDER / f"group_{language}.docx"


def build(language: str, guide: Guide | None = None) -> bytes:
    """The template in a language; of a guide that evaluates parks or cities in their words, without what they do not have."""
    with speaking(language):
        builder = _Builder(str(words.TITLE), str(words.TITLE))
        builder.guide = guide or builtin()
        builder.write()
        return builder.bytes()


class _Builder(Filling):
    guide: Guide

    def _said(self, text: Text) -> Text:
        """In the words of whom the guide evaluates."""
        return text.fill(u=self.guide.subject.name, s=self.guide.subject.several)

    def _listed(self, name: str, columns: Sequence[tuple[Text, str, float]], right: Sequence[str] = ()) -> None:
        self.list(name, words.headed(columns, self.guide), right)

    def write(self) -> None:
        self.cover(words.TITLE, (str(self._said(words.COVER_LINE)),), words.COVER, wording.COVER_NOTE)
        self.heading(words.RESULT)
        self.facts(words.FACTS)
        self.when("part")
        self.say(words.PART)
        self.end_when()
        self._ranking()
        self._spread()
        self._industry()
        self._findings()
        self.heading(words.METHOD)
        self.say(wording.PLAIN_MARKS)
        self.each("rules", "[{{ row.mark }}] {{ row.text }}")
        self.signatures(wording.SIGNATURES, wording.FOOT)

    def _ranking(self) -> None:
        self.heading(words.RANKING)
        self.say(words.RANKING_LEAD)
        self._listed("ranking", words.RANKING_COLUMNS, ("rank", "total", "interval"))
        self.when("ranking_left")
        self.say(words.RANKING_LEFT)
        self.end_when()
        self.when("unranked")
        self.heading(words.unranked(self.guide), 2)
        self._listed("unranked", words.UNRANKED_COLUMNS, ("total",))
        self.end_when()

    def _spread(self) -> None:
        self.heading(words.SPREAD)
        self.picture("chart_distribution")
        if not self.guide.is_plain:
            self.picture("chart_quadrants")
            self._listed("quadrants", words.QUADRANT_COLUMNS, ("n",))
        self.heading(words.WEAK)
        self.when("losses")
        self.say(self._said(words.WEAK_LEAD)).paragraph_format.keep_with_next = True
        self.each("losses", str(words.LOSS))
        self.end_when()
        self.picture("chart_losses")
        self._listed("indicators", words.INDICATOR_COLUMNS, ("n", "mean", "lost"))

    def _industry(self) -> None:
        if self.guide.is_plain:
            self.heading(words.REGIONS_ALONE)
            self._regions()
            return
        self.heading(words.INDUSTRY)
        self.when("industry")
        self.say(words.INDUSTRY_LEAD)
        self._listed("industry", words.INDUSTRY_COLUMNS, ("n", "base", "report", "change"))
        self.list("industry_results", words.INDUSTRY_RESULT_COLUMNS, ("value", "benchmark", "score"))
        self.end_when()
        self.heading(words.REGIONS, 2)
        self._regions()

    def _regions(self) -> None:
        self._listed("regions", words.REGION_COLUMNS, ("n", "held", "mean", "median", "best"))

    def _findings(self) -> None:
        self.heading(words.FINDINGS)
        self.when("findings")
        self.say(words.FINDINGS_LEAD)
        self._listed("findings", words.FINDING_COLUMNS, ("count", "n"))
        self.end_when()
        self.when("left")
        self.heading(words.LEFT, 2)
        self.list("left", words.LEFT_COLUMNS)
        self.end_when()
