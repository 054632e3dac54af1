"""A collection by several guides: each return by its own, a portfolio for each guide, and one overview of them all.

A portfolio's columns are the indicators of its guide, and a rank is among those of one guide: so each guide has a workbook
like that of a collection by it alone, with which feedback, reports and pages go on, and the overview says no score anew.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..messages import ERROR, Finding, Text
from ..opening.filenames import plain
from ..opening.sources import Source
from ..standard.guide import Guide
from .analysis.group import Group
from .analysis.previous import Against, Compared
from .as_json import as_dict
from .book import whole
from .collection.collect import Read, collect
from .collection.guides import Guides
from .collection.one_return import GUIDE_UNSAID
from .collection.reading import WHOSE
from .collection.row import Row, pack
from .run import Plan, Reviews, Run


def plan_of(plan: Plan, guide: Guide) -> Plan:
    """What is written for one of the guides: beside the overview, with the guide's identifier in the name."""

    def beside(path: str) -> str:
        stem, ending = os.path.splitext(path)
        return f"{stem}_{plain(guide.id)}{ending}" if path else ""

    return plan._replace(output=beside(plan.output), table=beside(plan.table), html=beside(plan.html))


class Several(Run):
    """A run whose plan has several guides; its groups are in their order, and last what none of them is known for."""

    def __init__(self, plan: Plan, said: Callable[[Text], Any] = lambda text: None) -> None:
        assert isinstance(plan.guide, Guides)
        self.guides = plan.guide
        super().__init__(plan, said)
        self._assigned = dict(plan.assigned) if plan.assigned is not None else self._by_register()
        #: By the name of a file that does not say its guide, the one that the register says.
        self._given: dict[str, Guide] = {}
        #: Rows that stand for what is in the store: returns by another guide than the register's.
        self._instead: dict[bytes, Row] = {}

    def _by_register(self) -> dict[str, str]:
        """The guide of an enterprise by the register's column; a name that is none of the guides' is told once."""
        assigned, unknown = dict[str, str](), defaultdict[str, list[str]](list)
        for code, expected in (self._expected or {}).items():
            guide = self.guides.named(expected.guide) if expected.guide else None
            if guide is not None:
                assigned[code] = guide.id
            elif expected.guide:
                unknown[expected.guide].append(expected.name)
        for name, whose in unknown.items():
            text = _NOT_GIVEN.fill(g=name, n=len(whose), e=whose[0], l=self.guides.listed)
            self.notes.append(
                Finding(ERROR, "guide-not-given", os.path.basename(self.plan.register), text, "consistency")
            )
        return assigned

    def paths(self) -> list[str]:
        return [self.plan.output, *(path for guide in self.guides.all for path in plan_of(self.plan, guide).written)]

    def _collected(self, sources: Sequence[Source], reviews: Reviews | None = None) -> Iterator[Read]:
        by_guide: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            by_guide[self._given[source.name].id if source.name in self._given else ""].append(source)
        yield from super()._collected(by_guide.pop("", []), reviews)
        plan = self.plan
        for name, given in by_guide.items():
            guide = self.guides.by_id[name]
            with self._started(guide) as runner:
                yield from collect(given, self._store, runner, guide, plan.limits, reviews, plan.interval)

    def _looked_again(self) -> None:
        """What does not say its guide is read by the one that the register says."""
        for read in self._reads:
            row = self._store.get(read.key)
            if row["refused"] and any(packed[1] == GUIDE_UNSAID for packed in row["findings"]):
                found = self._assigned.get(self._code(read, row))
                if found in self.guides.by_id:
                    self._given[read.name] = self.guides.by_id[found]
        again = [source for source in self.sources if source.name in self._given]
        keys = {read.name: read for read in self._collected(again)}
        self._reads = [keys.get(read.name, read) for read in self._reads]

    def _code(self, read: Read, row: Row) -> str:
        """The credit code of a file's enterprise, as far as it is known."""
        return self._known.who(read.name, row.get(WHOSE) or {}).uscc if row["refused"] else str(row["uscc"])

    def _assembled(self) -> list[Group]:
        self.get = self._instead_of_store
        reads: dict[str, list[Read]] = defaultdict(list)
        scored: dict[str, set[str]] = defaultdict(set)
        unknown: list[tuple[Read, str]] = []
        for read in self._reads:
            row = self._store.get(read.key)
            code = self._code(read, row)
            made = self._given.get(read.name) or self.guides.of(row.get("stamp") or {})
            right = self.guides.by_id.get(self._assigned.get(code, ""))
            if row["refused"]:
                if (made := right or made) is None:
                    unknown.append((read, code))
                    continue
            elif made is not None and right not in (None, made) and self._is_registered(code, row["name"]):
                self._instead[read.key] = self._of_another(row, made, right)
                made = right
            else:
                scored[code].add(made.id if made else "")
            reads[made.id if made else ""].append(read)
        for read, code in unknown:  # of an enterprise whose other file is scored
            [only] = scored[code] if code and len(scored[code]) == 1 else {""}
            reads[only].append(read)
        order = {read.name: place for place, read in enumerate(self._reads)}
        for listed in reads.values():
            listed.sort(key=lambda read: order[read.name])
        groups = [self._group(reads[guide.id], guide) for guide in self.guides.all]
        return [*groups, self._group(reads[""], self.guides.all[0], self._odd)]

    def _instead_of_store(self, key: bytes) -> Row:
        return self._instead.get(key) or self._store.get(key)

    def _is_registered(self, code: str, name: str) -> bool:
        """Whether it is this enterprise's guide that is known: a code under another name is held by its own group."""
        expected = (self._expected or {}).get(code)
        return expected is None or expected.is_called(name)

    def _of_another(self, row: Row, made: Guide, right: Guide | None) -> Row:
        right = right or made
        text = _ANOTHER.fill(a=made.name, ai=made.id, b=right.name, bi=right.id)
        whose = {key: row[key] for key in ("uscc", "name", "region", "industry_code", "report")}
        found = pack(Finding(ERROR, "guide-not-assigned", "", text, "consistency"))
        return {"refused": True, "blank": row["blank"], "findings": [found], "modified": row["modified"], WHOSE: whose}

    def outputs(self) -> Iterator[tuple[str, Callable[[str], None]]]:
        """A portfolio for each guide, and the overview last: it names the others."""
        *groups, rest = self.groups
        plans = [plan_of(self.plan, group.guide) for group in groups]
        for place, plan in enumerate(plans):
            yield from self._outputs(place, plan)
        books = [os.path.basename(plan.output) for plan in plans]
        yield self.plan.output, lambda path: whole.write(path, groups, rest, self.get, books, self._against)

    def _compared(self, place: int) -> tuple[Against, Sequence[Compared]] | None:
        found = self._against
        return None if found is None else (found, found.of(place, self.groups[place].guide.id))

    def write(self, path: str) -> None:
        """The overview alone."""
        *_, (_, write) = self.outputs()
        write(path)

    def as_dict(self) -> dict[str, Any]:
        """The same as of one guide; each file says its guide, blank where none is known."""
        names = [*(guide.id for guide in self.guides.all), ""]
        found = [as_dict(group, self.get) for group in self.groups]
        merged: dict[str, Any] = {key: sum(each[key] for each in found) for key in ("files", "scored", "rejected")}
        for key in ("skipped", "held", "results", "rejections"):
            merged[key] = [{"guide": name, **one} for name, each in zip(names, found, strict=True) for one in each[key]]
        merged["guides"] = [self._about(group) for group in self.groups[:-1]]
        return merged | self._as_dict_of_last()

    def _about(self, group: Group) -> Mapping[str, Any]:
        guide = group.guide
        return {
            "id": guide.id, "version": guide.version, "hash": guide.hash, "portfolio": plan_of(self.plan, guide).output,
            "scored": len(group.members), "ranked": int((group.rank > 0).sum()),
        }  # fmt: skip


_NOT_GIVEN = Text(
    "登记表的指南“{g}”（{n} 家，如 {e}）不在所给的指南之列：{l} — 请另加 --guide 给出该指南，或更正登记表",
    "the register's guide “{g}” ({n} enterprises, such as {e}) is none of those given: {l} — name it with one more --guide, or correct the register",
)
_ANOTHER = Text(
    "按“{a}”({ai})填报，登记表指定“{b}”({bi}) — 请企业用后者的模板填报（已填数据可用 jwdt fill --from 转入），或更正登记表的“指南”",
    "made for “{a}” ({ai}), the register assigns “{b}” ({bi}) — have it filled in by the form of the latter (jwdt fill --from moves what is typed), or correct the register's guide",
)
