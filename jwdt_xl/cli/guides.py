"""The option --guide: a sector guide in place of the built-in one."""

from __future__ import annotations

import argparse

from ..messages import Text
from ..standard.guide import Guide


def add_guide(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--guide",
        metavar="G",
        help=str(
            Text(
                "指南：TOML、JSON、编制工作簿或自带指南的名称；省略则用总则的内置指标体系",
                "guide: TOML, JSON, authoring workbook or the name of a shipped one; default: the built-in general rule",
            )
        ),
    )


def load_guide(path: str | None, draft: bool = False) -> Guide | None:
    """The guide in a file, None for the built-in one. Raises Refused with every error and its place, and (unless a
    draft will do) for a guide with gaps, naming them."""
    if path is None:
        return None
    from ..authoring import open_guide

    guide = open_guide(path)
    if not draft:
        guide.check_complete()
    return guide
