"""The columns of pollutants: rows of own equivalent values and of emissions."""

from __future__ import annotations

from ...assessment.amounts import own_of
from ...assessment.checks.changes import BY_DESIGN
from ...assessment.conditions import both, datum
from ...assessment.fields import specs
from ...assessment.tables import OwnEquivalentRow
from ...messages import Text
from ...standard import equivalents as eq
from ...standard.names import fold
from ...standard.record import LARGEST
from ...standard.units import BY_CODE, for_wastewater
from .catalogue import CODES, HINT
from .column import Column, Computed, Known, Row, Value, is_number, most, of_periods, optional, shown, titles
from .hints import (
    MARKED,
    MOVED,
    UNIT_PLACE,
    Live,
    first,
    first_value,
    of_rows,
    offered,
    said,
    said_value,
    unless_moved,
    watched,
)
from .names import folded, folding, place_in
from .status import LACKING, OK, UNKNOWN, WRONG_NUMBER, WRONG_UNIT


def _typed(row: Row) -> str:
    """medium|name, as the list has it."""
    medium, name = row.cells("medium", "pollutant")
    both_folded = folding(f'{medium}&"|"&{name}')
    return f'IF({name}="","",{both_folded})'


def _own_key_formula(row: Row) -> str:
    """By what pollutant rows find this one: the place of the pollutant in the list, else medium|name."""
    name, typed = row.cells("pollutant", "typed")
    place = f"INDEX({row.listed('pollutant_names', 'place')},{place_in(row.listed('pollutant_names'), typed)})"
    return f'IF({name}="","",IFERROR("P"&{place},{typed}))'


def _own_dimension_formula(row: Row) -> str:
    """What the own value's unit measures; blank where the value cannot be used, and so no pollutant's unit fits."""
    key, value = row.cells("key", "value")
    pollutants = list(enumerate(eq.pollutants(), 1))
    special = "".join(f',{key}="P{place}"' for place, p in pollutants if p.kind != eq.AMOUNT)
    twice = f"SUMPRODUCT(--({_own_column(row, 'key')}={key}))>1"
    usable = f'IF({value}="",{_declarable(row)},AND({value}>0,{value}<={most(LARGEST)}))'
    unusable = f"OR(ISTEXT({value}),ISLOGICAL({value}),NOT({usable}),{twice}{special})"
    dimension = row.unit("dimension")
    possible = ",".join(f'{dimension}="{d}"' for d in eq.DIMENSIONS)
    level = f'AND({value}="",{dimension}="level")'
    known = f"INDEX({row.listed('pollutants', 'dimension')},{_place_of(key)})"
    fits = f"IF({_is_counted(key)},{known}={dimension},OR({possible},{level}))"
    return f'IFERROR(IF({unusable},"",IF({fits},{dimension},"")),"")'


def _place_of(key: str) -> str:
    """The place in the list that an own value's key names; an error where it names none."""
    return f"VALUE(MID({key},2,9))"


def _is_counted(key: str) -> str:
    """Whether the table has a value for the pollutant."""
    return f'IF(LEFT({key})="P",IFERROR({_place_of(key)}<={len(eq.pollutants())},FALSE()),FALSE())'


def _declarable(row: Row) -> str:
    """Whether a row without a value may declare its pollutant to be recorded: nothing else is known of its name."""
    name, medium, key = row.cells("pollutant", "medium", "key")
    water, air = (row.t(eq.MEDIUM_NAMES[m]) for m in eq.MEDIA)
    other = folding(f'IF({medium}={water},{air},{water})&"|"&{name}')
    unknown = f'{row.found("refused", folding(name), "code")}="",{row.found("pollutant_names", other)}=""'
    return f"IF({key}={row['typed']},AND({unknown}),NOT({_is_counted(key)}))"


def _own_factor_formula(row: Row) -> str:
    return f'IFERROR({row.unit("factor")},"")'


def _own_code(row: Row) -> str:
    needed = [row[k] for k, spec in specs(OwnEquivalentRow).items() if spec.required]
    blank = ",".join(f'{cell}=""' for cell in needed)
    dimension, value = row.cells("dimension", "value")
    chain = first(row, of_rows("own_equivalents"), "0")
    chain = f'IF({dimension}="",{CODES["unit"]},{chain})'
    number = f"IF(OR(NOT({is_number(value)}),MIN({value})<=0),{CODES['number']},{chain})"
    chain = f'IF({value}="",IF({_declarable(row)},{chain},{CODES["name"]}),{number})'
    chain = f"IF(ISNUMBER({row.no_answer()}),{CODES['answer']},{chain})"
    return unless_moved(row, f'IF({row.blank()},"",IF(OR({blank}),{CODES["incomplete"]},{chain}))')


def _key(row: Row) -> str:
    """The place of the row's pollutant in the list."""
    return row.found("pollutant_names", row["typed"])


def _pollutant(row: Row, heading: str) -> str:
    return f"INDEX({row.listed('pollutants', heading)},{row['key']})"


def _own_place(row: Row) -> str:
    """The place of the row's own equivalent value."""
    name, key, typed = row.cells("pollutant", "key", "typed")
    place = place_in(_own_column(row, "key"), f'IF({key}="",{typed},"P"&{key})', literally=True)
    return f'IF({name}="","",IFERROR({place},""))'


def _own(row: Row, heading: str) -> str:
    return f"INDEX({_own_column(row, heading)},{row['own']})"


def _own_column(row: Row, key: str) -> str:
    return row.named(f"own_{key}", "own_equivalents", key)


def _kind(row: Row) -> str:
    key, own = row.cells("key", "own")
    by_own = f'IF({_own(row, "value")}="","{eq.RECORDED}","{eq.AMOUNT}")'
    return f'IF({own}<>"",{by_own},IF({key}="","",{_pollutant(row, "kind")}))'


def _factor(row: Row) -> str:
    key, own = row.cells("key", "own")
    by_own, by_table = (
        _of_wastewater(row, of(row, "dimension"), row.converted(of(row, "dimension"), of(row, "factor")))
        for of in (_own, _pollutant)
    )
    return f'IF({own}<>"",{by_own},IF({key}="","",{by_table}))'


def _of_wastewater(row: Row, dimension: str, converted: str) -> str:
    """Where waste water counts, t is taken for t of waste water."""
    is_t = f'AND({row.unit("dimension")}="mass",{row.unit("factor")}=1000)'
    return f'IF({dimension}="wastewater",IF(IFERROR({is_t},FALSE()),1,{converted}),{converted})'


def _status(row: Row) -> str:
    kind, factor, parameter, limit = row.cells("kind", "factor", "parameter", "limit")
    needs_limit = f'OR({kind}="{eq.COLOUR}",{kind}="{eq.EXCEEDANCE}")'
    return row.state(
        ["medium", "pollutant", "unit"],
        (f'{kind}=""', UNKNOWN),
        (f'{factor}=""', WRONG_UNIT),
        (f'AND({kind}="{eq.PH}",{parameter}>14)', WRONG_NUMBER),
        (f'AND({needs_limit},{limit}<>"",{limit}<=0)', WRONG_NUMBER),
        (f'OR(AND(OR({kind}="{eq.PH}",{needs_limit}),{parameter}=""),AND({needs_limit},{limit}=""))', LACKING),
    )


def _value(row: Row) -> str:
    """The equivalent value in force; of pH that of its class, blank from 6 to 9."""
    status, own, kind, ph = row.cells("status", "own", "kind", "parameter")
    classes = row.listed("ph_classes")
    by_class = f'IF({ph}<6,INDEX({classes},INT({ph})+1),IF({ph}>9,INDEX({classes},15-ROUNDUP({ph},0)),""))'
    table = f'IF({kind}="{eq.PH}",{by_class},{_pollutant(row, "value")})'
    chosen = f'IF({own}<>"",{_own(row, "value")},{table})'
    return f'IF(OR({status}<>{row.t(OK)},{kind}="{eq.RECORDED}"),"",{chosen})'


def _amount(row: Row, equivalents: str, period: str) -> str:
    status, amount, kind = row.cells("status", period, "kind")
    counted = f'IF({kind}="{eq.RECORDED}",0,IF({amount}="","",{equivalents}))'
    return f'IF({status}<>{row.t(OK)},"",{counted})'


def _equivalents(row: Row, period: str) -> str:
    """Pollutant equivalents of the row."""
    amount, factor, kind, value, measured, limit = row.cells(period, "factor", "kind", "value", "parameter", "limit")
    plain = f"{amount}*{factor}/{value}"
    colour = f"{amount}*{factor}*MAX(0,({measured}-{limit})/{limit})/{value}"
    by_kind = (
        f'IF({kind}="{eq.COLOUR}",{colour},IF({kind}="{eq.EXCEEDANCE}",IF({measured}>{limit},{plain},0),'
        f'IF({value}="",0,{plain})))'
    )
    return _amount(row, by_kind, period)


def _call(row: Row, period: str) -> str:
    amount, factor, own, value, name, medium = row.cells(period, "factor", "own", "value", "pollutant", "medium")
    measured, limit = map(optional, row.cells("parameter", "limit"))
    call = f"JWDT_EQUIVALENT({name},{amount}*{factor},{medium},{measured},{limit})"
    return _amount(row, f'IF({own}<>"",{amount}*{factor}/{value},{call})', period)


def _kept(row: Row) -> str:
    """1 where the row counts, 0 where an overlapping pollutant is counted instead, or it is recorded only."""
    status, item, kind = row.cells("status", "key", "kind")
    kept, items = (row.overlap(k) for k in ("kept", "item"))
    flag = f"INDEX({kept},MATCH({item},{items},0))"
    counted = f'IF({kind}="{eq.RECORDED}",0,IF(COUNTIF({items},{item})=0,1,{flag}))'
    return f'IF({status}="","",{counted})'


# What the engine puts into the cells


def _typed_value(known: Known, name: str) -> Value:
    return folded(f"{known.t(eq.MEDIUM_NAMES[known.row.medium])}|{name}")


def _in_list(known: Known, name: str) -> int | None:
    return known.position("pollutant_names", f"{known.t(eq.MEDIUM_NAMES[known.row.medium])}|{name}")


def _own_key(known: Known) -> Value:
    name = known.row.pollutant
    place = _in_list(known, name)
    return f"P{place}" if place else known["typed"]


def _status_value(known: Known) -> Value:
    return known.t(OK if known.amount.lacking is None else LACKING)


def _value_in_force(known: Known) -> Value:
    pollutant = known.amount.pollutant
    if known.amount.lacking is not None or pollutant.kind == eq.RECORDED:
        return ""
    value: Value = pollutant.value
    by_class = pollutant.kind == eq.PH and known.row.parameter is not None
    return shown(eq.ph_value(known.row.parameter)) if by_class else value


def _own_place_value(known: Known) -> Value:
    pollutant = known.amount.pollutant
    if pollutant.own:
        for place, row in enumerate(known.result.assessment.own_equivalents, 1):
            if own_of(row) == pollutant:
                return place
    return ""


def _name(known: Known) -> str:
    """The name as typed where formulas find it in the list or among own values, else the canonical one."""
    name, pollutant = str(known.row.pollutant), known.amount.pollutant
    if _in_list(known, name):
        return name
    if pollutant.own and pollutant.table == "own":
        owns = known.result.assessment.own_equivalents
        return next((o.pollutant for o in owns if fold(o.pollutant) == fold(name)), name)
    return str(pollutant.name.zh)


def _factor_value(known: Known) -> Value:
    unit = BY_CODE[known.amount.pollutant.unit]
    given = for_wastewater(known.row.unit) if unit.dimension == "wastewater" else known.row.unit
    return BY_CODE[given].factor / unit.factor


POLLUTANTS = watched(
    "pollutants",
    Column("value", Text("当量值", "equivalent value"), _value, _value_in_force),
    *of_periods(
        "eq",
        titles("当量", "equivalents"),
        _equivalents,
        lambda known, p: shown(getattr(known.amount.equivalents, p)),
        _call,
    ),
    Column(
        "kept",
        Text("计入", "counted"),
        _kept,
        lambda known: int(
            known.amount.kind != eq.RECORDED
            and known.amount.pollutant.item not in known.result.quantities.overlaps_not_counted
        ),
    ),
    Column("key", None, _key, lambda known: _in_list(known, _name(known)) or ""),
    Column("own", None, _own_place, _own_place_value),
    Column("kind", None, _kind, lambda known: str(known.amount.pollutant.kind)),
    Column("factor", None, _factor, _factor_value),
    Column("typed", None, _typed, lambda known: _typed_value(known, _name(known))),
    status=_status,
    measured=lambda row: f'IF({row["own"]}<>"",{_own(row, "dimension")},{_pollutant(row, "dimension")})',
    status_value=_status_value,
    changes_by_design=BY_DESIGN,
    refused="pollutant",
    after=(
        Live("overlap", both(datum("kept").equals(0), datum("kind").differs(eq.RECORDED))),
        Live(
            "within",
            both(
                BY_DESIGN,
                datum("eq_base").equals(0),
                datum("eq_report").equals(0),
                datum("base") + datum("report") > 0,
            ),
        ),
    ),
    amounts="pollutants",
    names={"pollutant": _name},
)
OWN_EQUIVALENTS = Computed(
    "own_equivalents",
    (
        Column("hint", HINT, lambda row: said(row, offered(row, "own_equivalents")), said_value),
        MARKED,
        UNIT_PLACE,
        Column("key", None, _own_key_formula, _own_key),
        Column("dimension", None, _own_dimension_formula, lambda known: BY_CODE[known.row.unit].dimension),
        Column("factor", None, _own_factor_formula, lambda known: BY_CODE[known.row.unit].factor),
        Column("typed", None, _typed, lambda known: _typed_value(known, known.row.pollutant)),
        MOVED,
        Column("code", None, _own_code, lambda known: first_value(known, of_rows("own_equivalents"))),
    ),
)
