"""Whatever opens a workbook opens it in a guarded process: one far cell neither ends a command nor takes gigabytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import jwdt_xl
from jwdt_xl.cli import main

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bound on memory")

#: What is far out: for one calamine asks for 550 GB and aborts, another took 2.8 GB; the last can still be held.
HELD = "A1048576"
CELLS = ("XFD1048576", "ZZ1048576", HELD)


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guide") / "G.xlsx"
    assert main(["guide", "new", "--from", "cement", "-o", str(path)]) == 0
    return path


def far(source: Path, target: Path, cell: str, sheet: int) -> Path:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    added = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name,
                content.replace(b"</sheetData>", added) if name == f"xl/worksheets/sheet{sheet}.xml" else content,
            )
    return target


def far_ods(target: Path) -> Path:
    """A sheet of a million rows of 16,384 cells, said in a few bytes."""
    cells = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
        file.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return target


_MEASURED = """
import re, sys
from jwdt_xl.cli import main
code = main(sys.argv[1:])
# not ru_maxrss, which a process has from the one that started it
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print("peak", int(peak[1]) // 1024, file=sys.stderr)
sys.exit(code)
"""


def ran(*command: str) -> tuple[int, int, str]:
    """The exit code, the peak of the command's own process in MB, and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *command], capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    found = re.search(r"peak (\d+)", done.stderr)
    return done.returncode, int(found[1]) if found else -1, done.stdout + done.stderr


@pytest.mark.parametrize("cell", [*CELLS, "ods"])
@pytest.mark.parametrize(
    "command",
    [
        "guide build ODD -o TOML",
        "guide show ODD",
        "score DATA --guide ODD",
        "guide new --from ODD -o OUT",
        "guide benchmark cement --from ODD --period 2023",
        "distribute --register ODD -o OUT",
        "collect DATA --review ODD -o OUT",
        "feedback ODD -o OUT",
        "survey tally ODD -o OUT",
        "trend ODD -o OUT",
        "import ODD -o OUT",
        "import DATA --into ODD -o OUT",
        "import --suggest ODD -o OUT",
    ],
)
def test_one_cell_far_out(tmp_path: Path, guide: Path, golden: Path, command: str, cell: str) -> None:
    path = far_ods(tmp_path / "a.ods") if cell == "ods" else far(guide, tmp_path / "a.xlsx", cell, 1)
    words = {
        "ODD": str(path),
        "OUT": str(tmp_path / "out.xlsx"),
        "TOML": str(tmp_path / "out.toml"),
        "DATA": str(golden / "example_cement.json"),
    }
    code, peak, said = ran(*(words.get(word, word) for word in command.split()))
    assert "Traceback" not in said and "内部错误" not in said, said
    assert 0 < peak < 250, said
    if cell == HELD and command.startswith(("guide", "score")):
        assert code in (0, 1), said
        return
    assert code == 1, said
    # a portfolio may be that large, so its reader only finds that this is none
    if cell not in (HELD, "ods") and "feedback" not in command:
        assert f"!{cell}" in said, said


def test_nobody_else_opens_a_workbook() -> None:
    """The reader of workbooks is named only by what runs in a worker."""
    package = Path(jwdt_xl.__file__).parent
    named = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"\bCalamineWorkbook\b", path.read_text(encoding="utf-8"))
    }
    returned = {f"workbook/returned/{name}.py" for name in ("reader", "sheets")}
    assert named == {"opening/sheets.py"} | returned
