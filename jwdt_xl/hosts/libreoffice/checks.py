"""``jwdt addin doctor --host libreoffice``: the program, the add-in, and whether Calc computes with it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ... import __version__
from ...errors import JwdtError
from ...functions import JWDT_EQUIVALENT_VALUE
from ...messages import Text
from ..check import Check
from .install import NOT_THERE, clean_environment, found_version, option, profile_options, run
from .program import Program, find_program
from .shim import SERVICE

OTHER_VERSION = Text(
    "LibreOffice 中的 jwdt 是 {v}，这里是 {own} — 运行：jwdt addin install --host libreoffice{o}",
    "jwdt in LibreOffice is {v}, this one is {own} — run: jwdt addin install --host libreoffice{o}",
)
COMPUTES = Text("函数在 Calc 中可以计算", "the functions compute in Calc")
SILENT = Text(
    "函数在 Calc 中没有算出结果（得到“{got}”） — 关闭 LibreOffice，重新安装加载项后再试",
    "the functions do not compute in Calc (got “{got}”) — close LibreOffice, install the add-in again and try",
)
HERE = Text("从当前命令行环境启动的 Calc 也可以计算", "Calc started from this shell computes too")
NOT_HERE = Text(
    "从当前命令行环境启动的 LibreOffice 打不开任何含 JWDT_ 函数的工作簿：PATH 上的第一个 python3 属于 venv、pyenv 或 conda（{p}）— "
    "请从桌面启动 LibreOffice，或先退出该环境（deactivate），或：env PATH=/usr/bin:/bin soffice",
    "LibreOffice started from this shell cannot open any workbook with JWDT_ functions: the first python3 on the PATH is that of "
    "a venv, pyenv or conda ({p}) — start LibreOffice from the desktop, or leave that environment first (deactivate), or: "
    "env PATH=/usr/bin:/bin soffice",
)


def checks(profile: str | None = None) -> Iterator[Check]:
    """The lines of the doctor; none after the first that fails."""
    try:
        program = find_program()
        version = ".".join(map(str, program.version))
        yield Check(
            True,
            Text(
                f"LibreOffice {version}, Python: {program.folder}", f"LibreOffice {version}, Python: {program.folder}"
            ),
        )
        found = found_version(program, profile)
        if found is None:
            raise JwdtError(NOT_THERE.fill(p=program.folder, o=option(profile)), "office")
        if found[0] != __version__:
            raise JwdtError(OTHER_VERSION.fill(v=found[0], own=__version__, o=option(profile)), "office")
        yield Check(True, Text(f"jwdt {found[0]}", f"jwdt {found[0]}"))
        expected, clean = str(JWDT_EQUIVALENT_VALUE("二氧化硫")), clean_environment()
        got = _computed(program, profile, clean)
        if got != expected:
            raise JwdtError(SILENT.fill(got=got), "office")
        yield Check(True, COMPUTES)
        own = dict(os.environ)
        if own.get("PATH") != clean["PATH"]:  # people start it from the shell they are in, too
            if _computed(program, profile, own, may_fail=True) != expected:
                raise JwdtError(NOT_HERE.fill(p=own.get("PATH", "").partition(os.pathsep)[0]), "office")
            yield Check(True, HERE)
    except JwdtError as error:
        yield Check(False, error.text)


def _computed(program: Program, profile: str | None, environment: dict[str, str], may_fail: bool = False) -> str:
    """What Calc shows for a formula with one of the functions."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder, "jwdt.fods")
        sheet.write_text(SHEET, encoding="utf-8")
        command = [str(program.tool("soffice")), *profile_options(profile), "--headless", "--convert-to", "csv"]
        try:
            run([*command, "--outdir", folder, str(sheet)], environment)
        except JwdtError:
            if not may_fail:
                raise
        result = sheet.with_suffix(".csv")
        return result.read_text(encoding="utf-8").strip() if result.exists() else ""


SHEET = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="jwdt"><table:table-row>
<table:table-cell table:formula="of:={SERVICE.upper()}.JWDT_EQUIVALENT_VALUE(&quot;二氧化硫&quot;)"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document>
"""
