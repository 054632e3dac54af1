"""The documented server against strangers: no file of the machine, no foreign host name, no oversized or odd request."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import PROJECT, Server, start_server

SECRET = "XLWINGS_LICENSE_KEY=noncommercial"
#: Ways to name a file outside of the folder that is served; each as it goes over the wire.
ESCAPES = [
    "/static/../.env",
    "/static/../../../../../../../../../../etc/passwd",
    "/static/%2e%2e/.env",
    "/static/%2E%2E/.env",
    "/static/.%2e/.env",
    "/static/..%2f.env",
    "/static/..%2F..%2F..%2F..%2F..%2F..%2F..%2F..%2Fetc%2Fpasswd",
    "/static/%2e%2e%2f.env",
    "/static/..\\.env",
    "/static/..%5c.env",
    "/static/js/../../.env",
    "/static/js/%2e%2e/%2e%2e/.env",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static///etc/passwd",
    "/static/%252e%252e/.env",
    "/static/..;/.env",
    "/static/C:%5cWindows%5cwin.ini",
    "/static/C:/Windows/win.ini",
    "/static/..%00/.env",
    "/static/.env",
    "/static/link.txt",
    "/../.env",
    "/.env",
    "/static/..%c0%af.env",
]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A copy of the project with a secret beside it and a link that leads out of the served folder."""
    project = tmp_path_factory.mktemp("attacked") / "jwdt-server"
    shutil.copytree(PROJECT, project)
    (project / ".env").write_text(SECRET + "\n", encoding="utf-8")
    (project / "static" / "link.txt").symlink_to("/etc/passwd")
    process, found = start_server(project.parent / "log.txt", project)
    try:
        yield found
    finally:
        found.close()
        process.terminate()
        process.wait(timeout=30)


def asked(server: Any, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
            connection.putheader("Content-Type", "application/json")
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.mark.parametrize("path", ESCAPES)
def test_no_file_of_the_machine(attacked: Server, path: str) -> None:

    for method in ("GET", "HEAD"):
        status, text = asked(attacked, method, path)
        assert status in (400, 404), (method, path, status)
        assert "root:" not in text and SECRET not in text


def test_what_is_served_still_is(attacked: Server) -> None:
    for path in ("/", "/static/js/main.js", "/static/js/ribbon.js", "/manifest.xml", "/taskpane"):
        status, text = asked(attacked, "GET", path)
        assert status == 200 and text, path


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "", "[::2]", "a b"]
)
def test_a_foreign_host_name_is_refused(attacked: Server, host: str) -> None:
    assert asked(attacked, "GET", "/", Host=host)[0] == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_this_machine_is_not(attacked: Server, host: str) -> None:
    assert asked(attacked, "GET", "/", Host=host)[0] == 200


def test_a_large_body_is_refused_before_it_is_read(attacked: Server) -> None:
    """By what the header announces, and by what arrives where it announces nothing."""
    with socket.create_connection(("127.0.0.1", attacked.port), timeout=60) as announced:
        announced.sendall(f"POST {CALL} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {17 << 20}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: announced.recv(1000), b""))
        assert answer.startswith(b"HTTP/1.1 413") and b"16 MiB" in answer
    with socket.create_connection(("127.0.0.1", attacked.port), timeout=60) as in_chunks:
        in_chunks.sendall(f"POST {CALL} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        with contextlib.suppress(ConnectionError):  # the server may close while we are still sending
            for _ in range(17):
                in_chunks.sendall(b"100000\r\n" + b" " * (1 << 20) + b"\r\n")
            assert in_chunks.recv(1000).startswith(b"HTTP/1.1 413")
    assert attacked.get("/")[0] == 200


CALL = "/xlwings/custom-functions-call"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"func_name": "JWDT_NOTHING", "args": []}, "JWDT_NOTHING"),
        ({"func_name": "__import__", "args": [[["os"]]]}, "__import__"),
        ({"func_name": 7, "args": []}, "func_name"),
        ({"args": []}, "func_name"),
        ({"func_name": "JWDT_SCORE"}, "args"),
        ({"func_name": "JWDT_SCORE", "args": "x"}, "args"),
        ({"func_name": "JWDT_SCORE", "args": [[[1]]] * 40}, "args"),
        ([], "object"),
        ("x", "object"),
        (b"{", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[" * 100_000, "JSON"),
        ({"func_name": "JWDT_TCE", "args": [[[1] * 1000] * 1001, [[1]]]}, "1,000,000"),
    ],
)
def test_an_odd_call_is_refused_with_a_sentence(attacked: Server, body: Any, sentence: str) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    status, text = asked(attacked, "POST", CALL, content)
    assert status == 400 and sentence in text and "Error" not in text, (status, text)


@pytest.mark.parametrize(
    ("host", "path", "lets_in"),
    [("localhost:8000", "/socket.io/", True), ("evil.example", "/socket.io/", False), ("localhost", "/a/../b", False)],
)
def test_a_web_socket_is_no_way_around(host: str, path: str, lets_in: bool) -> None:
    """A page of another site may open one to this machine, under its own name."""
    import asyncio

    from jwdt_xl.hosts.server.protection import LOOPBACK, Protection

    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append("in")

    async def send(message: Any) -> None:
        seen.append(message["type"])

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": path, "headers": [(b"host", host.encode())]}
    asyncio.run(Protection(app, frozenset(LOOPBACK), "/call")(scope, receive, send))
    assert seen == (["in"] if lets_in else ["websocket.close"])
