"""Why numbers of two years are not of the same thing, in the words that the trend of one and the years of many share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...messages import Text, joined, number
from ...standard.guide.options import OPTIONS

#: The same quantity of the same year in two files is the same to this part; more is a restatement.
WITHIN = 1e-3
Numbers = Mapping[str, "float | None"]


def same(one: float, other: float) -> bool:
    """Whether two statements of a quantity are one."""
    return abs(one - other) <= WITHIN * max(abs(one), abs(other))


def restated(label: str, names: Mapping[str, Text], reported: Numbers, now: Numbers) -> Iterator[Text]:
    """The base period of a return against what was reported of the same year, by quantity."""
    for key, name in names.items():
        one, other = reported.get(key), now.get(key)
        if one is not None and other is not None and not same(one, other):
            yield _RESTATED.fill(l=label, n=name, o=number(one, 6), m=number(other, 6))


def differ(old: str, new: str) -> bool:
    """Whether two descriptions of a boundary are different ones, blanks aside."""
    return old.split() != new.split()


def boundary(old: str, new: str) -> Text:
    return _BOUNDARY.fill(o=old or "-", n=new or "-")


def product(old: tuple[str, str], new: tuple[str, str]) -> Text:
    """Each the product and its unit."""
    return _PRODUCT.fill(o=" ".join(old), n=" ".join(new))


def options(names: Iterable[str]) -> Text:
    labels = {option.name: option.label for option in OPTIONS}
    return _OPTIONS.fill(o=joined([labels.get(name, Text(name, name)) for name in names]))


_RESTATED = Text(
    "{l} 的{n}重新核定：当年报 {o}，现为 {m}", "the {n} of {l} was restated: {o} as reported then, {m} now"
)
_BOUNDARY = Text("核算边界改变：“{o}” → “{n}”", "the boundary changed: “{o}” → “{n}”")
_PRODUCT = Text("产品或单位改变：{o} → {n}", "product or unit changed: {o} → {n}")
_OPTIONS = Text("方法选项改变：{o}", "options of the method changed: {o}")
