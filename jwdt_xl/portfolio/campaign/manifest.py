"""The manifest of what was sent to whom, beside the forms: written by ``distribute``, read when they come back.

While forms are written a journal tells which are ours, so that a run that was broken off knows its own when it starts again.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ...errors import Refused
from ...opening import outputs
from ...opening.tables import code_of, read_table
from ..analysis.identity import Expected

MANIFEST, _JOURNAL = "manifest.csv", ".jwdt-sent"
_NOTED = re.compile(r"(\S+) ([0-9a-f]{64})(?: ([0-9a-f]{64}))?")
HEADING = (
    "file", "uscc", "name", "industry_code", "region", "base", "report", "previous", "guide", "guide_hash", "sha256", "register",
    "made_from",
)  # fmt: skip
#: So many columns are newer than the first edition.
NEWER = 1
_READ = {key: (key,) for key in ("file", "uscc", "name", "industry_code", "region", "report")}


def sent(folders: Iterable[str]) -> tuple[Mapping[str, str], Mapping[str, Expected]]:
    """By the manifests in some folders: the credit code by the name of a form, and the enterprise by its code.

    They only help to say whose a file is that does not say so itself; one that cannot be read helps nobody, and that is all.
    """
    codes: dict[str, str] = {}
    known: dict[str, Expected] = {}
    for folder in folders:
        path = os.path.join(folder, MANIFEST)
        if not os.path.isfile(path):
            continue
        try:
            table = read_table(path, _READ, ("file", "uscc"))
        except (Refused, OSError):
            continue
        for row in table.rows:
            fields = {key: row.fields.get(key, "") for key in _READ}
            code = code_of(fields["uscc"])
            codes[fields["file"].casefold()] = code
            known[code] = Expected(fields["name"], fields["report"], fields["region"], fields["industry_code"])
    return codes, known


def digest(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Sent(NamedTuple):
    """A form as it was sent: the digest of the file, and of all that it was made from where that was noted."""

    digest: str
    made_from: str = ""


def note(path: str, code: str, complete: str, made_from: str = "") -> None:
    """Say in the journal of a folder what is about to stand at a path: before it does, so that there is no moment between."""
    with open(os.path.join(os.path.dirname(path), _JOURNAL), "a", encoding="utf-8") as file:
        file.write(
            f"{code} {digest(complete)} {made_from}".rstrip() + "\n"
        )  # one write, so that those of several processes do not mix


class Written:
    """The forms that earlier runs wrote into a folder, by credit code: what the manifest says, and a journal left by one broken off."""

    def __init__(self, folder: str) -> None:
        """Raises Refused where nothing can be written into the folder."""
        self._journal = os.path.join(folder, _JOURNAL)
        self._sent: dict[str, list[Sent]] = {}
        # by credit codes, which are the same in every encoding that a program may have saved it in
        with (
            contextlib.suppress(OSError),  # not there, or locked: then whatever stands there stays
            open(os.path.join(folder, MANIFEST), encoding="utf-8-sig", errors="replace", newline="") as file,
        ):
            for line in csv.DictReader(file):
                if line.get("uscc") and line.get("sha256"):
                    self._add(line["uscc"], Sent(line["sha256"], line.get("made_from") or ""))
        try:
            with open(self._journal, "a+", encoding="utf-8", errors="replace") as file:
                file.seek(0)
                for text in file:
                    if found := _NOTED.fullmatch(text.strip()):  # the last line may be torn
                        self._add(found[1], Sent(found[2], found[3] or ""))
                file.write("\n")
        except OSError as error:
            raise outputs.not_written(folder, error) from error

    def _add(self, code: str, sent: Sent) -> None:
        self._sent.setdefault(code, []).append(sent)

    def stands(self, code: str, path: str) -> Sent | None:
        """The form that stands there as it was sent; None where it is none of ours, or somebody filled it in since."""
        there = digest(path)
        return next((sent for sent in reversed(self._sent.get(code, ())) if sent.digest == there), None)

    def last(self, code: str) -> Sent:
        """What was sent last; blank where nothing was."""
        return self._sent.get(code, [Sent("")])[-1]

    def end(self) -> None:
        """The manifest is written: it says all."""
        with contextlib.suppress(OSError):
            os.remove(self._journal)
