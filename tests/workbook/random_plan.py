"""Random plans of an enterprise: measures of a few rows each, with what formulas get wrong: the same row twice, several
fields of a row, blanks, zeros, rows that cannot be so."""

from __future__ import annotations

import random
from typing import Any

from jwdt_xl.assessment.read import read
from jwdt_xl.standard import energy as energies
from jwdt_xl.workbook.measures.lines import CHANGEABLE

Data = dict[str, Any]


def with_plan(data: Data, seed: int) -> Data:
    """The same enterprise with the plan of this seed."""
    chance = random.Random(seed)
    rows = [
        (table, place)
        for table in CHANGEABLE
        for place, row in enumerate(data.get(table) or [])
        if isinstance(row.get("report"), (int, float))
    ]
    assessment = read(data)
    rows = [(table, place) for table, place in rows if place < len(getattr(assessment, table))]
    if not rows:
        return data
    plan: list[Data] = []
    for number in range(chance.randint(1, 4)):
        chosen = chance.sample(rows, min(len(rows), chance.randint(1, 3)))
        if plan and chance.random() < 0.3:
            path = plan[-1]["changes"][0]["path"]
            table, place = path[:-1].split("[")
            chosen = list(dict.fromkeys([(table, int(place)), *chosen]))
        measure: Data = {"name": f"措施 {number}", "changes": []}
        for table, place in chosen:
            measure["changes"] += _changes(chance, table, place, data[table][place]["report"])
        if chance.random() < 0.8:
            measure["cost"] = chance.choice((0, 12.5, 300, 1e4))
        if chance.random() < 0.5:
            measure["life"] = chance.choice((1, 10, 15.5))
        plan.append(measure)
    return {**data, "plan": plan}


def _changes(chance: random.Random, table: str, place: int, report: float) -> list[Data]:
    path, found = f"{table}[{place}]", []
    if chance.random() < 0.85 or CHANGEABLE[table] == ("report",):
        found.append({"path": path, "field": "report", "value": report * chance.choice((0, 0.5, 0.9, 0.99, 1, 1.3))})
    if "emission_factor" in CHANGEABLE[table] and chance.random() < 0.3:
        found.append({"path": path, "field": "emission_factor", "value": chance.choice((0, 0.4, 2.5))})
    if "origin" in CHANGEABLE[table] and (not found or chance.random() < 0.3):
        found.append({"path": path, "field": "origin", "value": chance.choice(energies.ORIGINS)})
    return found
