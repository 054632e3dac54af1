"""What is typed though no list offers it: the names that papers print, which stand behind those to choose from.

LibreOffice asks about whatever is not in a list. So what the form understands, and what it refuses with a sentence of
its own, is in the list: nobody who copies a word from a paper meets a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..standard.names import fold, split, table

#: People type short names, and longer ones where a paper prints them with what they are counted as: 总磷(以P计).
_SHORT, _QUALIFIED = 7, 12
#: What bills call the heat and the power they are about, which need no name.
BOUGHT: Mapping[str, tuple[str, ...]] = {
    "heat": ("蒸汽", "热力", "热水", "外购蒸汽", "外购热力", "饱和蒸汽", "过热蒸汽", "steam", "heat", "hot water"),
    "electricity": ("电力", "电", "外购电", "外购电力", "网电", "绿电", "光伏", "光伏发电", "electricity", "power", "solar"),
}  # fmt: skip
_WIDE = str.maketrans("()", "（）")


def behind(first: list[str], names: Iterable[Iterable[str]], language: str) -> list[str]:
    """What a list offers, and behind it what is understood besides."""
    chinese, seen, others = language == "zh", {name.casefold() for name in first}, []
    offered = {fold(name) for name in first}
    for name in (name for several in names for name in several):
        spoken = not (name.isascii() and name[0].islower() and len(name) > 3) if chinese else name.isascii()
        qualified = chinese and name.endswith(")") and not name.isascii()
        if not spoken or name[0].isdigit() or len(name) > (_QUALIFIED if qualified else _SHORT):
            continue
        # a list knows no width: brackets stand in it as they are typed
        for one in (name, name.translate(_WIDE)) if qualified else (name,) if fold(name) not in offered else ():
            if one.casefold() not in seen:
                seen.add(one.casefold())
                others.append(one)
        offered.add(fold(name))
    return [*first, *others]


def refused() -> Iterator[str]:
    """The names of pollutants that the form refuses with a hint that says what to enter."""
    return (name for row in table("annex_b_refused") if row["hint"] for name in split(row["names"]))
