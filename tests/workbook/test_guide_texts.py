"""What the author of a guide wrote reaches those who fill in its form: every text, in both languages."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jwdt_xl import authoring, workbook
from jwdt_xl.messages import LANGUAGES
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.workbook import plan, texts, words
from jwdt_xl.workbook.layout import Layout

from ..reports.test_guides import Expected, by_derivation, by_inputs
from ..standard.own import own_data

DEMONSTRATIONS = ("cement", "flat-glass", "four-levels", "paper")
#: How weights came about is for the document of the guide; a form names the source of each.
_OF_WEIGHTS = ("Derivation", "Expert", "Matrix", "SurveyResult", "SampleWeight")


def made(name: str) -> Guide:
    if name in DEMONSTRATIONS:
        return authoring.load(name)
    return from_dict({"derivation": by_derivation, "inputs": by_inputs}[name](), strict=True)


def shown(path: Path, layout: Layout) -> dict[str, list[str]]:
    """The texts of the sheets that people see."""
    book = openpyxl.load_workbook(path, data_only=True)
    hidden = layout.title("lists")
    return {
        sheet.title: [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        for sheet in book
        if sheet.title != hidden
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*DEMONSTRATIONS, "derivation", "inputs"])
def test_each_text_of_a_guide_stands_in_its_form(name: str, language: str, tmp_path: Path) -> None:
    guide = made(name)
    path = tmp_path / "form.xlsx"
    workbook.write(path, guide=guide, host="portable", language=language)
    whole = "\n".join(text for texts in shown(path, Layout(guide, "portable", language)).values() for text in texts)
    expected = Expected(language)
    expected.record(Guide, to_dict(guide))
    texts = [(where, text) for where, text in expected.texts if where.partition(".")[0] not in _OF_WEIGHTS]
    words = [(where, text) for where, text in texts if not text.replace(".", "").isdecimal() and text != "/"]
    assert len(words) > 30
    assert [pair for pair in words if pair[1] not in whole] == []


def test_where_the_eye_is(tmp_path: Path) -> None:
    """The requirement stands above its questions, that of an entered grade and the cases of not applicable in its row."""
    path = tmp_path / "form.xlsx"
    guide = made("four-levels")
    layout = Layout(guide, "portable", "zh")
    workbook.write(path, guide=guide, host="portable", language="zh")
    texts = shown(path, layout)
    assert any("指南要求：建立节能减排管理制度，并有效执行" in text for text in texts[layout.title("qualitative")])
    settings = texts[layout.title("settings")]
    assert any(
        text.startswith("环境和碳信息公开") and "指南要求：公开 1，部分公开 0.5，不公开 0" in text for text in settings
    )
    assert any(text.startswith("单位产品余能利用量") and "可以不适用：没有可回收的余能" in text for text in settings)


def test_the_sheet_of_measures_is_for_whoever_wants_it(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    guide = made("four-levels")
    workbook.write(path, guide=guide, host="portable", language="zh")
    first = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    rows = [[cell.value for cell in row if cell.value is not None] for row in first.iter_rows()]
    assert [row[-1] for row in rows if row[:1] == ["改进方案"]] == ["选填"]


@pytest.mark.parametrize(
    ("dropped", "asked", "unasked"),
    [
        ((), ["污染物", "原辅料"], ["余能"]), (("dust",), ["污染物"], ["原辅料", "余能"]), (("s",), ["原辅料"], ["污染物", "余能"]),
        (("dust", "s"), [], ["污染物", "原辅料", "余能"]),
    ],
)  # fmt: skip
def test_only_what_a_guide_needs_is_asked(dropped: tuple[str, ...], asked: list[str], unasked: list[str]) -> None:
    """The front page and the leads of the sheets say what the contents list says."""
    data = own_data()
    data["nodes"] = [node for node in data["nodes"] if node["code"] not in dropped]
    for node in data["nodes"][1:]:
        node["weight"] = 1 / (len(data["nodes"]) - 1)
    guide = from_dict(data)
    step = words.steps(guide)[2]
    titles = {title.zh: (key, title) for key, title in plan.SHEETS.items()}
    for title in asked:
        assert f"“{title}”" in step.zh and titles[title][1].en in step.en
        assert words.lead(guide, titles[title][0]) == texts.LEADS[titles[title][0]]
    for title in unasked:
        assert f"“{title}”" not in step.zh and words.lead(guide, titles[title][0]) == texts.NO_LEAD
    assert ("不用填" in step.zh) == (not asked) and [s.zh[0] for s in words.steps(guide)] == list("12345")
    assert "余能填一行 0" in words.steps(builtin())[2].zh
