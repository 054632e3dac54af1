"""Typing into the portable template in the real LibreOffice: wrong input never becomes a smaller number.

What cannot be read makes its sums and the total blank, and the row's status says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jwdt_xl.messages import Text
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import Layout
from jwdt_xl.workbook.columns import status

from ..office import ErrorValue, Office
from .cases import BILLED, PLAIN, changed, water
from .compare import OfficeTemplate, recorded
from .places import at

pytestmark = pytest.mark.xdist_group("office")

Data = dict[str, Any]
LANGUAGE = "zh"
#: An enterprise with everything that may go wrong in it, and nothing wrong.
SOUND: Data = changed(
    PLAIN,
    {
        "pollutants": [
            *PLAIN["pollutants"],
            water("pH", 1000, 900, "t wastewater", parameter=4),
            water("色度", 1000, 900, "t wastewater", parameter=90, limit=80),
            water("总氮", 10, 9),
            water("总磷", 10, 9),
        ],
        "own_equivalents": [
            {"medium": "water", "pollutant": "总氮", "value": 0.8, "unit": "kg", "source": "自测"},
            {"medium": "water", "pollutant": "总磷", "value": 0.3, "unit": "kg", "source": "自测"},
        ],
        "energy": [*PLAIN["energy"], {"energy": "天然气", "unit": "m3", "base": 9, "report": 8, "coefficient": 1.2}],
        "products": [{"name": "甲", "unit": "t", "base": 100, "report": 110}],
    },
)
BILLS: Data = changed(BILLED, {"products": SOUND["products"]})
#: What each table's rows add up to.
SUMS = {
    "products": ["output"],
    "activity": ["co2e", "primary_tce", "nonfossil_tce"],
    "pollutants": ["equivalents"],
    "own_equivalents": ["equivalents"],
    "greenhouse": ["co2e"],
    "energy": ["primary_tce", "nonfossil_tce"],
    "materials": ["material_kg"],
    "residual_energy": ["residual_kj"],
}


class Wrong(NamedTuple):
    """A cell typed wrong: where, what, and the status of the row (of which table, if another)."""

    table: str
    row: int
    field: str
    value: Any
    status: Text
    seen_in: tuple[str, int] | None = None


def _wrong() -> Iterator[Wrong]:
    number, unit, unknown = status.WRONG_NUMBER, status.WRONG_UNIT, status.UNKNOWN
    tables = ("products", "activity", "pollutants", "greenhouse", "energy", "materials", "residual_energy")
    for table in tables:
        for value in ("很多", "1,234吨", "12 000", "１２", "-", -1, -0.001, 1e31):
            yield Wrong(table, 0, "base" if value != "-" else "report", value, number)
        yield Wrong(table, 0, "unit", None, status.INCOMPLETE)
    for table, impossible in (
        ("activity", "人"), ("activity", "m3"), ("pollutants", "GJ"), ("pollutants", "Mg"), ("pollutants", "*"),
        ("pollutants", "t wastewater"), ("greenhouse", "m3"), ("greenhouse", "mG"), ("energy", "m3"), ("energy", "kJ"),
        ("materials", "m3"), ("materials", "?g"), ("residual_energy", "t"), ("residual_energy", "k*"),
    ):  # fmt: skip
        yield Wrong(table, 0, "unit", impossible, unit)
    for table, field in (("pollutants", "pollutant"), ("greenhouse", "gas"), ("energy", "energy")):
        for name in ("没有此物", "*", "?", "C*", "~*", "|", "化学需氧量|COD"):
            yield Wrong(table, 0, field, name, unknown)
        yield Wrong(table, 0, field, None, status.INCOMPLETE)
    for table, row, field in (
        ("pollutants", 0, "medium"), ("greenhouse", 0, "category"), ("greenhouse", 0, "biomass"), ("energy", 0, "feedstock"),
        ("energy", 0, "non_fossil"), ("energy", 1, "origin"), ("activity", 0, "kind"), ("activity", 1, "origin"),
        ("activity", 0, "biomass"), ("activity", 0, "feedstock"), ("activity", 0, "non_fossil"),
    ):  # fmt: skip
        for answer in ("也许", "*", 1):
            yield Wrong(table, row, field, answer, status.WRONG_ANSWER)
    yield Wrong("pollutants", 0, "medium", "大气", unknown)
    yield Wrong("pollutants", 0, "quality", 9, number)
    # pH, colour
    yield Wrong("pollutants", 2, "parameter", 14.5, number)
    yield Wrong("pollutants", 2, "parameter", "酸", number)
    yield Wrong("pollutants", 2, "parameter", -1, number)
    yield Wrong("pollutants", 2, "parameter", None, status.LACKING)
    yield Wrong("pollutants", 3, "parameter", None, status.LACKING)
    yield Wrong("pollutants", 3, "limit", None, status.LACKING)
    yield Wrong("pollutants", 3, "limit", 0, number)
    yield Wrong("pollutants", 3, "limit", -5, number)
    # Own equivalent values: the row of the pollutant says that its unit does not fit
    # (without a value or under another name, that of row 0 is recorded and not counted, which is no error).
    for value in (0, -1, "0.8kg", 1e31):
        yield Wrong("own_equivalents", 0, "value", value, unit, ("pollutants", 4))
        yield Wrong("own_equivalents", 1, "value", value, unit, ("pollutants", 5))
    yield Wrong("own_equivalents", 1, "value", None, unit, ("pollutants", 5))
    yield Wrong("own_equivalents", 0, "unit", "GJ", unit, ("pollutants", 4))
    yield Wrong("own_equivalents", 1, "unit", "head", unit, ("pollutants", 5))
    yield Wrong("own_equivalents", 0, "pollutant", "总磷", unit, ("pollutants", 5))
    yield Wrong("own_equivalents", 0, "pollutant", "pH", unit, ("pollutants", 2))
    # Energy
    yield Wrong("energy", 1, "origin", None, status.NO_ORIGIN)
    yield Wrong("energy", 0, "origin", "绿证", status.WRONG_ORIGIN)
    yield Wrong("energy", 1, "coefficient", 0.3, number)
    yield Wrong("energy", 1, "net_calorific_value", 3600, number)
    yield Wrong("energy", 3, "coefficient", None, status.NO_COEFFICIENT)
    yield Wrong("energy", 3, "coefficient", 1.5, status.NO_COEFFICIENT)
    yield Wrong("energy", 0, "coefficient", 0, number)
    yield Wrong("energy", 0, "net_calorific_value", 0, number)
    yield Wrong("energy", 3, "net_calorific_value", 38931, number)
    yield Wrong("energy", 0, "coefficient", "0.7", number)
    # Bills
    yield Wrong("activity", 1, "origin", None, status.NO_ORIGIN)
    yield Wrong("activity", 0, "origin", "绿证", status.WRONG_ORIGIN)
    yield Wrong("activity", 0, "name", None, status.INCOMPLETE)
    yield Wrong("activity", 3, "name", None, status.INCOMPLETE)
    for name in ("没有此物", "*", "烟?"):
        yield Wrong("activity", 0, "name", name, status.NO_FACTOR)
        yield Wrong("activity", 3, "name", name, status.NO_PROCESS_FACTOR)
    yield Wrong("activity", 1, "factor_series", "火星", status.NO_FACTOR)
    yield Wrong("activity", 1, "factor_series", "*", status.NO_FACTOR)
    yield Wrong("activity", 1, "factor_year", 1999, status.NO_FACTOR)
    yield Wrong("activity", 1, "factor_year", "2022年", number)
    yield Wrong("activity", 1, "factor_year", 20222, number)
    yield Wrong("activity", 1, "coefficient", 0.3, number)
    yield Wrong("activity", 0, "oxidation", 195, number)  # up to 100 it is read in %
    yield Wrong("activity", 0, "carbon_content", 27, number)
    yield Wrong("activity", 0, "net_calorific_value", 0, number)
    yield Wrong("activity", 0, "coefficient", 0, number)
    yield Wrong("activity", 0, "emission_factor", "2.1t", number)
    # Products
    yield Wrong("products", 0, "name", None, status.INCOMPLETE)
    yield Wrong("products", 0, "factor", -1, number)
    yield Wrong("products", 0, "factor", "一半", number)


class Typing:
    """The template in LibreOffice with an enterprise in it, into which single cells are typed."""

    def __init__(self, office: Office, path: Path) -> None:
        self.template = OfficeTemplate(office, path, LANGUAGE)
        self.layout: Layout = self.template.layout
        self.book = self.template.book
        self._data: Data | None = None

    def fill(self, data: Data) -> None:
        if data is not self._data:
            self.template.type(recorded(data, LANGUAGE))
            self._data = data

    def address(self, table: str, row: int, key: str) -> str:
        t = self.layout.tables[table]
        sheet, _, area = self.layout.range(t.sheet, t.first, t.last, t.column(key)).partition("!")
        letters = area.split("$")[1]
        return f"{sheet}.{letters}{t.first + 1 + row}"

    def result(self, name: str) -> Any:
        return self.book.get(f"out_{name}")

    def status(self, table: str, row: int) -> Any:
        return self.book.get(self.address(table, row, "status"))

    def typed(self, place: str, value: Any) -> Callable[[], None]:
        """Type a value as a program that ignores drop-downs would paste it; gives how to undo it."""
        before = self.book.get(place)
        self.book.set(place, float(value) if isinstance(value, int) else value)
        self.book.recalculate()
        return lambda: self.book.set(place, before)


@pytest.fixture(scope="module")
def typing(office: Office, workbook: Callable[..., Path]) -> Iterator[Typing]:
    opened = Typing(office, workbook(language=LANGUAGE))
    yield opened
    opened.book.close()


def blank(value: Any) -> bool:
    return value is None or value == ""


def test_the_sound_enterprises_have_a_total(typing: Typing) -> None:
    for data in (SOUND, BILLS):
        typing.fill(data)
        assert isinstance(typing.result("total"), float)
        for table in SUMS:
            for i in range(len(data.get(table, []))):
                if table != "own_equivalents":
                    assert typing.status(table, i) == status.OK.zh


@pytest.mark.parametrize(
    "wrong", list(_wrong()), ids=lambda w: f"{w.table}[{w.row}].{w.field}={w.value!r}".replace("/", "÷")
)
def test_a_cell_typed_wrong(wrong: Wrong, typing: Typing) -> None:
    typing.fill(BILLS if wrong.table == "activity" else SOUND)
    undo = typing.typed(typing.address(wrong.table, wrong.row, wrong.field), wrong.value)
    try:
        table, row = wrong.seen_in or (wrong.table, wrong.row)
        assert typing.status(table, row) == wrong.status.zh
        periods = {"base": ["base"], "report": ["report"]}.get(wrong.field, ["base", "report"])
        for quantity in SUMS[wrong.table]:
            if (quantity, wrong.row) == ("nonfossil_tce", 0) and wrong.status is None:
                continue
            for period in periods:
                assert blank(typing.result(f"{quantity}_{period}")), f"{quantity} of the {period} period"
        assert blank(typing.result("total"))
    finally:
        undo()


FIELDS = [
    ("in_output_value_report", "很多", "value_10k_report"),
    ("in_output_value_report", -5, "value_10k_report"),
    ("in_output_value_report", 1e31, "value_10k_report"),
    ("in_output_value_unit", "kg", "value_10k_report"),
    ("in_output_value_unit", "*", "value_10k_base"),
    ("in_output_value_unit", "美元", "value_10k_report"),
    ("in_benchmarks_3_value", 0, "score_3"),
    ("in_benchmarks_3_value", -1, "score_3"),
    ("in_benchmarks_3_value", 1e31, "score_3"),
    ("in_benchmarks_3_value", "600kg", "score_3"),
    ("in_weights_1", 0.15, "weight_1"),
    ("in_weights_9", "一", "weight_9"),
    ("in_policy_recommended", "也许", "score_8"),
    ("in_policy_elimination_list", "不知道", "score_8"),
    ("in_management_established", "部分", "score_9"),
    ("in_management_effective", 1, "score_9"),
]


@pytest.mark.parametrize(("name", "value", "result"), FIELDS, ids=lambda value: str(value))
def test_a_question_answered_wrong(name: str, value: Any, result: str, typing: Typing) -> None:
    typing.fill(SOUND)
    undo = typing.typed(name, value)
    try:
        assert blank(typing.result(result))
        assert blank(typing.result("total"))
    finally:
        undo()


@pytest.mark.parametrize(("value", "expected"), [("很多", None), (-1, None), (1e31, None), (0, 0.0)])
def test_the_output_typed(value: Any, expected: Any, typing: Typing) -> None:
    typing.fill(PLAIN)
    undo = typing.typed("in_output_report", value)
    try:
        found = typing.result("output_report")
        assert found == expected or (expected is None and blank(found))
        assert blank(typing.result("total"))
    finally:
        undo()


WEIGHTS: dict[str, list[Any]] = {
    "they sum to 0.9": [0.05, 0.1, 0.1, 0.15, 0.12, 0.1, 0.08, 0.1, 0.1],
    "one is negative": [0.35, -0.1, 0.1, 0.15, 0.12, 0.1, 0.08, 0.1, 0.1],
    "one is missing": [0.15, 0.1, 0.1, 0.15, 0.12, 0.1, 0.08, 0.2, None],
    "one is a text": [0.15, 0.1, 0.1, 0.15, 0.12, 0.1, 0.08, 0.1, "0.1"],
    "a first level has none": [0.25, 0.2, 0.1, 0.15, 0.12, 0.1, 0.08, 0, 0],
}


@pytest.mark.parametrize("why", WEIGHTS)
def test_own_weights_typed_wrong(why: str, typing: Typing) -> None:
    typing.fill(SOUND)
    place = at("weights.1", typing.layout).replace("!", ".")
    try:
        typing.book.set(place, [[weight] for weight in WEIGHTS[why]])
        typing.book.recalculate()
        assert all(blank(typing.result(f"weight_{code}")) for code in "123456789")
        for result in ("total", "score_so_far", "coverage", "first_level_target"):
            assert blank(typing.result(result)), result
    finally:
        typing.book.set(place, [[None]] * 9)


def test_a_first_level_that_is_wholly_not_applicable(typing: Typing) -> None:
    typing.fill(SOUND)
    undo = [typing.typed(f"in_not_applicable_{code}", "本行业没有") for code in "89"]
    try:
        assert blank(typing.result("total"))
        assert blank(typing.result("score_so_far"))
    finally:
        for restore in undo:
            restore()


def test_a_blank_reason_is_no_reason(typing: Typing) -> None:
    typing.fill(SOUND)
    undo = typing.typed("in_not_applicable_7", "  ")
    try:
        assert typing.result("weight_7") == pytest.approx(0.08)
    finally:
        undo()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gwp_set", "AR7"), ("gwp_set", "AR*"), ("synergy_basis", "都行"), ("moderate_score", "平均"), ("organic_overlap", "随便"),
        ("equivalent_media", "土壤"), ("fuel_table", "C"), ("electricity_coefficient", 3), ("electricity_coefficient", "0.1229"),
        ("grid_nonfossil_share", 50), ("grid_nonfossil_share", -0.1), ("score_cap", 0.5), ("score_cap", "无"),
    ],
)  # fmt: skip
def test_an_option_typed_wrong(name: str, value: Any, typing: Typing) -> None:
    """It is no option, and no other one is taken for it: what depends on it is an error or blank, never a number."""
    assert name in {option for option in builtin().options}
    typing.fill(BILLS if name == "fuel_table" else SOUND)
    undo = typing.typed(f"in_options_{name}", value)
    try:
        assert typing.book.get(f"opt_{name}") == ErrorValue("#N/A")
        total = typing.result("total")
        assert blank(total) or isinstance(total, ErrorValue)
    finally:
        undo()


def test_what_is_typed_is_what_is_read(office: Office, workbook: Callable[..., Path], tmp_path: Path) -> None:
    """An enterprise typed into the empty template and saved by LibreOffice is read as its data."""
    from jwdt_xl.assessment.read import read as read_data
    from jwdt_xl.workbook import read

    template = OfficeTemplate(office, workbook(language=LANGUAGE), LANGUAGE)
    template.type(recorded(SOUND, LANGUAGE))
    saved = template.book.save(tmp_path / "typed.xlsx")
    template.book.close()
    assert read_data(read(saved).data) == read_data(SOUND)
