"""``jwdt campaign new``: the folder of a campaign, and what its declaration names opened."""

from __future__ import annotations

import argparse
import os
import shutil
from typing import TYPE_CHECKING

from ..messages import SEVERITIES, WARNING, Text
from ..opening import outputs
from . import FINE
from .guides import load_guide
from .output import WrongUse, check_there, new_file, say, say_findings, write_text, written

if TYPE_CHECKING:
    from ..portfolio.campaign.yearly.declaration import Declaration
    from ..portfolio.campaign.yearly.folder import Campaign

_HEADINGS = (
    Text("统一社会信用代码", "uscc"), Text("企业名称", "name"), Text("行业代码", "industry_code"), Text("地区", "region"),
    Text("基准期", "base"), Text("报告期", "report"), Text("产品", "product"), Text("产品单位", "unit"), Text("邮箱", "mail"),
    Text("指南", "guide"),
)  # fmt: skip


def new(options: argparse.Namespace) -> int:
    from ..portfolio.campaign.register import read_register
    from ..portfolio.campaign.yearly import declaration, folder

    if folder.is_campaign(options.folder):
        raise WrongUse(
            "{p} 已是一次评价的文件夹 — 请另取一个，或直接修改其中的 campaign.toml",
            "{p} is the folder of a campaign already — take another one, or edit its campaign.toml",
            p=options.folder,
        )
    if options.deadline and not declaration.is_date(options.deadline):
        raise WrongUse(
            "--deadline 须为日期 YYYY-MM-DD，实为 {v}",
            "--deadline must be a date YYYY-MM-DD, got {v}",
            v=options.deadline,
        )
    previous = _last(options.folder, options.previous) if options.previous else ""
    for name in options.guide:
        load_guide(name)  # what is wrong with it is told now, and nothing is made
    if options.register:
        read_register(options.register)
    for name in (folder.INBOX, folder.OUTBOX):
        outputs.new_folder(os.path.join(options.folder, name))
    register = "register.csv"
    if options.register:
        register = "register" + os.path.splitext(options.register)[1].lower()
        with new_file(os.path.join(options.folder, register), copied=True) as temporary:
            shutil.copyfile(options.register, temporary)
    else:
        head = ",".join(map(str, _HEADINGS)) + "\n"
        outputs.write_text(os.path.join(options.folder, register), head, encoding="utf-8-sig", said=say)
    guides = tuple(declaration.ByGuide(_kept(options.folder, name)) for name in options.guide)
    declared = declaration.Declaration(
        name=options.name, period=options.period, deadline=options.deadline, contact=options.contact, register=register, previous=previous, guides=guides,
    )  # fmt: skip
    path = os.path.join(options.folder, declaration.NAME)
    write_text(path, declaration.written(declared))
    written(path)
    if options.register:  # what is missing is told now, while there is time: nothing is wrong before forms are sent
        found = loaded(options.folder, declared).findings
        say_findings(
            [finding._replace(severity=max(finding.severity, WARNING, key=SEVERITIES.index)) for finding in found]
        )
    text = Text(
        "请查看 {p} 和 {r}，然后运行 jwdt campaign send {f}",
        "look at {p} and {r}, then run jwdt campaign send {f}",
    )
    say(text.fill(p=path, r=os.path.join(options.folder, register), f=options.folder))
    return FINE


def _last(folder: str, previous: str) -> str:
    """How the declaration names last year's: from the folder on, so that both can be moved together."""
    from ..portfolio.book.published import published

    check_there([previous])
    published(previous)  # what is wrong with it is told now
    try:
        return os.path.relpath(previous, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        return os.path.abspath(previous)


def _kept(folder: str, name: str) -> str:
    """How the declaration names a guide: a file comes into the folder, so that the campaign can be moved and kept."""
    if not os.path.isfile(name):
        return str(name)
    below = os.path.join("guides", _written_name(name))
    outputs.new_folder(os.path.join(folder, "guides"))
    with new_file(os.path.join(folder, below)) as temporary:
        shutil.copyfile(name, temporary)
    return below.replace(os.sep, "/")


def _written_name(path: str) -> str:
    """A guide's name in the declaration, a text; of a file whose name is none, the guide's identifier."""
    from ..opening.filenames import plain

    name = os.path.basename(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        guide = load_guide(path)
        assert guide is not None
        return plain(guide.id) + os.path.splitext(name)[1]
    return name


def loaded(folder: str, declared: Declaration) -> Campaign:
    """With its guides: files in its folder, or those shipped under the name."""
    from ..portfolio.campaign.yearly.folder import opened
    from ..portfolio.collection.guides import distinct
    from ..standard.guide import builtin

    guides, names = [], []
    for each in declared.guides:
        inside = os.path.join(folder, each.file)
        guides.append(load_guide(inside if os.path.exists(inside) else each.file) or builtin())
        names.append(each.file)
    return opened(folder, declared, distinct(guides or [builtin()], names or [builtin().id]))
