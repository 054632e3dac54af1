"""Papers of three enterprises that do not exist, as each of several programs would write them, and what one types from them.

The expected numbers are worked out here in decimal arithmetic from the same lists, by the formulas of the tax table's
instructions; nothing of the package is used.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

D = Decimal
Rows = list[list[Any]]
YEARS = ("2022", "2023")


class Emission(NamedTuple):
    """A pollutant of an outlet: gas (10^4 m3) or water (t) and concentration, or base and coefficient, of January."""

    outlet: str
    medium: str
    name: str
    typed: str
    volume: str = ""
    concentration: str = ""
    base: str = ""
    coefficient: str = ""

    def values(self, year: str, month: int) -> dict[str, Decimal]:
        """Each month a little more, each year a little less."""
        grown = D(1) + D(month - 1) / 100 - (D("0.05") if year == "2023" else 0)
        return {key: D(value) * (grown if key in ("volume", "base") else 1) for key, value in self._asdict().items()
                if key in ("volume", "concentration", "base", "coefficient") and value}  # fmt: skip

    def kg(self, year: str, month: int) -> Decimal:
        values = self.values(year, month)
        if "base" in values:
            return values["base"] * values["coefficient"]
        return values["volume"] * values["concentration"] / (100 if self.medium == "air" else 1000)

    def year(self, year: str) -> Decimal:
        return sum((self.kg(year, month) for month in range(1, 13)), D(0))


class Energy(NamedTuple):
    """A row of form 205-1: used in each year, of it as feedstock, coefficient; and as what it is typed."""

    name: str
    unit: str
    used: tuple[str, str]
    coefficient: str
    typed: dict[str, Any]
    feedstock: tuple[str, str] = ("", "")


class Enterprise(NamedTuple):
    key: str
    name: str
    uscc: str
    emissions: tuple[Emission, ...]
    energies: tuple[Energy, ...]


CEMENT = Enterprise(
    "cement", "示例水泥有限公司", "91330500MA2B2C3D4T",
    (
        Emission("窑尾", "air", "二氧化硫", "二氧化硫", volume="30512.4", concentration="24.7"),
        Emission("窑尾", "air", "氮氧化物（以NO2计）", "氮氧化物", volume="30512.4", concentration="310.3"),
        Emission("窑尾", "air", "烟尘", "烟尘", volume="30512.4", concentration="15.1"),
        Emission("煤磨", "air", "一般性粉尘", "一般性粉尘", base="16031.7", coefficient="0.041"),
        Emission("水泥磨", "air", "一般性粉尘", "一般性粉尘", base="161000", coefficient="0.0173"),
    ),
    (
        Energy("一般烟煤", "吨", ("214031.5", "209872.4"), "0.7521", {"kind": "fuel", "name": "烟煤"}),
        Energy("柴油", "吨", ("812.31", "790.07"), "1.4571", {"kind": "fuel", "name": "柴油"}),
        Energy("电力", "万千瓦时", ("9850.12", "9240.55"), "1.229", {"kind": "electricity", "origin": "grid"}),
    ),
)  # fmt: skip
DYEING = Enterprise(
    "dyeing", "示例印染有限公司", "91330600MA2C7D8E9D",
    (
        Emission("总排口", "water", "化学需氧量", "化学需氧量(CODcr)", volume="81233", concentration="83.2"),
        Emission("总排口", "water", "氨氮", "氨氮", volume="81233", concentration="4.17"),
        Emission("总排口", "water", "悬浮物", "悬浮物(SS)", volume="81233", concentration="21.9"),
        Emission("定型机", "air", "氮氧化物", "氮氧化物", volume="811.23", concentration="98.6"),
    ),
    (
        Energy("天然气（气态）", "万立方米", ("1023.47", "981.6"), "12.143", {"kind": "fuel", "name": "天然气"}),
        Energy("热力", "百万千焦", ("301233.9", "288711.2"), "0.0341", {"kind": "heat"}),
        Energy("电力", "万千瓦时", ("2950.77", "2780.31"), "1.229", {"kind": "electricity", "origin": "grid"}),
    ),
)  # fmt: skip
FOUNDRY = Enterprise(
    "foundry", "示例铸造有限公司", "91320500MA1F3G4H5C",
    (
        Emission("熔炼", "air", "烟尘", "烟尘", volume="2103.6", concentration="9.8"),
        Emission("造型", "air", "一般性粉尘", "一般性粉尘", base="1871.3", coefficient="0.38"),
        Emission("浇注", "air", "苯", "苯", base="1871.3", coefficient="0.0021"),
        Emission("总排口", "water", "化学需氧量", "化学需氧量(CODcr)", volume="2011", concentration="61.3"),
    ),
    (
        Energy("焦炭", "吨", ("4120.5", "3987.25"), "0.9714", {"kind": "fuel", "name": "焦炭"}, ("120.5", "110.25")),
        Energy("液化石油气", "吨", ("88.31", "91.02"), "1.7143", {"kind": "fuel", "name": "液化石油气"}),
        Energy("电力", "万千瓦时", ("1633.02", "1588.46"), "1.229", {"kind": "electricity", "origin": "grid"}),
    ),
)  # fmt: skip
ENTERPRISES = (CEMENT, DYEING, FOUNDRY)


def typed(value: Decimal) -> float:
    return float(value)


def pollutants(enterprise: Enterprise, years: Sequence[str] = YEARS) -> Rows:
    """The rows as typed by hand."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for each in enterprise.emissions:
        row = rows.setdefault((each.medium, each.typed), {"medium": each.medium, "pollutant": each.typed, "unit": "kg"})
        for year in years:
            period = "base" if year == "2022" else "report"
            row[period] = row.get(period, D(0)) + each.year(year)
    return [{key: typed(v) if isinstance(v, Decimal) else v for key, v in row.items()} for row in rows.values()]  # type: ignore[misc]


_UNITS = {"吨": "t", "万立方米": "万m3", "百万千焦": "GJ", "万千瓦时": "万kWh"}


def bills(enterprise: Enterprise, years: Sequence[str] = YEARS, coefficients: bool = True) -> list[dict[str, Any]]:
    rows = []
    for each in enterprise.energies:
        row: dict[str, Any] = {**each.typed, "unit": _UNITS[each.unit]}
        stock: dict[str, Any] = {**each.typed, "unit": _UNITS[each.unit], "feedstock": True}
        for year, used, part in zip(YEARS, each.used, each.feedstock, strict=True):
            if year in years:
                period = "base" if year == "2022" else "report"
                row[period] = typed(D(used) - D(part or 0))
                if part and coefficients:
                    stock[period] = typed(D(part))
        if coefficients and each.typed["kind"] != "electricity":
            row["coefficient"] = typed(D(each.coefficient) / (10 if each.unit == "万立方米" else 1))
        rows += [stock, row] if "base" in stock or "report" in stock else [row]
    return rows


# ---- how each paper looks


class Style(NamedTuple):
    """How a program writes: its file, headings, numbers and blanks."""

    key: str
    suffix: str
    encoding: str = ""
    delimiter: str = ","
    published: bool = False
    separators: bool = False
    blank: str = ""
    broken: bool = False
    half: bool = False


STYLES = (
    Style("published", ".xlsx", published=True, separators=True, blank="—", broken=True),
    Style("plain", ".xlsx", half=True),
    Style("gbk", ".csv", "gb18030", published=True, separators=True, blank="--"),
    Style("utf16", ".txt", "utf-16", "\t", half=True, blank="/"),
)


def number(value: Decimal | str, style: Style) -> Any:
    if value == "":
        return style.blank or None
    value = D(value)
    if style.separators:
        return f"{value:,f}"
    return float(value) if style.suffix == ".xlsx" else f"{value:f}"


def heading(text: str, style: Style) -> str:
    if style.half:
        text = text.replace("（", "(").replace("）", ")")
    return text.replace("（", "\n（") if style.broken else text


def write(
    path: Path, rows: Rows, style: Style, title: str = "表", merges: Sequence[tuple[int, int, int, int]] = ()
) -> Path:
    path = path.with_suffix(style.suffix)
    if style.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                for col, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(row, col, cell)
            for top, left, bottom, right in merges:
                sheet.merge_range(top, left, bottom, right, rows[top][left])
        return path
    text = io.StringIO()
    csv.writer(text, delimiter=style.delimiter).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    path.write_bytes(text.getvalue().encode(style.encoding))
    return path


_TAX = (
    "税源编号", "税款所属月份", "排放口名称或噪声源名称", "污染物类别", "水污染物种类", "污染物名称", "污染物排放量计算方法",
    "废气（废水）排放量（万标立方米、吨）", "实测浓度值（毫克/升或毫克/标立方米）", "计算基数", "产污系数", "排污系数",
)  # fmt: skip


def tax(folder: Path, enterprise: Enterprise, year: str, style: Style) -> Path:
    """The table of 2021; the plain program writes cubic metres and grams."""
    plain = style.key == "plain"
    headings = list(_TAX)
    if plain:
        headings[7], headings[8] = "废气（废水）排放量（标立方米、千克）", "实测浓度值（克/升或克/标立方米）"
        headings[11] = "排污系数（克/吨）"
    rows: Rows = [["环境保护税税源明细表"] + [None] * 11] if style.published else []
    if style.published:
        rows.append(
            [
                f"纳税人识别号（统一社会信用代码）：{enterprise.uscc}",
                None,
                None,
                f"纳税人名称：{enterprise.name}",
                *[None] * 8,
            ]
        )
    rows.append([heading(text, style) for text in headings])
    volumes = D(0)
    for month in range(1, 13):
        for place, each in enumerate(enterprise.emissions):
            values = each.values(year, month)
            volume = (
                values.get("volume", D(0)) * (10000 if each.medium == "air" else 1000)
                if plain
                else values.get("volume", D(0))
            )
            measured = values.get("concentration", D(0)) / (1000 if plain else 1)
            coefficient = values.get("coefficient", D(0)) * (1000 if plain else 1)
            volumes += volume
            by_base = "base" in values
            rows.append([
                f"Y{place:03}", f"{year}-{month:02}" if style.published else f"{year}年{month}月", each.outlet,
                "大气污染物" if each.medium == "air" else "水污染物", style.blank or None, each.name, "排污系数" if by_base else "自动监测",
                number("" if by_base else volume, style), number("" if by_base else measured, style),
                number(values.get("base", ""), style), style.blank or None, number(coefficient if by_base else "", style),
            ])  # fmt: skip
    rows.append(["合计", None, None, None, None, None, None, number(volumes, style), *[None] * 4])
    merges = [(0, 0, 0, 11)] if style.published else []
    return write(folder / f"tax-{enterprise.key}-{year}-{style.key}", rows, style, "税源", merges)


def form_205(folder: Path, enterprise: Enterprise, year: str, style: Style) -> Path:
    """The long form: two rows of merged headings and the row of numbers, or one plain row."""
    place = YEARS.index(year)
    rows: Rows = []
    merges: list[tuple[int, int, int, int]] = []
    if style.published:
        rows.append(["能源购进、消费与库存", *[None] * 12])
        rows.append(["表号：205-1 表", None, "有效期至：2031年6月", None, f"{year}年", *[None] * 8])
        rows.append(
            [f"统一社会信用代码：{enterprise.uscc}", None, None, None, f"单位详细名称：{enterprise.name}", *[None] * 8]
        )
        top = len(rows)
        rows.append([
            heading(text, style) if text else None
            for text in ("能源名称", "计量单位", "代码", "期初库存量", "购进量", "", "消费量", "", "", "", "", "期末库存量", "采用折标系数")
        ])  # fmt: skip
        rows.append([
            heading(text, style) if text else None
            for text in ("", "", "", "", "实物量", "金额（千元）", "合计", "工业生产消费", "其中：用于原材料", "非工业生产消费",
                         "合计中：运输工具消费", "", "")
        ])  # fmt: skip
        rows.append(["甲", "乙", "丙", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"])
        merges = [(0, 0, 0, 12), (top, 4, top, 5), (top, 6, top, 10)]
        merges += [(top, col, top + 1, col) for col in (0, 1, 2, 3, 11, 12)]
    else:
        columns = ("能源名称", "计量单位", "代码", "年初库存量", "购进量", "购进金额（千元）", "消费量合计", "工业生产消费",
                   "其中：用于原材料", "非工业生产消费", "运输工具消费", "年末库存量", "折标系数")  # fmt: skip
        rows.append([f"{enterprise.name} {year}年能源消费", *[None] * 12])
        rows.append([heading(text, style) for text in columns])
    total = D(0)
    nothing = style.blank or None
    for code, each in enumerate(enterprise.energies, 3):
        used = D(each.used[place])
        total += used * D(each.coefficient)
        rows.append([
            each.name, each.unit, code, number(used / 50, style), number(used, style), nothing, number(used, style), number(used, style),
            number(each.feedstock[place], style), nothing, nothing, number(used / 50, style), number(each.coefficient, style),
        ])  # fmt: skip
    rows.append(["汽油", "吨", 21, *[nothing] * 10])
    rows.append(
        ["能源合计", "吨标准煤", 40, nothing, nothing, nothing, number(total.quantize(D("0.1")), style), *[nothing] * 6]
    )
    return write(folder / f"205-{enterprise.key}-{year}-{style.key}", rows, style, "205-1", merges)


def form_205_wide(folder: Path, style: Style) -> Path:
    """The export of a statistics office: all enterprises, both years."""
    names = list(
        dict.fromkeys((each.name.replace("（气态）", ""), each.unit) for e in ENTERPRISES for each in e.energies)
    )
    rows: Rows = [
        [
            heading(text, style)
            for text in ("法人单位代码", "单位名称", "年份", *(f"{name}（{unit}）" for name, unit in names))
        ]
    ]
    for enterprise in ENTERPRISES:
        for place, year in enumerate(YEARS):
            used = {each.name.replace("（气态）", ""): each.used[place] for each in enterprise.energies}
            rows.append(
                [enterprise.uscc, enterprise.name, year, *(number(used.get(name, ""), style) for name, _ in names)]
            )
    return write(folder / f"wide-{style.key}", rows, style)


#: The carbon table of the cement works: heat value GJ/t, carbon tC/GJ, oxidation %, by year.
CARBON = {"2022": ("214031.5", "20.871", "0.02618", "99.1"), "2023": ("209872.4", "21.034", "0.02604", "99.2")}
POWER_MWH = {"2022": "98501.2", "2023": "92405.5"}


def carbon(folder: Path, year: str, style: Style) -> Path:
    amount, heat, content, oxidation = map(D, CARBON[year])
    burnt = amount * heat * content * oxidation / 100 * 44 / 12
    lines: list[tuple[str, Any]] = [
        ("1 化石燃料燃烧排放量（tCO2）", number(burnt.quantize(D("0.01")), style)),
        ("1.1 烟煤", style.blank or None),
        ("1.1.1 消耗量（t或万Nm3）", number(amount, style)),
        ("1.1.2 低位发热量（GJ/t或GJ/万Nm3）", number(heat, style)),
        ("1.1.3 单位热值含碳量（tC/GJ）", number(content, style)),
        ("1.1.4 碳氧化率（%）", number(oxidation, style)),
        ("2.1 消费的购入电量（MWh）", number(POWER_MWH[year], style)),
        ("2.2 电网排放因子（tCO2/MWh）", number("0.5810", style)),
        ("3 主营产品名称", "通用硅酸盐水泥"),
        ("3.1 产量（t）", number("1850000" if year == "2022" else "1920000", style)),
    ]
    rows: Rows = [[f"{year}年温室气体排放报告补充数据表", None, None]]
    rows.append([heading(text, style) for text in ("补充数据", "数值", "计算方法或填写要求")])
    rows += [
        [label, value, "数据来源见排放报告"]
        for label, value in ((heading(label, style), value) for label, value in lines)
    ]
    return write(folder / f"carbon-{year}-{style.key}", rows, style)


def permit(folder: Path, style: Style, so2: str = "120", dust: str = "120") -> Path:
    rows: Rows = [["废气排污许可", *[None] * 9]]
    rows.append([
        heading(text, style) if text else None
        for text in ("排放口编号", "排放口名称", "污染物种类", "许可排放浓度限值（mg/Nm3）", "许可排放速率限值（kg/h）", "许可年排放量限值（t/a）",
                     "", "", "", "")
    ])  # fmt: skip
    rows.append([None] * 5 + ["第一年", "第二年", "第三年", "第四年", "第五年"])
    for name, amount in (("SO2", so2), ("NOx", "1400"), ("颗粒物", dust), ("氨（氨气）", "")):
        rows.append(["DA001", "窑尾", name, number("100", style), style.blank or None, *[number(amount, style)] * 5])
    return write(folder / f"permit-{style.key}", rows, style, "许可")


def all_of(folder: Path, enterprise: Enterprise, style: Style, years: Sequence[str] = YEARS) -> Iterator[Path]:
    for year in years:
        yield tax(folder, enterprise, year, style)
        yield form_205(folder, enterprise, year, style)
