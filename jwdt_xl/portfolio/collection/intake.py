"""Many files in, one reading for each out, in the order given and whatever is wrong with some of them.

Assessment files (JSON) are read here. Workbooks are opened only in worker processes with a memory and a time limit;
a dead worker costs exactly the file in its hands and is replaced.

In a script of your own, call this below ``if __name__ == "__main__":``, as with everything that starts processes.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from ...assessment.choices import OPEN
from ...errors import Refused
from ...opening import blame, container, jsonfile
from ...opening.guard import GaveUp, Guard, NoWorkers
from ...opening.limits import DEFAULT, Limits
from ...opening.refusals import internal
from ...standard.guide import Guide
from . import one_return
from .reading import Reading, evaluated, refusal

#: Files handed out ahead of the one waited for, per worker: enough to keep it busy, few enough to stay small.
_AHEAD = 4


def read_files(
    paths: Iterable[str | os.PathLike[str]],
    guide: Guide | None = None,
    *,
    jobs: int = 1,
    limits: Limits = DEFAULT,
    any_guide: bool = False,
    by: str = OPEN,
) -> Iterator[Reading]:
    """Read and evaluate files; ``jobs`` worker processes open the workbooks; by: whose choices count.

    A workbook made for another guide is refused, unless ``any_guide`` says that its data are to move to this one.
    """
    with one_return.guard_of(guide, jobs, limits, any_guide) as guard:
        waiting: deque[_Ready | _Workbook] = deque()
        for path in paths:
            waiting.append(_started(os.fspath(path), guard, limits, by))
            while len(waiting) > jobs * _AHEAD or (waiting and waiting[0].done):
                yield waiting.popleft().reading(guide)
        while waiting:
            yield waiting.popleft().reading(guide)


def read_file(
    path: str | os.PathLike[str], guide: Guide | None = None, *, limits: Limits = DEFAULT, any_guide: bool = False
) -> Reading:
    """Read and evaluate one file."""
    [reading] = read_files([path], guide, limits=limits, any_guide=any_guide)
    return reading


@contextlib.contextmanager
def cells_of(guide: Guide | None, limits: Limits = DEFAULT) -> Iterator[Callable[[str], dict[str, str]]]:
    """Gives of a workbook the path of every input by its place in it, none where it cannot be read any more.

    One guarded process reads them all; it starts when the first is asked for.
    """
    with contextlib.ExitStack() as stack:
        guards: list[Guard] = []

        def cells(path: str) -> dict[str, str]:
            if not guards:
                guards.append(stack.enter_context(one_return.guard_of(guide, 1, limits, any_guide=True)))
            with contextlib.suppress(GaveUp, Refused):
                found: dict[str, str] = guards[0].run(one_return.paths_of, path)
                return found
            return {}

        yield cells


def _started(path: str, guard: Guard, limits: Limits, by: str) -> _Ready | _Workbook:
    """A file on its way."""
    try:
        kind = container.kind_of(path, limits)
    except Refused as error:
        refused = refusal(path, error)
        return _Ready(lambda guide: refused)
    if kind == container.JSON:
        return _Ready(lambda guide: _read_json(path, guide, by))
    return _Workbook(path, guard, limits, by)


class _Ready:
    """A file that needs no worker: it is read, or refused, when its turn comes."""

    done = True

    def __init__(self, reading: Callable[[Guide | None], Reading]) -> None:
        self.reading = reading


class _Workbook:
    """A workbook in the hands of a worker."""

    def __init__(self, path: str, guard: Guard, limits: Limits, by: str = OPEN) -> None:
        self.path, self._guard, self._limits = path, guard, limits
        self._arguments = (path,) if by == OPEN else (path, by)
        self._future = guard.submit(one_return.evaluate_workbook, *self._arguments)

    @property
    def done(self) -> bool:
        return self._future.done()

    def reading(self, guide: Guide | None) -> Reading:
        try:
            reading: Reading = self._guard.result(self._future, one_return.evaluate_workbook, *self._arguments)
            return reading
        except NoWorkers:
            raise
        except GaveUp as error:
            return refusal(self.path, blame.too_much(self._guard, blame.file(self.path), error.code, self._limits))
        except Exception as error:
            return refusal(self.path, internal(self.path, error))


def _read_json(path: str, guide: Guide | None, by: str) -> Reading:
    try:
        return evaluated(path, jsonfile.load(path), guide, by=by)
    except Refused as error:
        return refusal(path, error)
    except Exception as error:  # ours: the other files go on
        return refusal(path, internal(path, error))
