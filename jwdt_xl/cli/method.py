"""``jwdt method``: the rules with their marks, and the options that are choices, from the declarations."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from ..messages import Text
from ..standard.editions import EDITIONS
from ..standard.guide.options import OPTIONS
from ..standard.method import RULES
from . import FINE, origins, rewards
from .options import flag
from .output import tell
from .reference import cell, heading


def method_options(parser: argparse.ArgumentParser) -> None:
    flag(
        parser,
        "--synergy",
        "输出文档页 synergy.md：指标 1 奖励什么",
        "print the page synergy.md: what indicator 1 rewards",
    )
    flag(
        parser,
        "--origins",
        "输出文档页 origins.md：按电力来源，什么算",
        "print the page origins.md: what counts, by origin of power",
    )
    flag(parser, "--markdown", "输出文档页 method.md 的内容", "print the content of the page method.md")


def method(options: argparse.Namespace) -> int:
    if options.synergy or options.origins:
        for line in (rewards if options.synergy else origins).markdown():
            tell(line)
        return FINE
    if options.markdown:
        tell(markdown().rstrip("\n"))
        return FINE
    for mark, rule in RULES:
        tell(f"[{mark}] {rule}")
    tell("")
    for edition in EDITIONS:
        tell(f"{edition.name}: {edition.used} ({edition.told})")
    tell("")
    for option in OPTIONS:
        values = ", ".join(option.values) or option.label_of(option.default)
        tell(f"{option.name}: {option.help} ({values})")
    return FINE


def markdown() -> str:
    """docs/zh/method.md or docs/en/method.md: the page in the language in use."""
    return "\n".join(_markdown()) + "\n"


def _markdown() -> Iterator[str]:
    yield from heading(Text("方法", "The method"), "method.md", "method")
    yield str(
        Text(
            "`note` 编制说明印出；`law` 法律或国家标准印出；`choice` 我们的选择，有备选项，**不是标准原文**："
            "标准的附录 A 和第 6 章未公开。",
            "`note`: printed in the drafting note; `law`: in a law or national standard; `choice`: ours, with alternatives, "
            "**not the standard's text**: its Annex A and chapter 6 are not public.",
        )
    )
    yield ""
    yield str(Text("| 标记 | 规则 |", "| mark | rule |"))
    yield "|---|---|"
    for mark, rule in RULES:
        yield f"| {mark} | {cell(rule)} |"
    yield ""
    yield str(Text("## 标准和文件的版本", "## Editions of standards and notices"))
    yield ""
    yield str(
        Text(
            "报告期在某版施行之前或被代替之后，而系数或规则出自该版的，为提示信息。日期未核实的照实写明。",
            "A report period before an edition was in force or after it was replaced, by a factor or rule of that edition, is told. Dates that were not verified say so.",
        )
    )
    yield ""
    yield str(Text("| 文件 | 用于 | 日期 |", "| text | used for | dates |"))
    yield "|---|---|---|"
    for edition in EDITIONS:
        yield f"| {edition.name} {edition.title} | {edition.used} | {edition.told} |"
    yield ""
    yield str(Text("## 选项", "## Options"))
    yield ""
    yield str(
        Text(
            "每项默认值都是选择；指南或评价文件可改。每家企业在各备选项下的总分见汇总页。",
            "Every default is a choice; a guide or an assessment may change it. "
            "The summary shows each enterprise's total under every alternative.",
        )
    )
    yield ""
    yield str(Text("| 选项 | 默认 | 可选 | 说明 |", "| option | default | values | meaning |"))
    yield "|---|---|---|---|"
    for option in OPTIONS:
        values = " · ".join(option.values) or f"{option.minimum:g} … {option.maximum:g}"
        default = option.label_of(None) if option.default is None else option.default
        yield f"| `{option.name}` | {default} | {values} | {cell(option.help)} |"
