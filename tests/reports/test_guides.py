"""The document of a guide: nothing that the guide says is lost, in both languages, whatever it is called."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from jwdt_xl import authoring
from jwdt_xl.authoring.versions import changes
from jwdt_xl.messages import LANGUAGES, UNSEEN, Text, speaking
from jwdt_xl.opening.outputs import RESULT
from jwdt_xl.reports.guides.columns import Columns
from jwdt_xl.reports.guides.document import made
from jwdt_xl.reports.guides.formulas import in_words, scored
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.guide.allowed import allowed, what_is_open
from jwdt_xl.standard.guide.openness import NAMES as OPENNESS
from jwdt_xl.standard.guide.options import BY_NAME
from jwdt_xl.standard.guide.previous import Previous
from jwdt_xl.standard.guide.said import said
from jwdt_xl.standard.method import RULES
from jwdt_xl.standard.quantities import QUANTITIES
from jwdt_xl.standard.record import (
    BOTH,
    CHOICE,
    LABEL,
    NAMES,
    NO_TEXT,
    NUMBER,
    OPTIONS,
    PAIRS,
    PART,
    RECORD,
    TABLE,
    Spec,
    specs,
)

from ..authoring.weights import SAMPLE, derived
from ..standard.own import own_data

Data = dict[str, Any]


def texts_of(content: bytes) -> list[str]:
    """Every paragraph and cell."""
    document = Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    return found


def by_derivation() -> Data:
    """Table 1 with derived weights, and whatever else a guide with derived weights can say."""
    data: Data = to_dict(
        derived({"decimals": 9, "alpha": 0.45, "subjective": "experts", "objective": "critic", "sample": SAMPLE})
    )
    for node in data["nodes"]:
        node.pop("weight")
    nodes = {node["code"]: node for node in data["nodes"]}
    nodes["2"] |= {
        "benchmark": {"value": 0.81234, "unit": nodes["2"]["unit_zh"], "source": "政策甲", "year": 2023, "basis": "口径乙", "limit": 1.7},
        "range": [0.0123, 45.6], "note_zh": "说明丙", "note_en": "note C", "mark": "law",
    }  # fmt: skip
    nodes["target"] |= {"note_zh": "组的说明", "note_en": "note of a group"}
    return data | {
        "institute_zh": "某研究院", "institute_en": "an institute", "issued": "2026-11-30", "scope_zh": "熟料企业", "scope_en": "clinker works",
        "review": "2027-06-30", "output_value_basis": "工业增加值", "base_period": "2020", "open": ["score_cap", "benchmarks"],
        "options": {"gwp_set": "AR6", "score_cap": 1.25},
        "grades": [{"name_zh": "甲等", "name_en": "first", "from": 81.5, "source": "等级出处"}],
        "conditions": [
            {"indicator": "8", "measure": "score", "below": 12.5, "above": 98.5, "reason_zh": "淘汰", "reason_en": "old", "source": "条件出处"}
        ],
        "vetoes": [
            {"code": "accident", "question_zh": "有事故吗", "question_en": "any accident", "excludes": "no", "reason_zh": "事故", "reason_en": "accident reason",
             "source": "否决出处"}
        ],
        "not_applicable": [{"code": "7", "reason_zh": "无余能", "reason_en": "no residual energy"}],
        "conversions": [{"product_zh": "熟料", "product_en": "clinker", "unit": "吨", "factor": 1.3125, "to": "t 水泥", "source": "折算出处"}],
        "history": [{"version": "2.7", "date": "2026-10-09", "change_zh": "改了基准值", "change_en": "changed benchmarks"}],
        "uncertainties": [{"of": "grade_4", "uncertainty": 0.1234, "source": "第三方核查统计"}],
        "required_pollutants": [{"pollutant": "甲醛", "medium": "water", "source": "必报出处"}],
    }  # fmt: skip


def by_inputs() -> Data:
    """Own inputs and formulas, and every parameter of the formulas there are."""
    data = own_data()
    data["inputs"][0]["source"] = "填报量出处"
    data["evaluates"] = "park"
    data["inputs"][0]["help_en"] = "without reused water"
    more = {"parent": "all", "weight": 0, "attribute": "negative", "unit_zh": "kg/t"}
    data["nodes"] += [
        {**more, "code": "e1", "name_zh": "水当量", "formula": "equivalent_intensity", "parameters": {"medium": "water"}, "unit_zh": "AP/t"},
        {**more, "code": "e2", "name_zh": "两项", "formula": "equivalent_intensity", "parameters": {"pollutants": ["氨氮", "二氧化硫"]}, "unit_zh": "AP/t"},
        {**more, "code": "e3", "name_zh": "石灰石", "formula": "material_intensity", "parameters": {"materials": ["石灰石"]}},
        {**more, "code": "e4", "name_zh": "余热", "formula": "residual_energy_intensity", "parameters": {"energies": ["余热发电"]}, "attribute": "positive",
         "unit_zh": "kJ/t", "weight_source": "权重出处", "benchmark_text_zh": "文字要求", "benchmark_text_en": "a requirement"},
        {**more, "code": "e5", "name_zh": "公开", "formula": "entered", "attribute": "qualitative", "unit_zh": "", "levels": ["1 全部公开", "0.5 部分公开", "0 不公开"]},
    ]  # fmt: skip
    return data


def by_gaps() -> Data:
    return to_dict(authoring.load("zhejiang-index"))


GUIDES = {"derivation": by_derivation, "inputs": by_inputs, "gaps": by_gaps}


class Expected:
    """What a document must show of a guide's file, found from the declarations and the file alone."""

    def __init__(self, language: str, entered: Text = NO_TEXT) -> None:
        self.language, self.entered = language, entered
        self.texts: list[tuple[str, str]] = []
        self.fields: set[tuple[str, str]] = set()

    def record(self, cls: Any, data: Data) -> None:
        for name, spec in specs(cls).items():
            key = spec.key or name
            there = f"{key}_zh" in data if spec.kind == BOTH else key in data
            if there and data[f"{key}_zh" if spec.kind == BOTH else key] not in ("", [], None):
                self.fields.add((cls.__name__, name))
                for text in self._of(spec, name, key, data):
                    self.texts.append((f"{cls.__name__}.{name}", text))

    def _of(self, spec: Spec, name: str, key: str, data: Data) -> Iterator[str]:
        if spec.kind == BOTH:
            yield data.get(f"{key}_{self.language}") or data[f"{key}_zh"]
            return
        value = data[key]
        if spec.kind == TABLE:
            for entry in value:
                self.record(spec.of, entry)
        elif spec.kind == PART or (spec.kind == RECORD and not spec.listed):
            self.record(spec.of, value)
        elif spec.kind == RECORD:
            self.fields |= {(spec.of.__name__, part) for part in specs(spec.of)}
            yield from (f"{end:.15g}" for end in value)
        elif spec.kind == PAIRS:
            yield from (pair[LANGUAGES.index(self.language)] for pair in value)
        elif spec.kind == OPTIONS:
            yield from (self._in(BY_NAME[option].label_of(said)) for option, said in value.items())
        elif spec.kind == CHOICE:
            if (name, value) == ("formula", "entered"):  # by whom, the guide says
                yield self._in(self.entered)
            else:
                yield self._in(dict(spec.choices)[value])
        elif spec.kind == NAMES:
            for one in value:
                known = OPENNESS.get(one) or (
                    QUANTITIES[one].name if one in QUANTITIES and name in ("of", "over") else None
                )
                yield self._in(known) if known else one
        elif spec.by == 1:
            yield from (f"{one:.15g}" for one in value.values())
        elif spec.by == 2:
            yield from (str(Fraction(one).limit_denominator(9)) for row in value.values() for one in row.values())
        elif spec.kind == LABEL and value == "previous_year":
            return
        else:
            # what the program writes in two languages stands in one
            one = re.sub(
                r"(推导|专家|问卷) (derived|experts|survey)", r"\1" if self.language == "zh" else r"\2", str(value)
            )
            yield f"{value:.15g}" if spec.kind == NUMBER else one

    def _in(self, text: Text) -> str:
        return text[LANGUAGES.index(self.language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", GUIDES)
def test_each_value_that_a_guide_says_stands_in_its_document(name: str, language: str) -> None:
    guide = from_dict(GUIDES[name](), strict=True)
    with speaking(language):
        texts = texts_of(made(guide))
    unit = guide.subject.name
    expected = Expected(language, Text(f"由{unit.zh}填报", f"entered by the {unit.en}"))
    expected.record(Guide, to_dict(guide))
    cells = {part.strip() for text in texts for part in [text, *text.split("；"), *text.split(" – ")]}
    whole = "\n".join(texts)
    lost = [(where, text) for where, text in expected.texts if text not in cells and text not in whole]
    assert not lost
    numbers = [(where, text) for where, text in expected.texts if text.replace(".", "").isdecimal() and len(text) > 3]
    assert numbers or name == "gaps"
    assert guide.sha256 in texts


def test_the_guides_of_this_test_say_something_in_every_field_there_is() -> None:
    said_somewhere: set[tuple[str, str]] = set()
    for make in GUIDES.values():
        expected = Expected("zh")
        expected.record(Guide, to_dict(from_dict(make(), strict=True)))
        said_somewhere |= expected.fields
    declared: set[tuple[str, str]] = set()

    def declare(cls: Any) -> None:
        for name, spec in specs(cls).items():
            declared.add((cls.__name__, name))
            if spec.of is not None:
                declare(spec.of)

    declare(Guide)
    assert declared - said_somewhere == set()


def test_it_is_the_same_for_the_same_guide_and_ours() -> None:
    guide = from_dict(by_derivation(), strict=True)
    content = made(guide)
    assert content == made(from_dict(json.loads(json.dumps(to_dict(guide)))))
    with speaking("en"):
        assert content != made(guide)
    about = Document(io.BytesIO(content)).core_properties
    assert (about.author, about.category) == ("jwdt-xl", RESULT)
    assert about.title == "推导"


def test_the_method_and_who_decides_stand_in_it() -> None:
    texts = texts_of(made(from_dict(by_derivation(), strict=True)))
    assert all(str(rule) in texts for _, rule in RULES)
    rows = rows_of(made(from_dict(by_derivation(), strict=True)), "谁决定")
    decided = {row[0]: (row[1], row[2]) for row in rows}
    assert decided["GWP 取值"] == ("AR6", "本指南规定，有约束力")
    assert decided["单项得分上限系数"] == ("1.25", "本指南给出，企业可自选")
    assert decided["燃料缺省值表"][1] == "默认值，有约束力"
    assert decided["基准值"][1] == "给出的企业可自选，没有给出的由企业填写" and decided["权重"][1] == "有约束力"
    assert decided["不适用"][1] == "只限本指南所列情形"


def rows_of(content: bytes, heading: str) -> list[list[str]]:
    """The rows of the first table with this heading."""
    for table in Document(io.BytesIO(content)).tables:
        if heading in [cell.text for cell in table.rows[0].cells]:
            return [[cell.text for cell in row.cells] for row in table.rows]
    raise AssertionError(heading)


def test_weights_of_each_level_and_where_they_come_from() -> None:
    content = made(from_dict(by_derivation(), strict=True))
    tree = {row[0]: row for row in rows_of(content, "占上级")}
    guide = from_dict(by_derivation(), strict=True)
    for node in guide.nodes:
        above = guide.by_code[node.parent].weight if node.parent else 1
        assert tree[node.code][4:] == [f"{node.weight / above:.2%}", f"{node.weight:.2%}"]
    texts = texts_of(content)
    # by hand: three experts who rank alike agree wholly; χ² = 3 · 2 · 1 = 6, p = exp(−3)
    assert "3 位专家评分，一致程度 Kendall W = 1.00（p = 0.050）" in texts
    matrices = [text for text in texts if text.startswith("判断矩阵：")]
    assert len(matrices) == 6 and all("CR = 0.0" in text for text in matrices)
    assert ["target", "1", "2", "3"] in rows_of_all(content) and ["management", "1/3", "1/2", "1"] in rows_of_all(
        content
    )
    assert ["9", "7", "1"] in rows_of_all(content)


def rows_of_all(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in Document(io.BytesIO(content)).tables for row in table.rows]


#: The indicators of table 1 and own formulas, typed from the method's formulas.
IN_WORDS = {
    "2": "污染物当量 ÷ 产量", "3": "碳排放 t × 1000 ÷ 产量", "4": "产值 万元 ÷ 碳排放 t", "5": "100 × 非化石 tce ÷ 一次能源 tce",
    "6": "原辅料 kg ÷ 产量", "7": "余能 kJ ÷ 产量",
}  # fmt: skip
OWN = {
    "total": "(新鲜水取水量 m3 + 期末蓄水量 m3)",
    "water": "新鲜水取水量 m3 × 1000 ÷ 产品产量",
    "reuse": "100 × 回用水量 m3 ÷ (新鲜水取水量 m3 + 回用水量 m3)",
    "saved": "基准期 新鲜水取水量 m3 ÷ 产品产量，报告期 新鲜水取水量 m3 ÷ 产品产量；下降率 %",
    "more": "基准期 回用水量 m3，报告期 回用水量 m3；增长率 %",
    "carbon": "碳排放量 t CO2e × 1000 ÷ 产值 万元",
    "dust": "固废\"产生量\" t ÷ 原辅料消耗 kg",
}  # fmt: skip


def test_formulas_in_words() -> None:
    for guide, expected in ((builtin(), IN_WORDS), (from_dict(own_data()), OWN)):
        assert {code: in_words(guide, guide.by_code[code]) for code in expected} == expected
    assert in_words(builtin(), builtin().by_code["1"]).startswith("协同度 S = rP/rC")
    assert in_words(builtin(), builtin().by_code["8"]).startswith("产业政策：是 1、部分 0.5、否 0")
    assert in_words(builtin(), builtin().by_code["target"]) == ""
    assert scored(builtin(), builtin().by_code["1"]).startswith("100·min(S, 1/S)（比值）：奖励两者同幅下降")
    distance = from_dict({**to_dict(builtin()), "options": {"moderate_score": "distance"}})
    assert scored(distance, distance.by_code["1"]).startswith("100·max(0, 1−|S−1|)（距离）")
    assert scored(builtin(), builtin().by_code["2"]) == ""
    limited = from_dict(by_derivation())
    assert "按两点计分" in scored(limited, limited.by_code["2"])


def test_what_differs_from_the_version_before() -> None:
    old = from_dict(by_derivation(), strict=True)
    data = by_derivation()
    data["version"] = "2"
    data["grades"][0]["from"] = 83
    new = from_dict(data, strict=True)
    texts = texts_of(made(new, Previous(old, changes(old, new))))
    assert f"与“推导”derived 1（指纹 {old.hash}）相比：" in texts
    assert "等级：甲等 ≥ 81.5 → 甲等 ≥ 83" in texts
    assert "内容相同。" in texts_of(made(old, Previous(old, changes(old, old))))
    assert not [text for text in texts_of(made(new)) if "与上一版的不同" in text]


HOSTILE = ["{{ x }}{% if %}", "=1+1", "<w:p>&amp;", "a\u202eb", "\x07铃", "𠮷" * 40, "长" * 300, "]]>", "'\""]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_others_stay_text(name: str) -> None:
    data = by_derivation()
    data["name_zh"] = data["institute_zh"] = data["history"][0]["change_zh"] = name
    data["nodes"][1]["name_zh"] = data["grades"][0]["name_zh"] = data["derivation"]["experts_source"] = name
    content = made(from_dict(data))
    texts = texts_of(content)
    shown = UNSEEN.sub("", name)
    assert sum(shown in text or name in text or (shown != name and "\\" in text) for text in texts) >= 6
    assert not any(UNSEEN.search(text.replace("\n", "")) for text in texts)


@given(
    st.integers(1, 9).flatmap(lambda n: st.tuples(st.lists(st.text(max_size=60), min_size=n, max_size=n),
                                                  st.lists(st.lists(st.text(max_size=400), min_size=n, max_size=n), max_size=5)))
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_columns_share_the_page_whatever_stands_in_them(table: tuple[list[str], list[list[str]]]) -> None:
    heads, rows = table
    shares = Columns(heads, rows, [False] * len(heads)).shares
    assert len(shares) == len(heads) and abs(sum(shares) - 1) < 1e-9
    assert all(share > 0.015 for share in shares)


def test_a_column_with_long_texts_is_wider_and_no_word_is_broken() -> None:
    shares = Columns(["code", "source"], [["management", "何" * 200], ["a", ""]], [False, False]).shares
    assert shares[1] > 3 * shares[0] and shares[0] * 88 >= len("management")


def test_what_says_nothing_has_no_line() -> None:
    keys = [each.key for each in said(builtin(), builtin().by_code["target"])]
    assert keys == ["code", "name", "weight", "weight_source", "mark"] or keys == ["code", "name", "weight", "mark"]


@pytest.mark.parametrize("name", ["made up", "cement", "general", "zhejiang-index"])
def test_chapters_say_the_same_of_what_is_allowed(name: str) -> None:
    guide = (
        from_dict(by_derivation() | {"open": ["not_applicable"]}) if name == "made up" else authoring.open_guide(name)
    )
    content, sentences = made(guide), allowed(guide)
    texts, rows = texts_of(content), {row[0]: row for row in rows_of(content, "谁决定")}
    assert [rows[OPENNESS[key].zh][2] for key in sentences] == [text.zh for text in sentences.values()]
    assert f"基准值：{sentences['benchmarks']}。" in texts
    assert (f"不适用：{sentences['not_applicable']}。" in texts) == bool(guide.not_applicable)
    assert not [text for text in texts if "只有下列情形" in text]
    assert ["企业可自选", str(what_is_open(guide))] in rows_of_all(content)
    for option in (BY_NAME["full_rate"], BY_NAME["carbon_equivalents"]):  # which have no default
        if option.label.zh in rows:
            free = "" if guide.opens(option.name) else "不"
            assert rows[option.label.zh][1:3] == ["未写明", f"没有给出，{guide.subject.several.zh}{free}可自选"]


def test_a_judgement_has_room_in_its_column() -> None:
    document = Document(io.BytesIO(made(from_dict(by_derivation()))))
    table = next(t for t in document.tables if [c.text for c in t.rows[0].cells] == ["", "1", "2", "3", "4"])
    assert min(cell.width.cm for cell in table.rows[2].cells) > 1.0


def test_a_change_log_is_called_latest_first_only_if_it_is() -> None:
    data = by_derivation()
    data["history"].append({"version": "2.6", "date": "2025-01-01", "change_zh": "首版"})
    assert "新的在前。" in texts_of(made(from_dict(data)))
    data["history"].reverse()
    assert "新的在前。" not in texts_of(made(from_dict(data)))


def test_options_are_explained_by_names_and_a_digest_stands_once() -> None:
    data = by_derivation()
    digest = "cd" * 32
    for code in ("2", "3"):
        node = next(node for node in data["nodes"] if node["code"] == code)
        source = f"2025：5 家企业中 50% 可达到的水平 / level reached by 50 % of 5 enterprises, 2025 [t.csv; SHA-256 {digest}]"
        node["benchmark"] = {"value": 0.5, "unit": node["unit_zh"], "source": source, "year": 2025}
    texts = texts_of(made(from_dict(data)))
    assert sum(digest in text for text in texts) == 1
    assert texts.count("2025：5 家企业中 50% 可达到的水平 [t.csv]") == 2
    assert not [text for text in texts if re.search("not_after|equivalent_rate|composite|each：", text)]


def test_a_derivation_by_scores_alone_names_no_ahp_and_no_alpha() -> None:
    data = by_derivation()
    data["derivation"] = {"experts": data["derivation"]["experts"], "alpha": 0.3}
    texts = texts_of(made(from_dict(data)))
    assert "专家评分" in texts and not [text for text in texts if text.startswith(("α (", "客观权重取", "组合方式"))]
    assert [text for text in texts_of(made(from_dict(by_derivation()))) if text.startswith("α (")]
