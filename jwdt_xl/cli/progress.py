"""A progress bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from ..messages import Text


class Progress:
    """Rate, remaining time and rejected files while long work runs; shown on a terminal only."""

    def __init__(self, label: Text, count: int | None) -> None:
        self._bar: Any = None
        self._rejected = 0
        if sys.stderr.isatty():
            self._bar = _bar(count)
            self._task = self._bar.add_task(str(label), total=count, rate="", rejected="")

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, rejected: bool = False) -> None:
        if self._bar is None:
            return
        self._rejected += rejected
        shown = Text("拒绝 {n}", "{n} rejected").fill(n=self._rejected)
        speed = self._bar.tasks[0].finished_speed or self._bar.tasks[0].speed or 0
        rate = Text("{s:.0f} 个/秒", "{s:.0f} files/s").fill(s=speed)
        self._bar.update(self._task, advance=1, rate=str(rate), rejected=str(shown) if self._rejected else "")


def _bar(count: int | None) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[rejected]}"), console=Console(stderr=True), transient=True,
    )  # fmt: skip
