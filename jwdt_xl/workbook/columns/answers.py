"""What was meant by the answers of a row: a hidden column for each, in the words of the form; other formulas read that.

They stand behind all other columns, side by side, so that one look finds the first that nobody understands.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from ...assessment.fields import specs
from ...assessment.tables import TABLES
from ...standard.answers import Choices, names
from ...standard.record import CHOICE, FLAG, Spec
from .column import Column, Known, Row, Value
from .names import folded, folding, letters_of

#: Stands for what is no answer: no word of any.
NO_ANSWER = "¿"


def answers_of(table: str) -> tuple[str, ...]:
    """The fields of a table's rows that are answered from a list."""
    return tuple(key for key, spec in specs(TABLES[table]).items() if spec.kind in (CHOICE, FLAG))


def answer_keys(choices: Choices) -> tuple[list[list[str]], int]:
    """The names of each answer as the lists keep them, one answer after the other, and how many rows each of them has."""
    keys: dict[str, Any] = {}
    for name, code in names(choices):
        keys.setdefault(folded(name), code)
    found = [[key for key, code in keys.items() if code == answer] for answer, _ in choices]
    return found, max(map(len, found))


def meant(cell: str, choices: Choices, keys: str, labels: str) -> str:
    """The answer that a cell is one way to write, in the words of the form; an error where it is none."""
    found, most = answer_keys(choices)
    said = folding(cell, letters_of(chain(*found)))
    for wildcard in "*?~":  # of which MATCH would make any answer
        said = f'SUBSTITUTE({said},"{wildcard}","{NO_ANSWER}")'
    return f"INDEX({labels},ROUNDUP(MATCH({said},{keys},0)/{most},0))"


def column_of(field: str) -> str:
    """The key of the column that tells what was meant by an answer."""
    return f"meant_{field}"


def columns_of(table: str) -> tuple[Column, ...]:
    fields = specs(TABLES[table])
    return tuple(
        Column(column_of(key), None, _formula(f"{table}.{key}", key, fields[key]), _value(key, fields[key]))
        for key in answers_of(table)
    )


def _formula(path: str, key: str, spec: Spec) -> Callable[[Row], str]:
    def formula(row: Row) -> str:
        typed = row.typed(key)
        found = meant(typed, spec.choices, row.listed(f"answers:{path}"), row.listed(f"choice:{path}"))
        # A truth is a word for the reader, too: so it is here, as a text.
        return f'IFERROR(IF(TRIM({typed})="","",{found}),"{NO_ANSWER}")'

    return formula


def _value(key: str, spec: Spec) -> Callable[[Known], Value]:
    labels = dict(spec.choices)

    def value(known: Known) -> Value:
        answer = getattr(known.row, key)
        return known.t(labels[answer]) if answer not in ("", None) else ""

    return value
