"""The formulas an indicator of a guide may take, each one entry.

A quotient of two quantities needs nothing more than its entry: engine, formulas and calls of every edition, cached
values, sentences, hints, findings, the authors' list and the schemas follow from it. What is no quotient is an entry
too, and each of those faces has one rendering of its kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..errors import NotAssessable
from ..messages import Text, number
from . import indicators as ind
from .composed import FORMS, Form
from .method import CHOICE, LAW, NOTE
from .quantities import PERIODS, QUANTITIES, Quantity
from .scoring import MODERATE, NEGATIVE, POSITIVE, QUALITATIVE

#: Kinds of formulas: every face has one rendering for each.
QUOTIENT, SYNERGY, POLICY, MANAGEMENT, ENTERED, COMPOSED = KINDS = (
    "quotient", "synergy", "policy", "management", "entered", "composed",
)  # fmt: skip
_NOTHING = Text("", "")


class Use(NamedTuple):
    """A quantity of a period that a formula needs, and whether it must be above 0 to divide by."""

    quantity: str
    period: str
    divides: bool


class Formula(NamedTuple):
    """A formula: what it is called, what it is made of, how it computes and reads, and what it rests on."""

    key: str
    name: Text
    kind: str
    #: The attributes its indicators may have: in which direction a value is good.
    attributes: tuple[str, ...]
    #: Quantities by key; a quotient divides the first by the last.
    needs: tuple[str, ...] = ()
    #: The answers it is graded by, in the order in which they are asked for; names of the function's arguments follow a dot.
    answers: tuple[str, ...] = ()
    #: The unit (by code) that counts above the line, where there is one.
    unit: str = ""
    #: What the upper quantity is multiplied by.
    times: int = 1
    #: Quantities without which being at least 0 there is no value.
    not_negative: tuple[str, ...] = ()
    compute: Callable[..., float | None] | None = None
    marks: tuple[str, ...] = (NOTE, CHOICE)
    #: How the value follows, with the amounts {a} and {b}.
    sentence: Text = _NOTHING
    #: What is lacking, of an answer or a value that is typed.
    absent: Text = _NOTHING
    #: The cell function, if there is one; it takes the quantities in their order.
    call: str = ""

    @property
    def is_quotient(self) -> bool:
        return self.kind == QUOTIENT

    @property
    def is_synergy(self) -> bool:
        return self.kind == SYNERGY

    @property
    def is_entered(self) -> bool:
        return self.kind == ENTERED

    @property
    def form(self) -> Form | None:
        """What it makes of the quantities that its indicator names, of an author's own formula."""
        return FORMS.get(self.key)

    @property
    def is_graded(self) -> bool:
        """Whether it gives a grade from answers."""
        return bool(self.answers)

    @property
    def may_repeat(self) -> bool:
        """Whether several indicators may take it with the same parameters."""
        return self.is_entered or self.is_graded or self.form is not None

    @property
    def parameters(self) -> tuple[str, ...]:
        """What may narrow the quantity above the line."""
        return QUANTITIES[self.needs[0]].parameters if self.is_quotient else ()

    @property
    def conventions(self) -> set[str]:
        """What a benchmark must have in common with the value."""
        return {QUANTITIES[key].convention for key in self.needs}

    def asks(self, section: str) -> bool:
        """Whether it is graded by the answers of a section."""
        return any(answer.partition(".")[0] == section for answer in self.answers)

    def uses(self, needs: tuple[str, ...]) -> tuple[Use, ...]:
        """Its quantities by period; needs names them as an indicator does, which may count a part only."""
        if self.is_quotient:
            return tuple(Use(key, PERIODS[1], i == len(needs) - 1) for i, key in enumerate(needs))
        # Rates divide by the base; per product the output divides in both periods.
        return tuple(Use(key, period, period == PERIODS[0] or key == "output") for key in needs for period in PERIODS)


def quotient(
    key: str,
    name: Text,
    needs: tuple[str, str],
    attribute: str,
    *,
    unit: str = "",
    times: int = 1,
    not_negative: tuple[str, ...] | None = None,
    compute: Callable[[float, float], float] | None = None,
    marks: tuple[str, ...] = (NOTE, CHOICE),
    sentence: Text | None = None,
    call: str = "",
) -> Formula:
    """A quotient of two quantities of the report period; without more, it needs the upper one to be at least 0."""
    top, bottom = (QUANTITIES[need] for need in needs)
    return Formula(
        key,
        name,
        QUOTIENT,
        (attribute,),
        needs,
        unit=unit,
        times=times,
        not_negative=needs[:1] if not_negative is None else not_negative,
        compute=compute or _divide(top, bottom, times),
        marks=marks,
        sentence=sentence or _sentence(top, bottom, times),
        call=call,
    )


def _sentence(top: Quantity, bottom: Quantity, times: int) -> Text:
    by = "" if times == 1 else f" × {times}"
    zh, en = (f"{top.name[i]} {{a}} {top.unit[i]}{by} ÷ {bottom.name[i]} {{b}} {bottom.unit[i]}" for i in (0, 1))
    return Text(zh, en)


def _divide(top: Quantity, bottom: Quantity, times: int) -> Callable[[float, float], float]:
    def divided(numerator: float, denominator: float) -> float:
        if numerator < 0:
            raise NotAssessable(_NEGATIVE.fill(n=top.name, v=number(numerator), u=top.unit))
        return ind.ratio(numerator * times, denominator, _OF_REPORT.fill(n=bottom.name))

    return divided


_OF_REPORT = Text("报告期{n}", "{n} of the report period")
_NEGATIVE = Text("报告期{n}为负({v} {u})，不可评价", "{n} of the report period is negative ({v} {u}): not assessable")

_ALL_MARKS = (NOTE, LAW, CHOICE)
FORMULAS: dict[str, Formula] = {
    formula.key: formula
    for formula in (
        Formula(
            "synergy", Text("减污降碳协同度", "degree of synergy"), SYNERGY, (MODERATE,), ("equivalents", "co2e", "output"),
            compute=None, marks=_ALL_MARKS, call="JWDT_SYNERGY",
        ),
        quotient(
            "equivalent_intensity", Text("单位产品污染物排放当量 P1/Q1", "pollutant equivalents per unit product P1/Q1"),
            ("equivalents", "output"), NEGATIVE, not_negative=(), compute=ind.equivalent_intensity, marks=_ALL_MARKS,
            sentence=Text("污染物当量 {a} ÷ 产量 {b}", "equivalents {a} ÷ output {b}"), call="JWDT_EQUIVALENT_INTENSITY",
        ),
        quotient(
            "carbon_intensity", Text("单位产品碳排放量 C1×1000/Q1 (kg)", "carbon emissions per unit product C1×1000/Q1 (kg)"),
            ("co2e", "output"), NEGATIVE, unit="kg", times=1000, compute=ind.carbon_intensity, marks=_ALL_MARKS,
            sentence=Text("碳排放 {a} t × 1000 ÷ 产量 {b}", "emissions {a} t × 1000 ÷ output {b}"), call="JWDT_CARBON_INTENSITY",
        ),
        quotient(
            "carbon_productivity", Text("碳生产率 V1/C1 (万元/t)", "carbon productivity V1/C1 (10^4 yuan/t)"),
            ("value_10k", "co2e"), POSITIVE, unit="万元", not_negative=("co2e",), compute=ind.carbon_productivity, marks=_ALL_MARKS,
            sentence=Text("产值 {a} 万元 ÷ 碳排放 {b} t", "output value {a} 10^4 yuan ÷ emissions {b} t"),
            call="JWDT_CARBON_PRODUCTIVITY",
        ),
        quotient(
            "nonfossil_share", Text("非化石能源占比 (%)", "non-fossil share of primary energy (%)"),
            ("nonfossil_tce", "primary_tce"), POSITIVE, times=100, not_negative=(), compute=ind.nonfossil_share, marks=_ALL_MARKS,
            sentence=Text("100 × 非化石 {a} tce ÷ 一次能源 {b} tce", "100 × non-fossil {a} tce ÷ primary {b} tce"),
            call="JWDT_NONFOSSIL_SHARE",
        ),
        quotient(
            "material_intensity", Text("单位产品原辅料消耗量 (kg)", "material per unit product (kg)"),
            ("material_kg", "output"), NEGATIVE, unit="kg", not_negative=(), compute=ind.material_intensity,
            sentence=Text("原辅料 {a} kg ÷ 产量 {b}", "materials {a} kg ÷ output {b}"), call="JWDT_MATERIAL_INTENSITY",
        ),
        quotient(
            "residual_energy_intensity", Text("单位产品余能利用量 (kJ)", "recovered residual energy per unit product (kJ)"),
            ("residual_kj", "output"), POSITIVE, unit="kJ", not_negative=(), compute=ind.residual_energy_intensity,
            sentence=Text("余能 {a} kJ ÷ 产量 {b}", "residual energy {a} kJ ÷ output {b}"), call="JWDT_RESIDUAL_ENERGY_INTENSITY",
        ),
        Formula(
            "policy", Text("产业政策执行情况(等级 0–1)", "industrial policy (grade 0–1)"), POLICY, (QUALITATIVE,),
            answers=("policy.elimination_list", "policy.recommended"), compute=ind.policy, call="JWDT_POLICY",
            absent=Text("产业政策问题尚未答全", "industrial-policy questions not all answered"),
        ),
        Formula(
            "management", Text("节能减排管理制度及执行(等级 0–1)", "management system and its execution (grade 0–1)"), MANAGEMENT,
            (QUALITATIVE,), answers=("management.established", "management.effective"), compute=ind.management,
            call="JWDT_MANAGEMENT", absent=Text("管理制度问题尚未答全", "management questions not all answered"),
        ),
        Formula(
            "entered", Text("由企业填报", "entered by the enterprise"), ENTERED, (POSITIVE, NEGATIVE, QUALITATIVE),
            absent=Text("尚未填写", "not entered"),
        ),
        *(Formula(form.key, form.name, COMPOSED, form.attributes, marks=(CHOICE,)) for form in FORMS.values()),
    )
}  # fmt: skip
#: Of a draft, which may leave the formula of an indicator open, and of groups.
OPEN = Formula("", _NOTHING, "", ())
