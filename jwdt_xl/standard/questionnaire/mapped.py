"""Weights from the survey: the options that speak for an indicator, as the author of a guide maps them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ...errors import JwdtError, Missing
from ...messages import Text
from .questions import RANKING
from .tallies import Survey


class Link(NamedTuple):
    """An option of a question that speaks for an indicator, as the author of a guide maps it."""

    question: int
    option: int
    indicator: str


class SurveyWeight(NamedTuple):
    """The weight of an indicator from a survey: its share of the scores of the options that speak for it."""

    indicator: str
    weight: float
    score: float
    parts: tuple[tuple[Link, float], ...]


def survey_weights(survey: Survey, links: Sequence[Link], indicators: Sequence[str]) -> tuple[SurveyWeight, ...]:
    """Weight ∝ Σ scores of the options mapped to an indicator [choice]; their sum is 1.

    Composite scores and shares are not added to each other. An indicator without an option is an error.
    """
    parts: dict[str, list[tuple[Link, float]]] = {indicator: [] for indicator in indicators}
    kinds = set()
    for place, link in enumerate(links):
        found = survey.tally(link.question)
        kinds.add(found.question.kind == RANKING)
        wrong = None
        if not 1 <= link.option <= len(found.counts):
            wrong = Text("第 {q} 题没有选项 {o}", "question {q} has no option {o}")
        elif link.indicator not in parts:
            wrong = Text("没有指标“{i}”", "there is no indicator “{i}”")
        elif link in links[:place]:
            wrong = Text("第 {q} 题选项 {o} 重复对应指标“{i}”", "option {o} of question {q} is mapped to “{i}” twice")
        if wrong is not None:
            raise JwdtError(wrong.fill(q=link.question, o=link.option, i=link.indicator), "bad-mapping")
        score = found.scores[link.option - 1]
        if score is None:
            raise Missing(Text("第 {q} 题无人作答", "nobody answered question {q}").fill(q=link.question))
        parts[link.indicator].append((link, score))
    unmapped = [indicator for indicator, mapped in parts.items() if not mapped]
    if unmapped or not parts:
        raise JwdtError(
            Text("指标“{i}”没有对应的选项：请补充对应关系", "indicator “{i}” has no option: map one to it").fill(
                i=", ".join(unmapped)
            ),
            "unmapped-indicator",
        )
    if len(kinds) > 1:
        raise JwdtError(
            Text(
                "排序题的综合得分与选择题的比例不能相加：请只用一类题目",
                "composite scores of rankings and shares of choices cannot be added: use one kind of question",
            ),
            "mixed-kinds",
        )
    scores = {indicator: math.fsum(score for _, score in mapped) for indicator, mapped in parts.items()}
    whole = math.fsum(scores.values())
    if whole <= 0:
        raise JwdtError(Text("所选选项得分全为 0", "the scores of all mapped options are 0"), "no-weight")
    return tuple(
        SurveyWeight(indicator, scores[indicator] / whole, scores[indicator], tuple(mapped))
        for indicator, mapped in parts.items()
    )
