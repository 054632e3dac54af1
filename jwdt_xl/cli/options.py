"""How options are declared: their help in both languages, and those that several commands have."""

from __future__ import annotations

import argparse
import re
from typing import Any

from ..messages import Text
from .paths import Read, Written


def option(parser: argparse._ActionsContainer, names: str, zh: str, en: str, **more: Any) -> None:
    """An option or argument by its names, with what argparse takes besides."""
    parser.add_argument(*names.split(), help=str(Text(zh, en)), **more)


def flag(parser: argparse._ActionsContainer, name: str, zh: str, en: str) -> None:
    option(parser, name, zh, en, action="store_true")


def add_output(
    parser: argparse.ArgumentParser, metavar: str, zh: str = "输出文件", en: str = "output file", **more: Any
) -> None:
    """For a command that writes: -o, and --force beside it. What the metavar ends in is what the file may end in: G.toml|xlsx."""
    option(parser, "-o --output", zh, en, metavar=metavar, **{"type": Written, **more})
    parser.set_defaults(endings=endings_of(metavar))
    add_force(parser)


def endings_of(metavar: str) -> tuple[str, ...]:
    return tuple(f".{ending}" for ending in re.findall(r"[.|]([a-z]+)", metavar))


def add_force(parser: argparse.ArgumentParser) -> None:
    flag(
        parser,
        "--force",
        "覆盖已存在的、不是本程序生成的输出文件（原文件留作 .bak）；输入文件任何时候都不会被覆盖",
        "overwrite an output file that is there and is not this program's own (it is kept as .bak); never an input",
    )


def add_guide(parser: argparse.ArgumentParser, several: Text | None = None) -> None:
    """several: the option may be given several times, and what it then means."""
    more = several or Text("", "")
    option(
        parser,
        "--guide",
        f"指南：TOML、JSON、编制工作簿或自带指南的名称；省略则用总则的内置指标体系{more.zh}",
        f"guide: TOML, JSON, authoring workbook or the name of a shipped one; default: the built-in general rule{more.en}",
        metavar="G",
        type=Read,
        **({"action": "append"} if several else {}),
    )


def add_period(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "--period",
        "本次评价的报告期；其他报告期的另列，不排名",
        "the report period that is evaluated; others are listed apart, without rank",
        metavar="LABEL",
        default="",
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    option(
        parser, "--jobs", "进程数；默认等于处理器数，最多 8", "processes; default as many as processors, at most 8",
        type=_positive, default=0, metavar="N",
    )  # fmt: skip


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(str(Text("须为不小于 1 的整数", "must be a whole number of at least 1")))
    return number
