"""Why a file could not be read: one sentence each, saying what was found, what is right, and what to do."""

from __future__ import annotations

import os

from ..errors import Refused
from ..messages import ERROR, Finding, Text

#: Refusals of what is nobody's return: nothing is lost, and nobody has to do anything.
OTHER_FILES = frozenset(("pdf", "picture", "word", "slides", "ofd", "rtf", "program", "text"))


def refused(where: str | os.PathLike[str], code: str, zh: str, en: str, **values: object) -> Refused:
    """The refusal of a file (or of one cell in it) for one reason."""
    return Refused((finding(where, code, zh, en, **values),))


def finding(where: str | os.PathLike[str], code: str, zh: str, en: str, **values: object) -> Finding:
    return Finding(ERROR, code, os.fspath(where), Text(zh, en).fill(**values))


def of_os_error(path: str | os.PathLike[str], error: OSError) -> Refused:
    """What the operating system says about a file, in our words where the case is known."""
    if isinstance(error, FileNotFoundError):
        return refused(
            path,
            "not-found",
            "没有这个文件 — 请检查路径和文件名",
            "there is no such file — check the path and the name",
        )
    if isinstance(error, IsADirectoryError):
        return refused(
            path,
            "directory",
            "这是文件夹，须为文件 — 请指明其中的文件",
            "this is a folder, must be a file — name the files in it",
        )
    if isinstance(error, PermissionError):
        return refused(
            path,
            "no-permission",
            "没有读取权限，或正被其他程序占用 — 请关闭占用它的程序，或修改权限",
            "no permission to read, or in use by another program — close that program, or change the permission",
        )
    reason = error.strerror or str(error)
    return refused(
        path,
        "not-readable",
        "无法读取：{r} — 请检查磁盘或网络",
        "cannot be read: {r} — check the disk or network",
        r=reason,
    )


def internal(path: str | os.PathLike[str], error: BaseException) -> Refused:
    """A mistake of ours: the other files go on, and the user can report this one."""
    shown = f"{type(error).__name__}: {error}"[:200]
    return refused(
        path,
        "internal",
        "程序内部错误（{e}）— 请把此消息和文件发给维护者",
        "internal error ({e}) — please send this message and the file to the maintainers",
        e=shown,
    )
