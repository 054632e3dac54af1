"""The English halves of a guide's texts: what has none is shown in Chinese and stays blank in files, so that it can never
say what the Chinese said before; one that may be of an earlier Chinese is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..messages import WARNING, Finding, Text
from ..standard.guide import Guide
from ..standard.record import BOTH, PAIRS, PART, RECORD, TABLE, specs

_CHINESE, _LATIN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]"), re.compile(r"[A-Za-z]")
#: By which field of an entry the same one is found in another version.
_IDENTITIES = ("code", "indicator", "version")


def without_copies(data: Mapping[str, Any], cls: Any = Guide) -> dict[str, Any]:
    """The dict of a guide file without English that is the Chinese once more: reading shows the Chinese in its place."""
    found = dict(data)
    for name, spec in specs(cls).items():
        key = spec.key or name
        if spec.kind == BOTH and found.get(f"{key}_en") and found.get(f"{key}_en") == found.get(f"{key}_zh"):
            del found[f"{key}_en"]
        elif spec.kind == TABLE and isinstance(found.get(key), (list, tuple)):
            found[key] = [without_copies(entry, spec.of) for entry in found[key]]
        elif spec.kind == PAIRS and isinstance(found.get(key), (list, tuple)):
            found[key] = [pair[:1] if len(pair) == 2 and pair[0] == pair[1] else pair for pair in found[key]]
    return found


class _Said(NamedTuple):
    """A text of a guide: where in its file, of what it is (the same in another version), and both its halves."""

    path: str
    of: tuple[str, ...]
    text: Text


def _texts(record: Any, prefix: str = "", of: tuple[str, ...] = ()) -> Iterator[_Said]:
    cls: Any = type(record)
    for name, spec in specs(cls).items():
        value, key = getattr(record, name), spec.key or name
        if spec.kind == BOTH and value:
            yield _Said(f"{prefix}{key}_en", (*of, key), value)
        elif spec.kind in (PART, RECORD) and value is not None:
            yield from _texts(value, f"{prefix}{key}.", (*of, key))
        elif spec.kind == TABLE:
            for i, entry in enumerate(value):
                yield from _texts(entry, f"{prefix}{key}[{i}].", (*of, key, _identity(entry)))
        elif spec.kind == PAIRS:
            yield from (_Said(f"{prefix}{key}[{i}]", (*of, key), text) for i, text in enumerate(value))


def _identity(entry: Any) -> str:
    return next((str(getattr(entry, name)) for name in _IDENTITIES if hasattr(entry, name)), "")


def doubtful(guide: Guide, previous: Guide | None = None) -> list[Finding]:
    """English that is unchanged beside a Chinese that is another one than in the version before, or that is Chinese and not
    the same: once copied from it, and left behind. Where: the path in the guide's file."""
    before: dict[tuple[str, ...], set[Text]] = {}
    for said in _texts(previous) if previous else ():
        before.setdefault(said.of, set()).add(said.text)
    found = []
    for path, of, text in _texts(guide):
        if text.zh == text.en or not any(text):
            continue
        olds = before.get(of, set())
        old = next((old for old in sorted(olds) if text.en in old), None) if text not in olds else None
        if old is not None:
            told = _STALE.fill(o=old.zh, n=text.zh, e=text.en)
            found.append(Finding(WARNING, "english-may-be-stale", path, told, "consistency"))
        elif len(_CHINESE.findall(text.en)) > len(_LATIN.findall(text.en)):
            told = _IS_CHINESE.fill(z=text.zh, e=text.en)
            found.append(Finding(WARNING, "english-is-chinese", path, told, "consistency"))
    return found


_STALE = Text(
    "中文由“{o}”改为“{n}”，英文仍是“{e}”，可能已经过时 — 请改写英文，或清空（显示中文）",
    "the Chinese was “{o}” and is “{n}”, the English still “{e}”, which may be stale — write it anew, or clear it (the Chinese is shown then)",
)
_IS_CHINESE = Text(
    "英文“{e}”是中文，又与现在的中文“{z}”不同，像是以前照抄的 — 请改写英文，或清空（显示中文）",
    "the English “{e}” is Chinese, and not the Chinese of now, “{z}”: it seems to be a copy of an earlier one — write it in English, or clear it (the Chinese is shown then)",
)
