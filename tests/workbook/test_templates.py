"""templates/ is what `jwdt template --all templates/` writes, and a frozen return of every released layout still reads."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jwdt_xl import workbook
from jwdt_xl.assessment import read, write
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import plan
from jwdt_xl.workbook.plan import VERSION

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FROZEN = ROOT / "tests" / "data"
LAYOUT = workbook.Layout(builtin(), "excel", "zh")
#: SHA-256 of the frozen return of each layout. A new layout gets a line; none is ever changed.
RETURNS = {
    1: "8f70f537794879dc0a3091d5bcdc3afc102512d0515edde2ea7c9020f5def4c2",
    2: "3539c43bb5b91600c0e35e90ef794a492114ac45f3d41e662de7965dd2851fc6",
    3: "90ecafd790750658ab8816dc7c63e23f0ef478a7d3e5bbb1c4190412f0076ca7",
    4: "3fd7c34a7d6417862acace2a380388d5f313a92d013579ca398143494b7d27e2",
}


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


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_frozen_return_is_the_one_of_its_time(version: int) -> None:
    """Written anew it would be a return of today, which proves nothing about those that are out there."""
    frozen = (FROZEN / f"layout_{version}_cement.xlsx").read_bytes()
    assert hashlib.sha256(frozen).hexdigest() == RETURNS[version], "git checkout tests/data"


@pytest.fixture
def keeping(tmp_path: Path, golden: Path) -> Callable[[], None]:
    """The part of tests/regenerate that keeps a return of the present layout, in a folder of its own."""
    script = (ROOT / "tests" / "regenerate").read_text(encoding="utf-8")
    code = re.search(r"^python - <<'PY'\n(.*?)^PY$", script, re.DOTALL | re.MULTILINE)
    assert code and script.count("tests/data/") == 1
    for folder in ("data", "golden"):
        (tmp_path / "tests" / folder).mkdir(parents=True)
    shutil.copy(golden / "example_cement.json", tmp_path / "tests" / "golden")
    return lambda: subprocess.run([sys.executable, "-c", code[1]], cwd=tmp_path, check=True)


def test_regenerate_never_writes_a_frozen_return_again(keeping: Callable[[], None], tmp_path: Path) -> None:
    kept = tmp_path / "tests" / "data" / f"layout_{VERSION}_cement.xlsx"
    keeping()
    assert workbook.read(kept).stamp["layout"] == str(VERSION)
    kept.write_bytes(b"as it came back")
    keeping()
    assert kept.read_bytes() == b"as it came back"
    assert list(kept.parent.iterdir()) == [kept]


# There is one layout so far. What a later program does with it is tried as if the present one were later: its forms have
# a column, questions and an option that the old form below lacks, and everything else has moved because of it.


@pytest.fixture
def old_form(tmp_path: Path) -> Path:
    """The frozen return without some of what the present layout asks for."""
    book = load_workbook(FROZEN / f"layout_{VERSION}_cement.xlsx")
    _delete_column(book, "pollutants", "quality", "质量等级")
    _delete_row(book, "enterprise.region", "地区")
    _delete_row(book, "management.effective", "有效执行并有记录")
    basis = LAYOUT.fields["benchmarks.2.basis"].cell
    _delete(
        book["基准与权重"].delete_cols, basis.col + 1, "口径", book["基准与权重"].cell(basis.row - 1, basis.col + 1)
    )
    _delete_row(book, "options.gwp_set", "GWP 取值")
    book.save(tmp_path / "old.xlsx")
    return tmp_path / "old.xlsx"


def _delete_column(book: Any, table: str, field: str, label: str) -> None:
    found = LAYOUT.tables[table]
    sheet, column = book[LAYOUT.title(found.sheet)], found.column(field) + 1
    _delete(sheet.delete_cols, column, label, sheet.cell(found.header + 1, column))


def _delete_row(book: Any, path: str, label: str) -> None:
    """A question, whose label stands on its left."""
    cell = LAYOUT.fields[path].cell
    sheet = book[LAYOUT.title(cell.sheet)]
    _delete(sheet.delete_rows, cell.row + 1, label, sheet.cell(cell.row + 1, cell.col))


def _delete(delete: Callable[[int], Any], place: int, label: str, cell: Any) -> None:
    assert cell.value == label
    delete(place)


def test_a_form_of_an_older_layout_is_read_by_its_headings(
    old_form: Path, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "VERSION", VERSION + 1)
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    assert data["enterprise"].pop("region")
    assert data["management"].pop("effective") is not None
    for row in data["pollutants"]:
        row.pop("quality", None)
    for benchmark in data["benchmarks"].values():
        benchmark.pop("basis", None)
    data.get("options", {}).pop("gwp_set", None)
    returned = workbook.read(old_form)
    assert write(read(returned.data)) == write(read(data))
    assert {finding.code for finding in returned.aligned.moved} == {"older-layout"}
    # as jwdt fill --from and jwdt score do, whose reading is in processes that know no later layout
    result = workbook.write(tmp_path / "new.xlsx", host="portable", language="en", assessment=read(returned.data))
    assert result.total is None and result.score_so_far > 0  # one answer is missing
    again = workbook.read(tmp_path / "new.xlsx")
    assert write(read(again.data)) == write(read(data))
    assert (again.stamp["layout"], again.stamp["language"]) == (str(VERSION + 1), "en")


def test_the_same_form_is_refused_where_the_layout_has_all_of_it(old_form: Path) -> None:
    """In a form of the present layout nothing may be missing."""
    with pytest.raises(Refused) as refusal:
        workbook.read(old_form)
    found = [finding for finding in refusal.value.findings if finding.code == "moved-header"]
    assert {finding.where.partition("!")[0] for finding in found} == {
        "污染物",
        "企业信息",
        "定性",
        "基准与权重",
    }


def test_what_is_required_may_not_be_missing_in_an_older_form_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = load_workbook(FROZEN / f"layout_{VERSION}_cement.xlsx")
    _delete_column(book, "pollutants", "pollutant", "污染物")
    book.save(tmp_path / "old.xlsx")
    monkeypatch.setattr(plan, "VERSION", VERSION + 1)
    with pytest.raises(Refused):
        workbook.read(tmp_path / "old.xlsx")
