"""Random enterprises that can be read as data: one per seed, in the form of the assessment file.

They reach for what formulas get wrong: blanks, zeros, boundaries, ties, other spellings and units, every option with
every value, own coefficients and weights, more rows than a template has.
"""

from __future__ import annotations

import random
from typing import Any

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard import energy as energies
from jwdt_xl.standard import equivalents as eq
from jwdt_xl.standard import fuels, power, process
from jwdt_xl.standard import greenhouse as ghg
from jwdt_xl.standard.codes import divisions, uscc_check_character
from jwdt_xl.standard.guide import builtin
from jwdt_xl.standard.guide.options import OPTIONS, Option
from jwdt_xl.standard.heat_values import HEAT_UNITS
from jwdt_xl.standard.scoring import MODERATE, QUALITATIVE
from jwdt_xl.standard.units import BY_CODE, of_dimensions

Data = dict[str, Any]
Row = dict[str, Any]

#: pH values on and around every boundary of the law's classes.
PH = (*map(float, range(15)), 0.5, 5.99, 6.01, 8.99, 9.01, 13.99, 7.35)
#: Names that Annex B refuses, so that they need an own value.
WITHOUT_VALUE = ("挥发性有机物", "总氮", "TVOC", "苯系物")
TEXTS = ("在线监测", "结算单", "核查报告", "手工监测；2023 年 1–12 月", 'report "A" & B <1>', "第1行\n第2行")
ORIGINS = energies.ORIGINS
PERIODS = ("base", "report")
#: Every so many enterprises there is one with more rows than an empty template.
LONG_EVERY = 50


def random_enterprise(seed: int) -> Data:
    """The enterprise of this seed."""
    return _Enterprise(seed).data()


def has_more_rows(seed: int) -> bool:
    """Whether the enterprise of this seed needs longer tables than an empty template has."""
    return seed % LONG_EVERY == LONG_EVERY - 1


class _Enterprise:
    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.long = has_more_rows(seed)
        self.options = self._options()
        # How pollutants and carbon move: −1 up, 0 not at all, 1 down; None leaves it to chance.
        self.moves = (seed % 3 - 1, seed // 3 % 3 - 1) if seed % 2 == 0 else None
        self.grows = 2 if self.moves and self.options.get("synergy_basis") != "total" else 1

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def data(self) -> Data:
        r = self.random
        own = self._own_equivalents()
        output = self._output()
        data: Data = {
            "format": "jwdt-assessment/1",
            "enterprise": self._enterprise(),
            "boundary": r.choice(["一个厂区", "", "两条生产线；不含宿舍"]),
            "periods": {"base": r.choice(["2022", "2023Q1"]), "report": r.choice(["2023", "2024年上半年"])},
            "product": {"name": "产品", "unit": r.choice(["t", "10^4 m", ""]), "output": output},
            "output_value": self._output_value(),
            "metered_electricity": self._metered(),
            "own_equivalents": own,
            "products": self._products(),
            "activity": self._activity(),
            "pollutants": self._table(lambda: self._pollutant(own), 0.05, 9),
            "greenhouse": self._table(self._gas, 0.06, 6),
            "energy": self._table(self._energy, 0.06, 6),
            "materials": self._table(self._material, 0.05, 4),
            "residual_energy": self._table(self._residual, 0.05, 3),
            "policy": self._answers(
                recommended=["yes", "partly", "no"], elimination_list=[False, False, False, True], evidence=TEXTS
            ),
            "management": self._answers(established=[True, True, False], effective=[True, False], evidence=TEXTS),
            "benchmarks": self._benchmarks(),
        }
        if self.chance(0.1):
            self._tie(data)
        if self.moves:
            self._move(data["pollutants"], self.moves[0])
            self._move(data["greenhouse"], self.moves[1])
            self._move(data["activity"], self.moves[1])
            self._move(data["products"], 0)
        weights = self._weights() if self.chance(0.25) else {}
        if weights:
            data["weights"] = weights
        if self.chance(0.3):
            data["not_applicable"] = self._not_applicable(weights)
        if self.options or self.chance(0.5):
            data["options"] = self.options
        for name in ("own_equivalents", "products", "activity", "metered_electricity"):
            if not data[name]:
                del data[name]
        return data

    # Numbers

    def number(self, low: float = -2, high: float = 5) -> float:
        """An amount, as people type it: few digits or many, whole or not."""
        value = 10 ** self.random.uniform(low, high)
        digits = self.random.choice((1, 2, 3, 4, 6, 15))
        shown = float(f"{value:.{digits}g}")
        return int(shown) if shown.is_integer() else shown

    def amounts(self, blank: float = 0.02, zero: float = 0.04) -> Row:
        base = self.number()
        row: Row = {"base": base, "report": float(f"{base * self.random.uniform(0.5, 1.2):.9g}")}
        for period in PERIODS:
            if self.chance(zero):
                row[period] = 0
            elif self.chance(blank) and not self.moves:
                row[period] = None if self.chance(0.5) else ""
                if row[period] == "" or self.chance(0.5):
                    del row[period]
        return row

    def _move(self, rows: list[Row], direction: int) -> None:
        """Make the report period what the direction asks for: exactly the base's intensity, or clearly off it."""
        for row in rows:
            base = round(row.get("base") or 0, 3)
            factor = {1: 0.75, 0: 1, -1: 1.5}[direction] * self.grows
            row["base"], row["report"] = base, base * factor

    def spelled(self, names: list[str], same: Any) -> str:
        """A name, sometimes in another spelling that is the same thing."""
        name = self.random.choice(names)
        if self.chance(0.25):
            name = self.random.choice(names[:2])
            other = self.random.choice(
                [name.upper(), name.lower(), name.translate(FULL_WIDTH), name.replace("-", "–"), " ".join(name)]
            )
            if same(other):
                return other
        return name

    def unit(self, dimension: str) -> str:
        """A unit in which people give such amounts: 10^4 t would be more than there is."""
        unit = self.random.choice([u for u in of_dimensions([dimension]) if u.code != "万t" or self.chance(0.1)])
        return self.random.choice([unit.code, unit.code, *unit.aliases])

    # Parts

    def _options(self) -> Data:
        options: Data = {}
        for option in OPTIONS:
            if self.chance(0.4):
                if option.choices:
                    options[option.name] = self.random.choice(option.values)
                else:
                    low, high = option.minimum, option.maximum
                    options[option.name] = self.random.choice(
                        [*self._near(option), round(self.random.uniform(low, high), 4)]
                    )
        return options

    def _near(self, option: Option) -> list[float]:
        """The bounds, the default, and what people write of an option that has none."""
        low = [] if option.above else [option.minimum]
        usual = [0.05, 0.1, 0.2, 0.3] if option.default is None else [option.default]
        usual += [0.01, 0.25] if option.name == "synergy_floor" else []
        return [*low, option.maximum, *map(float, usual)]

    def _enterprise(self) -> Row:
        code = "91" + f"{self.random.randrange(10**6):06d}" + "MA" + f"{self.random.randrange(10**7):07d}"
        found = {
            "name": self.random.choice(["示例有限公司", "某厂（二期）", "Example & Sons <Ltd>"]),
            "uscc": code + uscc_check_character(code),
            "industry_code": self.random.choice(list(divisions())) + "12",
            "region": "浙江省湖州市",
        }
        return {name: value for name, value in found.items() if self.chance(0.9)}

    def _output(self) -> Row:
        base = self.number(0, 6)
        output: Row = {"base": base, "report": base * self.grows}
        if not self.moves:
            output = {period: self.random.choice([self.number(0, 6)] * 14 + [0, None]) for period in PERIODS}
        return {period: value for period, value in output.items() if value is not None}

    def _output_value(self) -> Row:
        unit = self.random.choice(["元", "万元", "亿元", "10^4 yuan", "RMB", None])
        found = {"basis": self.random.choice(["工业总产值", "营业收入", None]), "unit": unit, **self.amounts()}
        return {name: value for name, value in found.items() if value is not None}

    def _table(self, make: Any, empty: float, most: int) -> list[Row]:
        if self.chance(empty):
            return []
        count = self.random.randint(41, 47) if self.long else self.random.randint(1, most)
        rows = [make() for _ in range(count)]
        return [{**row, **self._remarks(make != self._product)} for row in rows]

    def _remarks(self, graded: bool) -> Row:
        found = {"source": self.random.choice(TEXTS), "quality": self.random.randint(1, 5), "note": "备注"}
        return {name: value for name, value in found.items() if self.chance(0.4) and (graded or name != "quality")}

    def _own_equivalents(self) -> list[Row]:
        rows: list[Row] = []
        if self.chance(0.4):
            medium = self.random.choice(eq.MEDIA)
            rows.append({"medium": medium, "pollutant": self.random.choice(WITHOUT_VALUE), "unit": self.unit("mass")})
        if self.chance(0.3):
            plain = [p for p in eq.pollutants() if p.kind == eq.AMOUNT]
            weighted = [p for p in plain if p.overlap] * 15 + plain
            pollutant = self.random.choice(weighted)
            names = next(names for p, names in eq.named_pollutants() if p == pollutant)
            dimension = BY_CODE[pollutant.unit].dimension
            rows.append(
                {
                    "medium": pollutant.medium,
                    "pollutant": self.random.choice(names),
                    "unit": self.unit(dimension),
                }
            )
        self.random.shuffle(rows)
        found = [{**row, "value": self.number(-2, 2), "source": self.random.choice(TEXTS)} for row in rows]
        if self.chance(0.2):  # recorded, not counted
            found.append({"medium": self.random.choice(eq.MEDIA), "pollutant": "特征污染物", "unit": self.unit("mass")})
        return found

    def _pollutant(self, own: list[Row]) -> Row:
        if own and self.chance(0.35):
            chosen = self.random.choice(own)
            unit = BY_CODE.get(chosen["unit"]) or _unit(chosen["unit"])
            names = [chosen["pollutant"]]
            known = [(p, n) for p, n in eq.named_pollutants() if p.medium == chosen["medium"] and names[0] in n]
            if known and self.chance(0.5):
                names = known[0][1]
            return {
                "medium": chosen["medium"],
                "pollutant": self.random.choice(names),
                "unit": self.unit(unit.dimension),
                **self.amounts(),
            }
        listed = eq.named_pollutants()
        special = [(p, n) for p, n in listed if p.kind != eq.AMOUNT or p.overlap]
        pollutant, names = self.random.choice(special if self.chance(0.4) else listed)

        def same(name: str) -> bool:
            return [p for p in eq._index().find(name) if p.medium == pollutant.medium] == [pollutant]

        row: Row = {
            "medium": pollutant.medium,
            "pollutant": self.spelled(names, same),
            "unit": self.unit(BY_CODE[pollutant.unit].dimension),
            **self.amounts(),
        }
        if pollutant.needs_parameter and self.chance(0.95):
            row["parameter"] = (
                self.random.choice(PH) if pollutant.kind == eq.PH else self.random.choice([50, 80, 100.5])
            )
        if pollutant.needs_limit and self.chance(0.95):
            row["limit"] = self.random.choice([80, 50, 100.5, 0.5])
        return row

    def _metered(self) -> Row:
        return {"unit": self.unit("energy"), **self.amounts()} if self.chance(0.3) else {}

    def _products(self) -> list[Row]:
        if not self.chance(0.25):
            return []
        return self._table(self._product, 0, 4)

    def _product(self) -> Row:
        row: Row = {"name": self.random.choice(["P.O 42.5", "熟料"]), "unit": "t", **self.amounts()}
        if self.chance(0.6):
            row["factor"] = self.random.choice([0, 1, 0.75, self.number(-1, 1)])
        return row

    def _activity(self) -> list[Row]:
        if not self.chance(0.4):
            return []
        return self._table(
            lambda: self.random.choice(
                [self._fuel, self._fuel, self._fuel, self._power, self._power, self._heat, self._process, self._carbon]
            )(),
            0,
            7,
        )

    def _fuel(self) -> Row:
        """A fuel of the default table, of GB/T 2589 only, or of neither, with the parameters it then needs."""
        table = str(self.options.get("fuel_table", "B"))
        kind = self.random.choice(["table", "table", "table", "listed", "unlisted"])
        row: Row = {"kind": "fuel", **self.amounts()}
        if kind == "table":
            fuel, names = self.random.choice(fuels.named_fuels(table))
            row["name"] = self.spelled(names, lambda name: fuels._index(table).find(name) == [fuel])
            dimension = "mass" if fuel.unit == "t" else "volume"
        elif kind == "listed":
            solid = [e for e in energies.energies() if e.unit in ("kg", "m3") and e.fossil != energies.MEDIUM]
            energy = self.random.choice(solid)
            row["name"], dimension = energy.name.zh, BY_CODE[energy.unit].dimension
        else:
            row["name"], dimension = self.random.choice(["生物质颗粒", "秸秆", "RDF"]), "mass"
        row["unit"] = self.unit(dimension)
        if self.chance(0.25):
            row["origin"] = self.random.choice([energies.SOLD, energies.BOUGHT, energies.BOUGHT])
        for flag in ("feedstock", "biomass", "non_fossil"):
            if self.chance(0.2):
                row[flag] = self.chance(0.7)
        if self.chance(0.4):
            row["evidence"] = "成分分析报告"
        known = _finds(fuels.find_fuel, row["name"], table)
        listed = _finds(energies.find_energy, row["name"])
        if listed and listed.is_measured:
            listed = None
        if listed and BY_CODE[listed.unit].dimension != dimension:
            listed = None
            row["net_calorific_value"] = self.number(0, 2)
        if not known and not (row.get("feedstock") or row.get("biomass")):
            if self.chance(0.5):
                row["emission_factor"] = self.number(-1, 1)
            else:
                row |= {"net_calorific_value": self.number(0, 2), "carbon_content": 0.0268, "oxidation": 0.97}
        if self.chance(0.2):
            row["emission_factor"] = self.random.choice([0, self.number(-1, 1)])
        for name, value in (("net_calorific_value", 25.3), ("carbon_content", 0.025), ("oxidation", 1)):
            if self.chance(0.15):
                row[name] = value
        if not row.get("feedstock") and "net_calorific_value" not in row:
            if listed and (listed.is_range or self.chance(0.2)):
                row["coefficient"] = self.random.choice([listed.low, listed.high] if listed.is_range else [0.65])
            elif not listed and (not known or self.chance(0.3)):
                row["coefficient"] = 0.5
        self._otherwise(row, dimension)
        return row

    def _otherwise(self, row: Row, dimension: str) -> None:
        """The same by the unit of a laboratory, carbon as received, standard coal, or with a biogenic share."""
        if self.chance(0.2):
            row["biogenic_share"] = self.random.choice([0, 0.35, 1])
        if self.chance(0.15) and "carbon_content" not in row:
            row["carbon_per_unit"] = self.random.choice([0.5421, 5.9])
        if self.chance(0.3):
            row["net_calorific_value_unit"] = self.random.choice(
                [c for c, u in HEAT_UNITS.items() if u.dimension == dimension]
            )
        if self.chance(0.15):
            for field in ("net_calorific_value", "net_calorific_value_unit", "coefficient", "carbon_per_unit"):
                row.pop(field, None)
            row["unit"] = self.unit("coal")
            if "emission_factor" not in row:
                row |= {"carbon_content": 0.0268, "oxidation": 0.97}

    def _carbon(self) -> Row:
        """CH4 of waste water, or carbon that leaves in products."""
        row: Row = {"kind": "product_carbon", "unit": self.unit("mass"), **self.amounts()}
        if self.chance(0.3):
            return {**row, "carbon_fraction": self.random.choice([0.0021, 0.065])}
        row["kind"] = "wastewater"
        if self.chance(0.5):
            row |= {"mcf": self.random.choice([0, 0.1, 0.8]), "bo": 0.21}
        made = BY_CODE.get(row["unit"], None) or _unit(row["unit"])
        for period in PERIODS if row.get("mcf", 0.8) else ():
            if self.chance(0.3):
                row[f"recovered_{period}"] = (row.get(period) or 0) * made.factor / 1000 * 0.02
        return row

    def _power(self) -> Row:
        row: Row = {"kind": "electricity", "unit": self.unit("energy"), **self.amounts()}
        row["origin"] = self.random.choice(ORIGINS)
        if self.chance(0.5):
            row["evidence"] = self.random.choice(["绿证 GEC-2023-01", " 合同和结算单"])
        if self.chance(0.3):
            row["name"] = self.random.choice(["电力", "市电 1 号表"])
        if self.chance(0.2):
            row["emission_factor"] = self.random.choice([0, 0.5306])
        series = power.DEFAULT_SERIES
        if self.chance(0.5):
            series, names = self.random.choice(power.named_series())
            row["factor_series"] = self.spelled(names, lambda name: power._series().find(name) == [series])
        if self.chance(0.4):
            row["factor_year"] = self.random.choice(power.years(series))
        return row

    def _heat(self) -> Row:
        row: Row = {"kind": "heat", "unit": self.unit("energy"), **self.amounts()}
        if self.chance(0.4):
            row |= {"unit": self.unit("mass"), "pressure": self.random.choice([0.1, 0.4, 1.27, 4, 9.81])}
            if self.chance(0.6):
                row["temperature"] = self.random.choice([312.5, 435, 500])
        if self.chance(0.3):
            row["name"] = "热力"
        if self.chance(0.3):
            row["origin"] = "sold"
        if self.chance(0.3):
            row["emission_factor"] = 0.1
        if self.chance(0.3):
            row["coefficient"] = 0.0343
        if self.chance(0.3):
            row |= {"non_fossil": True, "evidence": "地热"}
        return row

    def _process(self) -> Row:
        row: Row = {"kind": "process", "unit": self.unit("mass"), **self.amounts()}
        found, names = self.random.choice(process.named_processes())
        row["name"] = self.spelled(names, lambda name: process._index().find(name) == [found])
        if found.value is None or self.chance(0.2):
            row["emission_factor"] = self.number(-2, 0)
        return row

    def _gas(self) -> Row:
        gwp_set = str(self.options.get("gwp_set", "AR5"))
        listed = [(g, n) for g, n in ghg.named_gases() if gwp_set in g.gwp]
        gas, names = self.random.choice(listed[:3] if self.chance(0.7) else listed)
        removed = ("exported_electricity", "exported_heat", "recovered")
        category = self.random.choice([c for c in ghg.CATEGORIES if c not in removed])
        if self.chance(0.02 if self.moves else 0.12):
            category = self.random.choice(removed)
        row: Row = {
            "category": category,
            "gas": self.spelled(names, lambda name: ghg._index().find(name) == [gas]),
            "unit": self.unit("mass"),
            **self.amounts(),
        }
        if self.chance(0.2):
            row["biomass"] = self.chance(0.7)
        return row

    def _energy(self) -> Row:
        listed = energies.named_energies()
        electricity = next(pair for pair in listed if pair[0].is_electricity)
        energy, names = electricity if self.chance(0.35) else self.random.choice(listed)
        row: Row = {
            "energy": self.spelled(names, lambda name: energies._index().find(name) == [energy]),
            "unit": self.unit(BY_CODE[energy.unit].dimension),
            **self.amounts(),
        }
        if energy.is_electricity:
            row["origin"] = self.random.choice(ORIGINS if self.chance(0.3) else ORIGINS[:5])
        elif self.chance(0.12):
            row["origin"] = self.random.choice([energies.SOLD, energies.SOLD, energies.BOUGHT])
        if self.chance(0.12):
            row["feedstock"] = self.chance(0.8)
        if not energy.is_electricity:
            needs = energy.low is None or (energy.is_range and not row.get("feedstock"))
            if needs or self.chance(0.15):
                self._coefficient(row, energy)
        dimension = BY_CODE[energy.unit].dimension
        if self.chance(0.3) and dimension in ("mass", "volume"):
            row["net_calorific_value_unit"] = self.random.choice(
                [c for c, u in HEAT_UNITS.items() if u.dimension == dimension]
            )
        if self.chance(0.15) and not energy.is_electricity:
            for field in ("net_calorific_value", "net_calorific_value_unit", "coefficient"):
                row.pop(field, None)
            row["unit"] = self.unit("coal")
        if self.chance(0.5 if energy.fossil == energies.DEPENDS else 0.1):
            row["non_fossil"] = self.chance(0.8)
        if self.chance(0.3):
            row["evidence"] = "绿氢认证"
        return row

    def _coefficient(self, row: Row, energy: energies.Energy) -> None:
        if self.chance(0.4):
            row["net_calorific_value"] = self.random.choice([20934, 38931.5, self.number(2, 5)])
        elif energy.is_range and energy.low is not None and energy.high is not None:
            row["coefficient"] = self.random.choice(
                [energy.low, energy.high, round(self.random.uniform(energy.low, energy.high), 4)]
            )
        else:
            row["coefficient"] = self.number(-2, 0.5)

    def _material(self) -> Row:
        name = self.random.choice(["石灰石", "石膏", "染料(活性)", "液碱 32%"])
        return {"material": name, "unit": self.unit("mass"), **self.amounts(zero=0.1)}

    def _residual(self) -> Row:
        name = self.random.choice(["余热发电", "余热供暖", "余压"])
        return {"kind": name, "unit": self.unit("energy"), **self.amounts(zero=0.2)}

    def _answers(self, **choices: Any) -> Row:
        found = {name: self.random.choice(several) for name, several in choices.items()}
        return {name: value for name, value in found.items() if self.chance(0.96)}

    def _benchmarks(self) -> Data:
        found: Data = {}
        for node in builtin().indicators:
            if node.attribute in (MODERATE, QUALITATIVE) or self.chance(0.05):
                continue
            value = self.number(-1, 5)
            found[node.code] = value
            if self.chance(0.6):
                more = {"source": "政策文件", "year": self.random.choice([2023, "2023"]), "unit": node.unit.zh}
                found[node.code] = {"value": value, **{k: v for k, v in more.items() if self.chance(0.7) and v}}
        return found

    def _weights(self) -> dict[str, float]:
        """Own weights: whole hundredths, sometimes 0, no first level without any."""
        guide = builtin()
        parts = {node.code: self.random.choice([0, 1, 2, 3, 5, 8]) for node in guide.indicators}
        for group in guide.first_levels:
            members = [node.code for node in guide.indicators if guide.first_level(node) == group]
            parts[self.random.choice(members)] += 1
        whole = sum(parts.values())
        return {code: part / whole for code, part in parts.items()}

    def _not_applicable(self, weights: dict[str, float]) -> dict[str, str]:
        guide = builtin()
        found: dict[str, str] = {}
        for group in guide.first_levels:
            members = [node for node in guide.indicators if guide.first_level(node) == group]
            keep = self.random.choice([n for n in members if weights.get(n.code, n.weight) > 0])
            for node in members:
                if node != keep and self.chance(0.35):
                    found[node.code] = self.random.choice(["不产生余能", "not made here"])
        return found

    def _tie(self, data: Data) -> None:
        """Overlapping pollutants with the same equivalents, in any order of rows."""
        taken = {row["pollutant"] for row in data["own_equivalents"]}
        rows = [
            {"medium": "water", "pollutant": name, "unit": "kg", "base": value * 10, "report": value * 5}
            for name, value in (("生化需氧量(BOD5)", 0.5), ("化学需氧量(CODcr)", 1), ("总有机碳(TOC)", 0.49))
            if name not in taken
        ]
        self.random.shuffle(rows)
        data["pollutants"] = (rows + data["pollutants"])[: 47 if self.long else 40]


def _finds(find: Any, *arguments: str) -> Any:
    """What there is of a name, or nothing."""
    try:
        return find(*arguments)
    except JwdtError:
        return None


def _unit(alias: str) -> Any:
    return next(unit for unit in BY_CODE.values() if alias in unit.aliases)


#: ASCII to its full-width forms.
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
