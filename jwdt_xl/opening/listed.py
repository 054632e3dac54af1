"""Many sources at once: a hundred thousand files are hardly more in memory than their names."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload

from .sources import Source


class Listed(Sequence[Source]):
    """Sources in their order; of a plain file, as nearly all are, no more than its name and where names begin in its path."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._names: list[str] = []
        #: Before the name, by number; the last number marks a source that is kept whole.
        self._above: list[str] = []
        self._places = array("l")
        self._whole: dict[int, Source] = {}
        numbers: dict[str, int] = {}
        for place, source in enumerate(sources):
            above = source.path.removesuffix(source.name)
            plain = Source(source.name, above + source.name) == source
            if not plain:
                self._whole[place] = source
            elif above not in numbers:
                numbers[above] = len(self._above)
                self._above.append(above)
            self._names.append(source.name)
            self._places.append(numbers[above] if plain else -1)

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, place: int) -> Source: ...
    @overload
    def __getitem__(self, place: slice) -> list[Source]: ...
    def __getitem__(self, place: int | slice) -> Source | list[Source]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        name, above = self._names[place], self._places[place]
        return Source(name, self._above[above] + name) if above >= 0 else self._whole[place % len(self)]
