"""Experts one by one: a form for each, and their forms brought together in the guide.

A form is an authoring workbook with room for one expert of whom only the sheets of scores and judgements are in sight, so
that it checks itself live and is read as any other. Behind it may stand what a first round gave.
"""

from __future__ import annotations

import os
import re
import statistics
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..errors import Refused
from ..messages import INFO, WARNING, Finding, Text, joined
from ..opening.refusals import refused
from ..standard.guide import Guide, from_dict, to_dict
from ..standard.guide.derivation_file import derived_codes
from ..standard.names import fold
from ..standard.record import says_nothing
from ..workbook.book import Book
from .english import doubtful
from .layout import Layout
from .reading import read_unfinished
from .study import disagreements
from .tables_of_judgements import read_judgements
from .tree import weighted
from .weights.fields import ENTRIES
from .workbook import new_book

Data = dict[str, Any]
_BOOKS = (".xlsx", ".xlsm", ".ods")


class Spread(NamedTuple):
    """What the experts of a round gave a node, as shares of its group in %, and what this one gave."""

    code: str
    n: int
    low: float
    quartiles: tuple[float, float, float]
    high: float
    own: float | None


def distribution(guide: Guide, name: str = "") -> tuple[Spread, ...]:
    """The scores of the guide's experts by node, each group of each expert made to sum to 100; name: whose stand beside."""
    experts = guide.derivation.experts if guide.derivation else ()
    groups: dict[str, list[str]] = {}
    for node in guide.nodes:
        groups.setdefault(node.parent, []).append(node.code)
    found = []
    for codes in groups.values():
        shares: dict[str, list[float]] = {code: [] for code in codes}
        own: dict[str, float] = {}
        for expert in experts:
            whole = sum(expert.scores.get(code, 0.0) for code in codes)
            if whole <= 0:
                continue
            for code in codes:
                shares[code].append(100 * expert.scores.get(code, 0.0) / whole)
            if fold(expert.name) == fold(name):
                own = {code: shares[code][-1] for code in codes}
        for code, given in shares.items():
            if given:
                low, middle, high = (
                    statistics.quantiles(given, n=4, method="inclusive") if len(given) > 1 else given * 3
                )
                found.append(Spread(code, len(given), min(given), (low, middle, high), max(given), own.get(code)))
    return tuple(found)


def new_form(path: str | os.PathLike[str], guide: Guide, name: str, language: str) -> None:
    """The form of one expert; where the guide has scores already, with their distribution for a second round."""
    data = to_dict(guide)
    before = (
        next((e for e in guide.derivation.experts if fold(e.name) == fold(name)), None) if guide.derivation else None
    )
    expert: Data = {"name": name} | ({"weight": before.weight} if before and before.weight != 1 else {})
    kept = {key: value for key, value in data.get("derivation", {}).items() if key not in ENTRIES}
    # A weight that is known already would be copied.
    nodes = [{key: value for key, value in node.items() if not key.startswith("weight")} for node in data["nodes"]]
    form = {**data, "nodes": nodes, "derivation": {**kept, "experts": [expert]}}
    spreads = distribution(guide, name)
    new_book(
        os.fspath(path), form, language, experts=1, finish=lambda book, layout: _only_his(book, layout, guide, spreads)
    )


#: What an expert sees of an authoring workbook.
_IN_SIGHT = ("experts", "ahp")
_ROUND = Text("上一轮结果", "Last round")
_LEAD = Text(
    "上一轮各专家的评分，每组折合为 100 分；“您的”为您上一轮所给。请参考后在“专家评分”重新评分，可以坚持原来的意见。",
    "What the experts gave in the last round, each group made to sum to 100; “yours” is what you gave. Score anew on the sheet Experts with this in sight; you may keep your opinion.",
)
_HEADS = (
    Text("代码", "code"), Text("指标", "indicator"), Text("人数", "n"), Text("最低", "lowest"), Text("下四分位", "lower quartile"),
    Text("中位数", "median"), Text("上四分位", "upper quartile"), Text("最高", "highest"), Text("您的", "yours"),
)  # fmt: skip


def _only_his(book: Book, layout: Layout, guide: Guide, spreads: Sequence[Spread]) -> None:
    """Out of sight what is the author's; in sight, where there was a first round, what it gave."""
    book.sheets[_IN_SIGHT[0]].activate()
    book.sheets[_IN_SIGHT[0]].set_first_sheet()
    for key, sheet in book.sheets.items():
        if key not in _IN_SIGHT:
            sheet.hide()
    if not spreads:
        return
    sheet = book.file.add_worksheet(layout.text(_ROUND))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, layout.text(_ROUND), book.style("title"))
    sheet.merge_range(1, 0, 1, len(_HEADS) - 1, layout.text(_LEAD), book.style("lead"))
    sheet.set_row(1, 32)
    sheet.set_column(1, 1, 40)
    for col, head in enumerate(_HEADS):
        sheet.write_string(3, col, layout.text(head), book.style("heading"))
    for row, each in enumerate(spreads, 4):
        sheet.write_string(row, 0, each.code, book.style("cell"))
        sheet.write_string(row, 1, layout.text(guide.by_code[each.code].name), book.style("cell"))
        for col, value in enumerate((each.n, each.low, *each.quartiles, each.high, each.own), 2):
            if value is None:
                sheet.write_blank(row, col, None, book.style("cell"))
            else:
                sheet.write_number(row, col, round(value, 1), book.style("cell"))


class Merged(NamedTuple):
    """The guide with the forms of its experts, and what its author should know."""

    guide: Guide
    findings: tuple[Finding, ...]


def merge(guide: Guide, forms: Iterable[str | os.PathLike[str]]) -> Merged:
    """The guide with what experts filled in; an expert who is there already is replaced, the others stay.

    Forms are those of new_form, or tables of one matrix of judgements. Raises Refused with the file of every error.
    """
    data = to_dict(guide)
    tree = [(node.code, node.parent) for node in guide.nodes]
    experts: dict[str, Data] = {}
    matrices: dict[tuple[str, str], Data] = {}
    files: dict[str, set[str]] = {}
    for path in [os.fspath(form) for form in forms]:
        for one, judged in _filled(path, guide, tree):
            key, kind = fold(one["name"]), "scores" if "scores" in one else "judgements"
            repeated = any(fold(one["name"]) == known and kind in said for known, said in files.items())
            if repeated and (kind == "scores" or any((key, m["parent"]) in matrices for m in judged)):
                raise refused(
                    path,
                    "expert-twice",
                    "专家“{n}”在两份表中 — 请只留一份",
                    "the expert “{n}” stands in two forms — keep one",
                    n=one["name"],
                )
            files.setdefault(key, set()).add(kind)
            experts[key] = {**experts.get(key, {}), **one}
            matrices |= {(key, matrix["parent"]): matrix for matrix in judged}
    derivation: Data = dict(data.get("derivation", {}))
    stay = [e for e in derivation.get("experts", []) if fold(e["name"]) not in experts]
    old = {fold(e["name"]): e for e in derivation.get("experts", [])}
    # Who only judges again keeps the scores given before, and the other way round.
    merged = [{**{k: v for k, v in old.get(key, {}).items()}, **one} for key, one in experts.items()]
    kept = [m for m in derivation.get("ahp", []) if (fold(m["expert"]), m.get("parent", "")) not in matrices]
    derivation |= {"experts": [*stay, *merged], "ahp": [*kept, *matrices.values()]}
    data["derivation"] = {
        name: said
        for name, said in derivation.items()
        if not says_nothing(tuple(said) if isinstance(said, list) else said)
    }
    derived = derived_codes(data)
    for node in data["nodes"]:
        if node["code"] in derived:
            node.pop("weight", None)
            node.pop("weight_source", None)
    try:
        found = weighted(from_dict(data))
    except Refused as error:
        raise Refused(tuple(f._replace(where=_of_whom(f.where, derivation)) for f in error.findings)) from error
    told = [_told(len(experts), [e["name"] for e in stay])] if stay else []
    bare = [
        Text(f"{node.code}“{node.name.zh}”", f"{node.code} “{node.name.en}”")
        for node in found.nodes
        if not node.has_weight
    ]
    told += (
        [Finding(WARNING, "weights-still-missing", "nodes", _STILL_MISSING.fill(n=joined(bare)), "completeness")]
        if bare
        else []
    )
    return Merged(found, (*told, *disagreements(found), *doubtful(found)))


_STILL_MISSING = Text(
    "{n} 还没有权重，指南仍是草稿 — 请专家给这些组评分或判断，或直接填写权重",
    "{n} have no weight yet, the guide stays a draft — have experts score or judge these groups, or state the weights",
)


def _of_whom(where: str, derivation: Data) -> str:
    """A place of the derivation with the expert whose it is."""
    place = re.match(r"derivation\.(experts|ahp)\[(\d+)\]", where)
    if place is None:
        return where
    entry = derivation[place[1]][int(place[2])]
    return f"{entry.get('name') or entry.get('expert')} {where[place.end() :].lstrip('.') or entry.get('parent', '')}".strip()


def _told(n: int, names: list[str]) -> Finding:
    text = Text(
        "并入 {n} 位专家；没有交表的 {k} 沿用指南中原有的评分和判断",
        "{n} experts are merged; {k}, of whom there is no form, stay as the guide had them",
    )
    return Finding(INFO, "experts-kept", "derivation.experts", text.fill(n=n, k=", ".join(names)), "transparency")


def _filled(path: str, guide: Guide, tree: list[tuple[str, str]]) -> list[tuple[Data, list[Data]]]:
    """The experts of a file, each with the matrices."""
    if not path.lower().endswith(_BOOKS):
        return [read_judgements(path, guide)]
    try:
        form = read_unfinished(path)
    except Refused as error:
        if error.findings[0].code != "not-authoring":
            raise
        return [read_judgements(path, guide)]
    if [(str(node.get("code", "")), str(node.get("parent", ""))) for node in form["nodes"]] != tree:
        raise refused(
            path, "form-of-other-tree", "表中的指标树与指南不同 — 请用这份指南重新生成专家表",
            "the index tree of the form is not the guide's — write the form anew from this guide",
        )  # fmt: skip
    said = form.get("derivation", {})
    judged = said.get("ahp", [])
    found = []
    for expert in said.get("experts", []):
        own = [
            {**matrix, "parent": matrix.get("parent", "")}
            for matrix in judged
            if matrix["expert"] == expert.get("name")
        ]
        if expert.get("name") and (expert.get("scores") or own):
            found.append((expert, own))
    if not found or len(found) < len(said["experts"]):
        raise refused(
            path, "blank-form", "没有专家姓名，或既没有评分也没有判断 — 请填写后再并入",
            "no name of an expert, or neither scores nor judgements — fill it in before merging",
        )  # fmt: skip
    return found
