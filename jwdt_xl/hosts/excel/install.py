"""``jwdt addin … --host excel``: the module of the functions in xlwings' own configuration file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ...errors import JwdtError, Refused
from ...messages import Text
from ...opening import outputs
from . import config as conf

INSTALLED = Text("已写入 {f}：{k} 含 {m}", "written to {f}: {k} names {m}")
BACKUP = Text("原文件备份为 {b}", "the file as it was is kept as {b}")
OTHER_PYTHON = Text(
    "{k} 是 {there}，保留不变；当前 Python 是 {own} — 两者不同时，请在前者中也安装 jwdt-xl",
    "{k} is {there} and is kept; this Python is {own} — if they differ, install jwdt-xl in the former too",
)
NO_UDFS = Text(
    "注意：xlwings 桌面版函数只在 Windows 版 Excel 中可用，此处只写入配置 — Mac 请用 xlwings Lite：jwdt addin install --host lite",
    "note: functions of xlwings desktop exist in Excel for Windows only, here only the configuration is written — on a Mac use xlwings Lite: jwdt addin install --host lite",
)
STEPS = (
    Text("还需在 Excel 中做一次：", "Still to do, once, in Excel:"),
    Text("1. 关闭 Excel，运行：xlwings addin install", "1. close Excel, run: xlwings addin install"),
    Text(
        "2. 文件 > 选项 > 信任中心 > 信任中心设置 > 宏设置：勾选“信任对 VBA 工程对象模型的访问”",
        "2. File > Options > Trust Center > Trust Center Settings > Macro Settings: tick “Trust access to the VBA project object model”",
    ),
    Text(
        "3. 打开模板，另存为 .xlsm，在 xlwings 选项卡点 Import Functions",
        "3. open the template, save it as .xlsm, press Import Functions on the xlwings tab",
    ),
    Text(
        "4. 试一试：=JWDT_EQUIVALENT_VALUE(\"二氧化硫\")；宏 generate_summary 生成汇总",
        "4. try =JWDT_EQUIVALENT_VALUE(\"SO2\"); the macro generate_summary writes the summary",
    ),
    Text("不行时：jwdt addin doctor --host excel", "If it does not work: jwdt addin doctor --host excel"),
)  # fmt: skip
REMOVED = Text("已从 {f} 移除 JWDT 的设置", "the settings of JWDT are removed from {f}")
THERE = Text("{f} 已含 {m}（{p}）", "{f} names {m} ({p})")
NOT_THERE = Text(
    "{f} 未设置 JWDT 函数 — 运行：jwdt addin install --host excel",
    "{f} does not name the JWDT functions — run: jwdt addin install --host excel",
)
STALE = Text(
    "{f} 的 PYTHONPATH 没有指向此处的 jwdt（{p}） — 运行：jwdt addin install --host excel",
    "PYTHONPATH in {f} does not point to the jwdt that runs ({p}) — run: jwdt addin install --host excel",
)
NOT_WRITTEN = Text("{f} 无法写入：{r}", "{f} cannot be written: {r}")


def install() -> int:
    """Put the module into xlwings' configuration; what is there stays, and a backup is kept."""
    file, backup = conf.config_file(), conf.backup_file()
    before, own = _bytes(file), conf.this_interpreter()
    if not backup.is_file() or not _named(before):
        _write(backup, before)
    for key in (conf.interpreter_key(), conf.CONDA):
        there = conf.Config(before).get(key)
        if there is not None and os.path.normcase(there) not in map(os.path.normcase, (sys.executable, own)):
            print(OTHER_PYTHON.fill(k=key, there=there, own=own))
    _write(file, conf.with_jwdt(before))
    print(INSTALLED.fill(f=file, k=conf.UDF_MODULES, m=conf.MODULE))
    print(BACKUP.fill(b=backup))
    if sys.platform != "win32":
        print(NO_UDFS)
    for step in STEPS:
        print(step)
    return 0


def uninstall() -> int:
    """Take out what install put in; fine if there is nothing."""
    file, backup = conf.config_file(), conf.backup_file()
    content = _bytes(file)
    if not _named(content):
        print(NOT_THERE.fill(f=file))
        return 0
    left = conf.without_jwdt(content, _bytes(backup))
    if left:
        _write(file, left)
    else:
        file.unlink()
    backup.unlink(missing_ok=True)
    print(REMOVED.fill(f=file))
    return 0


def status() -> int:
    """Say whether the module is in the configuration; 1 if not."""
    file = conf.config_file()
    config = conf.Config.read(file)
    if conf.MODULE not in config.items(conf.UDF_MODULES):
        print(NOT_THERE.fill(f=file))
        return 1
    if str(conf.FOLDER) not in config.items(conf.PYTHONPATH):
        print(STALE.fill(f=file, p=conf.FOLDER))
        return 1
    print(THERE.fill(f=file, m=conf.MODULE, p=conf.FOLDER))
    return 0


def _named(content: bytes) -> bool:
    return conf.MODULE in conf.Config(content).items(conf.UDF_MODULES)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with outputs.whole(str(path)) as temporary:
            Path(temporary).write_bytes(content)
    except (OSError, Refused) as error:
        reason = error.__cause__ if isinstance(error, Refused) else error
        raise JwdtError(
            NOT_WRITTEN.fill(f=path, r=getattr(reason, "strerror", None) or reason), "not-writable"
        ) from None
