"""The sheets of results: quantities with the findings beside them, and the indicators with their scores."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from ...assessment.checks.benchmarks import FAR
from ...assessment.ratios import OUTSIDE, RATIOS, is_outside
from ...messages import Text
from ...standard import equivalents as eq
from ...standard import greenhouse as ghg
from ...standard.scoring import ATTRIBUTE_NAMES
from .. import words
from ..columns.cached import general
from ..columns.catalogue import CODES
from ..columns.column import PERIODS, shown
from ..columns.hints import change_code, code_of_change
from ..lists import item_place
from ..parts import Parts, height
from ..plan import (
    COMPARED,
    FINDING_COLUMNS,
    FINDINGS_COL,
    INDICATOR_COLUMNS,
    OVERLAP_COLUMNS,
    QUANTITY_COLUMNS,
    Cell,
)
from . import result_texts as texts
from . import why
from .computed import rounded
from .sentences import Sentences

_HEADER, _FIRST = 3, 4
#: The columns of an indicator that do not scroll: number, first level, name.
_NAMED = 3
#: Before the name of a group, for each level above it.
INDENT = "\u3000"
#: Columns that only formulas read.
_HIDDEN = ("order", "amount", "other", "movable")


def quantities(parts: Parts) -> None:
    book, t, layout = parts.book, parts.t, parts.layout
    worksheet = book.sheets["quantities"]
    for col, key in enumerate(QUANTITY_COLUMNS):
        worksheet.set_column(col, col, texts.QUANTITY_WIDTHS[key], None, {"hidden": key == "code"})
    worksheet.set_column(FINDINGS_COL - 1, FINDINGS_COL - 1, 2)
    for col, key in enumerate(FINDING_COLUMNS, FINDINGS_COL):
        worksheet.set_column(col, col, texts.FINDING_WIDTHS[key])
    parts.head("quantities", list(texts.QUANTITY_WIDTHS.values()), 1, below=1)
    worksheet.set_row(
        _HEADER - 1, parts.lead_height(words.lead(parts.guide, "quantities"), texts.QUANTITY_WIDTHS["label"])
    )
    for col, title in enumerate(texts.QUANTITIES_HEAD.values()):
        book.write(Cell("quantities", _HEADER, col), t(title), "heading")
    worksheet.freeze_panes(_FIRST, 1)
    worksheet.repeat_rows(_HEADER)
    for i, (key, quantity) in enumerate(parts.guide.quantities.items()):
        book.write(layout.quantity_cell(i, "label"), t(quantity.name), "label")
        book.write(layout.quantity_cell(i, "unit"), t(quantity.unit), "label")
        for period in ("base", "report"):
            cell = layout.results[f"out_{key}_{period}"]
            book.formula(cell, parts.formulas.quantity(key, period), parts.cached.quantity(key, period), "value")
        _change(parts, i, key)
    if count := len(parts.guide.quantities):
        book.digits(
            layout.quantity_cell(0, "base"),
            layout.quantity_cell(count - 1, "base").row,
            layout.quantity_cell(0, "report").col,
        )
    for key, label in layout.singles.items():
        cell = layout.results[f"out_{key}"]
        book.write(cell._replace(col=0), t(label), "label")
        book.write(cell._replace(col=1), None, "label")
        style = "percent" if key.startswith("rate") else "explained"
        book.merge_formula(cell, 3, parts.formulas.single(key), parts.cached.single(key), style)
    if not parts.guide.is_plain:
        worksheet.set_row(layout.results["out_synergy_case"].row, 26)
        _overlap(parts)
        _categories(parts)
        _compared(parts)
    _findings(parts)


def _change(parts: Parts, index: int, key: str) -> None:
    """The change of a quantity between the periods, and what it says."""
    book, layout, hints = parts.book, parts.layout, parts.hints
    base, report = (f"out_{key}_{period}" for period in ("base", "report"))
    change, code, hint = (layout.quantity_cell(index, k) for k in ("change", "code", "hint"))
    values = [parts.cached.quantity(key, period) for period in ("base", "report")]
    known = all(isinstance(value, (int, float)) for value in values) and float(values[0]) > 0
    value: Any = (float(values[1]) - float(values[0])) / float(values[0]) if known else ""
    formula = f'IF(COUNT({base},{report})<2,"",IF({base}<=0,"",({report}-{base})/{base}))'
    book.formula(change, formula, value, "change")
    once = any(each.key == key and each.asked == (PERIODS[1],) for each in parts.guide.inputs)
    lacking = f"COUNT({report})<1" if once else f"COUNT({base},{report})<2"
    blank = f"IF({lacking},{CODES['blank_sum']},{change_code(hints, layout.ref(change, 'quantities'))})"
    missing = values[1] == "" if once else "" in values
    number = CODES["blank_sum"] if missing else code_of_change(value)
    book.formula(code, blank, number)
    book.formula(hint, hints.hint_formula(layout.ref(code, "quantities")), hints.text_of(number), "tip")
    here = f"${xl_col_to_name(code.col)}{code.row + 1}"
    wrong = ",".join(f"{here}={CODES[name]}" for name in ("slip_1000", "slip_10000", "change"))
    book.when(hint, hint.row, hint.col, f"OR({wrong})", "tip_wrong")


def _overlap(parts: Parts) -> None:
    book, t, layout = parts.book, parts.t, parts.layout
    first = layout.overlap_first
    for col, key in enumerate(OVERLAP_COLUMNS):
        book.write(Cell("quantities", first - 1, col), t(texts.OVERLAP_HEAD[key]), "heading")
    by_item = {p.item: p for p in eq.pollutants()}
    items = [item for group in eq.OVERLAPS.values() for item in group]
    for i, (item, (total, kept)) in enumerate(zip(items, parts.cached.overlap(), strict=True)):
        book.write(layout.overlap_cell(i, "item"), item_place(item), "label")
        book.write(layout.overlap_cell(i, "name"), t(by_item[item].name), "label")
        book.formula(layout.overlap_cell(i, "total"), parts.formulas.overlap_total(i), total, "overlap")
        book.formula(layout.overlap_cell(i, "kept"), parts.formulas.overlap_kept(i), kept, "computed")


def _categories(parts: Parts) -> None:
    """Emissions by category of GB/T 32150, and their chart."""
    book, t, layout = parts.book, parts.t, parts.layout
    first = layout.categories_first
    head = [texts.CATEGORIES_TITLE, *list(texts.QUANTITIES_HEAD.values())[1:4]]
    for col, title in enumerate(head):
        book.write(Cell("quantities", first - 1, col), t(title), "heading")
    book.sheets["quantities"].set_row(first - 1, 30)
    for i, (category, name) in enumerate(ghg.CATEGORY_NAMES.items()):
        book.write(layout.category_cell(i, 0), t(name), "label")
        book.write(layout.category_cell(i, 1), "t CO2e", "label")
        for j, period in enumerate(("base", "report")):
            formula, value = parts.formulas.category(category, period), parts.cached.category(category, period)
            book.formula(layout.category_cell(i, 2 + j), formula, value, "value")
    end = layout.category_cell(len(ghg.CATEGORY_NAMES) - 1, 3)
    book.digits(layout.category_cell(0, 2), end.row, end.col)


def _compared(parts: Parts) -> None:
    """Power by meter and by rows, and the ratios of the whole enterprise with what they say."""
    book, t, layout = parts.book, parts.t, parts.layout
    for col, text in enumerate((texts.COMPARED_TITLE, *list(texts.QUANTITIES_HEAD.values())[1:4])):
        cell = layout.compared_cell("metered", "label")
        book.write(cell._replace(row=cell.row - 1, col=col), t(text), "heading")
    for key, (name, unit) in COMPARED.items():
        book.write(layout.compared_cell(key, "label"), t(name), "label")
        book.write(layout.compared_cell(key, "unit"), t(unit), "label")
        for period in PERIODS:
            formula, value = parts.formulas.compared(key, period), parts.cached.compared(key, period)
            book.formula(layout.compared_cell(key, period), formula, value, "value")
        if key in RATIOS:
            code, hint = (layout.compared_cell(key, column) for column in ("code", "hint"))
            off, text = is_outside(parts.result.ratios, key), OUTSIDE[key].hint
            book.formula(code, parts.formulas.outside(key), int(off))
            book.formula(
                hint,
                f'IF({layout.ref(code, "quantities")}=1,{parts.formulas.t(text)},"")',
                t(text) if off else "",
                "tip",
            )
    first, last = layout.compared_cell("metered", "base"), layout.compared_cell("residual", "report")
    book.digits(first, last.row, last.col)


def _findings(parts: Parts) -> None:
    """What the engine found when the file was made, each with the way to its cell."""
    book, t, layout = parts.book, parts.t, parts.layout
    for col, key in enumerate(FINDING_COLUMNS, FINDINGS_COL):
        book.write(Cell("quantities", _HEADER, col), t(texts.FINDINGS_HEAD[key]), "heading")
    row = _FIRST
    last = FINDINGS_COL + len(FINDING_COLUMNS) - 1
    found = parts.findings
    top = Cell("quantities", row, FINDINGS_COL)
    if parts.is_template:
        asked = "in_periods_report" if parts.guide.is_plain else "in_output_report"
        tables = ",".join(["in_enterprise_name", asked, *(f"tbl_{name}" for name in layout.tables)])
        filled = f"COUNTA({tables})>0"
        formula = f"IF({filled},{parts.formulas.t(texts.NOT_CHECKED)},{parts.formulas.t(texts.NOT_EVALUATED)})"
        book.merge_formula(top, last, formula, t(texts.NOT_EVALUATED), "row_text")
        return
    if not found:
        book.merge(top, last, t(texts.NO_FINDINGS), "row_text")
        return
    for finding in found[: texts.MOST_FINDINGS]:
        named: tuple[Text, Text] = (texts.SEVERITIES[finding.severity], texts.PRINCIPLES[finding.principle])
        for col, text in enumerate(named, FINDINGS_COL):
            book.write(Cell("quantities", row, col), t(text), "row_text")
        place = Cell("quantities", row, FINDINGS_COL + 2)
        target = layout.place(finding.where)
        if target is None:
            book.write(place, finding.where, "row_text")
        else:
            book.link(place, target, layout.where(finding.where), "row_link")
        book.write(Cell("quantities", row, last), t(finding.text), "row_text")
        row += 1
    if len(found) > texts.MOST_FINDINGS:
        more = texts.MORE_FINDINGS.fill(n=len(found) - texts.MOST_FINDINGS)
        book.merge(Cell("quantities", row, FINDINGS_COL), last, t(more), "row_text")


def indicators(parts: Parts) -> None:
    book, t, layout, guide = parts.book, parts.t, parts.layout, parts.guide
    worksheet = book.sheets["indicators"]
    columns = list(INDICATOR_COLUMNS)
    wide = [texts.INDICATOR_WIDTHS[key] for key in columns]
    parts.head("indicators", wide, _NAMED, below=_NAMED)
    worksheet.set_row(
        layout.indicator_cell(-1, "code").row - 1,
        parts.lead_height(words.lead(guide, "indicators"), sum(wide[:_NAMED])),
    )
    for col, (key, title) in enumerate(INDICATOR_COLUMNS.items()):
        worksheet.set_column(col, col, texts.INDICATOR_WIDTHS[key], None, {"hidden": key in _HIDDEN})
        book.write(layout.indicator_cell(-1, key), t(title), "heading")
    worksheet.freeze_panes(layout.indicator_cell(0, "code").row, _NAMED)
    worksheet.repeat_rows(layout.indicator_cell(-1, "code").row)
    sentences = Sentences(parts)
    for i, (node, indicator) in enumerate(zip(guide.indicators, parts.result.indicators, strict=True)):
        unit, attribute = t(node.unit), t(ATTRIBUTE_NAMES[node.attribute])
        fixed = (node.code, t(guide.first_level(node).name), t(node.name), unit, attribute)
        for key, text in zip(columns, fixed, strict=False):
            book.write(layout.indicator_cell(i, key), text, "cell")
        for key in (key for key in columns[len(fixed) : columns.index("how")] if key != "gap"):
            formula = parts.formulas.weight(i) if key == "weight" else getattr(parts.formulas, key)(node)
            style = texts.INDICATOR_STYLES.get(key, "computed")
            book.formula(layout.indicator_cell(i, key), formula, parts.cached.indicator(indicator, key), style)
        cell = layout.indicator_cell(i, "explain")
        book.formula(cell, parts.formulas.explain(node), parts.cached.indicator(indicator, "explain"), "explained")
        for key, found in (
            ("how", sentences.how(indicator)),
            ("gap", sentences.gap(indicator)),
            ("step", sentences.step(indicator)),
            ("order", sentences.order(indicator, i)),
            *zip(("amount", "other"), sentences.remedies.amounts(indicator), strict=True),
        ):
            style = texts.INDICATOR_STYLES.get(key, "hidden")
            book.formula(layout.indicator_cell(i, key), found.formula, found.value, style)
        book.write(layout.indicator_cell(i, "marks"), " ".join(f"[{m}]" for m in indicator.marks), "explained")
        shown_here: list[tuple[str, float]] = [(t(node.name), texts.INDICATOR_WIDTHS["name"])]
        shown_here.append((str(sentences.step(indicator).value), texts.INDICATOR_WIDTHS["step"]))
        if guide.is_plain:  # own formulas name what they are made of
            shown_here.append((str(sentences.how(indicator).value), texts.INDICATOR_WIDTHS["how"] * 0.8))
        worksheet.set_row(layout.indicator_cell(i, "code").row, max(height(shown_here), 38))
    last = layout.indicator_cell(len(guide.indicators) - 1, "benchmark")
    book.digits(layout.indicator_cell(0, "value"), last.row, last.col)
    book.far(layout.indicator_cell(0, "gap"), last.row, FAR)
    _groups(parts)
    if guide.is_plain:
        return
    for i, factor in enumerate(sentences.remedies.factors()):
        book.formula(layout.remedy_cell(i), factor.formula, factor.value, "hidden")
    _synergy(parts, sentences)


def _groups(parts: Parts) -> None:
    """Scores of the first levels, the total, how much is assessed, and the points so far."""
    book, t, layout = parts.book, parts.t, parts.layout
    score, weight = (list(INDICATOR_COLUMNS).index(key) for key in ("score", "weight"))
    top = Cell("indicators", layout.groups_first - 1, 2)
    deeper = len(parts.result.groups) > len(parts.result.first_levels)
    for col in range(2, weight + 1):
        title = {
            2: texts.LEVELS if deeper else texts.GROUPS_TITLE,
            score: INDICATOR_COLUMNS["score"],
            weight: texts.GROUP_WEIGHT,
        }.get(col)
        book.write(top._replace(col=col), t(title) if title else None, "heading")
    for group in parts.result.groups:
        cell = layout.results[layout.group_name(group.node, group.level)]
        book.write(cell._replace(col=2), INDENT * group.level + t(group.node.name), "label")
        formula = parts.formulas.first_level if group.level == 0 else parts.formulas.group
        book.formula(cell, formula(group.node), shown(group.score), "score")
        book.formula(cell._replace(col=weight), parts.formulas.group_weight(group.node), group.weight, "weight")
    result = parts.result
    totals = {"total": result.total, "coverage": result.coverage, "score_so_far": result.score_so_far}
    for key, number in totals.items():
        cell = layout.results[f"out_{key}"]
        book.write(cell._replace(col=2), t(texts.TOTALS[key]), "label")
        style = "percent" if key == "coverage" else "total"
        book.formula(cell, getattr(parts.formulas, key)(), shown(number), style)
    total = layout.results["out_total"]
    reason = why.sentence(parts, why.reasons(parts, why.points(parts)), "indicators")
    book.merge_formula(total._replace(col=_NAMED), total.col - 1, reason.formula, reason.value, "row_link")


def _synergy(parts: Parts, sentences: Sentences) -> None:
    """Both rates with their signs, and the case in words."""
    book, t, layout, synergy = parts.book, parts.t, parts.layout, parts.result.synergy
    label = list(INDICATOR_COLUMNS).index("how")
    row = layout.groups_first - 1
    book.merge(Cell("indicators", row, label), label + 1, t(texts.SYNERGY_TITLE), "heading")
    signs = ",".join(sentences.q(text) for text in texts.SIGNS)
    for key, name in texts.RATES.items():
        row += 1
        cell = f"out_rate_{key}"
        rate = None if synergy is None else getattr(synergy, key)
        word = "" if rate is None else t(texts.SIGNS[(rate > 0) - (rate < 0) + 1])
        text = f"{word} {_percent(rate)} %" if rate is not None else ""
        formula = f'IF({cell}="","",CHOOSE(SIGN({cell})+2,{signs})&" "&ROUND(100*ABS({cell}),2)&" %")'
        book.write(Cell("indicators", row, label), t(name), "label")
        book.formula(Cell("indicators", row, label + 1), formula, text, "explained")
    row += 1
    book.write(Cell("indicators", row, label), t(texts.CASE), "label")
    book.formula(
        Cell("indicators", row, label + 1), "out_synergy_case", parts.cached.single("synergy_case"), "explained"
    )


def _percent(rate: float) -> str:
    return general(rounded(100 * abs(rate), 2))
