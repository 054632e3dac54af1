"""Required pollutants in guide files and authoring workbooks: what is refused, with its place; older workbooks are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jwdt_xl.authoring import build, dump, load, loads, new_book
from jwdt_xl.authoring.layout import FIRST, VERSION, Layout
from jwdt_xl.authoring.versions import changes
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import from_dict, to_dict

TABLE = "required_pollutants"


def with_them(*asked: dict[str, Any], guide: str = "cement") -> dict[str, Any]:
    return {**to_dict(load(guide)), TABLE: list(asked)}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([{"pollutant": "颗粒物"}], "烟尘"),
        ([{"pollutant": "甲醛"}], "甲醛(大气)"),
        ([{"pollutant": "没有的东西"}], "没有污染物"),
        ([{"pollutant": ""}], "请写明污染物的名称"),
        ([{"pollutant": "NOx", "medium": "water"}], "只有：氮氧化物(大气)"),
        ([{"pollutant": "NOx", "medium": "soil"}], "介质须为"),
        ([{"pollutant": "NOx"}, {"pollutant": "氮氧化物", "medium": "air"}], "写了两次"),
        ([{"pollutant": "VOCs"}, {"pollutant": "VOCs", "medium": "air"}], "写了两次"),
        ([{"pollutant": "NOx"}] * 21, "至多 20 项"),
    ],
)
def test_what_cannot_be_looked_up_is_refused(asked: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(Refused) as caught:
        from_dict(with_them(*asked), strict=True)
    assert any(said in each.text.zh and each.where.startswith(TABLE) for each in caught.value.findings)


def test_a_guide_that_counts_no_pollutants_asks_for_none() -> None:
    data = with_them({"pollutant": "NOx"})
    for node in data["nodes"]:
        if node["code"] in ("1", "2"):
            node |= {"formula": "entered", "attribute": "qualitative"}
            node.pop("benchmark", None)
    with pytest.raises(Refused) as caught:
        from_dict(data)
    assert any("没有指标用到污染物" in each.text.zh for each in caught.value.findings)


def test_there_and_back_and_told_as_a_difference(tmp_path: Path) -> None:
    asked = [{"pollutant": "NOx", "source": "HJ 847"}, {"pollutant": "甲醛", "medium": "water"}]
    guide = from_dict(with_them(*asked), strict=True)
    assert guide.hash != load("cement").hash and loads(dump(guide)).hash == guide.hash
    for language in ("zh", "en"):
        new_book(tmp_path / "g.xlsx", guide, language)
        assert build(tmp_path / "g.xlsx").hash == guide.hash
    told = [each.zh for each in changes(load("cement"), guide)]
    assert any("必报污染物" in each and "NOx" in each for each in told)


def test_a_workbook_of_layout_8_is_read(tmp_path: Path) -> None:
    """It has all but this sheet."""
    assert VERSION == 9
    new_book(tmp_path / "g.xlsx", load("cement"), "zh")
    book = openpyxl.load_workbook(tmp_path / "g.xlsx")
    layout = Layout("zh")
    del book[layout.title(TABLE)]
    stamp = layout.stamp["layout"][1]
    book[layout.title("howto")].cell(stamp.row + 1, stamp.col + 1, "8")
    book.save(tmp_path / "old.xlsx")
    assert build(tmp_path / "old.xlsx").hash == load("cement").hash


def test_what_is_refused_is_named_by_its_cell(tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", load("cement"), "zh")
    book = openpyxl.load_workbook(tmp_path / "g.xlsx")
    book[Layout("zh").title(TABLE)].cell(FIRST + 1, 1, "颗粒物")
    book.save(tmp_path / "g.xlsx")
    with pytest.raises(Refused) as caught:
        build(tmp_path / "g.xlsx")
    assert [finding.where for finding in caught.value.findings] == [f"必报污染物!A{FIRST + 1}"]
