"""A campaign in one folder: declared, sent, followed, reminded, collected in rounds, closed."""

from __future__ import annotations

import csv
import datetime
import email
import email.policy
import hashlib
import json
import os
import shutil
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jwdt_xl.cli import main
from jwdt_xl.errors import Refused
from jwdt_xl.messages import UNSEEN
from jwdt_xl.opening import outputs
from jwdt_xl.portfolio import read_file
from jwdt_xl.portfolio.campaign.register import Entry
from jwdt_xl.portfolio.campaign.yearly import declaration, log
from jwdt_xl.portfolio.campaign.yearly.assigning import assign
from jwdt_xl.portfolio.campaign.yearly.declaration import ByGuide, Declaration, read_declaration
from jwdt_xl.portfolio.campaign.yearly.status import OPEN, STATES
from jwdt_xl.portfolio.collection.guides import Guides
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import HOSTS

from .campaigns import GUIDES, IDS, Firm, data_of, fill, firms, guide_of, register
from .returns import uscc

DAY = "2026-11-29"


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def made_new(folder: Path, listed: list[Firm], by_industry: bool = True) -> Path:
    """A campaign of three guides, each for an industry."""
    folder.mkdir(exist_ok=True)
    source = register(folder / "r.csv", listed, guide=not by_industry)
    home = folder / "c"
    by = [part for name, _, _ in GUIDES for part in ("--guide", name)]
    more = ("--name", "评价", "--period", "2024", "--deadline", "2026-12-20", "--contact", "省厅 张三 0571-1")
    assert call("campaign", "new", home, "--register", source, *by, *more) == 0
    if by_industry:
        path = home / declaration.NAME
        text = path.read_text(encoding="utf-8")
        for name, code, _ in GUIDES:
            text = text.replace(f'file = "{name}"\nindustries = []', f'file = "{name}"\nindustries = ["{code[:3]}"]')
        path.write_text(text, encoding="utf-8")
    return home


def status_of(home: Path, capsys: pytest.CaptureFixture[str], *more: str) -> Any:
    capsys.readouterr()
    call("campaign", "status", home, "--json", "--on", DAY, "--jobs", 1, *more)
    return json.loads(capsys.readouterr().out)


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = made_new(tmp_path_factory.mktemp("campaign"), firms(14))
    assert call("campaign", "send", home) == 0
    return home


@pytest.fixture(scope="session")
def first_round(sent: Path, tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Path:
    """What had come at first: five good returns, and one of each fault."""
    home = tmp_path_factory.mktemp("round") / "c"
    shutil.copytree(sent, home)
    inbox, listed = home / "inbox", firms(14)
    for firm in listed[:4]:
        fill(inbox / firm.region / f"{firm.number}.xlsx", firm, golden)
    with zipfile.ZipFile(inbox / "五.zip", "w") as packed:
        packed.write(fill(inbox / "5.xlsx", listed[4], golden), "5.xlsx")
    (inbox / "5.xlsx").unlink()
    fill(inbox / "guide.xlsx", listed[5], golden, guide="paper")  # is for cement
    fill(inbox / "period.xlsx", listed[6], golden, periods={"base": "2022", "report": "2023"})
    [form] = (home / "outbox").rglob(f"{listed[7].uscc}*.xlsx")
    shutil.copy(form, inbox)
    fill(inbox / "code.xlsx", listed[8]._replace(number=3), golden)
    (inbox / f"{listed[9].uscc}.xlsx").write_bytes(b"PK\x03\x04broken")
    value = data_of(listed[10], golden)["output_value"]
    fill(inbox / "gap.xlsx", listed[10], golden, output_value={**value, "report": None})
    energy = data_of(listed[11], golden)["energy"]
    energy[0]["report"] *= 1000
    fill(inbox / "slip.xlsx", listed[11], golden, energy=energy)
    fill(inbox / "stranger.xlsx", listed[12]._replace(number=900, name="外省水泥有限公司"), golden)
    (inbox / "scan.pdf").write_bytes(b"%PDF-1.4 ")
    return home


@pytest.fixture
def home(first_round: Path, tmp_path: Path) -> Path:
    shutil.copytree(first_round, tmp_path / "c")
    return tmp_path / "c"


STATE_OF = {
    1: "ranked", 2: "ranked", 3: "ranked", 4: "ranked", 5: "ranked", 6: "rejected", 7: "rejected", 8: "blank", 9: "held",
    10: "rejected", 11: "incomplete", 12: "review", 13: "missing", 14: "missing",
}  # fmt: skip


def test_forms_by_each_ones_guide_and_the_campaigns_period(sent: Path) -> None:
    guides = {name: guide_of(name) for name, _, _ in GUIDES}
    for firm in firms(14):
        [form] = (sent / "outbox").rglob(f"{firm.uscc}*.xlsx")
        guide = guides[firm.guide]
        assert form.parent.name == guide.id
        reading = read_file(form, guide)
        assert reading.assessment is not None and reading.stamp["guide_hash"] == guide.hash
        assert (reading.assessment.periods.base, reading.assessment.periods.report) == ("2023", "2024")
        assert reading.assessment.enterprise.name == firm.name
    assert len(list((sent / "outbox").rglob("*.xlsx"))) == 14
    assert {path.parent.name for path in (sent / "outbox").rglob("manifest.csv")} == set(IDS)


def test_the_register_without_periods_takes_the_campaigns(tmp_path: Path) -> None:
    home = made_new(tmp_path, firms(2))
    head = "统一社会信用代码,企业名称,行业代码\n"
    rows = [f"{firm.uscc},{firm.name},{firm.industry_code}\n" for firm in firms(2)]
    (home / "register.csv").write_text(head + "".join(rows), encoding="utf-8")
    assert call("campaign", "send", home, "--jobs", 1) == 0
    [form] = (home / "outbox").rglob(f"{uscc(1)}*.xlsx")
    reading = read_file(form, guide_of("flat-glass"))
    assert reading.assessment is not None and reading.assessment.periods.report == "2024"


def test_sent_again_leaves_what_is_filled_in_and_names_what_is_nobodys(
    sent: Path, tmp_path: Path, golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "c"
    shutil.copytree(sent, home)
    first, second = firms(2)
    [form] = (home / "outbox").rglob(f"{first.uscc}*.xlsx")
    fill(form, first, golden)
    before = form.read_bytes()
    text = (home / "register.csv").read_text(encoding="utf-8").splitlines()
    (home / "register.csv").write_text("\n".join(line for line in text if second.uscc not in line), encoding="utf-8")
    assert call("campaign", "send", home, "--jobs", 1) == 0
    said = capsys.readouterr().err
    assert form.read_bytes() == before and "已有人填写" in said
    [line] = [line for line in said.splitlines() if "是以前的模板" in line]
    assert second.uscc in line and "登记 13 家 = 已生成 0 份 + 与已有的相同 12 份 + 未生成 1 份" in said


def test_what_became_of_everyone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = status_of(home, capsys)
    by_code = {one["uscc"]: one for one in found["enterprises"]}
    assert {firm.number: by_code[firm.uscc]["state"] for firm in firms(14)} == STATE_OF
    reasons = {firm.number: by_code[firm.uscc]["reason"] for firm in firms(14)}
    assert all(reasons[number] is None for number in (1, 2, 3, 4, 5, 13, 14))
    assert "paper-demo" in reasons[6] and "报告期是 2023" in reasons[7] and "空白表" in reasons[8]
    assert "已损坏" in reasons[10] and "缺少报告期产值" in reasons[11] and "1000 倍" in reasons[12]
    assert by_code[uscc(5)]["files"] == ["五.zip/5.xlsx"] and by_code[uscc(1)]["guide"] == "flat-glass-demo"
    assert [one["file"] for one in found["strangers"]] == ["stranger.xlsx"]
    assert (found["days_left"], found["deadline"], found["on"]) == (21, "2026-12-20", DAY)


def test_another_period_is_told_on_the_terminal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It was evaluated, so that no line of any kind was about it, and stood among the rejected."""
    call("campaign", "collect", home, "--jobs", 1)
    [line] = [line for line in capsys.readouterr().err.splitlines() if "其他报告期的填报" in line]
    assert "1 家" in line and firms(14)[6].name in line


def test_counts_are_those_of_the_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counted again by the codes of the register, from what the test put in the inbox."""
    found = status_of(home, capsys)
    counts = {(one["kind"], one["name"]): one for one in found["counts"]}
    keys = {"地区": lambda firm: firm.region, "指南": lambda firm: guide_of(firm.guide).id, "合计": lambda firm: ""}
    for kind, key in keys.items():
        for name in {key(firm) for firm in firms(14)}:
            states = Counter(STATE_OF[firm.number] for firm in firms(14) if key(firm) == name)
            one = counts.pop((kind, name))
            assert {state: one[state] for state in STATES} == {state: states[state] for state in STATES}
            assert one["all"] == sum(states.values())
            assert one["returned"] == one["all"] - states["blank"] - states["missing"]
    assert {kind for kind, _ in counts} == {"行业大类"} and sum(one["all"] for one in counts.values()) == 14


def test_the_workbook_says_what_json_says(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = status_of(home, capsys)
    book = CalamineWorkbook.from_path(str(home / "status.xlsx"))
    lead, keys, _, *rows = book.get_sheet_by_name("进度").to_python()[1:]
    assert "距期限 21 天" in lead[0] and "截至 2026-11-29" in lead[0]
    lines = [dict(zip(keys, row, strict=True)) for row in rows if row[0] and isinstance(row[2], float)]
    assert [{key: line[key] for key in (*STATES, "all", "name", "kind")} for line in lines] == [
        {key: one[key] for key in (*STATES, "all", "name", "kind")} for one in found["counts"]
    ]
    keys, _, *rows = book.get_sheet_by_name("企业").to_python()[2:]
    listed = [dict(zip(keys, row, strict=True)) for row in rows]
    assert [(line["uscc"], line["state"], line["reason"]) for line in listed] == [
        (one["uscc"], str(STATES[one["state"]]), one["reason"] or "") for one in found["enterprises"]
    ]
    assert outputs.is_result(str(home / "status.xlsx"))
    before = (home / "status.xlsx").read_bytes()
    status_of(home, capsys)
    assert (home / "status.xlsx").read_bytes() == before


def drafts(home: Path) -> dict[str, Any]:
    found = sorted((home / "letters" / DAY).glob("*.eml"))
    return {path.name: email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in found}


def test_letters_to_all_of_whom_something_is_to_come(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status_of(home, capsys, "--letters")
    found = drafts(home)
    whose = {firm.number: name for firm in firms(14) for name in found if name.startswith(firm.uscc)}
    assert set(whose) == {number for number, state in STATE_OF.items() if state in OPEN} and len(found) == 9
    texts = {number: found[name].get_content() for number, name in whose.items()}
    others = {firm.number: firm.name for firm in firms(14)}
    for number, text in texts.items():
        message = found[whose[number]]
        assert message["To"] == f"a{number}@example.cn" and message["X-Unsent"] == "1"
        assert others[number] in message["Subject"] and "2026-12-20" in text and "省厅 张三 0571-1" in text
        assert not any(name in text for other, name in others.items() if other != number), text
        assert not any(uscc(other) in text for other in others if other != number), text
    assert whose[10].endswith("_rejected.eml") and whose[6].endswith("_rejected.eml")
    assert "尚未收到" in texts[13] and "距期限还有 21 天" in texts[13] and f"{uscc(13)}_" in texts[13]
    assert "空白表" in texts[8] and "报告期是 2023" in texts[7] and "缺少报告期产值" in texts[11]
    assert "书面说明" in texts[12] and uscc(9) in texts[9]  # its own code, not the one it typed
    head, *rows = (
        CalamineWorkbook.from_path(str(home / "letters" / DAY / "letters.xlsx")).get_sheet_by_index(0).to_python()
    )
    assert {row[head.index("信件")] for row in rows} == set(found)


def test_overdue(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("campaign", "status", home, "--on", "2026-12-25", "--letters", "--jobs", 1) == 1
    assert "已过期限 5 天" in capsys.readouterr().out
    [path] = (home / "letters" / "2026-12-25").glob(f"{uscc(13)}*")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert "已过期限" in message["Subject"] and "已超过期限 5 天" in message.get_content()


def test_letters_that_are_settled_the_same_day_are_named(
    home: Path, golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status_of(home, capsys, "--letters")
    fill(home / "inbox" / "13.xlsx", firms(13)[12], golden)
    capsys.readouterr()
    call("campaign", "status", home, "--on", DAY, "--letters", "--jobs", 1)
    [line] = [line for line in capsys.readouterr().err.splitlines() if "现已不需要" in line]
    assert uscc(13) in line


def test_in_english(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call("--lang", "en", "campaign", "status", home, "--on", DAY, "--letters", "--jobs", 1)
    out, _ = capsys.readouterr()
    assert "21 days left" in out and "not yet" in out and "未交回" not in out
    [path] = (home / "letters" / DAY).glob(f"{uscc(13)}*")
    assert "has not arrived" in email.message_from_bytes(path.read_bytes(), policy=email.policy.default).get_content()


def test_rounds_tell_which_is_later_where_nothing_else_does(
    home: Path, golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    firm = firms(14)[13]
    value = data_of(firm, golden)["output_value"]
    more = {number: {**value, "report": value["report"] * (1 + number / 100)} for number in (0, 1, 2)}
    fill(home / "inbox" / "z0.xlsx", firm, golden, output_value=more[0])
    fill(home / "inbox" / "z1.xlsx", firm, golden, output_value=more[1])
    assert call("campaign", "collect", home, "--jobs", 1) == 1
    assert "第 1 轮，新收到 16 个文件" in capsys.readouterr().err
    by_code = {one["uscc"]: one for one in status_of(home, capsys)["enterprises"]}
    assert by_code[firm.uscc]["state"] == "rejected" and "无法确定最终版" in by_code[firm.uscc]["reason"]
    # of the same time of saving; a name and the times of the file system tell nothing
    fill(home / "inbox" / "a.xlsx", firm, golden, output_value=more[2])
    os.utime(home / "inbox" / "a.xlsx", (1, 1))
    by_code = {one["uscc"]: one for one in status_of(home, capsys)["enterprises"]}
    assert (by_code[firm.uscc]["state"], by_code[firm.uscc]["files"]) == ("ranked", ["a.xlsx"])
    call("campaign", "collect", home, "--jobs", 1)
    assert "第 2 轮，新收到 1 个文件" in capsys.readouterr().err
    book = (home / "portfolio" / "portfolio.xlsx").read_bytes()
    lines = (home / "log.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 18 and sum(line.startswith("2,") for line in lines) == 1
    call("campaign", "collect", home, "--jobs", 2)  # brings nothing, and changes nothing
    assert "没有新收到的文件" in capsys.readouterr().err
    assert (home / "portfolio" / "portfolio.xlsx").read_bytes() == book
    assert (home / "log.csv").read_text(encoding="utf-8-sig").splitlines() == lines


def test_documents_times_come_before_the_log(home: Path, golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    firm = firms(14)[13]
    value = data_of(firm, golden)["output_value"]
    fill(home / "inbox" / "new.xlsx", firm, golden, saved="2025-05-01T08:00:00Z")
    call("campaign", "collect", home, "--jobs", 1)
    older = {**value, "report": value["report"] * 1.02}
    fill(home / "inbox" / "old.xlsx", firm, golden, saved="2025-02-01T08:00:00Z", output_value=older)
    call("campaign", "collect", home, "--jobs", 1)
    by_code = {one["uscc"]: one for one in status_of(home, capsys)["enterprises"]}
    assert by_code[firm.uscc]["files"] == ["new.xlsx"]


def test_closed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (home / "campaign.toml").read_text(encoding="utf-8")
    assert call("campaign", "close", home, "--jobs", 1) == 1  # there are rejected files
    after = (home / "campaign.toml").read_text(encoding="utf-8")
    today = datetime.date.today().isoformat()
    assert after == before.replace('closed = ""', f'closed = "{today}"')
    assert {path.parent.name for path in (home / "results").rglob("*_result.xlsx")} <= set(IDS)
    assert len(list((home / "results").rglob("*_result.xlsx"))) == 8
    with open(home / "results" / "returns.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    assert len(rows) == 8
    for name, row in rows.items():
        if name.startswith("五.zip/"):
            content = zipfile.ZipFile(home / "inbox" / "五.zip").read("5.xlsx")
        else:
            content = (home / "inbox" / name).read_bytes()
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
    assert {row["guide_sha256"] for row in rows.values()} == {guide_of(name).sha256 for name, _, _ in GUIDES}
    capsys.readouterr()
    for action in ("send", "collect", "close"):
        assert call("campaign", action, home) == 2
        assert "已于" in capsys.readouterr().err
    assert status_of(home, capsys)["closed"] == today


def test_one_guide_or_none(tmp_path: Path, golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a guide the general rule; one portfolio and no overview."""
    listed = firms(3)
    register(tmp_path / "r.csv", listed, guide=False)
    home = tmp_path / "c"
    assert call("campaign", "new", home, "--register", tmp_path / "r.csv", "--period", "2024") == 0
    assert call("campaign", "send", home, "--jobs", 1) == 0
    forms = {path.parent.name for path in (home / "outbox").rglob("*.xlsx")}
    assert forms == {builtin().id}
    general = tmp_path / "a.json"
    data = data_of(listed[0], golden)
    example = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    general.write_text(json.dumps({**data, "benchmarks": example["benchmarks"]}), encoding="utf-8")
    assert call("fill", "--data", general, "--host", "portable", "-o", home / "inbox" / "a.xlsx") == 0
    assert call("campaign", "collect", home, "--jobs", 1) == 0
    assert [path.name for path in (home / "portfolio").glob("*.xlsx")] == ["portfolio.xlsx"]
    assert [one["state"] for one in status_of(home, capsys)["enterprises"]] == ["ranked", "missing", "missing"]
    assert call("campaign", "close", home, "--jobs", 1) == 0
    assert [path.parent for path in (home / "results").rglob("*_result.xlsx")] == [home / "results"]


def test_new_in_an_empty_folder_and_never_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "a" / "b"
    assert call("campaign", "new", home) == 0
    head = (home / "register.csv").read_text(encoding="utf-8-sig")
    assert head.startswith("统一社会信用代码,企业名称") and head.count("\n") == 1
    before = (home / "campaign.toml").read_bytes()
    assert call("campaign", "new", home, "--name", "x") == 2
    assert (home / "campaign.toml").read_bytes() == before
    capsys.readouterr()
    assert call("campaign", "send", home) == 2  # nobody is in the register yet
    assert "还没有可用的企业" in capsys.readouterr().err
    assert call("campaign", "send", tmp_path) == 1
    assert "没有 campaign.toml" in capsys.readouterr().err


def test_a_guide_file_comes_into_the_folder(tmp_path: Path) -> None:
    guide = tmp_path / "mine.toml"
    assert call("guide", "show", "paper", "--to", "toml", "-o", guide) == 0
    register(tmp_path / "r.csv", firms(2), guide=False)
    assert call("campaign", "new", tmp_path / "c", "--register", tmp_path / "r.csv", "--guide", guide) == 0
    guide.unlink()
    assert read_declaration(str(tmp_path / "c")).guides == (ByGuide("guides/mine.toml"),)
    shutil.move(tmp_path / "c", tmp_path / "moved")  # a folder that can be moved and kept
    assert call("campaign", "send", tmp_path / "moved", "--jobs", 1) == 0
    assert len(list((tmp_path / "moved" / "outbox" / "paper-demo").glob("*.xlsx"))) == 2


@pytest.mark.parametrize(
    "deadline", ["2026-13-01", "明天", "20261220", "2026-2-3", "2026-12-20 ", "２０２６-12-20", "-1"]
)
def test_a_deadline_that_is_no_date_is_refused(tmp_path: Path, deadline: str) -> None:
    assert call("campaign", "new", tmp_path / "c", f"--deadline={deadline}") == 2
    assert not (tmp_path / "c").exists()


PLAIN = st.text(max_size=60).filter(lambda text: UNSEEN.search(text) is None)


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {key: PLAIN for key in ("name", "period", "base", "contact", "register", "previous", "review")}
        | {"host": st.sampled_from(HOSTS)}
    ),
    st.dates(),
    st.lists(
        st.tuples(PLAIN.filter(bool), st.lists(st.from_regex(r"[0-9]{1,4}", fullmatch=True)).map(tuple)), max_size=3
    ),
)
def test_a_declaration_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str], day: datetime.date, guides: list[Any]
) -> None:
    declared = Declaration(**texts, deadline=day.isoformat(), guides=tuple(ByGuide(*each) for each in guides))
    folder = tmp_path_factory.mktemp("d")
    (folder / declaration.NAME).write_text(declaration.written(declared), encoding="utf-8", newline="")
    assert read_declaration(str(folder)) == declared
    declaration.close(str(folder), "2027-01-31")
    assert read_declaration(str(folder)) == declared._replace(closed="2027-01-31")


GOOD = 'format = "jwdt-campaign/1"\nname = "a"\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", None, "format"),
        ('format = "other/1"\n', 1, "jwdt-campaign/1"),
        (GOOD + "deadline = 2026-12-20\n", 3, "加引号"),
        (GOOD + 'deadline = "2026-02-30"\n', 3, "YYYY-MM-DD"),
        (GOOD + "contact = 5\n", 3, "加引号"),
        (GOOD + "contact = true\n", 3, "加引号"),
        (GOOD + "contact = nan\n", 3, "加引号"),
        (GOOD + 'host = "portabel"\n', 3, "portable"),
        (GOOD + 'contact = "a\\u0000b"\n', 3, "一行文字"),
        (GOOD + 'contact = """a\nb"""\n', 3, "一行文字"),
        (GOOD + 'dead_line = "x"\n', 3, "没有“dead_line”"),
        (GOOD + "guides = 3\n", 3, "[[guides]]"),
        (GOOD + "[[guides]]\nindustries = []\n", 3, "file"),
        (GOOD + '[[guides]]\nfile = ""\n', 3, "file"),
        (GOOD + '[[guides]]\nfile = "a"\nindustries = "301"\n', 5, "industries"),
        (GOOD + '[[guides]]\nfile = "a"\nindustries = [301]\n', 5, "引号"),
        (GOOD + '[[guides]]\nfile = "a"\nindustries = ["x"]\n', 5, "行业代码"),
        (GOOD + '[[guides]]\nfile = "a"\nindustry = ["301"]\n', 5, "没有“industry”"),
        (GOOD + "name = 'b'\n", None, "TOML"),
        (GOOD + "x = [\n", None, "TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_declaration_is_told_with_its_line(
    tmp_path: Path, text: str, line: int | None, said: str
) -> None:
    path = tmp_path / declaration.NAME
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_declaration(str(tmp_path))
    found = refused.value.findings[0]
    assert found.code == "bad-campaign" and said in found.text.zh
    assert found.where == (f"{path}:{line}" if line else str(path))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00" * 10, b"PK\x03\x04", b"a" * (1 << 20) + b"b"])
def test_what_is_no_declaration_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / declaration.NAME).write_bytes(content)
    with pytest.raises(Refused):
        read_declaration(str(tmp_path))


THREE = Guides(tuple(guide_of(name) for name, _, _ in GUIDES), tuple(name for name, _, _ in GUIDES))


@pytest.mark.parametrize(
    ("entry", "industries", "right"),
    [
        ({"industry_code": "3011"}, (("30",), ("304",), ("22",)), "cement-demo"),
        ({"industry_code": "3041"}, (("30",), ("304",), ("22",)), "flat-glass-demo"),  # the longest beginning
        ({"industry_code": "3041", "guide": "paper"}, (("30",), ("304",), ("22",)), "paper-demo"),  # the column first
        ({"industry_code": "1713"}, (("30",), ("304",), ()), "paper-demo"),  # for all others
        ({"industry_code": ""}, (("30",), ("304",), ()), "paper-demo"),
        ({"industry_code": "1713"}, (("30",), ("304",), ("22",)), "no-guide-for"),
        ({"industry_code": "3011"}, (("301",), ("301",), ("22",)), "no-guide-for"),  # two of them
        ({"industry_code": "3011"}, ((), (), ("22",)), "no-guide-for"),
        ({"industry_code": "3011", "guide": "#N/A"}, (("30",), (), ("22",)), "guide-not-known"),
        ({"industry_code": "3011", "guide": "-1"}, (("30",), (), ("22",)), "guide-not-known"),
    ],
)  # fmt: skip
def test_by_which_guide(entry: dict[str, str], industries: Any, right: str) -> None:
    found = assign([Entry("r.csv:2", uscc(1), "甲", **entry)], THREE, industries)
    if right in THREE.by_id:
        assert found.guides == {uscc(1): right} and not found.findings
    else:
        assert not found.guides and [finding.code for finding in found.findings] == [right]


def test_one_reason_of_many_is_told_once() -> None:
    many = [Entry(f"r.csv:{number}", uscc(number), f"企业{number}", "1713") for number in range(2, 50)]
    [finding] = assign(many, THREE, (("30",), ("304",), ("22",))).findings
    assert finding.where == "r.csv:2" and "48 家（如 企业2）" in finding.text.zh


CONTENT = st.sampled_from([f"{number:032x}" for number in range(6)])
NAMES = st.text(min_size=1, max_size=8).filter(lambda text: UNSEEN.search(text) is None)


@settings(max_examples=60)
@given(st.lists(st.dictionaries(NAMES, CONTENT, max_size=5), max_size=5))
def test_any_rounds(tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[str, str]]) -> None:
    """The round that brought each copy of a content is kept, whatever it is called later; a round that brings nothing is none."""
    folder = str(tmp_path_factory.mktemp("log"))
    brought: dict[str, list[int]] = {}
    number = 1
    for named in rounds:
        known = log.read_log(folder)
        assert known.next == number
        assert {content: [seen for seen, _ in each] for content, each in known.seen.items()} == brought
        copies = Counter(named.values())
        found = log.seen(known, named)
        new = 0
        for content, count in copies.items():
            before = brought.get(content, [])
            more = max(0, count - len(before))
            seen = sorted(found[name] for name in named if named[name] == content)
            if count >= len(before):
                assert seen == before + [number] * more
            else:
                assert not Counter(seen) - Counter(before)
            brought[content] = before + [number] * more
            new += more
        assert log.write_round(folder, known, named, DAY) == new
        number += bool(new)


def test_an_earlier_file_sent_again_just_as_it_was_is_final(
    home: Path, golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of two of one round nothing told which is final; moving or renaming them tells nothing either."""
    firm = firms(14)[13]
    value = data_of(firm, golden)["output_value"]
    for number in (0, 1):
        more = {**value, "report": value["report"] * (1 + number / 100)}
        fill(home / "inbox" / f"z{number}.xlsx", firm, golden, output_value=more)

    def state() -> tuple[str, list[str]]:
        call("campaign", "collect", home, "--jobs", 1)
        one = {each["uscc"]: each for each in status_of(home, capsys)["enterprises"]}[firm.uscc]
        return one["state"], one["files"]

    assert state() == ("rejected", ["z0.xlsx", "z1.xlsx"])
    (home / "inbox" / "z0.xlsx").rename(home / "inbox" / "y0.xlsx")
    assert state() == ("rejected", ["y0.xlsx", "z1.xlsx"])
    (home / "inbox" / "again.xlsx").write_bytes((home / "inbox" / "y0.xlsx").read_bytes())
    assert [state(), state()] == [("ranked", ["again.xlsx"])] * 2


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "round,date,content,file\nx,2026-01-01,00,a\n", "round,date,content,file\n,,,\n", "round,date,content,file\n", "", "\udcff", "round\n1"]
)  # fmt: skip
def test_a_log_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / log.NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(Refused) as refused:
        log.read_log(str(tmp_path))
    assert refused.value.findings[0].code == "bad-log"


@pytest.mark.parametrize(("deadline", "left"), [("2026-11-29", 0), ("2026-11-28", -1), ("2026-12-29", 30), ("", None)])
def test_days_left(deadline: str, left: int | None) -> None:
    assert Declaration(deadline=deadline).days_left(datetime.date(2026, 11, 29)) == left


@settings(max_examples=80)
@given(st.data())
def test_a_declaration_that_somebody_spoilt(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Read as something, or refused with a sentence."""
    text = declaration.written(Declaration("评价", "2024", "", DAY, "张三", guides=(ByGuide("cement", ("301",)),)))
    place = data.draw(st.integers(0, len(text)))
    spoilt = text[:place] + data.draw(st.text(max_size=4)) + text[place + data.draw(st.integers(0, 6)) :]
    folder = tmp_path_factory.mktemp("d")
    (folder / declaration.NAME).write_text(spoilt, encoding="utf-8", errors="replace", newline="")
    try:
        found = read_declaration(str(folder))
    except Refused as refused:
        assert {finding.code for finding in refused.findings} == {"bad-campaign"}
    else:
        assert found.days_left(datetime.date(2026, 1, 1)) is None or found.deadline


@pytest.mark.parametrize(
    ("spoilt", "code", "said"),
    [
        (lambda home: shutil.rmtree(home / "inbox"), 0, ""),  # nothing has come: there is nobody's file
        (lambda home: (home / "register.csv").unlink(), 1, "register.csv"),
        (lambda home: (home / "register.csv").write_text("x\n1\n", encoding="utf-8"), 1, "没有找到表头"),
        (lambda home: replaced(home, 'file = "paper"', 'file = "guides/none.toml"'), 1, "none.toml"),
        (lambda home: replaced(home, 'file = "paper"', 'file = "cement"'), 1, "cement"),
        (lambda home: replaced(home, 'register = "register.csv"', 'register = "inbox"'), 1, "inbox"),
        (lambda home: replaced(home, 'review = ""', 'review = "none.csv"'), 1, "none.csv"),
    ],
)  # fmt: skip
def test_what_is_missing_in_the_folder_is_told(
    sent: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoilt: Any, code: int, said: str
) -> None:
    home = tmp_path / "c"
    shutil.copytree(sent, home)
    spoilt(home)
    capsys.readouterr()
    assert call("campaign", "status", home, "--jobs", 1) == code
    found = capsys.readouterr().err
    assert said in found and "Traceback" not in found and "内部错误" not in found


def replaced(home: Path, old: str, new: str) -> None:
    path = home / declaration.NAME
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_outputs_that_are_not_ours_stay(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "status.xlsx").write_bytes(b"my own notes")
    assert call("campaign", "status", home, "--jobs", 1) == 2
    assert (home / "status.xlsx").read_bytes() == b"my own notes"
    assert call("campaign", "status", home, "--jobs", 1, "--force") == 1
    assert (home / "status.xlsx.bak").read_bytes() == b"my own notes"


def test_nothing_that_came_is_changed(home: Path) -> None:
    def digests() -> dict[str, str]:
        files = (path for path in (home / "inbox").rglob("*") if path.is_file())
        return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before, listed = digests(), (home / "register.csv").read_bytes()
    for action in (("status", "--letters"), ("collect",), ("close",)):
        call("campaign", action[0], home, "--jobs", 1, *action[1:])
    assert digests() == before and (home / "register.csv").read_bytes() == listed
