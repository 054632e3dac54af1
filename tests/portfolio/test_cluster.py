"""A Dask cluster behind TLS, by the commands of the docs, on loopback: who has no certificate gets a sentence and no results."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .returns import Returns

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")


def certificate(folder: Path, name: str) -> dict[str, str]:
    """A self-signed certificate, and the settings by which a client shows it."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=jwdt -addext subjectAltName=IP:127.0.0.1"
    cert, key = folder / f"{name}.pem", folder / f"{name}-key.pem"
    subprocess.run([*command.split(), "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    return {
        "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true",
        "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(cert),
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT": str(cert),
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY": str(key),
    }


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A scheduler and a worker, both on 127.0.0.1 only, both with TLS: the port, and who may enter."""
    folder = tmp_path_factory.mktemp("tls")
    known = certificate(folder, "cert")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    tls = ["--tls-ca-file", "cert.pem", "--tls-cert", "cert.pem", "--tls-key", "cert-key.pem"]
    local = ["--host", "tls://127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
    dask = [sys.executable, "-m", "dask"]
    with (folder / "log").open("wb") as log:
        started = [
            subprocess.Popen([*dask, *command, *local, *tls], cwd=folder, stdout=log, stderr=log)
            for command in (["scheduler", "--port", port], ["worker", f"tls://127.0.0.1:{port}", "--nthreads", "1"])
        ]
        try:
            wait_for(int(port))
            yield port, known
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(60)


def wait_for(port: int) -> None:
    for _ in range(120):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise AssertionError("the scheduler did not start")


def collect(inbox: Path, output: Path, address: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jwdt_xl.cli", "--lang", "en", "collect", str(inbox), "-o", str(output)]
    own = {name: value for name, value in os.environ.items() if not name.startswith("DASK_")}
    return subprocess.run(
        [*command, "--dask", address], env=own | settings, capture_output=True, text=True, encoding="utf-8", timeout=300
    )


def test_with_the_certificate(cluster: tuple[str, dict[str, str]], returns: Returns, tmp_path: Path) -> None:
    port, known = cluster
    returns.write(tmp_path / "in" / "a.xlsx", 1)
    done = collect(tmp_path / "in", tmp_path / "P.xlsx", f"tls://127.0.0.1:{port}", known)
    assert "1 files read = 1 scored + 0 rejected" in done.stdout + done.stderr, done
    assert (tmp_path / "P.xlsx").exists()


@pytest.mark.parametrize(
    "case", ["plain connection", "no certificate", "a certificate of one's own", "plain, TLS required"]
)
def test_without_it(cluster: tuple[str, dict[str, str]], returns: Returns, tmp_path: Path, case: str) -> None:
    port, known = cluster
    returns.write(tmp_path / "in" / "a.xlsx", 1)
    scheme = "tcp" if case.startswith("plain") else "tls"
    settings = {"plain, TLS required": known, "a certificate of one's own": certificate(tmp_path, "own")}.get(case, {})
    done = collect(tmp_path / "in", tmp_path / "P.xlsx", f"{scheme}://127.0.0.1:{port}", settings)
    assert done.returncode == 1, done
    assert "no connection to the Dask cluster" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "P.xlsx").exists()
