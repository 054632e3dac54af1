"""What would be: quantities, rates, scores and totals of a measure alone and after those above, and what it gains for its cost."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...assessment.result import NOT_APPLICABLE, STATE_NAMES
from ...standard.guide import Node
from ...standard.scoring import NEGATIVE, POSITIVE
from .base import LineFormulas
from .places import FIRST, SHEET

_OUT = re.compile(r"\bout_\w+")
#: Measures that cost nothing come before all others.
FREE = "10^300"
#: Of which nothing is known: a number, since programs compare texts with numbers each its way.
LAST = "(0-10^300)"
#: What stands for a name in the chart where there is none.
NAMELESS = "\u00a0"


class ThenFormulas(LineFormulas):
    """Both scenarios by measure, in the line that begins it."""

    def _known(self, scenario: str, row: int) -> str:
        """Whether the line begins a measure whose lines can all be computed, with those it rests on."""
        measures, codes, measure = self.places.column("measure"), self.places.column("code"), self._at("measure", row)
        which = measure if scenario == "alone" else f'"<="&{measure}'
        return f'IF({self._at("first", row)}=1,COUNTIFS({measures},{which},{codes},">0")=0,FALSE())'

    def _then(self, scenario: str, key: str, row: int) -> str:
        if key in self.seen:
            out = f"out_{key}_report"
            then = self._quantity_then(scenario, key, row)
            return f'IF({self._known(scenario, row)},IF(ISNUMBER({out}),{then},""),"")'
        name, _, code = key.partition("_")
        if name == "rate":
            return self._with(scenario, row, self._rate({"pollutants": "equivalents", "carbon": "co2e"}[code]))
        if key == "ratio":
            both = f'IF({self._both_fall()},out_rate_pollutants/out_rate_carbon,"")'
            rates = [self._at(f"{scenario}.rate_{each}", row) for each in ("pollutants", "carbon")]
            return f'IF(COUNT({rates[0]},{rates[1]})<2,"",{self._with(scenario, row, both)})'
        return self._score_then(scenario, next(node for node in self.affected if node.code == code), row)

    def _quantity_then(self, scenario: str, key: str, row: int) -> str:
        """What a known quantity becomes."""
        kind, which = ("by", "") if scenario == "alone" else ("step", '"<="&')
        changes, measures = self.places.column(f"{kind}.{key}"), self.places.column("measure")
        return f"out_{key}_report+SUMIFS({changes},{measures},{which}{self._at('measure', row)})"

    def _with(self, scenario: str, row: int, formula: str, also: Iterable[str] = ()) -> str:
        """A formula of another sheet, with what is otherwise in this scenario; also: what has no cell of its own."""
        then = {f"out_{key}_report": self._at(f"{scenario}.{key}", row) for key in self.seen}
        then |= {
            f"out_{key}_report": f"({self._quantity_then(scenario, key, row)})" for key in also if key not in self.seen
        }
        then |= {f"out_{rate}": self._at(f"{scenario}.{rate}", row) for rate in ("rate_pollutants", "rate_carbon")}
        return _OUT.sub(lambda name: then.get(name[0], name[0]), formula)

    def _score_then(self, scenario: str, node: Node, row: int) -> str:
        value = f"out_value_{node.code}"
        score, ratio = self.indicator_score(node), self._at(f"{scenario}.ratio", row)
        if node.algorithm.is_synergy:
            found = _OUT.sub(lambda name: ratio if name[0] == value else name[0], score)
        else:
            of = f"({getattr(self, node.algorithm.kind)(node)})"
            found = _OUT.sub(lambda name: of if name[0] == value else name[0], score)
        if node.attribute in (POSITIVE, NEGATIVE):
            found = f'IF(ISNUMBER(out_benchmark_{node.code}),{found},"")'
        not_applicable = f"out_state_{node.code}={self.t(STATE_NAMES[NOT_APPLICABLE])}"
        # What is missing is so in every scenario; so it is asked before the amounts are added to.
        stated = self._with(scenario, row, f"OR({not_applicable},{self._missing(node)})")
        also = set(self._needs(node)) & set(self.moved)
        found = self._with(scenario, row, f'IF({self._undefined(node)},"",{found})', also)
        return f'IF({self._known(scenario, row)},IF({stated},"",{found}),"")'

    def rest(self) -> str:
        """What the indicators add up to that no measure changes; blank where one of them is missing, or a weight is."""
        column = self.layout.indicator_range
        others, weights = f"{column('movable')},0", f'{column("weight")},">0"'
        complete = f'COUNTIFS({weights},{others})=COUNTIFS({weights},{others},{column("score")},">=0")'
        return self._weighed(f'IF({complete},SUMIFS({column("weighted")},{others}),"")')

    def _total_then(self, scenario: str, row: int) -> str:
        scores, rest = self.scores(scenario), self.rest_cell
        whole = f"SUM({self.layout.indicator_range('weight')})"
        total = f"MIN(100,{rest}/{whole})"
        if scores:  # else all is entered, and nothing moves
            here, weights = self.places.across(scores, row), self.places.across(scores, FIRST - 2, fixed=True)
            there = f'COUNTIFS({weights},">0",{here},">=0")=COUNTIF({weights},">0")'
            total = f'IF({there},MIN(100,({rest}+SUMPRODUCT({weights},{here}))/{whole}),"")'
        return f'IF({self._known(scenario, row)},IF(ISNUMBER({rest}),{total},""),"")'

    @property
    def rest_cell(self) -> str:
        return self.layout.ref(self.places.head("ranked", FIRST - 2), SHEET)

    def line_alone(self, row: int) -> str:
        return self._total_then("alone", row)

    def line_sequence(self, row: int) -> str:
        return self._total_then("sequence", row)

    def line_gain(self, row: int) -> str:
        alone = self._at("alone", row)
        return f'IF(COUNT({alone},out_total)=2,{alone}-out_total,"")'

    def line_spent(self, row: int) -> str:
        costs, measures = self.places.column("cost_of"), self.places.column("measure")
        return f'IF({self._at("first", row)}=1,SUMIFS({costs},{measures},"<="&{self._at("measure", row)}),"")'

    def _delta(self, key: str, row: int) -> str:
        """What the lines of the measure change a quantity by: not the difference of two sums, which loses digits."""
        added = self._of_measure(f"by.{key}", row)
        return f'IF({self._known("alone", row)},IF(ISNUMBER(out_{key}_report),{added},""),"")'

    def line_delta_carbon(self, row: int) -> str:
        return self._delta("co2e", row)

    def line_delta_equivalents(self, row: int) -> str:
        return self._delta("equivalents", row)

    def _of_measure(self, key: str, row: int) -> str:
        """What the lines of the measure add up to in a column."""
        return f"SUMIFS({self.places.column(key)},{self.places.column('measure')},{self._at('measure', row)})"

    def _per_cost(self, times: str, row: int) -> str:
        """Avoided over the life for each 10^4 yuan; nothing unless both changes are known."""
        both = [self._at(key, row) for key in ("delta_carbon", "delta_equivalents")]
        life = self._typed("life", row)
        years = f'IF({life}="",1,{life})'
        spent = self._of_measure("cost_of", row)
        return f'IF(COUNT({both[0]},{both[1]})<2,"",IF({spent}>0,0-{times}*{years}/{spent},""))'

    def line_carbon_per_cost(self, row: int) -> str:
        return self._per_cost(f"1000*{self._at('delta_carbon', row)}", row)

    def line_equivalents_per_cost(self, row: int) -> str:
        return self._per_cost(self._at("delta_equivalents", row), row)

    def line_ranked(self, row: int) -> str:
        """By what the measures are put in order: kg CO2e for the money; first those that save and cost nothing."""
        per, saved = self._at("carbon_per_cost", row), self._at("delta_carbon", row)
        free = f"AND({saved}<0,{self._of_measure('set_cost', row)}>0,{self._of_measure('cost_of', row)}=0)"
        unpaid = f"IF(ISNUMBER({saved}),IF({free},{FREE},{LAST}),{LAST})"
        return f"IF(ISNUMBER({per}),{per},{unpaid})"

    def line_order(self, row: int) -> str:
        here, every = self._at("ranked", row), self.places.column("ranked")
        return f'IF({here}={LAST},"",1+SUMPRODUCT(--({every}>{here})))'

    # The chart

    def line_chart_x(self, row: int) -> str:
        found = self._at("delta_carbon", row)
        return f"IF(COUNT({found},{self._at('delta_equivalents', row)})=2,0-{found},0)"

    def line_chart_y(self, row: int) -> str:
        found = self._at("delta_equivalents", row)
        return f"IF(COUNT({found},{self._at('delta_carbon', row)})=2,0-{found},0)"

    def line_chart_name(self, row: int) -> str:
        """A blank, not nothing, where there is no point: programs would make up a name. One that none takes off."""
        found = self._at("delta_carbon", row)
        return f'IF(COUNT({found},{self._at("delta_equivalents", row)})=2,{self._typed("name", row)},"{NAMELESS}")'
