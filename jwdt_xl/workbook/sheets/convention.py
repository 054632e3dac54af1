"""The electricity convention in force, and the non-fossil share under the other one: formulas and values side by side."""

from __future__ import annotations

from dataclasses import replace

from ...assessment.evaluate import evaluate
from ...assessment.tables import ACTIVITY_KINDS
from ...errors import Refused
from ...standard import energy as energies
from ...standard.guide.benchmarks import BY_COAL, CALORIFIC, CONVENTION_NAMES, SAME_COEFFICIENT, convention_of
from ...standard.guide.options import DEFAULTS
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
            amounts = evaluate(replace(parts.result.assessment, options=options), parts.guide).quantities
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
        (column("energy", "eq_report"), f"{column('energy', 'key')},{place}", column("energy", "origin")),
        (column("activity", "tce_report"), f"{column('activity', 'kind')},{kind}", column("activity", "origin")),
    )
    power = "+".join(f"SUMIFS({values},{which})" for values, which, _ in sources)
    green = "+".join(
        f"SUMIFS({values},{which},{origins},{parts.formulas.t(energies.ORIGIN_NAMES[origin])})"
        for values, which, origins in sources
        for origin in energies.NON_FOSSIL_ORIGINS
    )
    grid = "+".join(
        f"SUMIFS({values},{which},{origins},{parts.formulas.t(energies.ORIGIN_NAMES[energies.GRID])})"
        for values, which, origins in sources
    )
    more = f"({number}/opt_electricity_coefficient-1)"
    top = f"({part}+({green}+opt_grid_nonfossil_share*({grid}))*{more})"
    bottom = f"({whole}+({power})*{more})"
    return f'IF(COUNT({whole},{part})<2,"",IF({bottom}<=0,"",{top}/{bottom}))'
