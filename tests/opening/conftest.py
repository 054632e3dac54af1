"""The workbooks of tests/portfolio, good and bad."""

from ..portfolio.conftest import book, collect, returns, with_cell

__all__ = ["book", "collect", "returns", "with_cell"]
