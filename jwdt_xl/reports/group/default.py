"""The template of the report of a group that comes with the package, one a language."""

from __future__ import annotations

from pathlib import Path

from ...messages import speaking
from .. import wording
from ..filling import Filling
from . import wording as words

FOLDER = Path(__file__).parents[1] / "templates"


def path_of(language: str) -> Path:
    return FOLDER / f"group_{language}.docx"


def build(language: str) -> bytes:
    """The template in a language."""
    with speaking(language):
        builder = _Builder(str(words.TITLE), str(words.TITLE))
        builder.write()
        return builder.bytes()


class _Builder(Filling):
    def write(self) -> None:
        self.cover(words.TITLE, (str(words.COVER_LINE),), words.COVER, wording.COVER_NOTE)
        self.heading(words.RESULT)
        self.facts(words.FACTS)
        self._ranking()
        self._spread()
        self._industry()
        self._findings()
        self.heading(words.METHOD)
        self.say(words.MARKS)
        self.each("rules", "[{{ row.mark }}] {{ row.text }}")
        self.signatures(wording.SIGNATURES, wording.FOOT)

    def _ranking(self) -> None:
        self.heading(words.RANKING)
        self.say(words.RANKING_LEAD)
        self.list("ranking", words.RANKING_COLUMNS, ("rank", "total", "interval"))
        self.when("ranking_left")
        self.say(words.RANKING_LEFT)
        self.end_when()
        self.when("unranked")
        self.heading(words.UNRANKED, 2)
        self.list("unranked", words.UNRANKED_COLUMNS, ("total",))
        self.end_when()

    def _spread(self) -> None:
        self.heading(words.SPREAD)
        self.picture("chart_distribution")
        self.picture("chart_quadrants")
        self.list("quadrants", words.QUADRANT_COLUMNS, ("n",))
        self.heading(words.WEAK)
        self.when("losses")
        self.say(words.WEAK_LEAD).paragraph_format.keep_with_next = True
        self.each("losses", str(words.LOSS))
        self.end_when()
        self.picture("chart_losses")
        self.list("indicators", words.INDICATOR_COLUMNS, ("n", "mean", "lost"))

    def _industry(self) -> None:
        self.heading(words.INDUSTRY)
        self.say(words.INDUSTRY_LEAD)
        self.list("industry", words.INDUSTRY_COLUMNS, ("n", "base", "report", "change"))
        self.list("industry_results", words.INDUSTRY_RESULT_COLUMNS, ("value", "benchmark", "score"))
        self.heading(words.REGIONS, 2)
        self.list("regions", words.REGION_COLUMNS, ("n", "held", "mean", "median", "best"))

    def _findings(self) -> None:
        self.heading(words.FINDINGS)
        self.when("findings")
        self.say(words.FINDINGS_LEAD)
        self.list("findings", words.FINDING_COLUMNS, ("count", "n"))
        self.end_when()
        self.when("left")
        self.heading(words.LEFT, 2)
        self.list("left", words.LEFT_COLUMNS)
        self.end_when()
