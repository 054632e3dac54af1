"""Distributing that was broken off, or met a file that is open elsewhere: the others are written, and a form filled in stays."""

from __future__ import annotations

import builtins
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import main
from jwdt_xl.opening.processes import lives
from jwdt_xl.portfolio.campaign.manifest import MANIFEST, Sent, Written, digest, note
from jwdt_xl.workbook.series import Series

from ..workbook.edit import edited
from .returns import uscc
from .test_distribute import manifest

JOURNAL = ".jwdt-sent"
MANY = 9


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(
        "\n".join(["企业名称,统一社会信用代码,报告期", *(f"企业{i},{uscc(i)},2024" for i in range(MANY))]),
        encoding="utf-8",
    )
    return path


def call(register: Path, out: Path, jobs: int = 1) -> list[str]:
    return ["distribute", "--register", str(register), "-o", str(out), "--jobs", str(jobs)]


def forms(out: Path) -> list[Path]:
    return sorted(out.glob("*.xlsx"))


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_run_that_was_broken_off_knows_its_own_forms(
    tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moment: str
) -> None:
    """Its blank forms counted as filled in, and stayed."""
    out, real, written = tmp_path / "out", os.replace, list[str]()

    def replace(source: Any, target: Any) -> None:
        if str(target).endswith(".xlsx"):
            written.append(str(target))
            if len(written) == 4:
                if moment == "after":
                    real(source, target)
                raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("jwdt_xl.opening.outputs.os.replace", replace)
        assert main(call(register, out)) == 130
    assert len(forms(out)) == 3 + (moment == "after") and not (out / MANIFEST).exists()
    one, other, *_ = forms(out)
    filled = edited(one, tmp_path / "filled.xlsx", {"企业信息!C5": "我们的企业"}).read_bytes()
    one.write_bytes(filled)
    capsys.readouterr()
    assert main(call(register, out)) == 0
    said = capsys.readouterr().err
    kept = 2 + (moment == "after")  # of those written, one is filled in
    assert f"登记 {MANY} 家 = 已生成 {MANY - 1 - kept} 份 + 与已有的相同 {kept} 份 + 未生成 1 份" in said
    assert said.count("已有人填写") == 1
    assert one.read_bytes() == filled and len(manifest(out)) == MANY and not (out / JOURNAL).exists()
    assert {line["file"]: line["sha256"] for line in manifest(out)}[other.name] == digest(str(other))
    assert not list(out.glob("*.bak"))


@pytest.mark.skipif(os.name == "nt", reason="no signal 9")
def test_killed_between_any_two_moments(tmp_path: Path, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    for delay in (0.6, 0.9, 1.3):
        command = [sys.executable, "-m", "jwdt_xl.cli", *call(register, out, 2)]
        running = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    _until_gone(running.pid)
    assert main(call(register, out, 2)) == 0
    assert "未生成 0 份" in capsys.readouterr().err
    assert len(forms(out)) == MANY == len(manifest(out)) and not list(out.glob("*.bak"))


def _until_gone(group: int) -> None:
    """A killed process may take a moment to die, and until then its half file is its own."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="nobody knows there")
def test_a_dead_process_is_dead_before_its_parent_has_asked() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    assert lives(child.pid)
    child.kill()
    for _ in range(200):
        if not lives(child.pid):
            break
        time.sleep(0.05)
    assert sys.platform != "linux" or not lives(child.pid)
    child.wait()
    assert not lives(child.pid)


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_that_cannot_be_written_costs_itself_only(
    tmp_path: Path, register: Path, capsys: pytest.CaptureFixture[str], jobs: int
) -> None:
    """The run ended with a sentence at the first one."""
    out = tmp_path / "out"
    assert main(call(register, out)) == 0
    blocked = forms(out)[2:4]
    for path in blocked:
        path.unlink()
        path.mkdir()
    capsys.readouterr()
    assert main(call(register, out, jobs)) == 1
    said = capsys.readouterr().err
    assert all(f"error {path}: 无法写入" in said for path in blocked) and said.count("无法写入") == 2
    assert f"登记 {MANY} 家 = 已生成 0 份 + 与已有的相同 {MANY - 2} 份 + 未生成 2 份" in said
    assert len(manifest(out)) == MANY  # what was sent before is still known
    for path in blocked:
        path.rmdir()
    assert main(call(register, out, jobs)) == 0
    assert len(forms(out)) == MANY


def test_one_that_is_open_elsewhere(
    tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on Windows: it can be neither read nor replaced."""
    out = tmp_path / "out"
    assert main(call(register, out)) == 0
    first, second, *_ = forms(out)
    again = [*call(register, out), "--contact", "园区办"]
    real_open, real_replace = builtins.open, os.replace

    def opened(path: Any, *arguments: Any, **more: Any) -> Any:
        if str(path) == str(first):
            raise PermissionError(13, "in use")
        return real_open(path, *arguments, **more)

    def replace(source: Any, target: Any) -> None:
        if str(target) == str(second):
            raise PermissionError(13, "in use")
        real_replace(source, target)

    capsys.readouterr()
    with monkeypatch.context() as patched:
        patched.setattr(builtins, "open", opened)
        patched.setattr("jwdt_xl.opening.outputs.os.replace", replace)
        assert main(again) == 1
    said = capsys.readouterr().err
    assert f"error {first}: 无法写入（in use）" in said and f"error {second}: 无法写入（in use）" in said
    assert f"已生成 {MANY - 2} 份 + 未生成 2 份" in said and len(manifest(out)) == MANY
    assert main(call(register, out)) == 0


def test_a_manifest_that_is_open_elsewhere(
    tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The forms are written, and known when it runs again."""
    out, real = tmp_path / "out", os.replace

    def replace(source: Any, target: Any) -> None:
        if os.path.basename(target) == MANIFEST:
            raise PermissionError(13, "in use")
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr("jwdt_xl.opening.outputs.os.replace", replace)
        assert main(call(register, out)) == 1
    said = capsys.readouterr().err
    assert said.count("无法写入") == 1 and f"已生成 {MANY} 份" in said and (out / JOURNAL).is_file()
    assert main(call(register, out)) == 0
    assert "已有人填写" not in capsys.readouterr().err and len(manifest(out)) == MANY and not (out / JOURNAL).exists()


def test_a_full_disk_and_a_folder_that_cannot_be_written_end_the_run(
    tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Series, "write", full)
        assert main(call(register, out)) == 1
    assert capsys.readouterr().err.count("无法写入") == 1 and not forms(out)
    (out / JOURNAL).unlink()
    (out / JOURNAL).mkdir()  # stands for a folder in which nothing can be written
    assert main(call(register, out)) == 1
    assert capsys.readouterr().err.count("无法写入") == 1 and not forms(out)


@pytest.mark.parametrize(
    "torn", [b"", b"\n\n", b"\xff\xfe\x00", b"91330500", b"a b c\n", b"nan None\n", ("一" * 5000).encode(), b"\0" * 100]
)
def test_a_torn_journal(tmp_path: Path, torn: bytes) -> None:
    form = tmp_path / "a.xlsx"
    form.write_bytes(b"form")
    note(str(form), uscc(1), str(form))
    with (tmp_path / JOURNAL).open("ab") as file:
        file.write(torn)
    written = Written(str(tmp_path))
    sent = Sent(digest(str(form)))
    assert written.stands(uscc(1), str(form)) == sent and written.stands(uscc(2), str(form)) is None
    note(str(form), uscc(2), str(form), "0" * 64)  # after a torn line too
    again = Written(str(tmp_path))
    assert again.stands(uscc(2), str(form)) == again.last(uscc(2)) == sent._replace(made_from="0" * 64)
    assert again.last("x") == Sent("")
    form.write_bytes(b"filled in")
    assert again.stands(uscc(1), str(form)) is None
