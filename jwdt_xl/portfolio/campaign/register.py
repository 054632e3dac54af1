"""The evaluator's register of enterprises: who is to report, on what, and what they reported last time."""

from __future__ import annotations

import re
from typing import NamedTuple

from stdnum.cn import uscc as credit_code

from ...assessment.activity import year_of
from ...errors import JwdtError
from ...messages import ERROR, WARNING, Finding, Text
from ...opening.tables import Row, code_of, read_table
from ...standard import codes
from ...standard.guide import Guide, builtin
from ...standard.guide.subjects import Subject
from ..analysis.identity import is_called, period
from . import divisions

COLUMNS = {
    "uscc": (
        "统一社会信用代码",
        "uscc",
        "信用代码",
        "社会信用代码",
        "unified social credit code",
        "credit code",
        "code",
        "行政区划代码",
        "区划代码",
        "division_code",
        "division code",
        "管理机构统一社会信用代码",
    ),
    "name": (
        "企业名称",
        "name",
        "企业",
        "单位名称",
        "企业全称",
        "名称",
        "enterprise",
        "company",
        "城市名称",
        "城市",
        "城市(地区)名称",
        "地区名称",
        "园区名称",
        "园区",
        "city",
        "park",
    ),
    "industry_code": ("行业代码", "industry_code", "行业", "industry code", "industry"),
    "region": ("地区", "region", "所在地", "省市"),
    "base": ("基准期", "base", "base period"),
    "report": ("报告期", "report", "报告年度", "report period"),
    "product": ("产品", "product", "产品名称"),
    "unit": ("产品单位", "unit", "单位", "unit of product"),
    "previous": ("上期文件", "previous", "上期", "previous file", "last file"),
    "mail": ("邮箱", "mail", "电子邮箱", "电子邮件", "联系邮箱", "邮箱地址", "email", "e-mail", "mail address"),
    "former": ("曾用名", "former name", "former", "原企业名称", "原名称", "原名", "更名前名称"),
    "guide": ("指南", "guide", "评价指南", "适用指南", "行业指南"),
}


#: An industry code, of which a spreadsheet made a number.
_NUMBER = re.compile(r"(\d{3,4})(?:\.0+)?")


class Entry(NamedTuple):
    """An enterprise of the register."""

    place: str
    uscc: str
    name: str
    industry_code: str = ""
    region: str = ""
    base: str = ""
    report: str = ""
    product: str = ""
    unit: str = ""
    previous: str = ""
    mail: str = ""
    guide: str = ""
    former: str = ""

    def is_called(self, name: str) -> bool:
        return is_called(name, self.name, self.former)


class Listed(NamedTuple):
    """A row of the register as it stands there: its number, its cells, and whose it is or what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    uscc: str = ""
    wrong: Text | None = None


class Register(NamedTuple):
    """The enterprises that can be written to, and what is wrong with the other rows."""

    entries: list[Entry]
    findings: list[Finding]
    rows: int
    #: As it stands in its file: the heading, and every row that is not blank.
    heading: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()


def read_register(path: str, guide: Guide | None = None) -> Register:
    """The register in a CSV or Excel file of what the guide evaluates. A wrong row is a finding and costs itself only."""
    subject = (guide or builtin()).subject
    entries: dict[str, Entry] = {}
    table = read_table(path, COLUMNS, ("uscc", "name"))
    findings: list[Finding] = list(table.notes)
    listed = []
    for row in table.rows:
        try:
            entry = _entry(row)
            _check(row, entry, subject)
            if entry.uscc in entries:
                raise JwdtError(
                    Text("{l} {c} 已在 {p} 出现，须唯一 — 请删去重复的一行", "{l} {c} stands in {p} already, must be unique — delete one of the rows").fill(
                        l=subject.code_short, c=entry.uscc, p=entries[entry.uscc].place
                    ),
                    "duplicate-uscc",
                )  # fmt: skip
            entries[entry.uscc] = entry
            findings += _of_periods(entry)
            listed.append(Listed(row.number, row.cells, entry.uscc))
            if subject.code == "division_code":
                findings += divisions.check(entry.uscc, entry.name, entry.place)
        except JwdtError as error:
            findings.append(Finding(ERROR, error.code, row.place, error.text))
            listed.append(Listed(row.number, row.cells, wrong=error.text))
    return Register(list(entries.values()), findings, len(table.rows), table.heading, tuple(listed))


def _entry(row: Row) -> Entry:
    fields = {key: row.fields.get(key, "") for key in Entry._fields if key != "place"}
    fields["uscc"] = str(codes.division_as_typed(code_of(fields["uscc"])))
    number = _NUMBER.fullmatch(code_of(fields["industry_code"]))
    if number:
        fields["industry_code"] = number[1].zfill(4)  # 0610 typed as a number
    return Entry(row.place, **fields)


def _of_periods(entry: Entry) -> list[Finding]:
    """The base lies before the report period; the form is written as the register says, and says so too when it is evaluated."""
    if not (entry.base and entry.report):
        return []
    base, report = year_of(period(entry.base)), year_of(period(entry.report))
    after = base is not None and report is not None and base > report
    if not after and period(entry.base) != period(entry.report):
        return []
    text = Text(
        "基准期 {b} 不在报告期 {r} 之前，模板照此生成 — 请核对是否填反，更正登记表后重新生成",
        "the base period {b} is not before the report period {r}, and the template is written so — check whether they are swapped, correct the register and write it again",
    )
    filled = text.fill(b=entry.base, r=entry.report)
    return [Finding(WARNING, "base-not-before-report", entry.place, filled, "consistency")]


def _check(row: Row, entry: Entry, subject: Subject) -> None:
    if subject.code == "division_code":
        codes.check_division(entry.uscc)
    else:
        _check_credit_code(row, entry)
    if not entry.name:
        raise JwdtError(_NO_NAME.fill(l=subject.name_label), "missing-name")
    if entry.industry_code:
        codes.check_industry(entry.industry_code)


_NO_NAME = Text("缺“{l}” — 请补填", "the name ({l}) is missing — fill it in")


def _check_credit_code(row: Row, entry: Entry) -> None:
    if "uscc" in row.numbers:
        raise JwdtError(
            Text(
                "信用代码以数字保存（{v}），末位已丢失，须为文本 — 请将该列设为文本后重新填写",
                "the credit code is stored as a number ({v}) and has lost digits, must be text — set the column to text and type it again",
            ).fill(v=entry.uscc),
            "id-as-number",
        )
    codes.check_uscc(entry.uscc)
    if not credit_code.is_valid(entry.uscc):
        raise JwdtError(
            Text("统一社会信用代码“{v}”无效，请核对", "unified social credit code “{v}” is not valid; compare with the licence").fill(
                v=entry.uscc
            ),
            "bad-uscc",
        )  # fmt: skip
