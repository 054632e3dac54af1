"""The columns of the years of many, which are those of a portfolio where a portfolio has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ....messages import Text
from ....standard.guide import builtin
from ....standard.guide.subjects import SUBJECTS
from ....standard.quantities import QUANTITIES
from ...analysis.years import CO2E, EQUIVALENTS, TOTAL, Cohort, Entry, Years, why
from .. import columns
from ..columns import COUNT, PERCENT, SCORE, TEXT, VALUE, Column
from ..groups import STATISTICS
from ..pollutants import POLLUTANT as POLLUTANT

_KNOWN = {column.key: column for column in (*columns.ranking(builtin()), *columns.values(builtin()))}
GUIDE = Column("guide", Text("指南", "guide"), TEXT, 18)
YEAR = Column("year", Text("报告期", "report period"), TEXT, 9)
REGION = _KNOWN["region"]
BREAKS = Column("breaks", Text("不可比之处", "breaks"), TEXT, 60)
TOTAL_TITLE, RANK, GRADE = _KNOWN["total"], _KNOWN["rank"], _KNOWN["grade"]
#: By the key of what changes: its column where it can be compared with the year before, and over a break.
_CHANGES = {
    TOTAL: (Text("总分变化", "change of total"), SCORE),
    EQUIVALENTS: (Text("污染当量变化", "change of equivalents"), VALUE),
    CO2E: (Text("碳排放变化 tCO2e", "change of emissions tCO2e"), VALUE),
}
_COMPARED = Text("可与上年相比", "comparable with the year before")
_OVER = Text("{c}（跨不可比之处）", "{c}, over a break")
_SUM, _MEDIAN = Text("{q}合计", "sum of {q}"), Text("{q}中位数", "median of {q}")
_OF_CHANGES = Text("{c}合计（可比企业）", "{c}: sum of the comparable")
_RELATIVE = Text("{q}变化率（可比企业）", "{q}: relative change of the comparable")
_TITLE = {key: QUANTITIES[key].title for key in (EQUIVALENTS, CO2E)}

#: Of a guide or a region in a year; their keys are the fields of a cohort.
COHORT = (
    Column("number", Text("已评价", "scored"), COUNT, 8),
    Column("ranked", Text("参加排名", "ranked"), COUNT, 8),
    Column("held", Text("待评审", "held back"), COUNT, 8),
    Column("unranked", Text("其他不排名", "unranked otherwise"), COUNT, 9),
    Column("mean", STATISTICS["mean"], SCORE, 9),
    Column("median", _MEDIAN.fill(q=_KNOWN["total"].title), SCORE, 9),
    *(Column(key, _MEDIAN.fill(q=_KNOWN[key].title), PERCENT, 12) for key in ("rate_pollutants", "rate_carbon")),
    Column("summed", Text("计入合计的家数", "in the sums"), COUNT, 9),
    *(Column(key, _SUM.fill(q=_TITLE[key]), VALUE, 16) for key in (EQUIVALENTS, CO2E)),
    Column("compared", _COMPARED, COUNT, 10),
    Column("broken", Text("跨不可比之处", "over a break"), COUNT, 10),
    Column("change_total", _MEDIAN.fill(q=_CHANGES[TOTAL][0]), SCORE, 10),
    *(
        column
        for key in (EQUIVALENTS, CO2E)
        for column in (
            Column(f"change_{key}", _OF_CHANGES.fill(c=_CHANGES[key][0]), VALUE, 16),
            Column(f"relative_{key}", _RELATIVE.fill(q=_TITLE[key]), PERCENT, 12),
        )
    ),
)


#: Of a pollutant in a year; their keys are the fields of a tonnage.
TONNAGE = (
    Column("number", Text("参加排名的企业数（报有该污染物）", "ranked that report it"), COUNT, 12),
    Column("tonnes", Text("合计 t", "sum t"), VALUE, 16),
    Column("compared", _COMPARED, COUNT, 12),
    Column("change", Text("变化 t（可比企业）", "change t of the comparable"), VALUE, 16),
    Column("relative", Text("变化率（可比企业）", "relative change of the comparable"), PERCENT, 12),
)


def cohort_cells(found: Cohort) -> dict[str, Any]:
    return found._asdict() | {"unranked": found.unranked}


def who(found: Years) -> tuple[Column, Column]:
    """The code and the name of what the latest portfolio evaluates, which may be cities."""
    titles = found.years[-1].book.titles
    heads = {key: str(titles.get(key, "")) for key in ("uscc", "name")}
    for subject in SUBJECTS.values():
        if heads["uscc"] in subject.code_label and heads["name"] in subject.name_label:
            return _KNOWN["uscc"]._replace(title=subject.code_label), _KNOWN["name"]._replace(title=subject.name_label)
    return _KNOWN["uscc"], _KNOWN["name"]


def quantities(found: Years) -> dict[str, Text]:
    """Those that any of the portfolios has, in its order."""
    titles: dict[str, Text] = {}
    for year in found.years:
        keys = {key: None for line in year.book.lines[:1] for key in line.quantities}
        titles = {**titles, **{key: year.book.titles[key] for key in keys if key not in titles}}
    return titles


def enterprises(found: Years, pollutants: Mapping[str, Text]) -> list[Column]:
    """pollutants: by their keys."""
    return [
        *who(found), REGION, _KNOWN["industry_code"], GUIDE, YEAR,
        Column("state", Text("是否计入", "whether it counts"), TEXT, 16),
        _KNOWN["total"], *_of_change(TOTAL), GRADE, RANK, Column("of", Text("参加排名的企业数", "of so many"), COUNT, 9),
        _KNOWN["rate_pollutants"], _KNOWN["rate_carbon"],
        *(
            column
            for key, title in quantities(found).items()
            for column in (Column(key, title, VALUE, 15), *(_of_change(key) if key in _CHANGES else ()))
        ),
        *(Column(key, Text("{n} t", "{n} t").fill(n=name), VALUE, 14) for key, name in pollutants.items()),
        BREAKS, _KNOWN["file"],
    ]  # fmt: skip


def _of_change(key: str) -> tuple[Column, Column]:
    title, kind = _CHANGES[key]
    return Column(f"change_{key}", title, kind, 13), Column(f"over_{key}", _OVER.fill(c=title), kind, 13)


def entry_cells(entry: Entry, of: Mapping[str, int]) -> dict[str, Any]:
    """of: how many are ranked, by portfolio."""
    line = entry.line
    cells: dict[str, Any] = {
        **line._asdict(), "guide": entry.book.method.guide, "year": entry.label, "state": entry.state,
        "of": of[entry.book.name] if line.rank else None, "rate_pollutants": line.rates[0], "rate_carbon": line.rates[1],
        "breaks": why(entry.breaks), **{key: pair[1] for key, pair in line.quantities.items()},
    }  # fmt: skip
    for key in _CHANGES:
        cells |= {f"change_{key}": entry.comparable(key), f"over_{key}": entry.over_break(key)}
    return cells


def scores(titles: Mapping[str, Text]) -> list[Column]:
    """First levels and indicators of a guide by what stands above them."""
    return [Column(key, title, SCORE, 11) for key, title in titles.items() if key.startswith(("group_", "score_"))]


def by_label(key: str, title: Text, kind: str, labels: Iterable[str]) -> list[Column]:
    """A column a year."""
    return [Column(f"{key}_{label}", Text(f"{title.zh} {label}", f"{title.en} {label}"), kind, 10) for label in labels]
