"""The summary: one printed page with the score, where points are lost, what to do next, and how sure it is."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...assessment.checks.benchmarks import FAR
from ...messages import SEVERITIES, Text
from ...standard.measures import MEASURES, measure_in_force
from ..columns.cached import general
from ..columns.column import plain, shown
from ..parts import Parts, height
from ..plan import Cell
from . import charts, convention, foot, grade, howto, levels, why
from . import result_texts as texts
from .alternatives import totals_otherwise
from .computed import Computed, rounded
from .open_points import OpenPoint
from .sentences import Sentences, order_of

WIDTHS = (6, 24, 10, 10, 10, 8, 8, 19, 19)
_LAST = len(WIDTHS) - 1
#: The columns of the left half; the right one begins after it.
_LEFT = 4
#: Beyond the page, out of sight: points of the four quadrants, names of the radar, what is open.
_PLOT, _LABELS, _RANKS, _PLACES = _LAST + 2, _LAST + 4, _LAST + 7, _LAST + 8
_CHART_ROWS, _SOURCE_ROWS, _ROW = 16, 8, 15.0
MOST_ROWS, MOST_OPEN = 10, 5
#: Two lines of a remedy.
_LOST_HEIGHT = 26


class _Summary:
    """Writes the page from top to bottom; row is the next free one."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.book, self.layout, self.result, self.t = parts.book, parts.layout, parts.result, parts.t
        self.f = parts.formulas
        self.sheet = parts.book.sheets["summary"]
        self.sentences = Sentences(parts)
        self.row = 0

    def at(self, col: int, row: int | None = None) -> Cell:
        return Cell("summary", self.row if row is None else row, col)

    def title(self, text: Text, first: int = 0, last: int = _LAST) -> None:
        for col in range(first, last + 1):
            self.book.write(self.at(col), self.t(text) if col == first else None, "block")

    @cached_property
    def _points(self) -> list[OpenPoint]:
        return why.points(self.parts)

    @cached_property
    def _why(self) -> list[Computed]:
        """What keeps each indicator from its score."""
        return why.reasons(self.parts, self._points)

    def write(self) -> None:
        for col, width in enumerate(WIDTHS):
            self.sheet.set_column(col, col, width)
        self.sheet.set_column(_PLOT, why.LAST, 8, None, {"hidden": True})
        self.head()
        self.scores()
        self.row = grade.write(self.parts, self.row, _LAST)
        self.charts()
        synergy = (
            not self.parts.guide.is_plain
        )  # of what is entered for a guide alone there is neither synergy nor power
        if synergy:
            self.rewarded()
        self.lost()
        self.open_points()
        if synergy:
            self.alternatives()
            self.convention()
            self.sources()
        self.row = foot.write(self.parts, self.row, WIDTHS)
        self.sheet.print_area(1, 0, self.row, _LAST)
        self.sheet.set_margins(left=0.45, right=0.45, top=0.45, bottom=0.55)
        self.sheet.center_horizontally()  # one page is higher than wide

    def head(self) -> None:
        self.parts.bar("summary", WIDTHS)
        self.row = 1
        self.book.merge(self.at(0), _LAST, self.t(texts.TITLE), "page_title")
        self.sheet.set_row(1, 28)
        self.row = 2
        enterprise, periods = self.result.assessment.enterprise, self.result.assessment.periods
        self.book.merge_formula(self.at(0), 3, 'in_enterprise_name&""', enterprise.name, "who")
        before, between = (self.f.t(text) for text in texts.PERIOD_TO)
        formula = f'IF(in_periods_report="","",{before}&in_periods_base&{between}&in_periods_report)'
        value = ""
        if periods.report:
            value = f"{self.t(texts.PERIOD_TO[0])}{periods.base}{self.t(texts.PERIOD_TO[1])}{periods.report}"
        self.book.merge_formula(self.at(5), _LAST, formula, value, "quiet_right")
        self.sheet.set_row(2, 20)
        self.row = 3

    def scores(self) -> None:
        """The total, how complete it is, and the groups."""
        book, t, result = self.book, self.t, self.result
        self._total_head()
        deeper = len(result.groups) > len(result.first_levels)
        book.merge(self.at(5), 6, t(texts.LEVELS if deeper else texts.FIRST_LEVEL), "row_head_step")
        for col, text in ((7, texts.SCORE), (8, texts.WEIGHT)):
            book.write(self.at(col), t(text), "row_head_right")
        top = self.row + 1
        count = levels.write(self.parts, self.at(5, top))
        total = "–" if result.total is None else result.total
        headline = 'IF(out_total="","–",out_total)'
        book.merge_formula(self.at(0, top), 1, headline, total, "big", last_row=top + count - 1)
        cells = [self.layout.ref(howto.open_cell(self.parts, key)) for key in ("missing", "check")]
        numbers = [howto.open_count(self.parts, key) for key in ("missing", "check")]
        beside: tuple[tuple[Text, str, str | float, str], ...] = (
            (texts.TOTALS["coverage"], "out_coverage", result.coverage, "row_percent"),
            (texts.TOTALS["score_so_far"], "out_score_so_far", result.score_so_far, "row_score"),
            (texts.OPEN, f'{cells[0]}&" / "&{cells[1]}', f"{numbers[0]} / {numbers[1]}", "row_right"),
        )
        for i, (text, formula, value, style) in enumerate(beside):
            book.merge(self.at(2, top + i), 3, t(text), "row_beside")
            book.formula(self.at(_LEFT, top + i), formula, value, style)
        self.row = top + count

    def _total_head(self) -> None:
        """Above the total its name, or why there is none."""
        said = why.sentence(self.parts, self._why, "summary", self.t(texts.TOTAL))
        self.book.merge_formula(self.at(0), _LEFT, said.formula, said.value, "row_head")
        self.sheet.set_row(self.row, 26)

    def charts(self) -> None:
        """The radar, the four quadrants, and the case in words below them."""
        nodes = self.parts.guide.indicators
        for i, node in enumerate(nodes):
            self.book.write(self.at(_LABELS, i), charts.label(f"{node.code} {self.t(node.name)}"), "hidden")
        labels = self.layout.range("summary", 0, len(nodes) - 1, _LABELS)
        if self.parts.guide.is_plain:
            self._insert(charts.scores(self.parts, labels), 0, _LAST, _CHART_ROWS)
            self.row += _CHART_ROWS
            return
        charts.points(self.parts, self.at(_PLOT, 0))
        names = charts.quadrant_names()
        first = 1 + len(charts.SIDES)
        points = [self.at(_PLOT, 1 + i) for i in range(len(charts.SIDES))]
        quadrants = charts.quadrants(self.parts, points, self.at(_PLOT, first), self.at(_PLOT, first + len(names)))
        for i, point in enumerate([*names, *charts.diagonal()], first):
            for j, number in enumerate(point):
                self.book.write(self.at(_PLOT + j, i), number, "hidden")
        self._insert(charts.scores(self.parts, labels), 0, _LEFT, _CHART_ROWS)
        self._insert(quadrants, _LEFT + 1, _LAST, _CHART_ROWS)
        self.row += _CHART_ROWS
        case, value = "out_synergy_case", str(self.parts.cached.single("synergy_case"))
        label, clamped = texts.CASE_IS, texts.CLAMPED
        formula = f'{self.f.t(label)}&IF({case}="","–",{case})&{self.f.t(clamped)}'
        text = f"{self.t(label)}{value or '–'}{self.t(clamped)}"
        self.book.merge_formula(self.at(0), _LAST, formula, text, "quiet")
        self.sheet.set_row(self.row, 16)
        self.row += 1

    def rewarded(self) -> None:
        """What the measure of synergy in force rewards."""
        label = self.t(texts.REWARDS_IS)
        text = label + self.t(measure_in_force(self.result.options).rewards)
        sentences = self.f.by_measure(lambda measure: self.f.t(measure.rewards))
        self.book.merge_formula(self.at(0), _LAST, f"{self.f.t(texts.REWARDS_IS)}&{sentences}", text, "fine_wrap")
        longest = max((label + self.t(measure.rewards) for measure in MEASURES), key=len)
        self.sheet.set_row(self.row, height([(longest, sum(WIDTHS))], 7.5, 2))
        self.row += 1

    def _insert(self, chart: Any, first: int, last: int, rows: int) -> None:
        """A chart that ends where its last column does, in programs with wider columns too."""
        for i in range(rows):
            self.sheet.set_row(self.row + i, _ROW)
        chart.set_size({"width": _pixels(WIDTHS[first : last + 1]), "height": int(rows * _ROW / 0.75)})
        self.sheet.insert_chart(self.row, first, chart)

    def lost(self) -> None:
        """The indicators in the order of the points they lose, and the one to begin with."""
        self.title(texts.LOST_TITLE)
        self.sheet.set_row(self.row, 18)
        self.row += 1
        for col, text in enumerate(texts.LOST_HEAD[:-1]):
            self.book.write(self.at(col), self.t(text), "row_head_right" if col > 1 else "row_head")
        self.book.merge(self.at(7), _LAST, self.t(texts.LOST_HEAD[-1]), "row_head_step")
        indicators = self.result.indicators
        order = sorted(range(len(indicators)), key=lambda i: -order_of(indicators[i], i))
        first = self.layout.ref(self.at(_PLACES, self.row + 1), "summary")
        for place, index in enumerate(order[:MOST_ROWS], 1):
            self.row += 1
            self._lost_row(place, index)
        self.book.far(self.at(4, self.row + 1 - min(len(order), MOST_ROWS)), self.row, FAR)
        self.row += 1
        self._next(order[0], first)
        self.row += 1

    def _lost_row(self, place: int, index: int) -> None:
        book, indicator = self.book, self.result.indicators[index]
        cell = self.at(_PLACES)
        order = self._range("order")
        self.book.formula(cell, f"MATCH(LARGE({order},{place}),{order},0)", index + 1, "hidden")
        where = self.layout.ref(cell, "summary")
        step = self.sentences.step(indicator).value
        cached = self.parts.cached
        cells: list[tuple[str, str | float, str]] = [
            ("code", indicator.node.code, "row"),
            ("name", self.t(indicator.node.name), "row_name"),
            ("value", shown(indicator.value), "row_value"),
            ("benchmark", cached.indicator(indicator, "benchmark"), "row_value"),
            ("gap", self.sentences.gap(indicator).value, "row_gap"),
            ("score", shown(indicator.score), "row_score"),
            ("lost", shown(indicator.lost), "row_score"),
        ]
        for col, (key, value, style) in enumerate(cells):
            found = f"INDEX({self._range(key)},{where})"
            if key == "value":  # of the case without a number the sentence below the charts tells
                found = f'IF(ISNUMBER({found}),{found},"")'
            book.formula(self.at(col), found, value, style)
        book.digits(self.at(2), self.row, 3)
        book.merge_formula(self.at(7), _LAST, f"INDEX({self._range('step')},{where})", step, "row_step")
        self.sheet.set_row(self.row, _LOST_HEIGHT)

    def _range(self, key: str) -> str:
        return self.layout.indicator_range(key)

    def _next(self, index: int, where: str) -> None:
        """The sentence about the single step that gains most."""
        indicator = self.result.indicators[index]
        name, step, lost = (f"INDEX({self._range(key)},{where})" for key in ("name", "step", "lost"))
        words = [self.f.t(text) for text in (texts.NEXT_STEP, texts.NEXT_GAIN, texts.NEXT_POINTS)]
        told = f'{words[0]}&{name}&" — "&{step}&{words[1]}&ROUND({lost},2)&{words[2]}'
        full, none = self.f.t(texts.NEXT_FULL), self.f.t(texts.NEXT_NONE)
        formula = f"IF(ISNUMBER({lost}),IF(ROUND({lost},6)>0,{told},IF(ISNUMBER(out_total),{full},{none})),{none})"
        if indicator.lost is None or (rounded(indicator.lost, 6) == 0 and self.result.total is None):
            value = self.t(texts.NEXT_NONE)
        elif rounded(indicator.lost, 6) == 0:
            value = self.t(texts.NEXT_FULL)
        else:
            said, gain, t = self.sentences.step(indicator).value, general(rounded(indicator.lost, 2)), self.t
            value = (
                f"{t(texts.NEXT_STEP)}{t(indicator.node.name)} — {said}{t(texts.NEXT_GAIN)}{gain}{t(texts.NEXT_POINTS)}"
            )
        self.book.merge_formula(self.at(0), _LAST, formula, value, "strong")
        self.sheet.set_row(self.row, 31)

    def open_points(self) -> None:
        """What is to be checked and what is missing, live, with its cell; and what a full check found at making."""
        self.title(texts.OPEN_TITLE)
        self.sheet.set_row(self.row, 18)
        found = self._points
        for point, (code, said) in zip(found, why.places(self.parts), strict=True):
            self.book.formula(code, point.code.formula, point.code.value, "hidden")
            self.book.formula(said, point.said.formula, point.said.value, "hidden")
        for i, (code, _) in enumerate(why.places(self.parts), 1):
            here = self.layout.ref(code, "summary")
            rank = "" if found[i - 1].code.value == "" else i
            self.book.formula(code._replace(col=_RANKS), f'IF({here}="","",{i})', rank, "hidden")
        for i, reason in enumerate(self._why):
            self.book.formula(self.at(why.LAST, i), reason.formula, reason.value, "hidden")
        ranks, said_all = (self.layout.range("summary", 0, len(found) - 1, col) for col in (_RANKS, why.SAID))
        sentences = [str(point.said.value) for point in found if point.code.value != ""]
        for k in range(1, MOST_OPEN + 1):
            self.row += 1
            none, text = ('""', "") if k > 1 else (self.f.t(texts.NOTHING_OPEN), self.t(texts.NOTHING_OPEN))
            formula = f"IF(COUNT({ranks})<{k},{none},INDEX({said_all},SMALL({ranks},{k})))"
            self.book.merge_formula(
                self.at(0), _LAST, formula, sentences[k - 1] if k <= len(sentences) else text, "row_fit"
            )
            self.sheet.set_row(self.row, 14.5)
        self.row += 1
        by = [sum(finding.severity == severity for finding in self.parts.findings) for severity in SEVERITIES]
        counted = texts.FINDINGS_COUNT.fill(e=by[0], w=by[1], i=by[2], s=self.layout.title("quantities"))
        if self.parts.is_template:
            self.book.merge(self.at(0), _LAST, self.t(texts.FULL_CHECK), "quiet")
        else:
            self.book.merge(self.at(0), _LEFT, self.t(counted), "quiet")
            self._stale()
        self.sheet.set_row(self.row, 26)
        self.row += 1

    def _stale(self) -> None:
        """Whether what is not live still belongs to the data: the score and coverage at making against those now."""
        said = [self.result.score_so_far, self.result.coverage]
        same = ",".join(
            f"ABS({name}-{plain(value)})<0.000001"
            for name, value in zip(("out_score_so_far", "out_coverage"), said, strict=True)
        )
        label = self.f.t(texts.STATIC)
        formula = f"{label}&IF(AND({same}),{self.f.t(texts.FRESH)},{self.f.t(texts.STALE)})"
        self.book.merge_formula(self.at(5), _LAST, formula, self.t(texts.STATIC) + self.t(texts.FRESH), "quiet")

    def alternatives(self) -> None:
        """The total under each named alternative, computed by the engine when the file was made."""
        self.title(texts.ALTERNATIVES_TITLE)
        self.sheet.set_row(self.row, 18)
        rows = totals_otherwise(self.parts)
        if not rows:
            self.row += 1
            self.book.merge(self.at(0), _LAST, self.t(texts.ALTERNATIVES_NONE), "quiet")
        half = (len(rows) + 1) // 2
        for i in range(half):
            self.row += 1
            self.sheet.set_row(self.row, 14.5)
            for j, (first, last, value) in enumerate(((0, 3, _LEFT), (5, 7, 8))):
                place = i + j * half
                name, said = rows[place] if place < len(rows) else ("", "")
                self.book.merge(self.at(first), last, name, "row_beside" if j else "row")
                self.book.write(self.at(value), said, "row_right" if isinstance(said, str) else "row_score")
        self.row += 1

    def convention(self) -> None:
        """The electricity convention in force, and the non-fossil share under the other one."""
        self.title(texts.CONVENTION_TITLE)
        self.sheet.set_row(self.row, 18)
        for text, text_value, share, share_value in convention.rows(self.parts):
            self.row += 1
            self.book.merge_formula(self.at(0), _LAST - 1, text, text_value, "row")
            self.book.formula(self.at(_LAST), share, share_value, "row_percent")
            self.sheet.set_row(self.row, 14.5)
        self.row += 1

    def sources(self) -> None:
        self._insert(charts.sources(self.parts), 0, _LAST, _SOURCE_ROWS)
        self.row += _SOURCE_ROWS


def _pixels(widths: tuple[int, ...]) -> int:
    return sum(7 * width + 5 for width in widths)


def summary(parts: Parts) -> None:
    _Summary(parts).write()
