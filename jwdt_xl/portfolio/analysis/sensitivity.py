"""What the ranks of a sample owe to weights, benchmarks and our choices: each moved alone, all enterprises at once.

Rules, all of them choices of ours:
- A weight moves by a factor of 1 ± step; all other weights are rescaled alike, so that the sum stays 1. Of a group of
  indicators the members move together. A weight reaches at most 1.
- A benchmark moves by a factor of 1 ± step, the enterprise's own or the guide's, whichever is in force.
- An option takes its named alternative, in everybody's evaluation by the engine.
- The sample is who is ranked before anything moves, as a collection ranks: who is held back for review, is of another
  period or has no total is in none of the figures, and counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ...assessment.evaluate import Alternative, each_alternative
from ...assessment.quarantine import reasons
from ...assessment.result import NOT_APPLICABLE, Result
from ...messages import ERROR, Text, joined
from ...standard.guide import Guide
from ...standard.guide.options import Option
from ...standard.scoring import POSITIVE, WEIGHT_TOLERANCE
from ..collection.correcting import Decided
from ..collection.reading import Reading
from ..collection.row import HELD as WAITS
from . import identity, matrix
from .kendall import kendall

Array = Any
WEIGHT, GROUP, BENCHMARK, OPTION = KINDS = ("weight", "group", "benchmark", "option")
KIND_NAMES = {
    WEIGHT: Text("指标权重", "weight of an indicator"),
    GROUP: Text("指标组权重", "weight of a group"),
    BENCHMARK: Text("基准值", "benchmark"),
    OPTION: Text("方法选项", "choice of method"),
}
STEP = 0.2


#: Why a file is not in the sample, by kind.
HELD, PERIOD, OTHERS = LEFT = ("held", "another_period", "others")


class LeftOut(NamedTuple):
    """A file that is not in the sample, and why."""

    file: str
    reason: Text
    kind: str = OTHERS


class Sample(NamedTuple):
    """The enterprises that are ranked, and the files that are not."""

    guide: Guide
    names: tuple[str, ...]
    results: tuple[Result, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def files(self) -> int:
        return len(self.results) + len(self.left_out)

    def left(self, kind: str) -> int:
        """How many of the files left out are of a kind."""
        return sum(each.kind == kind for each in self.left_out)


class Move(NamedTuple):
    """One thing moved: down (-1), up (1), or to an alternative (0)."""

    kind: str
    #: The code of a node, or an option and its value.
    code: str
    name: Text
    direction: int = 0

    def label(self, step: float) -> Text:
        if not self.direction:
            return self.name
        return Text(f"{self.name.zh} {self.direction * step:+.0%}", f"{self.name.en} {self.direction * step:+.0%}")


class Outcome(NamedTuple):
    """Totals and ranks after a move (NaN and 0 where there is none), against those before it."""

    move: Move
    totals: Array
    ranks: Array
    #: How many change rank, by how many places at most and who, how many have lost their total.
    changed: int
    farthest: int
    who: int
    lost: int
    tau: float
    mean_move: float
    mean_change: float
    largest_change: float
    first: tuple[int, ...]


class Sensitivity(NamedTuple):
    """The sample before anything moves, and after each move."""

    sample: Sample
    step: float
    benchmark_step: float
    totals: Array
    ranks: Array
    outcomes: tuple[Outcome, ...]
    #: Alternatives under which nobody has a total, and why: a guide has to state what they need.
    undefined: tuple[tuple[Text, Text], ...]

    def decisive(self, kinds: Sequence[str] = (WEIGHT,)) -> list[tuple[Move, float]]:
        """What moves ranks most, first: places moved on average, over both directions; then by the change of totals."""
        found: dict[tuple[str, str], list[Outcome]] = {}
        for outcome in self.outcomes:
            if outcome.move.kind in kinds:
                found.setdefault((outcome.move.kind, outcome.move.code), []).append(outcome)
        rated = [
            (
                outcomes[0].move,
                sum(outcome.mean_move for outcome in outcomes) / len(outcomes),
                max(outcome.largest_change for outcome in outcomes),
            )
            for outcomes in found.values()
        ]
        rated.sort(key=lambda each: (-round(each[1], 12), -round(each[2], 12)))
        return [(move, moved) for move, moved, _ in rated]


def sample(
    readings: Iterable[tuple[str, Reading]],
    guide: Guide,
    period: str = "",
    reviews: Mapping[str, Decided] | None = None,
) -> Sample:
    """The sample in files read and evaluated, each under the name people know.

    period: the report period that is evaluated; without one of an enterprise with several the latest. reviews: by name,
    what a return is after an evaluator's review, as in a collection.
    """
    readings = list(readings)
    names, results, left = [], [], []
    seen: dict[tuple[str, str], str] = {}
    apart = _apart(readings, period)
    for place, (name, reading) in enumerate(readings):
        after = (reviews or {}).get(name)
        result = after.result if after else reading.result
        kind, reason = (PERIOD, apart[place]) if place in apart else _why_not(reading, after)
        if result is not None and reason is None:
            key = (result.assessment.enterprise.code, result.assessment.periods.report)
            if key[0] and key in seen:
                reason = Text("与 {f} 是同一企业同一报告期", "the same enterprise and period as {f}").fill(f=seen[key])
            else:
                seen[key] = name
        if reason is not None or result is None:
            left.append(LeftOut(name, reason or Text("", ""), kind))
            continue
        names.append(result.assessment.enterprise.name or name)
        results.append(result)
    return Sample(guide, identity.unique(names), tuple(results), tuple(left))


def _apart(readings: Sequence[tuple[str, Reading]], period: str) -> dict[int, Text]:
    """The places of those of another period, each with why, by the rule of a collection."""
    said = [(place, name, r.result.assessment) for place, (name, r) in enumerate(readings) if r.result is not None]
    files = [identity.Whose(name, a.enterprise.code, a.enterprise.name, a.periods.report) for _, name, a in said]
    return {said[i][0]: why for i, why in identity.apart(files, period, None).items()}


def _why_not(reading: Reading, after: Decided | None) -> tuple[str, Text | None]:
    """The kind of reason and the reason why a file has no rank, after review where there was one; None where it has one."""
    result = after.result if after else reading.result
    if result is None:
        errors = [finding for finding in reading.findings if finding.severity == ERROR] or list(reading.findings)
        return OTHERS, errors[0].text if errors else Text("无法读取", "cannot be read")
    if held := list(after.held if after else reasons(reading.findings, result)):
        listed = [Text(f"{each.text.zh}（{each.code}）", f"{each.text.en} ({each.code})") for each in held]
        return HELD, WAITS.fill(r=joined(listed, "；", "; "))
    if result.total is None:
        return OTHERS, Text("有缺失项，没有总分，不排名", "something is missing, so there is no total and no rank")
    if result.is_excluded:
        return OTHERS, Text("按指南的排除条件不排名", "excluded by a condition of the guide, so there is no rank")
    return OTHERS, None


class _Numbers:
    """The sample as arrays: a row is an enterprise, a column an indicator."""

    def __init__(self, sample: Sample) -> None:
        guide, results = sample.guide, sample.results
        leaves = guide.indicators
        shape = (len(results), len(leaves))

        def array(get: Callable[[Result, int], Any]) -> Array:
            rows = [[get(result, col) for col in range(len(leaves))] for result in results]
            return np.array(rows, dtype=float).reshape(shape)

        def benchmark(result: Result, col: int) -> float | None:
            found = result.indicators[col].benchmark
            return found.value if found else None

        self.weights = array(lambda r, c: r.assessment.weights.get(leaves[c].code, leaves[c].weight))
        self.here = array(lambda r, c: r.indicators[c].state != NOT_APPLICABLE) > 0
        self.values = array(lambda r, c: r.indicators[c].value)
        self.scores = array(lambda r, c: r.indicators[c].score)
        self.benchmarks = array(benchmark)
        self.caps = np.array([float(result.options["score_cap"]) for result in results])
        levels = [guide.first_level(node).code for node in leaves]
        self.levels = [[c for c, level in enumerate(levels) if level == each] for each in dict.fromkeys(levels)]
        self.attributes = matrix.attributes_of(guide)
        self.limits = [node.limit for node in leaves]

    def totals(self, weights: Array, scores: Array) -> Array:
        return matrix.totals(scores, self.redistributed(weights))

    def redistributed(self, weights: Array) -> Array:
        """As standard.scoring.redistributed, for all at once."""
        used = np.where(self.here, weights, 0.0)
        for columns in self.levels:
            whole = weights[:, columns].sum(axis=1)
            left = used[:, columns].sum(axis=1)
            with np.errstate(divide="ignore", invalid="ignore"):
                factor = np.where(left > 0, whole / left, 0.0)
            used[:, columns] *= factor[:, None]
        return used

    def moved_weights(self, columns: Sequence[int], factor: float) -> Array:
        """These weights times the factor, the others rescaled so that the sum stays."""
        moved = self.weights.copy()
        whole = moved.sum(axis=1)
        part = moved[:, columns].sum(axis=1)
        movable = (part > 0) & (whole - part > WEIGHT_TOLERANCE)  # a weight of all there is cannot move
        with np.errstate(divide="ignore", invalid="ignore"):
            factors = np.where(movable, np.minimum(factor, whole / part), 1.0)
            rest = np.where(movable, (whole - factors * part) / (whole - part), 1.0)
        others = [col for col in range(moved.shape[1]) if col not in columns]
        moved[:, columns] *= factors[:, None]
        moved[:, others] *= rest[:, None]
        return moved

    def moved_scores(self, column: int, factor: float) -> Array:
        """The scores where the benchmark of one indicator is moved."""
        scores = self.scores.copy()
        limit = self.limits[column]
        if limit is not None:  # a benchmark moved past its limit scores nothing
            span = self.benchmarks[:, column] * factor - limit
            with np.errstate(divide="ignore", invalid="ignore"):
                moved = 100 * np.clip((self.values[:, column] - limit) / span, 0.0, 1.0)
            moved[~((span > 0) == (self.attributes[column] == POSITIVE)) | (span == 0)] = np.nan
            scores[:, column] = np.where(np.isnan(self.scores[:, column]), np.nan, moved)
            return scores
        ratio = (self.values[:, column] / (self.benchmarks[:, column] * factor))[:, None]
        for cap in np.unique(self.caps):
            rows = self.caps == cap
            moved = matrix.score_matrix(ratio[rows], [1.0], [self.attributes[column]], float(cap))[:, 0]
            scores[rows, column] = np.where(np.isnan(self.scores[rows, column]), np.nan, moved)
        return scores


def analyse(
    found: Sample,
    step: float = STEP,
    benchmark_step: float | None = None,
    done: Callable[[], object] = int,
) -> Sensitivity:
    """Every weight, benchmark and named alternative moved alone. done is called after each enterprise's alternatives."""
    assert found.results, "a sample of nobody has no ranks"
    by = step if benchmark_step is None else benchmark_step
    numbers = _Numbers(found)
    totals = np.array([result.total for result in found.results], dtype=float)
    ranks = matrix.ranks(totals)
    options, undefined = _options(found, done)
    moved = [*_weights(found.guide, numbers, step), *_benchmarks(found.guide, numbers, by), *options]
    outcomes = tuple(outcome(move, after, totals, ranks) for move, after in moved)
    return Sensitivity(found, step, by, totals, ranks, outcomes, tuple(undefined))


def _weights(guide: Guide, numbers: _Numbers, step: float) -> Iterator[tuple[Move, Array]]:
    leaves = guide.indicators
    for node in (*leaves, *(node for node in guide.nodes if node not in leaves)):
        columns = [c for c, leaf in enumerate(leaves) if node in guide.path(leaf)]
        kind = WEIGHT if node in leaves else GROUP
        for direction in (-1, 1):
            weights = numbers.moved_weights(columns, 1 + direction * step)
            yield Move(kind, node.code, node.name, direction), numbers.totals(weights, numbers.scores)


def _benchmarks(guide: Guide, numbers: _Numbers, step: float) -> Iterator[tuple[Move, Array]]:
    for column, node in enumerate(guide.indicators):
        if np.isnan(numbers.benchmarks[:, column]).all():
            continue  # moderate and qualitative ones have none
        for direction in (-1, 1):
            scores = numbers.moved_scores(column, 1 + direction * step)
            yield Move(BENCHMARK, node.code, node.name, direction), numbers.totals(numbers.weights, scores)


def _options(found: Sample, done: Callable[[], object]) -> tuple[list[tuple[Move, Array]], list[tuple[Text, Text]]]:
    """Who already uses an alternative stays as it is; those under which nobody would have a total stand apart."""
    before = np.array([result.total for result in found.results], dtype=float)
    columns: dict[tuple[Option, str], Array] = {}
    alternatives: dict[tuple[Option, str], Alternative] = {}
    for row, result in enumerate(found.results):
        for other in each_alternative(result.assessment, found.guide, result.approved):
            key = (other.option, other.value)
            columns.setdefault(key, before.copy())[row] = np.nan if other.total is None else other.total
            alternatives[key] = other
        done()
    moved, undefined = [], []
    for (option, value), totals in columns.items():
        other = alternatives[option, value]
        if np.isnan(totals).all():
            undefined.append((other.name, other.reason))
        else:
            moved.append((Move(OPTION, f"{option.name}={value}", other.name), totals))
    return moved, undefined


def outcome(move: Move, after: Array, before: Array, ranks_before: Array) -> Outcome:
    """What a move changes, among those who keep a total; their ranks before are those among themselves."""
    both = ~np.isnan(after)
    ranks = matrix.ranks(after)
    old = ranks_before if both.all() else matrix.ranks(np.where(both, before, np.nan))
    moved = np.where(both, np.abs(ranks - old), 0)
    who = int(moved.argmax())
    change = after[both] - before[both]
    any_left = bool(both.any())
    return Outcome(
        move,
        after,
        ranks,
        int((moved > 0).sum()),
        int(moved[who]),
        who,
        int((~both).sum()),
        kendall(old[both], ranks[both]),
        float(moved[both].mean()) if any_left else 0.0,
        float(change.mean()) if any_left else 0.0,
        float(np.abs(change).max()) if any_left else 0.0,
        tuple(np.flatnonzero(ranks == 1).tolist()),
    )
