"""`jwdt guide weights`: a sample into a guide and its workbook, recomputed by a reader, in the document and the pack."""

from __future__ import annotations

import hashlib
import random
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from jwdt_xl.authoring import build, dump_data, load
from jwdt_xl.authoring.layout import Layout
from jwdt_xl.standard.guide import to_dict
from jwdt_xl.standard.guide.objective import critic_weights, entropy_weights
from jwdt_xl.standard.scoring import NEGATIVE, POSITIVE

from .conftest import Run

#: The control group of table 1: share of non-fossil energy, materials and residual energy per product.
HEAD, DIRECTIONS = "企业,5,6,7,8,9", [POSITIVE, NEGATIVE, POSITIVE]


def rows_of(n: int = 24) -> list[list[float]]:
    draw = random.Random(4)
    return [[round(draw.uniform(2, 12), 3), round(draw.uniform(1200, 1600), 1), round(draw.uniform(5e4, 1.2e5))] for _ in range(n)]  # fmt: skip


def csv_of(path: Path, rows: list[list[Any]], head: str = HEAD) -> Path:
    text = "\n".join([head, *(",".join(map(str, (f"企业{i}", *row))) for i, row in enumerate(rows))])
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return csv_of(tmp_path / "v.csv", [[*row, 1, i % 2 / 2] for i, row in enumerate(rows_of())])


def test_into_a_guide_and_recomputed_by_a_reader(run: Run, sample: Path) -> None:
    code, out, err = run(
        "weights", "cement", "--from", "v.csv", "--by", "critic", "--source", "24 家，2025 年", "-o", "g.toml"
    )
    assert code == 0 and f"{critic_weights(rows_of(), DIRECTIONS)[0]:.6f}" in out and "g.toml" in err
    guide = load("g.toml")
    assert guide.derivation is not None and guide.derivation.objective == "critic"
    expected = critic_weights(rows_of(), DIRECTIONS), entropy_weights(rows_of(), DIRECTIONS)
    found = [each for each in guide.derivation.sample if each.code in "567"]
    assert [each.critic for each in found] == pytest.approx(expected[0], abs=1e-12)
    assert [each.entropy for each in found] == pytest.approx(expected[1], abs=1e-12)
    assert [guide.by_code[c].weight for c in "567"] == pytest.approx([0.3 * share for share in expected[0]], abs=1e-9)
    assert {(e.sampled, e.source) for e in found} == {(24, "24 家，2025 年")}
    assert {e.sha256 for e in found} == {hashlib.sha256(sample.read_bytes()).hexdigest()}
    assert "“industrial policy" in err and "its weight by entropy and by CRITIC is 0" in err  # 8 is the same everywhere
    assert "these groups keep AHP" in err

    code, _, err = run("weights", "g.toml", "--from", "v.csv")
    assert code == 0 and "5 weights by sample of the guide are recomputed from this file" in err
    text = Path("g.toml").read_text(encoding="utf-8")
    stored, other = f"{found[0].entropy:.15g}", f"{(found[0].entropy or 0) + 1e-4:.15g}"
    assert text.count(stored) == 1
    Path("h.toml").write_text(text.replace(stored, other), encoding="utf-8")
    code, _, err = run("weights", "h.toml", "--from", "v.csv")
    assert code == 1 and f"is {float(other):.10g} in the guide, and {float(stored):.10g} by this sample" in err
    sample.write_text(sample.read_text(encoding="utf-8").replace("企业0,", "企业x,"), encoding="utf-8")
    code, _, err = run("weights", "g.toml", "--from", "v.csv")
    assert code == 0 and "the guide's weights are by another file" in err


def test_another_alpha_and_method_by_a_word_in_the_file(run: Run, sample: Path) -> None:
    """Experts on the group; then only alpha or objective is changed, and build computes the rest."""
    csv_of(sample, rows_of(), "企业,5,6,7")
    run("weights", "cement", "--from", "v.csv", "-o", "g.toml")
    beside = load("g.toml")
    assert beside.derived == {} and beside.by_code["5"].weight == load("cement").by_code["5"].weight
    text = Path("g.toml").read_text(encoding="utf-8")
    expert = '\n[[derivation.experts]]\nname = "甲"\nscores = {5 = 1, 6 = 1, 7 = 2}\n'
    Path("e.toml").write_text(text.replace('objective = "ahp"', "") + expert, encoding="utf-8")
    code, _, err = run("build", "e.toml", "-o", "f.toml")
    assert (
        code == 1 and "is written as" in err and "take the written weight out" in err
    )  # typed weights of the author stay hers
    shares = [0.25, 0.25, 0.5]
    data = to_dict(beside)
    for node in data["nodes"]:
        if node["code"] in "567":
            del node["weight"], node["weight_source"]
    data["derivation"] |= {
        "experts": [{"name": "甲", "scores": dict(zip("567", shares, strict=True))}],
        "objective": "entropy",
    }
    Path("g.toml").write_text(dump_data(data), encoding="utf-8")
    theirs = {"entropy": entropy_weights(rows_of(), DIRECTIONS), "critic": critic_weights(rows_of(), DIRECTIONS)}
    previous = "g.toml"
    for step, (kind, alpha) in enumerate((("entropy", 0.5), ("entropy", 0.2), ("critic", 0.2), ("ahp", 0.2))):
        text = Path(previous).read_text(encoding="utf-8")
        for was in ("entropy", "critic"):
            text = text.replace(f'objective = "{was}"', f'objective = "{kind}"')
        for was_alpha in ("0.5", "0.2"):
            text = text.replace(f"\nalpha = {was_alpha} ", f"\nalpha = {alpha} ")
        Path("t.toml").write_text(text, encoding="utf-8")
        previous = f"s{step}.toml"
        code, _, err = run("build", "t.toml", "-o", previous)
        assert code == 0, err
        own = [alpha * one + (1 - alpha) * other for one, other in zip(shares, theirs.get(kind, shares), strict=True)]
        guide = load(previous)
        assert [guide.by_code[c].weight for c in "567"] == pytest.approx([0.3 * share for share in own], abs=1e-9), kind
        assert step == 0 or "computed anew" in err


def test_into_the_authoring_workbook(run: Run, sample: Path) -> None:
    """A tree without weights, as an author has it at first; what was in the workbook stays."""
    run("new", "-o", "g.xlsx")
    code, _, err = run("weights", "g.xlsx", "--from", "v.csv", "--by", "entropy", "-o", "h.xlsx")
    assert code == 0, err
    layout = Layout("en")
    sheet = openpyxl.load_workbook("h.xlsx")[layout.title("sample")]
    rows = {row[2].value: row for row in sheet.iter_rows(min_row=5) if row[2].value}
    assert [rows[c][4].value for c in "567"] == pytest.approx(entropy_weights(rows_of(), DIRECTIONS), abs=1e-12)
    assert rows["5"][0].value.startswith("=") and rows["1"][4].value is None
    assert (
        openpyxl.load_workbook("h.xlsx", data_only=True)[layout.title("sample")][rows["5"][0].coordinate].value == "ok"
    )
    code, _, err = run("weights", "h.xlsx", "--from", "v.csv", "-o", "i.xlsx")  # once more: nothing stands twice
    assert code == 0 and Path("i.xlsx").read_bytes() == Path("h.xlsx").read_bytes()
    wanted = load("cement")
    data = to_dict(build_of("h.xlsx"))
    assert [entry["code"] for entry in data["derivation"]["sample"]] == ["5", "6", "7", "8", "9"]
    assert {n["code"]: n["weight"] for n in data["nodes"]}["1"] == wanted.by_code["1"].weight


def build_of(path: str) -> Any:
    """The guide of a workbook that has no name yet: with one."""
    book = openpyxl.load_workbook(path)
    layout = Layout("en")
    for name, value in (("id", "own"), ("version", "1"), ("name_zh", "自编"), ("source_zh", "样本")):
        cell = layout.fact(name)
        book[layout.title("facts")].cell(cell.row + 1, cell.col + 1).value = value
    book.save("named.xlsx")
    return build("named.xlsx")


def test_in_the_document_and_the_pack(run: Run, sample: Path) -> None:
    run("weights", "cement", "--from", "v.csv", "--by", "critic", "--source", "24 家，2025 年", "-o", "g.toml")
    digest = hashlib.sha256(sample.read_bytes()).hexdigest()
    assert run("document", "g.toml", "-o", "g.docx")[0] == 0
    paper = docx.Document("g.docx")
    said = "\n".join(
        [*(p.text for p in paper.paragraphs), *(c.text for t in paper.tables for r in t.rows for c in r.cells)]
    )
    for wanted in (
        "Objective is by CRITIC [choice]: sample of 24, source: 24 家，2025 年",
        digest,
        f"{critic_weights(rows_of(), DIRECTIONS)[0]:.15g}"[:12],
        f"{entropy_weights(rows_of(), DIRECTIONS)[1]:.15g}"[:12],
    ):
        assert wanted in said, wanted
    assert run("pack", "g.toml", "-o", "g.zip")[0] == 0
    with zipfile.ZipFile("g.zip") as pack:
        [name] = [name for name in pack.namelist() if name.endswith(".toml")]
        assert digest in pack.read(name).decode()
        assert any(name.endswith(".docx") for name in pack.namelist())
    assert digest in run("show", "g.toml")[1].replace("\n", "")


BAD: dict[str, tuple[str, list[list[Any]], str]] = {
    "one row": (HEAD, [[1, 2, 3, 1, 1]], "has 1 rows without a gap and needs 3"),
    "a column too few": ("企业,5,6", [[1, 2], [2, 3], [4, 9]], "have no column"),
    "gaps": (HEAD, [[1, "", 3, "", 1], [2, 2, "n/a", 1, ""], ["", 4, 5, "", 1], [3, 4, 5, 1, ""]], "without a gap and needs 3"),
    "constants": (HEAD, [[1, 2, 3, 1, 1]] * 4, "no column tells the rows apart"),
    "text": (HEAD, [[1, 2, 3, 1, 1], ["高", 3, 3, 1, 1], [3, 4, 8, 1, 0]], "is no number"),
    "an enterprise twice": (HEAD, [[1, 2, 3, 1, 1]], "each counts once"),
    "no indicator": ("企业,甲项,乙项", [[0.1, 0.2], [0.2, 0.3], [0.4, 0.9]], "no column is headed by"),
}  # fmt: skip


@pytest.mark.parametrize(("head", "rows", "message"), BAD.values(), ids=BAD)
def test_tables_that_give_no_weights(run: Run, tmp_path: Path, head: str, rows: list[list[Any]], message: str) -> None:
    path = csv_of(tmp_path / "v.csv", rows, head)
    if message == "each counts once":
        path.write_text(path.read_text(encoding="utf-8") + "\n企业0,4,5,6,1,1\n", encoding="utf-8")
    code, _, err = run("weights", "cement", "--from", "v.csv", "--by", "entropy", "-o", "g.toml")
    assert code == 1 and message in err and "v.csv" in err
    assert not Path("g.toml").exists()


def test_columns_that_go_along_have_entropy_but_no_critic(run: Run, tmp_path: Path) -> None:
    rows = [[i, 20 - 2 * i, 5 * i - 3] for i in (1, 2, 4, 7)]  # 6 is better where it is less; a value is negative
    csv_of(tmp_path / "v.csv", [[*row[:2], row[2] - 10] for row in rows], "企业,5,6,7")
    code, _, err = run("weights", "cement", "--from", "v.csv", "--by", "critic", "-o", "g.toml")
    assert (
        code == 1
        and "the columns go wholly along" in err
        and "objective is by CRITIC, but the sample gives none" in err
    )
    code, _, err = run("weights", "cement", "--from", "v.csv", "--by", "entropy", "-o", "g.toml")
    assert code == 0 and "the columns go wholly along" in err
    assert [load("g.toml").by_code[c].weight for c in "567"] == pytest.approx([0.1] * 3)


def test_wrong_use(run: Run, sample: Path) -> None:
    code, _, err = run("weights", "cement", "--from", "v.csv", "-o", "g.json")
    assert code == 2 and "-o must end in .toml or .xlsx" in err
