"""Names of files and cells made from what enterprises call themselves: never a path, never a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from ...messages import shown
from ...opening.outputs import write_text

#: A file name may have 255 bytes, of which a Chinese character takes three; programs put endings of their own on it.
_LONGEST = 40
_UNSAFE = re.compile(r"[^\w]+")
_FORMULA = tuple("=+-@＝＋－＠\t\r")


def file_name(uscc: str, name: str, ending: str) -> str:
    """A file name: unique by the credit code it starts with, readable by the enterprise's name."""
    code, plain = (_UNSAFE.sub("_", unicodedata.normalize("NFC", text)).strip("_") for text in (uscc, name))
    return "_".join(filter(None, (code[:_LONGEST] or "x", plain[:_LONGEST].rstrip("_")))) + ending


def free_name(name: str, ending: str, taken: set[str]) -> str:
    """The name, or the first with a number before its ending that nothing before took; from now on it is taken."""
    stem, number, wanted = name.removesuffix(ending), 1, name
    while wanted.casefold() in taken:
        number += 1
        wanted = f"{stem}_{number}{ending}"
    taken.add(wanted.casefold())
    return wanted


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
