"""What every test has: hypothesis profiles, the golden values, and the check that the wheel is what is tested."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine pauses at will, so time is no criterion. In CI the same examples on every run: red means a change.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI", "").lower() == "true" else "dev")


def pytest_configure() -> None:
    """Under tests/run (JWDT_TEST_INSTALLED=1), refuse to test anything but the installed wheel."""
    if os.environ.get("JWDT_TEST_INSTALLED") != "1":
        return
    import jwdt_xl

    site_packages = Path(sysconfig.get_path("purelib")).resolve()
    if not Path(jwdt_xl.__file__).resolve().is_relative_to(site_packages):
        raise pytest.UsageError(f"jwdt_xl must come from {site_packages}, got {jwdt_xl.__file__}")


@pytest.fixture(scope="session")
def golden() -> Path:
    """The folder of reference values; its README.md names the source of each."""
    return Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def parts() -> Path:
    """Pyodide, wheels, Playwright and Chromium (tests/install_node_parts.sh). What is missing is a failure, never a skip."""
    script = Path(__file__).parent / "install_node_parts.sh"
    done = subprocess.run(
        ["bash", script],
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        env={**os.environ, "PYTHON": sys.executable},
    )
    assert done.returncode == 0, f"{script}: {done.stderr}"
    return Path(done.stdout.strip().splitlines()[-1])
