"""When a document was last saved, by its own properties."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib

from ..errors import Refused
from . import markup

_SAVED = {"docProps/core.xml": "modified", "meta.xml": "date"}
#: The fixed time in the workbooks we write; programs that keep it have saved later than they say.
NO_TIME = "2024-01-01T00:00:00"


def saved_time(file: zipfile.ZipFile) -> str | None:
    """In UTC and sortable; None where the file does not say, or kept the time of the form it was made from."""
    for part, wanted in _SAVED.items():
        if markup.entry(file, part) is None:
            continue
        inside: list[str] = []
        found: list[str] = []

        def text(data: str, inside: list[str] = inside, found: list[str] = found, wanted: str = wanted) -> None:
            if inside[-1:] == [wanted]:
                found.append(data)

        try:
            markup.parse(
                markup.pieces(file, part, markup.PIECE),
                lambda name, _, inside=inside: inside.append(name),  # type: ignore[misc]
                lambda _, inside=inside: inside.pop() and None,  # type: ignore[misc]
                text,
            )
        except (zipfile.BadZipFile, zlib.error, Refused):  # the sheets may still be readable
            return None
        if found:
            saved = _utc("".join(found))
            return None if saved is not None and saved.startswith(NO_TIME) else saved
    return None


def _utc(text: str) -> str | None:
    time: datetime.datetime | None
    try:
        time = datetime.datetime.fromisoformat(text.strip().replace("Z", "+00:00")[:32])
    except ValueError:
        time = _without_odd_fraction(text)
        if time is None:
            return None
    if time.tzinfo is not None:
        try:
            time = time.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        except OverflowError:  # the year 0001 east of Greenwich
            return None
    return time.isoformat(timespec="microseconds")


def _without_odd_fraction(text: str) -> datetime.datetime | None:
    """Programs write fractions of a second with any number of digits, which Python 3.10 does not read."""
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{1,9})", text)
    try:
        return datetime.datetime.fromisoformat(f"{found[1]}.{found[2][:6]:0<6}") if found else None
    except ValueError:
        return None
