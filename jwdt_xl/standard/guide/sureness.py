"""How far data may be off, where a guide states others than the usual: relative standard uncertainties of the method, part 8."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from ...messages import Text, joined
from ..record import Errors, choice, number, short, text
from ..uncertainties import LARGEST, OF_DEFAULT_FACTOR, OF_GRADE, grade_key

#: Of what: an amount by its quality grade, or a default factor by the kind of bill.
OF = {
    **{grade_key(grade): Text(f"质量等级 {grade}", f"quality grade {grade}") for grade in OF_GRADE},
    "fuel": Text("燃料缺省因子", "default factor of fuels"),
    "electricity": Text("电网因子", "grid factor"),
    "process": Text("过程缺省因子", "default factor of processes"),
    "heat": Text("热力缺省因子", "default factor of heat"),
}
assert set(OF) == {*map(grade_key, OF_GRADE), *OF_DEFAULT_FACTOR}


class Sureness(NamedTuple):
    """A relative standard uncertainty that holds under the guide."""

    # fmt: off
    of: Annotated[str, choice("对象", "of", "质量等级，或缺省因子的种类", "a quality grade, or the kind of a default factor", OF, required=True)] = ""
    uncertainty: Annotated[float, number("相对标准不确定度", "relative standard uncertainty", "大于 0、至多 1，例如 0.05（5 %）", "above 0, at most 1, e.g. 0.05 (5 %)", True)] = 0.0
    source: Annotated[str, text("来源", "source", "依据的文件", "the document it rests on")] = ""
    # fmt: on


def check(stated: tuple[Sureness, ...], found: Errors) -> None:
    """Each once, of something that there is, above 0 and at most 1."""
    seen: set[str] = set()
    for i, each in enumerate(stated):
        if each.of not in OF or each.of in seen:
            text_ = Text("对象须为 {a}，各写一次，实为“{v}”", "must be of {a}, each once, got “{v}”")
            listed = joined([Text(f"{key} {name.zh}", f"{key} {name.en}") for key, name in OF.items()])
            found.add(f"uncertainties[{i}].of", text_.fill(a=listed, v=short(each.of)), "bad-uncertainty")
        seen.add(each.of)
        if not 0 < each.uncertainty <= LARGEST:
            wrong = Text("不确定度须大于 0、至多 1，实为 {v}", "an uncertainty must be above 0 and at most 1, got {v}")
            found.add(f"uncertainties[{i}].uncertainty", wrong.fill(v=short(each.uncertainty)), "bad-uncertainty")
