"""How commands write a guide: as a file, or as the workbook of its author."""

from __future__ import annotations

from typing import Any

from ..messages import Finding, get_language
from ..standard.guide import Guide
from . import output


def write_text(path: str, text: str) -> None:
    output.write_text(path, text, keep=True)
    output.written(path)


def write_book(path: str, start: Guide | dict[str, Any], **more: Any) -> list[Finding]:
    """The workbook; returns what is to be said of it."""
    from .. import authoring

    with output.new_file(path, keep=True) as temporary:
        left = authoring.new_book(temporary, start, get_language(), **more)
    output.written(path)
    return list(left)
