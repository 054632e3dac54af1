"""What the engine finds is live in the form too, or stands here with the reason why not; and what is said of single cells agrees."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import checks
from jwdt_xl.assessment.evaluate import evaluate
from jwdt_xl.assessment.read import read
from jwdt_xl.authoring.files import load
from jwdt_xl.standard.guide import Guide, from_dict, to_dict
from jwdt_xl.workbook import Layout, write
from jwdt_xl.workbook.columns.catalogue import CODES

from ..office import Office
from .cases import PLAIN, changed
from .compare import Values, in_ironcalc, in_office

#: Findings that another hint, or the form itself, says while it is filled in.
LIVE_OTHERWISE = {
    "blank-detail": "the hint “needed”", "blank-period": "the hints of blank amounts", "empty-table": "the contents list",
    "energy-medium-not-counted": "the hint “excluded”", "overlap-left-out": "the hint “overlap”", "excluded": "the grade on the summary",
    "negative-carbon": "the indicators' states", "benchmark-not-used": "the cell is locked", "entered-not-used": "the form has no such cell",
    "totals-row": "the hint “total_row”; in other tables the name is refused", "remark-row": "the row is incomplete",
    "required-pollutant": "the sentence above the pollutants", "required-without-reason": "the same sentence",
    "lone-text": "the row is incomplete", "text-number": "the hint “number”: the sheet refuses what the reader reads with a word",
}  # fmt: skip
_TABLE, _TWO, _WORDS, _INFO, _PLAN = (
    "it needs a whole table, or several", "two rows, each to be searched for the other", "it reads free words of a text",
    "information that needs nothing done", "of measures, which have hints of their own",
)  # fmt: skip
#: The others, each with the reason.
NOT_LIVE = {
    "counted-twice": _TABLE, "emissions-without-energy": _TABLE, "sold-more-than-used": _TABLE, "share-above-100": _TABLE,
    "non-fossil-sold-more-than-used": _TABLE, "no-source": _TABLE, "sum-of-rows": _TABLE, "overlap-all-counted": _TABLE,
    "overlapping-counted": _TABLE, "own-value-unused": _TABLE, "within-uncertainty": _TABLE, "option-not-stated": _TABLE,
    "duplicate-row": _TWO, "mixed-grid-factors": _TWO,
    "benchmark-convention": _WORDS, "benchmark-convention-unstated": _WORDS, "benchmark-value-basis": _WORDS,
    "benchmark-value-basis-unstated": _WORDS, "written-otherwise": _WORDS, "doubtful-recorded": _WORDS,
    "base-not-previous-year": _INFO, "province-factor": _INFO, "value-basis": _INFO, "weak-factor": _INFO, "own-value-replaces": _INFO,
    "unused-parameter": _INFO, "required-not-emitted": _INFO, "plan-idle": _PLAN, "plan-overlap": _PLAN, "unknown-lever": _PLAN,
    "text-too-long": "a text that no cell of ours is too small for: of files",
    "implausible-carbon-per-tce": "the range of each fuel by both default tables, which the lists do not have yet",
    "non-fossil-ignored": "not built yet: it needs what decides, by kind and energy", "non-fossil-without-evidence": "as the one before",
}  # fmt: skip


def _said() -> set[str]:
    """The codes of findings about data that are no rules, from the source."""
    found = set()
    folder = Path(checks.__file__).parent.parent
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                code = node.args[1]
                if isinstance(code, ast.Constant):
                    found.add(str(code.value))
    return found


def test_every_finding_is_live_or_says_why() -> None:
    """A new one is a Rule, or stands in one of the two lists with its reason."""
    rules = {rule.code for rule in checks.RULES}
    said = _said() - rules
    assert said == LIVE_OTHERWISE.keys() | NOT_LIVE.keys(), said ^ (LIVE_OTHERWISE.keys() | NOT_LIVE.keys())
    assert not LIVE_OTHERWISE.keys() & NOT_LIVE.keys()


_FIXED = {"base_period": "2020", "output_value_basis": "工业增加值"}
#: Changes to a plain enterprise of the guide of cement that fixes a period and a basis: at which question, which hint and finding.
SINGLE: list[tuple[dict[str, Any], str, str, str]] = [
    ({"periods.base": "2019"}, "periods.base", "base_period", "base-period"),
    ({"output_value.basis": "工业总产值"}, "output_value.basis", "other_basis", "guide-value-basis"),
    ({"output_value.basis": None}, "output_value.basis", "other_basis", "guide-value-basis"),
    ({"products": [{"name": "外售熟料", "unit": "t", "base": 200, "report": 200, "factor": 1.3}]}, "product.output.base", "output_differs", "output-differs-from-products"),
]  # fmt: skip
ROWS: list[tuple[dict[str, Any], str]] = [
    ({"factor": 1.3}, ""), ({"factor": 1.2}, "product-conversion"), ({"factor": None}, "product-conversion"), ({"name": "Clinker Sold", "factor": 1.3}, ""),
    ({"unit": "kg", "factor": 1.3}, "product-conversion"), ({"name": "砖", "factor": 1}, "product-without-conversion"), ({"name": "外售 熟料", "factor": 1.3}, ""),
]  # fmt: skip


def _guide() -> Guide:
    """Without benchmarks, which are by another basis."""
    data = to_dict(load("cement"))
    nodes = [{key: value for key, value in node.items() if key != "benchmark"} for node in data["nodes"]]
    return from_dict({**data, **_FIXED, "nodes": nodes})


def test_what_a_guide_fixes_is_told_where_it_is_typed(office: Office, tmp_path: Path) -> None:
    guide = _guide()
    layout = Layout(guide, "portable", "zh")
    right = {
        "periods.base": "2020",
        "periods.report": "2023",
        "output_value.basis": "工业增加值",
        "benchmarks": {},
        "product.unit": "t",
    }
    rows = [{"name": "外售熟料", "unit": "t", "base": 9, "report": 9, **row} for row, _ in ROWS]
    cases = [(change, (path, hint, code)) for change, path, hint, code in SINGLE] + [({"products": rows}, None)]
    for i, (change, single) in enumerate(cases):
        assessment = read(changed(PLAIN, {**right, **change}), guide)
        told = {(finding.where, finding.code) for finding in evaluate(assessment, guide).findings}
        path = tmp_path / f"{i}.xlsx"
        write(path, guide=guide, host="portable", assessment=assessment)
        values: list[Values] = [in_ironcalc(path)]
        if single is None:
            values.append(in_office(office, path))
        for computed in values:
            if single is not None:
                where, hint, code = single
                cell = layout.hint_cell(where, "code")
                assert (where, code) in told and computed[layout.title(cell.sheet), cell.row, cell.col] == CODES[
                    hint
                ], single
                continue
            table = layout.tables["products"]
            hints = {rule.code: rule.hint.zh for rule in checks.RULES if rule.code.startswith("product-")}
            for row, (_, code) in enumerate(ROWS):
                shown = computed[layout.title(table.sheet), table.first + row, table.column("hint")]
                here = {code for where, code in told if where == f"products[{row}].factor"}
                assert here & {"product-conversion", "product-without-conversion"} == ({code} if code else set()), row
                assert not code or shown == hints[code], (row, shown)
                assert code or shown not in (hints["product-conversion"], hints["product-without-conversion"]), (
                    row,
                    shown,
                )


@pytest.mark.parametrize("path", ["periods.base", "output_value.basis"])
def test_a_guide_that_fixes_nothing_says_nothing(path: str) -> None:
    assessment = read(changed(PLAIN, {"benchmarks": {}}))
    assert not {"base-period", "guide-value-basis"} & {f.code for f in evaluate(assessment).findings if f.where == path}
