"""Experimental: the code of xlwings Lite inside a workbook of our own, so that nobody has to paste it.

The parts are those of [MS-OWEXML], Office's published format of add-ins in documents. That Lite keeps its files as
settings of its add-in, by the names main.py and requirements.txt, is documented nowhere; it was read from five
workbooks that Excel had saved with Lite in 2025. Whether Excel and today's Lite take it was not tried, hence opt-in.
"""

from __future__ import annotations

import base64
import io
import json
import os
import uuid
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from ..packed import IMPORTING, PACKAGE, core_files, pack

#: What people paste into main.py themselves; what is embedded brings the package along, so that no index is asked for it.
MAIN = "from jwdt_xl.hosts.lite import *"
_ROOMS = ("hosts/__init__.py", "hosts/excel", "hosts/lite")
_BRINGING = """# Experimental: written by jwdt template --embed. The package comes along; nothing is fetched for it.
import base64, io, sys, tempfile, zipfile
FOLDER = tempfile.mkdtemp()
zipfile.ZipFile(io.BytesIO(base64.b64decode(PACKED))).extractall(FOLDER)
sys.path.insert(0, FOLDER)
"""
#: Lite's own packages, as every requirements.txt it makes names them.
_LITE_ITSELF = ("xlwings", "python-dotenv", "pyodide-http", "black")

#: xlwings Lite in Microsoft's store.
_STORE_ID = "wa200008175"
_INSTANCE = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, "jwdt-xl/xlwings-lite")).upper() + "}"

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FOLDER = "xl/webextensions"
_EXTENSION = "http://schemas.microsoft.com/office/webextensions/webextension/2010/11"
_PANES = "http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = "http://schemas.microsoft.com/office/2011/relationships"
_TYPES = {
    "taskpanes.xml": "application/vnd.ms-office.webextensiontaskpanes+xml",
    "webextension1.xml": "application/vnd.ms-office.webextension+xml",
}


def files() -> dict[str, str]:
    """main.py and requirements.txt."""
    packed = io.BytesIO()
    pack(
        packed,
        {path.relative_to(PACKAGE.parent).as_posix(): path.read_bytes() for path in core_files(*_ROOMS, *IMPORTING)},
    )
    core = base64.b64encode(packed.getvalue()).decode()
    return {
        "main.py": f'PACKED = "{core}"\n{_BRINGING}{MAIN}\n',
        "requirements.txt": "".join(f"{name}  # required\n" for name in _LITE_ITSELF),
    }


def _property(name: str, text: str) -> str:
    # a setting is JSON; quoteattr would choose ' around a value full of "
    value = quoteattr(json.dumps(text, ensure_ascii=False), {'"': "&quot;"})
    return f"<we:property name={quoteattr(name)} value={value}/>"


def parts() -> dict[str, str]:
    """The parts to add. The pane stays closed: nothing of Lite runs before the user starts it."""
    reference = 'version="1.0.0.0" storeType="OMEX"/>'
    properties = "".join(_property(name, text) for name, text in files().items())
    return {
        f"{_FOLDER}/taskpanes.xml": (
            f'{_XML}<wetp:taskpanes xmlns:wetp="{_PANES}"><wetp:taskpane dockstate="right" visibility="0" width="438"'
            f' row="1"><wetp:webextensionref xmlns:r="{_OFFICE}" r:id="rId1"/></wetp:taskpane></wetp:taskpanes>'
        ),
        f"{_FOLDER}/_rels/taskpanes.xml.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATION}/webextension"'
            ' Target="webextension1.xml"/></Relationships>'
        ),
        f"{_FOLDER}/webextension1.xml": (
            f'{_XML}<we:webextension xmlns:we="{_EXTENSION}" id="{_INSTANCE}">'
            f'<we:reference id="{_STORE_ID}" store="en-US" {reference}<we:alternateReferences>'
            f'<we:reference id="{_STORE_ID}" store="{_STORE_ID.upper()}" {reference}</we:alternateReferences>'
            f'<we:properties>{properties}</we:properties><we:bindings/><we:snapshot xmlns:r="{_OFFICE}"/>'
            "</we:webextension>"
        ),
    }


def embed(path: str | Path) -> None:
    """Add the parts to a workbook that was just written. The same bytes on every run."""
    whole = f"{path}.embedding"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        entries = old.infolist()
        for entry in entries:
            content = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                overrides = (
                    f'<Override PartName="/{_FOLDER}/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items()
                )
                content = _before(content, b"</Types>", "".join(overrides))
            elif entry.filename == "_rels/.rels":
                relation = f'<Relationship Id="rIdLite" Type="{_RELATION}/webextensiontaskpanes" Target="{_FOLDER}/taskpanes.xml"/>'
                content = _before(content, b"</Relationships>", relation)
            new.writestr(entry, content)
        for name, text in parts().items():
            added = zipfile.ZipInfo(name, entries[0].date_time)
            added.compress_type = zipfile.ZIP_DEFLATED
            added.external_attr, added.create_system = entries[0].external_attr, entries[0].create_system
            new.writestr(added, text)
    os.replace(whole, path)


def _before(content: bytes, end: bytes, added: str) -> bytes:
    assert content.count(end) == 1
    return content.replace(end, added.encode() + end)
