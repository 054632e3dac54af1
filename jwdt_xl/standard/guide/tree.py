"""A guide: the index tree with its weights, benchmarks and options, as data.

The standard is a general rule whose main use is to guide sector guides. Its own Table 1 is the built-in guide;
nothing else in the package knows how many indicators or levels there are. How a guide is written in a file, and what
makes a file wrong, is in guide_file.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import JwdtError, Refused
from ...messages import ERROR, Finding, Text
from ..formulas import FORMULAS, OPEN, Formula
from ..names import DATA, fold
from ..quantities import ALL, QUANTITIES, Parameters, Quantity
from ..scoring import RANK_DECIMALS, WEIGHT_TOLERANCE
from .benchmarks import Benchmark
from .options import OptionValue

if TYPE_CHECKING:
    from .derivation import Derivation, Group

FORMAT = "jwdt-guide/1"

#: What output value may be, and the words by which a benchmark names it; the first is the default [choice].
VALUE_BASES = {
    "工业总产值": ("总产值", "gross output"),
    "工业增加值": ("增加值", "value added", "added value"),
    "营业收入": ("营业收入", "revenue", "sales"),
}
#: The base period is the year before the report year, unless a guide fixes a year [choice].
PREVIOUS_YEAR = "previous_year"
VALUE, SCORE = MEASURES = ("value", "score")
#: The weight of a node whose weight a draft leaves open.
NO_WEIGHT = math.nan
NO_TEXT = Text("", "")


class Node(NamedTuple):
    """A node of the index tree: a group of indicators, or an indicator (a leaf)."""

    code: str
    parent: str
    name: Text
    weight: float
    unit: Text = NO_TEXT
    attribute: str = ""
    formula: str = ""
    benchmark: Benchmark | None = None
    benchmark_text: Text = NO_TEXT
    mark: str = ""
    #: Where the weight comes from, if not from where the guide does.
    weight_source: str = ""
    note: Text = NO_TEXT
    #: What its formula counts only.
    parameters: Parameters = ALL

    @property
    def has_weight(self) -> bool:
        return not math.isnan(self.weight)

    @property
    def algorithm(self) -> Formula:
        """The entry of its formula."""
        return FORMULAS.get(self.formula, OPEN)

    @property
    def needs(self) -> tuple[str, ...]:
        """The quantities its value is made of, by key: the part that it counts only goes by a key of its own."""
        whole = self.algorithm.needs
        return (f"{whole[0]}_of_{self.code}", *whole[1:]) if whole and any(self.parameters) else whole


class Grade(NamedTuple):
    """A grade and the total from which on it is given."""

    name: Text
    at_least: float
    source: str = ""


class Condition(NamedTuple):
    """What excludes an enterprise from grades and ranks: a value or score of an indicator below or above a limit."""

    indicator: str
    measure: str
    below: float | None
    above: float | None
    reason: Text
    source: str = ""

    def applies(self, number: float | None) -> bool:
        """Whether a value or score excludes; a missing one does not."""
        if number is None:
            return False
        return (self.below is not None and number < self.below) or (self.above is not None and number > self.above)


class NotApplicable(NamedTuple):
    """A case in which an enterprise may declare an indicator not applicable."""

    code: str
    reason: Text


class Conversion(NamedTuple):
    """A product as an amount of the product the guide is about: one unit of it is so many units of that."""

    product: Text
    unit: str
    factor: float
    to: str
    source: str = ""


class Guide:
    """An index system with everything needed to score by it, or a draft of one (with gaps)."""

    def __init__(
        self,
        id: str,
        version: str,
        name: Text,
        nodes: tuple[Node, ...],
        options: Mapping[str, OptionValue],
        source: Text,
        gaps: tuple[Text, ...] = (),
        *,
        grades: tuple[Grade, ...] = (),
        conditions: tuple[Condition, ...] = (),
        not_applicable: tuple[NotApplicable, ...] = (),
        conversions: tuple[Conversion, ...] = (),
        output_value_basis: str = "",
        base_period: str = PREVIOUS_YEAR,
        review: str = "",
        derivation: Derivation | None = None,
    ) -> None:
        self.id = id
        self.version = version
        self.name = name
        self.nodes = nodes
        self.options = options
        self.source = source
        self.gaps = gaps
        self.grades = grades
        self.conditions = conditions
        self.not_applicable = not_applicable
        self.conversions = conversions
        self.output_value_basis = output_value_basis or next(iter(VALUE_BASES))
        self.base_period = base_period
        self.review = review
        self.derivation = derivation

    @cached_property
    def by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def first_levels(self) -> tuple[Node, ...]:
        """The groups at the top of the tree, in order."""
        return tuple(node for node in self.nodes if not node.parent)

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        """The nodes nothing stands below, in order; of a draft, what it names so far."""
        parents = {node.parent for node in self.nodes}
        return tuple(node for node in self.nodes if node.code not in parents)

    @cached_property
    def indicators(self) -> tuple[Node, ...]:
        """What is measured and scored: the leaves in order. Raises Refused for a draft, which scores nothing."""
        self.check_complete()
        return self.leaves

    def check_complete(self) -> None:
        """Raises Refused naming every gap, if there are any."""
        if self.gaps:
            text = Text(
                "指南“{n}”尚未完成，不能用于模板和评价，缺 {k} 项：{g} — 请补齐后从指南中删去相应缺项",
                "the guide “{n}” is incomplete, no template and no score by it; {k} gaps: {g} — "
                "fill them in, then take them off the guide's list",
            ).fill(
                n=self.name,
                k=len(self.gaps),
                g=Text("；".join(gap.zh for gap in self.gaps), "; ".join(gap.en for gap in self.gaps)),
            )
            raise Refused((Finding(ERROR, "incomplete-guide", "guide", text, "completeness"),))

    def path(self, node: Node) -> tuple[Node, ...]:
        """The nodes from the first level down to this one."""
        return (*(self.path(self.by_code[node.parent]) if node.parent else ()), node)

    def first_level(self, node: Node) -> Node:
        return self.path(node)[0]

    @cached_property
    def derived(self) -> dict[str, Group]:
        """How the weights of the children of each parent came about, where the guide says so."""
        if self.derivation is None:
            return {}
        from .derivation import derive

        return derive(self.nodes, self.derivation)[0]

    @cached_property
    def parts(self) -> dict[str, Quantity]:
        """The parts of quantities that indicators count only, by key."""
        found = {}
        for node in self.leaves:
            if any(node.parameters) and node.needs:
                whole = QUANTITIES[node.algorithm.needs[0]]
                found[node.needs[0]] = whole.part(node.needs[0], node.parameters)
        return found

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """All that indicators may be made of: the quantities of the standard, and parts of them."""
        return {**QUANTITIES, **self.parts}

    @property
    def weights(self) -> tuple[float, ...]:
        return tuple(node.weight for node in self.indicators)

    def grade(self, total: float | None) -> Grade | None:
        """The highest grade a total reaches, compared as ranks are: on the total rounded to 6 decimals."""
        if total is None:
            return None
        reached = [grade for grade in self.grades if round(total, RANK_DECIMALS) >= grade.at_least]
        return max(reached, key=lambda grade: grade.at_least, default=None)

    def exclusions(
        self, values: Mapping[str, float | None], scores: Mapping[str, float | None]
    ) -> tuple[Condition, ...]:
        """The conditions that exclude an enterprise with these values and scores by indicator."""
        measured = {VALUE: values, SCORE: scores}
        return tuple(c for c in self.conditions if c.applies(measured[c.measure].get(c.indicator)))

    def conversion(self, product: str) -> Conversion | None:
        """The conversion of a product by either of its names."""
        return next((c for c in self.conversions if fold(product) in map(fold, c.product)), None)

    @cached_property
    def hash(self) -> str:
        """A fingerprint of the content: changes when anything that can change a score does."""
        import hashlib
        import json

        from .options import DEFAULTS

        content = to_dict(self)
        # An option that a later version of the program adds, at its default, is no change of the guide.
        content["options"] = {name: value for name, value in self.options.items() if value != DEFAULTS.get(name)}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def builtin() -> Guide:
    """Table 1 of the standard's drafting note."""
    import json

    with open(os.path.join(DATA, "general.json"), encoding="utf-8") as file:
        return from_dict(json.load(file))


def from_dict(data: Mapping[str, Any], strict: bool = False) -> Guide:
    """The guide in a dict (a parsed guide file). Raises Refused with every error and its place.

    strict: names and sources are needed too, as authors of guides owe them.
    """
    from .file import read

    return read(data, strict)


def to_dict(guide: Guide) -> dict[str, Any]:
    """The guide as a dict that from_dict reads back."""
    from .file import write

    return write(guide)


def check_weights(guide: Guide, weights: Sequence[float]) -> None:
    """Weights that replace the guide's: all ≥ 0, sum 1 within 1e-9, none of the first levels left without weight."""
    for node, weight in zip(guide.indicators, weights, strict=True):
        if not weight >= 0:
            raise JwdtError(
                Text("指标 {c} 的权重须不小于 0，实为 {w}", "weight of indicator {c} must be ≥ 0, got {w}").fill(
                    c=node.code, w=weight
                ),
                "bad-weight",
            )
    whole = math.fsum(weights)
    if abs(whole - 1) > WEIGHT_TOLERANCE:
        raise JwdtError(
            Text("权重之和须为 1，实为 {w:.10g}", "weights must sum to 1, they sum to {w:.10g}").fill(w=whole),
            "weights-do-not-sum",
        )
    for group in guide.first_levels:
        members = [w for node, w in zip(guide.indicators, weights, strict=True) if guide.first_level(node) == group]
        if math.fsum(members) <= 0:
            raise JwdtError(
                Text("一级指标“{g}”没有权重", "first level “{g}” has no weight").fill(g=group.name), "empty-first-level"
            )
