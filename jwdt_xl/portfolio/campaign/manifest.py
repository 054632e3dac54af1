"""The manifest of what was sent to whom, beside the forms: written by ``distribute``, read when they come back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from ...errors import Refused
from ...opening.tables import code_of, read_table
from ..analysis.identity import Expected

MANIFEST = "manifest.csv"
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
