"""Random defects in everything that is read, through every command that reads: no trace, no hang, the right exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from jwdt_xl.cli import main, parser

from .commands import READS
from .conftest import Runner
from .mutants import mutant

#: 3,000 for a thorough look: JWDT_COMMAND_MUTANTS=3000.
MUTANTS = int(os.environ.get("JWDT_COMMAND_MUTANTS", "240"))
LIMIT = 120  # seconds for one command on one file; a guarded reader gives up after 30

Arguments = Callable[[Path], tuple[object, ...]]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory, golden: Path) -> Path:
    """One good file of each kind."""
    folder = tmp_path_factory.mktemp("sources")
    data = golden / "example_cement.json"
    (folder / "assessment.json").write_bytes(data.read_bytes())
    for command in (
        ("fill", "--data", data, "-o", folder / "return.xlsx"),
        ("guide", "show", "cement", "--to", "toml", "-o", folder / "guide.toml"),
        ("guide", "show", "cement", "--to", "json", "-o", folder / "guide.json"),
        ("guide", "show", "cement", "--to", "xlsx", "-o", folder / "guide.xlsx"),
        ("report", "--new-template", folder / "report.docx"),
        ("survey", "new", "-o", folder / "survey.xlsx"),
        ("survey", "map", "-o", folder / "map.toml"),
        ("survey", "tally", folder / "survey.xlsx", "-o", folder / "t.xlsx", "--json", folder / "tally.json"),
        ("collect", folder / "return.xlsx", "-o", folder / "portfolio.xlsx", "--store", folder / "s.sqlite"),
    ):
        assert main([str(part) for part in command]) in (0, 1), command
    planned = json.loads(data.read_text(encoding="utf-8"))
    planned["plan"] = [
        {"name": "脱硝", "changes": [{"path": "pollutants[1]", "field": "report", "value": 9e5}], "cost": 9, "life": 5},
        {"name": "少用电", "changes": [{"path": "greenhouse[2]", "field": "report", "value": "50000"}]},
    ]
    (folder / "planned.json").write_text(json.dumps(planned, ensure_ascii=False, indent=1), encoding="utf-8")
    uscc = json.loads(data.read_text(encoding="utf-8"))["enterprise"]["uscc"]
    (folder / "register.csv").write_text(
        f"统一社会信用代码,企业名称,行业代码,地区\n{uscc},水泥厂,3011,浙江\n", encoding="utf-8"
    )
    (folder / "review.csv").write_text(
        f"统一社会信用代码,事项,字段,更正值,理由,评审人,日期\n{uscc},更正,product.output.report,1200000,核对产量报表,李,2024-05-01\n",
        encoding="utf-8",
    )
    (folder / "table.csv").write_text("企业,2,3,4\na,1.5,2.5,3\nb,1.2,2.2,3.1\nc,2,3,4\n", encoding="utf-8")
    (folder / "answers.csv").write_text("1. 您的身份,4. 选择\n企业,A\n政府,B\n", encoding="utf-8")
    (folder / "paper.csv").write_text(
        "2023年能源\n能源名称,计量单位,代码,期初库存量,购进量,消费量合计,期末库存量,采用折标系数\n"
        "柴油,吨,21,1,10,10,1,1.4571\n电力,万千瓦时,33,0,5,5,0,1.229\n能源合计,吨标准煤,40,,,20.7,,\n",
        encoding="utf-8",
    )
    assert main(["import", "--suggest", str(folder / "paper.csv"), "-o", str(folder / "paper.toml")]) == 0
    confirmed = (folder / "paper.toml").read_text(encoding="utf-8").replace("confirmed = false", "confirmed = true")
    (folder / "paper.toml").write_text(confirmed, encoding="utf-8")
    register = str(folder / "register.csv")
    assert main(["campaign", "new", str(folder / "campaign"), "--register", register]) == 0
    for name in ("register", "review", "table", "answers", "paper"):
        _workbook_of(folder, name)
    words = ("genpkey", "-algorithm", "ed25519", "-out", folder / "key.pem")
    subprocess.run(["openssl", *words], check=True, capture_output=True)
    (folder / "map.csv").write_text("1. 您的身份,选项,指标\n企业,A,1\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "returns.zip", "w") as archive:
        archive.write(folder / "return.xlsx", "deep/return.xlsx")
        archive.write(folder / "assessment.json", "assessment.json")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "a@example.org", "填报", "Fri, 01 Mar 2024 10:00:00 +0800"
    mail.set_content("见附件")
    mail.add_attachment((folder / "return.xlsx").read_bytes(), "application", "octet-stream", filename="填报.xlsx")
    (folder / "mail.eml").write_bytes(mail.as_bytes())
    (folder / "box.mbox").write_bytes(b"From a@example.org Fri Mar  1 10:00:00 2024\n" + mail.as_bytes())
    return folder


def _campaign(good: Path, out: Path) -> Path:
    """One of its own to be closed."""
    if (good / "campaign").is_dir():
        shutil.copytree(good / "campaign", out / "c")
    return out / "c"


def _workbook_of(folder: Path, name: str) -> None:
    """The table as a workbook too, and as an OpenDocument sheet."""
    import csv

    import xlsxwriter

    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    cells = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        for row in rows
    )
    content = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    spaces = " ".join(
        f'xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for space in ("office", "table", "text")
    )
    with zipfile.ZipFile(folder / f"{name}.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="a">{content}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
        archive.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )


#: Each command that reads, for each kind of file it reads: how it is called with the odd file and a folder to write to.
COMMANDS: dict[str, tuple[str, Callable[[Path, Path, Path], tuple[object, ...]]]] = {
    "score": ("return.xlsx", lambda odd, good, out: ("score", odd, "--json")),
    "score-json": ("assessment.json", lambda odd, good, out: ("score", odd)),
    "score-guide": ("guide.toml", lambda odd, good, out: ("score", good / "assessment.json", "--guide", odd)),
    "score-book": ("guide.xlsx", lambda odd, good, out: ("score", good / "assessment.json", "--guide", odd)),
    "plan": ("planned.json", lambda odd, good, out: ("plan", odd)),
    "plan-target": ("return.xlsx", lambda odd, good, out: ("plan", odd, "--target", "80", "--lever", "materials[0]")),
    "plan-guide": ("guide.toml", lambda odd, good, out: ("plan", good / "planned.json", "--guide", odd, "--json")),
    "report": ("return.xlsx", lambda odd, good, out: ("report", odd, "-o", out / "r.docx")),
    "report-guide": ("guide.toml", lambda odd, good, out: ("report", good / "assessment.json", "--guide", odd, "-o", out / "r.docx")),
    "report-template": ("report.docx", lambda odd, good, out: ("report", good / "assessment.json", "--template", odd, "-o", out / "r.docx")),
    "check": ("return.xlsx", lambda odd, good, out: ("check", odd)),
    "extract": ("return.xlsx", lambda odd, good, out: ("extract", odd, "-o", out / "a.json")),
    "fill": ("return.xlsx", lambda odd, good, out: ("fill", "--from", odd, "-o", out / "f.xlsx")),
    "fill-json": ("assessment.json", lambda odd, good, out: ("fill", "--data", odd, "-o", out / "f.xlsx")),
    "template": ("guide.json", lambda odd, good, out: ("template", "--guide", odd, "-o", out / "t.xlsx")),
    "guide-build": ("guide.xlsx", lambda odd, good, out: ("guide", "build", odd, "-o", out / "g.toml")),
    "guide-show": ("guide.toml", lambda odd, good, out: ("guide", "show", odd)),
    "guide-new": ("guide.xlsx", lambda odd, good, out: ("guide", "new", "--from", odd, "-o", out / "g.xlsx")),
    "guide-benchmark": (
        "table.csv",
        lambda odd, good, out: ("guide", "benchmark", "cement", "--from", odd, "--period", "2023", "-o", out / "g.toml"),
    ),
    "guide-difference": (
        "return.xlsx",
        lambda odd, good, out: ("guide", "difference", "--new", "cement", odd, "-o", out / "d.xlsx"),
    ),
    "survey-form": ("survey.xlsx", lambda odd, good, out: ("survey", "tally", odd, "-o", out / "t.xlsx")),
    "survey-table": ("answers.csv", lambda odd, good, out: ("survey", "tally", odd, "-o", out / "t.xlsx")),
    "survey-map": (
        "map.toml",
        lambda odd, good, out: ("survey", "tally", good / "survey.xlsx", "--map", odd, "-o", out / "t.xlsx"),
    ),
    "distribute": ("register.csv", lambda odd, good, out: ("distribute", "--register", odd, "-o", out / "box", "--jobs", "1")),
    "previous": (
        "return.xlsx",
        lambda odd, good, out: (
            "distribute", "--register", good / "register.csv", "--previous", odd.parent, "-o", out / "box", "--jobs", "1",
        ),
    ),
    "benchmarks": (
        "assessment.json",
        lambda odd, good, out: (
            "distribute", "--register", good / "register.csv", "--benchmarks", odd, "-o", out / "box", "--jobs", "1",
        ),
    ),
    **{f"import-{source}": (source, lambda odd, good, out: ("import", odd, "-o", out / "a.json", "--jobs", "1"))
       for source in ("paper.csv", "paper.xlsx", "paper.ods", "returns.zip", "assessment.json")},
    "import-into": ("return.xlsx", lambda odd, good, out: ("import", good / "paper.csv", "--into", odd, "-o", out / "a.json")),
    "import-map": (
        "paper.toml",
        lambda odd, good, out: ("import", good / "paper.csv", "--map", odd, "-o", out / "a.json"),
    ),
    **{f"import-suggest-{source}": (source, lambda odd, good, out: ("import", "--suggest", odd, "-o", out / "m.toml"))
       for source in ("paper.csv", "paper.xlsx")},
    "import-guide": (
        "guide.toml",
        lambda odd, good, out: ("import", good / "paper.csv", "--guide", odd, "-o", out / "a.xlsx"),
    ),
    "collect": ("return.xlsx", lambda odd, good, out: ("collect", odd, "-o", out / "P.xlsx", "--json")),
    "review": (
        "review.csv",
        lambda odd, good, out: ("collect", good / "return.xlsx", "--review", odd, "-o", out / "P.xlsx"),
    ),
    "collect-register": (
        "register.csv",
        lambda odd, good, out: ("collect", good / "return.xlsx", "--register", odd, "-o", out / "P.xlsx"),
    ),
    "campaign-register": ("register.csv", lambda odd, good, out: ("campaign", "new", out / "c", "--register", odd)),
    "campaign-guide": (
        "guide.toml",
        lambda odd, good, out: ("campaign", "new", out / "c", "--register", good / "register.csv", "--guide", odd),
    ),
    "collect-previous": (
        "portfolio.xlsx",
        lambda odd, good, out: ("collect", good / "return.xlsx", "--previous", odd, "-o", out / "P.xlsx", "--jobs", "1"),
    ),
    "campaign-previous": ("portfolio.xlsx", lambda odd, good, out: ("campaign", "new", out / "c", "--previous", odd)),
    "campaign-key": ("key.pem", lambda odd, good, out: ("campaign", "close", _campaign(good, out), "--sign", odd, "--jobs", "1")),
    "weights-guide": ("guide.toml", lambda odd, good, out: ("guide", "weights", odd, "--from", good / "table.csv")),
    "weights": ("table.csv", lambda odd, good, out: ("guide", "weights", "cement", "--from", odd, "-o", out / "g.xlsx")),
    "study-guide": ("guide.toml", lambda odd, good, out: ("guide", "study", odd, "--from", good / "table.csv")),
    "study": ("table.csv", lambda odd, good, out: ("guide", "study", "cement", "--from", odd, "-o", out / "S.xlsx")),
    "trend": ("return.xlsx", lambda odd, good, out: ("trend", odd, good / "assessment.json", "-o", out / "T.xlsx", "--jobs", "1")),
    "trend-guide": (
        "guide.json",
        lambda odd, good, out: ("trend", good / "assessment.json", "--guide", odd, "-o", out / "T.xlsx", "--jobs", "1"),
    ),
    "sensitivity": (
        "assessment.json",
        lambda odd, good, out: ("sensitivity", odd, good / "return.xlsx", "-o", out / "S.xlsx", "--jobs", "1"),
    ),
    "sensitivity-review": (
        "review.csv",
        lambda odd, good, out: ("sensitivity", good / "assessment.json", good / "return.xlsx", "--review", odd, "-o", out / "S.xlsx", "--jobs", "1"),
    ),
    "feedback": ("portfolio.xlsx", lambda odd, good, out: ("feedback", odd, "-o", out / "box")),
    "doctor": (
        "return.xlsx",
        lambda odd, good, out: ("addin", "doctor", "--host", "lite", "--workbook", odd),
    ),
    **{
        f"{words[0]}-{source}": (source, lambda odd, good, out, words=words: (*words, odd, "-o", out / "P.xlsx", "--jobs", "1"))
        for source in ("returns.zip", "mail.eml", "box.mbox")
        for words in (("collect",), ("sensitivity",), ("survey", "tally"))
    },
    **{f"register-{source}": (source, lambda odd, good, out: ("distribute", "--register", odd, "-o", out / "box", "--jobs", "1"))
       for source in ("register.xlsx", "register.ods")},
    **{f"review-{source}": (source, lambda odd, good, out: ("collect", good / "return.xlsx", "--review", odd, "-o", out / "P.xlsx"))
       for source in ("review.xlsx", "review.ods")},
    **{f"table-{source}": (source, lambda odd, good, out: ("guide", "benchmark", "cement", "--from", odd, "--period", "2023"))
       for source in ("table.xlsx", "table.ods")},
    **{f"answers-{source}": (source, lambda odd, good, out: ("survey", "tally", odd, "-o", out / "t.xlsx"))
       for source in ("answers.xlsx", "answers.ods")},
    # guides, in each of their forms, wherever a command takes one
    "check-guide": ("guide.json", lambda odd, good, out: ("check", good / "assessment.json", "--guide", odd)),
    "extract-guide": ("guide.xlsx", lambda odd, good, out: ("extract", good / "return.xlsx", "--guide", odd)),
    "fill-guide": ("guide.toml", lambda odd, good, out: ("fill", "--data", good / "assessment.json", "--guide", odd, "-o", out / "f.xlsx")),
    "distribute-guide": (
        "guide.json",
        lambda odd, good, out: ("distribute", "--register", good / "register.csv", "--guide", odd, "-o", out / "b", "--jobs", "1"),
    ),
    "collect-guide": ("guide.xlsx", lambda odd, good, out: ("collect", good / "return.xlsx", "--guide", odd, "-o", out / "P.xlsx")),
    "feedback-guide": ("guide.toml", lambda odd, good, out: ("feedback", good / "portfolio.xlsx", "--guide", odd, "-o", out / "b")),
    "sensitivity-guide": (
        "guide.json",
        lambda odd, good, out: ("sensitivity", good / "assessment.json", "--guide", odd, "-o", out / "S.xlsx", "--jobs", "1"),
    ),
    "schema-guide": ("guide.toml", lambda odd, good, out: ("schema", "--guide", odd)),
    "tally-guide": ("guide.xlsx", lambda odd, good, out: ("survey", "tally", good / "survey.xlsx", "--guide", odd, "-o", out / "t.xlsx")),
    "new-own": ("guide.toml", lambda odd, good, out: ("survey", "new", "--guide", odd, "-o", out / "s.xlsx")),
    "new-own-book": ("guide.xlsx", lambda odd, good, out: ("survey", "new", "--guide", odd, "-o", out / "s.xlsx")),
    "tally-own": (
        "guide.json",
        lambda odd, good, out: ("survey", "tally", good / "survey.xlsx", "--guide", odd, "--own", "-o", out / "t.xlsx"),
    ),
    "map-guide": ("guide.json", lambda odd, good, out: ("survey", "map", "--guide", odd, "-o", out / "m.toml")),
    "map-csv": ("map.csv", lambda odd, good, out: ("survey", "tally", good / "survey.xlsx", "--map", odd, "-o", out / "t.xlsx")),
    "new-survey": ("tally.json", lambda odd, good, out: ("guide", "new", "--from", "cement", "--survey", odd, "-o", out / "g.xlsx")),
    "benchmark-guide": (
        "guide.toml",
        lambda odd, good, out: ("guide", "benchmark", odd, "--from", good / "table.csv", "--period", "2023", "-o", out / "g.toml"),
    ),
    "difference-old": (
        "guide.json",
        lambda odd, good, out: ("guide", "difference", "--old", odd, "--new", "cement", good / "assessment.json"),
    ),
    "report-group": ("portfolio.xlsx", lambda odd, good, out: ("report", "--portfolio", odd, "-o", out / "r.docx")),
    "document": ("guide.toml", lambda odd, good, out: ("guide", "document", odd, "-o", out / "g.docx")),
    "document-book": ("guide.xlsx", lambda odd, good, out: ("guide", "document", odd, "-o", out / "g.docx")),
    "build-previous": ("guide.json", lambda odd, good, out: ("guide", "build", good / "guide.xlsx", "--previous", odd, "-o", out / "g.toml")),
    "document-previous": ("guide.json", lambda odd, good, out: ("guide", "document", "cement", "--previous", odd, "-o", out / "g.docx")),
    "pack": ("guide.json", lambda odd, good, out: ("guide", "pack", odd, "-o", out / "g.zip")),
    "pack-previous": ("guide.toml", lambda odd, good, out: ("guide", "pack", "cement", "--previous", odd, "-o", out / "g.zip")),
    "pack-key": ("key.pem", lambda odd, good, out: ("guide", "pack", "cement", "--sign", odd, "-o", out / "g.zip")),
    "difference-new": ("guide.toml", lambda odd, good, out: ("guide", "difference", "--new", odd, good / "assessment.json")),
}  # fmt: skip


def test_every_argument_that_is_read_is_reached(tmp_path: Path) -> None:
    """The arguments, derived from the parser; so nothing that a command reads stays untried."""
    reached = set()
    for _, call in COMMANDS.values():
        odd = tmp_path / "in" / "odd"
        words = [str(word) for word in call(odd, tmp_path, tmp_path)]
        options = vars(parser.parse(words))
        for dest, value in options.items():
            if {str(odd), str(odd.parent)} & {str(each) for each in (value if isinstance(value, list) else [value])}:
                reached.add(
                    (" ".join(filter(None, (words[0], options.get("action") if words[0] != "addin" else None))), dest)
                )
    assert reached == set(READS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_reads(command: str, run: Runner, sources: Path, tmp_path: Path) -> None:
    source, call = COMMANDS[command]
    each = -(-MUTANTS // len(COMMANDS))
    codes = []
    for number in range(each):
        odd = tmp_path / "in" / source
        odd.parent.mkdir(exist_ok=True)
        out = tmp_path / f"out{number}"
        out.mkdir()
        seed = sum(command.encode()) * 100_000 + number
        mutant(sources / source, seed, odd)
        content = odd.read_bytes()
        begin = time.monotonic()
        done = run(*call(odd, sources, out))
        said = done.out + done.err
        assert time.monotonic() - begin < LIMIT, (seed, said)
        assert done.code in (0, 1, 2), (seed, said)
        assert "Traceback" not in said and "内部错误" not in said, (seed, said)
        assert done.code or "error " not in said, (seed, said)
        assert odd.read_bytes() == content
        codes.append(done.code)
    assert len(codes) == each


def _without_sheets(source: Path, path: Path) -> None:
    """The workbook with its list of sheets emptied, as a broken export leaves it."""
    path.parent.mkdir()
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as rest:
        for name in whole.namelist():
            content = whole.read(name).decode("utf-8", "surrogateescape")
            if name in ("xl/workbook.xml", "content.xml"):
                content = re.sub(r"<sheets>.*</sheets>", "<sheets/>", content)
                content = re.sub(r"<table:table .*</table:table>", "", content)
                assert content.encode("utf-8", "surrogateescape") != whole.read(name)
            rest.writestr(name, content.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    "command", [key for key, (source, _) in COMMANDS.items() if source.endswith((".xlsx", ".ods"))]
)
def test_a_workbook_without_sheets(command: str, run: Runner, sources: Path, tmp_path: Path) -> None:
    source, call = COMMANDS[command]
    _without_sheets(sources / source, tmp_path / "in" / source)
    (tmp_path / "out").mkdir()
    done = run(*call(tmp_path / "in" / source, sources, tmp_path / "out"))
    # what cannot be prefilled is sent out empty, with a warning
    assert done.code == (0 if command == "previous" else 1), done
    say_what_they_want = ("doctor", "feedback", "report-group", "collect-previous", "campaign-previous")
    assert "工作簿里没有工作表" in done.out + done.err or command in say_what_they_want
