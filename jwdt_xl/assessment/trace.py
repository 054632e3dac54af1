"""How each indicator came about, in words and numbers, with the marks of the rules it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..messages import Text, joined, number
from ..standard import indicators as ind
from ..standard import measures
from ..standard.formulas import QUOTIENT, SYNERGY, Use
from ..standard.guide.options import BY_NAME, OptionValue
from ..standard.quantities import Quantity
from ..standard.scoring import MODERATE, QUALITATIVE, score_sentence

if TYPE_CHECKING:
    from .quantities import Quantities
    from .result import IndicatorResult, Result


def derivation(
    result: IndicatorResult,
    options: Mapping[str, OptionValue],
    synergy: ind.Synergy | None,
    amounts: Quantities,
    named: Mapping[str, Quantity],
) -> Text:
    """One sentence: value from its quantities, score from value and benchmark."""
    if result.reason is not None:
        from .result import STATE_NAMES

        return Text("{s}：{r}", "{s}: {r}").fill(s=STATE_NAMES[result.state], r=result.reason)
    value = _composed(result, amounts, named) if result.node.of else _value(result, synergy, amounts)
    return Text("{v}；{s}", "{v}; {s}").fill(v=value, s=_score(result, options))


def _value(result: IndicatorResult, synergy: ind.Synergy | None, amounts: Quantities) -> Text:
    return _VALUES.get(result.node.algorithm.kind, _typed)(result, synergy, amounts)


def _rates(result: IndicatorResult, synergy: ind.Synergy | None, amounts: Quantities) -> Text:
    assert synergy is not None
    rates = Text("污染物减排率 {p:.4%}、碳减排率 {c:.4%}", "reduction of pollutants {p:.4%}, of carbon {c:.4%}").fill(
        p=synergy.pollutants, c=synergy.carbon
    )
    if synergy.value is None:
        return Text("{r}：{c}", "{r}: {c}").fill(r=rates, c=ind.CASE_NAMES[synergy.case])
    return Text("{r}，S = {s}", "{r}, S = {s}").fill(r=rates, s=number(synergy.value))


def _quotient(result: IndicatorResult, synergy: ind.Synergy | None, amounts: Quantities) -> Text:
    assert result.value is not None
    node = result.node
    a, b = (number(amounts.pair(key).report or 0.0, 10) for key in node.needs)
    quotient = node.algorithm.sentence.fill(a=a, b=b)
    text = Text("{q} = {v}", "{q} = {v}").fill(q=quotient, v=number(result.value))
    if any(node.parameters):
        text = Text("{t}；只计{p}", "{t}; counting {p} only").fill(t=text, p=node.parameters.said)
    several = node.needs[-1] == "output" and len(amounts.product_rows) > 1
    return Text("{t}；{o}", "{t}; {o}").fill(t=text, o=_output(amounts)) if several else text


def _composed(result: IndicatorResult, amounts: Quantities, named: Mapping[str, Quantity]) -> Text:
    assert result.value is not None
    said = Text("", "")
    for piece in result.node.pieces(named):
        if isinstance(piece, Use):
            shown = number(getattr(amounts.pair(piece.quantity), piece.period) or 0.0, 10)
            piece = Text(shown, shown)
        said = Text(said.zh + piece.zh, said.en + piece.en)
    return Text("{q} = {v}", "{q} = {v}").fill(q=said, v=number(result.value))


def _typed(result: IndicatorResult, synergy: ind.Synergy | None, amounts: Quantities) -> Text:
    assert result.value is not None
    name = Text("等级", "grade") if result.node.attribute == QUALITATIVE else Text("填报值", "entered value")
    return Text("{n} {v}", "{n} {v}").fill(n=name, v=number(result.value))


#: How the value of each kind of formula reads; grades and entered values as what was typed.
_VALUES: dict[str, Callable[[IndicatorResult, ind.Synergy | None, Quantities], Text]] = {
    QUOTIENT: _quotient,
    SYNERGY: _rates,
}

NOT_STATED = Text("缺选项{o}，不能计分", "{o} not stated: no score")


def _lacking(options: Mapping[str, OptionValue]) -> Text:
    labels = [BY_NAME[name].label for name in measures.lacking(options)]
    return joined(labels)


def option_lacking(result: Result) -> Text | None:
    """What must be stated before indicator 1 has a score; None where it has one, or no value to score."""
    unscored = any(i.node.attribute == MODERATE and i.state == "value" and i.score is None for i in result.indicators)
    return NOT_STATED.fill(o=_lacking(result.options)) if unscored else None


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
    if result.score is None and result.node.attribute == MODERATE:
        return NOT_STATED.fill(o=_lacking(options))
    if result.score is None:
        return Text("缺少基准值，不能计分", "no benchmark, so no score")
    score = f"{result.score:.2f}"
    if result.node.attribute == MODERATE:
        measure = measures.measure_in_force(options)
        if result.value is None and not measure.everywhere:
            return Text("不属于协同，得 0 分", "not the case synergy: score 0")
        return Text("得分 {h} = {s}", "score {h} = {s}").fill(h=measure.formula, s=score)
    assert result.value is not None
    return score_sentence(
        result.value,
        result.benchmark.value if result.benchmark else None,
        result.node.attribute,
        score,
        float(options["score_cap"]),
        result.node.limit,
    )
