"""What the page shows, as data: every row of the ranking, every finding, and the words in the language in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ... import __version__
from ...messages import SEVERITIES, Finding, get_language, lines_shown
from ...standard.scoring import as_shown
from ...workbook.sheets.result_texts import SEVERITIES as SEVERITY_NAMES
from ..analysis.group import Get, Group, member_findings
from ..analysis.weak import weak_points
from ..book import charts, columns, groups
from ..book.columns import COUNT, PERCENT, SCORE, TEXT, WEIGHT, Column, who
from ..book.contents import FILE, FINDING, SHEETS, rows_of
from ..book.files import COLUMNS as FILES
from ..book.files import SCORED, accounting, outcomes
from ..book.sheet import TITLE
from .concerns import Concerns
from .words import BUTTONS, WORDS

#: What is to be seen without scrolling.
_FIRST = ("rank", "name", "total", "grade", "reason")
#: Decimals that a number is kept with, by the kind of its column.
_DECIMALS = {WEIGHT: 4, COUNT: 0}
_MOST_DECIMALS, _RATE_DECIMALS = 6, 6


def contents(group: Group, get: Get) -> dict[str, Any]:
    """The data of the page. What is missing is None, and never 0."""
    listed, rows = _ranking(group, get)
    findings, texts = _findings(group, get)
    guide = group.guide
    subject = guide.subject
    said = {"u": subject.name, "s": subject.several, "k": subject.code_short}
    listed_files = [FILE, *who(guide), *FILES]
    return {
        "language": {"zh": "zh-CN"}.get(get_language(), get_language()),
        "title": str(TITLE),
        "head": [f"{guide.name} · {guide.id} {guide.version}".strip(), str(accounting([group], get)), f"jwdt-xl {__version__}"],
        "facts": [[str(label), _number(value, kind), kind] for label, value, kind in groups.standing(group, get)],
        "words": {key: str(word.fill(**said)) for key, word in WORDS.items()},
        "buttons": {word: str(text) for word, text in BUTTONS.items()},
        "ranking": {
            "title": str(SHEETS["ranking"]),
            "columns": [[column.key, str(column.title), column.kind] for column in listed],
            "rows": rows,
        },
        "indicators": [
            [point.node.code, str(point.node.name), point.enterprises, _number(point.mean, SCORE), _number(point.lost, SCORE)]
            for point in weak_points(group)
        ],
        "findings": {
            "title": str(SHEETS["findings"]),
            "columns": [str(column.title) for column in FINDING],
            "severities": [[key, str(SEVERITY_NAMES[key])] for key in SEVERITIES],
            "rows": findings,
            "texts": texts,
        },
        "quadrants": _quadrants(group),
        "distribution": _distribution(group),
        "files": {
            "columns": [str(column.title) for column in listed_files],
            "rows": [
                [lines_shown(cells[column.key]) for column in listed_files]
                for cells in outcomes(group, get)
                if cells["outcome"] != str(SCORED)
            ],
        },
    }  # fmt: skip


def _ranking(group: Group, get: Get) -> tuple[list[Column], list[list[Any]]]:
    """The columns in which anything is, and the cells of everybody in them."""
    declared = columns.ranking(group.guide, group.coupling is not None, group.sure is not None)
    declared.sort(key=lambda column: _FIRST.index(column.key) if column.key in _FIRST else len(_FIRST))
    rows = [[_cell(cells.get(column.key), column.kind) for column in declared] for cells in rows_of(group, get)]
    kept = [
        place
        for place, column in enumerate(declared)
        if column.key in _FIRST[:3] or any(row[place] not in (None, "") for row in rows)
    ]
    return [declared[place] for place in kept], [[row[place] for place in kept] for row in rows]


def _cell(value: Any, kind: str) -> Any:
    if kind == TEXT:
        return lines_shown(str(value or ""))
    return _number(value, kind)


def _number(value: float | None, kind: str) -> float | None:
    """A number as it is shown; what stands for per cent in per cent."""
    if value is None or value != value:
        return None
    if kind in (SCORE, PERCENT):
        return as_shown(float(value) * (100 if kind == PERCENT else 1))
    rounded = round(float(value), _DECIMALS.get(kind, _MOST_DECIMALS))
    return int(rounded) if kind == COUNT else rounded


def _findings(group: Group, get: Get) -> tuple[list[list[Any]], list[str]]:
    """Each by its row in the ranking, severity, place, text and the indicators it is about; what many are told stands once."""
    concerns = Concerns(group.guide)
    said: dict[str, int] = {}
    found = []
    for place, member in enumerate(group.order):
        row, name = get(group.members[member].key), group.members[member].file
        listed: Sequence[Finding] = member_findings(group, member, row)
        codes = {finding.code for finding in listed}
        for finding in listed:
            where = "" if finding.where == name else finding.where
            text = said.setdefault(lines_shown(str(finding.text)), len(said))
            about = concerns.of(where, row, codes)
            found.append([place, SEVERITIES.index(finding.severity), lines_shown(where), text, about])
    return sorted(found, key=lambda each: each[1]), list(said)  # the gravest first, each in the order of ranking


def _quadrants(group: Group) -> dict[str, Any]:
    """The rates of everybody in the order of ranking, None where there are none, and what the picture is called."""
    rates, reach = group.rates[group.order], charts.reach_of(group.rates)
    known = ~np.isnan(rates).any(axis=1)
    return {
        "title": str(charts.with_outside(charts.SCATTER, rates, reach)),
        "axes": [str(axis) for axis in charts.AXES],
        "reach": reach,
        "names": [[x, y, f"{name} {count}"] for x, y, name, count in charts.quadrants(rates)],
        "rates": [
            [round(float(rate), _RATE_DECIMALS) for rate in pair] if there else None
            for pair, there in zip(rates, known, strict=True)
        ],
    }


def _distribution(group: Group) -> dict[str, Any]:
    """Of those that are ranked, and of those that have a total and no rank."""
    ranked = group.rank > 0
    return {
        "title": str(charts.DISTRIBUTION),
        "width": 100 / charts.BINS,
        "ranked": charts.distribution(group.totals[ranked]),
        "unranked": charts.distribution(group.totals[~ranked & group.of_period]),
    }
