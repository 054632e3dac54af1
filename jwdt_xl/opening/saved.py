"""When a document was last saved, by its own properties."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from collections.abc import Sequence

from ..errors import Refused
from . import markup

_SAVED = {"docProps/core.xml": "modified", "meta.xml": "date"}
#: The fixed time in the workbooks we write; programs that keep it have saved later than they say.
NO_TIME = "2024-01-01T00:00:00"


#: Programs that write the time of Greenwich as such; others, LibreOffice among them, write their local time as if it were.
_EXCEL = re.compile(r"Microsoft (?:Macintosh )?Excel 1[4-9]\.\d{4}")
#: How far the clocks of two places on earth are apart.
_HOURS = datetime.timedelta(hours=14)
_SURE = "Z"


def saved_time(file: zipfile.ZipFile) -> str | None:
    """Sortable; ends in Z where it is surely UTC. None where the file does not say, or kept the time of its form."""
    for part, wanted in _SAVED.items():
        if markup.entry(file, part) is None:
            continue
        try:
            found = _texts(file, part, (wanted,))[wanted]
            program = _texts(file, "docProps/app.xml", ("Application", "AppVersion")) if found else {}
        except (zipfile.BadZipFile, zlib.error, Refused):  # the sheets may still be readable
            return None
        if found:
            saved = _utc(found)
            if saved is None or saved.startswith(NO_TIME):
                return None
            sure = _EXCEL.fullmatch(" ".join(program.values())) or re.search(r"[+-]\d\d:?\d\d$", found.strip())
            return saved + _SURE if sure else saved
    return None


def _texts(file: zipfile.ZipFile, part: str, wanted: Sequence[str]) -> dict[str, str]:
    """The texts of some elements of a small part."""
    found = dict.fromkeys(wanted, "")
    inside = ""

    def begin(name: str, _: object) -> None:
        nonlocal inside
        inside = name

    def end(_: str) -> None:
        nonlocal inside
        inside = ""

    def text(data: str) -> None:
        if inside in found:
            found[inside] += data

    if markup.entry(file, part) is not None:
        markup.parse(markup.pieces(file, part, markup.PIECE), begin, end, text)
    return found


def later(one: str | None, other: str | None) -> bool:
    """Whether a document was surely saved after another: where a clock may be that of any place, by a day of the earth."""
    if not one or not other:
        return False
    first, second = (datetime.datetime.fromisoformat(time.rstrip(_SURE)) for time in (other, one))
    return second - first > (datetime.timedelta(0) if one.endswith(_SURE) and other.endswith(_SURE) else _HOURS)


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
