"""One and the same workbook in other XML: what programs and gateways really write, made by script."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

Parts = dict[str, bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_TAG = re.compile(r"<[^<>!?][^<>]*>")


def parts(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def write(path: Path, content: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def sheet(content: Parts, title: str) -> str:
    """The part of a sheet in a workbook as XlsxWriter numbers them."""
    titles = [html.unescape(name) for name in re.findall(r'<sheet name="([^"]*)"', content["xl/workbook.xml"].decode())]
    return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"


def cell(content: Parts, title: str, address: str, kind: str, body: str) -> Parts:
    """Another content of a cell that is there."""
    part = sheet(content, title)
    xml = content[part].decode()
    new, count = re.subn(
        rf'<c r="{address}"((?: s="[0-9]+")?)[^>]*?(?:/>|>.*?</c>)',
        lambda found: f'<c r="{address}"{found[1]}{kind}>{body}</c>',
        xml,
        count=1,
        flags=re.DOTALL,
    )
    assert count == 1, address
    return {**content, part: new.encode()}


def _each(change: Callable[[str], str], wanted: str = r"xl/worksheets/sheet\d+\.xml") -> Callable[[Parts], Parts]:
    def changed(content: Parts) -> Parts:
        return {
            name: change(data.decode()).encode() if re.fullmatch(wanted, name) else data
            for name, data in content.items()
        }

    return changed


def _quotes(xml: str) -> str:
    return _TAG.sub(lambda tag: tag[0] if "'" in tag[0] else tag[0].replace('"', "'"), xml)


def _prefix(xml: str) -> str:
    xml = re.sub(r"<(/?)(?=[a-zA-Z]+[\s/>])", r"<\1x:", xml)
    return xml.replace("xmlns=", "xmlns:x=")


def _spaced(xml: str) -> str:
    return _TAG.sub(lambda tag: re.sub(r'(\w)="', r'\1 = "', tag[0]), xml)


def _without_addresses(xml: str) -> str:
    """Cells and rows by their position alone, gaps filled."""

    def row(found: re.Match[str]) -> str:
        nonlocal last
        number, gap = int(found[1]), ""
        while last + 1 < number:
            last += 1
            gap += "<row></row>"
        last = number
        column, cells = 0, ""
        for each in re.finditer(r'<c r="([A-Z]+)[0-9]+"(.*?)(/>|>.*?</c>)', found[3], re.DOTALL):
            wanted = _column(each[1])
            cells += "<c/>" * (wanted - column - 1) + f"<c{each[2]}{each[3]}"
            column = wanted
        return f"{gap}<row{found[2]}>{cells}</row>"

    last = 0
    xml = re.sub(r'(<row r="[0-9]+"[^>]*)/>', r"\1></row>", xml)
    return re.sub(r'<row r="([0-9]+)"([^>]*)>(.*?)</row>', row, xml, flags=re.DOTALL)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _inline(content: Parts) -> Parts:
    shared = re.findall(r"<si>(.*?)</si>", content["xl/sharedStrings.xml"].decode(), re.DOTALL)

    def change(xml: str) -> str:
        return re.sub(
            r'(<c [^>]*)t="s"([^>]*)><v>(\d+)</v>',
            lambda f: f'{f[1]}t="inlineStr"{f[2]}><is>{shared[int(f[3])]}</is>',
            xml,
        )

    return _each(change)(content)


def _cased(content: Parts) -> Parts:
    return {
        re.sub("worksheets/sheet", "Worksheets/Sheet", n).replace("sharedStrings", "SharedStrings"): d
        for n, d in content.items()
    }


def _targets(form: str) -> Callable[[Parts], Parts]:
    return _each(lambda xml: re.sub(r'Target="worksheets/', f'Target="{form}', xml), r"xl/_rels/workbook\.xml\.rels")


def _utf16(wanted: str) -> Callable[[Parts], Parts]:
    def change(content: Parts) -> Parts:
        return {
            name: re.sub('encoding="UTF-8"', 'encoding="UTF-16"', data.decode()).encode("utf-16")
            if re.fullmatch(wanted, name)
            else data
            for name, data in content.items()
        }

    return change


def _without_styles(content: Parts) -> Parts:
    """As scripts write: no styles part, and cells that name none."""
    kept = {name: data for name, data in content.items() if name != "xl/styles.xml"}
    for name, mark in (("xl/_rels/workbook.xml.rels", "styles.xml"), ("[Content_Types].xml", "/xl/styles.xml")):
        kept[name] = re.sub(rf'<(?:Relationship|Override)\b[^>]*"{mark}"[^>]*/>'.encode(), b"", kept[name])
    return _each(lambda xml: re.sub(r'(<(?:c|row|col) [^>]*?) (?:s|style)="\d+"', r"\1", xml))(kept)


_SHEETS = r"xl/worksheets/sheet\d+\.xml"
_STRINGS = r"xl/sharedStrings\.xml"
DIALECTS: dict[str, Callable[[Parts], Parts]] = {
    "plain": lambda content: content,
    "quotes": _each(_quotes),
    "prefix": _each(_prefix),
    "prefixed strings": _each(_prefix, _STRINGS),
    "spaced": _each(_spaced),
    "no addresses": _each(_without_addresses),
    "strict": _each(lambda xml: xml.replace(MAIN, STRICT), r"xl/(worksheets/sheet\d+|workbook|sharedStrings)\.xml"),
    "inline": _inline,
    "no styles": _without_styles,
    "case": _cased,
    "absolute": _targets("/xl/worksheets/"),
    "dotted": _targets("./worksheets/"),
    "upward": _targets("../xl/worksheets/"),
    "mark": lambda content: {n: b"\xef\xbb\xbf" + d if re.fullmatch(_SHEETS, n) else d for n, d in content.items()},
    "utf-16": _utf16(_SHEETS),
    "utf-16 strings": _utf16(_STRINGS),
    "comments": _each(lambda xml: xml.replace("<v>", "<!-- <c t='n'> --><v>").replace("</row>", "<!--r--></row>")),
    "comment in value": _each(lambda xml: re.sub(r"<v>(\d)", r"<v>\1<!--x-->", xml)),
    "character data": _each(lambda xml: re.sub(r"<v>([^<]*)</v>", r"<v><![CDATA[\1]]></v>", xml)),
    "texts as character data": _each(lambda xml: re.sub(r"<t>([^<&]*)</t>", r"<t><![CDATA[\1]]></t>", xml), _STRINGS),
    "instructions": _each(lambda xml: xml.replace("<sheetData>", "<?ours a='b'?><sheetData>")),
    "references": _each(lambda xml: xml.replace("<v>1", "<v>&#49;").replace(' t="e"', ' t="&#101;"')),
    "indented": _each(lambda xml: re.sub(r"(?<=>)(?=<(?:c|f|v|is|/c|/row)\b)", "\n  ", xml)),
    "small letters": _each(lambda xml: re.sub(r'<c r="([A-Z]+)', lambda found: found[0].lower(), xml)),
    "more attributes": _each(lambda xml: xml.replace("<c r=", '<c ph="0" r=').replace("<f>", '<f ca="1">')),
    "lines": _each(lambda xml: xml.replace("<c ", "\n<c\n").replace("<row ", "\n  <row ")),
}  # fmt: skip
