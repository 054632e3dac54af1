"""One file read and evaluated: what comes out of the intake, whether it went well or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...assessment import Assessment, Result, evaluate, read
from ...assessment.choices import GUIDE, OPEN, OWN
from ...assessment.result import refused_dict
from ...assessment.tables import TABLES
from ...assessment.typed import numbers_of_texts
from ...errors import Refused
from ...messages import ERROR, WARNING, Finding, Text, joined, shown
from ...standard.guide import Guide


@dataclass(frozen=True)
class Reading:
    """A file with its data, its result (None where it was refused) and its findings, each with its place in the file."""

    file: str
    result: Result | None
    findings: tuple[Finding, ...]
    #: What a workbook says about itself: layout, guide, language, host, when it was saved. Empty for an assessment file.
    stamp: Mapping[str, Any] = field(default_factory=dict)
    #: Where it is evaluated by the guide's choices and states others: the total by its own.
    own_choice_total: float | None = None
    #: Where the tables stand in the file, and the base periods of pollutants, for what is found later.
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not any(finding.severity == ERROR for finding in self.findings)

    @property
    def assessment(self) -> Assessment | None:
        return self.result.declared if self.result else None

    def with_findings(self, more: Iterable[Finding]) -> Reading:
        """With findings about tables, each at its place in the file."""
        placed = tuple(f._replace(where=self.places.get(f.where, f.where)) for f in more)
        if self.result is None or not placed:
            return self
        findings = (*self.findings, *placed)
        return replace(self, result=replace(self.result, findings=findings), findings=findings)

    def as_dict(self) -> dict[str, Any]:
        """One object of `jwdt score --json`: the same keys whether the file was evaluated or refused."""
        if self.result is None:
            return {"file": shown(self.file), **refused_dict(self.findings)}
        return {"file": shown(self.file), **self.result.as_dict()}


def refusal(path: str, error: Refused) -> Reading:
    return Reading(path, None, error.findings)


def evaluated(
    path: str,
    data: Mapping[str, Any],
    guide: Guide | None,
    where: Callable[[str], str] = str,
    stamp: Mapping[str, Any] | None = None,
    by: str = OPEN,
) -> Reading:
    """Evaluate the data of a file; ``where`` turns the path of a field into its place in that file; by: whose choices count."""
    told: list[Finding] = []
    if stamp is None:  # an assessment file; whoever reads a workbook knows its cells
        data = numbers_of_texts(data, told)
    stamp = stamp or {}
    try:
        result = evaluate(read(data, guide), guide, by=by)
    except Refused as error:
        # a file of another format would get a finding for each of its fields
        foreign = tuple(
            finding for finding in error.findings if finding.code == "bad-format" and finding.where in ("$", "format")
        )
        said = {**stamp, BLANK: not foreign and is_blank(data), WHOSE: whose(data)}
        return Reading(path, None, _placed(foreign or error.findings, where), said)
    own = None
    if by == GUIDE and result.choices:
        own = _by_own_choices(result)
        told.append(_own_choices(result, own))
    result = replace(result, findings=_placed((*result.findings, *told), where))
    rows = [f"pollutants[{i}].base" for i in range(len(result.declared.pollutants))]
    return Reading(path, result, result.findings, stamp, own, {name: where(name) for name in (*TABLES, *rows)})


def _by_own_choices(result: Result) -> float | None:
    """The total by all that the return chooses itself, which counts nowhere."""
    try:
        return evaluate(result.declared, result.guide, by=OWN, approved=result.approved).total
    except Refused:
        return None


def _own_choices(result: Result, own: float | None) -> Finding:
    listed = [
        Text("{n} {o}（指南 {g}）", "{n} {o} (guide {g})").fill(n=c.name, o=c.own, g=c.guides) for c in result.choices
    ]
    totals = (Text(said, said) for said in ("–" if total is None else f"{total:.2f}" for total in (own, result.total)))
    text = _OWN_CHOICES.fill(c=joined(listed, "；", "; "), **dict(zip("ot", totals, strict=True)))
    return Finding(WARNING, "own-choices", result.choices[0].place, text, "consistency")


_OWN_CHOICES = Text(
    "本表自选：{c}；按自选计算总分为 {o}，排名一律按指南的选择，总分 {t} — 无须处理，请知悉",
    "own choices of this return: {c}; by them the total is {o}; everybody is ranked by the guide's, which give {t} — nothing to do, for information",
)


#: Among what a refused file says about itself.
BLANK, WHOSE = "blank", "whose"
#: Codes of refusals for the guide alone: named with their cure once, and not for each file.
OF_ANOTHER_GUIDE = ("other-guide", "unknown-guide", "guide-not-assigned", "guide-unsaid")
#: What says whose it is and of when, and how much of it is kept: nobody has checked it.
_IDENTITY = {"enterprise": ("uscc", "name", "region", "industry_code"), "periods": ("report",)}
_LONGEST = 200


def whose(data: Any) -> dict[str, str]:
    """What the data of a refused file say of whose they are: texts and no more, blank where there are none."""
    found = dict[str, str]()
    for section, keys in _IDENTITY.items():
        part = data.get(section) if isinstance(data, Mapping) else None
        for key in keys:
            value = part.get(key) if isinstance(part, Mapping) else None
            found[key] = " ".join(shown(value[:_LONGEST]).split()) if isinstance(value, str) else ""
    whom: Any = data.get("enterprise") if isinstance(data, Mapping) else None
    division: Any = whom.get("division_code") if isinstance(whom, Mapping) else None
    if not found["uscc"] and isinstance(division, str):
        found["uscc"] = shown(division[:_LONGEST])  # of a city
    return found


def is_blank(data: Any) -> bool:
    """Whether nothing is filled in that a form does not bring along: neither an amount of the report period nor an answer."""
    if not isinstance(data, Mapping):
        return False
    sections = [data.get("output_value"), data.get("metered_electricity"), *(data.get(name) or () for name in TABLES)]
    product = data.get("product")
    sections.append(product.get("output") if isinstance(product, Mapping) else None)
    rows = [
        row
        for part in sections
        for row in (part if isinstance(part, (list, tuple)) else (part,))
        if isinstance(row, Mapping)
    ]
    answers = [part for name in ("policy", "management", "entered") if isinstance(part := data.get(name), Mapping)]
    inputs = data.get("inputs")
    rows += [entry for entry in (inputs.values() if isinstance(inputs, Mapping) else ()) if isinstance(entry, Mapping)]
    given = [*(row.get("report") for row in rows), *(value for part in answers for value in part.values())]
    return all(value is None or value == "" for value in given)


def _placed(findings: tuple[Finding, ...], where: Callable[[str], str]) -> tuple[Finding, ...]:
    return tuple(finding._replace(where=where(finding.where)) for finding in findings)
