"""By which guide each enterprise of a campaign is evaluated: the register's column, else its industry, else the guide for all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ....messages import ERROR, Finding, Text
from ...collection.guides import Guides
from ..register import Entry


class Assigned(NamedTuple):
    """The identifier of the guide by credit code, and what is to be said of enterprises that have none."""

    guides: dict[str, str]
    findings: list[Finding]


def assign(entries: Iterable[Entry], guides: Guides, industries: Sequence[Sequence[str]]) -> Assigned:
    """industries: for each guide the codes it is for, or their first digits; none for all others."""
    found = dict[str, str]()
    wrong: dict[tuple[str, Text], list[Entry]] = {}  # many share one reason, which is told once
    others = [guide for guide, codes in zip(guides.all, industries, strict=True) if not codes]
    for entry in entries:
        if entry.guide:
            guide = guides.named(entry.guide)
            if guide is None:
                text = _UNKNOWN.fill(g=entry.guide, l=guides.listed)
                wrong.setdefault(("guide-not-known", text), []).append(entry)
                continue
        else:
            fits = [
                (len(code), guide)
                for guide, codes in zip(guides.all, industries, strict=True)
                for code in codes
                if entry.industry_code.startswith(code)
            ]
            longest = max((length for length, _ in fits), default=0)
            best = {guide.id: guide for length, guide in fits if length == longest} or {g.id: g for g in others}
            if len(best) != 1:
                text = (_SEVERAL if best else _NONE).fill(i=entry.industry_code or "–", g="、".join(best))
                wrong.setdefault(("no-guide-for", text), []).append(entry)
                continue
            [guide] = best.values()
        found[entry.uscc] = guide.id
    findings = [
        Finding(ERROR, code, whose[0].place, _WHOSE.fill(n=len(whose), e=whose[0].name, t=text), "completeness")
        for (code, text), whose in wrong.items()
    ]
    return Assigned(found, findings)


_WHOSE = Text("{n} 家（如 {e}）：{t}", "{n} enterprises (such as {e}): {t}")
_UNKNOWN = Text(
    "登记表的指南“{g}”不在本次评价的指南之列：{l} — 请更正登记表，或在 campaign.toml 增加 [[guides]]",
    "the register's guide “{g}” is none of this campaign's: {l} — correct the register, or add [[guides]] to campaign.toml",
)
_NONE = Text(
    "行业 {i} 没有对应的指南 — 请在登记表填写“指南”或行业代码，或在 campaign.toml 的 industries 中加上该行业",
    "no guide is for industry {i} — fill in guide or industry code in the register, or add the industry to industries in campaign.toml",
)
_SEVERAL = Text(
    "行业 {i} 有几个指南：{g} — 请在登记表填写“指南”，或在 campaign.toml 的 industries 中分清",
    "several guides are for industry {i}: {g} — fill in the guide in the register, or tell them apart by industries in campaign.toml",
)
