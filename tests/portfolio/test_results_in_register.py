"""The results in the order and beside the columns of the register, and the signed list of the returns that count."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from jwdt_xl.cli import main
from jwdt_xl.portfolio.campaign.yearly import declaration

from .campaigns import GUIDES, fill, firms

FIRST = 4  # below title, explanation, keys and headings


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A campaign whose register has a title, columns of its own, a blank row and a wrong one; two have returned."""
    listed = firms(4)
    book = Workbook()
    sheet = book.active
    sheet.append(["某省 2024 年度评价企业名单"])
    sheet.append(["序号", "企业名称", "统一社会信用代码", "行业代码", "所在地", "联系人"])
    for i, firm in enumerate(listed):
        if i == 2:
            sheet.append([])
        sheet.append([i + 1, firm.name, firm.uscc, firm.industry_code, firm.region, f"联系人{i}"])
    sheet.append([5, "没有代码的企业", "123", "3011", "杭州市", "联系人4"])
    book.save(tmp_path / "r.xlsx")
    made = tmp_path / "c"
    guides = [part for name, _, _ in GUIDES for part in ("--guide", name)]
    assert call("campaign", "new", made, "--register", tmp_path / "r.xlsx", *guides, "--period", "2024") in (0, 1)
    path = made / declaration.NAME
    text = path.read_text(encoding="utf-8")
    for name, code, _ in GUIDES:
        text = text.replace(f'file = "{name}"\nindustries = []', f'file = "{name}"\nindustries = ["{code[:3]}"]')
    path.write_text(text, encoding="utf-8")
    return made


def table(home: Path) -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(str(home / "status.xlsx")).get_sheet_by_name("登记表与结果")
    return sheet.to_python(skip_empty_area=False)


def test_results_stand_beside_the_rows_of_the_register(home: Path, golden: Path) -> None:
    listed = firms(4)
    for firm in (listed[0], listed[3]):
        fill(home / "inbox" / f"{firm.number}.xlsx", firm, golden)
    assert call("campaign", "collect", home) in (0, 1)
    rows = table(home)
    head, lines = rows[FIRST - 1], rows[FIRST:]
    assert head[:6] == ["序号", "企业名称", "统一社会信用代码", "行业代码", "所在地", "联系人"]
    results = {str(name): i for i, name in enumerate(head)}
    names = [line[1] for line in lines]
    assert names == [listed[0].name, listed[1].name, "", listed[2].name, listed[3].name, "没有代码的企业"]
    assert all(cell == "" for cell in lines[2]), "the blank row of the register stays blank"
    states = [line[results["状态"]] for line in lines]
    assert states[1] == states[3] == "未交回" and states[5] == "登记表此行有误"
    assert states[0] not in ("未交回", "") and "123" in str(lines[5][results["原因与处理"]])
    assert lines[0][5] == "联系人0" and lines[0][results["文件"]] == "1.xlsx"
    # the number that the portfolio of its guide ranks
    for line, firm in ((lines[0], listed[0]), (lines[4], listed[3])):
        total = line[results["总分"]]
        book = next((home / "portfolio").glob(f"portfolio_{firm.guide}*.xlsx"))
        ranking = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("排名").to_python(skip_empty_area=False)
        keys = ranking[2]
        found = [dict(zip(keys, row, strict=True)) for row in ranking[FIRST:]]
        [own] = [each for each in found if each["uscc"] == firm.uscc]
        assert (total or "") == (own["total"] or "")
        assert (line[results["指南内名次"]] or "") == (own["rank"] or "")
        assert (line[results["等级"]] or "") == (own["grade"] or "")


def test_a_register_without_a_usable_row_and_one_of_one_row(tmp_path: Path, golden: Path) -> None:
    [firm] = firms(1)
    path = tmp_path / "r.csv"
    path.write_text(f"企业名称,信用代码\n{firm.name},{firm.uscc}\n", encoding="utf-8")
    made = tmp_path / "c"
    assert call("campaign", "new", made, "--register", path, "--guide", firm.guide, "--period", "2024") in (0, 1)
    fill(made / "inbox" / "a.xlsx", firm, golden)
    assert call("campaign", "collect", made) in (0, 1)
    rows = table(made)
    assert [row[:2] for row in rows[FIRST:]] == [[firm.name, firm.uscc]]


@pytest.mark.parametrize("kind", ["ed25519", "RSA"])
def test_the_list_of_returns_is_signed(home: Path, golden: Path, tmp_path: Path, kind: str) -> None:
    listed = firms(4)
    sent = fill(home / "inbox" / "a.xlsx", listed[0], golden)
    key = tmp_path / "key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", kind, "-out", key], check=True, capture_output=True)
    assert call("campaign", "close", home, "--sign", key) in (0, 1)
    results = home / "results"
    with open(results / "returns.csv", encoding="utf-8-sig", newline="") as file:
        [line] = list(csv.DictReader(file))
    assert line["sha256"] == hashlib.sha256(sent.read_bytes()).hexdigest()
    said = (results / "returns.csv.txt").read_text(encoding="utf-8-sig")
    [command] = [row.strip() for row in said.splitlines() if row.strip().startswith("openssl")]
    assert shutil.which("openssl")
    assert subprocess.run(command.split(), cwd=results, capture_output=True).returncode == 0
    # opened again as its declaration says, and closed once more with another return: it was refused after the list was written
    toml = home / declaration.NAME
    text = toml.read_text(encoding="utf-8").splitlines()
    toml.write_text("\n".join('closed = ""' if row.startswith("closed") else row for row in text), encoding="utf-8")
    fill(home / "inbox" / "b.xlsx", listed[1], golden)
    assert call("campaign", "close", home, "--sign", key) in (0, 1)
    assert (results / "returns.csv").read_text(encoding="utf-8-sig").count("\n") == 3
    assert subprocess.run(command.split(), cwd=results, capture_output=True).returncode == 0
    with open(results / "returns.csv", "a", encoding="utf-8") as file:
        file.write("x\n")
    assert subprocess.run(command.split(), cwd=results, capture_output=True).returncode != 0
    assert b"PRIVATE" not in b"".join(path.read_bytes() for path in results.iterdir() if path.is_file())


def test_a_key_that_is_none_is_told(
    home: Path, golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(home / "inbox" / "a.xlsx", firms(4)[0], golden)
    key = tmp_path / "key.pem"
    key.write_text("no key", encoding="utf-8")
    assert call("campaign", "close", home, "--sign", key) == 1
    assert "未能用私钥" in capsys.readouterr().err
    assert "closed" not in [
        line.split(" ")[0]
        for line in (home / declaration.NAME).read_text(encoding="utf-8").splitlines()
        if '""' not in line
    ]
