"""Returns that differ, made fast: one workbook cloned at zip level, with other inputs and the results that follow."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl import workbook
from jwdt_xl.assessment import evaluate
from jwdt_xl.portfolio.collection import shown as page_of
from jwdt_xl.standard.codes import uscc_check_character
from jwdt_xl.workbook.plan import Cell

CORE = "docProps/core.xml"


def uscc(number: int) -> str:
    """A valid credit code of its own for each number."""
    digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    tail = ""
    for _ in range(6):
        number, place = divmod(number, len(digits))
        tail = digits[place] + tail
    code = f"91330500MA2{tail}"
    return code + uscc_check_character(code)


def rewritten(source: Path, target: Path, parts: dict[str, Any]) -> Path:
    """A copy of a workbook with some parts changed: content, a function of the old content, or None to leave it out."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for entry in old.infolist():
            change = parts.get(entry.filename, entry.filename)
            if change is None:
                continue
            content = old.read(entry)
            if entry.filename in parts:
                content = change(content) if callable(change) else change
            new.writestr(entry.filename, content)
        for name in set(parts) - set(old.NameToInfo):
            if parts[name] is not None:
                new.writestr(name, parts[name])
    return target


def set_cell(xml: bytes, cell: Cell | str, value: Any) -> bytes:
    """The sheet with another value in a cell; a formula stays, a text becomes an inline one."""
    address = cell if isinstance(cell, str) else xl_rowcol_to_cell(cell.row, cell.col)
    pattern = re.compile(rb'<c r="%s"([^>]*?)(/>|>(.*?)</c>)' % address.encode(), re.DOTALL)
    found = pattern.search(xml)
    assert found, address
    style = re.search(rb' s="\d+"', found[1])
    formula = re.search(rb"<f.*?(?:</f>|/>)", found[3] or b"", re.DOTALL)
    kept = b'<c r="%s"%s' % (address.encode(), style[0] if style else b"")
    if isinstance(value, str):
        text = escape(value).encode()
        new = kept + (
            b' t="str">%s<v>%s</v></c>' % (formula[0], text)
            if formula
            else b' t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % text
        )
    elif value is None:
        new = kept + b"/>"
    else:
        new = kept + b">%s<v>%s</v></c>" % (formula[0] if formula else b"", repr(value).encode())
    return xml[: found.start()] + new + xml[found.end() :]


class Returns:
    """Clones of one filled workbook."""

    def __init__(self, base: Path) -> None:
        self.base = base
        #: What each clone gives, by credit code.
        self.totals: dict[str, float | None] = {}
        self.returned = workbook.read(str(base))
        self.layout = self.returned.layout
        with zipfile.ZipFile(base) as file:
            names = re.findall(r'<sheet name="([^"]+)"', file.read("xl/workbook.xml").decode())
            self.core = file.read(CORE)
            self.parts = {name: file.read(name) for name in file.namelist()}
        self.part = {name: f"xl/worksheets/sheet{i}.xml" for i, name in enumerate(names, 1)}

    def sheet(self, key: str) -> str:
        """The part of a sheet."""
        return self.part[self.layout.title(key)]

    def write(
        self, target: Path, number: int, *, modified: str | None = "", factor: float | None = None, name: str = ""
    ) -> Path:
        """The return of enterprise ``number``: data scaled by a factor of its own, with the results that follow."""
        factor = random.Random(number).uniform(0.9, 1.1) if factor is None else factor
        data = {**self.returned.data}
        product, value = data["product"], data["output_value"]
        report = product["output"]["report"] * factor
        money = value["report"] * (1 + factor) / 2
        data["product"] = {**product, "output": {**product["output"], "report": report}}
        data["output_value"] = {**value, "report": money}
        result = evaluate(data)
        self.totals[uscc(number)] = result.total
        fields = self.layout.fields
        enterprise, indicators = self.parts[self.sheet("enterprise")], self.parts[self.sheet("indicators")]
        for path, given in (
            ("enterprise.uscc", uscc(number)),
            ("enterprise.name", name or f"企业{number:06d}"),
            ("product.output.report", report),
            ("output_value.report", money),
        ):
            enterprise = set_cell(enterprise, fields[path].cell, given)
        for cell, shown in self.results(result):
            indicators = set_cell(indicators, cell, shown)
        page = self.parts[self.sheet("summary")]
        for on_page in page_of.numbers(self.returned, result):
            page = set_cell(page, on_page.cell, on_page.right)
        parts: dict[str, Any] = {self.sheet("enterprise"): enterprise, self.sheet("indicators"): indicators}
        parts[self.sheet("summary")] = page
        parts[CORE] = self.saved(f"2024-03-{number % 28 + 1:02d}T08:00:00Z" if modified == "" else modified)
        return rewritten(self.base, target, parts)

    def saved(self, time: str | None) -> bytes:
        new = (
            b""
            if time is None
            else b'<dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified>' % time.encode()
        )
        return re.sub(rb"<dcterms:modified.*?</dcterms:modified>", new, self.core)

    def results(self, result: Any) -> list[tuple[Cell, Any]]:
        cells = self.layout.results
        found: list[tuple[Cell, Any]] = []
        for indicator in result.indicators:
            for key in ("value", "score", "weight", "weighted", "lost"):
                value = getattr(indicator, key)
                if value is not None:
                    found.append((cells[f"out_{key}_{indicator.node.code}"], value))
        for group in result.first_levels:
            found.append((cells[f"out_first_level_{group.node.code}"], group.score))
        return [*found, (cells["out_total"], result.total), (cells["out_score_so_far"], result.score_so_far)]
