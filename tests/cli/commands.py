"""Every command with its arguments, as the parser has them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from jwdt_xl.cli import parser, paths


def every() -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """The words of each command, down to its actions, and what takes its arguments."""
    for command in parser.COMMANDS:
        part = argparse.ArgumentParser(prog=command.name, add_help=False)
        command.part("_options")(part)
        actions = [action for action in part._actions if isinstance(action, argparse._SubParsersAction)]
        for action in actions:
            yield from (((command.name, name), below) for name, below in action.choices.items())
        if not actions:
            yield (command.name,), part


def arguments(part: argparse.ArgumentParser, *kinds: type) -> list[argparse.Action]:
    return [action for action in part._actions if action.type in kinds]


#: The words of a command and the names of what it reads.
READS = {(" ".join(words), action.dest): action for words, part in every() for action in arguments(part, paths.Read)}
