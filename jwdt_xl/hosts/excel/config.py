"""xlwings.conf, the file in which the xlwings add-in looks for Python, paths and UDF modules.

One ``"KEY","VALUE"`` a line. It is handled as bytes: Excel reads it in the code page of Windows, and whatever else is
in it stays as it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

MODULE = "jwdt_udfs"
#: The folder with the module Excel imports; part of the package, so it is always of the installed version.
FOLDER = Path(__file__).with_name("module")
UDF_MODULES, PYTHONPATH, CONDA = "UDF MODULES", "PYTHONPATH", "CONDA PATH"
ENCODING = "mbcs" if os.name == "nt" else "utf-8"


def config_file() -> Path:
    """Where xlwings looks for it (xlwings.USER_CONFIG_FILE, without importing xlwings)."""
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf"
    return home / ".xlwings" / "xlwings.conf"


def backup_file() -> Path:
    """The file as it was before jwdt; empty if there was none."""
    return config_file().with_name("xlwings.conf.before-jwdt")


def interpreter_key() -> str:
    return "INTERPRETER_MAC" if sys.platform == "darwin" else "INTERPRETER_WIN"


def this_interpreter() -> str:
    """The Python that runs, without a console window on Windows."""
    windowless = Path(sys.executable).with_name("pythonw.exe")
    return str(windowless) if windowless.is_file() else sys.executable


class Config:
    """The lines of a configuration file."""

    def __init__(self, content: bytes = b"") -> None:
        self.lines = content.splitlines(keepends=True)

    @classmethod
    def read(cls, path: Path) -> Config:
        return cls(path.read_bytes() if path.is_file() else b"")

    @property
    def content(self) -> bytes:
        return b"".join(self.lines)

    def get(self, key: str) -> str | None:
        place = self._place(key)
        return None if place is None else _parts(self.lines[place])[1]

    def items(self, key: str) -> list[str]:
        """A value that is a list."""
        return [item for item in (self.get(key) or "").split(";") if item.strip()]

    def set(self, key: str, value: str) -> None:
        line = f'"{key}","{value}"'.encode(ENCODING)
        place = self._place(key)
        ending = b"\r\n" if any(other.endswith(b"\r\n") for other in self.lines) else os.linesep.encode()
        if place is not None:
            self.lines[place] = line + ending
            return
        if self.lines and not self.lines[-1].endswith((b"\n", b"\r")):
            self.lines[-1] += ending
        self.lines.append(line + ending)

    def set_items(self, key: str, items: Iterable[str]) -> None:
        joined = ";".join(items)
        if joined:
            self.set(key, joined)
        else:
            self.drop(key)

    def drop(self, key: str) -> None:
        place = self._place(key)
        if place is not None:
            del self.lines[place]

    def _place(self, key: str) -> int | None:
        """The line of a key: the first, as in xlwings; upper and lower case are the same."""
        for place, line in enumerate(self.lines):
            if _parts(line)[0].upper() == key:
                return place
        return None


def with_jwdt(before: bytes) -> bytes:
    """The configuration with the module in it."""
    config = Config(before)
    if config.get(interpreter_key()) is None and config.get(CONDA) is None:
        config.set(interpreter_key(), this_interpreter())
    for key, item in ((PYTHONPATH, str(FOLDER)), (UDF_MODULES, MODULE)):
        config.set_items(key, [*_others(config, key), item])
    return config.content


def without_jwdt(content: bytes, before: bytes) -> bytes:
    """The configuration with everything of ours taken out and what others changed since left in."""
    if content == with_jwdt(before):
        return before
    config = Config(content)
    for key in (PYTHONPATH, UDF_MODULES):
        if config.get(key) is not None:
            config.set_items(key, _others(config, key))
    if Config(before).get(interpreter_key()) is None and config.get(interpreter_key()) == this_interpreter():
        config.drop(interpreter_key())
    return config.content


def _others(config: Config, key: str) -> list[str]:
    """The entries of a list that are not ours, of whatever place jwdt was installed in."""
    ours = MODULE if key == UDF_MODULES else None
    return [item for item in config.items(key) if item != ours and not (ours is None and _is_ours(item))]


def _is_ours(folder: str) -> bool:
    return tuple(folder.replace("\\", "/").rstrip("/").split("/")[-4:]) == FOLDER.parts[-4:]


def _parts(line: bytes) -> tuple[str, str]:
    """Key and value of a line; empty where it is something else."""
    pieces = line.decode(ENCODING, errors="replace").strip().split('"')
    return (pieces[1], pieces[3]) if len(pieces) == 5 and not pieces[0] else ("", "")
