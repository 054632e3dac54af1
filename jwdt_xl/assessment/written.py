"""An assessment as a dict of the format jwdt-assessment/1."""

from __future__ import annotations

from typing import Any

from ..standard.guide.benchmarks import Benchmark
from ..standard.record import SECTION, TABLE, plain
from .fields import specs
from .model import ALWAYS, FORMAT, MAPPINGS, SECTIONS, Assessment, InputValue, VetoAnswer
from .planned import LISTS
from .tables import TABLES


def write(assessment: Assessment) -> dict[str, Any]:
    """The assessment as a dict that read() takes back; blank fields are left out."""
    data: dict[str, Any] = {"format": FORMAT}
    if assessment.boundary:
        data["boundary"] = assessment.boundary
    for name in SECTIONS:
        filled = _filled(getattr(assessment, name))
        if any(value != {} for value in filled.values()):
            data[name] = filled
    for name in TABLES:
        rows = [_filled(row) for row in getattr(assessment, name)]
        if rows or name in ALWAYS:
            data[name] = rows
    for name in MAPPINGS:
        mapping = getattr(assessment, name)
        if mapping or name == "benchmarks":
            data[name] = {code: _written(v) for code, v in mapping.items()}
    for name in LISTS:
        if rows := [_filled(row) for row in getattr(assessment, name)]:
            data[name] = rows
    return data


def _filled(section: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for name, spec in specs(type(section)).items():
        value = getattr(section, name)
        if spec.kind == SECTION:
            filled[name] = _filled(value)
        elif spec.kind == TABLE:
            filled[name] = [_filled(row) for row in value]
        elif value is not None and value != "":
            filled[name] = plain(value)
    return filled


def _written(value: Any) -> Any:
    if isinstance(value, (VetoAnswer, InputValue)):
        return {name: plain(said) for name, said in value._asdict().items() if said not in (None, "")}
    return _benchmark(value) if isinstance(value, Benchmark) else plain(value)


def _benchmark(benchmark: Benchmark) -> Any:
    fields = {name: plain(value) for name, value in benchmark._asdict().items() if value not in ("", None)}
    return fields if len(fields) > 1 else fields["value"]
