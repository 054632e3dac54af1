"""Every number of the portfolio worked out again, by pandas from the files' own evaluations."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas
import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.cli import main
from jwdt_xl.standard.guide import builtin

from .returns import uscc
from .sheets import lines

REGIONS, INDUSTRIES = ("浙江省", "江苏省", ""), ("3011", "2611", "0610")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> tuple[Path, list[dict[str, Any]], pandas.DataFrame]:
    """24 enterprises of three regions and divisions, some with gaps, a tie among them; their portfolio and their data."""
    folder = tmp_path_factory.mktemp("recomputed")
    (folder / "in").mkdir()
    example = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    data, rows = [], []
    for i in range(24):
        one = json.loads(json.dumps(example))
        draw = random.Random(7 if i in (3, 4) else i)  # 3 and 4 tie
        one["enterprise"] = {
            "name": f"企业{i}", "uscc": uscc(i), "region": REGIONS[i % 3], "industry_code": INDUSTRIES[i % 2 + (i > 20)],
        }  # fmt: skip
        for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy"):
            for row in one[table]:
                if row.get("report"):
                    row["report"] = round(row["report"] * draw.uniform(0.7, 1.25), 3)
        if i % 5 == 0:
            one["policy"]["recommended"] = "partly"
        if i == 9:
            one["product"]["output"]["report"] = None
        if i == 10:
            one["not_applicable"] = {"7": "没有余能"}
        (folder / "in" / f"{i:02d}.json").write_text(json.dumps(one), encoding="utf-8")
        result = evaluate(one)
        data.append(one)
        rows.append({
            "file": f"{i:02d}.json", "uscc": uscc(i), "region": REGIONS[i % 3], "industry": one["enterprise"]["industry_code"],
            "total": result.total,
            **{f"value_{x.node.code}": x.value for x in result.indicators},
            **{f"score_{x.node.code}": x.score for x in result.indicators},
            **{f"weight_{x.node.code}": x.weight for x in result.indicators},
            **{
                f"{key}_{period}": getattr(getattr(result.quantities, key), period)
                for key in ("equivalents", "co2e", "output", "value_10k", "primary_tce", "nonfossil_tce", "material_kg", "residual_kj")
                for period in ("base", "report")
            },
        })  # fmt: skip
    # What is declared not applicable is held back until a reviewer approves.
    (folder / "review.csv").write_text(
        f"统一社会信用代码,项目,决定,理由,评审人,日期\n{uscc(10)},not_applicable.7,批准,现场核实,张三,2024-05-01\n", encoding="utf-8"
    )  # fmt: skip
    arguments = ["-o", str(folder / "P.xlsx"), "--jobs", "1", "--review", str(folder / "review.csv")]
    assert main(["collect", str(folder / "in"), *arguments]) in (0, 1)
    return folder / "P.xlsx", data, pandas.DataFrame(rows).astype({"total": float})


def table(path: Path, key: str) -> pandas.DataFrame:
    return pandas.DataFrame(lines(path, key))


def test_ranks(made) -> None:
    path, _, frame = made
    shown = table(path, "ranking").set_index("file")
    want = frame.set_index("file")["total"].round(6).rank(method="min", ascending=False)
    assert want.isna().sum() == 1
    for file, rank in want.items():
        assert (shown.loc[file, "rank"] == rank) or (pandas.isna(rank) and pandas.isna(shown.loc[file, "rank"]))
    assert shown.loc["03.json", "rank"] == shown.loc["04.json", "rank"]


def test_rank_intervals(made) -> None:
    """The draws made one by one, ranked by pandas, and cut at 5 % and 95 % of their order."""
    path, _, frame = made
    codes = [node.code for node in builtin().indicators]
    complete = frame[frame["total"].notna()].reset_index(drop=True)
    scores = complete[[f"score_{code}" for code in codes]].fillna(0).to_numpy(float)
    weights = complete[[f"weight_{code}" for code in codes]].to_numpy(float)
    factors = np.random.default_rng(20240101).uniform(0.8, 1.2, (1000, len(codes)))
    drawn = pandas.DataFrame({
        i: pandas.Series((scores * weights * f).sum(axis=1) / (weights * f).sum(axis=1)).round(6).rank(method="min", ascending=False)
        for i, f in enumerate(factors)
    })  # fmt: skip
    ordered = np.sort(drawn.to_numpy(), axis=1)
    shown = table(path, "ranking").set_index("file")
    assert shown.loc[complete["file"], "rank_low"].tolist() == ordered[:, 50].tolist()
    assert shown.loc[complete["file"], "rank_high"].tolist() == ordered[:, -51].tolist()


def test_benchmarks(made) -> None:
    path, data, frame = made
    for line in lines(path, "benchmarks"):
        values = frame[f"value_{line['code']}"].dropna().sort_values()
        positive = next(n for n in builtin().indicators if n.code == line["code"]).attribute == "positive"
        reach = [(values >= v).sum() if positive else (values <= v).sum() for v in values]
        level = [v for v, n in zip(values, reach, strict=True) if n >= 0.5 * len(values) - 1e-9]
        assert line["level"] == pytest.approx(max(level) if positive else min(level), rel=1e-12)
        given = data[0]["benchmarks"][line["code"]]
        current = given["value"] if isinstance(given, dict) else given
        assert line["current"] == pytest.approx(current)
        assert line["meet"] == ((values >= current).sum() if positive else (values <= current).sum())
        assert (line["n"], line["share"]) == (len(values), pytest.approx(line["meet"] / len(values)))


def test_the_industry_as_one(made) -> None:
    """Sums by pandas; ratios of sums over the enterprises that have both; synergy of the summed intensities."""
    path, data, frame = made
    shown = {line["what"]: line for line in lines(path, "industry")}
    quantities = frame.drop(columns=["file", "uscc", "region", "industry"]).astype(float)
    for title, key in (("污染物当量", "equivalents"), ("碳排放 tCO2e", "co2e"), ("原辅料 kg", "material_kg")):
        assert shown[title]["base"] == pytest.approx(quantities[f"{key}_base"].sum(), rel=1e-12)
        assert shown[title]["report"] == pytest.approx(quantities[f"{key}_report"].sum(), rel=1e-12)

    def ratio(top: str, bottom: str, factor: float = 1.0) -> float:
        both = quantities[[f"{top}_report", f"{bottom}_report"]].dropna()
        return factor * both.iloc[:, 0].sum() / both.iloc[:, 1].sum()

    wanted = {
        "2": ratio("equivalents", "output"), "3": ratio("co2e", "output", 1000), "4": ratio("value_10k", "co2e"),
        "5": ratio("nonfossil_tce", "primary_tce", 100), "6": ratio("material_kg", "output"),
        "7": ratio("residual_kj", "output"), "8": quantities["value_8"].mean(), "9": quantities["value_9"].mean(),
    }  # fmt: skip
    whole = quantities[
        ["equivalents_base", "equivalents_report", "co2e_base", "co2e_report", "output_base", "output_report"]
    ]
    p0, p1, c0, c1, q0, q1 = whole.dropna().sum()
    synergy = (1 - p1 / q1 / (p0 / q0)) / (1 - c1 / q1 / (c0 / q0))
    wanted["1"] = synergy
    by_code = {what.split(" ")[0]: line for what, line in shown.items() if what[0].isdigit()}
    total = 0.0
    for node in builtin().indicators:
        line = by_code[node.code]
        value = wanted[node.code]
        assert line["report"] == pytest.approx(value, rel=1e-9)
        given = data[0]["benchmarks"].get(node.code)
        b = given["value"] if isinstance(given, dict) else given
        score = {
            "positive": lambda v, b: min(1, v / b), "negative": lambda v, b: min(1, b / v),
            "moderate": lambda v, b: min(v, 1 / v), "qualitative": lambda v, b: v,
        }[node.attribute](value, b)  # fmt: skip
        assert line["score"] == pytest.approx(100 * score, rel=1e-9)
        total += 100 * score * node.weight
    assert shown["总分"]["score"] == pytest.approx(total, rel=1e-9)


def test_regions_and_divisions(made) -> None:
    path, _, frame = made
    shown = {(line["kind"], line["name"].split(" ")[0]): line for line in lines(path, "regions")}
    by_region = frame.assign(region=frame["region"].replace("", "（未填写）")).groupby("region")["total"]
    by_division = frame.groupby(frame["industry"].str[:2])["total"]
    for kind, groups in (("地区", by_region), ("行业大类", by_division)):
        assert {name for k, name in shown if k == kind} == set(groups.groups)
        for name, totals in groups:
            line = shown[kind, name]
            assert (line["n"], line["ranked"]) == (len(totals), totals.notna().sum())
            for key, want in (
                ("mean", totals.mean()),
                ("median", totals.median()),
                ("best", totals.max()),
                ("worst", totals.min()),
            ):
                assert line[key] == pytest.approx(want, rel=1e-12)


def test_feedback_percentiles_and_points_lost(made, tmp_path: Path) -> None:
    path, _, frame = made
    assert main(["feedback", str(path), "-o", str(tmp_path / "fb")]) == 0
    frame = frame.set_index("uscc")
    complete = frame["total"].dropna()
    for file in (tmp_path / "fb").glob("*.xlsx"):
        sheet = openpyxl.load_workbook(file).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        own = frame.loc[file.name[:18]]
        facts = {row[1]: row[2] for row in rows[:12] if row[1]}
        if pandas.isna(own["total"]):
            assert not [fact for fact in facts if fact.startswith(("名次", "百分位"))]
            continue
        assert facts["百分位（不高于本企业的比例）"] == pytest.approx((complete <= own["total"]).mean())
        table = {row[0]: row for row in rows if row[0] in {node.code for node in builtin().indicators}}
        for node in builtin().indicators:
            score, weight = own[f"score_{node.code}"], own[f"weight_{node.code}"]
            if weight and not pandas.isna(score):
                assert table[node.code][8] == pytest.approx((100 - score) * weight, abs=1e-9)
        lost = sum(row[8] or 0 for row in table.values())
        assert lost == pytest.approx(100 - own["total"], abs=1e-9)
        bins = {
            row[1].split(" ")[0]: row[2] for row in rows if row[1] and "–" in str(row[1]) and isinstance(row[2], int)
        }
        want = np.histogram(complete, bins=10, range=(0, 100))[0]
        assert list(bins.values()) == want.tolist()
