"""The page origins.md: what counts, by origin of power, from the declaration."""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import Text
from ..standard.energy import ORIGIN_NAMES, ORIGINS, SOLD, SOLD_RENEWABLE
from ..standard.green import GREEN, Green
from ..standard.guide.options import BY_NAME, DEFAULTS
from .reference import cell, heading

#: What is said of the whole row where no option changes it.
_ENERGY = {SOLD: Text("扣减", "subtracted"), SOLD_RENEWABLE: Text("不计", "not counted")}
_GRID, _SUBTRACTED = Text("电网因子", "grid factor"), Text("− 电网因子", "− grid factor")
_NONE, _GRID_SHARE = Text("–", "–"), Text("电网占比", "share of the grid")


def markdown() -> Iterator[str]:
    """The lines of docs/zh/origins.md or docs/en/origins.md."""
    yield from heading(Text("按电力来源，什么算", "What counts, by origin of power"), "origins.md", "method --origins")
    yield str(
        Text(
            "一度电只填一行，来源决定它的排放和它是不是非化石能源。默认列加粗；其他列由指南或企业用选项选定，"
            "每家企业在各选项下的总分见汇总页，另一非化石口径的占比列在旁边。",
            "Each kWh stands in one row, whose origin decides what it emits and whether it is non-fossil. Default columns are "
            "bold; a guide or an enterprise chooses the others by option. The summary of each enterprise shows its total under "
            "every option, and the non-fossil share by the other counting beside its own.",
        )
    )
    powers, countings = (BY_NAME[name] for name in ("green_power", "non_fossil_counting"))
    heads = []
    for option in (powers, countings):
        for value in option.values:
            mark = "**" if value == option.default else ""
            heads.append(f"{mark}`{option.name}` = `{value}`{mark}")
    yield from ("", str(Text("## 排放、能源和非化石部分", "## Emissions, energy and the non-fossil part")), "")
    yield f"| {Text('来源', 'origin')} | {' | '.join(heads)} | {Text('一次能源', 'primary energy')} |"
    yield "|---|" + "---|" * (len(heads) + 1)
    default = Green.of(DEFAULTS)
    for origin in ORIGINS:
        name = ORIGIN_NAMES[origin]
        emitted = [_emitted(origin, default._replace(green_power=value)) for value in powers.values]
        part = [_part(origin, default._replace(non_fossil_counting=value)) for value in countings.values]
        counted = _ENERGY.get(origin, Text("计入", "counted"))
        yield f"| {Text(name.zh + ' ', '')}`{origin}` | {' | '.join(map(cell, (*emitted, *part, counted)))} |"
    yield ""
    yield str(
        Text(
            "电网因子 t CO2/MWh 由该行或选项 `grid_series`、`grid_factor_year` 决定；电网占比是选项 `grid_nonfossil_share`，默认 0。"
            "外售按自产化石电或转售扣减，自家可再生电力上网不是自用，不改变任何数。",
            "The grid factor, t CO2/MWh, is that of the row or of options `grid_series` and `grid_factor_year`; the share of the grid "
            "is option `grid_nonfossil_share`, 0 by default. Power sold is own fossil power or power sold on and is subtracted; "
            "own renewable power fed into the grid is no own use and changes no number.",
        )
    )
    yield from ("", str(Text("## 证明材料", "## Evidence")), "")
    named = Text("、".join(f"`{o}`" for o in GREEN), ", ".join(f"`{o}`" for o in GREEN))
    yield str(
        Text(
            "{g} 各行在“证明材料”写明合同和结算单、绿证编号或计量记录。没有时，默认(`green_evidence` = `warning`)照计并警告；"
            "`required` 时该行在排放和能源中都按电网电量计，自有因子不用。绿电一行填了大于 0 的自有因子时照用并警告。",
            "Each row of {g} states its contract and settlement, certificate numbers or metering record as evidence. Without it the row "
            "counts with a warning by default (`green_evidence` = `warning`); with `required` it is grid power in emissions and "
            "energy, without its own factor. An own factor above 0 on a row of green power is used, with a warning.",
        ).fill(g=named)
    )
    yield from ("", str(Text("## 出处", "## Sources")), "")
    yield str(
        Text(
            "`green_power` 的默认：GB/T 32151.34-2024 D.1.1 `law`。`non_fossil_counting` = `physical`：发改能源〔2026〕622号，其文本未能查到，"
            "`choice`。证明材料、自发上网：`choice`。",
            "Default of `green_power`: GB/T 32151.34-2024 D.1.1, `law`. `non_fossil_counting` = `physical`: `发改能源〔2026〕622号`, whose text "
            "could not be found, `choice`. Evidence, and own power fed in: `choice`.",
        )
    )


def _emitted(origin: str, options: Green) -> Text | str:
    if origin == SOLD_RENEWABLE:
        return "0"
    if origin == SOLD:
        return _SUBTRACTED
    return "0" if options.emits_nothing(origin, "") else _GRID


def _part(origin: str, options: Green) -> Text | str:
    if origin in _ENERGY:
        return _NONE
    return "100 %" if options.is_non_fossil(origin, "") else _GRID_SHARE
