"""Codes of what is evaluated and of industries: the unified social credit code (GB 32100), GB/T 2260 and GB/T 4754."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..errors import JwdtError
from ..messages import Text
from .names import INVISIBLE, table

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: GB 32100-2015: 3^i mod 31, and the check character itself.
USCC_WEIGHTS = (*(pow(3, i, 31) for i in range(17)), 1)


def as_typed(value: object) -> object:
    """A code as it is meant: 3011 typed as the number 3011.0, 610 for 0610, ="913…", '913…, small letters, blanks."""
    if isinstance(value, float) and value.is_integer() and not isinstance(value, bool):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 100 <= value < 10_000:  # more have lost digits
        return f"{value:04}"
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFKC", value).translate(INVISIBLE)
    text = "".join(text.split()).upper()
    text = re.sub(r'^=?"(.*)"$', r"\1", text).removeprefix("'")
    return re.sub(r"^([0-9]{3,4})\.0+$", lambda found: found[1].zfill(4), text)


def uscc_check_character(code: str) -> str:
    """The 18th character that belongs to the first 17 (GB 32100-2015)."""
    weighted = sum(CHARACTERS.index(c) * w for c, w in zip(code[:17], USCC_WEIGHTS, strict=False))
    return CHARACTERS[-weighted % 31]


def is_uscc(code: str) -> bool:
    """Whether check_uscc takes it."""
    try:
        check_uscc(code)
    except JwdtError:
        return False
    return True


def check_uscc(code: str) -> None:
    """A unified social credit code: 18 characters of 0–9 and A–Y without I, O, S, V, Z, with a true check character."""
    if len(code) != 18 or any(c not in CHARACTERS for c in code) or not code[2:8].isdigit():
        raise JwdtError(
            Text(
                "统一社会信用代码须为 18 位数字或大写字母(无 I、O、S、V、Z)，实为“{v}”",
                "the unified social credit code has 18 digits or capitals (no I O S V Z), got “{v}”",
            ).fill(v=code),
            "bad-uscc",
        )
    if code[17] != uscc_check_character(code):
        raise JwdtError(
            Text(
                "统一社会信用代码“{v}”校验位不符，请核对",
                "check character of unified social credit code “{v}” does not fit; compare with the licence",
            ).fill(v=code),
            "bad-uscc",
        )


@cache
def divisions() -> dict[str, Text]:
    """The industrial divisions 06–46 of GB/T 4754."""
    return {row["division"]: Text(row["name_zh"], row["name_en"]) for row in table("industry")}


def check_industry(code: str) -> None:
    """A GB/T 4754 code of four digits whose first two are an industrial division."""
    if len(code) != 4 or not (code.isascii() and code.isdigit()) or code[:2] not in divisions():
        raise JwdtError(
            Text(
                "行业代码须为 GB/T 4754 四位数字，前两位为 06–46 的工业大类，实为“{v}”",
                "industry code must be four digits of GB/T 4754, the first two 06–46, got “{v}”",
            ).fill(v=code),
            "bad-industry-code",
        )


#: The first two digits of GB/T 2260: provinces, autonomous regions, municipalities and special administrative regions.
PROVINCES = (
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
)  # fmt: skip


def division_as_typed(value: object) -> object:
    """A division code as it is meant: 330100 typed as a number, in full width, with blanks or an apostrophe."""
    if isinstance(value, float) and value.is_integer() and not isinstance(value, bool):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 100_000 <= value < 1_000_000:
        return str(value)
    found = as_typed(value)
    return re.sub(r"^([0-9]{6})\.0+$", r"\1", found) if isinstance(found, str) else found


def is_division(code: str) -> bool:
    """Whether check_division takes it."""
    return len(code) == 6 and code.isascii() and code.isdigit() and code[:2] in PROVINCES


def check_division(code: str) -> None:
    """A GB/T 2260 code of six digits whose first two are a province; which cities there are changes by the year."""
    if not is_division(code):
        raise JwdtError(
            Text(
                "行政区划代码须为 GB/T 2260 六位数字，前两位为省级代码(11–82)，实为“{v}”；请对照民政部公布的代码填写",
                "the division code has six digits of GB/T 2260, the first two those of a province (11–82), got “{v}”; see the codes that the Ministry of Civil Affairs publishes",
            ).fill(v=code),
            "bad-division-code",
        )


def is_code(code: str) -> bool:
    """Whether a code tells whose a file is: a credit code, or a division code."""
    return is_division(code) or is_uscc(code)
