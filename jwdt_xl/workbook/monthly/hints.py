"""What a line of the sheet says of itself, in the order in which it is asked."""

from __future__ import annotations

from ...messages import Text
from ...standard import steam, volumes
from ..measures.hints import LineHint

_MOST = f"{steam.rows()[-1][0]:g}"

NO_PERIOD = Text("查：时期须为 基准期 或 报告期", "check: the period must be base or report")
HINTS = (
    LineHint("amount", Text("缺：数量", "missing: the amount"), True),
    LineHint("unit", Text("缺：单位", "missing: the unit"), True),
    LineHint("density", Text("缺：密度（送货单、化验单上的，kg/L）", "missing: the density (of the delivery note, kg/L)"), True),
    LineHint("pressure", Text("缺：压力（绝对压力，表压加 0.1 MPa）", "missing: the pressure (absolute: gauge + 0.1 MPa)"), True),
    LineHint("condition", Text("缺：表压和温度", "missing: gauge pressure and temperature"), True),
    LineHint("bill", Text("缺：账单左边的行号", "missing: the number left of the bill's row"), True),
    LineHint("months", Text("缺月份，先不合计（没有发生填 0），还缺 ", "missing months, so no sum yet (0 if there was none); still to come: "), True),
    LineHint("blank", Text("账单该行此期为空：请把“折合”的数填进去", "the bill's amount of this period is blank: enter the amount converted"), True),
    LineHint("number", Text("查：须为数字，不小于 0，不带单位", "check: must be a number of at least 0, without its unit")),
    LineHint("unknown", Text("查：单位不认识，请从列表选", "check: the unit is not known: choose it from the list")),
    LineHint("other_kind", Text("查：两个单位量的不是同一种量（质量、体积、能量、标准煤）", "check: the units do not measure the same (mass, volume, energy, standard coal)")),
    LineHint("steam", Text(f"查：不是蒸汽，或超出蒸汽表（绝对压力 {steam.LEAST_PRESSURE:g}–{_MOST} MPa）", f"check: no steam, or beyond the table (absolute, {steam.LEAST_PRESSURE:g}–{_MOST} MPa)")),
    LineHint("dense", Text(f"查：密度须为 {volumes.LIGHTEST:g}–{volumes.HEAVIEST:g} kg/L（kg/m3 除以 1000）", f"check: density must be {volumes.LIGHTEST:g}–{volumes.HEAVIEST:g} kg/L (kg/m3 / 1000)")),
    LineHint("outside", Text(f"查：表压 0–{volumes.MOST_GAUGE:g} kPa、温度 {volumes.COLDEST:g}–{volumes.HOTTEST:g} °C；压力更高的用流量计标况读数", f"check: gauge 0–{volumes.MOST_GAUGE:g} kPa, {volumes.COLDEST:g}–{volumes.HOTTEST:g} °C; above, take the meter's corrected reading")),
    LineHint("row", Text("查：行号须为账单的行，该行须已选单位", "check: no row of the bills, or one without a unit")),
    LineHint("period", NO_PERIOD),
    LineHint("bill_unit", Text("查：各月单位与账单该行量的不是同一种量；蒸汽、油品先在上面换算", "check: the months' unit and the bill's do not measure the same; convert steam and oil above")),
    LineHint("differs", Text("查：与各月之和不符，账单该行此期为 ", "check: not the sum of the months; the bill says ")),
)  # fmt: skip
CODES = {hint.name: code for code, hint in enumerate(HINTS, 1)}
#: They come first.
LACKING = [CODES[hint.name] for hint in HINTS if hint.lacking]
assert [*range(1, len(LACKING) + 1)] == LACKING
AGREES = Text("与账单一致：", "as in the bills: ")
