"""Messages: both languages, each sentence declared once, and codes that mean one thing and are all in use."""

from __future__ import annotations

import ast
import math
import re
import string
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import jwdt_xl
from jwdt_xl.assessment import checks
from jwdt_xl.assessment.rules import Rule
from jwdt_xl.messages import Text
from jwdt_xl.workbook.columns.catalogue import HINTS

PACKAGE = Path(jwdt_xl.__file__).parent
HAN = re.compile(r"[一-鿿]")
#: Which argument is the code of a finding, a rule or an error, by the name that is called.
CODE_OF = {
    "Finding": 1, "Rule": 0, "Problem": 2, "refused": 1, "finding": 1, "add": 2,
    "JwdtError": 1, "Missing": 1, "NotAssessable": 1, "Errors": 0, "Collector": 0,
}  # fmt: skip
#: Codes that several modules say, and what they mean wherever it is; any other belongs to the one module that says it.
SHARED = {
    "bad-benchmark": "a benchmark that is no number above 0, or says something else than a benchmark",
    "bad-code": "a code of an indicator that cannot be one",
    "bad-conversion": "a conversion between products that is no factor above 0, or of a product twice",
    "bad-format": "the file is of another format, or a part of it no object or list",
    "bad-grade": "a grade whose lower bound cannot be one",
    "bad-guide": "a guide file that is no guide",
    "bad-judgement": "a judgement of a matrix that cannot be one",
    "bad-number": "a number outside what its field takes",
    "bad-option": "a value that the option does not have",
    "bad-review": "a line of a review that cannot be used",
    "bad-uscc": "a credit code whose form or check digit is wrong",
    "bad-weight": "a weight that is no number ≥ 0",
    "benchmark-convention": "a benchmark by another electricity convention",
    "benchmark-not-used": "a benchmark of an indicator that has none",
    "benchmark-value-basis": "a benchmark by another basis of output value",
    "column-twice": "two columns that say the same",
    "damaged": "a file that is cut off, or whose content contradicts itself",
    "duplicate-code": "a code that stands twice",
    "electricity-coefficient": "a coefficient of one's own for power, which converts alike",
    "empty": "a file or table without content",
    "empty-first-level": "a first level that is left without weight",
    "encoding": "a text in no known encoding",
    "implausible-carbon-per-tce": "emissions that do not fit the energy they are of",
    "implausible-heat-value": "a heat value far from the printed one",
    "missing": "a value that is needed is blank",
    "missing-field": "a field that its row needs is blank",
    "missing-reason": "what needs a reason has none",
    "moved-header": "a heading that is not where the layout has it",
    "negative-carbon": "emissions below 0",
    "no-benchmark-attribute": "benchmarks of an indicator that has none by its attribute",
    "no-coefficient": "an energy without a coefficient",
    "no-column": "a column that would be needed is not there, or has nothing",
    "benchmark-scale-slip": "a benchmark very many times off what it is compared with",
    "benchmark-unit": "a benchmark in another unit than its indicator's",
    "no-heading": "a table without headings",
    "no-weight": "weights that sum to nothing",
    "not-a-number": "something else where a number must be",
    "not-a-table": "a file that holds no table",
    "not-a-workbook": "a file that is no workbook",
    "not-reciprocal": "judgements across the diagonal that contradict each other",
    "not-text": "something else where a text must be",
    "not-writable": "a place where nothing can be written",
    "numbers-shifted": "numbers of questions that may not be those of the questionnaire",
    "office": "no LibreOffice that could be used",
    "origin-not-electricity": "an origin that does not go with what it is of",
    "other-guide": "a file made for another guide",
    "out-of-range": "a result beyond what numbers hold",
    "outside-range": "a number outside the range it may have",
    "percent-slip": "a value about 100 times off what it is compared with",
    "several-tables": "several sheets that look like the table wanted",
    "shapes-differ": "ranges of different shapes",
    "stray-cell": "a cell absurdly far outside the input",
    "sum-of-rows": "a row that is the sum of those above it, and counted",
    "too-large": "more than the most that is taken: a number, or the size of a file",
    "totals-row": "a row of totals, left out",
    "unknown-attribute": "an attribute that there is not",
    "unknown-code": "a code that the tree or group does not have",
    "unknown-field": "a field that there is not",
    "unknown-indicator": "an indicator that the guide does not have",
    "unknown-parent": "a parent that the tree does not have",
    "unknown-question": "a question that the survey does not have",
    "unmapped-indicator": "an indicator for which no answer speaks",
    "weights-do-not-sum": "weights whose sum is not what it must be",
    "zip-bomb": "an archive that unpacks to too much",
}

#: Codes whose severity depends on whether one can do without what they are of.
BY_NEED = {"column-twice"}


class Said(NamedTuple):
    where: str
    call: ast.Call

    @property
    def name(self) -> str:
        function = self.call.func
        return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")

    @property
    def constants(self) -> list[str | None]:
        values = (argument.value if isinstance(argument, ast.Constant) else None for argument in self.call.args)
        return [value if isinstance(value, str) else None for value in values]

    @property
    def code(self) -> str | None:
        place = CODE_OF.get(self.name, 99)
        named = [k.value.value for k in self.call.keywords if k.arg == "code" and isinstance(k.value, ast.Constant)]
        found = self.constants[place] if place < len(self.call.args) else named[0] if named else None
        return found if isinstance(found, str) and re.fullmatch(r"[a-z][a-z0-9-]*", found) else None


def calls() -> Iterator[Said]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield Said(f"{name}:{node.lineno}", node)


CALLS = list(calls())
CODES: dict[str, list[Said]] = defaultdict(list)
for _said in CALLS:
    if _said.code:
        CODES[_said.code].append(_said)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_both_languages() -> None:
    wrong = []
    for said in CALLS:
        if said.name == "Text" and len(said.constants) == 2 and None not in said.constants:
            zh, en = map(str, said.constants)
            if bool(zh) != bool(en) or (places(zh) != places(en) and "}}" not in zh):
                wrong.append((said.where, zh, en))
    assert wrong == []


def test_a_sentence_is_declared_once() -> None:
    """Five words make a sentence; headings of tables that have nothing to do with each other may be alike."""
    stands: dict[tuple[str, str], list[str]] = defaultdict(list)
    for said in CALLS:
        for zh, en in zip(said.constants, said.constants[1:], strict=False):
            if zh and en and HAN.search(zh) and len(en.split()) >= 5:
                stands[zh, en].append(said.where)
    assert {text: where for text, where in stands.items() if len(where) > 1} == {}
    assert len(stands) > 900


def test_a_code_belongs_to_one_module_or_means_one_thing() -> None:
    modules = {code: {said.where.partition(":")[0] for said in listed} for code, listed in CODES.items()}
    several = {code for code, listed in modules.items() if len(listed) > 1}
    assert several <= SHARED.keys() <= CODES.keys(), (several - SHARED.keys(), SHARED.keys() - CODES.keys())
    assert len(set(SHARED.values())) == len(SHARED) and len(CODES) > 200


def test_every_text_with_a_name_is_shown() -> None:
    """The name of a text, or of a row of them, stands somewhere besides its declaration."""
    sources = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    uses = Counter(word for source in sources for word in re.findall(r"\w+", source))
    named = {
        name.id
        for source in sources
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and any(getattr(n, "id", "") == "Text" for n in ast.walk(node.value))
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
    assert len(named) > 400 and {name for name in named if uses[name] < 2} == set()


@pytest.mark.parametrize("name, place", [("Finding", 0), ("Rule", 1)])
def test_a_code_has_one_severity(name: str, place: int) -> None:
    for code, listed in CODES.items():
        if code in BY_NEED:
            continue
        assert len({ast.unparse(said.call.args[place]) for said in listed if said.name == name}) <= 1, code


def test_no_code_and_no_rule_is_unused() -> None:
    """What is asked for is said somewhere, and every rule and hint that is declared is told."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    asked = set(re.findall(r'(?:finding|error)\.code (?:==|!=) "([a-z-]+)"', source))
    assert asked <= CODES.keys(), asked - CODES.keys()
    modules = [module for module in vars(checks).values() if hasattr(module, "CHECKS")]
    declared = {id(rule) for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}
    assert len(modules) >= 9 and declared <= {id(rule) for rule in checks.RULES}
    assert {rule.hint for rule in checks.RULES} <= {hint.text for hint in HINTS}
    # One declaration may make several rules, of one code: by field, by dimension.
    assert len({rule.text for rule in checks.RULES}) == len({(rule.text, rule.code) for rule in checks.RULES})


@pytest.mark.parametrize("missing", [None, math.nan, [None], {"x": math.nan}])
def test_what_is_missing_is_said_in_no_words_of_python(missing: object) -> None:
    """Of every sentence, with nothing where a value belongs, however it would be formatted."""
    said = 0
    for zh, en in {tuple(call.constants) for call in CALLS if call.name == "Text" and len(call.constants) == 2}:
        if zh is None or en is None or not all(map(str.isidentifier, found := places(zh) | places(en))) or not found:
            continue
        filled = Text(zh, en).fill(**dict.fromkeys(found, missing))
        assert not re.search(r"\bNone\b|\bnan\b|\bTrue\b", " ".join(filled)), zh
        said += 1
    assert said > 500
