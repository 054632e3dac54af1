"""Letters to enterprises whose returns were rejected: drafts that a mail program opens, and a table to merge; nothing is sent.

Each has the enterprise's own files, reasons and cures, as the portfolio lists them.
"""

from __future__ import annotations

import email.policy
import email.utils
import os
import re
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from typing import NamedTuple

from ...messages import ERROR, INFO, Text, shown
from ...opening.filenames import file_name, free_name
from ...opening.outputs import new_file
from ...standard import codes
from ...standard.guide.subjects import ENTERPRISE, SUBJECTS, Subject
from ...workbook.parts import NOBODY, Sender
from ..analysis.identity import is_name
from ..book.files import HELD
from ..book.reader import Line
from ..book.sheet import Book, Sheet
from ..collection.reading import OF_ANOTHER_GUIDE

ENDING = "_rejected.eml"
TABLE = "letters.xlsx"
#: What every draft of ours begins with.
_MARK = b"X-Mailer: jwdt-xl\r\n"
#: Of a file with thousands of errors so many are told; they are often one error in many rows.
_MOST = 50
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def _columns(subject: Subject) -> list[tuple[str, Text, int]]:
    """Field, heading and width, in the words of whom the guide evaluates."""
    industry = [("industry_code", Text("行业", "industry"), 8)] if subject.has_products else []
    return [
        ("name", Text("信件", "letter"), 44), ("mail", Text("邮箱", "mail"), 30), ("uscc", subject.code_label, 22),
        ("enterprise", subject.name_label, 34), ("region", Text("地区", "region"), 16), *industry,
        ("files", Text("文件", "files"), 40), ("subject", Text("主题", "subject"), 44), ("text", Text("正文", "text"), 110),
    ]  # fmt: skip


class Letter(NamedTuple):
    """What one enterprise is told."""

    name: str
    mail: str
    uscc: str
    enterprise: str
    region: str
    industry_code: str
    files: tuple[str, ...]
    subject: str
    text: str


def letters(rejected: Sequence[Line], sender: Sender = NOBODY) -> tuple[list[Letter], list[str]]:
    """The letters, and the files of which it is not known to whom they could go."""
    lines: dict[str, list[Line]] = {}
    unknown = dict[str, None]()
    for line in rejected:
        code, name = _text(line, "uscc"), _text(line, "name")
        whose = code if codes.is_code(code) else name if is_name(name) else ""
        if whose and line.get("outcome") not in HELD:
            lines.setdefault(whose, []).append(line)
        else:
            unknown[line["file"]] = None
    taken: set[str] = set()
    return [_letter(listed, sender, taken) for listed in lines.values()], list(unknown)


def write(letter: Letter, folder: str) -> str:
    """A draft; returns its path."""
    path = os.path.join(folder, letter.name)
    message = EmailMessage(email.policy.SMTP)
    message["X-Mailer"] = "jwdt-xl"
    message["X-Unsent"] = "1"  # mail programs open it to be sent, not as one that was received
    to = addresses(letter.mail)
    if to:
        message["To"] = [Address(addr_spec=each) for each in to]
    message["Subject"] = letter.subject
    message.set_content(letter.text, cte="base64")
    with new_file(path, mark=_MARK) as temporary, open(temporary, "wb") as file:
        file.write(message.as_bytes())
    return path


def write_table(listed: Sequence[Letter], folder: str, subject: Subject = SUBJECTS[ENTERPRISE]) -> str:
    """The letters as a table to merge into a letter of one's own: headings in the first row."""
    path = os.path.join(folder, TABLE)
    with new_file(path) as temporary, Book(temporary) as book:
        sheet = Sheet(book, str(Text("退回信", "Letters")))
        columns = _columns(subject)
        for col, (_, _, width) in enumerate(columns):
            sheet.sheet.set_column(col, col, width)
        sheet.line(*((title, "heading") for _, title, _ in columns))
        for letter in listed:
            cells = letter._asdict() | {"files": "、".join(letter.files)}
            sheet.line(*((cells[key], "cell") for key, _, _ in columns))
    return path


def addresses(text: str) -> list[str]:
    """The plain addresses in what a register or a mail says; whatever is no address is left out."""
    if ":" in text:  # a group, or a header that somebody put there
        return []
    found = email.utils.getaddresses([re.sub("[;；，、]", ",", text)])
    return [address for _, address in found if _ADDRESS.fullmatch(address)]


def _letter(lines: Sequence[Line], sender: Sender, taken: set[str]) -> Letter:
    known = {
        key: next((_text(line, key) for line in lines if _text(line, key)), "")
        for key in ("mail", "uscc", "name", "region", "industry_code")
    }
    by_file: dict[str, list[Line]] = {}
    for line in lines:
        by_file.setdefault(line["file"], []).append(line)
    subject = _SUBJECT.fill(n=known["name"] or known["uscc"])
    name = free_name(file_name(known["uscc"], known["name"], ENDING), ENDING, taken)
    return Letter(
        name, known["mail"], known["uscc"], known["name"], known["region"], known["industry_code"], tuple(by_file),
        str(subject), _body(known["name"] or known["uscc"], by_file, sender),
    )  # fmt: skip


def _body(name: str, by_file: Mapping[str, Sequence[Line]], sender: Sender) -> str:
    said = [str(GREETING.fill(n=name)), "", str(_REJECTED)]
    codes_of_all = set[object]()
    for file, lines in by_file.items():
        said += ["", str(_FILE.fill(f=file))]
        wrong = [line for line in lines if line.get("severity") == ERROR]
        codes_of_all.update(line.get("code") for line in wrong)
        beside = [line for line in lines if line.get("severity") not in (ERROR, INFO)]
        said += _listed(wrong)
        if beside:
            said += ["", str(_BESIDE), *_listed(beside)]
    said += ["", str(_NEW_FORM if codes_of_all and codes_of_all <= set(OF_ANOTHER_GUIDE) else _ONE_FILE)]
    if sender.deadline:
        said.append(str(UNTIL.fill(d=sender.deadline)))
    if sender.contact:
        said.append(str(CONTACT.fill(c=sender.contact)))
    return "\n".join(said) + "\n"


def _listed(lines: Sequence[Line]) -> list[str]:
    said = []
    for number, line in enumerate(lines[:_MOST], 1):
        where, text = _text(line, "where"), _text(line, "text")
        if line.get("code") in OF_ANOTHER_GUIDE:  # its cures are commands and the register's, which an evaluator has
            text = str(_ANOTHER_FORM)
        place = "" if where in ("", line["file"]) else f"{where}: "
        said.append(f"{number}. {place}{text}")
    if len(lines) > _MOST:
        said.append(str(_MORE.fill(n=len(lines) - _MOST)))
    return said


def _text(line: Line, key: str) -> str:
    """A cell on one line, whatever stands in it."""
    value = line.get(key)
    return "" if value is None else shown(" ".join(str(value).split()))


_SUBJECT = Text("请更正后重新提交：{n} 减污降碳协同评价填报表", "Please correct and send again: return of {n}")
GREETING = Text("{n}：", "To {n}")
_REJECTED = Text(
    "贵单位提交的文件未能评价。原因和处理办法如下，请更正后重新提交。",
    "the file you sent could not be evaluated. Here is why and what to do; please correct it and send it again.",
)
_FILE = Text("文件：{f}", "File: {f}")
_BESIDE = Text("另请核对（不影响受理）：", "Please check these too (they do not stop it):")
_MORE = Text("……还有 {n} 处，多为同一原因", "… and {n} more, mostly for the same reason")
_ONE_FILE = Text(
    "请在原填报表中更正并保存，提交 .xlsx 文件本身；新文件到达后，这一份即告更正。",
    "Correct it in the form you were given, save it and send the .xlsx file itself; once the new one is here this one is settled.",
)
_ANOTHER_FORM = Text(
    "这不是本次评价发给贵单位的填报表（所依据的指南不同），不能据以评价 — 请改用本次发放的填报表；没有收到或不清楚是哪一份的，请与我们联系",
    "this is not the form that you were given for this evaluation (it is of another guide), so it cannot be evaluated by it — use the form of this evaluation; "
    "if you have none or do not know which it is, ask us",
)
_NEW_FORM = Text(
    "请在本次发放的填报表中填写并保存，提交 .xlsx 文件本身；新文件到达后，这一份即告更正。",
    "Fill in the form of this evaluation, save it and send the .xlsx file itself; once it is here this one is settled.",
)
UNTIL = Text("交回期限：{d}", "To be sent back until {d}")
CONTACT = Text("联系：{c}", "Contact: {c}")
