"""``jwdt addin doctor``: per host one line per check, OK or FAIL with the next step; NOTE where nothing can be read."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from .. import __version__
from ..messages import Text
from . import HOSTS
from .check import Check
from .excel import config as conf
from .workbook_check import workbook_checks

#: As in lite.install and server.install, which import xlwings: a doctor must work where that is missing.
REQUIREMENT, FOLDER = "jwdt-xl", "jwdt-server"
MINIMUM_XLWINGS = (0, 33, 15)
SERVER_PYTHON = (3, 11)
LIMIT = 120  # seconds; a first import on a slow disk

_AGAIN = Text("运行：jwdt addin install --host {h}", "run: jwdt addin install --host {h}")


def doctor(host: str | None = None, profile: str | None = None, workbook: str | None = None) -> int:
    """Check one host, or all; 1 if something fails. Of all hosts it is enough that one is ready."""
    codes = []
    for name in [host] if host else HOSTS:
        if host is None:
            print(f"== {HOSTS[name]}")
        codes.append(_libreoffice(profile) if name == "libreoffice" else _told(CHECKS[name]()))
    code = codes[0] if host else min(codes)
    if workbook is not None:
        if host is None:
            print(f"== {workbook}")
        code = max(code, _told(workbook_checks(Path(workbook), host)))
    return code


def _told(checks: Iterable[Check]) -> int:
    code = 0
    for check in checks:
        print(check, flush=True)
        code = max(code, int(check.ok is False))
    return code


def _libreoffice(profile: str | None) -> int:
    from .libreoffice import install

    return install.doctor(profile)


# Excel desktop


def excel_checks() -> Iterator[Check]:
    yield _python((3, 10))
    yield _xlwings()
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


def _python(minimum: tuple[int, int]) -> Check:
    text = Text("Python {v}（{p}），jwdt-xl {j}", "Python {v} ({p}), jwdt-xl {j}")
    found = text.fill(v=platform.python_version(), p=sys.executable, j=__version__)
    step = Text("请安装 Python {m} 或更高版本", "install Python {m} or newer").fill(m=".".join(map(str, minimum)))
    return Check(sys.version_info >= minimum, found, None if sys.version_info >= minimum else step)


def _xlwings() -> Check:
    version = _version("xlwings")
    if version is None:
        step = Text("运行：pip install xlwings", "run: pip install xlwings")
        return Check(False, Text("没有安装 xlwings", "xlwings is not installed"), step)
    fine = _numbers(version) >= MINIMUM_XLWINGS
    step = Text("运行：pip install --upgrade xlwings", "run: pip install --upgrade xlwings")
    return Check(fine, Text(f"xlwings {version}", f"xlwings {version}"), None if fine else step)


def _windows() -> Check:
    if sys.platform == "win32":
        return Check(True, Text("Windows", "Windows"))
    step = (
        Text("在 Mac 上用 xlwings Lite：{s}", "on a Mac use xlwings Lite: {s}").fill(s=_AGAIN.fill(h="lite"))
        if sys.platform == "darwin"
        else Text("此处用 LibreOffice：{s}", "here use LibreOffice: {s}").fill(s=_AGAIN.fill(h="libreoffice"))
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
        return Check(False, text.fill(f=installed, v=_version("xlwings")), step)
    return Check(True, Text("xlwings 加载项与 Python 包一致", "the xlwings add-in equals the Python package"))


def _configuration(config: conf.Config) -> Iterator[Check]:
    file, again = conf.config_file(), _AGAIN.fill(h="excel")
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
    return Check(False, text, step.fill(r=REQUIREMENT, k=conf.interpreter_key()))


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


# xlwings Lite


def lite_checks() -> Iterator[Check]:
    requirements = importlib.metadata.requires("jwdt-xl") or []
    heavy = [r for r in requirements if "emscripten" not in r and "extra ==" not in r]
    if heavy:
        text = Text("jwdt-xl 在 Lite 中还会要求 {r}", "in Lite jwdt-xl would ask for {r}").fill(r=", ".join(heavy))
        step = Text("请升级 jwdt-xl", "upgrade jwdt-xl")
        yield Check(False, text, step)
    else:
        text = Text("jwdt-xl {v} 在 Lite 中不需要其他包", "jwdt-xl {v} needs no other package in Lite")
        yield Check(True, text.fill(v=__version__))
    yield _xlwings()
    text = Text(
        "本机无需安装任何东西；Excel 里的 Lite 从这里看不到",
        "nothing is installed on this machine; Lite inside Excel cannot be seen from here",
    )
    yield Check(None, text, Text("步骤：jwdt addin install --host lite", "the steps: jwdt addin install --host lite"))


# xlwings Server


def server_checks() -> Iterator[Check]:
    yield _python(SERVER_PYTHON)
    version = _version("xlwings-server")
    install = Text('运行：pip install "jwdt-xl[server]"', 'run: pip install "jwdt-xl[server]"')
    there = Text(f"xlwings-server {version}", f"xlwings-server {version}")
    missing = Text("没有安装 xlwings-server", "xlwings-server is not installed")
    yield Check(True, there) if version else Check(False, missing, install)
    folder = next((f for f in (Path.cwd(), Path.cwd() / FOLDER) if (f / "custom_functions").is_dir()), None)
    if folder is None:
        yield Check(False, Text("当前文件夹没有项目", "there is no project in this folder"), _AGAIN.fill(h="server"))
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


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _file_of(package: str, name: str) -> Path | None:
    """A file of an installed package, without importing it."""
    try:
        path = Path(str(importlib.metadata.distribution(package).locate_file(name)))
    except importlib.metadata.PackageNotFoundError:
        return None
    return path if path.is_file() else None


CHECKS = {"excel": excel_checks, "lite": lite_checks, "server": server_checks}
