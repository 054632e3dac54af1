"""An authoring workbook back to a guide, with sheet!cell of every error."""

from __future__ import annotations

import datetime
import os
import re
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from ..assessment.model import CHOICE, NUMBER, Spec
from ..errors import Refused
from ..messages import ERROR, LANGUAGES, Finding, Text
from ..portfolio.refusals import refused
from ..standard.guide import FORMAT as GUIDE_FORMAT
from ..standard.guide import Guide, from_dict
from ..standard.options import OPTIONS
from ..workbook.layout import STAMP_FIRST, Cell
from .fields import FACTS, TABLES
from .layout import FIRST, FORMAT, HEADER, SHEETS, VALUE, VERSION, Layout
from .opening import open_workbook

Grid = list[list[Any]]


def build(path: str | os.PathLike[str]) -> Guide:
    """The guide (or draft) in an authoring workbook. Raises Refused with the sheet and cell of every error."""
    reading = read(path)
    try:
        return from_dict(reading.data, strict=True)
    except Refused as error:
        raise Refused(tuple(f._replace(where=reading.where(f.where)) for f in error.findings)) from error


class Reading:
    """What a workbook says, in the form of a guide file, and where each part of it stands."""

    def __init__(self, layout: Layout, grids: dict[str, Grid]) -> None:
        self.layout = layout
        self._grids = grids
        self._places: dict[str, Cell] = {}
        self._findings: list[Finding] = []
        self.data: dict[str, Any] = {"format": GUIDE_FORMAT}
        for name, spec in FACTS.items():
            cell = self.layout.fact(name)
            if self._heading_fits(cell._replace(col=0), spec.label):
                self._put(self.data, name, name, cell, spec)
        self._options()
        for name in TABLES:
            self._table(name)
        if self._findings:
            raise Refused(tuple(self._findings))

    def where(self, path: str) -> str:
        """sheet!cell of a path of the guide file, or of the nearest part of it."""
        if path == "nodes":  # the sum of the first levels
            return self.layout.where(self.layout.live("weights"))
        while path not in self._places:
            shorter = re.sub(r"[.\[][^.\[]*$", "", path)
            if shorter == path:
                return path
            path = shorter
        return self.layout.where(self._places[path])

    def _value(self, cell: Cell) -> Any:
        grid = self._grids[cell.sheet]
        row = grid[cell.row] if cell.row < len(grid) else []
        value = row[cell.col] if cell.col < len(row) else ""
        return value.strip() if isinstance(value, str) else value

    def _put(self, entry: dict[str, Any], key: str, path: str, cell: Cell, spec: Spec) -> None:
        """A cell's value into an entry, unless it is blank; where it stands in any case."""
        self._places[path] = cell
        value = self._value(cell)
        if value == "" or value is None:
            return
        if spec.kind == CHOICE:
            value = next((code for code, label in spec.choices if value in (code, *label)), value)
        elif spec.kind != NUMBER:
            value = _as_text(value)
        entry[key] = value

    def _options(self) -> None:
        options: dict[str, Any] = {}
        for option in OPTIONS:
            cell = self.layout.option(option.name)
            kind = CHOICE if option.choices else NUMBER
            spec = Spec(kind, option.label, option.help, choices=option.choices)
            if self._heading_fits(cell._replace(col=0), option.label):
                self._put(options, option.name, f"options.{option.name}", cell, spec)
        self.data["options"] = options

    def _table(self, name: str) -> None:
        fields = TABLES[name]
        fits = [
            self._heading_fits(self.layout.cell(name, HEADER - FIRST, field), spec.label)
            for field, spec in fields.items()
        ]
        if not all(fits):
            return
        entries: list[Any] = []
        for row in range(len(self._grids[name]) - FIRST):
            if all(self._value(self.layout.cell(name, row, field)) in ("", None) for field in fields):
                continue
            path = f"{name}[{len(entries)}]"
            entry: dict[str, Any] = {}
            self._places[path] = self.layout.cell(name, row, next(iter(fields)))
            for field, spec in fields.items():
                outer, _, part = field.partition(".")
                cell = self.layout.cell(name, row, field)
                if not part:
                    self._put(entry, outer, f"{path}.{field}", cell, spec)
                    continue
                self._places.setdefault(f"{path}.{outer}", cell)
                inner: dict[str, Any] = entry.get(outer, {})
                self._put(inner, part, f"{path}.{field}", cell, spec)
                if inner:
                    entry[outer] = inner
            entries.append([entry.get("zh", ""), entry.get("en", "")] if name == "gaps" else entry)
        if entries or name == "nodes":
            self.data[name] = entries

    def _heading_fits(self, cell: Cell, label: Text) -> bool:
        found, wanted = str(self._value(cell)), self.layout.text(label)
        if found == wanted:
            return True
        text = Text(
            "表头须为“{w}”，实为“{f}”；请恢复原来的行列",
            "heading must be “{w}”, found “{f}”; restore the rows and columns",
        ).fill(w=wanted, f=found)
        self._findings.append(Finding(ERROR, "moved-header", self.layout.where(cell), text))
        return False


def _as_text(value: Any) -> str:
    """What was typed into a text cell; a year or code may have become a number, a date a date."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def read(path: str | os.PathLike[str]) -> Reading:
    """What an authoring workbook says. Raises Refused where the file is none, or its headings moved."""
    name = os.fspath(path)
    file = open_workbook(name)
    if file is None:
        raise _not_ours(name)
    stamp = _stamp(file)
    if stamp[0] != FORMAT:
        raise _not_ours(name)
    if not stamp[1].isdigit() or int(stamp[1]) > VERSION:
        raise refused(
            name,
            "newer-layout",
            "布局版本 {v} 比本程序({m})新 — 请升级 jwdt-xl",
            "layout version {v} is newer than this program's ({m}) — upgrade jwdt-xl",
            v=stamp[1],
            m=VERSION,
        )
    layout = Layout(stamp[2] if stamp[2] in LANGUAGES else LANGUAGES[0])
    wanted = {key: layout.title(key) for key in SHEETS if key not in ("howto", "lists")}
    absent = [title for title in wanted.values() if title not in file.sheet_names]
    if absent:
        raise refused(
            name,
            "missing-sheet",
            "缺少工作表：{n} — 请用原工作簿编制",
            "sheets are missing: {n} — use the original workbook",
            n="、".join(absent),
        )
    grids = {key: file.get_sheet_by_name(title).to_python(skip_empty_area=False) for key, title in wanted.items()}
    return Reading(layout, grids)


def _stamp(file: CalamineWorkbook) -> list[str]:
    grid = file.get_sheet_by_index(0).to_python(skip_empty_area=False) if file.sheet_names else []
    rows = [grid[row] if row < len(grid) else [] for row in range(STAMP_FIRST, STAMP_FIRST + 3)]
    return [_as_text(row[VALUE]) if len(row) > VALUE else "" for row in rows]


def _not_ours(name: str) -> Refused:
    return refused(
        name,
        "not-authoring",
        "不是指南编制工作簿（首个工作表 {c} 须为 {f}）— 请用 jwdt guide new 生成",
        "no workbook for authors of guides ({c} of the first sheet must be {f}) — make one with jwdt guide new",
        c=xl_rowcol_to_cell(STAMP_FIRST, VALUE),
        f=FORMAT,
    )
