"""Where weights come from, in the real LibreOffice: live cells against the engine, and a whole guide authored there."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl import workbook
from jwdt_xl.assessment import evaluate, read
from jwdt_xl.authoring import build, dump, load, new_book, read_unfinished
from jwdt_xl.authoring.layout import Layout
from jwdt_xl.authoring.weights.layout import Block
from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.portfolio import read_file
from jwdt_xl.standard.guide import Guide, builtin, from_dict, matrices, to_dict
from jwdt_xl.standard.guide import weights as weighting
from jwdt_xl.standard.guide.derivation import OBJECTIVES
from jwdt_xl.standard.guide.sentences import sentence
from jwdt_xl.workbook.plan import Cell

from ..office import Office
from ..workbook.compare import differences, in_ironcalc, in_office, report
from ..workbook.compare import read_file as cells_of
from .weights import CODES, CONTROL, FIRST, MANAGEMENT, SAMPLE, TARGET, derived, triangle

pytestmark = pytest.mark.xdist_group("office")

Filled = Callable[[Guide], dict[str, Any]]


class Book:
    """An open authoring workbook, by the cells of its layout."""

    def __init__(self, office: Office, path: Path, layout: Layout, window: bool = False) -> None:
        self.book, self.layout, self.at = office.open(path, window=window), layout, layout.derivation

    def place(self, cell: Cell) -> str:
        return f"'{self.layout.title(cell.sheet)}'.{xl_rowcol_to_cell(cell.row, cell.col)}"

    def set(self, cell: Cell, value: Any) -> None:
        self.book.set(self.place(cell), value)

    def get(self, cell: Cell) -> Any:
        return self.book.get(self.place(cell))

    def judge(self, block: Block, values: list[Any]) -> None:
        """Fill the upper triangle, row by row."""
        left = iter(values)
        for i in range(block.size):
            for j in range(i + 1, block.size):
                self.set(block.judgement(i, j), next(left))

    def told(self, block: Block) -> str:
        return str(self.get(block.at(0, 2)))


# Every live cell carries what Calc computes


@pytest.mark.parametrize(
    ("how", "language"),
    [
        ({"sample": SAMPLE, "objective": "entropy"}, "zh"),
        ({"alpha": 0.25, "method": "multiplicative", "decimals": 3, "subjective": "experts"}, "en"),
    ],
    ids=("entropy-zh", "product-en"),
)
def test_live_cells_carry_what_calc_computes(office: Office, tmp_path: Path, how: Any, language: str) -> None:
    guide = derived(how)
    path = tmp_path / "g.xlsx"
    new_book(path, guide, language)
    layout = Layout(language, to_dict(guide))
    formulas, cached = load_workbook(path), load_workbook(path, data_only=True)
    book = office.open(path)
    book.recalculate()
    compared, wrong = 0, []
    rest = layout.derivation.combined("target", "rest").col
    for sheet in formulas:
        found = book.block(f"'{sheet.title}'.")
        for row in sheet.iter_rows():
            for cell in row:
                text = getattr(cell.value, "text", cell.value)
                if not (isinstance(text, str) and text.startswith("=")) or "JWDT_" in text:
                    continue
                ours = cached[sheet.title][cell.coordinate].value
                theirs = found[cell.row - 1][cell.column - 1]
                compared += 1
                if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
                    # what is left of a unit of the twelfth decimal is floating point
                    slack = 1e-3 if sheet.title == layout.title("combination") and cell.column == rest + 1 else 1e-12
                    same = theirs == pytest.approx(ours, rel=1e-9, abs=slack)
                else:
                    same = (ours or "") == (theirs or "")
                if not same:
                    wrong.append((sheet.title, cell.coordinate, ours, theirs, text))
    book.close()
    assert not wrong, wrong[:20]
    assert compared > 1500


@pytest.mark.parametrize(
    ("language", "hows"), [("zh", [{}, {"method": "multiplicative"}]), ("en", [{"decimals": 2, "alpha": 0.9}])]
)
def test_calc_finds_the_engines_weights(office: Office, tmp_path: Path, language: str, hows: list[Any]) -> None:
    for how in hows:
        guide = derived(how)
        new_book(tmp_path / "g.xlsx", guide, language)
        book = Book(office, tmp_path / "g.xlsx", Layout(language, to_dict(guide)))
        book.book.recalculate()
        assert guide.derivation is not None
        for parent, group in guide.derived.items():
            first = group.shares[0].node.code
            assert book.get(book.at.head(first, "agreement")) == pytest.approx(group.agreement, abs=1e-9)
            for share in group.shares:
                code = share.node.code
                for column in ("experts", "survey", "subjective", "objective", "combined", "weight"):
                    expected = getattr(share, column)
                    found = book.get(book.at.combined(code, column))
                    assert found == ("" if expected is None else pytest.approx(expected, abs=1e-9)), (code, column)
                told = sentence(group, share, guide.derivation)
                assert book.get(book.at.combined(code, "sentence")) == (told.zh if language == "zh" else told.en)
                row = [node.code for node in guide.nodes].index(code)
                in_use = book.get(book.layout.cell("nodes", row, "in_use"))
                assert in_use == pytest.approx(share.weight, abs=1e-9), parent
        assert book.book.get("out_weights") == pytest.approx(1, abs=1e-12)
        assert book.book.get("out_problems") == 0
        book.book.close()


def test_another_alpha_and_another_objective_need_no_cell_deleted(office: Office, tmp_path: Path) -> None:
    """From entropy to CRITIC, to another α, to AHP and back: each time the engine's weights, and nothing typed is gone."""
    guide = derived({"sample": SAMPLE, "objective": "entropy"})
    new_book(tmp_path / "g.xlsx", guide, "zh")
    book = Book(office, tmp_path / "g.xlsx", Layout("zh", to_dict(guide)))
    for how in (
        {"objective": "critic"},
        {"objective": "critic", "alpha": 0.8},
        {"objective": "ahp", "alpha": 0.8},
        {"objective": "entropy", "alpha": 0.1},
    ):
        book.set(book.at.how("objective"), OBJECTIVES[str(how["objective"])].zh)
        book.set(book.at.how("alpha"), how.get("alpha", 0.5))
        book.book.recalculate()
        now = derived({"sample": SAMPLE, **how})
        assert now.derivation is not None
        for group in now.derived.values():
            for share in group.shares:
                found = book.get(book.at.combined(share.node.code, "weight"))
                assert found == pytest.approx(share.weight, abs=1e-12), (how, share.node.code)
                told = book.get(book.at.combined(share.node.code, "sentence"))
                assert told == sentence(group, share, now.derivation).zh
        unused = how["objective"] == "ahp"
        assert book.get(book.at.sampled("5", "check")) == ("未采用(客观取 AHP)" if unused else "正常")
    assert build(book.book.save(tmp_path / "h.xlsx")).hash == now.hash
    book.book.close()


# Matrices and scores by chance

SIZES = (2, 3, 4, 5, 7, 10)
SAATY = [*(1 / k for k in range(9, 1, -1)), *map(float, range(1, 10))]


def many_groups() -> Guide:
    """A tree with a group of every size."""
    nodes: list[dict[str, Any]] = []
    for size in SIZES:
        nodes.append({"code": f"g{size}", "name_zh": f"组 {size}", "weight": 1 / len(SIZES)})
        leaf = {"parent": f"g{size}", "weight": 1 / len(SIZES) / size, "attribute": "positive", "formula": "entered"}
        nodes += [{"code": f"g{size}_{k}", "name_zh": f"项 {size}.{k}", **leaf} for k in range(size)]
    return from_dict({"format": "jwdt-guide/1", "id": "many", "nodes": nodes})


def test_random_matrices_and_scores_in_calc(office: Office, tmp_path: Path) -> None:
    """Weights, CR, the worst judgement, group means, shares and Kendall's W of what is typed, as the engine finds them."""
    guide, chance = many_groups(), random.Random(9)
    new_book(tmp_path / "g.xlsx", guide, "zh", experts=4)
    book = Book(office, tmp_path / "g.xlsx", Layout("zh", to_dict(guide)))
    book.at = book.layout.derivation = type(book.at).of(to_dict(guide), 4)
    typed: dict[str, list[list[list[float | None]]]] = {}
    scored: dict[str, list[list[float | None]]] = {}
    for size in SIZES:
        parent, codes = f"g{size}", [f"g{size}_{k}" for k in range(size)]
        typed[parent], scored[parent] = [], []
        for expert in range(4):
            noise = (0, 0.3, 1, 9)[expert]  # from consistent to circles of preference
            scale = [chance.uniform(1, 3) for _ in codes]
            values = []
            for i in range(size):
                for j in range(i + 1, size):
                    near = [v for v in SAATY if abs(v - scale[i] / scale[j]) <= noise + 0.01]
                    values.append(chance.choice(near) if near else scale[i] / scale[j])
            book.judge(book.at.block(parent, expert), values)
            left = iter(values)
            full: list[list[float | None]] = [[next(left) if i < j else None for j in range(size)] for i in range(size)]
            typed[parent].append(full)
            row = [chance.choice([1, 2, 2.5, 3, 3, 8]) for _ in codes]
            scored[parent].append(list(row))
            book.book.set(book.place(book.at.score(expert, codes[0])), [row])
    weights = [1, 2, 0.5, 0]
    for expert, weight in enumerate(weights):
        book.set(book.at.expert(expert, "name"), f"专家 {expert}")
        book.set(book.at.expert(expert, "weight"), weight)
    book.book.recalculate()
    inconsistent = 0
    for size in SIZES:
        parent = f"g{size}"
        group = matrices.group_ahp(typed[parent])
        for place, result in ((None, group.result), *enumerate(group.members)):
            block = book.at.block(parent, place)
            found = [book.get(block.weight(i)) for i in range(size)]
            assert found == pytest.approx(list(result.weights), abs=1e-9)
            assert book.get(block.cr) == pytest.approx(result.cr, abs=1e-9)
            bad = 0 if place is not None else sum(not member.acceptable for member in group.members)
            overview = f"{result.cr:.4f}；另有 {bad} 个矩阵 CR ≥ 0.10" if bad else pytest.approx(result.cr, abs=1e-9)
            assert book.get(book.at.overview(parent, place)) == overview
            fine = result.acceptable and not bad
            assert ("可用" in book.told(block)) == fine
            assert (f"CR {result.cr:.4f}" in book.told(block)) and ("≥ 0.10" in book.told(block)) != fine
            assert f"其中 {bad} 个矩阵" in book.told(block) or not bad
            inconsistent += not result.acceptable
            worst = str(book.get(block.cr._replace(col=2)))
            if result.worst is None:
                assert worst == "各判断完全一致"
            else:
                row, column, value, _ = result.worst
                pair = f"最不一致：项 {size}.{row - 1} 对 项 {size}.{column - 1} 为 {value:.2f}"
                assert worst.startswith(pair), (size, place, worst, result.worst)
        shares = weighting.expert_weights(scored[parent], weights)
        assert [book.get(book.at.head(f"{parent}_{k}", "share")) for k in range(size)] == pytest.approx(list(shares))
        w = weighting.kendall_w(scored[parent][:3])  # who has weight 0 does not count
        assert book.get(book.at.head(f"{parent}_0", "count")) == 3
        assert book.get(book.at.head(f"{parent}_0", "agreement")) == ("" if w is None else pytest.approx(w, abs=1e-9))
    assert inconsistent > 4
    book.book.close()


def test_by_the_addin_and_without(tmp_path: Path, office: Office) -> None:
    new_book(tmp_path / "g.xlsx", derived(), "en")
    layout = Layout("en", to_dict(derived()))
    blocks = [layout.derivation.block("", place) for place in (None, 0, 1)]
    with Office(addin=True) as with_addin:
        book = Book(with_addin, tmp_path / "g.xlsx", layout)
        book.book.recalculate()
        for block in blocks:
            assert book.get(block.cr_by_addin) == pytest.approx(book.get(block.cr), abs=1e-9)
        assert book.get(blocks[1].cr) > 1e-3
    book = Book(office, tmp_path / "g.xlsx", layout)
    book.book.recalculate()
    assert [book.get(block.cr_by_addin) for block in blocks] == ["–"] * 3
    book.book.close()


# What an author sees while typing


def test_what_is_unfinished_is_said_at_once(office: Office, tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", load("cement"), "zh")
    book = Book(office, tmp_path / "g.xlsx", Layout("zh", to_dict(load("cement"))))
    at, recalculate = book.at, book.book.recalculate
    block = at.block("target", 0)
    recalculate()
    assert book.told(block) == "未填"
    assert book.get(at.combined("1", "state")) == "指标树所填"
    assert book.get(at.combined("1", "weight")) == 0.15
    book.set(block.judgement(0, 1), 3)
    recalculate()
    assert book.told(block) == "还缺 5 个判断"
    assert book.get(at.combined("1", "state")) == "专家评分表：缺姓名"
    assert book.get(at.expert(0, "check")) == "缺姓名"
    book.set(at.expert(0, "name"), "甲")
    recalculate()
    assert book.get(at.combined("1", "state")) == "AHP 未填全或 CR ≥ 0.10"
    assert book.get(at.combined("1", "weight")) == ""
    book.set(at.expert(0, "name"), "")
    assert book.get(block.judgement(1, 0)) == pytest.approx(1 / 3)  # the other triangle
    book.judge(block, [3, 46025, 1, 1, 1, 1])
    recalculate()
    assert book.told(block) == "有 1 个判断不是 1/9–9 的数(三分之一请输入 =1/3)"
    book.judge(block, [9, "=1/9", 9, 9, 1, 1])
    recalculate()
    assert "不能据以定权，请复核判断" in book.told(block)
    with pytest.raises(Refused) as caught:
        build(book.book.save(tmp_path / "bad.xlsx"))
    assert any(f.where == book.layout.where(at.expert(0, "name")) for f in caught.value.findings)
    book.set(at.expert(0, "name"), "甲")
    recalculate()
    with pytest.raises(Refused) as caught:
        build(book.book.save(tmp_path / "bad.xlsx"))
    [finding] = caught.value.findings
    assert (
        finding.where.split("!")[1]
        in {book.layout.where(block.judgement(i, j)).split("!")[1] for i in range(4) for j in range(i + 1, 4)}
        and "须小于 0.10" in finding.text.zh
    )
    book.judge(block, [1, 2, 2, 2, 2, 1])
    recalculate()
    assert "可用" in book.told(block)
    assert book.get(at.combined("1", "state")) == "推导"

    book.set(at.score(0, "5"), 3)
    book.set(at.result("8", "score"), 2)
    recalculate()
    assert book.get(at.expert(0, "check")) == "有的组未评全"
    assert book.get(at.combined("6", "state")) == "专家未评全或评分全为 0"
    assert (book.get(at.result("9", "check")), book.get(at.combined("9", "state"))) == (
        "同级有缺得分的",
        "问卷未填全或全为 0",
    )
    assert book.book.get("out_problems") > 0  # weights of the tree that wait
    book.set(at.score(0, "6"), 3)
    book.set(at.score(0, "7"), 0)
    book.set(at.result("9", "score"), 2)
    recalculate()
    assert [book.get(at.combined(c, "weight")) for c in CONTROL] == pytest.approx([0.15, 0.15, 0])
    assert [book.get(at.combined(c, "weight")) for c in MANAGEMENT] == pytest.approx([0.1, 0.1])
    book.set(at.how("subjective"), "只用问卷结果")
    recalculate()
    assert book.get(at.combined("5", "state")) == "缺少所选的主观来源"
    book.book.close()


MISTAKES: dict[str, tuple[Callable[[Any], dict[Cell, Any]], str, str | None, str | None]] = {
    # cells, a code of a group that waits, its state, and the check of the first expert's row
    "decimals 0": (lambda at: {at.how("decimals"): 0}, "1", "小数位数须为 2–12 的整数", "正常"),
    "decimals 2.5": (lambda at: {at.how("decimals"): 2.5}, "target", "小数位数须为 2–12 的整数", "正常"),
    "decimals as text": (lambda at: {at.how("decimals"): "四"}, "8", "小数位数须为 2–12 的整数", "正常"),
    "alpha 60": (lambda at: {at.how("alpha"): 60}, "1", "α 须为 0–1 的数", "正常"),
    "alpha as text": (lambda at: {at.how("alpha"): "0.5%"}, "5", "α 须为 0–1 的数", "正常"),
    "method": (lambda at: {at.how("method"): "和"}, "5", "组合方式、主观或客观来源不是备选项", "正常"),
    "objective": (lambda at: {at.how("objective"): "熵"}, "5", "组合方式、主观或客观来源不是备选项", "正常"),
    "part of a sample": (
        lambda at: {at.sampled("5", "entropy"): 0.5, at.how("objective"): OBJECTIVES["entropy"].zh},
        "5", "样本权重未填全或全为 0", "正常",
    ),
    "negative share of a sample": (
        lambda at: {
            at.sampled("8", "critic"): -0.5, at.sampled("9", "critic"): 1.5, at.how("objective"): OBJECTIVES["critic"].zh
        },
        "9", "样本权重未填全或全为 0", "正常",
    ),
    "negative score": (lambda at: {at.score(0, "5"): -8}, "5", "专家评分表：评分为负", "评分为负"),
    "text score": (lambda at: {at.score(0, "5"): "二"}, "5", "专家评分表：评分不是数字", "评分不是数字"),
    "number as text": (lambda at: {at.score(0, "5"): "'40"}, "5", "专家评分表：评分不是数字", "评分不是数字"),
    "text weight": (lambda at: {at.expert(0, "weight"): "二"}, "8", "专家评分表：专家权重不是数字", "专家权重不是数字"),
    "negative weight": (lambda at: {at.expert(0, "weight"): -1}, "8", "专家评分表：专家权重为负", "专家权重为负"),
    "no name": (lambda at: {at.expert(0, "name"): ""}, "8", "专家评分表：缺姓名", "缺姓名"),
    "name twice": (lambda at: {at.expert(1, "name"): " 张工"}, "8", "专家评分表：姓名重复", "姓名重复"),
    "both triangles": (lambda at: {at.block("", 0).judgement(1, 0): 5}, "target", "AHP 未填全或 CR ≥ 0.10", "正常"),
    "all of weight 0": (
        lambda at: {at.expert(row, "weight"): 0 for row in range(3)}, "8", "评分的专家权重全为 0", "正常"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_no_live_weight_for_what_build_refuses(office: Office, tmp_path: Path, name: str) -> None:
    """Typed past the validation: the reason instead of a weight, and the same in the workbook made anew from it."""
    guide = derived()
    new_book(tmp_path / "g.xlsx", guide, "zh")
    cells, code, state, check = MISTAKES[name]
    layout = Layout("zh", to_dict(guide))
    if name == "both triangles":  # locked in Calc: pasted by another program
        file = load_workbook(tmp_path / "g.xlsx")
        for cell, value in cells(layout.derivation).items():
            file[layout.title(cell.sheet)].cell(cell.row + 1, cell.col + 1).value = value
        file.save(tmp_path / "g.xlsx")
    book = Book(office, tmp_path / "g.xlsx", layout)
    for cell, value in cells(book.at).items() if name != "both triangles" else ():
        book.set(cell, value)
    book.book.recalculate()
    assert (book.get(book.at.combined(code, "state")), book.get(book.at.combined(code, "weight"))) == (state, "")
    assert book.get(book.at.combined(code, "sentence")) == ""
    assert book.get(book.at.expert(0, "check")) == check
    path = book.book.save(tmp_path / "bad.xlsx")
    book.book.close()
    with pytest.raises(Refused):
        build(path)
    if name == "both triangles":  # the new workbook has its computed triangle again
        return
    data = read_unfinished(path)
    new_book(tmp_path / "anew.xlsx", data, "zh")
    assert_cached(office, tmp_path / "anew.xlsx", Layout("zh", data), ("experts", "ahp", "combination", "nodes"))


def test_benchmarks_that_build_refuses_are_said_at_once(office: Office, tmp_path: Path) -> None:
    new_book(tmp_path / "g.xlsx", load("cement"), "zh")
    book = Book(office, tmp_path / "g.xlsx", Layout("zh", to_dict(load("cement"))))
    row = next(i for i, node in enumerate(load("cement").nodes) if node.benchmark is not None)
    value, check = (book.layout.cell("nodes", row, field) for field in ("benchmark.value", "check"))
    for typed, said in (
        ("", "有来源/年份而无基准值"),
        (-3, "基准值须为大于 0 的数"),
        ("约 3", "基准值须为大于 0 的数"),
    ):
        book.set(value, typed)
        book.book.recalculate()
        assert book.get(check) == said
        path = book.book.save(tmp_path / "bad.xlsx")
        with pytest.raises(Refused) as caught:
            build(path)
        assert len(caught.value.findings) == 1
        new_book(tmp_path / "anew.xlsx", read_unfinished(path), "zh")
        layout = Layout("zh", read_unfinished(path))
        cached = load_workbook(tmp_path / "anew.xlsx", data_only=True)[layout.title("nodes")]
        assert cached.cell(check.row + 1, check.col + 1).value == said
    book.book.close()


def assert_cached(office: Office, path: Path, layout: Layout, sheets: Sequence[str]) -> None:
    """The formulas of these sheets carry what Calc computes."""
    formulas, cached, book = load_workbook(path), load_workbook(path, data_only=True), office.open(path)
    book.recalculate()
    wrong, compared = [], 0
    for title in map(layout.title, sheets):
        found = book.block(f"'{title}'.")
        for row in formulas[title].iter_rows():
            for cell in row:
                text = getattr(cell.value, "text", cell.value)
                if not (isinstance(text, str) and text.startswith("=")) or "JWDT_" in text:
                    continue
                ours, theirs = cached[title][cell.coordinate].value, found[cell.row - 1][cell.column - 1]
                numbers = isinstance(ours, (int, float)) and isinstance(theirs, (int, float))
                same = theirs == pytest.approx(ours, rel=1e-9, abs=1e-3) if numbers else (ours or "") == (theirs or "")
                compared += 1
                if not same:
                    wrong.append((title, cell.coordinate, ours, theirs, text))
    book.close()
    assert not wrong, wrong[:10]
    assert compared > 500


# A whole guide


def test_a_guide_authored_in_libreoffice_from_experts_ahp_and_survey(
    office: Office, tmp_path: Path, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Command, Calc, command: from the new workbook to a template that scores, the same numbers everywhere."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tally.json").write_text(
        '{"format": "jwdt-survey/1", "weights": ['
        '{"code": "target", "score": 9.25, "answers": 431, "source": "附录 A 第 5 题"},'
        '{"code": "control", "score": 6.5, "answers": 431}, {"code": "management", "score": 4.125, "answers": 431}]}',
        encoding="utf-8",
    )
    assert main(["guide", "new", "--survey", "tally.json", "-o", "new.xlsx"]) == 0
    start = {"nodes": to_dict(from_dict(_table_1()))["nodes"]}
    book = Book(office, tmp_path / "new.xlsx", Layout("zh", start))
    at = book.at
    for name, value in {"id": "own", "version": "1", "name_zh": "自编指南", "source_zh": "专家组"}.items():
        book.book.set(f"in_{name}", value)
    book.book.set("in_derivation_ahp_source", "《减污降碳协同增效实施方案》")
    book.book.set("in_derivation_decimals", 4)
    people = [
        ("张工", 2, [50, 30, 20, 9, 7, 6, 8, 8, 6, 5, 5, 5]),
        ("李教授", None, [45, 35, 20, 8, 8, 7, 9, 9, 6, 6, 6, 4]),
    ]
    for row, (name, weight, scores) in enumerate(people):
        book.set(at.expert(row, "name"), name)
        if weight:
            book.set(at.expert(row, "weight"), weight)
        for code, score in zip(CODES, scores, strict=True):
            book.set(at.score(row, code), score)
    book.judge(at.block("", 0), [2, 3, 2])
    book.judge(at.block("", 1), [2, 4, 2])
    book.judge(at.block("target", 1), [2, 3, 1, 1, "=1/2", "=1/3"])
    book.judge(at.block("control", 0), [1, 2, 2])
    book.book.recalculate()
    shown = {code: book.get(at.combined(code, "weight")) for code in CODES}
    in_use = [book.get(book.layout.cell("nodes", row, "in_use")) for row in range(12)]
    assert (book.book.get("out_problems"), book.book.get("out_weights")) == (0, pytest.approx(1, abs=1e-12))
    book.book.save(tmp_path / "own.xlsx")
    book.book.close()

    assert main(["guide", "build", "own.xlsx", "-o", "own.toml"]) == 0
    guide = load("own.toml")
    assert build("own.xlsx").hash == guide.hash
    # the engine's weights are those that Calc showed, and those of the same guide written by hand
    assert {code: guide.by_code[code].weight for code in CODES} == pytest.approx(shown, abs=1e-9)
    assert [node.weight for node in guide.nodes] == pytest.approx(in_use, abs=1e-9)
    by_hand = {
        "decimals": 4,
        "ahp_source": "《减污降碳协同增效实施方案》",
        "experts": [
            {"name": name, **({"weight": weight} if weight else {}), "scores": dict(zip(CODES, scores, strict=True))}
            for name, weight, scores in people
        ],
        "ahp": [
            {"expert": "张工", "judgements": triangle(FIRST, [2, 3, 2])},
            {"expert": "张工", "parent": "control", "judgements": triangle(CONTROL, [1, 2, 2])},
            {"expert": "李教授", "judgements": triangle(FIRST, [2, 4, 2])},
            {"expert": "李教授", "parent": "target", "judgements": triangle(TARGET, [2, 3, 1, 1, "1/2", "1/3"])},
        ],
        "survey": [
            {"code": "target", "score": 9.25, "answers": 431, "source": "附录 A 第 5 题"},
            {"code": "control", "score": 6.5, "answers": 431},
            {"code": "management", "score": 4.125, "answers": 431},
        ],
    }
    facts = {"id": "own", "version": "1", "name_zh": "自编指南", "source_zh": "专家组"}
    expected = to_dict(
        from_dict({**_table_1(), "options": dict(builtin().options), **facts, "derivation": by_hand}, strict=True)
    )
    for ours, theirs in zip(to_dict(guide)["nodes"], expected["nodes"], strict=True):
        assert ours == theirs
    assert to_dict(guide) == expected
    assert all(len(str(node.weight)) <= 6 for node in guide.nodes)
    assert dump(load("own.toml"), "zh") == (tmp_path / "own.toml").read_text(encoding="utf-8")

    assert main(["template", "--guide", "own.toml", "--host", "portable", "-o", "template.xlsx"]) == 0
    data = filled(guide)
    result = evaluate(data, guide)
    assert result.total is not None
    path = tmp_path / "filled.xlsx"
    workbook.write(path, guide=guide, host="portable", assessment=read(data, guide))
    for found in (in_office(office, path), in_ironcalc(path)):
        assert not (wrong := differences(cells_of(path, guide), found)), report(wrong)
    reading = read_file(path, guide)
    assert reading.result is not None and reading.result.total == result.total
    other = evaluate(filled(load("cement")), load("cement"))
    assert result.total != other.total  # the weights do decide


def _table_1() -> dict[str, Any]:
    """Table 1 as a new workbook has it, weights left open."""
    nodes = [
        {k: v for k, v in node.items() if k not in ("weight", "weight_source")} for node in to_dict(derived())["nodes"]
    ]
    return {"format": "jwdt-guide/1", "id": "own", "nodes": nodes, "derivation": {"survey": [
        {"code": code, "score": 1} for code in CODES]}}  # fmt: skip


def test_judgements_typed_with_real_keys(office: Office, tmp_path: Path) -> None:
    """A third typed as people type it, the other triangle locked, a date or a word kept out."""
    new_book(tmp_path / "g.xlsx", load("cement"), "zh")
    book = Book(office, tmp_path / "g.xlsx", Layout("zh", to_dict(load("cement"))), window=True)
    block = book.at.block("target", 0)

    def press(cell: Cell, text: str) -> Any:
        return book.book.press(book.place(cell), text)

    assert press(block.judgement(0, 1), "3") == 3
    assert press(block.judgement(0, 2), "1/3") == pytest.approx(1 / 3)  # a fraction, no date
    assert press(block.judgement(0, 3), "=1/7") == pytest.approx(1 / 7)
    assert book.get(block.judgement(2, 0)) == pytest.approx(3)
    assert press(block.judgement(1, 0), "5") == pytest.approx(1 / 3)  # locked, as computed
    assert press(block.judgement(1, 2), "much") is None  # asked whether to keep it, and Escape
    assert press(block.judgement(1, 2), "9") == 9
    assert press(book.at.score(0, "1"), "7.5") == 7.5
    assert press(book.at.score(0, "2"), "-1") is None
    assert press(book.at.how("alpha"), "1.2") is None
    assert press(book.at.how("alpha"), "0.4") == 0.4
    book.book.close()
