"""Excel through xlwings: the catalogue registered as user-defined functions, and the macro Generate summary."""

from .summary import write_summary
from .udfs import CATEGORY, registered

__all__ = ["CATEGORY", "registered", "write_summary"]
