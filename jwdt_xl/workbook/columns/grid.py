"""The grid factor of a bill: whose series, of which year, and in which period."""

from __future__ import annotations

from ...assessment.bill_row import ACTIVITY_KINDS
from ...errors import JwdtError
from ...standard import power
from . import green
from .column import Known, Row, Value
from .names import folding


def series(row: Row) -> str:
    """The place of the series: the row's, else that of the option."""
    named, kind = row.cells("factor_series", "kind")
    option = f"MATCH(opt_grid_series,{row.listed('choice:options.grid_series')},0)"
    return f'IF({named}="",IF({kind}="","",{option}),{row.found("series_names", folding(named))})'


def _taken(row: Row, known: str) -> str:
    """The year given, else the latest not after a year that is known, else the first."""
    given, place = row["factor_year"], row["series"]
    years, all_series = row.listed("grid", "year"), row.listed("grid", "series")
    count = f'IF({known}="",COUNTIF({all_series},{place}),COUNTIFS({all_series},{place},{years},"<="&{known}))'
    latest = f"INDEX({years},MATCH({place},{all_series},0)+MAX(1,{count})-1)"
    return f'IF({given}<>"",{given},IFERROR({latest},""))'


def year(row: Row) -> str:
    """The year of the factor, where the row takes one: by the option the latest, or the latest not after the report year."""
    electricity = f"{row['kind']}={row.t(ACTIVITY_KINDS['electricity'])}"
    needed = f"AND({electricity},NOT({green.emits_nothing(row)}),NOT({green.own_factor_counts(row)}))"
    latest = f"opt_grid_factor_year={row.option('grid_factor_year', power.LATEST)}"
    return f'IF({needed},{_taken(row, f"IF({latest},{_NO_YEAR},out_report_year)")},"")'


_NO_YEAR = '""'


def base_year(row: Row) -> str:
    """The year of the factor of the base period: its own only where the option says so."""
    each = f"opt_grid_factor_year={row.option('grid_factor_year', power.EACH)}"
    return f'IF({row["year"]}="","",IF({each},{_taken(row, "out_base_year")},{row["year"]}))'


def factor(row: Row, of_year: str) -> str:
    """t CO2 per MWh of the row's series in a year."""
    key = f'{row["series"]}&"|"&{row[of_year]}'
    return f'IFERROR(INDEX({row.listed("grid", "value")},MATCH({key},{row.listed("grid")},0)),"")'


def base_factor(row: Row) -> str:
    """The factor of the base period, which differs from the row's only where each period takes its own year."""
    same = f"{row['base_year']}={row['year']}"
    return f"IF({same},{row['factor']},{factor(row, 'base_year')})"


def call(row: Row, kwh: str, of_year: str) -> str:
    named = f'IF({row["factor_series"]}="",opt_grid_series,{row["factor_series"]})'
    return f"JWDT_ELECTRICITY_CO2({kwh},{row[of_year]},{named})"


# What the engine puts into the cells


def series_name(known: Known) -> str:
    """The series as typed where formulas find it, else its name for people."""
    typed: str = known.row.factor_series
    if not typed or known.position("series_names", typed):
        return typed
    try:
        names = dict(power.named_series())[power.find_series(typed)]
    except JwdtError:  # nobody looks at it where the row has a factor of its own
        return typed
    return names[known.language == "zh"]


def series_value(known: Known) -> Value:
    name = series_name(known) or str(known.result.options["grid_series"])
    return known.position("series_names", name) or ""
