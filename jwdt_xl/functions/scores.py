"""Cell functions of the group scores: single scores, the total, its table, coverage and explanation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import JwdtError, Missing
from ..messages import Text, item
from ..messages import number as shown
from ..standard import scoring
from ..standard.guide import builtin
from ..standard.numbers import LAST_DIGIT
from . import cells
from .arguments import cells_of, number, titled
from .catalogue import cell_function
from .single_scores import CAP, SINGLE, WEIGHTED, single

__all__ = [
    "JWDT_COVERAGE",
    "JWDT_EXPLAIN",
    "JWDT_SCORE",
    "JWDT_SCORE_TABLE",
]

_SCORES = cells_of(
    "各指标得分，0–100；空白为缺失，n/a 或 不适用", "scores 0–100; blank is missing, n/a is not applicable"
)
_WEIGHTS = cells_of(
    "权重，不小于 0；省略则用内置九项权重", "weights ≥ 0; omitted: the nine built-in ones", optional=True
)
_LEVELS = cells_of(
    "所属一级指标，每项一个；不适用与自定权重并用时必填",
    "first level, one of each; needed where n/a meets own weights",
    optional=True,
)


SCORES, WEIGHTS, LEVELS = (
    titled(name, help) for name, (help, _) in (("scores", _SCORES), ("weights", _WEIGHTS), ("first_levels", _LEVELS))
)


class _Scores(NamedTuple):
    """Scores with their weights after redistribution."""

    scores: list[float | None]
    weights: list[float]

    @property
    def total(self) -> scoring.Total:
        return scoring.total(self.scores, self.weights)


def _read_scores(scores: Any, weights: Any, first_levels: Any, cap: float | None, called: Text = SCORES) -> _Scores:
    """What is given of all indicators; called: what the first of it is called where it is wrong."""
    found: list[float | None] = []
    applicable = []
    for place, cell in enumerate(cells.flat(scores), 1):
        applicable.append(not cells.is_not_applicable(cell))
        score = cells.to_number(cell, item(called, place)) if applicable[-1] else None
        if score is not None:
            most = 100 * (cap or 1)
            if most < score <= most * LAST_DIGIT:
                score = most
            cells.check_bounds(score, item(called, place), 0, most, None, "")
        found.append(score)
    plain, levels = _weights(len(found), weights, first_levels, all(applicable), called)
    return _Scores(found, scoring.redistributed(plain, levels, applicable))


def _weights(
    count: int, weights: Any, first_levels: Any, all_applicable: bool, called: Text = SCORES
) -> tuple[list[float], Sequence[Any]]:
    guide = builtin()
    if weights is None:
        if count != len(guide.indicators):
            raise JwdtError(
                Text(
                    "{l} 未给权重时须恰为 {n} 项，实为 {c} 项", "{l} without weights must be exactly {n}, got {c}"
                ).fill(l=called, n=len(guide.indicators), c=count)
            )
        plain = list(guide.weights)
        own_levels: Sequence[Any] | None = [guide.first_level(node).code for node in guide.indicators]
    else:
        plain = [_weight(cell, place) for place, cell in enumerate(cells.flat(weights), 1)]
        own_levels = [0] * count if all_applicable else None
    levels = (
        own_levels if first_levels is None else [_level(cell, i) for i, cell in enumerate(cells.flat(first_levels), 1)]
    )
    if levels is None:
        raise Missing(
            Text(
                "所属一级指标缺失：有不适用项且自定权重时必填",
                "first_levels is missing: needed where n/a meets own weights",
            )
        )
    _check_counts(called, count, (WEIGHTS, plain), (LEVELS, levels))
    return plain, levels


def _check_counts(like: Text, count: int, *others: tuple[Text, Sequence[Any]]) -> None:
    for name, found in others:
        if len(found) != count:
            text = Text("{n} 须与 {l} 同为 {c} 项，实为 {k} 项", "{n} must have {c} items like {l}, got {k}")
            raise JwdtError(text.fill(n=name, l=like, c=count, k=len(found)))


def _weight(cell: Any, place: int) -> float:
    weight = cells.to_number(cell, item(WEIGHTS, place))
    if weight is None:
        raise Missing(Text("权重第 {p} 项缺失", "weight {p} is missing").fill(p=place))
    cells.check_bounds(weight, item(WEIGHTS, place), 0, None, None, "")
    return weight


def _level(cell: Any, place: int) -> Any:
    if cells.is_blank(cell):
        raise Missing(Text("所属一级指标第 {p} 项缺失", "first_levels item {p} is missing").fill(p=place))
    name = item(LEVELS, place)
    return cells.to_text(cell, name) if isinstance(cell, str) else cells.to_number(cell, name)


@cell_function(
    "scores",
    Text(
        "总分 T = Σ权重·得分 ÷ Σ权重；不适用的权重在同一一级指标内重新分配。",
        "Total T = Σ weight·score ÷ Σ weight; weights of n/a go to the others of the same first level.",
    ),
    Text("0–100", "0–100"),
    WEIGHTED,
    scores=_SCORES,
    weights=_WEIGHTS,
    first_levels=_LEVELS,
    cap=CAP,
)
def JWDT_SCORE(scores: Any, weights: Any = None, first_levels: Any = None, cap: float | None = None) -> float:
    read = _read_scores(scores, weights, first_levels, cap)
    total = read.total.total
    if total is None:
        place = next(
            i for i, (s, w) in enumerate(zip(read.scores, read.weights, strict=True), 1) if s is None and w > 0
        )
        raise Missing(Text("第 {p} 项得分缺失", "score {p} is missing").fill(p=place))
    return total


@cell_function(
    "scores",
    Text("评价完成度 = 已评价指标权重之和 ÷ 适用指标权重之和。", "Coverage = weights assessed ÷ weights applicable."),
    Text("0–1", "0–1"),
    WEIGHTED,
    scores=_SCORES,
    weights=_WEIGHTS,
    first_levels=_LEVELS,
    cap=CAP,
)
def JWDT_COVERAGE(scores: Any, weights: Any = None, first_levels: Any = None, cap: float | None = None) -> float:
    return _read_scores(scores, weights, first_levels, cap).total.coverage


_HEADER = (
    Text("序号", "no"),
    Text("值", "value"),
    Text("基准值", "benchmark"),
    Text("属性", "attribute"),
    Text("得分", "score"),
    Text("权重", "weight"),
    Text("加权得分", "weighted score"),
    Text("失分", "points lost"),
)


_TABLE = {
    "values": cells_of(
        "指标值；协同度填其得分；空白为缺失，n/a 为不适用",
        "values; for synergy its score; blank is missing, n/a not applicable",
    ),
    "benchmarks": cells_of("评价基准值；适中、定性留空", "benchmarks; blank for moderate and qualitative"),
    "attributes": cells_of("属性；省略则用内置九项", "attributes; omitted: the nine built-in ones", optional=True),
}
VALUES, BENCHMARKS, ATTRIBUTES = (titled(name, help) for name, (help, _) in _TABLE.items())


@cell_function(
    "scores",
    Text(
        "计分表：每项一行的值、基准值、属性、得分、权重、加权得分、失分，末行为总分。",
        "Score table: a row per indicator with value, benchmark, attribute, score, weight, weighted score, points lost; the total last.",
    ),
    Text("表(含标题行)", "table with a heading"),
    WEIGHTED,
    **_TABLE,
    weights=_WEIGHTS,
    first_levels=_LEVELS,
)
def JWDT_SCORE_TABLE(
    values: Any, benchmarks: Any, attributes: Any = None, weights: Any = None, first_levels: Any = None
) -> list[list[Any]]:
    value_cells, benchmark_cells = cells.flat(values), cells.flat(benchmarks)
    names = (
        [node.attribute for node in builtin().indicators]
        if attributes is None
        else [_attribute(a, i) for i, a in enumerate(cells.flat(attributes), 1)]
    )
    _check_counts(VALUES, len(value_cells), (BENCHMARKS, benchmark_cells), (ATTRIBUTES, names))
    scores = [
        _table_score(*row) for row in zip(value_cells, benchmark_cells, names, range(1, len(names) + 1), strict=True)
    ]
    read = _read_scores(scores, weights, first_levels, None, VALUES)
    total, whole = read.total.total, math.fsum(read.weights)
    rows: list[list[Any]] = [[str(title) for title in _HEADER]]
    for place, (value, benchmark, name, score, weight) in enumerate(
        zip(value_cells, benchmark_cells, names, read.scores, read.weights, strict=True), 1
    ):
        share = weight / whole
        weighted, lost = ("", "") if score is None else (score * share, (100 - score) * share)
        here = ["" if cell is None else cell for cell in (value, benchmark)]
        rows.append(
            [place, *here, str(scoring.ATTRIBUTE_NAMES[name]), "" if score is None else score, weight, weighted, lost]
        )
    last = ["", ""] if total is None else [total, 100 - total]
    rows.append([str(Text("合计", "total")), "", "", "", "" if total is None else total, whole, *last])
    return rows


def _attribute(cell: Any, place: int) -> str:
    name = cells.to_text(cell, item(ATTRIBUTES, place))
    if name is None:
        raise Missing(Text("属性第 {p} 项缺失", "attribute {p} is missing").fill(p=place))
    return scoring.find_attribute(name)


def _table_score(value: Any, benchmark: Any, attribute: str, place: int) -> Any:
    if cells.is_not_applicable(value):
        return "n/a"
    number_value = cells.to_number(value, item(VALUES, place))
    number_benchmark = cells.to_number(benchmark, item(BENCHMARKS, place))
    if number_value is None:
        return None
    if attribute == scoring.MODERATE:
        return number_value
    if number_benchmark is None and attribute != scoring.QUALITATIVE:
        return None
    return single(number_value, number_benchmark, attribute, 1.0)


@cell_function(
    "scores",
    Text("用一句话说明得分如何得出。", "How a score follows from its value and benchmark, in one sentence."),
    Text("一句话", "one sentence"),
    WEIGHTED,
    **SINGLE,
    weight=number("权重，0–1", "weight 0–1", optional=True, minimum=0, maximum=1),
)
def JWDT_EXPLAIN(value: float, benchmark: float | None, attribute: str, weight: float | None = None) -> Text:
    name = scoring.find_attribute(attribute)
    score = single(value, benchmark, name, 1.0)
    sentence = Text("{a}指标：{s}", "{a}: {s}").fill(
        a=scoring.ATTRIBUTE_NAMES[name], s=scoring.score_sentence(value, benchmark, name, f"{score:.2f}")
    )
    if weight is None:
        return sentence
    return Text("{s}；× 权重 {w} = {v:.2f} 分", "{s}; × weight {w} = {v:.2f} marks").fill(
        s=sentence, w=shown(weight), v=score * weight
    )
