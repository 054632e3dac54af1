"""What a file is that is no workbook of today and no text we read: told by its first bytes, never by its name.

Each kind has a name and the one thing to do; asked only after a file turned out not to be what was wanted.
"""

from __future__ import annotations

import os
import re
import zipfile
from typing import NamedTuple

from ..errors import Refused
from ..messages import Text
from .refusals import refused

#: How much of a file is looked at.
HEAD = 4096


class Kind(NamedTuple):
    """How people call such a file, and what they should do."""

    code: str
    name: Text
    cure: Text


_SEND = Text("请提交填好的 .xlsx 工作簿本身", "send the filled .xlsx workbook itself")
_UNPACK = Text("请解压，提交其中的 .xlsx", "unpack it and send the .xlsx in it")
_SAVE_AS = Text("请用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx")


def _sent(code: str, zh: str, en: str, cure: Text = _SEND) -> Kind:
    return Kind(code, Text(zh, en), cure)


PDF = _sent("pdf", "PDF 文件（打印件或扫描件）", "a PDF (a print or scan)")
PICTURE = _sent("picture", "图片（截图、照片或扫描件）", "a picture (screenshot, photo or scan)")
RAR = _sent("rar", "RAR 压缩文件", "a RAR archive", _UNPACK)
SEVEN = _sent("7z", "7z 压缩文件", "a 7z archive", _UNPACK)
ARCHIVE = _sent("archive", "压缩文件（gz、bz2、xz 或 tar）", "an archive (gz, bz2, xz or tar)", _UNPACK)
MAIL = _sent("mail", "邮件", "an e-mail", Text("请提交其附件中的 .xlsx", "send the .xlsx attached to it"))
WORD = _sent("word", "文字处理文档（Word 或 WPS 文字）", "a text document (Word or WPS Writer)")
SLIDES = _sent("slides", "演示文稿", "a presentation")
OFD = _sent("ofd", "OFD 版式文件", "an OFD document")
NUMBERS = _sent(
    "numbers", "Apple Numbers 表格", "an Apple Numbers sheet", Text("请在 Numbers 中导出为 Excel（.xlsx）", "export it to Excel (.xlsx) in Numbers")
)  # fmt: skip
OLD = _sent(
    "old-format",
    "旧版 .xls 或 WPS .et 格式（Excel 97–2003）",
    "in the old .xls or WPS .et format (Excel 97–2003)",
    _SAVE_AS,
)
ENCRYPTED = _sent(
    "password", "设有打开密码的文件", "protected by a password", Text("须能直接打开，请去掉密码后另存", "must open without one: remove the password and save it anew")
)  # fmt: skip
HTML = _sent("html", "网页（HTML），不是 Excel 工作簿", "a web page (HTML), not an Excel workbook", _SAVE_AS)
XML_2003 = _sent("xml-2003", "XML 表格 2003 格式", "in the XML Spreadsheet 2003 format", _SAVE_AS)
FLAT_ODS = _sent("fods", "平面 OpenDocument（.fods）", "a flat OpenDocument sheet (.fods)", _SAVE_AS)
RTF = _sent("rtf", "RTF 文档", "an RTF document")
DELIMITED = _sent(
    "csv", "文本表格（CSV），不是 Excel 工作簿", "a text table (CSV), not an Excel workbook",
    Text("请用 Excel 或 WPS 打开后另存为 .xlsx；名单等表格可改名为 .csv", "open it in Excel or WPS and save it as .xlsx; a register may be renamed to .csv"),
)  # fmt: skip
EXECUTABLE = _sent("program", "程序文件，不要打开", "a program: do not open it")
UNKNOWN = _sent(
    "binary",
    "无法识别的二进制文件",
    "a binary file of an unknown kind",
    Text("请重新保存或重新发送 .xlsx 工作簿", "save or send the .xlsx workbook again"),
)
TEXT_FILE = _sent("text", "普通文本文件", "a plain text")

#: How each begins.
_BEGIN: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG\r\n", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\0", ARCHIVE),
    (b"{\\rtf", RTF),
    (b"MZ", EXECUTABLE),
    (b"\x7fELF", EXECUTABLE),
)
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
#: Streams of the container of Office 97–2003, most telling first.
_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("__substg1.0_", MAIL),
    ("WordDocument", WORD),
    ("PowerPoint Document", SLIDES),
)
#: Streams that are a workbook of Excel 97–2003, of Excel 5.
_BOOKS = ("Workbook", "Book")
#: Parts of a zip archive that tell its kind.
_PARTS = (
    ("word/document.xml", WORD),
    ("ppt/presentation.xml", SLIDES),
    ("ofd.xml", OFD),
    ("index/document.iwa", NUMBERS),
    ("index.zip", NUMBERS),
)
_ODF = {
    b"application/vnd.oasis.opendocument.text": WORD,
    b"application/vnd.oasis.opendocument.presentation": SLIDES,
}
_WEB = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE | re.DOTALL
)
_HEADER = re.compile(
    rb"(?:received|return-path|delivered-to|from|to|subject|date|message-id|mime-version|x-[a-z-]+|dkim-signature):", re.IGNORECASE
)  # fmt: skip
_WEB_ARCHIVE = re.compile(rb"mime-version:[^\n]*\r?\n(?:.*\n)*?content-type:\s*multipart/related", re.IGNORECASE)


def of_bytes(head: bytes) -> Kind | None:
    """The kind of what begins so, where it is surely none that we read; None for archives, Office containers and texts."""
    for begin, kind in _BEGIN:
        if head.startswith(begin):
            return kind
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[257:262] == b"ustar":
        return ARCHIVE
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:12] in (
        b"ftypheic",
        b"ftypheix",
        b"ftypmif1",
        b"ftypavif",
    ):
        return PICTURE
    if head[:2] == b"BM" and b"\0" in head[2:14]:
        return PICTURE
    return of_text(head)


def of_text(head: bytes) -> Kind | None:
    """The kind of a text that is surely no table and no JSON."""
    plain = (
        head[2:].replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.removeprefix(b"\xef\xbb\xbf")
    )
    if _WEB.match(plain) or _WEB_ARCHIVE.match(plain):
        return HTML
    if plain.lstrip().startswith(b"<?xml") or plain.lstrip().startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
            return XML_2003
        if b"opendocument.spreadsheet" in plain or b"office:document" in plain:
            return FLAT_ODS
        return HTML if b"<html" in plain.lower() else None
    lines = plain.splitlines()[:12]
    return MAIL if sum(_HEADER.match(line) is not None for line in lines) >= 2 and _HEADER.match(lines[0]) else None


def is_delimited(head: bytes) -> bool:
    """Whether a text looks like a table: its first line has fields."""
    return any(sign in head.split(b"\n", 1)[0] for sign in (b",", b";", b"\t", b"\x2c\0", b"\t\0"))


def of_office(content: bytes) -> Kind:
    """The kind of a container of Office 97–2003, which also wraps workbooks with a password and mails."""
    return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in content), OLD)


def is_old(content: bytes) -> bool:
    """Whether such a container holds a workbook that anybody can open."""
    return of_office(content) is OLD and any(name.encode("utf-16-le") in content for name in _BOOKS)


def of_archive(path: str, names: set[str]) -> Kind | None:
    """The kind of a zip archive by its parts (in small letters), where it is no workbook."""
    found = next((kind for part, kind in _PARTS if part in names), None)
    if found is None and "mimetype" in names:
        try:
            with zipfile.ZipFile(path) as archive, archive.open("mimetype") as file:
                return _ODF.get(file.read(100).strip())
        except (zipfile.BadZipFile, OSError, KeyError, NotImplementedError, RuntimeError):
            return None
    return found


def refusal(path: str | os.PathLike[str], kind: Kind) -> Refused:
    """The refusal of a file for what it is."""
    return refused(
        path, kind.code, "是 {n}，须为 .xlsx 工作簿 — {c}", "it is {n}, must be an .xlsx workbook — {c}", n=kind.name, c=kind.cure
    )  # fmt: skip
