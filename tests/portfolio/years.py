"""Made-up enterprises over several years: each year's base period is what was reported the year before."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jwdt_xl.assessment import read, write
from jwdt_xl.assessment.next_year import next_year

from .campaigns import Firm, data_of, guide_of

Change = Callable[[dict[str, Any]], object]
_ASKED = ("policy", "management")


def following(data: dict[str, Any], firm: Firm, factor: float) -> dict[str, Any]:
    """The year after: what is emitted and used times a factor, output as before."""
    found = write(next_year(read(data, guide_of(firm.guide))))
    for table in ("pollutants", "activity", "greenhouse", "energy", "materials", "residual_energy"):
        for row in found.get(table, ()):
            if row.get("base") is not None:
                row["report"] = row["base"] * factor
    for part in (found["product"]["output"], found["output_value"]):
        part["report"] = part["base"]
    return {**found, **{key: data[key] for key in _ASKED if key in data}}


def year(
    folder: Path, golden: Path, listed: Iterable[Firm], number: int, changes: dict[int, Change] | None = None
) -> Path:
    """The returns of a year as assessment files, the first of which is 2024; changes: by the enterprise's number."""
    folder.mkdir(parents=True)
    for firm in listed:
        data = copy.deepcopy(data_of(firm, golden))
        for step in range(number - 2024):
            data = following(data, firm, 0.98 - 0.01 * ((firm.number + step) % 5))
        if changes and firm.number in changes:
            changes[firm.number](data)
        (folder / f"{firm.number}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder
