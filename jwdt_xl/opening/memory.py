"""A bound on what a worker process may take, by whatever the platform has.

Linux bounds the address space. The watcher, which is all that macOS and Windows without pywin32 have, was tried on Linux
alone; the job object of Windows (with pywin32) is written after its documentation and tried on a stand-in. A compiled reader that holds the
interpreter stops the watcher too; then the time limit alone protects.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time

#: Seconds between two looks of the watcher, and how it ends a worker.
_LOOK, CODE = 0.05, 77
#: What the watcher allows, where it is at work.
_most: int | None = None


def bound(memory: int) -> None:
    """From now on this process may take so many bytes more."""
    if sys.platform == "win32":
        if not _job(memory):
            watch(memory)
    elif not sys.platform.startswith("linux") or not _address_space(memory):
        watch(memory)


def _address_space(memory: int) -> bool:
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            wanted = int(file.read().split()[0]) * resource.getpagesize() + memory
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (ValueError, OSError):
        return False
    return True


def _job(memory: int) -> bool:
    """A job object of Windows, if pywin32 is there."""
    try:
        import win32api
        import win32job

        job = win32job.CreateJobObject(None, "")
        kind = win32job.JobObjectExtendedLimitInformation
        limits = win32job.QueryInformationJobObject(job, kind)
        limits["BasicLimitInformation"]["LimitFlags"] |= win32job.JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits["ProcessMemoryLimit"] = taken() + memory
        win32job.SetInformationJobObject(job, kind, limits)
        win32job.AssignProcessToJobObject(job, win32api.GetCurrentProcess())
    except Exception:  # not installed, or a job around us that allows none within
        return False
    globals()["_kept"] = job  # closed, it would bound nothing
    return True


def watch(memory: int) -> None:
    """A thread that ends the process once it has taken more."""
    global _most
    _most = taken() + memory

    def look() -> None:
        while True:
            settle()
            time.sleep(_LOOK)

    threading.Thread(target=look, daemon=True).start()


def settle() -> None:
    """Ends the process if it has taken more. Asked after each task too, or the next one would be blamed for it."""
    if _most is not None and taken() > _most:
        os._exit(CODE)


def taken() -> int:
    """The most bytes this process ever held; 0 where nobody tells."""
    if sys.platform == "win32":
        with contextlib.suppress(Exception):
            return _taken_windows()
        return 0
    with contextlib.suppress(OSError, StopIteration), open("/proc/self/status", encoding="ascii") as file:
        # not ru_maxrss, which a process has from the one that started it
        return 1024 * int(next(line for line in file if line.startswith("VmHWM:")).split()[1])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _taken_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            *((f"other{i}", ctypes.c_size_t) for i in range(5)),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    counters = Counters(ctypes.sizeof(Counters))
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
    return int(counters.PeakPagefileUsage)
