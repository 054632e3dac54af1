"""``jwdt addin … --host lite``: nothing is installed on the machine; what to paste into Lite is printed."""

from __future__ import annotations

from ...messages import Text
from ..wheel import WHEEL
from .embedded import MAIN

STEPS = (
    Text("xlwings Lite 中没有需要在本机安装的东西，在 Excel 中：", "Nothing is installed on this machine. In Excel:"),
    Text(
        "1. 开始 > 加载项 > 搜索 xlwings Lite 并添加（Windows、Mac、网页版）",
        "1. Home > Add-ins > search for xlwings Lite and add it (Windows, Mac, web)",
    ),
    Text(
        f"2. 在 requirements.txt 中加一行：{WHEEL} 的网址（文件由 jwdt addin wheel 写出，放到本单位的网站上）",
        f"2. in requirements.txt add the line: the address of {WHEEL} (jwdt addin wheel writes the file; put it on a site of yours)",
    ),
    Text(f"3. main.py 只写一行：{MAIN}", f"3. main.py is this one line: {MAIN}"),
    Text(
        "4. 按 Restart；试一试：=JWDT_EQUIVALENT_VALUE(\"二氧化硫\")",
        "4. press Restart; try =JWDT_EQUIVALENT_VALUE(\"SO2\")",
    ),
    Text("模板：jwdt template --host lite", "The template: jwdt template --host lite"),
    Text(
        "试验：jwdt template --host lite --embed 把第 2、3 步连同软件包写进工作簿，不需要网址（未在 Excel 中试过）",
        "Experimental: jwdt template --host lite --embed writes steps 2 and 3 and the package into the workbook, no address needed (untried in Excel)",
    ),
)  # fmt: skip
IN_THE_WORKBOOK = Text(
    "xlwings Lite 的代码在工作簿里，本机没有可查看或卸载的内容 — 检查一个工作簿：jwdt addin doctor --host lite --workbook 文件.xlsx",
    "the code of xlwings Lite lies in the workbook, on this machine there is nothing to see or remove — "
    "to look at a workbook: jwdt addin doctor --host lite --workbook FILE.xlsx",
)


def install() -> int:
    """Print the steps."""
    for step in STEPS:
        print(step)
    return 0


def status() -> int:
    print(IN_THE_WORKBOOK)
    return 0


uninstall = status
