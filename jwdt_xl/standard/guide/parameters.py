"""The parameters of an indicator's formula: what it counts only, so that one formula can serve several indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import JwdtError
from ...messages import Text, joined, one_of
from ..energy import find_energy
from ..equivalents import MEDIA, MEDIUM_NAMES, find_counted
from ..formulas import FORMULAS
from ..names import fold
from ..quantities import ELECTRICITY, MEDIUM, PARAMETERS, POLLUTANTS, QUANTITIES, Parameters
from ..record import Errors, short
from .nodes import Node
from .tree import Guide

#: Names in one parameter, and their length: formulas of the workbook, of at most 8,192 characters, list them thrice.
MOST_NAMES, LONGEST_NAME = 20, 60


def check(guide: Guide, found: Errors) -> None:
    """Parameters go with the formula and can be looked up; no formula counts the same for two indicators."""
    leaves = {node.code for node in guide.leaves}
    first: dict[tuple[str, Any], Node] = {}
    for i, node in enumerate(guide.nodes):
        where = f"nodes[{i}]"
        if node.code not in leaves or node.formula not in FORMULAS:
            if any(node.parameters):
                text = Text("参数只用于有算法的指标", "parameters go with the formula of an indicator")
                found.add(f"{where}.parameters", text, "bad-parameter")
            continue
        before = len(found.findings)
        _check_names(node.parameters, f"{where}.parameters", found)
        counted = _counted(node, f"{where}.parameters", found)
        if node.algorithm.may_repeat or len(found.findings) > before:
            continue
        other = first.setdefault((node.formula, counted), node)
        if other is not node:
            taken = node.algorithm.parameters
            advice = (
                Text("请以不同参数({p})区分，或删去一个", "tell them apart by parameters ({p}), or take one out").fill(
                    p=" | ".join(taken)
                )
                if taken
                else Text("此算法没有参数，请删去一个", "this formula takes no parameters: take one out")
            )
            text = Text(
                "指标“{a}”与“{b}”算法相同、参数相同，会把同一数值计两次 — {d}",
                "indicators “{a}” and “{b}” have the same formula with the same parameters and would count one value twice — {d}",
            ).fill(a=other.name, b=node.name, d=advice)
            found.add(f"{where}.formula", text, "formula-twice")


def _check_names(parameters: Parameters, where: str, found: Errors) -> None:
    """A medium there is, and names, each once; formulas hold those that are in no list."""
    if parameters.medium and parameters.medium not in MEDIA:
        wrong = Text("介质须为 {m}，实为“{v}”", "the medium must be {m}, got “{v}”")
        found.add(
            f"{where}.{MEDIUM}", wrong.fill(m=one_of(MEDIUM_NAMES.items()), v=short(parameters.medium)), "bad-parameter"
        )
    for key, names in parameters._asdict().items():
        if key == MEDIUM:
            continue
        text: Text | None = None
        if "" in names or len({fold(name) for name in names}) < len(names):
            text = Text("名称空白或重复，实为 {v}", "a name is blank or stands twice, got {v}")
        elif len(names) > MOST_NAMES or (key != POLLUTANTS and any(len(name) > LONGEST_NAME for name in names)):
            text = Text(
                "至多 {k} 个名称，每个至多 {l} 字，实为 {v}", "at most {k} names of at most {l} characters, got {v}"
            )
        if text:
            found.add(f"{where}.{key}", text.fill(k=MOST_NAMES, l=LONGEST_NAME, v=short(names)), "bad-parameter")


def _counted(node: Node, where: str, found: Errors) -> tuple[Any, ...]:
    """What the parameters stand for, however it is written: two indicators with the same count the same."""
    taken = node.algorithm.parameters
    for name in PARAMETERS:
        if getattr(node.parameters, name) and name not in taken:
            text = Text("算法 {f} 没有参数 {n}，可用参数：{t}", "formula {f} takes no {n}; it takes: {t}")
            found.add(f"{where}.{name}", text.fill(f=node.formula, n=name, t=" | ".join(taken) or "–"), "bad-parameter")
    if not any(node.parameters):
        return ()
    medium, pollutants, materials, energies = node.parameters
    items = _found(pollutants, lambda name: find_counted(name, medium or None), f"{where}.pollutants", found)
    overlaps = [p.overlap for p in items if p.overlap]
    if len(set(overlaps)) < len(overlaps):
        text = Text(
            "{p} 互相重叠，一个指标中只能列其中一项", "{p} overlap: one indicator can name one of them only"
        ).fill(p=joined([p.name for p in items if overlaps.count(p.overlap) > 1]))
        found.add(f"{where}.pollutants", text, "bad-parameter")
    named = tuple(energies)
    if energies and taken and QUANTITIES[node.algorithm.needs[0]].convention == ELECTRICITY:
        named = tuple(e.code for e in _found(energies, find_energy, f"{where}.energies", found))
    unsaid = not any(finding.where.startswith(where) for finding in found.findings)
    if unsaid and (len(set(items)) < len(pollutants) or len(set(named)) < len(energies)):
        found.add(where, Text("同一项以两个名称列出", "one thing stands under two names"), "bad-parameter")
    # A medium that follows from the pollutants says nothing more.
    by_medium = () if items else medium
    return by_medium, frozenset(p.item for p in items), _same(materials), _same(named)


def _same(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(fold, names))


def _found(names: Sequence[str], find: Any, where: str, found: Errors) -> list[Any]:
    """What the names stand for; what cannot be found is said."""
    things = []
    for name in names:
        try:
            things.append(find(name))
        except JwdtError as error:
            found.add(where, error.text, error.code)
    return things
