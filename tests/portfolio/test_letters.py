"""Letters to enterprises whose returns were rejected: drafts and a table, and nothing is sent."""

from __future__ import annotations

import email
import email.policy
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jwdt_xl.cli import main
from jwdt_xl.opening import outputs
from jwdt_xl.portfolio.campaign import letters
from jwdt_xl.portfolio.collection.reading import OF_ANOTHER_GUIDE
from jwdt_xl.workbook.parts import Sender

from .returns import Returns, uscc
from .test_rejected import A, B, broken

Collect = Callable[..., Any]


def draft(path: Path) -> Any:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


@pytest.fixture
def campaign(tmp_path: Path, returns: Returns, collect: Collect) -> Path:
    """Two scored, one rejected twice, one rejected without a known sender, and a register with addresses."""
    inbox = tmp_path / "in"
    for number in (3, 4):
        returns.write(inbox / f"{number}.xlsx", number)
    broken(returns, inbox / "a.xlsx", 1, **{"enterprise.name": A})
    broken(returns, inbox / "b.xlsx", 2, **{"enterprise.name": B, "output_value.base": "二亿"})
    (inbox / "nobody.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    names = {1: A, 2: B, 3: "企业000003", 4: "企业000004"}
    rows = [f"{name},{uscc(i)},a{i}@example.cn" for i, name in names.items()]
    (tmp_path / "r.csv").write_text("\n".join(["name,uscc,email", *rows]), encoding="utf-8")
    collect(inbox, "-o", tmp_path / "p.xlsx", "--register", tmp_path / "r.csv")
    return tmp_path / "p.xlsx"


def test_each_gets_its_own_reasons_and_cures(
    tmp_path: Path, campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["--contact", "省厅 张三 0571-1", "--deadline", "2025-06-30"]
    assert main(["feedback", str(campaign), "-o", str(out), *arguments]) == 0
    said = capsys.readouterr().err
    assert "2 份反馈、2 封退回信" in said and "1 个拒绝或暂存的文件不知道是谁的" in said
    drafts = {path.name: draft(path) for path in sorted(out.glob("*.eml"))}
    assert list(drafts) == [f"{uscc(1)}_{A}_rejected.eml", f"{uscc(2)}_{B}_rejected.eml"]
    one, two = drafts.values()
    assert one["To"] == "a1@example.cn" and two["To"] == "a2@example.cn" and one["X-Unsent"] == "1"
    assert A in one["Subject"] and B not in one["Subject"]
    text, other = (each.get_content().replace("\r\n", "\n") for each in (one, two))
    assert text.startswith(f"{A}：\n") and "文件：a.xlsx" in text and "约三亿" in text and "企业信息!" in text
    assert "2025-06-30" in text and "省厅 张三 0571-1" in text
    assert "二亿" in other and "二亿" not in text.replace("约三亿", "") and A not in other
    assert [path.name for path in sorted(out.glob("*_result.xlsx"))] == [
        f"{uscc(i)}_企业00000{i}_result.xlsx" for i in (3, 4)
    ]


def test_the_table_to_merge(tmp_path: Path, campaign: Path) -> None:
    assert main(["feedback", str(campaign), "-o", str(tmp_path / "out")]) == 0
    head, *rows = CalamineWorkbook.from_path(str(tmp_path / "out" / letters.TABLE)).get_sheet_by_index(0).to_python()
    merged = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["统一社会信用代码"], row["企业名称"], row["邮箱"], row["文件"]) for row in merged] == [
        (uscc(1), A, "a1@example.cn", "a.xlsx"), (uscc(2), B, "a2@example.cn", "b.xlsx"),
    ]  # fmt: skip
    for row in merged:
        message = draft(tmp_path / "out" / row["信件"])
        assert message["Subject"] == row["主题"]
        assert message.get_content().split() == row["正文"].split()
    listed = (tmp_path / "out" / "rejected.csv").read_text(encoding="utf-8-sig")
    assert listed.startswith("file,uscc,name,region,industry_code,mail,where,reason,code") and "nobody.7z" in listed


def test_again_the_same_bytes_and_what_is_settled_is_told(
    tmp_path: Path, campaign: Path, returns: Returns, collect: Collect, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["feedback", str(campaign), "-o", str(out)]) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert main(["feedback", str(campaign), "-o", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    returns.write(tmp_path / "in" / "a2.xlsx", 1, modified="2024-03-09T08:00:00Z", name=A)
    (tmp_path / "in" / "nobody.7z").unlink()
    returns.write(tmp_path / "in" / "b2.xlsx", 2, modified="2024-03-09T08:00:00Z", name=B)
    code, made, _ = collect(tmp_path / "in", "-o", campaign, "--register", tmp_path / "r.csv")
    assert (code, made["scored"], made["rejected"]) == (0, 4, 0)
    assert main(["feedback", str(campaign), "-o", str(out)]) == 0
    said = capsys.readouterr().err
    assert said.count("是以前汇总的退回信") == 2 and "4 份反馈、0 封退回信" in said
    # the tables no longer list what is settled
    assert A not in (out / "rejected.csv").read_text(encoding="utf-8-sig")
    assert len(CalamineWorkbook.from_path(str(out / letters.TABLE)).get_sheet_by_index(0).to_python()) == 1


def test_in_english(tmp_path: Path, returns: Returns, capsys: pytest.CaptureFixture[str]) -> None:
    broken(returns, tmp_path / "in" / "a.xlsx", 1)
    main(["--lang", "en", "collect", str(tmp_path / "in"), "-o", str(tmp_path / "p.xlsx"), "--jobs", "1"])
    assert main(["feedback", str(tmp_path / "p.xlsx"), "-o", str(tmp_path / "out")]) == 0
    [path] = (tmp_path / "out").glob("*.eml")
    first, _, second, *_ = draft(path).get_content().splitlines()
    assert first == "To 企业000001" and second.startswith("the file you sent could not be evaluated")


def line(**given: Any) -> dict[str, Any]:
    return {
        "file": "f.xlsx",
        "outcome": "拒绝",
        "severity": "error",
        "where": "表!A1",
        "text": "原因 — 办法",
        "code": "x",
    } | given


def test_whom_nothing_is_written_to() -> None:
    held = line(file="h.xlsx", uscc=uscc(1), name=A, outcome="暂存")
    nameless = [
        line(file=f"{i}.xlsx", uscc=code, name=name)
        for i, (code, name) in enumerate([(None, None), ("123", "本公司"), ("", "")])
    ]
    found, unknown = letters.letters([held, *nameless])
    assert found == [] and unknown == ["h.xlsx", "0.xlsx", "1.xlsx", "2.xlsx"]


@pytest.mark.parametrize(
    ("mail", "to"),
    [
        ("a@example.cn", ["a@example.cn"]),
        ("张三 <a@example.cn>", ["a@example.cn"]),
        ("a@example.cn；b@example.cn、c@example.cn", ["a@example.cn", "b@example.cn", "c@example.cn"]),
        ("ａ＠example.cn", []),
        ("no address", []),
        ("a@b", []),
        ("", []),
        ("a@example.cn\r\nBcc: x@example.cn", []),
        ("-1", []),
        ("nan", []),
    ],
)
def test_addresses(mail: str, to: list[str]) -> None:
    assert letters.addresses(mail) == to


@given(st.text(), st.text(), st.text(), st.text(max_size=300))
def test_hostile_texts_stay_texts(mail: str, name: str, file: str, text: str) -> None:
    """No header but ours, one To at most, and what is read back is what was told."""
    import tempfile

    listed, _ = letters.letters([line(uscc=uscc(1), name=name, mail=mail, file=file, text=text)], Sender(name, text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(letters.write(listed[0], folder))
        assert path.parent == Path(folder) and os.listdir(folder) == [path.name]
        content = path.read_bytes()
        assert outputs.is_ours(str(path), letters._MARK)
    message = email.message_from_bytes(content, policy=email.policy.default)
    allowed = {"X-Mailer", "X-Unsent", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert set(message.keys()) <= allowed and len(message.keys()) == len(set(message.keys()))
    assert message.get_content().split() == listed[0].text.split()


def test_thousands_of_errors_make_a_short_letter() -> None:
    many = [line(uscc=uscc(1), name=A, where=f"表!A{i}", text=f"第 {i} 处") for i in range(3000)]
    [letter], _ = letters.letters(many)
    assert "表!A49" in letter.text and "表!A50" not in letter.text and "还有 2950 处" in letter.text


def test_a_file_of_somebody_elses_is_not_replaced(tmp_path: Path, campaign: Path) -> None:
    (tmp_path / "out").mkdir()
    theirs = tmp_path / "out" / f"{uscc(1)}_{A}_rejected.eml"
    theirs.write_text("Subject: mine\n\nkeep", encoding="utf-8")
    assert main(["feedback", str(campaign), "-o", str(tmp_path / "out")]) == 2
    assert theirs.read_text(encoding="utf-8").endswith("keep")


def test_one_that_is_open_elsewhere_costs_itself_only(
    tmp_path: Path, campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The run ended at the first one."""
    out = tmp_path / "out"
    (out / f"{uscc(3)}_企业000003_result.xlsx").mkdir(parents=True)
    (out / f"{uscc(1)}_{A}_rejected.eml").mkdir()
    (out / "manifest.csv").mkdir()
    assert main(["feedback", str(campaign), "-o", str(out)]) == 1
    said = capsys.readouterr().err
    assert said.count("无法写入") == 3 and "已生成 1 份反馈、1 封退回信，3 个文件未能写出" in said
    assert (out / f"{uscc(4)}_企业000004_result.xlsx").is_file() and (out / "rejected.csv").is_file()


@pytest.mark.parametrize(
    ("number", "goes_on"), [("EACCES", True), ("EBUSY", True), ("ENOSPC", False), ("EROFS", False)]
)
def test_a_full_disk_ends_the_run(
    tmp_path: Path, campaign: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    number: str, goes_on: bool,
) -> None:  # fmt: skip
    import errno

    real = os.replace

    def replace(source: Any, target: Any) -> None:
        if str(target).endswith("_result.xlsx"):
            raise OSError(getattr(errno, number), number)
        real(source, target)

    monkeypatch.setattr("jwdt_xl.opening.outputs.os.replace", replace)
    assert main(["feedback", str(campaign), "-o", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.count("无法写入") == (2 if goes_on else 1) and ("未能写出" in said) == goes_on
    assert bool(list((tmp_path / "out").glob("*.eml"))) == goes_on


def test_a_form_of_another_guide_is_told_in_words_for_the_enterprise() -> None:
    """The findings' cures are commands and the register's column, which are the evaluator's; and the wrong form is not to be corrected."""

    def line(code: str, text: str, severity: str = "error") -> dict[str, Any]:
        return {"file": "a.xlsx", "uscc": uscc(1), "name": A, "where": "a.xlsx", "code": code, "text": text, "severity": severity}  # fmt: skip

    wrong = "须为同一指南 — 请用 --guide 指定该指南文件，或用 jwdt fill --from 转入新模板；或更正登记表"
    for code in OF_ANOTHER_GUIDE:
        ([letter], unknown) = letters.letters([line(code, wrong)])
        assert not unknown and not any(word in letter.text for word in ("--", "jwdt", "登记表", "在原填报表中更正"))
        assert letter.text.count("本次发放的填报表") == 2
    [letter], _ = letters.letters([line("other-guide", wrong), line("not-a-number", "约三亿")])
    assert "约三亿" in letter.text and "在原填报表中更正" in letter.text and "jwdt" not in letter.text
    [letter], _ = letters.letters([line("not-a-number", "约三亿"), line("x", "另请核对", "warning")])
    assert "在原填报表中更正" in letter.text and "本次发放" not in letter.text
