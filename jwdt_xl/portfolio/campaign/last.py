"""Which of an enterprise's files of last period its new form is filled in from: the one that counted, and none where that is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...assessment import write
from ...messages import WARNING, Finding, Text
from ..analysis.identity import period
from ..analysis.versions import Version, not_counted
from ..collection.reading import Reading
from .register import Entry

#: By credit code what was read of last period.
Last = Mapping[str, Sequence[Reading]]


def chosen(entry: Entry, readings: Sequence[Reading], findings: list[Finding]) -> Reading | None:
    """Of the latest report period the final one, as a collection tells it; a first return that was replaced is none."""
    latest = max(map(_report, readings))
    its = [reading for reading in readings if _report(reading) == latest]
    left = {found.place for found in not_counted([_version(entry, reading) for reading in its])}
    final = [reading for place, reading in enumerate(its) if place not in left]
    if len(final) == 1:
        return final[0]
    named = "、".join(sorted(reading.file.replace("\\", "/").rpartition("/")[2] for reading in its))
    findings.append(Finding(WARNING, "previous-unclear", entry.place, _UNCLEAR.fill(f=named, p=latest), "consistency"))
    return None


def _report(reading: Reading) -> str:
    return period(reading.assessment.periods.report) if reading.assessment else ""


def _version(entry: Entry, reading: Reading) -> Version:
    assert reading.assessment is not None and reading.result is not None
    content = repr(write(reading.assessment))
    saved = reading.stamp.get("saved")
    return Version(
        reading.file, entry.uscc, reading.assessment.periods.report, content, saved, "", reading.result.total
    )


_UNCLEAR = Text(
    "上期有 {p} 的多份内容不同的文件（{f}），不知道哪一份是最终版，未采用其数据 — 请只保留计入的一份，或在登记表的“上期文件”写明",
    "there are several different files of {p} ({f}), and which one is final is not known: their data were not used — keep the one that counted, or name it in the register's column previous",
)
