"""A row's answer to one question, from the columns that speak of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..messages import Text
from ..standard.questionnaire import RANKING, SINGLE, Answer, Question
from .headings import OPTION, OWN, PLACE, WHOLE, Column
from .values import Options, is_nothing, plain, rank_in


class Reader:
    """The answer, or why there is none that counts, and a text of one's own."""

    def __init__(
        self,
        question: Question,
        kinds: Mapping[str, Mapping[int, tuple[int, Column]]],
        cells: Sequence[Any],
        options: Options,
        places: bool,
    ) -> None:
        self.question, self.cells, self.options = question, cells, options
        self.answer: Answer = None
        self.problem: tuple[str, Text] | None = None
        self.own = "".join(self._text(col) for col, _ in kinds.get(OWN, {}).values())
        if is_nothing(self.own):
            self.own = ""
        if PLACE in kinds:
            self._by_place(kinds[PLACE])
        elif OPTION in kinds and question.kind == RANKING:
            (self._by_place if places else self._by_rank)(kinds[OPTION])
        elif OPTION in kinds:
            self._by_tick(kinds[OPTION])
        elif WHOLE in kinds:
            self._listed(self._text(next(iter(kinds[WHOLE].values()))[0]))

    def _text(self, col: int) -> str:
        return plain(self.cells[col]) if col < len(self.cells) else ""

    def _listed(self, text: str) -> None:
        said = self.options.said(text)
        self.own = self.own or said.own
        if self.question.kind == RANKING:
            self._ordered(list(enumerate(said.options, 1)))
        elif said.options:
            single = self.question.kind == SINGLE and len(said.options) == 1
            self.answer = said.options[0] if single else said.options  # type: ignore[assignment]

    def _ordered(self, placed: list[tuple[int, int | str]]) -> None:
        """A ranking given by its places."""
        ranks: dict[Any, int] = {}
        for rank, option in placed:
            if option in ranks:
                text = Text("第 {n} 题选项 {o} 排了两次", "question {n}: option {o} is ranked twice")
                self.problem = ("option-twice", text.fill(n=self.question.number, o=option))
            ranks.setdefault(option, rank)
        self.answer = ranks or None

    def _by_place(self, columns: Mapping[int, tuple[int, Column]]) -> None:
        placed: list[tuple[int, int | str]] = []
        for rank, (col, _) in sorted(columns.items()):
            said = self.options.said(self._text(col))
            self.own = self.own or said.own
            placed += [(rank, option) for option in said.options]
        if len({rank for rank, _ in placed}) < len(placed):
            text = Text("第 {n} 题一个名次有多个选项", "question {n}: a rank holds several options")
            self.problem = ("rank-twice", text.fill(n=self.question.number))
            return
        self._ordered(placed)

    def _by_rank(self, columns: Mapping[int, tuple[int, Column]]) -> None:
        ranks: dict[int, Any] = {}
        for option, (col, _) in columns.items():
            rank = rank_in(self._text(col))
            if rank is not None:
                ranks[option] = rank
        self.answer = ranks or None

    def _by_tick(self, columns: Mapping[int, tuple[int, Column]]) -> None:
        chosen: list[int] = []
        for option, (col, _) in sorted(columns.items()):
            text = self._text(col)
            tick = self.options.ticked(text, option)
            if tick is None:
                words = Text(
                    "第 {n} 题选项 {o} 的列须为 1/0、√、是/否 或选项文字，实为“{v}”",
                    "question {n}: the column of option {o} takes 1/0, √, yes/no or the option's words, got “{v}”",
                )
                self.problem = ("bad-tick", words.fill(n=self.question.number, o=option, v=text[:60]))
            elif tick:
                chosen.append(option)
        self.answer = chosen or None
