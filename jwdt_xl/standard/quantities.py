"""The quantities that indicators are made of, each declared once: names, unit, where it comes from, what may narrow it.

The engine computes each for the base and the report period (assessment.quantities), the workbook by its own formula of
the same key; what people read of it anywhere stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from ..messages import Text, joined
from .equivalents import MEDIUM_NAMES
from .names import fold
from .record import choice, names

PERIODS = ("base", "report")
#: What a guide may narrow a quantity by.
MEDIUM, POLLUTANTS, MATERIALS, ENERGIES = PARAMETERS = ("medium", "pollutants", "materials", "energies")
#: Conventions that a benchmark of an indicator must share with its value.
ELECTRICITY, VALUE_BASIS = "electricity", "value_basis"
_NOTHING = Text("", "")


class Parameters(NamedTuple):
    """What an indicator counts only: a medium, named pollutants, materials or energies; nothing said counts all."""

    # fmt: off
    medium: Annotated[str, choice("只计介质", "medium counted only", "当量只计水或大气；留空为全部", "of equivalents: water or air only; blank for all", MEDIUM_NAMES, since=3)] = ""
    pollutants: Annotated[tuple[str, ...], names("只计污染物", "pollutants counted only", "当量只计所列污染物(附录B中的名称)", "of equivalents: the named pollutants only, as in Annex B", since=3)] = ()
    materials: Annotated[tuple[str, ...], names("只计原辅料", "materials counted only", "只计所列原辅料(企业须照此名称填报)", "the named materials only, which enterprises enter by these names", since=3)] = ()
    energies: Annotated[tuple[str, ...], names("只计能源", "energies counted only", "只计所列能源(GB/T 2589 名称)或余能种类", "the named energies (as in GB/T 2589) or kinds of residual energy only", since=3)] = ()
    # fmt: on

    @property
    def said(self) -> Text:
        """In words, for people."""
        medium = [MEDIUM_NAMES[self.medium]] if self.medium in MEDIUM_NAMES else []
        return joined([*medium, *(Text(name, name) for names in self[1:] for name in names)])


ALL = Parameters()


class Quantity(NamedTuple):
    """A quantity of both periods: how it is called, in full and short, its unit, and where it comes from."""

    key: str
    name: Text
    unit: Text
    #: Its tables, the first of which is where to look; without any, or where it may be typed too, the field.
    tables: tuple[str, ...] = ()
    field: str = ""
    #: As the heading of a column of a portfolio; sub-totals have none there.
    title: Text = _NOTHING
    #: What is lacking where it is missing.
    absent: Text = _NOTHING
    #: Beside the sum above its tables; the part of another sum has none.
    sum_label: Text = _NOTHING
    parameters: tuple[str, ...] = ()
    convention: str = ""
    #: Of a part: the quantity it is part of, and what it counts only.
    whole: str = ""
    only: Parameters = ALL

    @property
    def table(self) -> str:
        """The table it is made of, unless it is a field."""
        return "" if self.field else self.tables[0]

    def place(self, period: str) -> str:
        """Where it is filled in."""
        return f"{self.field}.{period}" if self.field else self.tables[0]

    def part(self, key: str, only: Parameters) -> Quantity:
        """What counts of it only, as a quantity of its own."""
        name, title, absent = (_of(text, only.said) for text in (self.name, self.title, self.absent))
        return self._replace(key=key, whole=self.key, only=only, name=name, title=title, absent=absent)


def _of(name: Text, said: Text) -> Text:
    return Text(f"{name.zh}({said.zh})", f"{name.en} ({said.en})")


_AP = Text("当量", "AP")
_TCE = Text("tce", "tce")
_ENERGY = Text("能源消费数据", "energy data")

QUANTITIES: dict[str, Quantity] = {
    quantity.key: quantity
    for quantity in (
        Quantity("equivalents_water", Text("水污染物当量", "equivalents, water"), _AP, ("pollutants",), sum_label=Text("水", "water")),
        Quantity("equivalents_air", Text("大气污染物当量", "equivalents, air"), _AP, ("pollutants",), sum_label=Text("大气", "air")),
        Quantity(
            "equivalents", Text("污染物当量(计入)", "pollutant equivalents counted"), _AP, ("pollutants",),
            title=Text("污染物当量", "equivalents"), absent=Text("污染物排放数据", "pollutant data"),
            sum_label=Text("计入", "counted"), parameters=(MEDIUM, POLLUTANTS),
        ),
        Quantity(
            "co2e", Text("碳排放量", "carbon emissions"), Text("t CO2e", "t CO2e"), ("greenhouse", "activity"),
            title=Text("碳排放 tCO2e", "emissions tCO2e"), absent=Text("温室气体排放数据", "greenhouse-gas data"),
            sum_label=Text("总排放 t", "total t"),
        ),
        Quantity(
            "output", Text("产品产量", "output"), Text("产品单位", "unit of product"), ("products",), "product.output",
            title=Text("产量", "output"), absent=Text("产品产量", "output"), sum_label=Text("产量", "output"),
        ),
        Quantity(
            "value_10k", Text("产值", "output value"), Text("万元", "10^4 yuan"), (), "output_value",
            title=Text("产值 万元", "output value 10^4 yuan"), absent=Text("产值", "output value"), convention=VALUE_BASIS,
        ),
        Quantity(
            "primary_tce", Text("一次能源消费总量", "total primary energy"), _TCE, ("energy", "activity"),
            title=Text("一次能源 tce", "primary energy tce"), absent=_ENERGY, sum_label=Text("总能耗 tce", "total tce"),
            parameters=(ENERGIES,), convention=ELECTRICITY,
        ),
        Quantity(
            "nonfossil_tce", Text("其中非化石能源", "of it non-fossil"), _TCE, ("energy", "activity"),
            title=Text("非化石能源 tce", "non-fossil energy tce"), absent=_ENERGY, parameters=(ENERGIES,), convention=ELECTRICITY,
        ),
        Quantity(
            "material_kg", Text("原辅料消耗", "materials"), Text("kg", "kg"), ("materials",),
            title=Text("原辅料 kg", "materials kg"), absent=Text("原辅料数据", "material data"),
            sum_label=Text("合计 kg", "sum kg"), parameters=(MATERIALS,),
        ),
        Quantity(
            "residual_kj", Text("余能利用", "residual energy recovered"), Text("kJ", "kJ"), ("residual_energy",),
            title=Text("余能 kJ", "residual energy kJ"), absent=Text("余能利用数据", "residual-energy data"),
            sum_label=Text("合计 kJ", "sum kJ"), parameters=(ENERGIES,),
        ),
    )
}  # fmt: skip


def key_of(name: str) -> str:
    """The key of a quantity that a formula of a guide names: one of the standard's, else an input of the guide."""
    return name if name in QUANTITIES else f"input_{name}"


def check_terms(said: Sequence[str]) -> tuple[str, ...]:
    """What a formula is made of; a quantity of the standard also by its words."""
    words = {fold(word): key for key, quantity in QUANTITIES.items() for word in quantity.name}
    return tuple(words.get(fold(name), name) for name in said)
