"""Many enterprises: their files read safely, and their results as a table."""

from .frame import to_frame
from .intake import read_file, read_files
from .limits import Limits
from .reading import Reading

__all__ = ["Limits", "Reading", "read_file", "read_files", "to_frame"]
