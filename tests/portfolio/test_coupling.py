"""The coupling coordination degree: by hand, and only where it is asked for."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from jwdt_xl.portfolio.analysis import coupling

from .returns import Returns
from .sheets import lines

NAN = math.nan


def test_by_hand() -> None:
    """Rates of pollutants 0.1, 0.3, 0.2, 0.25 are U₁ = 0, 1, 0.5, 0.75; of carbon 0.20, 0.10, 0.30, 0.14 are U₂ = 0.5, 0, 1, 0.2."""
    rates = np.array([[0.1, 0.20], [0.3, 0.10], [0.2, 0.30], [0.25, 0.14], [NAN, 0.2], [0.9, NAN]])
    # third: C = 2·√0.5/1.5 = 0.942809, T = 0.75, D = √0.707107 = 0.840896
    # fourth: C = 2·√0.15/0.95 = 0.815367, T = 0.475, D = √0.387298 = 0.622333
    want = [0.0, 0.0, 0.840896, 0.622333, NAN, NAN]
    assert coupling.degrees(rates) == pytest.approx(want, abs=5e-7, nan_ok=True)


def test_as_the_formula_says() -> None:
    rates = np.random.default_rng(5).uniform(-1, 1, (50, 2))
    u1, u2 = ((column - column.min()) / (column.max() - column.min()) for column in rates.T)
    with np.errstate(invalid="ignore"):
        c = np.where(u1 + u2 > 0, 2 * np.sqrt(u1 * u2) / (u1 + u2), 0)
    assert coupling.degrees(rates) == pytest.approx(np.sqrt(c * (u1 + u2) / 2), abs=1e-12)


@pytest.mark.parametrize("rates", [[], [[0.1, 0.2]], [[0.1, 0.2], [0.1, 0.3]], [[NAN, NAN]]])
def test_nothing_can_be_said_where_nothing_differs(rates: list[list[float]]) -> None:
    assert np.isnan(coupling.degrees(np.array(rates, dtype=float).reshape(-1, 2))).all()


def test_it_is_off_by_default_and_changes_no_rank(tmp_path: Path, returns: Returns, collect) -> None:
    for i in range(4):
        returns.write(tmp_path / "in" / f"{i}.xlsx", i)
    plain = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx").out
    assert not {"coupling"} & set(lines(tmp_path / "P.xlsx", "ranking")[0])
    assert collect(tmp_path / "in", "-o", tmp_path / "Q.xlsx", "--coupling").out == plain
    shown = {line["file"]: line for line in lines(tmp_path / "Q.xlsx", "ranking")}
    values = lines(tmp_path / "Q.xlsx", "values")
    rates = np.array([[line["rate_pollutants"], line["rate_carbon"]] for line in values])
    want = coupling.degrees(rates)
    assert [shown[line["file"]]["coupling"] for line in values] == pytest.approx(want.tolist(), abs=1e-12)
    assert any(
        "choice" in str(cell) and "耦合协调度" in str(line) for line in _method(tmp_path / "Q.xlsx") for cell in line
    )
    assert not any("耦合协调度" in str(line) for line in _method(tmp_path / "P.xlsx"))


def _method(path: Path) -> list[tuple[object, ...]]:
    import openpyxl

    return list(openpyxl.load_workbook(path)["方法与版本"].iter_rows(values_only=True))
