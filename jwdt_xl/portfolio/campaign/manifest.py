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

from ...errors import Refused
from ...opening import outputs
from ...opening.tables import code_of, read_table
from ..analysis.identity import Expected

MANIFEST, _JOURNAL = "manifest.csv", ".jwdt-sent"
_NOTED = re.compile(r"(\S+) ([0-9a-f]{64})")
HEADING = (
    "file", "uscc", "name", "industry_code", "region", "base", "report", "previous", "guide", "guide_hash", "sha256", "register",
)  # fmt: skip
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


def note(path: str, code: str, complete: str) -> None:
    """Say in the journal of a folder what is about to stand at a path: before it does, so that there is no moment between."""
    with open(os.path.join(os.path.dirname(path), _JOURNAL), "a", encoding="utf-8") as file:
        file.write(f"{code} {digest(complete)}\n")  # one write, so that those of several processes do not mix


class Written:
    """The forms that earlier runs wrote into a folder, by credit code: what the manifest says, and a journal left by one broken off."""

    def __init__(self, folder: str) -> None:
        """Raises Refused where nothing can be written into the folder."""
        self._journal = os.path.join(folder, _JOURNAL)
        self._digests: dict[str, list[str]] = {}
        # by credit codes, which are the same in every encoding that a program may have saved it in
        with (
            contextlib.suppress(OSError),  # not there, or locked: then whatever stands there stays
            open(os.path.join(folder, MANIFEST), encoding="utf-8-sig", errors="replace", newline="") as file,
        ):
            for line in csv.DictReader(file):
                if line.get("uscc") and line.get("sha256"):
                    self._add(line["uscc"], line["sha256"])
        try:
            with open(self._journal, "a+", encoding="utf-8", errors="replace") as file:
                file.seek(0)
                for text in file:
                    if found := _NOTED.fullmatch(text.strip()):  # the last line may be torn
                        self._add(found[1], found[2])
                file.write("\n")
        except OSError as error:
            raise outputs.not_written(folder, error) from error

    def _add(self, code: str, sent: str) -> None:
        self._digests.setdefault(code, []).append(sent)

    def is_ours(self, code: str, path: str) -> bool:
        """Whether what stands there is a form as it was sent, which nobody filled in since."""
        return digest(path) in self._digests.get(code, ())

    def last(self, code: str) -> str:
        """The digest of what was sent last; blank where nothing was."""
        return self._digests.get(code, [""])[-1]

    def end(self) -> None:
        """The manifest is written: it says all."""
        with contextlib.suppress(OSError):
            os.remove(self._journal)
