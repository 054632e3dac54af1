"""jwdt addin doctor: per host one line per check, OK or FAIL with the next step."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jwdt_xl.cli import main
from jwdt_xl.hosts import HOSTS, Host, check, workbook_check
from jwdt_xl.hosts.excel import checks as excel
from jwdt_xl.hosts.excel import config as conf
from jwdt_xl.messages import LANGUAGES

from ..opening import dialects

Doctor = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for name in ("JWDT_LANG", "XLWINGS_LICENSE_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Doctor:
    def call(*arguments: str, action: str = "doctor", language: str = "en") -> tuple[int, list[str]]:
        code = main(["addin", action, *arguments, "--lang", language])
        return code, capsys.readouterr().out.splitlines()

    return call


@pytest.fixture
def windows(home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What doctor can read on a Windows machine on which all is well; a test spoils one thing."""
    found: dict[str, object] = {
        "AccessVBOM": 1,
        "ProductReleaseIds": "O365ProPlusRetail",
        "Platform": "x64",
        "VersionToReport": "16.0.19000.1",
    }
    monkeypatch.setattr(excel, "registry", lambda root, key, name: found.get(name))
    monkeypatch.setattr(excel, "startup_folder", lambda: home)
    own = excel._file_of("xlwings", "xlwings/addin/xlwings.xlam")
    assert own is not None
    (home / "xlwings.xlam").write_bytes(own.read_bytes())
    assert main(["addin", "install", "--host", "excel"]) == 0
    return found


def test_all_is_well_on_windows(windows: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    checks = [*excel.checks()]
    failing = [str(check) for check in checks if check.ok is False]
    # on this machine only the program itself is missing
    assert len(failing) == (0 if sys.platform == "win32" else 1)
    assert all("Windows" in line for line in failing)
    assert [check.ok for check in (excel._trust(), excel._office(), excel._addin_file())] == [True, True, True]
    assert "O365ProPlusRetail" in str(excel._office()) and "x64" in str(excel._office())


def spoilt(checks: list[check.Check]) -> check.Check:
    [check] = [check for check in checks if check.ok is False and "Windows" not in check.text.en]
    assert check.step is not None
    return check


def test_trust_is_missing(windows: dict[str, object]) -> None:
    for value in (0, None):
        windows["AccessVBOM"] = value
        check = excel._trust()
        assert check.ok is False and check.step is not None and "Trust Center" in check.step.en


def test_office_cannot_be_read(windows: dict[str, object]) -> None:
    windows["ProductReleaseIds"] = None
    assert excel._office().ok is None


def test_the_add_in_is_missing_or_of_another_version(windows: dict[str, object], home: Path) -> None:
    (home / "xlwings.xlam").write_bytes(b"another")
    check = spoilt([*excel.checks()])
    assert "not that of the installed xlwings" in check.text.en and "xlwings addin install" in str(check.step)
    (home / "xlwings.xlam").unlink()
    assert "is missing" in spoilt([*excel.checks()]).text.en


@pytest.mark.parametrize(
    ("key", "value", "sentence", "step"),
    [
        (conf.UDF_MODULES, "mine", "does not name jwdt_udfs", "jwdt addin install --host excel"),
        (conf.PYTHONPATH, "/elsewhere", "does not point to the jwdt that runs", "jwdt addin install --host excel"),
        ("INTERPRETER_WIN", "/no/such/python", "cannot import jwdt_udfs", "pip install jwdt-xl"),
    ],
)
def test_the_configuration_is_wrong(windows: dict[str, object], key: str, value: str, sentence: str, step: str) -> None:
    config = conf.Config.read(conf.config_file())
    config.set(key, value)
    conf.config_file().write_bytes(config.content)
    failing = [check for check in excel.checks() if check.ok is False and sentence in check.text.en]
    assert len(failing) == 1 and step in str(failing[0].step.en if failing[0].step else "")


def test_an_interpreter_without_jwdt(windows: dict[str, object], tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "other"], check=True, timeout=120)
    config = conf.Config.read(conf.config_file())
    config.set("INTERPRETER_WIN", str(tmp_path / "other" / "bin" / "python"))
    check = excel._importable(config)
    assert check.ok is False and "No module named" in check.text.en


def test_excel_on_this_machine_from_nothing_to_installed(run: Doctor) -> None:
    code, lines = run("--host", "excel")
    assert code == 1 and any(line.startswith("FAIL") and "jwdt addin install --host excel" in line for line in lines)
    run("--host", "excel", action="install")
    code, lines = run("--host", "excel")
    marks = [line[:4] for line in lines]
    if sys.platform.startswith("linux"):
        assert code == 1 and marks == ["OK  ", "OK  ", "FAIL", "OK  ", "OK  ", "OK  "]
        assert "LibreOffice" in lines[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_host_has_its_lines(run: Doctor, language: str) -> None:
    code, lines = run(language=language)
    assert code == 0  # Lite needs nothing here
    heads = [line for line in lines if line.startswith("== ")]
    assert heads == [f"== {getattr(HOSTS[host].name, language)}" for host in HOSTS]
    rest = [line for line in lines if not line.startswith("== ")]
    assert all(line[:5] in ("OK   ", "FAIL ", "NOTE ") for line in rest)
    assert all(" — " in line for line in rest if line.startswith("FAIL"))  # always what to do next


def test_server_from_nothing_to_ready(run: Doctor, tmp_path: Path) -> None:
    code, lines = run("--host", "server")
    assert (
        code == 1
        and any("no project" in line for line in lines)
        and any("xlwings.org/pricing" in line for line in lines)
    )
    run("--host", "server", action="install")
    (tmp_path / "jwdt-server" / ".env").write_text('XLWINGS_LICENSE_KEY="noncommercial"\n')
    code, lines = run("--host", "server")
    assert code == 0 and any("PolyForm Noncommercial" in line for line in lines)
    assert any(line.startswith("NOTE") and "HTTPS" in line for line in lines)
    (tmp_path / "jwdt-server" / ".env").write_text("XLWINGS_LICENSE_KEY=abc123\n")
    assert any("PRO key" in line for line in run("--host", "server")[1])


def test_lite(run: Doctor) -> None:
    code, lines = run("--host", "lite")
    assert code == 0 and [line[:4] for line in lines] == ["OK  ", "OK  ", "NOTE"]


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from jwdt_xl.hosts.server import checks as server

    for module in (check, server):
        monkeypatch.setattr(module, "version_of", lambda package: None)
    assert "pip install xlwings" in str(check.xlwings())
    assert any("jwdt-xl[server]" in str(line) for line in server.checks())
    monkeypatch.setattr(check, "version_of", lambda package: "0.30.1")
    assert check.xlwings().ok is False


def test_it_works_where_xlwings_is_missing() -> None:
    code = (
        "import sys; sys.modules['xlwings'] = None; from jwdt_xl.hosts import doctor; sys.exit(doctor.doctor('server'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 1 and "Traceback" not in done.stderr


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_every_host_keeps_the_contract(host: Host) -> None:
    from jwdt_xl.workbook import HOSTS as EDITIONS

    assert host.edition in EDITIONS
    profile = ["profile"] if host.profiles else []
    for module, names in (("install", ("install", "status", "uninstall")), ("checks", ("checks",))):
        for name in names:
            assert list(inspect.signature(getattr(host.room(module), name)).parameters) == profile


# A workbook


def book(path: Path, *formulas: str, link: str = "") -> str:
    with zipfile.ZipFile(path, "w") as archive:
        cells = "".join(f"<c><f>{formula}</f></c>" for formula in formulas)
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet>{cells}</worksheet>")
        if link:
            relation = f'<Relationships><Relationship Target="{link}" TargetMode="External"/></Relationships>'
            archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", relation)
    return str(path)


ADDIN = "file:///C:\\Users\\a\\AppData\\Roaming\\Microsoft\\AddIns\\jwdt.xlam"


@pytest.mark.parametrize(
    ("host", "formulas", "link", "sentence"),
    [
        ("excel", ["JWDT_SCORE(A1:A9)"], "", None),
        ("libreoffice", ["1+JWDT_SCORE(A1:A9)"], "", None),
        ("lite", ["_xldudf_JWDT_SCORE(A1:A9)"], "", None),
        ("excel", ["SUM(A1)"], "", None),
        ("lite", ["JWDT_SCORE(A1:A9)"], "", "--host lite"),
        ("excel", ["_xldudf_JWDT_SCORE(A1:A9)"], "", "--host excel"),
        (None, ["JWDT_SCORE(A1)", "_xldudf_JWDT_SCORE(A1)"], "", "--host excel"),
        ("excel", ["[1]!JWDT_SCORE(A1:A9)"], ADDIN, "Edit Links"),
        ("excel", ["'C:\\x\\jwdt.xlam'!JWDT_SCORE(A1)"], "", "Edit Links"),
        ("excel", ["SUM(A1)"], ADDIN, "Edit Links"),
    ],
)
def test_a_workbook(tmp_path: Path, host: str | None, formulas: list[str], link: str, sentence: str | None) -> None:
    path = book(tmp_path / "book.xlsx", *formulas, link=link)
    failing = [check for check in workbook_check.workbook_checks(Path(path), host) if check.ok is False]
    if sentence is None:
        assert not failing
    else:
        [check] = failing
        assert check.step is not None and sentence in check.step.en


def test_what_is_no_workbook(run: Doctor, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("no zip")
    for name in ("x.xlsx", "absent.xlsx"):
        code, lines = run("--host", "lite", "--workbook", str(tmp_path / name))
        assert code == 1 and lines[-1].startswith("FAIL") and "cannot be opened" in lines[-1]


@pytest.mark.parametrize("host", ["excel", "lite", "server", "portable"])
def test_the_templates_suit_their_hosts(run: Doctor, tmp_path: Path, host: str) -> None:
    from jwdt_xl import workbook

    workbook.write(str(tmp_path / "t.xlsx"), host=host, language="en")
    checked = "excel" if host == "portable" else host
    checks = [*workbook_check.workbook_checks(tmp_path / "t.xlsx", checked)]
    assert [check.ok for check in checks] == [True, True, *([None] if host == "lite" else [])]
    assert ("JWDT_ functions" if host == "portable" else "formulas with JWDT_") in checks[0].text.en


def test_the_path_alone_is_shown(tmp_path: Path) -> None:
    path = book(
        tmp_path / "b.xlsm", "IF(A1,'C:\\Users\\li\\AddIns\\xlwings.xlam'!JWDT_SCORE(A1),0)", "1+x.xlam!JWDT_SCORE(A1)"
    )
    [check] = [check for check in workbook_check.workbook_checks(Path(path), None) if check.ok is False]
    assert check.text.en.endswith("formulas: C:\\Users\\li\\AddIns\\xlwings.xlam, x.xlam")


@pytest.mark.parametrize("dialect", ["quotes", "prefix", "utf-16", "case", "indented", "strict"])
def test_a_workbook_in_other_markup(tmp_path: Path, dialect: str) -> None:
    from jwdt_xl import workbook

    workbook.write(str(tmp_path / "t.xlsx"), host="lite", language="en")
    path = dialects.write(tmp_path / "a.xlsx", dialects.DIALECTS[dialect](dialects.parts(tmp_path / "t.xlsx")))
    before, after = (next(workbook_check.workbook_checks(each, "excel")) for each in (tmp_path / "t.xlsx", path))
    assert (after.ok, after.text) == (before.ok, before.text) and before.ok is False


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes among files")
def test_a_pipe_is_not_waited_for(run: Doctor, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.xlsx")
    code, lines = run("--host", "lite", "--workbook", str(tmp_path / "x.xlsx"))
    assert code == 1 and "no regular file" in lines[-1].replace("not a", "no")


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>")
    [check] = workbook_check.workbook_checks(tmp_path / "b.xlsx", None)
    assert check.ok is False and "document type" in check.text.en


def test_a_configuration_nearer_than_the_users_own(tmp_path: Path) -> None:
    path = Path(book(tmp_path / "b.xlsm", "JWDT_SCORE(A1)"))
    (tmp_path / "xlwings.conf").write_text('"UDF MODULES","other"\n', encoding="utf-8")
    [failing] = [check for check in workbook_check.workbook_checks(path, "excel") if check.ok is False]
    assert "does not name jwdt_udfs" in failing.text.en
    (tmp_path / "xlwings.conf").write_text('"UDF MODULES","other;jwdt_udfs"\n', encoding="utf-8")
    assert all(check.ok for check in workbook_check.workbook_checks(path, "excel"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "xl/workbook.xml", '<workbook><sheets><sheet name="xlwings.conf" sheetId="2"/></sheets></workbook>'
        )
    assert [check.ok for check in workbook_check.workbook_checks(path, "excel")] == [True, True, None]
    assert [check.ok for check in workbook_check.workbook_checks(path, None)] == [True, True]


def test_the_code_of_lite_in_a_workbook(tmp_path: Path) -> None:
    from jwdt_xl import workbook
    from jwdt_xl.hosts.lite import embedded as lite_parts

    path = tmp_path / "t.xlsx"
    workbook.write(path, host="lite")
    assert [*workbook_check.workbook_checks(path, "lite")][-1].ok is None
    lite_parts.embed(path)
    assert [*workbook_check.workbook_checks(path, "lite")][-1].ok is True
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr(
            "xl/webextensions/webextension1.xml", '<we:property name="main.py" value="&quot;import os&quot;"/>'
        )
    assert [*workbook_check.workbook_checks(tmp_path / "other.xlsx", "lite")][-1].ok is False


def test_wrong_use(run: Doctor) -> None:
    assert run("--host", "excel", "--workbook", "x.xlsx", action="status")[0] == 2
    assert run(action="install")[0] == 2
