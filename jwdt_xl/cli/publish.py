"""``jwdt guide document`` and ``pack``: what an institute publishes of a guide."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..messages import Text
from . import FINE, output
from .guides import load_guide
from .options import add_output, option
from .parser import AddAction
from .paths import Read

if TYPE_CHECKING:
    from ..reports.guides.document import Previous
    from ..standard.guide import Guide

_DOCUMENT, _PDF = _ENDINGS = (".docx", ".pdf")


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
    from ..authoring.versions import changes
    from ..reports.guides.document import Previous

    old = _load(options.previous)
    return Previous(old, changes(old, guide))


def _document(options: argparse.Namespace) -> int:
    from ..reports import extra

    path = options.output or f"{_stem(options.guide)}{_DOCUMENT}"
    if not path.lower().endswith(_ENDINGS):
        raise output.WrongUse(
            "文档的文件名须以 .docx 或 .pdf 结尾，实为 {p}",
            "a document must end in .docx or .pdf, got {p}",
            p=path,
        )
    extra.need("docx")
    from ..reports import pdf
    from ..reports.guides.document import made
    from .report import find_soffice

    soffice = find_soffice() if path.lower().endswith(_PDF) else ""
    guide = _load(options.guide)
    content = made(guide, _previous(options, guide))
    if not options.output:
        output.free_name(path)
    with output.new_file(path) as temporary:
        if not soffice:
            Path(temporary).write_bytes(content)
        else:
            with tempfile.TemporaryDirectory() as folder:
                word = os.path.join(folder, f"guide{_DOCUMENT}")
                Path(word).write_bytes(content)
                pdf.convert(word, temporary, soffice)
    output.written(path)
    return FINE


def _stem(name: str) -> str:
    return os.path.splitext(os.path.basename(name))[0]
