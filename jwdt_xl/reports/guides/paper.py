"""The paper that a guide is written on: numbered sections, and tables of what its records say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...messages import Text, lines_shown
from ...standard.guide import Guide
from ..pieces import Paper
from ..shown import NONE
from .columns import Columns, columns_of


class GuidePaper(Paper):
    """Its header names the guide, its version and its fingerprint on every page."""

    def __init__(self, guide: Guide) -> None:
        title = lines_shown(str(guide.name)) or lines_shown(guide.id) or NONE
        super().__init__(f"{title} · {lines_shown(guide.id)} {lines_shown(guide.version)} · {guide.hash}", title[:255])
        self._fonts("Heading 3")
        self._head("Heading 3", 10.5)
        self.guide, self.title = guide, title
        self._sections = 0

    def section(self, title: Text) -> None:
        self._sections += 1
        self.heading(f"{self._sections}  {title}")

    def table_of(self, records: Sequence[Any], **change: Callable[[Any], str]) -> None:
        """A table with what records say, a row each."""
        self.columns(columns_of(self.guide, records, change))

    def columns(self, found: Columns) -> None:
        self.listed(found.heads, found.rows, found.shares, found.right)
