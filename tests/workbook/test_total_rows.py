"""Names of rows of totals: what the formula of every table takes for one is what the reader takes for one."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from jwdt_xl.standard import totals
from jwdt_xl.workbook.columns import total_rows

from .compare import Computed, Expected
from .engines import EACH, computed

NAMES = [
    *(f"{before}{word}{after}" for word in ("合计", "小计", "SUM", "总数", "ｔｏｔａｌ", "sub-Total")
      for before in ("", "原料", " ", "水泥（P·O）")
      for after in ("", " ", "数", "：", "(吨)", "数:（t）", "[1", "机", ":水泥", "(吨)x")),
    "小计算机", "合计量杯", "水泥", "水泥(合计)", "水泥）", "a*", "~", "?", "熟料|total", "Total sum", "合 计", "　总　计", "汇总表", "总", "总数数", "|", "sum(|", "|sum", "(", ")",
    "x" * 57 + "合计", "x" * 58 + "合计",
]  # fmt: skip


@pytest.mark.parametrize("engine", EACH)
def test_sheet_and_reader_agree_on_every_name(tmp_path: Path, engine: str, request: pytest.FixtureRequest) -> None:
    path, words = tmp_path / "names.xlsx", [*total_rows.ends(), total_rows.whole()]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("names")
        sheet.write_column(0, 3, words)
        *ends, whole = (f"$D${row}" for row, _ in enumerate(words, 1))
        found = {}
        for row, name in enumerate(NAMES):
            sheet.write_string(row, 0, name)
            formula = total_rows.is_total(f"$A{row + 1}", ends, whole)
            sheet.write_formula(row, 1, f"=IF({formula},1,0)", value=-1)
            found["names", row, 1] = Computed(formula, 0.0)
    expected = Expected(found, {}, {}, ())
    values = computed(engine, path, expected, request)
    wrong = {n: values["names", i, 1] for i, n in enumerate(NAMES) if values["names", i, 1] != totals.is_total(n)}
    assert not wrong
    assert sum(map(totals.is_total, NAMES)) > 40
