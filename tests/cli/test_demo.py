"""jwdt demo: the main job without an office program, a network or a writable package."""

from __future__ import annotations

import json
import socket
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import jwdt_xl
from jwdt_xl import workbook


def test_demo_in_a_folder_with_spaces_and_chinese_characters(installed: Any, tmp_path: Path) -> None:
    done = installed("demo", "-o", "某 文件夹/结果 1")
    assert done.code == 0
    folder = tmp_path / "某 文件夹" / "结果 1"
    names = {path.name for path in folder.iterdir()}
    assert names == {"template.xlsx", "cement-filled.xlsx", "cement-result.xlsx"}
    for name in names:
        assert name in done.out
    for shown in ("79.39", "减污降碳协同度", "AP/单位产品", "0.75", "4.21", "10.79", "69.68", "同时下降", "检查结果"):
        assert shown in done.out


def test_demo_needs_no_network_and_leaves_the_package_alone(
    run: Any, tmp_path: Path, golden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(jwdt_xl.__file__).parent
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX, f"the demo connects to {address}"
        connect(self, address)

    def files() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in package.rglob("*") if "__pycache__" not in path.parts}

    monkeypatch.setattr(socket.socket, "connect", local_only)
    monkeypatch.chdir(tmp_path)
    assert run("demo", "--lang", "zh").code == 0  # an earlier run
    before = files()
    assert run("demo", "--lang", "en").code == 0
    assert files() == before
    assert workbook.read(tmp_path / "jwdt-demo" / "template.xlsx").stamp["language"] == "en"
    assert_total(tmp_path / "jwdt-demo" / "cement-result.xlsx", golden)


def assert_total(path: Path, golden: Path) -> None:
    """The finished workbook has the result in it, without any program having calculated it."""
    import openpyxl

    file = openpyxl.load_workbook(path, data_only=True)
    sheet, cell = next(iter(file.defined_names["out_total"].destinations))
    expected = json.loads((golden / "example_cement_expected.json").read_text(encoding="utf-8"))
    assert file[sheet][cell].value == pytest.approx(expected["total"], rel=1e-9)


def test_the_example_is_the_golden_one(golden: Path) -> None:
    shipped = resources.files("jwdt_xl").joinpath("examples").joinpath("cement.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
