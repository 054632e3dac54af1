"""What every cell function does with blanks, wrong cells, error values and ranges of any shape: one suite for all.

The functions come from the catalogue and their valid calls from conftest.py, so a new one is in it at once.
"""

from __future__ import annotations

import datetime
import math
import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import CATALOGUE, Argument, Function
from jwdt_xl.functions.arguments import FLAG, NUMBER, RANGE, TEXT
from jwdt_xl.messages import LANGUAGES, LONGEST, set_language

Valid = Callable[[str], list[Any]]

FUNCTIONS = [pytest.param(function, id=name) for name, function in CATALOGUE.items()]
BY_CELL = [pytest.param(f, id=f.name) for f in CATALOGUE.values() if f.by_cell]
WHOLE = [pytest.param(f, id=f.name) for f in CATALOGUE.values() if not f.by_cell]
ARGUMENTS = [
    pytest.param(function, place, id=f"{name}-{argument.name}")
    for name, function in CATALOGUE.items()
    for place, argument in enumerate(function.arguments)
]
#: Functions for which a range is a list: only the order of its cells counts.
LISTS = {"JWDT_SCORE", "JWDT_COVERAGE", "JWDT_SCORE_TABLE", "JWDT_BENCHMARK"}
BLANKS = [None, "", "   ", "\u3000"]
ERROR_VALUES = [
    "#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "Err:502", "Err:522",
]  # fmt: skip
NAN, INF = float("nan"), float("inf")
NO_NUMBERS = [
    "abc", "12 t", "1.234,5", "1,23", "12%", "１２吨", "nan", "inf", "0x10", "1_000", "1e999",
    NAN, INF, -INF, True, False, datetime.datetime(2025, 1, 1),
]  # fmt: skip
#: For each kind of argument what it must refuse.
WRONG: dict[str, list[Any]] = {
    NUMBER: NO_NUMBERS,
    TEXT: [12, 12.5, True, NAN, INF, datetime.datetime(2025, 1, 1), "长" * 1000, "x\n" * 200],
    FLAG: [2, 0.5, NAN, INF, "maybe", "是是", datetime.datetime(2025, 1, 1)],
}
EXTREMES = [0, -1, 1e308, -1e308, 1e-308, 5e-324, 10**400, -(10**400), 2**53 + 1]
ROWS_OF_A_SHEET = 1_048_576


def changed(arguments: list[Any], place: int, value: Any) -> list[Any]:
    return [*arguments[:place], value, *arguments[place + 1 :]]


def in_first_cell(rows: list[list[Any]], value: Any) -> list[list[Any]]:
    """The range with another value in its first cell that is not blank."""
    copy = [list(row) for row in rows]
    r, c = next((r, c) for r, row in enumerate(copy) for c, cell in enumerate(row) if cell is not None)
    copy[r][c] = value
    return copy


def check_error(error: JwdtError) -> None:
    """One sentence that fits a cell, in both languages, and an error that survives the way out of a worker."""
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.text) == (type(error), error.code, error.text)
    for language in LANGUAGES:
        set_language(language)
        sentence = str(error)
        assert 0 < len(sentence) <= LONGEST, sentence
        assert "\n" not in sentence and "{" not in sentence
        assert str(again) == sentence
    set_language("en")


def check_result(result: Any) -> None:
    """Numbers, texts, or a rectangle of them; never NaN, infinity or nothing."""
    if isinstance(result, list):
        assert result and all(isinstance(row, list) for row in result)
        assert len({len(row) for row in result}) == 1
    for cell in [cell for row in result for cell in row] if isinstance(result, list) else [result]:
        assert type(cell) in (int, float, str)
        if isinstance(cell, str):
            assert len(cell) <= LONGEST and "\n" not in cell
        else:
            assert math.isfinite(cell)


def outcome(function: Function, arguments: list[Any]) -> Any:
    """The checked result, or the checked error in words and code."""
    try:
        result = function.call(*arguments)
    except JwdtError as error:
        check_error(error)
        return (type(error), error.code, error.text)
    check_result(result)
    return result


def refusal(function: Function, arguments: list[Any]) -> JwdtError:
    with pytest.raises(JwdtError) as caught:
        function.call(*arguments)
    check_error(caught.value)
    return caught.value


def with_one_cell(argument: Argument, valid: Any, value: Any) -> Any:
    return in_first_cell(valid, value) if argument.kind == RANGE else value


def takes_numbers(argument: Argument, valid: Any) -> bool:
    cells = [cell for row in valid for cell in row if cell is not None] if argument.kind == RANGE else []
    return argument.kind == NUMBER or bool(cells and not isinstance(cells[0], str))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_valid_call(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    assert len(arguments) == len(function.arguments)
    result = function.call(*arguments)
    check_result(result)
    by_name = dict(zip([a.name for a in function.arguments], arguments, strict=True))
    assert function.call(**by_name) == result
    assert function.call(arguments[0], **dict(list(by_name.items())[1:])) == result


@pytest.mark.parametrize("function", FUNCTIONS)
def test_wrong_use_in_python(function: Function, valid: Valid) -> None:
    for arguments, named in (([*valid(function.name), 1], {}), (valid(function.name), {"unknown": 1})):
        with pytest.raises(TypeError, match=function.name):
            function.call(*arguments, **named)


# Blank


@pytest.mark.parametrize(("function", "place"), ARGUMENTS)
def test_blank_is_missing(function: Function, place: int, valid: Valid) -> None:
    arguments, argument = valid(function.name), function.arguments[place]
    blanks = [*BLANKS, [[None]], [[""]]] + ([[[None], [""]]] if argument.kind == RANGE else [])
    outcomes = [outcome(function, changed(arguments, place, blank)) for blank in blanks]
    assert all(other == outcomes[0] for other in outcomes)
    if not argument.optional:
        error = refusal(function, changed(arguments, place, None))
        assert error.code == "missing"
        assert argument.name in str(error)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_optional_arguments_may_be_left_out(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    for given_ in range(len(arguments)):
        blank = [None] * (len(arguments) - given_)
        assert outcome(function, arguments[:given_]) == outcome(function, [*arguments[:given_], *blank])


# Wrong cells


@pytest.mark.parametrize(("function", "place"), ARGUMENTS)
def test_wrong_cells_are_refused(function: Function, place: int, valid: Valid) -> None:
    arguments, argument = valid(function.name), function.arguments[place]
    numbers = takes_numbers(argument, arguments[place])
    wrong = WRONG.get(argument.kind) or (NO_NUMBERS if numbers else [NAN, INF, True])
    for value in wrong:
        error = refusal(function, changed(arguments, place, with_one_cell(argument, arguments[place], value)))
        assert argument.name in str(error), value


@pytest.mark.parametrize(("function", "place"), ARGUMENTS)
def test_bounds(function: Function, place: int, valid: Valid) -> None:
    arguments, argument = valid(function.name), function.arguments[place]
    beyond = [] if argument.above is None else [argument.above]
    beyond += [] if argument.minimum is None else [argument.minimum - 1e-9]
    beyond += [] if argument.maximum is None else [argument.maximum + 1e-9]
    for value in beyond:
        error = refusal(function, changed(arguments, place, value))
        assert argument.name in str(error) and "must be" in str(error)
        assert str(argument.unit_label) in str(error)


@pytest.mark.parametrize(("function", "place"), ARGUMENTS)
def test_extremes_give_a_number_or_a_sentence(function: Function, place: int, valid: Valid) -> None:
    arguments, argument = valid(function.name), function.arguments[place]
    for value in [*EXTREMES, "text", "1e308", [], [[]], [[], []], [[1], [1, 2]], [[[1]]]]:
        outcome(function, changed(arguments, place, value))
        if argument.kind == RANGE and not isinstance(value, list):
            outcome(function, changed(arguments, place, in_first_cell(arguments[place], value)))


@pytest.mark.parametrize(("function", "place"), ARGUMENTS)
def test_texts_of_numbers(function: Function, place: int, valid: Valid) -> None:
    arguments, argument = valid(function.name), function.arguments[place]
    if not takes_numbers(argument, arguments[place]):
        return
    first = (
        arguments[place] if argument.kind == NUMBER else next(c for r in arguments[place] for c in r if c is not None)
    )
    texts = {
        "1,234.5": 1234.5,
        "１２３": 123,
        " +7 ": 7,
        "1e-2": 0.01,
        ".5": 0.5,
        "１，２３４．５": 1234.5,
        f"{first:,}": first,
    }
    for text, value in texts.items():
        read, plain = (
            outcome(function, changed(arguments, place, with_one_cell(argument, arguments[place], v)))
            for v in (text, float(value))
        )
        # A score table shows its values as they were typed.
        assert read == plain or (
            function.name == "JWDT_SCORE_TABLE" and [row[4:] for row in read] == [row[4:] for row in plain]
        )


@pytest.mark.parametrize(("function", "place"), ARGUMENTS)
@settings(max_examples=25)
@given(data=st.data())
def test_anything_at_all(function: Function, place: int, valid: Valid, data: st.DataObject) -> None:
    cells = st.one_of(
        st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=20),
        st.sampled_from(["n/a", "不适用", "#N/A", "是", "COD", "正向", "适中", "A", "AR4", 1.0, 0.5]),
    )  # fmt: skip
    value = data.draw(st.one_of(cells, st.lists(st.lists(cells, max_size=4), max_size=4), st.lists(cells, max_size=4)))
    try:
        result = function.call(*changed(valid(function.name), place, value))
    except JwdtError as error:
        for text in error.text:
            assert 0 < len(text) <= LONGEST
    else:
        check_result(result)


# Error values


@pytest.mark.parametrize(("function", "place"), ARGUMENTS)
def test_error_values_come_out_unchanged(function: Function, place: int, valid: Valid) -> None:
    arguments, argument = valid(function.name), function.arguments[place]
    for error in ERROR_VALUES:
        assert function.call(*changed(arguments, place, error)) == error
        assert function.call(*changed(arguments, place, [[error]])) == error
        if argument.kind == RANGE:
            assert function.call(*changed(arguments, place, in_first_cell(arguments[place], error))) == error


@pytest.mark.parametrize("function", BY_CELL)
def test_an_error_value_costs_only_its_cell(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    good = function.call(*arguments)
    result = function.call(*changed(arguments, 0, [[arguments[0]], ["#N/A"], [NAN], [arguments[0]]]))
    assert [result[i] for i in (0, 1, 3)] == [[good], ["#N/A"], [good]]
    assert result[2][0] == str(refusal(function, changed(arguments, 0, NAN)))


# Shapes


@pytest.mark.parametrize("function", BY_CELL)
@pytest.mark.parametrize(("height", "width"), [(1, 3), (3, 1), (2, 3)])
def test_ranges_spill(function: Function, height: int, width: int, valid: Valid) -> None:
    arguments = valid(function.name)
    one = function.call(*arguments)
    spilled = [[one] * width] * height
    ranges = [[[value] * width] * height for value in arguments]
    assert function.call(*ranges) == spilled
    assert function.call(*(tuple(map(tuple, rows)) for rows in ranges)) == spilled
    for place in range(len(arguments)):
        assert function.call(*changed(arguments, place, ranges[place])) == spilled
    # A row, a column and a cell stretch to the largest shape.
    stretched = [
        ranges[0],
        *([[[value]] * height, [[value] * width], [[value]], value][i % 4] for i, value in enumerate(arguments[1:])),
    ]
    assert function.call(*stretched) == spilled


@pytest.mark.parametrize("function", FUNCTIONS)
def test_one_cell_is_a_value(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    result = function.call(*arguments)
    for wrap in (lambda v: [[v]], lambda v: [v], lambda v: ((v,),)):
        wrapped = [v if a.kind == RANGE else wrap(v) for a, v in zip(function.arguments, arguments, strict=True)]
        assert function.call(*wrapped) == result


@pytest.mark.parametrize("function", BY_CELL)
def test_a_wholly_blank_row_stays_blank(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    result = function.call(*([[value], [None], [""], [value]] for value in arguments))
    assert [row[0] for row in result[1:3]] == ["", ""]
    assert result[0] == result[3] == [function.call(*arguments)]


@pytest.mark.parametrize(("function", "place"), ARGUMENTS)
def test_ragged_and_unequal_ranges(function: Function, place: int, valid: Valid) -> None:
    arguments = valid(function.name)
    value = arguments[place][0][0] if function.arguments[place].kind == RANGE else arguments[place]
    if function.by_cell or function.arguments[place].kind == RANGE:
        error = refusal(function, changed(arguments, place, [[value, value], [value]]))
        assert "differ in length" in str(error)
    else:
        error = refusal(function, changed(arguments, place, [[value, value]]))
        assert f"{function.arguments[place].name} must be a single value" in str(error)
    if function.by_cell:
        other = (place + 1) % len(arguments)
        unequal = changed(changed(arguments, place, [[value]] * 2), other, [[arguments[other]]] * 3)
        assert "must have the same shape: 3×1" in str(refusal(function, unequal))


@pytest.mark.parametrize("function", WHOLE)
def test_lists_may_lie_in_rows_columns_and_blocks(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    for width in (1, 2, 4):
        folded = list(arguments)
        for place, argument in enumerate(function.arguments):
            if argument.kind == RANGE:
                cells = [cell for row in arguments[place] for cell in row]
                folded[place] = [cells[i : i + width] for i in range(0, len(cells), width)]
        found = outcome(function, folded)
        if function.name in LISTS:
            assert found == function.call(*arguments)


# Whole columns


def whole_column(cells: list[Any], width: int = 1) -> list[list[Any]]:
    return [*cells, *[[None] * width] * (ROWS_OF_A_SHEET - len(cells))]


@pytest.mark.parametrize("function", BY_CELL)
def test_whole_columns(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    one = function.call(*arguments)
    start = time.process_time()
    assert function.call(*changed(arguments, 0, whole_column([[arguments[0]]] * 3))) == [[one]] * 3
    # Columns with data of different length: as long as the longest, blank below their own end.
    longer, shorter = [[arguments[0]]] * 3, [[arguments[-1]]] * 2
    result = function.call(whole_column(longer), *arguments[1:-1], whole_column(shorter))
    assert result == function.call(longer, *arguments[1:-1], [*shorter, [None]])
    assert result[:2] == [[one]] * 2
    # Beside a range of three rows a column is as long as that.
    assert function.call(longer, *arguments[1:-1], whole_column(shorter)) == result
    assert time.process_time() - start < 5


@pytest.mark.parametrize("function", [p for p in BY_CELL if p.values[0].arguments[-1].optional])
def test_a_blank_whole_column_is_left_out(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    expected = outcome(function, arguments[:-1])
    result = function.call(*([[value]] * 2 for value in arguments[:-1]), whole_column([]))
    assert result == [[str(expected[2]) if isinstance(expected, tuple) else expected]] * 2


@pytest.mark.parametrize("function", WHOLE)
def test_whole_columns_taken_whole(function: Function, valid: Valid) -> None:
    arguments = valid(function.name)
    columns = [
        whole_column(value, len(value[0])) if argument.kind == RANGE else value
        for argument, value in zip(function.arguments, arguments, strict=True)
    ]
    start = time.process_time()
    assert function.call(*columns) == function.call(*arguments)
    last = max(place for place, argument in enumerate(function.arguments) if argument.kind == RANGE)
    blank = outcome(function, changed(arguments, last, whole_column([])))
    assert blank == outcome(function, changed(arguments, last, None))
    assert time.process_time() - start < 5
