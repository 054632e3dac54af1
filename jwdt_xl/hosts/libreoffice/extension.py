"""The Calc extension jwdt.oxt: the core, the texts of the Function Wizard, the type library and the shim in one file.

It is made from the catalogue and the installed package, byte for byte the same on every run.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ... import __version__
from ...messages import Text
from ..packed import IMPORTING, PACKAGE, core_files, pack
from .idl import TYPE_LIBRARY, argument_name
from .program import MINIMUM
from .shim import IMPLEMENTATION, IMPORT, IMPORT_IMPLEMENTATION, SERVICE

if TYPE_CHECKING:
    from ...functions import Function

IDENTIFIER = "jwdt.calc"
NAME = Text("工业减污降碳协同增效评价函数", "Synergy of pollution and carbon reduction: JWDT functions")
#: The action, as a part of the core.
_ACTION = ("hosts/__init__.py", "hosts/libreoffice/__init__.py", "hosts/libreoffice/papers.py")
MENU = Text("JWDT 导入资料…", "JWDT: import papers…")
#: The locales of the two languages. Calc falls back from zh-TW or zh-HK to the first, from any other to the second.
LOCALES = ("zh-CN", "en-US")

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PARTS = {  # file in the extension: its media type
    "jwdt.rdb": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    "jwdt.components": "application/vnd.sun.star.uno-components",
    "functions.xcu": "application/vnd.sun.star.configuration-data",
    "menu.xcu": "application/vnd.sun.star.configuration-data",
}


def build(target: str | Path, catalogue: Mapping[str, Function]) -> None:
    """Write the extension."""
    pack(target, parts(catalogue))


def parts(catalogue: Mapping[str, Function]) -> dict[str, bytes]:
    """The files in the extension."""
    texts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "functions.xcu": configuration(catalogue),
        "menu.xcu": _menu(),
        "jwdt.components": _components(),
    }
    files = {name: text.encode() for name, text in texts.items()}
    files["jwdt.rdb"] = TYPE_LIBRARY.read_bytes()
    files["shim.py"] = Path(__file__).with_name("shim.py").read_bytes()
    for path in core_files(*IMPORTING, *_ACTION):
        files[f"core/{path.relative_to(PACKAGE).as_posix()}"] = path.read_bytes()
    return files


def configuration(catalogue: Mapping[str, Function]) -> str:
    """What the Function Wizard shows, and the names under which files know the functions.

    As configuration, it is known without starting Python; Calc starts it with the first function used. The category
    is Calc's own "Add-In": it shows an add-in's functions in no other that does not exist already.
    """
    lines = [
        _XML.rstrip(),
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" oor:name="CalcAddIns"'
        ' oor:package="org.openoffice.Office">',
        '<node oor:name="AddInInfo">',
        f'<node oor:name={quoteattr(SERVICE)} oor:op="replace">',
        '<node oor:name="AddInFunctions">',
    ]
    for name in sorted(catalogue):
        function = catalogue[name]
        plain = Text(name, name)
        lines.append(f'<node oor:name={quoteattr(name)} oor:op="replace">')
        lines += [_property("DisplayName", plain), _property("Description", function.help)]
        lines += ['<prop oor:name="Category"><value>Add-In</value></prop>', _property("CompatibilityName", plain)]
        lines.append('<node oor:name="Parameters">')
        for position, argument in enumerate(function.arguments):
            lines.append(f'<node oor:name="{argument_name(position)}" oor:op="replace">')
            lines += [
                _property("DisplayName", argument.title),
                _property("Description", argument.help),
                "</node>",
            ]
        lines += ["</node>", "</node>"]
    lines += ["</node>"] * 3 + ["</oor:component-data>", ""]
    return "\n".join(lines)


def _property(name: str, text: Text) -> str:
    values = (f'<value xml:lang="{lang}">{escape(value)}</value>' for lang, value in zip(LOCALES, text, strict=True))
    return f'<prop oor:name="{name}">{"".join(values)}</prop>'


def _menu() -> str:
    """An entry under Tools > Add-Ons, in spreadsheets only."""
    plain = {"Context": "com.sun.star.sheet.SpreadsheetDocument", "URL": f"service:{IMPORT}?files", "Target": "_self"}
    lines = [
        _XML.rstrip(),
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' oor:name="Addons" oor:package="org.openoffice.Office">',
        '<node oor:name="AddonUI"><node oor:name="AddonMenu">',
        f'<node oor:name={quoteattr(IMPORT)} oor:op="replace">',
        *(
            f'<prop oor:name="{name}" oor:type="xs:string"><value>{value}</value></prop>'
            for name, value in plain.items()
        ),
        _property("Title", MENU).replace('oor:name="Title"', 'oor:name="Title" oor:type="xs:string"'),
        "</node></node></node></oor:component-data>",
        "",
    ]
    return "\n".join(lines)


def _components() -> str:
    # registered by this list, not by running code: installing starts no Python
    return (
        f'{_XML}<components xmlns="http://openoffice.org/2010/uno-components">\n'
        '<component loader="com.sun.star.loader.Python" uri="shim.py">\n'
        f'<implementation name="{IMPLEMENTATION}"><service name="{SERVICE}"/></implementation>\n'
        f'<implementation name="{IMPORT_IMPLEMENTATION}"><service name="{IMPORT}"/></implementation>\n'
        "</component>\n</components>\n"
    )


def _manifest() -> str:
    entries = "\n".join(
        f'<manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{name}"/>'
        for name, kind in _PARTS.items()
    )
    namespace = "http://openoffice.org/2001/manifest"
    return f'{_XML}<manifest:manifest xmlns:manifest="{namespace}">\n{entries}\n</manifest:manifest>\n'


def _description() -> str:
    names = "".join(f'<name lang="{locale}">{escape(name)}</name>' for locale, name in zip(LOCALES, NAME, strict=True))
    return (
        f'{_XML}<description xmlns="http://openoffice.org/extensions/description/2006"\n'
        ' xmlns:dep="http://openoffice.org/extensions/description/2006"\n'
        ' xmlns:lo="http://libreoffice.org/extensions/description/2011">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{__version__}"/>\n'
        f"<display-name>{names}</display-name>\n"
        f'<dependencies><lo:LibreOffice-minimal-version dep:name="LibreOffice {MINIMUM[0]}.{MINIMUM[1]}"'
        f' value="{MINIMUM[0]}.{MINIMUM[1]}"/></dependencies>\n'
        "</description>\n"
    )


if __name__ == "__main__":  # python -m jwdt_xl.hosts.libreoffice.extension jwdt.oxt
    from ...functions import CATALOGUE

    build(sys.argv[1], CATALOGUE)
