"""An output whose name promises a format that is not written is refused before any work, with the right ending."""

from __future__ import annotations

from pathlib import Path

import pytest

from jwdt_xl.cli import main


@pytest.mark.parametrize("ending", ["xls", "XLS", "xlsb", "et"])
@pytest.mark.parametrize("command", ["collect", "template", "fill"])
def test_workbooks(tmp_path: Path, golden: Path, capsys: pytest.CaptureFixture[str], ending: str, command: str) -> None:
    (tmp_path / "in").mkdir()
    arguments = {
        "collect": ["collect", str(tmp_path / "in")],
        "template": ["template"],
        "fill": ["fill", "--data", str(golden / "example_cement.json")],
    }
    assert main([*arguments[command], "-o", str(tmp_path / f"p.{ending}")]) != 0
    said = capsys.readouterr().err
    assert ".xlsx" in said and str(tmp_path / "p.xlsx") in said
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
