"""What a city guide's outputs say: no word of enterprises in any text, but in titles of published texts."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from jwdt_xl import workbook
from jwdt_xl.assessment import read
from jwdt_xl.authoring import dump
from jwdt_xl.cli import main
from jwdt_xl.messages import speaking

from ..standard.regions import city_guide, return_of

CITIES = {"330100": ("杭州市", 84.1), "330200": ("宁波市", 90.0), "330500": ("湖州市", 80.0)}
#: Published texts whose titles name what they are about.
QUOTED = re.compile("工业企业温室气体排放核算和报告通则|企业核算指南|工业行业减污降碳协同增效评价 总则")
OF_OTHERS = {
    "zh": re.compile("企业|统一社会信用代码|行业代码|产品产量"),
    "en": re.compile("enterprise|credit code", re.IGNORECASE),
}
#: The sheet that a portfolio of any guide has under one name, by which it is read back.
KNOWN = {"分地区与行业", "Regions and divisions"}


def texts_of_book(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path):
        if sheet.sheet_state == "visible":
            yield sheet.title
            for row in sheet.iter_rows():
                yield from (cell.value for cell in row if isinstance(cell.value, str))
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("xl/charts/"):
                yield from re.findall("<(?:a:t|c:v)>([^<]*)<", parts.read(name).decode())


def texts_of_paper(path: Path) -> Iterator[str]:
    paper = docx.Document(io.BytesIO(path.read_bytes()))
    yield from (paragraph.text for paragraph in paper.paragraphs)
    yield from (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    yield from (p.text for section in paper.sections for p in section.header.paragraphs)


def texts_of_page(path: Path) -> Iterator[str]:
    found = re.search(r'\{"language".*?\}(?=\s*</script>)', path.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None

    def said(part: Any) -> Iterator[str]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, (list, dict)):
            for each in part.values() if isinstance(part, dict) else part:
                yield from said(each)

    yield from said(json.loads(found[0]))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_of_a_city_guide_speaks_of_enterprises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """Collected with a rejected, a held back and an unfinished return; page, portfolio, results, letters, both reports,
    the guide's document, sensitivity and trend."""
    monkeypatch.chdir(tmp_path)
    guide, inbox = city_guide(), tmp_path / "in"
    inbox.mkdir()
    with speaking(language):
        Path("city.toml").write_text(dump(guide), encoding="utf-8")
    for code, (name, air) in CITIES.items():
        data = read(return_of(name, code, air=air), guide)
        workbook.write(inbox / f"{code}.xlsx", guide=guide, host="portable", language=language, assessment=data)
    wrong, unfinished = return_of("衢州市", "330800"), return_of("温州市", "330300")
    wrong["inputs"]["gdp"]["base"] = "很多"
    del unfinished["entered"]["plan"]
    for name, said in (
        ("rejected", wrong),
        ("unfinished", unfinished),
        ("held", return_of("金华市", "330700", air=150.0)),
    ):
        (inbox / f"{name}.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    for call, code in (
        ("collect in -o P.xlsx --html P.html --interval", 1),
        ("feedback P.xlsx -o box", 0),
        ("report in/330100.xlsx -o R.docx", 0),
        ("report --portfolio P.xlsx -o group.docx", 0),
        ("sensitivity in -o S.xlsx", 1),
        ("trend in -o T.xlsx", 1),
    ):
        assert main([*call.split(), "--guide", "city.toml", "--lang", language]) == code, call
    assert main(["guide", "document", "city.toml", "-o", "guide.docx", "--lang", language]) == 0
    told = capsys.readouterr()
    texts = {"terminal": [told.out, told.err]}
    texts |= {path.name: list(texts_of_book(path)) for path in (*tmp_path.glob("*.xlsx"), *tmp_path.glob("box/*.xlsx"))}
    texts |= {path.name: list(texts_of_paper(path)) for path in tmp_path.glob("*.docx")}
    texts["P.html"] = list(texts_of_page(Path("P.html")))
    assert {
        "P.xlsx",
        "S.xlsx",
        "T.xlsx",
        "letters.xlsx",
        "330100_杭州市_result.xlsx",
        "R.docx",
        "group.docx",
        "guide.docx",
    } <= texts.keys()
    assert all(len(said) > 20 for name, said in texts.items() if name not in ("terminal", "letters.xlsx"))
    words = OF_OTHERS[language]
    wrong_words = {(name, text[:120]) for name, said in texts.items() for text in said
                   if text not in KNOWN and words.search(QUOTED.sub("", text))}  # fmt: skip
    assert not wrong_words
    place = "城市" if language == "zh" else "cit"
    assert all(
        any(place in text for text in texts[name])
        for name in ("P.xlsx", "P.html", "group.docx", "R.docx", "letters.xlsx")
    )


def test_the_report_of_a_city_says_what_was_entered_and_where_it_is_from(tmp_path: Path) -> None:
    """Its inputs and entered values with their sources; nothing of products, fuels or carbon that it has not."""
    from jwdt_xl.assessment import evaluate
    from jwdt_xl.reports.report import write

    result = evaluate(return_of(), city_guide())
    write(result, "a.json", str(tmp_path / "R.docx"))
    said = "\n".join(texts_of_paper(tmp_path / "R.docx"))
    for wanted in (
        "温室气体清单 2023",
        "能源平衡表 2023",
        "公报 2023，air",
        "8,000",
        "统计范围",
        "行政区划代码",
        "330100",
    ):
        assert wanted in said, wanted
    for absent in ("产品", "协同情形", "燃料", "电网", "GB/T 2589", "其他方法口径下"):
        assert absent not in said, absent
