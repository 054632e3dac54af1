"""Which industrial divisions (GB/T 4754-2017) make a product, by the word its name ends in. Which words there are is a choice
of ours: what no word stands for is taken for any industry's, and one of several divisions is as good as another.
"""

from __future__ import annotations

from functools import cache

from .names import fold, split, table

#: What a guide's name says behind the word of its industry.
_OF_AN_INDUSTRY = ("行业", "工业", "企业", "制造", "生产", "业")


@cache
def words() -> dict[str, str]:
    """The divisions by word, as one text with | between them."""
    return {fold(word): row["divisions"] for row in table("products") for word in split(row["words"])}


@cache
def lengths() -> tuple[int, ...]:
    """How long words are, the longest first."""
    return tuple(sorted({len(word) for word in words()}, reverse=True))


def of_product(name: str) -> str:
    """The divisions of a product, by the longest word that its name ends in; "" where it is none of these."""
    folded = fold(name)
    return next((words()[folded[-n:]] for n in lengths() if folded[-n:] in words()), "")


def of_guide(name: str) -> str:
    """The divisions of the industry that a guide is named for; "" where its name says none."""
    folded = fold(name)
    named = (word for word in words() if any(word + kind in folded for kind in _OF_AN_INDUSTRY))
    longest = max(named, key=len, default="")
    return words().get(longest, "")


def is_of(code: str, usual: str) -> bool:
    """Whether an industry code is of one of these divisions, or nothing is known of them."""
    return not usual or code[:2] in split(usual)
