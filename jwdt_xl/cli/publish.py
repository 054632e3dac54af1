"""``jwdt guide document`` and ``pack``: what an institute publishes of a guide."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .. import workbook
from ..errors import Refused
from ..messages import ERROR, Finding, Text, get_language
from . import FINE, output
from .guides import load_guide
from .options import add_output, option
from .parser import AddAction
from .paths import Read

if TYPE_CHECKING:
    from ..standard.guide import Guide
    from ..standard.guide.previous import Previous

_DOCUMENT, _PDF = ".docx", ".pdf"
_ZIP = ".zip"


def add(action: AddAction, guide: Text) -> None:
    """The actions; guide: what is taken for one."""
    document = action(
        "document",
        _document,
        "把指南写成可读的 Word 文档或 PDF",
        "write the guide as a readable Word document or PDF",
    )
    option(document, "guide", *guide, metavar="G", type=Read)
    _add_previous(document)
    add_output(document, "G.docx|G.pdf", "输出文件；PDF 需要 LibreOffice", "output file; PDF needs LibreOffice")

    pack = action(
        "pack",
        _pack,
        "发布包：指南、文档、模板、改动，以及各文件的 SHA-256",
        "a pack to publish: guide, document, forms, changes, and the SHA-256 of each",
    )
    option(pack, "guide", *guide, metavar="G", type=Read)
    _add_previous(pack)
    option(
        pack,
        "--host",
        "为哪些软件附上模板，默认 portable；例如 --host portable excel",
        "forms for these programs, default portable; e.g. --host portable excel",
        choices=tuple(workbook.HOSTS),
        nargs="+",
        default=["portable"],
    )
    option(
        pack,
        "--sign",
        "私钥（PEM）：用 openssl 对 SHA256SUMS 签名；私钥不会写进包里",
        "private key (PEM): sign SHA256SUMS by openssl; the key itself goes nowhere",
        metavar="KEY.pem",
        type=Read,
    )
    add_output(pack, "G.zip")


def _add_previous(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "--previous",
        "上一版指南：写明两版的不同",
        "the version before: what differs is stated",
        metavar="OLD",
        type=Read,
    )


def _load(name: str) -> Guide:
    found = load_guide(name, draft=True)
    assert found is not None
    return found


def _previous(options: argparse.Namespace, guide: Guide) -> Previous | None:
    if not options.previous:
        return None
    from ..authoring.english import doubtful
    from ..authoring.versions import changes
    from ..standard.guide.previous import Previous

    old = _load(options.previous)
    if (old.id, old.version) == (guide.id, guide.version) and old.hash != guide.hash:
        raise Refused(
            (Finding(ERROR, "same-version", options.previous, _SAME_VERSION.fill(i=guide.id, v=guide.version)),)
        )
    output.say_findings(doubtful(guide, old))
    return Previous(old, changes(old, guide))


_SAME_VERSION = Text(
    "两版都叫 {i} {v}，内容却不同，读者分不清 — 请先在新指南中换版本",
    "both are called {i} {v} and differ, so that nobody can tell them apart — give the new guide another version first",
)


def _document(options: argparse.Namespace) -> int:
    from ..reports import extra

    path = options.output or f"{_stem(options.guide)}{_DOCUMENT}"
    extra.need("docx")
    from ..reports.guides.document import made
    from .report import find_soffice, write_document

    soffice = find_soffice() if path.lower().endswith(_PDF) else ""
    guide = _load(options.guide)
    content = made(guide, _previous(options, guide))
    if not options.output:
        output.free_name(path)
    write_document(lambda word: Path(word).write_bytes(content), path, soffice)
    output.written(path)
    return FINE


def _pack(options: argparse.Namespace) -> int:
    from ..authoring import pack
    from ..reports import extra

    path = options.output or f"{_stem(options.guide)}{_ZIP}"
    extra.need("docx")
    guide = load_guide(options.guide)  # a draft scores nothing, and is not published
    assert guide is not None
    previous = _previous(options, guide)
    if not options.output:
        output.free_name(path)
    content = pack.packed(guide, _files(options, guide, previous), previous, options.sign or "")
    with output.new_file(path) as temporary:
        Path(temporary).write_bytes(content)
    output.written(path)
    output.say(Text("SHA-256 {s}", "SHA-256 {s}").fill(s=pack.digest(content)))
    return FINE


def _files(options: argparse.Namespace, guide: Guide, previous: Previous | None) -> dict[str, bytes]:
    """The guide as its author wrote it, its document and its forms, by their names in the pack."""
    from .. import authoring
    from ..opening.filenames import plain
    from ..reports.guides.document import made
    from .files import template_name

    source, name = authoring.find(options.guide), plain(f"{guide.id}-{guide.version}", inside_archive=True)
    text = authoring.read_text(source) if source.lower().endswith(".toml") else authoring.dump(guide)
    found = {f"{name}.toml": text.encode(), f"{name}-{get_language()}{_DOCUMENT}": made(guide, previous)}
    with tempfile.TemporaryDirectory() as folder:
        for host in dict.fromkeys(options.host):
            form = template_name(host, get_language(), guide, inside_archive=True)
            place = os.path.join(folder, form)
            workbook.write(place, guide=guide, host=host, language=get_language())
            found[form] = Path(place).read_bytes()
    return found


def _stem(name: str) -> str:
    return os.path.splitext(os.path.basename(name))[0]
