"""Files as they come: dialect × kind of error × reader, each with what must become of it. All made by script.

``cases(bases)`` yields them; ``bases`` are good files of each reader, and a case writes its file from one of them.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook.layout import Layout

RETURN, FORM, GUIDE, REGISTER = READERS = "return", "survey form", "guide workbook", "register"
#: The same result as the good file, with no word or with a finding; a result without the row in question; no result.
SAME, TOLD, LEFT_OUT, REFUSED = "same", "told", "left out", "refused"

#: The place of a finding about the whole file.
ANYWHERE = "*"

Parts = dict[str, bytes]
Change = Callable[[Parts], Parts]


class Case(NamedTuple):
    """A file of a reader; what becomes of it, by which finding at which place."""

    name: str
    reader: str
    outcome: str
    code: str
    where: str
    change: Change


class Bases(NamedTuple):
    """Of each reader the parts of a good file and a cell that people fill in; of the return its layout."""

    parts: dict[str, Parts]
    cells: dict[str, tuple[str, str]]
    tools: Any  # tests/opening/dialects.py
    layout: Layout = Layout(builtin(), "portable", "zh")

    def at(self, path: str) -> tuple[str, str]:
        title, _, address = self.layout.where(path).rpartition("!")
        return title, address


#: What stands in a cell, as markup: attributes and content; what becomes of it, and the code of its finding.
KINDS: dict[str, tuple[str, str, str, str]] = {
    "an error value": (' t="e"', "<v>#N/A</v>", REFUSED, "error-value"),
    "a formula without a value": ("", "<f>1+1</f>", REFUSED, "unsaved-formula"),
    "a formula with its value": ("", "<f>1+1</f>{good}", TOLD, "formula-input"),
    "as it was": ("", "{good}", SAME, ""),
}
#: The dialects of test_dialects.py that differ most, upon every reader.
DIALECTS = ("quotes", "prefix", "no addresses", "strict", "inline", "case", "lines")


def cases(bases: Bases) -> Iterator[Case]:
    yield from _dialects(bases)
    yield from _typed(bases)
    yield from _rows(bases)
    yield from _sheets(bases)


def _dialects(bases: Bases) -> Iterator[Case]:
    for reader in READERS:
        title, address = bases.cells[reader]
        good = _content(bases.parts[reader], bases.tools.sheet(bases.parts[reader], title), address)
        for dialect in DIALECTS:
            for kind, (attributes, body, outcome, code) in KINDS.items():
                if reader == FORM and kind == "an error value":
                    continue  # what is ticked is a text
                attribute, value = good
                cell = attributes or attribute, body.replace("{good}", value)

                where = f"{title}!{address}" if code else ""
                yield Case(
                    f"{reader}: {kind}, {dialect}",
                    reader,
                    outcome,
                    code,
                    where,
                    _celled(bases, (title, address), cell, dialect),
                )


def _celled(bases: Bases, where: tuple[str, str], cell: tuple[str, str], dialect: str = "plain") -> Change:
    def change(content: Parts) -> Parts:
        changed: Parts = bases.tools.DIALECTS[dialect](bases.tools.cell(content, *where, *cell))
        return changed

    return change


def _content(content: Parts, part: str, address: str) -> tuple[str, str]:
    """The type and content of a cell that is there, texts inline."""
    found = re.search(rf'<c r="{address}"(?: s="\d+")?( t="\w+")?(?:/>|>(.*?)</c>)', content[part].decode(), re.DOTALL)
    assert found, address
    if found[1] != ' t="s"':
        return found[1] or "", found[2] or ""
    shared = re.findall(r"<si>(.*?)</si>", content["xl/sharedStrings.xml"].decode(), re.DOTALL)
    text = re.sub("<[^>]*>", "", shared[int(re.sub(r"\D", "", found[2]))])
    return ' t="str"', f"<v>{text}</v>"


def _text(value: str) -> tuple[str, str]:
    return ' t="inlineStr"', f'<is><t xml:space="preserve">{html.escape(value)}</t></is>'


def _number(value: float) -> tuple[str, str]:
    return "", f"<v>{value!r}</v>"


#: Path in the return, what is typed there, what becomes of it, and its code.
TYPED: tuple[tuple[str, tuple[str, str], str, str], ...] = (
    *((("pollutants[0].base"), _text(text), TOLD, "text-number") for text in ("92500", "92,500", "９２５００", "\u00a092500 ", "'92500", "\u200b92500")),
    *((("pollutants[0].base"), _text(text), REFUSED, "not-a-number") for text in ("92,5", "92500 kg", "约92500", "9.25万", "9 2500", "五万", "92.500,0", "1e5")),
    *((("pollutants[0].pollutant"), _text(text), SAME, "") for text in ("二氧化硫\u00a0", "\u200b二氧化硫", "\ufeff二氧化硫", "二 氧 化 硫", "ＳＯ２", "so2")),
    *((("pollutants[0].medium"), _text(text), SAME, "") for text in ("大气\u200b", "大 气", "Air", "ＡＩＲ")),
    *((("pollutants[0].unit"), _text(text), SAME, "") for text in ("kg\u200b", "ｋｇ", "公斤", "kg\u00a0")),
    ("pollutants[0].unit", _text("kg/a"), REFUSED, "impossible-unit"),
    ("pollutants[0].medium", _text("土壤"), REFUSED, "bad-choice"),
    *((("enterprise.industry_code"), cell, SAME, "") for cell in (_number(3011.0), _text("3011.0"), _text('="3011"'), _text("'3011"), _text("３０１１"))),
    *((("enterprise.uscc"), _text(text), SAME, "") for text in ('="91330500MA2B2C3D4T"', "'91330500MA2B2C3D4T", "91330500ma2b2c3d4t", "91330500MA2B2C3D4T\u200b", "91330500 MA2B2C3D4T")),
    ("periods.base", _number(2022.0), SAME, ""),
    ("benchmarks.5.value", _number(0.05), TOLD, "percent-slip"),
    ("benchmarks.5.value", _text("5%"), REFUSED, "not-a-number"),
)  # fmt: skip


def _typed(bases: Bases) -> Iterator[Case]:
    for path, cell, outcome, code in TYPED:
        title, address = bases.at(path)
        said = re.sub("<[^>]*>", "", cell[1])

        # a slip that nothing but its size tells is counted, and told
        outcome = LEFT_OUT if code == "percent-slip" else outcome
        where = f"{title}!{address}" if code else ""
        yield Case(f"{path} = {said!a} {cell[0]}", RETURN, outcome, code, where, _celled(bases, (title, address), cell))
    title, address = bases.at("benchmarks.5.value")
    yield Case(
        "a benchmark shown as 5 %",
        RETURN,
        LEFT_OUT,
        "percent-cell",
        f"{title}!{address}",
        _as_percent(bases, title, address),
    )
    title, address = bases.at("pollutants[0].base")
    for twice in (("", "<v>1</v>"), _text("1")):
        yield Case(f"a cell twice {twice[0]}", RETURN, REFUSED, "cell-twice", f"{title}!{address}", _twice(bases, title, address, twice))  # fmt: skip


def _as_percent(bases: Bases, title: str, address: str) -> Change:
    def change(content: Parts) -> Parts:
        return _with_percent(bases, content, title, address)

    return change


def _with_percent(bases: Bases, content: Parts, title: str, address: str) -> Parts:
    styles = content["xl/styles.xml"].decode()
    formats = set(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="[^"]*%', styles)) | {"9", "10"}
    listed = re.findall(r'<xf numFmtId="(\d+)"', styles[styles.index("<cellXfs") :])
    style = next(i for i, number in enumerate(listed) if number in formats)
    part = bases.tools.sheet(content, title)
    cell = f'<c r="{address}" s="{style}"><v>0.05</v></c>'
    return {
        **content,
        part: re.sub(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', cell, content[part].decode(), count=1).encode(),
    }


def _twice(bases: Bases, title: str, address: str, other: tuple[str, str]) -> Change:
    def change(content: Parts) -> Parts:
        part = bases.tools.sheet(content, title)
        cell = re.compile(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
        more = f'<c r="{address}"{other[0]}>{other[1]}</c>'
        return {**content, part: cell.sub(lambda found: more + found[0], content[part].decode(), count=1).encode()}

    return change


#: A row that is none, in which table: fields and what they say; what becomes of it.
ROWS: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    *(("materials", {"material": name, "unit": "t", "base": 2568000, "report": 2670300}, LEFT_OUT, "totals-row") for name in ("合计", "小计", "总 计", "Total", "sum", "原辅料合计", "合计：")),
    ("materials", {"material": "合计"}, LEFT_OUT, "totals-row"),
    ("pollutants", {"medium": "大气", "pollutant": "合计", "unit": "kg", "base": 1, "report": 1}, LEFT_OUT, "totals-row"),
    ("pollutants", {"medium": "小计", "unit": "kg", "base": 1, "report": 1}, LEFT_OUT, "totals-row"),
    ("energy", {"energy": "能源合计", "unit": "t", "base": 1, "report": 1}, LEFT_OUT, "totals-row"),
    ("residual_energy", {"kind": "总计", "unit": "kJ", "base": 1, "report": 1}, LEFT_OUT, "totals-row"),
    *(("pollutants", {"medium": text}, LEFT_OUT, "remark-row") for text in ("填表人：张三", "审核人: 李四 日期：2024-03-01", "注：以在线监测为准", "备注：无", "※ 数据均经核查")),
    ("materials", {"material": "填表人：张三", "base": "审核人：李四"}, LEFT_OUT, "remark-row"),
    ("pollutants", {"medium": "请见附表"}, REFUSED, "lone-text"),
)  # fmt: skip


def _rows(bases: Bases) -> Iterator[Case]:
    for table, fields, outcome, code in ROWS:
        row = 12  # below those of the example
        places = {field: bases.at(f"{table}[{row}].{field}") for field in fields}
        where = (
            "!".join(bases.at(f"{table}[{row}].{next(iter(fields))}"))
            if code == "lone-text"
            else "!".join(bases.at(f"{table}[{row}]"))
        )

        def change(content: Parts, places: dict[str, Any] = places, fields: dict[str, Any] = fields) -> Parts:
            for field, (title, address) in places.items():
                value = fields[field]
                content = bases.tools.cell(
                    content, title, address, *(_text(value) if isinstance(value, str) else _number(value))
                )
            return content

        yield Case(f"{table}: {fields}", RETURN, outcome, code, where, change)


def _sheets(bases: Bases) -> Iterator[Case]:
    for reader, title in ((RETURN, "污染物"), (FORM, bases.cells[FORM][0]), (GUIDE, bases.cells[GUIDE][0])):
        yield Case(f"{reader}: a sheet of one's own in front", reader, SAME, "", "", lambda c: _in_front(c, "封面"))
        yield Case(f"{reader}: sheets in another order", reader, SAME, "", "", _reordered)
        for new in (f"{title} ", f"{title}\u200b", f" {title}\u3000", f"{title} (2)", f"{title}副本"):
            yield Case(
                f"{reader}: renamed {new!a}",
                reader,
                TOLD,
                "renamed-sheet",
                new,
                lambda c, t=title, n=new: _renamed(c, t, n),
            )  # type: ignore[misc]
        yield Case(
            f"{reader}: renamed otherwise",
            reader,
            REFUSED,
            "missing-sheet",
            ANYWHERE,
            lambda c, t=title: _renamed(c, t, "我的表"),
        )  # type: ignore[misc]
    yield Case(f"{REGISTER}: sheets in another order", REGISTER, SAME, "", "", _reordered)


def _renamed(content: Parts, old: str, new: str) -> Parts:
    book = content["xl/workbook.xml"].decode()
    assert f'<sheet name="{old}"' in book, old
    return {**content, "xl/workbook.xml": book.replace(f'<sheet name="{old}"', f'<sheet name="{new}"').encode()}


def _reordered(content: Parts) -> Parts:
    book = content["xl/workbook.xml"].decode()
    sheets = re.search(r"<sheets>(.*)</sheets>", book)
    assert sheets
    turned = "".join(reversed(re.findall(r"<sheet [^>]*/>", sheets[1])))
    return {**content, "xl/workbook.xml": book.replace(sheets[1], turned).encode()}


def _in_front(content: Parts, title: str) -> Parts:
    book = (
        content["xl/workbook.xml"]
        .decode()
        .replace("<sheets>", f'<sheets><sheet name="{title}" sheetId="999" r:id="rId999"/>')
    )
    relation = '<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/own.xml"/></Relationships>'
    kind = '<Override PartName="/xl/worksheets/own.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>某某公司</t></is></c></row></sheetData></worksheet>'
    relations, types = content["xl/_rels/workbook.xml.rels"].decode(), content["[Content_Types].xml"].decode()
    return {
        **content,
        "xl/workbook.xml": book.encode(),
        "xl/worksheets/own.xml": sheet.encode(),
        "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", relation).encode(),
        "[Content_Types].xml": types.replace("</Types>", kind).encode(),
    }  # fmt: skip


# Files that are no workbook


def _zip(parts: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def _ole(stream: str) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + stream.encode("utf-16-le") + bytes(512)


_BINARY = bytes(range(256)) * 4
#: Name, content, code of the refusal, a word of what it is and of what to do.
FILES: tuple[tuple[str, bytes, str, str, str], ...] = (
    ("a.pdf", b"%PDF-1.7\n" + _BINARY, "pdf", "PDF", "提交填好的 .xlsx"),
    ("a.xlsx", b"\xef\xbb\xbf\n%PDF-1.4\n", "pdf", "PDF", "提交填好的 .xlsx"),
    ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + _BINARY, "picture", "图片", "提交填好的 .xlsx"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + _BINARY, "picture", "图片", "提交填好的 .xlsx"),
    ("a.gif", b"GIF89a" + _BINARY, "picture", "图片", "提交填好的 .xlsx"),
    ("a.bmp", b"BM\x36\0\0\0\0\0\0\0" + _BINARY, "picture", "图片", "提交填好的 .xlsx"),
    ("a.tif", b"II*\0" + _BINARY, "picture", "图片", "提交填好的 .xlsx"),
    ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "picture", "图片", "提交填好的 .xlsx"),
    ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", "picture", "图片", "提交填好的 .xlsx"),
    ("a.rar", b"Rar!\x1a\x07\x01\x00" + _BINARY, "rar", "RAR", "解压"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c" + _BINARY, "7z", "7z", "解压"),
    ("a.gz", b"\x1f\x8b\x08" + _BINARY, "archive", "压缩文件", "解压"),
    ("a.tar", b"a" * 257 + b"ustar\0" + bytes(200), "archive", "压缩文件", "解压"),
    ("a.docx", _zip({"word/document.xml": b"<w/>"}), "word", "文字处理", "提交填好的 .xlsx"),
    ("a.wps", _ole("WordDocument"), "word", "文字处理", "提交填好的 .xlsx"),
    ("a.odt", _zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "word", "文字处理", "提交填好的 .xlsx"),
    ("a.pptx", _zip({"ppt/presentation.xml": b"<p/>"}), "slides", "演示", "提交填好的 .xlsx"),
    ("a.ofd", _zip({"OFD.xml": b"<o/>"}), "ofd", "OFD", "提交填好的 .xlsx"),
    ("a.numbers", _zip({"Index/Document.iwa": b"x"}), "numbers", "Numbers", "导出为 Excel"),
    ("a.xls", _ole("Workbook"), "old-format", "旧版 .xls", "另存为 .xlsx"),
    ("a.et", _ole("Workbook"), "old-format", ".et", "另存为 .xlsx"),
    ("a.xlsx", _ole("EncryptedPackage"), "password", "密码", "去掉密码"),
    ("a.msg", _ole("__substg1.0_"), "mail", "邮件", "附件"),
    ("a.eml", "From: a@example.org\r\nSubject: 报送\r\n\r\n请查收".encode(), "mail", "邮件", "附件"),
    ("a.xls", "<html><meta charset=gbk><table><tr><td>企业</td></tr></table></html>".encode("gbk"), "html", "网页", "另存为 .xlsx"),
    ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml-2003", "2003", "另存为 .xlsx"),
    ("a.fods", b'<?xml version="1.0"?><office:document xmlns:office="x"/>', "fods", "OpenDocument", "另存为 .xlsx"),
    ("a.xlsx", "企业,产量\n甲,1\n".encode(), "csv", "CSV", "另存为 .xlsx"),
    ("a.xlsx", "企业\t产量\r\n".encode("utf-16"), "csv", "CSV", "另存为 .xlsx"),
    ("a.rtf", b"{\\rtf1 a}", "rtf", "RTF", "提交填好的 .xlsx"),
    ("a.exe", b"MZ" + _BINARY, "program", "程序文件", "不要打开"),
    ("a.dat", b"\x01\x02\0\x03" + _BINARY, "binary", "二进制", "重新保存"),
    ("readme.md", b"# hello", "text", "文本", "提交填好的 .xlsx"),
    ("a.txt", "附件请查收".encode("gbk"), "text", "文本", "提交填好的 .xlsx"),
    ("a.xlsx", b"", "empty", "空的", "重新保存"),
)  # fmt: skip


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
