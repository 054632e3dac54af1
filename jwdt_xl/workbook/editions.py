"""The editions of a workbook: one entry for each kind of program its formulas are for. A new edition is an entry here."""

from __future__ import annotations

from typing import NamedTuple

from ..messages import Text, joined
from .columns.calls import Calls, CarriedCalls
from .columns.portable import Formulas


class Edition(NamedTuple):
    """How an edition's formulas are made and stored."""

    key: str
    #: For which program it is and what that needs, as the how-to sheet says it.
    program: Text
    #: What makes the formulas of the computed cells.
    formulas: type[Formulas] = Calls
    #: Functions of Office.js: stored under a prefix, as dynamic arrays even when scalar.
    office_js: bool = False
    #: Whether a formula that a whole column shares may be stored once where the results of a filled workbook rest on it. LibreOffice computes
    #: blank cells of such a formula anew while it opens a file, and all that rests on them: in the excel edition, without
    #: the add-in, results would be lost. (Where calls are arrays they are lost anyway: those are always computed.)
    shared: bool = True

    #: Whether the functions travel inside the workbook, as names.
    carries: bool = False

    @property
    def arrays(self) -> bool:
        """Whether calls are stored as dynamic arrays even when scalar: else newer programs put an @ before them."""
        return self.office_js or self.carries

    @property
    def needs_functions(self) -> bool:
        """Whether its results cannot be computed where the functions JWDT_* are missing."""
        return self.formulas is not Formulas and not self.carries


EDITIONS = {
    edition.key: edition
    for edition in (
        Edition("excel", shared=False, program=Text("本版本使用 JWDT_ 函数，需安装加载项(Excel：xlwings；LibreOffice：jwdt.oxt)；未安装时 Excel 显示生成时的结果，改动后才缺；LibreOffice 显示“缺加载项”。没有加载项请索取 portable 版。", "This edition uses the functions JWDT_: install the add-in (Excel: xlwings; LibreOffice: jwdt.oxt); without it Excel shows the results of making until something is changed, LibreOffice says that it is missing. No add-in: ask for the edition portable.")),
        Edition("lite", office_js=True, program=Text("本版本用于 xlwings Lite：在 Lite 的 requirements.txt 写 jwdt_xl 的 whl 文件网址，在 main.py 写 from jwdt_xl.hosts.lite import *。", "This edition is for xlwings Lite: requirements.txt: the address of the file jwdt_xl….whl; main.py: from jwdt_xl.hosts.lite import *.")),
        Edition("server", office_js=True, program=Text("本版本用于 xlwings Server，需由单位的服务器提供 JWDT_ 函数。", "This edition is for xlwings Server: the organisation's server provides the functions JWDT_.")),
        Edition("portable", formulas=Formulas, program=Text("本版本只用 Excel 2016 的普通公式，Excel、WPS、LibreOffice 都不需要加载项(已在 LibreOffice 25.2 与 IronCalc 中重算核对)。", "This edition uses ordinary formulas of Excel 2016: Excel, WPS and LibreOffice need no add-in (recalculated and compared in LibreOffice 25.2 and IronCalc).")),
        Edition("lambda", formulas=CarriedCalls, carries=True, program=Text("本版本自带 JWDT_ 函数(LAMBDA 名称，见“函数”表)，不需要加载项和宏：用于 Excel 365/2024 和 WPS 12.6 起。受保护的视图中显示生成时的结果，点“启用编辑”后才计算。Excel 2021 及更早请索取 portable 版，LibreOffice 请用 excel 版。Excel 和 WPS 本身未试过，已在 IronCalc 中重算核对。", "This edition carries the functions JWDT_ with it (LAMBDA names, see the sheet Functions): no add-in, no macro; for Excel 365/2024 and WPS 12.6 or later. Protected View shows the results of making; click Enable Editing to compute. Excel 2021 and earlier: ask for the edition portable; LibreOffice: the edition excel. Excel and WPS themselves are untried; recalculated and compared in IronCalc.")),
    )
}  # fmt: skip
#: Which edition to take for which program, as the how-to sheet and the documentation say it.
PROGRAMS = (
    (Text("Excel 365、2024（Windows、Mac、网页）", "Excel 365, 2024 (Windows, Mac, web)"), Text("lambda，或 portable", "lambda, or portable")),
    (Text("WPS 12.6 起", "WPS 12.6 or later"), Text("lambda，或 portable", "lambda, or portable")),
    (Text("更早的 WPS、Excel 2016–2021", "earlier WPS, Excel 2016–2021"), Text("portable", "portable")),
    (Text("有 xlwings 的 Excel", "Excel with xlwings"), Text("excel、lite、server", "excel, lite, server")),
    (Text("LibreOffice", "LibreOffice"), Text("excel（装 jwdt.oxt），或 portable", "excel (with jwdt.oxt), or portable")),
)  # fmt: skip
WHICH = Text("各程序用哪个版本：{p}。", "Which edition for which program: {p}.").fill(
    p=joined([Text(f"{a.zh}：{b.zh}", f"{a.en}: {b.en}") for a, b in PROGRAMS], "；", "; ")
)
#: What can be asked for with --host; the first is the default.
HOSTS = tuple(EDITIONS)
