"""What is published of a guide, in one archive: the guide, its document, forms, change log, and the SHA-256 of each file.

The bytes follow from the content alone: entries in order, one date. A signature, if there is one, signs the list of digests.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

from .. import __version__
from ..messages import Text, lines_shown
from ..opening.outputs import PACK, PACK_FORMAT
from ..opening.signing import Signer
from ..standard.guide import Guide
from ..standard.guide.previous import Previous

SUMS, README, CHANGES, SIGNATURE, PUBLIC = "SHA256SUMS", "README.txt", "CHANGES.txt", "SHA256SUMS.sig", "public.pem"


def packed(guide: Guide, files: Mapping[str, bytes], previous: Previous | None = None, key: str = "") -> bytes:
    """The archive; files: the guide, its document and forms by their names. key: a private key to sign with."""
    signer = Signer(key, SUMS, SIGNATURE, PUBLIC) if key else None
    found = {**files, CHANGES: _lines(_changes(guide, previous)), PACK: _facts(guide, files, previous)}
    found[README] = _lines(_readme(guide, found, signer.check if signer else ""))
    sums = _sums(found)
    signed = {SIGNATURE: signer.signed(sums), PUBLIC: signer.public} if signer else {}
    return _zipped({**found, SUMS: sums, **signed})


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sums(files: Mapping[str, bytes]) -> bytes:
    """As `sha256sum -c` reads it."""
    return "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files)).encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def _lines(texts: Sequence[Text | str]) -> bytes:
    """A text file that every system's editor shows right."""
    return ("\ufeff" + "".join(f"{lines_shown(str(text))}\r\n" for text in texts)).encode()


def _facts(guide: Guide, files: Mapping[str, bytes], previous: Previous | None) -> bytes:
    """The same for programs."""
    data = {
        "format": PACK_FORMAT,
        "program": f"jwdt-xl {__version__}",
        "guide": _named(guide),
        "previous": _named(previous.guide) if previous else None,
        "files": [{"name": name, "sha256": digest(files[name])} for name in sorted(files)],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _named(guide: Guide) -> dict[str, str]:
    return {"id": guide.id, "version": guide.version, "hash": guide.hash, "sha256": guide.sha256}


def _changes(guide: Guide, previous: Previous | None) -> list[Text | str]:
    said: list[Text | str] = [_TITLE.fill(n=guide.name, i=guide.id, v=guide.version), ""]
    for revision in guide.history:
        said += [f"{revision.version}  {revision.date}".strip(), f"  {revision.change}", ""]
    if previous:
        old = previous.guide
        said.append(_COMPARED.fill(n=old.name, i=old.id, v=old.version, h=old.sha256))
        said += [f"  - {change}" for change in previous.changes] or [f"  {_SAME}"]
    elif not guide.history:
        said.append(_NOTHING)
    return said


_TITLE = Text("“{n}” {i} {v}：改动", "“{n}”, {i} {v}: changes")
_COMPARED = Text("与“{n}”{i} {v}（SHA-256 {h}）的不同：", "Against “{n}”, {i} {v} (SHA-256 {h}):")
_SAME = Text("内容相同。", "They say the same.")
_NOTHING = Text("没有修订记录，没有与其他版本比较。", "No change log, and not compared with another version.")


def _readme(guide: Guide, files: Mapping[str, bytes], check: str) -> list[Text | str]:
    said: list[Text | str] = [_PACK.fill(n=guide.name, i=guide.id, v=guide.version), ""]
    said += [f"  {name}" for name in sorted([*files, README, SUMS, *((SIGNATURE, PUBLIC) if check else ())])]
    said += [
        "", _CONTENT.fill(s=guide.sha256, h=guide.hash), "", _CHECK_FILES, "  sha256sum -c SHA256SUMS", "  shasum -a 256 -c SHA256SUMS",
        "  certutil -hashfile <FILE> SHA256", "",
    ]  # fmt: skip
    return [*said, _CHECK_SIGNATURE, f"  {check}", _TRUST] if check else [*said, _UNSIGNED]


_PACK = Text("“{n}” {i} {v} 发布包", "“{n}”, {i} {v}: pack")
_CONTENT = Text(
    "指南内容的 SHA-256：{s}。用此指南生成的填报表和结果带有它的前 16 位 {h}；jwdt guide show 显示它。",
    "SHA-256 of the guide's content: {s}. Forms and results made with it carry its first 16 characters, {h}; jwdt guide show prints it.",
)
_CHECK_FILES = Text(
    "核对文件未被改动（Linux；macOS；Windows，逐个与 SHA256SUMS 比较）：",
    "To check that no file was changed (Linux; macOS; Windows, each against SHA256SUMS):",
)
_CHECK_SIGNATURE = Text("核对签名：", "To check the signature:")
_TRUST = Text(
    "public.pem 随包附上只为方便：请与发布单位另行公布的公钥比较，相同才可信。",
    "public.pem comes along for convenience only: compare it with the key that the institute publishes elsewhere.",
)
_UNSIGNED = Text("没有签名。", "Not signed.")
