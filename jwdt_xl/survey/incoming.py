"""Which files of answers there are: each under a name of its own, and each once however often it is given."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..messages import WARNING, Finding, Text
from ..opening.sources import Place, Source, discover, without_skipped
from .opened import LIMITS

_SHOWN = 10


def sources_of(paths: Iterable[str], without: Iterable[str] = ()) -> list[Source]:
    """The files of answers among files, folders and archives, as often as they are given."""
    return list(_told_apart(list(discover(paths, without, LIMITS))))


def once(sources: Iterable[Source]) -> tuple[list[Source], list[Finding]]:
    """Every file once, and a warning that names those given again: their people would count twice."""
    found: dict[tuple[str, tuple[Place | None, ...]], Source] = {}
    again: dict[str, None] = {}
    sources, notes = without_skipped(sources)
    for source in sources:
        key = (_path(source), (*source.within, source.member))
        if key in found:
            again[found[key].name] = None
        else:
            found[key] = source
    return list(found.values()), notes + ([_given_again(list(again))] if again else [])


def _given_again(names: Sequence[str]) -> Finding:
    shown, more = names[:_SHOWN], len(names) > _SHOWN
    text = Text(
        "{n} 个文件给了不止一次，各只读一次：{f} — 命令中每个文件、文件夹写一次即可",
        "{n} files were given more than once and are read once: {f} — name each file or folder once",
    ).fill(
        n=len(names),
        f=Text("、".join(shown) + "……" * more, ", ".join(shown) + " …" * more),
    )
    return Finding(WARNING, "given-twice", names[0], text, "consistency")


def _path(source: Source) -> str:
    # Links are not followed: one that is refused must not stand for the file it points to. Its content tells.
    return os.path.normcase(os.path.abspath(source.path))


def _told_apart(sources: Sequence[Source]) -> Iterable[Source]:
    """Files of the same name in different folders get the folders that tell them apart before it."""
    paths: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        paths[source.name].add(_path(source))
    above = {name: _folder(same) for name, same in paths.items() if len(same) > 1}
    for source in sources:
        if source.name not in above:
            yield source
            continue
        path = os.path.abspath(source.path)
        name = os.path.relpath(path, above[source.name]) if above[source.name] else path
        yield source._replace(name=name.replace(os.sep, "/") + _within(source))


def _within(source: Source) -> str:
    """A file's place within its archive, after the archive's name."""
    if source.member is None:
        return ""
    archive = os.path.basename(source.path)
    return "/" + source.name.partition(f"{archive}/")[2]


def _folder(paths: Iterable[str]) -> str:
    try:
        return os.path.commonpath(list(paths))
    except ValueError:  # different drives
        return ""
