"""The authoring workbook: a guide laid out to be edited in Excel, WPS or LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from ..messages import WARNING, Finding, Text, get_language, speaking
from ..standard.guide import Guide, builtin, to_dict
from ..standard.guide.nodes import named_ends
from ..standard.guide.options import OPTIONS, Option
from ..standard.guide.sentences import DERIVED as SOURCE_DERIVED
from ..standard.record import BETWEEN, CHOICE, NAMES, NUMBER, Spec
from ..workbook.book import Book
from ..workbook.plan import STAMP_FIRST, Cell
from ..workbook.texts import COLOUR_KEY, COLOURS, NOT_A_NUMBER, NOT_A_NUMBER_TITLE, NOT_LISTED, NOT_LISTED_TITLE
from . import checked, live, texts
from .english import without_copies
from .fields import FACTS, LEADS, TABLES
from .layout import COMPUTED, FIRST, HEADER, LIVE, SHEETS, Layout
from .live import Live
from .row_rules import TERMS
from .weights.ahp_sheet import SAATY
from .weights.layout import DerivationLayout
from .weights.sheets import DerivationSheets

Entry = Mapping[str, Any]


def new_book(
    path: str | Path,
    guide: Guide | Entry | None = None,
    language: str | None = None,
    *,
    empty: bool = False,
    experts: int | None = None,
    survey: Sequence[Entry] | None = None,
    finish: Callable[[Book, Layout], None] | None = None,
) -> list[Finding]:
    """Write an authoring workbook: of a guide or draft, else the tree of the general rule to start from, or empty.

    A guide may be given as the dict of its file, which may be unfinished (see read_unfinished). experts: room for
    so many, rows and matrices per group. survey: the results of a survey by node (code, score, answers, source), in place of the guide's.
    finish: what is done with the book at the end.
    Returns what of an unfinished derivation has no place in the workbook, as its tree has no such codes any more.
    """
    language = language or get_language()
    if isinstance(guide, Guide):
        data = to_dict(guide)
        derived = {share.node.code for group in guide.derived.values() for share in group.shares}
        data["nodes"] = [_without_weight(node) if node["code"] in derived else node for node in data["nodes"]]
    elif guide is None:
        data = {"nodes": []} if empty else start(language)
    else:
        data = dict(guide)
    if survey is not None:
        data["derivation"] = {**data.get("derivation", {}), "survey": [dict(result) for result in survey]}
    data = without_copies(data)
    with speaking(language):
        layout = Layout(language, data, derivation=DerivationLayout.of(data, experts))
        with Book(Path(path), layout, texts.TITLE, SHEETS) as book:
            _Writer(book, layout, data).write()
            if finish:
                finish(book, layout)
    return _left(data, layout.derivation)


def _left(data: Entry, at: DerivationLayout) -> list[Finding]:
    """Scores, judgements and results of nodes that the tree does not have, or has elsewhere."""
    derivation = data.get("derivation", {})
    gone: dict[str, None] = {}
    for expert in derivation.get("experts", ()):
        gone |= {code: None for code in expert.get("scores", ()) if code not in at.parent}
    for name in ("survey", "sample"):
        gone |= {result["code"]: None for result in derivation.get(name, ()) if result["code"] not in at.parent}
    for matrix in derivation.get("ahp", ()):
        siblings = at.children.get(matrix.get("parent", ""), ())
        for one, line in matrix.get("judgements", {}).items():
            gone |= {code: None for code in (one, *line) if code not in siblings}
    if not gone:
        return []
    text = Text(
        "指标树中没有(或已移到别组)的 {c}，其评分、判断、问卷结果没有带过去",
        "scores, judgements and results of {c} are left behind: the tree has no such codes, or in another group",
    ).fill(c=", ".join(gone))
    return [Finding(WARNING, "left-behind", "derivation", text, "transparency")]


def start(language: str) -> dict[str, Any]:
    """Table 1 as a new guide: the tree and its weights with their source; what makes it a guide of its own is blank."""
    general = builtin()
    source = general.source.zh if language == "zh" else general.source.en
    nodes = [{**node, "weight_source": source} for node in to_dict(general)["nodes"]]
    return {"nodes": nodes, "options": dict(general.options)}


class _Writer:
    def __init__(self, book: Book, layout: Layout, data: Mapping[str, Any]) -> None:
        self.book, self.layout = book, layout
        self.data = data
        self.formulas = Live(self.layout, self._offered)
        self.weights = DerivationSheets(book, self.layout, data, self._input, self._validate, self._offer)
        self.weights.names = {str(node.get("code", "")): self._node_name(node) for node in data["nodes"]}
        self.lists: dict[str, tuple[str, ...]] = {}
        self.t = self.layout.text

    def write(self) -> None:
        self._howto()
        self._facts()
        self._options()
        for name in TABLES:
            self._table(name)
        self.weights.write()
        self._live()
        self._lists()
        for name, reference in self.layout.names.items():
            self.book.file.define_name(name, "=" + reference)
        for key, sheet in self.book.sheets.items():
            sheet.hide_gridlines(2)
            sheet.set_paper(8 if key in ("nodes", "experts", "combination") else 9)  # A3, A4
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.set_footer("&L&A&R&P / &N")
            sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
            if key == "lists":
                sheet.hide()
        self.book.sheets["facts"].activate()

    def _head(self, sheet: str, width: int) -> None:
        worksheet = self.book.sheets[sheet]
        self.book.write(Cell(sheet, 0, 0), self.layout.title(sheet), "title")
        worksheet.set_row(0, 26)
        worksheet.merge_range(1, 0, 1, width, self.t(LEADS[sheet]), self.book.style("lead"))
        worksheet.set_row(1, 32)

    def _howto(self) -> None:
        worksheet = self.book.sheets["howto"]
        worksheet.set_column(0, 0, 24)
        worksheet.set_column(1, 1, 110)
        self.book.write(Cell("howto", 0, 0), self.t(texts.TITLE), "title")
        for key, (value, cell) in self.layout.stamp.items():
            self.book.write(cell._replace(col=0), self.t(texts.STAMP[key]), "hint")
            self.book.write(cell, value, "hint")
        row = STAMP_FIRST + len(self.layout.stamp) + 1
        for heading, lines in (texts.STEPS, texts.RULES):
            self.book.write(Cell("howto", row, 0), self.t(heading), "section")
            for line in lines:
                self.book.write(Cell("howto", row, 1), self.t(line), "wrap")
                row += 1
            row += 1
        self.book.write(Cell("howto", row, 0), self.t(COLOURS), "section")
        for style, text in COLOUR_KEY.items():
            self.book.write(Cell("howto", row, 1), self.t(text), style)
            row += 1

    def _facts(self) -> None:
        worksheet = self.book.sheets["facts"]
        for col, width in enumerate((26, 60, 70)):
            worksheet.set_column(col, col, width)
        self._head("facts", 2)
        worksheet.freeze_panes(FIRST, 0)
        for name, spec in FACTS.items():
            cell = self.layout.fact(name)
            self.book.write(cell._replace(col=0), self.t(spec.label), "label")
            self._input(cell, spec, self.data.get(name))
            self.book.write(cell._replace(col=2), self.t(spec.help), "hint")
            self._validate(cell, name, spec)

    def _options(self) -> None:
        worksheet = self.book.sheets["options"]
        for col, width in enumerate((30, 26, 100)):
            worksheet.set_column(col, col, width)
            self.book.write(Cell("options", HEADER, col), self.t(texts.OPTION_HEAD[col]), "heading")
        self._head("options", 2)
        worksheet.freeze_panes(FIRST, 0)
        for option in OPTIONS:
            cell = self.layout.option(option.name)
            spec = Spec(
                CHOICE if option.choices else NUMBER,
                option.label,
                option.help,
                choices=option.choices,
                maximum=option.maximum or None,
            )
            self.book.write(cell._replace(col=0), self.t(option.label), "label")
            self._input(cell, spec, self.data.get("options", {}).get(option.name))
            self.book.write(cell._replace(col=2), self._meaning(option), "hint")
            self._validate(cell, f"options.{option.name}", spec)

    def _meaning(self, option: Option) -> str:
        default = self.t(Text("默认 {v}", "default {v}").fill(v=option.label_of(option.default)))
        return f"{self.t(option.help)} ({default})"

    def _table(self, name: str) -> None:
        fields = TABLES[name]
        worksheet = self.book.sheets[name]
        self._head(name, max(3, len(fields) - 1))
        worksheet.set_row(HEADER, 32)
        worksheet.freeze_panes(FIRST, texts.FROZEN.get(name, 0))
        worksheet.repeat_rows(HEADER)
        last = FIRST + self.layout.rows[name] - 1
        for field, spec in fields.items():
            cell = self.layout.cell(name, 0, field)
            worksheet.set_column(cell.col, cell.col, texts.WIDTHS.get(field, 14))
            self.book.write(cell._replace(row=HEADER), self.t(spec.label), "heading")
            self._validate(cell, f"{name}.{field}", spec, last)
        entries = self._entries(name)
        for row in range(self.layout.rows[name]):
            entry = entries[row] if row < len(entries) else {}
            derived = name == "nodes" and self._derived(entry)
            if derived:
                # A source beside a typed weight is that weight's, and goes with it.
                entry = {**entry, "weight": None, "weight_source": None if "weight" in entry else _own_source(entry)}
            for field, spec in fields.items():
                outer, _, part = field.partition(".")
                value = entry.get(outer, {}).get(part) if part else entry.get(outer)
                needed = spec.required and not (derived and field == "weight")
                self._input(self.layout.cell(name, row, field), spec._replace(required=needed), value)

    def _derived(self, entry: Entry) -> bool:
        """Whether a node's weight follows from the other sheets, so that the tree need not state it."""
        return self.weights.combination.is_derived(str(entry.get("code", "")))

    def _node_name(self, node: Entry) -> str:
        zh, en = str(node.get("name_zh", "")), str(node.get("name_en", ""))
        return zh if self.layout.language == "zh" or not en else en

    def _entries(self, name: str) -> Sequence[Entry]:
        entries = self.data.get(name, ())
        if name == "gaps":
            return [dict(zip(("zh", "en"), gap, strict=False)) for gap in entries]
        return [{**entry, "range": named_ends(entry["range"])} if "range" in entry else entry for entry in entries]

    def _live(self) -> None:
        """The computed cells, with the values they have when the file is made."""
        nodes = [{**node, "weight": self._in_use(node)} for node in self._entries("nodes")]
        weights = self.weights.combination
        worksheet = self.book.sheets["nodes"]
        for key, title in COMPUTED.items():
            cell = self.layout.cell("nodes", 0, key)
            worksheet.set_column(cell.col, cell.col, texts.WIDTHS[key])
            self.book.write(cell._replace(row=HEADER), self.t(title), "heading")
        self._offer("nodes.terms", TERMS)
        self._offer("open", live.OPEN_WORDS)
        inputs = [str(entry.get("code", "")) for entry in self._entries("inputs")]
        shown = live.sums_and_checks(nodes, inputs)
        for row in range(self.layout.rows["nodes"]):
            total, check = shown[row] if row < len(shown) else ("", Text("", ""))
            self.book.formula(self.layout.cell("nodes", row, "sum"), self.formulas.sum(row), total, "weight")
            self.book.formula(self.layout.cell("nodes", row, "check"), self.formulas.check(row), self.t(check))
            in_use = nodes[row]["weight"] if row < len(nodes) and nodes[row].get("code") else ""
            self.book.formula(self.layout.cell("nodes", row, "in_use"), weights.in_use(row), in_use, "weight")
        checked.write_rules(self.book, self.formulas, nodes, [total for total, _ in shown], inputs)
        checked.mark_problems(self.book, self.layout)
        values: dict[str, float | str] = {
            "weights": live.first_level_weights(nodes),
            "problems": sum(check != live.OK for _, check in shown),
            "gaps": len(self._entries("gaps")),
            "open": self.t(live.open_check(self.data.get("open") or ["none"])),
        }
        top = self.layout.live("weights")
        self.book.write(Cell("facts", top.row - 1, 0), self.t(texts.LIVE), "section")
        for key, (label, help) in LIVE.items():
            cell = self.layout.live(key)
            self.book.write(cell._replace(col=0), self.t(label), "label")
            style = "weight" if key == "weights" else "computed"
            self.book.formula(cell, getattr(self.formulas, key)(), values[key], style)
            self.book.write(cell._replace(col=2), self.t(help), "hint")

    def _in_use(self, node: Entry) -> Any:
        """The weight of a node: by its derivation, else as typed."""
        return self.weights.combination.weight_in_use(str(node.get("code", "")), node.get("weight", ""))

    # Input cells

    def _input(self, cell: Cell, spec: Spec, value: Any) -> None:
        if spec.kind == CHOICE and value not in (None, ""):
            value = self.t(dict(spec.choices).get(value, Text(str(value), str(value))))
        if spec.kind != NUMBER and value is not None:
            # An empty list says that there is none, which a blank cell would not.
            value = BETWEEN.join(value) or self.t(_NONE) if spec.kind == NAMES else str(value)
        style = "needed" if spec.required else "optional"
        self.book.write(cell, value, style if spec.kind == NUMBER else f"{style}_text")

    def _validate(self, cell: Cell, path: str, spec: Spec, last_row: int | None = None) -> None:
        rule: dict[str, Any] = {"input_title": self.t(spec.label)[:32], "input_message": self.t(spec.help)[:255]}
        if spec.kind == NUMBER:
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
            if spec.maximum is not None:
                rule |= {"criteria": "between", "minimum": spec.minimum, "maximum": spec.maximum}
                del rule["value"]
            if spec.whole:
                rule |= {"validate": "integer"}
            rule |= {"error_title": self.t(NOT_A_NUMBER_TITLE), "error_message": self.t(NOT_A_NUMBER)}
        elif spec.kind == CHOICE:
            rule |= {"validate": "list", "source": "=" + self._list(path, spec)}
            rule |= {"error_title": self.t(NOT_LISTED_TITLE), "error_message": self.t(NOT_LISTED)}
        elif spec.code:
            codes = self.layout.range("nodes", "code")
            rule |= {"validate": "list", "source": "=" + codes, "error_type": "warning"}
            rule |= {"error_message": self.t(texts.CODE_UNKNOWN)}
        else:
            rule |= {"validate": "any"}
        self.book.validate(cell, rule, last_row)

    def _list(self, path: str, spec: Spec) -> str:
        return self._offer(path, [self.t(label) for _, label in spec.choices])

    def _offer(self, path: str, offered: Sequence[str]) -> str:
        """The cells a drop-down offers, on the sheet of lists."""
        self.lists[path] = tuple(offered)
        letters = xl_col_to_name(list(self.lists).index(path))
        return f"'{self.layout.title('lists')}'!${letters}$2:${letters}${len(offered) + 1}"

    def _offered(self, path: str) -> str:
        """The cells of a list, as drop-downs have them."""
        return self._offer(path, self.lists[path])

    def _lists(self) -> None:
        for col, (path, offered) in enumerate(self.lists.items()):
            self.book.write(Cell("lists", 0, col), path)
            for row, label in enumerate(offered, 1):
                cell = Cell("lists", row, col)
                if offered == SAATY:  # numbers, shown as fractions
                    over, _, under = label.partition("/")
                    self.book.formula(cell, f"{over}/{under or 1}", int(over) / int(under or 1), "fraction")
                else:
                    self.book.write(cell, label)


_NONE = Text("无", "none")


def _without_weight(node: Entry) -> Entry:
    return {field: value for field, value in node.items() if field != "weight"}


def _own_source(entry: Entry) -> Any:
    """The source of a derived weight that its author has written; the one made by the program is made anew."""
    source = str(entry.get("weight_source", ""))
    return None if source.startswith(SOURCE_DERIVED) else source
