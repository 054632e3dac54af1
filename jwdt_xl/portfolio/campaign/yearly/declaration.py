"""The declaration of a campaign, ``campaign.toml`` in its folder: what people edit, read with the line of every error."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ....errors import Refused
from ....messages import ERROR, UNSEEN, Finding, Text
from ....opening.container import read
from ....opening.outputs import write_text
from ....workbook import HOSTS

NAME, FORMAT = "campaign.toml", "jwdt-campaign/1"
#: Where the results of a campaign stand in its folder, for this year and the next.
PORTFOLIO, BOOK = "portfolio", "portfolio.xlsx"
_LARGEST = 1 << 20
#: What each key is for; in this order they are written.
_KEYS = {
    "name": Text("评价的名称，例如 2024 年度评价", "what the campaign is called, such as Campaign 2024"),
    "period": Text("评价的报告期，例如 2024；登记表没有写报告期的按此生成模板，其他报告期的另列", "the report period that is evaluated, such as 2024; forms are written for it where the register gives none, others are listed apart"),
    "base": Text("基准期；不写则为报告期的上一年", "the base period; left out, the year before"),
    "deadline": Text("交回期限，YYYY-MM-DD", "until when returns are to be back, YYYY-MM-DD"),
    "contact": Text("发放单位、联系人和电话，写在模板首页和信中", "who sends them out and whom to ask; on the first sheet of forms and in letters"),
    "register": Text("企业登记表，相对于本文件夹", "the register of enterprises, from this folder on"),
    "previous": Text("上年评价的文件夹或汇总工作簿，相对于本文件夹，例如 ../2024；今年的基准期与它核对，写文件夹的还以它计入的填报预填模板；没有则留空", "the folder of last year's campaign, or its portfolio workbook, from this folder on, such as ../2024: this year's base periods are compared with it, and with the folder forms are filled in from the returns that counted"),
    "review": Text("评审表（.csv 或 .xlsx）；没有则留空", "the review (.csv or .xlsx), if there is one"),
    "host": Text("模板类型，见 jwdt distribute --help", "the edition of the forms, see jwdt distribute --help"),
    "closed": Text("结束的日期，由 jwdt campaign close 写入；删去即重新开放", "when it was closed, written by jwdt campaign close; delete it to open the campaign again"),
}  # fmt: skip
_LEAD = (
    "一次评价的声明。文件夹中：outbox 发出的模板，inbox 收到的填报（含 zip、邮件），portfolio 汇总，letters 信件草稿，results 结果。",
    "The declaration of a campaign. In its folder: outbox, the forms to send; inbox, what comes back (zip and mails too); portfolio; letters, drafts; results.",
    "命令：jwdt campaign send|status|collect|close 本文件夹",
    "Commands: jwdt campaign send|status|collect|close with this folder",
)
_GUIDES = (
    "指南，可有几个：file 为自带指南的名称或本文件夹中的文件；industries 为行业代码或其开头几位。",
    "Guides, one or several: file is the name of a shipped one or a file in this folder; industries are industry codes or their first digits.",
    "登记表有“指南”列的以该列为准；否则取开头最长的行业；industries 为空的指南用于其余企业。",
    "A column guide of the register comes first; else the longest beginning counts; a guide without industries is for all others.",
)
_GUIDE_KEYS = ("file", "industries")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_INDUSTRY = re.compile(r"\d{1,4}")


class ByGuide(NamedTuple):
    """A guide as it is named, and the industries it is for: none for all others."""

    file: str
    industries: tuple[str, ...] = ()


class Declaration(NamedTuple):
    name: str = ""
    period: str = ""
    base: str = ""
    deadline: str = ""
    contact: str = ""
    register: str = "register.csv"
    previous: str = ""
    review: str = ""
    host: str = "portable"
    closed: str = ""
    guides: tuple[ByGuide, ...] = ()

    def days_left(self, on: datetime.date) -> int | None:
        """Until the deadline, whose day counts; negative once it is over."""
        return (datetime.date.fromisoformat(self.deadline) - on).days if self.deadline else None


def read_declaration(folder: str) -> Declaration:
    """Raises Refused with the line of everything that is wrong."""
    path = os.path.join(folder, NAME)
    if not os.path.isfile(path):
        raise Refused((Finding(ERROR, "no-campaign", folder, _NO_CAMPAIGN),))
    text = _text(path)
    try:
        data = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        raise Refused((Finding(ERROR, "bad-campaign", path, _NO_TOML.fill(e=error)),)) from error
    found = list(_wrong(data))
    if found:
        lines = _lines(text)
        raise Refused(tuple(Finding(ERROR, "bad-campaign", _place(path, lines.get(key)), text) for key, text in found))
    guides = tuple(
        ByGuide(each["file"], tuple(map(str, each.get("industries", ())))) for each in data.get("guides", ())
    )
    return Declaration(**{key: data[key] for key in _KEYS if key in data}, guides=guides)


def _text(path: str) -> str:
    if os.path.getsize(path) > _LARGEST:
        raise Refused((Finding(ERROR, "bad-campaign", path, _TOO_LARGE),))
    try:
        return read(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused((Finding(ERROR, "bad-campaign", path, _NO_TOML.fill(e="UTF-8")),)) from error


def _place(path: str, line: int | None) -> str:
    return f"{path}:{line}" if line else path


def _lines(text: str) -> dict[str, int]:
    """The line of each key: only which line it stands on is looked for."""
    found: dict[str, int] = {}
    number = -1
    prefix = ""
    for line, content in enumerate(text.splitlines(), 1):
        if content.strip().startswith("[["):
            number += 1
            prefix = f"guides[{number}]"
            found[prefix] = line
        elif (key := _KEY.match(content)) is not None:
            found.setdefault(f"{prefix}.{key[1]}" if prefix else key[1], line)
    return found


def _wrong(data: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    if data.get("format") != FORMAT:
        yield "format", _FORMAT.fill(f=FORMAT)
    for key, value in data.items():
        if key not in ("format", "guides", *_KEYS):
            yield key, _UNKNOWN.fill(k=key, a="、".join((*_KEYS, "guides")))
        elif key in _KEYS and not (isinstance(value, str) and UNSEEN.search(value) is None):
            yield key, _TEXT.fill(k=key)
    for key in ("deadline", "closed"):
        if isinstance(data.get(key), str) and data[key] and not is_date(data[key]):
            yield key, _DATE.fill(k=key, v=data[key])
    if isinstance(data.get("host"), str) and data["host"] not in HOSTS:
        yield "host", _HOST.fill(h=" | ".join(HOSTS), v=data["host"])
    guides = data.get("guides", [])
    if not isinstance(guides, list) or not all(isinstance(each, dict) for each in guides):
        yield "guides", _TABLES
        return
    for place, each in enumerate(guides):
        yield from _wrong_guide(f"guides[{place}]", each)


def _wrong_guide(place: str, each: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for key in each:
        if key not in _GUIDE_KEYS:
            yield f"{place}.{key}", _UNKNOWN.fill(k=key, a="、".join(_GUIDE_KEYS))
    file = each.get("file")
    if not (isinstance(file, str) and file and UNSEEN.search(file) is None):
        yield place, _FILE
    industries = each.get("industries", [])
    if not isinstance(industries, list) or not all(_INDUSTRY.fullmatch(str(code)) for code in industries):
        yield f"{place}.industries", _INDUSTRIES
    elif not all(isinstance(code, str) for code in industries):
        yield f"{place}.industries", _QUOTED


def is_date(text: str) -> bool:
    """Whether it is a day written as YYYY-MM-DD, and in no other way that programs know."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def written(declared: Declaration) -> str:
    """The declaration as people edit it, each key with what it is for in both languages."""
    lines = [f"# {line}" for line in _LEAD]
    lines += [f"format = {_value(FORMAT)}", ""]
    for key, told in _KEYS.items():
        lines += [f"# {told.zh}", f"# {told.en}", f"{key} = {_value(getattr(declared, key))}"]
    lines += ["", *(f"# {line}" for line in _GUIDES)]
    for guide in declared.guides:
        industries = ", ".join(map(_value, guide.industries))
        lines += ["[[guides]]", f"file = {_value(guide.file)}", f"industries = [{industries}]", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _value(text: str) -> str:
    return tomlkit.item(text).as_string()


def close(folder: str, day: str) -> None:
    """Write into the declaration that the campaign is closed; all else in it stays, comments too."""
    path = os.path.join(folder, NAME)
    document = tomlkit.parse(_text(path))
    document["closed"] = day
    write_text(path, tomlkit.dumps(document))


_NO_CAMPAIGN = Text(
    "这里没有 campaign.toml，不是评价的文件夹 — 请用 jwdt campaign new 建立，或检查路径",
    "there is no campaign.toml, so it is no folder of a campaign — make one with jwdt campaign new, or check the path",
)
_NO_TOML = Text(
    "不是 TOML（UTF-8）：{e} — 请按该行的写法更正，文字须加引号",
    "is no TOML in UTF-8: {e} — correct it; texts need quotes",
)
_TOO_LARGE = Text("过大，不是评价的声明 — 请检查", "is too large for the declaration of a campaign — check it")
_FORMAT = Text('须有 format = "{f}" — 请补上该行', 'must have format = "{f}" — add that line')
_UNKNOWN = Text(
    "没有“{k}”这一项，可用：{a} — 请更正或删去", "there is no key “{k}”, there are: {a} — correct or delete it"
)
_TEXT = Text("“{k}”须为加引号的一行文字 — 请加上引号", "“{k}” must be a text of one line in quotes — put it in quotes")
_DATE = Text("“{k}”须为日期 YYYY-MM-DD，实为“{v}” — 请更正", "“{k}” must be a date YYYY-MM-DD, got “{v}” — correct it")
_HOST = Text("host 须为 {h}，实为“{v}” — 请更正", "host must be {h}, got “{v}” — correct it")
_TABLES = Text("指南须写成 [[guides]] — 请照模板更正", "guides must be written as [[guides]] — correct it")
_FILE = Text("指南须写明 file — 请填自带指南的名称或文件", "a guide needs file — the name of a shipped one, or a file")
_INDUSTRIES = Text(
    'industries 须为行业代码或其开头 1–4 位数字的列表，例如 ["301", "3041"] — 请更正',
    'industries must be a list of industry codes or their first 1–4 digits, such as ["301", "3041"] — correct it',
)
_QUOTED = Text(
    "industries 中的代码须加引号（0610 不加引号会丢 0） — 请加上引号",
    "codes in industries must be in quotes (0610 loses its 0 without) — put them in quotes",
)
