"""Files of the package that go along into other programs, packed to the same bytes on every run."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

PACKAGE = Path(__file__).resolve().parents[1]
#: What the functions need; all of it standard library only.
ROOMS = ("standard", "assessment", "functions")
MODULES = ("__init__.py", "errors.py", "messages.py")
#: What the action Import needs besides, on top of the core; standard library too.
IMPORTING = (
    "opening/__init__.py",
    *(f"opening/{name}.py" for name in ("container", "delimited", "filekinds", "jsonfile", "limits", "markup", "refusals", "untold")),
    "papers/__init__.py", "papers/form", "papers/kinds",
    *(
        f"papers/{name}.py"
        for name in (
            "accounted", "across", "cells", "discharge", "document", "drafts", "energies", "headings", "letterhead", "merge", "owners", "paper",
            "periods", "previous", "recognised", "together",
        )
    ),
)  # fmt: skip


def core_files(*more: str) -> Iterator[Path]:
    """The files of the package that go along, modules and tables: the core, and more modules or rooms."""
    for name in (*MODULES, *ROOMS, *more):
        place = PACKAGE / name
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def pack(target: str | Path | BinaryIO, files: Mapping[str, bytes]) -> None:
    """An archive of these files: a fixed time and fixed rights, nothing of the machine goes into it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
