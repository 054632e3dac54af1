"""The same work on a dask.distributed cluster: the same guard, inside each task.

A Dask worker keeps one guarded pool of its own, so that a file that kills the reader kills neither the Dask worker nor
the other files. Files are read by path: the folder must be there for all machines under the same name.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from typing import Any

from ...errors import JwdtError
from ...messages import Text
from ...opening.guard import Guard
from ...opening.limits import Limits
from ...standard.guide import Guide
from .batches import Job, guarded
from .guides import Guides
from .one_return import guard_of
from .row import Row

_guards: dict[str, Guard] = {}


def on_worker(jobs: list[Job], guide: Guide | Guides | None, limits: Limits) -> list[Row]:
    """One Dask task. Its pool starts with the first task of a Dask worker and stays."""
    import multiprocessing
    import threading

    # Dask's workers are daemons, which may not start processes; ours are stopped with them.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    name = f"{threading.get_ident()} {guide.hash if guide else ''} {limits}"
    if name not in _guards:
        _guards[name] = guard_of(guide, 1, limits)
        atexit.register(_guards[name].stop)
    return guarded(_guards[name], jobs, limits)


class Cluster:
    """Batches go to a cluster; a Dask worker that dies has its tasks done again by another."""

    def __init__(self, address: str, guide: Guide | Guides | None, limits: Limits) -> None:
        try:
            from distributed import Client
            from distributed.security import Security
        except ImportError as error:
            raise JwdtError(
                Text(
                    "--dask 需要 distributed — 请运行 pip install 'jwdt-xl[cluster]'",
                    "--dask needs distributed — run pip install 'jwdt-xl[cluster]'",
                ),
                "no-distributed",
            ) from error
        try:
            security = Security().get_connection_args(
                "client"
            )  # asked here: a client that fails over it hangs for 40 s
            encrypted = address.startswith("tls:")
            if (encrypted and not security["ssl_context"]) or (security["require_encryption"] and not encrypted):
                raise ValueError("TLS: DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT, …__CLIENT__KEY; tls://")
            self._client: Any = Client(address, timeout=20, set_as_default=False)
        except (OSError, ValueError) as error:
            raise JwdtError(
                Text(
                    "无法连接 Dask 集群 {a}：{e} — 请检查地址和网络",
                    "no connection to the Dask cluster {a}: {e} — check address and network",
                ).fill(a=address, e=error),
                "no-cluster",
            ) from error
        self._guide, self._limits = guide, limits
        self.ahead = 4 * max(1, sum(self._client.nthreads().values()))

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def start(self, jobs: list[Job]) -> Callable[[], list[Row]]:
        future = self._client.submit(on_worker, jobs, self._guide, self._limits, pure=False, retries=3)
        return lambda: _outcome(future)


def _outcome(future: Any) -> list[Row]:
    rows: list[Row] = future.result()
    return rows
