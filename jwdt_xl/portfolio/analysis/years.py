"""Many enterprises over the years, from what was published each year: who is whom, what counts, and what cannot be compared.

Nothing is evaluated anew and nothing is put in the place of a year that is missing. A change over a break is shown as such
and is in no sum and no mean of changes; who has no rank is counted aside.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...assessment.activity import year_of
from ...errors import Refused
from ...messages import ERROR, INFO, WARNING, Finding, Text, joined
from ..collection.row import is_held, kind_of
from . import breaks
from .identity import folded, period
from .published import Line, Published, base_of, changed_line, changed_method

RANKED = Text("参加排名", "ranked")
TWICE = Text("同一年有几份，都不计", "several of one year: none counts")
TOTAL, EQUIVALENTS, CO2E = "total", "equivalents", "co2e"
#: What changes are shown of.
CHANGES = (TOTAL, EQUIVALENTS, CO2E)


class Before(NamedTuple):
    """The year that a change is reckoned from."""

    label: str
    line: Line


class Entry(NamedTuple):
    """An enterprise in a year; breaks: why it cannot be compared with the year before."""

    label: str
    book: Published
    line: Line
    state: Text
    before: Before | None = None
    breaks: tuple[Text, ...] = ()

    @property
    def counted(self) -> bool:
        return self.state == RANKED

    @property
    def held(self) -> bool:
        return is_held(self.line.reason)

    def change(self, of: str) -> float | None:
        """Since the year before, whether it can be compared or not; none unless both have a rank."""
        if self.before is None or not self.counted:
            return None
        then, now = _amount(self.before.line, of), _amount(self.line, of)
        return None if then is None or now is None else now - then

    def comparable(self, of: str) -> float | None:
        return None if self.breaks else self.change(of)

    def over_break(self, of: str) -> float | None:
        return self.change(of) if self.breaks else None


class Year(NamedTuple):
    """A portfolio in its year: how many of it are of another period, and what changed for all since the one before by its guide."""

    label: str
    book: Published
    others: int
    breaks: tuple[Text, ...] = ()


class Years(NamedTuple):
    """In one order, whatever the order of the portfolios; labels: those of years without a portfolio too."""

    labels: tuple[str, ...]
    years: tuple[Year, ...]
    #: By enterprise, each in the order of its years.
    chains: tuple[tuple[Entry, ...], ...]
    findings: tuple[Finding, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        return (entry for chain in self.chains for entry in chain)

    @property
    def guides(self) -> tuple[str, ...]:
        return tuple(sorted({year.book.method.guide for year in self.years}))

    @property
    def missing(self) -> tuple[str, ...]:
        there = {year.label for year in self.years}
        return tuple(label for label in self.labels if label not in there)


class Cohort(NamedTuple):
    """Those of a guide or a region in a year, in figures; none where nobody counts."""

    number: int
    ranked: int
    held: int
    mean: float | None
    median: float | None
    rate_pollutants: float | None
    rate_carbon: float | None
    #: How many have both quantities, which are summed over them.
    summed: int
    equivalents: float | None
    co2e: float | None
    #: How many can be compared with the year before, and how many cannot because of a break.
    compared: int
    broken: int
    change_total: float | None
    change_equivalents: float | None
    relative_equivalents: float | None
    change_co2e: float | None
    relative_co2e: float | None

    @property
    def unranked(self) -> int:
        """Without a rank for another reason than being held back."""
        return self.number - self.ranked - self.held


def years(books: Iterable[Published]) -> Years:
    """Raises Refused where two different portfolios are of one guide and year, or one is of no year."""
    findings: list[Finding] = []
    found = _of_years(_once(books, findings), findings)
    labels = _with_gaps([year.label for year in found])
    found = _with_breaks(found, labels)
    entries = [
        Entry(year.label, year.book, line, RANKED if line.rank is not None else kind_of(line.reason))
        for year in found
        for line in year.book.lines
        if period(line.report) == year.label
    ]
    chains = [_chain(each, labels, findings) for each in _enterprises(entries, findings)]
    return Years(tuple(labels), tuple(found), tuple(chains), tuple(findings))


def _once(books: Iterable[Published], findings: list[Finding]) -> list[Published]:
    """What was given twice counts once."""
    kept: list[Published] = []
    for book in sorted(books, key=lambda book: (book.method.name, book.name)):
        if any(book[1:] == other[1:] for other in kept):
            findings.append(Finding(INFO, "portfolio-again", book.name, _AGAIN, "consistency"))
        else:
            kept.append(book)
    return kept


def _of_years(books: Sequence[Published], findings: list[Finding]) -> list[Year]:
    """Each in the period of most of its ranked returns; the order is that of the years, then of the guides."""
    found: list[Year] = []
    for book in books:
        label = _label_of(book)
        if not label:
            raise Refused((Finding(ERROR, "portfolio-of-no-year", book.name, _NO_YEAR),))
        if book.method.options is None:
            findings.append(Finding(INFO, "portfolio-without-method", book.name, _OLD, "transparency"))
        others = sum(period(line.report) != label for line in book.lines)
        found.append(Year(label, book, others))
    found.sort(key=lambda year: (_order(year.label), year.book.method.guide, year.book.name))
    for one, other in pairwise(found):
        if (one.label, one.book.method.guide) == (other.label, other.book.method.guide):
            text = _SAME_YEAR.fill(y=one.label, g=one.book.method.guide, a=one.book.name, b=other.book.name)
            raise Refused((Finding(ERROR, "portfolio-twice", other.book.name, text),))
    return found


def _label_of(book: Published) -> str:
    for lines in ([line for line in book.lines if line.rank is not None], book.lines):
        counts = Counter(period(line.report) for line in lines if period(line.report))
        if counts:
            return max(counts, key=lambda label: (counts[label], _order(label)))
    return ""


def _order(label: str) -> tuple[int, str]:
    return year_of(label) or 0, label


def _with_gaps(labels: Iterable[str]) -> list[str]:
    """With the years between, where all are plain years."""
    known = sorted(set(labels), key=_order)
    if not all(label.isdecimal() and year_of(label) == int(label) for label in known):
        return known
    return [str(year) for year in range(int(known[0]), int(known[-1]) + 1)]


def _with_breaks(found: Sequence[Year], labels: Sequence[str]) -> list[Year]:
    """What changed for everybody of a guide, and years without a portfolio of it."""
    last: dict[str, Year] = {}
    made = []
    for year in found:
        before = last.get(year.book.method.guide)
        why = (
            ()
            if before is None
            else (*_gap(before.label, year.label, labels), *changed_method(before.book.method, year.book.method))
        )
        made.append(year._replace(breaks=why))
        last[year.book.method.guide] = year
    return made


def _gap(before: str, after: str, labels: Sequence[str]) -> Iterator[Text]:
    between = labels[labels.index(before) + 1 : labels.index(after)]
    if between:
        yield _GAP.fill(y="、".join(between))


def _enterprises(entries: Iterable[Entry], findings: list[Finding]) -> list[list[Entry]]:
    """One is who has the same code and name; without a code nobody is matched with another year."""
    chains: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    names: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        line = entry.line
        alone = "" if line.uscc else f"{entry.label} {entry.book.name} {line.file}"
        chains[line.uscc, folded(line.name), alone].append(entry)
        if line.uscc:
            names[line.uscc].setdefault(folded(line.name), entry)
    for code in sorted(names):
        if len(names[code]) > 1:
            said = "；".join(f"{entry.label} {entry.line.name}" for entry in names[code].values())
            findings.append(Finding(WARNING, "years-another-name", code, _NAMES.fill(n=said), "consistency"))
    return [chains[key] for key in sorted(chains)]


def _chain(entries: Sequence[Entry], labels: Sequence[str], findings: list[Finding]) -> tuple[Entry, ...]:
    """The years of one enterprise, each with the one before."""
    number = Counter(entry.label for entry in entries)
    made: list[Entry] = []
    before: Entry | None = None
    for entry in entries:
        if number[entry.label] > 1:
            made.append(entry._replace(state=TWICE))
            continue
        if before is not None:
            entry = entry._replace(
                before=Before(before.label, before.line) if before.counted else None,
                breaks=tuple(_breaks(before, entry, labels)),
            )
        made.append(entry)
        before = entry
    for label, count in number.items():
        if count > 1:
            line = entries[0].line
            books = "、".join(entry.book.name for entry in entries if entry.label == label)
            text = _TWICE.fill(n=line.name, y=label, b=books)
            findings.append(Finding(WARNING, "years-twice", line.uscc or line.name, text, "consistency"))
    return tuple(made)


def _breaks(before: Entry, after: Entry, labels: Sequence[str]) -> Iterator[Text]:
    yield from _gap(before.label, after.label, labels)
    yield from changed_method(before.book.method, after.book.method)
    yield from changed_line(before.line, after.line)
    if period(after.line.base) == before.label and before.line.unit == after.line.unit:
        names = after.book.titles
        reported = {key: pair[1] for key, pair in before.line.quantities.items()}
        now, _ = base_of(after.line, before.line.grid)
        yield from breaks.restated(before.label, {key: names[key] for key in now}, reported, now)


def _amount(line: Line, of: str) -> float | None:
    return line.total if of == TOTAL else line.quantities.get(of, (None, None))[1]


def cohort(entries: Sequence[Entry], scores: bool = True) -> Cohort:
    """scores: whether they are of one guide, since totals by different ones do not compare."""
    counted = [entry for entry in entries if entry.counted]
    totals = [entry.line.total for entry in counted if entry.line.total is not None] if scores else []
    rates = [[r for entry in counted if (r := entry.line.rates[i]) is not None] for i in (0, 1)]
    both = [entry for entry in counted if None not in (_amount(entry.line, EQUIVALENTS), _amount(entry.line, CO2E))]
    pairs = [entry for entry in counted if entry.before is not None]
    compared = [entry for entry in pairs if not entry.breaks]
    alike = [entry for entry in compared if None not in (entry.change(EQUIVALENTS), entry.change(CO2E))]
    changes = {of: _sum(entry.change(of) for entry in alike) for of in (EQUIVALENTS, CO2E)}
    thens = {of: _sum(_amount(entry.before.line, of) for entry in alike if entry.before) for of in (EQUIVALENTS, CO2E)}
    points = [change for entry in compared if (change := entry.change(TOTAL)) is not None] if scores else []
    return Cohort(
        number=len(entries),
        ranked=len(counted),
        held=sum(entry.held for entry in entries if not entry.counted),
        mean=math.fsum(totals) / len(totals) if totals else None,
        median=median(totals),
        rate_pollutants=median(rates[0]),
        rate_carbon=median(rates[1]),
        summed=len(both),
        equivalents=_sum(_amount(entry.line, EQUIVALENTS) for entry in both),
        co2e=_sum(_amount(entry.line, CO2E) for entry in both),
        compared=len(compared),
        broken=len(pairs) - len(compared),
        change_total=median(points),
        change_equivalents=changes[EQUIVALENTS],
        relative_equivalents=_relative(changes[EQUIVALENTS], thens[EQUIVALENTS]),
        change_co2e=changes[CO2E],
        relative_co2e=_relative(changes[CO2E], thens[CO2E]),
    )


def median(numbers: Sequence[float]) -> float | None:
    return statistics.median(numbers) if numbers else None


def _sum(numbers: Iterable[float | None]) -> float | None:
    """Of nobody there is no sum."""
    known = [number for number in numbers if number is not None]
    return math.fsum(known) if known else None


def _relative(change: float | None, then: float | None) -> float | None:
    return None if change is None or not then else change / then


def why(texts: Sequence[Text]) -> Text:
    """Breaks in one cell."""
    return joined(list(texts), "；", "; ")


_AGAIN = Text("与另一份汇总内容相同，只计一次", "says the same as another portfolio: counted once")
_NO_YEAR = Text(
    "没有已评价且有报告期的填报，不知道是哪一年的汇总 — 请改用有结果的汇总",
    "has no scored return with a report period, so it is not known of which year it is — give one with results",
)
_OLD = Text(
    "由较早的版本生成，没有写核算边界、电网因子序列和方法选项，这几项的改变看不出来 — 请用现在的版本再收集一次当年的填报",
    "was made by an earlier version and does not say boundaries, series of grid factors and options, so a change of these is not seen — collect the returns of that year again by this version",
)
_SAME_YEAR = Text(
    "{y} 年指南“{g}”有两份内容不同的汇总（{a}，{b}），不知道哪份为准 — 请只给最终的一份",
    "there are two different portfolios of {y} by the guide “{g}” ({a}, {b}), and which counts is not known — give the final one only",
)
_GAP = Text("中间缺年：{y}", "years lack: {y}")
_NAMES = Text(
    "同一代码各年名称不同（{n}），按几家企业列出，不互相比较 — 确为更名的，请核实后在各年登记表中统一",
    "the code has different names in different years ({n}): listed as several enterprises, not compared with each other — if the name changed, make it one in the registers",
)
_TWICE = Text(
    "{n} 在 {y} 年有几份填报（{b}），都不计入平均和合计 — 请核对该企业用哪个指南",
    "{n} has several returns of {y} ({b}), none of which is in a mean or sum — check which guide is its",
)
