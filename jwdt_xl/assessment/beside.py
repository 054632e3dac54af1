"""What stands among the rows of a table and is no row: totals, and remarks under it. Left out, and told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..messages import ERROR, WARNING, Finding, Text, joined
from ..standard.names import fold
from ..standard.record import CHOICE, TEXT, UNIT, Spec
from ..standard.totals import is_total

#: Fields that may say anything.
_FREE = ("source", "evidence", "quality", "note")
_SIGNED = "填表|填报|制表|编制|审核|审批|复核|核对|负责|主管|经办|联系|报送|报出|单位|企业|法人|统计|盖章|签章|签字|签名|日期|时间|电话|手机|邮箱"
_REMARK = re.compile(
    rf"(?:注|备注|附注|说明|注意|数据来源|以上|以下|note|remark|prepared|filled|signed|checked|date|contact|phone|tel|stamp)[^:]{{0,12}}:.*"
    rf"|(?:{_SIGNED})[^:]{{0,10}}:.*|(?:注|备注|note)[0-9]+.*|[*※].+|以上(?:数据|内容|各项|均).*|\(?(?:盖章|签字|签章)\)?"
)


def of_row(known: Mapping[str, Spec], entry: Mapping[str, Any], where: str) -> Finding | None:
    """The finding of a row that is none; None for a row of data."""
    said = {name: value for name, value in entry.items() if name in known and not _is_blank(value)}
    named = [said[name] for name in said if name not in _FREE and known[name].kind in (TEXT, CHOICE, UNIT)]
    total = next((value for value in named if is_total(value)), None)
    if total is not None:
        text = Text(
            "“{v}”是合计行，不是数据，未计入 — 请删去该行，合计由程序计算",
            "“{v}” is a row of totals and no data, so it is left out — delete it, sums are computed",
        )
        return Finding(ERROR, "totals-row", where, text.fill(v=str(total).strip()), "consistency")
    texts = [value for value in said.values() if isinstance(value, str)]
    if len(texts) == len(said) and texts and _REMARK.fullmatch(fold(texts[0])):
        text = Text(
            "“{v}”是表下的备注，不是数据，未计入 — 请移到表外，或写入“备注”栏",
            "“{v}” is a remark under the table and no data, so it is left out — move it out of the table, or into the note",
        )
        return Finding(WARNING, "remark-row", where, text.fill(v=texts[0].strip()[:60]), "consistency")
    return None


def alone(known: Mapping[str, Spec], entry: Mapping[str, Any]) -> Text | None:
    """What to say once of a row that holds a single text, in the place of one message for each field it lacks."""
    said = {name: value for name, value in entry.items() if name in known and not _is_blank(value)}
    if len(said) != 1 or not isinstance(next(iter(said.values())), str):
        return None
    absent = [spec.label for name, spec in known.items() if spec.required and name not in said]
    return Text(
        "此行只有“{v}” — 是数据请补齐{f}，是备注请移到表外",
        "this row holds “{v}” alone — if it is data fill in {f}, if a remark move it out of the table",
    ).fill(
        v=next(iter(said.values())).strip()[:60],
        f=joined(absent),
    )


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
