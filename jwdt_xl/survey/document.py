"""The tallies as a JSON document, jwdt-survey/1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..messages import Finding
from ..standard.guide import Guide
from ..standard.questionnaire import TALLY_FORMAT, Tally
from .counted import Counted
from .mapping import GroupWeights, answers_of, source_of


def document(
    counted: Counted,
    groups: Sequence[GroupWeights] = (),
    guide: Guide | None = None,
    asked: Sequence[str] = (),
    said: Sequence[Finding] = (),
) -> dict[str, Any]:
    """Everything the tally workbook shows, for programs; `weights` is what `jwdt guide new --survey` takes.

    asked: the parents whose children were to get weights; said: what was found about the map. A parent whose children
    get none is named, since a list that lacks it looks whole.
    """
    intake = counted.intake
    weighted = {group.parent for group in groups}
    tallied, aside = counted.answers
    absent = sorted({number for person in intake.people for number in person.absent})
    skipped = [{"file": note.where, "reason": str(note.text)} for note in intake.skipped]
    copies = [{"file": f.name, "same_as": f.twin} for f in intake.copies]
    return {
        "format": TALLY_FORMAT,
        "questionnaire": counted.questionnaire.id,
        "guide": {"id": guide.id, "hash": guide.hash} if guide else None,
        "files": {
            "read": intake.given,
            "used": intake.used,
            "copies": copies,
            "skipped": [*({"file": f.name, "reason": str(f.findings[0].text)} for f in intake.copies), *skipped],
            "rejected": [{"file": f.name, "reason": str(f.findings[0].text)} for f in intake.rejected],
        },
        "respondents": {"read": intake.read, "tallied": len(intake.people), "set_aside": len(intake.aside)},
        "answers": {"tallied": tallied, "kept_aside": aside},
        "tallies": [_tally(tally) for tally in counted.survey.tallies],
        "by_respondent": [
            {"option": kind, "respondents": counted.people[kind], "tallies": [_tally(tally) for tally in tallies]}
            for kind, tallies in counted.groups.items()
        ],
        "weights": [
            {
                "code": weight.indicator,
                "score": weight.score,
                "answers": answers_of(counted.survey, weight),
                "source": str(source),
                "source_zh": source.zh,
                "source_en": source.en,
                "parent": group.parent,
                "weight": weight.weight,
            }
            for group in groups
            for weight in group.weights
            for source in [source_of(counted.survey, weight)]
        ],
        "complete": all(parent in weighted for parent in asked) and not absent,
        "questions_without_column": absent,
        "parents_without_weights": [parent for parent in asked if parent not in weighted],
        "findings": [finding.as_dict() for finding in (*said, *counted.findings)],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    question = tally.question
    return {
        "question": question.number,
        "kind": question.kind,
        "asked": tally.asked,
        "answered": tally.answered,
        "kept_aside": tally.aside,
        "options": [
            {
                "option": place,
                "text": str(option),
                "count": tally.counts[place - 1],
                "share_of_asked": tally.shares[place - 1],
                "share_of_answered": tally.counts[place - 1] / tally.answered if tally.answered else None,
                "composite": tally.composite[place - 1] if tally.composite else None,
            }
            for place, option in enumerate(question.options, 1)
        ],
        "texts": list(tally.texts),
    }
