"""Numbers typed over on the page that is printed are told; honest files are accused of nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from jwdt_xl import workbook
from jwdt_xl.assessment import evaluate, read
from jwdt_xl.cli import main
from jwdt_xl.portfolio.book.contents import SHEETS
from jwdt_xl.portfolio.book.sheet import FIRST, KEYS
from jwdt_xl.portfolio.collection import formulas, shown
from jwdt_xl.portfolio.collection.one_return import compared_workbook
from jwdt_xl.standard.guide import builtin, to_dict
from jwdt_xl.workbook.plan import Cell

from ..office import Office
from ..workbook.edit import edited
from ..workbook.engines import stripped
from .returns import uscc

TAMPERING = {"result-typed-over", "formula-changed"}


@pytest.fixture(scope="module")
def data(golden: Path) -> Any:
    return json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["portable", "excel"])
def filled(request: pytest.FixtureRequest, data: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("typed") / "a.xlsx"
    workbook.write(path, host=request.param, assessment=read(data))
    return path


def told(path: Path) -> dict[str, list[str]]:
    """The findings about results, by code: where they are."""
    found: dict[str, list[str]] = {}
    for finding in compared_workbook(str(path))[1]:
        found.setdefault(finding.code, []).append(finding.where)
    return found


def test_all_numbers_of_the_page_are_found(filled: Path, data: Any) -> None:
    returned = workbook.read(filled)
    result = evaluate(data)
    page = list(shown.numbers(returned, result))
    names = [number.name for number in page]
    assert names.count("total") == 1 and len(names) == len(set(names)) == 3 + 3 + 3 * 9
    assert all(number.found == pytest.approx(number.right, rel=1e-9) for number in page)
    assert told(filled) == {}


@pytest.mark.parametrize("typed", [97, "97", "97.00分", None, True])
def test_a_number_typed_over_is_told_with_its_cell(filled: Path, data: Any, tmp_path: Path, typed: Any) -> None:
    """Each number of the page, one after the other."""
    page = list(shown.numbers(workbook.read(filled), evaluate(data)))
    for number in page if typed == 97 else page[:3]:
        place = f"汇总!{xl_rowcol_to_cell(number.cell.row, number.cell.col)}"
        copy = edited(filled, tmp_path / "typed.xlsx", {place: typed})
        assert told(copy) == {"result-typed-over": [place]}, number.name


def outside(change: Callable[[str], str]) -> Callable[[str], str]:
    """A change of a formula that leaves its texts alone."""
    return lambda formula: '"'.join(p if i % 2 else change(p) for i, p in enumerate(formula.split('"')))


#: What programs do to formulas when they save a file.
REWRITES = {
    "620.0 becomes 620": outside(lambda f: re.sub(r"(?<![\w.$:!])(\d+)(?![\w.:!])", r"\1.0", f)),
    "blanks": outside(lambda f: f.replace(",", ", ").replace("(", "( ")),
    "prefixes": outside(lambda f: re.sub(r"\bIF\(", "_xlfn.IF(", f)),
    "case": outside(str.lower),
    "signs of fixed places": outside(lambda f: f.replace("$", "")),
}


@pytest.mark.parametrize("what", REWRITES)
def test_a_formula_written_in_another_way_is_the_same(what: str, filled: Path) -> None:
    returned = workbook.read(filled)
    cells = [
        Cell(sheet, row, col)
        for sheet in ("indicators", "quantities", "summary")
        for row in range(70)
        for col in range(12)
    ]
    found = [f for f in formulas._formulas(str(filled), returned.layout, cells).values() if f]
    changed = [(f, "=" + REWRITES[what](f[1:])) for f in found]
    assert sum(a != b for a, b in changed) > 5, what
    assert [a for a, b in changed if formulas._plain(a) != formulas._plain(b)] == []


@pytest.mark.parametrize(
    ("one", "other"), [("=A1+1", "=A1+2"), ("=A1", "=A2"), ('="a b"', '="ab"'), ("=MIN(A1)", "=MAX(A1)"), ("=1", "=10")]
)
def test_another_formula_is_another_one(one: str, other: str) -> None:
    assert formulas._plain(one) != formulas._plain(other)


def test_without_saved_results_nobody_is_accused(filled: Path, tmp_path: Path) -> None:
    copy = stripped(filled, tmp_path)
    assert not TAMPERING & set(told(copy)) and "stale-cache" in told(copy)


@pytest.mark.parametrize("without", ["results", "output"])
def test_a_total_typed_over_where_its_heading_says_something_else(
    filled: Path, data: Any, tmp_path: Path, without: str
) -> None:
    """The heading is a formula: blank where no program has calculated it, a hint at what is missing where there is no total."""
    if without == "results":
        copy = stripped(edited(filled, tmp_path / "typed.xlsx", {"汇总!A5": 97}), tmp_path)
    else:
        copy = tmp_path / "typed.xlsx"
        gap = {**data, "product": {**data["product"], "output": {"base": 1850000}}}
        workbook.write(tmp_path / "gap.xlsx", host="portable", assessment=read(gap))
        edited(tmp_path / "gap.xlsx", copy, {"汇总!A5": 97})
    assert told(copy)["result-typed-over"] == ["汇总!A5"]


@pytest.mark.xdist_group("office")
def test_saved_by_libreoffice_and_then_without_results(tmp_path: Path, data: Any) -> None:
    path = tmp_path / "a.xlsx"
    workbook.write(path, host="portable", assessment=read(data))
    with Office(locale="zh-CN") as office:
        book = office.open(path)
        book.save(tmp_path / "saved.xlsx")
        book.close()
    assert told(tmp_path / "saved.xlsx") == {}
    assert not TAMPERING & set(told(stripped(tmp_path / "saved.xlsx", tmp_path)))


def test_a_copy_with_a_number_typed_over_is_told_with_the_one_that_counts(
    filled: Path, data: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sent again with the same data: it is skipped as the same, or replaced, and yet somebody may show its printed page."""
    returned = workbook.read(filled)
    total = next(number for number in shown.numbers(returned, evaluate(data)) if number.name == "total")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(filled.read_bytes())
    place = f"汇总!{xl_rowcol_to_cell(total.cell.row, total.cell.col)}"
    edited(filled, tmp_path / "in" / "b.xlsx", {place: 97})
    main(["collect", str(tmp_path / "in"), "-o", str(tmp_path / "P.xlsx"), "--jobs", "1", "--json"])
    found = json.loads(capsys.readouterr().out)
    [left], [result] = found["skipped"], found["results"]
    assert left["file"] == "b.xlsx" and "97" in left["reason"] and "只计一份" in left["reason"]
    [told] = [each for each in result["findings"] if each["code"] == "result-typed-over"]
    assert result["file"] == "a.xlsx" and result["rank"] == 1 and told["where"] == f"b.xlsx {place}"


@pytest.mark.parametrize(
    ("sheet", "key", "typed"),
    [("ranking", "total", 99.0), ("ranking", "total", None), ("ranking", "rank", 3), ("ranking", "score_1", 100), ("values", "weight_1", 0.5)],
)  # fmt: skip
def test_results_of_an_edited_portfolio_are_sent_to_nobody(
    tmp_path: Path, data: Any, collect: Any, capsys: pytest.CaptureFixture[str], sheet: str, key: str, typed: Any
) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for place, output in enumerate((1900000, 1920000, 1940000)):
        one = {**data, "enterprise": {**data["enterprise"], "uscc": uscc(place), "name": f"企业{place}"}}
        one["product"] = {**data["product"], "output": {**data["product"]["output"], "report": output}}
        (inbox / f"{place}.json").write_text(json.dumps(one), encoding="utf-8")
    collect(inbox, "-o", tmp_path / "P.xlsx")
    capsys.readouterr()
    assert main(["feedback", str(tmp_path / "P.xlsx"), "-o", str(tmp_path / "honest")]) == 0
    book = openpyxl.load_workbook(tmp_path / "P.xlsx")
    page = book[SHEETS[sheet].zh]
    column = [cell.value for cell in page[KEYS + 1]].index(key) + 1
    page.cell(FIRST + 1, column).value = typed
    book.save(tmp_path / "edited.xlsx")
    assert main(["feedback", str(tmp_path / "edited.xlsx"), "-o", str(tmp_path / "sent")]) == 1
    assert "汇总表被改动过" in capsys.readouterr().err and not (tmp_path / "sent").exists()


def test_results_of_enterprises_that_left_are_told(
    tmp_path: Path, data: Any, collect: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for place in range(2):
        one = {**data, "enterprise": {**data["enterprise"], "uscc": uscc(place), "name": f"企业{place}"}}
        (inbox / f"{place}.json").write_text(json.dumps(one), encoding="utf-8")
    for left in ("", f"{uscc(0)}_企业0_result.xlsx"):
        if left:
            (inbox / "0.json").unlink()
        collect(inbox, "-o", tmp_path / "P.xlsx")
        capsys.readouterr()
        assert main(["feedback", str(tmp_path / "P.xlsx"), "-o", str(tmp_path / "sent")]) == 0
        said = capsys.readouterr().err
        assert ("没有这家企业" in said) == bool(left) and left in said
        assert (tmp_path / "sent" / f"{uscc(0)}_企业0_result.xlsx").exists()  # moved away by people, not by us


def test_a_total_that_stops_at_a_hundred_is_no_edited_one(
    tmp_path: Path, data: Any, collect: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scores may be above 100, the total never is: it follows from them by the project's own rule."""
    guide = {**to_dict(builtin()), "options": {"score_cap": 3.0}}
    (tmp_path / "g.json").write_text(json.dumps(guide, ensure_ascii=False), encoding="utf-8")
    easy = {
        code: {**aim, "value": aim["value"] * (1e3 if code in ("2", "3", "6") else 1e-3)}
        for code, aim in data["benchmarks"].items()
    }
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps({**data, "benchmarks": easy}), encoding="utf-8")
    found = collect(tmp_path / "in", "-o", tmp_path / "P.xlsx", "--guide", tmp_path / "g.json").out["results"]
    assert [result["total"] for result in found] == [100]
    capsys.readouterr()
    assert (
        main(["feedback", str(tmp_path / "P.xlsx"), "-o", str(tmp_path / "sent"), "--guide", str(tmp_path / "g.json")])
        == 0
    )
