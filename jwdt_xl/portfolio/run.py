"""A whole collection: sources, reading, review, group, and what is written from it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

from ..messages import ERROR, INFO, Finding, Text
from ..opening import outputs, sources
from ..opening.limits import DEFAULT, Limits
from ..opening.listed import Listed
from ..opening.sources import Source
from ..standard.guide import Guide, builtin
from .analysis import changes
from .analysis.group import Get, Group, assemble, rejection_findings
from .analysis.identity import Expected
from .analysis.previous import Against, Compared, against
from .analysis.published import Published
from .analysis.rejected import Known, Rejection
from .analysis.settled import settled
from .analysis.stray import with_stray_lines
from .as_json import as_dict
from .book import files, portfolio, table
from .book.published import published
from .campaign.manifest import sent
from .campaign.register import read_register
from .collection import inputs, review
from .collection.collect import Local, Read, collect
from .collection.guides import Guides
from .collection.reading import OF_ANOTHER_GUIDE
from .collection.row import findings_of, has_error
from .collection.store import Store
from .page import write as page

if TYPE_CHECKING:
    from typing_extensions import Self

#: By the name of a file, what a review says about it.
Reviews = Mapping[str, tuple[Any, ...]]


_NO_REVIEW: Mapping[str, Any] = {"findings": ()}


def _by_numbers(place: str) -> list[tuple[int, str]]:
    """So that line 5 stands before line 144."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", place)]


class Plan(NamedTuple):
    """What is to be done."""

    folders: tuple[str, ...]
    output: str
    store: str
    guide: Guide | Guides | None = None
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
    #: Last year's portfolio, or the folder of its campaign.
    previous: str = ""
    #: With several guides: the identifier of the guide of an enterprise by its credit code; else the register's column says it.
    assigned: Mapping[str, str] | None = None
    #: Folders whose manifests say whose a form is, besides those that are collected.
    outboxes: tuple[str, ...] = ()
    #: By a campaign's log: the round that brought each source first.
    seen: Callable[[Sequence[Source]], Mapping[str, int]] | None = None
    limits: Limits = DEFAULT

    @property
    def one_guide(self) -> Guide:
        """The guide; of several the first, which says what all of them evaluate."""
        guide = self.guide or builtin()
        return guide.all[0] if isinstance(guide, Guides) else guide

    @property
    def written(self) -> list[str]:
        """What is asked for: workbook, table, page."""
        return list(filter(None, (self.output, self.table, self.html)))


class Run:
    """The steps, in their order: read, assembled, write."""

    def __init__(self, plan: Plan, said: Callable[[Text], Any] = lambda text: None) -> None:
        self.plan, self.said = plan, said
        self.notes: list[Finding] = []
        if plan.table:
            table.check_available()
        if plan.html:
            page.check(plan.html)
        self._entries = review.read_review(plan.review, self.notes) if plan.review else []
        self._stray = list(review.stray((), {}, [note for note in self.notes if note.severity == ERROR]))
        #: By the name of a file the lines of the review that are about it.
        self._lines: Mapping[str, tuple[review.Entry, ...]] = {}
        self._expected = _expected(plan.register, self.notes, plan.one_guide) if plan.register else None
        self._last: list[Published] | None = None
        self._known = Known(self._expected, *sent((*plan.folders, *plan.outboxes)))
        ours = (*self.paths(), plan.review, plan.register, plan.previous, *outputs.store_files(plan.store))
        found = sources.distinct(sources.discover(plan.folders, filter(None, ours), plan.limits))
        kept, self._odd = sources.without_skipped(found)
        self.sources: Sequence[Source] = Listed(kept)
        self._seen = plan.seen(self.sources) if plan.seen else {}
        self._reads: list[Read] = []
        self._stack = ExitStack()
        #: One; of several guides one each, and one of what none of them is known for.
        self.groups: list[Group] = []
        self._changed: list[list[changes.Change]] = []
        #: With last year, where it was given.
        self._against: Against | None = None

    def __enter__(self) -> Self:
        if self.plan.previous:
            self._last = published(self.plan.previous)
        self._store = self._stack.enter_context(Store(self.plan.store, self.said))
        self.get: Get = self._store.get
        self._runner = self._stack.enter_context(self._started(self.plan.guide))
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def _started(self, guide: Guide | Guides | None) -> Any:
        if self.plan.dask:
            from .collection.cluster import Cluster

            return Cluster(self.plan.dask, guide, self.plan.limits)
        return Local(guide, self.plan.jobs, self.plan.limits)

    def read(self) -> Iterator[Read]:
        """Every file, as it is accounted for."""
        for read in self._collected(self.sources):
            self._reads.append(read)
            yield read
        self._looked_again()
        if self._entries:
            self._review()

    def _collected(self, sources: Sequence[Source], reviews: Reviews | None = None) -> Iterator[Read]:
        plan = self.plan
        return collect(sources, self._store, self._runner, plan.guide, plan.limits, reviews, plan.interval)

    def _looked_again(self) -> None:
        """Before a review; with one guide there is nothing to look at again."""

    def _review(self) -> None:
        """Read again, with what the evaluator says, the files that the review is about."""
        self._lines = review.by_file(self._entries, ((read.name, self._store.get(read.key)) for read in self._reads))
        again = [source for source in self.sources if source.name in self._lines]
        keys = {read.name: read for read in self._collected(again, self._lines)}
        self._reads = [keys.get(read.name, read) for read in self._reads]

    def _told_of_review(self, groups: Iterable[Group]) -> None:
        """What became of each line: only files that count have any; those of none are told too."""
        members = [member for group in groups for member in group.members if member.file in self._lines]
        counted = {member.file: self._lines[member.file] for member in members}
        told = review.of_nobody(self._entries, counted)
        for member in members:
            told += [f for f in findings_of(self.get(member.key).get("review") or _NO_REVIEW) if f.severity == ERROR]
        self.notes += sorted(told, key=lambda finding: _by_numbers(finding.where))
        self._stray += review.stray(self._entries, counted, ())

    def assembled(self) -> Group:
        """The group, of several the first."""
        groups = settled(self._assembled(), self.get, self._seen)
        if self._entries:
            self._told_of_review(groups)
        self.groups = with_stray_lines(groups, self._stray, self.plan.assigned or {})
        if self._last is not None:
            self._against = against(self.groups, self.get, self._last, self._expected)
        found = [changes.pairs(group, self.get) for group in self.groups]
        inputs_of = self._inputs({name for each in found for left, member in each for name in (left.file, member.file)})
        self._changed = [
            list(changes.changes(group, self.get, inputs_of, each))
            for group, each in zip(self.groups, found, strict=True)
        ]
        return self.groups[0]

    def _inputs(self, names: set[str]) -> Callable[[str], changes.Inputs | None]:
        """What is typed into some files, read like all others: what was read before comes from the store."""
        wanted = [source for source in self.sources if source.name in names]
        asked = dict.fromkeys(names, inputs.WANTED)
        keys = {read.name: read.key for read in self._collected(wanted, asked)} if wanted else {}
        return lambda name: inputs.of(self._store.get(keys[name]))

    def _assembled(self) -> list[Group]:
        guide = self.plan.guide or builtin()
        assert isinstance(guide, Guide)
        return [self._group(_handed_over(self._reads), guide, self._odd)]

    def _group(self, reads: Iterable[Read], guide: Guide, odd: Iterable[Finding] = ()) -> Group:
        plan = self.plan
        seen = self._seen
        if seen:
            reads = (read._replace(seen=seen.get(read.name, 0)) for read in reads)
        return assemble(
            reads, self.get, guide, plan.coupling, odd, plan.interval, self._expected, plan.period, self._known
        )

    def paths(self) -> list[str]:
        """All that is written."""
        return self.plan.written

    def outputs(self) -> Iterator[tuple[str, Callable[[str], None]]]:
        """Where each goes, and what writes it."""
        yield from self._outputs(0, self.plan)

    def _outputs(self, place: int, plan: Plan) -> Iterator[tuple[str, Callable[[str], None]]]:
        group, changed = self.groups[place], self._changed[place]
        yield (
            plan.output,
            lambda path: portfolio.write(
                path, group, self.get, os.path.basename(plan.table), changed=changed, last=self._compared(place)
            ),
        )
        if plan.table:
            yield plan.table, lambda path: table.write_table(path, group, self.get)
        if plan.html:
            yield plan.html, lambda path: page.write_page(path, group, self.get)

    def _compared(self, place: int) -> tuple[Against, Sequence[Compared]] | None:
        """What stands in the workbook of a group; of the only one all."""
        found = self._against
        return None if found is None else (found, found.all)

    def write(self, path: str) -> None:
        """The workbook alone."""
        next(self.outputs())[1](path)

    def accounting(self) -> Text:
        """Where all files went."""
        return files.accounting(self.groups, self.get)

    def against_last_year(self) -> Text | None:
        """How many agree with last year, where it was given."""
        return self._against.said if self._against is not None else None

    def rejections(self) -> Iterator[Finding]:
        """Why files were rejected, each with the file's name; those made for another guide are told together."""
        together: dict[Finding, list[tuple[str, str]]] = {}
        for name, finding in self._said(left for group in self.groups for left in (*group.rejections, *group.held)):
            if finding.code in OF_ANOTHER_GUIDE:
                together.setdefault(finding._replace(where=""), []).append((name, finding.where))
            else:
                yield finding
        yield from (_told_once(finding, places) for finding, places in together.items())

    def skipped(self) -> Iterator[Finding]:
        """Why files were skipped, as information."""
        for _, finding in self._said(left for group in self.groups for left in group.skipped):
            yield finding._replace(severity=INFO)

    def _said(self, left: Iterable[Rejection]) -> Iterator[tuple[str, Finding]]:
        """The files' names, and what is said of them with its place."""
        for rejection in left:
            for finding in rejection_findings(rejection, self.get):
                name = _named(rejection)
                where = name if finding.where == rejection.file else f"{name} {finding.where}"
                yield name, finding._replace(where=where)

    @property
    def fine(self) -> bool:
        errors = any(f.severity == ERROR for f in self.notes)
        return not (
            errors
            or any(group.rejections or group.held for group in self.groups)
            or any(has_error(self.get(member.key)) for group in self.groups for member in group.members)
        )

    def as_dict(self) -> dict[str, Any]:
        """The contract of `jwdt collect --json`."""
        [group] = self.groups
        return as_dict(group, self.get) | self._as_dict_of_last()

    def _as_dict_of_last(self) -> dict[str, Any]:
        return {} if self._against is None else {"previous": self._against.as_dict()}


def _handed_over(reads: list[Read]) -> Iterator[Read]:
    """In their order, and gone from the list: of a hundred thousand none is kept twice."""
    reads.reverse()
    while reads:
        yield reads.pop()


#: Of many files so many are named.
_NAMED = 3


def _told_once(finding: Finding, places: Sequence[tuple[str, str]]) -> Finding:
    """places: the files, and where each has it."""
    if len(places) == 1:
        return finding._replace(where=places[0][1])
    named = "、".join(name for name, _ in places[:_NAMED]) + "……" * (len(places) > _NAMED)
    return finding._replace(where=named, text=_TOGETHER.fill(n=len(places), t=finding.text))


_TOGETHER = Text("共 {n} 个文件：{t}", "{n} files: {t}")


def _expected(path: str, notes: list[Finding], guide: Guide) -> Mapping[str, Expected]:
    """Who is to report by the register, by the code that tells one from another."""
    register = read_register(path, guide)
    notes += register.findings
    return {entry.uscc: Expected(*(getattr(entry, name) for name in Expected._fields)) for entry in register.entries}


def _named(file: Rejection) -> str:
    """A file, and the enterprise where the file's name does not say it."""
    who = [text for text in (file.who.name, file.who.uscc) if text and text not in file.file]
    return f"{file.file} ({' '.join(who)})" if who else file.file
