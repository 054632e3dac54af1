"""The formulas of the portable edition compute what the engine does, in LibreOffice and in IronCalc."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.kinds import KINDS as BILL_KINDS
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.result import NOT_APPLICABLE, STATES, Result
from jwdt_xl.standard import energy as energies
from jwdt_xl.standard.greenhouse import CATEGORIES, GWP_SETS
from jwdt_xl.standard.guide import Guide, builtin
from jwdt_xl.standard.guide.options import OPTIONS
from jwdt_xl.standard.indicators import CASES as SYNERGY_CASES
from jwdt_xl.standard.units import BY_CODE
from jwdt_xl.workbook import Layout, write

from ..office import Office
from .cases import KINDS, NAMED_GUIDE, enterprises
from .compare import (
    IroncalcTemplate,
    OfficeTemplate,
    common,
    differences,
    in_ironcalc,
    in_office,
    read_file,
    recorded,
    report,
)
from .conftest import EXAMPLES
from .random_enterprise import has_more_rows, random_enterprise

pytestmark = pytest.mark.xdist_group("office")

Data = dict[str, Any]
LANGUAGES = ("zh", "en")
SEEDS = range(200)
NAMED = enterprises()


def language_of(seed: int) -> str:
    """Both languages for either parity of the seed."""
    return LANGUAGES[seed // 2 % 2]


def assert_file_agrees(office: Office, path: Path, guide: Guide | None = None) -> None:
    expected = read_file(path, guide)
    assert not report(differences(expected, in_ironcalc(path))), "IronCalc"
    assert not report(differences(expected, in_office(office, path, expected))), "LibreOffice"


Typed = Callable[[str, Data], None]


@pytest.fixture(scope="module")
def typed(office: Office, workbook: Callable[..., Path]) -> Iterator[Typed]:
    """Type an enterprise into an empty template in both programs and compare every computed cell."""
    templates: dict[str, list[Any]] = {}
    empty = {language: recorded(None, language) for language in LANGUAGES}

    def compare(language: str, data: Data) -> None:
        if language not in templates:
            path = workbook(language=language)
            templates[language] = [IroncalcTemplate(path, language), OfficeTemplate(office, path, language)]
        expected = common(recorded(data, language), empty[language])
        for template in templates[language]:
            assert not report(differences(expected, template.type(expected))), type(template).__name__

    yield compare
    for _, template in templates.values():
        template.book.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(
    name: str, language: str, office: Office, workbook: Callable[..., Path], example: Callable[[str], Data]
) -> None:
    assert_file_agrees(office, workbook(example(name), language=language))


@pytest.mark.parametrize("name", NAMED)
def test_special_cases(name: str, typed: Typed) -> None:
    typed(LANGUAGES[list(NAMED).index(name) % 2], NAMED[name])


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if not has_more_rows(seed)])
def test_random_enterprises(seed: int, typed: Typed) -> None:
    typed(language_of(seed), random_enterprise(seed))


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if has_more_rows(seed)])
def test_more_rows_than_the_template(seed: int, office: Office, workbook: Callable[..., Path]) -> None:
    data = random_enterprise(seed)
    assert any(len(rows) > 40 for rows in data.values() if isinstance(rows, list))
    assert_file_agrees(office, workbook(data, language=language_of(seed)))


def test_a_guide_of_its_own(office: Office, tmp_path: Path) -> None:
    """Other indicators, other options, values that are entered, and benchmarks that the guide gives."""
    benchmarks = {"y": {"value": 3, "source": "指南"}}
    entered = ({"x": 60, "y": 4.5, "z": 0.5}, {"x": 0, "y": 0}, {"x": 1e-9, "z": 1}, {})
    enterprises = [{**NAMED["synergy"], "benchmarks": benchmarks, "entered": values} for values in entered]
    enterprises[1]["not_applicable"] = {"z": "本行业没有"}
    path = tmp_path / "template.xlsx"
    write(path, guide=NAMED_GUIDE, host="portable")
    templates: list[Any] = [IroncalcTemplate(path, "zh", NAMED_GUIDE), OfficeTemplate(office, path, "zh", NAMED_GUIDE)]
    empty = recorded(None, "zh", NAMED_GUIDE)
    for data in enterprises:
        expected = common(recorded(data, "zh", NAMED_GUIDE), empty)
        for template in templates:
            assert not report(differences(expected, template.type(expected))), type(template).__name__
    write(path, guide=NAMED_GUIDE, host="portable", language="en", assessment=read(enterprises[0], NAMED_GUIDE))
    assert_file_agrees(office, path, NAMED_GUIDE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_do_not_depend_on_the_data(language: str) -> None:
    """So what is typed into an empty template is computed as in a filled workbook. The summary lists findings."""
    empty = recorded(None, language)
    for name in ("plain", "bills", "own weights"):
        filled = recorded(NAMED[name], language)
        same = common(filled, empty).computed
        others = {sheet for sheet, _, _ in set(filled.computed) - set(same)}
        assert others <= {Layout(builtin(), "portable", language).title("summary")}
        assert len(same) > 0.98 * len(filled.computed)


def test_random_enterprises_reach_everything() -> None:
    """What the formulas must be tried on does occur among the random enterprises, each more than once.

    Every boundary of the pH classes is a case of its own (cases.py).
    """
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        seen.update(set(_features(evaluate(random_enterprise(seed)))))
    wanted = [
        *SYNERGY_CASES,
        *(f"{node.code} {state}" for node in builtin().indicators for state in STATES[:2]),
        *(f"{node.code} {NOT_APPLICABLE}" for node in builtin().indicators),
        *(f"{code} not_assessable" for code in "1234567"),
        *(f"no {table}" for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy")),
        *(f"option {o.name} {value}" for o in OPTIONS for value in (o.alternatives or [v for v in (o.minimum, o.default, o.maximum) if not o.listed and (v or not o.above)])),
        *(f"kind {kind}" for kind in KINDS),
        *(f"category {category}" for category in CATEGORIES),
        *(f"energy from {origin}" for origin in energies.ORIGINS),
        *(f"bill {kind}" for kind in BILL_KINDS),
        "total", "own value", "own weights", "left out", "lacking", "negative carbon", "own coefficient", "heat value",
        "steam in t", "standard coal", "unit of a heat value", "carbon as received", "biogenic share", "CH4 recovered",
        "biomass", "feedstock", "products", "more than 40 rows", "another name", "full-width name", "scores above 100",
        *(f"unit {unit}" for unit in ("元", "万元", "亿元")),
    ]  # fmt: skip
    assert [name for name in wanted if seen[name] < 2] == []


def _features(result: Result) -> Iterator[str]:
    a, amounts = result.assessment, result.quantities
    if result.synergy:
        yield result.synergy.case
    for indicator in result.indicators:
        yield f"{indicator.node.code} {indicator.state}"
        if indicator.score is not None and indicator.score > 100:
            yield "scores above 100"
    for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy"):
        if not getattr(a, table):
            yield f"no {table}"
    for name, value in result.options.items():
        yield f"option {name} {value}"
    for row in amounts.pollutants:
        yield f"kind {row.pollutant.kind}"
        if row.pollutant.own:
            yield "own value"
        if row.lacking:
            yield "lacking"
        if row.row.pollutant not in row.pollutant.name:
            yield "another name"
        if any("！" <= letter <= "～" and letter not in "（）" for letter in row.row.pollutant):
            yield "full-width name"
    for gas in a.greenhouse:
        yield f"category {gas.category}"
        if gas.biomass:
            yield "biomass"
    for energy in a.energy:
        yield f"energy from {energy.origin}"
        if energy.coefficient is not None:
            yield "own coefficient"
        if energy.net_calorific_value is not None:
            yield "heat value"
        if energy.feedstock:
            yield "feedstock"
    for bill in a.activity:
        yield f"bill {bill.kind}"
        said = {
            "steam in t": bill.pressure is not None,
            "standard coal": BY_CODE[bill.unit].dimension == "coal",
            "unit of a heat value": bool(bill.net_calorific_value and bill.net_calorific_value_unit),
            "carbon as received": bill.carbon_per_unit is not None,
            "biogenic share": bool(bill.biogenic_share),
            "CH4 recovered": bool(bill.recovered_base or bill.recovered_report),
        }
        yield from (name for name, so in said.items() if so)
    yield f"unit {a.output_value.unit}"
    marks = {
        "total": result.total is not None,
        "own weights": bool(a.weights),
        "left out": bool(amounts.overlaps_not_counted),
        "negative carbon": (amounts.co2e.report or 0) < 0,
        "products": bool(a.products),
        "more than 40 rows": len(a.pollutants) > 40,
    }
    yield from (name for name, there in marks.items() if there)
    assert set(GWP_SETS) >= {str(result.options["gwp_set"])}
