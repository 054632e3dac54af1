"""What to type in the place of a text that is not plainly a number."""

from __future__ import annotations

import pytest

from jwdt_xl.standard.numbers import advice, number_of_text

ADVICE = {
    "5%": "5% 填 5", "５％": "5% 填 5", "约100": "确定的数", "100左右": "确定的数", ">3": "确定的数", "3.2万": "3.2万 填 32000", "2亿元": "换算", "1,5": "逗号",
    "92.500,0": "逗号", "1e5": "指数", "12 t": "单位填在单位栏", "五": "单位填在单位栏", "": "单位填在单位栏",
}  # fmt: skip


@pytest.mark.parametrize("text", ADVICE)
def test_advice(text: str) -> None:
    assert number_of_text(text) is None
    assert ADVICE[text] in advice(text).zh
