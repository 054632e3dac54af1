"""How the catalogue of cell functions reaches a spreadsheet program, one room per program.

A host that can be installed has a module ``install`` with the functions named in ACTIONS. Nothing is imported here:
the rooms are served inside programs that have no use for the others.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from ..messages import Text

HOSTS = {
    "excel": Text("Excel 桌面版（xlwings）", "Excel desktop (xlwings)"),
    "lite": Text("xlwings Lite（Excel 各版本，本机无需 Python）", "xlwings Lite (any Excel, no Python at the user)"),
    "server": Text("xlwings Server（自建服务器）", "xlwings Server (an organisation's own)"),
    "libreoffice": Text("LibreOffice Calc", "LibreOffice Calc"),
}
ACTIONS = ("install", "status", "doctor", "uninstall")


def installer(host: str) -> ModuleType:
    """The module that installs a host."""
    return importlib.import_module(f"{__name__}.{host}.install")
