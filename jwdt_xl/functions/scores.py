"""Cell functions of the group scores: single scores, the total, its table, coverage and explanation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import JwdtError, Missing, missing
from ..messages import Text, joined
from ..messages import number as shown
from ..standard import measures, scoring
from ..standard.guide import builtin
from ..standard.guide.options import BY_NAME, DEFAULTS
from . import cells
from .arguments import cells_of, number, text
from .catalogue import cell_function
from .indicators import synergy_arguments, synergy_of

__all__ = [
    "JWDT_COVERAGE",
    "JWDT_EXPLAIN",
    "JWDT_INDICATOR_SCORE",
    "JWDT_SCORE",
    "JWDT_SCORE_TABLE",
    "JWDT_SYNERGY_SCORE",
]

_WEIGHTED = Text(
    "百分制加权评分 [note]；单项得分函数 [choice]",
    "weighted, hundred marks [note]; functions of single scores [choice]",
)
_SCORES = cells_of(
    "各指标得分 0–100；空白为缺失，n/a 或 不适用", "scores 0–100; blank is missing, n/a is not applicable"
)
_WEIGHTS = cells_of(
    "权重，不小于 0；省略则用内置九项权重", "weights ≥ 0; omitted: the nine built-in ones", optional=True
)
_LEVELS = cells_of(
    "各指标所属一级指标；不适用与自定权重并用时必填",
    "first level of each; needed where n/a meets own weights",
    optional=True,
)
_SINGLE = {
    "value": number("指标值，不小于 0", "value of the indicator, ≥ 0", minimum=0),
    "benchmark": number(
        "评价基准值，大于 0(定性可空)", "benchmark, above 0 (blank for qualitative)", optional=True, above=0
    ),
    "attribute": text("属性：正向、负向 或 定性", "attribute: positive, negative or qualitative"),
}


def _option(name: str) -> tuple[Text, dict[str, Any]]:
    """The argument that is an option of a guide."""
    option = BY_NAME[name]
    if option.choices:
        return text(*joined([Text(*label) for _, label in option.choices], " / ", " / "), optional=True)
    least = option.minimum
    if option.above:
        return number(*option.help, optional=True, above=least, maximum=option.maximum)
    return number(*option.help, optional=True, minimum=least, maximum=option.maximum)


_LIMIT = number(
    "限值 l，选填：两点计分，值达到 l 或更差得 0 分，达到基准值得 100 分，其间按直线",
    "limit l, optional: scores by two points, 0 at l and worse, 100 at the benchmark and better, linear between",
    optional=True,
    minimum=0,
)
_CAP = number(
    "单项得分上限系数 k，默认 1(即 100 分)",
    "cap k of single scores, default 1 (100 marks)",
    optional=True,
    minimum=1,
    maximum=10,
)


@cell_function(
    "scores",
    Text(
        "减污降碳协同度得分：默认 100·min(S, 1/S)，两者未同时下降为 0；可选其他方法。",
        "Score of the degree of synergy: by default 100·min(S, 1/S), 0 unless both fall; or another method.",
    ),
    Text("0–100", "0–100"),
    _WEIGHTED,
    **synergy_arguments(),
    method=_option("moderate_score"),
    floor=_option("synergy_floor"),
    full_rate=_option("full_rate"),
    carbon_equivalents=_option("carbon_equivalents"),
)
def JWDT_SYNERGY_SCORE(
    p0: float, p1: float, c0: float, c1: float, q0: float | None = None, q1: float | None = None,
    method: str | None = None, floor: float | None = None, full_rate: float | None = None,
    carbon_equivalents: float | None = None,
) -> float:  # fmt: skip
    given = {"synergy_floor": floor, "full_rate": full_rate, "carbon_equivalents": carbon_equivalents}
    options = {**DEFAULTS, **{name: value for name, value in given.items() if value is not None}}
    if method is not None:
        options["moderate_score"] = measures.find_measure(method).name
    synergy = synergy_of(p0, p1, c0, c1, q0, q1, float(options["synergy_floor"]))
    amounts = [value for value in (p0, p1, c0, c1, q0, q1) if value is not None]
    score = measures.synergy_score(synergy, amounts, options)
    if score is None:
        raise missing(measures.lacking(options)[0])
    return score


@cell_function(
    "scores",
    Text(
        "单项得分：正向 100·min(1, 值/基准)，负向 100·min(1, 基准/值)，定性 100×等级；有限值时按两点计分。",
        "Score of one indicator: positive 100·min(1, x/b), negative 100·min(1, b/x), qualitative 100 × grade; with a limit by two points.",
    ),
    Text("0–100", "0–100"),
    _WEIGHTED,
    **_SINGLE,
    cap=_CAP,
    limit=_LIMIT,
)
def JWDT_INDICATOR_SCORE(
    value: float, benchmark: float | None, attribute: str, cap: float | None = None, limit: float | None = None
) -> float:
    return _single(value, benchmark, scoring.find_attribute(attribute), cap or 1.0, limit)


def _single(value: float, benchmark: float | None, attribute: str, cap: float, limit: float | None = None) -> float:
    if attribute == scoring.MODERATE:
        raise JwdtError(
            Text(
                "适中属性请用 JWDT_SYNERGY_SCORE：仅凭比值分不清同降与同升",
                "for the moderate attribute use JWDT_SYNERGY_SCORE: a ratio cannot tell both-fall from both-rise",
            ),
            "moderate",
        )
    if attribute == scoring.QUALITATIVE and value > 1:
        raise JwdtError(
            Text("value 定性等级须为 0–1，实为 {v}", "value of a qualitative grade must be 0–1, got {v}").fill(
                v=shown(value)
            )
        )
    if limit is not None and attribute == scoring.QUALITATIVE:
        scoring.check_limit(limit, 1.0, attribute)
    score = scoring.indicator_score(value, benchmark, attribute, cap, limit)
    if score is None:
        raise missing("benchmark")
    return score


class _Scores(NamedTuple):
    """Scores with their weights after redistribution."""

    scores: list[float | None]
    weights: list[float]

    @property
    def total(self) -> scoring.Total:
        return scoring.total(self.scores, self.weights)


def _read_scores(scores: Any, weights: Any, first_levels: Any, cap: float | None) -> _Scores:
    found: list[float | None] = []
    applicable = []
    for place, cell in enumerate(cells.flat(scores), 1):
        applicable.append(not cells.is_not_applicable(cell))
        score = cells.to_number(cell, f"scores[{place}]") if applicable[-1] else None
        if score is not None:
            cells.check_bounds(score, f"scores[{place}]", 0, 100 * (cap or 1), None, "")
        found.append(score)
    plain, levels = _weights(len(found), weights, first_levels, all(applicable))
    return _Scores(found, scoring.redistributed(plain, levels, applicable))


def _weights(count: int, weights: Any, first_levels: Any, all_applicable: bool) -> tuple[list[float], Sequence[Any]]:
    guide = builtin()
    if weights is None:
        if count != len(guide.indicators):
            raise JwdtError(
                Text(
                    "scores 未给权重时须恰为 {n} 项，实为 {c} 项", "scores without weights must be exactly {n}, got {c}"
                ).fill(n=len(guide.indicators), c=count)
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
                "first_levels 缺失：有不适用项且自定权重时必填",
                "first_levels is missing: needed where n/a meets own weights",
            )
        )
    _check_counts("scores", count, weights=plain, first_levels=levels)
    return plain, levels


def _check_counts(like: str, count: int, **others: Sequence[Any]) -> None:
    for name, found in others.items():
        if len(found) != count:
            text = Text("{n} 须与 {l} 同为 {c} 项，实为 {k} 项", "{n} must have {c} items like {l}, got {k}")
            raise JwdtError(text.fill(n=name, l=like, c=count, k=len(found)))


def _weight(cell: Any, place: int) -> float:
    weight = cells.to_number(cell, f"weights[{place}]")
    if weight is None:
        raise Missing(Text("weights 第 {p} 项缺失", "weight {p} is missing").fill(p=place))
    cells.check_bounds(weight, f"weights[{place}]", 0, None, None, "")
    return weight


def _level(cell: Any, place: int) -> Any:
    if cells.is_blank(cell):
        raise Missing(Text("first_levels 第 {p} 项缺失", "first_levels item {p} is missing").fill(p=place))
    name = f"first_levels[{place}]"
    return cells.to_text(cell, name) if isinstance(cell, str) else cells.to_number(cell, name)


@cell_function(
    "scores",
    Text(
        "总分 T = Σ权重·得分 ÷ Σ权重；不适用的权重在同一一级指标内重新分配。",
        "Total T = Σ weight·score ÷ Σ weight; weights of n/a go to the others of the same first level.",
    ),
    Text("0–100", "0–100"),
    _WEIGHTED,
    scores=_SCORES,
    weights=_WEIGHTS,
    first_levels=_LEVELS,
    cap=_CAP,
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
    _WEIGHTED,
    scores=_SCORES,
    weights=_WEIGHTS,
    first_levels=_LEVELS,
    cap=_CAP,
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


@cell_function(
    "scores",
    Text(
        "计分表：每项一行的值、基准值、属性、得分、权重、加权得分、失分，末行为总分。",
        "Score table: a row per indicator with value, benchmark, attribute, score, weight, weighted score, points lost; the total last.",
    ),
    Text("表(含标题行)", "table with a heading"),
    _WEIGHTED,
    values=cells_of(
        "指标值；协同度填其得分；空白为缺失，n/a 为不适用",
        "values; for synergy its score; blank is missing, n/a not applicable",
    ),
    benchmarks=cells_of("评价基准值；适中、定性留空", "benchmarks; blank for moderate and qualitative"),
    attributes=cells_of("属性；省略则用内置九项", "attributes; omitted: the nine built-in ones", optional=True),
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
    _check_counts("values", len(value_cells), benchmarks=benchmark_cells, attributes=names)
    scores = [
        _table_score(*row) for row in zip(value_cells, benchmark_cells, names, range(1, len(names) + 1), strict=True)
    ]
    read = _read_scores(scores, weights, first_levels, None)
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
    name = cells.to_text(cell, f"attributes[{place}]")
    if name is None:
        raise Missing(Text("attributes 第 {p} 项缺失", "attribute {p} is missing").fill(p=place))
    return scoring.find_attribute(name)


def _table_score(value: Any, benchmark: Any, attribute: str, place: int) -> Any:
    if cells.is_not_applicable(value):
        return "n/a"
    number_value = cells.to_number(value, f"values[{place}]")
    number_benchmark = cells.to_number(benchmark, f"benchmarks[{place}]")
    if number_value is None:
        return None
    if attribute == scoring.MODERATE:
        return number_value
    if number_benchmark is None and attribute != scoring.QUALITATIVE:
        return None
    return _single(number_value, number_benchmark, attribute, 1.0)


@cell_function(
    "scores",
    Text("用一句话说明得分如何得出。", "How a score follows from its value and benchmark, in one sentence."),
    Text("一句话", "one sentence"),
    _WEIGHTED,
    **_SINGLE,
    weight=number("权重 0–1", "weight 0–1", optional=True, minimum=0, maximum=1),
)
def JWDT_EXPLAIN(value: float, benchmark: float | None, attribute: str, weight: float | None = None) -> Text:
    name = scoring.find_attribute(attribute)
    score = _single(value, benchmark, name, 1.0)
    sentence = Text("{a}指标：{s}", "{a}: {s}").fill(
        a=scoring.ATTRIBUTE_NAMES[name], s=scoring.score_sentence(value, benchmark, name, f"{score:.2f}")
    )
    if weight is None:
        return sentence
    return Text("{s}；× 权重 {w} = {v:.2f} 分", "{s}; × weight {w} = {v:.2f} marks").fill(
        s=sentence, w=shown(weight), v=score * weight
    )
