"""No command overwrites what people sent, nor what is not its own; outputs are there whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.errors import Refused
from jwdt_xl.opening import outputs

from .conftest import Runner


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def inbox(tmp_path: Path, filled: Path, golden: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two returns, an archive, a link to a return from outside, and a table and a map beside them."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a1.xlsx").write_bytes(filled.read_bytes())
    (folder / "b.json").write_bytes((golden / "example_dyeing.json").read_bytes())
    import zipfile

    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.write(filled, "in_zip.xlsx")
    (tmp_path / "link.xlsx").symlink_to(folder / "a1.xlsx")
    (tmp_path / "hard.xlsx").hardlink_to(folder / "a1.xlsx")
    monkeypatch.chdir(tmp_path)
    return folder


OVER = ["in/a1.xlsx", "in/b.json", "in/c.zip", "link.xlsx", "hard.xlsx", "./in/../in/a1.xlsx", "in"]


@pytest.mark.parametrize("target", OVER)
@pytest.mark.parametrize(
    "command",
    [
        ("collect", "in", "-o", "{}"),
        ("collect", "in", "-o", "P.xlsx", "--table", "{}"),
        ("collect", "in", "-o", "P.xlsx", "--html", "{}"),
        ("collect", "in", "-o", "P.xlsx", "--store", "{}"),
        ("collect", "in/a1.xlsx", "in/b.json", "in/c.zip", "-o", "{}"),
        ("import", "in", "-o", "{}"),
        ("import", "--suggest", "in/b.json", "-o", "{}"),
        ("trend", "in", "-o", "{}"),
        ("sensitivity", "in", "-o", "{}"),
        ("sensitivity", "in", "-o", "S.xlsx", "--json", "{}"),
        ("survey", "tally", "in", "-o", "{}"),
        ("survey", "tally", "in", "-o", "T.xlsx", "--json", "{}"),
        ("guide", "difference", "--new", "cement", "in", "-o", "{}"),
    ],
)
def test_an_output_is_never_an_input(run: Runner, inbox: Path, command: tuple[str, ...], target: str) -> None:
    before = digests(inbox)
    for force in ((), ("--force",)):
        done = run(*(part.format(target) for part in command), *force, "--lang", "en")
        assert done.code in (1, 2), done
        assert "Traceback" not in done.err and (
            "not overwritten" in done.err
            or "must be" in done.err
            or "cannot be" in done.err
            or "no regular file" in done.err
            or "needs no map" in done.err  # refused before anything is written
        ), done.err
        assert digests(inbox) == before


def test_into_the_folder_of_returns(run: Runner, inbox: Path) -> None:
    """A portfolio may lie there, and be written anew: it is no return."""
    before = digests(inbox)
    for _ in range(2):
        assert run("collect", "in", "-o", "in/P.xlsx").code in (0, 1)
    assert {name: digest for name, digest in digests(inbox).items() if name in before} == before
    first = digests(inbox)["P.xlsx"]
    (inbox / "b.json").unlink()
    done = run("collect", "in", "-o", "in/P.xlsx")
    assert digests(inbox)["P.xlsx"] != first == digests(inbox)["P.xlsx.bak"] and "P.xlsx.bak" in done.err


@pytest.mark.parametrize("name", ["notes.json", "notes.JSON", "empty.json"])
def test_what_is_not_ours_needs_force(run: Runner, inbox: Path, name: str) -> None:
    content = b"" if name.startswith("empty") else b"PK\x03\x04 or what people keep"
    Path(name).write_bytes(content)
    done = run("extract", "in/a1.xlsx", "-o", name, "--lang", "en")
    if not content:
        assert done.code == 0
        return
    assert done.code == 2 and "--force" in done.err and Path(name).read_bytes() == content
    assert run("extract", "in/a1.xlsx", "-o", name, "--force").code == 0
    assert json.loads(Path(name).read_text(encoding="utf-8"))["format"] == "jwdt-assessment/1"
    assert Path(f"{name}.bak").read_bytes() == content


def test_every_form_that_stood_there_is_kept(run: Runner, inbox: Path, filled: Path) -> None:
    Path("f.xlsx").write_bytes(filled.read_bytes())
    for number, data in enumerate(("b.json", "a1.xlsx", "b.json")):
        option = "--data" if data.endswith("json") else "--from"
        assert run("fill", option, inbox / data, "-o", "f.xlsx", "--lang", "zh" if number < 2 else "en").code == 0
    kept = sorted(path.name for path in Path().glob("f.xlsx.bak*"))
    assert kept == ["f.xlsx.bak", "f.xlsx.bak2", "f.xlsx.bak3"]
    assert Path("f.xlsx.bak").read_bytes() == filled.read_bytes()


def test_a_filled_form_survives_a_second_distribute(
    run: Runner, tmp_path: Path, filled: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.csv").write_text("统一社会信用代码,企业名称\n91110000600037341L,甲\n", encoding="utf-8")
    assert run("distribute", "--register", "r.csv", "-o", "out").code == 0
    [form] = Path("out").glob("*.xlsx")
    form.write_bytes(filled.read_bytes())
    assert run("distribute", "--register", "r.csv", "-o", "out").code == 0
    assert form.read_bytes() == filled.read_bytes() and not Path(f"{form}.bak").exists()
    assert run("distribute", "--register", "r.csv", "-o", "out", "--force").code == 0
    assert Path(f"{form}.bak").read_bytes() == filled.read_bytes()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on Windows")
@pytest.mark.parametrize("kind", ["fifo", "folder", "dangling", "device"])
def test_odd_places(run: Runner, inbox: Path, kind: str) -> None:
    place = Path("odd.xlsx")
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "dangling":
        place.symlink_to("nowhere/at/all.xlsx")
    else:
        place.symlink_to("/dev/null")
    for command in (("extract", "in/a1.xlsx"), ("collect", "in"), ("collect", "in", "-o", "Q.xlsx", "--store")):
        target = ("odd.xlsx",) if command[-1] == "--store" else ("-o", "odd.xlsx")
        done = run(*command, *target, "--lang", "en")
        assert done.code in (1, 2) and "no regular file" in done.err, done


def test_two_outputs_are_two_files(run: Runner, inbox: Path) -> None:
    assert run("collect", "in", "-o", "x.xlsx").code in (0, 1)
    for extra in (("--table", "x.xlsx"), ("--store", "x.xlsx")):
        done = run("collect", "in", "-o", "./x.xlsx", *extra, "--lang", "en")
        assert done.code == 2 and "two outputs" in done.err


FULL = """
import sys
from jwdt_xl.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small tmpfs")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, filled: Path) -> None:
    """A file system of 300 kB in a mount namespace of its own; every output in turn finds it full."""
    source = tmp_path / "source.xlsx"
    source.write_bytes(filled.read_bytes())
    script = f"""
set -u
mount -t tmpfs -o size=300k tmpfs {tmp_path}/small || exit 77
cd {tmp_path}/small
printf '{{"format": "jwdt"}}' > old.xlsx; cp old.xlsx old.json
dd if=/dev/zero of=filler bs=1k 2>/dev/null
for command in "fill --from {source} -o old.xlsx" "extract {source} -o old.json" "template -o old.xlsx" \
    "collect {source} -o old.xlsx" "collect {source} -o old.xlsx --store {tmp_path}/s.sqlite"; do
    {sys.executable} -m jwdt_xl.cli $command --lang en >{tmp_path}/out 2>&1; code=$?
    echo "$code $(cat old.xlsx) $(cat old.json) $(grep -c Traceback {tmp_path}/out) $(grep -cE 'room|No space|full' {tmp_path}/out)"
    ls -A
done
"""
    (tmp_path / "small").mkdir()
    done = subprocess.run(["unshare", "-m", "bash", "-c", script], capture_output=True, encoding="utf-8", timeout=300)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.fail(f"no mount namespace here: {done.stderr}")
    lines = [line for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert len(lines) == 5, done.stdout + done.stderr
    for line in lines:
        code, *rest = line.split(" ", 1)
        assert code == "1" and rest[0].count('{"format": "jwdt"}') == 2 and rest[0].split()[-2] == "0", done.stdout
        assert rest[0].split()[-1] != "0", done.stdout
    assert not [line for line in done.stdout.splitlines() if line.startswith(".") and "old" in line]


def test_only_complete_files_take_their_place(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"format": "jwdt"}')
    with pytest.raises(ZeroDivisionError), outputs.new_file(str(path)) as temporary:
        Path(temporary).write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == '{"format": "jwdt"}' and [p.name for p in tmp_path.iterdir()] == ["x.json"]
    with pytest.raises(Refused, match="无法写入"), outputs.new_file(str(path)) as temporary:
        raise OSError(28, "No space left on device")
    assert [p.name for p in tmp_path.iterdir()] == ["x.json"]
