"""The standards, laws and notices that rules and factors come from, each with its edition and dates."""

from __future__ import annotations

from typing import NamedTuple

from ..messages import Text, joined

#: Whether a year lies before an edition was in force, or after another took its place.
BEFORE, AFTER = "before", "after"


class Edition(NamedTuple):
    """A text as of a date. Dates are YYYY-MM-DD, blank where they were not verified or there is none."""

    code: str
    title: Text
    used: Text
    published: str = ""
    since: str = ""
    #: The day from which another edition holds, and which.
    until: str = ""
    next: str = ""
    note: Text = Text("", "")

    def lies(self, year: int) -> str | None:
        """Where a year lies that it was not in force for a single day."""
        if self.since and year < int(self.since[:4]):
            return BEFORE
        last = int(self.until[:4]) - self.until.endswith("-01-01") if self.until else year
        return AFTER if year > last else None

    @property
    def name(self) -> Text:
        """Its number, in English letters where it has others."""
        return Text(self.code, _ENGLISH.get(self.code, self.code))

    @property
    def dates(self) -> Text:
        """In words, for people; that none is known is said."""
        said = []
        if self.published:
            said.append(Text("{d} 发布", "published {d}").fill(d=self.published))
        if self.since:
            said.append(Text("{d} 起施行", "in force from {d}").fill(d=self.since))
        if self.next:
            said.append(Text("{d} 起由 {n} 代替", "replaced by {n} from {d}").fill(d=self.until, n=self.next))
        return joined(said or [Text("日期未核实", "dates not verified")], "，", ", ")

    @property
    def told(self) -> Text:
        """Dates and note."""
        return joined([self.dates, *filter(any, [self.note])])


_COAL = Text("综合能耗计算通则", "General rules for the calculation of comprehensive energy consumption")
GHG_TITLE = Text("工业企业温室气体排放核算和报告通则", "General rules for accounting and reporting greenhouse-gas emissions of industrial enterprises")  # fmt: skip
_COAL_USED = Text("折标准煤系数", "coefficients to standard coal")
_GHG_USED = Text("核算边界和类别", "boundary and categories of emissions")
GHG_2025 = Edition(
    "GB/T 32150-2025", GHG_TITLE, Text("边界和类别；电网因子取最新公布年份", "boundary and categories; grid factors of the latest year published"),
    "2025-12-31", "2026-07-01",
)  # fmt: skip
EDITIONS = (
    Edition("GB/T 32150-2015", GHG_TITLE, _GHG_USED, "2015-11-19", "2016-06-01", "2026-07-01", GHG_2025.code),
    GHG_2025,
    Edition("GB/T 2589-2008", _COAL, _COAL_USED, "2008-02-03", "2008-06-01", "2021-04-01", "GB/T 2589-2020"),
    Edition("GB/T 2589-2020", _COAL, _COAL_USED, "2020-09-29", "2021-04-01"),
    Edition(
        "GB/T 32151.22-2024", Text("碳排放核算与报告要求 第 22 部分", "Requirements of carbon accounting and reporting, part 22"),
        Text("燃料缺省值，表 B", "default values of fuels, table B"),
    ),
    Edition(
        "GB/T 32151.34-2024", Text("碳排放核算与报告要求 第 34 部分", "Requirements of carbon accounting and reporting, part 34"),
        Text("绿电的排放、碳酸锰和五种燃料", "emissions of green power, manganese carbonate and five fuels"),
    ),
    Edition(
        "环境保护税法", Text("中华人民共和国环境保护税法", "Environmental Protection Tax Law"),
        Text("附表二：污染当量值", "annex 2: equivalent values"), "2025-10-28", "2018-01-01",
        note=Text("2025-10-28 的文本，附表二自 2016 年未变", "text of 28 October 2025, annex 2 unchanged since 2016"),
    ),
    Edition(
        "财税〔2018〕117号", Text("关于明确环境保护税应税污染物适用等有关问题的通知", "notice on taxable pollutants"),
        Text("烟尘和一般性粉尘", "soot and general dust"), "2018-10-25",
    ),
    Edition(
        "公告 2025 年第 47 号", Text("生态环境部等公告", "announcement of the Ministry of Ecology and Environment and others"),
        Text("2023 年电力二氧化碳排放因子", "grid factors of 2023"),
    ),
    Edition(
        "发改能源〔2026〕622号", Text("非化石能源电力消费核算", "accounting of non-fossil power"),
        Text("非化石能源的物理认定，仅按转述引用", "physical recognition of non-fossil power, cited from reports of it"),
        note=Text("其文本未能查到", "its text could not be found"),
    ),
    Edition(
        "GB/T 36132-2025", Text("绿色工厂评价通则", "General principles of green factory assessment"),
        Text("两点计分的写法", "the form of scores by two points"),
    ),
)  # fmt: skip
_ENGLISH = {
    "环境保护税法": "Environmental Protection Tax Law",
    "财税〔2018〕117号": "Caishui (2018) No. 117",
    "公告 2025 年第 47 号": "Announcement 2025 No. 47",
    "发改能源〔2026〕622号": "NDRC Energy (2026) No. 622",
}
BY_CODE = {edition.code: edition for edition in EDITIONS}
