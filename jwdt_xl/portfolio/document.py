"""What the program that saved a workbook wrote into its properties: read as text, by no XML parser."""

from __future__ import annotations

import datetime
import re
import zipfile

_PARTS = {
    "docProps/core.xml": re.compile(rb"<dcterms:modified[^>]{0,200}>([^<]{10,40})<"),
    "meta.xml": re.compile(rb"<dc:date[^>]{0,200}>([^<]{10,40})<"),
}


def modified(path: str) -> str | None:
    """When the document was last saved, in UTC and sortable; None where the file does not say."""
    try:
        with zipfile.ZipFile(path) as archive:
            for part, pattern in _PARTS.items():
                if part in archive.NameToInfo:
                    with archive.open(part) as file:
                        found = pattern.search(file.read(65536))
                    return _utc(found[1].decode("ascii")) if found else None
    except Exception:  # a damaged part; the workbook itself may still be readable
        return None
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
        time = time.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return time.isoformat(timespec="microseconds")


def _without_odd_fraction(text: str) -> datetime.datetime | None:
    """Programs write fractions of a second with any number of digits, which Python 3.10 does not read."""
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{1,9})", text)
    try:
        return datetime.datetime.fromisoformat(f"{found[1]}.{found[2][:6]:0<6}") if found else None
    except ValueError:
        return None
