"""Forms of a series: each is what it would be if written alone, whoever came before."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jwdt_xl import workbook
from jwdt_xl.assessment import Assessment, read
from jwdt_xl.assessment.model import Enterprise, Periods, Product
from jwdt_xl.authoring import load
from jwdt_xl.standard.codes import uscc_check_character
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.guide.benchmarks import Benchmark
from jwdt_xl.workbook import writer
from jwdt_xl.workbook.series import Series

from ..standard.regions import city_guide
from .cases import enterprises


def parts(path: Path) -> dict[str, str]:
    """The parts of a file with texts and formats in the place of their numbers."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = re.findall(r"<si>(.*?)</si>", found.pop("xl/sharedStrings.xml"), re.S)
    styles = found.pop("xl/styles.xml")

    def listed(group: str, tag: str) -> list[str]:
        inner = re.search(rf"<{group}\b[^>]*>(.*?)</{group}>", styles, re.S)
        return re.findall(rf"<{tag}\b(?:[^>]*/>|.*?</{tag}>)", inner[1], re.S) if inner else []

    fonts, fills, borders = listed("fonts", "font"), listed("fills", "fill"), listed("borders", "border")
    numbers = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    looks = []
    for xf in listed("cellXfs", "xf"):
        for name, those in (("font", fonts), ("fill", fills), ("border", borders)):
            xf = re.sub(rf'{name}Id="(\d+)"', lambda found, those=those: those[int(found[1])], xf)
        looks.append(re.sub(r'numFmtId="(\d+)"', lambda found: numbers.get(found[1], found[1]), xf))
    laid = listed("dxfs", "dxf")
    for name in [name for name in found if name.startswith("xl/worksheets/sheet")]:
        sheet = re.sub(r't="s"><v>(\d+)</v>', lambda number: f">{texts[int(number[1])]}", found[name])
        sheet = re.sub(r'\b(?:s|style)="(\d+)"', lambda number: looks[int(number[1])], sheet)
        found[name] = re.sub(r'dxfId="(\d+)"', lambda number: laid[int(number[1])], sheet)
    return found


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
named = st.builds(
    Assessment,
    enterprise=st.builds(
        Enterprise,
        name=texts,
        uscc=st.sampled_from(["", "91310000000000001X", "91350100M000100Y43"]),
        industry_code=st.sampled_from(["", "3011", "C17", "9999"]),
        region=st.sampled_from(["", "浙江", "上海市", "?"]),
    ),
    periods=st.builds(Periods, base=st.sampled_from(["", "2022", "x"]), report=st.sampled_from(["", "2023", "2023年"])),
    product=st.builds(Product, name=texts, unit=st.sampled_from(["", "t", "万m", "?"])),
    benchmarks=st.sampled_from([{}, {"1.1": Benchmark(value=0.25)}]),
)


@pytest.fixture(scope="module")
def series():
    made: dict[tuple[str, str, str], Series] = {}

    def of(name: str, host: str, language: str) -> Series:
        return made.setdefault((name, host, language), Series(guides[name], host, language))

    return of


guides = {"": builtin(), "cement": load("cement"), "city": city_guide()}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    assessment=named, guide=st.sampled_from(sorted(guides)), host=st.sampled_from(["portable", "lambda"]),
    language=st.sampled_from(["zh", "en"]),
)  # fmt: skip
def test_a_form_shows_what_it_would_show_alone(series, tmp_path_factory, assessment, guide, host, language):
    folder = tmp_path_factory.mktemp("series")
    alone = workbook.write(
        folder / "alone.xlsx", guide=guides[guide], host=host, language=language, assessment=assessment
    )
    assert series(guide, host, language).write(folder / "one.xlsx", assessment) == alone
    assert parts(folder / "one.xlsx") == parts(folder / "alone.xlsx")


@pytest.mark.parametrize("name", ["bills: fuels sold", "negative energy"])
def test_what_is_filled_in_already_is_as_alone(series, tmp_path, name):
    assessment = read(enterprises()[name])
    workbook.write(tmp_path / "alone.xlsx", host="portable", assessment=assessment)
    series("", "portable", "zh").write(tmp_path / "one.xlsx", assessment)
    assert parts(tmp_path / "one.xlsx") == parts(tmp_path / "alone.xlsx")


def test_nothing_of_another_is_in_a_form(tmp_path):
    """Not even where nobody looks, and whoever was first: the same bytes."""
    made = Series(builtin(), "portable", "zh")
    one = Assessment(enterprise=Enterprise(name="甲公司的秘密"), product=Product(name="某产品"))
    two = dataclasses.replace(one, enterprise=Enterprise(name="乙"), product=Product())
    for path, assessment in (("a", one), ("b", two), ("c", one)):
        made.write(tmp_path / path, assessment)
    Series(builtin(), "portable", "zh").write(tmp_path / "d", two)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "c").read_bytes()
    assert (tmp_path / "b").read_bytes() == (tmp_path / "d").read_bytes()
    with zipfile.ZipFile(tmp_path / "b") as archive:
        assert not [name for name in archive.namelist() if "甲公司" in archive.read(name).decode()]


def test_a_table_of_other_length_is_written_alone(tmp_path):
    """The lists name cells of the tables."""
    many = read(enterprises()["bills: fuels sold"])
    many = dataclasses.replace(many, activity=many.activity * 20)
    made = Series(builtin(), "portable", "zh")
    made.write(tmp_path / "one.xlsx", many)
    workbook.write(tmp_path / "alone.xlsx", host="portable", assessment=many)
    assert parts(tmp_path / "one.xlsx") == parts(tmp_path / "alone.xlsx")


OF_FORMS = [
    "3011",
    "2023",
    "浙江",
    "水泥",
    "某产品",
    "企业名称",
    "t",
    "示例工业有限公司",
    "本公司",
    "甲丙戊庚壬乙丁己辛癸",
]
NAMES = [*OF_FORMS, "TRUE", "1", "#N/A", "=1+1", "a_x0041_b", "A & B", "<甲>", " 甲", "甲 ", "甲\n乙", "x" * 33, "甲" * 14, "甲" * 15,
         "甲" * 60, "\U00020000" * 20, "某某公司", "乙公司", "丙公司"]  # fmt: skip
REGIONS = ["上海市", "", "浙江", "浙江省杭州市", "3011", "某某公司"]
CODES = ["91310000000000001X", "91350100M000100Y43", "", "91330500MA2B2C3D4T"]


@pytest.mark.parametrize("of", [("", "portable", "zh"), ("cement", "excel", "en"), ("", "lambda", "zh")])
def test_names_put_into_a_form_make_the_bytes_of_one_written_for_them(series, tmp_path, of):
    """Whatever they are like, and whatever of the form says the same."""
    made = series(*of)
    for i, name in enumerate(NAMES if of[1] == "portable" else NAMES[1::6]):
        enterprise = Enterprise(name, CODES[i % 4 % (1 + i % 5)], "3011", REGIONS[i % 6])
        product = Product(name="某产品" if i % 7 == 3 else "")
        one = Assessment(enterprise=enterprise, periods=Periods("2022", "2023"), product=product)
        made.write(tmp_path / "one.xlsx", one)
        with mock.patch.object(Series, "_of_names", return_value=None):
            made.write(tmp_path / "alone.xlsx", one)
        assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "alone.xlsx").read_bytes(), one


def test_a_usual_name_is_put_into_a_form(tmp_path):
    """Names, codes and places are other ones in each row of a register: nothing but the first is written by XlsxWriter."""
    made = Series(builtin(), "portable", "zh")
    for i, (name, region) in enumerate(
        [("甲公司", "杭州市"), ("乙（浙江）股份有限公司", "浙江省宁波市"), ("丙 Co.", "")] * 2
    ):
        uscc = f"91330500MA2B2C3E{i}"
        uscc += uscc_check_character(uscc)
        one = Assessment(enterprise=Enterprise(name, uscc, "3011", region), periods=Periods("2022", "2023"))
        with mock.patch("jwdt_xl.workbook.series.written", wraps=writer.written) as written:
            made.write(tmp_path / "one.xlsx", one)
        assert written.call_count == {0: 2, 2: 1}.get(i, 0)  # the form of nobody, and one with and without a region
