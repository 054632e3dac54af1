"""Messages are compared in English; tests that look at Chinese say so themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jwdt_xl.messages import set_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("zh")
