"""What the fields of a report are filled with, from a result. Pictures come from `charts`."""

from __future__ import annotations

import datetime
import os
from typing import NamedTuple

from .. import __version__
from ..assessment.result import Result
from ..assessment.uncertainty import Uncertainty, uncertainty
from ..standard.codes import divisions
from ..standard.indicators import CASE_NAMES
from ..standard.measures import measure_in_force
from . import rows
from .shown import NONE, percent, points, span


class Values(NamedTuple):
    """The texts and the lists of a report, in the language that was in use."""

    texts: dict[str, str]
    lists: dict[str, list[rows.Row]]


def values_of(result: Result, file: str, sure: Uncertainty | None = None) -> Values:
    """Everything but the pictures; file: the name of what it rests on."""
    sure = uncertainty(result) if sure is None else sure
    return Values(_texts(result, file, sure), rows.lists_of(result, sure))


def _texts(result: Result, file: str, sure: Uncertainty) -> dict[str, str]:
    assessment, guide, synergy = result.assessment, result.guide, result.synergy
    enterprise, grade = assessment.enterprise, result.grade
    division = divisions().get(enterprise.industry_code[:2])
    product = assessment.product
    return {
        "enterprise": enterprise.name or NONE,
        "uscc": enterprise.code or NONE,
        "industry": " ".join(filter(None, (enterprise.industry_code, str(division or "")))) or NONE,
        "region": enterprise.region or NONE,
        "base_period": assessment.periods.base or NONE,
        "report_period": assessment.periods.report or NONE,
        "boundary": assessment.boundary or NONE,
        "product": f"{product.name} ({product.unit})" if product.unit else product.name or NONE,
        "guide": f"{guide.name} · {guide.id} {guide.version}".strip(),
        "guide_hash": guide.hash,
        "program": f"jwdt-xl {__version__}",
        "made": datetime.date.today().isoformat(),
        "file": os.path.basename(file),
        "total": points(result.total),
        "grade": str(grade.name) if grade else NONE,
        "total_interval": span(sure.total),
        "coverage": percent(result.coverage, 0),
        "score_so_far": points(result.score_so_far),
        "rate_pollutants": percent(synergy.pollutants if synergy else None),
        "rate_carbon": percent(synergy.carbon if synergy else None),
        "rate_pollutants_interval": span(sure.pollutant_rate, True),
        "rate_carbon_interval": span(sure.carbon_rate, True),
        "case": str(CASE_NAMES[synergy.case]) if synergy else NONE,
        "synergy": f"{synergy.value:.4f}" if synergy and synergy.value is not None else NONE,
        "rewards": str(measure_in_force(result.options).rewards),
    }
