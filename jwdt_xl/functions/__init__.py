"""The cell functions JWDT_*, declared once in a catalogue. Python standard library only."""

from .catalogue import CATALOGUE, GROUPS, Argument, Function
from .guide import *  # noqa: F403 - every function is exported under its Excel name
from .indicators import *  # noqa: F403
from .quantities import *  # noqa: F403
from .scores import *  # noqa: F403

__all__ = ["CATALOGUE", "GROUPS", "Argument", "Function", *CATALOGUE]
