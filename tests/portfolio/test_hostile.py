"""Bad and hostile files: each gets its message, none harms the run, and nothing outside the output is written."""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from jwdt_xl.cli import main
from jwdt_xl.opening.markup import TooLong
from jwdt_xl.opening.sources import discover
from jwdt_xl.portfolio import Limits
from jwdt_xl.portfolio.analysis.group import assemble, rejection_findings
from jwdt_xl.portfolio.book import portfolio
from jwdt_xl.portfolio.collection import collect as collecting
from jwdt_xl.portfolio.collection.one_return import _refusing
from jwdt_xl.portfolio.collection.reading import Reading
from jwdt_xl.portfolio.collection.store import Store
from jwdt_xl.standard.guide import builtin

from ..data.hostile import build
from . import returns as tools
from .returns import Returns
from .sheets import formulas, lines
from .test_formats import binary

#: Fewer for a quick look: JWDT_MUTANTS=500.
MUTANTS = int(os.environ.get("JWDT_MUTANTS", "5000"))
#: The first one, so that a long run can be done in parts.
FIRST = int(os.environ.get("JWDT_MUTANTS_FROM", "0"))
#: What a file may take; more where the run is one of low priority on a busy machine.
SECONDS = float(os.environ.get("JWDT_MUTANT_SECONDS", "10"))
#: On the disk at a time.
_CHUNK = 500
#: Every so many is in the binary format.
_BINARY = 25


def test_the_corpus(tmp_path: Path, returns: Returns, collect) -> None:
    inbox = tmp_path / "work" / "in"
    cases = list(build.cases(returns, tools, inbox))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    out = collect(inbox, "-o", tmp_path / "work" / "out" / "P.xlsx", "--jobs", "2").out
    results = {result["file"]: result for result in out["results"]}
    rejections = {rejection["file"]: rejection["reason"] for rejection in out["rejections"]}
    skipped = {each["file"]: each["reason"] for each in out["skipped"]}
    assert set(results) | set(rejections) | set(skipped) == {case.name for case in cases}
    for case in cases:
        if case.outcome != build.SCORED:
            reasons = rejections if case.outcome == build.REJECTED else skipped
            assert case.name in reasons, (case, results.get(case.name))
            assert case.where in reasons[case.name] and case.text in reasons[case.name], (case, reasons[case.name])
        else:
            assert case.name in results, (case, rejections.get(case.name))
            found = results[case.name]["findings"]
            if not case.code and results[case.name]["uscc"] in returns.totals:  # odd, but the data are whole
                assert results[case.name]["total"] == pytest.approx(
                    returns.totals[results[case.name]["uscc"]], rel=1e-12
                )
                assert not {f["code"] for f in found} & {"stale-cache", "moved", "result-typed-over"}, case
            if case.code:
                fitting = [
                    f for f in found if f["code"] == case.code and case.where in f["where"] and case.text in f["text"]
                ]
                assert fitting, (case, found)
    assert not [reason for reason in rejections.values() if "内部错误" in reason]
    assert main(["feedback", str(tmp_path / "work" / "out" / "P.xlsx"), "-o", str(tmp_path / "work" / "fb")]) == 0
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - set(before)
    assert {path.relative_to(tmp_path).parts[:2] for path in written} == {("work", "out"), ("work", "fb")}
    assert {path: path.stat().st_mtime_ns for path in before} == before  # nobody's file is touched
    assert not Path("/tmp/escaped.xlsx").exists()
    for path in written:
        if path.suffix == ".xlsx":
            assert formulas(path) == []
        elif path.suffix == ".csv":
            with open(path, encoding="utf-8-sig", newline="") as file:
                assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert {line["name"] for line in lines(tmp_path / "work" / "out" / "P.xlsx", "ranking")} >= set(build.NAMES)


def mutant(source: bytes, parts: dict[str, bytes], number: int, path: Path) -> None:
    """A return with a random defect: odd ones in the bytes of the file, even ones in what the parts say."""
    random_ = random.Random(number)
    if number % 2:
        data = bytearray(source)
        for _ in range(random_.choice((1, 3, 30))):
            data[random_.randrange(len(data))] = random_.randrange(256)
        path.write_bytes(bytes(data[: random_.randrange(len(data))] if random_.random() < 0.1 else data))
        return
    changed = dict(parts)
    for _ in range(random_.choice((1, 2, 5))):
        name = random_.choice(sorted(part for part in changed if part.endswith((".xml", ".rels"))))
        changed[name] = random_.choice(_DEFECTS)(changed[name], random_, changed)
    with zipfile.ZipFile(path, "w") as file:
        for name, content in changed.items():
            file.writestr(name, content)


def binary_mutant(parts: dict[str, bytes], number: int, path: Path) -> None:
    """A return in Excel's binary format, some of whose records are another length, type or value than they say."""
    random_ = random.Random(number)
    changed = dict(parts)
    for _ in range(random_.choice((1, 3, 10))):
        name = random_.choice(sorted(part for part in changed if part.endswith((".bin", ".rels")) and changed[part]))
        content, place = bytearray(changed[name]), random_.randrange(len(changed[name]))
        length = random_.choice((0, 1, 4))
        content[place : place + length] = random_.choice(
            (b"", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", bytes([random_.randrange(256)]))
        )
        changed[name] = bytes(content)
    with zipfile.ZipFile(path, "w") as file:
        for name, content in changed.items():
            file.writestr(name, content)


def _somewhere(pattern: bytes, *values: bytes):
    def defect(xml: bytes, random_: random.Random, parts: dict[str, bytes]) -> bytes:
        found = list(re.finditer(pattern, xml))
        if not found:
            return xml
        place = random_.choice(found)
        return xml[: place.start(1)] + random_.choice(values) + xml[place.end(1) :]

    return defect


def _swapped(xml: bytes, random_: random.Random, parts: dict[str, bytes]) -> bytes:
    return parts[random_.choice(sorted(parts))]


_DEFECTS = (
    _somewhere(rb'<c r="([A-Z]+\d+)"', b"A1", b"XFD1048576", b"ZZZZ9", b"A0", b"", b"A99999999999", b"1A"),
    _somewhere(rb'<c [^>]*t="(\w+)"', b"s", b"b", b"e", b"str", b"inlineStr", b"d", b"zzz", b""),
    _somewhere(rb'<c [^>]*s="(\d+)"', b"99999", b"-1", b"x"),
    _somewhere(rb"<v>([^<]*)</v>", b"99999999", b"-1", b"1e400", b"NaN", b"x", b"", b"0x10"),
    _somewhere(rb'<dimension ref="([^"]*)"', b"A1:XFD1048576", b"B2:A1", b"", b"A1"),
    _somewhere(rb'<sheet name="([^"]*)"', b"x", b"", b"../x", b"A" * 300),
    _somewhere(rb'r:id="(\w+)"', b"rId1", b"rId999", b""),
    _somewhere(rb'Target="([^"]*)"', b"../../../etc/passwd", b"worksheets/sheet1.xml", b"", b"http://127.0.0.1:9/"),
    _somewhere(rb'<row r="(\d+)"', b"0", b"1048577", b"-5", b"x", b"1"),
    _somewhere(rb"(<\w+)", b"<x", b"</x", b"<", b""),
    _swapped,
)  # fmt: skip


def test_mutants(tmp_path: Path, returns: Returns) -> None:
    """No crash, no hang beyond the limit, every file accounted for; one pool of workers lives through all of them."""
    source, parts = returns.base.read_bytes(), returns.parts
    with zipfile.ZipFile(binary(returns.base, tmp_path / "base.xlsb")) as file:
        binary_parts = {name: file.read(name) for name in file.namelist()}
    limits = Limits(seconds=SECONDS)
    reads: list[collecting.Read] = []
    with Store(str(tmp_path / "s.sqlite")) as store, collecting.Local(None, 2, limits) as runner:
        for first in range(FIRST, FIRST + MUTANTS, _CHUNK):
            inbox = tmp_path / "in"
            inbox.mkdir()
            names = [
                f"{number:05d}.xls{'b' if number % _BINARY == 0 else 'x'}"
                for number in range(first, min(first + _CHUNK, FIRST + MUTANTS))
            ]
            for number, name in enumerate(names, first):
                if name.endswith("b"):
                    binary_mutant(binary_parts, number, inbox / name)
                else:
                    mutant(source, parts, number, inbox / name)
            before = time.monotonic()
            for read in collecting.collect(discover([str(inbox)]), store, runner, None, limits):
                assert time.monotonic() - before < 2 * limits.seconds + 5, read.name
                before = time.monotonic()
                reads.append(read)
            assert [read.name for read in reads[first - FIRST :]] == names
            shutil.rmtree(inbox)
        group = assemble(reads, store.get, builtin())
        assert group.files == MUTANTS == len(group.members) + len(group.rejections) + len(group.skipped)
        portfolio.write(str(tmp_path / "P.xlsx"), group, store.get)
        found = [f for rejection in group.rejections for f in rejection_findings(rejection, store.get)]
    assert not [str(f) for f in found if f.code == "internal"][:5]
    assert len({f.code for f in found}) > 8


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_messages_are_in_one_language(
    tmp_path: Path, returns: Returns, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(b"x")
    assert main(["collect", str(tmp_path / "in"), "-o", str(tmp_path / "P.xlsx"), "--lang", lang]) == 1
    err = capsys.readouterr().err
    assert bool(re.search("[一-鿿]", err)) == (lang == "zh")


def test_what_is_too_long_is_not_called_damaged() -> None:
    """“Open it in Excel and repair it” helps nobody with a table of 60,000 rows."""

    def work() -> tuple[Reading, tuple[()]]:
        raise TooLong("xl/worksheets/sheet1.xml: longer than 1 bytes")

    [finding] = _refusing("a.xlsx", work)[0].findings
    assert finding.code == "too-large" and "sheet1.xml" in finding.text.zh and "损坏" not in finding.text.zh
