"""jwdt addin: what there is, and a plain word where there is nothing yet."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from jwdt_xl import hosts


def test_an_unknown_host(run: Any) -> None:
    assert run("addin", "install", "--host", "lotus").code == 2
    assert run("addin", "install").code == 2


def test_dispatch(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    installer = SimpleNamespace(install=lambda profile=None: calls.append(profile), status=lambda: 1)
    monkeypatch.setattr(hosts.Host, "room", lambda host, module: installer if host.key == "libreoffice" else None)
    assert run("addin", "install", "--host", "libreoffice", "--profile", "/p").code == 0
    assert run("addin", "install", "--host", "libreoffice").code == 0
    assert calls == ["/p", None]
    assert run("addin", "status", "--host", "libreoffice").code == 1
    assert run("addin", "install", "--host", "excel", "--profile", "/p").code == 2
