"""``jwdt addin doctor``: per host one line per check, OK or FAIL with the next step; NOTE where nothing can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..messages import Text, lines_shown, shown
from . import HOSTS, Host
from .check import Check
from .wheel import WHEEL
from .workbook_check import workbook_checks


def doctor(host: str | None = None, profile: str | None = None, workbook: str | None = None) -> int:
    """Check one host, or all; 1 if something fails. Of all hosts it is enough that one is ready."""
    codes = []
    for key in [host] if host else HOSTS:
        if host is None:
            print(f"== {HOSTS[key].name}")
        codes.append(_told(_checks(HOSTS[key], profile)))
    code = codes[0] if host else min(codes)
    if workbook is not None:
        if host is None:
            print(f"== {shown(workbook)}")
        code = max(code, _told(workbook_checks(Path(workbook), host)))
    return code


def _checks(host: Host, profile: str | None) -> Iterator[Check]:
    try:
        checks = host.room("checks").checks
    except ImportError as error:  # a doctor must work where a package is missing
        step = Text("运行：pip install --force-reinstall {w}", "run: pip install --force-reinstall {w}").fill(w=WHEEL)
        yield Check(False, Text("无法导入：{e}", "cannot be imported: {e}").fill(e=error), step)
        return
    yield from checks(**host.settings(profile))


def _told(checks: Iterable[Check]) -> int:
    code = 0
    for check in checks:
        print(lines_shown(str(check)), flush=True)
        code = max(code, int(check.ok is False))
    return code
