"""jwdt sensitivity: the workbook, the document, and who is left out, as users call it."""

from __future__ import annotations

import copy
import json
import random
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import FileFormat, OpenXmlValidator

from jwdt_xl import workbook
from jwdt_xl.assessment import read
from jwdt_xl.standard.guide import builtin

from ..portfolio.returns import uscc
from .conftest import Runner


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Path:
    """Six enterprises, one of them as a workbook and one in an archive; one without a total, one that is broken."""
    folder = tmp_path_factory.mktemp("inbox")
    base = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    rng = random.Random(2)
    for place in range(7):
        data = copy.deepcopy(base)
        data["enterprise"] = {"name": f"企业{place}"}
        for table in ("pollutants", "greenhouse", "energy", "materials", "residual_energy"):
            for row in data[table]:
                row["report"] = row["report"] * rng.uniform(0.5, 1.1)
        data["policy"]["recommended"] = rng.choice(["yes", "partly", "no"])
        if place == 6:
            data["materials"] = []
        path = folder / f"{place}.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        if place == 0:
            workbook.write(folder / "0.xlsx", host="portable", assessment=read(data))
            path.unlink()
        if place == 1:
            with zipfile.ZipFile(folder / "more.zip", "w") as archive:
                archive.write(path, path.name)
            path.unlink()
    (folder / "broken.xlsx").write_bytes(b"PK")
    return folder


def test_workbook_and_document(run: Runner, inbox: Path, tmp_path: Path) -> None:
    out, document = tmp_path / "s.xlsx", tmp_path / "s.json"
    done = run("sensitivity", inbox, "-o", out, "--json", document)
    assert done.code == 1  # a file could not be read
    assert "读取 8 个文件 = 参加排名 6 + 待评审 0 + 其他报告期 0 + 其他未参加 2" in done.err
    assert "broken.xlsx: 文件不完整" in done.err and "6.json: 有缺失项" in done.err
    assert "最影响排名的指标权重：" in done.out and "第一名" in done.out
    data = json.loads(document.read_text(encoding="utf-8"))
    assert data["format"] == "jwdt-sensitivity/1"
    assert (data["files"], data["ranked"], len(data["left_out"])) == (8, 6, 2)
    assert [each["rank"] for each in sorted(data["enterprises"], key=lambda each: -each["total"])] == [1, 2, 3, 4, 5, 6]
    assert {move["kind"] for move in data["moves"]} == {"weight", "group", "benchmark", "option"}
    assert data["decisive"][0]["mean_move"] >= data["decisive"][-1]["mean_move"]
    book = load_workbook(out)
    assert book.sheetnames == ["总览", "平均总分", "方法选项", "逐项变动", "总分", "排名", "未参加排名", "方法"]
    moves = [row[:2] for row in book["逐项变动"].iter_rows(min_row=5, values_only=True) if row[0]]
    assert len(moves) == len(data["moves"])
    totals = [row for row in book["总分"].iter_rows(min_row=4, values_only=True) if row[0]]
    assert [row[0] for row in totals] == [e["name"] for e in sorted(data["enterprises"], key=lambda e: e["rank"])]
    assert [len(row) for row in totals] == [2 + len(moves)] * 6
    assert not OpenXmlValidator(file_format=FileFormat.OFFICE_2016).validate(str(out)).errors
    with zipfile.ZipFile(out) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3
    # a tornado: two series of bars over each other
    assert sum('<c:overlap val="100"/>' in chart and chart.count("<c:ser>") == 2 for chart in charts) == 2


def test_a_folder_that_is_not_there(run: Runner, inbox: Path, tmp_path: Path) -> None:
    done = run("sensitivity", inbox / "2.json", "-o", tmp_path / "no" / "s.xlsx")
    assert done.code == 1 and "无法写入" in done.err


def test_the_same_bytes_again_in_english_too(run: Runner, inbox: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        done = run(
            "sensitivity", "--lang", "en", inbox, "-o", tmp_path / name, "--step", "0.1", "--benchmark-step", "0.3"
        )
    assert "8 files read = 6 ranked + 0 held back for review + 0 of another period + 2 left out otherwise" in done.err
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    sheet = load_workbook(tmp_path / "a.xlsx")["Moves"]
    steps = {(row[0], row[3]) for row in sheet.iter_rows(min_row=5, values_only=True) if row[3]}
    assert steps == {
        ("weight of an indicator", "-10%"), ("weight of an indicator", "+10%"), ("weight of a group", "-10%"),
        ("weight of a group", "+10%"), ("benchmark", "-30%"), ("benchmark", "+30%"),
    }  # fmt: skip
    chinese = [
        c.value
        for s in load_workbook(tmp_path / "a.xlsx")
        for row in s.iter_rows()
        for c in row
        if isinstance(c.value, str) and any("一" <= x <= "鿿" for x in c.value)
    ]
    assert all("企业" in text for text in chinese)  # names of enterprises alone


def test_returns_made_for_another_guide_are_carried_over(run: Runner, inbox: Path, tmp_path: Path) -> None:
    done = run(
        "sensitivity",
        inbox / "0.xlsx",
        inbox / "2.json",
        "-o",
        tmp_path / "s.xlsx",
        "--guide",
        "cement",
        "--json",
        tmp_path / "s.json",
    )
    data = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert data["guide"]["id"] != builtin().id
    assert data["files"] == data["ranked"] + len(data["left_out"]) == 2, done


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (("none", "-o", "s.xlsx"), 2, "没有 none"),
        (("broken.xlsx", "-o", "s.xlsx"), 2, "没有可排名的总分"),
        (("empty", "-o", "s.xlsx"), 2, "没有可读的文件"),
        (("broken.xlsx",), 2, "缺少参数"),
        (("broken.xlsx", "-o", "s.xlsx", "--step", "0"), 2, "须大于 0 且小于 1"),
        (("broken.xlsx", "-o", "s.xlsx", "--step", "1"), 2, "须大于 0 且小于 1"),
        (("broken.xlsx", "-o", "s.xlsx", "--step", "x"), 2, "须大于 0 且小于 1"),
        (("broken.xlsx", "-o", "s.xlsx", "--step", "nan"), 2, "须大于 0 且小于 1"),
        (("broken.xlsx", "-o", "s.xlsx", "--benchmark-step", "-1"), 2, "须大于 0 且小于 1"),
    ],
)
def test_wrong_use(
    run: Runner,
    inbox: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.xlsx").write_bytes((inbox / "broken.xlsx").read_bytes())
    Path("empty").mkdir()
    done = run("sensitivity", *arguments)
    assert done.code == code and words in done.err
    assert not Path("s.xlsx").exists()


def test_what_reviewers_decided_counts_as_in_a_collection(run: Runner, golden: Path, tmp_path: Path) -> None:
    """Approved, refused and corrected: the sample and its totals are those of `collect --review`."""
    base = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    (tmp_path / "in").mkdir()
    for place in range(5):
        data = copy.deepcopy(base)
        data["enterprise"] |= {"name": f"企业{place}", "uscc": uscc(place + 1)}
        for row in data["pollutants"]:
            row["report"] *= 1 - place / 20
        if place in (1, 2):
            data["residual_energy"] = []
            data["not_applicable"] = {"7": "没有余能可以回收利用"}
        name = f"{place}.json" if place < 4 else "4.xlsx"
        if place < 4:
            (tmp_path / "in" / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        else:
            workbook.write(tmp_path / "in" / name, host="portable", assessment=read(data))
    lines = [
        f"{uscc(2)},7,批准,没有余能设备,王,2026-01-05,",
        f"{uscc(3)},7,否定,有余热锅炉,王,2026-01-05,",
        f"{uscc(4)},energy[0].report,更正,发票,王,2026-01-05,{base['energy'][0]['report'] * 0.8}",
        f"{uscc(99)},7,批准,查无此人,王,2026-01-05,",
    ]
    review = tmp_path / "review.csv"
    review.write_text("统一社会信用代码,项目,决定,理由,评审人,日期,更正值\n" + "\n".join(lines), encoding="utf-8")

    def sampled(*more: object) -> tuple[dict[str, float], dict[str, str], str]:
        done = run("sensitivity", tmp_path / "in", "-o", tmp_path / "s.xlsx", "--json", tmp_path / "s.json", *more)
        found = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
        (tmp_path / "s.xlsx").unlink()
        (tmp_path / "s.json").unlink()
        return (
            {e["name"]: e["total"] for e in found["enterprises"]},
            {e["file"]: e["kind"] for e in found["left_out"]},
            done.err,
        )

    before, left, _ = sampled()
    assert set(before) == {"企业0", "企业3", "企业4"} and set(left.values()) == {"held"} and len(left) == 2
    after, left, told = sampled("--review", review)
    # refused, an indicator without data is missing: no total, and no review waits
    assert set(after) == {"企业0", "企业1", "企业3", "企业4"} and list(left.values()) == ["others"]
    assert after["企业0"] == before["企业0"] and after["企业3"] != before["企业3"]
    assert "没有" in told and uscc(99) in told
    collected = run("collect", tmp_path / "in", "-o", tmp_path / "P.xlsx", "--review", review, "--json")
    names = {uscc(place + 1): f"企业{place}" for place in range(5)}
    ranked = {names[one["uscc"]]: one["total"] for one in json.loads(collected.out)["results"] if one["rank"]}
    assert after == pytest.approx(ranked)
