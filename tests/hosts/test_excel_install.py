"""jwdt addin … --host excel: xlwings' configuration file, and the macro Generate summary."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.cli import main
from jwdt_xl.errors import JwdtError
from jwdt_xl.hosts.excel import config as conf
from jwdt_xl.hosts.excel import summary

from . import summaries

UDFS = Path(__file__).parents[2] / "udfs"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("JWDT_LANG", raising=False)
    return tmp_path


def addin(action: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["addin", action, "--host", "excel", "--lang", "en"])
    shown = capsys.readouterr()
    return code, shown.out + shown.err


def test_the_file_is_the_one_xlwings_reads(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert addin("status", capsys)[0] == 1
    assert addin("install", capsys)[0] == 0
    code = (
        "import json, xlwings, xlwings.utils; "
        "print(json.dumps([xlwings.USER_CONFIG_FILE, xlwings.utils.read_user_config()]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60, check=True)
    file, settings = json.loads(done.stdout)
    assert Path(file) == conf.config_file()
    assert settings["udf modules"] == "jwdt_udfs"
    assert settings["interpreter_win"] == sys.executable
    # what xlwings does with it: the folder on the path, the module imported
    imported = f"import sys; sys.path.insert(0, {settings['pythonpath']!r}); import jwdt_udfs; print(jwdt_udfs.JWDT_CARBON_INTENSITY(10, 5))"
    done = subprocess.run(
        [settings["interpreter_win"], "-c", imported], capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stdout.strip() == "2000.0"
    assert addin("status", capsys)[0] == 0


@pytest.mark.parametrize(
    "before", [None, b"", b'"LICENSE_KEY","x"\n', b'"A","1"\r\n"PYTHONPATH","C:\\x;D:\\y"\r\n"UDF MODULES","mine"\r\n']
)
def test_install_keeps_what_is_there_and_uninstall_undoes_it(
    home: Path, before: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = conf.config_file()
    if before is not None:
        file.parent.mkdir(parents=True)
        file.write_bytes(before)
    for _ in range(2):  # a second time changes nothing
        code, text = addin("install", capsys)
        assert code == 0 and "Trust access" in text and str(conf.backup_file()) in text
        assert conf.backup_file().read_bytes() == (before or b"")
        config = conf.Config.read(file)
        assert config.items(conf.UDF_MODULES)[-1] == "jwdt_udfs"
        assert config.items(conf.PYTHONPATH)[-1] == str(conf.FOLDER)
        for line in (before or b"").splitlines(keepends=True):
            key = conf._parts(line)[0]
            assert line in config.content or (config.get(key) or "").startswith(conf._parts(line)[1])
    assert addin("uninstall", capsys)[0] == 0
    assert (file.read_bytes() if file.exists() else None) == (before or None)
    assert not conf.backup_file().exists()
    assert addin("uninstall", capsys) == (
        0,
        f"{conf.config_file()} does not name the JWDT functions — run: jwdt addin install --host excel\n",
    )


def test_uninstall_leaves_what_others_changed_since(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = conf.config_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(b'"UDF MODULES","mine"\n')
    addin("install", capsys)
    config = conf.Config.read(file)
    config.set("SHOW CONSOLE", "True")
    config.set_items(conf.UDF_MODULES, [*config.items(conf.UDF_MODULES), "later"])
    file.write_bytes(config.content)
    assert addin("uninstall", capsys)[0] == 0
    assert file.read_bytes() == b'"UDF MODULES","mine;later"\n"SHOW CONSOLE","True"\n'


def test_another_place_of_the_package_is_replaced(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = "C:\\old\\site-packages\\jwdt_xl\\hosts\\excel\\module"
    file = conf.config_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(f'"PYTHONPATH","C:\\x;{old}"\n"UDF MODULES","jwdt_udfs"\n'.encode())
    code, text = addin("status", capsys)
    assert code == 1 and "jwdt addin install" in text
    addin("install", capsys)
    assert conf.Config.read(file).items(conf.PYTHONPATH) == ["C:\\x", str(conf.FOLDER)]
    assert addin("status", capsys)[0] == 0


def test_another_interpreter_is_kept_and_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = conf.config_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(b'"INTERPRETER_WIN","C:\\py\\pythonw.exe"\n')
    text = addin("install", capsys)[1]
    assert "C:\\py\\pythonw.exe" in text and sys.executable in text
    assert conf.Config.read(file).get("INTERPRETER_WIN") == "C:\\py\\pythonw.exe"


def test_a_file_that_cannot_be_written_is_said_in_one_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".xlwings").write_text("a file in the place of the folder")
    code, text = addin("install", capsys)
    assert code == 1 and "cannot be written" in text and len(text.splitlines()) == 1


def test_the_module_in_udfs_is_the_one_in_the_package() -> None:
    assert (UDFS / "jwdt_udfs.py").read_bytes() == (conf.FOLDER / "jwdt_udfs.py").read_bytes()


# Generate summary, on a workbook as xlwings holds it in memory

IN_XLWINGS = """
import json, os, sys
os.environ["XLWINGS_LICENSE_KEY"] = "noncommercial"
import xlwings
book = xlwings.Book(json=json.load(sys.stdin))
book.set_mock_caller()
sys.path.insert(0, sys.argv[1])
import jwdt_udfs
jwdt_udfs.generate_summary()
print(json.dumps(book.json()["actions"]))
"""


def written(book: Any) -> list[list[Any]]:
    """The macro of the desktop module, started in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", IN_XLWINGS, str(UDFS)],
        input=json.dumps(book),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    [values] = [action["values"] for action in json.loads(done.stdout) if action["func"] == "setValues"]
    return list(values)


def test_the_macro_writes_what_the_workbook_shows(filled_book: Any) -> None:
    rows = written(filled_book)
    assert len({len(row) for row in rows}) == 1
    cells = {row[0]: row[1] for row in rows}
    assert cells["企业"] == "示例水泥有限公司"
    assert cells["总分"] == pytest.approx(79.3929228328949)
    assert cells["目标协同"] == pytest.approx(76.97999397667549)
    start = next(i for i, row in enumerate(rows) if row[0].startswith("指标"))
    lost = [row[6] for row in rows[start + 1 :]]
    assert len(lost) == 9 and lost == sorted(lost, reverse=True)
    assert sum(row[5] for row in rows[start + 1 :]) == pytest.approx(cells["总分"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("example", ["example_cement", "example_na_and_missing"])
def test_the_macro_writes_the_engines_results(filled_books: Any, example: str, language: str) -> None:
    result, book = filled_books[example, language]
    summaries.check(written(book), result, language)


def test_the_macro_on_an_empty_template(filled_book: Any) -> None:
    for sheet in filled_book["sheets"]:
        if sheet["name"] == "指标与得分":
            assert any(79 < cell < 80 for row in sheet["values"] for cell in row if isinstance(cell, float))
    empty = {**filled_book, "sheets": [dict(sheet) for sheet in filled_book["sheets"]]}
    names = {name["name"]: name for name in empty["names"]}
    place = names["out_total"]
    values = [list(row) for row in empty["sheets"][place["sheet_index"]]["values"]]
    column, row = ord(place["address"][0]) - ord("A"), int(place["address"][1:]) - 1
    values[row][column] = ""
    empty["sheets"][place["sheet_index"]]["values"] = values
    assert {r[0]: r[1] for r in written(empty)}["总分"] == "缺失"


def test_the_sheets_name_is_free() -> None:
    assert summary._free_name("结果摘要", ["汇总", "结果摘要", "结果摘要 2"]) == "结果摘要 3"
    assert summary._free_name("Result summary", ["RESULT SUMMARY"]) == "Result summary 2"


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    assert summary._plain("=1+1") == "'=1+1"
    assert summary._plain("水泥") == "水泥"


def test_another_workbook_is_refused_in_words() -> None:
    from types import SimpleNamespace

    with pytest.raises(JwdtError, match="jwdt template"):
        summary.write_summary(SimpleNamespace(names=[], sheets=[]))


def test_importing_the_room_needs_no_xlwings() -> None:
    code = "import sys, jwdt_xl.hosts.excel.install; sys.exit('xlwings' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
    assert importlib.util.find_spec("xlwings") is not None
