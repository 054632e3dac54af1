"""Assessment files: a dict of the format jwdt-assessment/1 to the model and back.

Reading is strict. Whatever cannot be read as data refuses the file, with every error and the path to its field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import JwdtError
from ..messages import ERROR, Finding, Text
from ..standard import record
from ..standard.guide import Guide, builtin, check_weights
from ..standard.guide.benchmarks import Benchmark
from ..standard.guide.options import find_option
from ..standard.record import CHOICE, FLAG, LABEL, NUMBER, SECTION, TABLE, UNIT, VALUE, Errors, Spec, is_whole
from ..standard.record import plain as plain
from ..standard.scoring import QUALITATIVE, check_benchmark, check_limit
from ..standard.units import find_unit
from . import beside, inputs, values, vetoes, who
from .excuses import is_no_reason
from .fields import section_class, specs
from .model import BENCHMARK, FORMAT, MAPPINGS, SECTIONS, Assessment
from .planned import LISTS, row_at
from .tables import TABLES

#: Gathers the errors of a file, so that its user sees all of them at once.
Collector = Errors


def read(data: Any, guide: Guide | None = None) -> Assessment:
    """The assessment in a dict. Raises Refused with every error and the path to its field."""
    errors = Collector()
    assessment = collect(data, guide or builtin(), errors)
    errors.raise_if_any()
    return assessment


def collect(data: Any, guide: Guide, errors: Collector) -> Assessment:
    """What can be read of an assessment. Rows with an error are left out: they have been reported."""
    if not isinstance(data, Mapping):
        errors.add("$", Text("评价文件须为 JSON 对象", "an assessment must be a JSON object"), "bad-format")
        errors.raise_if_any()
    if data.get("format") != FORMAT:
        errors.add("format", record.WRONG_FORMAT.fill(f=FORMAT, v=data.get("format")), "bad-format")
    known = {"format", "guide", "boundary", *SECTIONS, *TABLES, *MAPPINGS, *LISTS}
    for name in data:
        if name not in known:
            errors.add(str(name), _unknown(known - {"guide"}), "unknown-field")
    parts: dict[str, Any] = {"boundary": values.text(data.get("boundary"), "boundary", errors)}
    for name, cls in SECTIONS.items():
        parts[name] = _section(cls, data.get(name), name, errors)
    positions: dict[str, tuple[int, ...]] = {}
    for name, cls in TABLES.items():
        rows = _rows(cls, data.get(name), name, errors)
        parts[name] = tuple(rows.values())
        if list(rows) != list(range(len(rows))):
            positions[name] = tuple(rows)
    for name in MAPPINGS:
        parts[name] = _mapping(name, data.get(name), guide, errors)
    for name, cls in LISTS.items():
        parts[name] = tuple(_rows(cls, data.get(name), name, errors).values())
    assessment = Assessment(**parts, positions=positions, told=tuple(errors.told))
    _check(assessment, guide, errors)
    return assessment


def _unknown(known: Any) -> Text:
    names = ", ".join(sorted(known))
    return Text(f"未知字段；可用：{names}", f"unknown field; there are: {names}")


def _section(cls: type, data: Any, where: str, errors: Collector) -> Any:
    if data is None:
        data = {}
    if not isinstance(data, Mapping):
        errors.add(where, record.NO_OBJECT, "bad-format")
        return cls()
    known = specs(cls)
    for name in data:
        if name not in known:
            errors.add(f"{where}.{name}", _unknown(known), "unknown-field")
    found: dict[str, Any] = {}
    for name, spec in known.items():
        value = data.get(name)
        if value is None and not spec.required and spec.kind not in (SECTION, TABLE):
            found[name] = _blank(spec)  # as _value says; most fields of most rows
            continue
        place = f"{where}.{name}"
        if spec.kind == SECTION:
            found[name] = _section(section_class(cls, name), value, place, errors)
        elif spec.kind == TABLE:
            found[name] = tuple(_rows(section_class(cls, name), value, place, errors).values())
        else:
            found[name] = _value(spec, value, place, errors)
    return cls(**found)


def _rows(cls: type, data: Any, where: str, errors: Collector) -> dict[int, Any]:
    """The rows without an error by their place in the list; wholly blank rows are ignored."""
    if data is None:
        return {}
    if not isinstance(data, (list, tuple)):
        errors.add(where, Text("须为行的列表", "must be a list of rows"), "bad-format")
        return {}
    rows = {}
    for i, entry in enumerate(data):
        if _is_blank(cls, entry):
            continue
        before, place = len(errors.findings), f"{where}[{i}]"
        if isinstance(entry, Mapping) and (found := beside.of_row(specs(cls), entry, place)):
            errors.told.append(found)
            continue
        row = _section(cls, entry, place, errors)
        if len(errors.findings) == before:
            rows[i] = row
        elif len(errors.findings) > before + 1 and (text := beside.alone(specs(cls), entry)):
            errors.findings[before:] = [Finding(ERROR, "lone-text", errors.findings[before].where, text)]
    return rows


def _is_blank(cls: type, entry: Any) -> bool:
    """Whether a row says nothing; an unknown field says something even if it is blank."""
    if not isinstance(entry, Mapping):
        return entry is None
    return set(entry) <= set(specs(cls)) and all(
        value is None or (isinstance(value, str) and not value.strip()) for value in entry.values()
    )


def _value(spec: Spec, value: Any, where: str, errors: Collector) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        if spec.required:
            errors.add(
                where,
                Text("“{l}”缺失，必须填写", "“{l}” is missing and must be given").fill(l=spec.label),
                "missing-field",
            )
        return _blank(spec)
    if spec.kind == NUMBER or (spec.kind == VALUE and not isinstance(value, str)):
        return values.number(spec, value, where, errors)
    if spec.kind in (CHOICE, FLAG):
        return values.choice(spec, value, where, errors)
    if spec.kind == LABEL and is_whole(value):
        return str(int(value))
    if spec.read is not None:
        value = spec.read(value)
    text = values.text(value, where, errors)
    if spec.kind == UNIT and text:
        try:
            return find_unit(text, spec.dimensions).code
        except JwdtError as error:
            errors.add_error(where, error)
            return ""
    return text


def _blank(spec: Spec) -> str | None:
    return None if spec.kind in (NUMBER, FLAG, CHOICE) else ""


def _mapping(name: str, data: Any, guide: Guide, errors: Collector) -> dict[str, Any]:
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        errors.add(name, record.NO_OBJECT, "bad-format")
        return {}
    if name == "vetoes":
        return vetoes.read(data, guide, errors, _value, _unknown)
    if name == "inputs":
        return inputs.read(data, guide, errors, _value, _unknown)
    nodes = {node.code: node for node in guide.indicators}
    result: dict[str, Any] = {}
    for key, value in data.items():
        where = f"{name}.{key}"
        if name == "options":
            try:
                result[key] = find_option(key).check(value)
            except JwdtError as error:
                errors.add_error(where, error)
            continue
        if key not in nodes:
            text = Text("没有指标“{k}”，可用：{all}", "no indicator “{k}”; there are: {all}").fill(
                k=key, all=", ".join(nodes)
            )
            errors.add(where, text, "unknown-indicator")
        elif name == "benchmarks":
            benchmark = _read_benchmark(value, where, errors)
            if benchmark:
                result[key] = benchmark
        elif name == "not_applicable":
            reason = values.text(value, where, errors)
            if not reason:
                errors.add(where, Text("“不适用”须写明理由", "not applicable needs its reason"), "missing-reason")
            elif is_no_reason(reason):
                errors.add(where, _NO_REASON.fill(v=reason), "no-reason")
            result[key] = reason
        elif name == "entered_source":
            if said := values.text(value, where, errors):
                result[key] = said
        elif value is not None:
            # A grade beyond 1 would score beyond 100.
            grade = name == "entered" and nodes[key].attribute == QUALITATIVE
            spec = Spec(NUMBER, Text(key, key), Text("", ""), maximum=1.0 if grade else None)
            number = values.number(spec, value, where, errors)
            if number is not None:
                result[key] = number
    return result


_NO_REASON = Text(
    "不适用的理由是“{v}”，不成理由；请写明为什么不适用，例如“生产过程没有可回收的余能”，适用的请清空",
    "the reason for not applicable is “{v}”, which is none; say why it is not applicable, such as “the process has no energy to recover”, or leave it blank if it is applicable",
)
_BENCHMARK_FIELDS = set(BENCHMARK)


def _read_benchmark(value: Any, where: str, errors: Collector) -> Benchmark | None:
    if value is None:
        return None
    fields = dict(value) if isinstance(value, Mapping) else {"value": value}
    for name in sorted(set(fields) - _BENCHMARK_FIELDS):
        errors.add(f"{where}.{name}", _unknown(_BENCHMARK_FIELDS), "unknown-field")
        fields.pop(name)
    number = fields.pop("value", None)
    if number is None:
        return None
    place = f"{where}.value" if isinstance(value, Mapping) else where
    checked = values.number(Spec(NUMBER, Text("基准值", "benchmark"), Text("", "")), number, place, errors)
    texts: dict[str, Any] = {}
    for name, text in fields.items():
        if name == "year" and is_whole(text):
            texts[name] = int(text)
        else:
            texts[name] = values.text(text, f"{where}.{name}", errors)
    if checked is None:
        return None
    try:
        check_benchmark(checked)
    except JwdtError as error:
        errors.add_error(place, error)
        return None
    return Benchmark(checked, **texts)


def _check(assessment: Assessment, guide: Guide, errors: Collector) -> None:
    """Rules that need more than one field, or a table of codes."""
    periods = assessment.periods
    if periods.base and periods.base == periods.report:
        text = Text(
            "基准期与报告期相同({p})，须为两个不同时期", "base and report period are the same ({p}), must differ"
        ).fill(p=periods.base)
        errors.add("periods.report", text, "equal-periods")
    who.check(assessment, guide, errors)
    _check_limits(assessment, guide, errors)
    _check_plan(assessment, errors)
    _check_weights(assessment, guide, errors)
    remaining = {guide.first_level(n).code for n in guide.indicators if n.code not in assessment.not_applicable}
    for group in guide.first_levels:
        if group.code not in remaining:
            text = Text("一级指标“{g}”不能全部不适用", "first level “{g}” cannot be wholly not applicable").fill(
                g=group.name
            )
            errors.add("not_applicable", text, "empty-first-level")


def _check_plan(assessment: Assessment, errors: Collector) -> None:
    """A change is of a row that there is, and of a field that it has, with a value that the field takes."""
    for i, measure in enumerate(assessment.plan):
        for k, change in enumerate(measure.changes):
            place = f"plan[{i}].changes[{k}]"
            row = row_at(assessment, change.path)
            if row is None:
                if any(finding.where.startswith(change.path.partition("[")[0]) for finding in errors.findings):
                    continue  # it may be the row in error
                text = Text(
                    "没有这一行：{p}；须为表名和从 0 起的序号，例如 activity[2]",
                    "there is no row {p}; must be a table and a place counted from 0, as activity[2]",
                )
                errors.add(f"{place}.path", text.fill(p=change.path), "unknown-row")
            elif change.field not in specs(type(row)):
                text = Text("{p} 没有字段 {f}", "{p} has no field {f}").fill(p=change.path, f=change.field)
                errors.add(f"{place}.field", text, "plan-field")
            else:
                _value(specs(type(row))[change.field], change.value, f"{place}.value", errors)


def _check_limits(assessment: Assessment, guide: Guide, errors: Collector) -> None:
    """An own benchmark stays on its side of the guide's limit."""
    for node in guide.indicators:
        own = assessment.benchmarks.get(node.code)
        if own is not None and node.limit is not None:
            try:
                check_limit(node.limit, own.value, node.attribute)
            except JwdtError as error:
                errors.add_error(f"benchmarks.{node.code}.value", error)


def _check_weights(assessment: Assessment, guide: Guide, errors: Collector) -> None:
    if not assessment.weights or any(f.where.startswith("weights") for f in errors.findings):
        return
    absent = [node.code for node in guide.indicators if node.code not in assessment.weights]
    if absent:
        text = Text("权重须全部给出或全部不给，缺：{a}", "give all weights or none; missing: {a}").fill(
            a=", ".join(absent)
        )
        errors.add("weights", text, "weights-incomplete")
        return
    try:
        check_weights(guide, [assessment.weights[node.code] for node in guide.indicators])
    except JwdtError as error:
        errors.add_error("weights", error)
