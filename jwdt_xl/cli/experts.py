"""``jwdt guide experts``: a form for each expert, and their forms brought together in the guide."""

from __future__ import annotations

import argparse
import os

from ..messages import Text, get_language
from . import FINE, output
from .authored import write_book, write_text
from .options import add_output, option
from .parser import actions_of
from .paths import Read


def add(parser: argparse.ArgumentParser, guide: Text) -> None:
    """The actions of the command; guide: what is taken for one."""
    action = actions_of(parser)
    new = action(
        "new",
        _new,
        "给每位专家一份评分和判断表；指南已有评分的，附上一轮的分布",
        "a form of scores and judgements for each expert; with the distribution of the last round where there was one",
    )
    option(new, "guide", *guide, metavar="G", type=Read)
    option(
        new,
        "names",
        "专家姓名或代号，每人一份",
        "names or signs of the experts, a form each",
        nargs="+",
        metavar="NAME",
    )
    option(new, "-o --output", "文件夹，默认当前文件夹", "folder, default the current one", metavar="DIR", default=".")
    merge = action(
        "merge",
        _merge,
        "把专家填好的表并入指南，并检查意见是否一致",
        "bring the forms of experts together in the guide, and check whether they agree",
    )
    option(merge, "guide", *guide, metavar="G", type=Read)
    option(
        merge,
        "forms",
        "专家表，或单个判断矩阵的 CSV、.xlsx（首行首列为代码或名称）",
        "forms of experts, or CSV or .xlsx of one matrix of judgements (codes or names along the top and down the side)",
        nargs="+",
        metavar="F",
        type=Read,
    )
    add_output(merge, "G.toml|xlsx", "合并后的指南；省略则只显示", "the guide with them; without it it is only shown")


def _new(options: argparse.Namespace) -> int:
    from ..authoring.experts import new_form
    from ..authoring.tree import open_unweighted

    guide = open_unweighted(options.guide)
    names = [" ".join(name.split()) for name in options.names]
    if not all(names) or len({name.lower() for name in names}) < len(names):
        raise output.WrongUse("专家姓名不可空白或重复", "names of experts must not be blank or stand twice")
    os.makedirs(options.output, exist_ok=True)
    for name in names:
        fit = "".join("_" if character in '\\/:*?"<>|' else character for character in name)
        path = output.free_name(os.path.normpath(os.path.join(options.output, f"{fit}.xlsx")))
        with output.new_file(path, keep=True) as temporary:
            new_form(temporary, guide, name, get_language())
        output.written(path)
    return FINE


def _merge(options: argparse.Namespace) -> int:
    from .. import authoring
    from ..authoring.experts import merge
    from ..authoring.tree import open_unweighted
    from . import guide_tables

    merged = merge(open_unweighted(options.guide), options.forms)
    guide_tables.show_derivation(merged.guide)
    output.say_findings(merged.findings)
    if options.output and options.output.lower().endswith(".xlsx"):
        write_book(options.output, merged.guide)
    elif options.output:
        write_text(options.output, authoring.dump(merged.guide))
    return FINE
