"""What a table row's status says: whether it can be read, and if not, why."""

from __future__ import annotations

from ...messages import Text

OK = Text("正常", "ok")
LACKING = Text("缺实测值或限值", "lacks measured value or limit")
INCOMPLETE = Text("未填完整", "incomplete")
#: Only where a program lets go what the sheet locks.
MOVED = Text("单元格被移动", "cells were moved")
UNKNOWN = Text("名称不在列表中", "name is not in the list")
TOTAL_ROW = Text("合计行，不计入", "a row of totals, not counted")
WRONG_ANSWER = Text("不是所列的答案", "none of the answers")
WRONG_UNIT = Text("单位不适用", "unit does not fit")
WRONG_NUMBER = Text("数字有误", "wrong number")
NO_COEFFICIENT = Text("系数为区间，请填自有系数或实测热值", "coefficient is a range: give an own one or the heat value")
NO_ORIGIN = Text("请选择电力来源", "choose the origin of electricity")
WRONG_ORIGIN = Text("来源不适用于该种类", "origin does not go with this kind")
NO_FACTOR = Text("没有排放因子，请填实测值或自有因子", "no emission factor: give measured values or an own factor")
NO_PROCESS_FACTOR = Text("该过程没有排放因子，请填自有因子", "no factor of this process: give an own one")
NO_PRESSURE = Text("缺蒸汽压力", "pressure of the steam is missing")
NO_CARBON = Text("缺产品含碳", "carbon of the product is missing")
WRONG_STEAM = Text("压力、温度不是蒸汽", "no steam at this pressure and temperature")
WRONG_HEAT_UNIT = Text("热值单位不适用", "unit of the heat value does not fit")
RECOVERED = Text("回收的 CH4 多于产生的", "more CH4 recovered than made")
