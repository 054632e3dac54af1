"""How the weights of a guide follow from what its derivation says, group by group, traced.

A group of siblings is the nodes of one parent ("" above the first levels). Within a group each source gives shares
that sum to 1; a node's weight is its share of its parent's weight, rounded by one rule (see `allotted`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ...errors import JwdtError
from ...messages import Text, joined
from ..scoring import WEIGHT_TOLERANCE
from . import matrices
from . import weights as weighting
from .derivation import AHP, DECIMALS, EXPERTS, MEAN, OBJECTIVE_NAMES, SURVEY, Derivation, Expert, Matrix, SampleWeight
from .nodes import Node

#: Parts of a unit smaller than this are floating point.
_PART = 6
FIRST_LEVELS = Text("一级指标", "first levels")


class Share(NamedTuple):
    """One node's part in the derivation of its group; what does not exist is None."""

    node: Node
    experts: float | None
    survey: float | None
    answers: float | None
    subjective: float | None
    objective: float | None
    combined: float
    weight: float


class Group(NamedTuple):
    """The derivation of the weights of one parent's children."""

    parent: str
    name: Text
    weight: float
    experts: int
    agreement: float | None
    matrices: tuple[tuple[str, matrices.Ahp], ...]
    ahp: matrices.Ahp | None
    shares: tuple[Share, ...]
    #: The objective shares are by this: AHP, entropy or CRITIC; "" where there are none.
    objective: str = ""
    #: Of entropy and CRITIC, what is said of the sample beside its first child.
    sample: SampleWeight | None = None


class Problem(NamedTuple):
    """What is wrong with a derivation, by its place in the guide file."""

    where: str
    text: Text
    code: str = "bad-derivation"


class Wrong(Exception):
    """A group whose weights cannot be derived."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def families(nodes: Sequence[Node]) -> dict[str, tuple[Node, ...]]:
    """The children of each parent, in order; "" stands above the first levels."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.parent, []).append(node)
    return {parent: tuple(children) for parent, children in found.items()}


def derived_parents(nodes: Sequence[Node], derivation: Derivation) -> set[str]:
    """The parents whose children's weights are derived; an only child of a derived parent is derived with it."""
    said = {code for expert in derivation.experts for code in expert.scores}
    said |= {result.code for result in derivation.survey}
    said |= {entry.code for entry in derivation.sample} if derivation.objective != AHP else set()
    parents = {node.parent for node in nodes if node.code in said} | {matrix.parent for matrix in derivation.ahp}
    children = families(nodes)
    for node in nodes:  # parents stand before their children
        if node.parent in parents and len(children.get(node.code, ())) == 1:
            parents.add(node.code)
    return parents & set(children)


def derive(nodes: Sequence[Node], derivation: Derivation) -> tuple[dict[str, Group], list[Problem]]:
    """The derivation of every group that has one, by its parent, and what is wrong with the others."""
    weights = {node.code: node.weight for node in nodes}
    names = {"": FIRST_LEVELS, **{node.code: node.name for node in nodes}}
    parents = derived_parents(nodes, derivation)
    groups: dict[str, Group] = {}
    problems: list[Problem] = []
    for parent, children in families(nodes).items():
        if parent not in parents:
            continue
        try:
            group = _Family(parent, names[parent], children, derivation).group(weights.get(parent, 1.0))
        except Wrong as wrong:
            problems += wrong.problems
            weights |= {node.code: math.nan for node in children}
        else:
            groups[parent] = group
            weights |= {share.node.code: share.weight for share in group.shares}
    return groups, problems


def allotted(whole: float, shares: Sequence[float], decimals: int = DECIMALS) -> tuple[float, ...]:
    """The parts of a parent's weight by shares that sum to 1: the one rounding rule of derived weights [choice].

    Each part is cut to so many decimals, and what is left of the whole goes, one unit each, to the largest remainders
    (the first among equals). So parts of a whole with no more decimals sum to it exactly.
    """
    unit = 10**decimals
    exact = [round(share * whole * unit, _PART) for share in shares]
    units = [math.floor(value) for value in exact]
    rest = [round(value - cut, _PART) for value, cut in zip(exact, units, strict=True)]
    left = round(math.fsum(exact)) - sum(units)
    for place in sorted(range(len(units)), key=lambda place: -rest[place])[:left]:
        units[place] += 1
    return tuple(value / unit for value in units)


class _Family:
    """The children of one parent and what the derivation says of them."""

    def __init__(self, parent: str, name: Text, children: tuple[Node, ...], derivation: Derivation) -> None:
        self.parent, self.name, self.children, self.derivation = parent, name, children, derivation
        self.codes = [node.code for node in children]

    def group(self, whole: float) -> Group:
        scored = self._scored()
        experts, agreement = self._experts(scored)
        survey, answers = self._survey()
        matrices, result = self._ahp()
        subjective = self._subjective(experts, survey)
        objective, sample = self._sample() or (result.weights if result else None, None)
        shares = self._combined(subjective, objective)
        weights = allotted(whole, shares, self.derivation.decimals) if whole == whole else (math.nan,) * len(shares)
        if abs(math.fsum(weights) - whole) > WEIGHT_TOLERANCE:
            text = Text(
                "“{n}”的权重为 {w:.10g}，多于 {d} 位小数，其下级无法按此取整 — 请增加小数位数，或把该权重取整",
                "the weight of “{n}” is {w:.10g}, more than {d} decimals, so its children cannot be rounded to them — "
                "take more decimals, or round that weight",
            ).fill(n=self.name, w=whole, d=self.derivation.decimals)
            raise Wrong(Problem("derivation.decimals", text, "too-few-decimals"))
        parts = zip(
            self.children, experts, survey, answers, subjective or _none(self.children),
            objective or _none(self.children), shares, weights, strict=True,
        )  # fmt: skip
        return Group(
            self.parent,
            self.name,
            whole,
            len(scored),
            agreement,
            matrices,
            result,
            tuple(Share(*part) for part in parts),
            "" if objective is None else self.derivation.objective if sample else AHP,
            sample,
        )

    def _scored(self) -> list[tuple[int, Expert]]:
        """The experts who scored the group, with their places."""
        found = [
            (i, expert)
            for i, expert in enumerate(self.derivation.experts)
            if any(c in expert.scores for c in self.codes)
        ]
        problems: list[Problem] = []
        for i, expert in found:
            where = f"derivation.experts[{i}].scores"
            for node in self.children:
                if node.code not in expert.scores:
                    text = Text(
                        "专家“{e}”没有给“{n}”评分，同级指标须全部评分，或全部不评",
                        "expert “{e}” has no score for “{n}”: score all of its siblings, or none",
                    )
                    problems.append(Problem(f"{where}.{node.code}", text.fill(e=expert.name, n=node.name), "missing"))
            if math.fsum(expert.scores.get(code, 0.0) for code in self.codes) <= 0:
                text = Text(
                    "专家“{e}”给“{g}”下各项的评分全为 0，须至少一项大于 0",
                    "the scores of expert “{e}” under “{g}” are all 0, at least one must be above 0",
                )
                problems.append(Problem(where, text.fill(e=expert.name, g=self.name), "no-weight"))
        if found and not problems and math.fsum(expert.weight for _, expert in found) <= 0:
            text = Text(
                "给“{g}”评分的专家权重全为 0，须至少一位大于 0",
                "the experts who scored “{g}” all have weight 0, at least one must be above 0",
            )
            problems.append(Problem(f"derivation.experts[{found[0][0]}].weight", text.fill(g=self.name), "no-weight"))
        if problems:
            raise Wrong(*problems)
        return [(i, expert) for i, expert in found if expert.weight > 0]  # weight 0 does not count

    def _experts(self, scored: list[tuple[int, Expert]]) -> tuple[tuple[float | None, ...], float | None]:
        """Their shares, and how far they agree."""
        if not scored:
            return _none(self.children), None
        rows = [[expert.scores[code] for code in self.codes] for _, expert in scored]
        return weighting.expert_weights(rows, [expert.weight for _, expert in scored]), weighting.kendall_w(rows)

    def _survey(self) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
        """The shares by the survey, and how many answered."""
        found = {
            result.code: (i, result) for i, result in enumerate(self.derivation.survey) if result.code in self.codes
        }
        if not found:
            return _none(self.children), _none(self.children)
        first = f"derivation.survey[{next(iter(found.values()))[0]}]"
        absent = [node.name for node in self.children if node.code not in found]
        if absent:
            text = Text(
                "“{g}”下的{n}没有问卷得分，同级指标须全部有得分 — 请补充选项与指标的对应关系",
                "under “{g}” there is no survey score for {n}: all siblings need one — map options to them",
            )
            raise Wrong(Problem(first, text.fill(g=self.name, n=_quoted(absent)), "unmapped-indicator"))
        scores = [found[code][1].score for code in self.codes]
        whole = math.fsum(scores)
        if whole <= 0:
            text = Text("“{g}”下各项的问卷得分全为 0", "the survey scores under “{g}” are all 0").fill(g=self.name)
            raise Wrong(Problem(f"{first}.score", text, "no-weight"))
        return tuple(score / whole for score in scores), tuple(found[code][1].answers for code in self.codes)

    def _ahp(self) -> tuple[tuple[tuple[str, matrices.Ahp], ...], matrices.Ahp | None]:
        """What each matrix says, and their geometric mean; refused where a CR is 0.10 or more."""
        placed = [(i, matrix) for i, matrix in enumerate(self.derivation.ahp) if matrix.parent == self.parent]
        if not placed:
            return (), None
        full = [self._full(matrix) for _, matrix in placed]
        try:
            group = matrices.group_ahp(full)
        except JwdtError as error:
            raise Wrong(Problem(f"derivation.ahp[{placed[0][0]}]", error.text, error.code)) from error
        names = [Text(f"“{node.name.zh}”", f"“{node.name.en}”") for node in self.children]
        problems = []
        for (i, matrix), result in zip(placed, group.members, strict=True):
            who = Text("专家“{e}”对“{g}”下级的判断：", "judgements of expert “{e}” under “{g}”: ")
            where = f"derivation.ahp[{i}]"
            if result.worst is not None:
                row, column = (self.codes[place - 1] for place in (result.worst.row, result.worst.column))
                where += f".judgements.{row}.{column}"
            problems += _inconsistent(result, names, where, who.fill(e=matrix.expert, g=self.name))
        if not problems and len(placed) > 1:
            who = Text("“{g}”下级的群体判断(几何平均)：", "the group's judgements under “{g}” (geometric mean): ")
            problems += _inconsistent(group.result, names, f"derivation.ahp[{placed[0][0]}]", who.fill(g=self.name))
        if problems:
            raise Wrong(*problems)
        members = zip((matrix.expert for _, matrix in placed), group.members, strict=True)
        return tuple(members), group.result

    def _sample(self) -> tuple[tuple[float, ...], SampleWeight] | None:
        """The shares by entropy or CRITIC where these are chosen and the group has a sample."""
        kind = self.derivation.objective
        found = {entry.code: (i, entry) for i, entry in enumerate(self.derivation.sample) if entry.code in self.codes}
        if kind == AHP or not found:
            return None
        i, first = next(iter(found.values()))
        place = f"derivation.sample[{i}].{kind}"
        given = {code: getattr(entry, kind) for code, (_, entry) in found.items()}
        absent = [node.name for node in self.children if given.get(node.code) is None]
        label = OBJECTIVE_NAMES[kind]
        if absent:
            text = Text(
                "客观权重取{k}，但样本没有给出“{g}”下的{n} — 请用数据齐全的样本运行 jwdt guide weights，或删去这一组的样本权重、改用其他方式",
                "objective is by {k}, but the sample gives none for {n} under “{g}” — run jwdt guide weights with a sample that has them, "
                "or take the sample of this group out or choose another method",
            ).fill(k=label, g=self.name, n=_quoted(absent))
            raise Wrong(Problem(place, text, "no-sample-weight"))
        whole = math.fsum(given.values())
        if whole <= 0:
            text = Text(
                "“{g}”下各项的样本权重全为 0，须至少一项大于 0",
                "the sample's weights under “{g}” are all 0, at least one must be above 0",
            )
            raise Wrong(Problem(place, text.fill(g=self.name), "no-weight"))
        return tuple(given[code] / whole for code in self.codes), first

    def _full(self, matrix: Matrix) -> list[list[float | None]]:
        grid: list[list[float | None]] = [
            [matrix.judgements.get(row, {}).get(column) for column in self.codes] for row in self.codes
        ]
        return grid

    def _subjective(
        self, experts: tuple[float | None, ...], survey: tuple[float | None, ...]
    ) -> tuple[float, ...] | None:
        by_experts = tuple(value for value in experts if value is not None)
        by_survey = tuple(value for value in survey if value is not None)
        if not by_experts and not by_survey:
            return None
        kind = self.derivation.subjective
        if kind != MEAN and not (by_experts if kind == EXPERTS else by_survey):
            text = Text(
                "主观权重取{k}，但“{g}”下没有{k} — 请补充，或改为 mean（两者平均，只有其一时用其一）",
                "subjective is by {k}, but there are none under “{g}” — add them, or choose mean (of both, or the one there is)",
            ).fill(
                k=Text("专家评分", "experts") if kind == EXPERTS else Text("问卷结果", "survey results"), g=self.name
            )
            raise Wrong(Problem("derivation.subjective", text, "no-subjective"))
        if kind == EXPERTS or not by_survey:
            return by_experts
        if kind == SURVEY or not by_experts:
            return by_survey
        return tuple((one + other) / 2 for one, other in zip(by_experts, by_survey, strict=True))

    def _combined(self, subjective: tuple[float, ...] | None, objective: tuple[float, ...] | None) -> tuple[float, ...]:
        if subjective is None or objective is None:  # one alone is the share; without either it is an only child
            return subjective or objective or (1.0,)
        try:
            return weighting.combined(subjective, objective, self.derivation.alpha, self.derivation.method)
        except JwdtError as error:
            raise Wrong(Problem("derivation.method", error.text, error.code)) from error


def _none(children: Sequence[Node]) -> tuple[None, ...]:
    return (None,) * len(children)


def _quoted(names: Sequence[Text]) -> Text:
    return joined([Text(f"“{name.zh}”", f"“{name.en}”") for name in names])


def _inconsistent(result: matrices.Ahp, names: Sequence[Text], where: str, who: Text) -> list[Problem]:
    try:
        matrices.check_consistent(result, names)
    except JwdtError as error:
        advice = Text("{w}{t} — 请专家复核该判断", "{w}{t} — let the experts look at that judgement again")
        if len(names) == 3:  # one number says how far three judgements are from consistent: all are equally off
            advice = Text(
                "{w}{t} — 三个判断偏离相同，三者中任一都可能有误，请专家复核",
                "{w}{t} — all three are equally off: let the experts look again at any of the three",
            )
        return [Problem(where, advice.fill(w=who, t=error.text), error.code)]
    return []
