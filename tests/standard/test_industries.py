"""Which industry makes a product: by GB/T 4754-2017, and nothing where the name says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.standard import codes, industries
from jwdt_xl.standard.names import split


@pytest.mark.parametrize(
    ("product", "divisions"),
    [  # the classes of GB/T 4754-2017: 3011 水泥制造, 3391 黑色金属铸造, 3120 炼钢, 2221 机制纸, 4411 火力发电, 1713 棉印染
        ("普通硅酸盐水泥", "30"), ("Ｐ·Ｏ 42.5 水泥", "30"), ("Portland cement", "30"), ("球墨铸铁件", "33"), ("粗钢", "31"),
        ("机制纸", "22"), ("发电量", "44"), ("印染布", "17"),
    ],
)  # fmt: skip
def test_products(product: str, divisions: str) -> None:
    assert divisions in split(industries.of_product(product))


@pytest.mark.parametrize(
    "product", ["", " ", "产品", "水泥搅拌机", "玻璃机械", "钢结构厂房", "0", "#N/A", "-1", "１２"]
)
def test_nothing_is_known(product: str) -> None:
    assert industries.of_product(product) == ""


@pytest.mark.parametrize(
    ("guide", "usual"),
    [("水泥行业减污降碳协同增效评价指南", "30"), ("铸造企业指南", "33"), ("工业行业减污降碳协同增效评价 总则", ""), ("", ""), ("水泥", "")],
)  # fmt: skip
def test_guides(guide: str, usual: str) -> None:
    assert usual in split(industries.of_guide(guide)) if usual else industries.of_guide(guide) == ""


@given(st.sampled_from(sorted(industries.words())), st.text(max_size=6))
def test_what_stands_before_does_not_matter(word: str, before: str) -> None:
    found = industries.of_product(before + word)
    assert found, "a longer word may say more, but never nothing"
    assert set(split(found)) <= set(codes.divisions())
