"""What the formulas of the sheet of measures share: which columns there are, which quantities and scores move."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from ...standard.guide import Node
from ...standard.quantities import Quantity
from ..columns.portable import Formulas
from ..layout import Layout
from ..lists import Lists
from .lines import CHANGEABLE
from .places import SCENARIOS, Places
from .planned import PlannedRow, computed_anew, shadow


class LineFormulas(Formulas):
    """Formulas of the lines by column; each gives the text without the leading =."""

    def __init__(self, layout: Layout, lists: Lists, count: int = 0) -> None:
        super().__init__(layout, lists)
        self.anew = computed_anew(self)
        self.places = Places(layout, tuple(self._more()), count)

    # What moves

    @cached_property
    def affected(self) -> list[Node]:
        """The indicators that rest on what a measure may change."""
        return [node for node in self.layout.guide.indicators if set(self._needs(node)) & self._movable]

    @cached_property
    def moved(self) -> list[str]:
        """The quantities that are computed anew: those that indicators read, and what the co-control plane shows."""
        read = {key for node in self.affected for key in self._needs(node)}
        return [key for key in self.layout.guide.quantities if key in self._movable & {*read, "equivalents", "co2e"}]

    @cached_property
    def seen(self) -> list[str]:
        """Those of them that have a cell of their own in each scenario; one that a single score reads is worked out in it."""
        readers = Counter(key for node in self.affected for key in set(self._needs(node)))
        return [key for key in self.moved if readers[key] > 1 or key in ("equivalents", "co2e")]

    @cached_property
    def _movable(self) -> set[str]:
        return {key for key in self.layout.guide.quantities if self._quantity(key).tables}

    @staticmethod
    def _needs(node: Node) -> tuple[str, ...]:
        return tuple(use.quantity for use in node.uses) if node.algorithm.form is not None else node.needs

    def _quantity(self, key: str) -> Quantity:
        return self.layout.guide.quantities[key]

    def _more(self) -> list[str]:
        found = [*dict.fromkeys(shadow(table, key) for table, keys in self.anew.items() for key in keys)]
        found += [f"{kind}.{key}" for kind in ("by", "step") for key in self.moved]
        for scenario in SCENARIOS:
            found += [f"{scenario}.{key}" for key in (*self.seen, "rate_pollutants", "rate_carbon", "ratio")]
            found += self.scores(scenario)
        return found

    def scores(self, scenario: str) -> list[str]:
        """The columns of the scores, side by side."""
        return [f"{scenario}.score_{node.code}" for node in self.affected]

    # The line

    def _at(self, key: str, row: int) -> str:
        return self.places.at(key, row)

    def _typed(self, key: str, row: int) -> str:
        return self.places.typed(key, row)

    def _row(self, table: str, row: int) -> PlannedRow:
        return PlannedRow(self, self.places, table, row, self.anew[table])

    def _of_table(self, row: int, parts: dict[str, str], otherwise: str = '""') -> str:
        """What stands for the table that the line names."""
        chosen = ",".join(parts.get(table, otherwise) for table in CHANGEABLE)
        return f"CHOOSE({self._at('place', row)},{chosen})"


def place_of(table: str) -> int:
    """The number of a table among those that a line can name."""
    return list(CHANGEABLE).index(table) + 1
