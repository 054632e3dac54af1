"""How each indicator came about, in words and numbers, with the marks of the rules it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..messages import Text, number
from ..standard import indicators as ind
from ..standard.guide import Node
from ..standard.guide.options import OptionValue
from ..standard.method import CHOICE, LAW, NOTE
from ..standard.scoring import MODERATE, QUALITATIVE, score_sentence
from .ratios import RATIOS

if TYPE_CHECKING:
    from .quantities import Quantities
    from .result import IndicatorResult


#: The rules each value rests on. Scores are weighted by the note; the functions of single scores are a choice.
_MARKS = {
    "synergy": (NOTE, LAW, CHOICE),
    "equivalent_intensity": (NOTE, LAW, CHOICE),
    "carbon_intensity": (NOTE, LAW, CHOICE),
    "carbon_productivity": (NOTE, LAW, CHOICE),
    "nonfossil_share": (NOTE, LAW, CHOICE),
    "material_intensity": (NOTE, CHOICE),
    "residual_energy_intensity": (NOTE, CHOICE),
    "policy": (NOTE, CHOICE),
    "management": (NOTE, CHOICE),
    "entered": (NOTE, CHOICE),
}


def marks(node: Node) -> tuple[str, ...]:
    """The marks of the rules an indicator's value and score rest on."""
    return _MARKS[node.formula]


def derivation(
    result: IndicatorResult,
    options: Mapping[str, OptionValue],
    synergy: ind.Synergy | None,
    amounts: Quantities,
) -> Text:
    """One sentence: value from its quantities, score from value and benchmark."""
    if result.reason is not None:
        from .result import STATE_NAMES

        return Text("{s}：{r}", "{s}: {r}").fill(s=STATE_NAMES[result.state], r=result.reason)
    value = _value(result, synergy, amounts)
    return Text("{v}；{s}", "{v}; {s}").fill(v=value, s=_score(result, options))


def _value(result: IndicatorResult, synergy: ind.Synergy | None, amounts: Quantities) -> Text:
    formula = result.node.formula
    if formula == "synergy" and synergy is not None:
        rates = Text(
            "污染物减排率 {p:.4%}、碳减排率 {c:.4%}", "reduction of pollutants {p:.4%}, of carbon {c:.4%}"
        ).fill(p=synergy.pollutants, c=synergy.carbon)
        if synergy.value is None:
            return Text("{r}：{c}", "{r}: {c}").fill(r=rates, c=ind.CASE_NAMES[synergy.case])
        return Text("{r}，S = {s}", "{r}, S = {s}").fill(r=rates, s=number(synergy.value))
    assert result.value is not None
    if formula in RATIOS:
        ratio = RATIOS[formula]
        a, b = (number(getattr(amounts, name).report, 10) for name in (ratio.numerator, ratio.denominator))
        quotient = ratio.text.fill(a=a, b=b)
        text = Text("{q} = {v}", "{q} = {v}").fill(q=quotient, v=number(result.value))
        several = ratio.denominator == "output" and len(amounts.product_rows) > 1
        return Text("{t}；{o}", "{t}; {o}").fill(t=text, o=_output(amounts)) if several else text
    name = Text("等级", "grade") if result.node.attribute == QUALITATIVE else Text("填报值", "entered value")
    return Text("{n} {v}", "{n} {v}").fill(n=name, v=number(result.value))


#: Products named one by one; more of them are summed up.
_PRODUCTS = 6


def _output(amounts: Quantities) -> Text:
    """The output as the sum of a product list, in standard product."""
    terms = [number(pair.report or 0.0, 10) for pair in amounts.product_rows]
    shown = " + ".join(terms[:_PRODUCTS] + (["…"] if len(terms) > _PRODUCTS else []))
    return Text("产量为 {n} 种产品折算之和 {s} = {q}", "output is the sum of {n} products {s} = {q}").fill(
        n=len(terms), s=shown, q=number(amounts.output.report or 0.0, 10)
    )


def _score(result: IndicatorResult, options: Mapping[str, OptionValue]) -> Text:
    if result.score is None:
        return Text("缺少基准值，不能计分", "no benchmark, so no score")
    score = f"{result.score:.2f}"
    if result.node.attribute == MODERATE:
        if result.value is None:
            return Text("不属于协同，得 0 分", "not the case synergy: score 0")
        how = "100·max(0, 1−|S−1|)" if options["moderate_score"] == "distance" else "100·min(S, 1/S)"
        return Text("得分 {h} = {s}", "score {h} = {s}").fill(h=how, s=score)
    assert result.value is not None
    return score_sentence(
        result.value,
        result.benchmark.value if result.benchmark else None,
        result.node.attribute,
        score,
        float(options["score_cap"]),
    )
