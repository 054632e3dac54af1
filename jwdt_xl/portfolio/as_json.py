"""What `jwdt collect --json` says of a group: its contract."""

from __future__ import annotations

from typing import Any

from ..errors import Refused
from .analysis.candidates import Member
from .analysis.group import Get, Group, member_findings, rejection_findings
from .analysis.rejected import Rejection


def as_dict(group: Group, get: Get) -> dict[str, Any]:
    """What became of the files of a group."""
    results = []
    for place, member in enumerate(group.members):
        found = member_findings(group, place, get(member.key))
        total = float(group.totals[place])
        row = get(member.key)
        reason = group.why_unranked(place, row)
        results.append({
            "file": member.file, "uscc": member.uscc, "total": None if total != total else total,
            "rank": int(group.rank[place]) or None, "ranked": bool(group.rank[place]),
            "quarantined": bool(group.quarantined[place] or place in group.apart), "reason": None if reason is None else str(reason),
            "own_choice_total": row["own_choice_total"], **_sure(group, place), **_mail(member), "findings": [finding.as_dict() for finding in found],
        })  # fmt: skip
    rejections, skipped, held = (
        [{"file": r.file, **_who(r), "reason": str(Refused(tuple(rejection_findings(r, get))).text), **_mail(r)} for r in left]
        for left in (group.rejections, group.skipped, group.held)
    )  # fmt: skip
    return {
        "files": group.files,
        "scored": len(group.members),
        "rejected": len(group.rejections),
        "skipped": skipped,
        "held": held,
        "results": results,
        "rejections": rejections,
    }


def _sure(group: Group, place: int) -> dict[str, Any]:
    """The intervals of total and rank by the quality of the data, where they were asked for."""
    if group.sure is None:
        return {}
    low, high = group.sure.totals[place].tolist()
    ranks = [int(end[place]) for end in (group.sure.best, group.sure.worst)]
    return {"interval": {"total": [low, high] if low == low else None, "rank": ranks if ranks[0] else None}}


def _who(file: Rejection) -> dict[str, str]:
    """Whose a file is that does not count, as far as it is known."""
    who = {key: value for key, value in file.who._asdict().items() if key != "mail"}
    return who if any(who.values()) else {}


def _mail(file: Member | Rejection) -> dict[str, str]:
    """Who sent a file and when it was received (UTC), where a mail brought it."""
    return {"sender": file.sender, "received": file.received} if file.sender or file.received else {}
