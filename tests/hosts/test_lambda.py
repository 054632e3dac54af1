"""The functions that travel inside a workbook: the whole table of calls in IronCalc and Formulon, every name in IronCalc.

Excel and WPS are untried. Formulon does not know how files mark an optional parameter: there it is a needed one, given
as a blank cell, so that what happens where it is left out is proved by IronCalc alone.
"""

from __future__ import annotations

import io
import json
import math
import random
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import formulon
import ironcalc
import pytest
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from jwdt_xl.assessment.read import read
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.functions.lambdas.examples import EXAMPLES
from jwdt_xl.messages import LANGUAGES, speaking
from jwdt_xl.standard import energy as energies
from jwdt_xl.standard import equivalents as eq
from jwdt_xl.standard import fuels, greenhouse, power, process, units
from jwdt_xl.standard.names import split
from jwdt_xl.standard.names import table as names_table
from jwdt_xl.workbook import write
from jwdt_xl.workbook.carried import carry, write_functions
from jwdt_xl.workbook.xlsx import File, Xlsx

from ..office import Office

#: How an error value comes into a cell; IronCalc knows no formula that makes the newer ones.
ERRORS = {"#N/A": "=NA()", "#DIV/0!": "=1/0", "#NUM!": "=SQRT(-1)", "#VALUE!": '="x"+1'}
RESULT, CELLS = 1, 30
#: A cell with nothing in it.
_BLANK = "$XFD$1"
RELATIVE = 1e-9
_OFFER = re.compile("(?:；是否为：|; did you mean: ).*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]\d+)?")


def module() -> Any:
    """calls.py, loaded by conftest.py."""
    return sys.modules["host_calls"]


def possible(call: Any) -> bool:
    return not any(error in str(call.arguments) for error in module().NEWER_ERRORS)


def _ironcalc(path: Path) -> Cell:
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    model.evaluate()

    def value(row: int, col: int) -> Any:
        found = model.get_cell_value(0, row + 1, col + 1)
        return "" if found is None else found

    return value


def _formulon(path: Path) -> Cell:
    needed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(needed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"_xlop.", b"_xlpm."))
    book = formulon.Workbook.load(needed.getvalue())
    book.recalc()

    def value(row: int, col: int) -> Any:
        cell = book.get_value(0, row, col)
        if cell.kind == formulon.ValueKind.ERROR:
            return formulon.error_display_name(cell.error_code)
        found = cell.to_python()
        return "" if found is None else found

    return value


#: A workbook computed: what is in a cell of its first sheet.
Cell = Callable[[int, int], Any]
ENGINES = {"ironcalc": _ironcalc, "formulon": _formulon}


def answers(path: Path, calls: list[Any], language: str, engine: Callable[[Path], Cell] = _ironcalc) -> list[Any]:
    """What an engine makes of the calls, each with its arguments in cells, in a workbook that carries the functions."""
    places, row = [], 0
    with speaking(language), Xlsx(File({}), "calls") as book:
        sheet = book.file.add_worksheet("calls")
        for call in calls:
            references, col, height = [], CELLS, 1
            for value in call.arguments:
                rows = value if isinstance(value, list) else [[value]]
                for i, cells in enumerate(rows):
                    for j, cell in enumerate(cells):
                        if isinstance(cell, str):
                            write = sheet.write_formula if cell in ERRORS else sheet.write_string
                            write(row + i, col + j, ERRORS.get(cell, cell))
                        elif cell is not None:
                            sheet.write(row + i, col + j, cell)
                last = (row + len(rows) - 1, col + len(rows[0]) - 1)
                is_range = isinstance(value, list)
                references.append(xl_range(row, col, *last) if is_range else xl_rowcol_to_cell(row, col))
                col, height = col + len(rows[0]) + 1, max(height, len(rows))
            if engine is _formulon:
                references += [_BLANK] * (len(CATALOGUE[call.name].arguments) - len(references))
            formula = f"={call.name}({','.join(references)})"
            sheet.write_dynamic_array_formula(row, RESULT, row, RESULT, formula)
            places.append(row)
            row += max(height, len(call.expected) if isinstance(call.expected, list) else 1) + 1
        carry(book, book.file)
    book.file.save(path)
    value = engine(path)
    found = []
    for call, row in zip(calls, places, strict=True):
        if isinstance(call.expected, list):
            width = len(call.expected[0])
            found.append([[value(row + i, RESULT + j) for j in range(width)] for i in range(len(call.expected))])
        else:
            found.append(value(row, RESULT))
    return found


def same_kind(got: Any, want: Any) -> bool:
    """The same sentence without its offer of similar names, or with a number that is rounded in another way."""
    if isinstance(want, list):
        return isinstance(got, list) and all(
            same_kind(a, b) or module().same(a, b) for a, b in zip(got, want, strict=True)
        )
    if not (isinstance(got, str) and isinstance(want, str)) or got.startswith("#") or want.startswith("#"):
        return False
    plain = [_OFFER.sub("", text) for text in (got, want)]
    numbers = [[float(number) for number in _NUMBER.findall(text)] for text in plain]
    return len({_NUMBER.sub("#", text) for text in plain}) == 1 and numbers[0] == pytest.approx(numbers[1], rel=1e-3)


def counted(calls: list[Any], results: list[Any]) -> tuple[Counter[str], list[str]]:
    """How many are equal or the same kind of error, and those that are neither."""
    kinds: Counter[str] = Counter()
    others = []
    for call, got in zip(calls, results, strict=True):
        kind = (
            "equal" if module().same(got, call.expected) else "same kind" if same_kind(got, call.expected) else "other"
        )
        kinds[kind] += 1
        if kind == "other":
            others.append(f"{call}\n    engine {call.expected!r}\n    name   {got!r}")
    return kinds, others


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_call_of_the_table(engine: str, language: str, tmp_path: Path) -> None:
    with speaking(language):
        calls = module().table()
    there = [call for call in calls if possible(call)]
    kinds, others = counted(there, answers(tmp_path / "calls.xlsx", there, language, ENGINES[engine]))
    print(
        f"\nlambda {engine} {language}: {dict(kinds)}, not possible {len(calls) - len(there)} (no cell holds #SPILL! or #CALC! by a formula)"
    )
    assert not others, "\n".join(others)
    assert kinds["equal"] == len(there) > 30 * len(CATALOGUE)
    assert {call.name for call in there} == set(CATALOGUE)


def call(name: str, *arguments: Any) -> Any:
    return module().Call("", name, list(arguments), module().engine(name, list(arguments)))


def by_name() -> Iterator[Any]:
    """Every name of everything that is looked up, and every name that is refused."""
    names = [name for _, known in eq.named_pollutants() for name in known]
    names += [name for row in names_table("annex_b_refused") for name in split(row["names"])]
    for name in dict.fromkeys(names):
        for medium in (None, "水", "air"):
            yield call("JWDT_EQUIVALENT", name, 10, medium, 9.5, 2)
        yield call("JWDT_EQUIVALENT_VALUE", name, "大气")
    for _, known in greenhouse.named_gases():
        for name in known:
            for chosen in (None, *greenhouse.GWP_SETS):
                yield call("JWDT_CO2E", name, 3, chosen)
    for table in fuels.TABLES:
        for _, known in fuels.named_fuels(table):
            for name in known:
                for chosen in fuels.TABLES:
                    yield call("JWDT_FUEL_CO2", name, 3, None, None, None, chosen)
    for _, known in energies.named_energies():
        for name in known:
            for own in (None, 0.5, 0.75, 3):
                yield call("JWDT_TCE", name, 3, None, own)
            yield call("JWDT_TCE", name, 3, 0.3, None)
    for _, known in power.named_series():
        for name in known:
            for year in (2005, 2012, 2021, 2023, 2031):
                yield call("JWDT_ELECTRICITY_CO2", 1000, year, name)
    for _, known in process.named_processes():
        for name in known:
            yield call("JWDT_PROCESS_CO2", name, 3)
    for unit in units.UNITS:
        for name in (unit.code, *unit.aliases):
            for other in ("kg", "mg", "Mg", "万m3", "kWh", "元", "t wastewater", "级"):
                yield call("JWDT_CONVERT", 7, name, other)


def as_typed() -> Iterator[Any]:
    """Numbers, names and answers as people type them."""
    for text in (
        "1,234.5", "１２３", " 5 ", "1e3", "1E-3", "-2", "+7", "1,23", "5%", "1/2", "12,345,678.9", ".5", "5.", "1,234.", "abc", "",
        " ", "　", "1.2.3", "--1", "1e", "e5", "1,234e2", "0", "1 234", "２．５", "1-2", "12:30", "$5", "TRUE", "1234,567", "0,123",
    ):  # fmt: skip
        yield call("JWDT_HEAT_CO2", text)
        yield call("JWDT_SCORE", [[text], [50]], [[1], [1]])
        yield call("JWDT_BENCHMARK", [[text], [2], [3]], "正向")
    for name in (
        "ＳＯ２",
        "so2",
        " S O 2 ",
        "二氧化硫 ",
        "ｎｏｘ",
        "ＣＯＤ",
        "cod",
        "悬浮物（SS）",
        "PH值",
        "c*d",
        "?",
        "~",
        "二氧化硫?",
    ):
        yield call("JWDT_EQUIVALENT", name, 10, None, 9.5, 2)
    for name in ("CO₂", "ｃｈ４", "hfc–134a", "HFC 134A", "HFC−134a", "N₂O", "x" * 121, 5, True):
        yield call("JWDT_CO2E", name, 1)
    for name in ("m³", "Ｎm³", "MG", "ｋｇ", "10^4 NM3", "万 吨", "KWH"):
        yield call("JWDT_CONVERT", 3, name, "kg")
    for answer in (
        "是",
        "YES",
        "partly",
        "部分",
        "全部",
        "未使用",
        "no",
        1,
        0,
        True,
        False,
        "maybe",
        "Y",
        "n",
        2,
        "有",
    ):
        yield call("JWDT_POLICY", answer, "no")
        yield call("JWDT_POLICY", "是", answer)
        yield call("JWDT_MANAGEMENT", answer, answer)
    for attribute in ("正向指标", "NEGATIVE", " 定性 ", "moderate", "适中", "zheng"):
        yield call("JWDT_INDICATOR_SCORE", 0.5, 2, attribute, None, 0.1)
        yield call("JWDT_INDICATOR_SCORE", 0.5, 2, attribute)
        yield call("JWDT_EXPLAIN", 0.5, 2, attribute, 0.25)
        yield call("JWDT_BENCHMARK", [[1], [2]], attribute)
    for word in ("n/a", "N/A", "不适用", "Not applicable", "ｎ／ａ", " n/a "):
        yield call("JWDT_SCORE", [[word], [50], [60]], [[1], [1], [2]], [["甲"], ["甲"], ["乙"]])
        yield call("JWDT_SCORE", [[word], [50], [60]], [[1], [1], [2]], [["甲"], ["丙"], ["乙"]])
        yield call("JWDT_COVERAGE", [[word], [None], [60]], [[1], [1], [2]], [[1], [1], [2]])
        yield call("JWDT_SCORE", [[word], [50], [60]], [[1], [1], [2]])
        yield call("JWDT_SCORE_TABLE", [[word], [50]], [[1], [60]], [["正向"], ["负向"]], [[1], [2]], [["甲"], ["甲"]])


def at_random(seed: int) -> Iterator[Any]:
    """Numbers of all sizes, signs, blanks and shapes."""
    chance = random.Random(seed)

    def number(blank: float = 0.0, signs: bool = False) -> Any:
        if chance.random() < blank:
            return None
        value = float(f"{10 ** chance.uniform(-4, 6):.6g}")
        return chance.choice([0, value, value, value, value, -value if signs else value, round(value)])

    for _ in range(25):
        for name in CATALOGUE:
            if name.endswith("INTENSITY") or name in ("JWDT_CARBON_PRODUCTIVITY", "JWDT_NONFOSSIL_SHARE"):
                yield call(name, number(signs=True), number(signs=True))
        rates = [number(signs=True) for _ in range(4)]
        for outputs in ([], [number(0.2), number(0.2)]):
            yield call("JWDT_SYNERGY", *rates, *outputs)
            for method in (None, "ratio", "距离", "cosine", "综合降幅", "equivalent_rate", "none"):
                outs = outputs or [None, None]
                yield call(
                    "JWDT_SYNERGY_SCORE",
                    *rates,
                    *outs,
                    method,
                    chance.choice([None, 0, 0.01, 1.5]),
                    chance.choice([None, 0.2]),
                    number(0.3),
                )
        yield call("JWDT_STEAM_GJ", 3, chance.uniform(0.05, 17), chance.choice([None, chance.uniform(90, 700)]))
        yield call("JWDT_WASTEWATER_CH4", number(), chance.choice([None, 0.3]), chance.choice([None, 0.2]), number(0.5))
        attribute = chance.choice(["正向", "负向", "定性"])
        yield call("JWDT_INDICATOR_SCORE", number(), number(0.1), attribute, chance.choice([None, 1.5]), number(0.5))
        size = chance.randint(1, 6)
        judged = [[1.0 if i == j else None for j in range(size)] for i in range(size)]
        for i in range(size):
            for j in range(i):
                judged[i][j] = chance.choice([1, 2, 3, 5, 1 / 2, 1 / 3])
        for name in ("JWDT_AHP_WEIGHTS", "JWDT_AHP_CR"):
            yield call(name, judged)
            yield call(name, [[number(0.3, True) for _ in range(size)] for _ in range(chance.choice([size, size, 3]))])
        scores = [
            [chance.choice([0, 50, 77.7, 100, None, "n/a", 120]) if chance.random() < 0.5 else 80] for _ in range(size)
        ]
        weights, levels = [[number(0.05)] for _ in range(size)], [[chance.choice("甲乙")] for _ in range(size)]
        for name in ("JWDT_SCORE", "JWDT_COVERAGE"):
            yield call(name, scores, weights, levels)
            yield call(name, [[score] for score in chance.choices([0, 50, None, 100, "n/a", 60], k=9)])
        values = [[number(0.2)] for _ in range(size)]
        kinds = [[chance.choice(["正向", "负向", "定性", "适中"])] for _ in range(size)]
        yield call("JWDT_SCORE_TABLE", values, [[number(0.1)] for _ in range(size)], kinds, weights, levels)
        yield call("JWDT_BENCHMARK", values, attribute, chance.choice([None, 0.3, 0.5, 0.9, 1]))
        block = [[number(0.05) for _ in range(3)] for _ in range(size)]
        yield call("JWDT_EXPERT_WEIGHTS", block, chance.choice([None, [[number()] for _ in range(size)]]))
        whole = sum(cell for row in block for cell in row if cell) or 1.0
        parts = [[None if cell is None else cell / whole for cell in row] for row in block]
        turned = [[cell for row in parts for cell in row][::-1][i * 3 : i * 3 + 3] for i in range(size)]
        yield call("JWDT_COMBINED_WEIGHTS", parts, turned, chance.choice([None, 0, 0.3]))
        yield call(
            "JWDT_RANKING_SCORES",
            [chance.choice([[1, 2, 3], [3, None, 1], [None] * 3, [2, 2, 1], [4, 1, 2]]) for _ in range(size)],
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [by_name, as_typed, lambda: at_random(7)], ids=["names", "typed", "random"])
def test_more_calls(made: Any, language: str, tmp_path: Path) -> None:
    with speaking(language):
        calls = list(made())
    kinds, others = counted(calls, answers(tmp_path / "calls.xlsx", calls, language))
    print(f"\nlambda {language}: {dict(kinds)}")
    assert not others, f"{len(others)} of {len(calls)}\n" + "\n".join(others[:30])
    assert kinds["equal"] > 0.97 * len(calls)


def test_huge_numbers_are_never_silent(tmp_path: Path) -> None:
    """Where a result has no room, the cell says so in words or as an error value, and never holds a number."""
    huge = [
        call("JWDT_HEAT_CO2", 1e308, 1e300),
        call("JWDT_CONVERT", 1e305, "亿kWh", "kJ"),
        call("JWDT_CARBON_INTENSITY", 1e307, 0.001),
    ]
    found = answers(tmp_path / "calls.xlsx", huge, "zh")
    assert all(not isinstance(one, (int, float)) or not math.isfinite(one) for one in found), found


@pytest.mark.xdist_group("office")
def test_libreoffice_opens_it_and_computes_it_with_the_add_in(tmp_path: Path, golden: Path) -> None:
    """LibreOffice has no LAMBDA: with the add-in it calls the add-in's functions, without it the calls are errors."""
    path = tmp_path / "cement.xlsx"
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    result = write(path, host="lambda", assessment=read(data))
    write_functions(tmp_path / "functions.xlsx")
    with Office(locale="zh-CN", addin=True) as office:
        book = office.open(path)
        book.recalculate()
        assert book.get("out_total") == pytest.approx(result.total, rel=RELATIVE)
        for indicator in result.indicators:
            assert book.get(f"out_value_{indicator.node.code}") == pytest.approx(indicator.value, rel=RELATIVE)
        book.close()
        book = office.open(tmp_path / "functions.xlsx")
        shown = {row[0]: row[1] for row in book.block("'函数'.C1:D60") if row[0]}
        wanted = {"=" + one.formula(name): one.value(name) for name, one in EXAMPLES.items()}
        found = {formula: shown[formula] for formula in wanted}
        assert [f for f in wanted if not module().same(found[f], wanted[f])] == []
        book.close()
    with Office(locale="zh-CN") as office:
        book = office.open(path)
        assert str(book.get("out_total")) == "Err:508"
        assert book.get("in_enterprise_name") == data["enterprise"]["name"]
        book.close()
