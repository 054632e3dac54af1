"""Evaluation reports: what they say, by templates of one's own, with names that try to be something else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jwdt_xl.assessment import evaluate, read
from jwdt_xl.assessment.uncertainty import uncertainty
from jwdt_xl.errors import Refused
from jwdt_xl.messages import LANGUAGES, UNSEEN, lines_shown, speaking
from jwdt_xl.opening.outputs import is_ours, is_result
from jwdt_xl.reports import default, report, template
from jwdt_xl.reports.fields import BY_NAME, FIELDS
from jwdt_xl.reports.values import Values, values_of

EXAMPLES = ("cement", "dyeing", "both_rise", "na_and_missing", "not_applicable", "total_basis")
PLAN = [
    {"name": "绿电替代", "changes": [{"path": "greenhouse[2]", "field": "report", "value": 40000}], "cost": 300, "life": 10},
    {"name": "脱硝改造", "changes": [{"path": "pollutants[1]", "field": "report", "value": 800000}]},
]  # fmt: skip


def data_of(golden: Path, name: str = "cement", **more: Any) -> dict[str, Any]:
    return {**json.loads((golden / f"example_{name}.json").read_text(encoding="utf-8")), **more}


def texts_of(path: Path) -> list[str]:
    """Every paragraph of a document, those of its tables and headers too."""
    document = Document(str(path))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        found += [paragraph.text for paragraph in section.header.paragraphs]
    return found


@pytest.fixture(scope="module")
def values(golden: Path) -> Values:
    return values_of(evaluate(read(data_of(golden))), "F.json")


def own_template(folder: Path, *paragraphs: str, table: tuple[str, ...] = ()) -> str:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        for cell, text in zip(document.add_table(1, len(table)).rows[0].cells, table, strict=True):
            cell.text = text
    path = folder / "own.docx"
    document.save(str(path))
    return str(path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_field_is_filled_by_the_engine_and_nothing_stays(
    tmp_path: Path, golden: Path, name: str, language: str
) -> None:
    expected = (
        json.loads((golden / f"example_{name}_expected.json").read_text(encoding="utf-8")) if name != "dyeing" else {}
    )
    result = evaluate(read(data_of(golden, name)))
    with speaking(language):
        report.write(result, "F.xlsx", str(tmp_path / "R.docx"))
    texts = texts_of(tmp_path / "R.docx")
    assert not [text for text in texts if "{{" in text or "{%" in text or "}}" in text]
    total = expected.get("total", result.total)
    assert ("–" if total is None else f"{total:.2f}") in texts
    for score in filter(None, expected.get("scores", [])):
        assert f"{score:.2f}" in texts
    assert result.assessment.enterprise.name in " ".join(texts)
    with zipfile.ZipFile(tmp_path / "R.docx") as archive:
        assert len([part for part in archive.namelist() if part.endswith(".png")]) == 3 - (result.synergy is None)
    assert is_ours(str(tmp_path / "R.docx")) and is_result(str(tmp_path / "R.docx"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_have_just_the_fields_that_are_declared(golden: Path, language: str) -> None:
    for name in EXAMPLES:
        result = evaluate(read(data_of(golden, name, plan=PLAN if name == "cement" else [])))
        with speaking(language):
            values = values_of(result, "F.json")
        assert list(values.texts) == [f.name for f in FIELDS if not f.parts and not f.is_picture]
        assert {*values.lists} == {f.name for f in FIELDS if f.parts}
        for listed, rows in values.lists.items():
            for row in rows:
                assert {*row} == {part.name for part in BY_NAME[listed].parts}, listed
                assert all(type(text) is str for text in row.values()), listed


def test_the_interval_the_alternatives_and_the_plan_are_those_of_the_engine(golden: Path) -> None:
    result = evaluate(read(data_of(golden, plan=PLAN)))
    sure = uncertainty(result)
    values = values_of(result, "F.json")
    assert sure.total is not None and values.texts["total_interval"] == f"{sure.total[0]:.1f}–{sure.total[1]:.1f}"
    first, second = values.lists["plan"]
    for row, change in ((first, ("greenhouse", 2, 40000.0)), (second, ("pollutants", 1, 800000.0))):
        changed = data_of(golden)
        changed[change[0]][change[1]]["report"] = change[2]
        assert row["alone"] == f"{evaluate(read(changed)).total:.2f}"
    assert first["carbon"] == "-16,118" and first["cost"] == "300" and second["cost"] == "–"
    # 16,118 t a year for 10 years, by 300 · 10^4 yuan
    assert first["carbon_per_cost"] == "537,267" and second["carbon_per_cost"] == "–"
    other = data_of(golden, options={"gwp_set": "AR4"})
    assert {"name": "GWP 取值：AR4", "total": f"{evaluate(read(other)).total:.2f}"} in values.lists["alternatives"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_templates_that_come_along_are_not_stale(language: str) -> None:
    kept = default.path_of(language).read_bytes()
    assert default.parts_of(kept) == default.parts_of(default.build(language)), "run: python -m jwdt_xl.reports.default"
    assert default.build(language) == default.build(language)
    with zipfile.ZipFile(default.path_of(language)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        named = archive.read("word/document.xml").decode()
    # losses and weighted scores may be shown; what matters most must be
    for name in (
        "total_interval",
        "boundary",
        "data",
        "rules",
        "editions",
        "findings",
        "alternatives",
        "plan",
        "guide_hash",
    ):
        assert name in named


def test_a_template_edited_by_hand_works(tmp_path: Path, golden: Path) -> None:
    """Sections moved, other fonts, a field split into runs as Word does, smart quotes, a comment, a condition."""
    document = Document(str(default.path_of("zh")))
    body = document.element.body
    body.insert(0, body[-3])
    paragraph = document.add_paragraph()
    for part in ("总分 {", "{ to", "tal }", "} 分"):
        paragraph.add_run(part).font.name = "KaiTi"
    document.add_paragraph("{# 备注 #}{% if grade == “–” %}无等级{% endif %}{{ region }}")
    path = tmp_path / "own.docx"
    document.save(str(path))
    report.write(evaluate(read(data_of(golden))), "F.json", str(tmp_path / "R.docx"), str(path))
    texts = texts_of(tmp_path / "R.docx")
    assert "总分 79.39 分" in texts and "无等级浙江省湖州市" in texts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("总分：{{ totall }} 分", "“totall”"),
        ("{% for row in indicatoren %}{{ row.name }}{% endfor %}", "“indicatoren”"),
        ("{% for row in indicators %}{{ row.nam }}{% endfor %}", "“row.nam”"),
        ("{{ total.real }}", "“total.real”"),
        ("{{ ''.__class__.__mro__ }}", "“Getattr.__mro__”"),
        ("{{ total.__class__ }}", "“total.__class__”"),
        ("{% for row in indicators %}{{ row.__init__ }}{% endfor %}", "“row.__init__”"),
        ("{{ loop.index }}", "“loop.index”"),
        ("{{ self }}", "“self”"),
        ("{{ range(10) }}", "“Call”"),
        ("{% for x in range(1000000000) %}x{% endfor %}", "“Call”"),
        ("{{ 'x' * 1000000000 }}", "“Mul”"),
        ("{{ indicators[0] }}", "“Getitem”"),
        ("{% for a in data %}{% for b in data %}x{% endfor %}{% endfor %}", "“for”"),
        ("{% for a in data recursive %}x{% endfor %}", "“for”"),
        ("{% include 'x' %}", "“Include”"),
        ("{% macro m() %}x{% endmacro %}", "“m”"),
        ("{% set total = 100 %}", "“Assign”"),
        ("{{ total|attr('__class__') }}", "“attr”"),
        ("{{ data|map(attribute='name')|list }}", "“list”"),
        ("{{r total }}", "“{{r”"),
        ("{% if total %}x", "endif"),
        ("{{ total ", "unexpected"),
    ],
)  # fmt: skip
def test_what_a_template_may_not_say_is_told_with_its_place(
    tmp_path: Path, values: Values, text: str, said: str
) -> None:
    for path in (
        own_template(tmp_path, "一切如常 {{ total }}", f"在这里 {text}"),
        own_template(tmp_path, "一切如常 {{ total }}", table=("左", f"在这里 {text}")),
    ):
        with pytest.raises(Refused) as error:
            template.rendered(path, values, {}, str(tmp_path / "R.docx"))
        (finding,) = error.value.findings
        assert said in finding.text.zh and said in finding.text.en
        assert finding.where == path and ("在这里" in finding.text.zh or "endif" in said)
        assert not (tmp_path / "R.docx").exists()


def test_every_unknown_name_of_a_part_is_told_at_once_and_headers_are_looked_at(tmp_path: Path, values: Values) -> None:
    path = own_template(tmp_path, "甲 {{ one }} {{ two }}", "乙 {{ three }}")
    with pytest.raises(Refused) as error:
        template.rendered(path, values, {}, str(tmp_path / "R.docx"))
    assert [f.text.zh.partition("”")[0][-5:].rpartition("“")[2] for f in error.value.findings] == [
        "one",
        "two",
        "three",
    ]
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉 {{ four }}"
    document.save(path)
    with pytest.raises(Refused, match=r"页眉 \{\{ four \}\}"):
        template.rendered(path, values, {}, str(tmp_path / "R.docx"))
    document = Document()
    document.core_properties.subject = "{{ cycler.__init__.__globals__ }}"
    document.save(path)
    with pytest.raises(Refused, match="cycler"):
        template.rendered(path, values, {}, str(tmp_path / "R.docx"))


HOSTILE = ("{{ total }}", "{% for x in data %}", "{_{ total }_}", "=1+1", "<w:p/>&amp;&#123;{", "</w:t>", "a\nb\tc\x07\x0b", "$x_2^{", "‮e", "😀")  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=40) | st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map("".join))
def test_names_stay_what_they_are(tmp_path: Path, golden: Path, name: str) -> None:
    data = data_of(golden, boundary=f"边界 {name}")
    data["enterprise"]["name"] = name
    data["materials"][0]["source"] = name
    result = evaluate(read(data))
    path = own_template(
        tmp_path, "[{{ enterprise }}]", "{{ boundary }}", table=("{% for row in data %}({{ row.source }}){% endfor %}",)
    )
    values = values_of(result, "F.json", uncertainty(result))
    template.rendered(path, values, {}, str(tmp_path / "R.docx"))
    texts = texts_of(tmp_path / "R.docx")
    shown = "".join(
        c if not UNSEEN.match(c) or c == "\n" else lines_shown(c) for c in result.assessment.enterprise.name or "–"
    )
    sourced = (
        shown if result.assessment.enterprise.name else ""
    )  # of blanks alone nothing stays, where a name has a dash
    assert f"[{shown}]" in texts[0] and f"({sourced})" in texts[-2 if texts[-1] == "" else -1].replace("\r", "\n")


@pytest.mark.parametrize(
    "content", [b"", b"x", b"PK\x03\x04", b"%PDF-1.7", "docx without a document".encode("utf-16")], ids=range(5)
)
def test_what_is_no_template(tmp_path: Path, golden: Path, content: bytes) -> None:
    path = tmp_path / "T.docx"
    path.write_bytes(content)
    with pytest.raises(Refused) as error:
        report.write(evaluate(read(data_of(golden))), "F.json", str(tmp_path / "R.docx"), str(path))
    assert all(finding.where == str(path) for finding in error.value.findings)


def test_other_archives_and_bombs_are_no_templates(tmp_path: Path, golden: Path, filled_workbook: Path) -> None:
    result = evaluate(read(data_of(golden)))
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (300 * 1024 * 1024))
    for path, code in ((filled_workbook, "bad-template"), (bomb, "zip-bomb")):
        with pytest.raises(Refused) as error:
            report.write(result, "F.json", str(tmp_path / "R.docx"), str(path))
        assert error.value.findings[0].code == code


@pytest.fixture
def filled_workbook(tmp_path: Path, golden: Path) -> Path:
    from jwdt_xl import workbook

    path = tmp_path / "F.xlsx"
    workbook.write(path, assessment=read(data_of(golden)))
    return path
