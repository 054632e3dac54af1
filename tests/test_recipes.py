"""The recipes of CONTRIBUTING.md, each really followed in a copy of the package, and everything derived is found.

What each takes, files and lines of the package, is measured here and stands in the table of CONTRIBUTING.md.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

import jwdt_xl
from jwdt_xl.workbook.plan import VERSION

from .workbook.cases import PLAIN, changed
from .workbook.compare import in_ironcalc
from .workbook.places import LAYOUT, at

PACKAGE = Path(jwdt_xl.__file__).parent
TESTS = Path(__file__).parent
#: The processes that open workbooks import the file a program was started from.
PROBE = "import json, sys\n\ndef main(*given):\n{}\n\nif __name__ == '__main__':\n    print(json.dumps(main(*sys.argv[1:])))\n"


def table() -> dict[str, tuple[int, int]]:
    """Files and lines by recipe."""
    text = (TESTS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z ]+) \| (\d+) \| (\d+) \|", text, re.MULTILINE)
    return {name: (int(files), int(lines)) for name, files, lines in rows}


TAKES = table()


def test_every_recipe_of_the_table_is_followed() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'copy\.takes\("([a-z ]+)"', source)) == TAKES.keys()


class Copy:
    """A copy of the package that is edited as text and run in programs of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "jwdt_xl"
        shutil.copytree(PACKAGE, self.package, ignore=shutil.ignore_patterns("__pycache__"))
        #: The lines added, by file.
        self.edits: Counter[str] = Counter()

    def before(self, name: str, anchor: str, text: str) -> None:
        """New lines before the first line that begins so."""
        path = self.package / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        place = next(i for i, line in enumerate(lines) if line.startswith(anchor))
        lines.insert(place, text)
        path.write_text("".join(lines), encoding="utf-8", newline="")
        self._count(name, text)

    def replaced(self, name: str, old: str, new: str) -> None:
        """One line changed."""
        path = self.package / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1 and "\n" not in old + new, old
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")
        self._count(name, new)

    def after(self, name: str, text: str) -> None:
        """New lines at the end of a file, or a new file."""
        path = self.package / name
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(text)
        self._count(name, text)

    def _count(self, name: str, text: str) -> None:
        self.edits[name] += sum(bool(line.strip()) for line in text.splitlines())

    def takes(self, recipe: str, times: int = 1) -> None:
        """As many files and lines as the table says; times: what was done so often, each in a file of its own."""
        files, lines = TAKES[recipe]
        assert (len(self.edits), sum(self.edits.values())) == (files * times, lines * times), self.edits

    def run(self, *arguments: str, code: int = 0) -> str:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("JWDT_", "COV_"))}
        environment |= {"PYTHONPATH": str(self.folder), "PYTHONUTF8": "1", "COLUMNS": "400", "HOME": str(self.folder)}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300,
        )  # fmt: skip
        assert done.returncode == code, done.stdout[-2000:] + done.stderr[-3000:]
        return done.stdout

    def jwdt(self, *arguments: str, code: int = 0) -> str:
        return self.run("-m", "jwdt_xl.cli", *arguments, code=code)

    def probe(self, body: str, *given: str) -> Any:
        """What some lines of Python return, which find the copy."""
        lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
        (self.folder / "probe.py").write_text(PROBE.format(lines), encoding="utf-8")
        return json.loads(self.run("probe.py", *given))

    def assessment(self, changes: dict[str, Any]) -> str:
        """A file of the plain enterprise with some changes."""
        path = self.folder / "assessment.json"
        path.write_text(json.dumps(changed(PLAIN, changes)), encoding="utf-8")
        return path.name


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    found = Copy(tmp_path)
    assert Path(found.probe("import jwdt_xl\nreturn jwdt_xl.__file__")).parent == found.package
    return found


# A cell function

FUNCTION = """
@cell_function(
    "quantities",
    Text("数量的两倍。", "Twice an amount."),
    Text("两倍", "twice the amount"),
    Text("试验 [choice]", "a trial [choice]"),
    amount=number("数量", "amount"),
)
def JWDT_TWICE(amount: float) -> float:
    return 2 * amount
"""
FOUND_AS_FUNCTION = """
from jwdt_xl import functions
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.hosts.excel.udfs import registered
from jwdt_xl.hosts.libreoffice import extension, idl
seen = []
def func(**options):
    return lambda call: seen.append(call.__name__) or call
def arg(name, **options):
    return lambda call: call
star = {}
exec("from jwdt_xl.functions import *", star)
excel = registered(func, arg)
return {
    "call": CATALOGUE["JWDT_TWICE"].call(21), "cells": functions.JWDT_TWICE([[1], [2]]), "exported": "JWDT_TWICE" in star,
    "idl": idl.idl(CATALOGUE), "calc": "JWDT_TWICE" in extension.configuration(CATALOGUE),
    "excel": excel["JWDT_TWICE"](21), "registered": "JWDT_TWICE" in seen,
}
"""


def test_a_cell_function(copy: Copy) -> None:
    name = "functions/quantities.py"
    copy.before(name, "]", '    "JWDT_TWICE",\n')
    copy.after(name, "\n" + FUNCTION)
    found = copy.probe(FOUND_AS_FUNCTION)
    assert "JWDT_TWICE([in] sequence< sequence< string > > a1);" in found.pop("idl")
    assert found == {"call": 42, "cells": [[2], [4]], "exported": True, "calc": True, "excel": 42, "registered": True}
    assert "JWDT_TWICE(amount)" in copy.jwdt("functions")
    assert "JWDT_TWICE" in copy.jwdt("functions", "--markdown")
    copy.takes("cell function")


# An input field

COLUMN = """    trial_flow: float | None = fields.field(
        NUMBER, "排放流量", "flow", "监测时的流量，m3/h", "flow while monitored, m3/h", maximum=1e6,
        example=Text("120", "120"),
    )
"""
QUESTION = """    trial_works: str = fields.field(
        TEXT, "厂区", "works", "厂区名称", "name of the works",
        example=Text("一厂", "works 1"),
    )
"""
THERE_AND_BACK = """
from jwdt_xl.assessment import read
from jwdt_xl import workbook
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import builtin
data = json.load(open(given[0], encoding="utf-8"))
assessment, back = read(data), []
for host, language in (("portable", "zh"), ("excel", "en")):
    workbook.write("filled.xlsx", host=host, language=language, assessment=assessment)
    back.append(read(workbook.read("filled.xlsx").data) == assessment)
layout = workbook.Layout(builtin(), "portable", "zh")
data["pollutants"][0]["trial_flow"] = 1e7
try:
    read(data)
    said = []
except Refused as error:
    said = [[finding.where, finding.code] for finding in error.findings]
return {"back": back, "said": said, "flow": layout.where("pollutants[0].trial_flow"), "works": layout.where("enterprise.trial_works"),
        "limit": layout.where("pollutants[0].limit"), "value": assessment.pollutants[0].trial_flow}
"""


def test_an_input_field(copy: Copy) -> None:
    """One in the middle of a table, one in the middle of a section: whatever comes after them moves."""
    copy.before("assessment/tables.py", "    limit: float", COLUMN)
    copy.before("assessment/model.py", "    industry_code: str", QUESTION)
    row = {**PLAIN["pollutants"][0], "trial_flow": 120.5}
    data = copy.assessment({"pollutants": [row], "enterprise.trial_works": "一厂"})
    found = copy.probe(THERE_AND_BACK, data)
    assert found["back"] == [True, True] and found["value"] == 120.5
    assert found["said"] == [["pollutants[0].trial_flow", "too-large"]]
    # Each stands where that before which it was put stood, and moved it on.
    assert found["flow"] == at("pollutants[0].limit") and found["works"] == at("enterprise.industry_code")
    limit = LAYOUT.tables["pollutants"].column("limit")
    assert found["limit"] == f"污染物!{get_column_letter(limit + 2)}5"
    schema = json.loads(copy.jwdt("schema"))
    assert '"trial_flow"' in json.dumps(schema) and '"trial_works"' in json.dumps(schema)
    copy.jwdt("template", "--host", "portable", "-o", "template.xlsx")
    book = load_workbook(copy.folder / "template.xlsx")
    row_of_question = LAYOUT.fields["enterprise.industry_code"].cell.row + 1
    assert book["企业信息"].cell(row_of_question, 1).value == "厂区"
    assert book["污染物"].cell(4, limit + 1).value == "排放流量"
    validated = {str(rule.sqref).partition(":")[0] for rule in book["污染物"].data_validations.dataValidation}
    assert {f"{get_column_letter(limit + place)}5" for place in (0, 1, 2)} <= validated
    copy.takes("input field", times=2)


def test_a_question_in_the_middle_takes_no_other_ones_answer(copy: Copy) -> None:
    """Prefilled templates name the questions they fill: a region must not become the industry code."""
    copy.before("assessment/model.py", "    industry_code: str", QUESTION)
    known = {key: PLAIN["enterprise"][key] for key in ("name", "uscc", "industry_code", "region")}
    lines = ["企业名称,统一社会信用代码,行业代码,地区,报告期", ",".join((*known.values(), "2024"))]
    (copy.folder / "register.csv").write_text("\n".join(lines), encoding="utf-8")
    copy.jwdt("distribute", "--register", "register.csv", "-o", "out", "--jobs", "1")
    (made,) = (copy.folder / "out").glob("*.xlsx")
    body = "from jwdt_xl import workbook\nreturn workbook.read(given[0]).data"
    data = copy.probe(body, str(made))
    assert data["enterprise"] == known and data["periods"] == {"base": "2023", "report": "2024"}


def test_a_return_of_the_layout_before_still_reads(copy: Copy) -> None:
    """After a release the version is raised, and the form that is out there is read by its headings."""
    copy.before("assessment/tables.py", "    limit: float", COLUMN)
    copy.replaced("workbook/plan.py", f"VERSION = {VERSION}", f"VERSION = {VERSION + 1}")
    frozen = TESTS / "data" / f"layout_{VERSION}_cement.xlsx"
    body = "from jwdt_xl import workbook\nreturned = workbook.read(given[0])\nreturn [returned.data, returned.stamp['layout']]"
    data, version = copy.probe(body, str(frozen))
    expected = json.loads((TESTS / "golden" / "example_cement.json").read_text(encoding="utf-8"))
    assert version == str(VERSION) and data["pollutants"] == expected["pollutants"]


# A check

CHECK = '''
def region(result: Result) -> Iterator[Finding]:
    """Where the enterprise is."""
    if not result.assessment.enterprise.region:
        text = Text("没有填写地区；请补填", "the region is blank; fill it in")
        yield Finding(INFO, "blank-region", "enterprise.region", text, "completeness")


CHECKS = (*CHECKS, region)
'''
RULE = """    Rule(
        "rough-estimate",
        INFO,
        "objectivity",
        Text("粗略估算：尽快改用实测", "a rough estimate: measure it"),
        Text("“{n}”为粗略估算；请改用实测值", "“{n}” is a rough estimate; measure it"),
        datum("quality").equals(5),
        table="pollutants",
        field="quality",
    ),
"""


def test_a_check(copy: Copy) -> None:
    name = "assessment/checks/completeness.py"
    copy.after(name, "\n" + CHECK)
    assert "没有填写地区" in copy.jwdt("check", copy.assessment({"enterprise.region": None}))
    assert "没有填写地区" not in copy.jwdt("check", copy.assessment({}))
    copy.takes("check")


FILLED = """
from jwdt_xl.assessment import read
from jwdt_xl import workbook
from jwdt_xl.standard.guide import builtin
workbook.write("filled.xlsx", host="portable", assessment=read(json.load(open(given[0], encoding="utf-8"))))
table = workbook.Layout(builtin(), "portable", "zh").tables["pollutants"]
return [[table.first + i, table.column("hint")] for i in (0, 1)]
"""


def test_a_live_check_of_a_row(copy: Copy) -> None:
    copy.before("assessment/checks/rows.py", "    Rule(", RULE.replace("INFO", '"info"'))
    first, second = PLAIN["pollutants"]
    data = copy.assessment({"pollutants": [{**first, "quality": 5}, {**second, "quality": 4}]})
    said = copy.jwdt("check", data)
    assert said.count("为粗略估算") == 1
    places = copy.probe(FILLED, data)
    book = load_workbook(copy.folder / "filled.xlsx", data_only=True)
    live = in_ironcalc(copy.folder / "filled.xlsx")
    for values in (
        [book["污染物"].cell(row + 1, col + 1).value for row, col in places],
        [live["污染物", row, col] for row, col in places],
    ):
        assert values == ["粗略估算：尽快改用实测", "正常"]
    copy.takes("live check of a row")


# A computed column

SHOWN = """    Column("trial", Text("两倍", "twice"), lambda row: f"2*{row['base']}", lambda known: 2 * known.row.base),
"""
COMPUTED = """
from jwdt_xl.assessment import read
from jwdt_xl import workbook
from jwdt_xl.standard.guide import builtin
workbook.write("filled.xlsx", host="portable", assessment=read(json.load(open(given[0], encoding="utf-8"))))
table = workbook.Layout(builtin(), "portable", "zh").tables["pollutants"]
return [table.header, table.first, table.column("trial")]
"""


def test_a_computed_column(copy: Copy) -> None:
    copy.before("workbook/columns/pollutants.py", '    Column("key", None, _key', SHOWN)
    pollutant = PLAIN["pollutants"][0]
    header, first, col = copy.probe(COMPUTED, copy.assessment({"pollutants": [pollutant]}))
    cached = load_workbook(copy.folder / "filled.xlsx", data_only=True)["污染物"]
    assert cached.cell(header + 1, col + 1).value == "两倍"
    assert cached.cell(first + 1, col + 1).value == 2 * pollutant["base"]
    assert in_ironcalc(copy.folder / "filled.xlsx")["污染物", first, col] == 2 * pollutant["base"]
    copy.takes("computed column")


# A factor

ROWS = {
    "grid_factors": {"scope": "national_average", "name_zh": "全国电力平均二氧化碳排放因子", "year": "2031", "value": "0.4",
                     "unit": "tCO2/MWh (= kgCO2/kWh)", "sources": "notice of the trial", "confidence": "one source", "aliases": "全国"},
    "fuels": {"table": "B", "fuel_zh": "试验煤", "fuel_en": "trial coal", "unit_of_amount": "t", "net_calorific_value": "20",
              "ncv_unit": "GJ/t", "carbon_content_tC_per_GJ": "0.026", "oxidation_rate_percent": "95",
              "confidence": "one source", "source": "GB/T of the trial", "aliases": "trialcoal"},
}  # fmt: skip
FOUND_AS_ROW = """
from jwdt_xl import workbook
from jwdt_xl.functions import JWDT_ELECTRICITY_CO2, JWDT_FUEL_CO2
from jwdt_xl.standard import fuels, power
workbook.write("template.xlsx", host="portable")
return {"latest": power.nearest_year(None), "power": JWDT_ELECTRICITY_CO2(1000, 2031), "fuel": JWDT_FUEL_CO2("trialcoal", 10)}
"""


def row_of(path: Path, name: str) -> str:
    """The line of a row in a file of these columns."""
    heading = path.read_text(encoding="utf-8").splitlines()[0]
    return ",".join(ROWS[name][column] for column in heading.split(",")) + "\n"


def test_a_factor_row(copy: Copy) -> None:
    """One line of the data and one of the reference values: no test knows which year is the latest, or how many there are."""
    shutil.copytree(TESTS, copy.folder / "tests", ignore=shutil.ignore_patterns("__pycache__", "hostile", "node"))
    for name in ROWS:
        copy.after(f"standard/data/{name}.csv", row_of(copy.package / "standard" / "data" / f"{name}.csv", name))
        golden = copy.folder / "tests" / "golden" / f"{name}.csv"
        with golden.open("a", encoding="utf-8", newline="") as file:
            file.write(row_of(golden, name))
    found = copy.probe(FOUND_AS_ROW)
    assert found == {
        "latest": 2031,
        "power": pytest.approx(0.4),
        "fuel": pytest.approx(10 * 20 * 0.026 * 0.95 * 44 / 12),
    }
    book = load_workbook(copy.folder / "template.xlsx")
    cells = {cell for name in ("燃料缺省值", "电网与过程因子") for row in book[name].values for cell in row}
    assert {"试验煤", 2031} <= cells
    tests = ("standard/test_power.py", "standard/test_fuels.py", "assessment/test_bills.py", "functions/test_carbon.py")
    told = copy.run(
        "-m", "pytest", "-q", "--import-mode=importlib", "-p", "no:cacheprovider", *(f"tests/{t}" for t in tests)
    )
    assert "national_average-2031" not in told and " passed" in told and "failed" not in told
    copy.takes("factor row", times=2)


# An indicator, a field of a guide

QUOTIENT = """    quotient("trial", Text("单位产品能耗", "energy per product"), ("primary_tce", "output"), NEGATIVE, unit="kg"),
"""
FIELD = '    trial: Annotated[str, text("试验", "a trial", "试验用", "for a trial")] = ""\n'


def test_a_quotient_indicator(copy: Copy) -> None:
    """Offered to authors, and computed in every edition: tests/workbook/test_one_entry.py."""
    copy.before("standard/formulas.py", "        Formula(", QUOTIENT)
    assert '"trial"' in copy.jwdt("guide", "schema")
    copy.takes("quotient indicator")


def test_a_field_of_a_guide(copy: Copy) -> None:
    """Read, written and shown everywhere: tests/standard/test_record.py."""
    copy.before("standard/guide/nodes.py", "    benchmark_text:", FIELD)
    assert '"trial"' in copy.jwdt("guide", "schema")
    copy.takes("guide field")


# A host

INSTALL = """from ...messages import Text

def install() -> int:
    print(Text("试验软件已装", "the trial has it"))
    return 0

status = uninstall = install
"""
CHECKS = """from ..check import python

def checks():
    yield python((3, 10))
"""


def test_a_host(copy: Copy) -> None:
    for name, text in {"__init__": '"""A trial."""\n', "install": INSTALL, "checks": CHECKS}.items():
        copy.after(f"hosts/trial/{name}.py", text)
    entry = '        Host("trial", Text("试验软件", "a trial program"), "portable"),\n'
    copy.before("hosts/__init__.py", '        Host("libreoffice"', entry)
    assert "trial" in copy.jwdt("addin", "--help")
    for action in ("install", "status", "uninstall"):
        assert copy.jwdt("addin", action, "--host", "trial") == "试验软件已装\n"
    assert copy.jwdt("addin", "doctor", "--host", "trial").startswith("OK   Python")
    # of all hosts it is enough that one is ready: the new one
    assert "== 试验软件\nOK   Python" in copy.jwdt("addin", "doctor")
    copy.takes("host")


# An edition


def test_an_edition(copy: Copy) -> None:
    entry = '        Edition("trial", formulas=Formulas, program=Text("试验版。", "A trial edition.")),\n'
    copy.before("workbook/editions.py", '        Edition("portable"', entry)
    assert "trial" in copy.jwdt("template", "--help")
    copy.jwdt("template", "--host", "trial", "-o", "one.xlsx")
    copy.jwdt("template", "--all", "all")
    made = {path.name for path in (copy.folder / "all").iterdir()}
    assert {"template-trial-zh.xlsx", "template-trial-en.xlsx"} <= made
    for path in (copy.folder / "one.xlsx", copy.folder / "all" / "template-trial-zh.xlsx"):
        book = load_workbook(path)
        assert any(cell == "试验版。" for row in book["说明"].values for cell in row)
    stamp = copy.probe('from jwdt_xl import workbook\nreturn workbook.read("one.xlsx").stamp')
    assert stamp["host"] == "trial"
    copy.takes("edition")
