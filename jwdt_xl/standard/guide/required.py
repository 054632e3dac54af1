"""Pollutants that every return by a guide must contain: what is left out is not counted, which raises the score [choice].

The standard asks for completeness and lists none; a guide may name those that its sector cannot be without.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from ...errors import JwdtError
from ...messages import Text
from ..equivalents import MEDIUM_NAMES, Pollutant, find_pollutant, named
from ..names import alike
from ..quantities import QUANTITIES
from ..record import Errors, choice, short, text
from .nodes import Node

#: Formulas of the workbook, of at most 8,192 characters, go through all of them.
MOST = 20
TABLE = "pollutants"


class RequiredPollutant(NamedTuple):
    """A pollutant that every return must state, with 0 in both periods where there is none."""

    # fmt: off
    pollutant: Annotated[str, text("污染物", "pollutant", "附录B或排污许可中的名称，例如 氮氧化物；颗粒物请分烟尘、一般性粉尘", "as in Annex B or the discharge permit, e.g. NOx; particulates as soot or general dust", True, always=True)] = ""
    medium: Annotated[str, choice("介质", "medium", "两种介质都有此名称时须填；留空为名称所属的介质，只记录的污染物为任一介质", "needed where both media have the name; blank is the medium it belongs to, of what is recorded only either", MEDIUM_NAMES)] = ""
    source: Annotated[str, text("来源", "source", "为何必报，例如 行业排污许可技术规范；不填则与指南来源相同", "why it is required, e.g. the permit specification of the sector; that of the guide if left out")] = ""
    # fmt: on

    @property
    def found(self) -> Pollutant:
        """What the name stands for. Raises JwdtError where it stands for none, or for several."""
        return find_pollutant(self.pollutant, self.medium or None)

    def takes(self, item: tuple[str, str], medium: str) -> bool:
        """Whether a pollutant is this one, by its table and number; one with an own value keeps those."""
        return item == self.found.item and self.medium in ("", medium)

    @property
    def media(self) -> set[str]:
        """The media that it may be stated in."""
        return {self.medium} if self.medium else {p.medium for p in named(self.pollutant)}

    @property
    def title(self) -> Text:
        """Its name, with the medium where that is one."""
        found = self.found
        if len(self.media) > 1:
            return found.name
        medium = MEDIUM_NAMES[found.medium]
        return Text(f"{found.name.zh}（{medium.zh}）", f"{found.name.en} ({medium.en})")


def uses_pollutants(node: Node) -> bool:
    """Whether an indicator is computed from the table of pollutants."""
    return any(QUANTITIES[key].table == TABLE for key in node.whole_needs if key in QUANTITIES)


def check(required: tuple[RequiredPollutant, ...], leaves: tuple[Node, ...], found: Errors) -> None:
    """Each is known and stands once, and an indicator counts pollutants."""
    seen: set[tuple[tuple[str, str], str]] = set()
    for i, each in enumerate(required):
        where = f"required_pollutants[{i}]"
        if each.medium not in ("", *MEDIUM_NAMES):
            text_ = Text("介质须为 {a}，实为“{v}”{h}", "the medium must be {a}, got “{v}”{h}")
            listed = " | ".join(MEDIUM_NAMES)
            said = text_.fill(a=listed, v=short(each.medium), h=alike(each.medium, MEDIUM_NAMES))
            found.add(f"{where}.medium", said, "bad-required-pollutant")
            continue
        if not each.pollutant.strip():
            text_ = Text("请写明污染物的名称", "name the pollutant")
            found.add(f"{where}.pollutant", text_, "bad-required-pollutant")
            continue
        try:
            one = each.found
        except JwdtError as error:
            found.add_error(f"{where}.pollutant", error)
            continue
        keys = {(one.item, medium) for medium in each.media}
        if keys & seen:
            text_ = Text("必报污染物“{n}”写了两次；请删去一行", "“{n}” is required twice; take one row out")
            found.add(f"{where}.pollutant", text_.fill(n=each.title), "bad-required-pollutant")
        seen |= keys
    if required and leaves and not any(map(uses_pollutants, leaves)):
        text_ = Text(
            "没有指标用到污染物，必报污染物不起作用；请删去",
            "no indicator counts pollutants: what is required here has no effect; take it out",
        )
        found.add("required_pollutants", text_, "bad-required-pollutant")
