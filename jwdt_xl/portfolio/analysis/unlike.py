"""What only the comparison of a return with the others of its group, or with the register, shows: told, and holds nobody back."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ...assessment.checks.benchmarks import is_hundredfold
from ...messages import WARNING, Finding, Text, number
from ...standard.guide import Guide
from ...standard.scoring import NEGATIVE, POSITIVE
from .candidates import Member, Reported
from .identity import Expected, folded

Told = Iterator[tuple[int, Finding]]

#: From so many values on their median says what is usual, and how far off others lie.
_MOST_ALIKE, _ENOUGH = 5, 10
#: Far off the median [choice]: more than so many times it, and than so many times what half of the group is off it at the most.
_TIMES, _SPREADS = 3.0, 5.0
#: What so large a part of the group reports, the others may have left out [choice].
_NEARLY_ALL = 0.8


def others(
    benchmarks: Any, values: Any, pollutants: Sequence[Reported], of_period: Any, guide: Guide
) -> Iterator[tuple[int, list[Finding]]]:
    """Findings by place of the member; arrays and pollutants are aligned with members."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for told in (_benchmarks(benchmarks, guide), _values(values, guide), _left_out(pollutants, of_period, guide)):
        for place, finding in told:
            found[place].append(finding)
    yield from found.items()


def register(members: Sequence[Member], expected: Mapping[str, Expected]) -> Told:
    """An enterprise is grouped by the register, whose region or industry may be another than that of its own return."""
    for place, member in enumerate(members):
        known = expected.get(member.uscc)
        for key, name in _PLACED.items() if known else ():
            own, other = getattr(member, key), getattr(known, key)
            said, told = folded(own), folded(other)
            if said and told and said not in told and told not in said:  # 湖州市 is 浙江省湖州市, and 30 is 3011
                text = _NOT_THE_REGISTERS.fill(n=name, own=own, other=other)
                yield place, Finding(WARNING, "unlike-register", f"enterprise.{key}", text, "consistency")


_PLACED = {"region": Text("地区", "region"), "industry_code": Text("行业代码", "industry code")}
_NOT_THE_REGISTERS = Text(
    "{n}填的是“{own}”，登记表为“{other}”，汇总中按登记表分组 — 请核实，改正填报或登记表",
    "the {n} is “{own}”, in the register “{other}”; it is grouped by the register — check, and correct the one or the other",
)


def _benchmarks(benchmarks: Any, guide: Guide) -> Told:
    """Benchmarks are common to a sector: where the guide states none, one that differs from most others' was changed."""
    for column, node in enumerate(guide.indicators):
        given = benchmarks[:, column]
        known = given[~np.isnan(given)]
        if node.benchmark is not None or len(known) < 3:  # by the guide's everybody is evaluated
            continue
        right, count = Counter(known.tolist()).most_common(1)[0]
        if count * 2 <= len(known):
            continue
        for i in np.flatnonzero(~np.isnan(given) & (np.abs(given - right) > 1e-9 * abs(right))):
            filled = _NOT_THE_OTHERS.fill(n=node.name, c=node.code, found=number(given[i], 6), right=number(right, 6))
            yield int(i), Finding(WARNING, "benchmark-unlike-others", f"benchmarks.{node.code}", filled, "consistency")


def _values(values: Any, guide: Guide) -> Told:
    """Values far off the median of the group: about 100 times it is a slip of units or per cent, else somebody has to look."""
    for column, node in enumerate(guide.indicators):
        given = values[:, column]
        known = given[~np.isnan(given)]
        middle = float(np.median(known)) if len(known) >= _MOST_ALIKE else 0.0
        if node.attribute not in (POSITIVE, NEGATIVE) or not middle:
            continue
        far = _far(known[known > 0])
        for i in np.flatnonzero(~np.isnan(given)):
            value = float(given[i])
            if is_hundredfold(value, middle):
                code, text = "percent-slip", _SLIP
            elif value > 0 and middle > 0 and abs(math.log(value / middle)) > far:
                code, text = "value-unlike-others", _FAR_OFF
            else:
                continue
            filled = text.fill(
                n=node.name, c=node.code, found=number(value, 6), right=number(middle, 6), t=number(value / middle, 2)
            )
            yield int(i), Finding(WARNING, code, f"value {node.code}", filled, "objectivity")


def _far(known: Any) -> float:
    """By which logarithm a value is far off the median of a group: by a multiple of what is usual in it."""
    if len(known) < _ENOUGH:
        return math.inf
    logs = np.log(known)
    return max(math.log(_TIMES), _SPREADS * float(np.median(np.abs(logs - np.median(logs)))))


def _item(item: str) -> tuple[str, str]:
    """Table and number of a pollutant as rows have them in one text."""
    table, _, number = item.partition(" ")
    return table, number


def _left_out(pollutants: Sequence[Reported], of_period: Any, guide: Guide) -> Told:
    """What is not reported is not counted, which raises the score: a pollutant of nearly all others is asked for.

    What the guide requires of everybody is a finding of the return itself.
    """
    members = [int(i) for i in np.flatnonzero(of_period)]
    count = Counter(pollutant for i in members for pollutant in pollutants[i])
    usual = sorted(key for key, n in count.items() if len(members) >= _MOST_ALIKE and _NEARLY_ALL * len(members) <= n)
    usual = [key for key in usual if not any(each.takes(_item(key[0]), key[1]) for each in guide.required_pollutants)]
    for i in members:
        for pollutant in usual:
            if pollutant not in pollutants[i]:
                *_, zh, en = pollutant
                text = _NOT_REPORTED.fill(p=Text(zh, en), n=len(members), m=count[pollutant])
                yield i, Finding(WARNING, "pollutant-left-out", "pollutants", text, "completeness")


_NOT_REPORTED = Text(
    "没有填报“{p}”，本组 {n} 家中有 {m} 家填报 — 漏报会使得分偏高，请对照排污许可证和执行报告核实；确无排放的不必改",
    "“{p}” is not reported, {m} of the {n} in the group report it — what is left out raises the score: compare the discharge permit and its reports; nothing to do where there is none",
)
_SLIP = Text(
    "指标 {c}“{n}”的值为 {found}，与本组中位数 {right} 相差约 100 倍 — 请核对单位，以及是否把百分数存成了小数",
    "the value of indicator {c} “{n}” is {found}, about 100 times off the median of the group, {right} — check units, and whether a percentage was stored as a fraction",
)
_FAR_OFF = Text(
    "指标 {c}“{n}”的值为 {found}，是本组中位数 {right} 的 {t} 倍，远离其他各家 — 请核对单位、产量和各期数据；确实如此的请注明原因",
    "the value of indicator {c} “{n}” is {found}, {t} times the median of the group, {right}, far from all others — check units, output and periods; where it is so, say why",
)
_NOT_THE_OTHERS = Text(
    "指标 {c}“{n}”的基准值为 {found}，多数企业为 {right} — 请核实是否被改动或互换",
    "the benchmark of indicator {c} “{n}” is {found}, most enterprises have {right} — check whether it was changed or swapped",
)
