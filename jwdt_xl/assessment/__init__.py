"""One enterprise: its data, its evaluation with a trace, and the findings. Python standard library only."""

from .evaluate import alternatives, evaluate
from .model import Assessment
from .read import read
from .result import Result
from .written import write

__all__ = ["Assessment", "Result", "alternatives", "evaluate", "read", "write"]
