"""Nobody gains rank by choosing: everybody is ranked by the guide's options, benchmarks and weights."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jwdt_xl
from jwdt_xl.assessment import evaluate
from jwdt_xl.assessment.choices import GUIDE, OWN
from jwdt_xl.assessment.excuses import is_no_reason
from jwdt_xl.assessment.quarantine import QUARANTINE, SLIPS, UNREVIEWED
from jwdt_xl.assessment.quarantine import reasons as held_by
from jwdt_xl.authoring import dump, load
from jwdt_xl.cli import main
from jwdt_xl.portfolio.analysis.group import assemble
from jwdt_xl.portfolio.collection.collect import Read
from jwdt_xl.portfolio.collection.reading import evaluated
from jwdt_xl.portfolio.collection.row import row_of, why_unranked
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.guide.openness import ALL
from jwdt_xl.standard.guide.options import OPTIONS

from .returns import uscc
from .sheets import lines

Data = dict[str, Any]
#: What an option that is a number may be typed as.
NUMBERS = {
    "electricity_coefficient": (0.05, 0.1229, 0.3, 1.0), "grid_nonfossil_share": (0.0, 0.5, 1.0), "score_cap": (1.0, 3.0, 10.0),
    "synergy_floor": (0.0, 0.02, 1.0), "full_rate": (0.01, 1.0), "carbon_equivalents": (0.01, 100.0),
}  # fmt: skip
CHOICES = [
    (option.name, value) for option in OPTIONS for value in (option.values if option.choices else NUMBERS[option.name])
]


def open_guide() -> Guide:
    """A sector guide with benchmarks that leaves everything open."""
    return from_dict({**to_dict(load("cement")), "open": list(ALL)})


def example(golden: Path, number: int, factor: float) -> Data:
    found: Data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    found["enterprise"]["uscc"] = uscc(number)
    found["benchmarks"] = {}
    found["materials"][0]["report"] *= factor
    return found


def ranked(guide: Guide, *returns: Data) -> tuple[list[int], list[dict[str, Any]]]:
    """The ranks of some returns, and their rows."""
    rows = {str(i).encode(): row_of(evaluated(f"{i}.json", one, guide, by=GUIDE)) for i, one in enumerate(returns)}
    group = assemble(
        [Read(f"{key.decode()}.json", key, row["refused"], True) for key, row in rows.items()], rows.__getitem__, guide
    )
    by_file = {member.file: int(group.rank[place]) for place, member in enumerate(group.members)}
    return [by_file.get(f"{i}.json", 0) for i in range(len(returns))], list(rows.values())


@pytest.mark.parametrize(("name", "value"), CHOICES)
@pytest.mark.parametrize("guide", [load("cement"), open_guide(), builtin()], ids=["bound", "open", "general"])
def test_every_option(golden: Path, guide: Guide, name: str, value: Any) -> None:
    """Of two enterprises the worse one chooses; the rank stays the guide's, and the total is the guide's to the last digit."""
    better, worse = example(golden, 1, 0.9), example(golden, 2, 1.5)
    if guide is builtin():
        for one in (better, worse):
            one["benchmarks"] = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))["benchmarks"]
    plain = [evaluate(one, guide).total for one in (better, worse)]
    assert None not in plain and plain[0] > plain[1]
    worse["options"] = {name: value}
    ranks, rows = ranked(guide, better, worse)
    assert ranks == [1, 2] and [row["total"] for row in rows] == plain
    differs = guide.options.get(name) != value
    codes = {packed[1] for packed in rows[1]["findings"]}
    assert ("own-choices" in codes) == differs
    assert ("option-differs" in codes) == (differs and not guide.opens(name))
    assert rows[1]["own_choice_total"] == (evaluate(worse, guide, by=OWN).total if differs else None)


reasons = st.sampled_from(["/", "无", "-", "同上", "N/A", "１", "……", "没有可回收的余能", "本行业指南不要求"])


@settings(max_examples=60, deadline=None)
@given(data=st.data(), is_open=st.booleans())
def test_hidden_combinations(golden: Path, data: st.DataObject, is_open: bool) -> None:
    guide = open_guide() if is_open else load("cement")
    better, worse = example(golden, 1, 0.9), example(golden, 2, 1.5)
    plain = [evaluate(one, guide).total for one in (better, worse)]
    chosen = data.draw(st.lists(st.sampled_from(CHOICES), max_size=5, unique_by=lambda pair: pair[0]))
    worse["options"] = dict(chosen)
    scored = [node for node in guide.indicators if node.benchmark]
    for node in data.draw(st.lists(st.sampled_from(scored), max_size=3, unique=True)):
        assert node.benchmark is not None
        worse["benchmarks"][node.code] = node.benchmark.value * data.draw(st.sampled_from([0.2, 0.9, 1.1, 5]))
    if data.draw(st.booleans()):
        moved = {node.code: node.weight for node in guide.indicators}
        moved["6"], moved["7"] = 0.0, moved["7"] + moved["6"]
        worse["weights"] = moved
    worse["not_applicable"] = {code: data.draw(reasons) for code in data.draw(st.sets(st.sampled_from("67")))}
    ranks, rows = ranked(guide, better, worse)
    assert ranks[0] == 1
    if rows[1]["refused"]:
        assert any(map(is_no_reason, worse["not_applicable"].values()))
    elif worse["not_applicable"]:
        assert ranks[1] == 0 and why_unranked(rows[1])
        assert UNREVIEWED in {held[0] for held in rows[1]["quarantine"]}
    else:
        assert ranks[1] == 2 and rows[1]["total"] == plain[1]


def test_nothing_different_is_evaluated_once(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    from jwdt_xl.portfolio.collection import reading

    def counted(*given: Any, **named: Any) -> Any:
        calls.append(named.get("by", ""))
        return evaluate(*given, **named)

    monkeypatch.setattr(reading, "evaluate", counted)
    same = example(golden, 1, 1.0)
    same["options"] = {"score_cap": 1, "synergy_basis": "per_product"}
    guide = load("cement")
    same["benchmarks"] = {"6": next(n for n in guide.indicators if n.code == "6").benchmark.value}  # type: ignore[union-attr]
    row = row_of(reading.evaluated("a", same, guide, by=GUIDE))
    assert calls == [GUIDE] and row["own_choice_total"] is None


def test_every_error_declares_whether_it_holds_back() -> None:
    """The errors that a scored return may have are those of the checks, and of what stands in its file."""
    package = Path(jwdt_xl.__file__).parent
    said = set()
    sources = [*(package / "assessment").rglob("*.py"), package / "portfolio/collection/stored.py"]
    for path in sources:
        source = path.read_text(encoding="utf-8")
        said |= set(re.findall(r'Finding\(\s*ERROR,\s*"([a-z0-9-]+)"', source))
        said -= {"unknown-lever"}  # of a plan's question, not of a return
        said |= set(re.findall(r'Rule\(\s*"([a-z0-9-]+)",\s*ERROR', source))
    assert said | {"formula-changed", "result-typed-over", "weight-changed", "implausible-heat-value", "percent-cell"} | {
        "option-differs", "benchmark-differs", "weights-differ", "not-applicable-without-case", "not-applicable-beside-data",
    } == set(QUARANTINE)  # fmt: skip
    assert not any(QUARANTINE[code] for code in ("option-differs", "benchmark-differs", "weights-differ"))
    assert all(QUARANTINE[c] for c in ("base-after-report", "totals-row", "outside-guide-range"))
    assert SLIPS == (
        "scale-slip", "benchmark-scale-slip", "implausible-power-ratio", "implausible-energy-ratio",
        "implausible-carbon-ratio", "implausible-residual-ratio",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "held"),
    [
        ({"output_value": 1e4}, {"benchmark-scale-slip", "implausible-power-ratio", "implausible-energy-ratio"}),
        ({"greenhouse": 1e3}, {"benchmark-scale-slip", "implausible-carbon-ratio"}),
        ({"pollutants": 1e3}, {"benchmark-scale-slip"}),
        ({"pollutants": 1e-3}, {"benchmark-scale-slip"}),
        ({"residual_energy": 1e4}, {"benchmark-scale-slip", "implausible-residual-ratio"}),
        ({"residual_energy": 1e-3}, set()),  # next to nothing is recovered: that may be so
    ],
    ids=lambda said: "+".join(sorted(said)) or "nothing",
)
def test_a_slip_of_both_periods_is_held_back(golden: Path, change: dict[str, float], held: set[str]) -> None:
    """No rank by a unit that nobody has looked at, and no sum of all that one return makes a thousandfold."""
    said = example(golden, 1, 1.0)
    for section, by in change.items():
        for row in [said[section]] if isinstance(said[section], dict) else said[section]:
            row.update(base=row["base"] * by, report=row["report"] * by)
    found = evaluated("a.json", said, load("cement"), by=GUIDE)
    assert found.result is not None
    assert {reason.code for reason in held_by(found.findings, found.result)} == held
    approved = [(code, "") for code in held]
    assert not list(held_by(found.findings, found.result, approved))


def test_held_back_until_approved(tmp_path: Path, golden: Path, collect: Any) -> None:
    """Out of ranks and sums; with a review that names the code they count. Every file stays accounted for."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    fine, swapped, excused, refused = (example(golden, number, 1 + number / 100) for number in range(1, 5))
    swapped["periods"] = {"base": "2023", "report": "2022"}
    excused["not_applicable"] = {"7": "没有可回收的余能"}
    excused["residual_energy"] = []
    refused["not_applicable"] = {"7": "/"}
    for one, name in ((fine, "fine"), (swapped, "swapped"), (excused, "excused"), (refused, "refused")):
        (inbox / f"{name}.json").write_text(json.dumps(one), encoding="utf-8")
    (tmp_path / "g.toml").write_text(dump(load("cement")), encoding="utf-8")
    guided = ("--guide", tmp_path / "g.toml", "-o", tmp_path / "P.xlsx")
    first = collect(inbox, *guided).out
    assert (first["files"], first["scored"], first["rejected"]) == (4, 3, 1)
    found = {result["file"]: result for result in first["results"]}
    assert [found[f"{n}.json"]["rank"] for n in ("fine", "swapped", "excused")] == [1, None, None]
    assert [found[f"{n}.json"]["quarantined"] for n in ("fine", "swapped", "excused")] == [False, True, True]
    assert [found[f"{n}.json"]["ranked"] for n in ("fine", "swapped", "excused")] == [True, False, False]
    assert found["fine.json"]["reason"] is None and "base-after-report" in found["swapped.json"]["reason"]
    assert "尚未评审" in found["excused.json"]["reason"] and "/" in first["rejections"][0]["reason"]
    industry = lines(tmp_path / "P.xlsx", "industry")
    counts = {line["what"]: line["n"] for line in industry if line["n"]}
    assert counts["碳排放 tCO2e"] == 1 and counts["碳排放 tCO2e（含待评审的）"] == 3
    assert (
        main(["feedback", str(tmp_path / "P.xlsx"), "--guide", str(tmp_path / "g.toml"), "-o", str(tmp_path / "fb")])
        == 0
    )
    [said] = (tmp_path / "fb").glob(f"{uscc(2)}*.xlsx")
    facts = {row[1]: row[2] for row in openpyxl.load_workbook(said).worksheets[0].iter_rows(values_only=True) if row[1]}
    assert "base-after-report" in facts["未排名"] and not [fact for fact in facts if str(fact).startswith("名次")]
    undecided = {line["field"] for line in lines(tmp_path / "P.xlsx", "reviews")}
    [error] = [field for field in undecided if field.startswith("base-after-report ")]
    assert undecided == {error, "not_applicable.7"}

    review = tmp_path / "review.csv"
    review.write_text(
        "信用代码,项目,决定,更正值,理由,评审人,日期\n"
        f"{uscc(2)},{error},批准,,两期标签填反、数据无误,张三,2024-05-01\n"
        f"{uscc(3)},not_applicable.7,批准,,现场核实,张三,2024-05-01\n",
        encoding="utf-8",
    )
    after = collect(inbox, *guided, "--review", review).out
    assert sorted(result["rank"] for result in after["results"]) == [1, 2, 3]
    assert not any(result["quarantined"] for result in after["results"])
    industry = lines(tmp_path / "P.xlsx", "industry")
    assert {line["n"] for line in industry if line["what"] == "碳排放 tCO2e"} == {3}
    assert not any("含待评审的" in line["what"] for line in industry)
    # a code that the return has not is told
    review.write_text(
        f"信用代码,项目,决定,理由,评审人,日期\n{uscc(2)},totals-row,批准,x,张三,2024-05-01\n", encoding="utf-8"
    )
    told = collect(inbox, *guided, "--review", review)
    assert told.code == 1 and "没有此代号" in told.err


def test_a_form_made_when_all_was_open(tmp_path: Path, golden: Path, collect: Any) -> None:
    """What a form shows by its own choices is no change of its formulas; the total it shows stands beside."""
    guide, data = open_guide(), example(golden, 1, 1.0)
    data["options"], data["benchmarks"] = {"score_cap": 3}, {"6": 5000}
    (tmp_path / "open.toml").write_text(dump(guide), encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "in").mkdir()
    assert main(["fill", "--guide", str(tmp_path / "open.toml"), "--data", str(tmp_path / "a.json"), "--host", "portable",
                 "-o", str(tmp_path / "in" / "a.xlsx")]) == 0  # fmt: skip
    found = collect(tmp_path / "in", "--guide", tmp_path / "open.toml", "-o", tmp_path / "P.xlsx").out
    [one] = found["results"]
    codes = {finding["code"] for finding in one["findings"]}
    assert "own-choices" in codes and not codes & {"stale-cache", "formula-changed", "result-typed-over"}
    assert one["own_choice_total"] == pytest.approx(evaluate(data, guide).total)
    without = copy.deepcopy(data)
    without["options"], without["benchmarks"] = {}, {}
    assert one["total"] == pytest.approx(evaluate(without, guide).total) and one["total"] != one["own_choice_total"]
