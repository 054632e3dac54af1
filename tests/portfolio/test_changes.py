"""What a corrected return or a reviewer changed: each value with its cell, old and new, and by whom."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.cli import main
from jwdt_xl.portfolio.analysis.changes import between
from jwdt_xl.portfolio.book.contents import SHEETS
from jwdt_xl.portfolio.collection.inputs import leaves, of, row

from .campaigns import data_of, fill, firms, register
from .returns import Returns, uscc
from .sheets import lines
from .test_rejected import broken

Collect = Callable[..., Any]
LATER = "2025-04-01T08:00:00Z"


def changes(path: Path) -> list[dict[str, Any]]:
    return lines(path, "changes")


def has_changes(path: Path) -> bool:
    book = openpyxl.load_workbook(path, read_only=True)
    found = SHEETS["changes"].zh in book.sheetnames
    book.close()
    return found


def cell(path: Path, place: str) -> Any:
    """What stands in a file, as another library reads it."""
    sheet, _, address = place.partition("!")
    return openpyxl.load_workbook(path)[sheet][address].value


def test_every_value_that_differs_with_its_cell(tmp_path: Path, golden: Path, collect: Collect) -> None:
    firm = firms(3)[2]
    data = data_of(firm, golden)
    energy = [dict(each) for each in data["energy"]]
    energy[0]["report"] += 1000
    energy[1].pop("source", None)
    energy[2], energy[3] = energy[3], energy[2]  # the order tells nothing
    management = {**data["management"], "effective": not data["management"]["effective"]}
    first, last = tmp_path / "in" / "a.xlsx", tmp_path / "in" / "b.xlsx"
    fill(first, firm, golden)
    fill(last, firm, golden, saved=LATER, energy=energy, management=management, boundary="两条线")
    collect(tmp_path / "in", "-o", tmp_path / "p.xlsx", "--guide", firm.guide)
    found = changes(tmp_path / "p.xlsx")
    assert {(line["field"].partition("（")[0], line["by"]) for line in found} == {
        (field, "企业") for field in ("boundary", "energy[0].report", "energy[1].source", "management.effective")
    }
    for line in found:
        assert (line["uscc"], line["first"], line["counted"]) == (firm.uscc, "a.xlsx", "b.xlsx")
        if isinstance(line["old"], (int, float)):
            assert line["old"] == cell(first, line["place"]) and line["new"] == cell(last, line["place"])
        if line["field"].startswith("energy[1].source"):
            assert line["new"] is None and line["old"] == cell(first, line["place"])
    [coal] = [line for line in found if line["field"].startswith("energy[0]")]
    assert coal["field"].endswith("（原煤）") and coal["new"] - coal["old"] == 1000


def test_nothing_replaced_nothing_shown(tmp_path: Path, golden: Path, collect: Collect) -> None:
    firm = firms(3)[2]
    fill(tmp_path / "in" / "a.xlsx", firm, golden)
    shutil.copy(tmp_path / "in" / "a.xlsx", tmp_path / "in" / "copy.xlsx")
    collect(tmp_path / "in", "-o", tmp_path / "p.xlsx", "--guide", firm.guide)
    assert not has_changes(tmp_path / "p.xlsx")


def test_of_a_rejected_file_its_finding_and_what_stands_there_now(
    tmp_path: Path, returns: Returns, collect: Collect
) -> None:
    broken(returns, tmp_path / "in" / "a.xlsx", 1)
    (tmp_path / "in" / f"{uscc(2)}.xlsx").write_bytes(b"PK\x03\x04broken")
    for number in (1, 2):
        returns.write(tmp_path / "in" / f"new{number}.xlsx", number, modified="2024-05-01T08:00:00Z")
    collect(tmp_path / "in", "-o", tmp_path / "p.xlsx")
    by_file = {line["first"]: line for line in changes(tmp_path / "p.xlsx")}
    assert set(by_file) == {"a.xlsx", f"{uscc(2)}.xlsx"}
    typed = by_file["a.xlsx"]
    assert "约三亿" in typed["old"] and typed["field"] == "output_value.report" and typed["counted"] == "new1.xlsx"
    assert typed["new"] == cell(tmp_path / "in" / "new1.xlsx", typed["place"])
    assert "已损坏" in by_file[f"{uscc(2)}.xlsx"]["old"] and "整份" in by_file[f"{uscc(2)}.xlsx"]["new"]


def test_reviewers_beside_enterprises(tmp_path: Path, returns: Returns, collect: Collect) -> None:
    returns.write(tmp_path / "in" / "a.xlsx", 1, factor=1.0)
    returns.write(tmp_path / "in" / "b.xlsx", 1, factor=1.05, modified="2024-05-01T08:00:00Z")
    review = tmp_path / "review.csv"
    lines_of = [
        f"{uscc(1)},product.output.report,correct,1930000,核对台账,李,2024-06-01",
        f"{uscc(1)},product.output.report,correct,-5,错,李,2024-06-01",
    ]
    review.write_text("\n".join(["uscc,field,decision,value,reason,verifier,date", *lines_of]), encoding="utf-8")
    collect(tmp_path / "in", "-o", tmp_path / "p.xlsx", "--review", review)
    found = changes(tmp_path / "p.xlsx")
    assert {line["field"] for line in found if line["by"] == "企业"} == {"product.output.report", "output_value.report"}
    [reviewed] = [line for line in found if line["by"] != "企业"]  # the one that was refused changed nothing
    assert (
        reviewed["by"] == "评审：李，2024-06-01" and reviewed["new"] == "1930000" and reviewed["reason"] == "核对台账"
    )
    assert float(reviewed["old"]) == pytest.approx(1920000 * 1.05)


def test_the_same_bytes_in_any_order_and_from_the_store(tmp_path: Path, golden: Path) -> None:
    firm = firms(3)[2]
    value = data_of(firm, golden)["output_value"]
    made = tmp_path / "made"
    fill(made / "a.xlsx", firm, golden)
    fill(made / "b.xlsx", firm, golden, saved=LATER, output_value={**value, "report": 70000})
    books = []
    for turn, names in enumerate((("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx"))):
        inbox = tmp_path / f"in{turn}"
        inbox.mkdir()
        for name in names:
            shutil.copy(made / name, inbox)
        for jobs in ("1", "2"):  # the second from the store
            out = tmp_path / f"{turn}{jobs}" / "p.xlsx"
            store = ("--store", str(tmp_path / f"{turn}.sqlite"))
            assert main(["collect", str(inbox), "-o", str(out), "--guide", firm.guide, "--jobs", jobs, *store]) == 0
            books.append(out.read_bytes())
            [one] = changes(out)
            assert one["new"] == 70000
    assert len(set(books)) == 1


def test_by_several_guides(tmp_path: Path, golden: Path, collect: Collect) -> None:
    """A form of another guide that was corrected, and a value; each on the sheet of its own guide."""
    listed = firms(3)
    inbox = tmp_path / "in"
    fill(inbox / "a.xlsx", listed[1], golden, guide="cement")
    fill(inbox / "a2.xlsx", listed[1], golden, saved=LATER)
    value = data_of(listed[2], golden)["output_value"]
    fill(inbox / "b.xlsx", listed[2], golden)
    fill(inbox / "b2.xlsx", listed[2], golden, saved=LATER, output_value={**value, "report": 70000})
    by = ("--guide", "cement", "--guide", "paper")
    collect(inbox, "-o", tmp_path / "p.xlsx", "--register", register(tmp_path / "r.csv", listed), *by)
    [other] = changes(tmp_path / "p_paper-demo.xlsx")
    assert other["first"] == "a.xlsx" and "登记表指定" in other["old"]
    [typed] = changes(tmp_path / "p_cement-demo.xlsx")
    assert (typed["first"], typed["new"]) == ("b.xlsx", 70000)


CELL = st.one_of(
    st.none(), st.just(""), st.booleans(), st.integers(-(10**18), 10**18), st.floats(), st.text(max_size=5), st.sampled_from(["１２", "#N/A"])
)  # fmt: skip
ROW = st.fixed_dictionaries(
    {"energy": st.sampled_from(["煤", "油", "电"]), "base": CELL, "report": CELL, "source": CELL}
)
DATA = st.fixed_dictionaries(
    {"boundary": CELL, "product": st.fixed_dictionaries({"output": CELL}), "energy": st.lists(ROW, max_size=5)}
)


def inputs(data: Any) -> list[tuple[str, str, Any]]:
    return [(path, f"@{path}", value) for path, value in leaves(data)]


@given(st.lists(ROW, unique_by=lambda row: row["energy"]), st.randoms())
def test_the_order_of_rows_is_no_change(rows: list[Any], order: Any) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert not list(between(inputs({"energy": rows}), inputs({"energy": shuffled})))


@given(DATA, DATA)
def test_changes_are_what_turns_one_into_the_other(old: Any, new: Any) -> None:
    """Told the other way round, the same values change back; and of the same nothing does."""
    assert not list(between(inputs(old), inputs(old)))
    there = sorted(repr((was, now)) for _, _, was, now in between(inputs(old), inputs(new)))
    back = sorted(repr((now, was)) for _, _, was, now in between(inputs(new), inputs(old)))
    assert there == back
    for _, _, was, now in between(inputs(old), inputs(new)):
        assert was is not None or now is not None
        assert not (isinstance(was, float) and isinstance(now, float) and math.isnan(was) and math.isnan(now))


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        (None, "", False), ("", None, False), (1, 1.0, False), (True, 1, True), (0, False, True), (0, None, True), ("1", 1, True),
        (-5, 5, True), (1e300, 1e300, False), (math.nan, math.nan, False), (math.nan, 1, True), ("１", "1", True), ("#N/A", None, True),
    ],
)  # fmt: skip
def test_what_is_another_value(old: Any, new: Any, differs: bool) -> None:
    assert bool(list(between(inputs({"boundary": old}), inputs({"boundary": new})))) is differs


def test_a_row_of_inputs_is_read_back() -> None:
    data = {"format": "x", "boundary": "a", "energy": [{"energy": "煤", "report": 3}], "policy": {"recommended": None}}
    assert of(row(data, lambda path: f"@{path}")) == [
        ("boundary", "@boundary", "a"), ("energy[0].energy", "@energy[0].energy", "煤"), ("energy[0].report", "@energy[0].report", 3),
    ]  # fmt: skip
    assert of({"refused": True, "findings": []}) is None
