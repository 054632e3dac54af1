"""A row of units below the headings, as statisticians write it; and the file that benchmarks come from."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from docx import Document

from jwdt_xl import workbook
from jwdt_xl.authoring import levels, load, read_table
from jwdt_xl.authoring.enterprises import Table
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.messages import speaking
from jwdt_xl.reports.guides.document import made
from jwdt_xl.standard.guide.provenance import Sample, in_one_language, level_source, sample_of

from .conftest import Run

GUIDE = load("cement")
HEADS = "企业,3,4\n"
DATA = "甲,600,0.05\n乙,620,0.04\n丙,640,0.03\n"


def _read(folder: Path, text: str) -> Table:
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return read_table(folder / "t.csv", GUIDE)


@pytest.mark.parametrize(
    ("row", "factor"),
    [
        ("单位,kg/t 水泥,万元/t", 1),
        (",kg/t 水泥,万元/t", 1),
        ("unit,(kg/t),万元/t", 1),
        ("计量单位,单位：t/t,万元/t", 1000),
        ("/,t/t,", 1000),
        ("-,kg/t,–", 1),
    ],
)
def test_units_are_read(tmp_path: Path, row: str, factor: float) -> None:
    found, findings = levels(GUIDE, _read(tmp_path, f"{HEADS}{row}\n{DATA}"))
    assert (found["3"].n, found["3"].missing) == (3, 0)
    assert found["3"].maximum == 640 * factor and found["4"].maximum == 0.05
    assert [f.code for f in findings] == ["units-row", *(["unit-converted"] if factor != 1 else [])]
    assert findings[0].where.endswith("t.csv:2")


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("单位,元,万元/t", "heading-unit", "cannot be converted"),
        ("单位,很多,不少", "unclear-row", "no unit that is known"),
        (",说明甲,说明乙", "unclear-row", "delete the row"),
        ("丁,暂缺,未报", "not-a-number", "is no number"),
        ("丁,kg/t,600", "not-a-number", "“kg/t” is no number"),
    ],
)
def test_what_is_no_row_of_units_says_what_to_do(tmp_path: Path, row: str, code: str, said: str) -> None:
    with pytest.raises(Refused) as caught:
        levels(GUIDE, _read(tmp_path, f"{HEADS}{row}\n{DATA}"))
    assert {finding.code for finding in caught.value.findings} == {code}
    assert said in caught.value.findings[0].text.en


def test_a_unit_in_the_heading_and_another_below(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        levels(GUIDE, _read(tmp_path, f"企业,3（t/t）,4\n单位,kg/t,万元/t\n{DATA}"))
    assert [finding.code for finding in caught.value.findings] == ["two-units"]
    found, _ = levels(GUIDE, _read(tmp_path, f"企业,3（kg/t）,4\n单位,kg/t,万元/t\n{DATA}"))
    assert found["3"].maximum == 640


@pytest.mark.parametrize("first", ['"3,012.5"', "３０１２．５", "35.1%"])
def test_a_first_enterprise_of_typed_numbers_is_no_row_of_units(tmp_path: Path, first: str) -> None:
    table = _read(tmp_path, f"3,5\n600,{first if '%' in first else '5'}\n")
    if "%" not in first:
        table = _read(tmp_path, f"3,5\n{first},5\n600,6\n")
    found, findings = levels(GUIDE, table)
    assert not [f for f in findings if f.code in ("units-row", "unclear-row")] and found["3"].n >= 1


def test_in_a_workbook_and_for_a_study(tmp_path: Path, run: Run) -> None:
    with xlsxwriter.Workbook("t.xlsx") as book:
        sheet = book.add_worksheet("数据")
        rows: list[list[Any]] = [
            ["2025 年"],
            ["企业", 3, 4],
            ["单位", "t/t", "万元/t"],
            ["甲", 0.6, 0.05],
            ["乙", 0.62, 0.03],
            ["丙", 0.64, 0.04],
        ]
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    code, _, err = run("benchmark", "cement", "--from", "t.xlsx", "--period", "2025", "-o", "g.toml")
    assert code == 0 and "the row below the headings states units" in err, err
    benchmark = load("g.toml").by_code["3"].benchmark
    assert benchmark is not None and benchmark.value == 620
    sample = sample_of(benchmark.source)
    assert sample == Sample("t.xlsx!数据", hashlib.sha256(Path("t.xlsx").read_bytes()).hexdigest())
    code, out, err = run("study", "cement", "--from", "t.xlsx")
    assert code == 0, (out, err)


def test_who_has_the_table_checks_the_benchmarks(tmp_path: Path, run: Run) -> None:
    Path("t.csv").write_text(HEADS + DATA, encoding="utf-8")
    words = ["--from", "t.csv", "--period", "2025", "--source", "24 家，2025 年"]
    assert run("benchmark", "cement", *words, "-o", "g.toml")[0] == 0
    digest = hashlib.sha256(Path("t.csv").read_bytes()).hexdigest()
    assert f"[24 家，2025 年; SHA-256 {digest}]" in Path("g.toml").read_text(encoding="utf-8")
    assert "2 benchmarks of the guide are recomputed" in run("benchmark", "g.toml", *words)[2]
    assert "recomputed" not in run("benchmark", "g.toml", *words, "--share", "0.9")[2]
    text = Path("g.toml").read_text(encoding="utf-8")
    Path("typed.toml").write_text(text.replace("value = 620", "value = 610"), encoding="utf-8")
    code, _, err = run("benchmark", "typed.toml", *words)
    assert code == 1 and "the benchmark of 3 is 610 in the guide, and 620 by this table" in err
    Path("t.csv").write_text(HEADS + DATA.replace("甲", "丁"), encoding="utf-8")
    code, _, err = run("benchmark", "g.toml", *words)
    assert code == 0 and "the benchmarks of 3, 4 are by another file" in err
    # and it stands in the document, in one language, and is shown
    for language, ours, others in (("zh", "可达到的水平", "level reached"), ("en", "level reached", "可达到的水平")):
        with speaking(language):
            document = Document(io.BytesIO(made(load("g.toml"))))
        told = [p.text for p in document.paragraphs] + [
            c.text for t in document.tables for r in t.rows for c in r.cells
        ]
        assert any(digest in one and "jwdt guide benchmark" in one for one in told)
        sources = [one for one in told if "[24 家" in one]
        assert any(ours in one for one in sources) and not any(others in one for one in sources)
    # a cell of the form has room for the file, not for its fingerprint
    workbook.write("form.xlsx", guide=load("g.toml"), host="portable", language="zh")
    cells = [str(cell) for row in openpyxl.load_workbook("form.xlsx")["基准与权重"].values for cell in row if cell]
    assert cells.count("2025：3 家企业中 50% 可达到的水平 [24 家，2025 年]") == 2
    assert not [cell for cell in cells if digest in cell]
    assert main(["guide", "show", "g.toml"]) == 0


@pytest.mark.parametrize("limit", [None, 0.8])
@pytest.mark.parametrize("sample", [None, Sample("a [b]; c / d", "ab" * 32)])
def test_a_source_has_two_languages_and_shows_one(limit: float | None, sample: Sample | None) -> None:
    source = level_source(24, 0.5, "2025", limit, sample)
    text = in_one_language(source)
    assert sample_of(source) == sample
    assert "可达到的水平" in text.zh and "level" not in text.zh
    assert "level reached by 50 % of 24 enterprises" in text.en and "可达到" not in text.en
    assert sample is None or (sample.sha256 in text.zh and sample.sha256 in text.en)
    mine = "水泥标准 / ISO 456"
    assert in_one_language(mine) == (mine, mine)
    assert in_one_language("推导 derived: 专家 experts 2 (W 0.82), 相乘 product") == (
        "推导: 专家 2 (W 0.82), 相乘", "derived: experts 2 (W 0.82), product",
    )  # fmt: skip
