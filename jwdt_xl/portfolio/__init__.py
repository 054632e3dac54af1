"""Many enterprises: their files read safely, and their results as a table."""

from ..opening.limits import Limits
from .collection.frame import to_frame
from .collection.intake import read_file, read_files
from .collection.reading import Reading

__all__ = ["Limits", "Reading", "read_file", "read_files", "to_frame"]
