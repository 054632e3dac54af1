"""The editions of a workbook: one entry for each kind of program its formulas are for. A new edition is an entry here."""

from __future__ import annotations

from typing import NamedTuple

from ..messages import Text
from .columns.calls import Calls
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
    #: the add-in, results would be lost. (Those of Office.js are lost anyway: their calls are arrays, always computed.)
    shared: bool = True

    @property
    def needs_functions(self) -> bool:
        """Whether its results cannot be computed where the functions JWDT_* are missing."""
        return self.formulas is not Formulas


EDITIONS = {
    edition.key: edition
    for edition in (
        Edition("excel", shared=False, program=Text("本版本使用 JWDT_ 函数，需安装加载项(Excel：xlwings；LibreOffice：jwdt.oxt)；未安装时 Excel 显示生成时的结果，改动后才缺；LibreOffice 显示“缺加载项”。没有加载项请索取 portable 版。", "This edition uses the functions JWDT_: install the add-in (Excel: xlwings; LibreOffice: jwdt.oxt); without it Excel shows the results of making until something is changed, LibreOffice says that it is missing. No add-in: ask for the edition portable.")),
        Edition("lite", office_js=True, program=Text("本版本用于 xlwings Lite：在 Lite 的 requirements.txt 写 jwdt-xl，在 main.py 写 from jwdt_xl.hosts.lite import *。", "This edition is for xlwings Lite: requirements.txt: jwdt-xl; main.py: from jwdt_xl.hosts.lite import *.")),
        Edition("server", office_js=True, program=Text("本版本用于 xlwings Server，需由单位的服务器提供 JWDT_ 函数。", "This edition is for xlwings Server: the organisation's server provides the functions JWDT_.")),
        Edition("portable", formulas=Formulas, program=Text("本版本只用 Excel 2016 的普通公式，Excel、WPS、LibreOffice 都不需要加载项(已在 LibreOffice 25.2 与 IronCalc 中重算核对)。", "This edition uses ordinary formulas of Excel 2016: Excel, WPS and LibreOffice need no add-in (recalculated and compared in LibreOffice 25.2 and IronCalc).")),
    )
}  # fmt: skip
#: What can be asked for with --host; the first is the default.
HOSTS = tuple(EDITIONS)
