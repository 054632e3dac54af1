"""CO2 of processes and of purchased heat: amount × factor."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..errors import JwdtError
from ..messages import Text
from .names import Index, split, table

#: Where there is a formula instead of a default.
_FORMULAS = {
    "clinker": Text(
        "(CaO − 非碳酸盐来源的 CaO)×44/56 + (MgO − 非碳酸盐来源的 MgO)×44/40，质量分数，tCO2/t 熟料",
        "(CaO − CaO not from carbonates)·44/56 + (MgO − MgO not from carbonates)·44/40, mass fractions, tCO2/t clinker",
    )
}


class ProcessFactor(NamedTuple):
    """t CO2 per t of what is used or made; no value where the guidelines give a formula only."""

    key: str
    name: Text
    value: float | None
    unit: str
    source: str
    confidence: str


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(row for row in table("process") if row["unit"].startswith("tCO2/"))


@cache
def factors() -> tuple[ProcessFactor, ...]:
    """Heat and the processes; parameters of other formulas are left out."""
    return tuple(
        ProcessFactor(
            row["key"],
            Text(row["item_zh"], row["item_en"]),
            float(row["value"]) if row["value"] else None,
            row["unit"],
            row["source"],
            row["confidence"],
        )
        for row in _rows()
    )


@cache
def named_processes() -> tuple[tuple[ProcessFactor, list[str]], ...]:
    """Every process with its names; heat is bought, not a process."""
    return tuple(
        (factor, list(dict.fromkeys([*factor.name, *split(row["aliases"])])))
        for factor, row in zip(factors(), _rows(), strict=True)
        if factor.key != "purchased_heat"
    )


@cache
def _index() -> Index[ProcessFactor]:
    return Index(named_processes())


def heat_factor() -> ProcessFactor:
    """t CO2 per GJ of purchased heat."""
    return next(factor for factor in factors() if factor.key == "purchased_heat")


def find_process(name: str) -> ProcessFactor:
    """The process of this name (石灰石, 碳酸镁, 电极 …)."""
    found = _index().find(name)
    if found:
        return found[0]
    offered = "、".join(factor.name.zh for factor, _ in named_processes())
    raise JwdtError(
        Text(
            "没有工业过程“{v}”的因子，可用：{o}；其他过程请填自有排放因子",
            "no factor for process “{v}”; there are: {o}; else give an own factor",
        ).fill(v=name, o=offered),
        "unknown-process",
    )


def value_of(process: ProcessFactor) -> float:
    """The factor of a process, or an error with its formula where no default exists."""
    if process.value is None:
        raise JwdtError(
            Text("“{n}”没有缺省因子，请按公式计算后填写：{f}", "“{n}” has no default factor; compute it by {f}").fill(
                n=process.name, f=_FORMULAS[process.key]
            ),
            "no-process-factor",
        )
    return process.value
