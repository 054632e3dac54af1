"""``jwdt addin doctor --host lite``: what can be seen of it from outside Excel."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator

from ... import __version__
from ...messages import Text
from ..check import AGAIN, Check, version_of, xlwings
from ..wheel import DISTRIBUTION, WHEEL


def checks() -> Iterator[Check]:
    yield _requirements()
    yield xlwings()
    text = Text(
        "本机无需安装任何东西；Excel 里的 Lite 从这里看不到",
        "nothing is installed on this machine; Lite inside Excel cannot be seen from here",
    )
    yield Check(None, text, AGAIN.fill(h="lite"))


def _requirements() -> Check:
    if version_of(DISTRIBUTION) is None:  # run from a folder
        text = Text("jwdt-xl 未作为软件包安装", "jwdt-xl is not installed as a package")
        return Check(False, text, Text("运行：pip install {w}", "run: pip install {w}").fill(w=WHEEL))
    requirements = importlib.metadata.requires(DISTRIBUTION) or []
    heavy = [r for r in requirements if "emscripten" not in r and "extra ==" not in r]
    if heavy:
        text = Text("jwdt-xl 在 Lite 中还会要求 {r}", "in Lite jwdt-xl would ask for {r}").fill(r=", ".join(heavy))
        return Check(False, text, Text("请升级 jwdt-xl", "upgrade jwdt-xl"))
    text = Text("jwdt-xl {v} 在 Lite 中不需要其他包", "jwdt-xl {v} needs no other package in Lite")
    return Check(True, text.fill(v=__version__))
