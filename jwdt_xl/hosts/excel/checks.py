"""``jwdt addin doctor --host excel``: Python, xlwings, its add-in and configuration, Excel's own settings."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ...messages import Text
from ..check import AGAIN, Check, python, version_of, xlwings
from . import config as conf

LIMIT = 120  # seconds; a first import on a slow disk


def checks() -> Iterator[Check]:
    yield python((3, 10))
    yield xlwings()
    yield _windows()
    if startup_folder() is not None:
        yield _addin_file()
    config = conf.Config.read(conf.config_file())
    yield from _configuration(config)
    if conf.MODULE in config.items(conf.UDF_MODULES):
        yield _importable(config)
    if sys.platform == "win32":
        yield _trust()
        yield _office()


def _windows() -> Check:
    if sys.platform == "win32":
        return Check(True, Text("Windows", "Windows"))
    step = (
        Text("在 Mac 上用 xlwings Lite：{s}", "on a Mac use xlwings Lite: {s}").fill(s=AGAIN.fill(h="lite"))
        if sys.platform == "darwin"
        else Text("此处用 LibreOffice：{s}", "here use LibreOffice: {s}").fill(s=AGAIN.fill(h="libreoffice"))
    )
    text = Text(
        "xlwings 桌面版函数只在 Windows 版 Excel 中可用", "functions of xlwings desktop exist in Excel for Windows only"
    )
    return Check(False, text, step)


def startup_folder() -> Path | None:
    """Where Excel looks for add-ins of this user; None where there is no Excel."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", ""), "Microsoft", "Excel", "XLSTART")
    return None


def _addin_file() -> Check:
    """The add-in Excel loads must be the one of the installed xlwings."""
    step = Text("关闭 Excel，运行：xlwings addin install", "close Excel, run: xlwings addin install")
    folder = startup_folder()
    installed = folder / "xlwings.xlam" if folder else Path("xlwings.xlam")
    if not installed.is_file():
        return Check(False, Text("{f} 不存在", "{f} is missing").fill(f=installed), step)
    own = _file_of("xlwings", "xlwings/addin/xlwings.xlam")
    if own is not None and own.read_bytes() != installed.read_bytes():
        text = Text("{f} 与安装的 xlwings {v} 版本不同", "{f} is not that of the installed xlwings {v}")
        return Check(False, text.fill(f=installed, v=version_of("xlwings")), step)
    return Check(True, Text("xlwings 加载项与 Python 包一致", "the xlwings add-in equals the Python package"))


def _configuration(config: conf.Config) -> Iterator[Check]:
    file, again = conf.config_file(), AGAIN.fill(h="excel")
    if conf.MODULE not in config.items(conf.UDF_MODULES):
        what = Text("{f} 的 UDF MODULES 没有 {m}", "UDF MODULES in {f} does not name {m}")
        yield Check(False, what.fill(f=file, m=conf.MODULE), again)
        return
    yield Check(True, Text("{f} 的 UDF MODULES 含 {m}", "UDF MODULES in {f} names {m}").fill(f=file, m=conf.MODULE))
    if str(conf.FOLDER) not in config.items(conf.PYTHONPATH):
        what = Text("PYTHONPATH 没有指向此处的 jwdt（{p}）", "PYTHONPATH does not point to the jwdt that runs ({p})")
        yield Check(False, what.fill(p=conf.FOLDER), again)
    else:
        yield Check(True, Text("PYTHONPATH 含 {p}", "PYTHONPATH names {p}").fill(p=conf.FOLDER))


def _importable(config: conf.Config) -> Check:
    """Whether the Python that Excel will start can import the module."""
    if config.get(conf.CONDA):
        return Check(
            None,
            Text("Excel 使用 conda 环境 {e}", "Excel uses the conda environment {e}").fill(e=config.get("CONDA ENV")),
        )
    interpreter = config.get(conf.interpreter_key()) or config.get("INTERPRETER") or conf.this_interpreter()
    names = (Path(interpreter).with_name("python.exe"), Path(interpreter))  # pythonw.exe has no output
    program = next((str(name) for name in names if name.is_file()), interpreter)
    path = os.pathsep.join([*config.items(conf.PYTHONPATH), *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(
            [program, "-c", f"import {conf.MODULE} as m; print(m.__name__)"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            timeout=LIMIT,
        )
        problem = "" if done.returncode == 0 else (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    if not problem:
        return Check(True, Text("{p} 能导入 {m}", "{p} imports {m}").fill(p=program, m=conf.MODULE))
    text = Text("{p} 不能导入 {m}：{e}", "{p} cannot import {m}: {e}").fill(p=program, m=conf.MODULE, e=problem[:200])
    step = Text(
        "用该 Python 运行：-m pip install {r}，或改 {k}", "with that Python run: -m pip install {r}, or change {k}"
    )
    return Check(False, text, step.fill(r="jwdt-xl", k=conf.interpreter_key()))


def _trust() -> Check:
    trusted = registry("HKEY_CURRENT_USER", r"Software\Microsoft\Office\16.0\Excel\Security", "AccessVBOM")
    step = Text(
        "Excel：文件 > 选项 > 信任中心 > 宏设置，勾选“信任对 VBA 工程对象模型的访问”",
        "Excel: File > Options > Trust Center > Macro Settings, tick “Trust access to the VBA project object model”",
    )
    if str(trusted) == "1":
        return Check(True, Text("允许访问 VBA 工程", "access to the VBA project is trusted"))
    return Check(
        False,
        Text(
            "不允许访问 VBA 工程，Import Functions 会失败",
            "access to the VBA project is not trusted, Import Functions will fail",
        ),
        step,
    )


def _office() -> Check:
    key = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
    edition, bits, version = (
        registry("HKEY_LOCAL_MACHINE", key, name) for name in ("ProductReleaseIds", "Platform", "VersionToReport")
    )
    if edition is None:
        return Check(None, Text("读不到 Office 版本", "the edition of Office cannot be read"))
    return Check(True, Text(f"Office {edition} {version} {bits}", f"Office {edition} {version} {bits}"))


def registry(root: str, key: str, name: str) -> object:
    """A value of Windows' registry; None if there is none."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(getattr(winreg, root), key) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None


def _file_of(package: str, name: str) -> Path | None:
    """A file of an installed package, without importing it."""
    try:
        path = Path(str(importlib.metadata.distribution(package).locate_file(name)))
    except importlib.metadata.PackageNotFoundError:
        return None
    return path if path.is_file() else None
