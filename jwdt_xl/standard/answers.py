"""What people write for an answer: its words in either language, its code, and for yes and no what they type or tick."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..messages import Text
from .names import fold

#: By the Chinese word. An X is no answer: it ticks a box as often as it crosses one out. Nor are 1 and 0. A word that may
#: mean two of the answers stands at none: 绿电 (traded, direct or by certificate), 光伏 and 自发电 (own, bought or sold),
#: 直供 (green, or of a large user), 上网电量 (of any power station), 外购电 (from the grid or green), 净购入 (less what
#: is sold, which has a row of its own), 大卡 (per kg or m3).
WRITTEN: dict[str, tuple[str, ...]] = {
    "是": ("有", "Y", "√", "✓", "✔", "对", "是的", "真", "TRUE"),
    "否": ("无", "没有", "N", "×", "✗", "✘", "不是", "假", "FALSE"),
    "部分": ("部分是", "一部分"),
    # what pollutants go to
    "水": ("废水", "污水", "水污染物", "水体", "W", "wastewater", "waste water"),
    "大气": ("废气", "气", "空气", "大气污染物", "A", "G", "waste gas", "exhaust gas"),
    # kinds of bills
    "燃料": ("燃料燃烧", "化石燃料", "燃烧", "fuels"),
    "电力": ("电", "用电", "电能", "电量", "electricity", "electric power"),
    "热力": ("热", "热量", "蒸汽", "热水", "用热", "steam"),
    "工业过程": ("过程", "生产过程", "工业生产过程", "工艺过程", "过程排放", "工业生产", "industrial process"),
    "废水处理": ("废水", "污水", "污水处理", "wastewater", "waste water treatment"),
    "产品固碳": ("固碳", "固碳产品", "product carbon"),
    # origins of power, heat and fuels
    "电网(无绿证、非直供)": ("电网", "市电", "网电", "国网", "南网", "大电网", "公共电网", "公用电网", "电网购电", "电网电", "grid"),
    "自发可再生": ("自发绿电", "自产绿电", "自建光伏", "自有光伏", "光伏自用", "光伏自发自用", "自发光伏", "own solar", "own PV"),
    "绿电直供": ("直供绿电", "绿电直连", "绿电专线"),
    "市场化绿电": ("绿电交易", "交易绿电", "绿色电力交易"),
    "绿证": ("绿色电力证书", "绿色证书", "GEC", "green certificate"),
    "外售": ("售出", "出售", "转售", "外供", "外输", "转供", "sale", "exported"),
    "自发上网": ("光伏上网", "光伏余电上网", "自发绿电上网", "风电上网", "feed-in", "fed in"),
    "外购(燃料)": ("外购", "购入", "采购", "购买", "买入", "外采", "bought", "purchased", "purchase"),
    # categories of GB/T 32150
    "燃料燃烧": ("燃料", "燃烧", "化石燃料燃烧", "combustion", "fuel"),
    "工业生产过程": ("过程", "工业过程", "生产过程", "工艺过程", "过程排放", "industrial process"),
    "购入电力": ("外购电力", "购入电", "外购电", "购电"),
    "购入热力": ("外购热力", "购入热", "外购热", "购热", "购入蒸汽", "外购蒸汽"),
    "输出电力": ("外供电力", "外售电力", "外输电力", "售电", "输出电", "外售电", "外供电", "sold electricity"),
    "输出热力": ("外供热力", "外售热力", "外输热力", "售热", "输出热", "外售热", "外供热", "输出蒸汽", "外售蒸汽", "外供蒸汽", "sold heat"),
    "回收利用": ("回收", "回收与利用", "recovered"),
    # units of heat values
    "GJ/t": ("吉焦/吨", "GJ/吨", "百万千焦/吨"),
    "MJ/kg": ("兆焦/千克", "兆焦/公斤", "MJ/千克", "MJ/公斤"),
    "kJ/kg": ("千焦/千克", "千焦/公斤", "kJ/千克", "kJ/公斤"),
    "kcal/kg": ("千卡/千克", "千卡/公斤", "大卡/千克", "大卡/公斤", "kcal/公斤"),
    "GJ/万m3": ("GJ/万Nm3", "GJ/万m³", "GJ/万Nm³", "GJ/万方", "GJ/万标方", "GJ/万立方米", "吉焦/万立方米"),
    "MJ/m3": ("MJ/Nm3", "MJ/m³", "MJ/Nm³", "MJ/方", "MJ/标方", "MJ/立方米", "兆焦/立方米"),
    "kJ/m3": ("kJ/Nm3", "kJ/m³", "kJ/Nm³", "kJ/立方米", "千焦/立方米"),
    "kcal/m3": ("kcal/Nm3", "kcal/m³", "kcal/Nm³", "kcal/方", "大卡/方", "大卡/标方", "大卡/立方米", "千卡/立方米"),
}  # fmt: skip
Choices = tuple[tuple[Any, Text], ...]


def names(choices: Choices) -> Iterator[tuple[str, Any]]:
    """Every way to write an answer, with the answer: the words of the form first."""
    for code, label in choices:
        yield from ((name, code) for name in label)
    yield from ((code, code) for code, _ in choices if isinstance(code, str))
    for code, label in choices:
        yield from ((name, code) for name in WRITTEN.get(label.zh, ()))


def meant(choices: Choices, said: str) -> Any:
    """The answer that a text is one way to write, by any width, case and blanks around it; None where it is none."""
    folded = fold(said)
    return next((code for name, code in names(choices) if folded and fold(name) == folded), None)
