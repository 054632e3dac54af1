"""The template that Excel users open, in the real LibreOffice Calc with the add-in: the same numbers in every cell.

A missing LibreOffice is a failure; tests/install_office.sh installs it.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl import workbook
from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.assessment.result import Result
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.cli import main
from jwdt_xl.messages import set_language
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.quantities import QUANTITIES
from jwdt_xl.workbook.columns.calls import NO_ADDIN
from jwdt_xl.workbook.layout import Layout

from ..office import Book, ErrorValue, Office
from ..workbook.compare import (
    RATES,
    OfficeTemplate,
    common,
    differences,
    in_office,
    inputs,
    office_values,
    read_file,
    recorded,
    report,
)
from ..workbook.random_enterprise import random_enterprise

pytestmark = pytest.mark.xdist_group("office")

GOLDEN = Path(__file__).parents[1] / "golden"
EXAMPLES = sorted(path.stem for path in GOLDEN.glob("example_*.json") if not path.stem.endswith("_expected"))


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("zh")


@pytest.fixture(scope="module")
def calc() -> Iterator[Office]:
    with Office(locale="zh-CN", addin=True, limit=120) as office:
        yield office


def example(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return data


def filled(name: str, path: Path, language: str = "zh") -> Result:
    return workbook.write(path, language=language, assessment=read(example(name)))


def results(result: Result) -> dict[str, Any]:
    """The results as numbers by their defined names, from the engine; a missing one is an empty text.

    The first indicator without a number but with a value shows the sentence of its case, so it is left out then.
    """
    found: dict[str, Any] = {
        "out_total": result.total,
        "out_coverage": result.coverage,
        "out_score_so_far": result.score_so_far,
    }
    for key in QUANTITIES:
        amounts = result.quantities
        pair = amounts.media[key.removeprefix("equivalents_")] if key[12:] in amounts.media else getattr(amounts, key)
        found |= {f"out_{key}_{period}": value for period, value in pair._asdict().items()}
    if result.synergy:
        found |= {"out_rate_pollutants": result.synergy.pollutants, "out_rate_carbon": result.synergy.carbon}
    for indicator in result.indicators:
        code = indicator.node.code
        if indicator.value is not None or indicator.state != "value":
            found[f"out_value_{code}"] = indicator.value
        found |= {f"out_{key}_{code}": getattr(indicator, key) for key in ("score", "weight", "weighted", "lost")}
    found |= {f"out_first_level_{group.node.code}": group.score for group in result.first_levels}
    return {name: "" if value is None else value for name, value in found.items()}


def loose(result: Result) -> float:
    """The tolerance of what rests on the degree of synergy."""
    rates = [abs(rate) for rate in (result.synergy.pollutants, result.synergy.carbon) if rate] if result.synergy else []
    return max(1e-9, 1e-14 / min(rates)) if rates else 1e-9


def wrong_results(book: Book, result: Result) -> list[str]:
    """The results that differ from the engine's."""
    wrong = []
    for name, want in results(result).items():
        got = book.get(name)
        if name.startswith("out_rate_"):
            want = pytest.approx(want, rel=0, abs=RATES)
        elif want != "":
            want = pytest.approx(want, rel=loose(result), abs=1e-10)
        if got != want or isinstance(got, ErrorValue):
            wrong.append(f"{name}: {got!r}, engine {want!r}")
    return wrong


# Filled in


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_cell_of_an_example_recalculated(calc: Office, tmp_path: Path, name: str) -> None:
    path = tmp_path / "filled.xlsx"
    result = filled(name, path)
    expected = read_file(path)
    assert any("JWDT_" in cell.formula for cell in expected.computed.values())
    book = calc.open(path)
    book.recalculate()
    assert not (wrong := differences(expected, office_values(book, expected.computed))), report(wrong)
    assert not (wrong_names := wrong_results(book, result)), "\n".join(wrong_names)
    book.close()


@pytest.fixture(scope="module")
def typed(calc: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeTemplate]:
    """The empty template, into which one enterprise after the other is typed."""
    path = tmp_path_factory.mktemp("typed") / "empty.xlsx"
    workbook.write(path, host="excel")
    template = OfficeTemplate(calc, path, "zh")
    template.layout = Layout(builtin(), "excel", "zh")
    yield template
    template.book.close()


# 77, 117 and 126 have scores at a fractional cap; 196 of them and every special case of bills were compared once.
@pytest.mark.parametrize("seed", [77, 117, 126, *range(1, 13)])
def test_random_enterprises_typed(typed: OfficeTemplate, seed: int) -> None:
    expected = common(recorded(random_enterprise(seed), "zh", host="excel"), recorded(None, "zh", host="excel"))
    assert not (wrong := differences(expected, typed.type(expected))), report(wrong)


def test_the_reference_values_themselves(calc: Office, tmp_path: Path) -> None:
    """Against the expected file, not through the engine; with one indicator not applicable and one missing."""
    path = tmp_path / "filled.xlsx"
    filled("example_na_and_missing", path)
    want = example("example_na_and_missing_expected")
    book = calc.open(path)
    book.recalculate()
    for key, name in (("scores", "out_score_"), ("weights", "out_weight_")):
        for number, value in enumerate(want[key], 1):
            got = book.get(f"{name}{number}")
            assert got == ("" if value is None else pytest.approx(value, rel=1e-9)), f"{name}{number}"
    assert book.get("out_score_so_far") == pytest.approx(want["score_so_far"], rel=1e-9)
    assert book.get("out_total") == ""
    book.close()


def test_recalculating_does_not_trust_what_the_file_carries(calc: Office, tmp_path: Path) -> None:
    """The comparison of this module means something: a value falsified in the file is found."""
    path, forged = tmp_path / "filled.xlsx", tmp_path / "forged.xlsx"
    result = filled("example_cement", path)
    cached = f"<v>{result.total:.16G}</v>".encode()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(forged, "w") as target:
        contents = {name: source.read(name) for name in source.namelist()}
        assert any(cached in content for content in contents.values())
        for name, content in contents.items():
            target.writestr(name, content.replace(cached, b"<v>12.5</v>"))
    expected = read_file(forged)
    assert expected.computed[expected.names["out_total"]].value == 12.5
    book = calc.open(forged)
    book.recalculate()
    wrong = differences(expected, office_values(book, expected.computed))
    assert [difference for difference in wrong if difference.cached == 12.5]
    assert book.get("out_total") == pytest.approx(result.total, rel=1e-9)
    book.close()


def test_the_english_template(tmp_path: Path) -> None:
    """In an English Calc; and the Chinese one there: the numbers are the same, only sentences follow the program."""
    with Office(locale="en-US", addin=True, limit=120) as office:
        path = tmp_path / "english.xlsx"
        filled("example_cement", path, "en")
        assert not (wrong := differences(read_file(path), in_office(office, path))), report(wrong)
        path = tmp_path / "chinese.xlsx"
        result = filled("example_dyeing", path)
        book = office.open(path)
        book.recalculate()
        assert not (wrong_names := wrong_results(book, result)), "\n".join(wrong_names)


# Typed


def type_in(book: Book, layout: Layout, data: dict[str, Any]) -> None:
    """Put an assessment into the inputs by their defined names: single cells, and tables from their first cell on."""
    constants = recorded(data, layout.language, host=layout.host).constants
    for field in layout.fields.values():
        value = constants.get((layout.title(field.cell.sheet), field.cell.row, field.cell.col))
        if value is not None:
            book.set(field.name, value)
    tables = {(area.sheet, area.row, area.col): area.rows for area in inputs(layout, constants)}
    for name in TABLES:
        table = layout.tables[name]
        first = layout.title(table.sheet), table.first, min(table.inputs.values())
        rows = [row for row in tables[first] if any(v is not None for v in row)]
        if rows:
            book.set(f"tbl_{name}", rows)


@pytest.mark.parametrize("name", ["example_cement", "example_dyeing", "example_na_and_missing"])
def test_typed_into_the_empty_template(calc: Office, tmp_path: Path, name: str) -> None:
    path = tmp_path / "template.xlsx"
    workbook.write(path)
    book = calc.open(path)
    book.recalculate()
    assert book.get("out_total") == ""
    data = example(name)
    type_in(book, Layout(evaluate(read(data)).guide), data)  # nothing recalculated by hand: Calc follows the typing
    result = evaluate(read(data))
    assert not (wrong := wrong_results(book, result)), "\n".join(wrong)
    # what a filled workbook has beyond the template is text about its data, written with it
    expected, template = recorded(data, host="excel"), read_file(path).computed
    common = {place: cell for place, cell in expected.computed.items() if place in template}
    common = {place: cell for place, cell in common.items() if cell.formula == template[place].formula}
    assert len(common) > 0.95 * len(template)
    expected = expected._replace(computed=common)
    assert not (unlike := differences(expected, office_values(book, common))), report(unlike)
    book.close()


def test_a_changed_input_changes_the_score_and_a_cleared_one_takes_it_away(calc: Office, tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    data = example("example_cement")
    before = filled("example_cement", path).total
    book = calc.open(path)
    output = data["product"]["output"]["report"] * 1.25
    book.set("in_output_report", output)
    data["product"]["output"]["report"] = output
    after = evaluate(read(data))
    assert after.total != before
    assert book.get("out_total") == pytest.approx(after.total, rel=loose(after))
    book.set("in_output_report", None)
    assert book.get("out_total") == ""
    assert book.get("out_value_2") == ""
    assert book.get("out_coverage") < 1
    book.close()


def first_cell(layout: Layout, table: str, column: str) -> str:
    found = layout.tables[table]
    return f"'{layout.title(found.sheet)}'.{xl_rowcol_to_cell(found.first, found.inputs[column])}"


def test_errors_in_inputs(calc: Office, tmp_path: Path) -> None:
    """One in a table arrives as itself in the sum, one that stands alone is missing; never is there a total."""
    path = tmp_path / "filled.xlsx"
    layout = Layout(filled("example_cement", path).guide)
    book = calc.open(path)
    total = book.get("out_total")
    sums = {"pollutants": "equivalents", "greenhouse": "co2e", "energy": "primary_tce", "materials": "material_kg"}
    for formula, kind in (("=NA()", "#N/A"), ("=1/0", "#DIV/0!")):
        for table, key in sums.items():
            place = first_cell(layout, table, "report")
            before = book.get(place)
            book.set(place, formula)
            assert book.get(f"out_{key}_report") == ErrorValue(kind), f"{formula} in {place}"
            assert book.get("out_total") == "", f"{formula} in {place}"
            book.set(place, before)
        for place, value in (("in_output_report", "out_value_2"), ("in_benchmarks_2_value", "out_score_2")):
            before = book.get(place)
            book.set(place, formula)
            assert (book.get(value), book.get("out_total")) == ("", ""), f"{formula} in {place}"
            book.set(place, before)
        before = book.get("in_policy_recommended")
        book.set("in_policy_recommended", formula)
        for name in ("out_value_8", "out_score_8", "out_total"):
            assert book.get(name) in ("", ErrorValue(kind)), f"{formula}: {name}"
        book.set("in_policy_recommended", before)
    assert book.get("out_total") == pytest.approx(total, rel=1e-12)
    book.close()


# Saved again


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
@pytest.mark.parametrize("name", ["example_cement", "example_na_and_missing"])
def test_saved_again_by_calc(
    calc: Office, tmp_path: Path, name: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Read by `jwdt score`: the same results; opened again by Calc: the same cells."""
    path = tmp_path / "filled.xlsx"
    filled(name, path)
    book = calc.open(path)
    book.recalculate()
    saved = book.save(tmp_path / f"again{ending}")
    book.close()

    answers = []
    for file in (GOLDEN / f"{name}.json", path, saved):
        capsys.readouterr()
        code = main(["score", "--json", str(file)])
        (answer,) = json.loads(capsys.readouterr().out)
        answers.append(answer)
        assert code == 0, answer["findings"]
    for answer in answers:
        answer.pop("file")
        # the places of findings are paths in JSON and cells in workbooks
        answer["findings"] = sorted((finding["severity"], finding["code"]) for finding in answer["findings"])
    assert answers[1] == answers[0]
    assert answers[2] == answers[0]

    book = calc.open(saved)
    book.recalculate()
    expected = read_file(path)
    assert not (wrong := differences(expected, office_values(book, expected.computed))), report(wrong)
    book.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_the_addin_a_recalculation_says_so(language: str, tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    filled("example_cement", path, language)
    with Office(locale="en-US", limit=120) as office:
        book = office.open(path)
        book.recalculate()
        assert book.get("out_total") == getattr(NO_ADDIN, language)
        book.close()
