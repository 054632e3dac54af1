"""Cell functions of the group guide: what authors of sector guides need."""

from __future__ import annotations

from typing import Any

from ..errors import JwdtError, Missing
from ..messages import Text, item
from ..standard import scoring
from ..standard.guide import benchmarks, matrices
from ..standard.guide import weights as weighting
from . import cells
from .arguments import cells_of, number, text, titled
from .catalogue import cell_function

__all__ = [
    "JWDT_AHP_CR",
    "JWDT_AHP_WEIGHTS",
    "JWDT_BENCHMARK",
    "JWDT_COMBINED_WEIGHTS",
    "JWDT_EXPERT_WEIGHTS",
    "JWDT_RANKING_SCORES",
]


_VALUES = cells_of("各企业的指标值，每家一个；空白不计", "values, one per enterprise; blanks are left out")
_VALUE = titled("values", _VALUES[0])


@cell_function(
    "guide",
    Text(
        "基准值：给定比例(默认 50%)的企业可达到的水平，不插值。",
        "Benchmark: the level a share of enterprises (default 50 %) reaches, without interpolation.",
    ),
    Text("与各值同单位", "in the unit of the values"),
    Text(
        "取 50% 企业可达到的水平 [note]；不插值 [choice]",
        "level 50 % of enterprises reach [note]; no interpolation [choice]",
    ),
    values=_VALUES,
    attribute=text("属性：正向 或 负向", "attribute: positive or negative"),
    share=number("比例，大于 0 至 1，默认 0.5", "share, above 0 to 1, default 0.5", optional=True, above=0, maximum=1),
)
def JWDT_BENCHMARK(values: Any, attribute: str, share: float | None = None) -> float:
    found = [
        cells.to_number(cell, item(_VALUE, i))
        for i, cell in enumerate(cells.flat(values), 1)
        if not cells.is_not_applicable(cell)
    ]
    known = [value for value in found if value is not None]
    return benchmarks.reached_level(known, scoring.find_attribute(attribute), 0.5 if share is None else share)


_AHP = Text(
    "客观赋值采取层次分析法 [note]；特征向量法、CR 小于 0.10 [choice]",
    "objective weights by AHP [note]; eigenvector, CR below 0.10 [choice]",
)
_MATRIX = cells_of(
    "判断矩阵，1–10 阶；只填一个三角即可，另一半自动补倒数",
    "matrix of judgements, 1–10 items; one triangle is enough, blanks are the reciprocals",
)


def _numbers(value: Any, name: Text) -> list[list[float | None]]:
    """A range as rows of numbers and blanks; one cell is a row of one."""
    rows = cells.rows_of(value) if cells.is_range(value) else [[value]]
    return [[cells.to_number(cell, item(name, r, c)) for c, cell in enumerate(row, 1)] for r, row in enumerate(rows, 1)]


def _matrix(value: Any) -> list[list[float | None]]:
    if cells.is_range(value):
        rows = cells.rows_of(value)
        matrices.check_size(len(rows), len(rows[0]))  # before its cells are read: a whole sheet has many
    return _numbers(value, matrices.MATRIX)


@cell_function(
    "guide",
    Text(
        "层次分析法(AHP)权重：判断矩阵的主特征向量；CR 不小于 0.10 时拒绝并指出最不一致的判断。",
        "AHP weights: principal eigenvector of the judgements; refused where CR is 0.10 or more, naming the worst judgement.",
    ),
    Text("一列权重，合计为 1", "a column of weights, sum 1"),
    _AHP,
    matrix=_MATRIX,
)
def JWDT_AHP_WEIGHTS(matrix: Any) -> list[list[float]]:
    return [[weight] for weight in matrices.ahp_weights(_matrix(matrix))]


@cell_function(
    "guide",
    Text(
        "一致性比例 CR = CI ÷ RI；小于 0.10 为可接受，1、2 阶为 0。",
        "Consistency ratio CR = CI ÷ RI; acceptable below 0.10, 0 for one or two items.",
    ),
    Text("CR，不小于 0", "CR, ≥ 0"),
    _AHP,
    matrix=_MATRIX,
)
def JWDT_AHP_CR(matrix: Any) -> float:
    return matrices.ahp(_matrix(matrix)).cr


@cell_function(
    "guide",
    Text(
        "专家评分权重：每位专家的评分归一后(按专家权重)取平均。",
        "Weights by expert scores: each expert's row normalised to 1, then the mean (weighted by expert).",
    ),
    Text("一行权重，合计为 1", "a row of weights, sum 1"),
    Text(
        "主观赋值采取行业专家评分 [note]；归一与平均 [choice]",
        "subjective weights by experts [note]; normalising and mean [choice]",
    ),
    scores=cells_of(
        "评分，不小于 0：每行一位专家，每列一个指标；整行空白为未评分",
        "scores ≥ 0: a row per expert, a column per indicator; a wholly blank row did not score",
    ),
    expert_weights=cells_of(
        "专家权重，不小于 0，每位一个；省略则相等", "weights of the experts ≥ 0; omitted: equal", optional=True
    ),
)
def JWDT_EXPERT_WEIGHTS(scores: Any, expert_weights: Any = None) -> list[list[float]]:
    weights = None
    if expert_weights is not None:
        weights = [
            cells.to_number(cell, item(weighting.EXPERT_WEIGHTS, i))
            for i, cell in enumerate(cells.flat(expert_weights), 1)
        ]
    return [list(weighting.expert_weights(_numbers(scores, weighting.SCORES), weights))]


@cell_function(
    "guide",
    Text(
        "组合权重 = alpha × 主观权重 + (1 − alpha) × 客观权重。",
        "Combined weights = alpha × subjective + (1 − alpha) × objective.",
    ),
    Text("权重，形状同主观权重", "weights, in the shape of subjective"),
    Text(
        "主观与客观结合赋权 [note]；alpha = 0.5 [choice]",
        "subjective and objective combined [note]; alpha = 0.5 [choice]",
    ),
    subjective=cells_of("主观权重，不小于 0", "subjective weights, ≥ 0"),
    objective=cells_of(
        "客观权重，不小于 0，与主观权重项数、合计相同", "objective weights, ≥ 0, as many and with the same sum"
    ),
    alpha=number(
        "主观权重所占比例，0–1，默认 0.5",
        "share of the subjective, 0–1, default 0.5",
        optional=True,
        minimum=0,
        maximum=1,
    ),
)
def JWDT_COMBINED_WEIGHTS(subjective: Any, objective: Any, alpha: float | None = None) -> Any:
    ours, theirs = _numbers(subjective, weighting.SUBJECTIVE), _numbers(objective, weighting.OBJECTIVE)
    shapes = [(len(rows), len(rows[0])) for rows in (ours, theirs)]
    # Experts give a row and AHP a column: of single rows and columns only the number of items counts.
    if shapes[0] != shapes[1] and not all(1 in shape for shape in shapes):
        raise JwdtError(
            Text(
                "主观权重为 {a}×{b}，客观权重为 {c}×{d}，须相同",
                "subjective is {a}×{b}, objective {c}×{d}: must be the same",
            ).fill(a=shapes[0][0], b=shapes[0][1], c=shapes[1][0], d=shapes[1][1]),
            "shapes-differ",
        )
    pairs = _pairs([cell for row in ours for cell in row], [cell for row in theirs for cell in row])
    known = [pair for pair in pairs if pair is not None]
    share = weighting.ALPHA if alpha is None else alpha
    weights = iter(weighting.combined([pair[0] for pair in known], [pair[1] for pair in known], share))
    filled = ["" if pair is None else next(weights) for pair in pairs]
    if not cells.is_range(subjective):
        return filled[0]
    width = shapes[0][1]
    return [filled[start : start + width] for start in range(0, len(filled), width)]


def _pairs(subjective: list[float | None], objective: list[float | None]) -> list[tuple[float, float] | None]:
    """The two weights of each item; None where both are blank."""
    if len(subjective) != len(objective):
        raise weighting.different_counts(len(subjective), len(objective))
    pairs: list[tuple[float, float] | None] = []
    for place, (ours, theirs) in enumerate(zip(subjective, objective, strict=True), 1):
        if ours is not None and theirs is not None:
            pairs.append((ours, theirs))
        elif ours is None and theirs is None:
            pairs.append(None)
        else:
            name = weighting.SUBJECTIVE if ours is None else weighting.OBJECTIVE
            raise Missing(Text("{n} 第 {p} 项缺失", "{n} item {p} is missing").fill(n=name, p=place))
    return pairs


@cell_function(
    "guide",
    Text(
        "排序题综合得分 = Σ(选项数 − 名次 + 1) ÷ 作答人数；未排为 0。",
        "Ranking score = Σ(number of options − rank + 1) ÷ people who answered; unranked 0.",
    ),
    Text("一行得分，0 至选项数", "a row of scores, 0 to the number of options"),
    Text("问卷调查 [note]；计分 [choice]", "questionnaire [note]; scoring [choice]"),
    rankings=cells_of(
        "名次(1 为最先)：每行一人，每列一个选项；未排留空，整行空白为未作答",
        "ranks (1 is first): a row per person, a column per option; blank is unranked, a wholly blank row no answer",
    ),
)
def JWDT_RANKING_SCORES(rankings: Any) -> list[list[float]]:
    return [list(weighting.ranking_scores(_numbers(rankings, weighting.RANKINGS)))]
