"""English that nobody wrote stays blank in files and is shown in Chinese; English older than its Chinese is told."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import tomlkit

from jwdt_xl.authoring import dump, loads, new_book, open_guide, shipped
from jwdt_xl.authoring.english import doubtful, without_copies
from jwdt_xl.authoring.experts import merge, new_form
from jwdt_xl.standard.guide import Guide, builtin, from_dict, to_dict
from jwdt_xl.standard.record import BOTH, PART, RECORD, TABLE, specs

from ..reports.test_guides import by_derivation, by_inputs
from .conftest import Run

Data = dict[str, Any]


def _halves(data: Data, cls: Any = Guide) -> Iterator[tuple[Data, str]]:
    """Each text in both languages that a guide's dict has: its entry and its key."""
    for name, spec in specs(cls).items():
        key = spec.key or name
        if spec.kind == BOTH and data.get(f"{key}_zh"):
            yield data, key
        elif spec.kind == TABLE:
            for entry in data.get(key, ()):
                yield from _halves(entry, spec.of)
        elif spec.kind in (PART, RECORD) and not spec.listed and key in data:
            yield from _halves(data[key], spec.of)


def _translated() -> Data:
    """Every text of a guide with everything, each with an English of its own."""
    data = copy.deepcopy(by_derivation())
    more = copy.deepcopy(by_inputs())
    data["inputs"] = more["inputs"]
    del data["nodes"][2]["benchmark"]["unit"]  # which is that of the indicator, whatever it is called
    for i, (entry, key) in enumerate(_halves(data)):
        entry[f"{key}_en"] = f"English {i}"
    return data


TEXTS = len(list(_halves(_translated())))


@pytest.mark.parametrize("i", range(TEXTS))
def test_each_text_whose_chinese_changed_beside_its_english_is_told(i: int) -> None:
    old = from_dict(_translated())
    data = _translated()
    entry, key = list(_halves(data))[i]
    entry[f"{key}_zh"] = f"改{i}"
    new = from_dict(data)
    (found,) = doubtful(new, old)
    assert (found.code, found.severity) == ("english-may-be-stale", "warning")
    assert found.where.endswith(f"{key}_en") and f"“{entry[f'{key}_en']}”" in found.text.en
    entry[f"{key}_en"] = "written anew"
    assert doubtful(from_dict(data), old) == []
    del entry[f"{key}_en"]
    assert doubtful(from_dict(data), old) == []
    assert doubtful(old, old) == [] and doubtful(old) == []


@pytest.mark.parametrize("name", ["general", *shipped()])
def test_what_is_left_out_is_read_as_it_was(name: str) -> None:
    guide = open_guide(name)
    less = without_copies(to_dict(guide))
    assert from_dict(less).sha256 == guide.sha256
    assert [key for entry, key in _halves(less) if entry.get(f"{key}_en") == entry[f"{key}_zh"]] == []
    assert from_dict(json.loads(json.dumps(less))).sha256 == loads(dump(guide)).sha256 == guide.sha256


def test_a_code_is_no_text_though_it_ends_like_one() -> None:
    data = to_dict(builtin()) | {"derivation": {"experts": [{"name": "A", "scores": {"a_zh": 5, "a_en": 5}}]}}
    assert without_copies(data)["derivation"]["experts"][0]["scores"] == {"a_zh": 5, "a_en": 5}


def _chinese_only() -> Data:
    data = to_dict(open_guide("cement"))
    for entry, key in _halves(data):
        entry.pop(f"{key}_en", None)
    return data


def test_a_chinese_author_changes_a_text_and_no_english_is_left_behind(tmp_path: Path, run: Run) -> None:
    new_book(tmp_path / "g.xlsx", from_dict(_chinese_only()), "zh")
    assert run("build", "g.xlsx", "-o", "g.toml")[0] == 0
    text = Path("g.toml").read_text(encoding="utf-8")
    assert not [line for line in text.splitlines() if line.startswith(("name_en", "reason_en", "source_en"))]
    changed = text.replace('"产业政策执行情况"', '"产业政策落实情况"')
    assert changed != text and loads(changed).by_code["8"].name.en == "产业政策落实情况"
    # and by way of the workbook, whose English cells are blank
    assert run("show", "g.toml", "--to", "xlsx", "-o", "again.xlsx")[0] == 0
    sheet = openpyxl.load_workbook("again.xlsx")["Index tree"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    column = heads["name (English)"]
    assert not [cell.value for (cell,) in sheet.iter_rows(min_row=7, min_col=column, max_col=column) if cell.value]
    assert "name_en" not in run("show", "g.toml", "--to", "json")[1]


def test_a_merge_of_experts_copies_no_chinese_into_english(tmp_path: Path, run: Run) -> None:
    guide = from_dict(
        {
            **_chinese_only(),
            "nodes": [{k: v for k, v in n.items() if k != "weight_source"} for n in _chinese_only()["nodes"]],
        }
    )
    new_form(tmp_path / "e.xlsx", guide, "张工", "zh")
    book = openpyxl.load_workbook(tmp_path / "e.xlsx")
    sheet = book["专家评分"]
    row = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "张工")
    codes = {
        cell.value: cell.column
        for line in sheet.iter_rows(max_row=row)
        for cell in line
        if cell.value in ("target", "control", "management")
    }
    for code, score in zip(("target", "control", "management"), (50, 30, 20), strict=True):
        sheet.cell(row, codes[code]).value = score
    book.save(tmp_path / "filled.xlsx")
    (tmp_path / "g.toml").write_text(dump(guide), encoding="utf-8")
    code, _, err = run("experts", "merge", "g.toml", "filled.xlsx", "-o", "g-1.toml")
    assert code == 0, err
    assert not [
        line
        for line in Path("g-1.toml").read_text(encoding="utf-8").splitlines()
        if line.startswith(("name_en", "note_en"))
    ]
    assert merge(guide, ["filled.xlsx"]).guide.by_code["8"].name.en == guide.by_code["8"].name.zh


def test_english_left_behind_by_an_earlier_program_is_told_without_a_version_before(tmp_path: Path, run: Run) -> None:
    data = _chinese_only()
    data["nodes"][1]["name_en"] = "减污降碳的协同度"
    data["nodes"][2]["name_en"] = "Equivalents (污染当量) per unit"
    (found,) = doubtful(from_dict(data))
    assert (found.code, found.where) == ("english-is-chinese", "nodes[1].name_en")
    new_book(tmp_path / "g.xlsx", data, "en")
    code, _, err = run("build", "g.xlsx", "-o", "g.toml")
    assert code == 0 and "warning Index tree!" in err and "“减污降碳的协同度” is Chinese" in err


def test_commands_tell_english_that_may_be_stale(tmp_path: Path, run: Run) -> None:
    text = dump(open_guide("cement"))
    Path("old.toml").write_text(text, encoding="utf-8")
    changed = text.replace('"产业政策执行情况"', '"产业政策落实情况"').replace('version = "1"', 'version = "2"')
    Path("new.toml").write_text(changed, encoding="utf-8")
    said = "the Chinese was “产业政策执行情况” and is “产业政策落实情况”"
    line = next(i for i, one in enumerate(changed.splitlines(), 1) if "name_en" in one and "policy" in one)
    code, _, err = run("build", "new.toml", "--previous", "old.toml", "-o", "built.toml")
    assert code == 0 and f"warning new.toml:{line}: {said}" in err
    # without --previous: against the file that is replaced
    Path("built.toml").write_text(text, encoding="utf-8")
    code, _, err = run("build", "new.toml", "-o", "built.toml")
    assert code == 0 and said in err
    assert said not in run("build", "new.toml", "-o", "third.toml")[2]
    golden = Path(__file__).parents[1] / "golden" / "example_cement.json"
    assert said in run("difference", golden, "--old", "old.toml", "--new", "new.toml")[2]
    assert said in run("document", "new.toml", "--previous", "old.toml", "-o", "d.docx")[2]
    assert said in run("pack", "new.toml", "--previous", "old.toml", "-o", "p.zip")[2]


def test_a_draft_names_its_gaps_once() -> None:
    data = to_dict(open_guide("zhejiang-index"))
    data["gaps"] = [["三级指标未印出"], ["权重", "weights"]]
    written = tomlkit.parse(dump(from_dict(data))).unwrap()
    assert written["gaps"] == [["三级指标未印出"], ["权重", "weights"]]
    assert io.StringIO(dump(from_dict(data))).read().count("三级指标未印出") == 1
