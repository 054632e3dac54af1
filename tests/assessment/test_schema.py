"""The JSON Schema accepts what the reader accepts and knows the same fields."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from jwdt_xl.assessment import fields, model, planned, read, tables, who, write
from jwdt_xl.assessment.schema import schema
from jwdt_xl.errors import Refused
from jwdt_xl.standard import guide as guides
from jwdt_xl.standard import record
from jwdt_xl.standard.guide.benchmarks import Benchmark
from jwdt_xl.standard.guide.options import OPTIONS
from jwdt_xl.standard.units import BY_CODE

EXAMPLES = ("cement", "dyeing", "total_basis", "both_rise", "not_applicable", "na_and_missing")
SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def wrong_places(data):
    return [error.json_path for error in VALIDATOR.iter_errors(data)]


def test_it_is_a_schema_and_json():
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_valid(example, name):
    data = example(name)
    assert wrong_places(data) == []
    assert wrong_places(write(read(data))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("colour", 1),
        ("format", "jwdt-assessment/2"),
        ("enterprise.phone", "1"),
        ("periods.base", None),
        ("periods.report", ""),
        ("product.output.base", -1),
        ("product.output.base", "5"),
        ("output_value.basis", "产值"),
        ("output_value.unit", "kg"),
        ("pollutants[0].unit", "m3"),
        ("pollutants[0].unit", None),
        ("pollutants[0].pollutant", " "),
        ("pollutants[0].medium", "soil"),
        ("pollutants[0].quality", 6),
        ("pollutants[0].quality", 1.5),
        ("pollutants[0].factor", 1),
        ("greenhouse[0].category", "heat"),
        ("greenhouse[0].biomass", 1),
        ("energy[1].origin", "solar"),
        ("energy[0].base", True),
        ("materials[0].unit", "GJ"),
        ("residual_energy[0].report", 1e31),
        ("policy.recommended", "maybe"),
        ("policy.elimination_list", "no!"),
        ("benchmarks.10", 5),
        ("benchmarks.2", 0),
        ("benchmarks.2.author", "x"),
        ("benchmarks.2.year", 2023.5),
        ("not_applicable.7", ""),
        ("not_applicable.10", "无"),
        ("weights", {"1": 1}),
        ("weights", {str(n): -0.1 for n in range(1, 10)}),
        ("entered.8", 2),
        ("options.synergy_basis", "mean"),
        ("options.score_cap", 0.5),
        ("options.colour", 1),
    ],
)
def test_mutated_examples_are_not(example, path, value):
    data = example("cement", {path: value})
    assert wrong_places(data)
    with pytest.raises(Refused):
        read(data)


@pytest.mark.parametrize("path", ["format", "periods", "periods.report", "pollutants[0].medium", "energy[0].energy"])
def test_required_fields(example, gone, path):
    data = example("cement", {path: gone})
    assert wrong_places(data)
    with pytest.raises(Refused):
        read(data)


def test_blank_is_null_or_left_out(plain, gone):
    for value in (None, gone):
        data = plain({"materials[0].report": value, "policy.recommended": value, "output_value.basis": value})
        assert wrong_places(data) == [] and read(data).materials[0].report is None


def test_every_field_of_the_model_with_its_texts():
    """Derived from the specs: a new field is there by itself, with its name and help in both languages."""
    for name, cls in {**model.SECTIONS, **tables.TABLES, **planned.LISTS}.items():
        part = SCHEMA["properties"][name]
        properties = part["properties"] if name in model.SECTIONS else part["items"]["properties"]
        asked = (
            who.fields(guides.builtin()) if name == "enterprise" else fields.specs(cls)
        )  # a city has a code of its own
        assert list(properties) == list(asked)
        for field, spec in asked.items():
            if spec.kind not in (record.SECTION, record.TABLE):
                assert properties[field]["title"].endswith(spec.label.en)
                assert spec.help.zh in properties[field]["description"]
                assert spec.help.en in properties[field]["description"]
    assert set(SCHEMA["properties"]) == {
        "format",
        "guide",
        "boundary",
        *model.SECTIONS,
        *tables.TABLES,
        *planned.LISTS,
        *model.MAPPINGS,
    }


def test_enums():
    rows = SCHEMA["properties"]["pollutants"]["items"]["properties"]
    assert rows["medium"]["enum"] == ["water", "air"]
    assert rows["unit"]["enum"] == [
        u for u, unit in BY_CODE.items() if unit.dimension in ("mass", "wastewater", "head", "bird", "bed", "level")
    ]
    options = SCHEMA["properties"]["options"]["properties"]
    assert list(options) == [option.name for option in OPTIONS]
    assert options["gwp_set"]["enum"] == ["AR5", "AR4", "AR6", "AR2"] and options["gwp_set"]["default"] == "AR5"
    assert tuple(model.BENCHMARK) == Benchmark._fields[:-1]  # the limit is the guide's


def test_codes_come_from_the_guide(plain):
    node = {
        "code": "only",
        "name_zh": "甲",
        "name_en": "first",
        "weight": 1,
        "attribute": "negative",
        "formula": "carbon_intensity",
    }
    small = Draft202012Validator(schema(guides.from_dict({"format": "jwdt-guide/1", "nodes": [node]})))
    assert not small.is_valid(plain())
    assert small.is_valid(plain({"benchmarks": {"only": 5}}))


# What the schema accepts, the reader knows: a small writer of valid files

TEXTS = st.text("水泥 abc/0.", max_size=4)


def written(rule):
    """A strategy for what a part of this schema accepts."""
    if "anyOf" in rule and "properties" in rule:  # weights: all or none
        return st.one_of(st.just({}), st.fixed_dictionaries({n: written(p) for n, p in rule["properties"].items()}))
    if "anyOf" in rule:
        return st.one_of([written(part) for part in rule["anyOf"]])
    if "const" in rule:
        return st.just(rule["const"])
    if "enum" in rule:
        return st.sampled_from(rule["enum"])
    types = rule["type"] if isinstance(rule["type"], list) else [rule["type"]]
    return st.one_of([_typed(kind, rule) for kind in types])


def _typed(kind, rule):
    if kind == "null":
        return st.none()
    if kind == "string" and "not" in rule:
        return TEXTS.map(lambda t: f"所述 {t}".strip())
    if kind == "string":
        return TEXTS.map(lambda t: t.strip() or "x") if "pattern" in rule else TEXTS
    if kind == "integer":
        return st.integers(int(rule.get("minimum", 1990)), int(min(rule.get("maximum", 2100), 2100)))
    if kind == "number":
        low, most = rule.get("minimum", rule.get("exclusiveMinimum", 0)), rule["maximum"]
        floats = st.floats(low, most, exclude_min="exclusiveMinimum" in rule)
        return st.one_of(floats, st.integers(1, int(min(most, 1000)))) if most >= 1 else floats
    if kind == "array":
        return st.lists(written(rule["items"]), max_size=2)
    required = rule.get("required", [])
    optional = {name: written(part) for name, part in rule["properties"].items() if name not in required}
    return st.fixed_dictionaries({name: written(rule["properties"][name]) for name in required}, optional=optional)


#: What a schema cannot say: codes with check characters, sums, names that the tables of the standard know.
SEMANTIC = {
    "bad-uscc",
    "bad-industry-code",
    "equal-periods",
    "weights-incomplete",
    "weights-do-not-sum",
    "empty-first-level",
    "unknown-row",  # of a plan: which rows there are
}


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(written(SCHEMA))
def test_what_the_schema_accepts_the_reader_can_read(data):
    assert wrong_places(data) == []
    try:
        read(data)
    except Refused as error:
        assert {finding.code for finding in error.findings} <= SEMANTIC
