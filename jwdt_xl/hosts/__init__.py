"""How the catalogue of cell functions reaches a spreadsheet program, one room a program, all by one contract.

A room has a module ``install`` with the functions install, status and uninstall, and a module ``checks`` whose ``checks``
yields the lines of the doctor; each takes ``profile`` where the program has user profiles. A new host is such a room and
an entry here. Nothing is imported here: the rooms are served inside programs that have no use for the others.
"""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple

from ..messages import Text


class Host(NamedTuple):
    """A spreadsheet program that can be given the cell functions."""

    key: str
    name: Text
    #: The edition of workbooks whose formulas it computes.
    edition: str
    #: Whether it has user profiles, of which one can be named.
    profiles: bool = False

    def room(self, module: str) -> Any:
        """A module of its room: ``install`` or ``checks``."""
        return importlib.import_module(f"{__name__}.{self.key}.{module}")

    def settings(self, profile: str | None) -> dict[str, str]:
        """What its functions take: a profile, where one is named."""
        return {"profile": profile} if self.profiles and profile is not None else {}


HOSTS = {
    host.key: host
    for host in (
        Host("excel", Text("Excel 桌面版（xlwings）", "Excel desktop (xlwings)"), "excel"),
        Host(
            "lite",
            Text("xlwings Lite（Excel 各版本，本机无需 Python）", "xlwings Lite (any Excel, no Python at the user)"),
            "lite",
        ),
        Host("server", Text("xlwings Server（自建服务器）", "xlwings Server (an organisation's own)"), "server"),
        Host("libreoffice", Text("LibreOffice Calc", "LibreOffice Calc"), "excel", profiles=True),
    )
}
ACTIONS = ("install", "status", "doctor", "uninstall", "wheel")
