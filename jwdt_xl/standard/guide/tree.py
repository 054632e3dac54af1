"""A guide: the index tree with its weights, benchmarks, rules and options, as data.

The standard is a general rule whose main use is to guide sector guides. Its own Table 1 is the built-in guide;
nothing else in the package knows how many indicators or levels there are. How a guide is read from a file is in
`file`, what makes one wrong in `rules`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any

from ...errors import JwdtError, Refused
from ...messages import ERROR, Finding, Text
from ..names import fold
from ..quantities import QUANTITIES, Quantity
from ..record import (
    MOST_ENTRIES,
    NO_TEXT,
    OPTIONS,
    PAIRS,
    PART,
    Spec,
    both,
    choice,
    label,
    names,
    short,
    table,
    text,
    written,
)
from ..scoring import WEIGHT_TOLERANCE, as_shown
from .derivation import Derivation
from .history import Revision, day
from .inputs import Input
from .nodes import LOOSE, SCORE, VALUE, VALUE_BASES, Condition, Conversion, Grade, Node, NotApplicable, Veto
from .openness import ALL, BENCHMARKS, WEIGHTS, check_open
from .openness import NOT_APPLICABLE as DECLARATIONS
from .options import DEFAULTS, OptionValue
from .required import MOST as MOST_REQUIRED
from .required import RequiredPollutant
from .shares import Group, derive
from .subjects import ENTERPRISE, SUBJECTS, Subject, check_subject
from .sureness import Sureness

FORMAT = "jwdt-guide/1"
#: The base period is the year before the report year, unless a guide fixes a year [choice].
PREVIOUS_YEAR = "previous_year"


def _value_basis(said: str) -> str:
    if said not in VALUE_BASES:
        text = Text("产值口径须为 {a}，实为“{v}”", "output_value_basis must be {a}, got “{v}”")
        raise JwdtError(text.fill(a=" | ".join(VALUE_BASES), v=short(said)), "bad-value-basis")
    return said


def _base_period(said: str) -> str:
    if said != PREVIOUS_YEAR and not (said.isdecimal() and len(said) == 4):
        text = Text(
            "基准期规则须为 {p}（上一年）或四位年份，实为“{v}”",
            "base_period must be {p} or a year of four digits, got “{v}”",
        )
        raise JwdtError(text.fill(p=PREVIOUS_YEAR, v=short(said)), "bad-base-period")
    return said


def _review(said: str) -> str:
    """The day the guide is to be looked at again."""
    return day(said, Text("复审日期", "review"))


def _issued(said: str) -> str:
    return day(said, Text("发布日期", "issued"))


#: How the JSON Schema says that a text is a date.
_DATE = (("type", "string"), ("format", "date"))


_YEARS = (*LOOSE, ("pattern", rf"^({PREVIOUS_YEAR}|\d{{4}})$"), ("minimum", 1000), ("maximum", 9999))


class Guide:
    """An index system with everything needed to score by it, or a draft of one (with gaps)."""

    # fmt: off
    id: Annotated[str, text("标识", "id", "字母、数字、连字符，例如 cement-2026；模板和结果都带此标识", "letters, digits, hyphens, e.g. cement-2026; templates and results carry it", True, always=True, maximum=100, rule=LOOSE)] = ""
    version: Annotated[str, text("版本", "version", "例如 1.0；内容有改动即换版本", "e.g. 1.0; another content is another version", True, always=True, maximum=100, rule=LOOSE)] = ""
    name: Annotated[Text, both("名称", "name", "指南的名称", "the name of the guide", True, always=True)] = NO_TEXT
    source: Annotated[Text, both("来源", "source", "权重、限值的出处；另有出处的在该行注明", "where weights and limits come from; what comes from elsewhere names its own source", True, always=True)] = NO_TEXT
    output_value_basis: Annotated[str, choice("产值口径", "basis of output value", "默认工业总产值；与碳生产率基准值的口径一致", "default: gross output value; the same as that of the benchmark of carbon productivity", VALUE_BASES, quiet=True, read=_value_basis)] = next(iter(VALUE_BASES))
    base_period: Annotated[str, label("基准期规则", "base-period rule", "previous_year 为上一年；也可固定为某年，例如 2020", "previous_year, or a fixed year such as 2020", quiet=True, read=_base_period, rule=_YEARS)] = PREVIOUS_YEAR
    review: Annotated[str, label("复审日期", "review date", "到期应复核基准值，例如 2027-06-30", "when benchmarks are to be looked at again, e.g. 2027-06-30", read=_review, rule=_DATE)] = ""
    institute: Annotated[Text, both("编制单位", "institute", "编制或发布指南的单位", "who wrote or issues the guide", since=7)] = NO_TEXT
    issued: Annotated[str, label("发布日期", "issued", "本版发布的日期，例如 2026-11-30", "the day on which this version is issued, e.g. 2026-11-30", since=7, read=_issued, rule=_DATE)] = ""
    scope: Annotated[Text, both("适用范围", "scope", "评价什么、适用于哪些企业(行业、产品、规模)，哪些不适用", "what is evaluated, and which enterprises it is for (sector, products, size) and which not", since=7)] = NO_TEXT
    evaluates: Annotated[str, choice("评价对象", "evaluates", "评价什么：企业(默认)、园区或城市；园区和城市的表只有所需的工作表和自己的用语", "what is evaluated: enterprises (default), parks or cities; forms of parks and cities have only the sheets they need, in words of their own", {key: subject.name for key, subject in SUBJECTS.items()}, quiet=True, read=check_subject, since=7)] = ENTERPRISE
    #: None: nothing is said of it, and what the guide states binds.
    open: Annotated[tuple[str, ...] | None, names("企业可自选", "open to enterprises", "企业可以自选的：选项名、benchmarks(基准值)、weights(权重)、not_applicable(不适用)；不写则本指南写明的都有约束力，写 none 则全部有约束力", "what enterprises may choose themselves: names of options, benchmarks, weights, not_applicable; left out, all that the guide states binds; none: everything binds", read=check_open, since=5)] = None
    nodes: Annotated[tuple[Node, ...], table(Node, "指标树", "Index tree", "每行一个指标或指标组，上级写在下级之前，层数不限。没有下级的是指标。", "One indicator or group a row, parents before children, any depth. What has no children is an indicator.", always=True)] = ()
    options: Annotated[Mapping[str, OptionValue], Spec(OPTIONS, Text("选项", "Options"), Text("每项选择都有命名的备选项；不填即用默认。", "Every choice has named alternatives; blank is the default."), always=True)] = DEFAULTS
    inputs: Annotated[tuple[Input, ...], table(Input, "填报量", "Inputs", "本指南另需企业填报的量，供自定算法(和、比、占比、下降率、增长率)引用。没有则留空。", "Amounts that enterprises enter for this guide, of which own formulas (sum, quotient, share, reduction, growth) are made. Leave it empty if there are none.", most=200, since=6)] = ()
    grades: Annotated[tuple[Grade, ...], table(Grade, "等级", "Grades", "标准没有规定等级；指南可以规定。没有则留空。", "The standard names no grades; a guide may. Leave it empty if there are none.")] = ()
    conditions: Annotated[tuple[Condition, ...], table(Condition, "排除条件", "Excluding conditions", "满足任一条件的企业不评等级、不排名。没有则留空。", "An enterprise that meets one of them gets no grade and no rank. Leave it empty if there are none.")] = ()
    vetoes: Annotated[tuple[Veto, ...], table(Veto, "否决问题", "Vetoes", "不计权重、不在指标树中的问题：按回答排除的企业不评等级、不排名，未答也排除。没有则留空。", "Questions without weight, outside the index tree: an enterprise whose answer excludes, or is missing, gets no grade and no rank. Leave it empty if there are none.", since=5)] = ()
    not_applicable: Annotated[tuple[NotApplicable, ...], table(NotApplicable, "不适用情形", "Not applicable", "企业可以声明某指标不适用的情形。没有则留空。", "Cases in which an enterprise may declare an indicator not applicable. Leave it empty if there are none.")] = ()
    conversions: Annotated[tuple[Conversion, ...], table(Conversion, "产品折算", "Product conversions", "多种产品折算为一种产品的系数。没有则留空。", "Factors that turn several products into one. Leave it empty if there are none.")] = ()
    history: Annotated[tuple[Revision, ...], table(Revision, "修订记录", "Change log", "每行一版，新的在前：版本、日期、改了什么、为什么。没有则留空。", "A version a row, the latest first: version, date, what was changed and why. Leave it empty if there is none.", since=7)] = ()
    uncertainties: Annotated[tuple[Sureness, ...], table(Sureness, "不确定度", "Uncertainties", "本指南采用的相对标准不确定度，代替默认值：质量等级 1–5，或缺省因子的种类。没有则留空。", "Relative standard uncertainties in the place of the usual ones: of quality grades 1–5, or of kinds of default factors. Leave it empty if there are none.", since=7)] = ()
    required_pollutants: Annotated[tuple[RequiredPollutant, ...], table(RequiredPollutant, "必报污染物", "Required pollutants", "每家都须填报的污染物，一行一种；确无排放的企业写一行，两期填 0，并在备注中写明原因。缺了的不参加排名、不计入行业合计，直到评审 [choice]。没有则留空。", "Pollutants that every return must state, one a row; an enterprise without it writes a row with 0 in both periods, and why. A return that lacks one is out of ranks and of the industry's sums until reviewed [choice]. Leave it empty if there are none.", most=MOST_REQUIRED, since=9)] = ()
    gaps: Annotated[tuple[Text, ...], Spec(PAIRS, Text("缺项", "gap"), Text("尚缺的内容；有缺项的指南不能用于评价", "what is still missing; a guide with gaps scores nothing"), True, maximum=MOST_ENTRIES, always=True)] = ()
    derivation: Annotated[Derivation | None, Spec(PART, Text("权重的由来", "Where the weights come from"), Text("可省略；有推导的组，其下级的权重由此算出，指标树中可不写权重", "may be left out; the weights of groups that are in it are computed from it and need not be written in the tree"), of=Derivation)] = None
    # fmt: on
    #: The options that the guide states, at their default too.
    stated: frozenset[str] = frozenset()

    def __init__(self, **said: Any) -> None:
        """Of its fields what is said; the others are as declared."""
        self.__dict__.update(said)

    @cached_property
    def by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def sureness(self) -> Mapping[str, float]:
        """The uncertainties that the guide states, by quality grade and kind of default factor."""
        return {each.of: each.uncertainty for each in self.uncertainties}

    @property
    def subject(self) -> Subject:
        """What is evaluated."""
        return SUBJECTS.get(self.evaluates, SUBJECTS[ENTERPRISE])

    @cached_property
    def is_plain(self) -> bool:
        """Whether values follow from what is entered for the guide alone, without an enterprise's tables."""
        return not self.subject.has_products and not any(
            node.algorithm.is_synergy or QUANTITIES.keys() & {*node.whole_needs} for node in self.leaves
        )

    @cached_property
    def groups(self) -> tuple[tuple[Node, int], ...]:
        """What is scored above the indicators, with its level from 0: each first level and all groups below it, in order."""
        parents = {node.parent for node in self.nodes}
        found: list[tuple[Node, int]] = []

        def add(node: Node, level: int) -> None:
            if level == 0 or node.code in parents:
                found.append((node, level))
            for child in self.nodes:
                if child.parent == node.code:
                    add(child, level + 1)

        for node in self.first_levels:
            add(node, 0)
        return tuple(found)

    @cached_property
    def members(self) -> dict[str, frozenset[str]]:
        """The codes of the indicators of each group, by its code."""
        found: dict[str, set[str]] = {group.code: set() for group, _ in self.groups}
        for leaf in self.leaves:
            for node in self.path(leaf):
                if node.code in found:
                    found[node.code].add(leaf.code)
        return {code: frozenset(codes) for code, codes in found.items()}

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
        path = [node]
        while path[-1].parent:
            path.append(self.by_code[path[-1].parent])
        return tuple(reversed(path))

    def first_level(self, node: Node) -> Node:
        return self.path(node)[0]

    @cached_property
    def derived(self) -> dict[str, Group]:
        """How the weights of the children of each parent came about, where the guide says so."""
        return {} if self.derivation is None else derive(self.nodes, self.derivation)[0]

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
        """All that indicators may be made of: the quantities of the standard, parts of them, and inputs of the guide.

        What is no enterprise has those of the standard only where an indicator needs them.
        """
        standard = {} if self.is_plain else QUANTITIES
        return {**standard, **self.parts, **{each.key: each.quantity for each in self.inputs}}

    # What binds a return

    def opens(self, option: str) -> bool:
        """Whether an enterprise may choose an option itself."""
        return option not in self.stated if self.open is None else option in self.open

    def opens_benchmark(self, node: Node) -> bool:
        """The same of a benchmark; one that the guide does not state there is nothing to bind to."""
        return node.benchmark is None or BENCHMARKS in (self.open or ())

    @property
    def opens_weights(self) -> bool:
        return WEIGHTS in (self.open or ())

    def takes_not_applicable(self, node: Node) -> bool:
        """Whether an indicator may be declared not applicable: in a case of the guide; any where the guide leaves it open, or
        says neither what is open nor a case."""
        if DECLARATIONS in (self.open or ()) or (self.open is None and not self.not_applicable):
            return True
        return any(case.code == node.code for case in self.not_applicable)

    @property
    def binding(self) -> str:
        """What of the guide binds, as a text that differs where that does."""
        return f"{self.open} {sorted(self.stated)}"

    @property
    def weights(self) -> tuple[float, ...]:
        return tuple(node.weight for node in self.indicators)

    def grade(self, total: float | None) -> Grade | None:
        """The highest grade a total reaches, compared as it is shown: on two decimals."""
        if total is None:
            return None
        reached = [grade for grade in self.grades if as_shown(total) >= grade.at_least]
        return max(reached, key=lambda grade: grade.at_least, default=None)

    def exclusions(
        self, values: Mapping[str, float | None], scores: Mapping[str, float | None]
    ) -> tuple[Condition, ...]:
        """The conditions that exclude an enterprise with these values and scores by indicator."""
        measured = {VALUE: values, SCORE: scores}
        return tuple(c for c in self.conditions if c.applies(measured[c.measure].get(c.indicator)))

    def vetoed(self, answers: Mapping[str, bool | None]) -> tuple[Veto, ...]:
        """The questions that exclude an enterprise with these answers by code."""
        return tuple(veto for veto in self.vetoes if veto.applies(answers.get(veto.code)))

    def conversion(self, product: str) -> Conversion | None:
        """The conversion of a product by either of its names."""
        return next((c for c in self.conversions if fold(product) in map(fold, c.product)), None)

    @property
    def hash(self) -> str:
        """The beginning of the fingerprint, which templates and results carry."""
        return self.sha256[:16]

    @cached_property
    def sha256(self) -> str:
        """A fingerprint of the content: changes when anything that can change a score does."""
        import hashlib
        import json

        content = to_dict(self)
        # An option that a later version of the program adds, at its default, is no change of the guide.
        content["options"] = {name: value for name, value in self.options.items() if value != DEFAULTS.get(name)}
        # All open is as it was before a guide could bind.
        if set(self.open or ()) == set(ALL):
            del content["open"]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def to_dict(guide: Guide) -> dict[str, Any]:
    """The guide as a dict that from_dict reads back; what is not said is left out."""
    data = {"format": FORMAT, **written(guide)}
    data["options"] = {
        name: value for name, value in guide.options.items() if name in guide.stated or value != DEFAULTS.get(name)
    }
    return data


WITHOUT_WEIGHT = Text("一级指标“{g}”没有权重", "first level “{g}” has no weight")


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
            raise JwdtError(WITHOUT_WEIGHT.fill(g=group.name), "empty-first-level")
