"""The path by numpy against the core's, for enterprises and guides made at random."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.uncertainty import uncertainty
from jwdt_xl.cli import main
from jwdt_xl.errors import JwdtError
from jwdt_xl.portfolio.analysis import uncertainty as fast
from jwdt_xl.portfolio.book.reader import read_portfolio

from ..assessment.test_parts import guide_of
from ..assessment.test_properties import FULL
from .returns import uscc

PARTS = guide_of(
    ("equivalent_intensity", "negative", {"medium": "water"}),
    ("equivalent_intensity", "negative", {"medium": "air"}),
    ("equivalent_intensity", "negative", {"pollutants": ["氨氮", "BOD5"], "medium": "water"}),
    ("material_intensity", "negative", {"materials": ["石灰石"]}),
    ("nonfossil_share", "positive", {"energies": ["电力"]}),
    ("carbon_productivity", "positive", {}),
)


def numbers(found: Any) -> list[float | None]:
    """Every number of the JSON, in order."""
    if isinstance(found, dict):
        return [number for value in found.values() for number in numbers(value)]
    if isinstance(found, list):
        return [number for value in found for number in numbers(value)]
    return [found]


def assert_equal(data: dict[str, Any], guide: Any = None) -> None:
    try:
        result = evaluate(data, guide)
    except JwdtError:
        assume(False)
    slow, quick = uncertainty(result).as_dict(), fast.uncertainty(result).as_dict()
    assert slow.keys() == quick.keys()
    for a, b in zip(numbers(slow), numbers(quick), strict=True):
        assert (a is None) == (b is None)
        if a is not None and b is not None:
            # A rate on the edge of a case may fall on either side by its last digit: a draw or two of 2,000.
            assert math.isclose(a, b, rel_tol=1e-6, abs_tol=0.002)


@given(
    FULL, st.sampled_from(["ratio", "distance", "cosine", "composite", "equivalent_rate"]), st.sampled_from([0.0, 0.05])
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_paths_agree(data: dict[str, Any], measure: str, floor: float) -> None:
    options = {"full_rate": 0.1, "carbon_equivalents": 50.0, "synergy_floor": floor, "moderate_score": measure}
    assert_equal({**data, "options": {**data["options"], **options}})


@given(FULL)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_paths_agree_on_what_a_guide_counts_only(data: dict[str, Any]) -> None:
    benchmarks = dict(zip("abcdef", (2, 3, 4, 500, 5, 0.5), strict=True))
    assert_equal({**data, "not_applicable": {}, "benchmarks": benchmarks}, PARTS)


@pytest.mark.parametrize("name", ["both_rise", "cement", "dyeing", "na_and_missing", "not_applicable", "total_basis"])
def test_the_examples(golden: Path, name: str) -> None:
    assert_equal(json.loads((golden / f"example_{name}.json").read_text(encoding="utf-8")))


def returned(golden: Path, folder: Path) -> None:
    """Returns of three enterprises: one sure, one of estimates, one sure and worse."""
    folder.mkdir()
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    for name, code, quality in (("a", "91330500MA2B2C3D4T", 1), ("b", uscc(2), 5), ("c", uscc(3), 1)):
        changed = json.loads(json.dumps(data))
        changed["enterprise"] |= {"name": name, "uscc": code}
        for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy"):
            for row in changed[table]:
                row["quality"] = quality
        if name == "c":
            changed["policy"]["recommended"] = "no"
        (folder / f"{name}.json").write_text(json.dumps(changed), encoding="utf-8")


@pytest.fixture
def collected(golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*more: str) -> tuple[dict[str, Any], Path]:
        book = tmp_path / "p.xlsx"
        capsys.readouterr()
        main(["collect", str(tmp_path / "in"), "-o", str(book), "--json", "--jobs", "1", *more])
        return {each["file"]: each for each in json.loads(capsys.readouterr().out)["results"]}, book

    returned(golden, tmp_path / "in")
    return run


def test_a_collection_with_intervals(golden: Path, tmp_path: Path, collected: Any) -> None:
    without, _ = collected()
    assert all("interval" not in each for each in without.values())
    results, book = collected("--interval")  # the rows of the first run, which have none, are not used
    assert results.keys() == without.keys()
    for name, each in results.items():
        data = json.loads((tmp_path / "in" / Path(name).name).read_text(encoding="utf-8"))
        assert each["interval"]["total"] == pytest.approx(list(uncertainty(evaluate(data)).total), rel=1e-9)
        assert (each["total"], each["rank"]) == (without[name]["total"], without[name]["rank"])
    a, b, c = (results[name] for name in sorted(results))
    # c lies wholly below a; b, of estimates, may stand anywhere
    assert c["interval"]["total"][1] < a["interval"]["total"][0]
    assert (a["interval"]["rank"], b["interval"]["rank"], c["interval"]["rank"]) == ([1, 2], [1, 3], [2, 3])
    assert any(finding["code"] == "within-uncertainty" for finding in b["findings"])
    again, _ = collected("--interval")
    assert again == results
    lines = read_portfolio(str(book), None).ranking
    assert {line["file"]: [line["total_low"], line["total_high"]] for line in lines} == {
        name: pytest.approx(each["interval"]["total"]) for name, each in results.items()
    }
    outbox = tmp_path / "out"
    assert main(["feedback", str(book), "-o", str(outbox)]) == 0
    import openpyxl

    texts = [
        str(cell.value)
        for path in outbox.glob("*.xlsx")
        for row in openpyxl.load_workbook(path).active.iter_rows(max_row=12)
        for cell in row
    ]
    assert sum("总分的 90 % 区间" in text for text in texts) == 3


def test_a_review_changes_the_interval_too(golden: Path, tmp_path: Path, collected: Any) -> None:
    before, _ = collected("--interval")
    (tmp_path / "review.csv").write_text(
        "统一社会信用代码,项目,决定,更正值,理由,评审人,日期\n"
        "91330500MA2B2C3D4T,policy.recommended,更正,no,核对,李,2024-05-01\n",
        encoding="utf-8",
    )
    after, _ = collected("--interval", "--review", str(tmp_path / "review.csv"))
    (name,) = [name for name, each in before.items() if each["uscc"] == "91330500MA2B2C3D4T"]
    assert after[name]["total"] < before[name]["total"]
    assert after[name]["interval"]["total"][1] < before[name]["interval"]["total"][0]
