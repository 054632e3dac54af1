"""The grade by a guide's rules, live on the summary: formula, and value by the data."""

from __future__ import annotations

from ...assessment.fields import YES_NO
from ...messages import Text
from ...standard.guide import SCORE, Condition, Guide, Veto
from ...standard.guide.nodes import YES
from ..columns.column import plain
from ..parts import Parts
from ..plan import Cell
from .result_texts import GRADE

_NOT_YET = Text("–", "–")
_BELOW = Text("未达到任何等级", "no grade reached")
_PASSED = Text("未被排除（指南没有等级）", "not excluded (the guide has no grades)")
_EXCLUDED = Text("不评等级、不排名：{r}", "no grade, no rank: {r}")


#: IFs within each other (a program takes 64), and letters of a reason (a text of a formula has 255).
_MOST, _LONGEST = 50, 200


def _excluded(reason: Text) -> Text:
    zh, en = (said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…" for said in reason)
    return _EXCLUDED.fill(r=Text(zh, en))


def is_given(guide: Guide) -> bool:
    """Whether the guide has such rules, and not more than a formula may nest."""
    return 0 < len(guide.grades) + len(guide.conditions) + len(guide.vetoes) <= _MOST


def write(parts: Parts, row: int, last: int) -> int:
    """The row of the grade, or why there is none; the next free row. A guide without such rules has none."""
    if not is_given(parts.guide):
        return row
    parts.book.merge(Cell("summary", row, 0), 1, parts.t(GRADE), "row_beside")
    parts.book.merge_formula(Cell("summary", row, 2), last, formula(parts), value(parts), "row_beside")
    parts.book.sheets["summary"].set_row(row, 18)
    return row + 1


def formula(parts: Parts) -> str:
    """No total: nothing yet; the first reason that excludes; else the highest grade that the total, as shown, reaches."""
    guide, t = parts.guide, parts.formulas.t
    chain = t(_BELOW if guide.grades else _PASSED)
    for grade in sorted(guide.grades, key=lambda grade: grade.at_least):
        chain = f"IF(ROUND(out_total,2)>={plain(grade.at_least)},{t(grade.name)},{chain})"
    excluding = [(_met(each), each.reason) for each in guide.conditions]
    excluding += [(_vetoed(parts, each), each.reason) for each in guide.vetoes]
    for met, reason in reversed(excluding):
        chain = f"IF({met},{t(_excluded(reason))},{chain})"
    return f'IF(out_total="",{t(_NOT_YET)},{chain})'


def _met(condition: Condition) -> str:
    """A value or score beyond a limit, or none."""
    cell = f"out_{'score' if condition.measure == SCORE else 'value'}_{condition.indicator}"
    limits = [f"{cell}<{plain(condition.below)}"] if condition.below is not None else []
    limits += [f"{cell}>{plain(condition.above)}"] if condition.above is not None else []
    return f"IF(ISNUMBER({cell}),OR({','.join(limits)}),TRUE())"


def _vetoed(parts: Parts, veto: Veto) -> str:
    """Any answer but the one that passes, none too."""
    passes = dict(YES_NO)[veto.excludes != YES]
    return f"in_vetoes_{veto.code}_answer<>{parts.formulas.t(passes)}"


def value(parts: Parts) -> str:
    result = parts.result
    if result.total is None:
        return parts.t(_NOT_YET)
    reasons = [*(each.reason for each in result.exclusions), *(each.reason for each in result.vetoed)]
    if reasons:
        return parts.t(_excluded(reasons[0]))
    reached = result.guide.grade(result.total)
    return parts.t(reached.name if reached else _BELOW if result.guide.grades else _PASSED)
