"""The summary: one printed page with the score, where points are lost, what to do next, and how sure it is."""

from __future__ import annotations

from ...assessment.evaluate import alternatives
from ...messages import SEVERITIES, Text
from ...standard.guide.options import OPTIONS
from ..columns.cached import general
from ..columns.column import plain, shown
from ..parts import Parts, height
from ..plan import Cell
from . import charts, convention, howto
from . import result_texts as texts
from .sentences import Sentences, order_of, rounded

WIDTHS = (5, 29, 12, 12, 3, 22, 11, 12)
_LAST = len(WIDTHS) - 1
#: Beyond the page: where the points of the four quadrants stand.
_PLOT = _LAST + 2
_CHART_ROWS, _SOURCE_ROWS, _ROW = 18, 12, 15.0
MOST_ROWS, MOST_FINDINGS = 10, 5


class _Summary:
    """Writes the page from top to bottom; row is the next free one."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.book, self.layout, self.result, self.t = parts.book, parts.layout, parts.result, parts.t
        self.f = parts.formulas
        self.sheet = parts.book.sheets["summary"]
        self.sentences = Sentences(parts.layout, parts.result)
        self.row = 0

    def at(self, col: int, row: int | None = None) -> Cell:
        return Cell("summary", self.row if row is None else row, col)

    def title(self, text: Text, first: int = 0, last: int = _LAST) -> None:
        for col in range(first, last + 1):
            self.book.write(self.at(col), self.t(text) if col == first else None, "block")

    def write(self) -> None:
        for col, width in enumerate(WIDTHS):
            self.sheet.set_column(col, col, width)
        self.sheet.set_column(_PLOT, _PLOT + 1, 8, None, {"hidden": True})
        self.head()
        self.scores()
        self.charts()
        self.lost()
        self.findings()
        self.alternatives()
        self.convention()
        self.sources()
        self.foot()
        self.sheet.print_area(1, 0, self.row, _LAST)
        self.sheet.set_margins(left=0.45, right=0.45, top=0.45, bottom=0.55)

    def head(self) -> None:
        self.parts.bar("summary")
        self.row = 1
        self.book.merge(self.at(0), _LAST, self.t(texts.TITLE), "page_title")
        self.sheet.set_row(1, 28)
        self.row = 2
        name = self.result.assessment.enterprise.name
        self.book.merge_formula(self.at(0), 3, 'in_enterprise_name&""', name, "who")
        periods = self.result.assessment.periods
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
        book.merge(self.at(0), 1, t(texts.TOTAL), "row_head")
        for col, text in ((5, texts.FIRST_LEVEL), (6, texts.SCORE), (7, texts.WEIGHT)):
            book.write(self.at(col), t(text), "row_head" if col == 5 else "row_head_right")
        book.merge(self.at(2), 3, "", "row_head")
        top = self.row + 1
        count = max(3, len(result.first_levels))
        for i, group in enumerate(result.first_levels):
            score, weight = self.at(6, top + i), self.at(7, top + i)
            book.write(self.at(5, top + i), t(group.node.name), "row")
            book.formula(score, f"out_first_level_{group.node.code}", shown(group.score), "row_score")
            cell = self.layout.results[f"out_first_level_{group.node.code}"]
            book.formula(weight, self.layout.ref(cell._replace(col=cell.col + 1)), group.weight, "row_score")
        total = "–" if result.total is None else result.total
        headline = 'IF(out_total="","–",out_total)'
        book.merge_formula(self.at(0, top), 1, headline, total, "big", last_row=top + count - 1)
        book.write(self.at(2, top), t(texts.TOTALS["coverage"]), "row_beside")
        book.formula(self.at(3, top), "out_coverage", result.coverage, "row_percent")
        book.write(self.at(2, top + 1), t(texts.TOTALS["score_so_far"]), "row_beside")
        book.formula(self.at(3, top + 1), "out_score_so_far", result.score_so_far, "row_score")
        book.write(self.at(2, top + 2), t(texts.OPEN), "row_beside")
        cells = [self.layout.ref(howto.open_cell(self.parts, key)) for key in ("missing", "check")]
        numbers = [howto.open_count(self.parts, key) for key in ("missing", "check")]
        book.formula(self.at(3, top + 2), f'{cells[0]}&" / "&{cells[1]}', f"{numbers[0]} / {numbers[1]}", "row_right")
        for i in range(count):
            self.sheet.set_row(top + i, 24)
        self.row = top + count

    def charts(self) -> None:
        """The radar, the four quadrants, and the case in words below them."""
        names = charts.quadrant_names()
        self._point()
        for i, point in enumerate([*names, *charts.diagonal()], 1):
            for j, number in enumerate(point):
                self.book.write(self.at(_PLOT + j, i), number, "hidden")
        for i in range(_CHART_ROWS):
            self.sheet.set_row(self.row + i, _ROW)
        pixels = int(_CHART_ROWS * _ROW / 0.75) - 6
        radar, quadrants = (
            charts.scores(self.parts),
            charts.quadrants(self.parts, self.at(_PLOT, 0), self.at(_PLOT, 1), self.at(_PLOT, 1 + len(names))),
        )
        left, right = (_pixels(WIDTHS[:4]), _pixels(WIDTHS[5:]))
        radar.set_size({"width": left - 16, "height": pixels})
        quadrants.set_size({"width": right + 20, "height": pixels})
        self.sheet.insert_chart(self.row, 0, radar, {"x_offset": 2, "y_offset": 4})
        self.sheet.insert_chart(self.row, 3, quadrants, {"x_offset": _pixels((11,)) - 4, "y_offset": 4})
        self.row += _CHART_ROWS
        case, value = "out_synergy_case", str(self.parts.cached.single("synergy_case"))
        label, clamped = texts.CASE_IS, texts.CLAMPED
        formula = f'{self.f.t(label)}&IF({case}="","–",{case})&{self.f.t(clamped)}'
        text = f"{self.t(label)}{value or '–'}{self.t(clamped)}"
        self.book.merge_formula(self.at(0), _LAST, formula, text, "quiet")
        self.sheet.set_row(self.row, 16)
        self.row += 1

    def _point(self) -> None:
        """Where this enterprise lies: at the edge if beyond it, outside while there is no number."""
        synergy = self.result.synergy
        for j, key in enumerate(("pollutants", "carbon")):
            rate = None if synergy is None else getattr(synergy, key)
            value = charts.OUTSIDE if rate is None else max(-charts.EDGE, min(charts.EDGE, rate))
            inside = f"MAX(-{plain(charts.EDGE)},MIN({plain(charts.EDGE)},out_rate_{key}))"
            formula = f"IF(ISNUMBER(out_rate_{key}),{inside},{plain(charts.OUTSIDE)})"
            self.book.formula(self.at(_PLOT + j, 0), formula, value, "hidden")

    def lost(self) -> None:
        """The indicators in the order of the points they lose, and the one to begin with."""
        self.title(texts.LOST_TITLE)
        self.row += 1
        for col, text in zip((0, 1, 2, 3, 4), texts.LOST_HEAD, strict=True):
            if col == 4:
                self.book.merge(self.at(4), _LAST, self.t(text), "row_head_step")
            else:
                self.book.write(self.at(col), self.t(text), "row_head_right" if col > 1 else "row_head")
        indicators = self.result.indicators
        order = sorted(range(len(indicators)), key=lambda i: -order_of(indicators[i], i))
        for place, index in enumerate(order[:MOST_ROWS], 1):
            self.row += 1
            self._lost_row(place, index)
        self.row += 1
        self._next(order[0])
        self.row += 1

    def _lost_row(self, place: int, index: int) -> None:
        book, indicator = self.book, self.result.indicators[index]
        where = f"MATCH(LARGE({self._range('order')},{place}),{self._range('order')},0)"
        step = self.sentences.step(indicator).value
        cells: list[tuple[int, str, str | float, str]] = [
            (0, "code", indicator.node.code, "row"),
            (1, "name", self.t(indicator.node.name), "row_fit"),
            (2, "score", shown(indicator.score), "row_score"),
            (3, "lost", shown(indicator.lost), "row_score"),
        ]
        for col, key, value, style in cells:
            book.formula(self.at(col), f"INDEX({self._range(key)},{where})", value, style)
        book.merge_formula(self.at(4), _LAST, f"INDEX({self._range('step')},{where})", step, "row_step_fit")
        self.sheet.set_row(self.row, 14.5)

    def _range(self, key: str) -> str:
        return self.layout.indicator_range(key)

    def _next(self, index: int) -> None:
        """The sentence about the single step that gains most."""
        indicator = self.result.indicators[index]
        keys = {
            key: f"INDEX({self._range(key)},MATCH(MAX({self._range('order')}),{self._range('order')},0))"
            for key in ("name", "step", "lost")
        }
        lost = keys["lost"]
        words = [self.f.t(text) for text in (texts.NEXT_STEP, texts.NEXT_GAIN, texts.NEXT_POINTS)]
        told = f'{words[0]}&{keys["name"]}&" — "&{keys["step"]}&{words[1]}&ROUND({lost},2)&{words[2]}'
        full, none = self.f.t(texts.NEXT_FULL), self.f.t(texts.NEXT_NONE)
        formula = f"IF(ISNUMBER({lost}),IF(ROUND({lost},6)=0,{full},{told}),{none})"
        if indicator.lost is None:
            value = self.t(texts.NEXT_NONE)
        elif rounded(indicator.lost, 6) == 0:
            value = self.t(texts.NEXT_FULL)
        else:
            step = self.sentences.step(indicator).value
            gain = general(rounded(indicator.lost, 2))
            t = self.t
            value = (
                f"{t(texts.NEXT_STEP)}{t(indicator.node.name)} — {step}{t(texts.NEXT_GAIN)}{gain}{t(texts.NEXT_POINTS)}"
            )
        self.book.merge_formula(self.at(0), _LAST, formula, value, "strong")
        self.sheet.set_row(self.row, 20)

    def findings(self) -> None:
        """The worst findings of the evaluation that made the file, and whether they still hold."""
        self.title(texts.FINDINGS_TITLE)
        self.sheet.set_row(self.row, 18)
        self.row += 1
        found = self.parts.findings
        by = [sum(finding.severity == severity for finding in found) for severity in SEVERITIES]
        if self.parts.is_template:
            counted = texts.NOT_EVALUATED
        else:
            counted = texts.FINDINGS_COUNT.fill(e=by[0], w=by[1], i=by[2], s=self.layout.title("quantities"))
        self.book.merge(self.at(0), 4, self.t(counted), "quiet")
        if not self.parts.is_template:
            self._stale()
        self.sheet.set_row(self.row, 26)
        for finding in found[:MOST_FINDINGS]:
            self.row += 1
            severity = self.t(texts.SEVERITIES[finding.severity])
            text = f"{severity} · {self.layout.where(finding.where)} · {self.t(finding.text)}"
            self.book.merge(self.at(0), _LAST, text, "row_text")
            self.sheet.set_row(self.row, height([(text, sum(WIDTHS))], 9))
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
        rows = [] if self.result.total is None else alternatives(self.result.assessment, self.parts.guide)
        if not rows:
            self.row += 1
            self.book.merge(self.at(0), _LAST, self.t(texts.ALTERNATIVES_NONE), "quiet")
        half = (len(rows) + 1) // 2
        for i in range(half):
            self.row += 1
            self.sheet.set_row(self.row, 14.5)
            for j, (first, last, value) in enumerate(((0, 2, 3), (5, 6, 7))):
                place = i + j * half
                name, total, reason = rows[place] if place < len(rows) else (Text("", ""), None, Text("", ""))
                self.book.merge(self.at(first), last, self.t(name), "row")
                shown_total = reason if total is None else total
                self.book.write(
                    self.at(value), self.t(shown_total) if isinstance(shown_total, Text) else shown_total, "row_score"
                )
        self.row += 1

    def convention(self) -> None:
        """The electricity convention in force, and the non-fossil share under the other one."""
        self.title(texts.CONVENTION_TITLE)
        self.sheet.set_row(self.row, 18)
        for text, text_value, share, share_value in convention.rows(self.parts):
            self.row += 1
            self.book.merge_formula(self.at(0), 6, text, text_value, "row")
            self.book.formula(self.at(7), share, share_value, "row_percent")
            self.sheet.set_row(self.row, 14.5)
        self.row += 1

    def sources(self) -> None:
        for i in range(_SOURCE_ROWS):
            self.sheet.set_row(self.row + i, _ROW)
        chart = charts.sources(self.parts)
        chart.set_size({"width": _pixels(WIDTHS) - 4, "height": int(_SOURCE_ROWS * _ROW / 0.75) - 4})
        self.sheet.insert_chart(self.row, 0, chart, {"x_offset": 2, "y_offset": 3})
        self.row += _SOURCE_ROWS

    def foot(self) -> None:
        """The options in force, live, and what the file says of itself."""
        head = self.t(texts.FOOT.fill(s=self.layout.title("method")))
        labels = [self.t(option.label) for option in OPTIONS]
        shown_values = [self.result.options[option.name] for option in OPTIONS]
        values = [
            self.t(option.label_of(value)) if option.choices else general(float(value))
            for option, value in zip(OPTIONS, shown_values, strict=True)
        ]
        text = head + " · ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))
        parts = [
            f'"{" · " if i else head}{label} "&opt_{option.name}'
            for i, (label, option) in enumerate(zip(labels, OPTIONS, strict=True))
        ]
        self.book.merge_formula(self.at(0), _LAST, "&".join(parts), text, "fine_wrap")
        self.sheet.set_row(self.row, height([(text, sum(WIDTHS))], 7.5, 2))
        self.row += 1
        stamp = self.layout.stamp
        self.book.merge(
            self.at(0),
            _LAST,
            " · ".join(stamp[key] for key in ("format", "layout", "guide", "guide_hash", "language", "host")),
            "fine_wrap",
        )
        self.sheet.set_row(self.row, 12)


def _pixels(widths: tuple[int, ...]) -> int:
    return sum(7 * width + 5 for width in widths)


def summary(parts: Parts) -> None:
    _Summary(parts).write()
