"""What a guide evaluates: read, written, left out where it is enterprises; what a guide for cities cannot have; division codes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jwdt_xl.authoring import dump, load, loads
from jwdt_xl.errors import JwdtError, Refused
from jwdt_xl.standard import codes
from jwdt_xl.standard.guide import builtin, from_dict, to_dict
from jwdt_xl.standard.guide.subjects import SUBJECTS

from .regions import GROUPS, city_data, city_guide, park_data

#: Of the guides as they were before one could say what it evaluates.
HASHES = {
    "zhejiang-index": "2576612db5cafa35", "dapeng-index": "a5f7ee42fa7ad1a3", "cement": "fa0b3b59532dfc8a",
    "flat-glass": "0eaefe93bf7633b3", "four-levels": "6257198507b9c01c", "paper": "0d3656e8e4ad3751",
}  # fmt: skip


def wrong(data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        from_dict(data, strict=True)
    return [(finding.where, finding.code) for finding in refused.value.findings]


@pytest.mark.parametrize(("name", "digest"), HASHES.items())
def test_shipped_guides_are_what_they_were(name: str, digest: str) -> None:
    """The drafts for Zhejiang and Dapeng stay as the note prints them: whoever completes one says what it evaluates."""
    guide = load(name)
    assert (guide.hash, guide.evaluates) == (digest, "enterprise")
    assert "evaluates" not in to_dict(guide)


def test_the_built_in_guide_is_what_it_was() -> None:
    assert builtin().hash == "e4380fe45fe39053" and not builtin().is_plain
    said = from_dict({**to_dict(builtin()), "evaluates": "enterprise"})
    assert said.hash == from_dict(to_dict(builtin())).hash


def test_a_city_is_another_guide_and_comes_back() -> None:
    guide = city_guide()
    assert guide.is_plain and guide.subject is SUBJECTS["city"]
    assert [node.code for node, _ in guide.groups] == GROUPS
    assert [level for _, level in guide.groups] == [0, 1, 1, 1, 0, 1, 1, 0, 1]
    assert guide.members["environment"] == {"air", "water"} and guide.members["effect"] == {
        "air",
        "water",
        "intensity",
        "fall",
    }
    assert list(guide.quantities) == ["input_co2", "input_gdp", "input_nonfossil", "input_energy"]
    assert from_dict(to_dict(guide), strict=True).hash == guide.hash
    for language in ("zh", "en"):
        assert 'evaluates = "city"' in dump(guide, language)
        assert loads(dump(guide, language)).hash == guide.hash
    assert from_dict(park_data(), strict=True).hash != guide.hash


def test_words_of_a_form_do_for_the_code() -> None:
    assert from_dict(city_data(evaluates="城市")).evaluates == "city"
    assert (
        from_dict(city_data(evaluates="park")).evaluates == from_dict(city_data(evaluates="园区")).evaluates == "park"
    )


@pytest.mark.parametrize("said", ["province", "企业 ", 1, True, ["city"], {"a": 1}, "ｃｉｔｙ", "cit", "\x00"])
def test_what_is_none_of_them(said: Any) -> None:
    if said == "企业 ":  # blanks around a word are no other word
        assert from_dict(city_data(evaluates=said)).evaluates == "enterprise"
    else:
        assert ("evaluates", "bad-subject") in wrong(city_data(evaluates=said)) or ("evaluates", "not-text") in wrong(
            city_data(evaluates=said)
        )


def test_nothing_said_is_an_enterprise() -> None:
    for said in ("", None):
        assert from_dict(city_data(evaluates=said)).evaluates == "enterprise"


@pytest.mark.parametrize("formula", ["synergy", "carbon_intensity", "nonfossil_share", "policy", "management"])
def test_a_city_has_no_product_bills_or_plant(formula: str) -> None:
    data = city_data()
    leaf = next(node for node in data["nodes"] if node["code"] == "plan")
    leaf |= {"formula": formula}
    found = wrong(data)
    assert any(code == "formula-of-enterprises" and where.endswith(".formula") for where, code in found)


def test_nor_an_enterprises_sums() -> None:
    data = city_data()
    leaf = next(node for node in data["nodes"] if node["code"] == "intensity")
    leaf["of"] = ["co2e"]
    assert any(code == "quantity-of-enterprises" for _, code in wrong(data))
    parks = {**data, "evaluates": "park"}
    assert not from_dict(parks, strict=True).is_plain  # a park may have bills: all sheets are there


@given(st.integers(0, 999_999))
def test_division_codes_by_a_plain_rule(number: int) -> None:
    code = f"{number:06}"
    assert codes.is_division(code) == (code[:2] in codes.PROVINCES)


@pytest.mark.parametrize(
    ("typed", "code"),
    [(330100, "330100"), (330100.0, "330100"), ("３３０１００", "330100"), (" 330 100 ", "330100"), ("'330100", "330100"), ("330100.0", "330100"), ('="330100"', "330100")],
)  # fmt: skip
def test_as_people_and_programs_write_them(typed: object, code: str) -> None:
    assert codes.division_as_typed(typed) == code
    codes.check_division(code)


@pytest.mark.parametrize("code", ["", "33010", "3301000", "990100", "00000 ", "33O100", "-33010", "1e5000", "杭州市"])
def test_what_is_no_division_code(code: str) -> None:
    with pytest.raises(JwdtError) as error:
        codes.check_division(code)
    assert error.value.code == "bad-division-code"


@pytest.mark.parametrize("typed", [None, True, float("nan"), float("inf"), -330100, 10**30, [], "x"])
def test_what_is_not_a_code_at_all_stays_what_it_is(typed: object) -> None:
    found = codes.division_as_typed(typed)
    assert not (isinstance(found, str) and codes.is_division(found))
