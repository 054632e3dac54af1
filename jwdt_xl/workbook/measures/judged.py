"""What a line is: the row it names, what that is with the change, and whether the change can be computed."""

from __future__ import annotations

from ...assessment.planned import CHANGED_FIELDS
from ...assessment.tables import NAME_FIELDS
from ...standard.record import LARGEST
from ..columns.column import is_number, most
from ..columns.names import place_in
from ..columns.status import OK
from ..sheets.computed import number_formula
from .base import place_of
from .changed import ChangedFormulas
from .hints import CODES, HINTS
from .lines import CHANGEABLE
from .places import INPUTS, NUMBERS
from .planned import shadow

#: What names a row for people.
DESCRIBED = {"activity": ("kind", "name", "origin"), "energy": ("energy", "origin"), "greenhouse": ("category", "gas")}


def described(table: str) -> tuple[str, ...]:
    return DESCRIBED.get(table, (NAME_FIELDS[table],))


class JudgedFormulas(ChangedFormulas):
    """Lines as typed, and what they say of themselves."""

    def line_place(self, row: int) -> str:
        typed = self._typed("table", row)
        return f'IFERROR({place_in(self.lists.column("measure_tables"), typed)},"")'

    def line_found(self, row: int) -> str:
        number, place = self._typed("row", row), self._at("place", row)
        found = [self.layout.tables[table] for table in CHANGEABLE]
        last = ",".join(str(table.last + 1) for table in found)
        header = found[0].header
        assert all(table.header == header for table in found), "the places of rows are counted from one heading"
        inside = f"AND({number}>{header + 1},{number}<=CHOOSE({place},{last}),INT({number})={number})"
        return f'IF({place}="","",IF({is_number(number)},IF({inside},{number}-{header},""),""))'

    def line_first(self, row: int) -> str:
        return f'IF(TRIM({self._typed("name", row)})="",0,1)'

    def line_measure(self, row: int) -> str:
        return f"SUM({self.places.so_far('first', row)})"

    def line_key(self, row: int) -> str:
        return f'IF({self._at("found", row)}="","",{self._at("place", row)}*10^6+{self._at("found", row)})'

    def _set(self, field: str, row: int) -> str:
        return f'IF({self._typed(field, row)}="",0,1)'

    def line_cost_of(self, row: int) -> str:
        cost = self._typed("cost", row)
        return f"IF({is_number(cost)},{cost},0)"

    def _now(self, field: str, row: int) -> str:
        """What a field is with the change."""
        parts = {t: self._row(t, row).as_it_is(field) for t, fields in CHANGEABLE.items() if field in fields}
        as_it_is = f'IF({self._at("found", row)}="","",{self._of_table(row, parts)})'
        typed = self._typed(field, row)
        return f'IF({typed}="",IF({as_it_is}="","",{as_it_is}),{typed})'

    def line_was(self, row: int) -> str:
        """The amount of the report period as it is; blank where the row cannot be read."""
        parts = {table: self._row(table, row).as_it_is("report") for table in CHANGEABLE}
        status = self._of_table(row, {table: self._row(table, row).as_it_is("status") for table in CHANGEABLE})
        amount = self._of_table(row, parts)
        return f'IF({self._at("found", row)}="","",IF({status}={self.t(OK)},IF(ISNUMBER({amount}),{amount},""),""))'

    def line_row_is(self, row: int) -> str:
        """The row in words."""
        texts = {}
        for table in CHANGEABLE:
            named = [self._row(table, row).as_it_is(field) for field in described(table)]
            texts[table] = "&".join(part if i == 0 else f'" "&{part}' for i, part in enumerate(named))
        unit = self._of_table(row, {table: self._row(table, row).as_it_is("unit") for table in CHANGEABLE})
        was = self._at("was", row)
        said = f'TRIM({self._of_table(row, texts)})&" "&{number_formula(was)}&" "&{unit}'
        return f'IF({was}="","",{said})'

    # Whether it can be computed

    def line_checked(self, row: int) -> str:
        """0 where the row and its change can be read, else what is wrong; blank in a blank line."""
        p, typed = self.places, {key: self._typed(key, row) for key in INPUTS}
        place, at, key, measure = (self._at(k, row) for k in ("place", "found", "key", "measure"))
        numbers = [
            f'IF({is_number(typed[k])},OR({typed[k]}<0,{typed[k]}>{most(LARGEST)}),{typed[k]}<>"")' for k in NUMBERS
        ]
        takes = {
            field: [place_ for place_, table in enumerate(CHANGEABLE, 1) if field in CHANGEABLE[table]]
            for field in ("emission_factor", "origin")
        }
        no_field = [
            f'AND({typed[field]}<>"",{",".join(f"{place}<>{n}" for n in found)})' for field, found in takes.items()
        ]
        again = [
            f"AND({self._at(f'set_{field}', row)}=0,SUMIFS({p.above(f'set_{field}', row)},{p.above('key', row)},{key})>0)"
            for field in CHANGED_FIELDS
        ]
        origins = self.lists.column("choice:activity.origin")
        twice = f"COUNTIFS({p.above('key', row)},{key},{p.above('measure', row)},{measure})>0"
        checks = (
            ("row", f'{at}=""'),
            ("named", f"{measure}=0"),
            ("unready", f'{self._at("was", row)}=""'),
            ("nothing", "AND({})".format(",".join(f'{typed[k]}=""' for k in CHANGED_FIELDS))),
            ("number", f"OR({','.join(numbers)})"),
            ("field", f"OR({','.join(no_field)})"),
            ("origin", f'AND({typed["origin"]}<>"",NOT(ISNUMBER(IFERROR({place_in(origins, typed["origin"])},""))))'),
            ("once", f'AND({self._at("first", row)}=0,{typed["life"]}<>"")'),
            ("twice", twice),
            ("again", f"OR({','.join(again)})"),
        )
        chain = "0"
        for name, condition in reversed(checks):
            chain = f"IF({condition},{CODES[name]},{chain})"
        blank = ",".join(f'{typed[k]}=""' for k in INPUTS)
        return f'IF(AND({blank}),"",{chain})'

    def line_code(self, row: int) -> str:
        """The same with what follows from the change."""
        checked, place = self._at("checked", row), self._at("place", row)
        bad = []
        for table, keys in self.anew.items():
            if "status" in keys:
                number = place_of(table)
                bad.append(f"AND({place}={number},{self._at(shadow(table, 'status'), row)}<>{self.t(OK)})")
        chain = f"IF(OR({','.join(bad)}),{CODES['refused']},IF({self._flips(row)},{CODES['overlap']},0))"
        return f'IF({checked}="","",IF({checked}=0,{chain},{checked}))'

    def line_hint(self, row: int) -> str:
        code = self._at("code", row)
        said = ",".join(self.t(hint.text) for hint in HINTS)
        return f'IF({code}="","",IF({code}=0,{self._at("row_is", row)},CHOOSE({code},{said})))'

    def line_mark(self, row: int) -> str:
        code = self._at("code", row)
        lacking = ",".join(f"{code}={CODES[hint.name]}" for hint in HINTS if hint.lacking)
        return f'IF({code}="","",IF({code}=0,"✓",IF(OR({lacking}),"!","✗")))'
