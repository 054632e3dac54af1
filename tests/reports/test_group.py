"""The report of a group: what it says is what the portfolio workbook says; names stay text; templates of one's own."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from docx import Document

from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.messages import LANGUAGES, speaking
from jwdt_xl.opening.outputs import is_ours, is_result
from jwdt_xl.portfolio.book.contents import SHEETS
from jwdt_xl.portfolio.book.reader import Portfolio
from jwdt_xl.portfolio.book.sheet import FIRST, KEYS
from jwdt_xl.portfolio.collection.row import is_held
from jwdt_xl.reports.default import parts_of
from jwdt_xl.reports.group import default, report, values
from jwdt_xl.reports.group.fields import BY_NAME, FIELDS
from jwdt_xl.reports.group.standing import standing
from jwdt_xl.reports.values import Values
from jwdt_xl.standard.codes import uscc_check_character

from ..standard.regions import city_guide

DOCS = Path(__file__).parents[2] / "docs"
HOSTILE = ("{{ mean }}", "{% for x in ranking %}", "<w:p/>&amp;", "=1+1", "</w:t>", "$x_2^{", "<b>甲</b>")
READ = {"zh": ("读取的文件", "平均总分"), "en": ("files read", "mean total")}


def lines(path: Path, key: str, language: str = "zh") -> list[dict[str, Any]]:
    """The rows of a sheet by its hidden keys."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book[getattr(SHEETS[key], language)].iter_rows(values_only=True))
    book.close()
    return [dict(zip(rows[KEYS], row, strict=False)) for row in rows[FIRST:]]


def texts_of(path: Path) -> list[str]:
    document = Document(str(path))
    found = [paragraph.text for paragraph in document.paragraphs]
    return found + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Path:
    """Returns of a group: six that differ, hostile names, one missing, one held back, one rejected and one skipped."""
    inbox = tmp_path_factory.mktemp("group") / "in"
    inbox.mkdir()
    names = [f"企业{i}" for i in range(6)] + list(HOSTILE)
    for i, name in enumerate([*names, "缺数据的企业", "未评审的企业"]):
        example = "not_applicable" if name == "未评审的企业" else "cement"
        data = json.loads((golden / f"example_{example}.json").read_text(encoding="utf-8"))
        code = f"91330500MA20000{i:02d}"
        data["enterprise"] |= {"name": name, "uscc": code + uscc_check_character(code), "region": f"地区{i % 3}"}
        data["pollutants"][0]["report"] *= 1 + i / 20
        data["product"]["output"]["report"] *= 1 + i / 100
        if name == "缺数据的企业":
            data["product"] = {"name": "水泥", "unit": "t"}
        (inbox / f"{i:02d}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    (inbox / "bad.xlsx").write_bytes(b"bad")
    (inbox / "paper.pdf").write_bytes(b"%PDF-1.7")
    return inbox.parent


@pytest.fixture(scope="module")
def books(folder: Path) -> dict[str, Path]:
    found = {language: folder / f"P_{language}.xlsx" for language in LANGUAGES}
    for language, path in found.items():
        assert main(["collect", str(folder / "in"), "-o", str(path), "--lang", language]) == 1
    return found


def values_in(path: Path) -> Values:
    portfolio = report.read(str(path), None)
    with speaking(portfolio.language):
        return values.values_of(portfolio, standing(portfolio), str(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_have_just_the_fields_that_are_declared(books: dict[str, Path], language: str) -> None:
    found = values_in(books[language])
    assert list(found.texts) == [f.name for f in FIELDS if not f.parts and not f.is_picture]
    assert {*found.lists} == {f.name for f in FIELDS if f.parts}
    for listed, rows in found.lists.items():
        assert rows, listed
        for row in rows:
            assert {*row} == {part.name for part in BY_NAME[listed].parts}, listed
            assert all(type(text) is str for text in row.values()), listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_are_those_of_the_workbook(books: dict[str, Path], language: str) -> None:
    path, found = books[language], values_in(books[language])
    texts, ranking = found.texts, lines(path, "ranking", language)
    ranked = [line for line in ranking if line["rank"]]
    assert [(row["rank"], row["name"], row["total"]) for row in found.lists["ranking"]] == [
        (str(line["rank"]), line["name"], f"{line['total']:.2f}") for line in ranked
    ]
    assert [row["name"] for row in found.lists["unranked"]] == [line["name"] for line in ranking if not line["rank"]]
    without = {row["name"]: row for row in found.lists["unranked"]}
    assert without["缺数据的企业"]["total"] == "–" and float(without["未评审的企业"]["total"]) > 0
    counts = [
        texts[key] for key in ("files", "scored", "rejected", "skipped", "held_files", "ranked", "unranked_count")
    ]
    assert counts == ["17", "15", "1", "1", "0", "13", "2"] and texts["held_back"] == "1"
    assert (texts["ranking_left"], texts["outside"]) == ("", "")
    book = openpyxl.load_workbook(path, read_only=True)
    overview = {row[0]: row[1] for row in book.worksheets[0].iter_rows(max_col=2, max_row=30, values_only=True)}
    assert texts["files"] == str(overview[READ[language][0]])
    assert texts["mean"] == f"{overview[READ[language][1]]:.2f}"
    book.close()
    weights = {line["file"]: line for line in lines(path, "values", language)}
    for row in found.lists["indicators"]:
        counted = [line for line in ranking if line["file"] != "14.json" and line[f"score_{row['code']}"] is not None]
        scores = np.array([line[f"score_{row['code']}"] for line in counted])
        held = np.array([weights[line["file"]][f"weight_{row['code']}"] for line in counted])
        assert (row["n"], row["mean"]) == (str(len(counted)), f"{scores.mean():.2f}")
        assert float(row["lost"]) == pytest.approx(float(((100 - scores) * held).mean()), abs=0.0051)
    lost = [float(row["lost"]) for row in found.lists["losses"]]
    assert lost == sorted(lost, reverse=True) and lost[0] > 0
    industry = lines(path, "industry", language)
    names = [row["name"] for row in (*found.lists["industry"], *found.lists["industry_results"])]
    assert sorted(names) == sorted(line["what"] for line in industry)
    by_name = {line["what"]: line for line in industry if line["unit"] == industry[0]["unit"]}
    judged = [row for row in found.lists["industry_results"] if row["unit"] == industry[0]["unit"]]
    for row in judged:
        score = by_name[row["name"]]["score"]
        assert row["score"] == ("–" if score is None else f"{score:.2f}")
    assert len(judged) == 2 * 10  # nine indicators and the total, with and without those held back
    assert all(
        line["score"] is None for line in industry if line["what"] in {row["name"] for row in found.lists["industry"]}
    )
    assert found.lists["industry"][0]["change"] == f"{industry[0]['report'] / industry[0]['base'] - 1:+.2%}"
    findings = lines(path, "findings", language)
    assert sum(int(row["count"]) for row in found.lists["findings"]) == len(findings) > 20
    for row in found.lists["findings"]:
        those = [line for line in findings if line["code"] == row["code"]]
        assert int(row["n"]) == len({line["file"] for line in those}) and row["text"] in {
            line["text"] for line in those
        }
    assert [row["file"] for row in found.lists["left"]] == ["bad.xlsx", "paper.pdf"]
    rates = [
        (line["rate_pollutants"], line["rate_carbon"]) for line in weights.values() if line["rate_carbon"] is not None
    ]
    quadrants = [int(row["n"]) for row in found.lists["quadrants"]]
    assert sum(quadrants) == len(rates) == 14 and quadrants[0] == sum(p > 0 and c > 0 for p, c in rates)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_with_nothing_left_open_and_names_as_they_are(
    books: dict[str, Path], tmp_path: Path, language: str
) -> None:
    to = tmp_path / "R.docx"
    other = next(each for each in LANGUAGES if each != language)
    assert main(["report", "--portfolio", str(books[language]), "-o", str(to), "--lang", other]) == 0
    texts = texts_of(to)
    assert set(HOSTILE) <= set(texts)
    assert not [text for text in texts if ("{{" in text or "{%" in text) and text not in HOSTILE]
    assert ("没有名次的企业" if language == "zh" else "Without a rank") in texts  # by the workbook's language
    assert is_ours(str(to)) and is_result(str(to))
    with zipfile.ZipFile(to) as archive:
        assert len([part for part in archive.namelist() if part.endswith(".png")]) == 3
        archive.testzip()


def test_a_pdf(books: dict[str, Path], tmp_path: Path) -> None:
    assert main(["report", "--portfolio", str(books["zh"]), "-o", str(tmp_path / "R.pdf")]) == 0
    pdftotext = shutil.which("pdftotext")
    assert pdftotext, "pdftotext is missing: tests/install_office.sh installs it"
    done = subprocess.run([pdftotext, "-layout", tmp_path / "R.pdf", "-"], capture_output=True, check=True)
    squeezed = "".join(done.stdout.decode().split())
    for said in ("减污降碳协同评价汇总报告", "已评价15家", "分地区与行业大类", "待评审：指标7", "填报人："):
        assert said in squeezed, said


def test_long_lists_say_what_they_leave_out(
    books: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(values, "MOST", 4)
    found = values_in(books["zh"])
    assert len(found.lists["ranking"]) == 4 and found.texts["ranking_left"] == "9"
    report.write(report.read(str(books["zh"]), None), "P.xlsx", str(tmp_path / "R.docx"))
    assert "另有 9 家见汇总工作簿。" in texts_of(tmp_path / "R.docx")


def test_a_group_of_nobody(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.xlsx").write_bytes(b"bad")
    assert main(["collect", str(tmp_path / "in"), "-o", str(tmp_path / "P.xlsx")]) == 1
    assert main(["report", "--portfolio", str(tmp_path / "P.xlsx"), "-o", str(tmp_path / "R.docx")]) == 0
    texts = texts_of(tmp_path / "R.docx")
    assert "bad.xlsx" in texts and "没有名次的企业" not in texts and not [text for text in texts if "{{" in text]
    with zipfile.ZipFile(tmp_path / "R.docx") as archive:
        assert not [part for part in archive.namelist() if part.endswith(".png")]


def test_what_was_edited_since_is_no_portfolio(books: dict[str, Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(books["zh"])
    sheet = book["排名"]
    column = [cell.value for cell in sheet[KEYS + 1]].index("total") + 1
    sheet.cell(FIRST + 1, column).value = 99
    book.save(tmp_path / "P.xlsx")
    with pytest.raises(Refused, match="99"):
        report.read(str(tmp_path / "P.xlsx"), None)
    assert main(["report", "--portfolio", str(tmp_path / "P.xlsx"), "-o", str(tmp_path / "R.docx")]) == 1
    assert not (tmp_path / "R.docx").exists()


@pytest.mark.parametrize("name", ["01.json", "bad.xlsx", "none.xlsx"])
def test_other_files_are_no_portfolio(folder: Path, tmp_path: Path, name: str, capsys: Any) -> None:
    assert main(["report", "--portfolio", str(folder / "in" / name), "-o", str(tmp_path / "R.docx")]) in (1, 2)
    err = capsys.readouterr().err
    assert name in err and "Traceback" not in err and not list(tmp_path.iterdir())


# Templates


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_templates_that_come_along_are_not_stale(language: str) -> None:
    kept = default.path_of(language).read_bytes()
    assert parts_of(kept) == parts_of(default.build(language)), "run: python -m jwdt_xl.reports.default"
    named = parts_of(kept)["word/document.xml"].decode()
    for name in (
        "scored",
        "rejected",
        "ranking",
        "unranked",
        "chart_distribution",
        "chart_quadrants",
        "losses",
        "industry",
        "findings",
        "left",
        "rules",
    ):
        assert name in named, name


def test_a_template_of_ones_own(books: dict[str, Path], tmp_path: Path, capsys: Any) -> None:
    own = tmp_path / "T.docx"
    assert main(["report", "--new-template", str(own), "--group"]) == 0
    assert parts_of(own.read_bytes()) == parts_of(default.path_of("zh").read_bytes())
    document = Document(str(own))
    document.add_paragraph("平均 {{ mean }} 分")
    document.save(str(own))
    command = ["report", "--portfolio", str(books["zh"]), "--template", str(own), "-o", str(tmp_path / "R.docx")]
    assert main(command) == 0
    assert f"平均 {values_in(books['zh']).texts['mean']} 分" in texts_of(tmp_path / "R.docx")
    (tmp_path / "R.docx").unlink()
    document.add_paragraph("这里 {{ enterprise }}{% for row in ranking %}{{ row.step }}{% endfor %}")
    document.save(str(own))
    assert main(command) == 1
    err = capsys.readouterr().err
    assert "“enterprise”" in err and "“row.step”" in err and "这里" in err  # fields of one enterprise's report
    assert not (tmp_path / "R.docx").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_fields_as_declared(language: str, capsys: Any) -> None:
    assert main(["report", "--fields", "--group", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 2 + len(FIELDS)
    page = (DOCS / language / "group_report.md").read_text(encoding="utf-8")
    assert page.endswith("\n\n" + out), "write the table anew: jwdt report --fields --group"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--portfolio", "P"), "goes with -o, or"),
        (("--portfolio", "P", "F", "-o", "R.docx"), "goes with -o, or"),
        (("--portfolio", "P", "--folder", "x"), "goes with -o, or"),
        (("--portfolio", "P", "-o", "R.html"), "must end in .docx or .pdf"),
        (("F", "-o", "R.docx", "--group"), "use --portfolio"),
    ],
)
def test_wrong_use(
    folder: Path, books: dict[str, Path], tmp_path: Path, monkeypatch: Any, arguments: Any, said: str, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    stand_in = {"P": str(books["en"]), "F": str(folder / "in" / "01.json")}
    assert main(["report", *(stand_in.get(each, each) for each in arguments), "--lang", "en"]) == 2
    assert said in capsys.readouterr().err and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("reason", "held"),
    [
        (None, False),
        ("按指南的排除条件不排名", False),
        ("something is missing: no total", False),
        ("暂不排名，待评审：x", True),
        ("held back until reviewed: x", True),
        ("报告期 2022 不是本次评价的报告期 2023", True),
    ],
)
def test_who_is_held_back(reason: str | None, held: bool) -> None:
    assert is_held(reason) is held


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_each_region_and_division(books: dict[str, Path], tmp_path: Path, language: str) -> None:
    """Each enterprise is in one of them, with its rank in the whole group; figures are computed here by pandas."""
    path, by_region, by_division = books[language], tmp_path / "r", tmp_path / "d"
    assert main(["report", "--portfolio", str(path), "--by", "region", "--folder", str(by_region)]) == 0
    assert main(["report", "--portfolio", str(path), "--by", "division", "--folder", str(by_division)]) == 0
    ranking = pd.DataFrame(lines(path, "ranking", language))
    assert {made.stem for made in by_region.iterdir()} == set(ranking["region"])
    portfolio = report.read(str(path), None)
    found = {part.name: part for part in report.parts_of(portfolio, "region")}
    assert sum(len(part.portfolio.ranking) for part in found.values()) == len(ranking)
    for region, those in ranking.groupby("region"):
        part = found[region]
        with speaking(language):
            said = values.values_of(part.portfolio, standing(part.portfolio), str(path), part)
        counted = those[[not (isinstance(reason, str) and is_held(reason)) for reason in those["reason"]]]
        assert said.texts["mean"] == f"{counted['total'].mean():.2f}"
        assert said.texts["median"] == f"{counted['total'].median():.2f}"
        assert [row["rank"] for row in said.lists["ranking"]] == [f"{n:.0f}" for n in those["rank"].dropna()]
        assert said.texts["scored"] == str(len(those)) and said.lists["industry"] == []
        assert [row["name"] for row in said.lists["regions"]] == [region]
        texts = texts_of(by_region / f"{region}.docx")
        assert sum(region in text for text in texts) >= len(those)
        assert getattr(part.said, language) in " ".join(texts)
        assert not (set(ranking["name"]) - set(those["name"])) & set(texts)
    divisions = report.parts_of(portfolio, "division")
    assert sum(len(part.portfolio.ranking) for part in divisions) == len(ranking)
    for part in divisions:
        assert {str(line["industry_code"])[:2] for line in part.portfolio.ranking} == {part.name[:2]}
    assert len(list(by_division.iterdir())) == len(divisions) > 1


@pytest.mark.parametrize(
    "more", [["--by", "region"], ["--by", "region", "-o", "R.docx"], ["--folder", "d"], ["-o", "R.docx", "--pdf"], ["--by", "town", "--folder", "d"]],
)  # fmt: skip
def test_by_and_folder_go_together(books: dict[str, Path], more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(["report", "--portfolio", str(books["zh"]), *more])
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code == 2 and capsys.readouterr().err


def test_cities_have_no_divisions() -> None:
    portfolio = Portfolio("zh", city_guide(), [{"file": "a", "region": "甲"}], {}, {}, [], {})
    assert [part.name for part in report.parts_of(portfolio, "region")] == ["甲"]
    with pytest.raises(Refused, match="--by region"):
        report.parts_of(portfolio, "division")
