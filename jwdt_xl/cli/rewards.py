"""The page synergy.md: what indicator 1 rewards, every case of the method under every measure."""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import Text, joined
from ..standard.guide.options import DEFAULTS
from ..standard.indicators import CASE_NAMES, UNCERTAIN, synergy_of
from ..standard.measures import MEASURES, synergy_score
from .reference import cell, heading

#: Reductions of pollutants and of carbon: each case of signs, and small and uneven ones among those where both fall.
EXAMPLES = (
    (0.10, 0.10), (0.0005, 0.0005), (0.60, 0.05), (0.05, 0.20), (0.30, 0.0), (0.0, 0.30), (0.20, -0.10), (-0.10, 0.20),
    (0.0, -0.10), (-0.10, 0.0), (-0.10, -0.10), (0.0, 0.0),
)  # fmt: skip
#: The enterprise of the examples: equivalents and t CO2e of the base period, and what the measures need.
P0, C0, FULL_RATE, CARBON_EQUIVALENTS = 1000.0, 5000.0, 0.2, 0.1


def markdown() -> Iterator[str]:
    """The lines of docs/zh/synergy.md or docs/en/synergy.md."""
    yield from heading(Text("指标 1 奖励什么", "What indicator 1 rewards"), "synergy.md", "method --synergy")
    yield str(
        Text(
            "减污降碳协同度的得分方法是**选择**，不是标准原文。默认的 `ratio` 只看两者是否同幅下降，不看降了多少。"
            "指南可用选项 `moderate_score` 另选方法；每家企业的汇总页写明所用方法奖励什么，并列出其他方法下的总分。",
            "How the degree of synergy is scored is a **choice**, not the standard's text. The default, `ratio`, looks at "
            "whether both fall alike and not at how much. A guide may choose another measure by the option "
            "`moderate_score`; the summary of each enterprise says what the measure in force rewards and shows its total "
            "under the others.",
        )
    )
    yield from ("", str(Text("## 方法", "## The measures")), "")
    yield str(
        Text("| 方法 | 得分 | 奖励什么 | 需写明的选项 |", "| measure | score | what it rewards | options to state |")
    )
    yield "|---|---|---|---|"
    for measure in MEASURES:
        needs = " · ".join(f"`{name}`" for name in measure.needs) or "–"
        yield f"| {Text(measure.label.zh + ' ', '')}`{measure.name}` | {cell(measure.formula)} | {measure.rewards} | {needs} |"
    yield ""
    yield str(
        Text(
            "rP、rC 为污染物、碳的减排率(单位产品或总量)，S = rP/rC；r 为 P + c·C 的减排率；g 是选项 `{g}`，c 是选项 `{c}`。"
            "一项不变或上升时的得分见下表；两者都不变时一律为 0 分。",
            "rP and rC are the reduction rates of pollutants and carbon (per product or of totals), S = rP/rC; r is the "
            "rate of P + c·C; g is option `{g}`, c option `{c}`. Where one does not fall see the table below; where nothing changes "
            "every measure gives 0.",
        ).fill(g="full_rate", c="carbon_equivalents")
    )
    yield ""
    yield str(
        Text(
            "选项 `synergy_floor`：绝对值小于它的减排率按不变计，情形、S 和各方法的得分都依此；`equivalent_rate` 用于它自己的 r。"
            "减排率小于 {u:.0%}(或下限)时，另有警告：在数据不确定度之内。",
            "Option `synergy_floor`: a rate smaller than it counts as no change, in case, S and every score; in "
            "`equivalent_rate` it is applied to r itself. Rates below {u:.0%} (or the floor) get a warning besides: they lie "
            "within data uncertainty.",
        ).fill(u=UNCERTAIN)
    )
    yield from ("", str(Text("## 每种情形在每种方法下的得分", "## Every case under every measure")), "")
    yield str(
        Text(
            "例：基准期 {p:.0f} 当量、{c:.0f} t CO2e；g = {g:.0%}，c = {e:g} 当量/t。正数为下降。",
            "Example: {p:.0f} equivalents and {c:.0f} t CO2e in the base period; g = {g:.0%}, c = {e:g} equivalents per t. "
            "Positive is a fall.",
        ).fill(p=P0, c=C0, g=FULL_RATE, e=CARBON_EQUIVALENTS)
    )
    yield ""
    heads = joined([Text(m.label.zh, f"`{m.name}`") for m in MEASURES], " | ", " | ")
    yield f"| rP | rC | {Text('情形', 'case')} | {heads} |"
    yield "|---:|---:|---|" + "---:|" * len(MEASURES)
    for pollutants, carbon in EXAMPLES:
        yield _line(pollutants, carbon)


def _line(pollutants: float, carbon: float) -> str:
    amounts = (P0, P0 * (1 - pollutants), C0, C0 * (1 - carbon))
    found = synergy_of(amounts)
    stated = {**DEFAULTS, "full_rate": FULL_RATE, "carbon_equivalents": CARBON_EQUIVALENTS}
    scores = (synergy_score(found, amounts, {**stated, "moderate_score": m.name}) for m in MEASURES)
    shown = " | ".join("–" if score is None else f"{score:.1f}" for score in scores)
    return f"| {_percent(pollutants)} | {_percent(carbon)} | {CASE_NAMES[found.case]} | {shown} |"


def _percent(rate: float) -> str:
    return f"{100 * rate:g} %".replace("-", "−")
