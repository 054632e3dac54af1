"""What a return states otherwise than its guide, and what of it is in force: options, benchmarks, weights."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ..messages import Text, number
from ..standard.guide import Guide
from ..standard.guide.openness import BENCHMARKS, WEIGHTS
from ..standard.guide.options import BY_NAME, OptionValue
from .model import Assessment

#: By whose choices a return is evaluated: its own where the guide leaves them open, as one enterprise is; the guide's,
#: as all of a portfolio are, so that nobody gains rank by choosing; or all its own, to show beside.
OPEN, GUIDE, OWN = "open", "guide", "own"
_OPTIONS = "options"
#: Numbers that differ by less are the same, typed or computed.
_SAME = 1e-9


class Choice(NamedTuple):
    """Something that a return states otherwise than its guide."""

    kind: str
    key: str
    name: Text
    own: Text
    guides: Text
    is_open: bool

    @property
    def place(self) -> str:
        return f"{self.kind}.{self.key}" if self.key else self.kind


def choices_of(assessment: Assessment, guide: Guide) -> tuple[Choice, ...]:
    """Nothing of a return that states nothing different."""
    if not (assessment.options or assessment.benchmarks or assessment.weights):
        return ()
    return tuple((*_options(assessment, guide), *_benchmarks(assessment, guide), *_weights(assessment, guide)))


def _options(assessment: Assessment, guide: Guide) -> Iterator[Choice]:
    for name, value in assessment.options.items():
        stated = guide.options.get(name)
        if not _same(value, stated):
            option = BY_NAME[name]
            yield Choice(
                _OPTIONS, name, option.label, option.label_of(value), option.label_of(stated), guide.opens(name)
            )


def _same(one: OptionValue, other: OptionValue | None) -> bool:
    if isinstance(one, str) or isinstance(other, str) or other is None:
        return one == other
    return math.isclose(one, other, rel_tol=_SAME)


def _benchmarks(assessment: Assessment, guide: Guide) -> Iterator[Choice]:
    if not assessment.benchmarks:
        return
    for node in guide.indicators:
        own, stated = assessment.benchmarks.get(node.code), node.benchmark
        if own is not None and stated is not None and not _same(own.value, stated.value):
            mine, guides = (Text(number(b.value, 6), number(b.value, 6)) for b in (own, stated))
            yield Choice(BENCHMARKS, node.code, _named(node), mine, guides, guide.opens_benchmark(node))


def _weights(assessment: Assessment, guide: Guide) -> Iterator[Choice]:
    if assessment.weights and any(not _same(assessment.weights[n.code], n.weight) for n in guide.indicators):
        own, stated = (
            Text(line, line)
            for line in (
                ", ".join(number(assessment.weights[n.code]) for n in guide.indicators),
                ", ".join(number(n.weight) for n in guide.indicators),
            )
        )
        yield Choice(WEIGHTS, "", Text("权重", "weights"), own, stated, guide.opens_weights)


def _named(node: Any) -> Text:
    return Text("指标 {c}“{n}”", "indicator {c} “{n}”").fill(c=node.code, n=node.name)


def in_force(assessment: Assessment, guide: Guide, by: str = OPEN) -> Assessment:
    """The assessment with those of its choices that count."""
    if by == OWN or not (assessment.options or assessment.benchmarks or assessment.weights):
        return assessment
    none = by == GUIDE
    codes = {node.code for node in guide.indicators if (none and node.benchmark) or not guide.opens_benchmark(node)}
    options = {name: value for name, value in assessment.options.items() if not none and guide.opens(name)}
    benchmarks = {code: value for code, value in assessment.benchmarks.items() if code not in codes}
    weights = {} if none or not guide.opens_weights else assessment.weights
    return replace(assessment, options=options, benchmarks=benchmarks, weights=weights)
