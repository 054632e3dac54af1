"""Reading a JSON file that people may have typed: every mistake with its line and column, in their language."""

from __future__ import annotations

import json
import re
from typing import Any

from ..errors import Refused
from ..messages import Text
from . import filekinds
from .container import read
from .refusals import refused

#: What Python's parser says, in Chinese. Its English is kept.
_REASONS = {
    "Expecting value": "缺少值，或值的写法有误",
    "Expecting property name enclosed in double quotes": "此处须为双引号括起的字段名（多写了逗号？）",
    "Expecting ',' delimiter": "缺少逗号",
    "Expecting ':' delimiter": "缺少冒号",
    "Extra data": "结束之后还有多余内容",
    "Unterminated string starting at": "文本缺少右引号",
    "Invalid control character at": "文本中有换行或控制字符",
    "Invalid \\escape": "反斜杠后的字符有误，反斜杠须写成 \\\\",
    "Illegal trailing comma before end of object": "最后一项之后多了逗号",
    "Illegal trailing comma before end of array": "最后一项之后多了逗号",
}


class _Duplicate(ValueError):
    """A name given twice in one object: one of the two values would silently be lost."""


def load(path: str) -> Any:
    """The content of a JSON file. Raises Refused with one reason."""
    text = _text(path)
    _check_whole(path, text)
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        reason = next((zh for en, zh in _REASONS.items() if error.msg.startswith(en)), error.msg)
        raise refused(
            path,
            "json-syntax",
            "第 {line} 行第 {column} 列 JSON 语法错误：{reason} — 请改正此处",
            "line {line} column {column}: JSON syntax error: {reason} — correct it there",
            line=error.lineno,
            column=error.colno,
            reason=Text(reason, error.msg),
        ) from error
    except _Duplicate as error:
        raise refused(
            path,
            "json-duplicate",
            "字段“{n}”在同一对象中出现两次，只能出现一次 — 请删去一处",
            "the field “{n}” stands twice in one object, must stand once — delete one of them",
            n=error.args[0],
        ) from error
    except RecursionError as error:
        raise refused(
            path,
            "json-depth",
            "嵌套层数过多，不是评价文件 — 请检查文件",
            "nested too deeply for an assessment — check the file",
        ) from error
    except Refused:  # a ValueError itself
        raise
    except ValueError as error:  # NaN, or a number of thousands of digits
        raise refused(
            path,
            "json-number",
            "有不是数的数字（{n}），须为有限的十进制数 — 请改正，没有数据则删去该字段",
            "has a number that is none ({n}), must be a finite decimal — correct it, or leave the field out where there are no data",
            n=str(error)[:60],
        ) from error


#: An escape of a half of a pair, whose other half is not beside it; an escaped backslash before it is none.
_PAIRS = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


def _check_whole(path: str, text: str) -> None:
    """Half a character cannot be written to any file or terminal."""
    half = next((found for found in _PAIRS.finditer(text) if found[1]), None) if "\\u" in text else None
    if half is not None:
        line = text.count("\n", 0, half.start()) + 1
        raise refused(
            path,
            "half-character",
            "第 {line} 行第 {column} 列有半个字符（{c}，不成对的代理项），须为完整的字符 — 请改正该文字，或由原程序重新导出",
            "line {line} column {column}: half a character ({c}, a lone surrogate), must be a whole one — correct that text, or export it anew",
            line=line,
            column=half.start() - text.rfind("\n", 0, half.start()),
            c=half[0],
        )


def _text(path: str) -> str:
    raw = read(path)
    if not raw.strip():
        raise refused(path, "empty", "文件是空的 — 请重新保存或重新发送", "the file is empty — save or send it again")
    if not path.lower().endswith(".json") and raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        raise filekinds.refusal(path, filekinds.TEXT_FILE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(path, raw, error) from error


def _wrong_encoding(path: str, raw: bytes, error: UnicodeDecodeError) -> Refused:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = Text("编码是 UTF-16", "the encoding is UTF-16")
    elif b"\0" in raw:
        found = Text("不是文本文件", "this is no text file")
    else:
        line = raw.count(b"\n", 0, error.start) + 1
        found = Text("第 {n} 行起不是 UTF-8（可能是 GBK）", "not UTF-8 from line {n} on (perhaps GBK)").fill(n=line)
    return refused(
        path,
        "encoding",
        "{found}，须为 UTF-8 编码的 JSON 或 .xlsx 工作簿 — 请用记事本另存为 UTF-8",
        "{found}, must be JSON in UTF-8 or an .xlsx workbook — save it as UTF-8",
        found=found,
    )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Duplicate(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)
