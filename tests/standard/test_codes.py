"""The unified social credit code against python-stdnum, and GB/T 4754 codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from jwdt_xl.errors import JwdtError
from jwdt_xl.standard.codes import check_industry, check_uscc, divisions, uscc_check_character

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODY = st.tuples(st.text("0123456789", min_size=8, max_size=8), st.text(CHARACTERS, min_size=9, max_size=9)).map(
    "".join
)


def is_valid(code: str) -> bool:
    try:
        check_uscc(code)
    except JwdtError:
        return False
    return True


@given(BODY)
def test_check_character(body: str) -> None:
    assert uscc_check_character(body) == uscc.calc_check_digit(body)


@given(BODY, st.sampled_from(CHARACTERS))
def test_codes_of_the_right_form(body: str, last: str) -> None:
    assert is_valid(body + last) == uscc.is_valid(body + last)
    assert is_valid(body + uscc_check_character(body))


@given(st.text("0189AIOSVZ９a -", max_size=20))
def test_codes_of_the_wrong_form(code: str) -> None:
    # stdnum forgives blanks, dashes and small letters; the register's form has none
    assert is_valid(code) == (uscc.compact(code) == code and uscc.is_valid(code))


@pytest.mark.parametrize("code", ["91110000600037341L", "91350100M000100Y43", "N1110000600037341P"])
def test_real_looking_codes(code: str) -> None:
    if code[0] == "N":  # farmers' organisations: letters are allowed in the first two places, stdnum lacks them
        code = code[:17] + uscc_check_character(code[:17])
    check_uscc(code)


@given(BODY, st.data())
def test_one_wrong_character_is_noticed(body: str, data: st.DataObject) -> None:
    code = body + uscc_check_character(body)
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([c for c in CHARACTERS if c != code[place]]))
    assert not is_valid(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("91110000600037341", "has 18 digits or capitals"),
        ("91110000600037341l", "has 18 digits or capitals"),
        ("9111000060003734IO", "has 18 digits or capitals"),
        ("911100A0600037341L", "has 18 digits or capitals"),
        ("91110000600037341M", "check character .* does not fit"),
    ],
)
def test_messages(code: str, message: str) -> None:
    with pytest.raises(JwdtError, match=message):
        check_uscc(code)


def test_divisions() -> None:
    assert list(divisions()) == [f"{n:02}" for n in range(6, 47)]
    assert divisions()["30"].zh == "非金属矿物制品业"


@pytest.mark.parametrize("code", ["0610", "3011", "4690"])
def test_industry(code: str) -> None:
    check_industry(code)


@pytest.mark.parametrize("code", ["", "30", "30110", "0511", "4710", "301a", "３０１１", "C3011"])
def test_bad_industry(code: str) -> None:
    with pytest.raises(JwdtError, match="four digits of GB/T 4754, the first two 06–46"):
        check_industry(code)
