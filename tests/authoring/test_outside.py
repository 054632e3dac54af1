"""Guides from outside: whatever a file holds is told with its place, in short words and in under two seconds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.authoring import dump, load, loads, new_book, open_guide
from jwdt_xl.authoring.files import LARGEST, MOST_LINES
from jwdt_xl.errors import Refused
from jwdt_xl.standard.guide import builtin, from_dict, to_dict

from .places import fact

#: Of this process: the machine may have others.
SECONDS = 2.0
HEAD = 'format = "jwdt-guide/1"\nid = "x"\nversion = "1"\nname_zh = "n"\nsource_zh = "s"\n'


def nodes(count: int) -> str:
    """A flat tree as the text of a file."""
    entry = '[[nodes]]\ncode = "c{i}"\nname_zh = "n{i}"\nweight = {w!r}\nattribute = "positive"\nformula = "entered"\n'
    return "".join(entry.format(i=i, w=1 / count) for i in range(count))


TWO = HEAD + nodes(2)
LONG = "i" * 100_000
#: A file, the line named, and what is said of it.
FILES = {
    "a number beyond floats": (TWO.replace("0.5", "1e400", 1), 9, "must be a number ≥ 0, got “inf”"),
    "an integer beyond floats": (TWO.replace("0.5", "1" + "0" * 400, 1), 9, "must be a number ≥ 0, got “1000"),
    "an integer of 10,000 digits": (TWO.replace("0.5", "1" + "0" * 10_000, 1), 9, "TOML syntax error"),
    "an integer no program prints": (TWO.replace("0.5", "0x" + "f" * 100_000, 1), 9, "must be a number ≥ 0, got “(int)”"),
    "such an integer for an id": (TWO.replace('"x"', "0x" + "f" * 100_000), 2, "must be text, got (int)"),
    "such an integer for an option": (TWO + f"[options]\nscore_cap = 0x{'f' * 100_000}", 19, "must be 1 … 10, got “(int)”"),
    "an id of 100,000 characters": (TWO.replace('"x"', f'"{LONG}"'), 2, "must have at most 100 characters, got 100000"),
    "a code of 100,000 characters": (TWO.replace('"c0"', f'"{LONG}"'), 7, "must have at most 10000 characters"),
    "a parent of 100,000 characters": (TWO.replace('name_zh = "n1"', f'parent = "{LONG}"'), 14, "at most 10000 characters"),
    "a field of 100,000 characters": (TWO.replace('name_zh = "n1"', f'{LONG} = 1\nname_zh = "n"'), 12, "unknown field"),
    "2,000 indicators": (HEAD + nodes(2_000), 6, "must have at most 1000 entries, got 2000"),
    "9,000 empty nodes": (HEAD + "[[nodes]]\n" * 9_000, 6, "must have at most 1000 entries, got 9000"),
    "gaps without end": (TWO.replace("version", f"gaps = [{'[],' * 20_000}]\nversion"), 3, "at most 1000 entries"),
    "a gap of three": (TWO.replace("version", 'gaps = [["a", "b", "c"]]\nversion'), 3, "must be [Chinese, English], got 3 texts"),
    **{f"{what} {depth} deep": (HEAD + "gaps = " + opening * depth + "1" + closing * depth, 6, "nested more than 100 levels")
       for depth in (500, 100_000) for what, opening, closing in (("arrays", "[", "]"), ("tables", "{a=", "}"))},
    "a dotted key 100,000 deep": (HEAD + "a" + ".a" * 100_000 + " = 1", 6, "nested more than 100 levels"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), FILES.values(), ids=FILES)
def test_a_file(text: str, line: int, message: str) -> None:
    begin = time.process_time()
    with pytest.raises(Refused) as caught:
        loads(text)
    assert time.process_time() - begin < SECONDS
    first = next(f for f in caught.value.findings if message in f.text.en)
    assert first.where == f"guide.toml:{line}"
    assert all(len(f.text.en) < 300 and len(f.where) < 100 for f in caught.value.findings)


@pytest.mark.parametrize("suffix", [".toml", ".json"])
@pytest.mark.parametrize("comment", ["# " + "c" * 30_000_000, "# c\n" * 7_500_000], ids=["one line", "many lines"])
def test_30_mb_of_comments(tmp_path: Path, suffix: str, comment: str) -> None:
    path = tmp_path / f"g{suffix}"
    path.write_text(TWO + comment, encoding="utf-8")
    begin = time.process_time()
    with pytest.raises(Refused, match="a guide file at most") as caught:
        open_guide(path)
    assert time.process_time() - begin < SECONDS
    assert [finding.where for finding in caught.value.findings] == [str(path)]


def test_many_lines() -> None:
    with pytest.raises(Refused, match=f"a guide file at most {MOST_LINES}"):
        loads(TWO + "\n" * MOST_LINES)
    with pytest.raises(Refused, match="a guide file at most") as caught:
        loads(HEAD + nodes(10_000))
    assert [finding.where for finding in caught.value.findings] == ["guide.toml"]


def _deep() -> Any:
    deep: Any = 1
    for _ in range(100_000):
        deep = {"a": deep}
    return deep


def _nodes(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["nodes"][3].update(fields)


#: A change to the dict of a guide, and the place named.
DICTS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "10,000 indicators": (
        lambda d: d.update(nodes=[{"code": f"c{i}", "weight": 1e-4, "name_zh": "n"} for i in range(10_000)]), "nodes"),
    "10,000 grades": (lambda d: d.update(grades=[{"name_zh": f"g{i}", "from": i} for i in range(10_000)]), "grades"),
    "an endless benchmark": (_nodes(benchmark={"value": 10**400}), "nodes[3].benchmark"),
    "an endless factor": (
        lambda d: d.update(conversions=[{"product_zh": "p", "unit": "t", "to": "t", "factor": 10**400}]),
        "conversions[0].factor"),
    "an endless limit": (
        lambda d: d.update(conditions=[{"indicator": "1", "below": -(10**400), "reason_zh": "r"}]), "conditions[0].below"),
    "an endless score": (
        lambda d: d.update(derivation={"experts": [{"name": "a", "scores": {"8": 10**400, "9": 1}}]}),
        "derivation.experts[0].scores.8"),
    "100,000 scores": (
        lambda d: d.update(derivation={"experts": [{"name": "a", "scores": {f"k{i}": 1 for i in range(100_000)}}]}),
        "derivation.experts[0].scores"),
    "100,000 unknown fields": (lambda d: d.update({f"k{i}": 1 for i in range(100_000)}), "k0"),
    "100,000 unknown options": (lambda d: d.update(options={f"k{i}": 1 for i in range(100_000)}), "options"),
    **{f"{name} without end": (lambda d, name=name: d.update({name: _deep()}), name)
       for name in ("id", "nodes", "gaps", "grades", "base_period", "output_value_basis", "format", "review")},
    "a node without end": (lambda d: d["nodes"].append(_deep()), "nodes[12].a"),
    "a weight without end": (_nodes(weight=_deep()), "nodes[3].weight"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "where"), DICTS.values(), ids=DICTS)
def test_a_dict(change: Callable[[dict[str, Any]], Any], where: str) -> None:
    data = json.loads(json.dumps(to_dict(builtin())))
    change(data)
    begin = time.process_time()
    with pytest.raises(Refused) as caught:
        from_dict(data)
    assert time.process_time() - begin < SECONDS
    assert where in [finding.where for finding in caught.value.findings]
    assert len(caught.value.findings) < 50 and all(len(f.text.en) < 300 for f in caught.value.findings)


def test_a_chain_of_1000_levels_and_1000_siblings_are_guides() -> None:
    """What is allowed works: no depth of the tree ends in a recursion, no number of nodes in hours."""
    chain: list[dict[str, Any]] = [
        {"code": f"c{i}", "parent": f"c{i - 1}" if i else "", "name_zh": "级", "weight": 1.0} for i in range(1_000)
    ]
    chain[-1] |= {"attribute": "positive", "formula": "entered"}
    begin = time.process_time()
    guide = from_dict({"format": "jwdt-guide/1", "id": "x", "nodes": chain})
    assert guide.first_level(guide.leaves[0]).code == "c0"
    assert time.process_time() - begin < SECONDS
    begin = time.process_time()
    wide = loads(HEAD + nodes(1_000))
    assert len(wide.indicators) == 1_000
    assert time.process_time() - begin < SECONDS
    text = dump(wide)
    assert len(text.encode()) < LARGEST and loads(text).hash == wide.hash


def test_long_texts_of_a_workbook_are_named_by_their_cell(tmp_path: Path) -> None:
    data = to_dict(load("cement")) | {"id": "i" * 30_000}
    new_book(tmp_path / "g.xlsx", data, "en")
    with pytest.raises(Refused, match=rf"{fact('id')}: must have at most 100 characters, got 30000"):
        open_guide(tmp_path / "g.xlsx")
