"""What a guide says of its versions: what was changed when, and why."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from ...errors import JwdtError
from ...messages import Text
from ..record import NO_TEXT, both, label, short, text
from .nodes import LOOSE


def day(said: str, name: Text) -> str:
    """A date as people write it in files. Raises JwdtError with how."""
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        wrong = Text("{n}须写作 2027-06-30，实为“{v}”", "{n} must be a date as 2027-06-30, got “{v}”")
        raise JwdtError(wrong.fill(n=name, v=short(said)), "bad-date") from None


def _date(said: str) -> str:
    return day(said, Text("日期", "date"))


class Revision(NamedTuple):
    """A version of the guide, and what it changed."""

    # fmt: off
    version: Annotated[str, text("版本", "version", "例如 1.1", "e.g. 1.1", True, maximum=100, rule=LOOSE)] = ""
    date: Annotated[str, label("日期", "date", "例如 2026-11-30", "e.g. 2026-11-30", read=_date, rule=(("type", "string"), ("format", "date")))] = ""
    change: Annotated[Text, both("改动", "change", "改了什么，为什么", "what was changed, and why", True)] = NO_TEXT
    # fmt: on
