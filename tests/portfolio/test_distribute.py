"""From a register to prefilled templates."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from jwdt_xl.assessment import read
from jwdt_xl.assessment.next_year import next_year
from jwdt_xl.cli import main
from jwdt_xl.opening.filenames import file_name
from jwdt_xl.portfolio import read_file
from jwdt_xl.portfolio.campaign.distribute import Settings, distribute
from jwdt_xl.portfolio.campaign.register import read_register
from jwdt_xl.workbook import Sender

from ..workbook.edit import edited
from .returns import Returns, uscc

NAMES = ("=1+1", "../../etc/passwd", "长" * 300)


def manifest(folder: Path) -> list[dict[str, str]]:
    with open(folder / "manifest.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_templates_are_prefilled_and_names_are_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["说明：登记表", "企业名称,统一社会信用代码,行业代码,地区,报告期"]
    lines += [f"{name},{uscc(i)},3011,浙江省,2024" for i, name in enumerate(NAMES)]
    lines += [f"重复,{uscc(0)},3011,浙江省,2024", "坏,91330500MA2000001X,,,"]
    (tmp_path / "register.csv").write_text("\n".join(lines), encoding="gb18030")
    before = {path for path in tmp_path.iterdir()}
    assert (
        main(
            [
                "distribute",
                "--register",
                str(tmp_path / "register.csv"),
                "-o",
                str(tmp_path / "out"),
                "--jobs",
                "1",
                "--contact",
                "=园区办 0571-1",
                "--deadline",
                "2024-05-01",
            ]
        )
        == 1
    )
    err = capsys.readouterr().err
    assert "register.csv:6: 信用代码" in err and "register.csv:7" in err
    assert "登记 5 家 = 已生成 3 份 + 未生成 2 份" in err
    assert {path for path in tmp_path.iterdir()} == before | {tmp_path / "out"}
    listed = manifest(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        ["manifest.csv", *(line["file"] for line in listed)]
    )
    assert listed[0]["name"] == "'=1+1"
    assert (listed[0]["base"], listed[0]["report"]) == ("2023", "2024")
    for line, name in zip(listed, NAMES, strict=True):
        reading = read_file(tmp_path / "out" / line["file"])
        assert reading.assessment is not None, reading.findings
        assert reading.assessment.enterprise.name == name
        assert reading.assessment.enterprise.uscc == line["uscc"]
        assert reading.stamp["host"] == "portable"
        first = CalamineWorkbook.from_path(tmp_path / "out" / line["file"]).get_sheet_by_index(0).to_python()
        said = "\n".join(str(row[0]) for row in first)
        assert "=园区办 0571-1" in said and "2024-05-01" in said


def test_last_periods_report_is_the_new_base(tmp_path: Path, returns: Returns, golden: Path) -> None:
    returns.write(tmp_path / "last" / "a.xlsx", 1, factor=1.0)
    (tmp_path / "r.csv").write_text(
        f"name,uscc,report,previous\n企业000001,{uscc(1)},2024,\nB,{uscc(2)},2024,last/a.xlsx\n", encoding="utf-8"
    )
    arguments = [
        "--register",
        str(tmp_path / "r.csv"),
        "--previous",
        str(tmp_path / "last"),
        "-o",
        str(tmp_path / "out"),
    ]
    assert main(["distribute", *arguments, "--lang", "en", "--jobs", "1"]) == 0
    first, second = manifest(tmp_path / "out")
    reading = read_file(tmp_path / "out" / first["file"])
    assert reading.assessment is not None
    assert reading.assessment.periods == ("2023", "2024") or reading.assessment.periods.base == "2023"
    assert reading.assessment.energy[0].base == 192500
    assert reading.assessment.energy[0].report is None
    assert reading.assessment.benchmarks["3"].value == 600
    assert second["previous"] == ""  # another enterprise's file is not used


def test_previous_files_that_cannot_be_read_are_told(
    tmp_path: Path, returns: Returns, capsys: pytest.CaptureFixture[str]
) -> None:
    returns.write(tmp_path / "last" / "sub" / "a.xlsx", 1)
    (tmp_path / "last" / "bad.xlsx").write_bytes(b"bad")
    with zipfile.ZipFile(tmp_path / "last" / "more.zip", "w") as archive:
        archive.writestr("b.xlsx", returns.write(tmp_path / "b.xlsx", 2).read_bytes())
    (tmp_path / "r.csv").write_text(
        f"name,uscc,report\n企业000001,{uscc(1)},2024\nB,{uscc(2)},2024\n", encoding="utf-8"
    )
    order = ["distribute", "--register", str(tmp_path / "r.csv"), "-o", str(tmp_path / "out"), "--jobs", "1"]
    assert main([*order, "--previous", str(tmp_path / "last")]) == 0
    err = capsys.readouterr().err
    assert "warning bad.xlsx: 不是 Excel 工作簿" in err and "warning more.zip/b.xlsx: 压缩文件中的上期文件未读取" in err
    assert [line["previous"] for line in manifest(tmp_path / "out")] == ["a.xlsx", ""]
    assert main([*order, "--previous", str(tmp_path / "nowhere")]) == 2
    assert "没有文件夹" in capsys.readouterr().err


def test_rolling_keeps_rows_and_asks_answers_anew(golden: Path) -> None:
    last = read(json.loads((golden / "example_cement.json").read_text(encoding="utf-8")))
    rolled = next_year(last)
    assert (rolled.periods.base, rolled.periods.report) == ("2023", "2024")
    assert len(rolled.pollutants) == len(last.pollutants)
    assert rolled.policy.recommended is None
    assert rolled.product.output.base == last.product.output.report


def test_an_id_stored_as_a_number_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Credit code", "Company", "Industry code"])
        sheet.write_row(1, 0, [913305000000000000, "A", 610])
        sheet.write_row(2, 0, [uscc(7), "B", 610])
    register = read_register(str(path))
    assert [finding.code for finding in register.findings] == ["id-as-number"]
    assert [(entry.uscc, entry.industry_code) for entry in register.entries] == [(uscc(7), "0610")]


@pytest.mark.parametrize(
    "name", ["", "=x", "../..", "CON", "a" * 400, "长" * 400, ".hidden", "a/b\\c:d", "\u202egnp.exe"]
)
def test_file_names(name: str) -> None:
    made = file_name("91330500MA2B2C3D4T", name, ".xlsx")
    assert made.startswith("91330500MA2B2C3D4T") and made.endswith(".xlsx")
    assert not set(made) & set('/\\:*?"<>|=\n') and ".." not in made
    assert len(made.encode()) < 200


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_form_that_somebody_filled_in_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    """Sent again: what is as it was sent is left, what was filled in stays and is told; --force keeps it as .bak."""
    lines = ["企业名称,统一社会信用代码", *(f"企业{i},{uscc(i)}" for i in range(9))]
    (tmp_path / "register.csv").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    call = ["distribute", "--register", str(tmp_path / "register.csv"), "-o", str(out), "--jobs", jobs]
    assert main(call) == 0
    sent = {path.name: path.read_bytes() for path in out.iterdir()}
    one, other = sorted(path for path in out.iterdir() if path.suffix == ".xlsx")[:2]
    filled = edited(one, tmp_path / "filled.xlsx", {"企业信息!C5": "我们的企业"}).read_bytes()
    one.write_bytes(filled)
    capsys.readouterr()
    for _ in range(2):  # the manifest remembers what was sent, not what was filled in
        assert main(call) == 0
        said = capsys.readouterr().err
        assert one.name in said and "已有人填写" in said and other.name not in said
        assert "登记 9 家 = 已生成 0 份 + 与已有的相同 8 份 + 未生成 1 份" in said
        assert one.read_bytes() == filled
        assert {p.name: p.read_bytes() for p in out.iterdir() if p != one} == {
            n: b for n, b in sent.items() if n != one.name
        }
    assert main([*call, "--force"]) == 0
    assert one.read_bytes() == sent[one.name] and Path(f"{one}.bak").read_bytes() == filled


def test_only_what_would_be_another_form_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten enterprises added to a register cost ten forms; whatever else of a form changes is written."""
    out, register = tmp_path / "out", tmp_path / "register.csv"

    def sent(names: Sequence[str], *more: str) -> tuple[str, dict[str, int]]:
        lines = ["企业名称,统一社会信用代码,报告期", *(f"{name},{uscc(i)},2024" for i, name in enumerate(names))]
        register.write_text("\n".join(lines), encoding="utf-8")
        assert main(["distribute", "--register", str(register), "-o", str(out), "--jobs", "1", *more]) == 0
        said = capsys.readouterr().err
        return said[said.index("登记") : said.index("；清单")], {
            line["uscc"]: (out / line["file"]).stat().st_mtime_ns for line in manifest(out)
        }

    said, first = sent(["甲", "乙", "丙"])
    assert said == "登记 3 家 = 已生成 3 份 + 未生成 0 份"
    said, second = sent(["甲", "乙", "丙", "丁"])
    assert said == "登记 4 家 = 已生成 1 份 + 与已有的相同 3 份 + 未生成 0 份"
    assert first.items() <= second.items()
    assert sent(["甲", "乙", "丙", "丁"])[1] == second  # what the manifest says of one that was left is as before
    said, renamed = sent(["甲", "乙有限公司", "丙", "丁"])
    assert "已生成 1 份 + 与已有的相同 3 份" in said and renamed[uscc(0)] == second[uscc(0)]
    for other in (["--contact", "园区办"], ["--deadline", "2025-03-01"], ["--guide", "cement"]):
        assert "已生成 1 份" in sent(["甲"], *other)[0]
    assert "相同 1 份" in sent(["甲"], "--guide", "cement")[0]
    monkeypatch.setattr("jwdt_xl.portfolio.campaign.distribute.program", lambda: "another")
    assert "已生成 1 份 +" in sent(["甲"], "--guide", "cement")[0]
    assert "相同 1 份" in sent(["甲"], "--guide", "cement")[0]
    assert "已生成 1 份 +" in sent(["甲"], "--guide", "cement", "--force")[0]


def test_without_its_manifest_whatever_stands_there_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "register.csv").write_text(f"企业名称,统一社会信用代码\n企业,{uscc(1)}\n", encoding="utf-8")
    call = ["distribute", "--register", str(tmp_path / "register.csv"), "-o", str(tmp_path / "out"), "--jobs", "1"]
    assert main(call) == 0
    (tmp_path / "out" / "manifest.csv").unlink()
    assert main(call) == 0
    assert "未覆盖" in capsys.readouterr().err


def test_a_manifest_saved_by_another_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In another encoding: the forms as sent are still known, by their codes."""
    (tmp_path / "register.csv").write_text(f"企业名称,统一社会信用代码\n企业,{uscc(1)}\n", encoding="utf-8")
    call = ["distribute", "--register", str(tmp_path / "register.csv"), "-o", str(tmp_path / "out"), "--jobs", "1"]
    assert main(call) == 0
    listed = tmp_path / "out" / "manifest.csv"
    listed.write_text(listed.read_text(encoding="utf-8-sig"), encoding="gb18030")
    capsys.readouterr()
    assert main([*call, "--force"]) == 0 and main(call) == 0
    assert "未覆盖" not in capsys.readouterr().err


def test_periods_that_are_missing_or_swapped_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"甲,{uscc(0)},,", f"乙,{uscc(1)},2024,2023", f"丙,{uscc(2)},,2024"]
    (tmp_path / "r.csv").write_text("\n".join(["name,code*,base,report", *lines]), encoding="gbk")
    arguments = ["distribute", "--register", str(tmp_path / "r.csv"), "-o", str(tmp_path / "out"), "--jobs", "1"]
    assert main(arguments) == 0
    said = capsys.readouterr().err
    assert "r.csv:2: 登记表没有可用的基准期和报告期" in said and "r.csv:3: 基准期 2024 不在报告期 2023 之前" in said
    assert "r.csv:4" not in said
    assert [(line["base"], line["report"]) for line in manifest(tmp_path / "out")] == [
        ("", ""), ("2024", "2023"), ("2023", "2024"),
    ]  # fmt: skip


def test_periods_that_last_years_file_gives_are_not_missing(tmp_path: Path, returns: Returns) -> None:
    returns.write(tmp_path / "last" / "a.xlsx", 1, factor=1.0)
    (tmp_path / "r.csv").write_text(f"name,code,previous\n企业000001,{uscc(1)},last/a.xlsx\n", encoding="utf-8")
    register = read_register(str(tmp_path / "r.csv"))
    orders = distribute(register, str(tmp_path), Settings(None, "portable", "zh", {}, Sender()), {}, str(tmp_path))
    [(order, findings)] = orders
    assert order.assessment.periods.report and not findings
