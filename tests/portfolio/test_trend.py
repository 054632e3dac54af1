"""Several years of one enterprise: the numbers of the files' own evaluations, and why years cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from jwdt_xl.assessment import evaluate, read, write
from jwdt_xl.assessment.next_year import next_year
from jwdt_xl.errors import Refused
from jwdt_xl.messages import set_language
from jwdt_xl.portfolio import read_files
from jwdt_xl.portfolio.analysis.trend import Trend, trend
from jwdt_xl.portfolio.book import trend as book
from jwdt_xl.standard.guide import builtin

YEARS = ("2023", "2024", "2025")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("zh")


@pytest.fixture
def series(golden: Path) -> dict[str, dict[str, Any]]:
    """The cement example and two years after it, each a little less of everything."""
    found = {"2023": json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))}
    for year, last in zip(YEARS[1:], YEARS, strict=False):
        data = write(next_year(read(found[last])))
        for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy"):
            for row in data[table]:
                row["report"] = row["base"] * 0.97
        data["product"]["output"]["report"] = data["product"]["output"]["base"]
        data["output_value"]["report"] = data["output_value"]["base"]
        data |= {"policy": found["2023"]["policy"], "management": found["2023"]["management"]}
        found[year] = data
    return found


def of(folder: Path, files: dict[str, dict[str, Any]]) -> tuple[Trend, list[Any]]:
    paths = []
    for name, data in files.items():
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(json.dumps(data), encoding="utf-8")
    return trend(((path.name, reading) for path, reading in zip(paths, read_files(paths), strict=True)), builtin())


def test_the_years_in_their_order_and_no_break(tmp_path: Path, series: dict[str, Any]) -> None:
    found, findings = of(tmp_path, dict(reversed(series.items())))
    assert findings == [] and found.breaks == ()
    assert [year.label for year in found.years] == list(YEARS) and found.labels == ("2022", *YEARS)
    for year in found.years:
        alone = evaluate(series[year.label])
        assert year.result.total == alone.total
        place = found.labels.index(year.label)
        assert found.quantities["co2e"][place] == alone.quantities.co2e.report
    assert found.quantities["co2e"][0] == evaluate(series["2023"]).quantities.co2e.base
    assert found.quantities["output"] == (1850000, 1920000, 1920000, 1920000)


def changed(data: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    data = json.loads(json.dumps(data))
    for path, value in change.items():
        place = data
        *sections, name = path.split(".")
        for section in sections:
            place = place[int(section)] if isinstance(place, list) else place.setdefault(section, {})
        place[int(name) if isinstance(place, list) else name] = value
    return data


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"boundary": "two lines"}, "the boundary changed"),
        ({"options.gwp_set": "AR6"}, "options of the method changed"),
        ({"product.unit": "万t"}, "product or unit changed"),
        ({"output_value.basis": "工业增加值"}, "the basis of output value changed"),
        ({"benchmarks.3": 650}, "benchmarks changed: indicators 3"),
        ({"not_applicable": {"7": "no waste heat"}, "residual_energy": []}, "weights changed"),
        ({"product.output.base": 2000000}, "the output of 2024 was restated: 1920000 as reported then, 2000000 now"),
        ({"pollutants.0.base": 1}, "the pollutant equivalents of 2024 was restated"),
        (
            {"pollutants.6": {"medium": "air", "pollutant": "苯", "unit": "kg", "base": 1, "report": 1}},
            "that this one lacks: 氨",
        ),
        ({"periods.base": "2022"}, "the base period is 2022, the file before reports 2024"),
    ],
)
def test_breaks(tmp_path: Path, series: dict[str, Any], change: dict[str, Any], said: str) -> None:
    """Marked at the year that changed, and only there."""
    found, _ = of(tmp_path, {**series, "2025": changed(series["2025"], change)})
    assert [each for each in found.breaks if said in each.text.en], [each.text.en for each in found.breaks]
    assert {each.label for each in found.breaks} == {"2025"}
    assert found.broken("2025") and not found.broken("2024")
    assert book.label(found, "2025") == "2025 ▲"


def test_files_of_others_twice_and_unreadable(tmp_path: Path, series: dict[str, Any], golden: Path) -> None:
    files = {
        **series, "copy": series["2024"], "other": json.loads((golden / "example_dyeing.json").read_text(encoding="utf-8")),
        "bad": {"format": "x"}, "again": changed(series["2025"], {"boundary": "x"}),
    }  # fmt: skip
    found, findings = of(tmp_path, files)
    assert [year.label for year in found.years] == ["2023", "2024"]
    assert sorted(finding.code for finding in findings) == ["bad-format", "trend-of-another", "year-twice"]
    with pytest.raises(Refused):
        of(tmp_path, {"bad": {"format": "x"}})


def test_the_workbook_holds_the_numbers_of_the_evaluations(tmp_path: Path, series: dict[str, Any]) -> None:
    found, _ = of(tmp_path, {**series, "2025": changed(series["2025"], {"boundary": "two lines"})})
    path = tmp_path / "T.xlsx"
    book.write(path, found)
    file = CalamineWorkbook.from_path(path)
    assert file.sheet_names == ["Overview", "Scores", "Values", "Quantities"]
    overview, scores, values, quantities = (file.get_sheet_by_name(name).to_python() for name in file.sheet_names)
    rows = {str(row[0]): row for row in overview}
    assert "the boundary changed" in rows["2025 ▲"][6] and rows["2024"][6] == ""
    for year in YEARS:
        result = evaluate(found.years[YEARS.index(year)].assessment)
        label = book.label(found, year)
        assert rows[label][1] == pytest.approx(result.total)
        assert result.synergy is not None
        assert rows[label][4:6] == pytest.approx([result.synergy.pollutants, result.synergy.carbon])
        [score] = [row for row in scores if row[0] == label]
        assert score[2:14] == pytest.approx(
            [*(g.score for g in result.first_levels), *(i.score for i in result.indicators)]
        )
        [value] = [row for row in values if row[0] == label]
        assert value[1:10] == pytest.approx([i.value for i in result.indicators])
    index = [row[7] for row in quantities if str(row[0]).startswith("20")]
    assert index[0] == 100 and index == pytest.approx(
        [100 * v / found.quantities["co2e"][0] for v in found.quantities["co2e"] if v]
    )  # type: ignore[operator]


def test_the_same_files_give_the_same_bytes(tmp_path: Path, series: dict[str, Any]) -> None:
    found, _ = of(tmp_path, series)
    for name in ("a", "b"):
        book.write(tmp_path / name, found)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_year_alone_and_values_that_are_missing(tmp_path: Path, series: dict[str, Any]) -> None:
    data = {**series["2023"], "materials": [], "output_value": {"base": 1}}
    found, findings = of(tmp_path, {"a": data})
    book.write(tmp_path / "t.xlsx", found)
    assert found.years[0].result.total is None and "–" in book.summary(found)[0].en and findings == []
