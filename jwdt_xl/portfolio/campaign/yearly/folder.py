"""The places in a campaign's folder, and what is opened from them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ....messages import WARNING, Finding, Text
from ....opening.filenames import file_name, plain
from ....opening.sources import Source
from ....standard.guide import builtin
from ...collection.guides import Guides
from ...run import Plan
from ..register import Entry, Register, read_register
from . import log
from .assigning import Assigned, assign
from .declaration import BOOK, NAME, PORTFOLIO, Declaration

OUTBOX, INBOX, LETTERS, RESULTS = "outbox", "inbox", "letters", "results"
STATUS, RETURNS = "status.xlsx", "returns.csv"


class Campaign(NamedTuple):
    """A campaign as its folder says it."""

    folder: str
    declared: Declaration
    guides: Guides
    register: Register
    assigned: Assigned

    def path(self, *names: str) -> str:
        return os.path.join(self.folder, *names)

    @property
    def inputs(self) -> tuple[str, ...]:
        """What is read and never written over."""
        declared = self.declared
        named = filter(None, (declared.register, declared.review, declared.previous))
        return (self.path(INBOX), *map(self.path, named))

    @property
    def findings(self) -> list[Finding]:
        return [*self.register.findings, *self.assigned.findings]

    def outbox(self, guide: str) -> str:
        """The folder of the forms of a guide."""
        return self.path(OUTBOX, plain(guide))

    def entries_of(self, guide: str) -> list[Entry]:
        """Who is evaluated by a guide, for the campaign's periods where the register gives none."""
        declared = self.declared
        return [
            entry._replace(base=entry.base or declared.base, report=entry.report or declared.period)
            for entry in self.register.entries
            if self.assigned.guides.get(entry.uscc) == guide
        ]

    def form_of(self, entry: Entry) -> str:
        """The name of the form that was sent to an enterprise; blank where there is none."""
        name = file_name(entry.uscc, entry.name, ".xlsx")
        guide = self.assigned.guides.get(entry.uscc, "")
        return name if guide and os.path.isfile(os.path.join(self.outbox(guide), name)) else ""

    def plan(self, jobs: int, rounds: Rounds) -> Plan:
        """The collection of what has come back."""
        declared, guides = self.declared, self.guides.all
        only = None if guides[0] is builtin() else guides[0]
        return Plan(
            folders=(self.path(INBOX),),
            output=self.path(PORTFOLIO, BOOK),
            store=self.path(PORTFOLIO, f"{os.path.splitext(BOOK)[0]}.sqlite"),
            guide=self.guides if len(guides) > 1 else only,
            jobs=jobs,
            review=self.path(declared.review) if declared.review else "",
            register=self.path(declared.register),
            period=declared.period,
            previous=self.path(declared.previous) if declared.previous else "",
            assigned=self.assigned.guides,
            outboxes=tuple(self.outbox(guide.id) for guide in guides),
            seen=rounds.seen,
        )

    def left_over(self, written: Sequence[str]) -> Iterator[Finding]:
        """Forms in the outbox that are none of this register's: of enterprises that left it, or of another guide by now."""
        ours = {os.path.abspath(path) for path in written}
        for root, _, names in sorted(os.walk(self.path(OUTBOX))):
            for name in sorted(names):
                path = os.path.join(root, name)
                if name.endswith(".xlsx") and not name.startswith(("~$", ".")) and os.path.abspath(path) not in ours:
                    yield Finding(WARNING, "form-of-nobody", path, _LEFT, "consistency")


class Rounds:
    """The log of a campaign while files are collected: the rounds that brought them, and the one that is going on."""

    def __init__(self, folder: str) -> None:
        self._folder, self._log = folder, log.read_log(folder)
        self._named: dict[str, str] = {}

    def seen(self, sources: Sequence[Source]) -> dict[str, int]:
        self._named = log.contents(sources)
        return log.seen(self._log, self._named)

    def write(self, day: str) -> Text:
        """The round that is going on; returns what is to be said of it."""
        number = self._log.next
        new = log.write_round(self._folder, self._log, self._named, day)
        if not new:
            return Text("没有新收到的文件", "no file is new")
        return Text("第 {r} 轮，新收到 {n} 个文件", "round {r}: {n} new files").fill(r=number, n=new)


def opened(folder: str, declared: Declaration, guides: Guides) -> Campaign:
    """guides: those that the declaration names, in its order."""
    register = read_register(os.path.join(folder, declared.register), guides.all[0])
    industries = [each.industries for each in declared.guides] or [()]
    return Campaign(folder, declared, guides, register, assign(register.entries, guides, industries))


def is_campaign(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, NAME))


_LEFT = Text(
    "登记表中没有这家企业，或已改用另一指南，是以前的模板 — 发送前请移走",
    "the register has no such enterprise, or it has another guide by now, so this is a form of before — move it away before anything is sent",
)
