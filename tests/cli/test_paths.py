"""Every output option of every command against every input of it: derived from the parser, so that no new one is forgotten."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jwdt_xl.cli import parser, paths

from . import commands
from .conftest import Runner
from .test_outputs import digests

#: Arguments that name no file of this command: texts, an address, a profile of LibreOffice.
NO_PATHS = {"contact", "deadline", "id", "name", "period", "dask", "names", "profile", "source"}
#: For each command that reads and writes, calls that use everything it reads.
CALLS = {
    "template": ["--guide g.toml"],
    "fill": ["--data b.json --guide g.toml", "--from a1.xlsx"],
    "extract": ["a1.xlsx --guide g.json"],
    "report": ["a1.xlsx --template T.docx --guide g.toml", "--portfolio P.xlsx --template T.docx --guide g.toml"],
    "distribute": ["--register r.csv --previous in --benchmarks b.json --guide g.toml"],
    "import": ["in r.csv --into b.json --guide g.toml --map t.json"],
    "collect": ["in a1.xlsx c.zip --review r.csv --register r.csv --previous P.xlsx --guide g.toml"],
    "feedback": ["P.xlsx --guide g.toml"],
    "campaign new": ["c --register r.csv --previous P.xlsx --guide g.toml"],
    "campaign close": ["c --sign t.json"],
    "trend": ["in a1.xlsx c.zip --guide g.toml"],
    "sensitivity": ["in a1.xlsx c.zip --review r.csv --guide g.toml"],
    "guide new": ["--from g.xlsx --survey t.json"],
    "guide build": ["g.xlsx --previous g.json"],
    "guide show": ["g.toml --to json"],
    "guide benchmark": ["g.toml --from r.csv --period 2023"],
    "guide study": ["g.toml --from r.csv"],
    "guide weights": ["g.toml --from r.csv"],
    "guide document": ["g.toml --previous g.json"],
    "guide pack": ["g.toml --previous g.json --sign t.json"],
    "guide difference": ["a1.xlsx --old g.toml --new g.json"],
    "survey new": ["--guide g.toml"],
    "survey tally": ["in a1.xlsx c.zip --map g.toml --guide g.xlsx"],
    "survey map": ["--guide g.toml"],
}
PARTS = {" ".join(words): part for words, part in commands.every()}
OUTPUTS = [
    (name, action.option_strings[-1])
    for name, part in PARTS.items()
    for action in commands.arguments(part, paths.Written, paths.Store)
]


def test_every_argument_says_what_it_names() -> None:
    for name, part in PARTS.items():
        for action in part._actions:
            takes = action.nargs != 0 and action.choices is None and action.dest != "help"
            assert not takes or action.type is not None or action.dest in NO_PATHS, (name, action.dest)
        if commands.arguments(part, paths.Written, paths.Store, paths.Folder):
            assert any(action.dest == "force" for action in part._actions), name


def test_the_calls_use_all_that_is_read() -> None:
    used: set[tuple[str, str]] = set()
    for name, calls in CALLS.items():
        for call in calls:
            into = any("-o" in action.option_strings for action in PARTS[name]._actions)
            options = options_of(name, f"{call} -o x" if into else call)
            used |= {(name, dest) for dest, value in vars(options).items() if value is not None}
    writing = {
        name for name, part in PARTS.items() if commands.arguments(part, paths.Written, paths.Store, paths.Folder)
    }
    assert {read for read in commands.READS if read[0] in writing} <= used


def options_of(name: str, call: str) -> argparse.Namespace:
    return parser.parse([*name.split(), *call.split()])


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What people sent, and other names for it."""
    folder = tmp_path / "work"
    (folder / "in" / "deep").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for name in (
        "a1.xlsx",
        "b.json",
        "c.zip",
        "m.eml",
        "r.csv",
        "g.toml",
        "g.json",
        "g.xlsx",
        "t.json",
        "P.xlsx",
        "T.docx",
    ):
        for place in (Path("."), Path("in"), Path("in/deep")):
            with zipfile.ZipFile(place / name, "w") as archive:  # made by us, as far as can be seen, but no result
                archive.writestr("docProps/core.xml", f"jwdt-xl {name} {place}")
                archive.writestr("held.xlsx", "")
    Path("linked").symlink_to(".")
    return folder


def ways(source: str) -> list[str]:
    """Other ways to name a file, and where nothing can be written."""
    name = source.replace("/", "-")
    Path(f"sym-{name}").symlink_to(source)
    Path(f"hard-{name}").hardlink_to(source)
    return [
        source, f"./in/../{source}", os.path.abspath(source), f"linked/{source}", f"sym-{name}", f"hard-{name}",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "option"), OUTPUTS)
def test_no_output_is_an_input(run: Runner, inbox: Path, name: str, option: str) -> None:
    before, tried = digests(inbox), 0
    for call in CALLS.get(name, ()):
        for source in paths.named(options_of(name, f"{call} -o x"), paths.Read):
            inside = [f"{source}/a1.xlsx", f"{source}/c.zip", f"{source}/m.eml", f"{source}/deep/b.json"]
            for file in inside if os.path.isdir(source) else [source]:
                for target in [*ways(file), "in"]:
                    for force in ((), ("--force",)):
                        others = () if option == "--output" else ("-o", "new.xlsx")
                        done = run(*name.split(), *call.split(), *others, option, target, *force, "--lang", "en")
                        said = (name, call, option, target, done.err)
                        assert done.code in (1, 2) and "Traceback" not in done.err, said
                        assert (
                            "not overwritten" in done.err or "must be" in done.err or "no regular file" in done.err
                        ), said
                        tried += 1
                for link in inbox.glob("*-*"):
                    link.unlink()
    assert digests(inbox) == before
    assert tried or name == "functions"  # which reads nothing


@pytest.mark.parametrize(("name", "option"), OUTPUTS)
def test_no_output_is_in_what_is_no_folder(run: Runner, inbox: Path, name: str, option: str) -> None:
    """c.zip/x.xlsx looks like a file in an archive, and is none that can be written."""
    before = digests(inbox)
    others = () if option == "--output" else ("-o", "new.xlsx")
    for call in CALLS.get(name, [""]):
        done = run(*name.split(), *call.split(), *others, option, "c.zip/x.xlsx", "--lang", "en")
        assert done.code in (1, 2) and "Traceback" not in done.err, done
    assert digests(inbox) == before


@pytest.mark.parametrize(
    ("call", "produced"),
    [
        ("distribute --register {} -o box", "manifest.csv"),
        ("distribute --register r.csv --benchmarks {} -o box", "91330500MA2000001Q_甲.xlsx"),
        ("distribute --register r.csv --previous box -o box", "91330500MA2000001Q_甲.xlsx"),
        ("distribute --register previous.csv -o box", "91330500MA2000001Q_甲.xlsx"),
        ("feedback {} -o box", "manifest.csv"),
        ("template --guide {} --all box", "cement-demo-template-excel-zh.xlsx"),
    ],
)
def test_a_folder_that_is_written_into(
    run: Runner, tmp_path: Path, filled: Path, golden: Path, monkeypatch: pytest.MonkeyPatch, call: str, produced: str
) -> None:
    """An input that lies there under the very name of what is to be written."""
    from ..portfolio.returns import uscc

    monkeypatch.chdir(tmp_path)
    produced = produced.replace("91330500MA2000001Q", uscc(1))
    Path("r.csv").write_text(f"统一社会信用代码,企业名称\n{uscc(1)},甲\n", encoding="utf-8")
    Path("previous.csv").write_text(
        f"统一社会信用代码,企业名称,上期文件\n{uscc(1)},甲,box/{produced}\n", encoding="utf-8"
    )
    content = {"manifest.csv": Path("r.csv")}.get(produced, filled)
    if call.startswith("feedback"):
        assert run("collect", filled, "-o", "P.xlsx").code in (0, 1)
        content = Path("P.xlsx")
    elif call.startswith("template"):
        assert run("guide", "show", "cement", "--to", "xlsx", "-o", "g.xlsx").code == 0
        content = Path("g.xlsx")
    place = Path("box") / produced
    place.parent.mkdir()
    place.write_bytes(content.read_bytes())
    for force in ((), ("--force",)):
        done = run(*call.format(place).split(), *force, "--lang", "en")
        assert done.code == 2 and ("not overwritten" in done.err or "must be" in done.err), done
        assert place.read_bytes() == content.read_bytes() and not list(Path("box").glob("*.bak*"))


_OTHER_NAME = """
mount --bind in IN || exit 77
{python} -m jwdt_xl.cli collect in -o IN/a1.xlsx --lang en; echo $?
"""


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a folder a second time")
def test_the_same_folder_under_a_name_that_no_rule_of_names_finds(inbox: Path) -> None:
    """As on systems that do not tell in/ from IN/: the folder is known by what the system says of it."""
    before = digests(inbox / "in")
    (inbox / "IN").mkdir()
    script = _OTHER_NAME.format(python=sys.executable)
    done = subprocess.run(
        ["unshare", "-m", "bash", "-c", script], capture_output=True, text=True, cwd=inbox, timeout=60
    )
    assert done.stdout == "2\n" and "not overwritten" in done.stderr, done
    assert digests(inbox / "in") == before


def test_two_outputs_whose_names_differ_in_case_alone(run: Runner, inbox: Path) -> None:
    done = run("sensitivity", "a1.xlsx", "-o", "new.x", "--json", "NEW.X", "--lang", "en")
    assert done.code == 2 and "two outputs" in done.err


@pytest.mark.parametrize("ending", ["-wal", "-journal", "-shm"])
def test_what_lies_beside_a_store_is_not_taken_for_a_part_of_it(run: Runner, inbox: Path, ending: str) -> None:
    """SQLite removes such a file, and a sender may call a return so."""
    odd = inbox / "in" / f"P.sqlite{ending}"
    odd.write_bytes(b"a return")
    done = run("collect", "in", "-o", "new.xlsx", "--store", "in/P.sqlite", "--lang", "en")
    assert done.code == 2 and "--store" in done.err and odd.read_bytes() == b"a return"


def test_a_bak_that_people_made_is_never_given_up(
    run: Runner, tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What --force put aside is not ours, and stays whatever is written there later."""
    monkeypatch.chdir(tmp_path)
    Path("P.json").write_bytes(b"what people keep")
    for language in ("zh", "en"):  # two results that differ
        assert (
            run(
                "sensitivity",
                filled,
                "-o",
                "S.xlsx",
                "--json",
                "P.json",
                "--force",
                "--step",
                "0.2" if language == "zh" else "0.1",
            ).code
            == 0
        )
    assert Path("P.json.bak").read_bytes() == b"what people keep" and Path("P.json.bak2").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"notes on jwdt",
        b'{"about": "jwdt-assessment/1"}',
        b"a,b\njwdt,1\n",
        b"%PDF jwdt",
        b"SQLite format 3\0" + b" jwdt" * 30,
    ],
)
def test_a_file_that_only_speaks_of_us_is_not_ours(run: Runner, tmp_path: Path, filled: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    done = run("extract", filled, "-o", tmp_path / "a.json", "--lang", "en")
    assert done.code == 2 and "--force" in done.err and (tmp_path / "a.json").read_bytes() == content
