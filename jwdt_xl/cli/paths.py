"""What an argument names, said by its type where the argument is declared: something to read, or somewhere to write.

The rule of outputs (`opening/outputs.py`) is applied to every command by these, and the tests try every argument by them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator


class _Path(str):
    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)  # where a worker reads it, there is no command line


class Read(_Path):
    """A file or folder that people give to be read."""


class Written(_Path):
    """A file that is written."""


class Store(_Path):
    """A file that results are kept in from run to run, and which itself says whose it is."""


class Folder(_Path):
    """A folder that files are written into, each of which is looked at when its turn comes."""


def named(options: argparse.Namespace, kind: type[_Path]) -> Iterator[str]:
    """The paths of a kind that a command was called with."""
    for value in vars(options).values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, kind):
                yield each
