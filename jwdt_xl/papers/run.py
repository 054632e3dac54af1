"""Papers in, an assessment out: documents opened safely, and put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..assessment import Assessment
from ..opening.sources import Source
from ..standard.guide import Guide
from . import remaining
from .document import Reading
from .opened import open_all
from .recognised import ByHeadings
from .together import CHECKED, IMPORTED, Imported, Nothing, accounting, put_together, wanted_of

__all__ = ["CHECKED", "IMPORTED", "Imported", "Nothing", "accounting", "import_papers"]


def import_papers(
    sources: Iterable[Source],
    into: Assessment | None = None,
    name: str = "",
    period: str | None = None,
    guide: Guide | None = None,
    reading: Reading | None = None,
    jobs: int = 1,
    step: Callable[[bool], object] = bool,
) -> Imported:
    """Read all papers into an assessment; step is told of every document whether it was refused.

    Raises Nothing where no period is known, Refused where what comes out cannot be read as an assessment.
    """
    documents = open_all(sources, wanted_of(into, guide), reading or ByHeadings(), jobs)
    return put_together(documents, into, name, period, guide, step, remaining.findings)
