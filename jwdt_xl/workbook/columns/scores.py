"""The formulas of benchmarks, scores, weights and results."""

from __future__ import annotations

from collections.abc import Callable

from ...assessment.result import NOT_APPLICABLE, STATE_NAMES
from ...standard.guide import Node
from ...standard.indicators import NO_CHANGE
from ...standard.measures import COMPOSITE, COSINE, DISTANCE, EQUIVALENT_RATE, MEASURES, RATIO, Measure
from ...standard.record import LARGEST
from ...standard.scoring import MODERATE, NEGATIVE, POSITIVE, QUALITATIVE, WEIGHT_TOLERANCE
from .base import significant
from .column import PERIODS, is_number, most, plain
from .indicators import IndicatorFormulas


def fits(node: Node, own: str) -> str:
    """Whether a number can be the benchmark: above 0, on its side of the guide's limit."""
    low, high = plain(0.0), f"<={most(LARGEST)}"
    if node.limit is not None:
        low, high = (plain(node.limit), high) if node.attribute == POSITIVE else (low, f"<{plain(node.limit)}")
    return f"AND({own}>{low},{own}{high})"


class ScoreFormulas(IndicatorFormulas):
    """Scores of the indicators and their groups, from the values."""

    def benchmark(self, node: Node) -> str:
        """The assessment's benchmark, else the guide's; blank where it is no number above 0."""
        if node.attribute in (MODERATE, QUALITATIVE):
            return '""'
        if not self.layout.guide.opens_benchmark(node):
            return plain(node.benchmark.value if node.benchmark else 0.0)
        own = f"in_benchmarks_{node.code}_value"
        default = plain(node.benchmark.value) if node.benchmark else '""'
        return f'IF({own}="",{default},IF({is_number(own)},IF({fits(node, own)},{own},""),""))'

    def score(self, node: Node) -> str:
        """Score 0–100·k; blank where the value or its benchmark is missing."""
        if node.attribute in (POSITIVE, NEGATIVE):
            return self._assessed(node, f'IF(ISNUMBER(out_benchmark_{node.code}),{self.indicator_score(node)},"")')
        return self._assessed(node, self.indicator_score(node))

    def indicator_score(self, node: Node) -> str:
        value, benchmark = f"out_value_{node.code}", f"out_benchmark_{node.code}"
        if node.attribute == MODERATE:
            return self._with_options(self.by_measure(lambda measure: self._measured(measure, value)))
        if node.attribute == QUALITATIVE:
            return f"100*{value}"
        limit = node.limit
        if limit is not None:
            return f"100*MAX(0,MIN(1,({value}-{plain(limit)})/({benchmark}-{plain(limit)})))"
        if node.attribute == POSITIVE:
            return f"100*MAX(0,MIN(opt_score_cap,{value}/{benchmark}))"
        return f"IF({value}<=0,100*opt_score_cap,100*MIN(opt_score_cap,{benchmark}/{value}))"

    def by_measure(self, formula: Callable[[Measure], str]) -> str:
        """The formula of the measure of synergy in force."""
        first, *others = MEASURES
        chosen = formula(first)
        for measure in others:
            chosen = f"IF(opt_moderate_score={self.option('moderate_score', measure.name)},{formula(measure)},{chosen})"
        return chosen

    def _with_options(self, formula: str) -> str:
        """A score of synergy; blank where the measure needs an option that nobody states."""
        lacking = [
            f'AND(opt_moderate_score={self.option("moderate_score", measure.name)},opt_{name}="")'
            for measure in MEASURES
            for name in measure.needs
        ]
        return f'IF(OR({",".join(lacking)}),"",{formula})'

    def _measured(self, measure: Measure, value: str) -> str:
        """The score of a measure, from S and the rates above the floor."""
        pollutants, carbon = self._floored()
        base, report = (f"(out_equivalents_{p}+opt_carbon_equivalents*out_co2e_{p})" for p in PERIODS)
        rate = f"1-{report}/{base}*IF({self._per_product()},out_output_base/out_output_report,1)"
        least = f"MAX({plain(NO_CHANGE)},opt_synergy_floor-{plain(NO_CHANGE)})"
        share = {
            RATIO: f"MIN({value},1/{value})",
            DISTANCE: f"1-ABS({value}-1)",
            # No rate is smaller than 1e-12 but 0: where both are, the quotient is 0.
            COSINE: f"({pollutants}+{carbon})/MAX(10^-36,2*(({pollutants})^2+({carbon})^2))^0.5",
            COMPOSITE: "(out_rate_pollutants*out_rate_carbon)^0.5/opt_full_rate",
            EQUIVALENT_RATE: f"IF({rate}<{least},0,{rate})/opt_full_rate",
        }[measure.name]
        score = f"100*MAX(0,MIN(1,{share}))"
        return score if measure.everywhere else f"IF(ISNUMBER({value}),{score},0)"

    def base_weight(self, index: int) -> str:
        """Own weights if there are any, else the guide's; blank where own ones are not all there, ≥ 0 and sum to 1."""
        nodes, guide = self.layout.guide.indicators, self.layout.guide
        if not guide.opens_weights:
            return plain(nodes[index].weight)
        given = self.layout.whole_settings("weights")  # a range: a function takes 255 arguments at most
        checks = [f"COUNT({given})={len(nodes)}", f"MIN({given})>=0", f"ABS(SUM({given})-1)<={plain(WEIGHT_TOLERANCE)}"]
        first = self.layout.whole_settings("first_level")
        checks.append(is_number(f"in_weights_{nodes[index].code}"))
        checks += [f"SUMIFS({given},{first},{self.t(group.name)})>0" for group in guide.first_levels]
        node = nodes[index]
        return f'IF(COUNTA({given})=1,{plain(node.weight)},IF(AND({",".join(checks)}),in_weights_{node.code},""))'

    def weight(self, index: int) -> str:
        """w' = w · W_first / Σ w over the applicable of the same first level; blank where there is none to share."""
        node = self.layout.guide.indicators[index]
        base = self.layout.settings_range("base_weight")
        not_applicable = self.t(STATE_NAMES[NOT_APPLICABLE])
        level = self.t(self.layout.guide.first_level(node).name)
        here = f"({self.layout.settings_range('first_level')}={level})"
        applicable = f"({self.layout.indicator_range('state')}<>{not_applicable})"
        left = f"SUMPRODUCT({here}*{applicable}*{base})"
        own = self.layout.ref(self.layout.base_weight_cell(index))
        share = f"IF(out_state_{node.code}={not_applicable},0,{own}*(SUMPRODUCT({here}*{base})/{left}))"
        return f'IF(COUNT({base})<{self._count()},"",IF({left}<=0,"",{share}))'

    def _count(self) -> int:
        return len(self.layout.guide.indicators)

    def _weighed(self, formula: str) -> str:
        """A result that needs all weights."""
        return f'IF(COUNT({self.layout.indicator_range("weight")})<{self._count()},"",{formula})'

    def weighted(self, node: Node) -> str:
        score, weight = f"out_score_{node.code}", f"out_weight_{node.code}"
        return f'IF(COUNT({score},{weight})=2,{score}*{weight},"")'

    def lost(self, node: Node) -> str:
        score, weight = f"out_score_{node.code}", f"out_weight_{node.code}"
        return f'IF(COUNT({score},{weight})=2,MAX(0,100-{score})*{weight},"")'

    def explain(self, node: Node) -> str:
        """How the score follows, in one sentence."""
        score = f'TEXT(ROUND(out_score_{node.code},2),"0.00")'
        if node.attribute == MODERATE:
            value = f"out_value_{node.code}"

            def said(measure: Measure) -> str:
                how = f'"{measure.formula} = "&{score}'
                return how if measure.everywhere else f"IF(ISNUMBER({value}),{how},out_synergy_case)"

            text = self.by_measure(said)
        elif node.attribute == QUALITATIVE:
            text = f'"100 × "&out_value_{node.code}&" = "&{score}'
        else:
            parts = (f"out_value_{node.code}", f"out_benchmark_{node.code}")
            top, bottom = parts if node.attribute == POSITIVE else parts[::-1]
            shown = [significant(part) for part in (top, bottom)]
            limit = node.limit
            if limit is not None:
                value, benchmark = (significant(part) for part in parts)
                less = f'" − {plain(limit)}"'
                text = f'"100·("&{value}&{less}&")/("&{benchmark}&{less}&") = "&{score}'
                return f"IF(ISNUMBER(out_score_{node.code}),{text},out_state_{node.code})"
            text = f'"100·min("&opt_score_cap&", "&{shown[0]}&"/"&{shown[1]}&") = "&{score}'
        return f"IF(ISNUMBER(out_score_{node.code}),{text},out_state_{node.code})"

    def first_level(self, node: Node) -> str:
        """A group's score; blank while a member with weight is missing."""
        first = self.layout.indicator_range("first_level")
        weights, weighted = (self.layout.indicator_range(k) for k in ("weight", "weighted"))
        scores = self.layout.indicator_range("score")
        name = self.t(node.name)
        members = f'COUNTIFS({first},{name},{weights},">0")'
        assessed = f'COUNTIFS({first},{name},{weights},">0",{scores},">=0")'
        score = f"MIN(100,SUMIFS({weighted},{first},{name})/SUMIFS({weights},{first},{name}))"
        return self._weighed(f'IF({assessed}<{members},"",{score})')

    def group(self, node: Node) -> str:
        """The score of a group below the first level, over the runs of its rows; blank while a member is missing."""
        weights, weighted, scores = (self._runs(node, key) for key in ("weight", "weighted", "score"))
        pairs = list(zip(weights, scores, strict=True))
        members = "+".join(f'COUNTIF({w},">0")' for w in weights)
        assessed = "+".join(f'COUNTIFS({w},">0",{s},">=0")' for w, s in pairs)
        whole = f"SUM({','.join(weights)})"
        score = f"MIN(100,SUM({','.join(weighted)})/{whole})"
        return self._weighed(f'IF({whole}<=0,"",IF({assessed}<{members},"",{score}))')

    def group_weight(self, node: Node) -> str:
        """The weight of a group after redistribution."""
        if not node.parent:
            return f"SUMIFS({self.layout.indicator_range('weight')},{self.layout.indicator_range('first_level')},{self.t(node.name)})"
        return f"SUM({','.join(self._runs(node, 'weight'))})"

    def _runs(self, node: Node, key: str) -> list[str]:
        """The cells of a column that belong to a group: its rows need not follow one another."""
        members = self.layout.guide.members[node.code]
        rows = [i for i, leaf in enumerate(self.layout.guide.indicators) if leaf.code in members]
        starts = [i for i in rows if i - 1 not in rows]
        cells = [
            (self.layout.indicator_cell(i, key), next(j for j in rows if j >= i and j + 1 not in rows)) for i in starts
        ]
        return [
            self.layout.range("indicators", cell.row, self.layout.indicator_cell(last, key).row, cell.col)
            for cell, last in cells
        ]

    def total(self) -> str:
        """T; blank while anything with weight is missing."""
        return f'IF({self._complete()},out_score_so_far,"")'

    def _complete(self) -> str:
        weights, scores = self.layout.indicator_range("weight"), self.layout.indicator_range("score")
        return f'COUNTIF({weights},">0")=COUNTIFS({weights},">0",{scores},">=0")'

    def coverage(self) -> str:
        weights, scores = self.layout.indicator_range("weight"), self.layout.indicator_range("score")
        return self._weighed(f'IF({self._complete()},1,SUMIFS({weights},{scores},">=0")/SUM({weights}))')

    def score_so_far(self) -> str:
        weights, weighted = (self.layout.indicator_range(k) for k in ("weight", "weighted"))
        return self._weighed(f"MIN(100,SUM({weighted})/SUM({weights}))")
