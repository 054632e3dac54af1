"""``jwdt addin``: the cell functions in a spreadsheet program."""

from __future__ import annotations

import argparse

from .. import hosts
from ..messages import Text
from . import FINE
from .options import option
from .output import WrongUse
from .paths import Read


def addin_options(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "action",
        "安装、查看、诊断、卸载，或在当前文件夹写出安装文件",
        "install, look at, diagnose, remove, or write the file to install from into this folder",
        choices=hosts.ACTIONS,
    )
    option(
        parser, "--workbook", "doctor 另外检查的工作簿", "a workbook that doctor looks at too", metavar="F", type=Read
    )
    option(
        parser,
        "--host",
        "表格软件；doctor 省略则检查全部",
        "the spreadsheet program; doctor looks at all without it",
        choices=tuple(hosts.HOSTS),
    )
    option(parser, "--profile", "LibreOffice 用户配置文件夹", "folder of a LibreOffice user profile", metavar="DIR")


def _wheel() -> int:
    from ..hosts.wheel import write_wheel

    path = write_wheel(".")
    print(
        Text(
            "已写出 {p}：在另一台电脑运行 pip install {n}", "wrote {p}: on the other machine run pip install {n}"
        ).fill(p=path, n=path.name)
    )
    return FINE


def addin(options: argparse.Namespace) -> int:
    host = hosts.HOSTS.get(options.host)
    if options.profile is not None and not (host and host.profiles):
        names = " | ".join(key for key, each in hosts.HOSTS.items() if each.profiles)
        raise WrongUse(f"--profile 只用于 --host {names}", f"--profile goes with --host {names} only")
    if options.action == "doctor":
        from ..hosts.doctor import doctor

        return doctor(options.host, options.profile, options.workbook)
    if options.action == "wheel":
        return _wheel()
    if host is None:
        raise WrongUse("缺少参数：--host", "the following arguments are required: --host")
    if options.workbook is not None:
        raise WrongUse("--workbook 只用于 doctor", "--workbook goes with doctor only")
    act = getattr(host.room("install"), options.action)
    return int(act(**host.settings(options.profile)) or FINE)
