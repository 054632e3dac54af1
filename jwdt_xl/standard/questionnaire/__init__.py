"""The survey of the drafting note's annex A: its questions as data, checks of answers, tallies, and weights from them."""

from .answers import is_asked, validate
from .mapped import Link, SurveyWeight, survey_weights
from .of_guide import Own, of_guide
from .questions import (
    KIND_NAMES,
    KINDS,
    MULTIPLE,
    RANKING,
    SINGLE,
    TALLY_FORMAT,
    Answer,
    Question,
    Questionnaire,
    Respondent,
    annex_a,
)
from .tallies import Survey, Tally, breakdown, tally

__all__ = [
    "KINDS",
    "KIND_NAMES",
    "MULTIPLE",
    "RANKING",
    "SINGLE",
    "TALLY_FORMAT",
    "Answer",
    "Link",
    "Own",
    "Question",
    "Questionnaire",
    "Respondent",
    "Survey",
    "SurveyWeight",
    "Tally",
    "annex_a",
    "breakdown",
    "is_asked",
    "of_guide",
    "survey_weights",
    "tally",
    "validate",
]
