"""What many workbooks have in common, written once: sheets as they are in the file, with the numbers of their texts and formats."""

from __future__ import annotations

import copy
import io
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import Worksheet

from .packing import Part
from .xlsx import File, Formats, Parted


class KeptSheet(Worksheet):
    """A worksheet whose text, once written, is written again as it is."""

    text = ""

    def _assemble_xml_file(self) -> None:
        if self.text:
            self.fh.write(self.text)
        else:
            super()._assemble_xml_file()

    def again(self, file: File) -> KeptSheet:
        """The same in another file, which numbers drawings and charts itself."""
        other = copy.copy(self)
        other.drawing, other.drawing_rels_id = None, 0
        other.drawing_links, other.external_drawing_links = [], []
        other.charts = [[row, col, _KeptChart(chart), *more] for row, col, chart, *more in self.charts]
        file.charts += [chart for _, _, chart, *_ in other.charts]
        return other


class _KeptChart(Chart):
    """A chart whose text is written again as it is: a chart that is written twice comes out differently."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.width, self.height, self.chart_name, self.series = (
            chart.width,
            chart.height,
            chart.chart_name,
            chart.series,
        )
        self.text = chart.fh.getvalue()

    def _assemble_xml_file(self) -> None:
        self.fh.write(self.text)


class _Texts(SharedStrings):
    """The texts of a file, those it begins with as they were written before."""

    before, known = "", 0

    def _write_sst_strings(self) -> None:
        self.fh.write(self.before)
        for text in self.string_table.string_array[self.known :]:
            self._write_si(text)

    @classmethod
    def written(cls, table: Any) -> str:
        texts = cls()
        texts.string_table, texts.fh = table, io.StringIO()
        texts._write_sst_strings()
        return str(texts.fh.getvalue())


class _Packager(Parted):
    """Packs a file that begins with what is common."""

    def __init__(self, common: Common) -> None:
        super().__init__()
        self.common = common

    def _write_shared_strings_file(self) -> None:
        texts = _Texts()
        texts.string_table = self.workbook.str_table
        texts.before, texts.known = self.common.written, len(self.common.texts)
        texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
        texts._assemble_xml_file()


class Common(NamedTuple):
    """The texts, formats, sheets and packed parts of a workbook that was written."""

    texts: Mapping[str, int]
    written: str
    formats: list[Format]
    xf: Mapping[str, int]
    dxf: Mapping[str, int]
    styles: Mapping[Any, int]
    sheets: Mapping[str, KeptSheet]
    parts: Mapping[str, Part]

    @classmethod
    def of(cls, file: File, styles: Formats, sheets: Mapping[str, KeptSheet], parts: Mapping[str, Part]) -> Common:
        """Of a file that is closed."""
        for sheet in sheets.values():
            sheet.text = sheet.fh.getvalue()
        texts = {text: number for number, text in enumerate(file.str_table.string_array)}
        places = {id(format): place for place, format in enumerate(file.formats)}
        return cls(
            texts, _Texts.written(file.str_table), file.formats, dict(file.xf_format_indices), dict(file.dxf_format_indices),
            {key: places[id(format)] for key, format in styles.items()}, sheets, parts,
        )  # fmt: skip

    def into(self, file: File, styles: Formats, sheets: dict[str, Any], kept: Collection[str]) -> None:
        """Begin a file with what is common: its texts and formats have the same numbers, and the sheets kept stand."""
        file.packager = _Packager(self)
        file.str_table.string_table = dict(self.texts)
        file.str_table.unique_count = len(self.texts)
        file.xf_format_indices, file.dxf_format_indices = dict(self.xf), dict(self.dxf)
        file.formats = [copy.copy(format) for format in self.formats]
        for format in file.formats:
            format.xf_format_indices, format.dxf_format_indices = file.xf_format_indices, file.dxf_format_indices
        styles.update((key, file.formats[place]) for key, place in self.styles.items())
        for key in kept:
            sheets[key] = file.worksheets_objs[sheets[key].index] = self.sheets[key].again(file)
