"""The catalogue of cell functions: each is declared once, and every spreadsheet program is served from here."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from ..errors import JwdtError, Missing, missing
from ..messages import LONGEST, Text
from . import cells
from .arguments import FLAG, NUMBER, RANGE, TEXT, Argument
from .spill import ColumnReader, Spill, columns_of_names, columns_of_numbers

GROUPS = {
    "quantities": Text("量", "quantities"),
    "indicators": Text("指标", "indicators"),
    "scores": Text("得分", "scores"),
    "guide": Text("指南编制", "guide"),
}


class Function(NamedTuple):
    """A cell function: Excel name, group, help, arguments, what it returns, and the callable hosts use."""

    name: str
    group: str
    help: Text
    returns: Text
    source: Text
    arguments: tuple[Argument, ...]
    call: Callable[..., Any]
    #: Whether a range makes it spill cell by cell (else it takes ranges whole).
    by_cell: bool


CATALOGUE: dict[str, Function] = {}


def cell_function(
    group: str, help: Text, returns: Text, source: Text, **arguments: tuple[Text, dict[str, Any]]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a cell function. The decorated function gets numbers, texts and flags, or None where optional.

    Where none of its arguments is a range argument, ranges make it spill cell by cell.
    """

    def declare(implementation: Callable[..., Any]) -> Callable[..., Any]:
        declared = tuple(Argument(name, text, **details) for name, (text, details) in arguments.items())
        by_cell = all(argument.kind != RANGE for argument in declared)

        def one(*values: Any) -> Any:
            error = cells.first_error(values)
            if error is not None:
                return error
            try:
                read = [_read(argument, value) for argument, value in zip(declared, values, strict=True)]
                return _checked(implementation(*read))
            except JwdtError as wrong:
                if max(map(len, wrong.text)) <= LONGEST:
                    raise
                raise type(wrong)(Text(*map(cells.short, wrong.text)), wrong.code) from None
            except OverflowError:
                raise _out_of_range() from None

        spill = Spill(one, implementation, _checked, declared, _column)

        @functools.wraps(implementation)
        def call(*values: Any, **named: Any) -> Any:
            given = cells.trimmed(_in_order(implementation.__name__, declared, values, named))
            return spill(given) if by_cell else one(*given)

        function = Function(implementation.__name__, group, help, returns, source, declared, call, by_cell)
        call.__doc__ = documentation(function)
        CATALOGUE[function.name] = function
        return call

    return declare


def absent(function: str, argument: str) -> Missing:
    """The error that an argument of a function of the catalogue is needed and blank."""
    return missing(next(a.title for a in CATALOGUE[function].arguments if a.name == argument))


def _in_order(name: str, declared: tuple[Argument, ...], values: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
    """The arguments in the order declared; optional ones left out are blank, as hosts hand them over."""
    names = [argument.name for argument in declared]
    unknown = [key for key in named if key not in names[len(values) :]]
    if len(values) > len(names) or unknown:
        raise TypeError(f"{name}({', '.join(names)}) got {len(values)} arguments and {unknown or 'no names'}")
    return [*values, *(named.get(key) for key in names[len(values) :])]


_CONVERT: dict[str, Callable[[Any, Text], Any]] = {
    NUMBER: cells.to_number,
    TEXT: cells.to_text,
    FLAG: cells.to_flag,
}


def _read(argument: Argument, value: Any) -> Any:
    if value is None and argument.optional:
        return None
    if argument.kind == RANGE:
        read: Any = None if value is None else value
        blank = all(cells.is_blank(cell) for cell in cells.flat(value))
    else:
        if cells.is_range(value):
            value = _single(argument, cells.flat(value))
        read = _CONVERT[argument.kind](value, argument.title)
        blank = read is None
    if blank:
        if argument.optional:
            return None
        raise missing(argument.title)
    if argument.kind == NUMBER:
        cells.check_bounds(
            read, argument.title, argument.minimum, argument.maximum, argument.above, argument.unit_label
        )
    return read


def _column(argument: Argument) -> ColumnReader:
    """How a column of cells for this argument is read."""
    read = functools.partial(_read, argument)
    if argument.kind != NUMBER:
        return columns_of_names(read)
    return columns_of_numbers(read, argument.minimum, argument.maximum, argument.above)


def _single(argument: Argument, values: list[Any]) -> Any:
    if len(values) == 1:
        return values[0]
    raise JwdtError(Text("{n} 须为单个值", "{n} must be a single value").fill(n=argument.title))


def _checked(result: Any) -> Any:
    if isinstance(result, list):
        return [[_checked(cell) for cell in row] for row in result]
    if isinstance(result, (Text, str)):
        return cells.short(str(result))
    if isinstance(result, float) and not math.isfinite(result):
        raise _out_of_range()
    return result


def _out_of_range() -> JwdtError:
    return JwdtError(Text("结果超出数值范围", "the result is out of range"), "out-of-range")


def documentation(function: Function) -> str:
    """The public docstring, from the declaration."""
    lines = [f"{function.help.en}", "", function.help.zh, "", "Parameters"]
    for argument in function.arguments:
        optional = ", optional" if argument.optional else ""
        lines.append(f"    {argument.name} ({argument.kind}{optional}): {argument.help.en} / {argument.help.zh}")
    shape = "Ranges make it spill cell by cell." if function.by_cell else "Ranges are taken whole."
    lines += ["", f"Returns: {function.returns.en}. {shape}"]
    lines += ["Raises: JwdtError naming argument, rule, unit and value; an error value comes out unchanged."]
    lines += [f"Source: {function.source.en}"]
    return "\n".join(lines)
