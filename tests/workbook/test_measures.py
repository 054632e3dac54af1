"""The sheet of measures: what the engine says, in LibreOffice and IronCalc; read back; and what it says of lines it cannot take."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jwdt_xl import workbook as books
from jwdt_xl.assessment import evaluate, plan, read
from jwdt_xl.cli import main
from jwdt_xl.portfolio import read_file
from jwdt_xl.standard.guide import Guide
from jwdt_xl.workbook import Layout, write
from jwdt_xl.workbook.measures.hints import CODES, HINTS
from jwdt_xl.workbook.measures.lines import CHANGEABLE, lines_of, plan_of
from jwdt_xl.workbook.measures.places import FIRST, INPUTS, SHEET, Places, tables
from jwdt_xl.workbook.measures.reading import plan_of_grid

from ..office import ErrorValue, Office
from .cases import LONG_PARTS
from .compare import Difference, Expected, IroncalcTemplate, OfficeTemplate, common, differences, recorded, report
from .conftest import EXAMPLES
from .random_enterprise import has_more_rows, random_enterprise
from .random_plan import with_plan
from .test_parts import GUIDE as OF_PARTS
from .test_parts import fitting

pytestmark = pytest.mark.xdist_group("office")

Data = dict[str, Any]
Example = Callable[[str], Data]
LANGUAGES = ("zh", "en")
SEEDS = [seed for seed in range(80) if not has_more_rows(seed)]
REFUSED = {text for text in HINTS[CODES["refused"] - 1].text}
#: A quantity that a measure takes to nearly nothing keeps the last digits of what it was.
LEFT = 1e-12


def language_of(seed: int) -> str:
    return LANGUAGES[seed // 2 % 2]


def planned(example: Example, *measures: Data) -> Data:
    return {**example("cement"), "plan": list(measures)}


def measure(name: str, *changes: tuple[str, str, Any], **more: Any) -> Data:
    return {"name": name, "changes": [{"path": p, "field": f, "value": v} for p, f, v in changes], **more}


# The same numbers everywhere


def unexplained(expected: Expected, found: list[Difference], language: str) -> list[Difference]:
    """Without the hidden cells of lines that the engine refuses, of which it has no values, and the last digits of what is left
    of a quantity."""
    title, places = (
        Layout(LONG_PARTS, "portable", language).title(SHEET),
        Places(Layout(LONG_PARTS, "portable", language)),
    )
    hint = places.columns["hint"]
    refused = {
        row
        for (sheet, row, col), c in expected.computed.items()
        if sheet == title and col == hint and c.value in REFUSED
    }
    kept = []
    for each in found:
        place = re.fullmatch(rf"{title}!([A-Z]+)(\d+)", each.where)
        if place and int(place[2]) - 1 in refused and each.cached == "":
            continue
        if place and isinstance(each.cached, float) and isinstance(each.recalculated, float):
            name = re.search(r"out_\w+_report", each.formula)
            whole = expected.computed[expected.names[name[0]]].value if name else 0.0
            if isinstance(whole, float) and abs(each.cached - each.recalculated) <= LEFT * abs(whole):
                continue
        kept.append(each)
    return kept


Typed = Callable[..., None]


@pytest.fixture(scope="module")
def typed(office: Office, workbook: Callable[..., Path]) -> Iterator[Typed]:
    templates: dict[str, list[Any]] = {}
    empty = {language: recorded(None, language) for language in LANGUAGES}

    def compare(data: Data, language: str = "zh") -> None:
        if language not in templates:
            path = workbook(language=language)
            templates[language] = [IroncalcTemplate(path, language), OfficeTemplate(office, path, language)]
        expected = common(recorded(data, language), empty[language])
        for template in templates[language]:
            found = differences(expected, template.type(expected))
            assert not report(unexplained(expected, found, language)), type(template).__name__

    yield compare
    for _, template in templates.values():
        template.book.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_random_plans_of_random_enterprises(seed: int, typed: Typed) -> None:
    typed(with_plan(random_enterprise(seed), seed), language_of(seed))


def test_the_plans_reach_what_they_are_for() -> None:
    """Both kinds of scenario with a total, several lines a measure, a row changed twice, and lines that cannot be."""
    counts = dict.fromkeys(("total", "lines", "twice", "refused", "factor", "origin"), 0)
    for seed in SEEDS:
        data = with_plan(random_enterprise(seed), seed)
        lines = lines_of(read(data))
        counts["lines"] += len(lines) > len(data.get("plan", ()))
        rows = [(line.table, line.at) for line in lines]
        counts["twice"] += len(set(rows)) < len(rows)
        counts["factor"] += any(line.emission_factor is not None for line in lines)
        counts["origin"] += any(line.origin is not None for line in lines)
        language = language_of(seed)
        layout, found = Layout(LONG_PARTS, "portable", language), recorded(data, language).computed
        places = Places(layout)
        column = {k: [c.value for (s, _, col), c in found.items() if s == layout.title(SHEET) and col == places.columns[k]] for k in ("sequence", "hint")}  # fmt: skip
        counts["total"] += any(isinstance(value, float) for value in column["sequence"])
        counts["refused"] += any(value in REFUSED for value in column["hint"])
    assert min(counts.values()) >= 5, counts


def test_totals_and_changes_are_those_of_full_evaluations(example: Example) -> None:
    """Of the values in the cells: the engine's own scenarios, found another way."""
    data = planned(
        example,
        measure("less", ("greenhouse[0]", "report", 370000), ("pollutants[1]", "report", 900000), cost=300, life=10),
        measure("green", ("energy[2]", "origin", "certificate"), cost=0),
    )
    result = evaluate(read(data))
    cells, places = recorded(data).computed, Places(Layout(result.guide))
    title = Layout(result.guide).title(SHEET)
    for row, step in zip((FIRST, FIRST + 2), plan.steps(result), strict=True):
        shown = {key: cells[title, row, places.columns[key]].value for key in ("alone", "sequence", "delta_carbon", "carbon_per_cost")}  # fmt: skip
        assert (shown["alone"], shown["sequence"]) == (step.alone, step.cumulative)
        assert shown["delta_carbon"] == pytest.approx(step.delta_co2e_t, rel=1e-9, abs=1e-6)
        per = step.per_cost
        assert shown["carbon_per_cost"] == ("" if per is None else pytest.approx(per[0], rel=1e-9, abs=1e-3))
    changed = {**example("cement"), "greenhouse": [dict(row) for row in data["greenhouse"]], "pollutants": [dict(row) for row in data["pollutants"]]}  # fmt: skip
    changed["greenhouse"][0]["report"], changed["pollutants"][1]["report"] = 370000, 900000
    assert cells[title, FIRST, places.columns["alone"]].value == evaluate(read(changed)).total


def test_without_measures_nothing_changes(example: Example) -> None:
    """No result cell of the other sheets differs whether there is a plan or not."""
    data = planned(example, measure("less", ("greenhouse[0]", "report", 1)))
    title = Layout(LONG_PARTS).title(SHEET)
    with_it, without = (
        {place: cell.value for place, cell in recorded(each).computed.items() if place[0] != title}
        for each in (data, example("cement"))
    )
    assert with_it == without


@pytest.mark.parametrize("name", EXAMPLES[:3])
def test_a_guide_with_parts(name: str, office: Office, example: Example, tmp_path: Path) -> None:
    """What an indicator counts only of a quantity moves with the rows that are of it: every row, one at a time."""
    path, data = tmp_path / "template.xlsx", fitting(example(name), OF_PARTS)
    write(path, guide=OF_PARTS, host="portable")
    templates: list[Any] = [IroncalcTemplate(path, "zh", OF_PARTS), OfficeTemplate(office, path, "zh", OF_PARTS)]
    empty = recorded(None, "zh", OF_PARTS)
    paths = [
        (f"{t}[{i}]", row["report"]) for t in CHANGEABLE for i, row in enumerate(data.get(t) or []) if row.get("report")
    ]
    plan_ = [measure(path, (path, "report", report * 0.9)) for path, report in paths]
    for some in (plan_[:20], plan_[20:40]):
        expected = common(recorded({**data, "plan": some}, "zh", OF_PARTS), empty)
        for template in templates:
            found = differences(expected, template.type(expected))
            assert not report(unexplained(expected, found, "zh")), type(template).__name__
    templates[1].book.close()


# Read back


def test_written_and_read_the_plan_is_the_same(example: Example, tmp_path: Path) -> None:
    data = planned(
        example,
        measure(
            "=1+1", ("greenhouse[0]", "report", 370000), ("energy[2]", "origin", "certificate"), cost=12.5, life=10
        ),
        measure("{{ x }} <b>&", ("energy[2]", "report", 5e7), ("energy[2]", "origin", "direct_green"), cost=0),
    )
    for language in LANGUAGES:
        path = tmp_path / f"{language}.xlsx"
        write(path, host="portable", language=language, assessment=read(data))
        reading = read_file(path)
        assert reading.ok and reading.assessment is not None
        assert [m.name for m in reading.assessment.plan] == ["=1+1", "{{ x }} <b>&"]
        assert reading.assessment.plan == read(data).plan
        assert plan_of(lines_of(reading.assessment)) == data["plan"]


def test_more_lines_than_the_sheet_has(example: Example, tmp_path: Path) -> None:
    many = [measure(f"m{i}", ("greenhouse[0]", "report", 381500 - i)) for i in range(30)]
    path = tmp_path / "many.xlsx"
    write(path, host="portable", assessment=read(planned(example, *many)))
    reading = read_file(path)
    assert reading.assessment is not None and len(reading.assessment.plan) == 30


def test_a_plan_is_no_matter_of_collecting(example: Example, tmp_path: Path) -> None:
    """The same rank with a plan, and nothing is refused for one."""
    from jwdt_xl.portfolio.collection.one_return import compared_workbook

    path = tmp_path / "with.xlsx"
    write(path, host="portable", assessment=read(planned(example, measure("less", ("greenhouse[0]", "report", 1)))))
    reading, stored = compared_workbook(str(path))
    assert reading.ok and not stored and reading.assessment is not None and reading.assessment.plan == ()
    assert reading.result is not None and reading.result.total == evaluate(read(example("cement"))).total


# Lines that cannot be taken: the same hint in the sheet and where it is read

GOOD = {"name": "一", "table": "温室气体", "row": 5, "report": 370000, "cost": 1, "life": 1}
SAID: dict[str, list[Data]] = {
    "row": [{"name": "一", "table": "温室气体", "report": 1}],
    "row outside": [{**GOOD, "row": 4}],
    "row of no pollutant": [{"name": "一", "table": "污染物", "row": 99, "report": 1}],
    "row between": [{**GOOD, "row": 5.5}],
    "row as text": [{**GOOD, "row": "五"}],
    "row of no sheet": [{**GOOD, "table": "别的表"}],
    "row of a wildcard": [{**GOOD, "table": "温*"}],
    "named": [{**GOOD, "name": None}],
    "unready": [{**GOOD, "row": 30}],
    "nothing": [{"name": "一", "table": "温室气体", "row": 5}],
    "number": [{**GOOD, "report": "少一点"}],
    "number below 0": [{**GOOD, "report": -1}],
    "number of the cost": [{**GOOD, "cost": "约 3 万"}],
    "number of the life": [{**GOOD, "life": -1}],
    "number too large": [{**GOOD, "report": 1e31}],
    "row of a sheet with blanks": [{**GOOD, "table": " 温室气体 "}],
    "field": [{**GOOD, "emission_factor": 0.5}],
    "field origin": [{**GOOD, "origin": "外售"}],
    "origin": [{"name": "一", "table": "能源", "row": 7, "origin": "别处"}],
    "origin by its code": [{"name": "一", "table": "能源", "row": 7, "origin": "direct_green"}],
    "once": [GOOD, {"table": "温室气体", "row": 6, "report": 1, "life": 5}],
    "twice": [GOOD, {"table": "温室气体", "row": 5, "report": 1}],
    "again": [
        {"name": "一", "table": "能源", "row": 7, "origin": "绿证"},
        {"name": "二", "table": "能源", "row": 7, "report": 1},
    ],
}


@pytest.fixture(scope="module")
def filled(office: Office, workbook: Callable[..., Path], example: Example) -> Iterator[tuple[Data, list[Any]]]:
    data, path = example("cement"), workbook(language="zh")
    templates: list[Any] = [IroncalcTemplate(path, "zh"), OfficeTemplate(office, path, "zh")]
    yield data, templates
    templates[1].book.close()


@pytest.mark.parametrize("case", SAID)
def test_the_sheet_and_the_reader_say_the_same(case: str, filled: tuple[Data, list[Any]], example: Example) -> None:
    data, templates = filled
    from jwdt_xl.standard.energy import ORIGIN_NAMES

    lines = [
        {**line, "origin": ORIGIN_NAMES["certificate"].zh} if line.get("origin") == "绿证" else line
        for line in SAID[case]
    ]
    lines = [{**line, "origin": ORIGIN_NAMES["sold"].zh} if line.get("origin") == "外售" else line for line in lines]
    expected = recorded(data)
    layout = Layout(LONG_PARTS, "portable", "zh")
    places, title = Places(layout), layout.title(SHEET)
    for i, line in enumerate(lines):
        for key, value in line.items():
            if value is not None:
                expected.constants[title, FIRST + i, places.columns[key]] = value
    wanted = HINTS[CODES[case.split(" ")[0]] - 1].text.zh
    last = (title, FIRST + len(lines) - 1, places.columns["hint"])
    for template in templates:
        found = template.type(expected)
        broken = [place for place, value in found.items() if place[0] == title and isinstance(value, ErrorValue)]
        assert not broken, type(template).__name__
        assert found[last] == wanted, type(template).__name__
        first = (title, FIRST, places.columns["alone"])
        assert found[first] in ("", None) or case == "again"
    grid = [[""] * len(places.columns) for _ in range(FIRST + len(lines))]
    for key in INPUTS:
        grid[FIRST - 1][places.columns[key]] = expected.constants[title, FIRST - 1, places.columns[key]]
    for i, line in enumerate(lines):
        for key, value in line.items():
            grid[FIRST + i][places.columns[key]] = "" if value is None else value
    planned = plan_of_grid(layout, grid, books.read(_written(data)).data)
    assert [finding.text.zh.split("；措施")[0] for finding in planned.findings] == [wanted]
    assert planned.findings[0].where.startswith(f"{title}!") and planned.findings[0].severity == "warning"
    assert len(planned.plan) == (1 if case == "again" else 0)


_made: dict[str, Path] = {}


def _written(data: Data) -> Path:
    if "cement" not in _made:
        import tempfile

        _made["cement"] = Path(tempfile.mkdtemp()) / "cement.xlsx"
        write(_made["cement"], host="portable", assessment=read(data))
    return _made["cement"]


def test_overlapping_pollutants_that_might_change_places(typed: Typed, example: Example) -> None:
    """COD is counted; without most of it BOD5 would be, and then the sheet says to ask the engine."""
    data = example("cement")
    rows = [{**row} for row in data["pollutants"]]
    cod = next(i for i, row in enumerate(rows) if "化学需氧量" in row["pollutant"])
    rows.append({**rows[cod], "pollutant": "生化需氧量(BOD5)", "base": 900, "report": 800})
    data = {**data, "pollutants": rows}
    title, places = Layout(LONG_PARTS).title(SHEET), Places(Layout(LONG_PARTS))
    for share, hint in ((0.9, None), (0.01, "overlap")):
        each = {**data, "plan": [measure("m", (f"pollutants[{cod}]", "report", rows[cod]["report"] * share))]}
        typed(each)
        said = recorded(each).computed[title, FIRST, places.columns["hint"]].value
        assert (said == HINTS[CODES["overlap"] - 1].text.zh) == (hint == "overlap")


# As its user would


def test_a_manager_asks_what_three_million_gain(
    office: Office, workbook: Callable[..., Path], example: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Typed in LibreOffice, saved there, and asked of the saved file: the same totals."""
    path = workbook(example("cement"))
    layout = Layout(LONG_PARTS, "portable", "zh")
    places, title = Places(layout), layout.title(SHEET)
    lines = [
        ["换高效风机", "能源", 7, 84e6, None, None, 180, 10],
        ["矿渣替代", "温室气体", 6, 700000, None, None, 120, 5],
    ]
    book = office.open(path)
    try:
        area = (title, FIRST, places.columns["name"], lines)
        (block,) = book.fill([area], [(title, FIRST, 0, FIRST + 1, places.columns["order"])])
        saved = book.save(tmp_path / "saved.xlsx")
    finally:
        book.close()
    steps = plan.steps(evaluate(read(planned(
        example, measure("换高效风机", ("energy[2]", "report", 84e6), cost=180, life=10), measure("矿渣替代", ("greenhouse[1]", "report", 700000), cost=120, life=5)
    ))))  # fmt: skip
    for row, step in zip(block, steps, strict=True):
        assert row[places.columns["sequence"]] == pytest.approx(step.cumulative, rel=1e-9)
        assert row[places.columns["gain"]] > 0
    assert block[1][places.columns["spent"]] == 300
    assert main(["plan", str(saved), "--json"]) == 0
    assert f'"cumulative": {steps[1].cumulative}' in capsys.readouterr().out


def test_hints_of_a_plan_reach_whoever_checks(
    example: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that cannot be taken is told with its cell, and the evaluation goes on."""
    path = tmp_path / "form.xlsx"
    write(path, host="portable", assessment=read(example("cement")))
    book = load_workbook(path)
    sheet = book["改进方案"]
    columns = Places(Layout(LONG_PARTS)).columns
    for key, value in zip(INPUTS, ("一", "温室气体", 5, "少一点"), strict=False):
        sheet.cell(FIRST + 1, columns[key] + 1).value = value
    book.save(path)
    reading = read_file(path)
    assert reading.ok and reading.result is not None and reading.result.total == evaluate(read(example("cement"))).total
    (told,) = [finding for finding in reading.findings if finding.code == "plan-line"]
    assert told.where == "改进方案!G5"
    assert main(["check", str(path)]) == 0
    assert "改进方案!G5" in capsys.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_can_be_named(language: str) -> None:
    layout = Layout(LONG_PARTS, "portable", language)
    assert list(tables(layout).values()) == list(CHANGEABLE)
    assert isinstance(layout.guide, Guide)
