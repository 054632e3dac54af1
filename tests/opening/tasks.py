"""What the workers of these tests are asked to do."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from collections.abc import Sequence
from typing import Any


def doubled(numbers: Sequence[int]) -> list[int]:
    for number in numbers:
        if number == 13:
            os.abort()
        if number == 17:
            raise ValueError(number)
    return [2 * number for number in numbers]


def slowly(numbers: Sequence[int]) -> list[int]:
    time.sleep(0.02)
    return [2 * number for number in numbers]


def hang() -> None:
    re.match("(a+)+b", "a" * 60)


def panic() -> None:
    raise BaseException("as a panic of Rust")


def take(size: int) -> int:
    return len(bytearray(size))


def crash() -> None:
    ctypes.string_at(0)


def unsendable() -> Any:
    return lambda: 0


class Odd(Exception):
    """An error that cannot be built again from what it was sent as."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__("odd")


def odd() -> None:
    raise Odd(1, 2)


def number() -> int:
    return os.getpid()


def interrupted() -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return 1


def only_watched() -> None:
    """This worker as on a system that bounds no address space."""
    from jwdt_xl.opening import memory

    memory._address_space = lambda memory: False
    memory._LOOK = 0.7  # longer than a task takes
