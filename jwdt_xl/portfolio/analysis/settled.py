"""Held files that nobody has to do anything about any more: everyone whose return they may be has one that counts.

The one who typed another's code or name has sent the right one by now, and nobody lost anything by the first. A held file
that is surely the later one stays: it may be a correction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ...messages import INFO, Finding, Text
from .group import Get, Group
from .rejected import CORRECTED, Dated, Rejection, is_after, of_one_period

SETTLED = "held-settled"


def settled(groups: Sequence[Group], get: Get, seen: Mapping[str, int]) -> list[Group]:
    """The groups, in which such files are skipped. seen: by a campaign's log the round that brought each file."""
    counted: dict[str, list[Dated]] = defaultdict(list)
    owners = {owner for group in groups for left in group.held for owner in left.owners}
    if owners:
        for group in groups:
            for place, member in enumerate(group.members):
                if place not in group.apart and member.uscc in owners:
                    row = get(member.key)
                    counted[member.uscc].append(
                        Dated(member.file, member.who, row["report"], row["modified"], member.received, False, seen.get(member.file, 0))
                    )  # fmt: skip
    return [_without(group, get, seen, counted) for group in groups]


def _without(group: Group, get: Get, seen: Mapping[str, int], counted: Mapping[str, Sequence[Dated]]) -> Group:
    held, skipped = list[Rejection](), list(group.skipped)
    for left in group.held:
        row = get(left.key)
        one = Dated(left.file, left.who, row["report"], row["modified"], left.received, False, seen.get(left.file, 0))
        right = [
            next((c for c in counted.get(owner, ()) if of_one_period(one, c) and not is_after(one, c)), None)
            for owner in left.owners
        ]
        if right and None not in right:
            files = "、".join(sorted(other.file for other in right if other))
            # of one it is that one's first return, and shown as such; of two it is not known whose
            code, text = (CORRECTED, _CORRECTED) if len(right) == 1 else (SETTLED, _SETTLED)
            who = right[0].who if len(right) == 1 and right[0] else left.who
            finding = Finding(INFO, code, left.file, text.fill(o=files), "completeness")
            skipped.append(left._replace(finding=finding, who=who))
        else:
            held.append(left)
    if len(held) == len(group.held):
        return group
    skipped.sort(key=lambda left: left.file)
    return group._replace(held=held, skipped=skipped)


_CORRECTED = Text(
    "曾因代码或名称与登记表不符而暂存，该企业已另有可评价的文件 {o} — 无须处理",
    "was held because its code or name was not the register's; the enterprise has a file that is scored by now: {o} — nothing to do",
)
_SETTLED = Text(
    "曾因代码或名称与登记表不符而暂存，可能所属的企业都已有可评价的文件 {o} — 无须处理",
    "was held because its code or name was not the register's; everyone whose it may be has a file that is scored by now: {o} — nothing to do",
)
