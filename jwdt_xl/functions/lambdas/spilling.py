"""From what is declared of a function to its formula: arguments read and checked, ranges in and a range out."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import missing
from ...messages import Text
from ..arguments import FLAG, NUMBER, RANGE, TEXT, Argument
from ..catalogue import CATALOGUE, Function, _out_of_range, _single
from ..spill import Spill
from .writing import NAME, OTHER, parameter, quoted, said, text_of

_READERS = {NUMBER: "JWDT_.NUMBER", TEXT: "JWDT_.TEXT", FLAG: "JWDT_.FLAG"}


def nested(pairs: Sequence[tuple[str, str]], last: str) -> str:
    """IF after IF."""
    for condition, result in reversed(pairs):
        last = f"IF({condition},{result},{last})"
    return last


def _bound(value: float | None) -> str:
    return '""' if value is None else f"{value:.15f}".rstrip("0").rstrip(".")


def wrong(argument: Argument, read: str, raw: str) -> str:
    """The sentence about what an argument holds, or a blank text."""
    name, optional = quoted(str(argument.title)), "TRUE" if argument.optional else "FALSE"
    if argument.kind == NUMBER:
        bounds = ",".join(map(_bound, (argument.above, argument.minimum, argument.maximum)))
        unit = quoted(f" {argument.unit_label}" if argument.unit else "")
        return f"JWDT_.WRONG({read},{raw},{name},{optional},{bounds},{unit})"
    return f"JWDT_.NOT{argument.kind.upper()}({read},{raw},{name},{optional})"


def checked(function: Function, raws: Sequence[str], body: str) -> str:
    """The body, where no argument is an error value or wrong; else the first of these."""
    reads, errors, wrongs = [], [], []
    for place, (argument, raw) in enumerate(zip(function.arguments, raws, strict=True)):
        # where ranges are taken whole, the function's own parameter has the argument's name
        read = parameter(argument.name) if function.by_cell else f"n_{argument.name}"
        if argument.kind == RANGE:
            reads.append(f"e_{place},JWDT_.ERROR({raw})")
            errors.append((f"ISERROR(e_{place})", f"e_{place}"))
            if not argument.optional:
                wrongs.append((f"JWDT_.ALLBLANK({raw})", quoted(str(missing(argument.title)))))
            continue
        if not function.by_cell:
            reads.append(f"e_{place},JWDT_.ERROR({raw})")
            errors.append((f"ISERROR(e_{place})", f"e_{place}"))
            many = quoted(text_of(_single, argument, [1, 2]))
            wrongs.append((f"ROWS({raw})*COLUMNS({raw})>1", many))
        else:
            errors.append((f"ISERROR({raw})", raw))
        reads.append(f"{read},{_READERS[argument.kind]}({raw})")
        reads.append(f"w_{place},{wrong(argument, read, raw)}")
        wrongs.append((f'w_{place}<>""', f"w_{place}"))
    return f"LET({','.join(reads)},{nested([*errors, *wrongs], body)})"


def of_cells(function: Function, body: str) -> dict[str, str]:
    """A function of single cells: one name for a cell, and the function, which spills over ranges."""
    names = [parameter(argument.name) for argument in function.arguments]
    raws = [f"raw_{argument.name}" for argument in function.arguments]
    one = f"JWDT_.{function.name.removeprefix('JWDT_')}"
    formula = f"LAMBDA({','.join(raws)},{checked(function, raws, f'JWDT_.FINITE({body})')})"
    given = [f"v_{place}" for place in range(len(names))]
    sizes = [f"MAX({','.join(f'{what}({v})' for v in given)})" for what in ("ROWS", "COLUMNS")]
    odd = [f"JWDT_.ODD({v},h,w)" for v in given]
    blank = [f"IF(ROWS({v})*COLUMNS({v})=1,TRUE,JWDT_.BLANK(JWDT_.AT({v},i,j)))" for v in given]
    cells = ",".join(f"JWDT_.AT({v},i,j)" for v in given)
    call = f"{one}({','.join(given)})"
    spilled = f'MAKEARRAY(h,w,LAMBDA(i,j,IF(AND({",".join(blank)}),"",{one}({cells}))))'
    picked = f"IF(h*w=1,{call},IF(OR({','.join(odd)}),JWDT_.SHAPES(h,w),{spilled}))"
    return {one: formula, function.name: _given(function, names, f"LET(h,{sizes[0]},w,{sizes[1]},{picked})")}


def of_ranges(function: Function, body: str) -> dict[str, str]:
    """A function that takes ranges whole; in its body these are v_0, v_1 …"""
    names = [parameter(argument.name) for argument in function.arguments]
    return {function.name: _given(function, names, checked(function, [f"v_{i}" for i in range(len(names))], body))}


def _given(function: Function, names: Sequence[str], body: str) -> str:
    """The function over its parameters: one left out is blank."""
    declared, let = [], []
    for place, (name, argument) in enumerate(zip(names, function.arguments, strict=True)):
        declared.append(f"?{name}" if argument.optional else name)
        let.append(f"v_{place}," + (f'IF(ISOMITTED({name}),"",{name})' if argument.optional else name))
    return f"LAMBDA({','.join(declared)},LET({','.join(let)},{body}))"


def shared() -> dict[str, str]:
    """Names for spilling."""
    one = CATALOGUE["JWDT_CONVERT"]
    spill = Spill(one.call, one.call, lambda result: result, one.arguments[:2], lambda argument: _never)
    shapes = text_of(spill, [[[1]] * 123457, [[1]] * 2]).replace("123457×1", f"{NAME}×{OTHER}")
    return {
        "JWDT_.ODD": "LAMBDA(v,h,w,OR(AND(ROWS(v)<>1,ROWS(v)<>h),AND(COLUMNS(v)<>1,COLUMNS(v)<>w)))",
        "JWDT_.SHAPES": f"LAMBDA(h,w,{said(shapes, name='h', other='w')})",
        "JWDT_.FINITE": f"LAMBDA(x,IF(ISERROR(x),IF(ERROR.TYPE(x)=6,{quoted(str(_out_of_range()))},x),x))",
    }


def _never(cells: object) -> tuple[list[object], bool]:
    raise AssertionError(Text("", ""))
