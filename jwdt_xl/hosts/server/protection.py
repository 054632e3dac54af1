"""What stands between strangers and xlwings Server: no file but those it serves, no foreign host name, no odd request.

xlwings-server 1.20 joins the path of a request to the project's folder ``static`` without looking where that leads:
``GET /static/../.env`` returned the licence key. ``protect`` is called by the project's routers/custom.py, which the
server loads however it is started.
"""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from . import setting

LARGEST_BODY = 16 * 1024 * 1024
#: Cells of all arguments of one call: more than a sheet's column has rows.
MOST_CELLS = 1_000_000
#: Host names by which this machine reaches itself. More: JWDT_ALLOWED_HOSTS, or the XLWINGS_HOSTNAME people reach.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class _Refused(Exception):
    def __init__(self, status: int, text: str) -> None:
        self.status, self.text = status, text


def protect(server: Any) -> None:
    """Put the protection around the app of ``xlwings_server.main``, and mend how it looks files up."""
    _contain(server.OverridableStaticFiles)
    hosts = [name for key in ("JWDT_ALLOWED_HOSTS", "XLWINGS_HOSTNAME") for name in setting(key).split(",")]
    allowed = frozenset(host_name(name.strip()) for name in (*LOOPBACK, *hosts) if name.strip())
    if server.settings.enable_wasm:  # the build of static pages asks the app itself, under this name
        allowed |= {"testserver"}
    call = f"{server.settings.app_path}/xlwings/custom-functions-call"
    server.app.add_middleware(Protection, allowed=allowed, call=call)


def _contain(files: Any) -> None:
    """A file is served only from inside the folders that are served, links followed."""
    original = files.lookup_path

    def lookup_path(self: Any, path: str) -> tuple[str, os.stat_result | None]:
        found, status = original(self, path)
        real = Path(os.path.realpath(found))
        inside = any(real.is_relative_to(os.path.realpath(folder)) for folder in (self.user_dir, self.package_dir))
        return (found, status) if inside else ("", None)

    files.lookup_path = lookup_path


class Protection:
    """ASGI middleware: looks at host name, path and body before the server does."""

    def __init__(self, app: App, allowed: frozenset[str], call: str) -> None:
        self.app, self.allowed, self.call = app, allowed, call

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        try:
            self._check_host(scope)
            _check_path(scope["path"])
            if scope["type"] != "http":
                await self.app(scope, receive, send)
                return
            body = await _body(scope, receive)
            if scope["path"] == self.call and scope["method"] == "POST":
                _check_call(body)
        except _Refused as refused:
            await _answer(send, refused, scope["type"])
            return
        sent = False

        async def again() -> MutableMapping[str, Any]:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, again, send)

    def _check_host(self, scope: Scope) -> None:
        named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or host_name(named[0]) not in self.allowed:
            raise _Refused(400, "this server does not answer to that host name; set JWDT_ALLOWED_HOSTS in .env")


def host_name(value: str) -> str:
    """A host header without its port."""
    value = value.lower()
    return value.partition("]")[0] + "]" if value.startswith("[") else value.partition(":")[0]


def _check_path(path: str) -> None:
    parts = path.replace("\\", "/").split("/")
    if "\\" in path or "\0" in path or "//" in path or ".." in parts or any(":" in part for part in parts):
        raise _Refused(404, "not found")


async def _body(scope: Scope, receive: Receive) -> bytes:
    too_large = _Refused(413, f"the request is larger than {LARGEST_BODY >> 20} MiB")
    for name, value in scope["headers"]:
        if name == b"content-length" and not (value.isdigit() and int(value[:20]) <= LARGEST_BODY):
            raise too_large
    parts, size = [], 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            raise too_large
        if not message.get("more_body"):
            return b"".join(parts)


def _check_call(body: bytes) -> None:
    """Whether a call names a function there is and hands over a number of cells it can take."""
    import custom_functions  # type: ignore[import-not-found]  # the project's own folder, from which the server takes its functions

    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise _Refused(400, "the body must be JSON") from None
    if not isinstance(data, dict):
        raise _Refused(400, "the body must be a JSON object")
    name, arguments = data.get("func_name"), data.get("args")
    if not isinstance(name, str):
        raise _Refused(400, "func_name must be a text")
    declared = getattr(getattr(custom_functions, name, None), "__xlfunc__", None)
    if declared is None:
        raise _Refused(400, f"there is no function {name[:60]!r}")
    if not isinstance(arguments, list):
        raise _Refused(400, "args must be an array")
    taken = declared["args"]
    if len(arguments) > len(taken) and not any(argument.get("vararg") for argument in taken):
        raise _Refused(400, f"{name} takes {len(taken)} args, got {len(arguments)}")
    if sum(map(_cells, arguments)) > MOST_CELLS:
        raise _Refused(400, f"a call takes at most {MOST_CELLS:,} cells")


def _cells(argument: Any) -> int:
    rows = argument if isinstance(argument, list) else [argument]
    return sum(len(row) if isinstance(row, list) else 1 for row in rows)


async def _answer(send: Send, refused: _Refused, kind: str) -> None:
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    content = refused.text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
