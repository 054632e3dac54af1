"""jwdt trend as its user calls it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from .conftest import Runner


@pytest.fixture
def years(run: Runner, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two years: a workbook, and an assessment file in an archive."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "years"
    folder.mkdir()
    assert run("fill", "--data", golden / "example_cement.json", "-o", folder / "2023.xlsx").code == 0
    run("fill", "--data", golden / "example_cement.json", "--next-year", "-o", "2024.xlsx")
    data = run("extract", "2024.xlsx").json
    for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy"):
        for row in data[table]:
            row["report"] = row["base"]
    data["boundary"] = "扩建后"
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("2024.json", json.dumps(data))
    return folder


def test_a_folder_of_years(run: Runner, years: Path) -> None:
    done = run("trend", "years", "-o", "T.xlsx", "--lang", "en")
    assert done.code == 0, done
    first, second, why = done.out.splitlines()
    assert first == "2023  total 79.39" and second.startswith("2024 ▲  total")
    assert why.startswith("2024: the boundary changed") and "2 files read, 2 years of them shown" in done.err
    assert Path("T.xlsx").read_bytes().startswith(b"PK")


def test_what_cannot_be_shown_is_said(run: Runner, years: Path, golden: Path) -> None:
    (years / "other.json").write_bytes((golden / "example_dyeing.json").read_bytes())
    done = run("trend", "years", "-o", "T.xlsx", "--lang", "en")
    assert done.code == 1 and "is of another enterprise" in done.err and Path("T.xlsx").exists()
    assert run("trend", "none", "-o", "U.xlsx").code == 2
    (years / "only").mkdir()
    (years / "only" / "bad.json").write_text("{}", encoding="utf-8")
    done = run("trend", "years/only", "-o", "U.xlsx")
    assert done.code == 1 and not Path("U.xlsx").exists()
