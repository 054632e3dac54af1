"""Every file of some folders read, once: from the store where its content is known, else in a guarded worker."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...opening.limits import DEFAULT, Limits
from ...opening.sources import Source, digest
from ...standard.guide import Guide
from .batches import BATCH, Job, evaluate_jobs, guarded
from .guides import Guides
from .one_return import guard_of
from .row import Row
from .store import Keys, Store

#: Batches handed out ahead of the one waited for, per worker.
_AHEAD = 3


class Read(NamedTuple):
    """A file that is accounted for: its name, and the key of its row in the store."""

    name: str
    key: bytes
    refused: bool
    fresh: bool
    #: Who sent it and when it was received, where a mail brought it.
    sender: str = ""
    received: str = ""
    #: By a campaign's log, the round that brought it first; 0 where there is no log.
    seen: int = 0


class Local:
    """Worker processes of this machine."""

    def __init__(self, guide: Guide | Guides | None, jobs: int, limits: Limits) -> None:
        self.ahead = jobs * _AHEAD
        self._limits = limits
        self._guard = guard_of(guide, jobs, limits)

    def __enter__(self) -> Local:
        return self

    def __exit__(self, *_: object) -> None:
        self._guard.stop()

    def start(self, jobs: list[Job]) -> Callable[[], list[Row]]:
        future = self._guard.submit(evaluate_jobs, jobs, self._limits)
        return lambda: guarded(self._guard, jobs, self._limits, future)


def collect(
    sources: Iterable[Source],
    store: Store,
    runner: Any,
    guide: Guide | Guides | None = None,
    limits: Limits = DEFAULT,
    reviews: Mapping[str, tuple[Any, ...]] | None = None,
    interval: bool = False,
) -> Iterator[Read]:
    """Read the sources, in their order; every one of them comes out exactly once."""
    keys = Keys(guide, interval)
    waiting: deque[tuple[list[tuple[Source, bytes]], Callable[[], list[Row]] | None]] = deque()
    batch: list[tuple[Source, bytes]] = []
    given: list[Job] = []
    known: list[tuple[Source, bytes]] = []
    pending: set[bytes] = set()
    started = 0

    def hand_out() -> None:
        nonlocal batch, given, started
        if batch:
            waiting.append((batch, runner.start(given)))
            batch, given, started = [], [], started + 1

    def flush_known() -> None:
        nonlocal known
        if known:
            waiting.append((known, None))
            known = []

    for source in sources:
        review = (reviews or {}).get(source.name, ())
        key = _key(source, keys, limits, review)
        if key in store or key in pending:
            known.append((source, key))
            if len(known) >= 256 and not batch:
                flush_known()
        else:
            if known:
                hand_out()
                flush_known()
            batch.append((source, key))
            given.append(Job(source, review, interval))
            pending.add(key)
            if len(batch) >= BATCH:
                hand_out()
        while waiting and (waiting[0][1] is None or started > runner.ahead):
            started -= waiting[0][1] is not None
            yield from _done(waiting.popleft(), store, pending)
    hand_out()
    flush_known()
    while waiting:
        yield from _done(waiting.popleft(), store, pending)


def _done(
    item: tuple[list[tuple[Source, bytes]], Callable[[], list[Row]] | None], store: Store, pending: set[bytes]
) -> Iterator[Read]:
    files, outcome = item
    if outcome is not None:
        rows = outcome()
        store.put((key, row) for (_, key), row in zip(files, rows, strict=True))
        pending.difference_update(key for _, key in files)
        for (source, key), row in zip(files, rows, strict=True):
            yield Read(source.name, key, row["refused"], True, *source.mail)
        return
    for source, key in files:
        yield Read(source.name, key, store.get(key)["refused"], False, *source.mail)


def _key(source: Source, keys: Keys, limits: Limits, review: tuple[Any, ...]) -> bytes:
    """By content. What cannot be read as content has a key by name, and is looked at again on every run."""
    suffix = os.path.splitext(source.name)[1]
    try:
        return keys.of(digest(source, limits), suffix, review)
    except Exception:
        return keys.passing()
