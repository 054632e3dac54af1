"""Volumes as pumps and meters show them: litres of oil in t by their density, gas at its pressure and temperature in m3 at a
condition of reference.

No density is a default: petrol and diesel differ by grade and season, so that of the delivery is asked for. Gas is taken as
ideal [choice], at low pressure only, where that is within 1 %.
"""

from __future__ import annotations

from ..errors import JwdtError
from ..messages import Text, number

#: kg/L: lighter is no fuel that is liquid, heavier was meant in kg/m3.
LIGHTEST, HEAVIEST = 0.4, 1.2
#: kPa of the atmosphere of both conditions of reference; K of 0 °C.
ATMOSPHERE, FREEZING = 101.325, 273.15
#: °C: of the standard state (Nm3; GB 16297, GB 13223), and of the trade in natural gas (GB/T 19205).
NORMAL, TRADE = 0.0, 20.0
#: kPa above the atmosphere, and °C: beyond them gas is too far from ideal, or what was typed is another thing.
MOST_GAUGE = 400.0
COLDEST, HOTTEST = -50.0, 100.0


def litres_t(litres: float, density: float) -> float:
    """t of so many litres; density in kg/L, of the delivery."""
    if not LIGHTEST <= density <= HEAVIEST:
        text = Text(
            "密度须为 {l}–{h} kg/L，实为 {v}；以 kg/m3 给出的除以 1000",
            "density must be {l}–{h} kg/L, got {v}; one in kg/m3 is divided by 1000",
        )
        raise JwdtError(text.fill(l=number(LIGHTEST), h=number(HEAVIEST), v=number(density)), "impossible-density")
    return litres * density / 1000


def reference_m3(m3: float, gauge_kpa: float, celsius: float, reference: float = NORMAL) -> float:
    """m3 at a temperature of reference and one atmosphere, of so many m3 as they passed the meter."""
    if not (0 <= gauge_kpa <= MOST_GAUGE and COLDEST <= celsius <= HOTTEST):
        text = Text(
            "表压须为 0–{p} kPa、温度 {c}–{h} °C，实为 {g} kPa、{v} °C；压力更高的请用流量计的标况读数",
            "gauge pressure must be 0–{p} kPa and the temperature {c}–{h} °C, got {g} kPa and {v} °C; at higher pressure take the meter's corrected reading",
        )
        known = {"p": MOST_GAUGE, "c": COLDEST, "h": HOTTEST, "g": gauge_kpa, "v": celsius}
        raise JwdtError(text.fill(**{key: number(value) for key, value in known.items()}), "impossible-condition")
    return m3 * (gauge_kpa + ATMOSPHERE) / ATMOSPHERE * (reference + FREEZING) / (celsius + FREEZING)
