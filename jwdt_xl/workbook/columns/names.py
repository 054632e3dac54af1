"""How formulas find a thing by its name: in a flat list of folded names, by an exact match.

MATCH alone is blind to case and takes ~ * ? for wildcards, and MATCH over an array of conditions is not computed alike
everywhere: what MATCH finds must therefore be the text itself.
"""

from __future__ import annotations

#: What typing differs in: blanks, brackets and dashes of either width.
ALIKE = ((" ", ""), ("　", ""), ("（", "("), ("）", ")"), ("－", "-"), ("–", "-"))


def folded(name: str) -> str:
    """The form in which the lists keep a name and formulas look for it."""
    for typed, meant in ALIKE:
        name = name.replace(typed, meant)
    return name.upper()


def folding(cell: str) -> str:
    """The same as a formula."""
    for typed, meant in ALIKE:
        cell = f'SUBSTITUTE({cell},"{typed}","{meant}")'
    return f"UPPER({cell})"


def widths(key: str) -> tuple[str, ...]:
    """A key, and what stands for it where people type letters in full width, which no formula folds."""
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in key)
    return (key,) if wide == key else (key, wide)


#: The unit that small letters alone tell from Mg.
MILLIGRAM = "mg"


def unit_key(text: str) -> str:
    """How the lists keep a unit: case does not matter, but Mg is not mg."""
    return text if text == MILLIGRAM else folded(text)


def unit_folding(cell: str) -> str:
    """The same as a formula."""
    return f'IF(EXACT(TRIM({cell}),"{MILLIGRAM}"),"{MILLIGRAM}",{folding(cell)})'


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
