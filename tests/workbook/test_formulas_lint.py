"""What formulas may not contain: functions newer than Excel 2016, and patterns on which programs disagree."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from jwdt_xl.functions import CATALOGUE
from jwdt_xl.standard.guide import builtin
from jwdt_xl.workbook import HOSTS, Layout
from jwdt_xl.workbook.columns.tables import COLUMNS
from jwdt_xl.workbook.editions import EDITIONS
from jwdt_xl.workbook.lists import Lists

from .cases import LONG_PARTS, NAMED_GUIDE, enterprises
from .compare import Computed, Place, recorded

LANGUAGES = ("zh", "en")
#: Functions that Excel 2016, WPS, LibreOffice and IronCalc have; each was tried in the latter two; CELL, which IronCalc lacks, only
#: within IFERROR for what is said of a cut cell.
ALLOWED = {
    "ABS", "AND", "CELL", "CHOOSE", "CLEAN", "COLUMN", "COLUMNS", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "EXACT", "FALSE", "FIND", "HYPERLINK", "IF",
    "IFERROR", "INDEX", "INT", "ISLOGICAL", "ISNUMBER", "ISTEXT", "LARGE", "LEFT", "LEN", "LOG10", "LOWER", "MATCH", "MAX", "MID",
    "MIN", "MOD", "NA", "NOT", "OR", "RANK", "RIGHT", "ROUND", "ROUNDUP", "ROW", "ROWS", "SIGN", "SMALL", "SUBSTITUTE",
    "SUM", "SUMIFS", "SUMPRODUCT", "TEXT", "TRIM", "TRUE", "UPPER", "VALUE",
}  # fmt: skip
#: Patterns that programs disagree on, by what goes wrong.
BAD = {
    "an array constant": r"[{}]",
    "a last match by LOOKUP": r"\bLOOKUP\(",
    "MAX or MIN over IF": r"\b(?:MAX|MIN|SUM)\(IF\(",
    "a sum of several SUMIFS at once": r"\bSUM\(SUMIFS?\(",
    "counting what differs, over blanks": r"\bCOUNTIFS?\([^()]*,\"<>",
    "N of a range": r"\bN\(",
    "a prefix of newer functions": r"_xlfn|_xlws",
    "an error value": r"#REF!|#NAME\?|#N/A",
    "another workbook": r"\[[^\]]*\]",
    "whole columns": r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w$])",
    "COUNTIF of a single cell": r"\bCOUNTIFS?\(\$?[A-Z]{1,3}\$?\d+,",
    "a space between references": r"[A-Z]\$?\d+ +\$?[A-Z]",
    "a match over an array of conditions": r"\bMATCH\([^,()]*,INDEX\(--",
    "an exponent": r"(?<![\w$.])\d+(?:\.\d+)?[eE][-+]?\d",
    "a whole number with a point": r"(?<![\w$.])\d+\.0+(?!\d)",
    "a truth without brackets": r"\b(?:TRUE|FALSE)\b(?!\()",
    "a match by wildcards": r"\bMATCH\((?:[^(),]*&)?\"[^\"]*\*",
}  # fmt: skip
ABOUT_TEXTS = ("counting what differs, over blanks", "a match by wildcards")
LONGEST, DEEPEST, MOST_ARGUMENTS, LONGEST_TEXT = 8192, 64, 255, 255
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_CALLED = re.compile(r"([A-Za-z_][\w.]*)\(")
_SHEET = re.compile(r"'[^']*'!")

Formulas = dict[Place, Computed]


@cache
def formulas(host: str, language: str) -> Formulas:
    """Every formula of an edition: of the empty template, of bills, and of a guide of its own."""
    found = dict(recorded(None, language, host=host).computed)
    data = enterprises()
    for name in ("bills", "own weights"):
        found |= recorded(data[name], language, host=host).computed
    for guide in (NAMED_GUIDE, LONG_PARTS):
        others = recorded(None, language, guide, host).computed
        found |= {(f"{sheet} of {guide.id}", row, col): cell for (sheet, row, col), cell in others.items()}
    # One of each formula that is filled down a column.
    return dict({_filled(cell.formula): (place, cell) for place, cell in found.items()}.values())


def _filled(formula: str) -> str:
    return re.sub(r"(\$[A-Z]{1,3})\d+", r"\1#", formula)


def bare(formula: str) -> str:
    """A formula without its texts and sheet titles."""
    return _SHEET.sub("", _TEXT.sub('""', formula))


def seen_by(what: str, formula: str) -> str:
    """Texts matter only where the pattern is about one."""
    return formula if what in ABOUT_TEXTS else bare(formula)


def wrong(found: Formulas, is_wrong: Callable[[str], object]) -> dict[str, str]:
    """The formulas in which something is wrong: one of each, by what is."""
    return {str(what): formula for formula, _ in found.values() if (what := is_wrong(formula))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("host", HOSTS)
class TestEveryEdition:
    def test_only_listed_functions(self, host: str, language: str) -> None:
        own = set() if host == "portable" else {function.name for function in CATALOGUE.values()}

        def others(formula: str) -> set[str]:
            return set(_CALLED.findall(bare(formula))) - ALLOWED - own

        assert wrong(formulas(host, language), others) == {}

    @pytest.mark.parametrize("what", BAD)
    def test_no_pattern_on_which_programs_disagree(self, what: str, host: str, language: str) -> None:
        pattern = re.compile(BAD[what])
        assert wrong(formulas(host, language), lambda formula: pattern.search(seen_by(what, formula))) == {}

    def test_within_the_limits_of_a_formula(self, host: str, language: str) -> None:
        for formula, _ in formulas(host, language).values():
            assert len(formula) <= LONGEST, formula[:200]
            depth = deepest = 0
            for letter in bare(formula):
                depth += {"(": 1, ")": -1}.get(letter, 0)
                deepest = max(deepest, depth)
            assert depth == 0, formula[:200]
            assert deepest <= DEEPEST, formula[:200]
            assert all(len(text) <= LONGEST_TEXT for text in _TEXT.findall(formula)), formula[:200]

    def test_calls_fit_the_catalogue(self, host: str, language: str) -> None:
        for formula, _ in formulas(host, language).values():
            for name, arguments in calls(formula):
                if name.startswith("JWDT_"):
                    most = len(CATALOGUE[name].arguments)
                    least = sum(not a.optional for a in CATALOGUE[name].arguments)
                    assert least <= arguments <= most, formula[:300]
                assert arguments <= MOST_ARGUMENTS

    def test_values_are_numbers_or_texts(self, host: str, language: str) -> None:
        values = {type(value) for _, value in formulas(host, language).values()}
        assert values <= {int, float, str}


def calls(formula: str) -> list[tuple[str, int]]:
    """The functions a formula calls, each with how many arguments."""
    text = bare(formula)
    found = []
    for match in _CALLED.finditer(text):
        depth, commas, start = 1, 0, match.end()
        for at in range(start, len(text)):
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            if depth == 0:
                found.append((match[1], 0 if at == start else commas + 1))
                break
            commas += depth == 1 and text[at] == ","
    return found


def test_calls_are_counted() -> None:
    assert calls("IF(NA()=1,\"a,b\",SUM(A1,(B1),'x,y'!C1))") == [("IF", 3), ("NA", 0), ("SUM", 3)]


@pytest.mark.parametrize("text", [
    "SUM(SUMIFS(a,b,{1,2}))", "LOOKUP(2,1/(A1:A9=1),B1:B9)", "MAX(IF(a=1,b))", 'COUNTIF(A1:A9,"<>x")', "N(+A1:A9)", "SUM(A:A)", "COUNTIF(A1,1)",
    "MATCH(1,INDEX(--(A1:A9=B1),0),0)", "ABS(A1)<1e-09", "A1*1E-6", "A1>499.0", "IF(A1,FALSE,B1)", 'MATCH("*|"&A1,B1:B9,0)', 'MATCH(A1&" *",B1:B9,0)',
])  # fmt: skip
def test_bad_patterns_are_found(text: str) -> None:
    assert any(re.search(pattern, seen_by(what, text)) for what, pattern in BAD.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_function_in_the_portable_edition(language: str) -> None:
    assert not any("JWDT" in formula for formula, _ in formulas("portable", language).values())


@pytest.mark.parametrize("host", ["excel", "lite", "server", "lambda"])
def test_the_other_editions_call_the_catalogue(host: str) -> None:
    used = {
        name for formula, _ in formulas(host, "zh").values() for name, _ in calls(formula) if name.startswith("JWDT_")
    }
    assert {
        "JWDT_EQUIVALENT",
        "JWDT_CO2E",
        "JWDT_TCE",
        "JWDT_FUEL_CO2",
        "JWDT_SYNERGY",
        "JWDT_INDICATOR_SCORE",
        "JWDT_SCORE",
    } <= used


@pytest.mark.parametrize("host", HOSTS)
def test_how_cell_functions_are_stored(host: str, workbook: Callable[..., Path]) -> None:
    """Office.js functions carry a prefix and are dynamic arrays, even when scalar, and so are calls of names, without one;
    those of Excel and Calc are plain."""
    with zipfile.ZipFile(workbook(enterprises()["plain"], host=host)) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        dynamic = "xl/metadata.xml" in file.namelist()
    cells = [cell for sheet in sheets for cell in re.findall(r"<c [^>]*><f[^>]*>[^<]*JWDT_[^<]*</f>", sheet)]
    if host in ("lite", "server", "lambda"):
        assert dynamic and cells
        for cell in cells:
            unlike = r"(?<!_xldudf_)JWDT_" if host != "lambda" else r"_xldudf_|_xlfn|@"
            assert not re.search(unlike, cell), cell[:300]
            assert ' cm="1"' in cell and 't="array"' in cell, cell[:300]
    else:
        assert not dynamic and not any("_xldudf_" in cell for cell in cells)
        assert bool(cells) == (host == "excel")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("host", ["portable", "excel"])
def test_a_formula_fits_in_whatever_row(host: str, language: str) -> None:
    """A filled workbook has as many rows as its data; the numbers of late rows are longer."""
    layout = Layout(builtin(), host, language)
    formulas = EDITIONS[host].formulas(layout, Lists(layout))
    late = {(table, key): len(formulas.row(table, key, 99_998)) for table in COLUMNS for key in COLUMNS[table]}
    assert {place: length for place, length in late.items() if length > LONGEST} == {}
