"""What the page says, besides the titles of columns and charts that the workbook has too."""

from __future__ import annotations

from ...messages import Text
from ..book.files import NOT_EVALUATED

#: In the words of whom the guide evaluates; what stands in doubled braces is filled in by the page.
WORDS = {
    "search": Text("按名称、{k}、地区、文件查找", "find by name, {k}, region or file"),
    "shown": Text("{{n}} 家，共 {{m}} 家", "{{n}} of {{m}} {s}"),
    "sort": Text(
        "点表头排序；点一行，只列该{u}的检查结果", "click a heading to sort, a row to list the findings of a {u}"
    ),
    "ranked": Text("参加排名", "ranked"),
    "unranked": Text("未排名（原因见表）", "not ranked (why: see the table)"),
    "map": Text("从指标到检查结果", "From indicators to findings"),
    "map_lead": Text(
        "数字是与该指标所用数据有关的检查结果条数，点它列在下面；一条可与几个指标有关。平均得分、平均失分只计有得分、不在待评审之列的{s}。",
        "The numbers count the findings about the data an indicator is made of; click one to list them below. A finding may be about several. Means are of {s} with a score that are not held back for review.",
    ),
    "indicator": Text("指标", "indicator"),
    "count": Text("{s}数", "{s}"),
    "mean": Text("平均得分", "mean score"),
    "lost": Text("平均失分", "mean points lost"),
    "whole": Text("不属于某一指标的", "about no single indicator"),
    "all": Text("全部", "all"),
    "listed": Text("{{n}} 条", "{{n}} findings"),
    "everything": Text("列出全部", "list all"),
    "left": NOT_EVALUATED,
    "more": Text("再列 {{k}} 行（还有 {{n}} 行）", "{{k}} more rows ({{n}} are left)"),
    "needs": Text(
        "此页用 JavaScript 绘图列表，请用浏览器打开并允许脚本",
        "this page lists and draws by JavaScript: open it in a browser that allows scripts",
    ),
}
_PICTURE = Text("存为图片", "Save as a picture")
#: What plotly's own buttons say, by its English words.
BUTTONS = {
    "Zoom": Text("框选放大", "Zoom"),
    "Pan": Text("平移", "Pan"),
    "Zoom in": Text("放大", "Zoom in"),
    "Zoom out": Text("缩小", "Zoom out"),
    "Autoscale": Text("显示全部点", "All points"),
    "Reset axes": Text("恢复坐标轴", "Reset axes"),
    "Download plot as a PNG": _PICTURE,
    "Download plot as a png": _PICTURE,  # plotly 6
    "Double-click to zoom back out": Text("双击恢复", "Double-click to zoom back out"),
}
