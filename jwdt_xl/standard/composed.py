"""Forms of formulas that a guide makes of its own: sums, quotients, shares and rates over what it names.

A guide names inputs that it declares itself and quantities of the standard; a form says what is computed of them. There
is no language of expressions: what a form is not made for is computed outside, and entered.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..errors import NotAssessable
from ..messages import Text, number
from .indicators import ratio
from .scoring import NEGATIVE, POSITIVE

NEEDED, OPTIONAL, NONE = "needed", "optional", "none"
#: A part may exceed its whole by so much of it: the digits that sums in different order lose.
SLACK = 1e-9


class Form(NamedTuple):
    """A form: whether it divides, compares both periods, is in %, and what it reads like with {of} and {over}."""

    key: str
    name: Text
    #: Whether something stands below the line.
    over: str
    attributes: tuple[str, ...] = (POSITIVE, NEGATIVE)
    both_periods: bool = False
    percent: bool = False
    #: Whether what is above the line may be multiplied, as to convert a unit.
    times: bool = False
    #: What is said behind the amounts of both periods.
    said: Text = Text("", "")


FORMS = {
    form.key: form
    for form in (
        Form("sum", Text("自定：各量之和(可乘系数)", "own: sum of quantities, times a factor"), NONE, times=True),
        Form("quotient", Text("自定：和之比(可乘系数)", "own: sum over sum, times a factor"), NEEDED, times=True),
        Form("share", Text("自定：占比 (%)", "own: share (%)"), NEEDED, percent=True),
        Form(
            "reduction", Text("自定：较基准期下降率 (%)", "own: reduction against the base period (%)"), OPTIONAL,
            (POSITIVE,), both_periods=True, percent=True, said=Text("下降率 %", "reduction in %"),
        ),
        Form(
            "growth", Text("自定：较基准期增长率 (%)", "own: growth against the base period (%)"), OPTIONAL,
            (POSITIVE,), both_periods=True, percent=True, said=Text("增长率 %", "growth in %"),
        ),
    )
}  # fmt: skip

#: Amounts of a period: those above the line, and those below it.
Amounts = tuple[Sequence[float], Sequence[float]]


def value(form: Form, base: Amounts | None, report: Amounts, times: float = 1.0) -> float:
    """The value of a form; base is for forms that compare both periods. Raises NotAssessable with the reason."""
    now = _of_period(form, report, times)
    if not form.both_periods:
        return now
    assert base is not None
    before = _of_period(form, base, times)
    change = before - now if form.key == "reduction" else now - before
    return ratio(100 * change, before, _BASE)


def _of_period(form: Form, amounts: Amounts, times: float) -> float:
    for amount in (*amounts[0], *amounts[1]):
        if amount < 0:
            raise NotAssessable(_NEGATIVE.fill(v=number(amount)))
    of, over = map(_sum, amounts)
    if not amounts[1]:
        if not math.isfinite(of * times):
            raise NotAssessable(_TOO_LARGE)
        return of * times
    if form.key == "share" and of > over * (1 + SLACK):
        raise NotAssessable(_MORE.fill(a=number(of), b=number(over)))
    return ratio(of * (100 if form.key == "share" else times), over, _OVER)


def _sum(amounts: Sequence[float]) -> float:
    try:
        return math.fsum(amounts)
    except OverflowError:
        raise NotAssessable(_TOO_LARGE) from None


_OVER = Text("除以的量之和", "the sum that is divided by")
_BASE = Text("基准期的量", "the amount of the base period")
_TOO_LARGE = Text("各量之和超出数值范围，不可评价", "the sum of the quantities is out of range: not assessable")
_NEGATIVE = Text("计入的量为负({v})，不可评价", "a quantity it is made of is negative ({v}): not assessable")
_MORE = Text("部分({a})大于全部({b})，不可评价", "the part ({a}) is more than the whole ({b}): not assessable")
