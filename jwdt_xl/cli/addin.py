"""``jwdt addin``: the cell functions in a spreadsheet program."""

from __future__ import annotations

import argparse

from .. import hosts
from . import FINE
from .options import option
from .output import WrongUse
from .paths import Read


def addin_options(parser: argparse.ArgumentParser) -> None:
    option(parser, "action", "安装、查看、诊断或卸载", "install, look at, diagnose or remove", choices=hosts.ACTIONS)
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


def addin(options: argparse.Namespace) -> int:
    host = hosts.HOSTS.get(options.host)
    if options.profile is not None and not (host and host.profiles):
        names = " | ".join(key for key, each in hosts.HOSTS.items() if each.profiles)
        raise WrongUse(f"--profile 只用于 --host {names}", f"--profile goes with --host {names} only")
    if options.action == "doctor":
        from ..hosts.doctor import doctor

        return doctor(options.host, options.profile, options.workbook)
    if host is None:
        raise WrongUse("缺少参数：--host", "the following arguments are required: --host")
    if options.workbook is not None:
        raise WrongUse("--workbook 只用于 doctor", "--workbook goes with doctor only")
    act = getattr(host.room("install"), options.action)
    return int(act(**host.settings(options.profile)) or FINE)
