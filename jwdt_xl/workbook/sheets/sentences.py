"""Sentences of the result sheets: how a value follows, and what wins lost points back. Formula and value, side by side."""

from __future__ import annotations

from ...assessment.fields import YES_NO
from ...assessment.result import NOT_APPLICABLE, STATE_NAMES, VALUE, IndicatorResult
from ...messages import Text
from ...standard.formulas import Use
from ...standard.guide import Node
from ...standard.indicators import RECOMMENDED_NAMES
from ...standard.scoring import MODERATE, POSITIVE, QUALITATIVE
from ..columns.cached import general
from ..columns.column import plain
from ..parts import Parts
from . import result_texts as texts
from .computed import Computed, number_formula, number_value, quoted, rounded
from .remedies import Remedies
from .steps import step_of

#: Points lost are put in order after rounding, equal ones by their place.
ORDER_STEP = 1e-9


class Sentences:
    """The sentences of one workbook's indicators."""

    def __init__(self, parts: Parts) -> None:
        self.layout, self.result, self.text = parts.layout, parts.result, parts.t
        self.remedies = Remedies(parts)

    def q(self, text: Text) -> str:
        return quoted(self.text(text))

    def how(self, indicator: IndicatorResult) -> Computed:
        """From which numbers a value follows; its state where it has none."""
        node = indicator.node
        found = self._how(node, indicator)
        state = f"out_state_{node.code}"
        formula = f"IF({state}<>{self.q(STATE_NAMES[VALUE])},{state},{found.formula})"
        return Computed(formula, found.value if indicator.state == VALUE else self.text(STATE_NAMES[indicator.state]))

    def _how(self, node: Node, indicator: IndicatorResult) -> Computed:
        found: Computed = getattr(self, f"_{node.algorithm.kind}")(node, indicator)
        return found

    # One sentence for each kind of formula

    def _policy(self, node: Node, indicator: IndicatorResult) -> Computed:
        policy = self.result.assessment.policy
        answers = (RECOMMENDED_NAMES.get(policy.recommended or ""), _yes_no(policy.elimination_list))
        names = ("in_policy_recommended", "in_policy_elimination_list")
        return self._answers((texts.RECOMMENDED, texts.ELIMINATED), names, answers)

    def _management(self, node: Node, indicator: IndicatorResult) -> Computed:
        management = self.result.assessment.management
        answers = (_yes_no(management.established), _yes_no(management.effective))
        names = ("in_management_established", "in_management_effective")
        return self._answers((texts.ESTABLISHED, texts.EFFECTIVE), names, answers)

    def _entered(self, node: Node, indicator: IndicatorResult) -> Computed:
        entered = f"{self.q(texts.ENTERED)}&{number_formula(f'out_value_{node.code}')}"
        value = indicator.value
        return Computed(entered, self.text(texts.ENTERED) + number_value(value) if value is not None else "")

    def _synergy(self, node: Node, indicator: IndicatorResult) -> Computed:
        parts = [f"ROUND(100*out_rate_{key},2)" for key in ("pollutants", "carbon")]
        formula = f'{self.q(texts.RATE_P)}&{parts[0]}&{self.q(texts.RATE_C)}&{parts[1]}&"%"'
        synergy = self.result.synergy
        if synergy is None:
            return Computed(formula, "")
        rates = [general(rounded(100 * rate, 2)) for rate in (synergy.pollutants, synergy.carbon)]
        return Computed(formula, f"{self.text(texts.RATE_P)}{rates[0]}{self.text(texts.RATE_C)}{rates[1]}%")

    def _quotient(self, node: Node, indicator: IndicatorResult) -> Computed:
        before, _, rest = self.text(node.algorithm.sentence).partition("{a}")
        between, _, after = rest.partition("{b}")
        if any(node.parameters):
            after += self.text(texts.ONLY.fill(p=node.parameters.said))
        cells = [number_formula(f"out_{key}_report") for key in node.needs]
        parts = (quoted(before), cells[0], quoted(between), cells[1], quoted(after))
        formula = "&".join(part for part in parts if part != '""')
        if indicator.state != VALUE:
            return Computed(formula, "")
        amounts = [number_value(self.result.quantities.pair(key).report or 0.0) for key in node.needs]
        return Computed(formula, before + amounts[0] + between + amounts[1] + after)

    def _composed(self, node: Node, indicator: IndicatorResult) -> Computed:
        """An own formula of the guide: the names of its quantities with their amounts."""
        formula, value = [], ""
        for piece in node.pieces(self.layout.guide.quantities):
            if isinstance(piece, Use):
                formula.append(number_formula(f"out_{piece.quantity}_{piece.period}"))
                amount = getattr(self.result.quantities.pair(piece.quantity), piece.period)
                value += number_value(amount or 0.0)
            else:
                formula.append(self.q(piece))
                value += self.text(piece)
        return Computed("&".join(formula), value if indicator.state == VALUE else "")

    def _answers(self, labels: tuple[Text, Text], names: tuple[str, str], answers: tuple[Text | None, ...]) -> Computed:
        formula = f"{self.q(labels[0])}&{names[0]}&{self.q(labels[1])}&{names[1]}"
        shown = [self.text(answer) if answer else "" for answer in answers]
        return Computed(formula, f"{self.text(labels[0])}{shown[0]}{self.text(labels[1])}{shown[1]}")

    def step(self, indicator: IndicatorResult) -> Computed:
        """What would win the lost points back."""
        code = indicator.node.code
        names = {state: self.q(STATE_NAMES[state]) for state in (NOT_APPLICABLE, VALUE)}
        lost, state = f"out_lost_{code}", f"out_state_{code}"
        how = self.remedies.said(indicator, self._step(indicator))
        absent = f"IF({state}={names[VALUE]},{self.q(texts.STEP_BENCHMARK)},{self.q(texts.STEP_MISSING)})"
        absent = f"IF({state}={names[NOT_APPLICABLE]},{self.q(texts.STEP_NOT)},{absent})"
        full = f"IF(ROUND({lost},6)=0,{self.q(texts.STEP_FULL)},{how})"
        return Computed(f"IF(ISNUMBER({lost}),{full},{absent})", step_of(self.remedies.said_of, indicator))

    def _step(self, indicator: IndicatorResult) -> str:
        """Where no amount is known: where the value has to go."""
        node = indicator.node
        if node.attribute == MODERATE:
            return self.q(texts.STEP_BOTH)
        if node.attribute == QUALITATIVE:
            return self.q(texts.STEPS_BY_KIND.get(node.algorithm.kind, texts.STEP_OTHER))
        word = texts.STEP_UP if node.attribute == POSITIVE else texts.STEP_DOWN
        unit = f" {self.text(node.unit)}" if any(node.unit) else ""
        formula = f"{self.q(word)}&{number_formula(f'out_benchmark_{node.code}')}"
        return f'{formula}&"{unit}"' if unit else formula

    def gap(self, indicator: IndicatorResult) -> Computed:
        """How far a value is from its benchmark, as a share of it."""
        value, benchmark = (f"out_{key}_{indicator.node.code}" for key in ("value", "benchmark"))
        formula = f'IF(COUNT({value},{benchmark})<2,"",({value}-{benchmark})/{benchmark})'
        if indicator.value is None or indicator.benchmark is None:
            return Computed(formula, "")
        return Computed(formula, (indicator.value - indicator.benchmark.value) / indicator.benchmark.value)

    def order(self, indicator: IndicatorResult, index: int) -> Computed:
        """A number that puts the indicators in the order of the points lost: no two are equal, missing ones last."""
        code = indicator.node.code
        step = f"{index}*{plain(ORDER_STEP)}"
        missing = f"IF(out_state_{code}={self.q(STATE_NAMES[NOT_APPLICABLE])},-2,-1)"
        formula = f"IF(ISNUMBER(out_lost_{code}),ROUND(out_lost_{code},6),{missing})-{step}"
        return Computed(formula, order_of(indicator, index))


def order_of(indicator: IndicatorResult, index: int) -> float:
    if indicator.lost is not None:
        return rounded(indicator.lost, 6) - index * ORDER_STEP
    return (-2 if indicator.state == NOT_APPLICABLE else -1) - index * ORDER_STEP


def _yes_no(answer: bool | None) -> Text | None:
    return None if answer is None else dict(YES_NO)[answer]
