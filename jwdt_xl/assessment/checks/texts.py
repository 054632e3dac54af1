"""Texts that no cell of a workbook can hold: they count as they are, and a workbook shows their beginning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ...messages import LONGEST_CELL, WARNING, Finding, Text, units
from ..fields import specs
from ..model import Assessment
from ..tables import TABLES

if TYPE_CHECKING:
    from ..result import Result


def too_long(result: Result) -> Iterator[Finding]:
    """Files of text can hold what workbooks cannot."""
    for place, value in _texts(result.assessment, ""):
        if 2 * len(value) > LONGEST_CELL and units(value) > LONGEST_CELL:
            text = Text(
                "文本有 {n} 个字符，单元格最多 {m} 个；写入工作簿时截短 — 请缩短，详情另附文件",
                "the text has {n} characters, a cell holds at most {m}; it is cut where a workbook is written — shorten it and put the details into a file of their own",
            ).fill(n=units(value), m=LONGEST_CELL)
            yield Finding(WARNING, "text-too-long", place, text, "transparency")


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text with its path."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Assessment):
        for name in vars(value).keys() - TABLES.keys() - {"positions"}:
            yield from _texts(getattr(value, name), name)
        for table in TABLES:
            for i, row in enumerate(getattr(value, table)):
                if any(isinstance(part, str) and 2 * len(part) > LONGEST_CELL for part in vars(row).values()):
                    yield from _texts(row, value.place(table, i))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _texts(part, f"{place}.{name}")
    elif hasattr(value, "_asdict"):  # a benchmark
        yield from _texts(value._asdict(), place)
    elif hasattr(value, "__dataclass_fields__"):
        for name in specs(type(value)):
            yield from _texts(getattr(value, name), f"{place}.{name}")


CHECKS = (too_long,)
