"""A lint of the catalogue: what every spreadsheet program asks of names, texts and arguments, and the contract."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

import jwdt_xl.functions
from jwdt_xl.errors import JwdtError
from jwdt_xl.functions import CATALOGUE, GROUPS, Function
from jwdt_xl.functions.arguments import FLAG, NUMBER, RANGE, TEXT
from jwdt_xl.messages import LONGEST, Text, set_language

FUNCTIONS = [pytest.param(function, id=name) for name, function in CATALOGUE.items()]
ARGUMENTS = [
    pytest.param(argument, id=f"{name}-{argument.name}")
    for name, function in CATALOGUE.items()
    for argument in function.arguments
]

#: Reserved identifiers of VBA (MS-VBAL 3.3.5.2), which no argument of a desktop function may be called.
VBA = """
    call case close const declare defbool defbyte defcur defdate defdbl defint deflng deflnglng deflngptr defobj defsng
    defstr defvar dim do else elseif end endif enum erase event exit for friend function get global gosub goto if
    implements input let lock loop lset next on open option print private public put raiseevent redim resume return
    rset seek select set static stop sub type unlock wend while with write rem any as byref byval each in new shared
    until withevents optional paramarray preserve spc tab then to addressof and eqv imp is like mod not or typeof xor
    abs cbool cbyte ccur cdate cdbl cdec cint clng clnglng clngptr csng cstr cvar cverr date debug doevents fix int
    len lenb me pset scale sgn string array circle inputb lbound ubound boolean byte currency double integer long
    longlong longptr single variant true false nothing empty null cdecl decimal defdec attribute lineinput
"""
VBA_WORDS = {*VBA.split(), "caller"}  # caller is reserved by xlwings
#: A1 or R1C1, up to the last cell XFD1048576.
CELL = re.compile(r"[a-z]{1,3}[1-9]\d{0,6}|r([1-9]\d*)?(c([1-9]\d*)?)?|c([1-9]\d*)?", re.IGNORECASE)
#: Names that design.md fixes although they break the two rules above; hosts with a problem rename them.
FIXED = {"p1", "c1", "q1", "attribute"}

#: The functions of design.md: groups quantities, indicators, scores and guide, and how their arguments start.
CONTRACT = {
    "quantities": """
        JWDT_EQUIVALENT_VALUE(pollutant, [medium])
        JWDT_EQUIVALENT(pollutant, amount, [medium], [parameter], [limit])
        JWDT_EQUIVALENTS(pollutants, amounts, [media], [parameters], [limits])
        JWDT_CO2E(gases, amounts_t, [gwp_set])
        JWDT_FUEL_CO2(fuel, amount, [ncv], [carbon_content], [oxidation], [table])
        JWDT_TCE(energies, amounts, [electricity_coefficient])
        JWDT_STEAM_GJ(steam_t, pressure_mpa, [temperature_c])
        JWDT_WASTEWATER_CH4(cod_t, [mcf], [bo], [recovered_t])
        JWDT_CONVERT(value, from_unit, to_unit)""",
    "indicators": """
        JWDT_SYNERGY(p0, p1, c0, c1, [q0], [q1])
        JWDT_EQUIVALENT_INTENSITY(equivalents, output)
        JWDT_CARBON_INTENSITY(co2e_t, output)
        JWDT_CARBON_PRODUCTIVITY(value_10k_yuan, co2e_t)
        JWDT_NONFOSSIL_SHARE(nonfossil_tce, primary_tce)
        JWDT_MATERIAL_INTENSITY(material_kg, output)
        JWDT_RESIDUAL_ENERGY_INTENSITY(energy_kj, output)
        JWDT_POLICY(recommended, elimination_list)
        JWDT_MANAGEMENT(established, effective)""",
    "scores": """
        JWDT_SYNERGY_SCORE(p0, p1, c0, c1, [q0], [q1], [method], [floor], [full_rate], [carbon_equivalents])
        JWDT_INDICATOR_SCORE(value, benchmark, attribute)
        JWDT_SCORE(scores, [weights], [first_levels])
        JWDT_SCORE_TABLE(values, benchmarks)
        JWDT_COVERAGE()
        JWDT_EXPLAIN()""",
    "guide": """
        JWDT_BENCHMARK(values, attribute, [share])
        JWDT_AHP_WEIGHTS(matrix)
        JWDT_AHP_CR(matrix)
        JWDT_EXPERT_WEIGHTS(scores)
        JWDT_COMBINED_WEIGHTS(subjective, objective, [alpha])
        JWDT_RANKING_SCORES(rankings)""",
}
SIGNATURES = [
    pytest.param(group, *re.fullmatch(r"(\w+)\((.*)\)", line.strip()).groups(), id=line.strip())  # type: ignore[union-attr]
    for group, lines in CONTRACT.items()
    for line in lines.strip().splitlines()
]
#: Declared optional, so that each answer may be blank; the function says which one is missing.
ASKED = {"recommended", "elimination_list", "effective", "benchmark"}


@pytest.mark.parametrize(("group", "name", "arguments"), SIGNATURES)
def test_contract(group: str, name: str, arguments: str) -> None:
    function = CATALOGUE[name]
    assert function.group == group
    expected = [argument for argument in arguments.split(", ") if argument]
    found = [f"[{a.name}]" if a.optional and a.name not in ASKED else a.name for a in function.arguments]
    assert found[: len(expected)] == expected
    # What stands behind the contract's arguments may be left out.
    assert all(a.optional for a in function.arguments[len(expected) :]) or not expected


@pytest.mark.parametrize("function", FUNCTIONS)
def test_names(function: Function) -> None:
    assert re.fullmatch(r"JWDT_[A-Z0-9_]+", function.name)
    assert not CELL.fullmatch(function.name)
    assert CATALOGUE[function.name] is function
    assert function.group in GROUPS
    assert getattr(jwdt_xl.functions, function.name) is function.call
    assert function.call.__name__ == function.name
    assert function.name in jwdt_xl.functions.__all__


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_argument_names(argument: jwdt_xl.functions.Argument) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", argument.name)
    bad = argument.name in VBA_WORDS or CELL.fullmatch(argument.name) is not None
    assert bad == (argument.name in FIXED)


def test_the_fixed_names_are_in_use() -> None:
    assert {argument.name for function in CATALOGUE.values() for argument in function.arguments} >= FIXED


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_argument_declarations(argument: jwdt_xl.functions.Argument) -> None:
    assert argument.kind in (NUMBER, TEXT, FLAG, RANGE)
    bounds = (argument.minimum, argument.maximum, argument.above)
    assert argument.kind == NUMBER or bounds == (None, None, None)
    assert argument.above is None or argument.minimum is None


@pytest.mark.parametrize("function", FUNCTIONS)
def test_texts_in_both_languages(function: Function) -> None:
    texts = [function.help, function.returns, function.source, GROUPS[function.group]]
    for text in [*texts, *(argument.help for argument in function.arguments)]:
        assert isinstance(text, Text)
        for words in text:
            assert words == words.strip() and 0 < len(words) <= LONGEST == 255
            assert "\n" not in words
    assert re.search(r"\[(note|law|choice)\]", function.source.zh) and re.search(
        r"\[(note|law|choice)\]", function.source.en
    )
    for text in (function.help, *(argument.help for argument in function.arguments)):
        assert not re.search(r"[\u4e00-\u9fff]{6,}", text.en)  # names of things may be Chinese, sentences not


@pytest.mark.parametrize("function", FUNCTIONS)
def test_it_fits_the_function_wizard(function: Function) -> None:
    names = [argument.name for argument in function.arguments]
    assert 1 <= len(names) <= 60
    assert len(names) + sum(map(len, names)) <= 254
    assert len(names) == len(set(names))
    optional = [argument.optional or argument.name in ASKED for argument in function.arguments]
    first = optional.index(True) if True in optional else len(optional)
    assert all(a.optional or a.name == "attribute" for a in function.arguments[first:])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_declared_arguments_are_those_of_the_signature(function: Function) -> None:
    parameters = list(inspect.signature(function.call).parameters.values())
    assert [p.name for p in parameters] == [a.name for a in function.arguments]
    for parameter, argument in zip(parameters, function.arguments, strict=True):
        assert parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        assert parameter.default in (None, inspect.Parameter.empty)
        assert argument.optional or parameter.default is inspect.Parameter.empty


@pytest.mark.parametrize("function", FUNCTIONS)
def test_docstring(function: Function) -> None:
    lines = (function.call.__doc__ or "").splitlines()
    assert lines[0] == function.help.en
    assert function.help.zh in lines
    for argument in function.arguments:
        of_argument = [line for line in lines if line.startswith(f"    {argument.name} ({argument.kind}")]
        assert len(of_argument) == 1 and argument.help.en in of_argument[0] and argument.help.zh in of_argument[0]
    assert any(line.startswith(f"Returns: {function.returns.en}") for line in lines)
    assert any(line.startswith("Raises: JwdtError") for line in lines)
    assert f"Source: {function.source.en}" in lines


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_units_and_ranges_are_in_the_help(argument: jwdt_xl.functions.Argument) -> None:
    assert argument.unit_label.en in argument.help.en and argument.unit_label.zh in argument.help.zh
    for words in argument.help:
        for bound in (argument.above, argument.maximum):
            assert not bound or f"{bound:g}" in words


def test_in_chinese_arguments_are_called_by_chinese_names() -> None:
    """They head the help, so that who reads a refusal finds the argument; in English it is the argument's own name."""
    for function in CATALOGUE.values():
        titles = [argument.title for argument in function.arguments]
        assert len({title.zh for title in titles}) == len(titles), function.name
        for argument, title in zip(function.arguments, titles, strict=True):
            assert argument.help.zh.startswith(title.zh) and title.en == argument.name
            assert re.search("[一-鿿]", title.zh) and len(title.zh) <= 18, title.zh


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_a_refusal_in_chinese_names_no_argument_in_english(name: str, valid: Callable[[str], list[Any]]) -> None:
    function = CATALOGUE[name]
    set_language("zh")
    for place in range(len(function.arguments)):
        for bad in ([], {}, "甲乙", -1e9, 1e300, [["甲乙", -1]], None):
            given = valid(name)
            given[place] = bad
            try:
                said = str(function.call(*given))
            except JwdtError as error:
                said = error.text.zh
            for other in function.arguments:
                assert not re.search(rf"\b{other.name}\b(?!:)", said, re.ASCII), said
