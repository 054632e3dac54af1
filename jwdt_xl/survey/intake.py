"""Files of answers in, people out: every file and every person accounted for, nobody counted twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ..errors import Refused
from ..messages import ERROR, INFO, WARNING, Finding, Text
from ..opening import markup
from ..opening.refusals import OTHER_FILES
from ..opening.sources import Source
from ..opening.untold import Unsaved, formula_note
from ..standard.questionnaire import Questionnaire, annex_a
from .formfile import layout_of, read_form
from .incoming import once, sources_of
from .opened import Opened, open_all
from .person import Person
from .table import read_table

__all__ = ["FileRead", "Intake", "each", "sources_of", "take_in"]

BLANK, DUPLICATE, OLDER, UNCLEAR = "blank-answer", "same-answer-twice", "older-answer", "unclear-duplicate"
INVALID, SAME_PERSON = "marked-invalid", "same-person-again"
COPY = "same-file"


class FileRead(NamedTuple):
    """A file: how many people it holds, and its findings; refused, or set aside for another of the same content."""

    name: str
    people: int
    findings: tuple[Finding, ...]
    refused: bool
    #: The file of the same content that was read instead.
    twin: str = ""
    #: Nobody's answers: a PDF, a picture.
    other: bool = False


class Intake(NamedTuple):
    """Everybody who was read: those who count, and those set aside with the reason."""

    questionnaire: Questionnaire
    files: tuple[FileRead, ...]
    people: tuple[Person, ...]
    aside: tuple[tuple[Person, Finding], ...]
    #: About how the files were given.
    notes: tuple[Finding, ...] = ()

    @property
    def rejected(self) -> tuple[FileRead, ...]:
        return tuple(file for file in self.files if file.refused)

    @property
    def copies(self) -> tuple[FileRead, ...]:
        """Files set aside because another of the same content is read."""
        return tuple(file for file in self.files if file.twin)

    @property
    def used(self) -> int:
        return len(self.files) - len(self.rejected) - len(self.copies) - sum(file.other for file in self.files)

    @property
    def skipped(self) -> tuple[Finding, ...]:
        """Of what is nobody's answers: why, and its name as the place."""
        others = (finding for file in self.files if file.other for finding in file.findings)
        return (*others, *(note for note in self.notes if note.severity == INFO))

    @property
    def given(self) -> int:
        """All files = used + copies + rejected + skipped; what an archive or mail holds is counted in its place."""
        return self.used + len(self.copies) + len(self.rejected) + len(self.skipped)

    @property
    def read(self) -> int:
        return len(self.people) + len(self.aside)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """About files and people; those about answers come with the tally."""
        return (
            *self.notes,
            *(f for file in self.files for f in file.findings),
            *(finding for _, finding in self.aside),
        )


def take_in(
    sources: Iterable[Source],
    jobs: int = 1,
    questionnaire: Questionnaire | None = None,
    step: Callable[[bool], object] = bool,
) -> Intake:
    """Read all files and tell repeated answers apart; step is told of every file whether it was rejected."""
    questionnaire = questionnaire or annex_a()
    files: list[FileRead] = []
    people: list[Person] = []
    origins: list[int] = []
    given, notes = once(sources)
    for read, found in each(given, jobs, questionnaire):
        step(read.refused)
        origins += [len(files)] * len(found)
        files.append(read)
        people += found
    aside = dict(_set_aside(people, origins))
    return Intake(
        questionnaire,
        tuple(files),
        tuple(person for place, person in enumerate(people) if place not in aside),
        tuple((people[place], finding) for place, finding in sorted(aside.items())),
        (*notes, *_downloaded_again(people, aside)),
    )


def _downloaded_again(people: list[Person], aside: dict[int, Finding]) -> Iterator[Finding]:
    """Once a file: how many of its people other files have too."""
    again = Counter(people[place].file for place, finding in aside.items() if finding.code == SAME_PERSON)
    for file, number in again.items():
        text = Text(
            "其中 {n} 人与其他文件中的人提交时间和回答都相同（累计下载），各只计一次",
            "{n} of its people have the time and answers of people in other files (downloaded again) and are counted once",
        )
        yield Finding(WARNING, SAME_PERSON, file, text.fill(n=number), "consistency")


def each(
    sources: Iterable[Source], jobs: int = 1, questionnaire: Questionnaire | None = None
) -> Iterator[tuple[FileRead, list[Person]]]:
    """File by file, in the order given; of files with the same content the first."""
    first: dict[str, str] = {}
    for opened in open_all(sources, jobs):
        if opened.digest in first:
            yield _copy(opened.name, first[opened.digest]), []
            continue
        read, people = _read(opened, questionnaire or annex_a())
        if opened.digest and not read.refused:
            first[opened.digest] = opened.name
        yield read, people


def _copy(name: str, twin: str) -> FileRead:
    text = Text(
        "与 {t} 内容完全相同，只读一份；若确是另一人的答卷，请填受访者编号后再交",
        "the same content as {t}, which is read; if it is another person's, have its respondent's number filled in",
    )
    return FileRead(name, 0, (Finding(WARNING, COPY, name, text.fill(t=twin), "consistency"),), False, twin)


def _read(opened: Opened, questionnaire: Questionnaire) -> tuple[FileRead, list[Person]]:
    try:
        if opened.refused:
            raise Refused(opened.refused)
        layout = layout_of(opened.name, opened.stamp, questionnaire) if opened.stamp is not None else None
        inputs = layout.inputs if layout else None
        _check_saved(opened, inputs)
        read = [place for place in opened.formulas if inputs is None or place in inputs]
        told = [f._replace(where=f"{opened.name} {f.where}") for f in opened.told]
        told += formula_note(f"{opened.name} {opened.sheet}", read)
        if layout:
            people = [read_form(opened.name, layout, opened.grid)]
            findings: list[Finding] = []
        else:
            people, findings = read_table(opened.name, opened.sheet, opened.grid, questionnaire)
            findings += [_several(opened)] if opened.others else []
    except Refused as error:
        if {finding.code for finding in error.findings} <= OTHER_FILES:
            said = tuple(finding._replace(severity=INFO, where=opened.name) for finding in error.findings)
            return FileRead(opened.name, 0, said, False, "", True), []
        return FileRead(opened.name, 0, error.findings, True), []
    if not people:
        text = Text(
            "有表头，没有答卷 — 请确认导出了数据", "headings, but no answers — check that the data were exported"
        )
        return FileRead(opened.name, 0, (Finding(ERROR, "no-answers", opened.name, text),), True), []
    return FileRead(opened.name, len(people), (*findings, *told), False), people


def _several(opened: Opened) -> Finding:
    text = Text(
        "{n} 张工作表都像答卷，只读“{u}”，未读：{o} — 若不对，请把所要的表单独存为一个文件",
        "{n} sheets look like answers, only “{u}” is read, not read: {o} — if that is wrong save the one you mean as a file of its own",
    ).fill(n=len(opened.others), u=opened.sheet, o="、".join(each for each in opened.others if each != opened.sheet))
    return Finding(WARNING, "several-tables", opened.name, text, "completeness")


def _check_saved(opened: Opened, inputs: frozenset[tuple[int, int]] | None) -> None:
    """Answers (anywhere in a table) that are formulas without a saved value would count as not given."""
    unsaved = [
        Finding(ERROR, cell.code, f"{opened.name} {opened.sheet}!{markup.place(row, col)}", cell.why())
        for row, cells in enumerate(opened.grid)
        for col, cell in enumerate(cells)
        if isinstance(cell, Unsaved) and (inputs is None or (row, col) in inputs)
    ]
    if unsaved:
        raise Refused(tuple(unsaved[:5]))


def _set_aside(people: list[Person], origins: list[int]) -> Iterator[tuple[int, Finding]]:
    same: dict[tuple[int, str], list[int]] = defaultdict(list)
    times: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        if person.blank:
            text = Text("一题未答，不计入", "no question answered, not counted")
            yield place, Finding(INFO, BLANK, person.where, text, "completeness")
            continue
        if person.invalid:
            text = Text("文件中标记为“{s}”，不计入", "marked as “{s}” in the file, not counted").fill(
                s=person.invalid[:40]
            )
            yield place, Finding(WARNING, INVALID, person.where, text, "consistency")
            continue
        if person.id:
            same[-1, person.id].append(place)
        elif person.number:
            # A tool numbers its own rows: the same number in another file is another person.
            same[origins[place], person.number].append(place)
        if person.when and not person.id:
            times[person.when].append(place)
    repeated = dict(_again(people, origins, times))
    yield from repeated.items()
    for (_, id), places in same.items():
        places = [place for place in places if place not in repeated]
        if len(places) > 1:
            yield from _repeated(people, places, id)


def _again(people: list[Person], origins: list[int], times: dict[str, list[int]]) -> Iterator[tuple[int, Finding]]:
    """People of several files with the same time and answers: downloads that hold earlier ones."""
    for at_once in times.values():
        if len({origins[place] for place in at_once}) == 1:
            continue
        told: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place in at_once:
            told[people[place].told][origins[place]].append(place)
        for by_file in told.values():
            kept = max(by_file.values(), key=len)  # two people of one file may have answered alike at the same time
            for place in (place for places in by_file.values() if places is not kept for place in places):
                text = _SAME_PERSON.fill(t=people[place].when[:40], o=people[kept[0]].where)
                yield place, Finding(INFO, SAME_PERSON, people[place].where, text, "consistency")


def _repeated(people: list[Person], places: list[int], id: str) -> Iterator[tuple[int, Finding]]:
    """The same respondent several times: equal answers count once, of different ones the latest; else none counts."""
    latest = _latest(people, places)
    if not latest:
        for place in places:
            others = "、".join(people[other].where for other in places if other != place)[:200]
            text = Text(
                "受访者 {i} 有不同的答卷，又分不出先后，都不计入：{o} — 请只保留一份",
                "respondent {i} has different answers and none is known to be the latest, so none counts: {o} — keep one",
            ).fill(i=id[:40], o=others)
            yield place, Finding(ERROR, UNCLEAR, people[place].where, text, "consistency")
        return
    counts = people[latest[0]]
    for place in places:
        person = people[place]
        if person is counts:
            continue
        if place in latest:
            text, code = _AGAIN, DUPLICATE
        else:
            text, code = _EARLIER, OLDER
        yield place, Finding(WARNING, code, person.where, text.fill(i=id[:40], o=counts.where), "consistency")


_SAME_PERSON = Text(
    "提交时间（{t}）和全部回答与 {o} 相同，是同一人（重复下载的数据），只计一次",
    "the same time ({t}) and answers as {o}: the same person, downloaded again, counted once",
)
_AGAIN = Text(
    "受访者 {i} 重复，回答与 {o} 相同，只计一次",
    "respondent {i} again, with the same answers as {o}: counted once",
)
_EARLIER = Text(
    "受访者 {i} 的较早答卷，以更晚的为准：{o}",
    "an earlier answer of respondent {i}; the latest counts: {o}",
)


def _latest(people: list[Person], places: list[int]) -> list[int]:
    """Those of equal answers that stand for all: all of them, or those of the latest time; none if that cannot be told."""
    if not _alike(people, places):
        times = [people[place].time for place in places]
        places = [place for place in places if all(times) and people[place].time == max(times)]
    return places if _alike(people, places) else []


def _alike(people: list[Person], places: list[int]) -> bool:
    return all(people[place].same_answers(people[places[0]]) for place in places)
