"""Whatever is missing, or no number, in a guide or an assessment: messages say so as people do, never None or nan."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.errors import JwdtError, Refused
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.messages import Text
from jwdt_xl.standard.guide import from_dict

from ..functions.conftest import VALID
from ..standard.own import fitting, own_data, own_guide
from ..workbook.cases import BILLED, FULL, PLAIN

PYTHON = re.compile(r"\bNone\b|\bnan\b|\bTrue\b|\bFalse\b|<[\w.]+ object")
Data = dict[str, Any]
GONE = object()


def paths(data: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Of every value; of the rows of a list those of the first two."""
    items = data.items() if isinstance(data, dict) else enumerate(data[:2]) if isinstance(data, list) else ()
    for key, value in items:
        yield (*before, key)
        yield from paths(value, (*before, key))


def without(data: Data, path: tuple[Any, ...], value: object) -> Data:
    """A copy with another value there, or with none."""
    found = copy.deepcopy(data)
    *parents, last = path
    holder: Any = found
    for key in parents:
        holder = holder[key]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return found


def _guide(data: Data) -> list[Text]:
    from_dict(data)
    return []


def _assessed(data: Data) -> list[Text]:
    return [finding.text for finding in evaluate(read(data)).findings]


def _by_own_guide(data: Data) -> list[Text]:
    return [finding.text for finding in evaluate(read(data, own_guide()), own_guide()).findings]


def said(by: Callable[[Data], list[Text]], data: Data) -> list[Text]:
    try:
        return by(data)
    except Refused as refused:
        return [finding.text for finding in refused.findings]
    except JwdtError as error:
        return [error.text]


@pytest.mark.parametrize(
    ("data", "by"),
    [(own_data(), _guide), (FULL, _assessed), (BILLED, _assessed), (fitting(PLAIN), _by_own_guide)],
    ids=["guide", "assessment", "bills", "own guide"],
)
def test_messages_about_what_is_missing(data: Data, by: Callable[[Data], list[Text]]) -> None:
    told = 0
    for path in paths(data):
        for value in (None, math.nan, [None], GONE):
            for text in said(by, without(data, path, value)):
                assert not PYTHON.search(" ".join(text)), (path, value)
                told += 1
    assert told > 100


def test_a_number_that_is_not_there_has_no_digits() -> None:
    text = Text("须为数字，实为“{v}”，合计 {t:.2f}", "must be a number, got “{v}”, sum {t:.2f}")
    assert text.fill(v=None, t=None) == ("须为数字，实为“空白”，合计 空白", "must be a number, got “blank”, sum blank")
    assert text.fill(v=math.nan, t=math.nan).en == "must be a number, got “NaN”, sum NaN"
    assert text.fill(v=[None, "x"], t=2).zh == '须为数字，实为“[null, "x"]”，合计 2.00'


@pytest.mark.parametrize(
    "value", [None, math.nan, [[None]], [[math.nan]]], ids=["none", "nan", "range", "range of nan"]
)
def test_cell_functions(value: object) -> None:
    told = 0
    for name, arguments in VALID.items():
        for i in range(len(arguments)):
            try:
                CATALOGUE[name].call(*arguments[:i], value, *arguments[i + 1 :])
            except JwdtError as error:
                assert not PYTHON.search(" ".join(error.text)), (name, i)
                told += 1
    assert told > 40
