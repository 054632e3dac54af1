"""Several guides in one collection: each return by its own, as a collection by that guide alone has it, and one overview."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.opening.filenames import plain
from jwdt_xl.portfolio.book.reader import read_portfolio, read_whole
from jwdt_xl.portfolio.collection.guides import Guides, distinct
from jwdt_xl.standard.guide import builtin

from .campaigns import GUIDES, IDS, Firm, data_of, fill, firms, guide_of, register
from .returns import uscc
from .sheets import lines

Collect = Callable[..., Any]
BY = [part for name, _, _ in GUIDES for part in ("--guide", name)]


class Made(NamedTuple):
    inbox: Path
    register: Path
    firms: list[Firm]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Made:
    """Nine good returns; then one by another's guide, one that says no guide, one of no known guide, one damaged, one of nobody."""
    folder = tmp_path_factory.mktemp("several")
    listed = firms(13)
    inbox = folder / "in"
    for firm in listed[:9]:
        fill(inbox / f"{firm.number}.xlsx", firm, golden)
    assert listed[9].guide == "flat-glass"
    fill(inbox / "10.xlsx", listed[9], golden, guide="cement")
    (inbox / "11.json").write_text(json.dumps(data_of(listed[10], golden)), encoding="utf-8")
    assert main(["fill", "--data", str(golden / "example_cement.json"), "-o", str(inbox / "general.xlsx")]) == 0
    (inbox / f"{listed[12].uscc}.xlsx").write_bytes(b"PK\x03\x04broken")
    (inbox / "nobody.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    (inbox / "scan.pdf").write_bytes(b"%PDF-1.4 ")
    return Made(inbox, register(folder / "r.csv", listed), listed)


@pytest.fixture
def done(made: Made, tmp_path: Path, collect: Collect) -> Any:
    return collect(made.inbox, "-o", tmp_path / "p.xlsx", "--register", made.register, *BY)


def test_each_by_its_own_guide_as_by_that_guide_alone(made: Made, done: Any, tmp_path: Path, collect: Collect) -> None:
    whole = {(one["guide"], one["uscc"]): (one["total"], one["rank"]) for one in done.out["results"]}
    assert len(whole) == 10 and done.code == 1
    for (name, _, _), guide in zip(GUIDES, IDS, strict=True):
        alone = tmp_path / guide
        alone.mkdir()
        mine = [firm for firm in made.firms[:9] if firm.guide == name]
        for firm in mine:
            shutil.copy(made.inbox / f"{firm.number}.xlsx", alone)
        if made.firms[10].guide == name:
            shutil.copy(made.inbox / "11.json", alone)
        found = collect(alone, "-o", tmp_path / f"{guide}.xlsx", "--register", made.register, "--guide", name)
        assert found.out["scored"] >= 3
        assert {(guide, one["uscc"]): (one["total"], one["rank"]) for one in found.out["results"]} == {
            key: value for key, value in whole.items() if key[0] == guide
        }
        # and the ranking of its own workbook is the one of that collection, line by line
        book = tmp_path / f"p_{guide}.xlsx"
        assert lines(book, "ranking") == lines(tmp_path / f"{guide}.xlsx", "ranking")
        assert lines(book, "values") == lines(tmp_path / f"{guide}.xlsx", "values")


def test_where_every_file_went(made: Made, done: Any) -> None:
    guides = {one["file"]: (one["guide"], one["reason"]) for one in done.out["rejections"]}
    assert {name: guide for name, (guide, _) in guides.items()} == {
        "10.xlsx": "flat-glass-demo", "general.xlsx": "", f"{made.firms[12].uscc}.xlsx": "flat-glass-demo", "nobody.7z": "",
    }  # fmt: skip
    assert guides["10.xlsx"][1].index("cement-demo") < guides["10.xlsx"][1].index("登记表指定")
    assert guides["10.xlsx"][1].index("登记表指定") < guides["10.xlsx"][1].index("flat-glass-demo")
    assert "不在所给的指南之列" in guides["general.xlsx"][1] and builtin().hash in guides["general.xlsx"][1]
    assert [(one["file"], one["guide"]) for one in done.out["skipped"]] == [("scan.pdf", "")]
    assert [(one["id"], one["scored"], one["ranked"]) for one in done.out["guides"]] == [
        ("cement-demo", 3, 3), ("flat-glass-demo", 3, 3), ("paper-demo", 4, 4),
    ]  # fmt: skip


def test_the_overview(made: Made, done: Any, tmp_path: Path) -> None:
    whole = read_whole(str(tmp_path / "p.xlsx"))
    assert whole is not None and whole.language == "zh"
    assert whole.portfolios == {guide: f"p_{guide}.xlsx" for guide in IDS}
    assert all((tmp_path / book).is_file() for book in whole.portfolios.values())
    assert {line["file"] for line in whole.rejected} == {"general.xlsx", "nobody.7z"}
    table = lines(tmp_path / "p.xlsx", "overview")
    assert [(line["guide"], line["files"], line["scored"], line["rejected"]) for line in table[:3]] == [
        ("cement-demo", 3, 3, 0), ("flat-glass-demo", 5, 3, 2), ("paper-demo", 4, 4, 0),
    ]  # fmt: skip
    rest, everyone = table[3], table[4]
    assert (rest["files"], rest["rejected"], rest["skipped"]) == (3, 2, 1)
    assert (everyone["files"], everyone["scored"]) == (15, 10) and everyone["mean"] is None  # totals do not compare
    assert len(lines(tmp_path / "p.xlsx", "files")) == 15
    book = CalamineWorkbook.from_path(str(tmp_path / "p.xlsx"))
    head, *rows = [row for row in book.get_sheet_by_name("全部企业").to_python() if row[0]][2:]
    assert len(rows) == 11 and head[1] == "rank"
    regions = lines(tmp_path / "p.xlsx", "regions")
    assert sum(line["n"] for line in regions if line["kind"] == "地区") == 10
    assert {line["guide"] for line in regions} == set(IDS)


def test_another_guide_is_named_once_and_counted(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["collect", str(made.inbox), "-o", str(tmp_path / "p.xlsx"), "--register", str(made.register)]
    assert main([*arguments, "--guide", "cement", "--guide", "four-levels"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert sum("paper-demo" in line and "没有指南" in line for line in said) == 1
    [line] = [line for line in said if "没有指南“paper-demo”" in line]
    assert "共 3 个文件" in line and "2.xlsx、5.xlsx、8.xlsx" in line and "--guide" in line
    # the register's names that no guide has, each once with how many enterprises
    [missing] = [line for line in said if "登记表的指南“paper”" in line]
    assert "4 家" in missing and missing.startswith("error r.csv")


def test_with_one_guide_too(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["collect", str(made.inbox), "-o", str(tmp_path / "p.xlsx"), "--guide", "cement"]) == 1
    said = [line for line in capsys.readouterr().err.splitlines() if "没有指南" in line]
    assert len(said) == 2 and all("共 3 个文件" in line for line in said)


def test_the_same_bytes_in_any_order_and_by_any_jobs(made: Made, tmp_path: Path) -> None:
    books = []
    for turn, jobs in enumerate(("1", "2")):
        inbox = tmp_path / f"in{turn}"
        inbox.mkdir()
        names = sorted(path.name for path in made.inbox.iterdir())
        random.Random(turn).shuffle(names)
        for name in names:
            shutil.copy(made.inbox / name, inbox)
        for out in ("p", "again") if turn else ("p",):  # again: by what is in the store
            arguments = [
                "-o",
                f"{tmp_path}/{turn}/{out}/p.xlsx",
                "--store",
                f"{tmp_path}/{turn}.sqlite",
                "--jobs",
                jobs,
            ]
            main(["collect", str(inbox), "--register", str(made.register), *arguments, *BY])
            books.append({path.name: path.read_bytes() for path in (tmp_path / str(turn) / out).glob("*.xlsx")})
    assert len(books[0]) == 4 and books[0] == books[1] == books[2]


def test_feedback_of_the_overview(
    made: Made, done: Any, tmp_path: Path, golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["feedback", str(tmp_path / "p.xlsx"), "-o", str(out), *BY]) == 0
    for guide, count in zip(IDS, (3, 3, 4), strict=True):
        assert len(list((out / guide).glob("*_result.xlsx"))) == count
    letters = {path.relative_to(out).as_posix().partition("_")[0] for path in out.rglob("*.eml")}
    cement = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))["enterprise"]["uscc"]
    assert letters == {cement, *(f"flat-glass-demo/{made.firms[i].uscc}" for i in (9, 12))}
    assert "nobody.7z" in (out / "rejected.csv").read_text(encoding="utf-8-sig")
    capsys.readouterr()
    assert main(["feedback", str(tmp_path / "p.xlsx"), "-o", str(out), "--guide", "cement"]) == 2
    assert "flat-glass-demo、paper-demo" in capsys.readouterr().err
    # a portfolio of one guide as ever
    assert main(["feedback", str(tmp_path / "p_paper-demo.xlsx"), "-o", str(tmp_path / "b"), "--guide", "paper"]) == 0
    assert len(list((tmp_path / "b").glob("*_result.xlsx"))) == 4
    assert main(["feedback", str(tmp_path / "p_paper-demo.xlsx"), "-o", str(tmp_path / "b"), *BY]) == 2
    with pytest.raises(Refused) as refused:
        read_portfolio(str(tmp_path / "p.xlsx"))
    assert refused.value.findings[0].code == "portfolio-of-several" and "p_cement-demo.xlsx" in str(refused.value)


def test_page_and_table_for_each_guide(made: Made, tmp_path: Path, collect: Collect) -> None:
    more = ("--html", tmp_path / "w.html", "--table", tmp_path / "t.parquet")
    collect(made.inbox, "-o", tmp_path / "p.xlsx", "--register", made.register, *more, *BY)
    assert {path.name for path in tmp_path.glob("w*")} == {f"w_{guide}.html" for guide in IDS}
    assert {path.name for path in tmp_path.glob("t_*")} == {f"t_{guide}.parquet" for guide in IDS}


def test_a_corrected_return_closes_its_rejection(made: Made, tmp_path: Path, golden: Path, collect: Collect) -> None:
    inbox = tmp_path / "in"
    shutil.copytree(made.inbox, inbox)
    fill(inbox / "10new.xlsx", made.firms[9], golden, saved="2025-04-01T08:00:00Z")
    fill(inbox / "13new.xlsx", made.firms[12], golden, saved="2025-04-01T08:00:00Z")
    found = collect(inbox, "-o", tmp_path / "p.xlsx", "--register", made.register, *BY)
    assert {one["file"] for one in found.out["rejections"]} == {"general.xlsx", "nobody.7z"}
    assert {one["file"] for one in found.out["skipped"]} == {"10.xlsx", f"{made.firms[12].uscc}.xlsx", "scan.pdf"}


def test_without_a_register_stamps_say_it(made: Made, tmp_path: Path, collect: Collect) -> None:
    found = collect(made.inbox, "-o", tmp_path / "p.xlsx", *BY)
    guides = {one["file"]: one["guide"] for one in found.out["results"]}
    assert guides["10.xlsx"] == "cement-demo" and len(guides) == 10
    assert {one["file"]: one["guide"] for one in found.out["rejections"]}["11.json"] == ""


def test_a_review_of_what_says_no_guide(made: Made, tmp_path: Path, collect: Collect) -> None:
    """It is read once more by the guide that the register says."""
    review = tmp_path / "review.csv"
    code = made.firms[10].uscc
    review.write_text(
        f"uscc,field,decision,value,reason,verifier,date\n{code},product.output.report,correct,1000000,核对,李,2025-05-01\n",
        encoding="utf-8",
    )
    arguments = ("--register", made.register, "--review", review, *BY)
    found = collect(made.inbox, "-o", tmp_path / "p.xlsx", *arguments)
    before = collect(made.inbox, "-o", tmp_path / "q.xlsx", "--register", made.register, *BY)
    totals = [{one["file"]: one["total"] for one in each.out["results"]} for each in (found, before)]
    assert totals[0].pop("11.json") != totals[1].pop("11.json") and totals[0] == totals[1]


def test_anothers_code_is_held_by_the_group_of_its_guide(
    made: Made, tmp_path: Path, golden: Path, collect: Collect
) -> None:
    """B of cement types A's code of paper: A's return counts, and B's is held, not rejected as by another guide."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    paper, cement = made.firms[1], made.firms[2]
    shutil.copy(made.inbox / f"{paper.number}.xlsx", inbox)
    fill(inbox / "b.xlsx", cement._replace(number=paper.number), golden)
    found = collect(inbox, "-o", tmp_path / "p.xlsx", "--register", made.register, *BY)
    assert [(one["file"], one["guide"]) for one in found.out["results"]] == [(f"{paper.number}.xlsx", "paper-demo")]
    assert [(one["file"], one["guide"]) for one in found.out["held"]] == [("b.xlsx", "cement-demo")]


@pytest.mark.parametrize("names", [("cement", "cement"), ("cement", "paper", "cement")])
def test_a_guide_twice_is_refused(made: Made, tmp_path: Path, names: tuple[str, ...]) -> None:
    by = [part for name in names for part in ("--guide", name)]
    assert main(["collect", str(made.inbox), "-o", str(tmp_path / "p.xlsx"), *by]) == 1
    assert not list(tmp_path.glob("*.xlsx"))


@pytest.mark.parametrize("ids", [("纸", "纸"), ("Paper", "pAPER"), ("纸/一", "纸:一"), ("纸..", "纸")])
def test_two_of_one_identifier_are_refused(ids: tuple[str, str]) -> None:
    """Or of one name as a file: one portfolio was written over the other."""
    two = [copy(guide_of("cement")) for _ in ids]
    for guide, name in zip(two, ids, strict=True):
        guide.id = name
    with pytest.raises(Refused) as refused:
        distinct(two, ["a.toml", "b.toml"])
    assert refused.value.findings[0].code == "guide-twice" and refused.value.findings[0].where == "b.toml"


GIVEN = Guides(tuple(guide_of(name) for name, _, _ in GUIDES), ("cement", "some/where/flat-glass.toml", "paper"))


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("cement", "cement-demo"), ("cement-demo", "cement-demo"), (" CEMENT ", "cement-demo"), ("flat-glass", "flat-glass-demo"),
        ("flat-glass.toml", "flat-glass-demo"), ("ｐａｐｅｒ", "paper-demo"),
        ("造纸行业减污降碳协同增效评价指南（示范，非标准内容）", "paper-demo"),
        ("", None), ("#N/A", None), ("-1", None), ("nan", None), ("水泥", None), ("0", None),
    ],
)  # fmt: skip
def test_what_a_register_calls_a_guide(name: str, right: str | None) -> None:
    found = GIVEN.named(name)
    assert (found.id if found else None) == right


@given(
    st.dictionaries(
        st.sampled_from(["guide", "guide_hash"]),
        st.one_of(
            st.none(), st.text(max_size=20), st.sampled_from([*IDS, *GIVEN.hash.split()]), st.floats(), st.booleans()
        ),
    )
)
def test_the_guide_of_any_stamp(stamp: dict[str, Any]) -> None:
    """By its hash, whatever it is called; by its name only where it has no hash."""
    found = GIVEN.of(stamp)
    if stamp.get("guide_hash"):
        assert (found.hash if found else None) == (
            stamp["guide_hash"] if stamp["guide_hash"] in GIVEN.hash.split() else None
        )
    else:
        assert (found.id if found else None) == (stamp.get("guide") if stamp.get("guide") in IDS else None)


@given(st.text(max_size=40))
def test_an_identifier_in_a_file_name_is_no_path(name: str) -> None:
    assert not set(plain(name)) & set('/\\:*?"<>|\n\0') and plain(name).strip(".")


def test_credit_codes_of_the_campaign_are_valid(made: Made) -> None:
    assert [firm.uscc for firm in made.firms] == [uscc(number) for number in range(1, 14)]
