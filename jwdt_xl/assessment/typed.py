"""An assessment file as people type it: numbers left as texts become numbers before it is read, which is strict. Told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..messages import Finding
from ..standard.guide.options import BY_NAME
from ..standard.record import NUMBER, SECTION, TABLE, VALUE, Spec
from .fields import section_class, specs
from .model import SECTIONS
from .planned import LISTS
from .tables import TABLES
from .values import of_text

_LISTED = TABLES | LISTS


def numbers_of_texts(data: Any, told: list[Finding]) -> Any:
    """The data with every text that is plainly one number in the place of a number as that number."""
    if not isinstance(data, Mapping):
        return data
    found = dict(data)
    for name, value in data.items():
        if name in SECTIONS:
            found[name] = _section(SECTIONS[name], value, name, told)
        elif name in _LISTED and isinstance(value, (list, tuple)):
            found[name] = _rows(_LISTED[name], value, name, told)
        elif isinstance(value, Mapping):
            found[name] = {key: _of_mapping(name, key, each, told) for key, each in value.items()}
    return found


def _rows(cls: type, rows: Any, where: str, told: list[Finding]) -> list[Any]:
    return [_section(cls, row, f"{where}[{i}]", told) for i, row in enumerate(rows)]


def _section(cls: type, data: Any, where: str, told: list[Finding]) -> Any:
    if not isinstance(data, Mapping):
        return data
    known = specs(cls)
    found = dict(data)
    for name, value in data.items():
        spec: Spec | None = known.get(name)
        if spec is not None and spec.kind in (NUMBER, VALUE):
            found[name] = of_text(value, f"{where}.{name}", told)
        elif spec is not None and spec.kind == SECTION:
            found[name] = _section(section_class(cls, name), value, f"{where}.{name}", told)
        elif spec is not None and spec.kind == TABLE and isinstance(value, (list, tuple)):
            found[name] = _rows(section_class(cls, name), value, f"{where}.{name}", told)
    return found


def _of_mapping(name: str, key: str, value: Any, told: list[Finding]) -> Any:
    where = f"{name}.{key}"
    if name == "benchmarks" and isinstance(value, Mapping):
        return {
            part: of_text(each, f"{where}.{part}", told) if part == "value" else each for part, each in value.items()
        }
    if name == "inputs" and isinstance(value, Mapping):
        return {
            part: each if part == "source" else of_text(each, f"{where}.{part}", told) for part, each in value.items()
        }
    if name in ("benchmarks", "weights", "entered") or (
        name == "options" and key in BY_NAME and not BY_NAME[key].choices
    ):
        return of_text(value, where, told)
    return value
