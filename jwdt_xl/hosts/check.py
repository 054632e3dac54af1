"""One line of ``jwdt addin doctor``, and the lines that several hosts have."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import sys
from typing import NamedTuple

from .. import __version__
from ..messages import Text

MINIMUM_XLWINGS = (0, 35, 3)
AGAIN = Text("运行：jwdt addin install --host {h}", "run: jwdt addin install --host {h}")


class Check(NamedTuple):
    """One line: fine or not (None: cannot be read here), what was found, and what to do."""

    ok: bool | None
    text: Text
    step: Text | None = None

    def __str__(self) -> str:
        mark = {True: "OK  ", False: "FAIL", None: "NOTE"}[self.ok]
        return f"{mark} {self.text}" + (f" — {self.step}" if self.step is not None else "")


def python(minimum: tuple[int, int]) -> Check:
    text = Text("Python {v}（{p}），jwdt-xl {j}", "Python {v} ({p}), jwdt-xl {j}")
    found = text.fill(v=platform.python_version(), p=sys.executable, j=__version__)
    step = Text("请安装 Python {m} 或更高版本", "install Python {m} or newer").fill(m=".".join(map(str, minimum)))
    return Check(sys.version_info >= minimum, found, None if sys.version_info >= minimum else step)


def xlwings() -> Check:
    version = version_of("xlwings")
    if version is None:
        step = Text("运行：pip install xlwings", "run: pip install xlwings")
        return Check(False, Text("没有安装 xlwings", "xlwings is not installed"), step)
    fine = _numbers(version) >= MINIMUM_XLWINGS
    step = Text("运行：pip install --upgrade xlwings", "run: pip install --upgrade xlwings")
    return Check(fine, Text(f"xlwings {version}", f"xlwings {version}"), None if fine else step)


def version_of(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
