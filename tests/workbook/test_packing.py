"""Packed parts are what was given, whatever came before, and other programs open the container."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from unittest import mock

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl import workbook
from jwdt_xl.workbook import packing
from jwdt_xl.workbook.packing import container, packed

NAMES = st.text("abcXYZ/_.-表", min_size=1, max_size=12)
PARTS = st.dictionaries(NAMES, st.one_of(st.binary(max_size=300), st.binary(max_size=9).map(lambda one: one * 5000)))


@given(PARTS, PARTS)
def test_each_part_comes_out_as_it_went_in(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    before = packed(other.items(), {})
    alone, after = packed(one.items(), {}), packed(one.items(), before)
    assert container(alone) == container(after)
    with zipfile.ZipFile(io.BytesIO(container(after))) as archive:
        assert archive.testzip() is None
        assert [(name, archive.read(name)) for name in archive.namelist()] == list(one.items())
        assert {info.date_time for info in archive.infolist()} <= {(1980, 1, 1, 0, 0, 0)}
        for info in archive.infolist():
            assert info.file_size == len(one[info.filename])
            assert info.compress_size == len(after[info.filename].packed)


@given(st.binary(max_size=5000))
def test_packed_is_what_zlib_unpacks(content: bytes) -> None:
    part = packed([("one", content)], {})["one"]
    assert zlib.decompress(part.packed, -zlib.MAX_WBITS) == content == part.content


def test_only_what_is_the_same_is_not_packed_again() -> None:
    before = packed([("a", b"1"), ("b", b"2")], {})
    with mock.patch.object(packing, "_packed", wraps=packing._packed) as again:
        found = packed([("b", b"2"), ("a", b"3"), ("c", b"1")], before)
    assert [call.args for call in again.call_args_list] == [(b"3",), (b"1",)]
    assert list(found) == ["b", "a", "c"] and found["b"] is before["b"]


def test_a_workbook_opens_where_nothing_is_known_of_how_it_was_packed(tmp_path: Path) -> None:
    workbook.write(tmp_path / "one.xlsx", host="portable", language="en")
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert archive.testzip() is None and archive.namelist()[0] == "[Content_Types].xml"
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    assert openpyxl.load_workbook(tmp_path / "one.xlsx", read_only=True).sheetnames[0] == "How to"
