"""The programs that compute a workbook anew from stripped caches."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import formualizer
import pytest
import python_calamine

from ..office import ErrorValue
from .compare import Expected, Place, Values, in_ironcalc, in_office

#: A number within a sentence: Gnumeric joins all its binary digits to a text, other programs 15.
_LONG = re.compile(r"\d+\.\d{14,}")
NOT_COMPUTED = -987654
#: A formula's cell with its value.
_CACHED = re.compile(
    r'(<c r="[A-Z]+\d+"[^>]*?)( t="\w+")?([^>]*>)(<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v>[^<]*</v>)?(?=</c>)'
)


def stripped(path: Path, folder: Path) -> Path:
    """The same workbook with one wrong value in every formula's cell: who shows another has computed it."""
    bare = folder / f"bare_{path.name}"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                content = _CACHED.sub(rf"\1\3\4<v>{NOT_COMPUTED}</v>", content.decode()).encode()
            new.writestr(item, content)
    return bare


def in_formualizer(path: Path, places: Iterable[Place]) -> Values:
    book = formualizer.load_workbook(str(path))
    book.evaluate_all()
    return {(s, r, c): _formualizer_value(book.get_value(s, r + 1, c + 1)) for s, r, c in places}


def _formualizer_value(value: Any) -> Any:
    if isinstance(value, dict):
        return ErrorValue(str(value.get("kind", value)))
    return value


def _as_elsewhere(number: re.Match[str]) -> str:
    return f"{float(number[0]):.15g}"


def gnumeric() -> str | None:
    return shutil.which("ssconvert")


def in_gnumeric(path: Path, places: Iterable[Place]) -> Values:
    program = gnumeric()
    assert program is not None
    out = path.with_name(f"gnumeric_{path.name}")
    done = subprocess.run(
        [program, "--recalc", "-T", "Gnumeric_Excel:xlsx2", str(path), str(out)], capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    book = python_calamine.CalamineWorkbook.from_path(str(out))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    found: Values = {}
    for sheet, row, col in places:
        rows = sheets[sheet]
        value = rows[row][col] if row < len(rows) and col < len(rows[row]) else ""
        found[sheet, row, col] = _LONG.sub(_as_elsewhere, value) if isinstance(value, str) else value
    return found


ENGINES: dict[str, Callable[[Path, Iterable[Place]], Values]] = {
    "ironcalc": lambda path, _: in_ironcalc(path),
    "formualizer": in_formualizer,
    "gnumeric": in_gnumeric,
}
#: Parametrizes the engine of a test.
EACH = [pytest.param("libreoffice", marks=pytest.mark.xdist_group("office")), *ENGINES]


def computed(engine: str, path: Path, expected: Expected, request: pytest.FixtureRequest) -> Values:
    """What an engine finds in the cells of a workbook whose values are wrong."""
    if engine == "libreoffice":
        return in_office(request.getfixturevalue("office"), path, expected)
    if engine == "gnumeric" and gnumeric() is None:
        pytest.skip("Gnumeric (ssconvert) is not installed; tests/install_office.sh does it")
    return ENGINES[engine](path, list(expected.computed))
