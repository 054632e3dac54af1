"""How formulas find a thing by its name: in a flat list of folded names, by an exact match.

MATCH alone is blind to case and takes ~ * ? for wildcards, and MATCH over an array of conditions is not computed alike
everywhere: what MATCH finds must therefore be the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What typing differs in: blanks, brackets and dashes of either width.
ALIKE = ((" ", ""), ("　", ""), ("（", "("), ("）", ")"), ("－", "-"), ("–", "-"))


def folded(name: str) -> str:
    """The form in which the lists keep a name and formulas look for it."""
    for typed, meant in ALIKE:
        name = name.replace(typed, meant)
    return name.upper()


def folding(cell: str, letters: str = "") -> str:
    """The same as a formula; letters: those that it takes in full width, too. ASC is not everywhere, and each costs room."""
    for typed, meant in ALIKE:
        cell = f'SUBSTITUTE({cell},"{typed}","{meant}")'
    cell = f"UPPER({cell})"
    for letter in letters:
        cell = f'SUBSTITUTE({cell},"{wide(letter)}","{letter}")'
    return cell


def wide(text: str) -> str:
    """As an input method for Chinese writes it."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


#: No longer words are typed without a look at the width.
_SHORT = 5


def letters_of(keys: Iterable[str]) -> str:
    """The letters of short words, and the slash between them: what is worth being taken in full width."""
    keys = tuple(keys)
    words = [word for key in keys for word in re.findall("[A-Z0-9]+", key) if len(word) <= _SHORT]
    return "".join(sorted({*"".join(words), *("/" for key in keys if "/" in key)}))


#: The letters of t, kg, tce, kWh, GJ and m3.
UNIT_LETTERS = "3CEGHJKMNTW"
#: The unit that small letters alone tell from Mg.
MILLIGRAM = "mg"


def unit_key(text: str) -> str:
    """How the lists keep a unit: case does not matter, but Mg is not mg."""
    return text if text == MILLIGRAM else folded(text)


def unit_folding(cell: str) -> str:
    """The same as a formula."""
    return f'IF(EXACT(TRIM({cell}),"{MILLIGRAM}"),"{MILLIGRAM}",{folding(cell, UNIT_LETTERS)})'


def place_in(listed: str, text: str, *, literally: bool = False) -> str:
    """The place of a text in a list, an error where it is none of its texts.

    literally: where what is looked for may stand in the list with wildcards of its own.
    """
    at = f"MATCH({literal(text) if literally else text},{listed},0)"
    return f"IF(EXACT(INDEX({listed},{at}),{text}),{at},NA())"


def literal(text: str) -> str:
    """A text as MATCH is to look for it: wildcards as such."""
    for character in "~*?":
        text = f'SUBSTITUTE({text},"{character}","~{character}")'
    return text
