"""Finding LibreOffice on this machine: its program folder, its version, its Python."""

from __future__ import annotations

import glob
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...errors import JwdtError
from ...messages import Text

#: 7.x does not map add-in names when it imports .xlsx: =JWDT_SCORE(…) of an Excel file would stay unknown.
MINIMUM = (25, 2)
#: Where to look first, for an installation in an unusual place.
VARIABLE = "JWDT_LIBREOFFICE"

NOT_FOUND = Text(
    "找不到 LibreOffice：请安装 LibreOffice 25.2 或更高版本（https://www.libreoffice.org），"
    f"装在别处时用环境变量 {VARIABLE} 指明其 program 文件夹",
    "LibreOffice was not found: install LibreOffice 25.2 or newer (https://www.libreoffice.org); "
    f"if it is in an unusual place, name its program folder in the environment variable {VARIABLE}",
)
TOO_OLD = Text(
    "{program} 的 LibreOffice 版本是 {version}，需要 25.2 或更高：请升级（Debian 12：bookworm-backports）",
    "LibreOffice in {program} is version {version}, 25.2 or newer is needed: upgrade it (Debian 12: bookworm-backports)",
)
NO_PYTHON = Text(
    "{program} 的 LibreOffice 没有 Python 组件：请安装 libreoffice-script-provider-python 和 python3-uno"
    "（Fedora：libreoffice-pyuno）",
    "LibreOffice in {program} lacks its Python part: install libreoffice-script-provider-python and python3-uno "
    "(Fedora: libreoffice-pyuno)",
)
NO_TOOL = Text(
    "找不到 {tool}：请安装 LibreOffice SDK（Debian：libreoffice-dev）",
    "{tool} was not found: install the LibreOffice SDK (Debian: libreoffice-dev)",
)


@dataclass(frozen=True)
class Program:
    """An installed LibreOffice."""

    folder: Path
    version: tuple[int, ...]

    def tool(self, name: str) -> Path:
        """A program that comes with it: soffice, unopkg, unoidl-write …"""
        # under Windows the .com and .exe of unopkg differ: only the former talks to a console
        suffixes = (".com", ".exe") if os.name == "nt" else ("",)
        folders = (self.folder, self.folder.parent / "sdk" / "bin", self.folder.parent / "sdk")
        for folder in folders:
            for suffix in suffixes:
                if (path := folder / (name + suffix)).is_file():
                    return path
        raise JwdtError(NO_TOOL.fill(tool=name), "office")

    @property
    def has_python(self) -> bool:
        """Whether the add-in can run: it is a UNO component in Python."""
        return all(_beside(self.folder, name) is not None for name in ("pythonloader.py", "pythonscript.py"))

    def file(self, name: str) -> Path:
        """A file of the installation, wherever this system keeps it."""
        path = _beside(self.folder, name)
        if path is None:
            raise JwdtError(NO_TOOL.fill(tool=name), "office")
        return path


def find_program() -> Program:
    """The first LibreOffice found that is new enough and has Python; the reason in one sentence when there is none."""
    problem = NOT_FOUND
    for folder in _folders():
        version = _version(folder)
        if version is None:
            continue
        found = Program(folder, version)
        shown = ".".join(map(str, version))
        if version < MINIMUM:
            problem = TOO_OLD.fill(program=folder, version=shown)
        elif not found.has_python:
            problem = NO_PYTHON.fill(program=folder)
        else:
            return found
    raise JwdtError(problem, "office")


def _beside(folder: Path, name: str) -> Path | None:
    # macOS keeps programs in Contents/MacOS, files in Contents/Resources
    for place in (folder, folder.parent / "Resources"):
        if (place / name).exists():
            return place / name
    return None


def _version(folder: Path) -> tuple[int, ...] | None:
    """Read from a file: starting soffice takes a second, and under Windows it prints nothing."""
    file = _beside(folder, "bootstrap.ini" if os.name == "nt" else "bootstraprc")
    if file is None:
        return None
    found = re.search(r"^ProductKey=\D*(\d+)\.(\d+)", file.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else None


def _folders() -> Iterator[Path]:
    """Program folders in the order in which they are tried, newest first where there are several."""
    if os.environ.get(VARIABLE):
        yield Path(os.environ[VARIABLE])
        return
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            yield Path(os.path.realpath(path)).parent
    if os.name == "nt":
        yield from _registered()
        for variable in ("ProgramFiles", "ProgramFiles(x86)"):
            if root := os.environ.get(variable):
                yield Path(root, "LibreOffice", "program")
    elif sys.platform == "darwin":
        for root in ("/Applications", os.path.expanduser("~/Applications")):
            yield Path(root, "LibreOffice.app", "Contents", "MacOS")
    else:
        yield Path("/usr/lib/libreoffice/program")
        yield Path("/usr/lib64/libreoffice/program")
        yield from map(Path, sorted(glob.glob("/opt/libreoffice*/program"), reverse=True))
        yield Path("/snap/libreoffice/current/lib/libreoffice/program")


def _registered() -> Iterator[Path]:
    """Windows: where the installer says it has put LibreOffice."""
    if sys.platform != "win32":
        return
    import winreg

    for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        try:
            yield Path(winreg.QueryValue(root, r"SOFTWARE\LibreOffice\UNO\InstallPath"))
        except OSError:
            continue
