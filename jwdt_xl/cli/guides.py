"""The option --guide: a sector guide in place of the built-in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..errors import Refused
from ..messages import INFO, Finding, Text
from ..portfolio.collection.guides import Guides
from ..portfolio.collection.reading import Reading
from ..standard.guide import Guide, builtin


def load_guide(path: str | None, draft: bool = False) -> Guide | None:
    """The guide in a file, None for the built-in one. Raises Refused with every error and its place, and (unless a
    draft will do) for a guide with gaps, naming them."""
    if path is None:
        return None
    from ..authoring import open_guide

    guide = open_guide(path)
    if not draft:
        guide.check_complete()
    return guide


def load_guides(paths: Sequence[str] | None) -> Guide | Guides | None:
    """One guide as ``load_guide`` gives it, or several that a collection uses side by side."""
    if not paths or len(paths) == 1:
        return load_guide(paths[0] if paths else None)
    from ..portfolio.collection.guides import distinct

    return distinct([guide for path in paths if (guide := load_guide(path)) is not None], list(map(str, paths)))


def moved(readings: Iterable[Reading], new: Guide | None) -> Iterator[Reading]:
    """Returns made for another guide that is known (built-in or shipped) are read by it and evaluated by the new one."""
    for reading in readings:
        other = new is not None and any(finding.code == "other-guide" for finding in reading.findings)
        yield _moved(reading, new) if new is not None and other else reading


def _moved(reading: Reading, new: Guide) -> Reading:
    from ..assessment import evaluate
    from ..authoring import carry
    from ..portfolio import read_file

    for old in _known():
        before = read_file(reading.file, old)
        if before.assessment is None:
            continue
        assessment, left = carry(before.assessment, old, new)
        text = Text("按指南“{o}”填报，现按“{n}”评价", "made for guide “{o}”, evaluated by “{n}”").fill(
            o=old.id, n=new.id
        )
        note = Finding(INFO, "guide-changed", reading.file, text, "consistency")
        try:
            result = evaluate(assessment, new)
        except Refused as error:
            return replace(before, result=None, findings=error.findings)
        findings = (note, *left, *result.findings)
        return replace(before, result=replace(result, findings=findings), findings=findings)
    return reading


def _known() -> Iterator[Guide]:
    from ..authoring import open_guide, shipped

    yield builtin()
    for name in shipped():
        guide = open_guide(name)
        if not guide.gaps:
            yield guide
