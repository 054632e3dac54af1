"""The live formulas of the sheets that say where weights come from, in functions every program has.

They follow `standard.weight_derivation` step by step, so that the workbook shows what `jwdt guide build` will find.
"""

from __future__ import annotations

from ...messages import Text
from ...standard.guide import sentences
from ...standard.guide.derivation import DECIMALS, EXPERTS, FEWEST_DECIMALS, METHODS, SUBJECTIVES, SURVEY
from ...standard.guide.weights import ALPHA, MULTIPLICATIVE
from ...workbook.layout import Cell
from ..layout import near
from .ahp_live import GOOD, INCONSISTENT, UNUSED, AhpFormulas
from .pieces import quoted, shown

#: States of a row of the combination.
GIVEN, DERIVED, NO_WHOLE, EXPERTS_PARTLY, SURVEY_PARTLY, AHP_BAD, NO_SUBJECTIVE = (
    Text("指标树所填", "as typed in the tree"),
    Text("推导", "derived"),
    Text("上级没有权重", "parent without weight"),
    Text("专家未评全或评分全为 0", "experts: partly scored, or all 0"),
    Text("问卷未填全或全为 0", "survey: partly filled, or all 0"),
    Text("AHP 未填全或 CR ≥ 0.10", "AHP: unfinished, or CR ≥ 0.10"),
    Text("缺少所选的主观来源", "the chosen subjective source is missing"),
)
NO_COUNTED = Text("评分的专家权重全为 0", "all who scored have weight 0")
BAD_ALPHA = Text("α 须为 0–1 的数", "α must be a number 0–1")
BAD_DECIMALS = Text(
    f"小数位数须为 {FEWEST_DECIMALS}–{DECIMALS} 的整数",
    f"decimals must be whole, {FEWEST_DECIMALS}–{DECIMALS}",
)
BAD_CHOICE = Text("组合方式或主观来源不是备选项", "method or subjective is none of the list")
OK, NO_NAME, PARTLY = Text("正常", "ok"), Text("缺姓名", "no name"), Text("有的组未评全", "a group partly scored")
#: What is wrong with a row of experts, as its help cells number it; the largest number is told first.
FAULTS = (
    OK,
    PARTLY,
    Text("评分为负", "a score is negative"),
    Text("评分不是数字", "a score is no number"),
    Text("专家权重为负", "weight is negative"),
    Text("专家权重不是数字", "weight is no number"),
    Text("姓名重复", "name used twice"),
    NO_NAME,
)
(_, HALF, NEGATIVE_SCORE, TEXT_SCORE, NEGATIVE_WEIGHT, TEXT_WEIGHT, TWICE, NAMELESS) = range(len(FAULTS))
#: The same as states of the groups that the row is for.
EXPERT_STATES = (
    EXPERTS_PARTLY,
    *(Text(f"专家评分表：{fault.zh}", f"sheet of experts: {fault.en}") for fault in FAULTS[2:]),
)
NO_SCORE = Text("同级有缺得分的", "a sibling lacks its score")


class DerivationLive(AhpFormulas):
    """Of the experts, the survey results and the combination, besides the matrices."""

    def in_use(self, row: int) -> str:
        """The weight of a row of the tree: by its derivation, else as typed."""
        code, typed = (self.layout.ref(self.layout.cell("nodes", row, field)) for field in ("code", "weight"))
        plain = f'IF({typed}="","",{typed})'
        if not self.at.codes:
            return f'IF({code}="","",{plain})'
        first, last = self.at.codes[0], self.at.codes[-1]
        codes, weights = (
            self.layout.far(self.at.combined(first, name), self.at.combined(last, name)) for name in ("code", "weight")
        )
        found = f'INDEX({weights},MATCH(1,INDEX(--({codes}&""={code}&""),0),0))'
        return f'IF({code}="","",IFERROR({found},{plain}))'

    # Experts

    def counted_weight(self, row: int, parent: str) -> str:
        """The expert's weight where the group is scored wholly; who has weight 0 does not count."""
        scores, fault = near(*self.at.scores(row, parent)), near(self.at.counted(row, parent, "fault"))
        weight = near(self.at.expert(row, "weight"))
        return f'IF(OR({fault}>0,COUNTA({scores})=0),"",IF({weight}="",1,IF({weight}>0,{weight},"")))'

    def inverse(self, row: int, parent: str) -> str:
        weight, scores = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        return f'IF({weight}="","",{weight}/SUM({scores}))'

    def ties(self, row: int, parent: str) -> str:
        weight, scores = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        return f'IF({weight}="","",SUMPRODUCT(COUNTIF({scores},{scores})^2-1))'

    def fault(self, row: int, parent: str) -> str:
        """What is wrong with the expert's scores of a group, or with the expert who scored or judged it."""
        scores, size = near(*self.at.scores(row, parent)), len(self.at.children[parent])
        expert = near(self.at.expert_fault(row))
        whole = f"IF(COUNT({scores})<{size},{HALF},IF(SUM({scores})<=0,{HALF},0))"
        found = f'IF(COUNTIF({scores},"<0")>0,{NEGATIVE_SCORE},{whole})'
        found = f"IF(COUNT({scores})<COUNTA({scores}),{TEXT_SCORE},{found})"
        judged = self._judged(row, parent)
        blank = f"IF({judged},{expert},0)" if judged else "0"
        return f"IF(COUNTA({scores})=0,{blank},MAX({expert},{found}))"

    def _judged(self, row: int, parent: str) -> str:
        """Whether the expert judges a group in pairs; blank where the sheet has no matrix for that."""
        if parent not in self.at.compared or row >= self.at.matrices:
            return ""
        # not its state: Calc fails to recalculate when it comes to the arrays of that sheet from this one
        return f"{self.layout.far(self.at.block(parent, row).scalar('given'))}>0"

    def _active(self, row: int) -> str:
        """How much the row of an expert and the expert's matrices say."""
        first, last = self.at.score(row, self.at.codes[0]), self.at.score(row, self.at.codes[-1])
        name, weight = near(self.at.expert(row, "name")), near(self.at.expert(row, "weight"))
        judged = [found for parent in self.at.children if (found := self._judged(row, parent))]
        return "+".join([f"COUNTA({near(first, last)},{name},{weight})", *(f"({one})" for one in judged)])

    def expert_fault(self, row: int) -> str:
        name, weight = near(self.at.expert(row, "name")), near(self.at.expert(row, "weight"))
        names = self._column(self.at.expert(0, "name"))
        twice = f"SUMPRODUCT(--EXACT(TRIM({names}),TRIM({name})))>1"
        bad = f'IF({weight}="",0,IF(ISNUMBER({weight}),IF({weight}<0,{NEGATIVE_WEIGHT},0),{TEXT_WEIGHT}))'
        told = f'IF(TRIM({name})="",{NAMELESS},IF({twice},{TWICE},{bad}))'
        return f"IF({self._active(row)}=0,0,{told})"

    def rank(self, row: int, code: str) -> str:
        parent, score = self.at.parent[code], near(self.at.score(row, code))
        weight, scores = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        return f'IF({weight}="","",2*SUMPRODUCT(--({scores}<{score}))+SUMPRODUCT(--({scores}={score}))+1)'

    def _column(self, cell: Cell) -> str:
        return near(cell, cell._replace(row=cell.row + self.at.experts - 1))

    def _counted(self, parent: str, kind: str) -> str:
        return self._column(self.at.counted(0, parent, kind))

    def ranks(self, code: str) -> str:
        return f"SUM({self._column(self.at.rank(0, code))})"

    def count(self, parent: str) -> str:
        return f"COUNT({self._counted(parent, 'weight')})"

    def expert_share(self, code: str) -> str:
        """The mean of the normalised scores by weight of experts."""
        parent = self.at.parent[code]
        whole = f"SUM({self._counted(parent, 'weight')})"
        scores = self._column(self.at.score(0, code))
        return f'IF({whole}<=0,"",SUMPRODUCT({self._counted(parent, "inverse")},{scores})/{whole})'

    def agreement(self, parent: str) -> str:
        """Kendall's W with the correction for ties."""
        codes = self.at.children[parent]
        size, count = len(codes), near(self.at.head(codes[0], "count"))
        largest = f"({count}*{size**3 - size}-SUM({self._counted(parent, 'ties')}))"
        sums = near(self.at.ranks(codes[0]), self.at.ranks(codes[-1]))
        if size < 2:
            return '""'
        spread = f"SUMPRODUCT(({sums}-{count}*{size + 1})^2)"
        return f'IF({count}<2,"",IF({largest}<=0,"",3*{spread}/({count}*{largest})))'

    def expert_check(self, row: int) -> str:
        faults = [near(self.at.counted(row, parent, "fault")) for parent in self.at.children]
        worst = f"MAX({','.join((near(self.at.expert_fault(row)), *faults))})"
        return f'IF({self._active(row)}=0,"",CHOOSE({worst}+1,{",".join(map(self.t, FAULTS))}))'

    # Survey

    def _results(self, code: str, column: str) -> str:
        codes = self.at.children[self.at.parent[code]]
        return near(self.at.result(codes[0], column), self.at.result(codes[-1], column))

    def survey_share(self, code: str) -> str:
        scores, score = self._results(code, "score"), near(self.at.result(code, "score"))
        size = len(self.at.children[self.at.parent[code]])
        return f'IF(AND(COUNT({scores})={size},SUM({scores})>0),{score}/SUM({scores}),"")'

    def survey_check(self, code: str) -> str:
        scores, share = self._results(code, "score"), near(self.at.result(code, "share"))
        return f'IF(COUNTA({scores})=0,"",IF({share}="",{self.t(NO_SCORE)},{self.t(OK)}))'

    # Combination

    def _chosen(self, name: str, code: str, label: Text) -> str:
        cell = near(self.at.how(name))
        return f'OR({cell}="{code}",{cell}={quoted(label.zh)},{cell}={quoted(label.en)})'

    def _alpha(self) -> str:
        cell = near(self.at.how("alpha"))
        return f'IF({cell}="",{ALPHA!r},{cell})'

    def _unit(self) -> str:
        cell = near(self.at.how("decimals"))
        return f'10^IF({cell}="",{DECIMALS},{cell})'

    def _of(self, code: str, column: str) -> str:
        return near(self.at.combined(code, column))

    def by_experts(self, code: str) -> str:
        cell = self.layout.far(self.at.head(code, "share"))
        return f'IF({cell}="","",{cell})'

    def by_survey(self, code: str) -> str:
        cell = self.layout.far(self.at.result(code, "share"))
        return f'IF({cell}="","",{cell})'

    def objective(self, code: str) -> str:
        parent = self.at.parent[code]
        if parent not in self.at.compared:
            return '""'
        weight = self.layout.far(self.at.block(parent, None).weight(self.at.children[parent].index(code)))
        state = self.layout.far(self.at.block(parent, None).scalar("state"))
        return f'IF({state}={GOOD},{weight},"")'

    def subjective(self, code: str) -> str:
        experts, survey = self._of(code, "experts"), self._of(code, "survey")
        mean = f'IF({experts}="",{survey},IF({survey}="",{experts},({experts}+{survey})/2))'
        one = self._chosen("subjective", EXPERTS, SUBJECTIVES[EXPERTS])
        other = self._chosen("subjective", SURVEY, SUBJECTIVES[SURVEY])
        return f"IF({one},{experts},IF({other},{survey},{mean}))"

    def state(self, code: str) -> str:
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
        return f"IF({worst}>0,CHOOSE({worst},{','.join(map(self.t, EXPERT_STATES))}),{chain})"

    def _bad_options(self) -> list[tuple[str, Text]]:
        """What is wrong with how all is combined; a text is no number, and no comparison may meet one."""
        alpha, decimals = near(self.at.how("alpha")), near(self.at.how("decimals"))
        size = f"OR({decimals}<{FEWEST_DECIMALS},{decimals}>{DECIMALS},INT({decimals})<>{decimals})"
        chosen = []
        for name, choices in (("method", METHODS), ("subjective", SUBJECTIVES)):
            known = ",".join(self._chosen(name, code, label) for code, label in choices.items())
            chosen.append(f'AND({near(self.at.how(name))}<>"",NOT(OR({known})))')
        return [
            (f'IF({decimals}="",FALSE,IF(ISNUMBER({decimals}),{size},TRUE))', BAD_DECIMALS),
            (f'IF({alpha}="",FALSE,IF(ISNUMBER({alpha}),OR({alpha}<0,{alpha}>1),TRUE))', BAD_ALPHA),
            (f"OR({','.join(chosen)})", BAD_CHOICE),
        ]

    def combined(self, code: str) -> str:
        one, other = self._of(code, "subjective"), self._of(code, "objective")
        ours, theirs = (near(*self.at.siblings(code, name)) for name in ("subjective", "objective"))
        product = f"{one}*{other}/SUMPRODUCT({ours},{theirs})"
        linear = f"({self._alpha()})*{one}+(1-({self._alpha()}))*{other}"
        both = f"IF({self._chosen('method', MULTIPLICATIVE, METHODS[MULTIPLICATIVE])},{product},{linear})"
        alone = f'IF({one}="",IF({other}="",1,{other}),{one})'
        return f'IF({self._is_derived(code)},IF(OR({one}="",{other}=""),{alone},{both}),"")'

    def _is_derived(self, code: str) -> str:
        return f"{self._of(code, 'state')}={self.t(DERIVED)}"

    def parent_weight(self, code: str) -> str:
        parent = self.at.parent[code]
        if not parent:
            return "1"
        return self._of(parent, "weight") if parent in self.at.parent else '""'

    def exact(self, code: str) -> str:
        value = f"{self._of(code, 'combined')}*{self._of(code, 'parent_weight')}*{self._unit()}"
        return f'IF({self._is_derived(code)},ROUND({value},6),"")'

    def whole(self, code: str) -> str:
        exact = self._of(code, "exact")
        return f'IF({exact}="","",INT({exact}))'

    def rest(self, code: str) -> str:
        exact = self._of(code, "exact")
        return f'IF({exact}="","",ROUND({exact}-{self._of(code, "whole")},6))'

    def weight(self, code: str) -> str:
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
        return f'IF({self._is_derived(code)},{derived},IF({given},{plain},""))'

    def sentence(self, code: str) -> str:
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
        if parent in self.at.compared:
            group = self.at.block(parent, None)
            told = self.said(
                sentences.OBJECTIVE_IS,
                v=shown(of["objective"]),
                n=self.layout.far(group.scalar("given")),
                c=shown(self.layout.far(group.cr)),
            )
            pieces.append((f'{of["objective"]}<>""', told))
        linear = self.said(sentences.BY_ALPHA, a=f"({self._alpha()})", v=shown(of["combined"]))
        product = self.said(sentences.BY_PRODUCT, v=shown(of["combined"]))
        method = f"IF({self._chosen('method', MULTIPLICATIVE, METHODS[MULTIPLICATIVE])},{product},{linear})"
        pieces.append((f'AND({of["subjective"]}<>"",{of["objective"]}<>"")', method))
        pieces.append((f'AND({of["subjective"]}="",{of["objective"]}="")', self.said(sentences.ONLY_CHILD)))
        told = "&".join(f'IF({condition},{piece}&{next_piece},"")' for condition, piece in pieces)
        result = self.said(
            sentences.RESULT,
            s=shown(of["combined"]),
            p=shown(self._of(code, "parent_weight")),
            w=shown(self._of(code, "weight")),
        )
        return f'IF({self._is_derived(code)},{told}&{result},"")'
