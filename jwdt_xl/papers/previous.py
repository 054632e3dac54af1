"""An assessment or a return of last year as a paper: each row with the labels of its two periods."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ..assessment import Assessment
from ..assessment import read as read_assessment
from ..assessment.fields import specs
from ..assessment.model import MAPPINGS
from ..assessment.tables import NAME_FIELDS, TABLES
from ..messages import INFO, Finding, Text, joined
from ..standard.record import NUMBER
from .cells import Where
from .document import Opened
from .drafts import PERIODS
from .paper import RECOVERED, Entry, Fact, Given

NAME = Text("评价文件或已填工作簿", "an assessment file or a filled workbook")
#: An enterprise graded nothing: as good as what it typed [choice].
_QUALITY = 2
_ANSWERS = (
    "enterprise.name",
    "enterprise.uscc",
    "enterprise.industry_code",
    "enterprise.region",
    "boundary",
    "product.name",
)
_NOT_TAKEN = ("base", "report", "unit", "source", "quality", "note", "recovered_base", "recovered_report")
_IN_NAME = ("parameter",)
#: Holds numbers that are for the enterprise to say anew.
_FOR_THE_ENTERPRISE = {
    "products": Text("产品明细", "products"), "own_equivalents": Text("自有当量值", "own equivalent values"), "entered": Text("直接填报的指标值", "entered values"),
    "inputs": Text("指南另要的量", "amounts that the guide asks for"), "benchmarks": Text("基准值", "benchmarks"), "weights": Text("权重", "weights"),
    "options": Text("选项", "options"), "plan": Text("减排措施", "planned measures"),
}  # fmt: skip


def opened(document: str, data: Any, told: tuple[Finding, ...] = ()) -> Opened:
    """An assessment as a paper, whichever guide it was made for."""
    own = {key: value for key, value in data.items() if key not in MAPPINGS} if isinstance(data, dict) else data
    assessment = read_assessment(own)
    told = (*told, *(f._replace(where=f"{document}!{f.where}") for f in assessment.told))
    told += tuple(not_taken(document, data, assessment))
    return Opened(document, (given(document, assessment),), (NAME,), (), told)


def given(document: str, assessment: Assessment) -> Given:
    """What it says; answers to questions and benchmarks are asked anew each year."""
    labels = {"base": assessment.periods.base, "report": assessment.periods.report}
    return Given(tuple(_entries(document, assessment, labels)), tuple(_facts(document, assessment, labels)))


def not_taken(document: str, data: Any, assessment: Assessment) -> Iterator[Finding]:
    """What it holds and is no paper's: told once, so that nobody takes it for imported."""
    parts = [
        Text("{l} {n} 项", "{l} ({n})").fill(l=label, n=len(data[key]))
        for key, label in _FOR_THE_ENTERPRISE.items()
        if isinstance(data.get(key), (dict, list)) and data[key]
    ]
    rows = sum(
        _is_lost(table, row) for table in TABLES if "base" in specs(TABLES[table]) for row in getattr(assessment, table)
    )
    if rows:
        parts.append(Text("没有数量的行 {n} 行", "rows without amount ({n})").fill(n=rows))
    if parts:
        text = Text(
            "不随材料导入、须自行填写：{l} — 要整份沿用请用 jwdt fill --from … --next-year",
            "not imported as paper and to be typed: {l} — to carry all on use jwdt fill --from … --next-year",
        )
        yield Finding(INFO, "previous-not-taken", document, text.fill(l=joined(parts)), "completeness")


def _is_lost(table: str, row: Any) -> bool:
    """Whether a row has numbers of its own, and not the amounts that they would come along with."""
    amounts = {period: getattr(row, period) is not None for period in PERIODS}
    if any(getattr(row, f"{RECOVERED}_{period}", None) is not None for period, there in amounts.items() if not there):
        return True
    return not any(amounts.values()) and any(
        spec.kind == NUMBER and getattr(row, name) is not None
        for name, spec in specs(TABLES[table]).items()
        if name not in _NOT_TAKEN
    )


def _entries(document: str, assessment: Assessment, labels: dict[str, str]) -> Iterator[Entry]:
    for table, cls in TABLES.items():
        fields = specs(cls)
        if (
            "base" not in fields or table == "products"
        ):  # an own equivalent value, a conversion: for the enterprise to say
            continue
        for number, row in enumerate(getattr(assessment, table)):
            recovered = {period: getattr(row, f"recovered_{period}", None) for period in labels}
            values = {name: getattr(row, name) for name in fields if name not in _NOT_TAKEN}
            own = {
                name: Fraction(str(value))
                for name, value in values.items()
                if fields[name].kind == NUMBER and name not in _IN_NAME and value is not None
            }
            fixed: dict[str, Any] = {
                name: value for name, value in values.items() if name not in own and value not in ("", None)
            }
            if fixed.get("parameter") is not None:
                fixed["parameter"] = Fraction(str(fixed["parameter"]))
            cell = f"{document}!{assessment.place(table, number)}({values.get(NAME_FIELDS[table]) or values.get('kind', '')})"
            grade = int(getattr(row, "quality", None) or _QUALITY)
            for period, label in labels.items():
                amount = getattr(row, period)
                if amount is not None:
                    places = (Where(document, table, number + 1),)
                    gas = recovered[period]
                    given = own if gas is None else {**own, RECOVERED: Fraction(str(gas))}
                    yield Entry(
                        table, fixed, given, row.unit, Fraction(str(amount)), label, places, f"{cell}.{period}", grade
                    )


def _facts(document: str, assessment: Assessment, labels: dict[str, str]) -> Iterator[Fact]:
    where = Where(document, "", 1)
    for path in _ANSWERS:
        value: Any = assessment
        for name in path.split("."):
            value = getattr(value, name)
        if value:
            yield Fact(path, value, "", None, f"{document}!{path}", where)
    sections = (
        ("product.output", assessment.product.output, assessment.product.unit),
        ("output_value", assessment.output_value, assessment.output_value.unit),
        ("metered_electricity", assessment.metered_electricity, assessment.metered_electricity.unit),
    )
    for path, section, unit in sections:
        for period, label in labels.items():
            amount = getattr(section, period)
            if amount is not None:
                yield Fact(path, Fraction(str(amount)), unit, label, f"{document}!{path}.{period}", where)
