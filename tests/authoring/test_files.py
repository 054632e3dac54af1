"""Guide files: what is written is read back the same, comments stay, and every error has its line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomlkit

from jwdt_xl.authoring import dump, find, load, loads, open_guide, schema, shipped, with_benchmarks
from jwdt_xl.authoring.fields import FACTS, TABLES
from jwdt_xl.authoring.files import dump_data
from jwdt_xl.authoring.places import line_of, lines
from jwdt_xl.authoring.weights.fields import ENTRIES, HOW
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import MEASURES, Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.guide.benchmarks import Benchmark
from jwdt_xl.standard.guide.derivation import METHODS, SUBJECTIVE, SUBJECTIVES, Derivation
from jwdt_xl.standard.guide.nodes import MEASURE_NAMES
from jwdt_xl.standard.guide.parts import names_of
from jwdt_xl.standard.guide.weights import COMBINATIONS
from jwdt_xl.standard.record import specs

Data = dict[str, Any]


@pytest.mark.parametrize("name", ["general", *shipped()])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_and_back(name: str, language: str) -> None:
    guide = builtin() if name == "general" else load(name)
    text = dump(guide, language)
    again = loads(text)
    assert to_dict(again) == to_dict(guide)
    assert again.hash == guide.hash
    assert dump(again, language) == text


def test_numbers_may_be_typed_either_way(data: Data) -> None:
    data["nodes"][2]["benchmark"] |= {"value": 3, "year": 2023}
    one = from_dict(data).hash
    data["nodes"][2]["benchmark"] |= {"value": 3.0, "year": "2023"}
    data["nodes"][2]["code"] = 2
    assert from_dict(data).hash == one


def test_a_new_option_at_its_default_is_no_other_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    before = builtin().hash
    guide = from_dict(to_dict(builtin()))
    guide.options = {**guide.options, "later": "usual"}
    monkeypatch.setitem(__import__("jwdt_xl.standard.guide.options", fromlist=["DEFAULTS"]).DEFAULTS, "later", "usual")
    assert guide.hash == before


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_as_windows_writes_it(tmp_path: Path, end: str) -> None:
    path = tmp_path / "g.toml"
    path.write_bytes(b"\xef\xbb\xbf" + dump(load("cement")).replace("\n", end).encode())
    assert load(path).hash == load("cement").hash


def test_the_fields_are_those_the_reader_knows() -> None:
    tables = {name for name, spec in specs(Guide).items() if spec.kind not in ("text", "label", "choice", "both")}
    assert {*FACTS, *TABLES, "options", "derivation"} == names_of(Guide) | {"options"} == {*FACTS, *tables}
    assert {*HOW, *ENTRIES} == names_of(Derivation)
    assert (tuple(METHODS), tuple(SUBJECTIVES)) == (COMBINATIONS, SUBJECTIVE)
    for name, fields in {**TABLES, **ENTRIES}.items():
        if name != "gaps":
            record = (specs(Derivation) if name in ENTRIES else specs(Guide))[name].of
            assert {field.partition(".")[0] for field in fields} == names_of(record)
            assert set(specs(record)) == set(record._fields)  # a field without a declaration would never be read
    assert set(specs(Derivation)) == set(Derivation._fields)
    assert [f.partition(".")[2] for f in TABLES["nodes"] if f.startswith("benchmark.")] == list(Benchmark._fields)
    assert tuple(MEASURE_NAMES) == MEASURES


# Errors with their line


def _node(code: str, /, **changes: object) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        node = next(node for node in data["nodes"] if node["code"] == code)
        for key, value in changes.items():
            if value is None:
                node.pop(key)
            else:
                node[key] = node[key] | value if isinstance(value, dict) else value

    return change


@pytest.mark.parametrize("unit", ["kg/t 水泥", "千克/吨", "kgCO2e/t", "kg CO₂/单位产品", "公斤标煤/t", ""])
def test_units_in_which_the_formula_counts(data: Data, unit: str) -> None:
    _node("3", unit_zh=unit, unit_en=unit, benchmark={"unit": unit})(data)
    assert from_dict(data).by_code["3"].unit.zh == unit


#: What is wrong, the text that stands in the line named, and the message.
ERRORS: dict[str, tuple[Callable[[Data], None], str, str]] = {
    "weights that do not sum": (
        _node("2", weight=0.2),
        "weight = 0.5",
        "weights of the children of “target synergy” sum to 0.6, must be 0.5",
    ),
    "weights of the first levels": (
        lambda d: (_node("target", weight=0.6)(d), _node("2", weight=0.2)(d)),
        "[[nodes]]",
        "weights of the children sum to 1.1, must be 1",
    ),
    "a first level without weight": (
        lambda d: d["nodes"].append(
            {"code": "more", "name_zh": "其他", "weight": 0, "attribute": "positive", "formula": "entered"}
        ),
        "weight = 0",
        "first level “其他” has no weight",
    ),
    "cycle": (_node("target", parent="1"), 'parent = "1"', "parent “1” must stand before its children (no cycle)"),
    "unknown parent": (_node("2", parent="goal"), 'parent = "goal"', "there is no parent with code “goal”"),
    "unknown formula": (_node("2", formula="p/q"), 'formula = "p/q"', "formula must be synergy"),
    "duplicate code": (_node("2", code="3"), 'code = "3"', "code “3” is used twice"),
    "codes that differ by case": (
        lambda d: (_node("1", code="a")(d), _node("2", code="A")(d)),
        'code = "A"',
        "code “A” is used twice",
    ),
    "a code a workbook needs": (_node("2", code="so_far"), 'code = "so_far"', "code “so_far” is taken"),
    "a long code": (_node("2", code="c" * 41), 'code = "ccc', "at most 40 characters"),
    "benchmark of another unit": (
        _node("3", benchmark={"unit": "t/单位产品"}),
        'unit = "t/单位产品"',
        "the indicator is in kg/unit product, its benchmark in “t/单位产品”, must be the same",
    ),
    "unit in which the formula does not count": (
        _node("6", unit_zh="t/t", unit_en="t/t", benchmark={"unit": "t/t"}),
        'unit_zh = "t/t"',
        "this formula counts in kg, the unit says “t/t”",
    ),
    "unit of another scale, in words": (
        _node("4", unit_zh="亿元/t", unit_en="10^8 yuan/t", benchmark={"unit": "亿元/t"}),
        'unit_zh = "亿元/t"',
        "this formula counts in 10^4 yuan, the unit says “亿元/t”",
    ),
    "benchmark of another electricity convention": (
        _node("5", benchmark={"basis": "电力按等价值"}),
        "电力按等价值",
        "the benchmark converts electricity by coal consumption of generation, this guide's 0.1229 kgce/kWh is calorific value",
    ),
    "guide of another electricity convention": (
        lambda d: d["options"].update(electricity_coefficient=0.3),
        "%",
        "the benchmark converts electricity by calorific value, this guide's 0.3 kgce/kWh is coal consumption",
    ),
    "benchmark of another output value": (
        _node("4", benchmark={"basis": "工业增加值"}),
        "工业增加值",
        "the benchmark is by value added, this guide's output value is gross output",
    ),
    "benchmark without source": (
        _node("6", benchmark={"source": ""}),
        "benchmark = ",
        "needs its source (every number has one)",
    ),
    "weights without source": (lambda d: d.update(source_zh="", source_en=""), "", "needs its source (every number"),
    "no name": (_node("6", name_zh="", name_en=""), "", "needs its name"),
    "a group with a formula": (
        _node("target", formula="entered"),
        "[[nodes]]",
        "“target synergy” has children, is no indicator",
    ),
    "a grade of a quantity": (
        _node("6", attribute="qualitative", benchmark=None),
        'attribute = "qualitative"',
        "the qualitative attribute goes with policy, management and entered grades",
    ),
    "first levels of one name": (
        _node("control", name_zh="目标协同"),
        'name_zh = "目标协同"',
        "two first levels are called “control synergy”",
    ),
    "a first level no program finds": (
        _node("control", name_en="control*"),
        'name_zh = "控制协同"',
        "the name of a first level must have letters, no * ? ~",
    ),
    "unknown field": (_node("2", wieght=1), "", "unknown field"),
    "unknown option": (lambda d: d["options"].update(gwp="AR5"), "[options]", "no option “gwp”"),
    "value basis": (lambda d: d.update(output_value_basis="利润"), 'output_value_basis = "利润"', "must be 工业总产值"),
    "base period": (lambda d: d.update(base_period="last"), 'base_period = "last"', "must be previous_year or a year"),
    "review": (lambda d: d.update(review="2027-02-30"), 'review = "2027-02-30"', "must be a date"),
    "issued": (lambda d: d.update(issued="2026/11/30"), 'issued = "2026/11/30"', "issued must be a date as 2027-06-30"),
    "a version of no day": (
        lambda d: d.update(history=[{"version": "1", "date": "2026-13-01", "change_zh": "?"}]),
        'date = "2026-13-01"',
        "date must be a date",
    ),
    "a version that changed nothing": (
        lambda d: d.update(history=[{"version": "1", "change_zh": ""}]),
        "[[history]]",
        "needs its change",
    ),
    "a change of no version": (
        lambda d: d.update(history=[{"change_zh": "改"}]),
        "[[history]]",
        "needs its version",
    ),
    "an uncertainty of nothing": (
        lambda d: d.update(uncertainties=[{"of": "grade_6", "uncertainty": 0.1}]),
        'of = "grade_6"',
        "must be",
    ),
    "an uncertainty twice": (
        lambda d: d.update(uncertainties=[{"of": "fuel", "uncertainty": 0.1}, {"of": "fuel", "uncertainty": 0.2}]),
        "of =",
        "each once",
    ),
    "an uncertainty of 0": (
        lambda d: d.update(uncertainties=[{"of": "fuel", "uncertainty": 0}]),
        "uncertainty = 0",
        "above 0",
    ),
    "an uncertainty in per cent": (
        lambda d: d.update(uncertainties=[{"of": "fuel", "uncertainty": 5}]),
        "uncertainty = 5",
        "at most 1",
    ),
    "grade beyond 100": (
        lambda d: d.update(grades=[{"name_zh": "一级", "from": 101}]),
        "from = 101",
        "a total of 0–100 from which it is given",
    ),
    "grades of one total": (
        lambda d: d.update(grades=[{"name_zh": n, "from": 60} for n in ("甲", "乙")]),
        "from = 60",
        "both its own, got “乙” 60",
    ),
    "condition on a group": (
        lambda d: d.update(conditions=[{"indicator": "target", "below": 1, "reason_zh": "?"}]),
        'indicator = "target"',
        "there is no indicator “target”",
    ),
    "condition without limit": (
        lambda d: d.update(conditions=[{"indicator": "2", "reason_zh": "?"}]),
        "[[conditions]]",
        "needs a limit: below or above",
    ),
    "condition on something else": (
        lambda d: d.update(conditions=[{"indicator": "2", "measure": "rank", "below": 1, "reason_zh": "?"}]),
        'measure = "rank"',
        "measure must be value | score, got “rank”",
    ),
    "not applicable without case": (
        lambda d: d.update(not_applicable=[{"code": "7", "reason_zh": ""}]),
        "[[not_applicable]]",
        "needs its reason",
    ),
    "conversion without source": (
        lambda d: d.update(conversions=[{"product_zh": "熟料", "unit": "t", "factor": 1.3, "to": "t"}]),
        "[[conversions]]",
        "needs its source",
    ),
    "conversion by 0": (
        lambda d: d.update(conversions=[{"product_zh": "熟料", "unit": "t", "factor": 0, "to": "t", "source": "?"}]),
        "factor = 0",
        "must be above 0, got “0”",
    ),
}


@pytest.mark.parametrize(("change", "line", "message"), ERRORS.values(), ids=ERRORS)
def test_one_message_with_its_line(
    data: Data, tmp_path: Path, change: Callable[[Data], None], line: str, message: str
) -> None:
    change(data)
    path = tmp_path / "g.toml"
    text = dump_data(data)
    # what the writer does not know it does not write
    for unknown, before in (("wieght = 1", 'code = "2"'), ('gwp = "AR5"', "[options]")):
        if unknown.split(" ")[0] in (*data["options"], *data["nodes"][2]):
            text, line = text.replace(before, f"{before}\n{unknown}"), unknown
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load(path)
    [finding] = caught.value.findings
    assert message in finding.text.en
    name, _, number = finding.where.rpartition(":")
    assert name == str(path)
    assert line in text.splitlines()[int(number) - 1]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("format = ", "1"),
        ('format = "jwdt-guide/1"\nid = unquoted\n', "2"),
        ('a = 1\nb = 2\n[options\nc = "x"\n', "3"),
    ],
)
def test_no_toml(tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "g.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="TOML syntax error") as caught:
        load(path)
    assert caught.value.findings[0].where == f"{path}:{where}"


def test_no_file_and_no_text(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        load(tmp_path / "g.toml")
    (tmp_path / "g.toml").write_bytes("名称 = 1".encode("gbk"))
    with pytest.raises(Refused, match="must be TOML in UTF-8"):
        load(tmp_path / "g.toml")


def test_lines_of_every_way_to_write_toml() -> None:
    text = '''# [[nodes]]
a = """
b = 1
[[nodes]]
"""
list = [ # [
  "x = ]",
  '[c]',
]
[options] # comment
"gwp_set" = 'AR5'
[[nodes]]
code = "1"
benchmark.value = 3
[nodes.note]
zh = "="
[[nodes]]
[[nodes.parts]]
k = { a = 1 }
'''
    assert tomlkit.parse(text)
    assert lines(text) == {
        "a": 2,
        "list": 6,
        "options": 10,
        "options.gwp_set": 11,
        "nodes": 12,
        "nodes[0]": 12,
        "nodes[0].code": 13,
        "nodes[0].benchmark.value": 14,
        "nodes[0].note": 15,
        "nodes[0].note.zh": 16,
        "nodes[1]": 17,
        "nodes[1].parts": 18,
        "nodes[1].parts[0]": 18,
        "nodes[1].parts[0].k": 19,
    }
    known = lines(text)
    assert line_of("nodes[1].weight", known) == 17
    assert line_of("nodes[7].weight", known) == 12
    assert line_of("list[1]", known) == 6
    assert line_of("id", known) is None


def test_a_date_may_be_a_date() -> None:
    text = dump(load("cement")).replace('review = "2027-12-31"', "review = 2027-12-31")
    assert loads(text).hash == load("cement").hash


# Benchmarks into a file


def test_benchmarks_go_in_and_everything_else_stays() -> None:
    text = dump(load("cement"), "en").replace('code = "2"', 'code = "2" # my own remark', 1)
    text = re.sub(r'(code = "3".*?)benchmark = \{value = 620, ([^}]*)\}', _as_table, text, flags=re.S)
    new = {"2": Benchmark(0.7, "AP/t 水泥", "10 of 20", 2025), "3": Benchmark(600.5, "kg/t 水泥", "10 of 20", 2025)}
    changed = with_benchmarks(text, new)
    guide = loads(changed)
    assert {code: guide.by_code[code].benchmark for code in new} == new
    assert guide.by_code["4"] == load("cement").by_code["4"]
    kept = [line for line in text.splitlines() if line.startswith("#") or "remark" in line]
    assert [line for line in changed.splitlines() if line.startswith("#") or "remark" in line] == kept
    assert "# of the table" in changed


def _as_table(match: re.Match[str]) -> str:
    """The benchmark of indicator 3 as a table of its own, after everything else its node says."""
    fields = "\n".join(part.strip() for part in match[2].split(","))
    return f'{match[1]}mark = "demonstration"\n[nodes.benchmark] # of the table\nvalue = 620\n{fields}\n#'


# Schema


def test_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    for guide in (builtin(), *map(load, shipped())):
        jsonschema.validate(json.loads(json.dumps(to_dict(guide))), schema())


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(grade=1),
        lambda d: d.pop("id"),
        _node("2", wieght=1),
        _node("2", weight=-1),
        _node("2", formula="p/q"),
        _node("2", code="2 b"),
        lambda d: d["nodes"][2].pop("weight"),
        lambda d: d["nodes"][2]["benchmark"].update(value=0),
        lambda d: d["nodes"][2]["benchmark"].update(scource=""),
        lambda d: d["options"].update(gwp_set="AR7"),
        lambda d: d.update(base_period="last"),
    ],
)
def test_schema_refuses_what_the_reader_refuses(data: Data, change: Callable[[Data], None]) -> None:
    change(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema())
    with pytest.raises(Refused):
        from_dict(data, strict=True)


# Opening whatever it is


def test_open_guide(tmp_path: Path) -> None:
    from jwdt_xl.authoring import new_book

    guide = load("paper")
    (tmp_path / "g.json").write_text(json.dumps(to_dict(guide)), encoding="utf-8")
    (tmp_path / "g.toml").write_text(dump(guide), encoding="utf-8")
    new_book(tmp_path / "g.xlsx", guide)
    for name in (*(tmp_path / f"g.{suffix}" for suffix in ("json", "toml", "xlsx")), "paper"):
        assert open_guide(name).hash == guide.hash
    with pytest.raises(Refused, match="format must be jwdt-guide/1"):
        (tmp_path / "g.json").write_text("{}", encoding="utf-8")
        open_guide(tmp_path / "g.json")


def test_a_file_comes_before_the_shipped_guide_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find("cement").endswith("cement.toml")
    (tmp_path / "cement").touch()
    assert find("cement") == "cement"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_of_the_docs_uses_fields_that_there_are(language: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / language / "guides.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.S)
    assert example is not None
    with pytest.raises(Refused) as caught:
        loads(example[1])
    # it shows one of each kind, so its weights do not sum and its rules name indicators it leaves out
    assert {f.code for f in caught.value.findings} <= {"weights-do-not-sum", "unknown-indicator"}


# Slips of an author: where, what was found, what may have been meant

_SLIPS: dict[str, tuple[str, str, str, str]] = {
    "parent": ('parent = "target"', 'parent = "tagret"', 'parent = "tagret"', "did you mean: target"),
    "capitals": ('parent = "target"', 'parent = "Target"', 'parent = "Target"', "did you mean: target"),
    "code": ('code = "3"', 'code = "2"', 'code = "2"', "“pollutant equivalents per unit product” has “2”"),
    "field": ("weight = 0.15", "wieght = 0.15", "wieght = 0.15", "did you mean: weight"),
    "table": ("[[grades]]", "[[grade]]", "[[grade]]", "did you mean: grades"),
    "formula": ('formula = "synergy"', 'formula = "sinergy"', 'formula = "sinergy"', "did you mean: synergy"),
    "attribute": ('attribute = "negative"', 'attribute = "negativ"', 'attribute = "negativ"', "did you mean: negative"),
    "indicator": ('indicator = "8"', 'indicator = "88"', 'indicator = "88"', "did you mean: 8"),
    "open": ("[options]", 'open = ["benchmark"]\n[options]', 'open = ["benchmark"]', "did you mean: benchmarks"),
    "key twice": ("weight = 0.15", "weight = 0.15\nweight = 0.2", "weight = 0.2", "stands twice, first in line"),
    "part twice": ("[[grades]]", "[options]\n[[grades]]", "[options]", "“options” stands twice, first in line"),
    "one bracket": ("[[nodes]]", "[nodes]", "[[nodes]]", "“nodes” stands twice, first in line"),
}


@pytest.mark.parametrize("slip", _SLIPS)
def test_a_slip_names_its_line_and_what_may_be_meant(slip: str) -> None:
    right, wrong, line, said = _SLIPS[slip]
    text = dump(load("cement")).replace(right, wrong, 1)
    with pytest.raises(Refused) as caught:
        loads(text, "g.toml")
    told = [f for f in caught.value.findings if said in f.text.en]
    assert told, [f.text.en for f in caught.value.findings]
    number = int(told[0].where.removeprefix("g.toml:"))
    assert text.splitlines()[number - 1].startswith(line)


def test_a_list_of_one_stands_in_brackets() -> None:
    text = dump(load("cement")).replace('name_zh = "水泥', 'open = "weights"\nname_zh = "水泥', 1)
    with pytest.raises(Refused, match=r'brackets too: \["weights"\]'):
        loads(text)
