"""The report of one enterprise, as a Word document."""

from __future__ import annotations

from ..assessment.result import Result
from ..assessment.uncertainty import uncertainty
from ..messages import get_language
from . import default
from .charts import charts_of
from .template import rendered
from .values import values_of


def write(result: Result, file: str, to: str, template: str = "") -> None:
    """Write the report of a result in the language in use; file: the name of what it rests on."""
    sure = uncertainty(result)
    values = values_of(result, file, sure)
    rendered(template or str(default.path_of(get_language())), values, charts_of(result, sure), to)
