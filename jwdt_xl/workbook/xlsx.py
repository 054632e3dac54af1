"""What every workbook we write shares: an XlsxWriter file whose warnings are errors, in our styles; the same data give the same bytes."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, TypeVar

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager

from . import theme
from .packing import Part, container, packed

#: No date of making in the content.
CREATED = datetime.datetime(2024, 1, 1)
X = TypeVar("X", bound="Xlsx")
#: The formats of a file by what they were asked as.
Formats = dict[tuple[str, tuple[tuple[str, Any], ...]], Format]


class Parted(Packager):
    """Makes the parts of a workbook, and keeps them for whoever packs them."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, bytes]] = []

    def _create_package(self) -> list[Any]:
        for content, name, is_binary in super()._create_package():
            self.parts.append((name, content.getvalue() if is_binary else content.getvalue().encode()))
        return []


class File(xlsxwriter.Workbook):
    """A workbook in memory whose names may have comments, whose properties do not repeat every name, and which others pack."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(io.BytesIO(), {**options, "in_memory": True})
        self.comments: dict[str, str] = {}
        self.packager = Parted()

    def save(self, path: str | Path, before: Mapping[str, Part] = MappingProxyType({})) -> None:
        """Once it is closed; before: the parts of another one, packed."""
        Path(path).write_bytes(container(packed(self.parts, before)))

    @property
    def parts(self) -> list[tuple[str, bytes]]:
        """Once it is closed."""
        return self.packager.parts

    def _get_packager(self) -> Parted:
        return self.packager

    def _extract_named_ranges(self, defined_names: Any) -> list[str]:
        return []

    def _write_defined_name(self, defined_name: Any) -> None:
        name, _, formula, _ = defined_name
        if name in self.comments:
            self._xml_data_element("definedName", formula, [("name", name), ("comment", self.comments[name])])
        else:
            super()._write_defined_name(defined_name)


class Xlsx:
    """The file, as long as it is being written; closed only where nothing went wrong."""

    styles: Mapping[str, dict[str, Any]] = theme.STYLES

    def __init__(self, file: xlsxwriter.Workbook, title: str, **properties: str) -> None:
        self.file = file
        file.set_properties({"title": title, "created": CREATED, "author": "jwdt-xl", **properties})
        self._formats: Formats = {}

    def __enter__(self: X) -> X:
        self._caught = warnings.catch_warnings()
        self._caught.__enter__()
        warnings.simplefilter("error")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.close()
        finally:
            self._caught.__exit__(kind, error, trace)

    def close(self) -> None:
        self.file.close()

    def style(self, name: str, **more: Any) -> Format:
        key = (name, tuple(sorted(more.items())) if more else ())
        if key not in self._formats:
            self._formats[key] = self.file.add_format({**theme.BASE, **self.styles[name], **more})
        return self._formats[key]


def checked(code: int, *place: object) -> None:
    """XlsxWriter says by a number that it left a cell out."""
    if code:
        raise RuntimeError(f"XlsxWriter dropped something at {place}: code {code}")
