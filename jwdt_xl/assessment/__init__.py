"""One enterprise: its data, its evaluation with a trace, and the findings. Python standard library only."""

from .evaluate import alternatives, evaluate
from .model import Assessment
from .read import read, write
from .result import Result

__all__ = ["Assessment", "Result", "alternatives", "evaluate", "read", "write"]
