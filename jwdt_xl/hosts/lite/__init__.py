"""xlwings Lite: the whole main.py is ``from jwdt_xl.hosts.lite import *``; requirements.txt names the package.

xlwings Server takes the same functions and script from here: both call them through Office.js.
"""

from __future__ import annotations

import os

import xlwings as xw

from ...errors import JwdtError
from ...papers.form import TITLE as PAPERS
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


@xw.script(name=f"{PAPERS.zh} / {PAPERS.en}")
def import_papers(book: xw.Book) -> None:
    """Papers that were copied into the open workbook, a sheet each, into its blank cells; nothing is overwritten."""
    from ..excel.papers import import_sheets  # only where it is asked for: the functions start sooner

    try:
        import_sheets(book)
    except JwdtError as error:
        raise xw.XlwingsError(str(error)) from None


if os.environ.get("XLWINGS_ON_SERVER") == "true":  # also set by Lite; elsewhere xlwings.pro cannot be imported
    asked_once()

__all__ = [*_FUNCTIONS, "generate_summary", "import_papers"]
