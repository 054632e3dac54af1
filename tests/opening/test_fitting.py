"""Registers of Excel 97–2003, written by LibreOffice: read as newer ones are, with their error values; anything else is refused."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.opening import fitting
from jwdt_xl.opening.container import is_old
from jwdt_xl.opening.untold import ErrorValue
from jwdt_xl.portfolio.campaign.register import read_register

from ..portfolio.returns import uscc

DATA = Path(__file__).parents[1] / "data"
GOOD, WITH_ERROR = DATA / "register.xls", DATA / "register_error.xls"


def any_sheet(grid: list[list[Any]]) -> bool:
    return True


def test_a_register_as_it_is() -> None:
    """The second sheet, a merged title, a heading with a remark, a code with a blank in small letters, a number for a year."""
    register = read_register(str(GOOD), None)
    assert [(entry.uscc, entry.name, entry.industry_code, entry.region, entry.report) for entry in register.entries] == [
        (uscc(1), "甲水泥有限公司", "3011", "湖州市", "2024"), (uscc(2), "乙水泥有限公司", "3011", "湖州市", "2024年"),
    ]  # fmt: skip
    assert not register.findings and [entry.place for entry in register.entries] == ["register.xls 名单:3", "register.xls 名单:4"]  # fmt: skip


def test_an_error_value_is_no_blank() -> None:
    with pytest.raises(Refused) as caught:
        read_register(str(WITH_ERROR), None)
    assert [(f.code, f.where) for f in caught.value.findings] == [("error-value", "register_error.xls 名单:D4")]


def test_kinds_of_cells() -> None:
    first, found = fitting.fitting(str(WITH_ERROR), any_sheet)
    assert first == "说明" and list(found) == ["说明", "名单"]
    grid, formulas = found["名单"]
    assert grid[2][2] == 3011.0 and grid[2][5] == datetime.date(2025, 6, 30) and grid[3][5] is True
    assert grid[3][3] == "#N/A" and isinstance(grid[3][3], ErrorValue) and formulas == ()
    assert {len(row) for row in grid} == {6}


def test_too_many_cells_are_not_handed_over() -> None:
    with pytest.raises(MemoryError):
        fitting._old(str(GOOD), any_sheet, 5)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD.read_bytes()[:700], "旧版"), (GOOD.read_bytes()[:512] + bytes(6144), "旧版"),
        (GOOD.read_bytes() + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (GOOD.read_bytes().replace("Workbook".encode("utf-16-le"), "WordDocument".encode("utf-16-le")), "Word"),
    ],
)  # fmt: skip
def test_what_is_no_old_workbook(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert not is_old(str(path))
    with pytest.raises(Refused) as caught:
        read_register(str(path), None)
    assert said in str(caught.value.findings[0].text.zh)


def test_damaged_ones_are_read_or_refused(tmp_path: Path) -> None:
    """Whatever its reader raises; in the command a guard bounds time and memory besides."""
    chance, path = random.Random(1), tmp_path / "a.xls"
    outcomes = set()
    for _ in range(80):
        content = bytearray(GOOD.read_bytes())
        for _ in range(chance.choice((1, 4, 40))):
            content[chance.randrange(512, len(content))] = chance.randrange(256)
        path.write_bytes(content[: chance.choice((None, chance.randrange(1024, len(content))))])
        try:
            fitting._old(str(path), any_sheet, 10**6)
            outcomes.add("read")
        except Refused as error:
            assert error.findings[0].code == "unreadable" and ".xlsx" in error.findings[0].text.zh
            outcomes.add("refused")
        except MemoryError:
            outcomes.add("too much")
    assert {"read", "refused"} <= outcomes


def test_a_campaign_with_an_old_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the register as it is to forms for those in it, and to who has not answered."""
    home = tmp_path / "c"
    assert main(["campaign", "new", str(home), "--register", str(GOOD), "--period", "2024"]) == 0
    assert (home / "register.xls").read_bytes() == GOOD.read_bytes()
    assert main(["campaign", "send", str(home), "--jobs", "1"]) == 0
    assert len(list((home / "outbox").rglob("*.xlsx"))) == 2
    capsys.readouterr()
    assert main(["campaign", "status", str(home), "--json", "--jobs", "1"]) == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)["enterprises"]] == [
        "甲水泥有限公司",
        "乙水泥有限公司",
    ]
