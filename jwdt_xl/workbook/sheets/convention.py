"""The electricity convention in force, and the non-fossil share under the other one: formulas and values side by side."""

from __future__ import annotations

from dataclasses import replace

from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.choices import OWN
from ...assessment.evaluate import evaluate
from ...errors import Refused
from ...standard import energy as energies
from ...standard.green import ALL, PHYSICAL, Green
from ...standard.guide.benchmarks import BY_COAL, CALORIFIC, CONVENTION_NAMES, SAME_COEFFICIENT, convention_of
from ...standard.guide.options import BY_NAME, DEFAULTS
from ..columns import green
from ..columns.cached import general
from ..columns.column import plain
from ..parts import Parts
from . import result_texts as texts

#: By coal consumption of generation, as an illustration: the user gives the year's number.
COAL = 0.3
_BY_VALUE, _BY_COAL = CONVENTION_NAMES[CALORIFIC], CONVENTION_NAMES[BY_COAL]

#: What is written of one convention: its sentence and the share, each as a formula and its value.
Row = tuple[str, str, str, str | float]


def rows(parts: Parts) -> tuple[Row, ...]:
    """The convention in force, and the other one."""
    t, formula = parts.t, parts.formulas.t
    k = float(parts.result.options["electricity_coefficient"])
    default = float(DEFAULTS["electricity_coefficient"])
    calorific = convention_of(parts.result.options) == CALORIFIC
    other = COAL if calorific else default
    test = f"ABS(opt_electricity_coefficient-{plain(default)})<={plain(SAME_COEFFICIENT)}"
    names = [formula(text) for text in (_BY_VALUE, _BY_COAL, texts.PER_KWH)]
    illustrative = formula(texts.ILLUSTRATIVE)
    number = f"IF({test},{plain(COAL)},{plain(default)})"
    per = t(texts.PER_KWH)
    return (
        (
            f"{formula(texts.IN_FORCE)}&opt_electricity_coefficient&{names[2]}&IF({test},{names[0]},{names[1]})",
            t(texts.IN_FORCE) + general(k) + per + t(_BY_VALUE if calorific else _BY_COAL),
            _share(),
            _share_value(parts, None),
        ),
        (
            f"{formula(texts.OTHER)}&{number}&{names[2]}&IF({test},{names[1]}&{illustrative},{names[0]})",
            t(texts.OTHER)
            + general(other)
            + per
            + (t(_BY_COAL) + t(texts.ILLUSTRATIVE) if calorific else t(_BY_VALUE)),
            _other_share(parts, number),
            _share_value(parts, other),
        ),
        _by_other_counting(parts),
    )


def _by_other_counting(parts: Parts) -> Row:
    """The share by the other counting of green power, live."""
    option, formulas = BY_NAME["non_fossil_counting"], parts.formulas
    otherwise = Green.of(parts.result.options).otherwise.non_fossil_counting
    names = {value: formulas.t(label) for value, label in option.choices}
    is_all = f"opt_non_fossil_counting={names[ALL]}"
    heading = formulas.t(texts.OTHER_COUNTING)
    whole, part = "out_primary_tce_report", "out_nonfossil_tce_report"
    column = parts.layout.column
    differing = "+".join(
        f"SUMIFS({column(table, key)},{green.differing(column(table, 'counts_as'))})"
        for table, key in (("energy", "eq_report"), ("activity", "tce_report"))
    )
    other = f"{part}+IF({is_all},-1,1)*(1-opt_grid_nonfossil_share)*({differing})"
    share = parts.result.nonfossil_share_other
    return (
        f"{heading}&IF({is_all},{names[PHYSICAL]},{names[ALL]})",
        parts.t(texts.OTHER_COUNTING) + parts.t(option.label_of(otherwise)),
        f'IF(COUNT({whole},{part})<2,"",IF({whole}<=0,"",({other})/{whole}))',
        "" if share is None else share / 100,
    )


def _share() -> str:
    whole, part = "out_primary_tce_report", "out_nonfossil_tce_report"
    return f'IF(COUNT({whole},{part})<2,"",IF({whole}<=0,"",{part}/{whole}))'


def _share_value(parts: Parts, coefficient: float | None) -> str | float:
    """The share by the engine, with another coefficient of electricity if one is given."""
    amounts = parts.result.quantities
    if amounts.primary_tce.report is None or amounts.nonfossil_tce.report is None:
        return ""
    if coefficient is not None:
        options = {**parts.result.assessment.options, "electricity_coefficient": coefficient}
        try:
            amounts = evaluate(replace(parts.result.assessment, options=options), parts.guide, by=OWN).quantities
        except Refused:
            return ""
    whole, part = amounts.primary_tce.report, amounts.nonfossil_tce.report
    return "" if whole is None or part is None or whole <= 0 else part / whole


def _other_share(parts: Parts, number: str) -> str:
    """Live: every row of electricity grows by the same factor, whatever its origin."""
    whole, part = "out_primary_tce_report", "out_nonfossil_tce_report"
    column = parts.layout.column
    place = next(i for i, e in enumerate(energies.energies(), 1) if e.is_electricity)
    kind = parts.formulas.t(ACTIVITY_KINDS["electricity"])
    sources = (
        (column("energy", "eq_report"), f"{column('energy', 'key')},{place}", column("energy", "non_fossil_share")),
        (
            column("activity", "tce_report"),
            f"{column('activity', 'kind')},{kind}",
            column("activity", "non_fossil_share"),
        ),
    )
    power = "+".join(f"SUMIFS({values},{which})" for values, which, _ in sources)
    of_power = "+".join(
        f"SUMPRODUCT(--({which.replace(',', '=')}),{shares},{values})" for values, which, shares in sources
    )
    more = f"({number}/opt_electricity_coefficient-1)"
    top = f"({part}+({of_power})*{more})"
    bottom = f"({whole}+({power})*{more})"
    return f'IF(COUNT({whole},{part})<2,"",IF({bottom}<=0,"",{top}/{bottom}))'
