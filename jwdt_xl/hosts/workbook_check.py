"""``jwdt addin doctor --workbook``: whether a workbook suits a host, and what in it keeps the functions away."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import Refused
from ..messages import Text
from ..opening import markup
from ..opening.container import open_regular
from .check import Check
from .excel import config as conf

_ADDIN = re.compile(r".+\.(?:xlam?|xlsm)", re.IGNORECASE)
_BAKED = re.compile(r"(?:\[\d+\]|('[^']*\.(?:xlam?|xlsm)'|[^\s(,;'!=+*/&<>^]*\.(?:xlam?|xlsm)))!JWDT_", re.IGNORECASE)
#: A part of a workbook that is larger is not looked into.
LARGEST = 1 << 28


class _Parts(NamedTuple):
    """What the parts of a workbook say: formulas with our functions, links to add-ins, titles, the code of Lite."""

    formulas: list[str]
    links: list[str]
    titles: list[str]
    code: list[str]


def _parts(path: Path) -> _Parts:
    """Raises Refused for a document type declaration, BadZipFile for what is damaged."""
    found = _Parts([], [], [], [])

    def formula(cell: markup.Cell) -> None:
        if cell.formula and "JWDT_" in cell.formula:
            found.formulas.append(cell.formula)

    def start(name: str, attributes: dict[str, str]) -> None:
        values = markup.local(attributes)
        if name == "Relationship" and _ADDIN.fullmatch(values.get("Target", "")):
            found.links.append(values["Target"])
        elif name == "sheet":
            found.titles.append(values.get("name", ""))
        elif name == "property" and values.get("name") == "main.py":
            found.code.append(values.get("value", ""))

    with open_regular(str(path)) as content, zipfile.ZipFile(content) as archive:
        for part in archive.infolist():
            name, pieces = part.filename.lower(), markup.pieces(archive, part.filename, LARGEST)
            if part.file_size > LARGEST:
                continue
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                markup.cells(pieces, formula)
            elif re.match(r"xl/(workbook\.xml|externallinks/_rels/|webextensions/.*\.xml)", name):
                markup.parse(pieces, start)
    return found


def workbook_checks(path: Path, host: str | None) -> Iterator[Check]:
    """Whether the formulas of a workbook suit the host, and whether a path of somebody's add-in is baked in."""
    try:
        found = _parts(path)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, Refused) as error:
        step = Text("请给出 .xlsx 或 .xlsm 文件", "name an .xlsx or .xlsm file")
        reason = error.findings[0].text if isinstance(error, Refused) else getattr(error, "strerror", None) or error
        yield Check(False, Text("{f} 无法打开：{e}", "{f} cannot be opened: {e}").fill(f=path, e=reason), step)
        return
    yield _edition(path, found.formulas, host)
    baked = [_addin_of(match) for formula in found.formulas if (match := _BAKED.search(formula))]
    if baked or found.links:
        what = Text("公式里写死了加载项路径：{p}", "a path of an add-in is baked into formulas: {p}")
        step = Text(
            "Excel：数据 > 编辑链接 > 更改源；或重新生成：jwdt fill --from {f} -o NEW.xlsx",
            "Excel: Data > Edit Links > Change Source; or write it anew: jwdt fill --from {f} -o NEW.xlsx",
        )
        yield Check(False, what.fill(p=", ".join(dict.fromkeys(found.links or baked))), step.fill(f=path))
    else:
        yield Check(True, Text("公式里没有加载项路径", "no path of an add-in is in the formulas"))
    if host == "excel":
        yield from _nearer_configuration(path, found.titles)
    if host == "lite":
        yield _lite_code(found.code)


def _addin_of(found: re.Match[str]) -> str:
    """The file a formula names before the function; of a link only its number stands there."""
    return (found[1] or found[0].partition("!")[0]).strip("'")


def _nearer_configuration(path: Path, titles: list[str]) -> Iterator[Check]:
    """xlwings takes a sheet xlwings.conf, or a file of that name beside the workbook, before the user's own file."""
    if "xlwings.conf" in (title.lower() for title in titles):
        text = Text(
            "工作簿里有 xlwings.conf 工作表，它的设置先于 {f}",
            "a sheet xlwings.conf is in the workbook and goes before {f}",
        ).fill(f=conf.config_file())
        step = Text(
            "函数不出现时，在该表的 UDF Modules 中加 {m}，或把表改名为 _xlwings.conf",
            "if the functions do not appear add {m} to its UDF Modules, or rename it _xlwings.conf",
        )
        yield Check(None, text, step.fill(m=conf.MODULE))
    beside = path.resolve().parent / "xlwings.conf"
    if beside.is_file() and conf.MODULE not in conf.Config.read(beside).items(conf.UDF_MODULES):
        text = Text("{b} 先于 {f}，其中没有 {m}", "{b} goes before {f} and does not name {m}")
        step = Text("在其中的 UDF MODULES 加 {m}，或移走该文件", "add {m} to its UDF MODULES, or move the file away")
        yield Check(False, text.fill(b=beside, f=conf.config_file(), m=conf.MODULE), step.fill(m=conf.MODULE))


def _lite_code(code: list[str]) -> Check:
    """Whether the code of xlwings Lite is in the workbook, where Lite keeps it."""
    if any("jwdt_xl.hosts.lite" in text for text in code):
        return Check(True, Text("工作簿中的 main.py 导入 jwdt", "main.py in the workbook imports jwdt"))
    found = (
        Text("工作簿中的 main.py 没有导入 jwdt", "main.py in the workbook does not import jwdt")
        if code
        else Text("工作簿中还没有 xlwings Lite 的代码", "no code of xlwings Lite is in the workbook yet")
    )
    step = Text("在 Lite 中粘贴：jwdt addin install --host lite", "paste it into Lite: jwdt addin install --host lite")
    return Check(False if code else None, found, step)


def _edition(path: Path, formulas: list[str], host: str | None) -> Check:
    office_js = sum("_xldudf_" in formula for formula in formulas)
    if not formulas:
        return Check(
            True, Text("没有 JWDT_ 函数：普通公式，任何程序可用", "no JWDT_ functions: plain formulas, for any program")
        )
    found = (
        Text("Lite/Server 版", "the Lite/Server edition")
        if office_js
        else Text("Excel 桌面版/LibreOffice 版", "the edition of Excel desktop and LibreOffice")
    )
    text = Text("{n} 个 JWDT_ 公式，{e}", "{n} formulas with JWDT_, {e}").fill(n=len(formulas), e=found)
    other_host = host is not None and (host in ("lite", "server")) != bool(office_js)
    wrong = other_host or 0 < office_js < len(formulas)
    if not wrong:
        return Check(True, text)
    edition = host if host in ("lite", "server") else "excel"
    step = Text(
        "重新生成：jwdt fill --from {f} --host {h} -o NEW.xlsx",
        "write it anew: jwdt fill --from {f} --host {h} -o NEW.xlsx",
    )
    return Check(False, text, step.fill(f=path, h=edition))
