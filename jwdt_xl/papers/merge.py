"""Into what is typed: blank cells are filled, nothing is overwritten; a number that differs is said with both places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from ..assessment.fields import specs
from ..assessment.model import Output
from ..assessment.tables import NAME_FIELDS, TABLES
from ..errors import JwdtError
from ..messages import ERROR, INFO, WARNING, Finding, Text, number
from ..standard.names import fold
from ..standard.record import LARGEST, Spec
from ..standard.units import BY_CODE, find_unit
from .cells import DIMENSIONS, as_number, scale
from .drafts import PERIODS, Amount, Draft, family_of, identity_of, places_of
from .paper import Fact

#: A typed number is the imported one where it is to this part.
_SAME = 1e-9
#: Answers with a number for each period, and the field of their unit.
_UNIT_OF = {
    "product.output": ("product", "unit"),
    "output_value": ("output_value", "unit"),
    "metered_electricity": ("metered_electricity", "unit"),
}


class Merge:
    """The data of an assessment file, as far as they are there, and what papers add."""

    def __init__(self, data: dict[str, Any], findings: list[Finding], name: str) -> None:
        self.data, self.findings, self.name = data, findings, name
        #: How many numbers of how many rows were taken.
        self.numbers = 0

    def rows(self, found: Sequence[Draft]) -> None:
        """All drafts; rows of nothing but 0 only where the row is there."""
        families: dict[Any, list[Draft]] = {}
        for draft in found:
            families.setdefault(family_of(draft.identity), []).append(draft)
        for family, drafts in families.items():
            typed = [
                row for row in self._typed(drafts[0].table) if family_of(identity_of(drafts[0].table, row)) == family
            ]
            for draft in drafts:
                self._draft(draft, typed, alone=len(drafts) == 1)

    def _typed(self, table: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.data.setdefault(table, [])
        return rows

    def _draft(self, draft: Draft, typed: Sequence[dict[str, Any]], alone: bool) -> None:
        exact = [row for row in typed if identity_of(draft.table, row) == draft.identity]
        fitting = [row for row in exact if all(_is_same(row.get(f, v), as_number(v)) for f, v in draft.own.items())]
        rows = fitting if len(fitting) == 1 else exact
        if not rows and not (typed and not alone):
            if not draft.is_idle:
                self._new(draft)
        elif len(rows) == 1 and (alone or rows is fitting):
            self._fill(draft, rows[0])
        else:
            self._compare(draft, rows or typed)

    def _new(self, draft: Draft) -> None:
        unit = next(iter(draft.amounts.values())).unit
        row: dict[str, Any] = {
            field: as_number(value) if isinstance(value, Fraction) else value
            for field, value in draft.fields.items()
            if value not in ("", None)
        }
        row["unit"] = unit
        for period in draft.none:
            row[period] = 0
        self._put(draft, row)
        order = list(specs(TABLES[draft.table]))
        self._typed(draft.table).append({field: row[field] for field in order if field in row})

    def _fill(self, draft: Draft, row: dict[str, Any]) -> None:
        """Blank cells of a row that is there; what differs is said."""
        where = self._where(draft.table, row)
        for period, amount in draft.amounts.items():
            value = _in_unit(amount, str(row["unit"]))
            if row.get(period) is None:
                if value is None:
                    self._other_unit(f"{where}.{period}", str(row["unit"]), amount)
                continue
            if value is None or not _is_same(row[period], as_number(value)):
                self._differ(f"{where}.{period}", row[period], str(row["unit"]), amount)
        for field, own in draft.own.items():
            if row.get(field) is not None and not _is_same(row[field], as_number(own)):
                text = Text(
                    "已填的“{f}”为 {t}，{c} 的是 {v}；保留已填的 — 请核对",
                    "“{f}” is typed as {t}, {c} has {v}; what is typed stays — check them",
                )
                cell = next(iter(draft.amounts.values())).cell
                filled = text.fill(
                    f=specs(TABLES[draft.table])[field].label, t=number(row[field], 8), c=cell, v=number(float(own), 8)
                )
                self.findings.append(
                    Finding(WARNING, "imported-value-differs", f"{where}.{field}", filled, "consistency")
                )
        self._put(draft, row)

    def _put(self, draft: Draft, row: dict[str, Any]) -> None:
        """The amounts, own values, origins and quality that the row does not have."""
        origins, grades = [], []
        fields = specs(TABLES[draft.table])
        for period in PERIODS:
            amount = draft.amounts.get(period)
            value = _in_unit(amount, str(row["unit"])) if amount is not None else None
            if amount is None or value is None or row.get(period) is not None:
                continue
            if value > LARGEST:
                self._beyond(amount.cell, fields[period], value, LARGEST)
                continue
            row[period] = as_number(value)
            origins.append(f"{period}: {places_of(amount.places)}")
            grades.append(amount.quality)
            self.numbers += 1
        if not origins:
            return
        for field, own in draft.own.items():
            most = fields[field].maximum or LARGEST
            if row.get(field) is None and own > most:
                self._beyond(next(iter(draft.amounts.values())).cell, fields[field], own, most)
            elif row.get(field) is None:
                row[field] = as_number(own)
        if "source" in fields:
            row["source"] = "; ".join(filter(None, (str(row.get("source") or ""), *origins)))
        if "quality" in fields and row.get("quality") is None:
            row["quality"] = max(grades)

    def _beyond(self, cell: str, spec: Spec, value: Fraction, most: float) -> None:
        text = Text(
            "“{f}”为 {v}，最大 {m}，未导入 — 请核对该值和单位",
            "“{f}” is {v}, at most {m}: not imported — check the value and its unit",
        )
        filled = text.fill(f=spec.label, v=number(float(value)), m=number(most))
        self.findings.append(Finding(ERROR, "imported-too-large", cell, filled))

    def _compare(self, draft: Draft, rows: Sequence[dict[str, Any]]) -> None:
        """Several rows stand for it: which one is meant is not told, so only their sum is compared."""
        for period, amount in draft.amounts.items():
            there = [row for row in rows if row.get(period) is not None]
            values = [_scaled(row[period], str(row["unit"]), amount.unit) for row in there]
            known = [value for value in values if value is not None]
            if there and len(known) == len(there) and _is_same(sum(known), float(amount.amount)):
                continue
            text = Text(
                "{c} 的 {v} {u} 未导入：表中有不止一行可对应 — 请核对并自行填写",
                "{v} {u} of {c} is not imported: more than one row of the table may be meant — check them and type it",
            )
            where = self._where(draft.table, rows[0])
            filled = text.fill(c=amount.cell, v=number(float(amount.amount), 8), u=amount.unit)
            self.findings.append(Finding(WARNING, "imported-row-unclear", where, filled, "consistency"))

    def _differ(self, where: str, typed: float, unit: str, amount: Amount) -> None:
        text = Text(
            "已填 {t} {u}，{c} 为 {v} {w}；保留已填的 — 请核对，以原始凭证为准",
            "{t} {u} is typed, {c} has {v} {w}; what is typed stays — check them against the ledger",
        )
        filled = text.fill(t=number(typed, 8), u=unit, c=amount.cell, v=number(float(amount.amount), 8), w=amount.unit)
        self.findings.append(Finding(WARNING, "imported-differs", where, filled, "consistency"))

    def _other_unit(self, where: str, unit: str, amount: Amount) -> None:
        text = Text(
            "此行的单位是 {u}，{c} 的是 {v} {w}，不能换算，未导入 — 请自行换算填写，或把此行改为 {w}",
            "the row is in {u}, {c} has {v} {w}, which do not convert: not imported — convert and type it, or make the row {w}",
        )
        filled = text.fill(u=unit, c=amount.cell, v=number(float(amount.amount), 8), w=amount.unit)
        self.findings.append(Finding(ERROR, "imported-unit-of-row", where, filled, "consistency"))

    def _where(self, table: str, row: dict[str, Any]) -> str:
        place = next(i for i, each in enumerate(self.data[table]) if each is row)
        return f"{self.name}!{table}[{place}]({row.get(NAME_FIELDS[table]) or row.get('kind', '')})"

    def facts(self, found: Iterable[tuple[str, Fact]]) -> None:
        """Single answers, each told of which period it is."""
        for period, fact in found:
            *sections, name = fact.path.split(".")
            if fact.path in _UNIT_OF:
                sections, name = [*sections, name], period
            place: dict[str, Any] = self.data
            for section in sections:
                place = place.setdefault(section, {})
            path = ".".join((*sections, name))
            value = fact.value
            if isinstance(value, Fraction):
                amount = self._answer_in_unit(fact, value, path)
                if amount is None:
                    continue
                if amount > LARGEST:
                    self._beyond(fact.cell, specs(Output)[period], amount, LARGEST)
                    continue
                value = as_number(amount)
            before = place.get(name)
            if before in (None, ""):
                place[name] = value
                self.numbers += 1
                text = Text("= {v}，来自 {c}", "= {v}, from {c}").fill(v=value, c=fact.cell)
                self.findings.append(Finding(INFO, "imported-answer", path, text, "transparency"))
            elif not (
                _is_same(before, value) if isinstance(value, (int, float)) else fold(str(before)) == fold(str(value))
            ):
                text = Text(
                    "已填“{t}”，{c} 为“{v}”；保留已填的 — 请核对",
                    "“{t}” is typed, {c} has “{v}”; what is typed stays — check them",
                )
                filled = text.fill(t=before, c=fact.cell, v=value)
                self.findings.append(
                    Finding(WARNING, "imported-answer-differs", f"{self.name}!{path}", filled, "consistency")
                )

    def _answer_in_unit(self, fact: Fact, value: Fraction, path: str) -> Fraction | None:
        """In the unit that is typed; where there is none the paper's is taken."""
        section, field = _UNIT_OF[fact.path]
        there = self.data.setdefault(section, {})
        if not there.get(field):
            if fact.unit:
                there[field] = fact.unit
            return value
        if not fact.unit or fold(str(there[field])) == fold(fact.unit):
            return value
        try:
            one, other = (find_unit(unit, DIMENSIONS) for unit in (fact.unit, str(there[field])))
            if one.dimension == other.dimension:
                return value * scale(one, other)
        except JwdtError:  # a unit of a product, of which there are more than we know
            pass
        text = Text(
            "单位是“{u}”，{c} 的是“{v}”，未导入 — 请自行换算填写",
            "the unit is “{u}”, that of {c} is “{v}”: not imported — convert and type it",
        )
        filled = text.fill(u=there[field], c=fact.cell, v=fact.unit)
        self.findings.append(Finding(ERROR, "imported-unit-differs", f"{self.name}!{path}", filled, "consistency"))
        return None


def _in_unit(amount: Amount, unit: str) -> Fraction | None:
    one, other = BY_CODE[amount.unit], BY_CODE[unit]
    return amount.amount * scale(one, other) if one.dimension == other.dimension else None


def _scaled(value: float, unit: str, to: str) -> float | None:
    one, other = BY_CODE[unit], BY_CODE[to]
    return float(Fraction(str(value)) * scale(one, other)) if one.dimension == other.dimension else None


def _is_same(one: Any, other: Any) -> bool:
    if not isinstance(one, (int, float)) or not isinstance(other, (int, float)):
        return bool(one == other)
    return abs(one - other) <= _SAME * max(abs(one), abs(other))
