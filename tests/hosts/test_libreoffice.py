"""The add-in in the real LibreOffice: every function in cells, the Function Wizard, files, the command that installs.

A missing LibreOffice is a failure; tests/install_office.sh installs it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import xlsxwriter

from jwdt_xl import __version__
from jwdt_xl.cli import main
from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import CATALOGUE, Argument, Function
from jwdt_xl.functions.cells import WHOLE_COLUMN
from jwdt_xl.hosts.libreoffice import extension, idl, install, program, shim
from jwdt_xl.messages import Text, set_language

TESTS = Path(__file__).parents[1]


def load(name: str, path: Path) -> ModuleType:
    """A module of the tests; none of their folders is on sys.path."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


office_module = load("office", TESTS / "office.py")
Office, ErrorValue = office_module.Office, office_module.ErrorValue
VALID: dict[str, list[Any]] = load("valid_calls", TESTS / "functions" / "conftest.py").VALID

FUNCTIONS = [pytest.param(function, id=name) for name, function in CATALOGUE.items()]
in_office = pytest.mark.xdist_group("office")
SO2 = '"二氧化硫"'


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("zh")


@pytest.fixture(scope="module")
def calc() -> Iterator[Any]:
    """LibreOffice with the add-in, in English."""
    with Office(locale="en-US", addin=True, limit=120) as office:
        yield office


@pytest.fixture
def book(calc: Any) -> Iterator[Any]:
    book = calc.new()
    yield book
    book.close()


# Every function in cells


def is_range(value: Any) -> bool:
    return isinstance(value, list)


def letters(column: int) -> str:
    return chr(65 + column) if column < 26 else letters(column // 26 - 1) + chr(65 + column % 26)


def shapes(function: Function) -> Iterator[tuple[str, list[Any]]]:
    """Calls of a function that differ in the shape of their arguments and in what is in the cells."""
    valid = VALID[function.name]
    yield "valid", valid
    needed = max(i for i, a in enumerate(function.arguments) if not a.optional or i == 0) + 1
    yield "optional ones left out", valid[:needed]
    yield "numbers as texts", [in_cells(value, as_text) for value in valid]
    if function.by_cell:
        yield "cell as a range", [[[value]] for value in valid]
        yield "column with a blank row", [[[value], [None], [value]] for value in valid]
        yield "row", [[[value, None, value]] for value in valid]
        yield "block", [[[value, None], [None, value]] for value in valid]
        yield "range and single values", [[[valid[0]], [valid[0]]], *valid[1:]]
    for place, argument in enumerate(function.arguments):
        if not argument.optional:
            yield f"{argument.name} blank", [*valid[:place], None, *valid[place + 1 :]]
    yield "wrong text", ["no such thing", *valid[1:]] if function.by_cell else [[["x"], ["y"]], *valid[1:]]


def in_cells(value: Any, change: Any) -> Any:
    return [[change(cell) for cell in row] for row in value] if is_range(value) else change(value)


def as_text(value: Any) -> Any:
    return repr(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def put(book: Any, sheet: str, arguments: list[Any]) -> str:
    """Put the arguments into cells side by side; the references to them."""
    references, column = [], 0
    for value in arguments:
        rows = in_cells(value if is_range(value) else [[value]], lambda cell: "=TRUE()" if cell is True else cell)
        height, width = len(rows), len(rows[0])
        book.set(f"{sheet}.{letters(column)}1", rows)
        last = f":{letters(column + width - 1)}{height}" if is_range(value) else ""
        references.append(f"{letters(column)}1{last}")
        column += width
    return ";".join(references)


def in_calc(book: Any, sheet: str, formula: str, want: Any) -> Any:
    """What Calc shows: as an array where one is expected."""
    if not is_range(want):
        book.set(f"{sheet}.A20", formula)
        return book.get(f"{sheet}.A20")
    place = f"{sheet}.A20:{letters(len(want[0]) - 1)}{19 + len(want)}"
    book.set_array(place, formula)
    return book.block(place)


def in_python(function: Function, arguments: list[Any]) -> Any:
    try:
        result = function.call(*arguments)
    except JwdtError as error:
        return str(error)
    return in_cells(result, lambda cell: None if cell == "" else cell)


def same(got: Any, want: Any) -> bool:
    if is_range(want):
        return len(got) == len(want) and all(
            len(a) == len(b) and all(map(same, a, b)) for a, b in zip(got, want, strict=True)
        )
    if isinstance(want, (int, float)) and isinstance(got, float):
        return got == pytest.approx(want, rel=1e-9, abs=1e-10)
    return bool(got == (want or None)) or (want is None and got == "")


@in_office
@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_in_every_shape(function: Function, book: Any) -> None:
    for number, (shape, arguments) in enumerate(shapes(function)):
        sheet = f"s{number}"
        book.add_sheet(sheet)
        # a text that is a number reaches the function as a number
        want = in_python(function, VALID[function.name] if shape == "numbers as texts" else arguments)
        got = in_calc(book, sheet, f"={function.name}({put(book, sheet, arguments)})", want)
        assert same(got, want), f"{shape}: {got!r}, in Python {want!r}"


@in_office
@pytest.mark.parametrize("function", FUNCTIONS)
def test_error_values_come_out(function: Function, book: Any) -> None:
    valid = VALID[function.name]
    for place, argument in enumerate(function.arguments):
        sheet = f"s{place}"
        book.add_sheet(sheet)
        references = put(book, sheet, valid).split(";")
        cell = references[place].partition(":")[0]
        book.set(f"{sheet}.{cell}", "=NA()")
        book.set(f"{sheet}.A20", f"={function.name}({';'.join(references)})")
        # Calc itself refuses a range with an error in it, and says so with an error of its own
        want = "Err:504" if argument.kind == "range" else "#N/A"
        assert book.get(f"{sheet}.A20") == ErrorValue(want), argument.name


@in_office
@pytest.mark.parametrize("function", FUNCTIONS)
def test_whole_column(function: Function, book: Any) -> None:
    """A whole column is what its filled part is, however long the others are."""
    valid = VALID[function.name]
    first = valid[0] if is_range(valid[0]) else [[valid[0]], [None], [valid[0]]]
    arguments = [first, *valid[1:]]
    want = in_python(function, arguments)
    references = put(book, "Sheet1", arguments).split(";")
    width = len(first[0])
    # the formula stands on another sheet, since it would be part of the column
    book.add_sheet("result")
    whole = f"$Sheet1.A1:{letters(width - 1)}1048576"
    rest = [":".join(f"$Sheet1.{corner}" for corner in reference.split(":")) for reference in references[1:]]
    got = in_calc(book, "result", f"={function.name}({';'.join([whole, *rest])})", want)
    assert same(got, want), f"{got!r}, in Python {want!r}"


@in_office
def test_whole_columns_of_one_call_keep_the_same_height(book: Any) -> None:
    book.set("A1", [["二氧化硫", 95], ["二氧化硫", 9.5], ["二氧化硫", None]])
    book.add_sheet("result")
    book.set_array("result.A1:A3", "=JWDT_EQUIVALENT($Sheet1.A1:A1048576;$Sheet1.B1:B1048576)")
    first, second, third = [row[0] for row in book.block("result.A1:A3")]
    assert (first, second) == (pytest.approx(100), pytest.approx(10))
    assert "amount" in third


@in_office
@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("=1/0", "#DIV/0!"),
        ("=NA()", "#N/A"),
        ("=SQRT(-1)", "Err:502"),
        ("=1E+308*10", "#NUM!"),
        ('="x"+1', "#VALUE!"),
        ("=INDIRECT(\"x!\")", "#REF!"),
        ("=no_such_name", "#NAME?"),
    ],
)  # fmt: skip
def test_kinds_of_errors(formula: str, kind: str, book: Any) -> None:
    book.set("A1", formula)
    book.set("A2", f"=JWDT_EQUIVALENT({SO2};A1)")
    book.set("A3", f"=JWDT_EQUIVALENT({SO2};JWDT_EQUIVALENT({SO2};A1))")
    assert [book.get(place) for place in ("A1", "A2", "A3")] == [ErrorValue(kind)] * 3


@in_office
@pytest.mark.parametrize(
    ("formula", "want"),
    [
        ("={f}*2+1", 201),
        ('=IF({f}>99;"yes";"no")', "yes"),
        ("=IF(FALSE();{f};3)", 3),
        ("=ROUND({f};-2)", 100),
        ("=SUM({f};{f})", 200),
        ("=ISNUMBER({f})", 1),
        ('=TEXT({f};"0.00")', "100.00"),
        ('={f}&" t"', "100 t"),
        ("=INDEX({{1|2|3}};{f}/50)", 2),
        ("=JWDT_EQUIVALENT({s};{f}*0.95)", 100),
        ("=ISTEXT(JWDT_EQUIVALENT({s};-1))", 1),
        ('=IFERROR(JWDT_EQUIVALENT({s};NA());"caught")', "caught"),
        ("=ISNA(JWDT_EQUIVALENT({s};NA()))", 1),
        ("=LEFT(JWDT_EQUIVALENT({s};-1);6)", "amount"),
    ],
)
def test_a_single_result_behaves_like_a_number_or_text(formula: str, want: Any, book: Any) -> None:
    book.set("A1", formula.format(f=f"JWDT_EQUIVALENT({SO2};95)", s=SO2))
    assert same(book.get("A1"), want)


@in_office
def test_zero_and_blank(book: Any) -> None:
    """A blank is missing, never 0; where Calc does not tell them apart, the cell says so."""
    book.set("A1", 0)
    for cell, want in (("A1", 0.0), ("Z9", "amount is missing")):
        book.set("B1", f"=JWDT_EQUIVALENT({SO2};{cell})")
        assert book.get("B1") == want
    for optional in ("A1", "Z9", "0"):
        book.set("B1", f"=JWDT_HEAT_CO2(10;{optional})")
        assert book.get("B1").startswith("factor is 0 or an empty cell")
    default = CATALOGUE["JWDT_HEAT_CO2"].call(10)
    for formula, want in (
        ('=JWDT_HEAT_CO2(10;"0")', 0),
        ("=JWDT_HEAT_CO2(10)", default),
        ("=JWDT_HEAT_CO2(10;Z9:Z9)", default),
        ('=JWDT_HEAT_CO2(10;IF(Z9="";"";Z9))', default),
        (f"=JWDT_EQUIVALENT({SO2};95;Z9)", 100),  # a text is never 0
        ('=JWDT_BENCHMARK({1|2|3};"正向";Z9)', CATALOGUE["JWDT_BENCHMARK"].call([[1], [2], [3]], "正向")),  # above 0
    ):
        book.set("B1", formula)
        assert same(book.get("B1"), want), formula


@in_office
def test_wrong_number_of_arguments(book: Any) -> None:
    for formula in ("=JWDT_EQUIVALENT()", "=JWDT_AHP_CR(1;2)"):
        book.set("A1", formula)
        assert book.get("A1") == ErrorValue("Err:504")


@in_office
def test_numbers_keep_15_digits(book: Any) -> None:
    numbers = [0.1, 1 / 3, 2 / 3 * 1e-5, 123456.7890123456789, 1e-300, 1e22, 123456789012345678.0]
    for value in numbers:
        book.set("A1", value)
        book.set("B1", "=JWDT_EQUIVALENT_INTENSITY(A1;1)")
        assert book.get("B1") == pytest.approx(value, rel=1e-14)


# Languages


@in_office
@pytest.mark.parametrize("english_names", [False, True])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_function_wizard_and_typing(locale: str, english_names: bool) -> None:
    language = locale[:2]
    set_language(language)
    settings = {office_module.ENGLISH_FUNCTION_NAMES: english_names}
    with Office(locale=locale, settings=settings, addin=True) as office:
        shown = office.functions("JWDT_")
        assert sorted(shown) == sorted(CATALOGUE)
        for name, function in CATALOGUE.items():
            assert shown[name]["description"] == str(function.help)
            assert shown[name]["arguments"] == [[str(a.title), str(a.help), a.optional] for a in function.arguments]
            assert shown[name]["category"] == 11  # Add-In
        book = office.new()
        book.type("A1", f"=jwdt_equivalent({SO2},100)")
        assert same(book.get("A1"), 100 / 0.95)
        assert book.formula("A1", shown=True) == f"=JWDT_EQUIVALENT({SO2},100)"
        assert book.formula("A1") == f"={shim.SERVICE.upper()}.JWDT_EQUIVALENT({SO2};100)"
        book.set("A2", f"=JWDT_EQUIVALENT({SO2};-1)")
        assert book.get("A2") == in_python(CATALOGUE["JWDT_EQUIVALENT"], ["二氧化硫", -1])


@in_office
def test_decimal_comma() -> None:
    with Office(locale="de", addin=True) as office:
        book = office.new()
        book.set("A1", 1.234)
        book.set("A2", f"=JWDT_EQUIVALENT({SO2};A1)")
        book.type("A3", f"=JWDT_EQUIVALENT({SO2};1,234)")
        assert all(same(book.get(place), 1.234 / 0.95) for place in ("A2", "A3"))
        book.set("A4", f"=JWDT_EQUIVALENT({SO2};-1)")
        assert book.get("A4").startswith("amount must be")


# Files


@in_office
def test_excel_file_and_back(calc: Any, tmp_path: Path) -> None:
    source = tmp_path / "excel.xlsx"
    with xlsxwriter.Workbook(source) as workbook:
        sheet = workbook.add_worksheet("数据")
        for row, amount in enumerate((95, 9.5, None)):
            sheet.write(row, 0, "二氧化硫")
            sheet.write(row, 1, amount)
        sheet.write_formula("C1", "=JWDT_EQUIVALENT(A1,B1)", value=-1)
        sheet.write_array_formula("D1:D3", "{=JWDT_EQUIVALENT(A1:A3,B1:B3)}", value=-1)
        sheet.write_dynamic_array_formula("E1:E3", "=JWDT_EQUIVALENT(A1:A3,B1:B3)", value=-1)
        workbook.define_name("out_total", "='数据'!$C$1")
    book = calc.open(source)
    assert book.get("out_total") == -1  # the cached value, until it is told to compute
    for ending in (".xlsx", ".ods"):
        book.recalculate()
        for column in "DE":
            first, second, third = [row[0] for row in book.block(f"数据.{column}1:{column}3")]
            assert (first, second) == (pytest.approx(100), pytest.approx(10))
            assert "amount" in third
        assert book.get("out_total") == pytest.approx(100)
        saved = book.save(tmp_path / f"again{ending}")
        book.close()
        book = calc.open(saved)
    book.close()
    with zipfile.ZipFile(tmp_path / "again.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "JWDT_EQUIVALENT(A1,B1)</f>" in xml
    assert shim.SERVICE.upper() not in xml.upper()


# The extension


def interface(content: bytes, folder: Path) -> str:
    """A type library as text; the binary names the LibreOffice that made it."""
    found = program.find_program()
    known = [found.file("types.rdb"), found.file("types") / "offapi.rdb"]
    path = folder / "types.rdb"
    path.write_bytes(content)
    command = [found.tool("unoidl-read"), *known, path]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=60).stdout


def test_the_shipped_type_library_is_that_of_the_catalogue(tmp_path: Path) -> None:
    shipped = interface(idl.TYPE_LIBRARY.read_bytes(), tmp_path)
    rebuilt = interface(idl.type_library(CATALOGUE), tmp_path)
    assert shipped == rebuilt, "run: python -m jwdt_xl.hosts.libreoffice.idl"
    assert all(f" {name}(" in rebuilt for name in CATALOGUE)


def test_the_extension_is_reproducible_and_complete(tmp_path: Path) -> None:
    first, second = tmp_path / "a.oxt", tmp_path / "b.oxt"
    extension.build(first, CATALOGUE)
    subprocess.run([sys.executable, "-m", "jwdt_xl.hosts.libreoffice.extension", second], check=True, timeout=60)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert not [name for name in names if name.endswith(".pyc")]
        assert f'<version value="{__version__}"/>' in archive.read("description.xml").decode()


def test_the_shipped_extension_is_that_of_this_package() -> None:
    """By the files inside: how they are compressed depends on the zlib at hand."""
    with zipfile.ZipFile(TESTS.parent / "udfs" / "jwdt.oxt") as archive:
        shipped = {name: archive.read(name) for name in archive.namelist()}
    made = extension.parts(CATALOGUE)
    unlike = sorted(name for name in shipped.keys() | made.keys() if shipped.get(name) != made.get(name))
    assert not unlike, "run: python -m jwdt_xl.hosts.libreoffice.extension udfs/jwdt.oxt"


def test_the_core_runs_alone_under_its_own_name(tmp_path: Path) -> None:
    """With the standard library only, and beside another jwdt_xl, which stays untouched."""
    oxt = tmp_path / "jwdt.oxt"
    extension.build(oxt, CATALOGUE)
    with zipfile.ZipFile(oxt) as archive:
        archive.extractall(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "jwdt_xl.py").write_text("mine = 1")
    program = """
import importlib, sys
sys.path += sys.argv[1:]
import jwdt_xl, shim
shim.load_core()
catalogue = importlib.import_module("jwdt_calc_core.functions").CATALOGUE
print(catalogue["JWDT_EQUIVALENT"].call("SO2", 95))
assert jwdt_xl.mine == 1 and "jwdt_xl.functions" not in sys.modules
"""
    command = [sys.executable, "-I", "-S", "-c", program, str(tmp_path), str(other)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=60)
    assert float(done.stdout) == pytest.approx(100)


@pytest.mark.parametrize("name", [*shim.ERRORS, "Err:502"])
def test_error_values_survive_the_coding(name: str) -> None:
    ((coded,),) = shim.to_calc(name)
    assert coded != coded  # a NaN
    (back,) = shim.from_calc(
        [((coded,),)],
        [Argument("values", Text("", ""), kind="range", optional=True)],
        SimpleNamespace(whole_column=WHOLE_COLUMN),
    )
    assert back == name


def test_results_for_calc() -> None:
    assert shim.to_calc([[1, None], ["x", True]]) == ((1.0, ""), ("x", True))
    assert shim.to_calc([]) == (("",),)
    for value in (float("nan"), float("inf"), float("-inf")):
        ((coded,),) = shim.to_calc(value)
        assert shim.error_number(coded) == shim.ERRORS["#NUM!"]


# The command


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile of its own; also what root installs for all users stays in it."""
    folder = tmp_path / "profile"
    folder.mkdir()
    for name, value in office_module.office_environment(folder).items():
        monkeypatch.setenv(name, value)
    return folder


def addin(action: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["addin", action, "--host", "libreoffice", "--profile", str(folder), "--lang", "en"])
    shown = capsys.readouterr()
    return code, shown.out + shown.err


@in_office
def test_install_status_doctor_uninstall(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = addin("status", profile, capsys)
    assert code == 1 and "jwdt addin install" in text
    code, text = addin("doctor", profile, capsys)
    assert code == 1 and text.splitlines()[-1].startswith("FAIL") and "jwdt addin install" in text
    for _ in range(2):  # a second time replaces the first
        code, text = addin("install", profile, capsys)
        assert code == 0 and __version__ in text and len(text.splitlines()) == 1
    assert addin("status", profile, capsys)[0] == 0
    code, text = addin("doctor", profile, capsys)
    assert code == 0 and [line[:2] for line in text.splitlines()] == ["OK"] * 3, text
    for _ in range(2):  # a second time finds nothing to remove
        assert addin("uninstall", profile, capsys)[0] == 0
    assert addin("status", profile, capsys)[0] == 1


@in_office
def test_the_doctor_tries_the_shell_it_runs_in(profile: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """A virtual environment first on the PATH keeps LibreOffice's Python from starting; the cure is said."""
    assert addin("install", profile, capsys)[0] == 0
    own = os.environ["PATH"]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", profile / "venv"], check=True, timeout=120)
    monkeypatch.setenv("PATH", os.pathsep.join((str(profile / "venv" / "bin"), own)))
    monkeypatch.setenv("VIRTUAL_ENV", str(profile / "venv"))
    code, text = addin("doctor", profile, capsys)
    lines = text.splitlines()
    assert [line[:4] for line in lines[:3]] == ["OK  "] * 3 and len(lines) == 4, text
    # whether it breaks depends on how alike the two Pythons are; what is said must be what happens
    assert (code, lines[3][:4]) in ((0, "OK  "), (1, "FAIL"))
    if code:
        assert "deactivate" in lines[3] and "env PATH=/usr/bin:/bin soffice" in lines[3]


@in_office
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root installs for everybody")
def test_root_does_not_install_for_everybody_by_a_profile(
    profile: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.delenv("UNO_SHARED_PACKAGES_CACHE")
    code, text = addin("install", profile, capsys)
    assert code == 1 and "all users" in text and "--profile" in text


@in_office
def test_the_way_of_a_user(profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """From an empty folder: install, open the filled template, change a number, see the score change, remove."""
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert addin("install", profile, capsys)[0] == 0
    assert addin("status", profile, capsys)[0] == 0
    example = TESTS / "golden" / "example_cement.json"
    assert main(["fill", "--data", str(example), "-o", "mine.xlsx"]) == 0
    with Office(profile=profile, locale="zh-CN", limit=120) as office:
        book = office.open(folder / "mine.xlsx")
        before = book.get("out_total")
        book.set("in_output_report", book.get("in_output_report") * 1.1)
        after = book.get("out_total")
        assert isinstance(after, float) and abs(after - before) > 0.01
        book.save(folder / "changed.xlsx")
    capsys.readouterr()
    assert main(["score", "--json", "changed.xlsx"]) == 0
    (answer,) = json.loads(capsys.readouterr().out)
    assert answer["total"] == pytest.approx(after, rel=1e-9)
    assert addin("uninstall", profile, capsys)[0] == 0
    with Office(profile=profile, locale="zh-CN", limit=120) as office:
        book = office.open(folder / "changed.xlsx")
        assert book.get("out_total") == pytest.approx(after, rel=1e-9)  # what the file carries still shows
        book.recalculate()
        assert not isinstance(book.get("out_total"), float)


@in_office
def test_texts_of_functions_in_comparisons(book: Any) -> None:
    """In Calc a text of any add-in equals another by EXACT or as a new text only: docs/en/hosts/libreoffice.md says so."""
    book.set("A1", [["CH4", 1], [None, None], ["CH4", -2]])
    book.set_array("D1:D3", "=JWDT_CO2E(A1:A3;B1:B3)")
    book.set("F1", in_python(CATALOGUE["JWDT_CO2E"], ["CH4", -2]))
    for formula in ("=EXACT(D3;F1)", '=D3&""=F1', "=LEN(D2)=0", '=COUNTIF(D1:D3;"amount*")'):
        book.set("H1", formula)
        assert book.get("H1") == 1, formula


@in_office
def test_a_range_with_errors_in_it(book: Any) -> None:
    """Calc refuses it; with the errors as texts each row has its own."""
    book.set("A1", [["CH4", 1], ["CH4", "=NA()"], ["CH4", 3]])
    book.set("C1", "=JWDT_CO2E(A1:A3;B1:B3)")
    assert book.get("C1") == ErrorValue("Err:504")
    book.set_array("D1:D3", '=JWDT_CO2E(A1:A3;IFERROR(B1:B3;"#N/A"))')
    assert [row[0] for row in book.block("D1:D3")] == [pytest.approx(28), ErrorValue("#N/A"), pytest.approx(84)]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "was not found"),
        ({"bootstraprc": "[Bootstrap]\nProductKey=LibreOffice 7.4\n"}, "is version 7.4, 25.2 or newer is needed"),
        ({"bootstraprc": "[Bootstrap]\nProductKey=LibreOffice 25.2\n"}, "libreoffice-script-provider-python"),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    files: dict[str, str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    monkeypatch.setenv(program.VARIABLE, str(tmp_path))
    for action in ("install", "status", "uninstall", "doctor"):
        code, text = addin(action, tmp_path, capsys)
        assert code == 1 and sentence in text and len(text.splitlines()) == 1


def test_places_where_libreoffice_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(program.VARIABLE, raising=False)
    folders = list(map(str, program._folders()))
    assert "/usr/lib/libreoffice/program" in folders
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "/Applications/LibreOffice.app/Contents/MacOS" in list(map(str, program._folders()))


def test_the_next_step_means_the_same_profile() -> None:
    assert str(install.NOT_THERE.fill(p="P", o=install.option("my profile"))).endswith(" --profile 'my profile'")
    assert str(install.NOT_THERE.fill(p="P", o=install.option(None))).endswith("--host libreoffice")


@pytest.mark.parametrize("separator", [".", ","])
def test_a_column_is_read_as_its_cells_are(separator: str) -> None:
    """The quick way of shim._rows against the reading of each cell."""
    read = shim.number_reader(lambda: separator)
    cells = ["", "12", "12.5", "1,5", "1,234.5", "1_000", "nan", "inf", "5 ", "1e3", "１２", "x", "-0", "COD", 3.5, 0.0]
    cells += [shim.error_value(shim.ERRORS["#N/A"]), True]
    columns = [tuple((a,) for a in pair) for pair in zip(cells, [*cells[1:], "7"], strict=True)]
    columns += [tuple((cell,) for cell in cells), (("1", "2"), ("3", "")), tuple((str(i),) for i in range(9))]
    for keeps_texts in (False, True):
        one = shim._cell if keeps_texts else read
        for column in columns:
            found = [[None if cell == "" else cell for cell in row] for row in shim._rows(column, keeps_texts, one)]
            assert found == [[one(cell) for cell in row] for row in column], column
