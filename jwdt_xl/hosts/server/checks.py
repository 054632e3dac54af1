"""``jwdt addin doctor --host server``: the package, the project, its licence and its certificate."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from ...messages import Text
from ..check import AGAIN, Check, python, version_of
from .install import FOLDER

SERVER_PYTHON = (3, 11)


def checks() -> Iterator[Check]:
    yield python(SERVER_PYTHON)
    version = version_of("xlwings-server")
    install = Text('运行：pip install "jwdt-xl[server]"', 'run: pip install "jwdt-xl[server]"')
    there = Text(f"xlwings-server {version}", f"xlwings-server {version}")
    missing = Text("没有安装 xlwings-server", "xlwings-server is not installed")
    yield Check(True, there) if version else Check(False, missing, install)
    folder = next((f for f in (Path.cwd(), Path.cwd() / FOLDER) if (f / "custom_functions").is_dir()), None)
    if folder is None:
        yield Check(False, Text("当前文件夹没有项目", "there is no project in this folder"), AGAIN.fill(h="server"))
    else:
        yield Check(True, Text("项目：{f}", "project: {f}").fill(f=folder))
    yield _licence(folder)
    if folder is not None and not (folder / "certs").is_dir():
        text = Text("没有证书，服务器用 HTTP", "no certificate: the server speaks HTTP")
        step = Text(
            "Excel 只加载 HTTPS 的加载项：放在带证书的反向代理之后，或在 certs 中放入证书",
            "Excel loads add-ins over HTTPS only: put it behind a proxy with a certificate, or one into certs",
        )
        yield Check(None, text, step)


def _licence(folder: Path | None) -> Check:
    key = os.environ.get("XLWINGS_LICENSE_KEY", "")
    if not key and folder is not None and (folder / ".env").is_file():
        text = (folder / ".env").read_text(encoding="utf-8", errors="replace")
        found = re.search(r"""^\s*XLWINGS_LICENSE_KEY\s*=\s*["']?([^"'\s#]*)""", text, re.MULTILINE)
        key = found[1] if found else ""
    if key == "noncommercial":
        return Check(
            True,
            Text(
                "许可：非商业（PolyForm Noncommercial 1.0.0）", "licence: noncommercial (PolyForm Noncommercial 1.0.0)"
            ),
        )
    if key:
        return Check(True, Text("许可：有 xlwings PRO 密钥", "licence: an xlwings PRO key is there"))
    step = Text(
        "在 .env 中填写 XLWINGS_LICENSE_KEY：noncommercial（仅限非商业用途）或购买的密钥（xlwings.org/pricing）",
        "fill in XLWINGS_LICENSE_KEY in .env: noncommercial (for that use only) or a key bought at xlwings.org/pricing",
    )
    return Check(False, Text("没有 XLWINGS_LICENSE_KEY", "XLWINGS_LICENSE_KEY is missing"), step)
