"""Many forms of one guide: what all of them show alike is written once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ..assessment.evaluate import evaluate
from ..assessment.model import Assessment, Enterprise, Periods, Product
from ..assessment.result import Result
from ..standard.guide import Guide
from ..standard.guide.benchmarks import Benchmark
from .alike import Alike, hints, model_of
from .common import Common
from .layout import Layout
from .lists import Lists
from .packing import Part, container
from .parts import NOBODY, Sender
from .writer import rows_of, written

#: What says whom a form is for, or what is missing in it.
_PERSONAL = frozenset({"howto", "enterprise", "settings", "quantities", "summary"})
#: What no data change, as long as the tables are where they are.
_REFERENCE = frozenset({"monthly", "pasted", "gwp", "energies", "fuels", "grid_factors", "method", "lists"})
#: So many forms are kept to put names into: registers go by region or industry, or name few products.
_MODELS = 32


class Series:
    """Forms of one guide, host, language and sender: each shows what ``write`` would have it show."""

    def __init__(self, guide: Guide, host: str, language: str, sender: Sender = NOBODY) -> None:
        self.guide, self.host, self.language, self.sender = guide, host, language, sender
        self._model: _Model | None = None
        self._alike: dict[tuple[Enterprise, Periods, Product], Alike] = {}

    def write(self, path: str | Path, assessment: Assessment) -> Result:
        """Write a form that is filled in with an assessment, and return the result it shows."""
        only_names = _nothing_but_names(assessment)
        if self._model is None or (only_names and self._model.benchmarks != assessment.benchmarks):
            self._model = self._made(assessment)
            self._alike.clear()
        result, layout = evaluate(assessment, self.guide), self._layout(assessment)
        parts = self._of_names(result, self._model) if only_names else None
        if parts is not None:
            Path(path).write_bytes(container(parts))
        elif layout.tables == self._model.layout.tables:
            kept = frozenset(layout.sheets) - _PERSONAL if only_names else _REFERENCE & layout.sheets.keys()
            written(Path(path), self._model.lists, result, self.sender, self._model.common, kept)
        else:
            written(Path(path), Lists(layout), result, self.sender)
        return result

    def _of_names(self, result: Result, model: _Model) -> Mapping[str, Part] | None:
        """The parts of a form that another one was written for all but its names; None where it has to be written by itself."""
        lists, common = model.lists, model.common
        of = model_of(result.assessment, common.texts)
        key = (of.enterprise, of.periods, of.product)
        if key not in self._alike:
            shown = evaluate(of, self.guide)
            book = written(None, lists, shown, self.sender, common, frozenset(lists.layout.sheets) - _PERSONAL)
            if len(self._alike) == _MODELS:
                del self._alike[next(iter(self._alike))]  # the oldest
            self._alike[key] = Alike.of(book, common.parts, shown, hints(lists, shown))
        return self._alike[key].with_texts_of(result, hints(lists, result))

    def _made(self, assessment: Assessment) -> _Model:
        blank = Assessment(benchmarks=assessment.benchmarks)
        lists = Lists(self._layout(blank))
        common = written(None, lists, evaluate(blank, self.guide), self.sender).common()
        return _Model(blank.benchmarks, lists, common)

    def _layout(self, assessment: Assessment) -> Layout:
        return Layout(self.guide, self.host, self.language, rows_of(assessment))


class _Model(NamedTuple):
    """A form of nobody with some benchmarks; its lists know where everything is, and which names its formulas use."""

    benchmarks: Mapping[str, Benchmark]
    lists: Lists
    common: Common

    @property
    def layout(self) -> Layout:
        return self.lists.layout


def _nothing_but_names(assessment: Assessment) -> bool:
    """Whether it says whom and what it is for, and no more."""
    named = assessment.product
    blank = dataclasses.replace(
        assessment, enterprise=Enterprise(), periods=Periods(), product=Product(), benchmarks={}
    )
    return blank == Assessment() and named == Product(name=named.name, unit=named.unit)
