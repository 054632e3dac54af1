"""The functions as formulas that travel inside a workbook: every name by a reader as strict as Excel, and the tables."""

from __future__ import annotations

import re
from functools import cache

import pytest

from jwdt_xl.functions import CATALOGUE
from jwdt_xl.functions.arguments import RANGE
from jwdt_xl.functions.lambdas import LONGEST_COMMENT, LONGEST_FORMULA, Name, Table, names, tables
from jwdt_xl.functions.lambdas.examples import EXAMPLES
from jwdt_xl.functions.lambdas.writing import FUTURE, parameter, quoted, stored
from jwdt_xl.messages import speaking
from jwdt_xl.standard.names import fold

LANGUAGES = ("zh", "en")
#: Functions of Excel 2007 that the formulas use; newer ones stand in FUTURE with their prefix in the file.
OLD = {
    "ABS", "AND", "CHAR", "CHOOSE", "COLUMNS", "ERROR.TYPE", "EXACT", "EXP", "FALSE", "FIND", "IF", "IFERROR", "INDEX", "INT",
    "ISBLANK", "ISERROR", "ISLOGICAL", "ISNUMBER", "ISTEXT", "LARGE", "LEFT", "LEN", "LN", "LOG10", "LOWER", "MATCH", "MAX",
    "MID", "MIN", "MMULT", "MOD", "NOT", "OR", "RIGHT", "ROUND", "ROUNDUP", "ROWS", "SIGN", "SMALL", "SQRT", "SUBSTITUTE", "SUM",
    "TEXT", "TRIM", "TRUE", "UPPER",
}  # fmt: skip
MOST_PARAMETERS, LONGEST_CONSTANT, DEEPEST = 253, 255, 64
_TOKEN = re.compile(
    r'(?P<text>"(?:[^"]|"")*")|(?P<parameter>_xl[po][mp]\.[A-Za-z_]\w*)|(?P<name>_xlfn\.(?:_xlws\.)?[A-Z][A-Z0-9.]*|JWDT_[A-Z0-9_.]+|[A-Z][A-Z0-9.]*)'
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign><>|<=|>=|[-+*/^&=<>(),])"
)
_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R|C|R[0-9]*C[0-9]*", re.IGNORECASE)


@cache
def all_names(language: str) -> dict[str, Name]:
    with speaking(language):
        return {name.name: name for name in names()}


@cache
def all_tables(language: str) -> dict[str, Table]:
    with speaking(language):
        return {table.key: table for table in tables()}


def tokens(formula: str) -> list[tuple[str, str]]:
    """The formula in parts; nothing may be left between them."""
    found, at = [], 0
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        assert match, formula[at : at + 60]
        found.append((str(match.lastgroup), match[0]))
        at = match.end()
    return found


def read(formula: str) -> dict[str, set[str]]:
    """A formula as Excel reads it: parameters declared before they are used, calls of what there is, brackets closed.

    Gives the names it needs, and the optional parameters with those that are asked for by ISOMITTED.
    """
    parts = tokens(formula)
    needed: set[str] = set()
    optional: set[str] = set()
    scopes: list[set[str]] = [set()]
    stack: list[tuple[str, int]] = []  # what is called, and how many arguments have begun
    for place, (kind, text) in enumerate(parts):
        following = parts[place + 1][1] if place + 1 < len(parts) else ""
        if kind == "name" and following == "(":
            bare = text.replace("_xlfn.", "").replace("_xlws.", "")
            if text.startswith("JWDT_"):
                needed.add(text)
            elif bare in FUTURE:
                assert text == FUTURE[bare] + bare, text
            else:
                assert text in OLD, text
        elif kind == "name":
            assert text in ("TRUE", "FALSE") or text.startswith("JWDT_."), text
            if text.startswith("JWDT_"):
                needed.add(text)
        elif text == "(":
            called = parts[place - 1][1] if place and parts[place - 1][0] == "name" else ""
            stack.append((called, 1))
            assert len(stack) <= DEEPEST
            scopes.append(set(scopes[-1]))
        elif text == ")":
            called, count = stack.pop()
            assert count <= MOST_PARAMETERS + 1
            scopes.pop()
        elif text == ",":
            called, count = stack.pop()
            stack.append((called, count + 1))
        elif kind == "parameter":
            own = text.split(".", 1)[1]
            assert not _CELL.fullmatch(own), own
            called, count = stack[-1]
            previous = parts[place - 1][1]
            declares = previous in "(," and (
                (called == "_xlfn.LAMBDA" and following == ",")
                or (called == "_xlfn.LET" and count % 2 and following == ",")
            )
            if text.startswith("_xlop."):
                assert called == "_xlfn.LAMBDA" and declares, text
                optional.add(own)
            if declares and own not in scopes[-1]:
                scopes[-1].add(own)
            else:
                assert own in scopes[-1], f"{own} is not declared"
        elif kind == "text":
            assert len(text[1:-1].replace('""', '"')) <= LONGEST_CONSTANT
    assert not stack
    return {"needed": needed, "optional": optional}


@pytest.mark.parametrize("language", LANGUAGES)
class TestNames:
    def test_every_function_is_there(self, language: str) -> None:
        assert set(CATALOGUE) <= set(all_names(language))
        assert set(EXAMPLES) == set(CATALOGUE)

    def test_every_name_is_read(self, language: str) -> None:
        ranges = {f"JWDT_.{key}{end}" for key in all_tables(language) for end in ("", "_KEY")}
        there, needed = set(all_names(language)) | ranges, set()
        for name in all_names(language).values():
            assert name.formula.startswith("_xlfn.LAMBDA(") and name.formula.endswith(")"), name.name
            found = read(name.formula)
            assert found["needed"] <= there, (name.name, found["needed"] - there)
            needed |= found["needed"]
            for own in found["optional"]:
                assert f"_xlfn.ISOMITTED(_xlpm.{own})" in name.formula
        helpers = {name for name in all_names(language) if name.startswith("JWDT_.")}
        assert helpers <= needed, helpers - needed

    def test_within_the_limits(self, language: str) -> None:
        for name in all_names(language).values():
            assert len(name.formula) <= LONGEST_FORMULA, name.name
            assert 0 < len(name.comment) <= LONGEST_COMMENT, name.name
            assert re.fullmatch(r"JWDT_[A-Z0-9_.]+", name.name) and not _CELL.fullmatch(name.name)

    def test_parameters_are_the_arguments(self, language: str) -> None:
        for function in CATALOGUE.values():
            formula = all_names(language)[function.name].formula
            declared = re.match(r"_xlfn\.LAMBDA\(((?:_xl[po][mp]\.\w+,)+)", formula)
            assert declared
            found = declared[1].rstrip(",").split(",")
            wanted = [("_xlop." if a.optional else "_xlpm.") + parameter(a.name) for a in function.arguments]
            assert found == wanted
            assert (function.by_cell and "_xlfn.MAKEARRAY" in formula) or any(
                a.kind == RANGE for a in function.arguments
            )

    def test_the_same_again(self, language: str) -> None:
        with speaking(language):
            assert [*names()] == [*all_names(language).values()]
            assert {table.key: table for table in tables()} == all_tables(language)


def test_the_reader_is_strict() -> None:
    good = "_xlfn.LAMBDA(_xlpm.a,_xlop.b,IF(_xlfn.ISOMITTED(_xlpm.b),_xlpm.a,_xlpm.b))"
    assert read(good)["optional"] == {"b"}
    for wrong in (
        good.replace("_xlfn.ISOMITTED", "ISOMITTED"),
        good.replace("_xlpm.a,_xlop.b", "_xlpm.a1,_xlop.b"),
        good.replace("_xlop.b", "[_xlpm.b]"),
        good + ")",
        good.replace("IF(", "NOSUCH("),
        good.replace("_xlpm.a,_xlpm.b)", "_xlpm.a,_xlpm.z)"),
        good.replace("_xlpm.b))", '"' + "x" * 256 + '"))'),
        good.replace("IF(", "IF(_xlop.b,"),
    ):
        with pytest.raises((AssertionError, IndexError)):
            read(wrong)


def test_stored() -> None:
    assert stored('LAMBDA(x, ?y, IF(ISOMITTED(y), x & "a, b""", JWDT_.AT(y)))') == (
        '_xlfn.LAMBDA(_xlpm.x,_xlop.y,IF(_xlfn.ISOMITTED(_xlpm.y),_xlpm.x&"a, b""",JWDT_.AT(_xlpm.y)))'
    )
    assert [parameter(name) for name in ("p0", "q1", "r", "c", "co2e_t", "cap")] == [
        "p0_",
        "q1_",
        "r_",
        "c_",
        "co2e_t",
        "cap",
    ]
    assert quoted('a"b') == '"a""b"' and quoted("") == '""' and quoted("x" * 500).count("&") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_found_by_folded_names(language: str) -> None:
    for table in all_tables(language).values():
        assert all(len(row) == len(table.headings) for row in table.rows)
        if table.headings[0] == "name":
            keys = [str(row[0]) for row in table.rows]
            assert len(set(keys)) == len(keys)
            assert all(key == fold(key) == key.lower() for key in keys)
        assert all(len(cell) <= 255 for row in table.rows for cell in row if isinstance(cell, str))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_do_not_mix_languages(language: str) -> None:
    """English formulas hold no Chinese but the names and words that people type."""
    if language == "zh":
        assert any("缺失" in name.formula for name in all_names(language).values())
        assert not any("is missing" in name.formula for name in all_names(language).values())
    else:
        assert any("is missing" in name.formula for name in all_names(language).values())
        assert not any(re.search("须为|缺失|实为", name.formula) for name in all_names(language).values())
