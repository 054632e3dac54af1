"""Many papers and hostile ones: each accounted for, in linear time, and none ends the others."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import read
from jwdt_xl.errors import Refused
from jwdt_xl.papers.cells import Problems
from jwdt_xl.papers.kinds import KINDS
from jwdt_xl.papers.paper import Sheet, Wanted
from jwdt_xl.papers.recognised import ByHeadings
from jwdt_xl.papers.run import import_papers

from . import made
from .conftest import codes, imported

MINE = {"format": "jwdt-assessment/1", "periods": {"base": "2022", "report": "2023"}}


def hostile(folder: Path, style: made.Style) -> list[Path]:
    """What people put among papers."""
    good = made.form_205(folder, made.CEMENT, "2023", style)
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7 scanned")
    (folder / "photo.csv").write_bytes(b"\xff\xd8\xff\xe0 jpeg")
    (folder / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "cut.xlsx").write_bytes(good.read_bytes()[: len(good.read_bytes()) // 2])
    (folder / "text.csv").write_text("名称,数量\n甲,1\n", encoding="utf-8")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    (folder / "other.json").write_text("[1, 2]", encoding="utf-8")
    (folder / "binary.csv").write_bytes(bytes(range(256)) * 40)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(folder / "far.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", far))
    return sorted(folder.iterdir())


def test_hostile_ones_are_accounted_for(tmp_path: Path) -> None:
    paths = hostile(tmp_path, made.STYLES[0])
    found = imported(tmp_path)
    assert len(found.accounts) == len(paths)
    states = {account.name: account.state for account in found.accounts}
    assert states.pop("205-cement-2023-published.xlsx") == "imported"
    assert states.pop("scan.pdf") == states.pop("photo.csv") == "skipped"
    assert set(states.values()) == {"refused"} and len(states) == len(paths) - 3
    assert len(found.assessment.activity) == 3
    assert {"old-format", "empty", "damaged", "paper-not-known", "json-syntax", "stray-cell"} <= set(codes(found))
    assert "internal" not in codes(found)
    for finding in found.findings:
        assert str(tmp_path) not in f"{finding.where} {finding.text.en}"


def test_archives_and_copies(tmp_path: Path) -> None:
    """Papers in an archive are read, texts too; the same paper under another name counts once."""
    inside = tmp_path / "papers"
    inside.mkdir()
    tax, form = (make(inside, made.FOUNDRY, "2023", made.STYLES[2]) for make in (made.tax, made.form_205))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in (tax, form):
            archive.write(path, f"2023/{path.name}")
        archive.write(tax, "again.csv")
    found = imported(tmp_path / "all.zip", into=read(MINE))
    assert [account.state for account in found.accounts].count("copy") == 1
    assert found.count("imported") == 2 and len(found.assessment.pollutants) == 4


def outlets(folder: Path, count: int) -> Path:
    """A paper each outlet: a year of one pollutant, 1 kg a month."""
    folder.mkdir()
    head = ",".join(made._TAX)
    for number in range(count):
        lines = (
            f"Y{number},2023-{month:02},口{number},大气污染物,,二氧化硫,自动监测,10,10,,," for month in range(1, 13)
        )
        (folder / f"{number:04}.csv").write_bytes("\n".join((head, *lines)).encode("gb18030"))
    return folder


def test_a_thousand_papers_in_one_call(tmp_path: Path) -> None:
    """Linear: a paper of a thousand takes no more than twice what one of 250 takes."""
    took = {}
    for count in (250, 1000):
        folder = outlets(tmp_path / str(count), count)
        begin = time.process_time(), time.monotonic()
        found = imported(folder, into=read(MINE), jobs=2)
        took[count] = (time.monotonic() - begin[1]) / count
        assert found.count("imported") == len(found.accounts) == count
        [row] = found.assessment.pollutants
        assert row.report == 12 * count
        assert codes(found, "error") == []
    assert took[1000] < 2 * took[250] + 0.01, took


def test_a_mistake_of_ours_costs_one_paper(tmp_path: Path) -> None:
    """A kind of paper that fails on a document does not end the others."""
    paths = [made.form_205(tmp_path, made.CEMENT, "2023", style) for style in made.STYLES[:2]]
    found = imported(*paths, reading=Failing(), ours=True)
    assert [account.state for account in found.accounts] == ["refused", "imported"]
    assert codes(found, "error") == ["internal"]


class Failing:
    """Fails over one document."""

    def worth(self, cells: Any) -> int:
        return 0

    def __call__(self, name: str, sheets: Any, wanted: Any) -> Any:
        if "published" in name:
            raise ZeroDivisionError
        return ByHeadings()(name, sheets, wanted)


def test_nothing_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(Refused) as error:
        imported(tmp_path)
    assert [finding.code for finding in error.value.findings] == ["paper-not-known"]


_ODD = st.one_of(
    st.none(), st.booleans(), st.floats(), st.integers(-(10**40), 10**40), st.text(max_size=12),
    st.sampled_from(["—", "合计", "#N/A", "１２", "1,5", "2023-13", "柴油", "吨", "万立方米", "大气污染物", "二氧化硫", "1e999", "=1+1", "\u202e"]),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_odd_cells_never_end_a_reader(data: st.DataObject) -> None:
    """Any cell of any kind of paper may hold anything: what comes out is amounts of at least 0, or findings."""
    for kind, headings in HEADINGS.items():
        rows = data.draw(st.lists(st.lists(_ODD, min_size=len(headings), max_size=len(headings)), max_size=4))
        problems = Problems()
        sheet = Sheet("a.xlsx", "表", [["2023年"], list(headings), *rows])
        for each in KINDS:
            found = each.read(sheet, Wanted(), problems)
            assert each.key != kind or found is not None
            for entry in found.entries if found else ():
                assert entry.amount is None or entry.amount >= 0
        assert all(finding.text.zh and finding.text.en for finding in problems.more("a.xlsx"))


@settings(max_examples=80)
@given(data=st.data())
def test_odd_papers_end_in_an_assessment_or_in_findings(data: st.DataObject) -> None:
    """Through to the end, beside rows that are typed: what comes out is read as an assessment, or it is said why not."""
    sheets = []
    for kind, headings in HEADINGS.items():
        cells = st.lists(st.one_of(_ODD, _LIKELY), min_size=len(headings), max_size=len(headings))
        rows = data.draw(st.lists(cells, max_size=3))
        sheets.append(Sheet("a.xlsx", kind, [["2023年"], list(headings), *rows]))
    typed = {
        **MINE, "activity": [{"kind": "fuel", "name": "柴油", "unit": "t", "report": 5}, {"kind": "heat", "unit": "t", "pressure": 1}],
        "pollutants": [{"medium": "air", "pollutant": "二氧化硫", "unit": "t", "base": 1}], "product": {"unit": "件"},
    }  # fmt: skip
    try:
        opened = ByHeadings()("a.xlsx", tuple(sheets), Wanted())
        with patch("jwdt_xl.papers.run.open_all", lambda *_: iter([opened])):
            found = import_papers([], read(typed))
    except Refused as error:
        assert error.findings
        return
    assert found.assessment.activity[0].report == 5 and found.assessment.pollutants[0].base == 1
    assert all(finding.text.zh and finding.text.en and finding.where for finding in found.findings)


_LIKELY = st.sampled_from([
    "柴油", "电力", "热力", "原煤", "一般烟煤", "吨", "万千瓦时", "百万千焦", "吨标准煤", 1, 2.5, 1e29, "1,234", "0.98", 99, 2023, "2023-01", "2022-05",
    "大气污染物", "水污染物", "二氧化硫", "COD", "pH值", "烟煤消耗量（t）", "低位发热量（GJ/t）", "单位热值含碳量（tC/GJ）", "碳氧化率（%）", "产量（t）",
    "收到基元素碳（tC/t）", "自动监测", "排污系数", "合计", "甲公司", "3011", "消费的购入电量（MWh）",
])  # fmt: skip

HEADINGS = {
    "tax": made._TAX,
    "205-1": ("能源名称", "计量单位", "代码", "期初库存量", "购进量", "消费量合计", "其中用于原材料", "期末库存量", "采用折标系数"),
    "carbon": ("补充数据", "数值", "计算方法或填写要求"),
    "carbon-summary": ("企业名称", "组织机构代码", "产品一名称", "产品一单位", "产品一产量", "企业综合能耗（万吨标煤）", "温室气体排放总量（万吨CO2e）"),
    "permit": ("排放口编号", "污染物种类", "第一年", "第二年"),
    "205-1-wide": ("企业名称", "年份", "柴油（吨）", "汽油（吨）", "电力（万千瓦时）", "天然气（万立方米）"),
}  # fmt: skip
