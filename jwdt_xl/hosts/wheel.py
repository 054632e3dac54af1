"""``jwdt addin wheel``: the package as it is installed, as the file that other machines install it from."""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib.metadata
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .. import __version__
from ..errors import JwdtError
from ..messages import Text
from ..opening.outputs import whole
from .packed import pack

DISTRIBUTION = "jwdt-xl"
WHEEL = f"jwdt_xl-{__version__}-py3-none-any.whl"
#: Written by the installer: of the machine, not of the package.
_OF_THE_MACHINE = ("INSTALLER", "REQUESTED", "direct_url.json", "RECORD", "uv_cache.json")


def write_wheel(folder: str | Path) -> Path:
    """The wheel of the package as it is installed, for machines that find it on no index."""
    files = dict(_installed())
    if "jwdt_xl/__init__.py" not in files:
        raise JwdtError(
            Text(
                "jwdt-xl 在源代码文件夹中运行，不是安装的：请在该文件夹运行 pip wheel --no-deps .",
                "jwdt-xl runs from a folder of its source and is not installed: run pip wheel --no-deps . there",
            ),
            "not-installed",
        )
    record = next(name for name in files if name.endswith(".dist-info/METADATA")).replace("METADATA", "RECORD")
    lines = io.StringIO()
    rows = csv.writer(lines, lineterminator="\n")
    for name, content in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow((name, f"sha256={digest}", len(content)))
    rows.writerow((record, "", ""))
    path = Path(folder) / WHEEL
    if path.exists() and not _is_wheel(path):
        text = Text(
            "{p} 不是本软件包的安装文件，未覆盖：请换一个文件夹运行",
            "{p} is no file of this package and stays as it is: run this in another folder",
        )
        raise JwdtError(text.fill(p=path), "not-ours")
    with whole(str(path)) as temporary:
        pack(temporary, {**files, record: lines.getvalue().encode()})
    return path


def _is_wheel(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "jwdt_xl/__init__.py" in archive.namelist()


def _installed() -> Iterator[tuple[str, bytes]]:
    try:
        distribution = importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return
    for file in distribution.files or ():
        outside = ".." in file.parts or "__pycache__" in file.parts or file.name in _OF_THE_MACHINE
        path = Path(str(file.locate()))
        if not outside and path.is_file():
            yield file.as_posix(), path.read_bytes()
