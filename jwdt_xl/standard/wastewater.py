"""Methane of waste-water treatment: COD removed × Bo × MCF − recovered (sector guidelines)."""

from __future__ import annotations

from ..errors import JwdtError
from ..messages import Text, number
from .numbers import LAST_DIGIT

#: t CH4 per t COD that can be made at most (Bo), and the share of it that a deep anaerobic reactor makes (MCF).
LARGEST_YIELD, DEEP_ANAEROBIC = 0.25, 0.8


def methane(cod: float, mcf: float = DEEP_ANAEROBIC, bo: float = LARGEST_YIELD, recovered: float = 0.0) -> float:
    """CH4 (t) of COD removed (t)."""
    made = cod * bo * mcf
    if recovered > made * LAST_DIGIT:
        raise JwdtError(
            Text(
                "回收的 CH4 {r} t 多于产生的 {m} t；请核对 COD、Bo、MCF 和回收量",
                "CH4 recovered, {r} t, is more than the {m} t made; check COD, Bo, MCF and the amount recovered",
            ).fill(r=number(recovered), m=number(made)),
            "negative-methane",
        )
    return max(0.0, made - recovered)
