"""The parts of a guide file: each is read with its place, and what is wrong with it is gathered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ...errors import Refused
from ...messages import ERROR, Finding, Text


class Errors:
    """Gathers what is wrong with a guide, so that its author sees all of it at once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, where: str, text: Text, code: str = "bad-guide") -> None:
        self.findings.append(Finding(ERROR, code, where, text, "consistency"))

    def raise_if_any(self) -> None:
        if self.findings:
            raise Refused(tuple(self.findings))


KINDS: dict[type, Text] = {dict: Text("对象", "object"), list: Text("数组", "array")}
WRONG_KIND = Text("须为 JSON {k}，实为“{v}”", "must be a JSON {k}, got “{v}”")
_LONGEST = 60


def short(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def part(value: Any, kind: type, where: str, found: Errors) -> Any:
    """A part of the file that must be a JSON object (dict) or array (list); empty where it is something else."""
    if isinstance(value, kind):
        return value
    found.add(where, WRONG_KIND.fill(k=KINDS[kind], v=short(value)))
    return kind()


def tables(
    data: Mapping[str, Any], name: str, fields: set[str], found: Errors, prefix: str = ""
) -> list[tuple[str, dict[str, Any]]]:
    """The entries of an array of objects with their places."""
    entries = []
    for i, value in enumerate(part(data.get(name, []), list, prefix + name, found)):
        where = f"{prefix}{name}[{i}]"
        entry = part(value, dict, where, found)
        check_fields(entry, fields, f"{where}.", found)
        entries.append((where, entry))
    return entries


def check_fields(entry: Mapping[str, Any], known: set[str], prefix: str, found: Errors) -> None:
    for name in sorted(str(name) for name in set(entry) - known):
        found.add(prefix + name, Text("未知字段", "unknown field"), "unknown-field")


def string(entry: Mapping[str, Any], name: str, where: str, found: Errors) -> str:
    """A text; a whole number is taken for its digits, as in code = 1."""
    value = entry.get(name, "")
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer())):
        return str(int(value))
    place = f"{where}.{name}".lstrip(".")
    found.add(place, Text("须为文本，实为 {v}", "must be text, got {v}").fill(v=short(value)), "not-text")
    return ""


def text_of(entry: Mapping[str, Any], name: str, where: str, found: Errors) -> Text:
    """A text in both languages; English that is left out is as the Chinese."""
    zh = string(entry, f"{name}_zh", where, found)
    en = string(entry, f"{name}_en", where, found)
    return Text(zh or en, en or zh)


def number_of(entry: Mapping[str, Any], name: str, where: str, found: Errors) -> float | None:
    """A finite number, or None where it is left out."""
    value = entry.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        text = Text("须为数字，实为“{v}”", "must be a number, got “{v}”")
        found.add(f"{where}.{name}", text.fill(v=short(value)), "not-a-number")
        return None
    return float(value)
