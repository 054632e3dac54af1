"""Whose a rejected file is, as far as that can be known, and whether it is still open: a file that came later closes it.

It is known from the form itself where it can be read so far, else from the register or the manifest by the file's name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...messages import INFO, Finding, Text
from ...opening.saved import later
from ...standard import codes
from .identity import Expected, agrees, folded, in_register, is_name, period
from .versions import SUPERSEDED

CORRECTED = "corrected"
#: A credit code in a file name, with nothing beside it that could be a part of it.
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")


class Who(NamedTuple):
    """An enterprise, as far as it is known: blank texts where it is not."""

    uscc: str = ""
    name: str = ""
    region: str = ""
    industry_code: str = ""
    #: Whom to write to by the register.
    mail: str = ""


class Rejection(NamedTuple):
    """A file that does not count, and why; its findings are in the store unless it is given here."""

    file: str
    key: bytes
    finding: Finding | None = None
    #: The first of the files it competes with: they are listed side by side.
    beside: str = ""
    sender: str = ""
    received: str = ""
    who: Who = Who()
    #: Of a held file: the credit codes of those of the register whose return it may be, the likeliest first.
    owners: tuple[str, ...] = ()


class Known:
    """The enterprises that a campaign knows: by credit code, by name, and by the names of the files sent to them.

    register: of the evaluator; sent: of the manifests, by file name the credit code, and by credit code the rest.
    """

    def __init__(
        self, register: Mapping[str, Expected] | None, sent: Mapping[str, str], others: Mapping[str, Expected]
    ) -> None:
        self._by_code = {**others, **(register or {})}
        self._sent = sent
        now: dict[str, list[str]] = defaultdict(list)
        before: dict[str, list[str]] = defaultdict(list)
        for code, expected in self._by_code.items():
            now[folded(expected.name)].append(code)
            for name in expected.former_names:
                before[name].append(code)
        names = before | now  # what one is called now comes before what another was
        self._by_name = {name: listed[0] for name, listed in names.items() if len(listed) == 1 and is_name(name)}

    def who(self, file: str, said: Mapping[str, str]) -> Who:
        """Whose a file is, by what it says itself and by its name. Nobody's name is put in the place of another's."""
        name, typed = said.get("name", ""), said.get("uscc", "")
        if codes.is_code(typed) and self._fits(typed, name):
            code = typed
        else:
            code = self._by_name.get(folded(name), "") or self._of_file(file, name)
        # a code that is another's is left out, a mistyped one is shown
        shown = code or ("" if codes.is_code(typed) else typed)
        found = Who(shown, name, said.get("region", ""), said.get("industry_code", ""))
        known = self._by_code.get(code)
        if known is None:
            return found
        region, industry = in_register(found.region, found.industry_code, known)
        name = self._now(code, name) if is_name(name) else known.name
        return found._replace(name=name, region=region, industry_code=industry, mail=known.mail)

    def _now(self, code: str, name: str) -> str:
        """What an enterprise is called now, where a name is one it had before."""
        known = self._by_code.get(code)
        return known.name if known is not None and folded(name) in known.former_names else name

    def now(self, who: Who) -> Who:
        """An enterprise by the name it has now."""
        return who._replace(name=self._now(who.uscc, who.name))

    def form(self, file: str) -> str:
        """The credit code that a file's name says, as that of the form that was sent; blank where it says none."""
        last = file.rpartition("/")[2]
        code = self._sent.get(last.casefold(), "")
        return code or next((found for found in _CODE.findall(last.upper()) if codes.is_uscc(found)), "")

    def owners(self, file: str, who: Who) -> tuple[str, ...]:
        """Whose a held file may be: of the one whose form its name says, else of the one it names or whose code it has."""
        said = [self._by_name.get(folded(who.name), ""), who.uscc]
        found = [code for code in dict.fromkeys(said) if code in self._by_code]
        form = self.form(file)
        if form in self._by_code and (form in found or not found):
            return (form,)
        return tuple(found) if form not in self._by_code else (form, *found)

    def _of_file(self, file: str, name: str) -> str:
        """The credit code by the file's name, unless the file says that it is another's."""
        code = self.form(file)
        if not code and not name:
            code = self._called(file)
        return code if self._fits(code, name) else ""

    def _called(self, file: str) -> str:
        """The credit code of the one enterprise whose name is in the file's name, as of scans and archives."""
        plain = folded(file.rpartition("/")[2].rpartition(".")[0])
        found = [name for name in self._by_name if name in plain]
        longest = max(found, key=len, default="")
        return self._by_name[longest] if longest and all(name in longest for name in found) else ""

    def _fits(self, code: str, name: str) -> bool:
        """Whether a code is not another enterprise's than the one named."""
        known = self._by_code.get(code)
        return known is None or not is_name(name) or known.is_called(name)


class Dated(NamedTuple):
    """A file that was read, and what tells when it was made: a scored one, or a rejected one."""

    file: str
    who: Who
    report: str
    saved: str | None
    received: str
    #: Of another period than the one evaluated.
    apart: bool = False
    #: The round that brought it first, where a campaign has a log.
    seen: int = 0


def closed(rejected: Sequence[Dated], scored: Iterable[Dated]) -> Iterator[tuple[int, Finding]]:
    """The places of rejected files that nobody has to do anything about any more, each with why.

    The enterprise has a return that counts, unless the rejected one is surely the later; or a later one was rejected too.
    """
    by_code: dict[str, list[Dated]] = defaultdict(list)
    by_name: dict[str, list[Dated]] = defaultdict(list)
    wanted = {one.who.uscc for one in rejected}
    names = {folded(one.who.name) for one in rejected}
    for one in scored:
        if one.who.uscc in wanted:
            by_code[one.who.uscc].append(one)
        if (name := folded(one.who.name)) in names:
            by_name[name].append(one)
    same: dict[str, list[Dated]] = defaultdict(list)
    kept: dict[int, list[Dated]] = {}
    for one in rejected:
        same[_whose(one.who)].append(one)
    for place, one in enumerate(rejected):
        if not _whose(one.who):
            continue
        its = [other for other in by_code.get(one.who.uscc, ()) if one.who.uscc and agrees(_name(one), _name(other))]
        if not its and is_name(one.who.name):  # another code was typed at first
            its = by_name.get(folded(one.who.name), [])
            its = its if len({other.who.uscc for other in its}) == 1 else []  # several enterprises of one name
        counts = [other for other in its if of_one_period(one, other) and not is_after(one, other)]
        if counts:
            yield place, _finding(CORRECTED, one, _CORRECTED.fill(o=_first(counts)))
            continue
        last = _last(same[_whose(one.who)], kept)
        newer = _newer(one, last)
        if newer:
            yield place, _finding(SUPERSEDED, one, _NEWER.fill(o=_first(newer)))


def _newer(one: Dated, files: Sequence[Dated]) -> list[Dated]:
    return [other for other in files if _is_newer(other, one)]


def _is_newer(other: Dated, one: Dated) -> bool:
    return is_after(other, one) and of_one_period(one, other) and agrees(_name(one), _name(other))


def _last(files: list[Dated], kept: dict[int, list[Dated]]) -> list[Dated]:
    """Those that no other is newer than: where times contradict each other all stay."""
    if id(files) not in kept:
        files.sort(
            key=lambda one: (one.saved or "", one.received, one.seen), reverse=True
        )  # so that a newer one is soon found
        kept[id(files)] = [one for one in files if not any(_is_newer(other, one) for other in files)]
    return kept[id(files)]


def _first(files: Sequence[Dated]) -> str:
    """Whatever their order."""
    return min(each.file for each in files)


def _whose(who: Who) -> str:
    """What is the same of files of one enterprise; blank where it is not known."""
    return who.uscc if codes.is_code(who.uscc) else folded(who.name) if is_name(who.name) else ""


def _name(one: Dated) -> str:
    return one.who.name if is_name(one.who.name) else ""


def of_one_period(one: Dated, other: Dated) -> bool:
    """Whether two files are of the same period, as far as they say it."""
    if not one.report or not other.report:
        return not other.apart
    return period(one.report) == period(other.report)


def is_after(one: Dated, other: Dated) -> bool:
    """Whether it is surely the later one: by the documents' own times, else by when the mails came, else by the log."""
    if one.saved and other.saved and _apart(max(one.saved, other.saved), min(one.saved, other.saved)):
        return one.saved > other.saved
    if one.received and other.received and one.received != other.received:
        return one.received > other.received
    return one.seen > other.seen > 0


#: Of many files of one enterprise the same times are compared again and again.
_apart = lru_cache(maxsize=1 << 14)(later)


def _finding(code: str, one: Dated, text: Text) -> Finding:
    return Finding(INFO, code, one.file, text, "completeness")


_CORRECTED = Text(
    "曾被拒绝，该企业已另有可评价的文件 {o} — 无须处理；若本文件才是最终版，请更正后重新提交，并删除另一份",
    "was rejected, and the enterprise has a file that is scored: {o} — nothing to do, unless this one is final: then have it corrected and delete the other",
)
_NEWER = Text(
    "曾被拒绝，该企业后来又提交了 {o}，也被拒绝，以后者为准 — 本文件无须处理，须更正的是 {o}",
    "was rejected, and so was a later one of the enterprise: {o}, which is listed — nothing to do about this one, it is {o} that is to be corrected",
)
