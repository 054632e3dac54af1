"""A field of a guide is one declaration: added to any record it is read, written and shown everywhere."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import jwdt_xl
from jwdt_xl.errors import JwdtError
from jwdt_xl.messages import Text
from jwdt_xl.standard.guide import builtin, to_dict
from jwdt_xl.standard.record import NUMBER, Spec, bounded, finite, short

#: The records, each with the module that declares it.
RECORDS = {
    "nodes": ("Node", "Grade", "Condition", "NotApplicable", "Conversion"),
    "benchmarks": ("Benchmark",),
    "derivation": ("Expert", "Matrix", "SurveyResult", "Derivation"),
    "history": ("Revision",),
    "sureness": ("Sureness",),
    "required": ("RequiredPollutant",),
    "tree": ("Guide",),
}
IMPORT = "from ..record import both, choice, names, number, text\n"
ADDED = [
    '    dummy: Annotated[str, text("试填", "dummy", "试填的文本", "a trial")] = ""',
    '    dummy_number: Annotated[float | None, number("试数", "dummy number", "试填的数", "a number", maximum=9)] = None',
    '    dummy_names: Annotated[tuple[str, ...], names("试名", "dummy names", "试填的名称", "names")] = ()',
    '    dummy_both: Annotated[Text, both("试文", "dummy text", "两种语言", "both languages")] = Text("", "")',
    '    dummy_choice: Annotated[str, choice("试选", "dummy choice", "一种", "one", {"a": Text("甲", "one")})] = ""',
]
SAID = {"dummy": "said", "dummy_number": 7.5, "dummy_names": ["甲", "乙"], "dummy_both_zh": "文", "dummy_both_en": "text",
        "dummy_choice": "a"}  # fmt: skip

#: What is done with the field, in a process that has it: reads a guide, prints where it was found.
CHECK = """
import copy, io, json, sys
import jsonschema
from docx import Document
from jwdt_xl.authoring import build, dump, loads, new_book, read_unfinished, schema
from jwdt_xl.cli import guide_tables
from jwdt_xl.errors import Refused
from jwdt_xl.messages import set_language
from jwdt_xl.reports.guides.document import made
from jwdt_xl.standard.guide import from_dict, to_dict

def main():
    data, said, folder = json.load(open(sys.argv[1])), json.loads(sys.argv[2]), sys.argv[3]
    set_language("en")
    bare = from_dict(copy.deepcopy(data), strict=True)
    assert to_dict(bare) == data or bare.hash == from_dict(data).hash  # a field that says nothing changes no hash
    records = [data, data["derivation"], data["nodes"][3]["benchmark"], *data["nodes"]]
    records += [entry for name in ("grades", "conditions", "not_applicable", "conversions", "history", "uncertainties", "required_pollutants") for entry in data[name]]
    records += [entry for name in ("experts", "ahp", "survey") for entry in data["derivation"][name]]
    for record in records:
        record |= copy.deepcopy(said)
    guide = from_dict(data, strict=True)
    assert to_dict(guide) == data, "read and written"
    assert guide.hash != bare.hash
    jsonschema.Draft202012Validator(schema()).validate(data)
    for record in records:
        record["dummy_choice"] = "b"
    errors = list(jsonschema.Draft202012Validator(schema()).iter_errors(data))
    assert len(errors) == len(records), "one error of the schema for each"
    for record in records:
        record["dummy_choice"] = "a"
    weights = [data["derivation"], *(e for name in ("experts", "ahp", "survey") for e in data["derivation"][name])]
    others = [record for record in records if not any(record is other for other in weights)]
    for part in (weights, others):  # a derivation is read once the tree is right
        for record in part:
            record["dummy_number"] = 10
        try:
            from_dict(data)
        except Refused as error:
            wrong = [finding.where for finding in error.findings]
        assert len(wrong) == len(part) and all(where.endswith("dummy_number") for where in wrong), wrong
        for record in part:
            record["dummy_number"] = said["dummy_number"]
    for language in ("zh", "en"):
        text = dump(guide, language)
        assert to_dict(loads(text)) == data, "TOML"
        assert text.count("试填的文本" if language == "zh" else "a trial") >= 8, "comments"
        path = f"{folder}/{language}.xlsx"
        new_book(path, guide, language)
        assert to_dict(build(path)) == data, "workbook"
        again = f"{folder}/again-{language}.xlsx"
        new_book(again, read_unfinished(path), language)
        assert to_dict(build(again)) == data, "workbook anew"
    guide_tables.show(guide)
    document = Document(io.BytesIO(made(guide)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert sum(text == "said" or text.endswith(": said") for text in texts) == len(records), "document"

if __name__ == "__main__":  # the processes that open workbooks import this file
    main()
"""


def complete() -> dict[str, object]:
    """A guide that says something in every record, in the order and form in which it is written."""
    from ..authoring.weights import derived

    data = to_dict(derived())
    for node in data["nodes"]:
        if node.get("attribute") in ("positive", "negative"):
            node["benchmark"] = {"value": 2.5, "unit": node["unit_zh"], "source": "policy", "year": 2023}
    data["grades"] = [{"name_zh": "一级", "name_en": "I", "from": 80}]
    data["conditions"] = [{"indicator": "8", "measure": "value", "below": 0.5, "reason_zh": "淘汰", "reason_en": "old"}]
    data["not_applicable"] = [{"code": "7", "reason_zh": "无余能", "reason_en": "none"}]
    data["conversions"] = [
        {"product_zh": "熟料", "product_en": "clinker", "unit": "t", "factor": 1.3, "to": "t", "source": "s"}
    ]
    data["uncertainties"] = [{"of": "grade_2", "uncertainty": 0.04, "source": "s"}]
    data["required_pollutants"] = [{"pollutant": "甲醛", "medium": "water", "source": "s"}]
    data["history"] = [{"version": "1", "date": "2026-01-02", "change_zh": "初版", "change_en": "first"}]
    return data


def with_fields(source: str, classes: tuple[str, ...]) -> str:
    """A module with the dummy fields at the end of each of its records."""
    lines = source.splitlines()
    found = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name in classes]
    assert len(found) == len(classes)
    for node in reversed(found):
        last = [item for item in node.body if isinstance(item, ast.AnnAssign)][-1].end_lineno
        lines[last:last] = ADDED
    start = next(i for i, line in enumerate(lines) if line.startswith("from ...messages"))
    lines.insert(start, IMPORT.rstrip())
    return "\n".join(lines) + "\n"


def test_a_new_field_is_found_everywhere(tmp_path: Path) -> None:
    package = Path(jwdt_xl.__file__).parent
    copy = tmp_path / "jwdt_xl"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for module, classes in RECORDS.items():
        path = copy / "standard" / "guide" / f"{module}.py"
        path.write_text(with_fields(path.read_text(encoding="utf-8"), classes), encoding="utf-8")
    (tmp_path / "data.json").write_text(json.dumps(complete()), encoding="utf-8")
    (tmp_path / "books").mkdir()
    (tmp_path / "check.py").write_text(CHECK, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "check.py", "data.json", json.dumps(SAID), "books"],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "COLUMNS": "400", "PYTHONUTF8": "1", "PATH": ""},
        capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    # on the terminal: facts and derivation, nodes, a benchmark, rules, experts, matrices, results
    assert done.stdout.lower().count("dummy: said") == 2 + 12 + 1 + 7 + 3 + 6 + 5


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, -(10**400), True, "1", None, [1]])
def test_what_is_no_number(value: object) -> None:
    with pytest.raises(JwdtError, match="must be a number"):
        finite(value)


def test_bounds_of_a_field() -> None:
    spec = Spec(NUMBER, Text("数", "n"), Text("", ""), minimum=1, maximum=5, whole=True)
    assert [bounded(spec, value) for value in (1, 5, 3.0)] == [1, 5, 3]
    for wrong in (0, 6, 2.5):
        with pytest.raises(JwdtError, match="must be a whole number 1 … 5"):
            bounded(spec, wrong)
    assert bounded(Spec(NUMBER, *spec[1:3], minimum=None), -2) == -2
    with pytest.raises(JwdtError):
        bounded(Spec(NUMBER, *spec[1:3], above=True), 0)


def test_values_of_any_size_are_shown_short() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert all(len(short(value)) <= 60 for value in ("x" * 10**6, 16**10_000, deep, list(range(10**5)), builtin()))
