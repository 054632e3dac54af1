"""Forms that differ in nothing but texts which are shown as they are: written once, with other texts in their place."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from ..assessment.model import Assessment
from ..assessment.result import Result
from ..standard.codes import is_uscc, uscc_check_character
from . import texts
from .book import Book
from .columns.cached import Cached
from .columns.contents import Hints
from .lists import Lists
from .packing import Part, packed, part
from .parts import lines

#: Texts that XML holds as they are, wherever they stand.
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ （）()、，·.-])*(?<! )")
_CODE = "99999999MAJWDTXLA"
#: What stands for a text: names that nobody has, and a code that is right and nobody's. Each takes one line.
_STAND_INS = {
    "name": "甲丙戊庚壬乙丁己辛癸",
    "uscc": _CODE + uscc_check_character(_CODE),
    "region": "子寅辰午申戌丑卯巳未酉亥",
}


def hints(lists: Lists, result: Result) -> list[int]:
    """What the form says beside the questions about an enterprise, by number."""
    layout = lists.layout
    said = Hints(layout, Cached(layout, lists, result), lists.column)
    return [said.code(said.field_rules(path)) for path, at in layout.fields.items() if at.cell.sheet == "enterprise"]


def model_of(assessment: Assessment, taken: Collection[str]) -> Assessment:
    """The same with stand-ins as long as its own texts; taken: what stands in every form anyway stays."""
    enterprise = assessment.enterprise
    found = {}
    for name, stand_in in _STAND_INS.items():
        text = getattr(enterprise, name)
        if text not in taken and _PLAIN.fullmatch(text) and (name != "uscc" or is_uscc(text)):
            found[name] = _as_long(stand_in, text)
    return dataclasses.replace(assessment, enterprise=dataclasses.replace(enterprise, **found))


def _as_long(stand_in: str, text: str) -> str:
    """A stand-in that takes as many lines as a text: it makes its row as high."""
    width, longer = texts.FORM_WIDTHS["input"], stand_in
    while lines(longer, width) < lines(text, width):
        longer += stand_in
    return longer


class Alike(NamedTuple):
    """A form of a model: its parts and those that show its stand-ins, its texts, and what it says."""

    parts: Mapping[str, Part]
    showing: Collection[str]
    texts: frozenset[str]
    result: Result
    hints: list[int]

    @classmethod
    def of(cls, book: Book, before: Mapping[str, Part], result: Result, hints: list[int]) -> Alike:
        """Of a book that is closed."""
        parts = packed(book.file.parts, before)
        stand_ins = [text.encode() for text in _STAND_INS.values()]
        showing = [name for name, part in parts.items() if any(text in part.content for text in stand_ins)]
        return cls(parts, showing, frozenset(book.file.str_table.string_array), result, hints)

    def with_texts_of(self, result: Result, hints: list[int]) -> Mapping[str, Part] | None:
        """The parts of another's form.

        None where something else is said of that one, or where one of its texts stands in the form already: it has a
        number there, which its own cell would show.
        """
        ours, theirs = self.result.assessment.enterprise, result.assessment.enterprise
        pairs = [(getattr(ours, name), getattr(theirs, name)) for name in _STAND_INS]
        shown = {ours.encode(): theirs.encode() for ours, theirs in pairs if ours != theirs}
        named = {theirs for ours, theirs in pairs if ours != theirs}
        said = dataclasses.replace(result, assessment=self.result.assessment, declared=self.result.declared)
        if said != self.result or hints != self.hints or len(named) < len(shown) or not self.texts.isdisjoint(named):
            return None
        if not shown:
            return self.parts
        found = re.compile(b"|".join(shown))
        new = {name: part(found.sub(lambda at: shown[at[0]], self.parts[name].content)) for name in self.showing}
        return {**self.parts, **new}
