"""Reasons for not applicable that are none: what people type so that the cell is not blank."""

from __future__ import annotations

import re

#: Signs and digits, of half and full width: they say nothing. Written out, since programs differ in what \W is.
_SIGN = (
    r"[\s0-9!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u2190-\u27ff\u3000-\u303f\uff01-\uff20\uff3b-\uff40\uff5b-\uff65]"
)
_WORDS = (
    "无", "没有", "没", "无理由", "没有理由", "无原因", "没有原因", "同上", "同前", "如上", "同", "不适用", "不涉及", "不填", "不需要", "不知", "空", "略", "否", "是",
    "有", "待定", "暂无", "其他", "其它", "none", "no", "nil", "null", "yes", "tbd", "not applicable", "no reason", "as above",
    "same as above", "ditto", "idem", "other",
)  # fmt: skip


def _any_case(word: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() and c.isascii() else c for c in word)


#: What the whole text matches: signs alone, one character, or one of the words between signs.
PATTERN = rf"^{_SIGN}*(?:{'|'.join(map(_any_case, _WORDS))}|[nNｎＮ]{_SIGN}*[aAａＡ]|[^\ud800-\udfff])?{_SIGN}*$"
_IS_NONE = re.compile(PATTERN)


def is_no_reason(reason: str) -> bool:
    """Whether nothing is said: signs or digits alone, 无, 同上, n/a and their like."""
    return _IS_NONE.match(reason) is not None


#: Those that people type most and that are longer than a character, by the language of the form.
COMMON = {"zh": ("没有", "同上", "不适用", "n/a", "none"), "en": ("n/a", "none")}


def excuse(cell: str, language: str) -> str:
    """The same of a cell, as a formula: one character, or an excuse that people type most."""
    common = ",".join(f'LOWER(TRIM({cell}))="{word}"' for word in COMMON[language])
    return f"OR(LEN(TRIM({cell}))=1,{common})"
