"""Chinese messages speak the words of the form, never the codes of a file: every field that offers something, asked with nonsense."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from jwdt_xl.assessment import read
from jwdt_xl.assessment.fields import specs
from jwdt_xl.assessment.model import SECTIONS
from jwdt_xl.assessment.tables import TABLES
from jwdt_xl.errors import JwdtError, Refused
from jwdt_xl.messages import Text
from jwdt_xl.standard import units
from jwdt_xl.standard.energy import ORIGIN_NAMES
from jwdt_xl.standard.formulas import FORMULAS
from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.standard.guide.derivation import METHODS, SUBJECTIVES
from jwdt_xl.standard.guide.nodes import MEASURE_NAMES
from jwdt_xl.standard.guide.options import OPTIONS
from jwdt_xl.standard.record import CHOICE, FLAG, NUMBER, UNIT, Spec
from jwdt_xl.standard.scoring import ATTRIBUTE_NAMES
from jwdt_xl.standard.units import of_dimensions, unit_label

NONSENSE = "〇"


def refused(work: Any, *arguments: Any) -> list[Text]:
    with pytest.raises(JwdtError) as error:
        work(*arguments)
    return [f.text for f in error.value.findings] if isinstance(error.value, Refused) else [error.value.text]


def offered(spec: Spec) -> Iterable[tuple[Any, Text]]:
    return (
        spec.choices
        if spec.kind in (CHOICE, FLAG)
        else ((u.code, unit_label(u.code)) for u in of_dimensions(spec.dimensions))
    )


def fields() -> Iterator[tuple[str, dict[str, Any], Spec]]:
    for name, cls in (*SECTIONS.items(), *TABLES.items()):
        for field, spec in specs(cls).items():
            if spec.kind in (CHOICE, FLAG, UNIT):
                number = next((name for name, other in specs(cls).items() if other.kind == NUMBER), "")
                entry = (
                    {field: NONSENSE, number: 1} if name in TABLES else {field: NONSENSE}
                )  # a row with nothing else is a remark
                yield f"{name}.{field}", {name: [entry] if name in TABLES else entry}, spec


FIELDS = {path: (data, spec) for path, data, spec in fields()}


def speaks(text: str, choices: Iterable[tuple[Any, Text]]) -> None:
    """The words are there, and no code that is none of them."""
    for code, label in choices:
        assert label.zh in text, (label, text)
        key = str(code).lower() if isinstance(code, bool) else str(code)
        if key not in label.zh:
            assert not re.search(rf"(?<![A-Za-z_]){re.escape(key)}(?![A-Za-z_])", text), (key, text)


@pytest.mark.parametrize("path", FIELDS)
def test_fields_of_a_return(path: str) -> None:
    data, spec = FIELDS[path]
    texts = [
        t.zh for t in refused(read, {"format": "jwdt-assessment/1", **data}) if NONSENSE in t.zh and "只有" not in t.zh
    ]
    [text] = texts[-1:]
    speaks(text, offered(spec))


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_options(option: Any) -> None:
    [text] = refused(option.check, NONSENSE)
    assert option.name not in text.zh and option.label.zh in text.zh
    speaks(text.zh, option.choices)


def test_power_without_origin() -> None:
    row = {"unit": "kWh", "base": 1, "report": 1}
    for table in ({"energy": [{"energy": "电力", **row}]}, {"activity": [{"kind": "electricity", **row}]}):
        from jwdt_xl.assessment import evaluate

        periods = {"base": "2022", "report": "2023"}
        [text] = refused(evaluate, {"format": "jwdt-assessment/1", "periods": periods, **table})
        assert "电网" in text.zh and not any(code in text.zh for code in ORIGIN_NAMES)


def test_units() -> None:
    [text] = refused(units.find_unit, NONSENSE, ("mass", "wastewater", "head", "bird", "bed"))
    assert text.zh.startswith("单位必须是 kg / mg / g / t / 万t / t废水 / 头 / 羽 / 床 之一")


GUIDE = {
    "attribute": ATTRIBUTE_NAMES,
    "formula": {key: formula.name for key, formula in FORMULAS.items()},
}


@pytest.mark.parametrize("field", GUIDE)
def test_fields_of_a_guide(field: str) -> None:
    data = to_dict(builtin())
    leaf = next(node for node in data["nodes"] if node.get(field))
    leaf[field] = NONSENSE
    texts = [t.zh for t in refused(from_dict, data) if NONSENSE in t.zh]
    speaks(texts[0], GUIDE[field].items())
    words = to_dict(builtin())
    for node in words["nodes"]:
        if node.get(field):
            node[field] = GUIDE[field][node[field]].zh
    assert to_dict(from_dict(words)) == to_dict(builtin())  # what a message offers is taken


@pytest.mark.parametrize("choices", [METHODS, SUBJECTIVES, MEASURE_NAMES], ids=["methods", "subjectives", "measures"])
def test_choices_of_a_derivation(choices: dict[str, Text]) -> None:
    from jwdt_xl.standard.guide.derivation import _offered

    [text] = refused(_offered, NONSENSE, choices)
    speaks(text.zh, choices.items())
