"""The formulas of the indicators: rates and case of synergy, states and values."""

from __future__ import annotations

from collections.abc import Sequence

from ...assessment.excuses import excuse
from ...assessment.result import MISSING, NOT_APPLICABLE, NOT_ASSESSABLE, STATE_NAMES, VALUE
from ...messages import Text
from ...standard.composed import SLACK
from ...standard.guide import Node
from ...standard.indicators import CASE_NAMES, NO_CHANGE
from ...standard.quantities import key_of
from ...standard.scoring import QUALITATIVE
from .base import FormulasBase
from .column import NO, PARTLY, PERIODS, YES, plain


class IndicatorFormulas(FormulasBase):
    """Values of the indicators, from the quantities."""

    # Synergy

    def _per_product(self) -> str:
        return f"opt_synergy_basis={self.option('synergy_basis', 'per_product')}"

    def _synergy_missing(self, node: Node | None = None) -> str:
        known = ",".join(f"out_{k}_{p}" for k in ("equivalents", "co2e") for p in PERIODS)
        outputs = ",".join(f"out_output_{p}" for p in PERIODS)
        return f"OR(COUNT({known})<4,AND({self._per_product()},COUNT({outputs})<2))"

    def _synergy_undefined(self) -> str:
        return (
            f"OR(out_equivalents_base<=0,out_co2e_base<=0,"
            f"AND({self._per_product()},OR(out_output_base<=0,out_output_report<=0)))"
        )

    def _rate(self, key: str) -> str:
        base, report = (f"out_{key}_{p}" for p in PERIODS)
        product = f"({base}/out_output_base-{report}/out_output_report)/({base}/out_output_base)"
        rate = f"IF({self._per_product()},{product},({base}-{report})/{base})"
        return f'IF({self._synergy_missing()},"",IF({self._synergy_undefined()},"",IF(ABS({rate})<{plain(NO_CHANGE)},0,{rate})))'

    def rate_pollutants(self) -> str:
        return self._rate("equivalents")

    def rate_carbon(self) -> str:
        return self._rate("co2e")

    def _floored(self) -> tuple[str, str]:
        """Both rates, of which those below the floor are no change."""
        rates = (f"out_rate_{key}" for key in ("pollutants", "carbon"))
        pollutants, carbon = (f"IF(ABS({rate})<opt_synergy_floor-{plain(NO_CHANGE)},0,{rate})" for rate in rates)
        return pollutants, carbon

    def synergy_case(self) -> str:
        """The case in words, from the signs of both rates."""
        pollutants, carbon = self._floored()
        names = {case: self.t(text) for case, text in CASE_NAMES.items()}
        order = [
            "both_rise", "one_rises", "trade_off", "one_rises", "no_change", "only_carbon", "trade_off", "only_pollutants", "synergy",
        ]  # fmt: skip
        listed = ",".join(names[case] for case in order)
        return f'IF(out_rate_pollutants="","",CHOOSE(3*(SIGN({pollutants})+1)+SIGN({carbon})+2,{listed}))'

    # Indicators

    def state(self, node: Node) -> str:
        """value, missing, not assessable or not applicable."""
        names = {state: self.t(text) for state, text in STATE_NAMES.items()}
        missing, undefined = self._missing(node), self._undefined(node)
        chain = f"IF({missing},{names[MISSING]},IF({undefined},{names[NOT_ASSESSABLE]},{names[VALUE]}))"
        reason, declared = f"in_not_applicable_{node.code}", names[NOT_APPLICABLE]
        if self.layout.guide.takes_not_applicable(node):
            declared = f"IF({excuse(reason, self.layout.language)},{names[MISSING]},{declared})"
        else:
            declared = names[MISSING]
        return f'IF(TRIM({reason})<>"",{declared},{chain})'

    # Each kind of formula has its condition of being missing and of not being assessable, and its value

    def _missing(self, node: Node) -> str:
        return str(getattr(self, f"_{node.algorithm.kind}_missing")(node))

    def _undefined(self, node: Node) -> str:
        formula = node.algorithm
        if formula.is_synergy:
            return self._synergy_undefined()
        if formula.form is not None:
            return self._composed_undefined(node)
        if not formula.is_quotient:
            return "FALSE()"
        keys = [key for key, whole in zip(node.needs, formula.needs, strict=True) if whole in formula.not_negative]
        negative = ",".join(f"out_{key}_report<0" for key in keys) or "FALSE()"
        return f"OR(out_{node.needs[-1]}_report<=0,{negative})"

    def _assessed(self, node: Node, formula: str) -> str:
        return f'IF(out_state_{node.code}<>{self.t(STATE_NAMES[VALUE])},"",{formula})'

    def value(self, node: Node) -> str:
        """The value of an indicator, by the formula the guide names."""
        return self._assessed(node, str(getattr(self, node.algorithm.kind)(node)))

    def _quotient_missing(self, node: Node) -> str:
        return "COUNT({})<2".format(",".join(f"out_{key}_report" for key in node.needs))

    def quotient(self, node: Node) -> str:
        numerator, denominator = node.needs
        times = node.algorithm.times
        return f"out_{numerator}_report{f'*{times}' if times != 1 else ''}/out_{denominator}_report"

    # Own formulas of a guide

    def _composed_missing(self, node: Node) -> str:
        uses = node.uses
        return f"COUNT({','.join(f'out_{use.quantity}_{use.period}' for use in uses)})<{len(uses)}"

    def _composed_undefined(self, node: Node) -> str:
        """A quantity below 0, nothing to divide by, nothing to compare with, or a part beyond its whole."""
        form = node.algorithm.form
        assert form is not None
        periods = PERIODS if form.both_periods else PERIODS[1:]
        wrong = [f"out_{use.quantity}_{use.period}<0" for use in node.uses]
        wrong += [f"{_sum(node.over, period)}<=0" for period in periods if node.over]
        if form.both_periods:
            wrong.append(f"{_sum(node.of, PERIODS[0])}<=0")
        if form.key == "share":
            wrong.append(f"{_sum(node.of, PERIODS[1])}>{_sum(node.over, PERIODS[1])}*{plain(1 + SLACK)}")
        return f"OR({','.join(wrong)})"

    def composed(self, node: Node) -> str:
        form = node.algorithm.form
        assert form is not None
        base, report = (self._of_period(node, period) for period in PERIODS)
        if not form.both_periods:
            return report
        change = f"{base}-{report}" if form.key == "reduction" else f"{report}-{base}"
        return f"100*({change})/({base})"

    @staticmethod
    def _of_period(node: Node, period: str) -> str:
        times = 100 if node.formula == "share" else node.times
        of = _sum(node.of, period) + (f"*{plain(times)}" if times != 1 else "")
        return f"{of}/{_sum(node.over, period)}" if node.over else of

    def synergy(self, node: Node) -> str:
        return f"IF({self._both_fall()},out_rate_pollutants/out_rate_carbon,out_synergy_case)"

    def _both_fall(self) -> str:
        return "AND({})".format(",".join(f"{rate}>0" for rate in self._floored()))

    def _policy_missing(self, node: Node) -> str:
        listed, recommended = "in_policy_elimination_list", "in_policy_recommended"
        both = f"AND({self._is(listed, NO)},{self._is(recommended, YES, PARTLY, NO)})"
        return f"NOT(OR({self._is(listed, YES)},{both}))"

    def policy(self, node: Node) -> str:
        answer, yes, partly = "in_policy_recommended", self.t(YES), self.t(PARTLY)
        return f"IF(in_policy_elimination_list={yes},0,IF({answer}={yes},1,IF({answer}={partly},0.5,0)))"

    def _management_missing(self, node: Node) -> str:
        established, effective = "in_management_established", "in_management_effective"
        both = f"AND({self._is(established, YES)},{self._is(effective, YES, NO)})"
        return f"NOT(OR({self._is(established, NO)},{both}))"

    def management(self, node: Node) -> str:
        yes = self.t(YES)
        return f"IF(in_management_established={yes},IF(in_management_effective={yes},1,0.5),0)"

    def _entered_missing(self, node: Node) -> str:
        return f'{self.entered(node)}=""'

    def entered(self, node: Node) -> str:
        """The entered value; blank where it is none, or a grade above 1."""
        amount = self._amount(f"in_entered_{node.code}")
        return f'IF({amount}>1,"",{amount})' if node.attribute == QUALITATIVE else amount

    def _is(self, answer: str, *texts: Text) -> str:
        """Whether an answer is one of these; another is as good as none."""
        return "OR({})".format(",".join(f"{answer}={self.t(text)}" for text in texts))


def _sum(names: Sequence[str], period: str) -> str:
    cells = "+".join(f"out_{key_of(name)}_{period}" for name in names)
    return f"({cells})" if len(names) > 1 else cells
