"""By which rules and which program the portfolio was made."""

from __future__ import annotations

import platform

import numpy as np
import xlsxwriter

from ... import __version__
from ...messages import Text
from ...standard.method import CHOICE, RULES
from ..analysis import coupling, matrix
from .contents import SHEETS, Contents
from .sheet import Sheet

_WIDTHS = (22, 130)


def method(contents: Contents) -> None:
    sheet = Sheet(contents.book, str(SHEETS["method"]))
    for col, width in enumerate(_WIDTHS):
        sheet.sheet.set_column(col, col, width)
    sheet.title(
        Text(
            "note = 编制说明印出；law = 法律或国家标准；choice = 本程序的选择，有备选项，不是标准原文。",
            "note: printed in the drafting note; law: a law or national standard; choice: ours, with alternatives, not the standard's text.",
        ),
        _WIDTHS,
    )
    sheet.row = 3
    guide = contents.guide
    program = f"jwdt-xl {__version__}, Python {platform.python_version()}, numpy {np.__version__}, XlsxWriter {xlsxwriter.__version__}"
    interval = f"±{matrix.SPREAD:.0%}, {matrix.DRAWS} draws, seed {matrix.SEED}, {matrix.CONFIDENCE:.0%}"
    sheet.lines(
        [(str(label), "label"), (value, "cell")]
        for label, value in (
            (Text("评价指南", "guide"), f"{guide.name} · {guide.id} {guide.version} · {guide.hash}"),
            (Text("程序版本", "program"), program),
            (Text("名次区间", "rank interval"), interval),
        )
    )
    sheet.row += 1
    rules = [*RULES, *([(CHOICE, coupling.EXPLANATION)] if contents.group.coupling is not None else [])]
    sheet.lines([(mark, "label"), (str(rule), "cell")] for mark, rule in rules)
