"""Hints beside single questions: formulas, and values by the data."""

from __future__ import annotations

from typing import Any

from ...assessment.activity import year_of
from ...assessment.bill_row import ACTIVITY_KINDS
from ...assessment.checks import bills, changes, completeness, industry, products, ranges
from ...assessment.checks import guide as guide_rules
from ...assessment.fields import specs
from ...assessment.metered import METERED, METERED_BLANK, PURCHASED, WITHIN_GRID
from ...assessment.ratios import is_outside
from ...assessment.rules import Rule
from ...messages import Text
from ...standard import energy as energies
from ...standard import industries
from ...standard.codes import CHARACTERS, PROVINCES, USCC_WEIGHTS, divisions, is_division, is_uscc
from ...standard.guide import PREVIOUS_YEAR, VALUE_BASES, Node
from ...standard.guide.nodes import ANSWERS
from ...standard.guide.product_unit import unit_is, words
from ...standard.record import LARGEST, NUMBER
from ...standard.scoring import QUALITATIVE
from .asked import Fill, Said
from .benchmark_hints import BenchmarkHints
from .catalogue import OF_CHANGE
from .column import PERIODS, In, is_number, most, plain
from .names import folding, place_in

#: Questions that may stay blank.
OPTIONAL_FIELDS = {
    "enterprise.region", "output_value.basis", "output_value.unit",
    "metered_electricity.unit", "metered_electricity.base", "metered_electricity.report",
}  # fmt: skip


#: What the readings are called in the sentences.
FILLS = {"m": "metered", "s": "bought", "o": "own"}


class Questions(BenchmarkHints):
    """What is said beside the questions of one workbook."""

    # Single questions

    def field_rules(self, path: str) -> list[Said]:
        """What may be said of a single input, most important first."""
        if path not in self._rules_of:
            field = self.layout.fields[path]
            numbers = [self._number(field.name), *self.in_percent(field)] if field.spec.kind == NUMBER else []
            self._rules_of[path] = [self._moved(field), *numbers, *self.listed(field), *self._rules(path)]
        return self._rules_of[path]

    def _number(self, name: str) -> Said:
        """A text, a number below 0 or one that no file could hold: that was refused before."""
        return Said("number", f'IF({is_number(name)},OR({name}<0,{name}>{most(LARGEST)}),{name}<>"")', False)

    def _rules(self, path: str) -> list[Said]:
        special = getattr(self, "_" + path.replace(".", "_"), None)
        if special is not None:
            rules: list[Said] = special(path)
            return rules
        section = path.partition(".")[0]
        if section in ("policy", "management"):
            return self._question(path)
        if section == "vetoes":
            return self._veto(path)
        if section == "inputs":
            return self._input(path)
        if section in ("entered", "entered_source"):
            return self._entered_value(path) if section == "entered" else self._entered_source(path)
        return [] if path in OPTIONAL_FIELDS else [self._blank(path)]

    def _veto(self, path: str) -> list[Said]:
        """A question that may exclude: whether it is answered and does, and whether its evidence stands beside it."""
        _, code, field = path.split(".")
        answer, given = f"in_vetoes_{code}_answer", self._value(f"vetoes.{code}.answer")
        if field == "evidence":
            fields = {"evidence": self._name(path), "answers": answer}
            evidence = self._value(path)
            return [self._by("evidence", completeness.MISSING_EVIDENCE, fields, evidence=evidence, answers=given)]
        veto = next(veto for veto in self.layout.guide.vetoes if veto.code == code)
        excludes = f"{answer}={self.t(ANSWERS[veto.excludes])}"
        return [self._blank(path), Said("vetoed", excludes, given is not None and veto.applies(bool(given)))]

    def _input(self, path: str) -> list[Said]:
        """An amount that the guide asks for: there, within its range, and with its source beside it."""
        _, code, name = path.split(".")
        each = next(each for each in self.layout.guide.inputs if each.code == code)
        if name == "source":
            amounts = [(self._name(f"inputs.{code}.{p}"), self._value(f"inputs.{code}.{p}")) for p in each.asked]
            fields = {"evidence": self._name(path), "answers": "&".join(cell for cell, _ in amounts)}
            given = next((amount for _, amount in amounts if amount is not None), None)
            evidence = self._value(path) or ""
            return [self._by("evidence", completeness.MISSING_EVIDENCE, fields, evidence=evidence, answers=given)]
        asked, asked_holds = self.applicable([n for n in self.layout.guide.indicators if each.key in n.needs])
        rules = [self._blank(path, f"NOT({asked})", not asked_holds)]
        if each.range:
            ends = each.range._asdict()
            fields = {"value": self._name(path), **{end: plain(at) for end, at in ends.items()}}
            rules.append(self._by("outside_range", ranges.OUTSIDE, fields, value=self._value(path), **ends))
        return [*rules, *self._changes(f"inputs.{code}")] if each.asked[0] != name == "report" else rules

    def _entered_value(self, path: str) -> list[Said]:
        """The value of an indicator that is entered on the form: there, and no grade above 1."""
        node, name, value = self.layout.guide.by_code[path.partition(".")[2]], self._name(path), self._value(path)
        asked, asked_holds = self.applicable([node])
        rules = [self._blank(path, f"NOT({asked})", not asked_holds)]
        if node.attribute == QUALITATIVE:
            rules.append(Said("number", f"IF({is_number(name)},{name}>1,FALSE())", False))
        if node.range:
            ends = node.range._asdict()
            fields = {"value": name, **{end: plain(at) for end, at in ends.items()}}
            rules.append(self._by("outside_range", ranges.OUTSIDE, fields, value=value, **ends))
        return [*rules, *self._below_one(node, name, value if isinstance(value, (int, float)) else None)]

    def _entered_source(self, path: str) -> list[Said]:
        entered = f"entered.{path.partition('.')[2]}"
        fields = {"evidence": self._name(path), "answers": self._name(entered)}
        known = {"evidence": self._value(path) or "", "answers": self._value(entered)}
        return [self._by("evidence", completeness.MISSING_EVIDENCE, fields, **known)]

    def _blank(self, path: str, unless: str = "", unless_holds: bool = False) -> Said:
        """The question is unanswered (unless …)."""
        blank = f'{self._name(path)}=""'
        formula = f"AND({blank},NOT({unless}))" if unless else blank
        return Said("needed", formula, self._value(path) in ("", None) and not unless_holds)

    def _enterprise_uscc(self, path: str) -> list[Said]:
        name, code = self._name(path), str(self._value(path))
        # Characters count by their place in the alphabet, from 0; FIND counts from 1. Term by term: not every program
        # takes the letters of a text as an array.
        found = [f'FIND(MID({name},{i + 1},1),"{CHARACTERS}")*{w}' for i, w in enumerate(USCC_WEIGHTS)]
        sum_fits = f"MOD({'+'.join(found)}-{sum(USCC_WEIGHTS)},{len(CHARACTERS)})=0"
        fits = f"IF(LEN({name})<>18,FALSE(),IFERROR({sum_fits},FALSE()))"
        return [self._blank(path), Said("uscc", f"NOT({fits})", bool(code) and not is_uscc(code))]

    def _enterprise_division_code(self, path: str) -> list[Said]:
        name, code = self._name(path), str(self._value(path))
        provinces = "|".join(["", *PROVINCES, ""])
        digits = ",".join(f'ISNUMBER(FIND(MID({name},{i},1),"0123456789"))' for i in range(1, 7))
        fits = f'IF(LEN({name})<>6,FALSE(),AND({digits},ISNUMBER(FIND("|"&LEFT({name},2)&"|","{provinces}"))))'
        return [self._blank(path), Said("uscc", f"NOT({fits})", bool(code) and not is_division(code))]

    def _enterprise_industry_code(self, path: str) -> list[Said]:
        name, code = self._name(path), str(self._value(path))
        known = f"IFERROR({self.division(name)},0)"
        wrong = len(code) != 4 or code[:2] not in divisions()
        said = [self._blank(path), Said("industry", f"OR(LEN({name})<>4,{known}=0)", wrong)]
        product, guide = self.assessment.product.name, industries.of_guide(self.layout.guide.name.zh)
        if "product.name" in self.layout.fields:
            usual = self._usual_divisions(folding(self._name("product.name")), f"LEFT({name},2)")
            said.append(
                self._of_another("other_product", industry.OF_PRODUCT, name, usual, industries.of_product(product))
            )
        if guide:
            said.append(self._of_another("other_guide", industry.OF_GUIDE, name, f'"{guide}"', guide))
        return said

    def _of_another(self, hint: str, rule: Rule, code: str, usual: str, known: str) -> Said:
        """Whether the code's division is none of these."""
        formula = f"IF(ISNUMBER(FIND(LEFT({code},2),{usual})),0,1)"
        stated = str(self.assessment.enterprise.industry_code)
        return self._by(hint, rule, {"other": formula}, other=industry.other(stated, known))

    def _usual_divisions(self, product: str, otherwise: str) -> str:
        """The divisions of a product by the longest word that it ends in, else otherwise."""
        words, divisions = (self._list("industries", heading) for heading in ("word", "divisions"))
        chain = otherwise
        for length in reversed(industries.lengths()):
            chain = f"IFERROR(INDEX({divisions},{place_in(words, f'RIGHT({product},{length})')}),{chain})"
        return chain

    def division(self, name: str) -> str:
        """The place of the industrial division, two digits, in the list."""
        return place_in(self._list("divisions", "code"), f"LEFT({name},2)")

    def _periods_report(self, path: str) -> list[Said]:
        labels = self.assessment.periods
        names = [self._name(f"periods.{p}") for p in PERIODS]
        years = [f"VALUE(LEFT(TRIM({name}),4))" for name in names]
        inside = ",".join(f"{year}>=1900,{year}<=2099" for year in years)
        fields = {"base_year": years[0], "report_year": years[1]}
        known = {"base_year": year_of(labels.base), "report_year": year_of(labels.report)}
        swapped = self._by("swapped", changes.BASE_AFTER_REPORT, fields, **known)
        return [
            self._blank(path),
            Said("same", f"{names[0]}={names[1]}", labels.base == labels.report),
            swapped._replace(formula=f"IFERROR(AND({inside},{swapped.formula}),FALSE())"),
        ]

    def _product_unit(self, path: str) -> list[Said]:
        """The unit that the guide's indicators are per."""
        guide, cell = self.layout.guide, self.layout.setting_hint_cell(-1, "unit_spelled")
        if not words(guide):
            return [self._blank(path)]
        verdict, unit = {"unit": self.layout.ref(cell, "enterprise")}, unit_is(guide, str(self._value(path)))
        rules = (("other_product_unit", products.OTHER_PRODUCT), ("unclear_product_unit", products.UNCLEAR_PRODUCT))
        return [self._blank(path), *(self._by(hint, rule, verdict, unit=unit) for hint, rule in rules)]

    def _product_output_base(self, path: str) -> list[Said]:
        rows, period = f"{self.rows_formula('products')}>0", path.rpartition(".")[2]
        filled, single = len(self.assessment.products) > 0, self._value(path)
        taken = Said("products", f'AND({self._name(path)}<>"",{rows})', filled and single is not None)
        listed = {"single": self._name(path), "listed": f'IF({rows},out_output_{period},"")'}
        known = getattr(self.result.quantities.output, period) if filled else None
        differs = self._by("output_differs", bills.OUTPUT_DIFFERS, listed, single=single, listed=known)
        return [self._blank(path, rows, filled), differs, taken]

    def _product_output_report(self, path: str) -> list[Said]:
        return [*self._product_output_base(path), *self._changes("product.output")]

    def _periods_base(self, path: str) -> list[Said]:
        """The base period that the guide fixes."""
        guide, name, given = self.layout.guide, self._name(path), str(self._value(path) or "")
        if guide.base_period == PREVIOUS_YEAR:
            return [self._blank(path)]
        other = {"other": f'IF(OR({name}="",ISNUMBER(FIND("{guide.base_period}",{name}))),0,1)'}
        fixed = self._by(
            "base_period", guide_rules.BASE_PERIOD, other, other=int(guide_rules.is_other_base(guide, given))
        )
        return [self._blank(path), fixed]

    def _output_value_basis(self, path: str) -> list[Said]:
        """The basis that the guide fixes; a blank says the usual one."""
        guide, name, needed = self.layout.guide, self._name(path), guide_rules.basis_needed(self.layout.guide)
        if needed is None:
            return []
        usual = next(iter(VALUE_BASES)) == needed
        fits = f"{name}={self.t(VALUE_BASES[needed])}"
        other = {"other": f'IF({f"""OR({name}="",{fits})""" if usual else fits},0,1)'}
        given: Any = self._value(path)
        return [
            self._by("other_basis", guide_rules.OTHER_BASIS, other, other=int(guide_rules.is_other_basis(guide, given)))
        ]

    def _output_value_report(self, path: str) -> list[Said]:
        off = Said("ratio_energy", "chk_energy_off=1", is_outside(self.result.ratios, "energy"))
        return [self._blank(path), *self._changes("output_value"), off]

    def _changes(self, section: str) -> list[Said]:
        """What the change between the periods of a section says."""
        base, report = (self._name(f"{section}.{p}") for p in PERIODS)
        numbers = [self._value(f"{section}.{p}") for p in PERIODS]
        change = changes.change(*(n if isinstance(n, (int, float)) else None for n in numbers))
        known = f"IF(COUNT({base},{report})<2,FALSE(),{base}>0)"
        said = []
        for hint, rule in OF_CHANGE.items():
            formula = rule.when.formula(In(self, {"change": f"({report}-{base})/{base}"}))
            told = Said(hint, formula, rule.holds(change=change))
            said.append(told._replace(formula=f"IF({known},{told.formula},FALSE())"))
        return said

    def _metered_electricity_base(self, path: str) -> list[Said]:
        return self._metered(path, "base")

    def _metered_electricity_report(self, path: str) -> list[Said]:
        return self._metered(path, "report")

    def _metered(self, path: str, period: str) -> list[Said]:
        """The metered purchase against the power bought by origin."""
        values = self.result.power[period]
        formulas = {
            "metered": f"chk_metered_{period}",
            "bought": f"chk_bought_{period}",
            "own": f"IFERROR(chk_own_{period}+0,0)",
        }
        fills = tuple(Fill(sign, formulas[key], getattr(values, key)) for sign, key in FILLS.items())
        said = [
            self._by(hint, rule, formulas, **values._asdict())._replace(fills=fills)
            for hint, rule in (("meter_right", WITHIN_GRID), ("metered", METERED))
        ]
        return [*said, self._unmetered()] if period == "report" else said

    def _unmetered(self) -> Said:
        """Several origins of power, and no meter to tell whether they overlap."""
        column, said = self.layout.whole_column, self.assessment.metered_electricity
        kind = f"{column('activity', 'kind')},{self.t(ACTIVITY_KINDS['electricity'])}"
        labels = [self.t(energies.ORIGIN_NAMES[origin]) for origin in PURCHASED]
        counts = [f"(COUNTIFS({kind},{column('activity', 'origin')},{label})>0)" for label in labels]
        formulas = {p: self._name(f"metered_electricity.{p}") for p in PERIODS} | {"origins": f"({'+'.join(counts)})"}
        bills = [b.row.origin for b in self.result.quantities.activity if b.kind.is_electricity]
        known = {"base": said.base, "report": said.report, "origins": len({o for o in bills if o in PURCHASED})}
        return self._by("metered_blank", METERED_BLANK, formulas, **known)

    # Questions of the qualitative indicators

    def _nodes(self, section: str) -> list[Node]:
        return [node for node in self.layout.guide.indicators if node.algorithm.asks(section)]

    def _question(self, path: str) -> list[Said]:
        section, _, name = path.partition(".")
        asked, asked_holds = self.applicable(self._nodes(section))
        stated: Any = getattr(self.assessment, section)
        answers = [k for k in specs(type(stated)) if k != "evidence"]
        yes = self.t(Text("是", "yes"))
        rules = [Said("not_applicable", f"NOT({asked})", not asked_holds)]
        if name == "evidence":
            fields = {"evidence": self._name(path), "answers": "&".join(self._name(f"{section}.{k}") for k in answers)}
            given = next((getattr(stated, k) for k in answers if getattr(stated, k) is not None), None)
            known = {"evidence": self._value(path), "answers": given}
            return [*rules, self._by("evidence", completeness.MISSING_EVIDENCE, fields, **known)]
        if path == "policy.recommended":
            listed = self._name("policy.elimination_list")
            return [*rules, self._blank(path, f"{listed}={yes}", self.assessment.policy.elimination_list is True)]
        if path == "policy.elimination_list":
            on_it = Said("eliminated", f"{self._name(path)}={yes}", self._value(path) is True)
            return [*rules, self._blank(path), on_it]
        if path == "management.effective":
            established = self._name("management.established")
            no = f"{established}={self.t(Text('否', 'no'))}"
            fields = {"established": established, "effective": self._name(path)}
            known = {"established": stated.established, "effective": self._value(path)}
            contrary = self._by("effective", completeness.EFFECTIVE_WITHOUT_ESTABLISHED, fields, **known)
            return [*rules, contrary, self._blank(path, no, stated.established is False)]
        return [*rules, self._blank(path)]
