"""The cells of the settings that a guide binds: locked, and showing what it says."""

from __future__ import annotations

import math
from typing import Any

from ..standard.guide import Guide
from ..standard.guide.openness import BENCHMARKS, NOT_APPLICABLE, WEIGHTS
from ..standard.guide.provenance import in_short

_OPTIONS = "options"


def is_bound(guide: Guide, path: str) -> bool:
    """Whether an enterprise may not choose what stands at a path of its assessment."""
    mapping, _, rest = path.partition(".")
    if mapping == _OPTIONS:
        return not guide.opens(rest)
    if mapping not in (BENCHMARKS, WEIGHTS, NOT_APPLICABLE):
        return False
    node = guide.by_code[rest.partition(".")[0]]
    if mapping == BENCHMARKS:
        return not guide.opens_benchmark(node)
    return not (guide.opens_weights if mapping == WEIGHTS else guide.takes_not_applicable(node))


def guides_value(guide: Guide, path: str) -> Any:
    """What the guide says at a bound path; weights stand in a column of their own, whatever binds."""
    mapping, _, rest = path.partition(".")
    if mapping == _OPTIONS:
        return guide.options.get(rest)
    if mapping == BENCHMARKS:
        code, _, field = rest.partition(".")
        said = getattr(guide.by_code[code].benchmark, field)
        return (str(in_short(said)) if field == "source" else said) or None
    return None


def without_guides(data: dict[str, Any], guide: Guide) -> None:
    """Takes from the data of a form what it shows of its guide; what was typed over it in spite of the lock stays."""
    options, benchmarks = data.get(_OPTIONS, {}), data.get(BENCHMARKS, {})
    for name in [name for name in options if is_bound(guide, f"{_OPTIONS}.{name}")]:
        if _same(options[name], guide.options.get(name)):
            del options[name]
    if not options:
        data.pop(_OPTIONS, None)
    for code in [code for code in benchmarks if is_bound(guide, f"{BENCHMARKS}.{code}")]:
        stated = guide.by_code[code].benchmark
        if stated and _same(benchmarks[code].get("value", stated.value), stated.value):
            del benchmarks[code]


def _same(one: Any, other: Any) -> bool:
    numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (one, other))
    return math.isclose(one, other, rel_tol=1e-9) if numbers else bool(one == other)
