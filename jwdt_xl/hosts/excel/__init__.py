"""Excel through xlwings: the catalogue registered as user-defined functions, and the macro Generate summary."""

from typing import Any

from .summary import write_summary
from .udfs import CATEGORY, registered

__all__ = ["CATEGORY", "papers_into", "registered", "write_summary"]


def papers_into(book: Any) -> str:
    """The action Import papers, loaded when it is asked for."""
    from .papers import import_papers

    return import_papers(book)
