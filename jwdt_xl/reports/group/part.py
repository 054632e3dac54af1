"""A region or an industrial division of a group: its report is that of the group, of those in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...errors import Refused
from ...messages import ERROR, Finding, Text
from ...portfolio.book import groups
from ...portfolio.book.reader import Line, Portfolio

#: By the column of the ranking that says it: what the parts are called, and which one a line is in.
KINDS = {"region": groups.REGION, "division": groups.DIVISION}


class Part(NamedTuple):
    """What the parts are of, the name of one, and a portfolio of those in it."""

    kind: str
    name: str
    portfolio: Portfolio

    @property
    def said(self) -> Text:
        return Text("{k}：{n}", "{k}: {n}").fill(k=KINDS[self.kind], n=self.name)


def parts(portfolio: Portfolio, kind: str) -> Iterator[Part]:
    """Every part with an evaluated enterprise, by its name. Raises Refused where the guide's subjects have none."""
    if kind == "division" and not portfolio.guide.subject.has_products:
        raise Refused((Finding(ERROR, "no-divisions", "--by", _NO_DIVISIONS),))
    names = sorted({_name(kind, line) for line in portfolio.ranking})
    for name in names:
        yield Part(kind, name, _of(portfolio, kind, name))


def _name(kind: str, line: Line) -> str:
    if kind == "region":
        return groups.region_name(str(line.get("region") or ""))
    return groups.division_name(str(line.get("industry_code") or ""))


def _of(portfolio: Portfolio, kind: str, name: str) -> Portfolio:
    """The sums of the whole industry are no part's; of files that are not evaluated those of which the part is known."""
    ranking = [line for line in portfolio.ranking if _name(kind, line) == name]
    here = {line["file"] for line in ranking}
    known = here | {line["file"] for line in portfolio.rejected if _is_known(kind, line) and _name(kind, line) == name}
    more: dict[str, list[dict[str, Any]]] = {
        "regions": [line for line in portfolio.more.get("regions", []) if _is(line, kind, name)],
        "files": [line for line in portfolio.more.get("files", []) if line["file"] in known],
    }
    return portfolio._replace(
        ranking=ranking,
        values={file: line for file, line in portfolio.values.items() if file in here},
        findings={file: lines for file, lines in portfolio.findings.items() if file in here},
        rejected=[line for line in portfolio.rejected if line["file"] in known],
        more=more,
    )


def _is_known(kind: str, line: Line) -> bool:
    return bool(line.get("region" if kind == "region" else "industry_code"))


def _is(line: Line, kind: str, name: str) -> bool:
    return line.get("kind") in KINDS[kind] and line.get("name") == name


_NO_DIVISIONS = Text(
    "这个指南评价的不分行业 — 请用 --by region", "what this guide evaluates is of no industry — use --by region"
)
