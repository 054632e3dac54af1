"""``jwdt addin wheel``: the wheel written anew from what is installed installs and is the package, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


def run(*command: object, folder: Path, package: Path) -> subprocess.CompletedProcess[str]:
    """With the package from this folder, and what it rests on from the environment."""
    setting = {**os.environ, "PYTHONPATH": str(package), "JWDT_LANG": "en"}
    return subprocess.run(
        list(map(str, command)), cwd=folder, env=setting, capture_output=True, encoding="utf-8", timeout=120
    )


def install(wheel: Path, target: Path) -> Path:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel]
    subprocess.run(list(map(str, command)), check=True, timeout=120)
    return target


def content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def first(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(wheel, tmp_path_factory.mktemp("first"))


def test_it_is_the_package_as_it_was_built(wheel: Path, first: Path, tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "jwdt_xl.cli", "addin", "wheel", folder=tmp_path, package=first)
    assert done.returncode == 0, done.stderr
    [written] = tmp_path.iterdir()
    assert written.name == wheel.name and f"pip install {written.name}" in done.stdout
    built, again = content(wheel), content(written)
    record = next(name for name in built if name.endswith("/RECORD"))
    assert {n: b for n, b in again.items() if n != record} == {n: b for n, b in built.items() if n != record}
    assert sorted(again[record].decode().splitlines()) == sorted(built[record].decode().splitlines())
    second = install(written, tmp_path / "second")
    done = run(sys.executable, "-m", "jwdt_xl.cli", "--version", folder=tmp_path, package=second)
    assert done.returncode == 0 and str(second) not in done.stderr, done.stderr


def test_the_same_bytes_again_and_never_over_something_else(first: Path, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "jwdt_xl.cli", "addin", "wheel")
    for _ in range(2):
        assert run(*command, folder=tmp_path, package=first).returncode == 0
    [written] = tmp_path.iterdir()  # the second run kept nothing beside it: the bytes are the same
    written.write_text("not a wheel", encoding="utf-8")
    done = run(*command, folder=tmp_path, package=first)
    assert done.returncode != 0 and written.read_text(encoding="utf-8") == "not a wheel"


def test_from_a_folder_of_source_it_says_what_to_do(first: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (first / "jwdt_xl").rename(tmp_path / "kept")
    try:
        source.mkdir()
        (source / "jwdt_xl").symlink_to(tmp_path / "kept")
        code = "from jwdt_xl.hosts import wheel; wheel.DISTRIBUTION = 'jwdt-nowhere'; wheel.write_wheel('.')"
        done = run(sys.executable, "-c", code, folder=tmp_path, package=source)
        assert done.returncode == 1 and "pip wheel --no-deps ." in done.stderr
    finally:
        (tmp_path / "kept").rename(first / "jwdt_xl")
