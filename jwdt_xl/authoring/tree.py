"""The index tree of a guide whose weights do not exist yet, as a survey that is to give them needs it."""

from __future__ import annotations

import os
from typing import Any

from ..errors import Refused
from ..standard.guide import Guide, from_dict
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
        nodes = data.get("nodes")
        if not isinstance(nodes, list) or not all(isinstance(node, dict) for node in nodes):
            raise
        if not nodes or all(node.get("weight", "") != "" for node in nodes):
            raise
        bare = [{name: value for name, value in node.items() if name not in _OF_WEIGHTS} for node in nodes]
        rest = {name: value for name, value in data.items() if name != "derivation"}
        try:
            return from_dict({**rest, "nodes": bare, "gaps": [*rest.get("gaps", ()), _GAP]})
        except Refused as error:
            places = tuple(f._replace(where=f"{os.fspath(path)} {f.where}") for f in error.findings)
            raise Refused(places) from error


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
