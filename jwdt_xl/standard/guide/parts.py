"""Reading the parts of a guide file by their declarations: each with its place, and what is wrong is gathered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ...errors import JwdtError
from ...messages import Text, joined
from ..names import alike
from ..record import (
    BOTH,
    CHOICE,
    LABEL,
    LONGEST_TEXT,
    MOST_ENTRIES,
    NAMES,
    NOT_TEXT,
    NUMBER,
    PAIRS,
    PART,
    RECORD,
    TABLE,
    TEXT,
    Errors,
    Spec,
    bounded,
    columns,
    default,
    is_whole,
    short,
    specs,
)

KINDS: dict[type, Text] = {dict: Text("对象", "object"), list: Text("数组", "array")}
WRONG_KIND = Text("须为 JSON {k}，实为“{v}”", "must be a JSON {k}, got “{v}”")
_IN_BRACKETS = Text('；一项也写在方括号里：["{v}"]', '; one alone stands in brackets too: ["{v}"]')
_UNKNOWN = Text("未知字段“{v}”{h}", "unknown field “{v}”{h}")
_SIDE_BY_SIDE = (TEXT, LABEL, CHOICE, NUMBER, BOTH, NAMES, RECORD)
_LARGEST_WHOLE = 10**30
_TOO_MANY = Text("至多 {m:.0f} 项，实为 {n} 项", "must have at most {m:.0f} entries, got {n}")
#: Of each place no more than so many unknown names are told.
_MOST_UNKNOWN = 20


def part(value: Any, kind: type, where: str, found: Errors) -> Any:
    """A part of the file that must be a JSON object (dict) or array (list); empty where it is something else."""
    if isinstance(value, kind):
        return value
    text = WRONG_KIND.fill(k=KINDS[kind], v=short(value))
    if kind is list and isinstance(value, str):
        text = joined([text, _IN_BRACKETS.fill(v=short(value))], "", "")
    found.add(where, text)
    return kind()


def check_fields(entry: Mapping[str, Any], known: Collection[str], prefix: str, found: Errors) -> None:
    for name in sorted(str(name) for name in set(entry) - set(known))[:_MOST_UNKNOWN]:
        found.add(prefix + short(name), _UNKNOWN.fill(v=short(name), h=alike(name, sorted(known))), "unknown-field")


def names_of(cls: type) -> set[str]:
    """The names a file may use for a record's fields."""
    tables = {spec.key or name for name, spec in specs(cls).items() if spec.kind in (TABLE, PAIRS, PART, RECORD)}
    return tables | {name for name in columns(cls) if "." not in name}


def entries(data: Mapping[str, Any], name: str, spec: Spec, found: Errors, prefix: str = "") -> list[tuple[str, Any]]:
    """The entries of an array with their places; none of one that is too long."""
    listed = part(data.get(name, []), list, prefix + name, found)
    if spec.maximum is not None and len(listed) > spec.maximum:
        found.add(prefix + name, _TOO_MANY.fill(m=spec.maximum, n=len(listed)), "too-many")
        return []
    return [(f"{prefix}{name}[{i}]", value) for i, value in enumerate(listed)]


def by_code(said: Any, place: str, found: Errors) -> dict[str, Any]:
    """An object of values by code; none of one that is too long."""
    values: dict[str, Any] = part(said, dict, place, found)
    if len(values) > MOST_ENTRIES:
        found.add(place, _TOO_MANY.fill(m=MOST_ENTRIES, n=len(values)), "too-many")
        return {}
    return values


def rows(cls: type, data: Mapping[str, Any], name: str, found: Errors, prefix: str = "") -> tuple[Any, ...]:
    """The records of a table of a record."""
    spec = specs(cls)[name]
    placed = entries(data, name, spec, found, prefix)
    return tuple(record(spec.of, part(value, dict, where, found), where, found) for where, value in placed)


def record(cls: Any, entry: Mapping[str, Any], where: str, found: Errors) -> Any:
    """One record without tables."""
    check_fields(entry, names_of(cls), f"{where}.", found)
    return cls(**values(cls, entry, where, found))


def values(cls: Any, entry: Mapping[str, Any], where: str, found: Errors) -> dict[str, Any]:
    """The fields of a record that stand side by side, by attribute."""
    read = {}
    for name, spec in specs(cls).items():
        if spec.kind in _SIDE_BY_SIDE:
            key = spec.key or name
            read[name] = value(spec, entry, key, f"{where}.{key}".lstrip("."), default(cls, name), found)
    return read


def value(spec: Spec, entry: Mapping[str, Any], key: str, place: str, blank: Any, found: Errors) -> Any:
    """What an entry says of a field; what it is where nothing is said, or where it is wrong."""
    if spec.kind == BOTH:
        zh, en = (string(entry.get(f"{key}_{half}"), f"{place}_{half}", found) for half in ("zh", "en"))
        return Text(zh or en, en or zh)
    said: Any = entry.get(key)
    if spec.by:
        return {str(code): _read(spec, one, f"{place}.{short(code)}", 0.0, found)
                for code, one in by_code({} if said is None else said, place, found).items()}  # fmt: skip
    if spec.kind == NUMBER:
        left_out = key not in entry or (said is None and spec.read is None)  # its own rule says what null is
        if left_out and (blank is not None or not spec.required):
            return blank
        return _read(spec, said, place, 0.0 if blank is None and spec.required else blank, found)
    if spec.kind == RECORD:
        if key not in entry:
            return blank
        before = len(found.findings)
        said = _read(spec._replace(read=spec.read or _is_object), said, place, None, found)
        return record(spec.of, said, place, found) if len(found.findings) == before else blank
    if spec.kind == NAMES:
        listed = part([] if said is None else said, list, place, found)
        names = tuple(string(one, f"{place}[{i}]", found) for i, one in enumerate(listed))
        if said is None:
            return blank if blank is None else names
        return _read(spec, names, place, blank, found) if spec.read else names
    if spec.kind == LABEL and hasattr(said, "isoformat"):  # TOML knows dates
        said = said.isoformat()[:10]
    text = string(said, place, found, LONGEST_TEXT if spec.maximum is None else int(spec.maximum))
    if spec.kind == CHOICE:  # the words of the form stand for the code, in any language
        text = next((code for code, label in spec.choices if text and text in label), text)
    return _read(spec, text, place, blank, found) if text and spec.read else text or blank or ""


def _read(spec: Spec, said: Any, place: str, blank: Any, found: Errors) -> Any:
    try:
        return spec.read(said) if spec.read else bounded(spec, said)
    except JwdtError as error:
        found.add(place, error.text, error.code)
        return blank


def _is_object(said: Any) -> Any:
    if not isinstance(said, dict):
        raise JwdtError(WRONG_KIND.fill(k=KINDS[dict], v=short(said)), "bad-guide")
    return said


def string(said: Any, place: str, found: Errors, longest: int = LONGEST_TEXT) -> str:
    """A text; a whole number is taken for its digits, as in code = 1."""
    if said is None:
        return ""
    if is_whole(said) and abs(said) < _LARGEST_WHOLE:
        said = str(int(said))
    if not isinstance(said, str):
        found.add(place, NOT_TEXT.fill(v=short(said)), "not-text")
        return ""
    if len(said) > longest:
        text = Text("至多 {m} 个字符，实为 {n} 个：“{v}”", "must have at most {m} characters, got {n}: “{v}”")
        found.add(place, text.fill(m=longest, n=len(said), v=short(said)), "too-long")
        return ""
    return said.strip()
