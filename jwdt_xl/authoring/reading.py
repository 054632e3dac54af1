"""An authoring workbook back to a guide, with sheet!cell of every error."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ..assessment.values import of_text
from ..errors import Refused
from ..messages import ERROR, INFO, LANGUAGES, WARNING, Finding, Text
from ..opening import titles
from ..opening.container import WORKBOOK, kind_of
from ..opening.refusals import refused
from ..opening.sheets import Formulas, filled_in
from ..opening.untold import ErrorValue, Unsaved, formula_note
from ..standard.guide import FORMAT as GUIDE_FORMAT
from ..standard.guide import Guide, from_dict
from ..standard.guide.derivation_file import FRACTION, derived_codes
from ..standard.record import BETWEEN, CHOICE, NAMES, NUMBER, Spec
from ..standard.scoring import WEIGHT_TOLERANCE
from ..workbook.plan import STAMP_FIRST, Cell
from . import scale
from .english import doubtful
from .fields import TABLES
from .layout import FIRST, FORMAT, HEADER, SHEETS, VALUE, VERSION, Layout
from .shown import as_text, read_as_shown
from .study import disagreements
from .weights.fields import SINCE as SHEETS_SINCE
from .weights.reading import DerivationReading, laid_out

Grid = list[list[Any]]


def build(path: str | os.PathLike[str], notes: list[Finding] | None = None, previous: Guide | None = None) -> Guide:
    """The guide (or draft) in an authoring workbook. Raises Refused with the sheet and cell of every error. notes takes what
    its author should know besides: typed weights that a derivation replaces, English older than its Chinese (previous) …"""
    return guide_of(read(path), notes, previous)


def guide_of(reading: Reading, notes: list[Finding] | None = None, previous: Guide | None = None) -> Guide:
    """As build, of a workbook that is read already."""
    try:
        guide = from_dict(reading.data, strict=True)
    except Refused as error:
        lacking = {f"nodes[{i}].benchmark" for i in reading.without_benchmark()}
        found = tuple(f._replace(where=reading.where(f.where)) for f in error.findings if f.where not in lacking)
        raise Refused((*found, *reading.unclear(), *reading.strays())) from error
    if unclear := reading.unclear():
        raise Refused((*unclear, *reading.strays()))
    if notes is not None:
        english = (f._replace(where=reading.where(f.where)) for f in doubtful(guide, previous))
        notes += [*reading.replaced(guide), *reading.uncounted(guide), *disagreements(guide)]
        notes += [*english, *reading.strays()]
        notes += [*reading.computed(), *scale.of_guide(guide, reading.where), *reading.shown]
    return guide


def read_unfinished(path: str | os.PathLike[str]) -> dict[str, Any]:
    """All that is filled in, as the dict of a guide file that may be unfinished: to write a workbook anew from it."""
    reading = read(path)
    nodes = [{**node, **reading.typed.get(node.get("code", ""), {})} for node in reading.data["nodes"]]
    return {**reading.data, "nodes": nodes}


class Reading:
    """What a workbook says, in the form of a guide file, and where each part of it stands."""

    def __init__(self, layout: Layout, grids: dict[str, Grid], formulas: Formulas | None = None) -> None:
        self.layout = layout
        self._grids = grids
        self._formulas = formulas or {}
        #: The cells filled in by a formula.
        self._computed: set[Cell] = set()
        self._places: dict[str, Cell] = {}
        self._findings: list[Finding] = []
        #: Sheets that were renamed, numbers left as texts, benchmarks in % read as they are shown.
        self.shown: list[Finding] = []
        self.data: dict[str, Any] = {"format": GUIDE_FORMAT}
        for name, spec in layout.facts.items():
            cell = self.layout.fact(name)
            if self._heading_fits(cell._replace(col=0), spec.label):
                self._put(self.data, name, name, cell, spec)
        self._options()
        for name in layout.tables:
            self._table(name)
        if "nodes" not in self.data:  # its headings moved, so nothing below can be placed
            raise Refused(tuple(self._findings))
        #: What was typed in the tree where it follows from the other sheets: weight and source by code.
        self.typed: dict[str, dict[str, Any]] = {}
        if layout.version > 1:
            self._derivation()
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

    def _derivation(self) -> None:
        """Where weights come from; a weight typed where it follows from this goes, and its source with it."""
        found = DerivationReading(self.layout.derivation, self._value, self._put, self._places).data
        if not found:
            return
        self.data["derivation"] = found
        derived = derived_codes(self.data)
        for i, node in enumerate(self.data["nodes"]):
            if node.get("code") in derived and "weight" in node:
                fields = [field for field in ("weight", "weight_source") if field in node]
                self.typed[node["code"]] = {field: node.pop(field) for field in fields}
            self._places.setdefault(f"nodes[{i}].weight_source", self._places[f"nodes[{i}]"])

    def without_benchmark(self) -> list[int]:
        """Places of nodes that say something of their benchmark but not its value."""
        benchmarks = (node.get("benchmark") for node in self.data["nodes"])
        return [i for i, benchmark in enumerate(benchmarks) if benchmark and "value" not in benchmark]

    def unclear(self) -> list[Finding]:
        """What a workbook can say that a file cannot, or that is better said of its cells."""
        absent = Text(
            "有基准值的来源、年份等，而无基准值 — 请填写基准值，或清空这些单元格",
            "the benchmark has a source or year but no value — type the value, or clear those cells",
        )
        text = Text(
            "判断“{v}”是文本，不是数 — 请输入 ={v}",
            "the judgement “{v}” is text, no number — type ={v}",
        )
        found = [
            Finding(ERROR, "bad-benchmark", self.where(f"nodes[{i}].benchmark.value"), absent)
            for i in self.without_benchmark()
        ]
        for i, matrix in enumerate(self.data.get("derivation", {}).get("ahp", ())):
            for row, line in matrix["judgements"].items():
                for column, value in line.items():
                    if isinstance(value, str) and FRACTION.fullmatch(value):
                        where = self.where(f"derivation.ahp[{i}].judgements.{row}.{column}")
                        found.append(Finding(ERROR, "not-a-number", where, text.fill(v=value.strip())))
        return found

    def replaced(self, guide: Guide) -> list[Finding]:
        """A note for each typed weight that its derivation replaces by another."""
        notes = []
        for i, node in enumerate(self.data["nodes"]):
            typed = self.typed.get(node.get("code", ""), {}).get("weight")
            if typed is None:
                continue
            weight = guide.by_code[node["code"]].weight
            if isinstance(typed, (int, float)) and abs(typed - weight) <= WEIGHT_TOLERANCE:
                continue
            text = Text(
                "“{n}”填写的权重 {t} 由推导所得 {w:.10g} 替换；要用填写的权重，请清空该组的推导",
                "the typed weight {t} of “{n}” is replaced by its derivation, {w:.10g}; to keep it, clear what the group is derived from",
            ).fill(n=guide.by_code[node["code"]].name, t=typed, w=weight)
            notes.append(Finding(INFO, "weight-replaced", self.where(f"nodes[{i}].weight"), text, "transparency"))
        return notes

    def uncounted(self, guide: Guide) -> list[Finding]:
        """A note for each expert whose scores have no effect, as the expert's weight is 0."""
        text = Text(
            "专家“{e}”的权重为 0，其评分不计入平均、人数和一致程度；要计入请改为大于 0",
            "the weight of expert “{e}” is 0: the scores count neither in the mean nor in number and agreement; to count them, make it more than 0",
        )
        experts = guide.derivation.experts if guide.derivation else ()
        return [
            Finding(INFO, "uncounted-expert", self.where(f"derivation.experts[{i}].weight"), text.fill(e=expert.name))
            for i, expert in enumerate(experts)
            if expert.scores and expert.weight == 0
        ]

    def computed(self) -> list[Finding]:
        """A note for each sheet of cells whose formula is read by its saved value."""
        by_sheet: dict[str, list[tuple[int, int]]] = {}
        for cell in self._computed:
            by_sheet.setdefault(cell.sheet, []).append((cell.row, cell.col))
        return [note for sheet, places in by_sheet.items() for note in formula_note(self.layout.title(sheet), places)]

    def strays(self) -> list[Finding]:
        """A note where the sheets on weights were made for another tree and are in use."""
        if "derivation" not in self.data:
            return []
        tree = {str(node.get("code", "")): str(node.get("parent", "")) for node in self.data["nodes"]}
        sheets = self.layout.derivation.parent
        changed = [code for code in {**tree, **sheets} if code and tree.get(code) != sheets.get(code)]
        if not changed:
            return []
        text = Text(
            "评分、AHP、问卷各表按原来的指标树生成，{c} 有增减或移动 — 运行 jwdt guide new --from 本文件 -o 新文件，已填内容一并带过去",
            "the sheets on weights were made for another tree, {c} differ — run jwdt guide new --from THIS -o NEW, which takes along what is filled in",
        ).fill(c=", ".join(changed))
        place = self.layout.where(self.layout.derivation.expert_line("code"))
        return [Finding(WARNING, "other-tree", place, text, "consistency")]

    def _value(self, cell: Cell) -> Any:
        return _cell(self._grids, cell)

    def _put(self, entry: dict[str, Any], key: str, path: str, cell: Cell, spec: Spec, computed: bool = False) -> None:
        """A cell's value into an entry, unless it is blank; where it stands in any case.

        computed: a cell with a formula of ours, of which a program that computes nothing saves no value.
        """
        self._places[path] = cell
        value = self._value(cell)
        if isinstance(value, ErrorValue) and not (computed and isinstance(value, Unsaved)):
            self._findings.append(Finding(ERROR, value.code, self.layout.where(cell), value.why()))
            return
        if value == "" or value is None:
            return
        if not computed and (cell.row, cell.col) in self._formulas.get(self.layout.title(cell.sheet), ()):
            self._computed.add(cell)
        if spec.kind == NUMBER:
            if not path.startswith("derivation."):  # there the workbook's own formulas count no text as a number
                value = of_text(value, self.layout.where(cell), self.shown)
        elif spec.kind == CHOICE:
            value = next((code for code, label in spec.choices if value in (code, *label)), value)
        elif spec.kind == NAMES:
            value = [name.strip() for name in re.split(f"[{BETWEEN};\n]", as_text(value)) if name.strip()]
        else:
            value = as_text(value)
        entry[key] = value

    def _options(self) -> None:
        options: dict[str, Any] = {}
        for option in self.layout.options:
            cell = self.layout.option(option.name)
            kind = CHOICE if option.choices else NUMBER
            spec = Spec(kind, option.label, option.help, choices=option.choices)
            if self._heading_fits(cell._replace(col=0), option.label):
                self._put(options, option.name, f"options.{option.name}", cell, spec)
        self.data["options"] = options

    def _table(self, name: str) -> None:
        fields = self.layout.fields(name)
        fits = [
            self._heading_fits(self.layout.cell(name, HEADER - FIRST, field), spec.label)
            for field, spec in fields.items()
        ]
        if not all(fits):
            return
        entries: list[Any] = []
        for row in range(len(self._grids[name]) - FIRST):
            if all(_blank(self._value(self.layout.cell(name, row, field))) for field in fields):
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


def _blank(value: Any) -> bool:
    return value in ("", None) and not isinstance(value, ErrorValue)


def read(path: str | os.PathLike[str]) -> Reading:
    """What an authoring workbook says. Raises Refused where the file is none, or its headings moved."""
    name = os.fspath(path)
    if kind_of(name) != WORKBOOK:
        raise _not_ours(name)
    file, formulas = filled_in(name)
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
    layout = Layout(stamp[2] if stamp[2] in LANGUAGES else LANGUAGES[0], version=int(stamp[1]))
    later = {name for name, since in SHEETS_SINCE.items() if since > layout.version} | {*TABLES} - set(layout.tables)
    wanted = {key: layout.title(key) for key in SHEETS if key not in ("howto", "lists", *later)}
    found = titles.found(wanted, list(file), lambda *_: False, {})
    grids = {key: file[found.of[key]] for key in wanted}
    formulas = {wanted[key]: formulas.get(title, ()) for key, title in found.of.items()}
    if layout.version > 1:
        layout.derivation = laid_out(lambda cell: _cell(grids, cell), as_text, layout.version, *stamp[3:5])
    reading = Reading(layout, grids, formulas)
    reading.shown += [
        *found.findings,
        *read_as_shown(name, reading.data, reading._places.__getitem__, found.of.__getitem__, layout.where),
    ]
    return reading


def _cell(grids: dict[str, Grid], cell: Cell) -> Any:
    grid = grids[cell.sheet]
    row = grid[cell.row] if cell.row < len(grid) else []
    value = row[cell.col] if cell.col < len(row) else ""
    return value.strip() if isinstance(value, str) and not isinstance(value, ErrorValue) else value


def _stamp(file: Mapping[str, Grid]) -> list[str]:
    for grid in file.values():
        place = titles.stamp_in(grid, FORMAT)
        if place is not None:
            row, column = place
            rows = [grid[at] if at < len(grid) else [] for at in range(row, row + 5)]
            return [as_text(cells[column]).strip() if len(cells) > column else "" for cells in rows]
    return [""] * 5


def _not_ours(name: str) -> Refused:
    return refused(
        name,
        "not-authoring",
        "不是指南编制工作簿（首个工作表 {c} 须为 {f}）— 请用 jwdt guide new 生成",
        "no workbook for authors of guides ({c} of the first sheet must be {f}) — make one with jwdt guide new",
        c=xl_rowcol_to_cell(STAMP_FIRST, VALUE),
        f=FORMAT,
    )
