"""The computed cells of the sheet that combines what the weights rest on: a column is its formula and its value."""

from __future__ import annotations

import math
from typing import Any

from ...errors import JwdtError
from ...messages import Text
from ...standard.guide import sentences
from ...standard.guide import weights as weighting
from ...standard.guide.derivation import AHP, CRITIC, DECIMALS, ENTROPY, EXPERTS, METHODS, SUBJECTIVES, SURVEY
from ...standard.guide.shares import allotted
from ...standard.guide.weights import ALPHA, LINEAR, MULTIPLICATIVE
from ...standard.record import NO_TEXT, is_number
from ..layout import Layout, near
from .ahp_live import GOOD, INCONSISTENT, UNUSED
from .experts import FAULTS, Sources
from .how import How
from .layout import STEPS
from .pieces import alike_in, computed, on_four_digits, quoted, shown
from .said import Number, Said
from .sampled import Samples

#: States of a row of the combination.
GIVEN, DERIVED, NO_WHOLE, EXPERTS_PARTLY, SURVEY_PARTLY, AHP_BAD, NO_SUBJECTIVE, SAMPLE_PARTLY = (
    Text("指标树所填", "as typed in the tree"),
    Text("推导", "derived"),
    Text("上级没有权重", "parent without weight"),
    Text("专家未评全或评分全为 0", "experts: partly scored, or all 0"),
    Text("问卷未填全或全为 0", "survey: partly filled, or all 0"),
    Text("AHP 未填全或 CR ≥ 0.10", "AHP: unfinished, or CR ≥ 0.10"),
    Text("缺少所选的主观来源", "the chosen subjective source is missing"),
    Text("样本权重未填全或全为 0", "sample: partly filled, or all 0"),
)
NO_COUNTED = Text("评分的专家权重全为 0", "all who scored have weight 0")
#: The same as states of the groups that the row is for.
EXPERT_STATES = (
    EXPERTS_PARTLY,
    *(Text(f"专家评分表：{fault.zh}", f"sheet of experts: {fault.en}") for fault in FAULTS[2:]),
)
_Cell = tuple[str, Any]
_NOTHING = '""'


class Combination(How):
    """A method a column; the rows are the nodes. A value is "" where there is none."""

    def __init__(self, layout: Layout, said: Said, sources: Sources) -> None:
        super().__init__(layout, said)
        self.sources, self.samples = sources, Samples(layout, said)
        places = {parent: place for place, (parent, _) in enumerate(self.at.groups)}
        #: Parents whose own weight is known before their children's, as in every tree that is in order.
        self._above = {parent for parent in places if parent in self.at.parent
                       and places[self.at.parent[parent]] < places[parent]}  # fmt: skip
        for code in self.at.codes:  # in order, so that no tree is too deep
            self.weight(code)

    def in_use(self, row: int) -> str:
        """The weight of a row of the tree: by its derivation, else as typed."""
        code, typed = (self.layout.ref(self.layout.cell("nodes", row, field)) for field in ("code", "weight"))
        plain, text = f'IF({typed}="","",{typed})', f'({code}&"")'
        if not self.at.codes:
            return f'IF({code}="","",{plain})'
        first, last = self.at.codes[0], self.at.codes[-1]
        codes, weights = (
            self.layout.far(self.at.combined(first, name), self.at.combined(last, name)) for name in ("code", "weight")
        )
        found = f"INDEX({weights},{alike_in(codes, text)})"
        return f'IF({code}="","",IFERROR({found},{plain}))'

    def weight_in_use(self, code: str, typed: Any) -> Any:
        """As in_use shows it when the file is made."""
        return self.weight(code).value if code in self.at.parent else typed

    def is_derived(self, code: str) -> bool:
        return code in self.at.parent and self.state(code).value is DERIVED

    # Columns

    def _of(self, code: str, column: str) -> str:
        return near(self.at.combined(code, column))

    @computed
    def experts(self, code: str) -> _Cell:
        cell = self.layout.far(self.at.head(code, "share"))
        return f'IF({cell}="","",{cell})', self.sources.expert_share(code).value

    @computed
    def survey(self, code: str) -> _Cell:
        cell = self.layout.far(self.at.result(code, "share"))
        return f'IF({cell}="","",{cell})', self.sources.survey_share(code).value

    @computed
    def subjective(self, code: str) -> _Cell:
        experts, survey = self._of(code, "experts"), self._of(code, "survey")
        mean = f'IF({experts}="",{survey},IF({survey}="",{experts},({experts}+{survey})/2))'
        one = self._chosen("subjective", EXPERTS, SUBJECTIVES[EXPERTS])
        other = self._chosen("subjective", SURVEY, SUBJECTIVES[SURVEY])
        formula = f"IF({one},{experts},IF({other},{survey},{mean}))"
        kind, ours, theirs = self.data.how.get("subjective", ""), self.experts(code).value, self.survey(code).value
        if kind in (EXPERTS, SURVEY):
            return formula, ours if kind == EXPERTS else theirs
        return formula, theirs if ours == "" else ours if theirs == "" else (float(ours) + float(theirs)) / 2

    @computed
    def objective(self, code: str) -> _Cell:
        """Of the sample where entropy or CRITIC is chosen and the group has it, else of AHP."""
        found = self.layout.far(self.at.sampled(code, "share"))
        formula, value = self._by_ahp(code)
        share = self.samples.share(code).value
        return f"IF({found}={_NOTHING},{formula},{found})", value if share == "" else share

    def _by_ahp(self, code: str) -> _Cell:
        parent = self.at.parent[code]
        if parent not in self.at.compared:
            return _NOTHING, ""
        place = self.at.children[parent].index(code)
        weight = self.layout.far(self.at.block(parent, None).weight(place))
        state = self.layout.far(self.at.block(parent, None).scalar("state"))
        group = self.data.matrices[parent, None]
        return f'IF({state}={GOOD},{weight},"")', group.vectors[STEPS - 1][place] if group.state == GOOD else ""

    @computed
    def state(self, code: str) -> _Cell:
        """The first thing wrong with the group, or where its weights come from."""
        parent = self.at.parent[code]
        first = self.at.counted(0, parent, "fault")
        faults = self.layout.far(first, first._replace(row=first.row + self.at.experts - 1))
        left, right = self.at.scores(0, parent)
        scores = self.layout.far(left, right._replace(row=left.row + self.at.experts - 1))
        first, last = (
            self.at.result(one, "score") for one in (self.at.children[parent][0], self.at.children[parent][-1])
        )
        results = self.layout.far(first, last)
        experts, survey, subjective, objective = (
            self._of(code, name) for name in ("experts", "survey", "subjective", "objective")
        )
        problems = [
            (f'AND(COUNTA({scores})>0,{experts}="")', NO_COUNTED),
            (f'AND(COUNTA({results})>0,{survey}="")', SURVEY_PARTLY),
        ]
        if parent in self.at.compared:
            states = [self.layout.far(self.at.block(parent, k).scalar("state")) for k in range(self.at.matrices)]
            group = self.layout.far(self.at.block(parent, None).scalar("state"))
            bad = "+".join(f"({state}<>{UNUSED})*({state}<>{GOOD})" for state in states)
            problems.append((f"OR({bad}>0,{group}={INCONSISTENT})", AHP_BAD))
        sampled = f"{self.layout.far(self.at.sampled(self.at.children[parent][0], 'share'))}={_NOTHING}"
        used = f"OR({self.samples.is_chosen(ENTROPY)},{self.samples.is_chosen(CRITIC)})"
        problems.append((f"AND({used},{self.samples.said_in(parent)}>0,{sampled})", SAMPLE_PARTLY))
        problems.append((f'AND({subjective}="",OR({experts}<>"",{survey}<>""))', NO_SUBJECTIVE))
        none, derived = self.t(GIVEN), self.t(NO_WHOLE) if parent else self.t(DERIVED)
        if parent in self.at.parent:
            whole = self._of(parent, "weight")
            derived = f'IF({whole}="",{self.t(NO_WHOLE)},{self.t(DERIVED)})'
        for condition, text in self._bad_options():
            derived = f"IF({condition},{self.t(text)},{derived})"
        if parent in self.at.parent and len(self.at.children[parent]) == 1:
            none = f"IF({self._of(parent, 'state')}={none},{none},{derived})"
        chain = f'IF(AND({subjective}="",{objective}=""),{none},{derived})'
        for condition, text in reversed(problems):
            chain = f"IF({condition},{self.t(text)},{chain})"
        worst = f"MAX({faults})"
        formula = f"IF({worst}>0,CHOOSE({worst},{','.join(map(self.t, EXPERT_STATES))}),{chain})"
        return formula, self._state(parent, self.at.children[parent])

    def _state(self, parent: str, codes: tuple[str, ...]) -> Text:
        first, rows = codes[0], range(self.at.experts)
        worst: int = max(self.sources.fault(row, parent).value for row in rows)
        if worst:
            return EXPERT_STATES[worst - 1]
        experts, survey, subjective, objective = (
            column(first).value for column in (self.experts, self.survey, self.subjective, self.objective)
        )
        if experts == "" and any(score != "" for row in rows for score in self.data.scores(row, parent)):
            return NO_COUNTED
        if self.sources.is_surveyed(parent) and survey == "":
            return SURVEY_PARTLY
        if parent in self.at.compared:
            states = [self.data.matrices[parent, place].state for place in range(self.at.matrices)]
            if any(state not in (UNUSED, GOOD) for state in states):
                return AHP_BAD
            if self.data.matrices[parent, None].state == INCONSISTENT:
                return AHP_BAD
        if self.samples.kind != AHP and self.samples.is_sampled(parent) and self.samples.share(first).value == "":
            return SAMPLE_PARTLY
        if subjective == "" and (experts != "" or survey != ""):
            return NO_SUBJECTIVE
        if subjective == "" and objective == "":
            above = parent if parent in self._above else ""
            if len(codes) > 1 or not above or self.state(above).value is GIVEN:
                return GIVEN
        return self._bad_option() or (NO_WHOLE if self.parent_weight(first).value == "" else DERIVED)

    @computed
    def combined(self, code: str) -> _Cell:
        one, other = self._of(code, "subjective"), self._of(code, "objective")
        ours, theirs = (near(*self.at.siblings(code, name)) for name in ("subjective", "objective"))
        product = f"{one}*{other}/SUMPRODUCT({ours},{theirs})"
        linear = f"({self._alpha()})*{one}+(1-({self._alpha()}))*{other}"
        both = f"IF({self._chosen('method', MULTIPLICATIVE, METHODS[MULTIPLICATIVE])},{product},{linear})"
        alone = f'IF({one}="",IF({other}="",1,{other}),{one})'
        formula = f'IF({self._is_derived(code)},IF(OR({one}="",{other}=""),{alone},{both}),"")'
        return formula, self._share(code) if self.is_derived(code) else ""

    def _share(self, code: str) -> float:
        siblings = self.at.children[self.at.parent[code]]
        ours, theirs = ([column(one).value for one in siblings] for column in (self.subjective, self.objective))
        place = siblings.index(code)
        if ours[0] == "" or theirs[0] == "":
            alone = theirs[place] if ours[0] == "" else ours[place]
            return 1.0 if alone == "" else float(alone)
        try:
            shares = weighting.combined(
                [float(share) for share in ours],
                [float(share) for share in theirs],
                self._number("alpha", ALPHA),
                self.data.how.get("method") or LINEAR,
            )
        except JwdtError:  # such as no sibling with both weights
            return math.nan
        return shares[place]

    def _is_derived(self, code: str) -> str:
        return f"{self._of(code, 'state')}={self.t(DERIVED)}"

    @computed
    def parent_weight(self, code: str) -> _Cell:
        parent = self.at.parent[code]
        if not parent:
            return "1", 1.0
        formula = self._of(parent, "weight") if parent in self.at.parent else '""'
        return formula, self.weight(parent).value if parent in self._above else ""

    @computed
    def exact(self, code: str) -> _Cell:
        value = f"{self._of(code, 'combined')}*{self._of(code, 'parent_weight')}*{self._unit()}"
        formula = f'IF({self._is_derived(code)},ROUND({value},6),"")'
        if not self.is_derived(code):
            return formula, ""
        unit = 10 ** int(self._number("decimals", DECIMALS))
        return formula, round(self.combined(code).value * float(self.parent_weight(code).value) * unit, 6)

    @computed
    def whole(self, code: str) -> _Cell:
        exact, value = self._of(code, "exact"), self.exact(code).value
        return f'IF({exact}="","",INT({exact}))', "" if value == "" else math.floor(value)

    @computed
    def rest(self, code: str) -> _Cell:
        exact, value = self._of(code, "exact"), self.exact(code).value
        formula = f'IF({exact}="","",ROUND({exact}-{self._of(code, "whole")},6))'
        return formula, "" if value == "" else round(value - math.floor(value), 6)

    @computed
    def weight(self, code: str) -> _Cell:
        """By largest remainders where derived, else as typed in the tree."""
        first, last = self.at.siblings(code, "rest")
        rests, above, rest = near(first, last), near(first, self.at.combined(code, "rest")), self._of(code, "rest")
        rank = f"SUMPRODUCT(--({rests}>{rest}))+SUMPRODUCT(--({above}={rest}))"
        exacts, wholes = (near(*self.at.siblings(code, name)) for name in ("exact", "whole"))
        left = f"ROUND(SUM({exacts}),0)-SUM({wholes})"
        derived = f"({self._of(code, 'whole')}+IF({rank}<={left},1,0))/{self._unit()}"
        typed = f"INDEX({self.layout.range('nodes', 'weight')},{self._row_of(self.at.combined(code, 'code'))})"
        plain = f'IFERROR(IF({typed}="","",{typed}),"")'
        given = f"{self._of(code, 'state')}={self.t(GIVEN)}"
        formula = f'IF({self._is_derived(code)},{derived},IF({given},{plain},""))'
        if not self.is_derived(code):
            return formula, self.data.typed.get(code, "") if self.state(code).value is GIVEN else ""
        siblings = self.at.children[self.at.parent[code]]
        shares = [self.combined(one).value for one in siblings]
        whole = float(self.parent_weight(code).value)
        return formula, allotted(whole, shares, int(self._number("decimals", DECIMALS)))[siblings.index(code)]

    @computed
    def sentence(self, code: str) -> _Cell:
        """The engine's sentence, from the same pieces."""
        parent = self.at.parent[code]
        of = {name: self._of(code, name) for name in ("experts", "survey", "subjective", "objective", "combined")}
        next_piece = quoted(sentences.NEXT.zh if self.layout.language == "zh" else sentences.NEXT.en)
        head = self.layout.far(self.at.head(self.at.children[parent][0], "agreement"))
        agreement = f'IF({head}="","",{self.said(sentences.AGREEMENT, w=shown(head))})'
        count = self.layout.far(self.at.head(self.at.children[parent][0], "count"))
        answers = self.layout.far(self.at.result(code, "answers"))
        pieces = [
            (f'{of["experts"]}<>""', self.said(sentences.FROM_EXPERTS, v=shown(of["experts"]), n=count, w=agreement)),
            (
                f'{of["survey"]}<>""',
                self.said(sentences.FROM_SURVEY, v=shown(of["survey"]), n=f'IF({answers}="","?",{answers})'),
            ),
            (f'{of["subjective"]}<>""', self.said(sentences.SUBJECTIVE_IS, v=shown(of["subjective"]))),
        ]
        pieces += self.samples.told(code, parent, of["objective"])
        linear = self.said(sentences.BY_ALPHA, a=f"({self._alpha()})", v=shown(of["combined"]))
        product = self.said(sentences.BY_PRODUCT, v=shown(of["combined"]))
        method = f"IF({self._chosen('method', MULTIPLICATIVE, METHODS[MULTIPLICATIVE])},{product},{linear})"
        pieces.append((f'AND({of["subjective"]}<>"",{of["objective"]}<>"")', method))
        pieces.append((f'AND({of["subjective"]}="",{of["objective"]}="")', self.said(sentences.ONLY_CHILD)))
        told = "&".join(f'IF({condition},{piece}&{next_piece},"")' for condition, piece in pieces)
        factors = (of["combined"], self._of(code, "parent_weight"), self._of(code, "weight"))
        printed = dict(zip("spw", map(shown, factors), strict=True))
        s, p, w = map(on_four_digits, factors)
        multiply, rounded = (self.said(text, **printed) for text in (sentences.RESULT, sentences.ROUNDED))
        result = f"IF(ABS({s}*{p}-{w})<={sentences.PRINTED:.10f},{multiply},{rounded})"
        formula = f'IF({self._is_derived(code)},{told}&{result},"")'
        return formula, self._told(code, parent) if self.is_derived(code) else NO_TEXT

    def _told(self, code: str, parent: str) -> Text:
        answers = self.data.results.get(code, {}).get("answers", "")
        experts, survey, subjective, objective = (
            _or_none(column(code).value) for column in (self.experts, self.survey, self.subjective, self.objective)
        )
        return sentences.told(
            (experts, self.sources.count(parent).value, _or_none(self.sources.agreement(parent).value)),
            (survey, answers if is_number(answers) else None),
            subjective,
            self.samples.numbers(code, parent, objective),
            (self.data.how.get("method") or LINEAR, self._number("alpha", ALPHA), self.combined(code).value),
            (float(self.parent_weight(code).value), self.weight(code).value),
        )


def _or_none(value: Number) -> float | None:
    return None if isinstance(value, str) else value
