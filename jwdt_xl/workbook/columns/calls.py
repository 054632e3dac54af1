"""The formulas of the editions with cell functions: JWDT_* wherever a function stands for the cell."""

from __future__ import annotations

from ...messages import Text
from ...standard.guide import Node
from ...standard.scoring import ATTRIBUTE_NAMES, MODERATE
from .portable import Formulas

#: Shown in the place of the total where a call gives no number at all: else the error would end as a blank.
NO_ADDIN = Text("缺加载项", "no add-in")


class Calls(Formulas):
    """As the portable formulas, with JWDT_ functions in the place of the arithmetic of the standard."""

    def equivalents(self, row: int, period: str) -> str:
        amount, factor, own, value = (self.cell("pollutants", k, row) for k in (period, "factor", "own", "value"))
        name, medium, parameter, limit = (
            self.cell("pollutants", k, row) for k in ("pollutant", "medium", "parameter", "limit")
        )
        call = f"JWDT_EQUIVALENT({name},{amount}*{factor},{medium},{_blank(parameter)},{_blank(limit)})"
        return f'IF({own}<>"",{amount}*{factor}/{value},{call})'

    def co2e(self, row: int, period: str) -> str:
        amount, factor, gas = (self.cell("greenhouse", k, row) for k in (period, "factor", "gas"))
        return f"IF({self._biomass(row)},0,JWDT_CO2E({gas},{amount}*{factor},opt_gwp_set))"

    def activity_emission(self, row: int, period: str) -> str:
        cells = {k: self.cell("activity", k, row) for k in (
            "name", "unit_factor", "net_calorific_value", "carbon_content", "oxidation", "emission_factor", "factor_series", "year",
        )}  # fmt: skip
        amount = f"{self.cell('activity', period, row)}*{cells['unit_factor']}"
        own = cells["emission_factor"]
        measured = ",".join(_blank(cells[k]) for k in ("net_calorific_value", "carbon_content", "oxidation"))
        fuel = f'IF({own}<>"",{amount}*{own},JWDT_FUEL_CO2({cells["name"]},{amount},{measured},opt_fuel_table))'
        grid = f"JWDT_ELECTRICITY_CO2({amount}*1000,{cells['year']},{cells['factor_series']})"
        power = f'IF({own}<>"",{amount}*{own},{grid})'
        heat = f"JWDT_HEAT_CO2({amount},{_blank(own)})"
        process = f'IF({own}<>"",{amount}*{own},JWDT_PROCESS_CO2({cells["name"]},{amount}))'
        other = f"IF({self._kind(row, 'heat')},{heat},{process})"
        return f"IF({self._kind(row, 'fuel')},{fuel},IF({self._kind(row, 'electricity')},{power},{other}))"

    def tce(self, row: int, period: str) -> str:
        amount, factor, name, value = (self.cell("energy", k, row) for k in (period, "factor", "energy", "value"))
        measured = [self.cell("energy", k, row) for k in ("coefficient", "net_calorific_value")]
        own = f'IF({measured[0]}&{measured[1]}="","",{value})'
        return f"JWDT_TCE({name},{amount}*{factor}*{self._energy('call', row)},opt_electricity_coefficient,{own})"

    def quotient(self, node: Node) -> str:
        """The function of the formula; without one, the plain quotient."""
        call = node.algorithm.call
        amounts = ",".join(f"out_{key}_report" for key in node.needs)
        return f"{call}({amounts})" if call else super().quotient(node)

    def synergy(self, node: Node) -> str:
        return self._by_basis(node.algorithm.call)

    def _by_basis(self, function: str) -> str:
        amounts = "out_equivalents_base,out_equivalents_report,out_co2e_base,out_co2e_report"
        per_product = f"{function}({amounts},out_output_base,out_output_report)"
        return f"IF({self._per_product()},{per_product},{function}({amounts}))"

    def policy(self, node: Node) -> str:
        return f"JWDT_POLICY({_blank('in_policy_recommended')},{_blank('in_policy_elimination_list')})"

    def management(self, node: Node) -> str:
        return f"JWDT_MANAGEMENT(in_management_established,{_blank('in_management_effective')})"

    def indicator_score(self, node: Node) -> str:
        value, benchmark = f"out_value_{node.code}", f"out_benchmark_{node.code}"
        if node.attribute == MODERATE:
            distance = f"opt_moderate_score={self.option('moderate_score', 'distance')}"
            by_distance = f"IF(ISNUMBER({value}),100*MAX(0,1-ABS({value}-1)),0)"
            return f"IF({distance},{by_distance},{self._by_basis('JWDT_SYNERGY_SCORE')})"
        return f"JWDT_INDICATOR_SCORE({value},{benchmark},{self.t(ATTRIBUTE_NAMES[node.attribute])},opt_score_cap)"

    def total(self) -> str:
        scores, weights = (self.layout.indicator_range(k) for k in ("score", "weight"))
        total = self._weighed(f'IF(out_coverage<1,"",JWDT_SCORE({scores},{weights},,opt_score_cap))')
        return f"IF(ISNUMBER(JWDT_SCORE(100,1)),{total},{self.t(NO_ADDIN)})"

    def coverage(self) -> str:
        scores, weights = (self.layout.indicator_range(k) for k in ("score", "weight"))
        # the function refuses scores that are all missing, as in an empty template
        return self._weighed(f"IF(COUNT({scores})=0,0,JWDT_COVERAGE({scores},{weights},,opt_score_cap))")


def _blank(cell: str) -> str:
    """An optional argument that may be an empty cell: Calc would hand it over as 0."""
    return f'IF({cell}="","",{cell})'
