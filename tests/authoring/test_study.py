"""`jwdt guide study`: what a sample tells about a guide, against pandas and by leaving out one indicator at a time."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas
import pytest

from jwdt_xl.authoring import build, dump, load, new_book, read_table
from jwdt_xl.authoring.study import disagreements, study
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.standard import scoring
from jwdt_xl.standard.guide import from_dict, to_dict
from jwdt_xl.standard.indicators import CASE_NAMES

CODES = [str(i) for i in range(1, 10)]


@pytest.fixture
def sample(tmp_path: Path) -> tuple[Path, pandas.DataFrame]:
    """24 enterprises; carbon productivity follows carbon, industrial policy is the same everywhere."""
    draw = random.Random(3)
    rows = []
    for i in range(24):
        c = draw.uniform(550, 800)
        rows.append([f"e{i}", draw.uniform(0.3, 3), draw.uniform(0.5, 1.5), c, 35 / c + draw.uniform(-0.002, 0.002), draw.uniform(2, 12),
                     draw.uniform(1200, 1600), draw.uniform(50000, 120000), 1, draw.choice([0.5, 1])])  # fmt: skip
    frame = pandas.DataFrame(rows, columns=["企业", *CODES])
    frame.to_csv(tmp_path / "v.csv", index=False)
    return tmp_path / "v.csv", frame


def test_against_pandas(sample: tuple[Path, pandas.DataFrame]) -> None:
    path, frame = sample
    guide = load("cement")
    found, findings = study(guide, read_table(path, guide))
    values = frame[CODES]
    assert (found.n, found.rows, [i.node.code for i in found.indicators]) == (24, 24, CODES)
    for each in found.indicators:
        assert each.mean == pytest.approx(values[each.node.code].mean())
        assert each.deviation == pytest.approx(values[each.node.code].std())
    pearson, spearman = values.corr(), values.rank().corr()
    for pair in found.pairs:
        for ours, theirs in ((pair.pearson, pearson), (pair.spearman, spearman)):
            wanted = theirs.loc[pair.one.code, pair.other.code]
            assert ours == pytest.approx(0 if np.isnan(wanted) else wanted, abs=1e-9)
    assert sum(i.weight for i in found.indicators) == pytest.approx(1)
    assert [(f.code, f.where) for f in findings] == [("redundant", "3, 4"), ("decides-nothing", "8")]
    assert "carbon emissions" in findings[0].text.en
    shared = {(p.one.code, p.other.code): {name.zh for name in p.shared} for p in found.pairs}
    assert "碳排放量" in shared["1", "3"] & shared["1", "4"] & shared["3", "4"] and shared["4", "5"] == set()


def test_what_decides_by_leaving_out(sample: tuple[Path, pandas.DataFrame]) -> None:
    path, frame = sample
    guide = load("cement")
    found, _ = study(guide, read_table(path, guide))
    scores = pandas.DataFrame({
        node.code: [
            scoring.indicator_score(v, node.benchmark.value, node.attribute) if node.benchmark else 100 * (min(v, 1 / v) if node.code == "1" else v)
            for v in frame[node.code]
        ]
        for node in guide.indicators
    }, dtype=float)  # fmt: skip
    weights = pandas.Series({node.code: node.weight for node in guide.indicators})

    def ranks(codes: list[str]) -> Any:
        total = (scores[codes] * weights[codes]).sum(axis=1) / weights[codes].sum()
        return total.round(6).rank(method="min", ascending=False)

    for each in found.indicators:
        left = [code for code in CODES if code != each.node.code]
        assert each.moves == int((ranks(CODES) - ranks(left)).abs().max())
        assert each.spread == pytest.approx(scores[each.node.code].std())


def test_experts_who_do_not_agree(
    sample: tuple[Path, pandas.DataFrame], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = sample
    data = to_dict(load("cement"))
    groups = [node["code"] for node in data["nodes"] if "parent" not in node]
    for node in data["nodes"]:
        if "parent" not in node:
            node.pop("weight"), node.pop("weight_source", None)
    for alike, told in ((True, []), (False, ["experts-disagree"])):
        orders = [[1, 2, 3]] * 6 if alike else [[1, 2, 3], [3, 2, 1], [2, 3, 1], [1, 3, 2], [2, 1, 3], [3, 1, 2]]
        experts = [{"name": f"e{i}", "scores": dict(zip(groups, order, strict=True))} for i, order in enumerate(orders)]
        guide = _scaled(data, experts)
        found, findings = study(guide, read_table(path, guide))
        assert [f.code for f in findings if f.code == "experts-disagree"] == told
        # a workbook with these scores says so when its guide is built, and the guide when it is shown
        new_book(tmp_path / "g.xlsx", guide, "zh")
        notes: list[Any] = []
        build(tmp_path / "g.xlsx", notes)
        assert [note.code for note in notes if note.code == "experts-disagree"] == told
        (tmp_path / "g.toml").write_text(dump(guide), encoding="utf-8")
        assert main(["guide", "show", str(tmp_path / "g.toml")]) == 0
        assert (
            f"Kendall W {1.0 if alike else 0.0:.2f} (n 6), p {0.002 if alike else 1.0:.3f}" in capsys.readouterr().out
        )
        [agreed] = found.agreements
        assert (agreed.experts, agreed.items, agreed.w) == (6, 3, 1.0 if alike else 0.0)
        assert agreed.p == pytest.approx(np.exp(-6) if alike else 1)


@pytest.mark.parametrize(("experts", "items", "needed"), [(3, 2, 4), (2, 3, 3), (2, 5, 3), (3, 3, None), (4, 2, None)])
def test_so_few_experts_that_full_agreement_tells_nothing(experts: int, items: int, needed: int | None) -> None:
    """Three who fully agree on two indicators do not disagree: what is told is that it takes four. By the closed forms of χ²."""
    tail = {
        2: lambda m: math.erfc(math.sqrt(m / 2)),
        3: lambda m: math.exp(-m),
        5: lambda m: math.exp(-2 * m) * (1 + 2 * m),
    }[items]
    nodes = [{"code": str(i), "name_zh": f"项{i}", "attribute": "positive", "formula": "entered"} for i in range(items)]
    scores = {str(i): i + 1.0 for i in range(items)}
    said = [{"name": f"e{k}", "scores": scores} for k in range(experts)]
    guide = from_dict({"format": "jwdt-guide/1", "id": "few", "nodes": nodes, "derivation": {"experts": said}})
    found = disagreements(guide)
    tails = [tail(m) for m in range(experts, 9)]
    assert next(m for m, p in enumerate(tails, experts) if p < 0.05) == (needed or experts)
    assert [f.code for f in found] == (["too-few-experts"] if needed else [])
    assert not needed or f"it takes {needed} to tell" in found[0].text.en


def _scaled(data: dict[str, Any], experts: list[dict[str, Any]]) -> Any:
    """The guide with first levels weighed by these experts and their children in the old proportion."""
    total = {
        code: sum(e["scores"][code] / sum(e["scores"].values()) for e in experts) / len(experts)
        for code in experts[0]["scores"]
    }
    old = {node["code"]: node["weight"] for node in to_dict(load("cement"))["nodes"]}
    nodes = [
        {**node, "weight": old[node["code"]] / old[node["parent"]] * total[node["parent"]]}
        if "parent" in node
        else node
        for node in data["nodes"]
    ]
    return from_dict({**data, "nodes": nodes, "derivation": {"experts": experts}})


def test_command(sample: tuple[Path, pandas.DataFrame], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, _ = sample
    arguments = ["guide", "study", "cement", "--from", str(path), "--lang", "en"]
    assert main([*arguments, "-o", str(tmp_path / "s.xlsx")]) == 0
    shown = capsys.readouterr()
    assert "3 – 4: r -0.9" in shown.out and "consider keeping one" in shown.err
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == ["Indicators and weights", "Correlations", "Matrix", "Agreement of experts", "Data"]
    assert len(book.worksheets[0]._charts) == 1 and len(book.worksheets[1]._charts) == 1
    assert book.worksheets[1]["A4"].value == "3" and book.worksheets[1]["B4"].value == "4"
    assert main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n"] == 24 and [each["code"] for each in found["indicators"]] == CODES
    assert [f["code"] for f in found["findings"]] == ["redundant", "decides-nothing"]
    assert main([*arguments, "-o", str(tmp_path / "s.pdf")]) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [("企业,3,4\na,600,0.05\nb,620,0.06\n", "too-few-enterprises"), ("企业,3\na,600\nb,620\nc,640\n", "too-few-enterprises"),
     ("企业,3,4\na,600,\nb,,0.06\nc,640,0.05\nd,630,0.05\n", "too-few-enterprises"), ("企业,3,4\na,x,1\nb,1,2\nc,2,3\n", "not-a-number"), ("企业,y\na,1\n", "no-column")],
)  # fmt: skip
def test_bad_tables(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        study(load("cement"), read_table(tmp_path / "t.csv", load("cement")))
    assert [finding.code for finding in caught.value.findings] == [code]


def test_rows_with_gaps_and_cases_of_synergy(tmp_path: Path) -> None:
    """What a portfolio has in the column of synergy where there is none is a gap."""
    rows = [
        "企业,1,3,6",
        "a,0.9,600,1300",
        f"b,{CASE_NAMES['trade_off'].zh},610,1310",
        "c,1.2,640,1400",
        "d,0.7,700,",
        "e,0.5,650,1500",
    ]
    (tmp_path / "t.csv").write_text("\n".join(rows), encoding="utf-8")
    found, findings = study(load("cement"), read_table(tmp_path / "t.csv", load("cement")))
    assert (found.n, found.rows) == (3, 5) and "rows-with-gaps" in [f.code for f in findings]
