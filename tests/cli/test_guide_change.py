"""jwdt score --guide NEW on a return that was made for another guide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jwdt_xl import workbook
from jwdt_xl.assessment import evaluate, read
from jwdt_xl.authoring import open_guide


def test_a_return_of_the_built_in_guide_is_scored_by_a_sector_guide(run: Any, golden: Path, tmp_path: Path) -> None:
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    returned = tmp_path / "return.xlsx"
    workbook.write(returned, host="portable", assessment=read(data))
    done = run("score", str(returned), "--guide", "cement", "--json")
    (found,) = json.loads(done.out)
    expected = evaluate(data, open_guide("cement")).as_dict()
    assert found["total"] == expected["total"]
    assert found["scores"] == expected["scores"]
    assert "guide-changed" in [finding["code"] for finding in found["findings"]]


def test_a_return_of_an_unknown_guide_is_refused(run: Any, tmp_path: Path) -> None:
    guide = open_guide("paper")
    other = tmp_path / "other.toml"
    from jwdt_xl.authoring import dump

    other.write_text(dump(guide).replace('id = "', 'id = "x-', 1), encoding="utf-8")
    returned = tmp_path / "return.xlsx"
    workbook.write(returned, guide=open_guide(str(other)))
    done = run("score", str(returned), "--guide", "cement", "--json")
    (found,) = json.loads(done.out)
    assert done.code == 1
    assert found["total"] is None
    assert found["findings"][0]["code"] in ("other-guide", "unknown-guide")
