"""A range gives cell by cell what single calls give, whatever is in it: the quick way and the long way agree.

The reference is the function itself, called once per row with single cells, which takes the long way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import CATALOGUE, Argument, Function
from jwdt_xl.functions.arguments import NUMBER
from jwdt_xl.functions.cells import is_blank, short
from jwdt_xl.messages import set_language

Valid = Callable[[str], list[Any]]
BY_CELL = [pytest.param(f, id=f.name) for f in CATALOGUE.values() if f.by_cell]
BLANKS = [None, "", "  ", "\u3000"]
ERRORS = ["#N/A", "#DIV/0!", "#SPILL!", "Err:502"]
#: Cells that are equal but not the same, and cells that are nearly numbers.
NUMBERS = [0, 0.0, -0.0, 1, 1.0, True, False, 2, 0.5, 100.0, -1, -1.5, 5e-324, 1e308, 10**400, 2**53 + 1]
NEARLY = ["12", "1,234.5", "１２３", "1e3", "1_000", "nan", "12 t", float("nan"), float("inf"), float("-inf")]
NAMES = [
    "COD", "化学需氧量", "SO2", "二氧化硫", "氟化物", "色度", "pH", "没有", "水", "air", "AR4", "CH4", "co2", "原煤",
    "电力", "石灰石", "A", "b", "正向", "negative", "适中", "定性", "是", "否", "部分", "yes", "x" * 130, "华东",
]  # fmt: skip


def by_rows(function: Function, columns: list[list[Any]], in_range: list[bool]) -> list[list[Any]]:
    """The function called once per row of cells."""
    rows = []
    for row in zip(*columns, strict=True):
        if all(is_blank(cell) for cell, inside in zip(row, in_range, strict=True) if inside):
            rows.append([""])
            continue
        try:
            rows.append([function.call(*row)])
        except JwdtError as error:
            rows.append([short(str(error))])
    return rows


def cells_for(argument: Argument, valid: Any) -> st.SearchStrategy[Any]:
    """Mostly what the argument takes, with anything else among it."""
    usual = [valid, valid, valid, *([None] if argument.optional else [])]
    if argument.kind == NUMBER:
        usual += [1.0, 2.5, 80.0, float(valid) * 1.25]
    anything = st.one_of(st.sampled_from([*BLANKS, *ERRORS]), st.sampled_from([*NUMBERS, *NEARLY, *NAMES]))
    return st.one_of(st.sampled_from(usual), st.sampled_from(usual), anything, st.floats())


def exactly(found: Any) -> Any:
    """With the type, since 1 and true are equal."""
    return [[(type(cell), cell) for cell in row] for row in found]


@pytest.mark.parametrize("function", BY_CELL)
@settings(max_examples=60)
@given(data=st.data())
def test_a_range_gives_what_single_calls_give(function: Function, valid: Valid, data: st.DataObject) -> None:
    height = data.draw(st.integers(2, 6))
    columns, in_range, arguments = [], [], []
    surely = data.draw(st.integers(0, len(function.arguments) - 1))
    for place, (argument, value) in enumerate(zip(function.arguments, valid(function.name), strict=True)):
        cell = cells_for(argument, value)
        shape = data.draw(st.sampled_from(["column", "column", "single", "one cell"]))
        shape = "column" if place == surely else shape
        cells = [data.draw(cell) for _ in range(height)] if shape == "column" else [data.draw(cell)] * height
        columns.append(cells)
        in_range.append(shape != "single")
        one_cell = [[cells[0]]] if shape == "one cell" else cells[0]
        arguments.append([[cell] for cell in cells] if shape == "column" else one_cell)
    assert exactly(function.call(*arguments)) == exactly(by_rows(function, columns, in_range))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("function", BY_CELL)
def test_every_cell_beside_valid_ones(function: Function, language: str, valid: Valid) -> None:
    """Each strange cell in each argument, in a column of valid ones, in both languages."""
    set_language(language)
    arguments = valid(function.name)
    for place in range(len(arguments)):
        strange = [*BLANKS, *ERRORS, *NUMBERS, *NEARLY, *NAMES]
        columns = [
            [cell for value in strange for cell in (arguments[place], value)] if i == place else [v] * 2 * len(strange)
            for i, v in enumerate(arguments)
        ]
        ranges = [[[cell] for cell in column] for column in columns]
        found = function.call(*ranges)
        assert exactly(found) == exactly(by_rows(function, columns, [True] * len(columns)))
        rows = function.call(*([column] for column in columns))  # lying down
        assert exactly(rows) == exactly([[cell for (cell,) in found]])
        alone = function.call(*(r if i == place else a for i, (r, a) in enumerate(zip(ranges, arguments, strict=True))))
        assert exactly(alone) == exactly(by_rows(function, columns, [i == place for i in range(len(columns))]))


@pytest.mark.parametrize("function", BY_CELL)
def test_a_blank_is_blank_whatever_stands_beside_the_range(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    one = function.call(*arguments)
    for place, value in enumerate(arguments):
        column = [[value], *([blank] for blank in BLANKS), [value]]
        found = function.call(*arguments[:place], column, *arguments[place + 1 :])
        assert found == [[one], *[[""]] * len(BLANKS), [one]]


def test_a_block_and_a_row_stretch() -> None:
    function = CATALOGUE["JWDT_CARBON_INTENSITY"]
    found = function.call([[1.0, 2.0], [3.0, None]], [[10.0, "x"]])
    assert found[0][0] == 100.0 and found[1][0] == 300.0
    assert [found[0][1], found[1][1]] == ["output must be a number, got “x”", "co2e_t is missing"]
    assert function.call([[1.0], [3.0]], [[10.0, 5.0]]) == [[100.0, 200.0], [300.0, 600.0]]


#: All it does is to write a sentence in two languages for every row.
WRITES = "JWDT_EXPLAIN"


@pytest.mark.parametrize("function", [p for p in BY_CELL if p.id != WRITES])
def test_a_plain_column_is_much_quicker_than_single_calls(function: Function, valid: Valid) -> None:
    """Who puts the long way back fails here; the ratios themselves are printed by bench/hosts.py."""
    arguments, height = valid(function.name), 500
    ranges = [[[value]] * height for value in arguments]

    def seconds(work: Callable[[], Any]) -> float:
        times = []
        for _ in range(5):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    single = seconds(lambda: [function.call(*arguments) for _ in range(height)])
    assert seconds(lambda: function.call(*ranges)) < single / 2
