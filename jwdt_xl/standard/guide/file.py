"""A guide in a dict, as it is written in a guide file: read with every error and its place."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from ...errors import JwdtError
from ...messages import Text
from ..names import DATA
from ..record import TABLE, WRONG_FORMAT, Errors, short, specs
from ..scoring import WEIGHT_TOLERANCE
from . import derivation_file, rules
from .derivation import Derivation
from .nodes import Node
from .openness import ALL
from .options import DEFAULTS, find_option
from .parts import KINDS, WRONG_KIND, by_code, check_fields, entries, names_of, part, rows, string, values
from .sentences import DERIVED, source_of
from .shares import derive
from .tree import FORMAT, Guide


@cache
def builtin() -> Guide:
    """Table 1 of the standard's drafting note."""
    with open(os.path.join(DATA, "general.json"), encoding="utf-8") as file:
        data = json.load(file)
    # The general rule leaves everything to the sectors, what later versions of the program add too.
    return from_dict({**data, "open": list(ALL)})


def from_dict(data: Mapping[str, Any], strict: bool = False) -> Guide:
    """The guide in a dict (a parsed guide file). Raises Refused with every error and its place.

    strict: names and sources are needed too, as authors of guides owe them.
    """
    found = Errors("bad-guide", "consistency")
    if not isinstance(data, Mapping):
        found.add("$", WRONG_KIND.fill(k=KINDS[dict], v=short(data)))
        found.raise_if_any()
    if data.get("format") != FORMAT:
        text = WRONG_FORMAT if "format" in data else _NO_FORMAT
        found.add("format", text.fill(f=FORMAT, v=short(data.get("format"))))
    check_fields(data, {"format", *names_of(Guide), "options"}, "", found)
    gaps = tuple(_gap(gap, where, found) for where, gap in entries(data, "gaps", specs(Guide)["gaps"], found))
    said: dict[str, Any] = {"gaps": gaps, "options": _options(data, found)}
    said["stated"] = frozenset(data["options"]) if isinstance(data.get("options"), dict) else frozenset()
    said |= {name: rows(Guide, data, name, found) for name, spec in specs(Guide).items() if spec.kind == TABLE}
    nodes = said["nodes"]
    if not (gaps or "derivation" in data):
        _check_weighted(nodes, found)
    rules.check_codes(nodes, found)
    if "derivation" in data:
        said["nodes"], said["derivation"] = _derived(data["derivation"], nodes, bool(gaps), found)
    guide = Guide(**values(Guide, data, "", found), **said)
    rules.check(guide, found, strict)
    found.raise_if_any()
    return guide


_NO_FORMAT = Text(
    '格式须为 {f}，没有写明 — 请在文件开头写 format = "{f}"',
    'format must be {f} and is not said — write format = "{f}" at the top of the file',
)


def _gap(pair: Any, where: str, found: Errors) -> Text:
    halves = part(pair, list, where, found)
    if len(halves) > 2:
        text = Text("须为 [中文, 英文]，实为 {n} 项", "must be [Chinese, English], got {n} texts").fill(n=len(halves))
        found.add(where, text)
    zh, en = (string(half, where, found) for half in (*halves, "", "")[:2])
    return Text(zh or en, en or zh)


def _options(data: Mapping[str, Any], found: Errors) -> dict[str, Any]:
    options = dict(DEFAULTS)
    for name, value in by_code(data.get("options", {}), "options", found).items():
        try:
            options[name] = find_option(name).check(value)
        except JwdtError as error:
            found.add(f"options.{short(name)}", error.text, error.code)
    return options


def _check_weighted(nodes: tuple[Node, ...], found: Errors) -> None:
    """Only a draft leaves weights open, or a guide that derives them."""
    wrong = {finding.where for finding in found.findings}
    _tell_bare([i for i, n in enumerate(nodes) if not n.has_weight and f"nodes[{i}].weight" not in wrong], nodes, found)


#: The code of a weight that is not there, which experts may still give.
NO_WEIGHT = "missing-weight"
_NO_WEIGHT = Text(
    "没有权重：{n} — 请填写权重，或由推导得出（jwdt guide experts new 给专家发表，收回后 merge）；暂不确定的写入缺项（gaps）",
    "no weight: {n} — state it, or derive it (jwdt guide experts new writes forms for experts, merge brings them in); what is open for now goes to the gaps",
)
_ALSO_NONE = Text("没有权重：{n}", "no weight: {n}")


def _tell_bare(bare: list[int], nodes: tuple[Node, ...], found: Errors) -> None:
    """Each that lacks a weight at its place; what to do about them once."""
    for text, i in zip((_NO_WEIGHT, *(_ALSO_NONE,) * len(bare)), bare, strict=False):
        node = nodes[i]
        called = Text(f"{node.code}“{node.name.zh}”", f"{node.code} “{node.name.en}”")
        found.add(f"nodes[{i}].weight", text.fill(n=called), NO_WEIGHT)


def _derived(
    data: Any, nodes: tuple[Node, ...], draft: bool, found: Errors
) -> tuple[tuple[Node, ...], Derivation | None]:
    """The nodes with the weights their derivation gives, checked against those given, and the derivation."""
    if any(finding.where.startswith("nodes") for finding in found.findings):
        return nodes, None  # the tree itself is wrong, which has been said
    before = len(found.findings)
    derivation = derivation_file.read(data, nodes, found)
    if len(found.findings) > before:
        return nodes, None
    groups, problems = derive(nodes, derivation)
    for problem in problems:
        found.add(*problem)
    if problems:
        return nodes, None
    shares = {share.node.code: (group, share) for group in groups.values() for share in group.shares}
    weighted, bare = [], []
    for i, node in enumerate(nodes):
        if node.code in shares:
            group, share = shares[node.code]
            if abs(node.weight - share.weight) > WEIGHT_TOLERANCE:
                found.add(f"nodes[{i}].weight", _OTHER_WEIGHT.fill(n=node.name, v=f"{node.weight:.10g}", w=share.weight),
                          "other-weight")  # fmt: skip
            source = node.weight_source
            if not source or source.startswith(DERIVED):
                source = source_of(group, share, derivation)
            node = node._replace(weight=share.weight, weight_source=source)
        elif not (node.has_weight or draft):
            bare.append(i)
        weighted.append(node)
    _tell_bare(bare, nodes, found)
    return tuple(weighted), derivation_file.canonical(derivation, nodes)


_OTHER_WEIGHT = Text(
    "“{n}”的权重写为 {v}，按推导为 {w} — 请删去所写的权重(由程序填入)，或从推导中删去这一组",
    "the weight of “{n}” is written as {v}, by its derivation it is {w} — take the written weight out (it is filled in), "
    "or this group out of the derivation",
)
