"""A matrix of judgements as other programs keep it: codes or names along the top and down the side, in CSV or a workbook."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ..errors import JwdtError
from ..messages import Text
from ..opening.refusals import refused
from ..standard.guide import Guide, Node
from ..standard.guide.derivation_file import FRACTION
from ..standard.guide.matrices import pair
from ..standard.names import fold
from .enterprises import grid_of

Data = dict[str, Any]


def read_judgements(path: str | os.PathLike[str], guide: Guide) -> tuple[Data, list[Data]]:
    """The expert and the matrix of a table; the expert's name stands in the corner, or is the file's.

    Raises Refused with what is wrong.
    """
    name = os.fspath(path)
    names = {fold(word): node for node in guide.nodes for word in (node.code, *node.name)}
    grid = grid_of(name, names)
    top = max(range(len(grid)), key=lambda i: len(_named(grid[i][1:], names)), default=None)
    heads = _named(grid[top][1:], names) if top is not None else {}
    if top is None or len(heads) < 2:
        raise refused(
            name, "no-matrix", "没有找到判断矩阵：第一行须为同级指标的代码或名称，第一列相同",
            "no matrix of judgements: the first row must have codes or names of siblings, and the first column the same",
        )  # fmt: skip
    rows = {
        node.code: row
        for row in grid[top + 1 :]
        if row and (node := names.get(fold(_text(row[0])))) is not None and node.code in heads.values()
    }
    parents = {names[fold(code)].parent for code in heads.values()}
    siblings = [node.code for node in guide.nodes if node.parent in parents]
    if len(parents) > 1 or set(siblings) != set(heads.values()) or set(rows) != set(siblings):
        raise refused(
            name, "not-siblings", "矩阵须正好是一组同级指标，行列相同：行 {r}，列 {c}",
            "a matrix is of one whole group of siblings, the same down and across: rows {r}, columns {c}",
            r=", ".join(rows), c=", ".join(heads.values()),
        )  # fmt: skip
    column = {code: place + 1 for place, code in heads.items()}
    matrix = [[_number(name, rows[a], column[b], a, b) for b in siblings] for a in siblings]
    judgements: dict[str, dict[str, float]] = {}
    for i, one in enumerate(siblings):
        for k in range(i + 1, len(siblings)):
            try:
                judgements.setdefault(one, {})[siblings[k]] = pair(
                    matrix, i, k, lambda a, b: f"{siblings[a]}–{siblings[b]}"
                )[0]
            except JwdtError as error:
                raise refused(name, error.code or "bad-judgement", error.text.zh, error.text.en) from error
    corner = _text(grid[top][0])
    expert = corner if corner and fold(corner) not in names else Path(name).stem
    return {"name": expert}, [{"expert": expert, "parent": parents.pop(), "judgements": judgements}]


def _named(cells: list[Any], names: dict[str, Node]) -> dict[int, str]:
    """The codes that a row names, by place."""
    found = ((i, names.get(fold(_text(cell)))) for i, cell in enumerate(cells))
    return {i: node.code for i, node in found if node is not None}


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _number(name: str, row: list[Any], col: int, one: str, other: str) -> float | None:
    """A judgement; None where it is blank. A fraction may be typed."""
    cell = row[col] if col < len(row) else ""
    if _text(cell) == "":
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    if (fraction := FRACTION.fullmatch(str(cell))) and int(fraction[2]):
        return int(fraction[1]) / int(fraction[2])
    try:
        return float(str(cell))
    except ValueError:
        text = Text("{a} 对 {b} 的判断“{v}”不是数", "the judgement of {a} against {b}, “{v}”, is no number")
        filled = text.fill(a=one, b=other, v=str(cell)[:40])
        raise refused(name, "bad-judgement", filled.zh, filled.en) from None
