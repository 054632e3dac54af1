"""Numbers that people leave as text: read where they are plainly one number, else nothing is guessed."""

from __future__ import annotations

import re

from ..messages import Text
from .names import INVISIBLE

#: What is all of something comes out of a sum or product, sometimes, with a last binary digit more.
LAST_DIGIT = 1 + 1e-12

_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_PLAIN = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")


#: What people write beside digits, and what to type instead; the first that fits is said.
_ADVICE = (
    (re.compile(r".*[%‰]"), Text("百分数只填数字，5% 填 5", "of a percentage type the digits alone: 5 for 5 %")),
    (re.compile(r"[约近逾超<>≈~≤≥±].*|.*(?:左右|以上|以下|多|余|±).*"), Text("请填确定的数", "type one certain number")),
    (re.compile(r"[0-9.,]+[千万亿].*"), Text("请换算后填全数，3.2万 填 32000", "type it in full: 32000 for 3.2万")),
    (re.compile(r"[+-]?[0-9.,]*[0-9],[0-9.,]*"), Text("逗号只作千分位(1,234)，小数点用 .", "commas stand between thousands only (1,234), the decimal sign is a dot")),
    (re.compile(r"[0-9.]+[eE][+-]?[0-9]+"), Text("请填全数，不用指数写法", "type it in full, not as a power")),
)  # fmt: skip
_DIGITS = Text("请只填数字，单位填在单位栏", "type digits only, the unit has its own column")


def advice(text: object) -> Text:
    """What to type in the place of a text that is not plainly a number."""
    folded = str(text).translate(_HALF_WIDTH).translate(INVISIBLE).strip()
    return next((said for pattern, said in _ADVICE if pattern.fullmatch(folded)), _DIGITS)


def number_of_text(text: str) -> float | None:
    """The number in 447302, 555,901, １２, '12 or with blanks around; None for 1,5, 12 t, 约100, 3.2万."""
    folded = text.translate(_HALF_WIDTH).translate(INVISIBLE).strip().removeprefix("'").strip()
    if not folded.isascii() or not _PLAIN.fullmatch(folded):
        return None
    value = float(folded.replace(",", ""))
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
