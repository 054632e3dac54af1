"""The documentation: the same pages in both languages, whose parts pair; links that lead somewhere; claims that name their test."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest

import jwdt_xl
from jwdt_xl.hosts import HOSTS
from jwdt_xl.hosts.check import MINIMUM_XLWINGS
from jwdt_xl.workbook.editions import PROGRAMS

from . import dependencies

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PACKAGE = Path(jwdt_xl.__file__).parent
LANGUAGES = ("zh", "en")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
#: The pages by their place in either language.
NAMES = sorted(
    {path.relative_to(DOCS / language).as_posix() for language in LANGUAGES for path in (DOCS / language).rglob("*.md")}
)
#: Written by the program, whose help texts hold names of pollutants and fuels as they are typed.
GENERATED = ("functions.md", "method.md", "synergy.md")

HAN = re.compile(r"[一-鿿，。；：、（）《》！？]+")
#: So many words in a row are a sentence, and no name of a program.
SENTENCE = re.compile(r"[A-Za-z][\w'’-]*(?:,? [A-Za-z(][\w'’)-]*){5,}")
#: Names that have no other, besides what stands in quotes or as code.
CHINESE_NAMES = ("中文", "问卷星", "腾讯问卷")


def text_of(language: str, name: str) -> str:
    return (DOCS / language / name).read_text(encoding="utf-8")


def both(name: str) -> tuple[str, str]:
    return text_of("zh", name), text_of("en", name)


def blocks(page: str) -> list[str]:
    return re.findall(r"^```.*?^```$", page, re.MULTILINE | re.DOTALL)


def without_blocks(page: str) -> str:
    return re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[str]:
    """The lines of a block without their comments, which are in the page's language."""
    return [line for line in (re.sub(r"(^|\s+)# .*$", "", line) for line in block.splitlines()) if line]


def headings(page: str) -> list[tuple[str, str]]:
    return re.findall(r"^(#+) (.+)$", without_blocks(page), re.MULTILINE)


def tables(page: str) -> list[list[int]]:
    """The tables of a page, each by the number of cells in its rows."""
    found: list[list[int]] = []
    inside = False
    for line in without_blocks(page).splitlines():
        if line.startswith("|"):
            if not inside:
                found.append([])
            found[-1].append(len(re.findall(r"(?<!\\)\|", line)) - 1)
        inside = line.startswith("|")
    return found


def marks(page: str) -> list[str]:
    """The items of lists, and the pictures."""
    return re.findall(r"^(?:- |\d+\. |> )|^!\[.*?\](\(.*\))$", without_blocks(page), re.MULTILINE)


def prose(page: str) -> str:
    """What is written in the page's language: without code, comments, addresses, and what is quoted."""
    page = re.sub(r"<!--.*?-->|`[^`\n]*`|“[^”]*”", "X", without_blocks(page))
    return re.sub(r"\]\([^)]*\)|https?:\S+|\*[A-Z][\w ]*\*", "X", page)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found = (heading for _, heading in headings(page.read_text(encoding="utf-8")))
    plain = (re.sub(r"[`*]|\[|\]\([^)]*\)", "", heading).strip().lower() for heading in found)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{page.name}: {link}"


def test_every_picture_is_shown() -> None:
    shown = {Path(link).name for page in PAGES for link in LINK.findall(page.read_text(encoding="utf-8"))}
    assert {path.name for path in (DOCS / "images").iterdir()} <= shown


@pytest.mark.parametrize("name", NAMES)
def test_the_two_languages_pair(name: str) -> None:
    zh, en = both(name)
    assert [level for level, _ in headings(zh)] == [level for level, _ in headings(en)]
    assert tables(zh) == tables(en)
    for table in tables(zh):
        assert len(set(table)) == 1, f"a row with more or fewer cells than its heading: {table}"
    assert [commands(block) for block in blocks(zh)] == [commands(block) for block in blocks(en)]
    assert marks(zh) == marks(en)


def numbers(line: str) -> list[str]:
    line = re.sub(r"\]\([^)]*\)", "", line)
    return sorted(found.rstrip(",").replace(",", "") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", line))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in GENERATED])
def test_tables_have_the_same_numbers(name: str) -> None:
    """What was measured, a limit, a factor: row by row the same in both languages."""
    zh, en = ([line for line in without_blocks(page).splitlines() if line.startswith("|")] for page in both(name))
    assert [(a, b) for a, b in zip(zh, en, strict=True) if numbers(a) != numbers(b)] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_language_leads_to_the_other(name: str) -> None:
    up = "../" * (name.count("/") + 1)
    for language, other, word in (("zh", "en", "English"), ("en", "zh", "中文")):
        lines = text_of(language, name).splitlines()
        assert lines[0].startswith("# ") and lines[2].startswith(f"[{word}]({up}{other}/{name})"), lines[:3]
        assert f"({language}/{name})" in (DOCS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_page_mixes_languages(name: str) -> None:
    zh, en = map(prose, both(name))
    assert not SENTENCE.findall(zh), "English in a Chinese page"
    for known in CHINESE_NAMES:
        en = en.replace(known, "")
    found = HAN.findall(en)
    if name in GENERATED:
        found = [words for words in found if len(words) > 8 or re.search("[，。；：]", words)]
    assert not found, "Chinese in an English page"


def test_what_is_mixed_is_found() -> None:
    assert SENTENCE.search("填数，see the result of this cell at once。")
    assert not SENTENCE.search("在 Excel、WPS、LibreOffice 里用 Import Functions")
    assert HAN.findall(prose("fill in 数据 here, `数据` and “数据”")) == ["数据"]


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_has_its_page(host: str) -> None:
    for language, parts in (
        ("zh", ("限制", "在哪里试过", "按症状")),
        ("en", ("Limits", "What was tried where", "By symptom")),
    ):
        text = text_of(language, f"hosts/{host}.md")
        assert all(f"\n## {part}\n" in text for part in parts)
        assert f"({host}.md)" in text_of(language, "hosts/README.md")


def proofs(page: str) -> list[list[str]]:
    """The test files that the rows of promises name."""
    rows = (line for line in page.splitlines() if line.startswith("|") and not re.match(r"\|[-|]+$", line))
    return [re.findall(r"`(tests/[^`]+)`", line.split("|")[-2]) for line in rows]


def test_every_promise_names_a_test_that_there_is() -> None:
    zh, en = map(proofs, both("promises.md"))
    assert zh == en
    titles = sum(1 for level, _ in headings(text_of("en", "promises.md")) if level == "##") - 1  # the last has no table
    assert sum(not tests for tests in en) == titles, "a row without a test"
    for path in {path for tests in en for path in tests}:
        assert (ROOT / path).is_file() and "def test_" in (ROOT / path).read_text(encoding="utf-8"), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_dependencies_are_not_stale(language: str) -> None:
    """By name, licence and what is required: the version installed here may be another."""

    def facts(page: str) -> list[tuple[str, ...]]:
        rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")]
        return [(*row[:2], row[-1]) for row in rows]

    try:
        fresh = dependencies.markdown(language)
    except importlib.metadata.PackageNotFoundError as error:  # an extra that this Python cannot have
        pytest.skip(f"not installed here: {error.name}")
    assert facts(text_of(language, "dependencies.md")) == facts(fresh), "run: python tests/dependencies.py"


def test_the_doctor_asks_for_the_xlwings_that_is_required() -> None:
    required = dependencies.requirements("")["xlwings"].specifier
    assert f">={'.'.join(map(str, MINIMUM_XLWINGS))}" in map(str, required)


def test_contributing_names_every_room_and_only_what_there_is() -> None:
    """The recipes lead to files that are there; the rooms are those of the package."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert set(re.findall(r"^\| `jwdt_xl/(\w+)` \|", text, re.MULTILINE)) == rooms
    for name in re.findall(r"`((?:jwdt_xl|tests|docs|udfs|templates)/[\w./]+)`", text):
        place = PACKAGE.parent / name if name.startswith("jwdt_xl/") else ROOT / name
        assert place.exists(), name
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    for name in re.findall(r"`@?(?:\w+\.)?(\w+)\(…\)`", text):
        assert re.search(rf"^ *(def|class) {name}\b", source, re.MULTILINE), name


@pytest.mark.parametrize("name", NAMES)
def test_pages_name_only_what_there_is(name: str) -> None:
    for page in both(name):
        for path in re.findall(r"`(?:python )?((?:tests|bench|udfs)/[\w./]+)`", page):
            assert (ROOT / path).exists(), path


def test_every_dependency_is_used() -> None:
    modules = {"python-calamine": "python_calamine", "python-stdnum": "stdnum"}
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    for name in dependencies.requirements(""):
        assert re.search(rf"^\s*(import|from) {modules.get(name, name)}\b", source, re.MULTILINE), name


def test_what_is_held_says_why() -> None:
    held = {
        name
        for extra in dependencies.EXTRAS
        for name, requirement in dependencies.requirements(extra).items()
        if "<" in str(requirement.specifier) and name != "ruff"  # the formatter: pyproject.toml says why
    }
    assert held == dependencies.REASONS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_the_edition_for_each_program(language: str) -> None:
    """The table of the page and the line on the how-to sheet are one."""
    page = (ROOT / "docs" / language / "hosts" / "wps.md").read_text(encoding="utf-8")
    for program, edition in PROGRAMS:
        assert f"| {getattr(program, language)} | {getattr(edition, language)} |" in page


def test_what_contributors_are_led_to_is_there() -> None:
    """`NAME` (`file.py`): a newcomer who opens the file finds the name there."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    here = {"jwdt_xl": PACKAGE.parent, "tests": ROOT}  # the package is tested where it is installed
    led = re.findall(r"`([A-Za-z_]+)`\s+(?:\(|of\s+|in\s+)`((?:jwdt_xl|tests)/[\w/]+\.py)`", text)
    assert len(led) >= 5
    assert not [
        (name, file)
        for name, file in led
        if name not in (here[file.partition("/")[0]] / file).read_text(encoding="utf-8")
    ]
    table = text.partition("## Where to look")[2].partition("\n## ")[0]
    rooms = [PACKAGE / place for place in re.findall(r"`([a-z]\w*/[\w/]+?(?:\.py)?)`", table)]
    assert len(rooms) >= 8 and not [room for room in rooms if not room.exists()]
