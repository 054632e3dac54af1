"""The UNO interface of the Calc add-in, written from the catalogue, and the type library compiled from it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .program import find_program

if TYPE_CHECKING:
    from ...functions import Function

MODULE, INTERFACE = "jwdt.calc", "XFunctions"
ARRAY = "sequence< sequence< "
#: The compiled interface. It is shipped, because unoidl-write comes with LibreOffice's SDK only.
TYPE_LIBRARY = Path(__file__).with_name("jwdt.rdb")


def argument_name(position: int) -> str:
    """The name of an argument inside the interface; the one people see is in the configuration."""
    return f"a{position + 1}"  # numbered: an argument may be called like a word of the IDL language


def idl(catalogue: Mapping[str, Function]) -> str:
    """The interface in IDL.

    A needed argument is an array, which the Function Wizard shows as needed; Calc puts a single value into a 1 × 1
    array. It is one of texts, since only so a blank cell differs from 0 (see shim.from_calc). An optional argument is
    ``any``, the only type Calc lets people omit. Every result is an array, since Calc takes arrays from no other type;
    a 1 × 1 array behaves in formulas like its only element.
    """
    modules = MODULE.split(".")
    lines = [f"module {name} {{" for name in modules]
    lines.append(f"interface {INTERFACE} {{")
    for name in sorted(catalogue):
        types = ("any" if argument.optional else f"{ARRAY}string > >" for argument in catalogue[name].arguments)
        arguments = ", ".join(f"[in] {kind} {argument_name(i)}" for i, kind in enumerate(types))
        lines.append(f"    {ARRAY}any > > {name}({arguments});")
    lines += ["};"] * (len(modules) + 1)
    return "\n".join(lines) + "\n"


def type_library(catalogue: Mapping[str, Function]) -> bytes:
    """The interface compiled with unoidl-write (LibreOffice SDK; Debian: libreoffice-dev). The same on every run."""
    program = find_program()
    known = [program.file("types.rdb"), program.file("types") / "offapi.rdb"]
    with tempfile.TemporaryDirectory() as folder:
        source, compiled = os.path.join(folder, "jwdt.idl"), os.path.join(folder, "jwdt.rdb")
        with open(source, "w", encoding="ascii") as file:
            file.write(idl(catalogue))
        command = [str(program.tool("unoidl-write")), *map(str, known), source, compiled]
        subprocess.run(command, check=True, timeout=60, capture_output=True)
        with open(compiled, "rb") as result:
            return result.read()


if __name__ == "__main__":  # python -m jwdt_xl.hosts.libreoffice.idl: after a function was added or changed
    from ...functions import CATALOGUE

    TYPE_LIBRARY.write_bytes(type_library(CATALOGUE))
