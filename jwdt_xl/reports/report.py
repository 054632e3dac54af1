"""The report of one enterprise, as a Word document."""

from __future__ import annotations

from ..assessment.result import Result
from ..assessment.uncertainty import uncertainty
from ..messages import get_language
from . import default
from .charts import charts_of
from .filling import in_words_of
from .template import rendered
from .values import values_of


def write(result: Result, file: str, to: str, template: str = "") -> None:
    """Write the report of a result in the language in use; file: the name of what it rests on."""
    sure = uncertainty(result)
    values = values_of(result, file, sure)
    language = get_language()
    own = in_words_of(result.guide, default.path_of(language), lambda: default.build(language, result.guide))
    with own as path:
        rendered(template or path, values, charts_of(result, sure), to)
