"""The base period of this year's returns against what was reported of it last year, by credit code and name.

What differs is a warning of the return, which changes no score; who is new, gone or cannot be compared is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from ...messages import WARNING, Finding, Text, joined, number
from ...standard.guide import Guide
from ...standard.quantities import QUANTITIES
from ...workbook import HOSTS
from ...workbook.layout import Layout
from ...workbook.plan import VERSION
from ..collection.row import Row, in_force, summed
from . import breaks
from .candidates import Member
from .group import Get, Group
from .identity import Expected, agrees, period
from .published import (
    CARBON,
    Line,
    Published,
    base_of,
    by_code,
    changed_line,
    changed_method,
    grid_of_base,
    line_of,
    method_of,
    pollutant_key,
)

DIFFERS, NEW, GONE, ANOTHER_NAME, ANOTHER_PERIOD, ANOTHER_UNIT = STATES = (
    Text("有差异", "differs"),
    Text("今年新增", "new this year"),
    Text("今年没有", "not this year"),
    Text("名称不同，未核对", "another name, not compared"),
    Text("时期不衔接，未核对", "other periods, not compared"),
    Text("产品单位不同，产量未核对", "another unit, output not compared"),
)
_OUTPUT = "output"


class Compared(NamedTuple):
    """A quantity that differs, or an enterprise that is not compared and why."""

    state: Text
    uscc: str
    name: str
    region: str
    quantity: Text | str = ""
    period: str = ""
    #: As reported last year, and as this year's base period has it.
    then: float | None = None
    now: float | None = None
    where: str = ""
    note: Text | str = ""
    #: The file of this year, and the portfolio and file of last year.
    file: str = ""
    last: str = ""
    #: The guide of this year, of those gone that of last year.
    guide: str = ""

    @property
    def difference(self) -> float | None:
        """Relative to what was reported; none where that was 0 or nothing is compared."""
        return None if not self.then or self.now is None else (self.now - self.then) / abs(self.then)


class Against(NamedTuple):
    """What came of it: by group, in the order of their members, and those of last year of whom nothing is scored."""

    groups: tuple[tuple[Compared, ...], ...]
    gone: tuple[Compared, ...]
    #: Enterprises that could be compared.
    compared: int
    books: tuple[str, ...]

    @property
    def all(self) -> tuple[Compared, ...]:
        return tuple(each for listed in (*self.groups, self.gone) for each in listed)

    def of(self, place: int, guide: str) -> list[Compared]:
        """Of a group, with those gone that were last year's of the same guide."""
        return [*self.groups[place], *(each for each in self.gone if each.guide == guide)]

    @property
    def said(self) -> Text:
        """In one line."""
        differing = {each.uscc for each in self.all if each.state == DIFFERS}
        counts = Counter(each.state for each in self.all)
        rest = [Text("{s} {n}", "{s}: {n}").fill(s=state, n=counts[state]) for state in STATES[1:] if counts[state]]
        text = _SAID.fill(n=self.compared, a=self.compared - len(differing), d=len(differing), k=counts[DIFFERS])
        return joined([text, *rest], "；", "; ")

    def as_dict(self) -> dict[str, Any]:
        """For `jwdt collect --json`; what differs stands among the findings of its return."""
        found: dict[str, Any] = {
            "compared": self.compared,
            "differing": len({e.uscc for e in self.all if e.state == DIFFERS}),
        }
        for key, state in zip(("new", "gone", "another_name", "another_period"), STATES[1:5], strict=True):
            found[key] = [{"uscc": each.uscc, "name": each.name} for each in self.all if each.state == state]
        return found


def against(
    groups: Sequence[Group], get: Get, books: Sequence[Published], register: Mapping[str, Expected] | None
) -> Against:
    """Compares, and adds the warnings to the findings of the groups."""
    last = by_code(books)
    seen: set[str] = set()
    compared = 0
    listed = []
    for group in groups:
        found: list[Compared] = []
        for place, member in enumerate(group.members):
            seen.add(member.uscc)
            if place in group.apart or not member.uscc:
                continue
            row = get(member.key)
            of_member = list(_of(group, member, row, last.get(member.uscc, []), (register or {}).get(member.uscc)))
            compared += not any(each.state in (NEW, ANOTHER_NAME, ANOTHER_PERIOD) for each in of_member)
            found += of_member
            if warnings := [_finding(each) for each in of_member if each.state != NEW]:
                group.findings[place] = [*group.findings.get(place, []), *warnings]
        listed.append(tuple(found))
    gone = tuple(_gone(groups, last, seen, register))
    return Against(tuple(listed), gone, compared, tuple(book.name for book in books))


def _of(
    group: Group, member: Member, row: Row, lines: Sequence[tuple[Published, Line]], known: Expected | None
) -> Iterator[Compared]:
    about = Compared(NEW, member.uscc, member.name, member.region, file=member.file, guide=group.guide.id)
    if not lines:
        yield about
        return
    named = [
        (book, line)
        for book, line in lines
        if agrees(member.name, line.name) or (known is not None and known.is_called(line.name))
    ]
    if not named:
        book, line = lines[0]
        yield about._replace(
            state=ANOTHER_NAME, note=_ANOTHER_NAME.fill(n=line.name, m=member.name), last=_place(book, line)
        )
        return
    fits = [
        (kind, book, line)
        for kind, label in (("report", "report"), ("base", "base"))
        for book, line in named
        if row["base"] and period(getattr(line, label)) == period(row["base"])
    ]
    if not fits:
        book, line = named[0]
        note = _OTHER_PERIOD.fill(b=row["base"] or "-", l=line.base or "-", r=line.report or "-")
        yield about._replace(state=ANOTHER_PERIOD, note=note, last=_place(book, line))
        return
    # by the guide of this year where last year has several, and what was reported before what was the base then too
    kind, book, line = min(
        fits, key=lambda fit: (fit[0] != "report", fit[1].method.guide != group.guide.id, fit[1].name)
    )
    this = line_of(member, row, group.guide)
    why = [*changed_method(book.method, method_of(group.guide)), *changed_line(line, this)]
    said: Text | str = joined(why, "；", "; ") if why else ""
    about = about._replace(period=row["base"], last=_place(book, line), note=said)
    bases, as_then = base_of(this, line.grid if kind == "report" else grid_of_base(line))
    for key, quantity in summed(group.guide).items():
        then, now = line.quantities.get(key, (None, None))[kind == "report"], bases[key]
        if then is None or now is None:  # what is blank, where it must not be, is told by the checks of the return
            continue
        title = QUANTITIES[key].title if key in QUANTITIES else quantity.title
        about = about._replace(quantity=title, then=then, now=now, where=place_of(group, row, key))
        if key == _OUTPUT and line.unit != this.unit:
            note = breaks.product((line.product, line.unit), (this.product, this.unit))
            yield about._replace(state=ANOTHER_UNIT, note=note)
        elif not breaks.same(then, now):
            noted = joined([*why, as_then], "；", "; ") if key == CARBON and as_then else said
            yield about._replace(state=DIFFERS, note=noted)
    places = {pollutant_key(*each[:3]): each[-1] for each in in_force(row)["pollutants"]}
    for name, then, now, key in _of_pollutants(line, this, kind):
        where = places.get(key) or place_of(group, row, EQUIVALENTS)
        yield about._replace(state=DIFFERS, quantity=name, then=then, now=now, where=where, note=said)


#: The quantity that pollutants are summed in.
EQUIVALENTS = "equivalents"


def _of_pollutants(last: Line, this: Line, kind: str) -> Iterator[tuple[Text, float | None, float | None, str]]:
    """Name, both tonnes and key of each that differs; one that only one of both years has differs too, unless it is 0."""
    if last.pollutants is None or this.pollutants is None:
        return
    for key in dict.fromkeys((*this.pollutants, *last.pollutants)):
        old, new = last.pollutants.get(key), this.pollutants.get(key)
        then, now = None if old is None else getattr(old, kind), None if new is None else new.base
        if (old is not None and then is None) or (new is not None and now is None):
            continue  # a blank
        if not breaks.same(then or 0.0, now or 0.0):
            name = new.name if new is not None else last.pollutants[key].name
            yield Text("{n} t", "{n} t").fill(n=name), then, now, key


def _place(book: Published, line: Line) -> str:
    return f"{book.name} · {line.file}"


def place_of(group: Group, row: Row, key: str) -> str:
    """Where the base period of a quantity stands in a return: its cell, or its path where the cell is not known."""
    stamp, guide = row["stamp"], group.guide
    quantity = guide.quantities[key]
    if str(stamp.get("layout")) != str(VERSION) or stamp.get("host") not in HOSTS:
        return quantity.place("base")
    layout = _layout(guide, stamp["host"], stamp["language"])
    path = f"{quantity.field}.base"
    cell = (
        layout.fields[path].cell if quantity.field and path in layout.fields else layout.results.get(f"out_{key}_base")
    )
    return (
        quantity.place("base")
        if cell is None
        else f"{layout.title(cell.sheet)}!{xl_rowcol_to_cell(cell.row, cell.col)}"
    )


@lru_cache(maxsize=16)
def _layout(guide: Guide, host: str, language: str) -> Layout:
    return Layout(guide, host, language)


def _finding(each: Compared) -> Finding:
    if each.state == ANOTHER_NAME:  # whose it was is for the evaluator's sheet: findings go to the enterprise
        return Finding(WARNING, "last-year-another-name", "", _NAMED_OTHERWISE, "consistency")
    if each.state == ANOTHER_PERIOD:
        return Finding(WARNING, "last-year-another-period", "", _TOLD.fill(t=each.note, l=each.last), "consistency")
    shown = ["–" if value is None else number(value, 6) for value in (each.then, each.now)]
    rate = "" if each.difference is None else f" ({each.difference:+.1%})"
    text = (_DIFFERS if each.state == DIFFERS else _UNIT).fill(
        q=each.quantity, p=each.period, o=shown[0], n=shown[1], d=rate, l=each.last,
        w=_WHY.fill(w=each.note) if each.note else "",
    )  # fmt: skip
    return Finding(WARNING, "base-not-as-reported", each.where, text, "consistency")


def _gone(
    groups: Sequence[Group],
    last: Mapping[str, Sequence[tuple[Published, Line]]],
    seen: set[str],
    register: Mapping[str, Expected] | None,
) -> Iterator[Compared]:
    """By code; each with what is known of it this year."""
    waiting = {left.who.uscc for group in groups for left in (*group.rejections, *group.held)}
    for code in sorted(last):
        if code in seen or not code:
            continue
        book, line = last[code][0]
        if code in waiting:
            note = _WAITING
        elif register is None:
            note = _NO_RETURN
        else:
            note = _REGISTERED if code in register else _LEFT
        yield Compared(
            GONE, code, line.name, line.region, note=note, last=_place(book, line), guide=book.method.guide, period=line.report
        )  # fmt: skip


_SAID = Text(
    "与上年核对 {n} 家：一致 {a}，有差异 {d}（{k} 项）",
    "compared with last year: {n}, of them agreeing {a}, differing {d} ({k} quantities)",
)
_ANOTHER_NAME = Text("同一代码上年的名称是“{n}”，今年是“{m}”", "last year the code was “{n}”, this year it is “{m}”")
_OTHER_PERIOD = Text(
    "基准期是 {b}，上年的填报是 {l} → {r}", "the base period is {b}, last year's return is of {l} → {r}"
)
_TOLD = Text(
    "{t}（{l}），未与上年核对 — 请核实时期是否填对；不改变得分",
    "{t} ({l}), so it is not compared with last year — check whether the periods are right; no score changes",
)
_NAMED_OTHERWISE = Text(
    "上年用这个代码填报的是另一个名称，未与上年核对 — 请核对代码和名称；更名的请说明；不改变得分",
    "last year the return with this code had another name, so it is not compared with last year — check code and name, and say so if the name has changed; no score changes",
)
_DIFFERS = Text(
    "{q}：{p} 上年报 {o}（{l}），今年的基准期为 {n}{d}{w} — 请核对哪个正确，更正本表的基准期，或书面说明重新核定的理由；不改变得分",
    "{q}: {o} was reported of {p} last year ({l}), this year's base period has {n}{d}{w} — check which is right, correct the base period, or explain the restatement in writing; no score changes",
)
_UNIT = Text(
    "{q}：{p} 上年报 {o}（{l}），今年的基准期为 {n}{w}，单位不同，未核对 — 请换算后核对；不改变得分",
    "{q}: {o} was reported of {p} last year ({l}), this year's base period has {n}{w}, in another unit, so it is not compared — convert and compare them; no score changes",
)
_WHY = Text("（注意：{w}）", " (note: {w})")
_WAITING = Text("今年的填报被拒绝或暂存", "this year's return is rejected or held")
_NO_RETURN = Text("今年没有已评价的填报", "no return of this year is scored")
_REGISTERED = Text("在登记表中，今年没有已评价的填报", "in the register, and no return of this year is scored")
_LEFT = Text("已不在登记表中", "not in the register any more")
