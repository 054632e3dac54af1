"""Cell functions of single scores: of the degree of synergy, and of any other indicator."""

from __future__ import annotations

from typing import Any

from ..errors import JwdtError
from ..messages import Text, joined
from ..messages import number as shown
from ..standard import measures, scoring
from ..standard.guide.options import BY_NAME, DEFAULTS
from .arguments import number, text
from .catalogue import absent, cell_function
from .indicators import synergy_arguments, synergy_of

__all__ = ["JWDT_INDICATOR_SCORE", "JWDT_SYNERGY_SCORE"]

WEIGHTED = Text(
    "百分制加权评分 [note]；单项得分函数 [choice]",
    "weighted, hundred marks [note]; functions of single scores [choice]",
)
SINGLE = {
    "value": number("指标值，不小于 0", "value of the indicator, ≥ 0", minimum=0),
    "benchmark": number(
        "评价基准值，大于 0(定性可空)", "benchmark, above 0 (blank for qualitative)", optional=True, above=0
    ),
    "attribute": text("属性：正向、负向 或 定性", "attribute: positive, negative or qualitative"),
}


_HELP = Text("{l}：{h}", "{l}: {h}")


def _option(name: str) -> tuple[Text, dict[str, Any]]:
    """The argument that is an option of a guide."""
    option = BY_NAME[name]
    if option.choices:
        offered = joined([Text(*label) for _, label in option.choices], " / ", " / ")
        return text(*_HELP.fill(l=option.label, h=offered), optional=True)
    least = option.minimum
    if option.above:
        return number(*_HELP.fill(l=option.label, h=option.help), optional=True, above=least, maximum=option.maximum)
    return number(*_HELP.fill(l=option.label, h=option.help), optional=True, minimum=least, maximum=option.maximum)


_LIMIT = number(
    "限值 l，选填：两点计分，值达到 l 或更差得 0 分，达到基准值得 100 分，其间按直线",
    "limit l, optional: scores by two points, 0 at l and worse, 100 at the benchmark and better, linear between",
    optional=True,
    minimum=0,
)
CAP = number(
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
    WEIGHTED,
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
        raise absent("JWDT_SYNERGY_SCORE", measures.lacking(options)[0])
    return score


@cell_function(
    "scores",
    Text(
        "单项得分：正向 100·min(1, 值/基准)，负向 100·min(1, 基准/值)，定性 100×等级；有限值时按两点计分。",
        "Score of one indicator: positive 100·min(1, x/b), negative 100·min(1, b/x), qualitative 100 × grade; with a limit by two points.",
    ),
    Text("0–100", "0–100"),
    WEIGHTED,
    **SINGLE,
    cap=CAP,
    limit=_LIMIT,
)
def JWDT_INDICATOR_SCORE(
    value: float, benchmark: float | None, attribute: str, cap: float | None = None, limit: float | None = None
) -> float:
    return single(value, benchmark, scoring.find_attribute(attribute), cap or 1.0, limit)


def single(value: float, benchmark: float | None, attribute: str, cap: float, limit: float | None = None) -> float:
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
            Text("定性等级须为 0–1，实为 {v}", "value of a qualitative grade must be 0–1, got {v}").fill(v=shown(value))
        )
    if limit is not None and attribute == scoring.QUALITATIVE:
        scoring.check_limit(limit, 1.0, attribute)
    score = scoring.indicator_score(value, benchmark, attribute, cap, limit)
    if score is None:
        raise absent("JWDT_INDICATOR_SCORE", "benchmark")
    return score
