"""温室气体排放报告补充数据表: labels and values, fuel by fuel; its stated emissions are checked against its own numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from ...messages import ERROR, INFO, WARNING, Text, number
from ...standard.names import fold
from ...standard.units import BY_CODE
from .. import energies, letterhead
from ..accounted import holds_number, tell_rest
from ..cells import Problems, Wrong, exact, in_brackets, is_nothing, unit_named, without_brackets
from ..headings import BESIDE, NAME, Columns, Table, column
from ..paper import Entry, Fact, Given, Kind, Sheet, Sum, Wanted

#: Verified by a third party [choice].
QUALITY = 1
#: Rounded numbers multiplied may differ by this part.
_WITHIN = Fraction(5, 1000)
_CO2_PER_C = Fraction(44, 12)

COLUMNS = Columns(
    (
        column("label", "补充数据|补充数据项|补充数据项目", role=NAME),
        column("value", "数值|数据|数值(填写)"),
        column("how", "计算方法或填写要求|计算方法和填写要求|计算方法或填写要求说明", role=BESIDE),
    ),
    ("label", "value"),
)

_NUMBERED = re.compile(r"^[*＊]?(?:\d+(?:\.\d+)*|[(（]?[一二三四五六七八九十]+[)）]?)[、.．:：)]?")
#: What a label is about, the first that fits.
_LABELS = (
    ("fuel_name", re.compile(r"(?:化石)?燃料(?:品种|名称|种类)|煤种")),
    ("ncv", re.compile(r"低位发热量|低位热值")),
    ("carbon", re.compile(r"单位热值含碳量")),
    ("measured_carbon", re.compile(r"(?:收到基)?元素碳(?:含量)?")),
    ("oxidation", re.compile(r"碳氧化率|氧化率")),
    ("burnt", re.compile(r"化石燃料燃烧(?:的)?(?:二氧化碳)?排放量")),
    ("grid_factor", re.compile(r"(?:区域|全国)?电网(?:平均)?(?:二氧化碳)?排放因子")),
    ("power_co2", re.compile(r"购入(?:使用)?电力产生的(?:二氧化碳)?排放量?")),
    ("power", re.compile(r"(?:消费的)?(?:净)?购入(?:使用)?(?:的)?电(?:力|量)(?:消费量|量)?")),
    ("heat_co2", re.compile(r"购入(?:使用)?热力产生的(?:二氧化碳)?排放量?")),
    ("heat", re.compile(r"(?:消费的)?(?:净)?购入(?:使用)?(?:的)?热(?:力|量)(?:消费量|量)?")),
    ("whole", re.compile(r"(?:企业|二氧化碳|温室气体|全部设施)*排放总量")),
    ("product", re.compile(r"(?:主营)?产品名称")),
    ("output", re.compile(r"(?:主营)?(?:产品)?产量")),
    ("amount", re.compile(r"消耗量|消费量")),
)
_SUFFIX = re.compile(r"(?:的)?(?:消耗量|消费量|低位发热量|低位热值|单位热值含碳量|碳氧化率|收到基元素碳(?:含量)?)$")
_HEAT = {"gj": Fraction(1), "mj": Fraction(1, 1000), "kj": Fraction(1, 10**6), "kcal": Fraction(41868, 10**10),
         "千卡": Fraction(41868, 10**10), "大卡": Fraction(41868, 10**10)}  # fmt: skip
_RATIO = re.compile(r"(gj|mj|kj|kcal|千卡|大卡)/(.+)")
_CARBON = {"tc/gj": Fraction(1), "tc/tj": Fraction(1, 1000), "kgc/gj": Fraction(1, 1000)}
_PER_TONNE = {"tc/t": Fraction(1), "%": Fraction(1, 100), "kgc/t": Fraction(1, 1000)}


#: What the form calls them; carbon as received only where the content by heat is not given.
_FIELDS = (
    ("ncv", "net_calorific_value"), ("carbon", "carbon_content"), ("measured_carbon", "carbon_per_unit"), ("oxidation", "oxidation"),
)  # fmt: skip


class _Fuel:
    """A fuel as far as it was read."""

    def __init__(self, named: energies.Named) -> None:
        self.named = named
        self.values: dict[str, Fraction] = {}
        self.rows: dict[str, int] = {}
        #: Whether it was said already why its amount is not read.
        self.told = False

    @property
    def co2(self) -> Fraction | None:
        """t, by the numbers of the table."""
        try:
            values = self.values
            carbon = values["ncv"] * values["carbon"] if "carbon" in values else values["measured_carbon"]
            return values["amount"] * carbon * values["oxidation"] * _CO2_PER_C
        except KeyError:
            return None


def read(sheet: Sheet, wanted: Wanted, problems: Problems) -> Given | None:
    tables = COLUMNS.tables(sheet, problems)
    if tables is None:
        return None
    entries: list[Entry] = []
    facts: list[Fact] = []
    sums: list[Sum] = []
    head = letterhead.read(sheet, tables[0].above() if tables else (), problems)
    for table in tables:
        reader = _Reader(table, problems, head.year)
        reader.read()
        entries += reader.entries()
        facts += reader.facts
        sums += reader.sums
    tell_rest(tables, COLUMNS, problems)
    return Given(tuple(entries), (*head.facts, *facts), (), tuple(sums))


KIND = Kind(
    "carbon", Text("温室气体排放报告补充数据表", "supplementary data table of the carbon report"), COLUMNS.worth, read
)


class _Reader:
    """A table, row by row: what stands without a name belongs to the fuel named last."""

    def __init__(self, table: Table, problems: Problems, period: str | None) -> None:
        self.table, self.problems, self.period = table, problems, period
        self.fuels: list[_Fuel] = []
        self.burnt: list[tuple[Fraction, int]] = []
        self.others: list[Entry] = []
        self.facts: list[Fact] = []
        self.sums: list[Sum] = []

    def read(self) -> None:
        for row in self.table.rows():
            label = _NUMBERED.sub("", fold(self.table.text(row, "label")))
            bare = without_brackets(label).strip(":")
            key = next((key for key, sign in _LABELS if sign.search(bare)), None)
            self._named(label, bare, key, row)
            if key is None or is_nothing(self.table.cell(row, "value")):
                self._check_unknown(row, label)
                continue
            self.table.take(row)
            if key in ("fuel_name", "product"):
                if key == "product":
                    self._fact(row, "product.name", self.table.text(row, "value"), "")
                continue
            try:
                value = exact(self.table.cell(row, "value"))
            except Wrong as error:
                self.problems.say(ERROR, error.code, self.table.at(row, "value"), error.text)
                self._tell(key)
                continue
            if value is not None:
                getattr(self, f"_{key}", self._of_fuel)(row, key, value, in_brackets(label))

    def _check_unknown(self, row: int, label: str) -> None:
        """A number of a label that is not known; without any label it is told as every table's is."""
        if label and holds_number(self.table.cell(row, "value")):
            text = Text(
                "不认识此项目（“{n}” = {v}），未导入 — 应计入的请自行填写",
                "the label is not known (“{n}” = {v}): not imported — type it if it counts",
            )
            filled = text.fill(n=self.table.text(row, "label"), v=self.table.text(row, "value"))
            self.problems.say(WARNING, "paper-label", self.table.at(row, "value"), filled, "completeness")

    def _named(self, label: str, bare: str, key: str | None, row: int) -> None:
        """Whether a row names a fuel: by its value, its label, or within either."""
        names = [_SUFFIX.sub("", bare), *in_brackets(label)]
        if key == "fuel_name":
            names = [self.table.text(row, "value")]
        found = next((named for name in names if name and (named := energies.find(name))), None)
        if found is None or found.energy.code in (energies.POWER, energies.HEAT, energies.RESIDUAL):
            return
        if not self.fuels or self.fuels[-1].named != found:
            self.fuels.append(_Fuel(found))

    def _of_fuel(self, row: int, key: str, value: Fraction, brackets: list[str]) -> None:
        if not self.fuels:
            text = Text(
                "不知道是哪种燃料，未导入 — 请在此行的项目中写明燃料名称，例如“烟煤消耗量（t）”",
                "which fuel it is of is not told: not imported — name the fuel in the label of the row, as in “烟煤消耗量（t）”",
            )
            self.problems.say(ERROR, "fuel-not-named", self.table.at(row, "label"), text)
            return
        fuel = self.fuels[-1]
        if key in fuel.values:
            text = Text(
                "“{n}”的此项重复，此行未计入 — 请核对", "this of “{n}” stands twice: the row is not counted — check it"
            )
            self.problems.say(
                ERROR, "paper-value-twice", self.table.at(row, "value"), text.fill(n=fuel.named.energy.name)
            )
            return
        scaled = self._scaled(row, fuel.named, key, value, brackets)
        if scaled is None:
            self._tell(key)
        else:
            fuel.values[key], fuel.rows[key] = scaled, row

    def _tell(self, key: str) -> None:
        if key == "amount" and self.fuels:
            self.fuels[-1].told = True

    def _scaled(
        self, row: int, named: energies.Named, key: str, value: Fraction, brackets: list[str]
    ) -> Fraction | None:
        """The value in the units of the form: t or 10^4 Nm3, GJ per that, tC/GJ, a fraction."""
        stated = [part for part in brackets if energies.find(part) is None]
        factor: Fraction | None = Fraction(1)
        if key == "amount":
            units = [unit for part in stated if (unit := unit_named(part)) is not None]
            fitting = [unit for unit in units if unit.dimension == named.unit.dimension]
            factor = (
                None
                if units and not fitting
                else Fraction(str(fitting[0].factor)) / Fraction(str(named.unit.factor))
                if units
                else factor
            )
        elif key == "ncv":
            factor = _heat_factor(stated, named)
        elif key == "carbon":
            factor = next((_CARBON[part] for part in stated if part in _CARBON), None if stated else Fraction(1))
        elif key == "measured_carbon":
            factor = next((_PER_TONNE[part] for part in stated if part in _PER_TONNE), None if stated else Fraction(1))
        else:
            factor = Fraction(1, 100) if value > 1 or "%" in stated else Fraction(1)
            if not 0 < value * factor <= 1 or ("%" in stated and value <= 1):
                text = Text(
                    "氧化率 {v} 不合理，未导入 — 须为百分数，例如 98",
                    "an oxidation rate of {v} cannot be: not imported — give percent, e.g. 98",
                )
                self.problems.say(
                    ERROR, "paper-oxidation", self.table.at(row, "value"), text.fill(v=number(float(value)))
                )
                return None
        if factor is None:
            text = Text(
                "项目所写的单位 {u} 不能用于“{n}”，未导入 — 请核对",
                "the unit {u} of the label does not go with “{n}”: not imported — check it",
            )
            filled = text.fill(u="、".join(stated), n=named.energy.name)
            self.problems.say(ERROR, "paper-unit-label", self.table.at(row, "label"), filled)
            return None
        return value * factor

    def _burnt(self, row: int, key: str, value: Fraction, brackets: list[str]) -> None:
        self.burnt.append((value, row))

    def _whole(self, row: int, key: str, value: Fraction, brackets: list[str]) -> None:
        scale = 10**4 if any(part.startswith("万t") or part.startswith("万吨") for part in brackets) else 1
        self.sums.append(Sum("co2e", value * scale, self.period, self.table.at(row, "value")))

    def _power(self, row: int, key: str, value: Fraction, brackets: list[str]) -> None:
        self._bought(row, energies.POWER, value, brackets, "MWh")

    def _heat(self, row: int, key: str, value: Fraction, brackets: list[str]) -> None:
        self._bought(row, energies.HEAT, value, brackets, "GJ")

    def _bought(self, row: int, code: str, value: Fraction, brackets: list[str], default: str) -> None:
        named = energies.find("电力" if code == energies.POWER else "热力")
        assert named is not None
        units = [unit for part in brackets if (unit := unit_named(part)) is not None]
        if any(unit.dimension != "energy" for unit in units):
            where = self.table.at(row, "label")
            self.problems.say(ERROR, "paper-unit", where, energies.wrong_unit(brackets[0], named))
            return
        unit = units[0] if units else BY_CODE[default]
        table, fields = named.row()
        places, cell = (self.table.sheet.row(row),), self.table.at(row, "value")
        self.others.append(Entry(table, fields, {}, unit.code, value, self.period, places, cell, QUALITY))

    def _grid_factor(self, row: int, key: str, value: Fraction, brackets: list[str]) -> None:
        text = Text(
            "报告所用电网排放因子 {v} 未导入：评价按选项采用公布的因子 — 确需沿用请填“自有排放因子”",
            "the grid factor of the report, {v}, is not imported: the published one is used — to keep it type it as own emission factor",
        )
        self.problems.say(
            INFO, "grid-factor-of-report", self.table.at(row, "value"), text.fill(v=number(float(value))), "consistency"
        )

    def _power_co2(self, row: int, key: str, value: Fraction, brackets: list[str]) -> None:
        """It follows from amount and factor."""

    _heat_co2 = _power_co2

    def _output(self, row: int, key: str, value: Fraction, brackets: list[str]) -> None:
        self._fact(row, "product.output", value, brackets[0] if brackets else "")

    def _fact(self, row: int, path: str, value: Any, unit: str) -> None:
        self.facts.append(Fact(path, value, unit, self.period, self.table.at(row, "value"), self.table.sheet.row(row)))

    def entries(self) -> list[Entry]:
        self._check_burnt()
        return [*(entry for fuel in self.fuels if (entry := self._entry(fuel))), *self.others]

    def _entry(self, fuel: _Fuel) -> Entry | None:
        values = fuel.values
        if "amount" not in values:
            if values and not fuel.told:  # printed forms may give factors of fuels that were not used
                text = Text(
                    "“{n}”有热值或含碳量而没有消耗量，未导入 — 请补填消耗量；没有使用请填 0",
                    "“{n}” has a heat value or carbon content and no amount: not imported — fill in the amount, 0 if none was used",
                ).fill(n=fuel.named.energy.name)
                where = self.table.at(min(fuel.rows.values()), "value")
                self.problems.say(WARNING, "paper-amount-blank", where, text, "completeness")
            return None
        own = {
            field: values[key]
            for key, field in _FIELDS
            if values.get(key) and not (key == "measured_carbon" and values.get("carbon"))
        }
        table, fields = fuel.named.row()
        row = fuel.rows["amount"]
        places = tuple(self.table.sheet.row(each) for each in sorted(set(fuel.rows.values())))
        return Entry(
            table,
            fields,
            own,
            fuel.named.unit.code,
            values["amount"],
            self.period,
            places,
            self.table.at(row, "value"),
            QUALITY,
        )

    def _check_burnt(self) -> None:
        """The stated emissions against the numbers they come from, of all fuels or of each."""
        known = [fuel.co2 for fuel in self.fuels if "amount" in fuel.values]
        if not known or any(co2 is None for co2 in known):
            return
        computed = [co2 for co2 in known if co2 is not None]
        pairs = [(sum(computed, Fraction(0)), *self.burnt[0])] if len(self.burnt) == 1 else []
        if len(self.burnt) == len(computed):
            pairs = [(co2, *each) for co2, each in zip(computed, self.burnt, strict=True)]
        for co2, stated, row in pairs:
            if abs(co2 - stated) > _WITHIN * max(co2, stated):
                text = Text(
                    "所报燃烧排放量 {s} t 与表中活动数据和因子算得的 {c} t 不符 — 请核对该表",
                    "{s} t are reported as burnt, and {c} t follow from the amounts and factors of the table — check it",
                )
                filled = text.fill(s=number(float(stated), 6), c=number(float(co2), 6))
                self.problems.say(WARNING, "burnt-differs", self.table.at(row, "value"), filled, "consistency")


def _heat_factor(stated: list[str], named: energies.Named) -> Fraction | None:
    """GJ per t or 10^4 Nm3 that one of the stated units is."""
    ratios = [found for part in stated if (found := _RATIO.fullmatch(part))]
    if stated and not ratios:
        return None
    for found in ratios:
        unit = unit_named(found[2])
        if unit is not None and unit.dimension == named.unit.dimension:
            return _HEAT[found[1]] * Fraction(str(named.unit.factor)) / Fraction(str(unit.factor))
    return None if ratios else Fraction(1)
