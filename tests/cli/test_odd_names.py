"""Names and texts that are odd: no command ends over them, and nothing in them reaches a terminal or a list as it is."""

from __future__ import annotations

import copy
import csv
import json
import os
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest

from jwdt_xl.messages import LONGEST_CELL, UNSEEN, cell_text, shown, units

from ..portfolio.returns import uscc
from .conftest import Runner
from .test_mutants import COMMANDS, sources

__all__ = ["sources"]
STEER, TURN, HIDE = "\x1b[2J\x1b[31m", "\u202e", "\u200b"
#: File names, as bytes where they are no UTF-8.
NAMES: dict[str, bytes] = {
    "gbk": "甲公司".encode("gbk"),
    "bytes": b"a\xff\xfe\x80",
    "steer": f"a{STEER}b".encode(),
    "turn": f"a{TURN}slx".encode(),
    "hide": f"a{HIDE}\ufeffb".encode(),
    "line": b"a\nerror b: x",
    "formula": b"=1+1",
    "wide": "＝1＋1".encode(),
    "bracket": b"[bold]a[red]{x}%s",
    "long": ("长" * 80).encode(),
    "emoji": "😀👨‍👩‍👧".encode(),
}


def clean(text: str) -> bool:
    return not UNSEEN.search(text.replace("\n", "").replace("\r", "")) and text.encode("utf-8") is not None


@pytest.mark.skipif(sys.platform != "linux", reason="a name is bytes here")
@pytest.mark.parametrize("name", NAMES)
def test_every_command_that_reads(name: str, run: Runner, sources: Path, tmp_path: Path) -> None:
    """One file of each kind under the name; every fourth command for each name, so that all pairs come in four runs."""
    ours = list(COMMANDS)[list(NAMES).index(name) % 4 :: 4]
    for command in ours:
        source, call = COMMANDS[command]
        folder = tmp_path / f"in-{command}"
        folder.mkdir()
        odd = folder / os.fsdecode(NAMES[name] + Path(source).suffix.encode())
        odd.write_bytes((sources / source).read_bytes())
        out = tmp_path / f"out-{command}"
        out.mkdir()
        done = run(*call(odd, sources, out))
        assert done.code in (0, 1), (command, done)
        assert "Traceback" not in done.err and "内部错误" not in done.out + done.err, (command, done)
        assert clean(done.out) and clean(done.err), (command, done)
        for path in out.rglob("*.csv"):
            with open(path, encoding="utf-8-sig", newline="") as file:
                cells = [cell for row in csv.reader(file) for cell in row]
            assert all(clean(cell) and not cell.startswith(tuple("=+-@＝＋－＠")) for cell in cells), (command, cells)


@pytest.mark.skipif(sys.platform != "linux", reason="a name is bytes here")
def test_odd_names_in_a_folder_cost_nobody_a_result(run: Runner, golden: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    for number, name in enumerate(NAMES.values()):
        data["enterprise"]["uscc"], data["enterprise"]["name"] = uscc(number), f"企业{number}"
        (inbox / os.fsdecode(name + b".json")).write_text(json.dumps(data), encoding="utf-8")
    done = run("collect", inbox, "-o", tmp_path / "P.xlsx", "--json")
    assert done.code == 0 and clean(done.out) and clean(done.err)
    files = {result["file"] for result in done.json["results"]}
    assert len(files) == len(NAMES) and all(map(clean, files))
    assert {r"\xbc\xd7\xb9\xab\xcb\xbe.json", r"a\u202eslx.json", r"a\x1b[2J\x1b[31mb.json"} <= files
    assert run("feedback", tmp_path / "P.xlsx", "-o", tmp_path / "box").code == 0
    assert run("sensitivity", inbox, "-o", tmp_path / "S.xlsx").code == 0
    done = run("score", *sorted(inbox.iterdir()), "--json")
    assert {os.path.basename(each["file"]) for each in done.json} == files and clean(done.out)


TEXTS = {
    "steer": f"甲{STEER}",
    "turn": f"甲{TURN}乙{HIDE}",
    "nul": "甲\0乙",
    "line": "甲\nerror x!A1: y",
    "formula": '=HYPERLINK("http://127.0.0.1:9/")',
    "wide formula": "＝1＋1",
    "long": "长" * 40_000,
    "emoji": "😀" * 17_000,
    "noncharacter": "甲\uffff\ufffe",
    "escape": "_x000D_甲_x0041_",
    "format": "{x} {0} %s %(a)s",
}
PLACES: dict[str, Any] = {
    "name": lambda data, text: data["enterprise"].update(name=text),
    "region": lambda data, text: data["enterprise"].update(region=text),
    "note": lambda data, text: data["pollutants"][0].update(note=text),
    "pollutant": lambda data, text: data["pollutants"][0].update(pollutant=text),
    "material": lambda data, text: data["materials"][0].update(material=text),
    "boundary": lambda data, text: data.update(boundary=text),
    "reason": lambda data, text: data.update(not_applicable={"7": text}),
    "period": lambda data, text: data["periods"].update(report=text),
    "benchmark": lambda data, text: data["benchmarks"].update({"2": {"value": 1, "source": text}}),
    "unit": lambda data, text: data["energy"][0].update(unit=text),
    "product": lambda data, text: data["product"].update(name=text, unit=text),
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_odd_texts(text: str, run: Runner, golden: Path, tmp_path: Path) -> None:
    """In every place; the other files keep their results."""
    base = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    inbox = tmp_path / "in"
    inbox.mkdir()
    for number, place in enumerate(("", *PLACES)):
        data = copy.deepcopy(base)
        data["enterprise"]["uscc"] = uscc(number)
        if place:
            PLACES[place](data, TEXTS[text])
        (inbox / f"{number:02}{place}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    good = run("score", inbox / "00.json", "--json").json[0]["total"]
    done = run("collect", inbox, "-o", tmp_path / "P.xlsx", "--json")
    found = done.json
    assert clean(done.out) and clean(done.err) and "内部错误" not in done.out
    assert found["files"] == len(PLACES) + 1 and found["results"][0]["total"] == good
    places = [path.stem[2:] for path in sorted(inbox.iterdir())]
    refused = {Path(r["file"]).stem[2:] for r in found["rejections"]}
    assert refused <= {"pollutant", "unit", "reason"}, found["rejections"]
    for command in (("feedback", tmp_path / "P.xlsx", "-o", tmp_path / "box"), ("score", *sorted(inbox.iterdir()))):
        done = run(*command)
        assert clean(done.out) and clean(done.err) and done.code in (0, 1)
    longest = 0
    for place in ("name", "note", "product"):
        path = inbox / f"{places.index(place):02}{place}.json"
        made = tmp_path / f"{place}.xlsx"
        done = run("fill", "--data", path, "-o", made, "--host", "portable")
        assert done.code == 0 and clean(done.err)
        cut = units(TEXTS[text]) > LONGEST_CELL
        assert ("截短" in done.err) == cut
        back = run("extract", made, "-o", tmp_path / f"{place}.json")
        assert back.code == 0, back
        with zipfile.ZipFile(made) as archive:
            for part in archive.namelist():
                texts: list[str] = []
                parser = expat.ParserCreate()
                parser.buffer_text, parser.buffer_size = True, 1 << 20
                parser.CharacterDataHandler = texts.append
                parser.StartElementHandler = parser.EndElementHandler = lambda *_: None  # a text ends at a tag
                parser.Parse(archive.read(part), True)
                longest = max(longest, *map(units, texts), 0)
    assert longest <= LONGEST_CELL


def test_half_a_character_costs_its_file_alone(run: Runner, golden: Path, tmp_path: Path) -> None:
    base = (golden / "example_cement.json").read_text(encoding="utf-8")
    inbox = tmp_path / "in"
    inbox.mkdir()
    name = json.loads(base)["enterprise"]["name"]
    for number, odd in enumerate((r"\ud800", r"\udc00", r"\ud83d\ude00", r"\\ud800", r"\ude00\ud83d")):
        data = base.replace(json.loads(base)["enterprise"]["uscc"], uscc(number)).replace(name, f"甲{odd}")
        (inbox / f"{number}.json").write_text(data, encoding="utf-8")
    done = run("collect", inbox, "-o", tmp_path / "P.xlsx", "--json")
    assert done.code == 1 and [r["file"] for r in done.json["rejections"]] == ["0.json", "1.json", "4.json"]
    assert all("半个字符" in r["reason"] and "第 " in r["reason"] for r in done.json["rejections"])
    for command in (("score", inbox / "0.json"), ("fill", "--data", inbox / "0.json", "-o", tmp_path / "f.xlsx")):
        assert "半个字符" in run(*command).err


def test_a_register_of_odd_names(run: Runner, tmp_path: Path) -> None:
    rows = [(uscc(number), text) for number, text in enumerate(TEXTS.values()) if "\0" not in text]
    with open(tmp_path / "r.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("统一社会信用代码", "企业名称"), *rows])
    done = run("distribute", "--register", tmp_path / "r.csv", "-o", tmp_path / "box", "--jobs", "1")
    assert done.code == 0 and clean(done.err) and clean(done.out), done
    assert len(list((tmp_path / "box").glob("*.xlsx"))) == len(rows)
    with open(tmp_path / "box" / "manifest.csv", encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert all(clean(cell) and not cell.startswith(tuple("=+-@＝＋－＠")) for cell in cells)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\udcbc\udcd7", r"\xe7\x94\xb2\xbc\xd7"),
        ("子/\udcbc.json", r"子/\xbc.json"),
        ("a\ud800", r"a\ud800"),
        ("a\x1b\0\x85\xad", r"a\x1b\x00\x85\xad"),
        ("\U000e0001", r"\U000e0001"),
        ("甲　乙\u00a0丙\ufe0f", "甲　乙\u00a0丙\ufe0f"),
    ],
)
def test_shown(text: str, expected: str) -> None:
    assert shown(text) == expected and shown(expected) == expected


@pytest.mark.parametrize("sign", ["a", "长", "😀"])
@pytest.mark.parametrize("length", [LONGEST_CELL // 2, LONGEST_CELL - 1, LONGEST_CELL, LONGEST_CELL + 1, 99_999])
def test_cell_text(sign: str, length: int) -> None:
    whole = sign * length
    cut = cell_text(whole)
    assert units(cut) <= LONGEST_CELL and (cut == whole) == (units(whole) <= LONGEST_CELL)
    assert cut == whole or cut.endswith(f"{sign}…")
    assert cell_text("a\ud800") == r"a\ud800"
