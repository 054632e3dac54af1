"""The sheets of a form in a workbook that people moved, copied and renamed: by their titles, nearly so, and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ..errors import Refused
from ..messages import WARNING, Finding, Text
from ..standard.names import fold
from .refusals import refused

#: What a program puts behind the title of a copy.
_COPY = re.compile(r"(?:\((?:\d+|副本|copy)\)|[-_]?副本|[-_]?copy)$")
#: How far from its place a stamp is looked for.
_ROWS, _COLUMNS = 40, 8

Fits = Callable[[str, str], bool]


class Titles(NamedTuple):
    """The title in the file of each sheet of the form, and what is to be said of it."""

    of: dict[str, str]
    findings: list[Finding]


def found(wanted: Mapping[str, str], there: Sequence[str], fits: Fits, others: Mapping[str, str]) -> Titles:
    """Every sheet that is wanted. Raises Refused with its right name where one cannot be found.

    fits(key, title) tells whether the sheet of a title holds what the sheet of that key must; others are the form's sheets
    that nobody needs.
    """
    known = {*wanted.values(), *others.values()}
    strange = [title for title in there if title not in known]
    titles = {key: title for key, title in wanted.items() if title in there}
    absent = [key for key in wanted if key not in titles]
    findings = []
    for key in list(absent):
        near = [title for title in strange if fold(title) == fold(wanted[key])]
        if len(near) != 1:
            near = [title for title in strange if _bare(title) == fold(wanted[key])]
        if len(near) == 1:
            titles[key] = near[0]
            absent.remove(key)
            strange.remove(near[0])
            text = Text(
                "工作表“{t}”已改名，按“{w}”读取 — 请改回“{w}”",
                "the sheet “{t}” was renamed and is read as “{w}” — name it “{w}” again",
            )
            findings.append(Finding(WARNING, "renamed-sheet", near[0], text.fill(t=near[0], w=wanted[key])))
    if absent:
        raise _missing(absent, wanted, strange, fits)
    for key, title in titles.items():
        for other in strange:
            if _bare(other) == fold(title) and fits(key, other):
                text = Text(
                    "工作表“{o}”是“{t}”的副本，未读取，只读取“{t}” — 请把数据填在“{t}”并删去副本",
                    "the sheet “{o}” is a copy of “{t}” and is not read, “{t}” alone is — enter the data in “{t}” and delete the copy",
                )
                findings.append(Finding(WARNING, "copied-sheet", other, text.fill(o=other, t=title)))
    return Titles(titles, findings)


def _bare(title: str) -> str:
    return _COPY.sub("", fold(title))


def _missing(absent: list[str], wanted: Mapping[str, str], strange: Sequence[str], fits: Fits) -> Refused:
    like = [(title, wanted[key]) for key in absent for title in strange if fits(key, title)]
    hint = Text("", "")
    if like:
        hint = Text(
            "；" + "；".join(f"工作表“{title}”的表头是“{right}”的" for title, right in like),
            "; " + "; ".join(f"the sheet “{title}” has the headings of “{right}”" for title, right in like),
        )
    return refused(
        "",
        "missing-sheet",
        "缺少工作表：{n}{h} — 请把填有该内容的工作表改回此名，或从收到的模板中补回",
        "sheets are missing: {n}{h} — give the sheet that holds them this name again, or bring it back from the template you received",
        n="、".join(sorted(wanted[key] for key in absent)),
        h=hint,
    )


def stamp_in(grid: Sequence[Sequence[object]], format: str) -> tuple[int, int] | None:
    """Where in a sheet the stamp's format stands, wherever rows and columns put before it moved it."""
    for row, cells in enumerate(grid[:_ROWS]):
        for column, cell in enumerate(cells[:_COLUMNS]):
            if isinstance(cell, str) and cell.strip() == format:
                return row, column
    return None
