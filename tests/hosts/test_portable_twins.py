"""The plain formulas of the portable edition against the functions they stand for, call by call.

A twin is a formula of workbook/portable.py with its names put in the cells of a row; ironcalc and LibreOffice compute it.
The calls are those of the one table, as far as a template lets them in (it refuses wrong inputs before a formula sees
them), and more of the valid kind. The functions that look up names (equivalents, gases, fuels, energies) have their
twins in several cells of a table; whole workbooks of them are compared in tests/workbook.
"""

from __future__ import annotations

import functools
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.guide.benchmarks import Benchmark
from jwdt_xl.standard.guide.options import DEFAULTS
from jwdt_xl.standard.measures import MEASURES
from jwdt_xl.workbook.columns.portable import Formulas
from jwdt_xl.workbook.layout import Layout
from jwdt_xl.workbook.lists import Lists

from ..office import Office
from ..workbook.compare import in_ironcalc, in_office

pytestmark = pytest.mark.xdist_group("office")

GUIDE = builtin()
LAYOUT = Layout(GUIDE)
FORMULAS = Formulas(LAYOUT, Lists(LAYOUT))
NODES = {node.formula: node for node in GUIDE.indicators}
#: Errors that a cell can be made to hold in every program.
ERRORS = {"#N/A": "=NA()", "#DIV/0!": "=1/0"}
MORE = 12


class Twin(NamedTuple):
    """The names of the arguments' cells, the formulas in between, and the formula of the result."""

    arguments: tuple[str, ...]
    formula: str
    between: tuple[tuple[str, str], ...] = ()
    #: Cells that are the same in every row.
    constants: tuple[tuple[str, Any], ...] = ()
    #: Whether an error in an argument comes out; elsewhere the cell of the state stands before the formula.
    errors_come_out: bool = True


def ratio(formula: str) -> Twin:
    node = NODES[formula]
    return Twin(tuple(f"out_{key}_report" for key in node.needs), FORMULAS.quotient(node))


_AMOUNTS = tuple(f"out_{key}_{period}" for key in ("equivalents", "co2e", "output") for period in ("base", "report"))
_RATES = (
    ("out_rate_pollutants", FORMULAS.rate_pollutants()),
    ("out_rate_carbon", FORMULAS.rate_carbon()),
    ("out_synergy_case", FORMULAS.synergy_case()),
)
_BASIS = ("opt_synergy_basis", FORMULAS.option("synergy_basis", "per_product").strip('"'))
_SYNERGY = NODES["synergy"]
_FLOOR = ("opt_synergy_floor", DEFAULTS["synergy_floor"])
_MEASURED = ("opt_moderate_score", "opt_synergy_floor", "opt_full_rate", "opt_carbon_equivalents")
_SCORES = tuple(f"out_score_{node.code}" for node in GUIDE.indicators)
_WEIGHTS = tuple(f"out_weight_{node.code}" for node in GUIDE.indicators)
_WEIGHTED = tuple((f"out_weighted_{node.code}", FORMULAS.weighted(node)) for node in GUIDE.indicators)


#: The twin has the guide's limit in it.
LIMITS = {"positive limit": 1.0, "negative limit": 7.0}


def single(kind: str) -> Twin:
    node = next(node for node in GUIDE.indicators if node.attribute == kind.split()[0])
    if kind in LIMITS:
        node = node._replace(benchmark=Benchmark(4.0, limit=LIMITS[kind]))
    value, benchmark = f"out_value_{node.code}", f"out_benchmark_{node.code}"
    return Twin((value, benchmark, "attribute", "opt_score_cap", "limit"), FORMULAS.indicator_score(node))


#: For each function with a formula of its own: its twin, or one for each kind of call.
TWINS: dict[str, dict[str, Twin]] = {
    **{f"JWDT_{formula.upper()}": {"": ratio(formula)} for formula in NODES if formula in (
        "equivalent_intensity", "carbon_intensity", "carbon_productivity", "nonfossil_share", "material_intensity",
        "residual_energy_intensity",
    )},
    "JWDT_SYNERGY": {"": Twin(_AMOUNTS, FORMULAS.synergy(_SYNERGY), _RATES, (_BASIS, _FLOOR), False)},
    "JWDT_SYNERGY_SCORE": {measure.name: Twin(
        (*_AMOUNTS, *_MEASURED), FORMULAS.indicator_score(_SYNERGY), (*_RATES, ("out_value_1", FORMULAS.synergy(_SYNERGY))), (_BASIS,), False,
    ) for measure in MEASURES},
    "JWDT_INDICATOR_SCORE": {name: single(name) for name in ("positive", "negative", "qualitative", *LIMITS)},
    "JWDT_POLICY": {"": Twin(("in_policy_recommended", "in_policy_elimination_list"), FORMULAS.policy(NODES["policy"]))},
    "JWDT_MANAGEMENT": {"": Twin(("in_management_established", "in_management_effective"), FORMULAS.management(NODES["management"]))},
    "JWDT_SCORE": {"": Twin((*_SCORES, *_WEIGHTS), FORMULAS.total(), (*_WEIGHTED, ("out_score_so_far", FORMULAS.score_so_far())), (), False)},
    "JWDT_COVERAGE": {"": Twin((*_SCORES, *_WEIGHTS), FORMULAS.coverage(), _WEIGHTED, (), False)},
}  # fmt: skip


@functools.cache
def table() -> tuple[Any, ...]:
    return tuple(sys.modules["host_calls"].table())


def calls_of(name: str, kind: str) -> Iterator[list[Any]]:
    """The arguments of the calls: those of the table that a template would let in, and more valid ones."""
    chance = random.Random(f"{name} {kind}")
    if name in ("JWDT_SCORE", "JWDT_COVERAGE"):
        for place in range(MORE):
            scores = [chance.choice([0.0, 100.0, chance.uniform(0, 100)]) for _ in _SCORES]
            yield [*(None if place % 3 == 2 and chance.random() < 0.3 else s for s in scores), *GUIDE.weights]
        return
    if name == "JWDT_POLICY":
        yield from ([r, e] for r in ("是", "部分", "否") for e in ("是", "否"))
        return
    if name == "JWDT_MANAGEMENT":
        yield from (["是", "是"], ["是", "否"], ["否", "否"], ["否", "是"])
        return
    valid = list(sys.modules["host_calls"].VALID[name])
    if name == "JWDT_INDICATOR_SCORE":
        attribute = kind.split()[0]
        bounds = {"positive": (3.0, 4.0), "negative": (5.0, 4.0), "qualitative": (0.5, None)}[attribute]
        valid = [*bounds, attribute, 1.0, LIMITS.get(kind)]
        if kind in LIMITS:
            for place in range(MORE):  # the cap does not lift them
                yield [chance.uniform(0, 10), *valid[1:3], 1.0 + place % 2, valid[-1]]
            return
    if name == "JWDT_SYNERGY_SCORE":
        valid[len(_AMOUNTS)] = FORMULAS.option("moderate_score", kind).strip('"')
        for lacking in (-1, -2):  # the numbers without a default
            yield [None if place == len(valid) + lacking else value for place, value in enumerate(valid)]
    yield valid
    for call in table():
        fits = call.name == name and len(call.arguments) == len(valid) and kind in ("", "positive")
        fits = fits and TWINS[name][kind].errors_come_out and not call.what.startswith(("attribute", "limit"))
        if fits and isinstance(call.expected, str) and call.expected in ERRORS:
            yield [kind or a if a == "正向" else a for a in call.arguments]
    kept = 2 if name == "JWDT_INDICATOR_SCORE" else 1  # cap and limit
    for _ in range(MORE):
        yield [
            a * chance.choice([1, chance.uniform(0.1, 1 if kind == "qualitative" else 3)])
            if isinstance(a, (int, float))
            else a
            for a in valid[:-kept]
        ] + valid[-kept:]


def expected(name: str, arguments: list[Any]) -> Any:
    """What the function gives; None where it refuses."""
    if name in ("JWDT_SCORE", "JWDT_COVERAGE"):
        count = len(_SCORES)
        arguments = [[[cell] for cell in arguments[:count]], [[cell] for cell in arguments[count:]]]
    try:
        return CATALOGUE[name].call(*arguments)
    except JwdtError:
        return None


class Row(NamedTuple):
    name: str
    kind: str
    arguments: list[Any]
    expected: Any
    at: tuple[str, int, int]


def in_row(formula: str, columns: dict[str, int], row: int) -> str:
    """A formula with its names and ranges put in the cells of a row."""
    for key, names in (("score", _SCORES), ("weight", _WEIGHTS), ("weighted", tuple(n for n, _ in _WEIGHTED))):
        if names[0] in columns:
            first, last = (xl_col_to_name(columns[name]) for name in (names[0], names[-1]))
            formula = formula.replace(LAYOUT.indicator_range(key), f"${first}{row + 1}:${last}{row + 1}")
    return re.sub(r"\b(?:out|opt|in)_\w+", lambda found: f"${xl_col_to_name(columns[found[0]])}{row + 1}", formula)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    """A sheet per twin, a row per call."""
    path, rows = tmp_path_factory.mktemp("twins") / "twins.xlsx", []
    with xlsxwriter.Workbook(path) as book:
        for name, kinds in TWINS.items():
            for kind, twin in kinds.items():
                sheet = book.add_worksheet(f"{name.removeprefix('JWDT_')[:15]} {kind}".strip())
                names = [*twin.arguments, *(n for n, _ in twin.constants), *(n for n, _ in twin.between)]
                columns = {found: place for place, found in enumerate(names)}
                for r, arguments in enumerate(calls_of(name, kind)):
                    given = [*arguments, *(value for _, value in twin.constants)]
                    for c, value in enumerate(given):
                        if value in ERRORS:
                            sheet.write_formula(r, c, ERRORS[str(value)])
                        elif value is not None:
                            sheet.write(r, c, value)
                    for between, formula in twin.between:
                        sheet.write_formula(r, columns[between], "=" + in_row(formula, columns, r))
                    sheet.write_formula(r, len(names), "=" + in_row(twin.formula, columns, r))
                    rows.append(Row(name, kind, arguments, expected(name, arguments), (sheet.name, r, len(names))))
    return path, rows


def wrong(rows: list[Row], found: Callable[[Row], Any]) -> list[str]:
    """Rows where the formula says something else than the function."""
    same = sys.modules["host_calls"].same
    listed = []
    for row in rows:
        got, want = found(row), row.expected
        # where the function refuses the template shows no number either
        no_number = want is None and not isinstance(got, (int, float))
        if not (no_number or same(str(got) if want in ERRORS else got, want)):
            listed.append(f"{row.name} {row.kind} {row.arguments}: function {want!r}, formula {got!r}")
    return listed


def test_every_kind_of_call_is_there(written: tuple[Path, list[Row]]) -> None:
    _, rows = written
    for name in TWINS:
        mine = [row.expected for row in rows if row.name == name]
        assert len(mine) >= 4 and any(isinstance(value, float) for value in mine), name
    assert any(row.expected in ERRORS for row in rows)
    assert any(row.expected is None for row in rows)  # a score is missing
    assert any(isinstance(row.expected, str) and row.expected not in ERRORS for row in rows)  # a case in words


def test_ironcalc_gives_what_the_functions_give(written: tuple[Path, list[Row]]) -> None:
    path, rows = written
    values = in_ironcalc(path)
    assert not (found := wrong(rows, lambda row: values[row.at])), "\n".join(found)


def test_libreoffice_gives_what_the_functions_give(written: tuple[Path, list[Row]]) -> None:
    path, rows = written
    with Office(locale="en-US", limit=120) as office:
        values = in_office(office, path)
    assert not (found := wrong(rows, lambda row: values[row.at])), "\n".join(found)
