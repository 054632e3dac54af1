"""How the fields of an assessment are declared, and those that sections and rows have in common."""

from __future__ import annotations

import dataclasses
from typing import Any

from ..messages import Text, joined
from ..standard.heat_values import HEAT_UNITS
from ..standard.record import CHOICE, FLAG, LABEL, NUMBER, SECTION, TABLE, TEXT, UNIT, Spec

YES_NO = ((True, Text("是", "yes")), (False, Text("否", "no")))


def field(kind: str, zh: str, en: str, help_zh: str, help_en: str, **more: Any) -> Any:
    spec = Spec(kind, Text(zh, en), Text(help_zh, help_en), **more)
    return dataclasses.field(default="" if kind in (TEXT, LABEL, UNIT) else None, metadata={"spec": spec})


def section(cls: type) -> Any:
    spec = Spec(SECTION, Text("", ""), Text("", ""))
    return dataclasses.field(default_factory=cls, metadata={"spec": spec, "class": cls})


def rows(cls: type, zh: str, en: str, help_zh: str, help_en: str) -> Any:
    """A list of records within a record."""
    spec = Spec(TABLE, Text(zh, en), Text(help_zh, help_en))
    return dataclasses.field(default=(), metadata={"spec": spec, "class": cls})


def specs(cls: type) -> dict[str, Spec]:
    """The fields of a section or row, in order."""
    if cls not in _SPECS:
        _SPECS[cls] = {f.name: f.metadata["spec"] for f in dataclasses.fields(cls)}
    return _SPECS[cls]


_SPECS: dict[type, dict[str, Spec]] = {}


def labels(cls: type, names: list[str]) -> Text:
    """What several fields are called."""
    return joined([specs(cls)[name].label for name in names])


def section_class(cls: type, name: str) -> type:
    """The class of a section, or of the rows of a list, within a section."""
    found: type
    (found,) = (field.metadata["class"] for field in dataclasses.fields(cls) if field.name == name)
    return found


_AMOUNT, _NO_UNIT = Text("数量", "amount"), Text("", "")


def base(what: Text = _AMOUNT, example: str = "", unit: Text = _NO_UNIT) -> Any:
    return field(
        NUMBER, "基准期", "base period", f"基准期{what.zh}；没有发生填 0，空白视为缺失",
        f"{what.en} of the base period; 0 if none, blank is missing", unit=unit, example=Text(example, example),
    )  # fmt: skip


def report(what: Text = _AMOUNT, example: str = "", unit: Text = _NO_UNIT) -> Any:
    return field(
        NUMBER, "报告期", "report period", f"报告期{what.zh}；没有发生填 0，空白视为缺失",
        f"{what.en} of the report period; 0 if none, blank is missing", unit=unit, example=Text(example, example),
    )  # fmt: skip


_ONE_UNIT = Text("两期数量共同的单位，从列表选择", "the unit of both amounts, from the list")


def unit(*dimensions: str, help: Text = _ONE_UNIT) -> Any:
    return field(UNIT, "单位", "unit", help.zh, help.en, required=True, dimensions=dimensions)


def source(zh: str = "在线监测", en: str = "continuous monitoring") -> Any:
    return field(
        TEXT, "数据来源", "source", "台账、监测、核查报告、结算单等", "ledger, monitoring, verification report, bill …",
        example=Text(zh, en),
    )  # fmt: skip


def quality() -> Any:
    return field(
        NUMBER, "质量等级", "quality", "1 实测 … 5 粗略估算", "1 measured … 5 rough estimate", maximum=5, whole=True,
        example=Text("1", "1"),
    )  # fmt: skip


def note() -> Any:
    return field(
        TEXT, "备注", "note", "需要说明的事项；不知道数量填“不知道，待查”", "anything to explain; an amount not known: unknown, to be found out"
    )  # fmt: skip


def evidence(help: Text, example: Text) -> Any:
    return field(TEXT, "证明材料", "evidence", *help, example=example)


def energy_evidence() -> Any:
    return field(
        TEXT,
        "证明材料",
        "evidence",
        "绿电：合同和结算单、绿证编号或计量记录；非化石、生物质的证明",
        "green power: contract and settlement, certificate numbers or metering record; of non-fossil origin, biomass",
        example=Text("绿证编号", "number of the certificate"),
    )


def heat_value_unit(default: str) -> Any:
    return field(
        CHOICE, "热值单位", "unit of heat value", f"空白为 {default}(或其每 m3)", f"blank: {default} (or its like by volume)",
        choices=tuple((code, unit.label) for code, unit in HEAT_UNITS.items()), example=Text("kcal/kg", "kcal/kg"),
    )  # fmt: skip


def non_fossil() -> Any:
    return field(
        FLAG, "非化石来源", "is non-fossil", "氢、甲醇、热力等，须附证明", "hydrogen, heat …, with evidence", choices=YES_NO
    )  # fmt: skip
