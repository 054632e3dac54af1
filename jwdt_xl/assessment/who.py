"""Whose assessment it is, in the words of what its guide evaluates: the fields of the section `enterprise`, and the boundary."""

from __future__ import annotations

from ..errors import JwdtError
from ..messages import Text, joined
from ..standard import codes
from ..standard.guide import Guide
from ..standard.guide.subjects import ENTERPRISE
from ..standard.record import Errors, Spec
from .fields import specs
from .model import BOUNDARY, Assessment, Enterprise

#: What only some are asked for; the others of the section are an enterprise's.
_OF_OTHERS = ("division_code",)
_CHECKS = {
    "uscc": codes.check_uscc,
    "industry_code": codes.check_industry,
    "division_code": codes.check_division,
}
#: What nobody is reminded of.
_OPTIONAL = ("region",)


def fields(guide: Guide) -> dict[str, Spec]:
    """What is asked of whom the guide evaluates, in order."""
    known = specs(Enterprise)
    if guide.evaluates == ENTERPRISE:
        return {name: spec for name, spec in known.items() if name not in _OF_OTHERS}
    return {name: known[name]._replace(**details._asdict()) for name, details in guide.subject.details.items()}


def boundary(guide: Guide) -> Spec:
    """What is counted and what is not."""
    return BOUNDARY if guide.evaluates == ENTERPRISE else BOUNDARY._replace(**guide.subject.boundary._asdict())


def needed(guide: Guide) -> dict[str, Spec]:
    """Of the fields those without which it is not said whose the assessment is."""
    return {name: spec for name, spec in fields(guide).items() if name not in _OPTIONAL}


def check(assessment: Assessment, guide: Guide, errors: Errors) -> None:
    """Adds what is wrong with the codes, and what this guide does not ask for."""
    asked = fields(guide)
    for name, spec in specs(Enterprise).items():
        value = getattr(assessment.enterprise, name)
        if value and name not in asked:
            text = _NOT_ASKED.fill(
                s=guide.subject.name, l=spec.label, a=joined([each.label for each in asked.values()])
            )
            errors.add(f"enterprise.{name}", text, "not-asked")
        elif value and name in _CHECKS:
            try:
                _CHECKS[name](value)
            except JwdtError as error:
                errors.add_error(f"enterprise.{name}", error)


_NOT_ASKED = Text(
    "本指南评价的是{s}，没有“{l}”一项 — 请删去，只填写：{a}",
    "this guide evaluates the unit “{s}”, which has no “{l}” — take it out; there are: {a}",
)
