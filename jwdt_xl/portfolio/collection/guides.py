"""Several guides in one collection: each return is evaluated by the one it was made for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...errors import Refused
from ...messages import ERROR, Finding, Text
from ...opening.filenames import plain
from ...standard.guide import Guide
from ...standard.names import fold


class Guides(NamedTuple):
    """The guides of a collection, and what each was called by whoever named it."""

    all: tuple[Guide, ...]
    called: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        return " ".join(guide.hash for guide in self.all)

    @property
    def binding(self) -> str:
        return " ".join(guide.binding for guide in self.all)

    @property
    def by_id(self) -> dict[str, Guide]:
        return {guide.id: guide for guide in self.all}

    @property
    def listed(self) -> str:
        return "、".join(f"{guide.id}({guide.hash})" for guide in self.all)

    def of(self, stamp: Mapping[str, Any]) -> Guide | None:
        """The guide that a return says it was made for, if it is among these."""
        wanted = stamp.get("guide_hash")
        if wanted:
            return next((guide for guide in self.all if guide.hash == wanted), None)
        return self.by_id.get(str(stamp.get("guide")))

    def named(self, name: str) -> Guide | None:
        """The guide that a register means: by its id, its name, or the name it was given by."""
        wanted = fold(name)
        for place, guide in enumerate(self.all):
            names = {guide.id, guide.name.zh, guide.name.en}
            if place < len(self.called):
                base = os.path.basename(self.called[place])
                names |= {self.called[place], base, os.path.splitext(base)[0]}
            if wanted in map(fold, names):
                return guide
        return None


def distinct(guides: Sequence[Guide], called: Sequence[str]) -> Guides:
    """Raises Refused where two have one identifier, or one as a file's name: returns and files could not tell them apart."""
    taken: dict[str, str] = {}
    for guide, name in zip(guides, called, strict=True):
        before = taken.setdefault(plain(guide.id).casefold(), name)
        if before != name or list(called).count(name) > 1:
            text = Text(
                "与 {o} 的标识相同，或写成文件名后相同：“{i}”，须各不相同 — 请只给一个，或另给一个标识",
                "has the identifier of {o}, or the same as a file’s name: “{i}”, must differ — give one of them only, or another identifier",
            )
            raise Refused((Finding(ERROR, "guide-twice", name, text.fill(o=before, i=guide.id), "consistency"),))
    return Guides(tuple(guides), tuple(called))
