"""``jwdt guide weights``: entropy and CRITIC weights by a sample of data, into a guide, or checked against those it has."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..messages import ERROR, INFO, Finding, Text, number
from ..standard.guide.derivation import AHP, OBJECTIVE, OBJECTIVE_NAMES
from . import BAD_DATA, FINE, output
from .authored import write_book, write_text
from .guide_study import TABLE
from .options import add_output, option
from .paths import Read
from .tables import Rows, console

if TYPE_CHECKING:
    from ..authoring.sample import Sampled
    from ..standard.guide import Guide

_HEADS = (
    Text("代码", "code"), Text("指标", "indicator"), Text("熵权", "entropy"), Text("CRITIC", "CRITIC"), Text("样本数", "sample size"),
)  # fmt: skip


def add(parser: Any, guide: Text) -> None:
    """The arguments of the command."""
    option(parser, "guide", *guide, metavar="G", type=Read)
    option(parser, "--from", *TABLE, dest="table", type=Read, metavar="SAMPLE", required=True)
    option(
        parser,
        "--by",
        "从此客观权重取 ahp、entropy（熵权）或 critic；省略则照指南原样",
        "objective weights are by this from now on: ahp, entropy or critic; without it as the guide has it",
        choices=OBJECTIVE,
    )
    option(
        parser,
        "--source",
        "样本是什么（来源、时期、范围），写入指南；省略则为文件名",
        "what the sample is (source, period, scope), for the guide; without it the name of the file",
        default="",
        metavar="TEXT",
    )
    add_output(
        parser,
        "G.toml|xlsx",
        "写入新的指南或编制工作簿；省略则只显示，并与指南中已有的核对",
        "write a new guide or authoring workbook; without it they are shown, and checked against those the guide has",
    )


def run(options: argparse.Namespace) -> int:
    from .. import authoring
    from ..authoring import sample
    from ..authoring.tree import open_data
    from ..standard.guide import from_dict

    path = options.output
    guide, said = open_data(options.guide)
    sampled = sample.weights(guide, options.table, options.source)
    show(guide, sampled)
    findings = list(sampled.findings)
    if not path:
        findings += sample.compared(guide, sampled, options.table)
        output.say_findings(findings)
        return BAD_DATA if any(finding.severity == ERROR for finding in findings) else FINE
    data = sample.with_sample(said, sampled, options.by)
    if data["derivation"].get("objective", AHP) == AHP:
        findings.append(Finding(INFO, "sample-beside", path, _BESIDE, "transparency"))
    output.say_findings(findings)
    if path.lower().endswith(".xlsx"):
        output.say_findings(write_book(path, data))
        return FINE
    built = from_dict(data, strict=True)
    write_text(path, authoring.dump(built))
    output.say(
        Text("客观权重取：{o}", "objective is: {o}").fill(
            o=OBJECTIVE_NAMES[built.derivation.objective if built.derivation else AHP]
        )
    )
    return FINE


_BESIDE = Text(
    "样本权重已记入，但客观权重仍取 AHP — 要采用请加 --by entropy 或 --by critic，或在“权重组合”中选择",
    "the weights by sample are stored beside, objective is by AHP still — to use them add --by entropy or --by critic, or choose on Weights combined",
)


def show(guide: Guide, sampled: Sampled) -> None:
    table = Rows(header_style="bold")
    for col, head in enumerate(_HEADS):
        table.add_column(str(head), justify="left" if col < 2 else "right", overflow="fold")
    for each in sampled.entries:
        shares = ("–" if share is None else f"{share:.6f}" for share in (each.entropy, each.critic))
        table.add_row(each.code, str(guide.by_code[each.code].name), *shares, number(each.sampled or 0))
    target = console()
    target.print(table)
    first = sampled.entries[0]
    target.print(f"{first.source}  SHA-256 {first.sha256}", soft_wrap=True)
