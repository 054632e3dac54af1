"""The formulas of the editions with cell functions: JWDT_* wherever a function stands for the cell."""

from __future__ import annotations

from ...messages import Text
from ...standard.guide import Node
from ...standard.scoring import ATTRIBUTE_NAMES, MODERATE
from .base import FormulaRow
from .column import Column, optional, plain
from .portable import Formulas

#: The same where the functions are in the workbook and the program does not know what they are made of.
NO_LAMBDA = Text("请用 portable 版", "take portable")
#: Shown in the place of the total where a call gives no number at all: else the error would end as a blank.
NO_ADDIN = Text("缺加载项", "no add-in")


#: Sold fuels are subtracted from it.
_SOLD_AWAY = "nonfossil_tce"


class Calls(Formulas):
    """As the portable formulas, with JWDT_ functions in the place of the arithmetic of the standard."""

    none_there = NO_ADDIN

    def of_column(self, column: Column, row: FormulaRow) -> str:
        return (column.call or column.formula)(row)

    def quotient(self, node: Node) -> str:
        """The function of the formula; without one, the plain quotient."""
        call = node.algorithm.call
        amounts = ",".join(f"out_{key}_report" for key in node.needs)
        plain_quotient = super().quotient(node)
        if not call:
            return plain_quotient
        # more non-fossil energy may be sold than used; the functions take no negative amount
        negative = f"out_{node.needs[0]}_report<0" if _may_be_negative(node) else ""
        return f"IF({negative},{plain_quotient},{call}({amounts}))" if negative else f"{call}({amounts})"

    def synergy(self, node: Node) -> str:
        """The function knows no floor."""
        return f"IF(opt_synergy_floor>0,{super().synergy(node)},{self._by_basis(node.algorithm.call)})"

    def _by_basis(self, function: str, *more: str) -> str:
        amounts = "out_equivalents_base,out_equivalents_report,out_co2e_base,out_co2e_report"
        others = ",".join(("", *more))
        per_product = f"{function}({amounts},out_output_base,out_output_report{others})"
        return f"IF({self._per_product()},{per_product},{function}({amounts}{',,' if more else ''}{others}))"

    def policy(self, node: Node) -> str:
        return f"JWDT_POLICY({optional('in_policy_recommended')},{optional('in_policy_elimination_list')})"

    def management(self, node: Node) -> str:
        return f"JWDT_MANAGEMENT(in_management_established,{optional('in_management_effective')})"

    def indicator_score(self, node: Node) -> str:
        value, benchmark = f"out_value_{node.code}", f"out_benchmark_{node.code}"
        if node.attribute == MODERATE:
            floor = 'IF(opt_synergy_floor=0,"",opt_synergy_floor)'  # Calc cannot tell 0 from an empty cell
            options = ("opt_moderate_score", floor, "opt_full_rate", "opt_carbon_equivalents")
            return self._with_options(self._by_basis("JWDT_SYNERGY_SCORE", *options))
        more = "" if node.limit is None else f",{plain(node.limit)}"
        score = (
            f"JWDT_INDICATOR_SCORE({value},{benchmark},{self.t(ATTRIBUTE_NAMES[node.attribute])},opt_score_cap{more})"
        )
        return f"IF({value}<0,{super().indicator_score(node)},{score})" if _may_be_negative(node) else score

    def total(self) -> str:
        scores, weights = (self.layout.indicator_range(k) for k in ("score", "weight"))
        total = self._weighed(f'IF(out_coverage<1,"",JWDT_SCORE({scores},{weights},,opt_score_cap))')
        return f"IF(ISNUMBER(JWDT_SCORE(100,1)),{total},{self.t(self.none_there)})"

    def coverage(self) -> str:
        scores, weights = (self.layout.indicator_range(k) for k in ("score", "weight"))
        # the function refuses scores that are all missing, as in an empty template
        return self._weighed(f"IF(COUNT({scores})=0,0,JWDT_COVERAGE({scores},{weights},,opt_score_cap))")


def _may_be_negative(node: Node) -> bool:
    """Whether what an indicator counts may fall below 0, with a value all the same."""
    return bool(node.of) or (node.algorithm.is_quotient and node.algorithm.needs[0] == _SOLD_AWAY)


class CarriedCalls(Calls):
    """The same calls of functions that travel inside the workbook."""

    none_there = NO_LAMBDA
