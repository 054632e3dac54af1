"""The index tree of a guide whose weights do not exist yet, as a survey that is to give them needs it."""

from __future__ import annotations

import os
from typing import Any

from ..errors import Refused
from ..standard.guide import Guide, from_dict, to_dict
from ..standard.guide.file import NO_WEIGHT
from .files import find, open_guide, parsed, read_text

_GAP = ["权重", "weights"]
#: What says how weights come about, which is of no use while some are missing.
_OF_WEIGHTS = ("weight", "weight_source")


def open_tree(path: str | os.PathLike[str]) -> Guide:
    """A guide or draft in whatever form it is; where a node has no weight, a draft that has none of them.

    Raises Refused with what else is wrong.
    """
    try:
        return open_guide(path)
    except Refused:
        data = _data(find(path))
        if not _has_nodes(data) or all(node.get("weight", "") != "" for node in data["nodes"]):
            raise
        try:
            return _bare(data)
        except Refused as error:
            places = tuple(f._replace(where=f"{os.fspath(path)} {f.where}") for f in error.findings)
            raise Refused(places) from error


def open_unweighted(path: str | os.PathLike[str]) -> Guide:
    """A guide or draft as it is; where a node has no weight yet, a draft that says so, with what weights and derivation there are."""
    try:
        return open_guide(path)
    except Refused as error:
        if any(finding.code != NO_WEIGHT for finding in error.findings):
            raise
        data = _data(find(path))
        return from_dict({**data, "gaps": [*data.get("gaps", ()), _GAP]})


def weighted(guide: Guide) -> Guide:
    """Without the gap that weights are missing, once they are there."""
    if tuple(_GAP) not in guide.gaps or not all(node.has_weight for node in guide.nodes):
        return guide
    data = to_dict(guide)
    return from_dict({**data, "gaps": [gap for gap in data["gaps"] if gap != _GAP]})


def _data(path: str) -> dict[str, Any]:
    """What the file says, which need not be a guide yet."""
    ending = os.path.splitext(path)[1].lower()
    if ending in (".xlsx", ".xlsm", ".ods"):
        from .reading import read_unfinished

        return read_unfinished(path)
    if ending == ".json":
        from ..opening.jsonfile import load

        found = load(path)
        return found if isinstance(found, dict) else {}
    return dict(parsed(read_text(path), path).unwrap())


def open_data(path: str | os.PathLike[str]) -> tuple[Guide, dict[str, Any]]:
    """The tree of a guide that may be unfinished, as a draft without weights, and all that its file says.

    Raises Refused with what is wrong of the tree; names, sources and weights may still be missing.
    """
    try:
        guide = open_guide(path)
    except Refused as error:
        data = _data(find(path))
        if not _has_nodes(data):
            raise
        try:
            return _bare(data), data
        except Refused:
            raise error from None  # which says it of the file's own cells and lines
    return guide, to_dict(guide)


def _has_nodes(data: dict[str, Any]) -> bool:
    nodes = data.get("nodes")
    return isinstance(nodes, list) and bool(nodes) and all(isinstance(node, dict) for node in nodes)


def _bare(data: dict[str, Any]) -> Guide:
    """A draft that has no weights at all, of what may have some."""
    bare = [{name: value for name, value in node.items() if name not in _OF_WEIGHTS} for node in data["nodes"]]
    rest = {name: value for name, value in data.items() if name != "derivation"}
    return from_dict({**rest, "nodes": bare, "gaps": [*rest.get("gaps", ()), _GAP]})
