"""What a guide asks for itself: inputs of an amount a period, of which its own formulas are made."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from ...messages import Text
from ..quantities import Quantity, key_of
from ..record import NO_TEXT, both, choice, record, text
from .nodes import CODE_RULE, Range, check_range

REPORT, BOTH = "report", "both"
PERIODS = {
    BOTH: Text("基准期和报告期", "base and report period"),
    REPORT: Text("只报告期", "report period only"),
}


class Input(NamedTuple):
    """An amount that enterprises enter because the guide asks for it."""

    # fmt: off
    code: Annotated[str, text("代码", "code", "字母、数字、下划线；算法以此代码引用", "letters, digits, _; formulas name it by this code", True, always=True, rule=CODE_RULE)]
    name: Annotated[Text, both("名称", "name", "填报的量，例如 回用水量", "what is entered, e.g. reused water", True, always=True)] = NO_TEXT
    unit: Annotated[Text, both("单位", "unit", "企业按此单位填报，例如 m3", "enterprises enter it in this unit, e.g. m3", True, always=True)] = NO_TEXT
    periods: Annotated[str, choice("时期", "periods", "两期(默认)或只报告期；与基准期比较的算法须两期", "both periods (default) or the report period only; formulas that compare them need both", PERIODS, quiet=True)] = BOTH
    help: Annotated[Text, both("口径", "what counts", "计入什么、不计什么、见什么台账", "what counts and what does not, and in which ledger it stands")] = NO_TEXT
    range: Annotated[Range | None, record(Range, read=check_range, listed=True)] = None
    source: Annotated[str, text("来源", "source", "口径的出处；不填则与指南来源相同", "where it is defined; that of the guide if left out")] = ""
    # fmt: on

    @property
    def key(self) -> str:
        return key_of(self.code)

    @property
    def asked(self) -> tuple[str, ...]:
        """The periods that it is asked for."""
        return ("report",) if self.periods == REPORT else ("base", "report")

    @property
    def quantity(self) -> Quantity:
        title = Text(f"{self.name.zh} {self.unit.zh}", f"{self.name.en} {self.unit.en}")
        return Quantity(self.key, self.name, self.unit, (), f"inputs.{self.code}", title=title, absent=self.name)
