"""Data → workbook → data loses nothing: every field, host and language, and from one language to the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.model import Assessment
from jwdt_xl.assessment.read import read as read_data
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.assessment.written import write as write_data
from jwdt_xl.errors import JwdtError
from jwdt_xl.messages import Text
from jwdt_xl.standard import energy as energies
from jwdt_xl.standard import equivalents as eq
from jwdt_xl.standard import fuels, power, process
from jwdt_xl.standard import greenhouse as ghg
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.guide.benchmarks import Benchmark
from jwdt_xl.standard.guide.options import OPTIONS
from jwdt_xl.standard.names import fold
from jwdt_xl.standard.record import SECTION
from jwdt_xl.workbook import HOSTS, read, write

from .cases import BILLED, FULL, PLAIN, changed, enterprises, water
from .conftest import EXAMPLES
from .places import LAYOUT, answer
from .random_enterprise import has_more_rows, random_enterprise

Data = dict[str, Any]
LANGUAGES = ("zh", "en")
EDITIONS = [(host, language) for host in HOSTS for language in LANGUAGES]
#: As many random enterprises for each edition.
SEEDS = range(8 * 4)


def returned(data: Data, path: Path, host: str = "portable", language: str = "zh") -> Assessment:
    """What comes back from the workbook of some data."""
    write(path, host=host, language=language, assessment=read_data(data))
    return read_data(read(path).data)


@pytest.mark.parametrize(("host", "language"), EDITIONS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(
    name: str, host: str, language: str, workbook: Callable[..., Path], example: Callable[[str], Data]
) -> None:
    """An example comes back as it is, names and all."""
    data = example(name)
    back = read(workbook(data, host=host, language=language))
    assert (back.stamp["host"], back.stamp["language"], back.stamp["guide"]) == (host, language, "general")
    assert read_data(back.data) == read_data(data)
    assert back.data == {**_as_read(data), "benchmarks": back.data["benchmarks"]}
    assert read_data(back.data).benchmarks == read_data(data).benchmarks


def _as_read(data: Data) -> Data:
    """The dict of an example as every reader gives it: the same keys in every table, labels as texts."""
    return write_data(read_data(data))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_enterprises(seed: int, tmp_path: Path) -> None:
    """Every second one is of a language and edition of its own; names in an unusual spelling come back as usual."""
    host, language = EDITIONS[seed % len(EDITIONS)]
    data = random_enterprise(seed)
    assert usual(returned(data, tmp_path / "random.xlsx", host, language)) == usual(read_data(data))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["dyeing", 24, 13])
def test_in_the_other_language(name: str | int, language: str, tmp_path: Path, example: Callable[[str], Data]) -> None:
    """A workbook made anew in the other language, and back again."""
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    data = example(name) if isinstance(name, str) else random_enterprise(name)
    first = returned(data, tmp_path / "1.xlsx", "portable", language)
    second = returned(write_data(first), tmp_path / "2.xlsx", "portable", other)
    assert second == first
    assert returned(write_data(second), tmp_path / "3.xlsx", "excel", language) == first


def test_more_rows_than_the_table(tmp_path: Path) -> None:
    seed = next(seed for seed in range(200) if has_more_rows(seed))
    data = random_enterprise(seed)
    assert usual(returned(data, tmp_path / "long.xlsx")) == usual(read_data(data))
    long = changed(PLAIN, {"pollutants": [water("COD", i, i / 2, note=f"{i}") for i in range(300)]})
    assert returned(long, tmp_path / "longer.xlsx") == read_data(long)


NUMBERS = [
    0.1 + 0.2, 1 / 3, 123456789012345.0, 0.000123456789012345, 1e-300, 9.99999999999999e29, 1e15, 1e16, 4.35, 100,
    2**53, 0, 1234.5678901234567, 1e21,
]  # fmt: skip


def test_numbers_to_15_digits(tmp_path: Path) -> None:
    data = changed(PLAIN, {"materials": [{"material": str(n), "unit": "t", "base": n, "report": n} for n in NUMBERS]})
    back = returned(data, tmp_path / "numbers.xlsx").materials
    assert [f"{row.base:.15g}" for row in back] == [f"{number:.15g}" for number in NUMBERS]


TEXTS = [
    "=1+1", "=HYPERLINK(\"http://example.org\")", "+86 10 1234", "-", "-5", "@here", "'quoted", "#N/A", "#REF!", "TRUE", "是",
    "00123", "1e5", "2023-01-05", "1/2", "12%", "￥5", "1,234", "甲&乙<丙>\"丁\"'戊'", "two\nlines", "tab\there",
    "_x0041_", "_x000D_", "emoji 🏭", "很长" * 150, "x" * 300, "http://example.org", "mailto:a@b.cn", "{=1}", "0", "　中间　有空格",
]  # fmt: skip


def test_texts_stay_texts(tmp_path: Path) -> None:
    """What looks like a formula, number, date or link stays a text, wherever it stands."""
    rows = [{"material": text, "unit": "t", "base": 1, "report": 1, "note": text, "source": text} for text in TEXTS]
    evidence = [{**BILLED["activity"][0], "evidence": text} for text in TEXTS]
    data = changed(BILLED, {"materials": rows, "activity": evidence})
    assert returned(data, tmp_path / "texts.xlsx") == read_data(data)


@pytest.mark.parametrize("text", ["=1+1", "@here", "#N/A", "00123", "two\nlines", "x" * 300])
def test_texts_in_questions(text: str, tmp_path: Path) -> None:
    data = changed(
        PLAIN,
        {
            "enterprise.name": text,
            "boundary": text,
            "product": {**PLAIN["product"], "name": text, "unit": text},
            "policy.evidence": text,
            "not_applicable": {"7": f"{text} 本行业没有余能"},
            "benchmarks": {"3": {"value": 5, "source": text, "basis": text}},
        },
    )
    assert returned(data, tmp_path / "text.xlsx", "excel") == read_data(data)


LABELS = ["2022", "2022Q1", "2022年上半年", "1", "前一年"]


@pytest.mark.parametrize("label", LABELS)
def test_labels(label: str, tmp_path: Path) -> None:
    """Periods, and years of benchmarks: a number stays a number there, a text a text."""
    years: list[Any] = [2023, "2023", label]
    benchmarks = {code: {"value": 5, "year": year} for code, year in zip("234", years, strict=True)}
    back = returned(
        changed(PLAIN, {"periods": {"base": label, "report": "2030"}, "benchmarks": benchmarks}),
        tmp_path / "label.xlsx",
    )
    assert back.periods.base == label
    assert [back.benchmarks[code].year for code in "234"] == years


@pytest.mark.parametrize(
    "name", ["plain", "nothing at all", "products", "every category", "own weights", "a new own value"]
)
def test_special_enterprises(name: str, tmp_path: Path) -> None:
    data = enterprises()[name]
    assert returned(data, tmp_path / "special.xlsx", "excel", "en") == read_data(data)


def test_names_the_lists_know_come_back_as_typed(tmp_path: Path) -> None:
    """Every name of every pollutant, gas and energy that the lists know: only an unusual spelling is made usual."""
    unit = {"t wastewater": {"parameter": 5, "limit": 4}}
    pollutants = [
        {"medium": p.medium, "pollutant": name, "unit": p.unit, "base": 1, "report": 1, **unit.get(p.unit, {})}
        for p, names in eq.named_pollutants()
        for name in names
    ]
    gases = [
        {"category": "fuel", "gas": name, "unit": "t", "base": 1, "report": 1}
        for gas, names in ghg.named_gases()
        for name in names
        if "AR5" in gas.gwp
    ]
    data = changed(PLAIN, {"pollutants": pollutants, "greenhouse": gases})
    back = returned(data, tmp_path / "names.xlsx")
    typed = [(row.medium, row.pollutant) for row in back.pollutants]
    assert typed == [(row["medium"], row["pollutant"]) for row in pollutants]
    assert [row.gas for row in back.greenhouse] == [row["gas"] for row in gases]


def test_every_field_is_tried(example: Callable[[str], Data], tmp_path: Path) -> None:
    """Each field of the assessment has another value than blank in some example or enterprise tried here.

    What none of them fills, such as a field just added, comes back in an answer of its kind.
    """
    tried = [read_data(example(name)) for name in EXAMPLES]
    tried += [read_data(random_enterprise(seed)) for seed in SEEDS]
    tried += [read_data(changed(BILLED, {"entered": {}}))]
    filled = {path for assessment in tried for path in _filled(assessment)}
    wanted = {path for path, _ in _fields(Assessment())} | {f"{t}.{f}" for t, cls in TABLES.items() for f in specs(cls)}
    wanted |= {f"benchmarks.{field}" for field in Benchmark._fields} | {f"options.{option.name}" for option in OPTIONS}
    wanted |= {f"{m}.{node.code}" for m in ("weights", "not_applicable") for node in builtin().indicators}
    wanted -= {"enterprise.division_code"}  # of cities, tried by test_regions
    assert "benchmarks.basis" in wanted - filled  # tried by test_texts_in_questions
    new = sorted(wanted - filled - {"benchmarks.basis"})
    data = changed(FULL, {})
    for path in new:
        section, _, name = path.rpartition(".")
        known = LAYOUT.fields[path].spec if path in LAYOUT.fields else specs(TABLES[section])[name]
        value = known.choices[0][0] if known.choices else answer(known)
        if section in TABLES:
            data[section][0][name] = value
        else:
            data = changed(data, {path: value})
    back = returned(data, tmp_path / "new.xlsx", "excel", "en")
    assert back == read_data(data)
    assert set(new) <= set(_filled(back))


def _fields(section: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for field in dataclasses.fields(section):
        value, spec = getattr(section, field.name), field.metadata.get("spec")
        if dataclasses.is_dataclass(value) and (spec is None or spec.kind == SECTION):
            yield from _fields(value, f"{path}{field.name}.")
        elif not isinstance(value, (tuple, dict)):
            yield f"{path}{field.name}", value


def _filled(a: Assessment) -> Iterator[str]:
    yield from (path for path, value in _fields(a) if value not in ("", None))
    for table in TABLES:
        for row in getattr(a, table):
            yield from (f"{table}.{name}" for name, value in vars(row).items() if value not in ("", None))
    for mapping in ("weights", "not_applicable", "options"):
        yield from (f"{mapping}.{key}" for key in getattr(a, mapping))
    for benchmark in a.benchmarks.values():
        yield from (f"benchmarks.{name}" for name, value in benchmark._asdict().items() if value != "")


# The same thing by its usual name


def usual(a: Assessment) -> Assessment:
    """Every thing by its own name, and numbers to 15 digits."""
    own = {(row.medium, fold(row.pollutant)): row.pollutant for row in a.own_equivalents}
    table = str(a.options.get("fuel_table", "B"))

    def pollutant(row: Any) -> str:
        try:
            return eq.find_pollutant(row.pollutant, row.medium).name.zh
        except JwdtError:
            return own.get((row.medium, fold(row.pollutant)), row.pollutant)

    def bill(row: Any) -> str:
        for find in (
            lambda: fuels.find_fuel(row.name, table).name.zh if row.kind == "fuel" else _none(),
            lambda: energies.find_energy(row.name).name.zh if row.kind == "fuel" else _none(),
            lambda: process.find_process(row.name).name.zh if row.kind == "process" else _none(),
        ):
            try:
                return find()
            except JwdtError:
                continue
        return row.name

    def renamed(rows: tuple[Any, ...], **names: Callable[[Any], str]) -> tuple[Any, ...]:
        return tuple(dataclasses.replace(row, **{field: name(row) for field, name in names.items()}) for row in rows)

    def series(row: Any) -> str:
        return power.find_series(row.factor_series) if row.factor_series else ""

    a = dataclasses.replace(
        a,
        pollutants=renamed(a.pollutants, pollutant=pollutant),
        greenhouse=renamed(a.greenhouse, gas=lambda row: ghg.find_gas(row.gas).code),
        energy=renamed(a.energy, energy=lambda row: energies.find_energy(row.energy).name.zh),
        activity=renamed(a.activity, name=bill, factor_series=series),
    )
    tables = {name: tuple(map(_rounded, getattr(a, name))) for name in TABLES}
    return dataclasses.replace(a, **tables, weights={code: float(f"{w:.14g}") for code, w in a.weights.items()})


def _none() -> str:
    raise JwdtError(Text("", ""))


def _rounded(row: Any) -> Any:
    """Its numbers to 14 digits: the 15th may be rounded twice."""
    numbers = {
        name: float(f"{value:.14g}")
        for name, value in vars(row).items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    return dataclasses.replace(row, **numbers)
