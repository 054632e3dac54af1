"""What stands above the headings of a paper: whose it is, and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..messages import WARNING, Text
from ..standard import codes
from ..standard.names import fold
from .cells import Problems, is_nothing, text_of, year_in
from .paper import Fact, Grid, Sheet

_NAMES = frozenset(map(fold, (
    "纳税人名称", "单位详细名称", "单位名称", "企业名称", "填报单位", "重点排放单位", "重点排放单位名称", "排污单位名称", "报告主体名称", "法人单位名称",
)))  # fmt: skip
_CODES = frozenset(map(fold, (
    "统一社会信用代码", "纳税人识别号", "纳税人识别号(统一社会信用代码)", "社会信用代码", "信用代码", "统一社会信用代码(组织机构代码)",
    "统一社会信用代码(纳税人识别号)",
)))  # fmt: skip
_CODE = re.compile(r"[0-9A-HJ-NP-RT-UWXY]{18}")
#: Years that are the form's and not the data's.
_OF_THE_FORM = re.compile(r"有效期|文号|国统字|制定|年版|修订|〔")
_YEAR_SIGNS = ("年", "期", "月", "year", "period")


class Head(NamedTuple):
    """The name, code and year, where they are said."""

    facts: tuple[Fact, ...] = ()
    uscc: str = ""
    name: str = ""
    year: str | None = None


def read(sheet: Sheet, rows: Grid, problems: Problems) -> Head:
    """What the rows above the headings say; the year also by the sheet's title.

    Never by the document's name: that may be the year in which it was filed.
    """
    facts: list[Fact] = []
    uscc = name = ""
    year: str | None = None
    for row, col, text, after in _texts(rows):
        label, _, value = text.replace("：", ":").partition(":")
        folded, value = fold(label), (value.strip() or after)
        if not uscc and (folded in _CODES or _CODE.fullmatch(text)):
            found = _CODE.search(fold(value if folded in _CODES else text).upper())
            if found and not codes.is_uscc(found[0]):
                text_of_code = Text(
                    "信用代码“{v}”校验位不符，未采用 — 请核对",
                    "the check character of the credit code “{v}” does not fit: not taken — check it",
                )
                problems.say(WARNING, "paper-uscc", sheet.at(row, col), text_of_code.fill(v=found[0]))
            elif found:
                uscc = found[0]
                facts.append(Fact("enterprise.uscc", uscc, "", None, sheet.at(row, col), sheet.row(row)))
        elif not name and folded in _NAMES and value and len(value) < 100:
            name = value
            facts.append(Fact("enterprise.name", name, "", None, sheet.at(row, col), sheet.row(row)))
        elif year is None and any(sign in text for sign in _YEAR_SIGNS) and len(text) < 60:
            years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?=年|-|\.|/|\d\d月|年度|$)", fold(text)))
            if len(years) == 1 and _OF_THE_FORM.search(text) is None:
                year = years.pop()
    return Head(tuple(facts), uscc, name, year or year_in(sheet.title))


def _texts(rows: Grid) -> Iterator[tuple[int, int, str, str]]:
    """Each cell of texts, and the next text to its right."""
    for row, cells in enumerate(rows):
        texts = [(col, text_of(cell)) for col, cell in enumerate(cells) if not is_nothing(cell)]
        for number, (col, text) in enumerate(texts):
            yield row, col, text, texts[number + 1][1] if number + 1 < len(texts) else ""
