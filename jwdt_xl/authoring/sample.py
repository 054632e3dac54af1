"""Objective weights by a sample of data: entropy and CRITIC of each group of indicators, with which sample it was.

The note names AHP; these are named alternatives to it [choice]. A guide keeps the shares, the size, source and SHA-256 of
the sample, so that who has the file recomputes them; the values of enterprises do not go into the guide.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..errors import JwdtError
from ..messages import ERROR, INFO, WARNING, Finding, Text, joined
from ..opening.refusals import refused
from ..standard.guide import Guide, Node
from ..standard.guide.derivation import CRITIC, ENTROPY, OBJECTIVE_NAMES, SampleWeight, digits
from ..standard.guide.derivation_file import derived_codes
from ..standard.guide.objective import FEWEST, critic_weights, entropy_weights, is_constant
from ..standard.guide.shares import families
from ..standard.record import written
from ..standard.scoring import MODERATE, NEGATIVE, POSITIVE, QUALITATIVE
from .enterprises import Table, Values, digest
from .of_portfolio import enterprises_in
from .study import towards
from .table import read_columns

METHODS: dict[str, Callable[[Sequence[Sequence[float]], Sequence[str]], tuple[float, ...]]] = {
    ENTROPY: entropy_weights,
    CRITIC: critic_weights,
}
#: Shares that are computed again must be those stored within this.
TOLERANCE = 1e-9


class Sampled(NamedTuple):
    """The weights by a sample, in the order of the tree, and what their author should know."""

    entries: tuple[SampleWeight, ...]
    findings: tuple[Finding, ...]


def weights(guide: Guide, path: str | os.PathLike[str], source: str = "") -> Sampled:
    """Entropy and CRITIC weights of each group whose children are all indicators with data. Raises Refused without any."""
    name, table = os.fspath(path), enterprises_in(path, guide)
    read_in, findings = read_columns(guide, table, (POSITIVE, NEGATIVE, MODERATE, QUALITATIVE))
    said = {"source": source or os.path.basename(name), "sha256": digest(path)}
    entries: list[SampleWeight] = []
    without: list[Text] = []
    for parent, children in families(guide.nodes).items():
        if len(children) < 2:
            continue
        group = guide.by_code[parent].name if parent else _FIRST
        if all(node.code not in read_in.columns for node in children):
            without.append(group)
            continue
        findings += _lacking(table, group, children, read_in.columns)
        if all(node.code in read_in.columns for node in children):
            entries += _group(table, group, children, [read_in.columns[node.code] for node in children], said, findings)
    if not entries:
        raise refused(
            table.name,
            "no-group-sampled",
            "没有一组同级指标有足够的数据：每组须各项都有列，且至少 {k} 行齐全{w} — 请补充列和行",
            "no group of siblings has enough data: each of its indicators needs a column, and {k} rows or more with all of them{w} — add columns and rows",
            k=FEWEST,
            w=_why(findings),
        )
    if without:
        text = Text(
            "{g}下没有样本数据(或不是指标)，这些组仍用 AHP、专家或问卷",
            "there are no data (or no indicators) under {g}: these groups keep AHP, experts or the survey",
        )
        findings.append(
            Finding(INFO, "groups-without-sample", table.name, text.fill(g=_quoted(without)), "transparency")
        )
    return Sampled(tuple(entries), tuple(findings))


_FIRST = Text("一级指标", "first levels")


def _why(findings: Sequence[Finding]) -> Text:
    said = [f.text for f in findings if f.severity == WARNING]
    return Text("（{t}）", " ({t})").fill(t=joined(said, "；", "; ")) if said else Text("", "")


def _quoted(names: Sequence[Text]) -> Text:
    return joined([Text(f"“{name.zh}”", f"“{name.en}”") for name in names])


def _lacking(table: Table, group: Text, children: Sequence[Node], columns: Any) -> list[Finding]:
    absent = [node.name for node in children if node.code not in columns]
    if not absent:
        return []
    text = Text(
        "“{g}”下的{n}没有列，这一组得不出样本权重 — 请补充该列，或由 AHP 定权",
        "{n} under “{g}” have no column, so the sample gives this group no weights — add them, or weigh the group by AHP",
    ).fill(g=group, n=_quoted(absent))
    return [Finding(WARNING, "group-without-column", table.name, text, "completeness")]


def _group(
    table: Table,
    group: Text,
    children: Sequence[Node],
    columns: Sequence[Values],
    said: dict[str, str],
    findings: list[Finding],
) -> list[SampleWeight]:
    whole = sorted(set.intersection(*(set(column.by_row) for column in columns)))
    gaps = len(set.union(*(set(column.by_row) for column in columns))) - len(whole)
    if gaps:
        text = Text("“{g}”有 {n} 行数据不全，没有计入", "{n} rows have gaps under “{g}” and do not count")
        findings.append(Finding(INFO, "sample-with-gaps", table.name, text.fill(g=group, n=gaps), "completeness"))
    rows = [
        [digits(towards(node, column.by_row[row])) for node, column in zip(children, columns, strict=True)]
        for row in whole
    ]
    if len(rows) < FEWEST:
        text = Text(
            "“{g}”只有 {n} 行齐全，至少 {k} 行 — 请补充数据",
            "“{g}” has {n} rows without a gap and needs {k} — add data",
        ).fill(g=group, n=len(rows), k=FEWEST)
        findings.append(Finding(WARNING, "group-too-small", table.name, text, "completeness"))
        return []
    for node, column in zip(children, zip(*rows, strict=True), strict=True):
        if is_constant(column):
            text = Text(
                "“{n}”在样本中处处相同，熵权和 CRITIC 都为 0 — 重要的指标请由 AHP 或专家定权",
                "“{n}” is the same everywhere in the sample, its weight by entropy and by CRITIC is 0 — weigh it by AHP or experts if it matters",
            ).fill(n=node.name)
            findings.append(Finding(WARNING, "constant-indicator", f"{table.name} {node.code}", text, "objectivity"))
    directions = [NEGATIVE if node.attribute == NEGATIVE else POSITIVE for node in children]
    found: dict[str, tuple[float, ...]] = {}
    for kind, method in METHODS.items():
        try:
            found[kind] = method(rows, directions)
        except JwdtError as error:
            text = Text("“{g}”：{t}", "“{g}”: {t}").fill(g=group, t=error.text)
            findings.append(Finding(WARNING, f"no-{kind}-weight", table.name, text, "objectivity"))
    if not found:
        return []
    entropy, critic = (found.get(kind) or (None,) * len(children) for kind in (ENTROPY, CRITIC))
    return [
        SampleWeight(node.code, _digits(one), _digits(other), float(len(rows)), said["source"], said["sha256"])
        for node, one, other in zip(children, entropy, critic, strict=True)
    ]


def _digits(share: float | None) -> float | None:
    return None if share is None else digits(share)


def with_sample(data: dict[str, Any], sampled: Sampled, by: str | None) -> dict[str, Any]:
    """The dict of a guide, which may be unfinished, with the weights of a sample in place of those it had for their groups.

    by: which of them count from now on; None: as the guide says. A weight that follows from them is computed anew.
    """
    derivation = dict(data.get("derivation", {}))
    codes = {entry.code for entry in sampled.entries}
    kept = [entry for entry in derivation.get("sample", ()) if entry.get("code") not in codes]
    derivation["sample"] = [*kept, *map(written, sampled.entries)]
    if by is not None:
        derivation["objective"] = by
    whole = {**data, "derivation": derivation}
    derived = derived_codes(whole) | derived_codes(data)
    nodes = [
        {key: value for key, value in node.items() if key not in ("weight", "weight_source")}
        if str(node.get("code", "")) in derived
        else node
        for node in data["nodes"]
    ]
    return {**whole, "nodes": nodes}


def compared(guide: Guide, sampled: Sampled, name: str) -> list[Finding]:
    """Whether the weights by sample that a guide has are those of this file: the check of a reader."""
    stored = {entry.code: entry for entry in guide.derivation.sample} if guide.derivation else {}
    mine = {entry.code: entry for entry in sampled.entries}
    if not stored:
        return []
    digests = {entry.sha256 for entry in stored.values() if entry.sha256}
    found = sampled.entries[0].sha256
    if found not in digests:
        text = Text(
            "指南的样本权重出自另一个文件(SHA-256 {d})，本文件为 {f} — 请用原样本核对",
            "the guide's weights are by another file (SHA-256 {d}), this one is {f} — check them against the sample they are of",
        ).fill(d=", ".join(sorted(one[:16] + "…" for one in digests)) or "–", f=found[:16] + "…")
        return [Finding(WARNING, "other-sample", name, text, "consistency")]
    wrong = []
    for code, entry in stored.items():
        for kind in METHODS:
            was, now = getattr(entry, kind), getattr(mine.get(code, SampleWeight(code)), kind)
            if (
                entry.sha256 in ("", found)
                and was != now
                and (was is None or now is None or abs(was - now) > TOLERANCE)
            ):
                text = Text(
                    "“{n}”的{k}在指南中为 {a}，由此样本重算为 {b} — 请重新写入(-o)",
                    "{k} of “{n}” is {a} in the guide, and {b} by this sample — write it anew (-o)",
                ).fill(n=guide.by_code[code].name, k=OBJECTIVE_NAMES[kind], a=_or_none(was), b=_or_none(now))
                wrong.append(Finding(ERROR, "sample-weight-differs", f"{name} {code}", text, "consistency"))
    if wrong:
        return wrong
    text = Text(
        "指南中 {n} 项样本权重由此文件重算无误(SHA-256 相同，相差不超过 1e-9)",
        "the {n} weights by sample of the guide are recomputed from this file (same SHA-256, within 1e-9)",
    ).fill(n=len(stored))
    return [Finding(INFO, "sample-reproduced", name, text, "transparency")]


def _or_none(value: float | None) -> str:
    return "–" if value is None else f"{value:.10g}"
