"""The tally workbook: a page per question with its chart, weights, findings, what is kept aside, and the method."""

from __future__ import annotations

import os
from collections.abc import Sequence

from .. import __version__
from ..messages import ERROR, INFO, SEVERITIES, Text, number
from ..standard.guide import Guide
from ..standard.questionnaire import KIND_NAMES, RANKING, Question, Tally
from ..workbook.pages import Page, Pages, Series
from . import tally_texts as texts
from .counted import BY, Counted
from .mapping import GroupWeights, answers_of, source_of

#: Option, text, count and shares; the breakdown below uses the same columns.
_WIDTHS = (6, 58, 12, 14, 14, 14, 14)
_STYLES = ("centre", "cell", "count", "percent", "percent", "score", "count")


def write(
    path: str | os.PathLike[str], counted: Counted, groups: Sequence[GroupWeights] = (), guide: Guide | None = None,
    notes: Sequence[str] = (),
) -> None:  # fmt: skip
    """The workbook; notes are lines about the map (its file and what was found)."""
    with Pages(os.fspath(path), counted.questionnaire.name) as pages:
        _overview(pages, counted)
        for tally in counted.survey.tallies:
            _question(pages, counted, tally)
        if groups and guide:
            _weights(pages, counted, groups, guide, notes)
        _findings(pages, counted)
        _aside(pages, counted)
        _files(pages, counted)
        _method(pages)


def _overview(pages: Pages, counted: Counted) -> None:
    page = pages.page(texts.OVERVIEW, (8, 12, 60, 12, 12, 12, 14), whole=True)
    page.title(counted.questionnaire.name, counted.questionnaire.source)
    for line in accounting(counted):
        page.line(line, "cell_bold")
    page.row += 1
    page.section(texts.QUESTIONS)
    rows = [
        (
            t.question.number, KIND_NAMES[t.question.kind], t.question.text, t.asked, t.answered, t.aside,
            t.answered / t.asked if t.asked else None,
        )
        for t in counted.survey.tallies
    ]  # fmt: skip
    styles = ("centre", "cell", "cell", "count", "count", "count", "percent")
    area = page.table(texts.OVERVIEW_HEAD, rows, styles)
    page.row += 1
    page.section(texts.RESPONDENTS)
    question = counted.questionnaire.question(BY)
    kinds = [(_kind(question, option), n) for option, n in counted.people.items()]
    page.table(["", "", texts.KIND, texts.PEOPLE], [("", "", name, n) for name, n in kinds], styles[:4])
    page.row += 1
    page.bars(texts.ANSWERED_CHART, (area, 0), [Series(texts.ASKED, 3), Series(texts.ANSWERED, 4)], number="0")


def accounting(counted: Counted) -> list[Text]:
    """What was read and where it went: files, people, answers."""
    intake = counted.intake
    tallied, aside = counted.answers
    return [
        texts.FILES_SUM.fill(
            n=intake.given, u=intake.used, s=len(intake.copies), r=len(intake.rejected), k=len(intake.skipped)
        ),
        texts.PEOPLE_SUM.fill(n=intake.read, t=len(intake.people), a=len(intake.aside)),
        texts.ANSWERS_SUM.fill(n=tallied + aside, t=tallied, a=aside),
    ]


def _question(pages: Pages, counted: Counted, tally: Tally) -> None:
    question = tally.question
    ranking = question.kind == RANKING
    page = pages.page(texts.SHEET.fill(n=question.number), _WIDTHS, whole=True)
    kind = Text(question.mark, KIND_NAMES[question.kind].en)
    page.title(f"{question.number}. {question.text}", f"{kind}  {question.limit}  {question.note}".strip())
    page.line(_people(tally), "cell_bold")
    page.row += 1
    headings = texts.HEAD_RANKING if ranking else texts.HEAD_CHOICE
    order = _places(tally)
    rows = []
    for place, option in enumerate(question.options):
        count, share = tally.counts[place], tally.shares[place]
        of_answered = count / tally.answered if tally.answered else None
        row = [place + 1, option, count, share, of_answered]
        rows.append([*row, tally.composite[place] if tally.composite else None, order[place]] if ranking else row)
    area = page.table(headings, rows, _STYLES)
    page.line(texts.DENOMINATOR_RANKING if ranking else texts.DENOMINATOR, "hint")
    page.row += 1
    if tally.answered:
        title, col, form = (texts.CHART_RANKING, 5, "0.00") if ranking else (texts.CHART_CHOICE, 3, "0%")
        page.bars(title.fill(n=tally.answered, a=tally.asked), (area, 1), [Series(title, col)], number=form)
    _breakdown(page, counted, question)
    if tally.texts:
        page.section(texts.OWN_TEXTS.fill(n=len(tally.texts)))
        page.table([texts.NUMBER, texts.TEXT], list(enumerate(tally.texts, 1)), ("centre", "cell"))


def _people(tally: Tally) -> Text:
    question = tally.question
    people = texts.PEOPLE_OF.fill(a=tally.asked, n=tally.answered, k=tally.aside)
    if not question.asked_question:
        return people
    options = ", ".join(map(str, question.asked_options))
    condition = texts.CONDITION.fill(d=question.asked_question, o=options)
    return Text(f"{people.zh} {condition.zh}", f"{people.en} {condition.en}")


def _places(tally: Tally) -> list[int | None]:
    """The order of options by composite score; equal scores share a place."""
    if not tally.composite:
        return [None] * len(tally.counts)
    shown = [round(score, 9) for score in tally.composite]
    return [1 + sum(other > score for other in shown) for score in shown]


def _kind(question: Question, option: int) -> Text:
    return question.options[option - 1] if option else texts.UNKNOWN_KIND


def _breakdown(page: Page, counted: Counted, question: Question) -> None:
    """The same by kind of respondent: shares of those asked, or composite scores of those who answered."""
    by = counted.questionnaire.question(BY)
    if question.number == by.number or len(counted.groups) < 2:
        return
    ranking = question.kind == RANKING
    found = {
        kind: next(t for t in tallies if t.question.number == question.number)
        for kind, tallies in counted.groups.items()
    }
    found = {kind: tally for kind, tally in found.items() if tally.asked}
    if len(found) < 2:
        return
    page.section(texts.BREAKDOWN_RANKING if ranking else texts.BREAKDOWN)
    names = [texts.GROUP.fill(k=_kind(by, kind), n=(t.answered if ranking else t.asked)) for kind, t in found.items()]
    rows = []
    for place, option in enumerate(question.options):
        scores = [tally.scores[place] for tally in found.values()]
        rows.append([place + 1, option, *scores])
    style = "score" if ranking else "percent"
    area = page.table([texts.NUMBER, texts.OPTION, *names], rows, ("centre", "cell", *([style] * len(found))))
    page.row += 1
    series = [Series(name, 2 + place) for place, name in enumerate(names)]
    title = texts.BREAKDOWN_RANKING if ranking else texts.BREAKDOWN
    page.bars(title, (area, 1), series, number="0.00" if ranking else "0%", labels=False)


def _weights(
    pages: Pages, counted: Counted, groups: Sequence[GroupWeights], guide: Guide, notes: Sequence[str]
) -> None:
    page = pages.page(texts.WEIGHTS, (14, 32, 10, 10, 14, 56), whole=True)
    page.title(texts.WEIGHTS, texts.WEIGHTS_LEAD)
    for note in notes:
        page.line(note, "hint")
    for group in groups:
        name = guide.by_code[group.parent].name if group.parent else texts.FIRST_LEVELS
        page.section(texts.CHILDREN.fill(p=name))
        rows = []
        for weight in group.weights:
            parts = " + ".join(f"Q{link.question}.{link.option} {number(score)}" for link, score in weight.parts)
            why = f"{source_of(counted.survey, weight)}: {parts} = {number(weight.score)}"
            node = guide.by_code[weight.indicator]
            rows.append((node.code, node.name, weight.score, weight.weight, answers_of(counted.survey, weight), why))
        area = page.table(texts.WEIGHTS_HEAD, rows, ("cell", "cell", "score", "weight", "count", "cell"))
        page.row += 1
        page.bars(texts.CHILDREN.fill(p=name), (area, 1), [Series(texts.WEIGHT, 3)], number="0.000")


def _findings(pages: Pages, counted: Counted) -> None:
    page = pages.page(texts.FINDINGS, (12, 44, 90))
    page.title(texts.FINDINGS, texts.FINDINGS_LEAD)
    found = sorted(counted.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    rows = [(finding.severity, finding.where, finding.text) for finding in found]
    page.table(texts.FINDINGS_HEAD, rows, ("cell", "cell", "cell"), filter=True)


def _aside(pages: Pages, counted: Counted) -> None:
    page = pages.page(texts.ASIDE, (10, 40, 50, 80))
    page.title(texts.ASIDE, texts.ASIDE_LEAD)
    rows = [(aside.question, aside.finding.where, aside.raw, aside.finding.text) for aside in counted.aside]
    page.table(texts.ASIDE_HEAD, rows, ("centre", "cell", "cell", "cell"), filter=True)


def _files(pages: Pages, counted: Counted) -> None:
    page = pages.page(texts.FILES, (60, 14, 14, 90))
    page.title(texts.FILES, accounting(counted)[0])
    rows = [
        (
            file.name,
            texts.REJECTED
            if file.refused
            else texts.COPY
            if file.twin
            else texts.SKIPPED
            if file.other
            else texts.USED,
            file.people,
            "; ".join(str(f.text) for f in file.findings if f.severity == ERROR or file.refused or not file.people),
        )
        for file in counted.intake.files
    ]
    rows += [(note.where, texts.SKIPPED, 0, str(note.text)) for note in counted.intake.notes if note.severity == INFO]
    page.table(texts.FILES_HEAD, rows, ("cell", "cell", "count", "cell"), filter=True)


def _method(pages: Pages) -> None:
    page = pages.page(texts.METHOD, (12, 120))
    page.title(texts.METHOD, texts.METHOD_LEAD)
    page.table([texts.MARK, texts.RULE], [(f"[{mark}]", rule) for mark, rule in texts.RULES], ("cell", "cell"))
    page.row += 1
    page.line(f"jwdt-xl {__version__}", "hint")
