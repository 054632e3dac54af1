"""Benchmarks and studies from a portfolio workbook, and two levels kept together for scores by two points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.assessment import evaluate
from jwdt_xl.authoring import benchmarks, dump, enterprises_in, levels, load, loads
from jwdt_xl.authoring.of_portfolio import of_portfolio
from jwdt_xl.cli import main
from jwdt_xl.standard.guide import from_dict, to_dict
from jwdt_xl.standard.guide.benchmarks import reached_level

Data = dict[str, Any]
CEMENT = load("cement")
NAMES = ("甲公司", "乙公司", "丙公司", "丁公司", "戊公司")


@pytest.fixture
def portfolio(tmp_path: Path) -> tuple[Path, dict[str, list[float]]]:
    """Five enterprises of which the last is held back, and the values of the others by indicator."""
    golden = Path(__file__).parents[1] / "golden/example_cement.json"
    folder = tmp_path / "returns"
    folder.mkdir()
    values: dict[str, list[float]] = {}
    for i, name in enumerate(NAMES):
        data: Data = json.loads(golden.read_text(encoding="utf-8"))
        data["enterprise"] |= {"name": name, "uscc": ""}
        data["product"]["output"]["report"] *= 1 + i / 8
        data["output_value"]["report"] *= 1 + i / 5
        data.pop("benchmarks", None)
        if name == NAMES[-1]:
            data["not_applicable"] = {"7": "生产过程没有可回收的余能"}
            data["residual_energy"] = []
        else:
            for indicator in evaluate(data, CEMENT).indicators:
                if indicator.value is not None:
                    values.setdefault(indicator.node.code, []).append(indicator.value)
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    path = tmp_path / "P.xlsx"
    main(["collect", str(folder), "--guide", "cement", "-o", str(path)])
    return path, values


def test_a_portfolio_is_a_table_without_those_held_back(portfolio: tuple[Path, dict[str, list[float]]]) -> None:
    path, values = portfolio
    table = of_portfolio(path, CEMENT)
    assert table is not None
    assert "4 enterprises; 1 that" in table.notes[0].text.en and len(table.notes) == 1
    found, findings = levels(CEMENT, table)
    for code in ("2", "3", "4", "6", "7"):
        node = CEMENT.by_code[code]
        assert found[code].n == 4 and found[code].missing == 0
        assert found[code].levels[0.5] == pytest.approx(reached_level(values[code], node.attribute, 0.5), rel=1e-12)
    assert "of-portfolio" in {finding.code for finding in findings}
    assert "unused-columns" not in {finding.code for finding in findings}


def test_of_another_guide_it_is_told_and_other_names_are_not_used(
    portfolio: tuple[Path, dict[str, list[float]]],
) -> None:
    data = to_dict(CEMENT)
    next(node for node in data["nodes"] if node["code"] == "6")["name_zh"] = "别的指标"
    next(node for node in data["nodes"] if node["code"] == "6")["name_en"] = "another"
    guide = from_dict(data)
    table = of_portfolio(portfolio[0], guide)
    assert table is not None and "value_6" not in table.columns and "value_2" in table.columns
    assert {"portfolio-of-other-guide", "other-indicator"} <= {finding.code for finding in table.notes}


def test_what_is_no_portfolio_is_read_as_any_table(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("2,3\n0.7,600\n0.8,610\n", encoding="utf-8")
    assert enterprises_in(path, CEMENT).columns.keys() == {"2", "3"}
    broken = tmp_path / "v.xlsx"
    broken.write_bytes(b"no workbook")
    assert of_portfolio(broken, CEMENT) is None


def test_two_levels_are_kept_together(tmp_path: Path) -> None:
    """20 % reach the benchmark, 50 % the limit; equal levels are no two points."""
    path = tmp_path / "v.csv"
    path.write_text("2,4,6\n" + "".join(f"{1 + i / 10},{i + 1},7\n" for i in range(10)), encoding="utf-8")
    found, _ = levels(CEMENT, enterprises_in(path, CEMENT), (0.2, 0.5))
    taken, told = benchmarks(CEMENT, found, "2025", 0.2, 0.5)
    assert (taken["2"].value, taken["2"].limit) == (1.1, 1.4)
    assert (taken["4"].value, taken["4"].limit) == (9.0, 6.0)
    assert "6" not in taken and [finding.where for finding in told if finding.code == "bad-limit"] == ["6"]
    assert "limit by 50 %" in taken["2"].source and "20% 可达到的水平，限值为 50%" in taken["2"].source


def test_the_command(tmp_path: Path, portfolio: tuple[Path, dict[str, list[float]]]) -> None:
    target = tmp_path / "g.toml"
    (tmp_path / "c.toml").write_text(dump(CEMENT), encoding="utf-8")
    run = ["guide", "benchmark", str(tmp_path / "c.toml"), "--from", str(portfolio[0]), "--period", "2023"]
    assert main([*run, "--share", "0.2", "--limit-share", "0.5", "-o", str(target)]) == 0
    node = loads(target.read_text(encoding="utf-8")).by_code["3"]
    assert (
        node.benchmark is not None and node.benchmark.limit is not None and node.benchmark.limit > node.benchmark.value
    )
    for share in ("0.2", "0.1", "1.5", "0", "-1", "nan"):
        assert main([*run, "--share", "0.2", "--limit-share", share]) == 2
    assert main(["guide", "study", str(tmp_path / "c.toml"), "--from", str(portfolio[0])]) == 0
