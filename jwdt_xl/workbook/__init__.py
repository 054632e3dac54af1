"""The file: where everything is, written and read."""

from .editions import HOSTS
from .layout import Layout
from .parts import Sender
from .returned.reader import RefusedReturn, Returned, read
from .writer import write

__all__ = ["HOSTS", "Layout", "RefusedReturn", "Returned", "Sender", "read", "write"]
