"""What is in the built wheel: the package with its data and nothing else, its licence, what it asks for, and no trace of a machine."""

from __future__ import annotations

import base64
import csv
import email
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import jwdt_xl

from .. import dependencies

PACKAGE = Path(jwdt_xl.__file__).parent
ABOUT = f"jwdt_xl-{jwdt_xl.__version__}.dist-info"
#: Kinds of files the package is made of; the last stand in the project of xlwings Server.
KINDS = {".py", ".csv", ".json", ".toml", ".rdb", ".docx"} | {
    ".md",
    ".js",
    ".xml",
    ".html",
    ".css",
    ".template",
    ".dockerignore",
    "",
}


@pytest.fixture(scope="module")
def content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def about(content: dict[str, bytes]) -> Message:
    return email.message_from_bytes(content[f"{ABOUT}/METADATA"])


def in_package() -> Iterator[tuple[str, bytes]]:
    for path in PACKAGE.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            yield f"jwdt_xl/{path.relative_to(PACKAGE).as_posix()}", path.read_bytes()


def test_it_is_the_package_and_nothing_else(content: dict[str, bytes]) -> None:
    """Every file of the package, data and the hidden ones too, with the same bytes; no tests, caches or settings."""
    assert {name: data for name, data in content.items() if not name.startswith(ABOUT)} == dict(in_package())
    assert {name.removeprefix(f"{ABOUT}/") for name in content if name.startswith(ABOUT)} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
    }
    for name in content:
        path = Path(name)
        assert path.suffix in KINDS or name.startswith(ABOUT), name
        assert path.name == ".env.template" or not path.name.startswith(".env"), name


@pytest.mark.parametrize(
    "name",
    [
        "standard/data/annex_b.csv",
        "guides/cement.toml",
        "examples/cement.json",
        "hosts/libreoffice/jwdt.rdb",
        "hosts/server/project/.env.template",
        "hosts/server/project/templates/manifest.xml",
    ],
)
def test_data_are_in_it(content: dict[str, bytes], name: str) -> None:
    assert content[f"jwdt_xl/{name}"]


def test_the_record_is_right(content: dict[str, bytes]) -> None:
    rows = list(csv.reader(io.StringIO(content[f"{ABOUT}/RECORD"].decode())))
    assert {name for name, _, _ in rows} == content.keys()
    for name, digest, size in rows:
        if digest:
            own = base64.urlsafe_b64encode(hashlib.sha256(content[name]).digest()).rstrip(b"=").decode()
            assert (digest, int(size)) == (f"sha256={own}", len(content[name])), name


def test_licence_and_command(content: dict[str, bytes], about: Message) -> None:
    assert about["License-Expression"] == "MIT" and about["License-File"] == "LICENSE"
    assert b"MIT License" in content[f"{ABOUT}/licenses/LICENSE"]
    assert about["Requires-Python"] == ">=3.10"
    assert content[f"{ABOUT}/entry_points.txt"].split() == b"[console_scripts] jwdt = jwdt_xl.cli:main".split()
    assert b"Root-Is-Purelib: true" in content[f"{ABOUT}/WHEEL"]


def test_what_it_asks_for(about: Message) -> None:
    """As in pyproject.toml; and nothing that is no free software unless it is asked for as an extra."""
    asked = [Requirement(line) for line in about.get_all("Requires-Dist", [])]
    own = {
        requirement.name: requirement.specifier for requirement in asked if "extra" not in str(requirement.marker or "")
    }
    assert own == {requirement.name: requirement.specifier for requirement in dependencies.requirements("").values()}
    assert "xlwings-server" not in own
    assert set(about.get_all("Provides-Extra", [])) == set(filter(None, dependencies.EXTRAS))


def test_no_trace_of_a_machine(content: dict[str, bytes]) -> None:
    """No path of whoever built it, no key."""
    trace = re.compile(rb"/home/\w|/work/|/root/|[A-Z]:\\Users\\|BEGIN [A-Z ]*PRIVATE KEY")
    assert {name: trace.findall(data) for name, data in content.items() if trace.search(data)} == {}
