"""Several years of portfolios: every figure by pandas from the same portfolios, breaks, gaps, and who is counted aside."""

from __future__ import annotations

import contextlib
import io
import itertools
import statistics
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.messages import Text
from jwdt_xl.portfolio.analysis import tonnes
from jwdt_xl.portfolio.analysis.published import Line, Method, Published, Tonnes
from jwdt_xl.portfolio.analysis.years import Years, years
from jwdt_xl.portfolio.book.published import published
from jwdt_xl.portfolio.book.sheet import FIRST, KEYS
from jwdt_xl.standard.equivalents import pollutants

from .campaigns import Firm, firms, register
from .sheets import lines
from .sheets import tonnes as tonnes_of
from .years import year

GUIDES = "cement", "flat-glass"


class Made(NamedTuple):
    folder: Path
    firms: list[Firm]
    said: str


def _slip(data: dict[str, Any]) -> None:
    data["not_applicable"] = {"7": "没有余热"}
    data["residual_energy"] = []


def _restated(data: dict[str, Any]) -> None:
    data["product"]["output"]["base"] *= 1.1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Made:
    """2024, 2025 and 2027 of two guides: a boundary changed, an output restated, one held back, one gone and one new."""
    folder = tmp_path_factory.mktemp("many")
    listed = [firm for firm in firms(16) if firm.guide != "paper"]
    for label, whose, changes in (
        (2024, listed[:-1], None),
        (2025, listed[1:], {
            4: lambda data: data.update(boundary="扩建后"), 6: _restated, 7: _slip, 9: lambda data: data["enterprise"].update(name="另一家")
        }),
        (2027, listed[1:], None),
    ):  # fmt: skip
        year(folder / f"in{label}", golden, whose, label, changes)
        roll = register(folder / f"r{label}.csv", whose, report=str(label))
        roll.write_text(
            roll.read_text(encoding="utf-8").replace(listed[5].name, "另一家" if label == 2025 else listed[5].name),
            encoding="utf-8",
        )
        more = [part for guide in GUIDES for part in ("--guide", guide)]
        main(
            [
                "collect",
                f"{folder}/in{label}",
                "-o",
                f"{folder}/{label}.xlsx",
                "--register",
                str(roll),
                "--jobs",
                "1",
                *more,
            ]
        )
    assert listed[5].number == 9
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert (
            main(["trend", *(f"{folder}/{label}.xlsx" for label in (2025, 2027, 2024)), "-o", f"{folder}/T.xlsx"]) == 0
        )
    return Made(folder, listed, out.getvalue())


def sheet(path: Path, title: str) -> pandas.DataFrame:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book[title].iter_rows(values_only=True))
    book.close()
    return pandas.DataFrame(rows[FIRST:], columns=rows[KEYS])


@pytest.fixture(scope="module")
def whole(made: Made) -> pandas.DataFrame:
    """All portfolios, a row an enterprise and year; only those ranked count."""
    found = []
    for label, guide in itertools.product((2024, 2025, 2027), GUIDES):
        path = made.folder / f"{label}_{guide}-demo.xlsx"
        both = pandas.DataFrame(lines(path, "ranking")).merge(
            pandas.DataFrame(lines(path, "values")), on="file", suffixes=("", "_v")
        )
        found.append(both.assign(guide=f"{guide}-demo", year=str(label)))
    frame = pandas.concat(found)
    assert frame["rank"].isna().sum() == 1 and len(frame) == 30
    return frame


def test_medians_and_sums_as_pandas_has_them(made: Made, whole: pandas.DataFrame) -> None:
    counted = whole[whole["rank"].notna()]
    for title, keys in (("各指南", ["guide"]), ("各地区", ["region", "guide"])):
        table = sheet(made.folder / "T.xlsx", title)
        shown = table[table.number.notna() & (table.number > 0)].set_index([*keys, "year"])
        of = counted.groupby([*keys, "year"])
        expected = pandas.DataFrame({
            "ranked": of.size(), "mean": of.total.mean(), "median": of.total.median(), "rate_pollutants": of.rate_pollutants.median(),
            "rate_carbon": of.rate_carbon.median(), "equivalents": of.equivalents_report.sum(), "co2e": of.co2e_report.sum(),
        })  # fmt: skip
        mine = shown[shown.index.get_level_values("guide") != "全部指南"]
        mine = mine[mine.ranked > 0]
        pandas.testing.assert_frame_equal(
            mine[list(expected)].astype(float).sort_index(), expected.astype(float).sort_index(), rtol=1e-12
        )
    everyone = table[(table.guide == "全部指南") & (table.number > 0)].set_index(["region", "year"])
    sums = counted.groupby(["region", "year"]).co2e_report.sum()
    assert len(everyone) >= 6 and everyone["mean"].isna().all() and everyone["median"].isna().all()
    for key, value in everyone.co2e.items():
        assert value == pytest.approx(sums[key], rel=1e-12)


def test_changes_of_the_comparable_alone(made: Made, whole: pandas.DataFrame) -> None:
    number = {firm.uscc: firm.number for firm in made.firms}
    counted = (
        whole[whole["rank"].notna()].assign(number=lambda frame: frame.uscc.map(number)).set_index(["number", "year"])
    )
    table = sheet(made.folder / "T.xlsx", "各指南").set_index(["guide", "year"])
    broken = {4, 6, 7, 9}  # boundary, restated, held back, another name
    for guide in ("cement-demo", "flat-glass-demo"):
        of = counted[counted.guide == guide]
        then, now = (of.xs(label, level="year") for label in ("2024", "2025"))
        alike = sorted((set(then.index) & set(now.index)) - broken)
        row = table.loc[guide, "2025"]
        assert row.compared == len(alike) and row.broken == len({4, 6} & set(then.index))
        for key in ("equivalents", "co2e"):
            differences = [now.loc[i, f"{key}_report"] - then.loc[i, f"{key}_report"] for i in alike]
            assert row[f"change_{key}"] == pytest.approx(sum(differences), rel=1e-9)
            assert row[f"relative_{key}"] == pytest.approx(
                sum(differences) / then.loc[alike, f"{key}_report"].sum(), rel=1e-9
            )
        points = [now.loc[i, "total"] - then.loc[i, "total"] for i in alike]
        assert row.change_total == pytest.approx(statistics.median(points), rel=1e-9)
        gap, after = table.loc[guide, "2026"], table.loc[guide, "2027"]
        assert gap.breaks == "缺年：没有汇总" and gap.drop(["breaks"]).isna().all()
        assert (after.compared, after.breaks) == (0, "中间缺年：2026") and pandas.isna(after.change_co2e)


def test_tonnes_of_each_pollutant(made: Made, whole: pandas.DataFrame) -> None:
    ranked = whole[whole["rank"].notna()].set_index(["guide", "year"])
    found = []
    for guide, label in sorted(set(ranked.index)):
        frame = pandas.DataFrame(tonnes_of(made.folder / f"{label}_{guide}.xlsx"))
        found.append(frame[frame.file.isin(ranked.loc[[(guide, label)]].file)].assign(guide=guide, year=label))
    every = pandas.concat(found).rename(columns={"report": "t"})
    table = sheet(made.folder / "T.xlsx", "各污染物")
    names = {" ".join(pollutant.item): pollutant.name.zh for pollutant in pollutants()}
    every["pollutant"] = every.pollutant.map(names)
    mine = table[(table.region == "全部地区") & (table.guide != "全部指南") & (table.number > 0)].set_index(
        ["guide", "pollutant", "year"]
    )
    sums = every.groupby(["guide", "pollutant", "year"]).t.sum()
    assert mine.tonnes.to_dict() == pytest.approx(sums.to_dict(), rel=1e-12) and len(sums) >= 18
    number = {firm.uscc: firm.number for firm in made.firms}
    every = every.assign(number=every.uscc.map(number)).set_index(["pollutant", "number", "year"]).t
    for name in sorted({key[0] for key in every.index}):
        then, now = (every[name].xs(label, level="year") for label in ("2024", "2025"))
        alike = sorted((set(then.index) & set(now.index)) - {4, 6, 7, 9})
        row = table[
            (table.region == "全部地区")
            & (table.guide == "全部指南")
            & (table.pollutant == name)
            & (table.year == "2025")
        ].iloc[0]
        assert row.compared == len(alike) and row.change == pytest.approx((now - then)[alike].sum(), rel=1e-9)
        assert row.relative == pytest.approx((now - then)[alike].sum() / then[alike].sum(), rel=1e-9)
    assert table[table.year == "2026"][["number", "tonnes", "compared", "change"]].isna().all(axis=None)


def test_each_enterprise_and_what_is_over_a_break(made: Made, whole: pandas.DataFrame) -> None:
    table = sheet(made.folder / "T.xlsx", "各企业各年")
    assert len(table) == len(whole)
    number = {firm.uscc: firm.number for firm in made.firms}
    rows = {(number[row.uscc], row.year): row for row in table.itertuples()}
    right = {(number[row.uscc], row.year): row for row in whole.itertuples()}
    for key, row in rows.items():
        for name in ("total", "grade", "rank", "rate_carbon"):
            assert getattr(row, name) == getattr(right[key], name) or pandas.isna(getattr(row, name)), key
        assert row.co2e == right[key].co2e_report
    moved = rows[4, "2025"]
    assert "核算边界改变" in moved.breaks and pandas.isna(moved.change_total)
    assert moved.over_total == pytest.approx(right[4, "2025"].total - right[4, "2024"].total)
    assert "2024 的产量重新核定" in rows[6, "2025"].breaks and pandas.isna(rows[6, "2025"].change_co2e)
    assert rows[7, "2025"].state == "待评审" and pandas.isna(rows[7, "2025"].over_total)
    assert rows[7, "2027"].state == "参加排名" and pandas.isna(rows[7, "2027"].over_total)  # nothing to reckon it from
    assert pandas.isna(rows[9, "2025"].breaks) and pandas.isna(rows[9, "2025"].change_total)
    assert "中间缺年：2025、2026" in rows[9, "2027"].breaks
    wide = sheet(made.folder / "T.xlsx", "逐年总分")
    assert len(wide) == 12 and wide.total_2026.isna().all()  # one under two names
    mine = wide[wide.uscc == made.firms[2].uscc].iloc[0]
    assert mine.total_2025 == right[4, "2025"].total and mine.rank_2024 == right[4, "2024"].rank


def test_what_is_told(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    said = made.said.splitlines()
    assert len(said) == 6 and said[2].startswith("cement-demo 2027 ▲：") and said[2].endswith("；中间缺年：2026")
    found = [f"{made.folder}/{label}.xlsx" for label in (2024, 2025, 2027)]
    for turn in (found, found[::-1]):
        assert main(["trend", *turn, turn[0], "-o", f"{made.folder}/again.xlsx", "--force"]) == 0
        assert "同一代码各年名称不同" in capsys.readouterr().err
        assert (made.folder / "again.xlsx").read_bytes() == (made.folder / "T.xlsx").read_bytes()
    assert main(["trend", found[0], f"{made.folder}/in2024/3.json", "-o", f"{made.folder}/no.xlsx"]) == 2
    assert main(["trend", found[0], "--guide", "cement", "-o", f"{made.folder}/no.xlsx"]) == 2
    assert main(["trend", found[0], "-o", found[0]]) == 2 and not (made.folder / "no.xlsx").exists()
    medians = sheet(made.folder / "T.xlsx", "得分 1 cement-demo")
    first = medians[medians.name == "中位数（5 家）"].iloc[0]
    every = medians[medians.uscc.notna() & (medians.year == first.year)]
    for key in [key for key in medians if key.startswith(("score_", "group_"))]:
        assert first[key] == pytest.approx(every[key].median(), rel=1e-12)


def book(
    label: str = "2024", name: str = "a", version: str = "1", options: dict[str, str] | None = None, **more: Any
) -> Published:
    method = Method("g", version, f"hash{version}", {"gwp_set": "AR5"} if options is None else options)
    line = Line(
        "91330500MA2000001G", "一厂", "甲", "3011", str(int(label[:4]) - 1), label, "熟料", "t", "全厂", f"national_average {label}", "",
        70.0, "", 1, "", (0.1, 0.1), {"equivalents": (1.0, 1.0), "co2e": (1.0, 1.0)}, {}, "f",
    )  # fmt: skip
    return Published(
        name,
        method,
        (line._replace(**more),),
        {"equivalents": Text("污染当量", "equivalents"), "co2e": Text("碳", "carbon")},
    )


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({}, ""),
        ({"version": "2"}, "指南“g”的版本改变：1 hash1 → 2 hash2"),
        ({"options": {"gwp_set": "AR6"}}, "方法选项改变：GWP 取值"),
        ({"options": {"gwp_set": "AR5", "score_cap": "1.0"}}, ""),
        ({"boundary": "半厂"}, "核算边界改变：“全厂” → “半厂”"),
        ({"boundary": " 全厂\n"}, ""),
        ({"boundary": None}, ""),
        ({"grid": "province_zhejiang 2025"}, "电网因子序列改变：national_average 2024 → province_zhejiang 2025"),
        ({"grid": "own"}, "电网因子序列改变"),
        ({"unit": "万t"}, "产品或单位改变：熟料 t → 熟料 万t"),
        ({"quantities": {"equivalents": (1.0, 2.0), "co2e": (1.002, 1.0)}}, "2024 的碳重新核定"),
        ({"quantities": {"equivalents": (1.0, 2.0), "co2e": (1.0005, 1.0)}}, ""),
    ],
)
def test_breaks(after: dict[str, Any], said: str) -> None:
    found = years([book("2025", "b", **after), book()])
    [chain] = found.chains
    texts = "；".join(text.zh for text in chain[1].breaks)
    assert texts.startswith(said) and bool(texts) == bool(said)
    assert (chain[1].comparable("co2e") is None) == bool(said) and (chain[1].over_break("co2e") is None) == (not said)


@pytest.mark.parametrize(("base", "restated"), [(1000.0 - 6.0, False), (1000.0, True)])
def test_power_counted_by_the_factor_of_another_year_is_no_restatement(base: float, restated: bool) -> None:
    """1,000 MWh: by the factor of 2022 last year, 0.5366, and by that of 2023 now, 0.5306 (golden/grid_factors.csv)."""
    now = {
        "quantities": {"equivalents": (1.0, 1.0), "co2e": (base, 900.0)},
        "base_grid": f"national_average 2023 {530.6!r}",
    }
    before = book("2022", quantities={"equivalents": (1.0, 1.0), "co2e": (1.0, 1000.0)})
    [chain] = years([before, book("2023", "b", **now)]).chains
    assert bool(chain[1].breaks) == restated and "重新核定" in "".join(
        text.zh for text in chain[1].breaks
    ) * restated + "重新核定" * (not restated)


def test_what_is_in_water_and_in_air_are_two() -> None:
    both = {
        "2 43": Tonnes(Text("苯", "Benzene"), "water", 1.0, 2.0),
        "5 21": Tonnes(Text("苯", "Benzene"), "air", 3.0, None),
        "water 甲": Tonnes(Text("甲", "A"), "water", 0.0, 0.0),
    }
    found = list(years([book(pollutants=both)]).entries)
    assert [name.zh for name in tonnes.named(found).values()] == ["苯（水）", "苯（大气）", "甲"]
    assert tonnes.tonnage(found, "2 43") == (1, 2.0, 0, None, None) and tonnes.tonnage(found, "5 21").tonnes is None
    old = list(years([book(pollutants=None)]).entries)
    assert tonnes.named(old) == {} and tonnes.tonnage(old, "2 43").number == 0


@pytest.mark.parametrize("rank", [None, 1])
def test_only_who_is_ranked_counts(rank: int | None) -> None:
    found = years([book(rank=rank, reason="" if rank else "有缺失项，没有总分", name="a"), book("2025", "b")])
    first, second = found.chains[0]
    assert first.counted == bool(rank) and first.state.zh == ("参加排名" if rank else "有缺失项，没有总分")
    assert (second.change("total") is None) == (rank is None)


def test_two_of_one_year() -> None:
    with pytest.raises(Refused) as refused:
        years([book(), book(name="b", total=1.0)])
    assert refused.value.findings[0].code == "portfolio-twice"
    assert years([book(), book(name="b")]).findings[0].code == "portfolio-again"
    with pytest.raises(Refused) as refused:
        years([book()._replace(lines=())])
    assert refused.value.findings[0].code == "portfolio-of-no-year"
    other = book()._replace(method=Method("h", "1", "x", {}))
    twice = years([book(), other])
    assert [entry.counted for entry in twice.entries] == [False, False] and twice.findings[0].code == "years-twice"
    assert years([book()._replace(method=Method("g", "1", "x"))]).findings[0].code == "portfolio-without-method"


@given(
    st.lists(st.sampled_from(["2022", "2023年", "2024", "2026年度"]), min_size=1, max_size=4, unique=True), st.randoms()
)
def test_any_order_gives_the_same(labels: list[str], turn: Any) -> None:
    books = [book(label, label) for label in labels]
    turn.shuffle(books)
    found: Years = years(books)
    assert found == years(sorted(books, key=lambda one: one.name))
    plain = [int(label[:4]) for label in labels]
    assert found.labels == tuple(map(str, range(min(plain), max(plain) + 1)))
    assert [entry.label for entry in found.entries] == [str(label) for label in sorted(plain)]
    assert set(found.missing) == set(found.labels) - {str(label) for label in plain}


def test_a_campaigns_folder_is_its_portfolios(made: Made, tmp_path: Path) -> None:
    import shutil

    inside = tmp_path / "2024" / "portfolio"
    inside.mkdir(parents=True)
    (tmp_path / "2024" / "campaign.toml").write_text('format = "jwdt-campaign/1"\n', encoding="utf-8")
    shutil.copy(made.folder / "2024.xlsx", inside / "portfolio.xlsx")
    for guide in GUIDES:
        shutil.copy(made.folder / f"2024_{guide}-demo.xlsx", inside)
    found = published(str(tmp_path / "2024"))
    assert [one.name for one in found] == [f"2024/2024_{guide}-demo.xlsx" for guide in GUIDES]
    assert [one[1:] for one in found] == [one[1:] for one in published(f"{made.folder}/2024.xlsx")]
    assert found[0].method.options is not None and found[0].method.options["grid_series"] == "national_average"
    assert {line.boundary for line in found[0].lines} == {
        "一条 5000 t/d 熟料线及配套水泥粉磨，含自备余热发电；两期一致"
    }
