"""What a search of a sheet's bytes says is what counting and the parser say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.opening import markup, raw

ENDS = ("<v>", "</v>", "<v></v>", "<is>", "</is>", "</c>", "<v", "v>", "x", " ", "<v/>", "</", "/v>")
VALUES = ("", "<v></v>", "<v>1</v>", "<v/>", "<is><t>a</t></is>")
CELLS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sampled_from(["", ' s="7"', ' s="7" t="str"']),
        st.sampled_from(["", "<f>A1</f>", "<f/>", '<f t="shared" si="0"/>', "<v/><f>A1</f>"]),
        st.sampled_from(VALUES),
    ),
    max_size=12,
)


@given(st.lists(st.sampled_from(ENDS), max_size=40))
def test_how_many_cells_have_a_value(pieces: list[str]) -> None:
    part = "".join(pieces).encode()
    assert raw._said(part) == part.count(b"</v>") - part.count(b"<v></v>") + part.count(b"</is>")


@given(CELLS, st.frozensets(st.integers(0, 60), max_size=8))
def test_whether_a_formula_stands_in_some_columns(
    cells: list[tuple[int, str, str, str]], columns: frozenset[int]
) -> None:
    written = [
        f'<c r="{markup.place(row, column)}"{more}>{formula}{"" if formula.startswith("<v/>") else value}</c>'
        if formula or value
        else f'<c r="{markup.place(row, column)}"{more}/>'
        for row, (column, more, formula, value) in enumerate(cells)
    ]
    part = f"<worksheet><sheetData>{''.join(written)}</sheetData></worksheet>".encode()
    found = set()
    markup.cells((part,), lambda cell: found.add(cell.column) if cell.formula is not None else None)
    assert raw._in_columns(part, columns) == bool(found & columns)


@pytest.mark.parametrize(
    "part", [b'<c r="A1"/><c r="B1"><f>1</f></c>', b'<c r="AA1"><f>1</f></c>', b'<c r="A1" s="1"><v>1</v></c><f>']
)
def test_the_formula_of_another_cell_is_none_of_the_column(part: bytes) -> None:
    assert not raw._in_columns(part, frozenset({0}))
