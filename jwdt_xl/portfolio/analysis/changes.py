"""What changed between the first return of an enterprise and the one that counts, value by value, and who changed it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ...messages import ERROR, Text
from ..collection import review
from .candidates import Member
from .group import Get, Group, rejection_findings
from .identity import folded, period
from .rejected import CORRECTED, Rejection
from .versions import SUPERSEDED

#: Path, place and value of everything in a return.
Inputs = Sequence[tuple[str, str, Any]]
_CELL = re.compile(r"(\w+)\[(\d+)\]\.(.+)")
#: What does not tell one row of a table from another.
_BESIDE = ("base", "report", "unit", "source", "note", "evidence", "quality")


class Change(NamedTuple):
    """A value that is another one now."""

    uscc: str
    name: str
    by: Text | str
    place: str
    field: str
    old: Any
    new: Any
    first: str
    counted: str
    reason: str = ""


class Pair(NamedTuple):
    """A file that does not count any more, and the one that took its place."""

    left: Rejection
    member: Member


def pairs(group: Group, get: Get) -> list[Pair]:
    """Of replaced returns and of rejected ones that were corrected; the order is that of the skipped files."""
    by_code: dict[str, list[Member]] = defaultdict(list)
    by_name: dict[str, list[Member]] = defaultdict(list)
    corrected = [left.who for left in group.skipped if left.finding and left.finding.code == CORRECTED]
    codes, names = {who.uscc for who in corrected}, {folded(who.name) for who in corrected}
    for place in sorted(range(len(group.members)), key=lambda place: place in group.apart) if corrected else ():
        member = group.members[place]
        if member.uscc in codes:
            by_code[member.uscc].append(member)
        if (name := folded(member.name)) in names:
            by_name[name].append(member)
    found = []
    of_code: dict[str, list[Member]] = defaultdict(list)
    if any(left.finding and left.finding.code == SUPERSEDED for left in group.skipped):
        for member in group.members:
            of_code[member.uscc].append(member)
    for left in group.skipped:
        code = left.finding.code if left.finding else ""
        if code == SUPERSEDED and not (row := get(left.key))["refused"]:  # what is no file has no row
            its = of_code.get(row["uscc"], ())
            same = [m for m in its if period(get(m.key)["report"]) == period(row["report"])]
            found += [Pair(left, member) for member in same[:1]]
        elif code == CORRECTED:
            counted = by_code.get(left.who.uscc) or by_name.get(folded(left.who.name), [])
            found += [Pair(left, member) for member in counted[:1]]
    return found


def changes(group: Group, get: Get, of: Callable[[str], Inputs | None], found: Sequence[Pair]) -> Iterator[Change]:
    """of: the inputs of a file by its name, None where it could not be read again. First what enterprises changed, then what reviewers did."""
    for pair in found:
        left, member = pair
        about = (member.uscc, member.name, _ENTERPRISE)
        files = (left.file, member.file)
        now = of(member.file)
        if get(left.key)["refused"]:
            at = {place: (path, value) for path, place, value in now or ()}
            for finding in rejection_findings(left._replace(finding=None), get):
                if finding.severity == ERROR:
                    path, value = at.get(finding.where, ("", None))
                    place = "" if finding.where == left.file else finding.where
                    shown = value if place else str(_ANEW)
                    yield Change(*about, place, path, str(finding.text), shown, *files)
            continue
        before = of(left.file)
        if before is None or now is None:
            yield Change(*about, "", "", None, str(_UNREAD), *files)
            continue
        for place, path, old, new in between(before, now):
            yield Change(*about, place, path, old, new, *files)
    for line in review.lines(group, get):
        if line.get("decision") == review.CORRECT and line["state"] == str(review.USED):
            by = _REVIEWER.fill(v=line["verifier"], d=line["date"])
            place, path = (line["field"], "") if "!" in line["field"] else ("", line["field"])
            yield Change(
                line["uscc"], line["name"], by, place, path, line["own"], line["value"], "", "", line["reason"]
            )


_ENTERPRISE = Text("企业", "enterprise")
_REVIEWER = Text("评审：{v}，{d}", "review: {v}, {d}")
_UNREAD = Text(
    "（这次读不出，无法比较；请再运行一次）", "(could not be read this time, so it is not compared; run it again)"
)
_ANEW = Text("（整份重新提交）", "(sent anew)")


def between(old: Inputs, new: Inputs) -> Iterator[tuple[str, str, Any, Any]]:
    """Place, path and both values of everything that differs; rows of tables are told by what they are of, in any order."""
    before, after = ({path: (place, value) for path, place, value in each} for each in (old, new))
    was, now = ({path: cell for path, cell in each.items() if not _CELL.fullmatch(path)} for each in (before, after))
    yield from _compared(was, now, lambda path: path)
    first_tables, last_tables = _tables(before), _tables(after)
    for table in dict.fromkeys((*first_tables, *last_tables)):
        rows, later = first_tables.get(table, {}), last_tables.get(table, {})
        for number, other in _matched(rows, later):
            first, second = rows.get(number, {}), later.get(other, {})
            named = _name(second or first)
            shown = other if second else number
            yield from _compared(first, second, lambda key, t=table, n=shown, w=named: f"{t}[{n}].{key}（{w}）")  # type: ignore[misc]


Cells = Mapping[str, tuple[str, Any]]


def _compared(old: Cells, new: Cells, path_of: Callable[[str], str]) -> Iterator[tuple[str, str, Any, Any]]:
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key, ("", None)), new.get(key, ("", None))
        if not _same(was[1], now[1]):
            yield now[0] or was[0], path_of(key), was[1], now[1]


def _same(old: Any, new: Any) -> bool:
    return bool(old == new or (old != old and new != new)) and isinstance(old, bool) == isinstance(new, bool)


def _tables(cells: Cells) -> dict[str, dict[int, dict[str, tuple[str, Any]]]]:
    found: dict[str, dict[int, dict[str, tuple[str, Any]]]] = {}
    for path, cell in cells.items():
        if (parts := _CELL.fullmatch(path)) is not None:
            found.setdefault(parts[1], {}).setdefault(int(parts[2]), {})[parts[3]] = cell
    return found


def _identity(row: Cells) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((key, value) for key, (_, value) in row.items() if isinstance(value, str) and key not in _BESIDE)
    )


def _name(row: Cells) -> str:
    return " ".join(value for _, value in _identity(row))


def _matched(old: Mapping[int, Cells], new: Mapping[int, Cells]) -> Iterator[tuple[int, int]]:
    """The numbers of rows that are one: of one name in their order, then what is left in its order; −1 where there is none."""
    waiting: dict[Any, list[int]] = defaultdict(list)
    for number, row in new.items():
        waiting[_identity(row)].append(number)
    found: dict[int, int] = {}
    for number, row in old.items():
        if waiting[_identity(row)]:
            found[number] = waiting[_identity(row)].pop(0)
    rest = [number for number in old if number not in found]
    others = sorted(set(new) - set(found.values()))
    yield from found.items()
    for place in range(max(len(rest), len(others))):
        yield rest[place] if place < len(rest) else -1, others[place] if place < len(others) else -1
