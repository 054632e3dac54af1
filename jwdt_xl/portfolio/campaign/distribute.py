"""One prefilled template per enterprise of a register, and a manifest of what was written."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from typing import NamedTuple
from zlib import ZLIB_RUNTIME_VERSION

import xlsxwriter

from ...assessment import Assessment, who
from ...assessment.model import Enterprise, Periods, Product
from ...assessment.next_year import moved, next_year
from ...errors import Refused
from ...messages import ERROR, WARNING, Finding, Text
from ...opening import outputs, sources
from ...opening.filenames import file_name
from ...opening.guard import GaveUp, Guard
from ...opening.limits import DEFAULT
from ...standard.guide import Guide, builtin
from ...standard.guide.benchmarks import Benchmark
from ...standard.guide.tree import to_dict
from ...workbook.parts import NOBODY, Sender
from ...workbook.series import Series
from ..collection.intake import read_file, read_files
from ..collection.reading import Reading
from ..collection.store import program
from .csv_files import write_csv
from .last import Last, chosen
from .manifest import HEADING, MANIFEST, NEWER, Sent, Written, digest, note
from .register import Entry, Register

#: Our own data: only what others do to a worker ends it.
_WRITING = DEFAULT._replace(seconds=DEFAULT.archive_seconds)


class Order(NamedTuple):
    """A template to write."""

    entry: Entry
    path: str
    assessment: Assessment
    previous: str
    #: What the form depends on.
    made_from: str
    #: Whether what stands there was made from the same: writing it again would change nothing.
    same: bool = False
    #: Whether it was written before and filled in since: then it stays.
    kept: bool = False
    #: Why it cannot be written, as where another program has it open; the others are.
    error: Refused | None = None

    @property
    def written(self) -> bool:
        return not self.kept and not self.same and self.error is None


class Settings(NamedTuple):
    """What all templates have in common."""

    guide: Guide | None
    host: str
    language: str
    benchmarks: Mapping[str, Benchmark]
    sender: Sender = NOBODY


def _digests(settings: Settings) -> Callable[[Assessment], str]:
    """Of all that the form of an enterprise depends on: the program, what all have in common, and its data."""
    guide = to_dict(settings.guide or builtin())
    common = repr((program(), xlsxwriter.__version__, ZLIB_RUNTIME_VERSION, guide, settings._replace(guide=None)))
    start = hashlib.sha256(common.encode())

    def digest_of(assessment: Assessment) -> str:
        digest = start.copy()
        digest.update(repr(assessment).encode())
        return digest.hexdigest()

    return digest_of


class Accounts:
    """How many forms of a register were written, were as they would be written, and were not written."""

    def __init__(self, rows: int) -> None:
        self.rows, self.written, self.same, self.filled = rows, 0, 0, 0

    def add(self, order: Order | None) -> None:
        if order is not None:
            self.written += order.written
            self.same += order.same
            self.filled += (order.written or order.same) and bool(order.previous)

    def __str__(self) -> str:
        text = Text(
            "登记 {n} 家 = 已生成 {w} 份{s} + 未生成 {r} 份", "{n} in the register = {w} written{s} + {r} not written"
        )
        same = Text(" + 与已有的相同 {s} 份", " + {s} as they were").fill(s=self.same) if self.same else ""
        return str(text.fill(n=self.rows, w=self.written, s=same, r=self.rows - self.written - self.same))


def distribute(
    register: Register, folder: str, settings: Settings, last: Last, root: str = "", jobs: int = 1
) -> Iterator[tuple[Order | None, list[Finding]]]:
    """Write the templates, one after the other as they are done, and the manifest at the end; nothing for one that cannot be written.

    One that stands there as it was sent, and would be the same again, is left as it is.
    ``last`` is last period's data by credit code; the files that the register names are looked for below ``root``.
    """
    lines = []
    named = {os.path.realpath(os.path.join(root, entry.previous)) for entry in register.entries if entry.previous}
    taken: dict[str, list[Finding]] = {}
    before, made_from_of = Written(folder), _digests(settings)

    def orders() -> Iterator[Order]:
        for entry in register.entries:
            findings: list[Finding] = []
            reading = _previous(entry, root, last, settings.guide, findings)
            taken[entry.uscc] = findings
            assessment = _prefilled(entry, reading, settings)
            if not (assessment.periods.base and assessment.periods.report):
                findings.append(Finding(WARNING, "no-periods", entry.place, _NO_PERIODS, "completeness"))
            path = os.path.join(folder, file_name(entry.uscc, entry.name, ".xlsx"))
            if os.path.realpath(path) in named:
                raise outputs.Overwriting(outputs.IS_INPUT.fill(p=path))
            made_from = made_from_of(assessment)
            order = Order(entry, path, assessment, reading.file if reading else "", made_from)
            try:
                if os.path.isfile(path) and not outputs.force.get():
                    stands = before.stands(entry.uscc, path)
                    if stands is None:
                        outputs.check(path)  # no input of this run, and no file of somebody else's
                        findings.append(Finding(WARNING, "filled-in", path, _FILLED, "completeness"))
                    order = order._replace(
                        kept=stands is None, same=stands is not None and stands.made_from == made_from
                    )
            except OSError as error:  # open elsewhere, so that it cannot even be read
                order = order._replace(error=outputs.not_written(path, error))
            yield order

    guide = settings.guide or builtin()
    for order in _written(orders(), settings, jobs):
        entry, periods = order.entry, order.assessment.periods
        sent = before.last(entry.uscc)
        if order.written or order.same:
            sent = Sent(digest(order.path), order.made_from)
        if sent.digest or order.kept:
            lines.append(
                (os.path.basename(order.path), entry.uscc, entry.name, entry.industry_code, entry.region, periods.base,
                 periods.report, os.path.basename(order.previous), guide.id, guide.hash, sent.digest, entry.place, sent.made_from)
            )  # fmt: skip
        yield order, [*taken[entry.uscc], *(order.error.findings if order.error else ())]
    try:
        write_csv(os.path.join(folder, MANIFEST), HEADING, lines, NEWER)
    except Refused as error:  # what was written is known all the same, by the journal
        if not outputs.goes_on(error):
            raise
        yield None, list(error.findings)
    else:
        before.end()


_NO_PERIODS = Text(
    "登记表没有可用的基准期和报告期，模板中留空，由企业自己填写 — 要统一时期，请在登记表补填报告期后重新生成",
    "the register gives no base and report period that could be used, the template leaves them blank for the enterprise — to have the same for all, fill in the report period and write it again",
)
_FILLED = Text(
    "与发出时不同，已有人填写，未覆盖 — 要重发新表，请先移走该文件，或加 --force（原文件留作 .bak）",
    "differs from what was sent, so somebody filled it in, and stays — to send a new one move it away, or use --force (it is kept as .bak)",
)


def _written(orders: Iterable[Order], settings: Settings, jobs: int) -> Iterator[Order]:
    common = (settings, outputs.force.get(), outputs.inputs.get())
    if jobs == 1:
        _prepare(*common)
        for order in orders:
            yield order._replace(error=_write(order)) if order.written else order
        return
    with Guard(jobs, _WRITING, ("jwdt_xl.workbook", __name__), _prepare, common) as guard:
        waiting: deque[tuple[Order, Future[Refused | None] | None]] = deque()

        def done() -> Order:
            order, future = waiting.popleft()
            try:
                if future is not None:
                    order = order._replace(error=guard.result(future, _write, order))
            except GaveUp as error:
                text = Text(
                    "生成模板的进程被终止（{c}），未能写出；已写出的模板保留 — 请关闭其他程序后重新运行",
                    "the process that writes it came to an end ({c}), so it is not written; the templates written are kept — "
                    "close other programs and run again",
                )
                raise Refused((Finding(ERROR, "not-written", order.path, text.fill(c=error.code)),)) from error
            return order

        for order in orders:
            waiting.append((order, guard.submit(_write, order) if order.written else None))
            if len(waiting) > 4 * jobs:
                yield done()
        while waiting:
            yield done()


_series: Series


def _prepare(settings: Settings, force: bool, inputs: tuple[str, ...]) -> None:
    """Run once where templates are written, which may be a process that knows nothing yet."""
    global _series
    _series = Series(settings.guide or builtin(), settings.host, settings.language, settings.sender)
    outputs.force.set(force)
    outputs.inputs.set(inputs)


def _write(order: Order) -> Refused | None:
    """Complete or not there; a form that stood there, which somebody may have filled in, stays as .bak.

    What stands in its place or has it open is told, and costs it only.
    """
    try:
        with outputs.new_file(order.path, keep=True) as temporary:
            _series.write(temporary, order.assessment)
            note(order.path, order.entry.uscc, temporary, order.made_from)
    except Refused as error:
        if not outputs.goes_on(error):
            raise
        return error
    return None


def read_previous(folder: str, guide: Guide | None, jobs: int, findings: list[Finding]) -> dict[str, list[Reading]]:
    """What a folder of last period's files holds, by credit code.

    Files that cannot be read are warnings: their enterprises get a template without last period's data.
    """
    found: dict[str, list[Reading]] = {}
    paths = []
    known, skipped = sources.without_skipped(sources.discover([folder]))
    findings += skipped
    for source in known:
        if source.member is None and source.refused is None:
            paths.append(source.path)
        elif source.member is None and source.refused is not None:
            findings += (f._replace(severity=WARNING, where=source.name) for f in source.refused.findings)
        else:
            text = Text(
                "压缩文件中的上期文件未读取 — 请解压到该文件夹后重新运行",
                "previous files in archives are not read — unpack them into the folder and run again",
            )
            findings.append(Finding(WARNING, "previous-in-archive", source.name, text, "completeness"))
    for reading in read_files(paths, guide, jobs=jobs, any_guide=True):
        if reading.assessment is None:
            name = os.path.relpath(reading.file, folder)
            for finding in reading.findings:
                where = name if finding.where == reading.file else f"{name} {finding.where}"
                findings.append(finding._replace(severity=WARNING, where=where))
        elif code := reading.assessment.enterprise.code:
            found.setdefault(code, []).append(reading)
    return found


def _previous(entry: Entry, root: str, last: Last, guide: Guide | None, findings: list[Finding]) -> Reading | None:
    """Last period's data: the file the register names, else the one found in the folder."""
    if not entry.previous:
        its = last.get(entry.uscc, ())
        ours = [
            reading for reading in its if reading.assessment and entry.is_called(reading.assessment.enterprise.name)
        ]
        return chosen(entry, ours, findings) if ours else _of_this_name(entry, its[0] if its else None, findings)
    path = os.path.join(root, entry.previous)
    try:
        reading = read_file(path, guide, any_guide=True)
    except Refused as error:
        findings.extend(error.findings)
        return None
    if reading.assessment is None:
        findings.extend(f._replace(severity=WARNING, where=f"{entry.place} {f.where}") for f in reading.findings)
        return None
    if reading.assessment.enterprise.code not in ("", entry.uscc):
        text = Text(
            "上期文件 {f} 属于另一家企业（{c}），未采用 — 请核对登记表",
            "the previous file {f} is another enterprise's ({c}) and was not used — check the register",
        ).fill(f=entry.previous, c=reading.assessment.enterprise.code)
        findings.append(Finding(WARNING, "previous-of-another", entry.place, text, "consistency"))
        return None
    return _of_this_name(entry, reading, findings)


def _of_this_name(entry: Entry, reading: Reading | None, findings: list[Finding]) -> Reading | None:
    """Whoever typed another's credit code last time would else get that one's figures."""
    name = reading.assessment.enterprise.name if reading and reading.assessment else ""
    if entry.is_called(name):
        return reading
    text = Text(
        "上期文件 {f} 的企业名称是“{n}”，登记表是“{r}”，未采用其数据 — 确为同一企业（更名）的，请在登记表的“曾用名”列填写原名后重新生成，或由企业自行填写",
        "the previous file {f} names “{n}”, the register “{r}”: its data were not used — if it is the same enterprise under a new name, write the old one into the register's column “former name” and write the form again, or let the enterprise fill it in",
    ).fill(f=os.path.basename(reading.file) if reading else "", n=name, r=entry.name)
    findings.append(Finding(WARNING, "previous-of-another-name", entry.place, text, "consistency"))
    return None


def _prefilled(entry: Entry, reading: Reading | None, settings: Settings) -> Assessment:
    guide, benchmarks = settings.guide or builtin(), settings.benchmarks
    said = {
        "name": entry.name,
        "industry_code": entry.industry_code,
        "region": entry.region,
        guide.subject.code: entry.uscc,
    }
    enterprise = Enterprise(**{name: text for name, text in said.items() if name in who.fields(guide)})
    if reading is None or reading.assessment is None:
        product = Product() if guide.is_plain else Product(name=entry.product, unit=entry.unit)
        return Assessment(
            enterprise=enterprise,
            periods=Periods(base=entry.base or moved(entry.report, -1), report=entry.report or moved(entry.base, 1)),
            product=product,
            benchmarks=dict(benchmarks),
        )
    rolled = next_year(reading.assessment, entry.report, guide)
    asked = {each.code for each in guide.inputs}  # another edition of the guide may have dropped some
    rolled = dataclasses.replace(rolled, inputs={code: given for code, given in rolled.inputs.items() if code in asked})
    known = dataclasses.asdict(rolled.enterprise)
    fresh = {key: value for key, value in dataclasses.asdict(enterprise).items() if value}
    return dataclasses.replace(
        rolled,
        enterprise=Enterprise(**{**known, **fresh}),
        benchmarks={**rolled.benchmarks, **benchmarks},
    )
