"""A year on: what was reported becomes the base, the labels move, and what is new each year is asked anew."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from ..standard.guide import Guide
from ..standard.guide.inputs import REPORT
from .activity import year_of
from .model import Assessment, InputValue, Periods
from .tables import TABLES

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Where an imported number says what it came from, each period its own.
_ORIGINS = re.compile(r"(?:^|; )(base|report): ")
#: Fields that do not tell one thing from another: two rows that differ only in these and numbers are of one thing.
_BESIDE = ("unit", "base", "report", "source", "quality", "note", "evidence")


def next_year(last: Assessment, report: str = "", guide: Guide | None = None) -> Assessment:
    """The next period's assessment; report: its label, where another than the year after is wanted.

    guide: by which it is evaluated; what it asks of the report period alone has no base.
    """
    once = {each.code for each in guide.inputs if each.periods == REPORT} if guide else set()
    value, output, metered = last.output_value, last.product.output, last.metered_electricity
    year = year_of(last.periods.report)
    tables: dict[str, Any] = {name: _rows(getattr(last, name), year) for name in TABLES}
    return dataclasses.replace(
        Assessment(),
        enterprise=last.enterprise,
        boundary=last.boundary,
        periods=Periods(base=last.periods.report, report=report or moved(last.periods.report, 1)),
        product=dataclasses.replace(last.product, output=dataclasses.replace(output, base=output.report, report=None)),
        output_value=dataclasses.replace(value, base=value.report, report=None),
        metered_electricity=dataclasses.replace(metered, base=metered.report, report=None),
        benchmarks=last.benchmarks,
        options=last.options,
        inputs={
            code: InputValue(None if code in once else entry.report, None, _source(entry.source))
            for code, entry in last.inputs.items()
        },
        **tables,
    )


def moved(label: str, step: int) -> str:
    """The label of a period some years on: 2023, 2023年, 2023Q1, 2022-2023; nothing where it names no year."""
    if _YEAR.search(label) is None:
        return ""
    return _YEAR.sub(lambda found: str(int(found[0]) + step), label)


def _rows(rows: Sequence[Any], year: int | None) -> tuple[Any, ...]:
    """The rows moved on; a thing that two rows stood for, one a year, keeps that of the report period."""
    used = {_what(row) for row in rows if getattr(row, "report", None)}
    return tuple(
        _row(row, year) for row in rows if not (getattr(row, "report", None) == 0 and row.base and _what(row) in used)
    )


def _what(row: Any) -> tuple[Any, ...]:
    return tuple(
        value
        for field in dataclasses.fields(row)
        if field.name not in _BESIDE and not isinstance(value := getattr(row, field.name), float | int)
    )


def _row(row: Any, year: int | None) -> Any:
    fields = {field.name for field in dataclasses.fields(row)}
    if "base" not in fields:
        return row  # an own equivalent value holds for both periods
    changes: dict[str, Any] = {"base": row.report, "report": None}
    for name, empty in (("note", ""), ("quality", None)):
        if name in fields:
            changes[name] = empty
    if "recovered_base" in fields:
        changes |= {"recovered_base": row.recovered_report, "recovered_report": None}
    if "source" in fields:
        changes["source"] = _source(row.source)
    if getattr(row, "factor_year", None) is not None and (year is None or row.factor_year <= year):
        changes["factor_year"] = None  # the grid factor is that of the new year
    return dataclasses.replace(row, **changes)


def _source(source: str) -> str:
    """The origin of the number that is now the base's; what people typed stays."""
    parts = _ORIGINS.split(source)
    if len(parts) == 1:
        return source
    origins = dict(zip(parts[1::2], parts[2::2], strict=True))
    typed = parts[0].strip("; ")
    return "; ".join(filter(None, (typed, f"base: {origins['report']}" if "report" in origins else "")))
