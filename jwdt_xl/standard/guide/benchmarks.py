"""Benchmarks: the value each indicator is measured against, and the level a share of enterprises reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from ...errors import JwdtError
from ...messages import Text
from ..record import columns, finite, is_number, label, number, short, text
from ..scoring import NEGATIVE, POSITIVE, check_benchmark
from .options import DEFAULTS

#: The convention of an energy benchmark, by what its basis says.
CALORIFIC, BY_COAL = "calorific", "coal_consumption"
CONVENTION_NAMES = {
    CALORIFIC: Text("当量值", "calorific value"),
    BY_COAL: Text("等价值(发电煤耗)", "coal consumption of generation"),
}
_CONVENTIONS = {CALORIFIC: ("calorific", "当量"), BY_COAL: ("coal consumption", "coal_consumption", "等价", "煤耗")}
#: 0.1229 is printed, 3600/29307.6 gives 0.1228, 860/7000 0.12286: all are the calorific value.
SAME_COEFFICIENT = 5e-4


def convention_of(options: Mapping[str, Any]) -> str:
    """How electricity is converted: by its calorific value, or by the coal consumption of generation."""
    off = abs(float(options["electricity_coefficient"]) - float(DEFAULTS["electricity_coefficient"]))
    return CALORIFIC if off <= SAME_COEFFICIENT else BY_COAL


def year_of(said: str) -> str | int:
    """A year as a number: a guide has one hash however it is typed."""
    return int(said) if said.isdecimal() else said


class Benchmark(NamedTuple):
    """A benchmark and where it comes from."""

    # fmt: off
    value: Annotated[float, number("基准值", "benchmark", "大于 0，与指标同单位；适中、定性指标没有", "above 0, in the indicator's unit; none for moderate and qualitative ones", above=True, read=finite)]
    unit: Annotated[str, text("基准值单位", "unit of the benchmark", "与指标单位一致；可留空", "as the indicator's; may stay blank")] = ""
    source: Annotated[str, text("基准值来源", "source of the benchmark", "政策、清洁生产要求，或“n 家企业中 50% 可达到的水平”", "policy, cleaner-production requirement, or “level reached by 50 % of n enterprises”")] = ""
    year: Annotated[str | int, label("基准值年份", "year of the benchmark", "例如 2023", "e.g. 2023", read=year_of)] = ("")
    basis: Annotated[str, text("基准值口径", "basis of the benchmark", "电力折标(当量值、等价值)、产值等口径", "convention: electricity by calorific value or by coal consumption, output value …")] = ""
    #: Of guides only: with it a score goes by two points.
    limit: Annotated[float | None, number("限值", "limit", "选填，两点计分：限值及更差得 0 分，基准值及更好得 100 分，其间按直线", "optional, scores by two points: 0 at the limit and worse, 100 at the benchmark and better, linear between", since=4)] = None
    # fmt: on

    @property
    def convention(self) -> str:
        """The electricity convention its basis names, or nothing."""
        basis = self.basis.lower()
        return next((c for c, words in _CONVENTIONS.items() if any(word in basis for word in words)), "")


def fits(said: Any) -> Any:
    """What a file says of a benchmark, if it is one: no other fields, and a number that can be one."""
    known = columns(Benchmark)
    wrong = Text("基准值字段有误：{e}", "bad benchmark fields: {e}")
    if not isinstance(said, dict) or not set(said) <= set(known):
        unknown = sorted(map(str, set(said) - set(known))) if isinstance(said, dict) else [short(said)]
        raise JwdtError(wrong.fill(e=short(", ".join(unknown))), "bad-benchmark")
    value: Any = said.get("value")
    if not is_number(value) and not isinstance(value, float):  # check_benchmark says what it must be of NaN
        raise JwdtError(wrong.fill(e=f"value = {short(value)}"), "bad-benchmark")
    check_benchmark(value)
    return said


def reached_level(values: Sequence[float], attribute: str, share: float = 0.5) -> float:
    """The benchmark that a share of the enterprises reaches [note: 50 %; no interpolation: choice].

    positive: the largest observed v with count(x ≥ v) ≥ share·n − 1e-9; negative: the smallest with count(x ≤ v).
    """
    if attribute not in (POSITIVE, NEGATIVE):
        raise JwdtError(
            Text("只有正向、负向指标有基准值", "only positive and negative indicators have a benchmark"),
            "no-benchmark-attribute",
        )
    if not 0 < share <= 1:
        raise JwdtError(
            Text("比例须大于 0 且不超过 1，实为 {v}", "share must be above 0 and at most 1, got {v}").fill(v=share)
        )
    if not values:
        raise JwdtError(Text("没有可用数值", "there are no values"), "missing")
    ordered = sorted(values, reverse=attribute == POSITIVE)
    needed = share * len(ordered) - 1e-9
    # The first place at which enough enterprises are at least as good; equal values count together,
    # and the value at that place is theirs.
    place = next(i for i in range(len(ordered)) if i + 1 >= needed)
    return ordered[place]
