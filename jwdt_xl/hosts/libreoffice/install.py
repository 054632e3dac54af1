"""``jwdt addin … --host libreoffice``: the add-in in somebody's LibreOffice, through its own tool unopkg."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from ... import __version__
from ...errors import JwdtError
from ...functions import CATALOGUE, JWDT_EQUIVALENT_VALUE
from ...messages import Text
from .extension import IDENTIFIER, build
from .program import Program, find_program
from .shim import SERVICE

LIMIT = 180  # seconds; a first start prepares the profile

INSTALLED = Text(
    "已安装 jwdt {v}（{w}）到 LibreOffice {p} — 重新启动 LibreOffice 后可用：=JWDT_EQUIVALENT(\"二氧化硫\"; 100)",
    "jwdt {v} is installed ({w}) in LibreOffice {p} — start LibreOffice anew, then =JWDT_EQUIVALENT(\"SO2\"; 100)",
)  # fmt: skip
REMOVED = Text("已从 LibreOffice {p} 卸载 jwdt（{w}）", "jwdt is removed ({w}) from LibreOffice {p}")
THERE = Text("jwdt {v} 已安装（{w}），LibreOffice {p}", "jwdt {v} is installed ({w}), LibreOffice {p}")
NOT_THERE = Text(
    "LibreOffice {p} 中没有安装 jwdt — 运行：jwdt addin install --host libreoffice{o}",
    "jwdt is not installed in LibreOffice {p} — run: jwdt addin install --host libreoffice{o}",
)
OTHER_VERSION = Text(
    "LibreOffice 中的 jwdt 是 {v}，这里是 {own} — 运行：jwdt addin install --host libreoffice{o}",
    "jwdt in LibreOffice is {v}, this one is {own} — run: jwdt addin install --host libreoffice{o}",
)
FAILED = Text("unopkg 失败：{reason}", "unopkg failed: {reason}")
FOR_ALL, FOR_ONE = Text("所有用户", "all users"), Text("当前用户", "this user")
COMPUTES = Text("函数在 Calc 中可以计算", "the functions compute in Calc")
SILENT = Text(
    "函数在 Calc 中没有算出结果（得到“{got}”） — 关闭 LibreOffice，从没有激活 venv、pyenv、conda 的环境启动后再试",
    "the functions do not compute in Calc (got “{got}”) — close LibreOffice, start it where no venv, pyenv or conda is active, try again",
)


def install(profile: str | None = None) -> int:
    """Install or replace the add-in, made from the package that runs."""
    program = find_program()
    with tempfile.TemporaryDirectory() as folder:
        extension = os.path.join(folder, "jwdt.oxt")
        build(extension, CATALOGUE)
        _unopkg(program, profile, _shared(), "add", "--force", "--suppress-license", extension)
    print(INSTALLED.fill(v=__version__, w=_who(_shared()), p=program.folder))
    return 0


def uninstall(profile: str | None = None) -> int:
    """Remove the add-in; fine if there is none."""
    program = find_program()
    if _version(program, profile, _shared()) is None:
        print(NOT_THERE.fill(p=program.folder, o=_option(profile)))
        return 0
    _unopkg(program, profile, _shared(), "remove", IDENTIFIER)
    print(REMOVED.fill(w=_who(_shared()), p=program.folder))
    return 0


def status(profile: str | None = None) -> int:
    """Say whether the add-in is there; 1 if not."""
    program = find_program()
    for shared in dict.fromkeys((_shared(), True)):
        version = _version(program, profile, shared)
        if version is not None:
            print(THERE.fill(v=version, w=_who(shared), p=program.folder))
            return 0
    print(NOT_THERE.fill(p=program.folder, o=_option(profile)))
    return 1


def doctor(profile: str | None = None) -> int:
    """One line per check, OK or FAIL with the next step; 1 at the first that fails."""
    try:
        program = find_program()
        print(f"OK   LibreOffice {'.'.join(map(str, program.version))}, Python: {program.folder}")
        versions = [_version(program, profile, shared) for shared in dict.fromkeys((_shared(), True))]
        version = next((found for found in versions if found is not None), None)
        if version is None:
            raise JwdtError(NOT_THERE.fill(p=program.folder, o=_option(profile)), "office")
        if version != __version__:
            raise JwdtError(OTHER_VERSION.fill(v=version, own=__version__, o=_option(profile)), "office")
        print(f"OK   jwdt {version}")
        got = _computed(program, profile)
        if got != str(JWDT_EQUIVALENT_VALUE("二氧化硫")):
            raise JwdtError(SILENT.fill(got=got), "office")
        print(f"OK   {COMPUTES}")
    except JwdtError as error:
        print(f"FAIL {error}")
        return 1
    return 0


def _option(profile: str | None) -> str:
    """What the next command needs to mean the same profile."""
    return f" --profile {shlex.quote(profile)}" if profile else ""


def _shared() -> bool:
    """Under Linux unopkg refuses to install for root alone."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _who(shared: bool) -> Text:
    return FOR_ALL if shared else FOR_ONE


def _version(program: Program, profile: str | None, shared: bool) -> str | None:
    """The version that is installed, None if none is."""
    listed = _unopkg(program, profile, shared, "list")
    found = re.search(rf"^Identifier: {re.escape(IDENTIFIER)}\s+Version: (\S+)", listed, re.MULTILINE)
    return found[1] if found else None


def _unopkg(program: Program, profile: str | None, shared: bool, action: str, *arguments: str) -> str:
    options = ["--shared"] if shared else []
    command = [str(program.tool("unopkg")), action, *options, *_profile(profile), *arguments]
    return _run(command)


def _profile(profile: str | None) -> list[str]:
    if profile is None:
        return []
    folder = Path(profile).resolve()
    if (folder / "registrymodifications.xcu").exists():  # the folder "user" inside it, which people see first
        folder = folder.parent
    return [f"-env:UserInstallation={folder.as_uri()}"]


def _environment() -> dict[str, str]:
    """The environment as without a venv, pyenv or conda.

    The Python inside LibreOffice may take its library from the first python3 on the PATH; with another Python's library
    it breaks. People start LibreOffice from their desktop, where there is none of that.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    variables = ("VIRTUAL_ENV", "CONDA_PREFIX", "PYENV_ROOT")
    roots = {sys.prefix, sys.base_prefix, *(environment.pop(name, "") for name in variables)} - {
        "",
        "/usr",
        "/usr/local",
    }
    folders = environment.get("PATH", os.defpath).split(os.pathsep)
    kept = [folder for folder in folders if not any(Path(folder).is_relative_to(root) for root in roots)]
    return {**environment, "PATH": os.pathsep.join(kept)}


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=LIMIT,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            env=_environment(),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JwdtError(FAILED.fill(reason=error), "office") from None
    if done.returncode != 0:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise JwdtError(FAILED.fill(reason=" ".join(lines)[:300] or done.returncode), "office")
    return done.stdout


def _computed(program: Program, profile: str | None) -> str:
    """What Calc shows for a formula with one of the functions."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder, "jwdt.fods")
        sheet.write_text(SHEET, encoding="utf-8")
        command = [str(program.tool("soffice")), *_profile(profile), "--headless", "--convert-to", "csv"]
        _run([*command, "--outdir", folder, str(sheet)])
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
