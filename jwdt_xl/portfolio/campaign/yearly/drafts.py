"""All letters of a campaign on a day: about what was rejected, reminders to the others, and one table of both to merge."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from ....errors import Refused
from ....messages import WARNING, Finding, Text
from ....workbook.parts import Sender
from ...analysis.group import Get, Group
from ...book.portfolio import rejected_cells
from .. import letters
from ..feedback import done
from . import reminders
from .status import Status


class Drafts(NamedTuple):
    rejected: list[letters.Letter]
    reminders: list[letters.Letter]

    @property
    def all(self) -> list[letters.Letter]:
        return [*self.rejected, *self.reminders]


def of(
    state: Status, groups: Sequence[Group], get: Get, sender: Sender, days: int | None, forms: Mapping[str, str]
) -> Drafts:
    """An enterprise gets one letter; one of whom an earlier file is scored is told about the later one that was rejected."""
    lines = [cells for group in groups for cells in rejected_cells(group, get)]
    about, _ = letters.letters(lines, sender)
    told = {letter.uscc for letter in about}
    return Drafts(about, reminders.reminders(state.lines, sender, days, forms, told))


def write(drafts: Drafts, folder: str) -> list[Refused]:
    """Returns why some could not be written, which costs them only."""
    work: list[Callable[[], Any]] = [partial(letters.write, letter, folder) for letter in drafts.all]
    if drafts.all or os.path.exists(os.path.join(folder, letters.TABLE)):
        work.append(partial(letters.write_table, drafts.all, folder))
    return [error for each in work if (error := done(folder, each).error) is not None]


def left_over(drafts: Drafts, folder: str) -> list[Finding]:
    """Drafts of an earlier run of the day that are settled by now, which could be sent with the others."""
    names = {letter.name for letter in drafts.all}
    return [
        Finding(WARNING, "letter-settled", os.path.join(folder, name), _SETTLED, "consistency")
        for name in sorted(os.listdir(folder))
        if name.endswith((letters.ENDING, reminders.ENDING)) and name not in names
    ]


_SETTLED = Text(
    "是以前的信，现已不需要 — 发送前请移走",
    "is a letter of before that is not needed now — move it away before anything is sent",
)
