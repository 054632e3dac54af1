"""The bound on memory where it is no address space: the watcher for real, the job object of Windows on a stand-in."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from jwdt_xl.opening import memory
from jwdt_xl.opening.guard import TOO_MUCH_MEMORY, GaveUp, Guard
from jwdt_xl.opening.limits import MIB, Limits

from . import tasks

MOST = 100 << 20


class Win32Job(SimpleNamespace):
    """As pywin32 documents it: what was asked of it, and where it fails."""

    JobObjectExtendedLimitInformation = 9
    JOB_OBJECT_LIMIT_PROCESS_MEMORY = 0x100

    def __init__(self, fails: str = "") -> None:
        super().__init__(
            fails=fails, asked=[], limits={"BasicLimitInformation": {"LimitFlags": 0x2000}, "ProcessMemoryLimit": 0}
        )

    def _said(self, name: str, *arguments: Any) -> None:
        if self.fails == name:
            raise OSError(5, name)  # pywintypes.error: access denied, in a job that allows none within
        self.asked.append((name, *arguments))

    def CreateJobObject(self, security: Any, name: str) -> str:
        self._said("create", security, name)
        return "job"

    def QueryInformationJobObject(self, job: str, kind: int) -> dict[str, Any]:
        self._said("query", job, kind)
        return self.limits

    def SetInformationJobObject(self, job: str, kind: int, limits: dict[str, Any]) -> None:
        self._said("set", job, kind, limits)

    def AssignProcessToJobObject(self, job: str, process: int) -> None:
        self._said("assign", job, process)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A machine with Windows; what the watcher was asked to bound."""
    asked: list[int] = []
    monkeypatch.setattr("jwdt_xl.opening.memory.sys.platform", "win32")
    monkeypatch.setattr(memory, "watch", asked.append)
    monkeypatch.setattr(memory, "taken", lambda: 30 << 20)
    monkeypatch.setitem(sys.modules, "win32api", SimpleNamespace(GetCurrentProcess=lambda: 77))
    return asked


def test_the_job_object(monkeypatch: pytest.MonkeyPatch, watched: list[int]) -> None:
    job = Win32Job()
    monkeypatch.setitem(sys.modules, "win32job", job)
    memory.bound(MOST)
    assert [asked[0] for asked in job.asked] == ["create", "query", "set", "assign"] and not watched
    assert job.asked[2][3] == {
        "BasicLimitInformation": {"LimitFlags": 0x2000 | 0x100}, "ProcessMemoryLimit": (30 << 20) + MOST
    }  # fmt: skip
    assert job.asked[3][1:] == ("job", 77) and memory._kept == "job"  # type: ignore[attr-defined]


@pytest.mark.parametrize("fails", ["not installed", "create", "query", "set", "assign"])
def test_the_watcher_where_there_is_no_job(monkeypatch: pytest.MonkeyPatch, watched: list[int], fails: str) -> None:
    """An import that fails, or a job around us that allows none within."""
    monkeypatch.setitem(sys.modules, "win32job", None if fails == "not installed" else Win32Job(fails))
    memory.bound(MOST)
    assert watched == [MOST]


@pytest.mark.skipif(sys.platform != "linux", reason="where the address space can be left unbounded")
def test_the_watcher_blames_the_right_task() -> None:
    """A task that took too much is over before the watcher looks: the next one in that worker must not pay for it."""
    with Guard(1, Limits(memory=200 * MIB), (tasks.__name__,), tasks.only_watched) as guard:
        for _ in range(4):
            assert guard.run(tasks.take, 100 * MIB) == 100 * MIB
            with pytest.raises(GaveUp) as caught:
                guard.run(tasks.take, 300 * MIB)
            assert caught.value.code == TOO_MUCH_MEMORY
            assert guard.each(tasks.slowly, list(range(8))) == [2 * i for i in range(8)]
