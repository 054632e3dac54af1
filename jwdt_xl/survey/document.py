"""The tallies as a JSON document, jwdt-survey/1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..standard.guide import Guide
from ..standard.questionnaire import Tally
from .counted import Counted
from .mapping import GroupWeights, answers_of, source_of

FORMAT = "jwdt-survey/1"


def document(counted: Counted, groups: Sequence[GroupWeights] = (), guide: Guide | None = None) -> dict[str, Any]:
    """Everything the tally workbook shows, for programs; `weights` is what `jwdt guide new --survey` takes."""
    intake = counted.intake
    tallied, aside = counted.answers
    return {
        "format": FORMAT,
        "questionnaire": counted.questionnaire.id,
        "guide": {"id": guide.id, "hash": guide.hash} if guide else None,
        "files": {
            "read": len(intake.files),
            "used": len(intake.files) - len(intake.rejected),
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
                "source": str(source_of(counted.survey, weight)),
                "parent": group.parent,
                "weight": weight.weight,
            }
            for group in groups
            for weight in group.weights
        ],
        "findings": [finding.as_dict() for finding in counted.findings],
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
