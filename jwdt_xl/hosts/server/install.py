"""``jwdt addin … --host server``: the ready project, copied to a folder of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

from ...errors import JwdtError
from ...messages import Text

PROJECT = Path(__file__).with_name("project")
FOLDER = "jwdt-server"
COPIED = Text("xlwings Server 项目已写入 {f}", "the xlwings Server project is in {f}")
STEPS = (
    Text(
        "许可：xlwings Server 不是自由软件，非商业用途按 PolyForm Noncommercial 1.0.0 免费，商业用途须购买 xlwings PRO 许可",
        "licence: xlwings Server is no free software; noncommercial use is free under PolyForm Noncommercial 1.0.0, commercial use needs a paid xlwings PRO licence",
    ),
    Text(
        '1. pip install "./jwdt_xl-….whl[server]"（Python ≥ 3.11；文件由 jwdt addin wheel 写出）',
        '1. pip install "./jwdt_xl-….whl[server]" (Python ≥ 3.11; jwdt addin wheel writes the file)',
    ),
    Text(
        "2. 把 .env.template 复制为 .env，填写 XLWINGS_LICENSE_KEY（符合非商业条件时可写 noncommercial）",
        "2. copy .env.template to .env and fill in XLWINGS_LICENSE_KEY (noncommercial, if your use is that)",
    ),
    Text(
        "3. 在该文件夹中运行：python start.py（只听 127.0.0.1:8000）",
        "3. in that folder run: python start.py (listens on 127.0.0.1:8000 only)",
    ),
    Text(
        "4. 在 Excel 中旁加载 https://<主机>/manifest.xml；Excel 要求 HTTPS，见文件夹中的 README.md",
        "4. sideload https://<host>/manifest.xml in Excel; Excel asks for HTTPS, see README.md in the folder",
    ),
)
EXISTS = Text(
    "{f} 已存在，不会覆盖 — 请先移走，或在别的文件夹中运行",
    "{f} exists already and is not overwritten — move it away, or run this in another folder",
)
THERE, NOT_THERE = (
    Text("{f} 是 xlwings Server 项目", "{f} is an xlwings Server project"),
    Text(
        "当前文件夹没有 {f} — 运行：jwdt addin install --host server",
        "there is no {f} in this folder — run: jwdt addin install --host server",
    ),
)
REMOVE = Text(
    "项目是普通文件夹，不需要时删除 {f} 即可", "the project is an ordinary folder: delete {f} when you do not need it"
)


def install() -> int:
    """Copy the project into the current folder."""
    folder = Path.cwd() / FOLDER
    if folder.exists():
        raise JwdtError(EXISTS.fill(f=folder), "exists")
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    print(COPIED.fill(f=folder))
    for step in STEPS:
        print(step)
    return 0


def status() -> int:
    folder = Path.cwd() / FOLDER
    there = (folder / "custom_functions" / "__init__.py").is_file()
    print((THERE if there else NOT_THERE).fill(f=folder if there else FOLDER))
    return 0 if there else 1


def uninstall() -> int:
    print(REMOVE.fill(f=Path.cwd() / FOLDER))
    return 0
