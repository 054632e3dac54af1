"""The live formulas of the sheet AHP: the power method, CR and the worst judgement, in functions every program has."""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import Text
from ...standard.guide.derivation import SCALE
from ...standard.guide.matrices import CR_LIMIT, RANDOM_INDEX, RECIPROCAL_TOLERANCE
from ...workbook.columns.column import plain
from ..layout import near
from .layout import POWERS, STEPS, Block
from .pieces import Formulas, shown

#: States of a matrix, as its help cell numbers them.
UNUSED, UNFINISHED, OUTSIDE, CLASH, GOOD, INCONSISTENT = range(6)
MATRIX_STATES = (
    Text("未填", "not filled in"),
    Text("还缺 {k} 个判断", "judgements missing: {k}"),
    Text("有 {k} 个判断不是 1/9–9 的数(三分之一请输入 =1/3)", "judgements that are no number 1/9–9: {k} (type a third as =1/3)"),
    Text("下三角被改写，与上三角不互为倒数 — 请只填上三角", "the lower triangle is typed over and not reciprocal to the upper one: fill the upper one only"),
    Text("CR {cr} < 0.10，可用", "CR {cr} < 0.10, OK"),
    Text("CR {cr} ≥ 0.10，不能据以定权，请复核判断", "CR {cr} ≥ 0.10, no basis for weights: look at the judgements again"),
)  # fmt: skip
GROUP_UNUSED = Text("还没有完整的判断矩阵", "no complete matrix yet")
GROUP_GOOD = Text("{n} 个矩阵的几何平均，CR {cr} < 0.10，可用", "geometric mean of matrices: {n}, CR {cr} < 0.10, OK")
GROUP_BAD = Text("{n} 个矩阵的几何平均，CR {cr} ≥ 0.10，不能据以定权", "geometric mean of matrices: {n}, CR {cr} ≥ 0.10, no basis for weights")  # fmt: skip
GROUP_MEMBERS_BAD = Text("{n} 个矩阵的几何平均，CR {cr}；其中 {k} 个矩阵 CR ≥ 0.10，不能据以定权，请先复核", "geometric mean of matrices: {n}, CR {cr}; {k} of them with CR ≥ 0.10, no basis for weights: look at those first")  # fmt: skip
OVERVIEW_BAD = Text("{cr}；另有 {k} 个矩阵 CR ≥ 0.10", "{cr}; matrices with CR ≥ 0.10: {k}")
ANY_OF_THREE = Text(
    "(三个判断偏离相同，三者中任一都可能有误)", " (all three are equally off: it may be any of the three)"
)
WORST = Text("最不一致：{i} 对 {j} 为 {v}，与其余判断一致时约为 {c}", "most inconsistent: {i} against {j} is {v}, consistent with the others would be about {c}")  # fmt: skip
CONSISTENT = Text("各判断完全一致", "all judgements are consistent")
#: Deviations that are the same.
_SAME = plain(1e-9)
_LARGEST = "9" * 15


def _first(conditions: list[str]) -> str:
    """The place of the first condition that holds."""
    chain = "0"
    for place, condition in reversed(list(enumerate(conditions, 1))):
        chain = f"IF({condition},{place},{chain})"
    return chain


class AhpFormulas(Formulas):
    """Of the matrices of experts, and of the group's."""

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
        low, high = f"{1 / SCALE / slack:.15g}", f"{SCALE * slack:.15g}"
        return "+".join(f'COUNTIFS({line},">="&{low},{line},"<="&{high})' for line in self._upper(block))

    def matrix_state(self, block: Block) -> str:
        given, good = near(block.scalar("given")), near(block.scalar("good"))
        judged = f"IF({self._cr(block)}<{CR_LIMIT!r},{GOOD},{INCONSISTENT})"
        clash = f"{self.clash(block)}>0"
        return f"IF({clash},{CLASH},IF({given}=0,{UNUSED},IF({good}<{given},{OUTSIDE},IF({given}<{block.pairs},{UNFINISHED},{judged}))))"

    def clash(self, block: Block) -> str:
        """Cells of the lower triangle that say something else than the upper one."""
        low, high = f"{1 - RECIPROCAL_TOLERANCE:.15g}", f"{1 + RECIPROCAL_TOLERANCE:.15g}"
        found, filled = [], []
        for i in range(1, block.size):
            typed = near(block.judgement(i, 0), block.judgement(i, i - 1))
            full = near(block.full(i, 0), block.full(i, i - 1))
            # A text is above every number, and no number is above _LARGEST.
            found.append(f"SUMPRODUCT(--({typed}>{full}*{high}),--({typed}<={_LARGEST}))")
            found.append(f'SUMPRODUCT(--({typed}<>""),--({typed}<{full}*{low}))')
            filled.append(f'SUMPRODUCT(--({typed}<>""))')
            found.append(f"{filled[-1]}-COUNT({typed})")
        above = "-".join(f'COUNTIF({line},">0")' for line in self._upper(block))
        return f"({'+'.join(found)}+MAX(0,{'+'.join(filled)}-{above}))"

    def inconsistent(self, members: Sequence[Block]) -> str:
        return "+".join(f"({near(m.scalar('state'))}={INCONSISTENT})" for m in members)

    def group_state(self, group: Block, members: Sequence[Block]) -> str:
        good = f"AND({self._cr(group)}<{CR_LIMIT!r},{self.inconsistent(members)}=0)"
        return f"IF({near(group.scalar('given'))}=0,{UNUSED},IF({good},{GOOD},{INCONSISTENT}))"

    # Products are written out: not every program multiplies matrices.

    def power(self, block: Block, step: int, i: int, j: int) -> str:
        """The square of the matrix before."""
        return "+".join(
            f"{near(block.power(step - 1, i, k))}*{near(block.power(step - 1, k, j))}" for k in range(block.size)
        )

    def image(self, block: Block, step: int, i: int) -> str:
        """The row's sum of the last power, then its product with the vector before; at last the matrix's product."""
        power = POWERS if step < STEPS else 0
        if step == 0:
            return f"SUM({near(block.power(power, i, 0), block.power(power, i, block.size - 1))})"
        return "+".join(
            f"{near(block.power(power, i, k))}*{near(block.vector(step - 1, k))}" for k in range(block.size)
        )

    def vector(self, block: Block, step: int, i: int) -> str:
        """What sums to 1; at last the image over the vector."""
        image = near(block.image(step, i))
        if step == STEPS:
            return f"{image}/{near(block.vector(step - 1, i))}"
        return f"{image}/SUM({near(block.image(step, 0), block.image(step, block.size - 1))})"

    def lambda_max(self, block: Block) -> str:
        return f"AVERAGE({near(block.vector(STEPS, 0), block.vector(STEPS, block.size - 1))})"

    def _cr(self, block: Block) -> str:
        size = block.size
        if size < 3:
            return "0"
        excess = f"({near(block.scalar('lambda'))}-{size})"
        return f"IF({excess}<{plain(1e-12 * size)},0,{excess}/{size - 1}/{RANDOM_INDEX[size - 1]!r})"

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
        least = f"MAX({rows})-{_SAME}"
        if name == "worst_row":
            first = _first([f"{near(block.largest(i))}>={least}" for i in range(block.size)])
            return f"IF(MAX({rows})<={_SAME},0,{first})"
        row = near(block.scalar("worst_row"))
        area = near(block.deviation(0, 0), block.deviation(last, last))
        first = _first([f"INDEX({area},{row},{j + 1})>={least}" for j in range(block.size)])
        return f"IF({row}=0,0,{first})"

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
        told += f"&{self.t(ANY_OF_THREE)}" if block.size == 3 else ""
        return f'IF({near(block.scalar("state"))}<{GOOD},"",IF({row}=0,{self.t(CONSISTENT)},{told}))'

    def told_state(self, block: Block) -> str:
        given, good, cr = near(block.scalar("given")), near(block.scalar("good")), shown(near(block.cr))
        states = [self.t(MATRIX_STATES[UNUSED])]
        states.append(self.filled(MATRIX_STATES[UNFINISHED], k=f"({block.pairs}-{given})"))
        states.append(self.filled(MATRIX_STATES[OUTSIDE], k=f"({given}-{good})"))
        states.append(self.t(MATRIX_STATES[CLASH]))
        states += [self.filled(MATRIX_STATES[state], cr=cr) for state in (GOOD, INCONSISTENT)]
        return f"CHOOSE({near(block.scalar('state'))}+1,{','.join(states)})"

    def overview(self, group: Block, members: Sequence[Block]) -> str:
        """The CR of the group, and how many of its matrices are no basis for weights."""
        cr, bad = near(group.cr), f"({self.inconsistent(members)})"
        return f'IF({cr}="","",IF({bad}=0,{cr},{self.filled(OVERVIEW_BAD, cr=shown(cr), k=bad)}))'

    def told_group(self, group: Block, members: Sequence[Block]) -> str:
        state, count, cr = near(group.scalar("state")), near(group.scalar("given")), shown(near(group.cr))
        good, bad = self.filled(GROUP_GOOD, n=count, cr=cr), self.filled(GROUP_BAD, n=count, cr=cr)
        some = f"({self.inconsistent(members)})"
        bad = f"IF({some}=0,{bad},{self.filled(GROUP_MEMBERS_BAD, n=count, cr=cr, k=some)})"
        return f"IF({state}={UNUSED},{self.t(GROUP_UNUSED)},IF({state}={GOOD},{good},{bad}))"
