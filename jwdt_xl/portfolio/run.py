"""A whole collection: sources, reading, review, group, and what is written from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, NamedTuple

from ..errors import Refused
from ..messages import ERROR, INFO, Finding, Text
from ..opening import outputs, sources
from ..opening.limits import DEFAULT, Limits
from ..standard.guide import Guide, builtin
from .analysis.group import Group, Member, assemble, member_findings, rejection_findings
from .analysis.identity import Expected
from .analysis.rejected import Known, Rejection
from .book import files, portfolio, table
from .campaign.manifest import sent
from .campaign.register import read_register
from .collection import review
from .collection.collect import Local, Read, collect
from .collection.row import findings_of, has_error
from .collection.store import Store
from .page import write as page


class Plan(NamedTuple):
    """What is to be done."""

    folders: tuple[str, ...]
    output: str
    store: str
    guide: Guide | None = None
    jobs: int = 1
    dask: str = ""
    review: str = ""
    table: str = ""
    html: str = ""
    coupling: bool = False
    interval: bool = False
    #: Who is to report, and the period that is evaluated.
    register: str = ""
    period: str = ""
    limits: Limits = DEFAULT


class Run:
    """The steps, in their order: read, assembled, write."""

    def __init__(self, plan: Plan, said: Callable[[Text], Any] = lambda text: None) -> None:
        self.plan, self.said = plan, said
        self.guide = plan.guide or builtin()
        self.notes: list[Finding] = []
        if plan.table:
            table.check_available()
        if plan.html:
            page.check(plan.html)
        self._entries = review.read_review(plan.review, self.notes) if plan.review else []
        self._expected = _expected(plan.register, self.notes, self.guide) if plan.register else None
        self._known = Known(self._expected, *sent(plan.folders))
        ours = (
            plan.output,
            plan.table,
            plan.html,
            plan.review,
            plan.register,
            *outputs.store_files(plan.store),
        )
        found = sources.distinct(sources.discover(plan.folders, filter(None, ours), plan.limits))
        self.sources, self._odd = sources.without_skipped(found)
        self._reads: list[Read] = []
        self._stack = ExitStack()
        self.group: Group | None = None

    def __enter__(self) -> Run:
        self._store = self._stack.enter_context(Store(self.plan.store, self.said))
        self._runner = self._stack.enter_context(self._started())
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def _started(self) -> Any:
        if self.plan.dask:
            from .collection.cluster import Cluster

            return Cluster(self.plan.dask, self.plan.guide, self.plan.limits)
        return Local(self.plan.guide, self.plan.jobs, self.plan.limits)

    def read(self) -> Iterator[Read]:
        """Every file, as it is accounted for."""
        for read in collect(
            self.sources, self._store, self._runner, self.plan.guide, self.plan.limits, interval=self.plan.interval
        ):
            self._reads.append(read)
            yield read
        if self._entries:
            self._review()

    def _review(self) -> None:
        """Read again, with what the evaluator says, the files that the review is about."""
        wanted = review.by_file(
            self._entries, ((read.name, self._store.get(read.key)) for read in self._reads), self.notes
        )
        again = [source for source in self.sources if source.name in wanted]
        plan = self.plan
        reviewed = collect(again, self._store, self._runner, plan.guide, plan.limits, wanted, plan.interval)
        keys = {read.name: read for read in reviewed}
        self._reads = [keys.get(read.name, read) for read in self._reads]
        for read in keys.values():
            found = findings_of(self._store.get(read.key).get("review") or {"findings": []})
            self.notes += [f for f in found if f.severity == ERROR]

    def assembled(self) -> Group:
        self.group = assemble(
            self._reads,
            self._store.get,
            self.guide,
            self.plan.coupling,
            self._odd,
            self.plan.interval,
            self._expected,
            self.plan.period,
            self._known,
        )
        return self.group

    def write(self, path: str) -> None:
        assert self.group is not None
        portfolio.write(path, self.group, self._store.get, os.path.basename(self.plan.table))

    def write_table(self, path: str) -> None:
        assert self.group is not None
        table.write_table(path, self.group, self._store.get)

    def write_page(self, path: str) -> None:
        assert self.group is not None
        page.write_page(path, self.group, self._store.get)

    def accounting(self) -> Text:
        """Where all files went."""
        assert self.group is not None
        return files.accounting(self.group, self._store.get)

    def rejections(self) -> Iterator[Finding]:
        """Why files were rejected, each with the file's name."""
        assert self.group is not None
        yield from self._said([*self.group.rejections, *self.group.held])

    def skipped(self) -> Iterator[Finding]:
        """Why files were skipped, as information."""
        assert self.group is not None
        yield from (finding._replace(severity=INFO) for finding in self._said(self.group.skipped))

    def _said(self, left: list[Rejection]) -> Iterator[Finding]:
        for rejection in left:
            for finding in rejection_findings(rejection, self._store.get):
                name = _named(rejection)
                where = name if finding.where == rejection.file else f"{name} {finding.where}"
                yield finding._replace(where=where)

    @property
    def fine(self) -> bool:
        assert self.group is not None
        errors = any(f.severity == ERROR for f in self.notes)
        return not (
            errors
            or self.group.rejections
            or self.group.held
            or any(has_error(self._store.get(m.key)) for m in self.group.members)
        )

    def as_dict(self) -> dict[str, Any]:
        """The contract of `jwdt collect --json`."""
        assert self.group is not None
        group, get = self.group, self._store.get
        results = []
        for place, member in enumerate(group.members):
            found = member_findings(group, place, get(member.key))
            total = float(group.totals[place])
            row = get(member.key)
            reason = group.why_unranked(place, row)
            results.append({
                "file": member.file, "uscc": member.uscc, "total": None if total != total else total,
                "rank": int(group.rank[place]) or None, "ranked": bool(group.rank[place]),
                "quarantined": bool(group.quarantined[place]), "reason": None if reason is None else str(reason),
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


def _expected(path: str, notes: list[Finding], guide: Guide) -> Mapping[str, Expected]:
    """Who is to report by the register, by the code that tells one from another."""
    register = read_register(path, guide)
    notes += register.findings
    return {
        entry.uscc: Expected(entry.name, entry.report, entry.region, entry.industry_code, entry.mail)
        for entry in register.entries
    }


def _who(file: Rejection) -> dict[str, str]:
    """Whose a file is that does not count, as far as it is known."""
    who = {key: value for key, value in file.who._asdict().items() if key != "mail"}
    return who if any(who.values()) else {}


def _named(file: Rejection) -> str:
    """A file, and the enterprise where the file's name does not say it."""
    who = [text for text in (file.who.name, file.who.uscc) if text and text not in file.file]
    return f"{file.file} ({' '.join(who)})" if who else file.file


def _mail(file: Member | Rejection) -> dict[str, str]:
    """Who sent a file and when it was received (UTC), where a mail brought it."""
    return {"sender": file.sender, "received": file.received} if file.sender or file.received else {}
