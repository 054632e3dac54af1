"""CSV files made from what enterprises call themselves: never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from ...messages import shown
from ...opening.outputs import write_text

_FORMULA = tuple("=+-@＝＋－＠\t\r")


def not_a_formula(value: Any) -> Any:
    """A text for a CSV file, which spreadsheet programs would otherwise compute."""
    if not isinstance(value, str):
        return value
    return f"'{shown(value)}" if value.lstrip(" \u3000\u00a0").startswith(_FORMULA) else shown(value)


def write_csv(path: str, heading: Sequence[str], rows: Iterable[Sequence[Any]], since: int = 0) -> None:
    """A CSV file that Excel opens as UTF-8; since: so many of its columns are newer than the first edition, which is ours too."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(heading)
    writer.writerows([not_a_formula(value) for value in row] for row in rows)
    first = ",".join(heading[: len(heading) - since]).encode("utf-8-sig")
    write_text(path, made.getvalue(), mark=first, encoding="utf-8-sig")
