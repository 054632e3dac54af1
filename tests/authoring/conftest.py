"""A guide to change one field of, and returns that fit any guide. Messages are compared in English."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jwdt_xl.authoring import load, shipped
from jwdt_xl.cli import main
from jwdt_xl.messages import set_language
from jwdt_xl.standard.guide import Guide, builtin, to_dict
from jwdt_xl.standard.scoring import MODERATE, QUALITATIVE

from ..office import Office

Data = dict[str, Any]

DRAFTS = ("dapeng-index", "zhejiang-index")
COMPLETE = tuple(name for name in shipped() if name not in DRAFTS)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("zh")


def guide_of(name: str) -> Guide:
    return builtin() if name == "general" else load(name)


@pytest.fixture
def data() -> Data:
    """The built-in guide as a dict, with benchmarks, to be changed."""
    found = copy.deepcopy(to_dict(builtin()))
    for node in found["nodes"]:
        if node.get("attribute") in ("positive", "negative"):
            node["benchmark"] = {"value": 2.5, "unit": node["unit_zh"], "source": "policy", "year": 2023}
    return found


def return_for(guide: Guide, golden: Path) -> Data:
    """An assessment of the cement example that says everything a guide asks."""
    found: Data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    found["entered"] = {
        node.code: 0.5 if node.attribute == QUALITATIVE else 96
        for node in guide.indicators
        if node.formula == "entered"
    }
    found["benchmarks"] = {
        node.code: {"value": 10.0, "source": "policy", "year": 2023}
        for node in guide.indicators
        if node.benchmark is None and node.attribute not in (MODERATE, QUALITATIVE)
    }
    return found


@pytest.fixture
def filled(golden: Path) -> Callable[[Guide], Data]:
    return lambda guide: return_for(guide, golden)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`jwdt guide` in this process and an empty folder: exit code, stdout, stderr."""
    monkeypatch.delenv("JWDT_LANG", raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main(["guide", *map(str, arguments), "--lang", "en"])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office() as office:
        yield office
