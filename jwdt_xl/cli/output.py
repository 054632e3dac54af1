"""What the command writes: messages, results and files."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from ..messages import ERROR, INFO, SEVERITIES, UNSEEN, WARNING, Finding, Text, lines_shown
from ..opening import outputs


class WrongUse(Exception):
    """The command was called in a way it cannot serve: exit code 2."""

    def __init__(self, zh: str, en: str, **values: object) -> None:
        super().__init__(zh)
        self.text = Text(zh, en).fill(**values)


def check_ending(path: str | None, endings: tuple[str, ...]) -> None:
    """A file that is not what its name says opens nowhere. Of a folder that is there its writing tells."""
    if path and endings and not path.lower().endswith(endings) and not os.path.isdir(path):
        *first, last = endings
        raise WrongUse(
            "-o 须以 {z} 结尾，实为 {p} — 请改文件名", "-o must end in {e}, got {p} — change its name",
            z=f"{'、'.join(first)} 或 {last}" if first else last, e=f"{', '.join(first)} or {last}" if first else last, p=path,
        )  # fmt: skip


def tolerate_any_encoding() -> None:
    """A name that the terminal's encoding lacks is shown escaped; it must never end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # and not one that a test has put there
            stream.reconfigure(errors="backslashreplace")


def tell(line: object = "") -> None:
    """A line of the result, on stdout."""
    print(lines_shown(str(line)))


def say(line: object) -> None:
    """A line to the user beside the result, on stderr."""
    sys.stdout.flush()
    print(lines_shown(str(line)), file=sys.stderr, flush=True)


def say_interrupted() -> None:
    text = Text(
        "已中断，已完成的都保留，没有写了一半的文件 — 再运行一次即可继续",
        "interrupted: what was done is kept, and no file is half written — run again to go on",
    )
    say(text)


def say_findings(findings: Iterable[Finding], least: str = INFO) -> None:
    for line in lines(findings, least):
        say(line)


def lines(findings: Iterable[Finding], least: str = INFO) -> list[str]:
    """One line per finding, the gravest first: ``severity sheet!cell: what was found … what to do``."""
    shown, told = SEVERITIES[: SEVERITIES.index(least) + 1], together(findings)
    return [str(finding) for severity in shown for finding in told if finding.severity == severity]


#: A place that is a row of a table.
_ROW = re.compile(r"(.*):([1-9][0-9]*)", re.DOTALL)


def together(findings: Iterable[Finding]) -> list[Finding]:
    """What is wrong alike in several rows of a file as one finding that names them all: r.csv:2–61,70."""
    rows: dict[tuple[str, Finding], list[int]] = {}
    for finding in findings:
        file, row = found.groups() if (found := _ROW.fullmatch(finding.where)) else ("", "")
        rows.setdefault((file, finding._replace(where="") if row else finding), []).extend([int(row)] if row else [])
    return [finding._replace(where=f"{file}:{_runs(of)}") if of else finding for (file, finding), of in rows.items()]


def _runs(rows: Iterable[int]) -> str:
    """Rows in their order, those that follow each other as one run."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and runs[-1][-1] == row - 1:
            runs[-1][1:] = [row]
        else:
            runs.append([row])
    return ",".join("–".join(map(str, run)) for run in runs)


def counted(findings: Iterable[Finding]) -> Text:
    """How many findings there are, by severity."""
    number = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        number[finding.severity] += 1
    return Text(
        f"错误 {number[ERROR]}，警告 {number[WARNING]}，提示 {number[INFO]}",
        f"{number[ERROR]} errors, {number[WARNING]} warnings, {number[INFO]} notes",
    )


def tell_json(value: Any) -> None:
    """JSON alone, in UTF-8 wherever it goes to a file or a program."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    print(json_text(value))


def json_text(value: Any) -> str:
    """What cannot be seen or steers a terminal stands as \\u…, which reads back as the same."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return UNSEEN.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text)


def new_file(path: str, *, keep: bool = False, mark: bytes = b"", copied: bool = False) -> AbstractContextManager[str]:
    """A name to write to, by the rules of ``opening.outputs``; what is kept of an earlier file is said."""
    return outputs.new_file(path, keep=keep, mark=mark, copied=copied, said=say)


def write_text(path: str, text: str, *, keep: bool = False) -> None:
    """A text file in UTF-8, the same on every system."""
    outputs.write_text(path, text, keep=keep, said=say)


def written(path: str) -> None:
    say(Text("已生成 {p}", "written: {p}").fill(p=path))


def check_there(paths: Iterable[str]) -> None:
    """What is read must be there; what comes out of nothing would look like a result."""
    for path in paths:
        if not os.path.exists(path):
            raise WrongUse("没有 {p} — 请检查路径", "there is no {p} — check the path", p=path)


def nothing_to_read() -> WrongUse:
    return WrongUse("没有可读的文件 — 请检查文件夹", "no files to read — check the folder")


def free_name(path: str) -> str:
    """A name nobody asked for by -o must not cost a file that is already there."""
    if os.path.exists(path):
        raise WrongUse(
            "{p} 已存在，不会覆盖 — 请用 -o 指定文件名，或先移走该文件",
            "{p} exists already and is not overwritten — name the output with -o, or move that file away",
            p=path,
        )
    return path
