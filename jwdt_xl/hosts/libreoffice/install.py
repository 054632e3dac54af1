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
from ...functions import CATALOGUE
from ...messages import Text
from .extension import IDENTIFIER, build
from .program import Program, find_program

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
ROOT = Text(
    "以 root 身份运行时 unopkg 只能为所有用户安装，不会只装入 {p} — 请以该用户的身份运行，或去掉 --profile 为所有用户安装",
    "run by root unopkg can only install for all users, not into {p} alone — run this as the user whose profile it is, "
    "or without --profile for all users",
)
FAILED = Text("unopkg 失败：{reason}", "unopkg failed: {reason}")
FOR_ALL, FOR_ONE = Text("所有用户", "all users"), Text("当前用户", "this user")


def install(profile: str | None = None) -> int:
    """Install or replace the add-in, made from the package that runs."""
    program = find_program()
    if profile is not None and _shared() and "UNO_SHARED_PACKAGES_CACHE" not in os.environ:
        raise JwdtError(ROOT.fill(p=profile), "office")
    with tempfile.TemporaryDirectory() as folder:
        extension = os.path.join(folder, "jwdt.oxt")
        build(extension, CATALOGUE)
        _unopkg(program, profile, _shared(), "add", "--force", "--suppress-license", extension)
    print(INSTALLED.fill(v=__version__, w=_who(_shared()), p=program.folder))
    return 0


def uninstall(profile: str | None = None) -> int:
    """Remove the add-in; fine if there is none."""
    program = find_program()
    if installed(program, profile, _shared()) is None:
        print(NOT_THERE.fill(p=program.folder, o=option(profile)))
        return 0
    _unopkg(program, profile, _shared(), "remove", IDENTIFIER)
    print(REMOVED.fill(w=_who(_shared()), p=program.folder))
    return 0


def status(profile: str | None = None) -> int:
    """Say whether the add-in is there; 1 if not."""
    program = find_program()
    found = found_version(program, profile)
    if found is not None:
        version, shared = found
        print(THERE.fill(v=version, w=_who(shared), p=program.folder))
        return 0
    print(NOT_THERE.fill(p=program.folder, o=option(profile)))
    return 1


def found_version(program: Program, profile: str | None) -> tuple[str, bool] | None:
    """The version that is installed, and whether for all users; None if none is."""
    for shared in dict.fromkeys((_shared(), True)):
        version = installed(program, profile, shared)
        if version is not None:
            return version, shared
    return None


def option(profile: str | None) -> str:
    """What the next command needs to mean the same profile."""
    return f" --profile {shlex.quote(profile)}" if profile else ""


def _shared() -> bool:
    """Under Linux unopkg refuses to install for root alone."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _who(shared: bool) -> Text:
    return FOR_ALL if shared else FOR_ONE


def installed(program: Program, profile: str | None, shared: bool) -> str | None:
    """The version that is installed, None if none is."""
    listed = _unopkg(program, profile, shared, "list")
    found = re.search(rf"^Identifier: {re.escape(IDENTIFIER)}\s+Version: (\S+)", listed, re.MULTILINE)
    return found[1] if found else None


def _unopkg(program: Program, profile: str | None, shared: bool, action: str, *arguments: str) -> str:
    options = ["--shared"] if shared else []
    command = [str(program.tool("unopkg")), action, *options, *profile_options(profile), *arguments]
    return run(command)


def profile_options(profile: str | None) -> list[str]:
    if profile is None:
        return []
    folder = Path(profile).resolve()
    if (folder / "registrymodifications.xcu").exists():  # the folder "user" inside it, which people see first
        folder = folder.parent
    return [f"-env:UserInstallation={folder.as_uri()}"]


def clean_environment() -> dict[str, str]:
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


def run(command: list[str], environment: dict[str, str] | None = None) -> str:
    """What a program of LibreOffice prints; in a clean environment unless one is given."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=LIMIT,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            env=clean_environment() if environment is None else environment,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JwdtError(FAILED.fill(reason=error), "office") from None
    if done.returncode != 0:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise JwdtError(FAILED.fill(reason=" ".join(lines)[:300] or done.returncode), "office")
    return done.stdout
