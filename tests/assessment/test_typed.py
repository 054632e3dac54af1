"""What people type into assessment files: totals, remarks, numbers left as texts, codes. The core stays strict."""

from __future__ import annotations

from typing import Any

import pytest

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.assessment.typed import numbers_of_texts
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Finding
from jwdt_xl.standard.codes import as_typed


def test_numbers_left_as_texts(plain: Any) -> None:
    right = plain({"benchmarks.3": 5, "options.score_cap": 1})
    typed = plain({"pollutants[0].base": "100", "benchmarks.3": "5", "benchmarks.6.value": "9,000", "product.output.base": "１００", "options.score_cap": "1"})  # fmt: skip
    right["benchmarks"]["6"]["value"] = 9000
    right["product"]["output"]["base"] = 100
    told: list[Finding] = []
    assert numbers_of_texts(typed, told) == right
    assert {(f.severity, f.code) for f in told} == {("warning", "text-number")}
    assert sorted(f.where for f in told) == [
        "benchmarks.3", "benchmarks.6.value", "options.score_cap", "pollutants[0].base", "product.output.base",
    ]  # fmt: skip
    with pytest.raises(Refused):
        read(typed)
    for doubtful in ("1,5", "12 t", "约100", "3.2万", "5%"):
        told.clear()
        data = plain({"pollutants[0].base": doubtful})
        assert numbers_of_texts(data, told) == data and not told


@pytest.mark.parametrize("data", [None, [], 5, "x", {"pollutants": 5, "energy": [5], "periods": [], "benchmarks": []}])
def test_what_is_no_assessment_is_left_as_it_is(data: Any) -> None:
    assert numbers_of_texts(data, []) == data


@pytest.mark.parametrize("table", ["materials", "products", "residual_energy", "energy"])
def test_a_total_changes_no_number(plain: Any, table: str) -> None:
    name = {"materials": "material", "products": "name", "residual_energy": "kind", "energy": "energy"}[table]
    data = plain({})
    before = evaluate(data)
    rows = data.get(table) or []
    data[table] = [*rows, {name: "合计", "unit": "t", "base": 1e9, "report": 1e9}]
    after = evaluate(data)
    assert after.total == before.total and after.quantities.material_kg == before.quantities.material_kg
    [finding] = [f for f in after.findings if f.code == "totals-row"]
    assert (finding.severity, finding.where) == ("error", f"{table}[{len(rows)}]")


def test_a_remark_costs_one_finding_and_rows_below_keep_their_place(plain: Any) -> None:
    data = plain({})
    rows = data["materials"]
    data["materials"] = [
        {"material": "备注：含水", "note": "见附件"},
        *rows,
        {"material": "x", "unit": "t", "base": None, "report": 5},
    ]
    result = evaluate(data)
    assert [(f.severity, f.where) for f in result.findings if f.code == "remark-row"] == [("warning", "materials[0]")]
    assert f"materials[{1 + len(rows)}].base" in [f.where for f in result.findings if f.code == "blank-period"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (3011, "3011"), (3011.0, "3011"), (610, "0610"), (610.0, "0610"), ("3011.0", "3011"), ("610.0", "0610"), ('="0610"', "0610"), ("'3011", "3011"),
        (" 3011\u200b", "3011"), ("91330500ma2b2c3d4t", "91330500MA2B2C3D4T"), (9.133050012345678e17, 9.133050012345678e17), (True, True), (None, None),
        (3011.5, 3011.5), (12, 12), ("３０１１", "3011"), ("", ""),
    ],
)  # fmt: skip
def test_codes(typed: object, meant: object) -> None:
    assert as_typed(typed) == meant
