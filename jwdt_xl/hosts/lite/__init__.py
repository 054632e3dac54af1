"""xlwings Lite: the whole main.py is ``from jwdt_xl.hosts.lite import *``; requirements.txt names the package.

xlwings Server takes the same functions and script from here: both call them through Office.js.
"""

from __future__ import annotations

import os

import xlwings as xw

from ...errors import JwdtError
from ..excel import registered, write_summary
from ..excel.summary import TITLE
from .nulls import asked_once

_FUNCTIONS = registered(xw.func, xw.arg)
globals().update(_FUNCTIONS)


@xw.script(name=f"{TITLE.zh} / {TITLE.en}")
def generate_summary(book: xw.Book) -> None:
    """The results of the open workbook on a new sheet."""
    try:
        write_summary(book)
    except JwdtError as error:
        raise xw.XlwingsError(str(error)) from None  # shown to the user as it is


if os.environ.get("XLWINGS_ON_SERVER") == "true":  # also set by Lite; elsewhere xlwings.pro cannot be imported
    asked_once()

__all__ = [*_FUNCTIONS, "generate_summary"]
