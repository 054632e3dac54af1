"""Builds the corpus of bad and hostile returns: every case its own file, with the outcome and message it must get.

``cases(returns, folder)`` writes them below a folder and yields what to expect. ``returns`` is tests/portfolio/returns.py's
Returns of a good workbook; nothing here is kept in the repository, since some files are made to hurt.
"""

from __future__ import annotations

import io
import re
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

SCORED, REJECTED, SKIPPED = "scored", "rejected", "skipped"


class Case(NamedTuple):
    """A file, whether it is scored, the code of the finding it must get, and what its place and text contain."""

    name: str
    outcome: str
    code: str = ""
    where: str = ""
    text: str = ""


Change = Callable[[bytes], bytes]


class Corpus:
    def __init__(self, returns: Any, tools: Any, folder: Path) -> None:
        self.returns, self.tools, self.folder = returns, tools, folder
        self.number = 900_000
        self.fields = returns.layout.fields
        self.tables = returns.layout.tables

    def good(self, name: str, enterprise: str = "") -> Path:
        """A good return of an enterprise of its own, to be spoilt."""
        self.number += 1
        return self.returns.write(self.folder / name, self.number, name=enterprise)

    def spoilt(self, name: str, sheet: str, change: Change, enterprise: str = "") -> Path:
        path = self.good(name, enterprise)
        return self.parts(name, {self.returns.sheet(sheet): change}, path)

    def parts(self, name: str, parts: dict[str, Any], path: Path | None = None) -> Path:
        path = path or self.good(name)
        spare = path.with_name(path.name + ".part")
        self.tools.rewritten(path, spare, parts)
        spare.replace(path)
        return path

    def input(self, name: str, table: str, field: str, value: Any, row: int = 0) -> str:
        """Another value in an input cell of a table; returns its address."""
        t = self.tables[table]
        address = xl_rowcol_to_cell(t.first + row, t.inputs[field])
        self.spoilt(name, t.sheet, lambda xml: self.tools.set_cell(xml, address, value))
        return f"{self.returns.layout.title(t.sheet)}!{address}"

    def field(self, name: str, path: str, value: Any) -> str:
        cell = self.fields[path].cell
        self.spoilt(name, cell.sheet, lambda xml: self.tools.set_cell(xml, cell, value))
        return f"{self.returns.layout.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"

    def result(self, name: str, cell_name: str, change: Change) -> str:
        cell = self.returns.layout.results[cell_name]
        self.spoilt(name, cell.sheet, change)
        return f"{self.returns.layout.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"


def cases(returns: Any, tools: Any, folder: Path) -> Iterator[Case]:
    """Write every case; ``tools`` is the module of ``returns``."""
    corpus = Corpus(returns, tools, folder)
    for group in (
        _moved,
        _values,
        _sheets,
        _extents,
        _layouts,
        _containers,
        _xml,
        _macros,
        _archives,
        _names,
        _results,
    ):
        yield from group(corpus)


def shifted(xml: bytes, first: int, rows: int = 1, columns: int = 0) -> bytes:
    """Every cell from a row on moved down and to the right, as inserting rows or columns does."""

    def cell(found: re.Match[bytes]) -> bytes:
        column = sum((letter - 64) * 26**i for i, letter in enumerate(reversed(found[1]))) - 1
        row = int(found[2])
        down = rows if row >= first else 0
        return b'r="%s%d"' % (xl_col_to_name(column + columns).encode(), row + down)

    xml = re.sub(rb'<row r="(\d+)"', lambda f: b'<row r="%d"' % (int(f[1]) + (rows if int(f[1]) >= first else 0)), xml)
    xml = re.sub(rb' spans="[^"]*"', b"", xml)
    body, end = xml.split(b"</sheetData>", 1)
    return re.sub(rb'r="([A-Z]+)(\d+)"', cell, body) + b"</sheetData>" + end


def _moved(c: Corpus) -> Iterator[Case]:
    for table in ("pollutants", "energy"):
        c.spoilt(f"moved-row-{table}.xlsx", table, lambda xml: shifted(xml, 2))
        yield Case(f"moved-row-{table}.xlsx", SCORED, "moved", c.returns.layout.title(table), "已按表头找到")
    c.spoilt("moved-row-form.xlsx", "enterprise", lambda xml: shifted(xml, 6))
    yield Case("moved-row-form.xlsx", SCORED, "moved", "企业信息!", "已按表头找到")
    c.spoilt("moved-row-settings.xlsx", "settings", lambda xml: shifted(xml, 2))
    yield Case("moved-row-settings.xlsx", SCORED, "moved", "基准与权重!", "已按表头找到")
    c.spoilt("moved-column.xlsx", "materials", lambda xml: shifted(xml, 10**6, 0, 2))
    yield Case("moved-column.xlsx", SCORED, "moved", "原辅料!", "已按表头找到")
    table = c.tables["pollutants"]
    heading = xl_rowcol_to_cell(table.header, table.inputs["pollutant"])
    c.spoilt("renamed-header.xlsx", "pollutants", lambda xml: c.tools.set_cell(xml, heading, "名称"))
    yield Case("renamed-header.xlsx", REJECTED, "moved-header", f"污染物!{heading}", "表头须为“污染物”，实为“名称”")
    label = c.fields["product.unit"].cell
    c.spoilt("renamed-label.xlsx", "enterprise", lambda xml: c.tools.set_cell(xml, label._replace(col=0), "吨数"))
    yield Case("renamed-label.xlsx", REJECTED, "moved-header", f"企业信息!A{label.row + 1}", "实为“吨数”")


def _values(c: Corpus) -> Iterator[Case]:
    for name, value in (
        ("comma-decimal", "86400,5"),
        ("unit-in-cell", "12 t"),
    ):
        where = c.input(f"{name}.xlsx", "pollutants", "report", value)
        yield Case(f"{name}.xlsx", REJECTED, "not-a-number", where, f"须为数字，实为“{value}”")
    for name, value in (("text-number", "86400"), ("full-width-digits", "８６４００")):
        where = c.input(f"{name}.xlsx", "pollutants", "report", value)
        yield Case(f"{name}.xlsx", SCORED, "text-number", where, value)
    t = c.tables["pollutants"]
    address = xl_rowcol_to_cell(t.first, t.inputs["report"])
    c.spoilt(
        "error-cell.xlsx",
        "pollutants",
        lambda xml: _typed(c.tools.set_cell(xml, address, 1), address, b"e", b"#DIV/0!"),
    )
    yield Case("error-cell.xlsx", REJECTED, "error-value", f"污染物!{address}", "错误值 #DIV/0!")
    where = c.field("id-as-number.xlsx", "enterprise.uscc", 913305000000000000)
    yield Case("id-as-number.xlsx", REJECTED, "not-text", where, "须为文本")
    where = c.field("bad-check-character.xlsx", "enterprise.uscc", "91330500MA2000001X")
    yield Case("bad-check-character.xlsx", REJECTED, "bad-uscc", where, "校验位不符")


def _typed(xml: bytes, address: str, kind: bytes, value: bytes) -> bytes:
    return re.sub(
        rb'<c r="%s"([^>]*)><v>[^<]*</v>' % address.encode(),
        rb'<c r="%s"\1 t="%s"><v>%s</v>' % (address.encode(), kind, value),
        xml,
    )


def _sheets(c: Corpus) -> Iterator[Case]:
    first = c.tables["materials"].first + 1
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A%d:A%d"/></mergeCells>' % (first, first + 1)
    c.spoilt(
        "merged-cells.xlsx",
        "materials",
        lambda xml: re.sub(rb"</sheetData>(<mergeCells.*?</mergeCells>)?", merged, xml),
    )
    yield Case("merged-cells.xlsx", SCORED)
    c.parts(
        "hidden-sheet.xlsx",
        {
            "xl/workbook.xml": lambda xml: xml.replace(
                b'name="\xe8\x83\xbd\xe6\xba\x90" ', b'name="\xe8\x83\xbd\xe6\xba\x90" state="hidden" '
            )
        },
    )
    yield Case("hidden-sheet.xlsx", SCORED)
    c.parts("missing-sheet.xlsx", {"xl/workbook.xml": lambda xml: xml.replace("污染物".encode(), "排放".encode(), 1)})
    yield Case("missing-sheet.xlsx", REJECTED, "missing-sheet", "", "缺少工作表：污染物")
    c.parts(
        "dates-1904.xlsx", {"xl/workbook.xml": lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')}
    )
    yield Case("dates-1904.xlsx", SCORED)


def _extents(c: Corpus) -> Iterator[Case]:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (i, i) for i in range(2000, 12000))
    c.spoilt("phantom-rows.xlsx", "pollutants", lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    yield Case("phantom-rows.xlsx", SCORED)
    for address in ("XFD1048576", "XFD2000", "A1048576"):
        row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        added = f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'.encode()
        c.spoilt(f"cell-at-{address}.xlsx", "pollutants", lambda xml, added=added: xml.replace(b"</sheetData>", added))
        yield Case(f"cell-at-{address}.xlsx", REJECTED, "stray-cell", f"污染物!{address}", "远离")


def _layouts(c: Corpus) -> Iterator[Case]:
    cell = c.returns.layout.stamp_cell("layout")
    for name, version, code, text in (
        ("newer-layout", "99", "newer-layout", "请升级"),
        ("no-layout", "?", "newer-layout", "请升级"),
    ):
        c.spoilt(f"{name}.xlsx", "howto", lambda xml, version=version: c.tools.set_cell(xml, cell, version))
        yield Case(f"{name}.xlsx", REJECTED, code, "说明!", text)
    stamp = c.returns.layout.stamp_cell("format")
    c.spoilt("no-stamp.xlsx", "howto", lambda xml: c.tools.set_cell(xml, stamp, "something else"))
    yield Case("no-stamp.xlsx", REJECTED, "no-stamp", "说明!B3", "不是 jwdt 模板")
    shutil.copyfile(Path(__file__).parent.parent / "layout_1_cement.xlsx", c.folder / "first-layout.xlsx")
    yield Case("first-layout.xlsx", SCORED)
    guide = c.returns.layout.stamp_cell("guide")
    c.spoilt("other-guide.xlsx", "howto", lambda xml: c.tools.set_cell(xml, guide, "nobody"))
    yield Case("other-guide.xlsx", REJECTED, "unknown-guide", "", "没有指南“nobody”")


def _containers(c: Corpus) -> Iterator[Case]:
    good = c.returns.base.read_bytes()
    for name, content, code, text in (
        ("not-a-zip.xlsx", b"this is no workbook", "not-a-workbook", "不是 Excel 工作簿"),
        ("empty.xlsx", b"", "empty", "0 字节"),
        ("truncated.xlsx", good[: len(good) // 2], "damaged", "不完整或已损坏"),
        ("password.xlsx", _ole("EncryptedPackage"), "password", "去掉密码"),
        ("old.xls", _ole("Workbook"), "old-format", "旧版 .xls"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0", "picture", "图片"),
    ):
        (c.folder / name).write_bytes(content)
        yield Case(name, SKIPPED if name == "picture.png" else REJECTED, code, "", text)
    with zipfile.ZipFile(c.folder / "password.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("encrypted-package", b"\0" * 1000)
    yield Case("password.ods", REJECTED, "password", "", "去掉密码")
    for name in ("renamed.xls", "renamed.ods", "renamed.xlsb", "renamed.dat", "renamed"):
        c.good(name)
        yield Case(name, SCORED)
    c.parts("zip-bomb.xlsx", {"xl/media/bomb.bin": b"\0" * (300 * 1024 * 1024)})
    yield Case("zip-bomb.xlsx", REJECTED, "zip-bomb", "", "解压后有")
    _lying_bomb(c.folder / "lying-bomb.xlsx", c.good("lying-bomb.xlsx").read_bytes())
    yield Case("lying-bomb.xlsx", REJECTED, "damaged", "", "已损坏")
    many = {f"xl/extra{i}.xml": b"<x/>" for i in range(2100)}
    c.parts("many-parts.xlsx", many)
    yield Case("many-parts.xlsx", REJECTED, "too-many-parts", "", "最多 2000 个")


def _ole(stream: str) -> bytes:
    """A container of Excel 97–2003: enough of it to be recognised."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512 + stream.encode("utf-16-le") + b"\0" * 512


def _lying_bomb(path: Path, good: bytes) -> None:
    """An archive whose directory understates how large a sheet unpacks."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet2.xml":
                content += b" " * (60 * 1024 * 1024)
            new.writestr(entry.filename, content)
    data = bytearray(out.getvalue())
    for found in re.finditer(b"xl/worksheets/sheet2.xml", bytes(data)):
        header = data.rfind(b"PK\x01\x02", 0, found.start())
        if found.start() - header == 46:
            struct.pack_into("<L", data, header + 24, 1000)
    path.write_bytes(bytes(data))


_LOL = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "%s">' % (b"lol" * 1000) + b"".join(
    b'<!ENTITY a%d "%s">' % (i, b"&a%s;" % (str(i - 1).encode() if i else b"") * 10) for i in range(1, 9)
)


def _xml(c: Corpus) -> Iterator[Case]:
    def bomb(xml: bytes) -> bytes:
        return _LOL + b"]>" + xml.split(b"?>", 1)[1].replace(b"<v>", b"<v>&a8;", 1)

    c.spoilt("entity-bomb.xlsx", "pollutants", bomb)
    yield Case("entity-bomb.xlsx", REJECTED, "doctype", "", "DTD")

    def external(xml: bytes) -> bytes:
        head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        return head + xml.split(b"?>", 1)[1].replace(b"<v>", b"<v>&e;", 1)

    c.spoilt("external-entity.xlsx", "pollutants", external)
    yield Case("external-entity.xlsx", REJECTED, "doctype", "", "DTD")
    link = b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook/></externalLink>'
    relation = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="http://127.0.0.1:9/evil.xlsx" TargetMode="External"/></Relationships>'
    c.parts("external-link.xlsx", {
        "xl/externalLinks/externalLink1.xml": link,
        "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation),
    })  # fmt: skip
    yield Case("external-link.xlsx", SCORED)
    c.spoilt("broken-xml.xlsx", "energy", lambda xml: xml[: len(xml) // 2])
    yield Case("broken-xml.xlsx", REJECTED, "damaged", "", "已损坏")


def _macros(c: Corpus) -> Iterator[Case]:
    c.parts("macros.xlsm", {"xl/vbaProject.bin": _ole("VBA")})
    yield Case("macros.xlsm", SCORED)
    path = c.good("ten-thousand-sheets.xlsx")
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (i, i + 100) for i in range(10_000))
    c.parts(path.name, {"xl/workbook.xml": lambda xml: xml.replace(b"</sheets>", sheets + b"</sheets>")}, path)
    yield Case("ten-thousand-sheets.xlsx", SCORED)


def _zipped(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def _archives(c: Corpus) -> Iterator[Case]:
    names = ("../../../escaped.xlsx", "/tmp/escaped.xlsx", "C:\\escaped.xlsx", "a/../b/escaped.xlsx")
    with zipfile.ZipFile(c.folder / "tricks.zip", "w") as archive:
        for i, name in enumerate(names):
            path = c.good(f"spare{i}.xlsx")
            archive.writestr(name, path.read_bytes())
            path.unlink()
        archive.writestr("~$lock.xlsx", b"lock")
        archive.writestr("__MACOSX/._a.xlsx", b"mac")
        archive.writestr("inner.zip", b"PK\x05\x06" + b"\0" * 18)
    for name in names:
        yield Case(f"tricks.zip/{name}", SCORED)
    yield Case("tricks.zip/inner.zip", REJECTED, "empty-archive", "", "没有文件")
    with zipfile.ZipFile(c.folder / "deep.zip", "w") as archive:
        archive.writestr("b.zip", _zipped("c.zip", _zipped("d.zip", b"")))
        path = c.good("spare.xlsx")
        archive.writestr("e.zip", _zipped("e.xlsx", path.read_bytes()))
        path.unlink()
    yield Case("deep.zip/b.zip/c.zip", REJECTED, "nested-archive", "", "最多 2 层")
    yield Case("deep.zip/e.zip/e.xlsx", SCORED)
    (c.folder / "broken.zip").write_bytes(b"PK\x03\x04 this is no archive")
    yield Case("broken.zip", REJECTED, "damaged", "", "已损坏")


NAMES = (
    '=HYPERLINK("http://127.0.0.1:9/","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "../../../etc/passwd",
    "长" * 300,
    "=cmd|'/C calc'!A0",
)


def _names(c: Corpus) -> Iterator[Case]:
    for i, name in enumerate(NAMES):
        c.good(f"name-{i}.xlsx", name)
        yield Case(f"name-{i}.xlsx", SCORED)


def _results(c: Corpus) -> Iterator[Case]:
    cell = c.returns.layout.results["out_total"]
    address = xl_rowcol_to_cell(cell.row, cell.col)

    def typed(xml: bytes) -> bytes:
        return re.sub(rb'(<c r="%s"[^>]*>)<f>.*?</f><v>[^<]*</v>' % address.encode(), rb"\1<v>99.5</v>", xml)

    def formula(xml: bytes) -> bytes:
        return re.sub(
            rb'(<c r="%s"[^>]*>)<f>.*?</f><v>[^<]*</v>' % address.encode(), rb"\1<f>90+9.5</f><v>99.5</v>", xml
        )

    for name, change, code, text in (
        ("number-typed-over", typed, "result-typed-over", "被数值 99.5 覆盖"),
        ("formula-typed-over", formula, "formula-changed", "显示 99.5"),
    ):
        where = c.result(f"{name}.xlsx", "out_total", change)
        yield Case(f"{name}.xlsx", SCORED, code, where, text)
    c.spoilt("stale-cache.xlsx", "energy", lambda xml: c.tools.set_cell(xml, _input(c, "energy", "report", 2), 5e7))
    yield Case("stale-cache.xlsx", SCORED, "stale-cache", "指标与得分!", "不是由现有数据算出的")
    c.spoilt("changed-weight.xlsx", "settings", lambda xml: c.tools.set_cell(xml, "D6", 0.4))
    yield Case("changed-weight.xlsx", SCORED, "weight-changed", "基准与权重!D6", "指南权重被改为 0.4")
    first, second = (c.fields[f"benchmarks.{i}.value"].cell for i in (2, 3))

    def swapped(xml: bytes) -> bytes:
        return c.tools.set_cell(c.tools.set_cell(xml, first, 600), second, 0.75)

    c.spoilt("swapped-benchmark.xlsx", "settings", swapped)
    yield Case("swapped-benchmark.xlsx", SCORED, "benchmark-unlike-others", "", "多数企业为")


def _input(c: Corpus, table: str, field: str, row: int) -> str:
    t = c.tables[table]
    return xl_rowcol_to_cell(t.first + row, t.inputs[field])
