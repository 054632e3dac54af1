"""Every file that cannot be read: one message naming it, exit code 1."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

GOOD = '{"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}}'
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def encrypted_entry(data: bytes) -> bytes:
    """The mark of a zip password on every entry of the directory."""
    parts = data.split(b"PK\x01\x02")
    return parts[0] + b"".join(b"PK\x01\x02" + part[:4] + b"\x01\x00" + part[6:] for part in parts[1:])


def duplicate() -> bytes:
    buffer = io.BytesIO()
    with pytest.warns(UserWarning), zipfile.ZipFile(buffer, "w") as file:
        for content in (b"a", b"b"):
            file.writestr("xl/workbook.xml", content)
    return buffer.getvalue()


def nested() -> str:
    return "[" * 200_000


BAD: dict[str, tuple[str, Callable[[], bytes | str], str, str]] = {
    # name: file, content, what the message says in Chinese, in English
    "empty": ("a.xlsx", lambda: b"", "0 字节", "0 bytes"),
    "blank json": ("a.json", lambda: " \n", "空的", "empty"),
    "not a zip": ("a.xlsx", lambda: b"PX" * 500, "不是 Excel 工作簿", "not an Excel workbook"),
    "web page": ("a.xls", lambda: b"<html><table></table></html>", "不是 Excel 工作簿", "not an Excel workbook"),
    "zip cut short": (
        "a.xlsx",
        lambda: archive({"xl/workbook.xml": os.urandom(5000)})[:3000],
        "不完整或已损坏",
        "truncated",
    ),
    "zip head only": ("a.xlsx", lambda: b"PK\x03\x04", "不完整或已损坏", "truncated"),
    "no workbook": ("a.zip", lambda: archive({"a.txt": b"a"}), "里面没有工作簿", "without a workbook"),
    "empty workbook": ("a.xlsx", lambda: archive({"xl/workbook.xml": b"", "[Content_Types].xml": b""}), "", ""),
    "password": ("a.xlsx", lambda: OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "密码", "password"),
    "zip password": ("a.xlsx", lambda: encrypted_entry(archive({"xl/workbook.xml": b"a"})), "密码", "password"),
    "old xls": ("a.xls", lambda: OLE + b"\0" * 500, "旧版 .xls", "old .xls"),
    "zip bomb": (
        "a.xlsx",
        lambda: archive({"xl/workbook.xml": b" " * 40_000_000}),
        "解压后有 40 MB",
        "unpacks to 40 MB",
    ),
    "10000 parts": (
        "a.xlsx",
        lambda: archive({f"xl/worksheets/sheet{i}.xml": b"" for i in range(10_000)} | {"xl/workbook.xml": b""}),
        "10001 个部件",
        "10001 parts",
    ),
    "duplicate part": ("a.xlsx", duplicate, "同名部件", "same name"),
    "json syntax": (
        "a.json",
        lambda: '{"format": "jwdt-assessment/1",\n "periods": {"base" "2022"}}',
        "第 2 行第 21 列",
        "line 2 column 21",
    ),
    "json cut short": ("a.json", lambda: GOOD[:40], "第 1 行第", "line 1 column"),
    "json twice": ("a.json", lambda: GOOD + GOOD, "多余内容", "Extra data"),
    "json field twice": ("a.json", lambda: '{"format": 1, "format": 2}', "“format”", "“format”"),
    "json NaN": ("a.json", lambda: GOOD.replace('"2022"', "NaN"), "NaN", "NaN"),
    "json huge number": ("a.json", lambda: GOOD.replace('"2022"', "9" * 5000), "不是数", "that is none"),
    "json nested": ("a.json", nested, "嵌套", "nested"),
    "json list": ("a.json", lambda: "[]", "JSON 对象", "JSON object"),
    "other json": ("a.json", lambda: '{"a": 1, "b": 2}', "jwdt-assessment/1", "jwdt-assessment/1"),
    "utf-16": ("a.json", lambda: GOOD.encode("utf-16"), "UTF-16", "UTF-16"),
    "gbk": ("a.json", lambda: '{"format":\n "污染物"}'.encode("gbk"), "第 2 行起不是 UTF-8", "from line 2"),
    "picture": ("a.json", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\xff", "不是文本", "no text file"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_message_names_the_file(run: Any, tmp_path: Path, name: str, language: str) -> None:
    file, content, *shown = BAD[name]
    data = content()
    path = tmp_path / file
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    done = run("check", "--lang", language, path)
    assert done.code == 1
    [message] = done.messages
    assert shown[language == "en"] in message
    assert str(path) in done.out
    assert "Traceback" not in done.err
    scored = run("score", "--json", "--lang", language, path)
    assert scored.code == 1
    assert len(scored.json[0]["findings"]) == 1


@pytest.mark.parametrize("command", [["score"], ["check"], ["extract"], ["fill", "-o", "never.xlsx", "--from"]])
def test_what_is_no_file(run: Any, tmp_path: Path, command: list[str]) -> None:
    for path, shown in ((tmp_path / "none.xlsx", "没有这个文件"), (tmp_path, "这是文件夹")):
        done = run(*command, path)
        assert done.code == 1
        [message] = done.messages
        assert message.startswith(f"error {path}: ")
        assert shown in message
    assert not Path("never.xlsx").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(run: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("score", tmp_path / "pipe")
    assert done.code == 1
    assert "不是普通文件" in done.messages[0]


def test_an_unreadable_file(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text(GOOD, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)  # whoever runs the tests as root may read everything
    done = run("check", path)
    assert done.code == 1
    assert "没有读取权限" in done.messages[0]


def test_a_byte_order_mark_does_no_harm(run: Any, golden: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + (golden / "example_cement.json").read_bytes())
    assert run("score", path).code == 0


def test_the_content_decides_not_the_extension(run: Any, golden: Path, filled: Path, tmp_path: Path) -> None:
    book, data = tmp_path / "book.json", tmp_path / "data.txt"
    book.write_bytes(filled.read_bytes())
    data.write_bytes((golden / "example_cement.json").read_bytes())
    assert [result["ok"] for result in run("score", "--json", book, data).json] == [True, True]


def with_cell(source: Path, target: Path, cell: str) -> None:
    """The workbook with one more cell, far out on the sheet of pollutants."""
    sheet = CalamineWorkbook.from_path(str(source)).sheet_names.index("污染物") + 1
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    added = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == f"xl/worksheets/sheet{sheet}.xml":
                content = content.replace(b"</sheetData>", added)
            new.writestr(entry.filename, content)


def test_a_stray_cell_costs_one_message_and_one_file(run: Any, filled: Path, tmp_path: Path) -> None:
    stray = tmp_path / "stray.xlsx"
    with_cell(filled, stray, "XFD1048576")
    done = run("score", "--json", filled, stray, filled)
    assert done.code == 1
    assert [result["ok"] for result in done.json] == [True, False, True]
    [message] = done.messages
    assert message.startswith("error 污染物!XFD1048576: ")
    assert f"{stray}:" in done.err
