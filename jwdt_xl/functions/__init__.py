"""The cell functions JWDT_*, declared once in a catalogue. Python standard library only."""

from .arguments import Argument
from .catalogue import CATALOGUE, GROUPS, Function
from .guide import *  # noqa: F403 - every function is exported under its Excel name
from .indicators import *  # noqa: F403
from .quantities import *  # noqa: F403
from .scores import *  # noqa: F403
from .single_scores import *  # noqa: F403

__all__ = ["CATALOGUE", "GROUPS", "Argument", "Function", *CATALOGUE]
