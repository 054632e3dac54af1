"""jwdt template, fill and extract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl import workbook
from jwdt_xl.messages import LANGUAGES
from jwdt_xl.standard.guide import builtin, to_dict


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A sector guide: the built-in tree with another id and a benchmark."""
    data = to_dict(builtin())
    data |= {"id": "cement / 水泥", "version": "1", "name_zh": "水泥", "name_en": "cement"}
    node = next(node for node in data["nodes"] if node.get("formula") == "carbon_intensity")
    node["benchmark"] = {"value": 500, "source": "test"}
    path = tmp_path / "guide.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_template_has_a_name_of_its_own_and_overwrites_nothing(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("template").code == 0
    path = tmp_path / "template-excel-zh.xlsx"
    before = path.read_bytes()
    done = run("template", "--lang", "zh")
    assert done.code == 2
    assert "已存在" in done.err
    assert path.read_bytes() == before
    assert run("template", "-o", path).code == 0  # asked for
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_all_templates_with_the_same_bytes_as_alone(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    assert run("template", "--all", folder).code == 0
    names = {path.name for path in folder.iterdir()}
    for host in workbook.HOSTS:
        for language in LANGUAGES:
            stamp = workbook.read(folder / f"template-{host}-{language}.xlsx").stamp
            assert (stamp["host"], stamp["language"]) == (host, language)
    assert len(names) == len(workbook.HOSTS) * len(LANGUAGES) + len(LANGUAGES)
    assert "example-cement-zh.xlsx" in names
    alone = tmp_path / "alone.xlsx"
    assert run("template", "--host", "portable", "--lang", "en", "-o", alone).code == 0
    assert alone.read_bytes() == (folder / "template-portable-en.xlsx").read_bytes()


def test_template_all_goes_with_no_host(run: Any, tmp_path: Path) -> None:
    assert run("template", "--all", tmp_path, "--host", "excel").code == 2


def test_an_empty_template_is_no_crash(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    run("template", "-o", path)
    done = run("score", "--json", path)
    assert done.code == 1  # the periods are missing
    assert all("!" in finding["where"] for finding in done.json[0]["findings"])


def test_guide(run: Any, golden: Path, tmp_path: Path, guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("template", "--guide", guide).code == 0
    assert (tmp_path / "cement_水泥-template-excel-zh.xlsx").exists()
    book = tmp_path / "book.xlsx"
    assert run("fill", "--data", golden / "example_cement.json", "--guide", guide, "-o", book).code == 0
    done = run("score", "--json", "--guide", guide, book)
    assert done.code == 0
    other = run("score", "--json", book)
    assert other.code == 1
    assert "--guide" in other.json[0]["findings"][0]["text"]
    moved = tmp_path / "moved.xlsx"
    assert run("fill", "--from", book, "--guide", guide, "-o", moved).code == 0
    assert run("score", "--guide", guide, moved).code == 0


def test_a_workbook_of_the_same_guide_with_other_content_is_refused(
    run: Any, golden: Path, tmp_path: Path, guide: Path
) -> None:
    book = tmp_path / "book.xlsx"
    run("fill", "--data", golden / "example_cement.json", "--guide", guide, "-o", book)
    guide.write_text(guide.read_text(encoding="utf-8").replace("500", "501"), encoding="utf-8")
    done = run("check", "--guide", guide, book)
    assert done.code == 1
    assert "同一指南" in done.messages[0]
    assert run("fill", "--from", book, "--guide", guide, "-o", tmp_path / "moved.xlsx").code == 0


@pytest.mark.parametrize("content", ["[]", "{", '{"format": "jwdt-guide/1", "nodes": [1]}', '{"format": "x"}'])
def test_a_bad_guide(run: Any, tmp_path: Path, content: str) -> None:
    path = tmp_path / "g.json"
    path.write_text(content, encoding="utf-8")
    done = run("template", "--guide", path, "-o", tmp_path / "t.xlsx")
    assert done.code == 1
    assert all(message.startswith(f"error {path}") for message in done.messages)
    assert done.messages
    assert not (tmp_path / "t.xlsx").exists()


def test_fill_from_an_old_workbook_keeps_host_and_language(
    run: Any, golden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    old = tmp_path / "old.xlsx"
    run("fill", "--data", golden / "example_cement.json", "--host", "portable", "--lang", "en", "-o", old)
    assert run("fill", "--from", old).code == 0
    new = workbook.read(tmp_path / "old-new.xlsx")
    assert (new.stamp["host"], new.stamp["language"]) == ("portable", "en")
    assert new.data == workbook.read(old).data
    assert run("fill", "--from", old, "--lang", "zh", "--host", "excel", "-o", tmp_path / "zh.xlsx").code == 0
    assert workbook.read(tmp_path / "zh.xlsx").stamp["language"] == "zh"


def test_the_input_is_never_written_over(run: Any, filled: Path, tmp_path: Path) -> None:
    before = filled.read_bytes()
    done = run("fill", "--from", filled, "-o", filled)
    assert done.code == 2
    assert "输入文件" in done.err
    assert run("extract", filled, "-o", filled).code == 2
    assert filled.read_bytes() == before


def test_fill_from_data_that_are_refused_writes_nothing(run: Any, golden: Path, tmp_path: Path) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    data["pollutants"][0]["unit"] = "m"
    data["enterprise"]["colour"] = "red"
    source = tmp_path / "a.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    done = run("fill", "--data", source, "-o", tmp_path / "a.xlsx")
    assert done.code == 1
    assert {message.split(":")[0] for message in done.messages} == {
        "error pollutants[0].unit",
        "error enterprise.colour",
    }
    assert list(tmp_path.iterdir()) == [source]


def test_a_place_that_cannot_be_written(run: Any, filled: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "a.json", tmp_path):
        done = run("extract", filled, "-o", path)
        assert done.code == 1
        assert done.messages[0].startswith(f"error {path}: 无法写入")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("demo", "-o", tmp_path / "file").code == 1
    assert run("template", "--all", tmp_path / "file" / "x").code == 1


def test_extract_writes_utf8_with_a_line_end(run: Any, golden: Path, filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert run("extract", filled, "-o", path).code == 0
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("}\n")
    assert json.loads(text) == json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))


def test_fill_needs_one_source(run: Any, filled: Path, golden: Path) -> None:
    assert run("fill").code == 2
    assert run("fill", "--from", filled, "--data", golden / "example_cement.json").code == 2


def test_what_somebody_filled_in_is_kept_beside(run: Any, filled: Path, tmp_path: Path) -> None:
    content = filled.read_bytes()
    place = tmp_path / "mine.xlsx"
    place.write_bytes(content)
    done = run("template", "-o", place)
    assert done.code == 0 and "mine.xlsx.bak" in done.err
    assert (tmp_path / "mine.xlsx.bak").read_bytes() == content != place.read_bytes()
    (tmp_path / "mine.xlsx.bak").unlink()
    assert run("template", "-o", place).code == 0  # the same file again: nothing to keep
    assert [path.name for path in tmp_path.iterdir() if "bak" in path.name] == []


def test_fill_a_year_on(run: Any, golden: Path, tmp_path: Path, monkeypatch: Any) -> None:
    """Last year's return to this year's form: what distribute --previous sends out, too."""
    monkeypatch.chdir(tmp_path)
    assert run("fill", "--data", golden / "example_cement.json", "--host", "portable", "-o", "2023.xlsx").code == 0
    done = run("fill", "--from", "2023.xlsx", "--next-year", "-o", "2024.xlsx", "--lang", "en")
    assert "base period 2023 (what was reported), report period 2024" in done.err
    new, old = (run("extract", f"{year}.xlsx").json for year in ("2024", "2023"))
    assert new["periods"] == {"base": "2023", "report": "2024"}
    assert [row["base"] for row in new["pollutants"]] == [row["report"] for row in old["pollutants"]]
    assert all("report" not in row for table in ("pollutants", "energy", "materials") for row in new[table])
    assert "policy" not in new and new["benchmarks"] == old["benchmarks"]
    (tmp_path / "last").mkdir()
    (tmp_path / "last" / "a.xlsx").write_bytes((tmp_path / "2023.xlsx").read_bytes())
    enterprise = old["enterprise"]
    Path("r.csv").write_text(f"name,uscc,report\n{enterprise['name']},{enterprise['uscc']},2024\n", encoding="utf-8")
    assert run("distribute", "--register", "r.csv", "--previous", "last", "-o", "box", "--jobs", "1").code == 0
    [form] = Path("box").glob("*.xlsx")
    sent = run("extract", form).json
    assert sent == new


def test_a_label_without_a_year_cannot_move(run: Any, golden: Path, tmp_path: Path) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    data["periods"] = {"base": "技改前", "report": "技改后"}
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    done = run("fill", "--data", tmp_path / "a.json", "--next-year", "-o", tmp_path / "b.xlsx", "--lang", "en")
    assert done.code == 2 and "names no year" in done.err
