"""The coupling coordination degree of pollution and carbon reduction: an alternative view, only within a group [choice].

    U = (r − min r) / (max r − min r)    of the reduction rates of pollutants (U₁) and of carbon (U₂) in the group
    C = 2·√(U₁·U₂) / (U₁ + U₂)           coupling
    T = (U₁ + U₂) / 2                    coordination
    D = √(C·T) = (U₁·U₂)^¼               0 … 1

It depends on who else is in the group, so it never goes into a score, a total or a rank.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...messages import Text

NAME = Text("耦合协调度 [选择]", "coupling coordination degree [choice]")
EXPLANATION = Text(
    "耦合协调度 [选择]：D = (U₁·U₂)^¼，U 为污染物、碳减排率在本组内的极差标准化值；随组内企业变化，不计入得分和名次。",
    "Coupling coordination degree [choice]: D = (U₁·U₂)^¼, U being the reduction rates of pollutants and of carbon, min–max normalised within this group; it depends on the group and enters no score and no rank. ",
)


def degrees(rates: Any) -> Any:
    """D of each enterprise from its reduction rates (pollutants, carbon); NaN where a rate is missing or all are equal."""
    known = ~np.isnan(rates).any(axis=1)
    result = np.full(len(rates), np.nan)
    if not known.any():
        return result
    used = rates[known]
    low, high = used.min(axis=0), used.max(axis=0)
    if (high > low).all():  # else nothing can be normalised
        result[known] = (((used - low) / (high - low)).prod(axis=1)) ** 0.25
    return result
