"""templates/ is what `jwdt template --all templates/` writes, and a frozen return of every released layout still reads."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from jwdt_xl import workbook
from jwdt_xl.assessment import read, write
from jwdt_xl.cli import main
from jwdt_xl.workbook.layout import VERSION

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FROZEN = ROOT / "tests" / "data"


def parts(path: Path) -> dict[str, bytes]:
    """What is in a workbook; the bytes of the zip itself depend on the zlib that packed it."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates") / "all"
    assert main(["template", "--all", str(folder)]) == 0
    return folder


def test_the_folder_holds_what_is_made(made: Path) -> None:
    assert sorted(p.name for p in TEMPLATES.glob("*.xlsx")) == sorted(p.name for p in made.glob("*.xlsx"))


@pytest.mark.parametrize("name", sorted(p.name for p in TEMPLATES.glob("*.xlsx")))
def test_not_stale(made: Path, name: str) -> None:
    kept, new = parts(TEMPLATES / name), parts(made / name)
    different = sorted(part for part in kept.keys() | new.keys() if kept.get(part) != new.get(part))
    assert not different, "run: rm templates/*.xlsx; jwdt template --all templates/"


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_frozen_return_of_every_layout_reads(version: int, golden: Path) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    returned = workbook.read(FROZEN / f"layout_{version}_cement.xlsx")
    assert write(read(returned.data)) == data
    assert returned.stamp["layout"] == str(version)
