"""Files with random defects, by what they are: odd values in their places, parts swapped or cut off, bytes changed."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

#: What stands in the place of a value: odd numbers, texts and names.
ODD = (
    "", "-1", "1e999", "1e400", "NaN", "inf", "-inf", "²", "９９", "1,5", "12 t", "0x10", "#N/A", "#REF!", "=1+1", "true",
    "9" * 400, "x" * 40_000, "\u202e水泥", "\u200b", "\x1b[31m", "😀" * 17_000, "../../etc/passwd", "A1048577", "null", "[]", "{}",
    "{{ x }}", "\ud800", "%", "5%", "0.05", "一千", "nan", "'", '"', "\\", "&", "<", "]]>", "2023年", "不适用", "合计",
)  # fmt: skip


def mutant(source: Path, number: int, target: Path) -> None:
    """The file with one to five defects; the same number gives the same file."""
    chance = random.Random(number)
    data = source.read_bytes()
    if chance.random() < 0.1:
        target.write_bytes(_bytes(data, chance))
    elif data.startswith(b"PK"):
        _archive(source, chance, target)
    else:
        target.write_bytes(_text(data, chance))


def _bytes(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found[: chance.randrange(len(found))] if chance.random() < 0.2 else found)


def _archive(source: Path, chance: random.Random, target: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.choice((1, 2, 5))):
        marked = [part for part in parts if part.endswith((".xml", ".rels"))]
        name = chance.choice(marked or [part for part in parts if parts[part]])
        parts[name] = chance.choice(_IN_XML)(parts[name], chance, parts) if marked else _bytes(parts[name], chance)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _escaped(text: str) -> bytes:
    for plain, escape in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;")):
        text = text.replace(plain, escape)
    return text.encode("utf-8", "surrogatepass")


def _value(xml: bytes, chance: random.Random, parts: dict[str, bytes]) -> bytes:
    """Another text between two tags: a number, a shared string, a name."""
    return _replaced(rb">([^<>]+)<", xml, chance)


def _attribute(xml: bytes, chance: random.Random, parts: dict[str, bytes]) -> bytes:
    return _replaced(rb'="([^"]*)"', xml, chance)


def _tag(xml: bytes, chance: random.Random, parts: dict[str, bytes]) -> bytes:
    found = list(re.finditer(rb"<[^>]*>", xml))
    if not found:
        return xml
    place = chance.choice(found)
    return (
        xml[: place.start()] + chance.choice((b"", place[0] * 2, place[0].lower(), place[0][:-1])) + xml[place.end() :]
    )


def _cut(xml: bytes, chance: random.Random, parts: dict[str, bytes]) -> bytes:
    return xml[: chance.randrange(len(xml) + 1)]


def _swapped(xml: bytes, chance: random.Random, parts: dict[str, bytes]) -> bytes:
    return parts[chance.choice(sorted(parts))]


def _dialect(xml: bytes, chance: random.Random, parts: dict[str, bytes]) -> bytes:
    """Not wrong, only written otherwise."""
    if chance.random() < 0.5:
        return re.sub(rb'="([^"\']*)"', rb"='\1'", xml)
    return xml.replace(b"UTF-8", b"UTF-16", 1).decode("utf-8", "replace").encode("utf-16")


_IN_XML = (_value, _value, _value, _attribute, _attribute, _tag, _cut, _swapped, _dialect)


def _replaced(pattern: bytes, text: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    place = chance.choice(found)
    return text[: place.start(1)] + _escaped(chance.choice(ODD)) + text[place.end(1) :]


def _text(data: bytes, chance: random.Random) -> bytes:
    """JSON, TOML or CSV: a token, a line or the encoding is another."""
    kind = chance.random()
    if kind < 0.1:
        return data.decode("utf-8", "replace").encode(
            chance.choice(("utf-16", "gb18030", "utf-8-sig", "utf-32")), "replace"
        )
    if kind < 0.3:
        lines = data.split(b"\n")
        place = chance.randrange(len(lines))
        lines[place : place + 1] = chance.choice(([], [lines[place]] * 3, [lines[place], b"=" * 300]))
        return b"\n".join(lines)
    if kind < 0.35:
        return b"[" * 100_000
    for _ in range(chance.choice((1, 2, 5))):
        found = list(re.finditer(rb'(?<=")[^"\n]*(?=")|[-\d.]+|(?<=,)[^,\n]+', data))
        if not found:
            break
        token = chance.choice(found)
        data = data[: token.start()] + chance.choice(ODD).encode("utf-8", "surrogatepass") + data[token.end() :]
    return data
