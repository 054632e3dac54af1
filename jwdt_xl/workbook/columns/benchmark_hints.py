"""Hints beside the benchmark, weight and reason of an indicator: formulas, and values by the data."""

from __future__ import annotations

import math

from ...assessment.checks import benchmarks, completeness, ranges
from ...assessment.checks.guide import beside, inputs_of, tables_of
from ...assessment.excuses import excuse
from ...standard.guide import Node
from ...standard.guide.benchmarks import Benchmark
from ...standard.guide.levels import values_of
from ...standard.scoring import MODERATE, QUALITATIVE
from .. import kept
from ..bound import is_bound
from . import benchmark_units
from .asked import Asking, Fill, Said
from .column import PERIODS, In, is_number, plain
from .scores import fits

#: What the hints are about that name the unit the benchmark is to be in.
_ABOUT_UNITS = ("benchmark", "far_off", "other_unit", "unclear_unit")
_PRODUCT = ("单位产品", "unit product")


class BenchmarkHints(Asking):
    """What may be said of a row of the settings."""

    def setting_rules(self, node: Node) -> list[Said]:
        """What may be said of an indicator's benchmark, weight and reason."""
        key = f"settings {node.code}"
        if key not in self._rules_of:
            then = self._per_product(node)
            self._rules_of[key] = [
                rule._replace(then=then) if rule.hint in _ABOUT_UNITS else rule for rule in self._setting_rules(node)
            ]
        return self._rules_of[key]

    def _per_product(self, node: Node) -> tuple[str, str]:
        """The unit of an indicator in that of the enterprise's product, as a formula and a text: kg/万吨."""
        unit = self.layout.text(node.unit)
        word = next((word for word in _PRODUCT if unit.endswith(f"/{word}")), "")
        if not word or "product.unit" not in self.layout.fields:
            return "", ""
        above, product = unit.removesuffix(word), self.assessment.product.unit
        name = self._name("product.unit")
        return f'" ({above}"&IF(TRIM({name})="","{word}",{name})&")"', f" ({above}{product or word})"

    def _setting_rules(self, node: Node) -> list[Said]:
        own, nodes = self.assessment.weights, self.layout.guide.indicators
        row = self.layout.setting_hint_cell(nodes.index(node)).row
        names = self.layout.whole_settings("weights")  # a range: a function takes 255 arguments at most
        reason = f"in_not_applicable_{node.code}"
        some = f"AND(COUNT({names})>0,COUNT({names})<{len(nodes)})"
        whole = f"AND(COUNT({names})={len(nodes)},ABS(SUM({names})-1)>{plain(1e-6)})"
        inputs = [
            field
            for field in self.layout.fields.values()
            if field.cell.sheet == "settings" and field.cell.row == row and not is_bound(self.layout.guide, field.path)
        ]
        rules = [
            *map(self._moved, inputs),
            *(said for field in inputs for said in self.in_percent(field)),
            *self._weight_wrong(node),
            Said("weights", some, 0 < len(own) < len(nodes)),
            Said("weight_sum", whole, len(own) == len(nodes) and abs(math.fsum(own.values()) - 1) > 1e-6),
            Said("excuse", f'AND(TRIM({reason})<>"",{excuse(reason, self.layout.language)})', False),
            *self._beside_data(node, reason),
            self._by(
                "no_reason",
                completeness.NO_REASON,
                {"reason": reason},
                reason=self.assessment.not_applicable.get(node.code),
            ),
            Said("not_applicable", f'in_not_applicable_{node.code}<>""', node.code in self.assessment.not_applicable),
        ]
        if node.algorithm.is_entered and kept.enters_in_settings(self.layout.guide):
            entered = f"NOT({is_number(f'in_entered_{node.code}')})"
            rules.append(Said("needed", entered, node.code not in self.assessment.entered))
            rules += self._below_one(node, f"in_entered_{node.code}", self.assessment.entered.get(node.code))
        if levels := values_of(node.levels):
            value = f"out_value_{node.code}"
            nearest = ",".join(f"ABS({value}-{plain(level)})" for level in levels)
            fields = {"away": f'IF(ISNUMBER({value}),MIN({nearest}),"")'}
            away = ranges.away(self.result.indicators[nodes.index(node)])
            rules.append(
                Said("not_a_level", ranges.NOT_A_LEVEL.formula(In(self, fields)), ranges.NOT_A_LEVEL.holds(away=away))
            )
        if node.range:
            fields = {"value": f"out_value_{node.code}", **{end: plain(at) for end, at in node.range._asdict().items()}}
            outside = ranges.is_outside(self.result.indicators[nodes.index(node)])
            rules.append(Said("outside_range", ranges.OUTSIDE.formula(In(self, fields)), outside))
        if node.attribute in (MODERATE, QUALITATIVE):
            return rules
        if not self.layout.guide.opens_benchmark(node):
            return [*rules, *self._far_off(node), Said("guide", "TRUE()", True)]
        value, source = (f"in_benchmarks_{node.code}_{k}" for k in ("value", "source"))
        given = self.assessment.benchmarks.get(node.code)
        known = "guide" if node.benchmark else "benchmark"
        return [
            *rules,
            *self._compared(node, given),
            self._by(known, completeness.MISSING_BENCHMARK, {"benchmark": value}, benchmark=given),
            Said("number", f"IF({is_number(value)},NOT({fits(node, value)}),TRUE())", False),
            self._by("source", benchmarks.WITHOUT_SOURCE, {"source": source}, source=given.source if given else "?"),
        ]

    def _weight_wrong(self, node: Node) -> list[Said]:
        """A truth in the place of an own weight: Calc would add it up as 1."""
        path = f"weights.{node.code}"
        return [Said("number", f"ISLOGICAL({self._name(path)})", False)] if path in self.layout.fields else []

    def _compared(self, node: Node, given: Benchmark | None) -> list[Said]:
        """A benchmark's unit, and how far it is from the value and from the guide's own benchmark."""
        own, index = f"in_benchmarks_{node.code}_value", self.layout.guide.indicators.index(node)
        cell = self.layout.setting_hint_cell(index, "unit_read")
        product = self.layout.ref(self.layout.setting_hint_cell(-1, "unit_read"), cell.sheet)
        read = self.layout.ref(cell, cell.sheet)
        units = {"unit": benchmark_units.verdict(f"in_benchmarks_{node.code}_unit", read, product, node)}
        stated = {"unit": benchmarks.unit_of(node, given.unit if given else "", self.assessment.product.unit)}
        said = [
            self._by(hint, rule, units, **stated)
            for hint, rule in (("other_unit", benchmarks.OTHER_UNIT), ("unclear_unit", benchmarks.UNCLEAR_UNIT))
        ]
        said += self._far_off(node)
        if node.benchmark is not None:
            stated_by = (plain(node.benchmark.value), own), (node.benchmark.value, given.value if given else None)
            said.append(self._apart("hundredfold", *stated_by))
        return [*said, *self._below_one(node, own, given.value if given else None)]

    def _far_off(self, node: Node) -> list[Said]:
        """How far the value is from the benchmark in force."""
        indicator = self.result.indicators[self.layout.guide.indicators.index(node)]
        cells = (f"out_value_{node.code}", f"out_benchmark_{node.code}")
        numbers = (indicator.value, indicator.benchmark.value if indicator.benchmark else None)
        apart = benchmarks.times_apart(*numbers) if all(n is not None and n > 0 for n in numbers) else None  # type: ignore[arg-type]
        fill = Fill("f", f"MAX({cells[0]},{cells[1]})/MIN({cells[0]},{cells[1]})", apart)
        return [self._apart(hint, cells, numbers)._replace(fills=(fill,)) for hint in ("far_off", "hundredfold")]

    def _apart(self, hint: str, cells: tuple[str, str], numbers: tuple[float | None, float | None]) -> Said:
        rule = {"far_off": benchmarks.FAR_OFF, "hundredfold": benchmarks.HUNDREDFOLD}[hint]
        formulas = dict(zip(("value", "benchmark"), cells, strict=True))
        return self._by(hint, rule, formulas, value=numbers[0], benchmark=numbers[1])

    def _beside_data(self, node: Node, reason: str) -> list[Said]:
        """Declared not applicable beside data that it alone uses."""
        if node.algorithm.is_entered:
            there = [f'in_entered_{node.code}<>""']
        else:
            columns = (self.layout.column(t, p) for t in tables_of(self.layout.guide, node) for p in PERIODS)
            there = [f'COUNTIF({column},">0")>0' for column in columns]
            names = (f"in_inputs_{one.code}_{p}" for one in inputs_of(self.layout.guide, node) for p in one.asked)
            there += [f"IF(ISNUMBER({name}),{name}>0,FALSE())" for name in names]
        if not there:
            return []
        holds = node.code in self.assessment.not_applicable and beside(self.result, node) is not None
        return [Said("beside_data", f'AND(TRIM({reason})<>"",OR({",".join(there)}))', holds)]

    def _below_one(self, node: Node, cell: str, value: float | None) -> list[Said]:
        """A percentage stored as a fraction."""
        return (
            [self._by("below_one", benchmarks.BELOW_ONE, {"value": cell}, value=value)] if node.unit.zh == "%" else []
        )
