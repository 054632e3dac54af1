"""A made-up campaign: enterprises of several guides and regions, the returns they fill in, and the faults in some of them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jwdt_xl import workbook
from jwdt_xl.assessment import read
from jwdt_xl.authoring import open_guide
from jwdt_xl.standard.guide import Guide

from .returns import CORE, rewritten, uscc

#: A guide as it is named on the command line, an industry it is for, and a word of its enterprises' names.
GUIDES = (("cement", "3011", "水泥"), ("flat-glass", "3041", "玻璃"), ("paper", "2221", "造纸"))
REGIONS = ("杭州市", "宁波市", "湖州市", "嘉兴市")
IDS = ("cement-demo", "flat-glass-demo", "paper-demo")


class Firm(NamedTuple):
    number: int
    name: str
    industry_code: str
    region: str
    #: As the command line names it.
    guide: str

    @property
    def uscc(self) -> str:
        return uscc(self.number)

    @property
    def mail(self) -> str:
        return f"a{self.number}@example.cn"


def firms(count: int) -> list[Firm]:
    found = []
    for number in range(1, count + 1):
        guide, industry, word = GUIDES[number % 3]
        region = REGIONS[number % len(REGIONS)]
        found.append(Firm(number, f"{region[:2]}第{number}{word}有限公司", industry, region, guide))
    return found


def guide_of(name: str) -> Guide:
    return open_guide(name)


def register(path: Path, listed: Sequence[Firm], guide: bool = True, report: str = "2024") -> Path:
    head = ["统一社会信用代码", "企业名称", "行业代码", "地区", "报告期", "邮箱", *(["指南"] if guide else [])]
    rows = [
        [firm.uscc, firm.name, firm.industry_code, firm.region, report, firm.mail, *([firm.guide] if guide else [])]
        for firm in listed
    ]
    path.write_text("\n".join(",".join(row) for row in [head, *rows]) + "\n", encoding="utf-8")
    return path


def data_of(firm: Firm, golden: Path, **more: Any) -> dict[str, Any]:
    """What an enterprise reports: the cement example by a factor of its own, without benchmarks, which the guides state."""
    data = json.loads((golden / "example_cement.json").read_text(encoding="utf-8"))
    factor = random.Random(firm.number).uniform(0.9, 1.1)
    data.pop("benchmarks", None)
    data["enterprise"] = {
        "name": firm.name, "uscc": firm.uscc, "industry_code": firm.industry_code, "region": firm.region,
    }  # fmt: skip
    data["periods"] = {"base": "2023", "report": "2024"}
    data["product"]["output"]["report"] *= factor
    if firm.guide == "flat-glass":
        data["product"]["unit"] = "重量箱"  # what the guide's indicators are per
    data["output_value"]["report"] *= (1 + factor) / 2
    return {**data, **more}


def fill(
    path: Path, firm: Firm, golden: Path, saved: str = "2025-03-01T08:00:00Z", guide: str = "", **more: Any
) -> Path:
    """The form of an enterprise as it comes back; guide: another one than its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    by = guide_of(guide or firm.guide)
    blank = path.with_suffix(".new")
    workbook.write(str(blank), guide=by, host="portable", assessment=read(data_of(firm, golden, **more), by))
    time = f'<dcterms:modified xsi:type="dcterms:W3CDTF">{saved}</dcterms:modified>'.encode()
    rewritten(blank, path, {CORE: lambda core: re.sub(rb"<dcterms:modified.*?</dcterms:modified>", time, core)})
    blank.unlink()
    return path
