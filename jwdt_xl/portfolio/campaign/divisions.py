"""Division codes (GB/T 2260) against the list that python-stdnum has: which there are, and whose."""

from __future__ import annotations

import re

from stdnum import numdb

from ...messages import WARNING, Finding, Text
from ..analysis.identity import folded

#: Years in which a code was in use, in brackets before each name.
_YEARS = re.compile(r"\[[^\]]*\]")


def names_of(code: str) -> tuple[str, ...]:
    """The names that a code has had, the province's among them only where it is a province's own; none where it is unknown."""
    found = numdb.get("cn/loc").info(code)
    listed = found[-1][1].get("county", "") if len(found) > 1 else ""
    return tuple(filter(None, (name.strip() for name in _YEARS.sub("", listed).split(","))))


def check(code: str, name: str, place: str) -> list[Finding]:
    """A code that is not listed may be a new one, and a name another's: both are said, neither is refused."""
    names = names_of(code)
    if not names:
        return [Finding(WARNING, "unknown-division", place, _UNKNOWN.fill(c=code, n=name), "objectivity")]
    typed = folded(name)
    if not typed or any(folded(known) in typed or typed in folded(known) for known in names):
        return []
    return [
        Finding(WARNING, "division-of-another", place, _ANOTHER.fill(c=code, n=name, w="、".join(names)), "consistency")
    ]


_UNKNOWN = Text(
    "行政区划代码 {c}（{n}）不在所带的代码表中 — 可能是新设的区划：请对照民政部公布的代码核对",
    "division code {c} ({n}) is not in the list at hand — perhaps a new one: compare with the codes that the Ministry of Civil Affairs publishes",
)
_ANOTHER = Text(
    "行政区划代码 {c} 在代码表中是“{w}”，登记表写的是“{n}” — 请核对代码和名称",
    "division code {c} is “{w}” in the list, the register says “{n}” — check code and name",
)
