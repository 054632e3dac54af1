"""Papers of many enterprises, a row of each: which rows are the wanted one's."""

from __future__ import annotations

from collections.abc import Sequence

from ..messages import ERROR, Text
from ..standard.names import fold
from . import headings
from .cells import Problems
from .headings import Table, column
from .paper import Fact, Wanted

CODE = column(
    "owner_code",
    "法人单位代码|统一社会信用代码|组织机构代码|社会信用代码|信用代码|单位代码|纳税人识别号|组织机构代码(统一社会信用代码)|uscc",
    role=headings.NAME,
)
NAME = column(
    "owner", "企业名称|单位名称|法人单位名称|单位详细名称|填报单位|重点排放单位|公司名称|纳税人名称", role=headings.NAME
)


def is_same(text: str, uscc: str) -> bool:
    """Whether a code is that of an enterprise: the whole, or the nine characters of the organisation code in it."""
    plain = "".join(sign for sign in fold(text).upper() if sign.isalnum())
    return bool(plain) and (plain == uscc or (len(plain) == 9 and plain == uscc[8:17]))


def rows_of(table: Table, rows: Sequence[int], wanted: Wanted, problems: Problems) -> list[int]:
    """The rows of the enterprise; where none is wanted there must be only one."""
    whose = {row: (table.text(row, "owner_code"), table.text(row, "owner")) for row in rows}
    known = {who for who in whose.values() if any(who)}
    if wanted.uscc and any(code for code, _ in known):
        found = [row for row in rows if is_same(whose[row][0], wanted.uscc)]
    elif wanted.name and any(name for _, name in known):
        found = [row for row in rows if fold(whose[row][1]) == fold(wanted.name)]
    elif len(known) <= 1:
        return list(rows)
    else:
        text = Text(
            "表中有 {n} 家企业，不知道要哪一家 — 请用 --into 给出已填企业名称和信用代码的文件",
            "the table has {n} enterprises and which is wanted is not known — give a file with name and credit code by --into",
        )
        problems.say(ERROR, "whose-paper", table.sheet.at(table.top, 0), text.fill(n=len(known)))
        _take(table, rows)
        return []
    _take(table, [row for row in rows if any(whose[row]) or not found])  # of others; what names none is told by itself
    if not found and rows:
        text = Text(
            "表中没有本企业（{w}）的行，未导入 — 请核对信用代码和名称",
            "the table has no row of this enterprise ({w}): nothing is imported — check code and name",
        )
        problems.say(ERROR, "whose-paper", table.sheet.at(table.top, 0), text.fill(w=wanted.uscc or wanted.name))
    return found


def _take(table: Table, rows: Sequence[int]) -> None:
    for row in rows:
        table.take(row)


def facts_of(table: Table, row: int) -> list[Fact]:
    """Name and credit code of a row."""
    from ..standard.codes import as_typed, is_uscc

    found = []
    where = table.sheet.row(row)
    code = str(as_typed(table.text(row, "owner_code")))
    if is_uscc(code):
        found.append(Fact("enterprise.uscc", code, "", None, table.at(row, "owner_code"), where))
    if table.text(row, "owner"):
        found.append(Fact("enterprise.name", table.text(row, "owner"), "", None, table.at(row, "owner"), where))
    return found
