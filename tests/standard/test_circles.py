"""No module of the core needs itself, counting imports inside functions and those for type checkers."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import jwdt_xl

PACKAGE = Path(jwdt_xl.__file__).parent


def modules() -> dict[str, Path]:
    """The modules of the room by dotted name; a folder's __init__ by its own."""
    found = {}
    for path in (PACKAGE / "standard").rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def needed(name: str, path: Path, known: dict[str, Path]) -> set[str]:
    """The modules that one imports anywhere in it."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            inner = {f"{base}.{alias.name}" for alias in node.names}
            found |= (inner & set(known)) or {base}
    return {other for other in found if other in known and other != name}


def test_the_core_has_no_circle() -> None:
    known = modules()
    graph = {name: needed(name, path, known) for name, path in known.items()}
    assert len(graph) > 20 and graph["jwdt_xl.standard.guide"] >= {"jwdt_xl.standard.guide.tree"}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" ← ".join(error.args[1]))
