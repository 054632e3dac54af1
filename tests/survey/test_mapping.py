"""From options to weights: the map file, its mistakes, and weights by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from jwdt_xl.authoring import load
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import builtin
from jwdt_xl.survey.counted import Counted, count
from jwdt_xl.survey.document import document
from jwdt_xl.survey.mapping import FORMAT, leaf_parents, read_map, starter, weights

from .conftest import Write, taken

#: Question 7: option 3 is first twice and second once, option 6 first once; 9: option 3 first, option 1 second.
ROWS = [
    ["Q1", "Q7", "Q9", "Q5"],
    ["1", "3→6", "3→1", "1,2,3,4,5"],
    ["1", "6→3", "", "1,2,3,4,5"],
    ["2", "3", "3", "7,8,9,10,11"],
    ["2", "", "", ""],
]


@pytest.fixture
def found(written: Write) -> Counted:
    return count(taken(written(ROWS)))


def mapped(tmp_path: Path, text: str, parents: str = '"management"') -> Path:
    path = tmp_path / "map.toml"
    path.write_text(f'format = "{FORMAT}"\nparents = [{parents}]\n{text}', encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["", "cement", "four-levels", "dapeng-index"])
def test_the_starter_is_a_map_with_nothing_mapped(tmp_path: Path, name: str) -> None:
    guide = load(name) if name else builtin()
    path = tmp_path / "map.toml"
    path.write_text(starter(guide), encoding="utf-8")
    links = read_map(str(path), guide)
    assert links.links == () and links.parents == leaf_parents(guide)
    assert all(node.code in starter(guide) and str(node.name) in starter(guide) for node in guide.nodes)


def test_weights_by_hand(tmp_path: Path, found: Counted) -> None:
    """Composite of question 9 (5 options, 2 answered): option 3 (5 + 5)/2 = 5, option 1 4/2 = 2."""
    path = mapped(tmp_path, '[question.9]\n1 = "8"\n3 = "9"\n')
    groups, findings = weights(found.survey, read_map(str(path), builtin()), builtin())
    assert not findings
    [group] = groups
    assert group.parent == "management"
    assert [(w.indicator, w.score) for w in group.weights] == [("8", 2.0), ("9", 5.0)]
    assert [w.weight for w in group.weights] == pytest.approx([2 / 7, 5 / 7])


def test_several_groups_each_by_its_own_kind_of_question(tmp_path: Path, found: Counted) -> None:
    text = '[question.9]\n1 = "8"\n3 = ["9"]\n[question.5]\n1 = "1"\n2 = ["2", "3"]\n7 = "4"\n'
    path = mapped(tmp_path, text, '"management", "target"')
    groups, findings = weights(found.survey, read_map(str(path), builtin()), builtin())
    assert not findings
    # shares of the four asked: options 1 and 2 half, option 7 a quarter
    assert [w.weight for w in groups[1].weights] == pytest.approx([2 / 7, 2 / 7, 2 / 7, 1 / 7])
    data = document(found, groups, builtin())
    assert data["format"] == "jwdt-survey/1"
    assert [w["code"] for w in data["weights"]] == ["8", "9", "1", "2", "3", "4"]
    assert data["weights"][1]["score"] == 5.0 and data["weights"][1]["answers"] == 2
    assert data["weights"][1]["source"] == "survey question 9, option 3 (2 answered)"
    assert data["weights"][1]["source_en"] == data["weights"][1]["source"]
    assert data["weights"][1]["source_zh"] == "问卷第 9 题选项 3（作答 2 人）"
    assert data["weights"][2]["answers"] == 3


def test_first_levels_may_be_weighed_too(tmp_path: Path, found: Counted) -> None:
    path = mapped(tmp_path, '[question.9]\n1 = "target"\n3 = "control"\n2 = "management"\n', '""')
    [group], _ = weights(found.survey, read_map(str(path), builtin()), builtin())
    assert [(w.indicator, w.weight) for w in group.weights] == [
        ("target", pytest.approx(2 / 7)), ("control", pytest.approx(5 / 7)), ("management", 0.0),
    ]  # fmt: skip


def test_csv_maps(tmp_path: Path, found: Counted) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes("Question,Option,Code\n９,1,8\n9,3,9\n9,2,\n".encode("gb18030"))
    links = read_map(str(path), builtin())
    assert [tuple(link) for link in links.links] == [(9, 1, "8"), (9, 3, "9")]
    groups, findings = weights(found.survey, links, builtin())
    assert [group.parent for group in groups] == ["management"]
    assert [f.code for f in findings] == ["unmapped-indicator"] * 2  # the other groups lack everything


@pytest.mark.parametrize(
    "text, code, words",
    [
        ('[question.9]\n1 = "8"\n', "unmapped-indicator", "indicator “9” has no option"),
        ('[question.9]\n1 = "8"\n[question.5]\n1 = "9"\n', "mixed-kinds", "cannot be added"),
        ('[question.9]\n1 = "8"\n6 = "9"\n', "bad-mapping", "question 9 has no option 6"),
        ('[question.11]\n1 = "8"\n[question.9]\n1="9"\n', "unknown-question", "no question 11"),
        ('[question.6]\n1 = "8"\n2 = "9"\n', "missing", "nobody answered question 6"),
        ('[question.9]\n4 = "8"\n5 = "9"\n', "no-weight", "all mapped options are 0"),
    ],
)
def test_weights_refused(tmp_path: Path, found: Counted, text: str, code: str, words: str) -> None:
    groups, [finding] = weights(found.survey, read_map(str(mapped(tmp_path, text)), builtin()), builtin())
    assert not groups
    assert (finding.severity, finding.code) == ("error", code)
    assert words in finding.text.en and "management" in finding.text.en.lower()


def test_rankings_of_different_lengths_are_a_warning_and_unused_links_too(tmp_path: Path, found: Counted) -> None:
    text = '[question.9]\n1 = "8"\n[question.7]\n3 = "9"\n6 = "4"\n'
    groups, findings = weights(found.survey, read_map(str(mapped(tmp_path, text)), builtin()), builtin())
    assert len(groups) == 1
    assert [f.code for f in findings] == ["rankings-of-different-length", "link-unused"]


@pytest.mark.parametrize(
    "content, code",
    [
        ("format = 'jwdt-survey-map/1'\nquestion = 3\n", "bad-format"),
        ("format = 'jwdt-survey-map/1'\n[question]\n9 = 1\n", "bad-format"),
        ("format = 'jwdt-survey-map/1'\n[question.9]\n1 = 8\n", "bad-code"),
        ("format = 'jwdt-survey-map/1'\n[question.nine]\n1 = '8'\n", "bad-number"),
        ("format = 'jwdt-survey-map/1'\n[question.9]\n1 = 'x'\n", "unknown-code"),
        ("format = 'jwdt-survey-map/1'\nparents = ['1']\n", "unknown-parent"),
        ("format = 'jwdt-survey-map/1'\nparents = '1'\n", "bad-format"),
        ("format = 'jwdt-survey-map/1'\nother = 1\n", "bad-format"),
        ("format = 'jwdt-guide/1'\n", "bad-format"),
        ("= =", "not-toml"),
        ("", "bad-format"),
    ],
)
def test_bad_maps(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as error:
        read_map(str(path), builtin())
    assert error.value.findings[0].code == code


def test_maps_that_are_no_files(tmp_path: Path) -> None:
    for name, content in (("a.toml", None), ("b.csv", b"a,b\n1,2\n"), ("c.toml", b"\xff\xfe\xff"), ("d.csv", b"")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(Refused):
            read_map(str(tmp_path / name), builtin())
