"""What wins lost points back, as the sheets say it, for papers that are no workbook."""

from __future__ import annotations

from typing import cast

from ...assessment.result import Result
from ...messages import get_language
from ..book import Book
from ..layout import Layout
from ..parts import Parts
from .sentences import Sentences


def steps(result: Result) -> list[str]:
    """A sentence per indicator, in its order and the language in use."""
    layout = Layout(result.guide, "portable", get_language(), {})
    parts = Parts(
        cast(Book, None), layout, result
    )  # nothing is written: only the values of the sentences are asked for
    sentences = Sentences(parts)
    return [str(sentences.step(indicator).value) for indicator in result.indicators]
