"""The command ``jwdt``: what it takes, what it prints, how it ends.

Exit codes: 0 fine (warnings and notes allowed), 1 any error in the data or any rejected file, 2 wrong use.
Modules are imported when a command needs them, so that `jwdt --version` and the help start at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

FINE, BAD_DATA, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    from ..messages import get_language, set_language
    from . import output, parser

    arguments = list(sys.argv[1:] if argv is None else argv)
    language = get_language()
    output.tolerate_any_encoding()
    try:
        set_language(parser.language_of(arguments))
        return _run(arguments)
    except SystemExit as end:  # argparse: --help, --version, wrong use
        return end.code if isinstance(end.code, int) else WRONG_USE
    except KeyboardInterrupt:
        output.say_interrupted()
        return INTERRUPTED
    except BrokenPipeError:  # `jwdt functions | head`: the reader has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  so that the flush at exit finds no pipe
        return FINE
    finally:
        set_language(language)


def _run(arguments: list[str]) -> int:
    from ..errors import JwdtError, Refused
    from ..messages import ERROR
    from ..opening import outputs
    from . import output, parser, paths

    options = parser.parse(arguments)
    outputs.force.set(getattr(options, "force", False))
    outputs.inputs.set(tuple(paths.named(options, paths.Read)))
    try:
        outputs.check_all(paths.named(options, paths.Written), next(paths.named(options, paths.Store), ""))
        output.check_ending(getattr(options, "output", None), getattr(options, "endings", ()))
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except (output.WrongUse, outputs.Overwriting) as error:
        output.say(f"{ERROR} jwdt {options.command}: {error.text}")
        return WRONG_USE
    except Refused as error:
        output.say_findings(error.findings)
        return BAD_DATA
    except JwdtError as error:
        output.say(f"{ERROR} jwdt {options.command}: {error.text}")
        return BAD_DATA
