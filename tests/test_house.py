"""The rules of the house: which room may enter which, no circles, short files, folders instead of prefixes, tests in their room.

Read from the source that was installed; imports inside functions and under TYPE_CHECKING count.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

import jwdt_xl

PACKAGE = Path(jwdt_xl.__file__).parent
TESTS = Path(__file__).parent
LONGEST = 350

CORE = {"messages", "errors", "standard"}
#: What each room may import, besides itself. Nobody imports a host but the command line.
MAY_IMPORT = {
    "messages": set[str](),
    "errors": {"messages"},
    "standard": CORE,
    "assessment": CORE,
    "functions": CORE | {"assessment"},
    "opening": CORE,
    "workbook": CORE | {"assessment", "functions", "opening"},
    "portfolio": CORE | {"assessment", "opening", "workbook"},
    "papers": CORE | {"assessment", "opening", "workbook"},
    "survey": CORE | {"opening", "workbook"},
    "authoring": CORE | {"assessment", "opening", "workbook", "portfolio"},
    "reports": CORE | {"assessment", "opening", "workbook", "portfolio"},
    "hosts": CORE | {"functions", "opening", "assessment", "papers"},
    "cli": CORE
    | {
        "assessment",
        "functions",
        "opening",
        "workbook",
        "papers",
        "portfolio",
        "survey",
        "authoring",
        "reports",
        "hosts",
    },
}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


#: The project of xlwings Server is an application on top of the package, copied to a folder of the user's own.
FILES = {name_of(path): path for path in PACKAGE.rglob("*.py") if "project" not in path.parts}


def imports(module: str, path: Path) -> set[str]:
    """The modules of the package that a module imports, wherever in it."""
    here = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            base = ".".join(here.split(".")[: len(here.split(".")) - node.level + 1]) if node.level else ""
            whole = ".".join(filter(None, (base, node.module)))
            found |= {f"{whole}.{alias.name}" if f"{whole}.{alias.name}" in FILES else whole for alias in node.names}
    return found & FILES.keys() - {module}


GRAPH = {module: imports(module, path) for module, path in FILES.items()}


def room_of(module: str) -> str:
    return [*module.split("."), ""][1]


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(module: str) -> None:
        index[module] = low[module] = len(index)
        stack.append(module)
        for other in graph[module]:
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            place = stack.index(module)
            if len(stack) > place + 1:
                found.append(sorted(stack[place:]))
            del stack[place:]

    for module in graph:
        if module not in index:
            visit(module)
    return found


def test_circles_are_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


def test_no_circle() -> None:
    assert circles(GRAPH) == []


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_arrows_point_one_way(room: str) -> None:
    upward = {
        f"{module} → {other}"
        for module, others in GRAPH.items()
        if room_of(module) == room
        for other in others
        if room_of(other) not in MAY_IMPORT[room] | {room, ""}
    }
    assert not upward, "\n".join(sorted(upward))


def test_every_room_has_a_rule_and_tests() -> None:
    assert {room_of(module) for module in FILES} == MAY_IMPORT.keys() | {""}
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert all((TESTS / room).is_dir() for room in rooms), sorted(rooms)
    assert all(
        (path / "__init__.py").read_text(encoding="utf-8").startswith('"""')
        for path in PACKAGE.iterdir()
        if path.name in rooms
    )


def test_no_file_is_long() -> None:
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in FILES.items()}
    assert {module: n for module, n in lines.items() if n > LONGEST} == {}


def test_folders_instead_of_prefixes() -> None:
    """No name repeats its folder's, and no three neighbours share a prefix that a folder could stand for."""
    groups: dict[tuple[Path, str], list[str]] = defaultdict(list)
    for path in FILES.values():
        folder, stem = path.parent, path.stem
        assert not stem.startswith((f"{folder.name}_", f"{folder.name.removesuffix('s')}_")), path
        if "_" in stem.strip("_"):
            groups[folder, stem.partition("_")[0]].append(stem)
    assert {f"{folder.name}/{prefix}": names for (folder, prefix), names in groups.items() if len(names) > 2} == {}
