"""The report of a group, as a Word document."""

from __future__ import annotations

from ...messages import speaking
from ...portfolio.book.reader import Portfolio, read_portfolio
from ...portfolio.campaign import unedited
from ...standard.guide import Guide
from ..filling import in_words_of
from ..template import rendered
from . import default
from .charts import charts_of
from .fields import BY_NAME
from .part import Part, parts
from .standing import standing
from .values import values_of


def read(path: str, guide: Guide | None) -> Portfolio:
    """The portfolio in a workbook. Raises Refused where it is none, or was edited since it was collected."""
    portfolio = read_portfolio(path, guide, more=("industry", "regions", "files"))
    unedited.check(portfolio)
    return portfolio


def parts_of(portfolio: Portfolio, kind: str) -> list[Part]:
    """The regions or divisions of a portfolio, named as its workbook does."""
    with speaking(portfolio.language):
        return list(parts(portfolio, kind))


def write(portfolio: Portfolio, file: str, to: str, template: str = "", part: Part | None = None) -> None:
    """Write the report of a portfolio, or of a part of it, in the language of its workbook, whose sentences it takes; file: the workbook's name."""
    with speaking(portfolio.language):
        portfolio = part.portfolio if part else portfolio
        now = standing(portfolio)
        values = values_of(portfolio, now, file, part)
        language, guide = portfolio.language, portfolio.guide
        with in_words_of(guide, default.path_of(language), lambda: default.build(language, guide)) as path:
            rendered(template or path, values, charts_of(now, guide), to, BY_NAME)
