"""``jwdt guide study``: what a sample tells about the indicators of a guide, before its weights are fixed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..messages import ERROR, Text, number
from ..standard.guide import Guide
from . import BAD_DATA, FINE, output
from .options import add_output, flag, option
from .paths import Read
from .tables import Rows, console

if TYPE_CHECKING:
    from ..authoring.study import Study

HEADS = (
    Text("代码", "code"), Text("指标", "indicator"), Text("平均", "mean"), Text("标准差", "sd"), Text("得分标准差", "spread of scores"),
    Text("指南权重", "weight"), Text("熵权", "entropy"), Text("CRITIC", "CRITIC"), Text("去掉后移动名次", "places moved without"),
)  # fmt: skip


#: What a table of enterprises is, where a command takes one.
TABLE = (
    "CSV 或 .xlsx：每行一家企业，列名为指标代码；或 jwdt collect 的汇总工作簿",
    "CSV or .xlsx: a row per enterprise, columns by indicator code; or a portfolio of jwdt collect",
)


def add(parser: Any) -> None:
    """The arguments of the command."""
    option(parser, "guide", "指南：TOML、编制工作簿或自带指南的名称", "a guide: TOML, authoring workbook, or a shipped one's name",
           metavar="G", type=Read)  # fmt: skip
    option(parser, "--from", *TABLE, dest="table", type=Read, metavar="TABLE", required=True)  # fmt: skip
    flag(parser, "--json", "只输出 JSON", "print JSON only")
    add_output(
        parser, "S.xlsx", "带图的工作簿；省略则只显示", "a workbook with plots; without it the study is only shown"
    )


def run(options: argparse.Namespace, guide: Guide) -> int:
    from .. import authoring
    from ..authoring import study_book
    from ..authoring.study import study

    found, findings = study(guide, authoring.enterprises_in(options.table, guide))
    if options.json:
        output.tell_json(found.as_dict() | {"findings": [finding.as_dict() for finding in findings]})
    else:
        show(found)
        output.say_findings(findings)
    if options.output:
        with output.new_file(options.output) as temporary:
            study_book.write(found, temporary)
        output.written(options.output)
    return BAD_DATA if any(finding.severity == ERROR for finding in findings) else FINE


def show(found: Study) -> None:
    """The indicators, the pairs that go along, and the agreement of experts."""
    target = console()
    target.print(str(Text("{n} 家企业（共 {r} 行）", "{n} enterprises (of {r} rows)").fill(n=found.n, r=found.rows)))
    table = Rows(header_style="bold")
    for col, head in enumerate(HEADS):
        table.add_column(str(head), justify="left" if col < 2 else "right", overflow="fold")
    for each in found.indicators:
        shares = (f"{value:.3f}" for value in (each.weight, each.entropy, each.critic))
        spread = "–" if each.spread is None else f"{each.spread:.1f}"
        moves = "–" if each.moves is None else str(each.moves)
        table.add_row(
            each.node.code, str(each.node.name), number(each.mean), number(each.deviation), spread, *shares, moves
        )
    target.print(table)
    for pair in found.pairs:
        if pair.shared or pair.is_redundant:
            shared = "; ".join(map(str, pair.shared)) or "–"
            said = Text("共用", "made of both")
            target.print(
                f"  {pair.one.code} – {pair.other.code}: r {pair.pearson:.2f}, ρ {pair.spearman:.2f}; {said}: {shared}"
            )
    for agreed in found.agreements:
        target.print(f"  {agreed.group}: W {agreed.w:.2f} (n {agreed.experts}), p {agreed.p:.3f}")
