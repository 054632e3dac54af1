"""Parameters of formulas in guide files, authoring workbooks and the schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openpyxl import load_workbook

from jwdt_xl.authoring import build, dump, loads, new_book, schema
from jwdt_xl.authoring.layout import FIRST, HEADER, VERSION, Layout
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import Guide, from_dict
from jwdt_xl.standard.quantities import Parameters

Data = dict[str, Any]


@pytest.fixture
def parted(data: Data) -> Data:
    """Indicator 2 for water and for named pollutants, 6 for two materials."""
    nodes = {node["code"]: node for node in data["nodes"]}
    place = data["nodes"].index(nodes["2"])
    nodes["2"] |= {"weight": 0.05, "parameters": {"medium": "water"}}
    more = {**nodes["2"], "code": "2b", "parameters": {"medium": "air", "pollutants": ["二氧化硫", "NOx"]}}
    data["nodes"].insert(place + 1, more)
    nodes["6"]["parameters"] = {"materials": ["石灰石", "铁矿石(精矿)"]}
    return data | {"id": "parted", "name_zh": "示例", "source_zh": "政策"}


def test_files_and_workbooks_bring_them_back(parted: Data, tmp_path: Path) -> None:
    guide = from_dict(parted, strict=True)
    text = dump(guide, "zh")
    assert 'parameters = {medium = "air", pollutants = ["二氧化硫", "NOx"]}' in text
    assert loads(text).nodes == guide.nodes
    for language in ("zh", "en"):
        new_book(tmp_path / "g.xlsx", guide, language)
        assert build(tmp_path / "g.xlsx").nodes == guide.nodes
    jsonschema.validate(parted, schema())
    wrong = {**parted, "nodes": [{**node, "parameters": {"medium": "soil"}} for node in parted["nodes"]]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema())


def _book(tmp_path: Path, guide: Guide) -> tuple[Any, Path, Layout]:
    path = tmp_path / "g.xlsx"
    new_book(path, guide, "zh")
    return load_workbook(path), path, Layout("zh")


def test_names_as_people_type_them(parted: Data, tmp_path: Path) -> None:
    guide = from_dict(parted, strict=True)
    book, path, layout = _book(tmp_path, guide)
    sheet = book[layout.title("nodes")]
    row = next(i for i, node in enumerate(guide.nodes) if node.code == "6")
    sheet.cell(FIRST + row + 1, layout.column("nodes", "parameters.materials") + 1).value = " 石灰石;石膏 ；\n Clay ; "
    book.save(path)
    assert build(path).by_code["6"].parameters == Parameters(materials=("石灰石", "石膏", "Clay"))


def test_an_error_names_its_cell(parted: Data, tmp_path: Path) -> None:
    guide = from_dict(parted, strict=True)
    book, path, layout = _book(tmp_path, guide)
    row = next(i for i, node in enumerate(guide.nodes) if node.code == "2b")
    cell = book[layout.title("nodes")].cell(FIRST + row + 1, layout.column("nodes", "parameters.pollutants") + 1)
    cell.value = "二氧化硫；不存在"
    book.save(path)
    with pytest.raises(Refused) as error:
        build(path)
    [finding] = error.value.findings
    assert finding.where == f"{layout.title('nodes')}!{cell.coordinate}"
    assert "“不存在” is not in Annex B" in finding.text.en


def test_a_workbook_of_layout_2_has_no_parameters(data: Data, tmp_path: Path) -> None:
    """Its columns end before them; what stands there is no parameter."""
    guide = from_dict(data | {"id": "old", "name_zh": "示例", "source_zh": "政策"}, strict=True)
    book, path, layout = _book(tmp_path, guide)
    nodes, howto = book[layout.title("nodes")], book.worksheets[0]
    for field in ("medium", "pollutants", "materials", "energies"):
        nodes.cell(HEADER + 1, layout.column("nodes", f"parameters.{field}") + 1).value = "备注"
    version = layout.stamp["layout"][1]
    assert howto.cell(version.row + 1, version.col + 1).value == str(VERSION)
    book.save(path)
    with pytest.raises(Refused, match="heading must be"):
        build(path)
    howto.cell(version.row + 1, version.col + 1).value = "2"
    for field in ("range.high", "range.low", "benchmark.limit"):  # came later, and stand before them
        nodes.delete_cols(layout.column("nodes", field) + 1)
    book.save(path)
    assert build(path).hash == guide.hash


def test_show_tells_them(parted: Data, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "g.toml"
    path.write_text(dump(from_dict(parted, strict=True)), encoding="utf-8")
    assert main(["guide", "show", str(path), "--lang", "zh"]) == 0
    shown = "".join(
        line.strip(" │┃") for line in capsys.readouterr().out.replace("┃", "\n").replace("│", "\n").split("\n")
    )
    assert "大气、" in shown and "NOx" in shown
