"""The list of the returns that count, with the SHA-256 of each file as it came: what was evaluated can be shown later."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ....opening.limits import DEFAULT
from ....opening.sources import Source, opened
from ...analysis.group import Group
from ..naming import write_csv

HEADING = ("guide", "guide_sha256", "rank", "total", "uscc", "name", "file", "sha256")


def write(path: str, sources: Sequence[Source], groups: Sequence[Group]) -> None:
    by_name = {source.name: source for source in sources}
    rows = []
    for group in groups:
        for place in group.order:
            member, total = group.members[place], float(group.totals[place])
            shown = "" if total != total else repr(round(total, 6))
            rows.append((
                group.guide.id, group.guide.sha256, str(int(group.rank[place]) or ""), shown, member.uscc, member.name, member.file,
                _sha256(by_name[member.file]),
            ))  # fmt: skip
    write_csv(path, HEADING, rows)


def _sha256(source: Source) -> str:
    with opened(source, DEFAULT) as path, open(path, "rb") as file:
        found = hashlib.sha256()
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()
