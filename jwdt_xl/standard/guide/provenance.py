"""Sources that the program writes into a guide, whose fields for them hold one text: both languages in it, and of a sample
the file and its fingerprint. Who shows them shows one language."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...messages import Text
from .sentences import DERIVED, PAIRED


class Sample(NamedTuple):
    """A file of data: what it is, and its SHA-256, by which whoever holds it knows it."""

    name: str
    sha256: str


_LEVEL = Text("{p}：{n} 家企业中 {s}% 可达到的水平{l}", "level reached by {s} % of {n} enterprises{l}, {p}")
_LIMIT = Text("，限值为 {s}% 可达到的水平", ", limit by {s} %")
_WRITTEN = re.compile(r"(.+?：\d+ 家企业中 .*?可达到的水平) / (level reached by .*?)( \[.*; SHA-256 [0-9a-f]{64}\])?")
_SAMPLE = re.compile(r".+? / level reached by .*? \[(.*); SHA-256 ([0-9a-f]{64})\]")


def level_source(n: int, share: float, period: str, limit: float | None = None, sample: Sample | None = None) -> str:
    """Where a benchmark by a table of enterprises comes from."""
    worse = Text("", "") if limit is None else _LIMIT.fill(s=f"{100 * limit:.6g}")
    said = _LEVEL.fill(p=period, n=n, s=f"{100 * share:.6g}", l=worse)
    return f"{said.zh} / {said.en}" + (f" [{sample.name}; SHA-256 {sample.sha256}]" if sample else "")


def sample_of(source: str) -> Sample | None:
    """The file that a source names with its fingerprint."""
    found = _SAMPLE.fullmatch(source)
    return Sample(found[1], found[2]) if found else None


def in_one_language(source: str) -> Text:
    """A source that the program wrote, in each language apart; an author's is as it is in both."""
    if source.startswith(DERIVED):
        zh = en = source
        for pair in PAIRED:
            zh, en = zh.replace(f"{pair.zh} {pair.en}", pair.zh), en.replace(f"{pair.zh} {pair.en}", pair.en)
        return Text(zh, en)
    if found := _WRITTEN.fullmatch(source):
        return Text(found[1] + (found[3] or ""), found[2] + (found[3] or ""))
    return Text(source, source)


def in_short(source: str) -> Text:
    """In one language, and of a sample the file alone: for cells; the fingerprint stands elsewhere."""
    sample, text = sample_of(source), in_one_language(source)
    if sample is None:
        return text
    digest = f"; SHA-256 {sample.sha256}]"
    return Text(text.zh.replace(digest, "]"), text.en.replace(digest, "]"))
