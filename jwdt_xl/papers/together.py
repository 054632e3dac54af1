"""Opened papers put together: every document accounted for, every number with its origin, nothing typed overwritten.

Standard library only: it also runs inside spreadsheet programs, on papers that these have opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ..assessment import Assessment, write
from ..assessment import read as read_assessment
from ..errors import Refused
from ..messages import ERROR, INFO, Finding, Text, joined
from ..opening.refusals import OTHER_FILES
from ..standard.guide import Guide
from . import across
from .document import Opened
from .drafts import PERIODS, drafts
from .merge import Merge
from .paper import RECOVERED, Entry, Fact, Permitted, Sum, Wanted
from .periods import Periods, decide

IMPORTED, CHECKED, REFUSED, COPY, SKIPPED = "imported", "checked", "refused", "copy", "skipped"


class Account(NamedTuple):
    """What became of a document."""

    name: str
    state: str
    said: Text


class Nothing(Refused):
    """No period is known, so that there is no assessment; what became of the documents is."""

    def __init__(self, findings: tuple[Finding, ...], accounts: tuple[Account, ...]) -> None:
        super().__init__(findings)
        self.accounts = accounts


def accounting(accounts: Sequence[Account], numbers: int = 0) -> Text:
    """All papers by what became of them: the parts sum to the whole."""
    text = Text(
        "材料 {n} 份 = 已导入 {i} + 只用于核对 {k} + 被拒绝 {r} + 重复 {c} + 已跳过 {s}；填入 {v} 个数",
        "{n} papers = {i} imported + {k} for checks only + {r} refused + {c} copies + {s} skipped; {v} values filled in",
    )
    count = Counter(account.state for account in accounts)
    return text.fill(
        n=len(accounts), i=count[IMPORTED], k=count[CHECKED], r=count[REFUSED], c=count[COPY], s=count[SKIPPED], v=numbers
    )  # fmt: skip


class Imported(NamedTuple):
    """The assessment, what became of each document, and what is to be said."""

    assessment: Assessment
    accounts: tuple[Account, ...]
    findings: tuple[Finding, ...]
    numbers: int

    def count(self, state: str) -> int:
        return sum(account.state == state for account in self.accounts)


def no_notes(assessment: Assessment) -> Iterator[Finding]:
    """Nothing more is said: an open form has its own hints of what is still to be typed."""
    yield from ()


def started_of(data: Any, guide: Guide | None = None) -> Assessment:
    """What is typed so far, complete or not: the papers may say the periods. Raises Refused."""
    labels = data.get("periods", {}) if isinstance(data, dict) else None
    if not isinstance(labels, dict) or all(labels.get(period) for period in PERIODS):
        return read_assessment(data, guide)
    blank = [period for period in PERIODS if not labels.get(period)]
    started = read_assessment({**data, "periods": {**labels, **{period: f"<{period}>" for period in blank}}}, guide)
    return replace(started, periods=replace(started.periods, **dict.fromkeys(blank, "")))


def wanted_of(into: Assessment | None, guide: Guide | None = None) -> Wanted:
    """Whose papers they are to be."""
    started = into or Assessment()
    return Wanted(started.enterprise.uscc, started.enterprise.name, guide)


def put_together(
    documents: Iterable[Opened],
    into: Assessment | None = None,
    name: str = "",
    period: str | None = None,
    guide: Guide | None = None,
    step: Callable[[bool], object] = bool,
    notes: Callable[[Assessment], Iterable[Finding]] = no_notes,
) -> Imported:
    """All papers in one assessment; step is told of every document whether it was refused, notes says what remains.

    Raises Nothing where no period is known, Refused where what comes out cannot be read as an assessment.
    """
    started = into or Assessment()
    work = _Work(wanted_of(into, guide))
    for opened in documents:
        step(bool(opened.refused))
        work.take(opened)
    work.only_one_enterprise()
    labels = {"base": started.periods.base, "report": started.periods.report}
    periods = decide(labels, period, work.labels(), work.findings)
    found = work.of_periods(periods, bool(into))
    merged = Merge(write(started), work.findings, name)
    merged.rows(drafts(found.entries, work.findings))
    merged.facts(found.facts)
    merged.data["periods"] = {**merged.data.get("periods", {}), **periods.labels}
    if not all(merged.data["periods"].get(key) for key in labels):
        explained = any(finding.severity == ERROR for finding in work.findings)
        raise Nothing((*work.findings, *(() if explained else (_no_period(name),))), tuple(work.accounts))
    assessment = read_assessment(merged.data, guide)
    findings = [*work.findings, *across.checks(assessment, found.permitted, found.sums), *notes(assessment)]
    return Imported(assessment, tuple(work.accounts), tuple(findings), merged.numbers)


def _no_period(name: str) -> Finding:
    text = Text(
        "不知道材料属于哪个年份 — 请在表上写明年份，或用 --into 给出已填两期的文件并用 --period 说明",
        "of which year the papers are is not known — have the year on the paper, or give a file with both periods by --into and say --period",
    )
    return Finding(ERROR, "no-period", name or "periods", text)


class _Found(NamedTuple):
    """What is left of all papers, each told of which period it is."""

    entries: list[tuple[str, Entry]]
    facts: list[tuple[str, Fact]]
    permitted: list[Permitted]
    sums: list[tuple[str, Sum]]


class _Work:
    """The documents as they come, and what is said of them."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.accounts: list[Account] = []
        self.findings: list[Finding] = []
        self.read: dict[int, Opened] = {}
        self._digests: dict[str, str] = {}

    def take(self, opened: Opened) -> None:
        if opened.refused:
            self._refuse(opened)
            return
        if opened.digest and opened.digest in self._digests:
            text = Text("与 {o} 内容相同，只读一次", "the same content as {o}, read once").fill(
                o=self._digests[opened.digest]
            )
            self.accounts.append(Account(opened.name, COPY, text))
            self.findings.append(Finding(INFO, "paper-copy", opened.name, text))
            return
        self._digests[opened.digest] = opened.name
        self.findings += opened.told
        self.read[len(self.accounts)] = opened
        self.accounts.append(Account(opened.name, IMPORTED, joined(opened.kinds)))

    def _refuse(self, opened: Opened) -> None:
        other = {finding.code for finding in opened.refused} <= OTHER_FILES
        said = opened.refused[0].text
        self.accounts.append(Account(opened.name, SKIPPED if other else REFUSED, said))
        self.findings += (f._replace(severity=INFO) for f in opened.refused) if other else opened.refused

    def _drop(self, place: int, finding: Finding) -> None:
        """A document that was read and cannot be used."""
        opened = self.read.pop(place)
        self.accounts[place] = Account(opened.name, REFUSED, finding.text)
        self.findings.append(finding)

    def only_one_enterprise(self) -> None:
        """Papers of another enterprise than the one wanted, or than the first paper's, are refused."""
        uscc = self.wanted.uscc
        for place, opened in list(self.read.items()):
            codes = [fact for given in opened.given for fact in given.facts if fact.path == "enterprise.uscc"]
            for fact in codes:
                uscc = uscc or str(fact.value)
                if fact.value != uscc:
                    text = Text(
                        "是另一家企业的材料（{c}，本企业 {w}），未导入 — 请核对",
                        "is a paper of another enterprise ({c}; wanted is {w}) and not imported — check it",
                    )
                    self._drop(place, Finding(ERROR, "other-enterprise", fact.cell, text.fill(c=fact.value, w=uscc)))
                    break

    def labels(self) -> list[str | None]:
        return [each.period for opened in self.read.values() for each in _dated(opened)]

    def of_periods(self, periods: Periods, known: bool) -> _Found:
        """What is of the base or report period; a document of which nothing is, is refused."""
        found = _Found([], [], [], [])
        for place, opened in list(self.read.items()):
            dated = _dated(opened)
            if dated and not any(periods.of(each.period) for each in dated):
                self._drop(place, _other_period(opened, dated, periods))
                continue
            left = sum(periods.of(each.period) is None for each in dated)
            if left:
                text = Text(
                    "{n} 个数不属于基准期或报告期，未导入", "{n} numbers are of neither period and not imported"
                )
                self.findings.append(Finding(INFO, "other-years", opened.name, text.fill(n=left), "completeness"))
            for given in opened.given:
                found.entries.extend((p, _for(p, each)) for each in given.entries if (p := periods.of(each.period)))
                found.sums.extend((p, each) for each in given.sums if (p := periods.of(each.period)))
                found.permitted.extend(given.permitted)
                for fact in given.facts:
                    of = periods.of(fact.period)
                    if of or not fact.path.startswith(("product.output", "output_value", "metered")):
                        found.facts.append((of or "", fact))
            if not any(given.entries or given.facts for given in opened.given):
                self.accounts[place] = self.accounts[place]._replace(state=CHECKED)
        return found


def _for(period: str, entry: Entry) -> Entry:
    """What each period has its own of goes to the field of the period."""
    if RECOVERED not in entry.own:
        return entry
    own = {f"{RECOVERED}_{period}" if field == RECOVERED else field: value for field, value in entry.own.items()}
    return entry._replace(own=own)


def _dated(opened: Opened) -> list[Any]:
    """What must be of a period."""
    facts = (
        fact
        for given in opened.given
        for fact in given.facts
        if fact.path in ("product.output", "output_value", "metered_electricity")
    )
    return [*(entry for given in opened.given for entry in given.entries), *facts]


def _other_period(opened: Opened, dated: Sequence[Any], periods: Periods) -> Finding:
    labels = sorted({each.period for each in dated if each.period})
    if not labels:
        text = Text(
            "没有写明年份 — 请用 --period base 或 --period report 说明是哪一期",
            "does not say its year — say which period it is of with --period base or --period report",
        )
        return Finding(ERROR, "period-not-told", opened.name, text)
    text = Text(
        "是 {y} 年的材料，评价的是 {w} — 请核对 --period、两期和材料",
        "is of {y}, and assessed are {w} — check --period, both periods and the paper",
    )
    wanted = {p: label for p, label in periods.labels.items() if periods.default in (None, p)} or periods.labels
    filled = text.fill(y="、".join(labels), w=" / ".join(wanted.values()) or "?")
    return Finding(ERROR, "other-period", opened.name, filled)
