"""The live formulas of the sheets that say where weights come from, in functions every program has.

They follow `standard.weight_derivation` step by step, so that the workbook shows what `jwdt guide build` will find.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..messages import Text
from ..standard import weight_derivation as sentences
from ..standard.weight_derivation import EXPERTS, SURVEY
from ..standard.weighting import ALPHA, CR_LIMIT, MULTIPLICATIVE, RANDOM_INDEX, RECIPROCAL_TOLERANCE
from ..workbook.layout import Cell
from .derivation_fields import METHODS, SUBJECTIVES
from .derivation_layout import STEPS, Block
from .layout import Layout, near

#: States of a matrix, as its help cell numbers them.
UNUSED, UNFINISHED, OUTSIDE, GOOD, INCONSISTENT = range(5)
MATRIX_STATES = (
    Text("未填", "not filled in"),
    Text("还缺 {k} 个判断", "judgements missing: {k}"),
    Text("有 {k} 个判断不是 1/9–9 的数(三分之一请输入 =1/3)", "judgements that are no number 1/9–9: {k} (type a third as =1/3)"),
    Text("CR {cr} < 0.10，可用", "CR {cr} < 0.10, OK"),
    Text("CR {cr} ≥ 0.10，不能据以定权，请复核判断", "CR {cr} ≥ 0.10, no basis for weights: look at the judgements again"),
)  # fmt: skip
GROUP_UNUSED = Text("还没有完整的判断矩阵", "no complete matrix yet")
GROUP_GOOD = Text("{n} 个矩阵的几何平均，CR {cr} < 0.10，可用", "geometric mean of matrices: {n}, CR {cr} < 0.10, OK")
GROUP_BAD = Text("{n} 个矩阵的几何平均，CR {cr} ≥ 0.10，不能据以定权", "geometric mean of matrices: {n}, CR {cr} ≥ 0.10, no basis for weights")  # fmt: skip
WORST = Text("最不一致：{i} 对 {j} 为 {v}，与其余判断一致时约为 {c}", "most inconsistent: {i} against {j} is {v}, consistent with the others would be about {c}")  # fmt: skip
CONSISTENT = Text("各判断完全一致", "all judgements are consistent")
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
OK, NO_NAME, PARTLY = Text("正常", "ok"), Text("缺专家姓名", "no name"), Text("有的组未评全", "a group partly scored")
NO_SCORE = Text("同级有缺得分的", "a sibling lacks its score")
NO_SUCH_CODE = Text("指标树中没有此代码", "no such code in the tree")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SHOWN = f'"{sentences.SHOWN_FORMAT}"'


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def joined(template: str, **values: str) -> str:
    """A sentence with places, as a formula that joins its pieces with other formulas."""
    pieces = []
    for place, piece in enumerate(_PLACEHOLDER.split(template)):
        if place % 2:
            pieces.append(values[piece])
        elif piece:
            pieces.append(quoted(piece))
    return "&".join(pieces)


def shown(formula: str) -> str:
    return f"TEXT({formula},{_SHOWN})"


class DerivationLive:
    """Formulas of computed cells, each without the leading =."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.at = layout, layout.derivation

    def t(self, text: Text) -> str:
        return quoted(self.layout.text(text))

    def filled(self, text: Text, **values: str) -> str:
        return joined(self.layout.text(text), **values)

    def said(self, text: Text, **values: str) -> str:
        """A piece of a sentence."""
        return joined(text.zh if self.layout.language == "zh" else text.en, **values)

    # What the index tree says of a code

    def _row_of(self, code: Cell) -> str:
        return f'MATCH(1,INDEX(--({self.layout.range("nodes", "code")}&""={near(code)}&""),0),0)'

    def name_of(self, code: Cell) -> str:
        """The name of a code in the tree; the Chinese one where there is no English."""
        row = self._row_of(code)
        zh = f"INDEX({self.layout.range('nodes', 'name_zh')},{row})"
        en = f"INDEX({self.layout.range('nodes', 'name_en')},{row})"
        name = f'{zh}&""' if self.layout.language == "zh" else f'IF({en}="",{zh}&"",{en}&"")'
        return f"IFERROR({name},{self.t(NO_SUCH_CODE)})"

    def parent_name(self, code: Cell) -> str:
        """As name_of; above the first levels the code is blank."""
        return f'IF({near(code)}="",{self.t(sentences.FIRST_LEVELS)},{self.name_of(code)})'

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
        """The expert's weight where the group is scored wholly."""
        scores, size = near(*self.at.scores(row, parent)), len(self.at.children[parent])
        weight = near(self.at.expert(row, "weight"))
        return f'IF(AND(COUNT({scores})={size},SUM({scores})>0),IF({weight}="",1,IF(ISNUMBER({weight}),{weight},0)),"")'

    def inverse(self, row: int, parent: str) -> str:
        weight, scores = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        return f'IF({weight}="","",{weight}/SUM({scores}))'

    def ties(self, row: int, parent: str) -> str:
        weight, scores = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        return f'IF({weight}="","",SUMPRODUCT(COUNTIF({scores},{scores})^2-1))'

    def partly(self, row: int, parent: str) -> str:
        weight, scores = near(self.at.counted(row, parent, "weight")), near(*self.at.scores(row, parent))
        return f'IF(AND(COUNTA({scores})>0,{weight}=""),1,0)'

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
        first, last = self.at.score(row, self.at.codes[0]), self.at.score(row, self.at.codes[-1])
        name, line = near(self.at.expert(row, "name")), near(first, last)
        partly = "+".join(near(self.at.counted(row, parent, "partly")) for parent in self.at.children)
        return (
            f'IF(COUNTA({line})+COUNTA({name})=0,"",IF({name}="",{self.t(NO_NAME)},'
            f"IF({partly}>0,{self.t(PARTLY)},{self.t(OK)})))"
        )

    # AHP

    def reciprocal(self, block: Block, i: int, j: int) -> str:
        across = near(block.judgement(j, i))
        return f'IF(ISNUMBER({across}),IF({across}>0,1/{across},""),"")'

    def full(self, block: Block, i: int, j: int) -> str:
        if i == j:
            return "1"
        if i > j:
            return f"1/{near(block.full(j, i))}"
        value = near(block.judgement(i, j))
        return f"IF(ISNUMBER({value}),IF({value}>0,{value},1),1)"

    def mean(self, group: Block, members: Sequence[Block], i: int, j: int) -> str:
        """The geometric mean of a judgement over the complete matrices."""
        if i == j:
            return "1"
        if i > j:
            return f"1/{near(group.full(j, i))}"
        logs = "+".join(f"({near(m.scalar('state'))}>={GOOD})*LN({near(m.full(i, j))})" for m in members)
        count = near(group.scalar("given"))
        return f"IF({count}=0,1,EXP(({logs})/{count}))"

    def mean_shown(self, group: Block, i: int, j: int) -> str:
        return f'IF({near(group.scalar("given"))}=0,"",{near(group.full(i, j))})'

    def complete(self, members: Sequence[Block]) -> str:
        return "+".join(f"({near(m.scalar('state'))}>={GOOD})" for m in members)

    def _upper(self, block: Block) -> list[str]:
        last = block.size - 1
        return [near(block.judgement(i, i + 1), block.judgement(i, last)) for i in range(last)]

    def given(self, block: Block) -> str:
        return "+".join(f"COUNTA({line})" for line in self._upper(block))

    def good(self, block: Block) -> str:
        slack = 1 + RECIPROCAL_TOLERANCE
        low, high = f"{1 / sentences.SCALE / slack:.15g}", f"{sentences.SCALE * slack:.15g}"
        return "+".join(f"SUMPRODUCT(ISNUMBER({line})*({line}>={low})*({line}<={high}))" for line in self._upper(block))

    def matrix_state(self, block: Block) -> str:
        given, good = near(block.scalar("given")), near(block.scalar("good"))
        judged = f"IF({self._cr(block)}<{CR_LIMIT!r},{GOOD},{INCONSISTENT})"
        return f"IF({given}=0,{UNUSED},IF({good}<{given},{OUTSIDE},IF({given}<{block.pairs},{UNFINISHED},{judged})))"

    def group_state(self, group: Block) -> str:
        return f"IF({near(group.scalar('given'))}=0,{UNUSED},IF({self._cr(group)}<{CR_LIMIT!r},{GOOD},{INCONSISTENT}))"

    def power(self, block: Block, step: int) -> str:
        """The 4th power of the matrix before."""
        last = block.size - 1
        before = near(block.power(step - 1, 0, 0), block.power(step - 1, last, last))
        return f"MMULT(MMULT({before},{before}),MMULT({before},{before}))"

    def vector(self, block: Block, step: int) -> str:
        """The rows' sums of the 64th power, then its image again and again; at last the matrix's image over it."""
        last = block.size - 1
        power = near(block.power(3, 0, 0), block.power(3, last, last))
        before = near(block.vector(step - 1, 0), block.vector(step - 1, last)) if step else ""
        if step == 0:
            ones = f"({near(block.full(0, 0), block.full(last, 0))}*0+1)"
            return f"MMULT({power},{ones})/SUM({power})"
        if step <= STEPS - 1:
            return f"MMULT({power},{before})/SUM(MMULT({power},{before}))"
        full = near(block.full(0, 0), block.full(last, last))
        return f"MMULT({full},{before})/{before}"

    def lambda_max(self, block: Block) -> str:
        return f"AVERAGE({near(block.vector(STEPS, 0), block.vector(STEPS, block.size - 1))})"

    def _cr(self, block: Block) -> str:
        size = block.size
        if size < 3:
            return "0"
        excess = f"({near(block.scalar('lambda'))}-{size})"
        return f"IF({excess}<{1e-12 * size!r},0,{excess}/{size - 1}/{RANDOM_INDEX[size - 1]!r})"

    def cr(self, block: Block) -> str:
        return f'IF({near(block.scalar("state"))}<{GOOD},"",{self._cr(block)})'

    def cr_by_addin(self, block: Block) -> str:
        """By the add-in's function, as a second opinion; – where the add-in is not installed."""
        last = block.size - 1
        full = near(block.full(0, 0), block.full(last, last))
        return f'IF({near(block.scalar("state"))}<{GOOD},"",IFERROR(JWDT_AHP_CR({full}),"–"))'

    def ahp_weight(self, block: Block, i: int) -> str:
        return f'IF({near(block.scalar("state"))}<{GOOD},"",{near(block.vector(STEPS - 1, i))})'

    def deviation(self, block: Block, i: int, j: int) -> str:
        if j <= i:
            return "0"
        ours, theirs = near(block.vector(STEPS - 1, i)), near(block.vector(STEPS - 1, j))
        return f"ABS(LN({near(block.full(i, j))}*{theirs}/{ours}))"

    def largest(self, block: Block, i: int) -> str:
        return f"MAX({near(block.deviation(i, 0), block.deviation(i, block.size - 1))})"

    def worst(self, block: Block, name: str) -> str:
        """Row or column of the first judgement that is farthest from consistent."""
        last = block.size - 1
        rows = near(block.largest(0), block.largest(last))
        if name == "worst_row":
            return f"IF(MAX({rows})<=1E-9,0,MATCH(1,INDEX(--({rows}>=MAX({rows})-1E-9),0),0))"
        row = near(block.scalar("worst_row"))
        area = near(block.deviation(0, 0), block.deviation(last, last))
        return f"IF({row}=0,0,MATCH(1,INDEX(--(INDEX({area},{row},0)>=MAX({rows})-1E-9),0),0))"

    def worst_sentence(self, block: Block) -> str:
        last = block.size - 1
        row, column = near(block.scalar("worst_row")), near(block.scalar("worst_column"))
        names = near(block.at(2, 1), block.at(2 + last, 1))
        weights = near(block.vector(STEPS - 1, 0), block.vector(STEPS - 1, last))
        value = f"INDEX({near(block.full(0, 0), block.full(last, last))},{row},{column})"
        consistent = f"INDEX({weights},{row})/INDEX({weights},{column})"
        told = self.filled(
            WORST,
            i=f"INDEX({names},{row})",
            j=f"INDEX({names},{column})",
            v=f'TEXT({value},"0.00")',
            c=f'TEXT({consistent},"0.00")',
        )
        return f'IF({near(block.scalar("state"))}<{GOOD},"",IF({row}=0,{self.t(CONSISTENT)},{told}))'

    def told_state(self, block: Block) -> str:
        given, good, cr = near(block.scalar("given")), near(block.scalar("good")), shown(near(block.cr))
        states = [self.t(MATRIX_STATES[UNUSED])]
        states.append(self.filled(MATRIX_STATES[UNFINISHED], k=f"({block.pairs}-{given})"))
        states.append(self.filled(MATRIX_STATES[OUTSIDE], k=f"({given}-{good})"))
        states += [self.filled(MATRIX_STATES[state], cr=cr) for state in (GOOD, INCONSISTENT)]
        return f"CHOOSE({near(block.scalar('state'))}+1,{','.join(states)})"

    def told_group(self, group: Block) -> str:
        state, count, cr = near(group.scalar("state")), near(group.scalar("given")), shown(near(group.cr))
        good, bad = self.filled(GROUP_GOOD, n=count, cr=cr), self.filled(GROUP_BAD, n=count, cr=cr)
        return f"IF({state}={UNUSED},{self.t(GROUP_UNUSED)},IF({state}={GOOD},{good},{bad}))"

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
        return f'10^IF({cell}="",{sentences.DECIMALS},{cell})'

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
        return f'IF({weight}="","",{weight})'

    def subjective(self, code: str) -> str:
        experts, survey = self._of(code, "experts"), self._of(code, "survey")
        mean = f'IF({experts}="",{survey},IF({survey}="",{experts},({experts}+{survey})/2))'
        one = self._chosen("subjective", EXPERTS, SUBJECTIVES[EXPERTS])
        other = self._chosen("subjective", SURVEY, SUBJECTIVES[SURVEY])
        return f"IF({one},{experts},IF({other},{survey},{mean}))"

    def state(self, code: str) -> str:
        """The first thing wrong with the group, or where its weights come from."""
        parent = self.at.parent[code]
        first = self.at.counted(0, parent, "partly")
        partly = self.layout.far(first, first._replace(row=first.row + self.at.experts - 1))
        first, last = (
            self.at.result(one, "score") for one in (self.at.children[parent][0], self.at.children[parent][-1])
        )
        results = self.layout.far(first, last)
        experts, survey, subjective, objective = (
            self._of(code, name) for name in ("experts", "survey", "subjective", "objective")
        )
        problems = [
            (f"SUM({partly})>0", EXPERTS_PARTLY),
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
            above, whole = self._of(parent, "state"), self._of(parent, "weight")
            only = len(self.at.children[parent]) == 1
            none = f"IF({above}={self.t(DERIVED)},{self.t(DERIVED)},{none})" if only else none
            derived = f'IF({whole}="",{self.t(NO_WHOLE)},{self.t(DERIVED)})'
        chain = f'IF(AND({subjective}="",{objective}=""),{none},{derived})'
        for condition, text in reversed(problems):
            chain = f"IF({condition},{self.t(text)},{chain})"
        return chain

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
