"""How the sources of weights are combined, as chosen above the rows of that sheet."""

from __future__ import annotations

from ...messages import Text
from ...standard.guide.derivation import DECIMALS, FEWEST_DECIMALS, METHODS, OBJECTIVES, SUBJECTIVES
from ...standard.guide.weights import ALPHA
from ...standard.record import is_number
from ..layout import Layout, near
from .pieces import Formulas, quoted
from .said import Said

BAD_ALPHA = Text("α 须为 0–1 的数", "α must be a number 0–1")
BAD_DECIMALS = Text(
    f"小数位数须为 {FEWEST_DECIMALS}–{DECIMALS} 的整数",
    f"decimals must be whole, {FEWEST_DECIMALS}–{DECIMALS}",
)
BAD_CHOICE = Text("组合方式、主观或客观来源不是备选项", "method, subjective or objective is none of the list")
_CHOICES = {"method": METHODS, "subjective": SUBJECTIVES, "objective": OBJECTIVES}


def chosen(cell: str, code: str, label: Text) -> str:
    """Whether a cell has a choice, in whatever language."""
    return f'OR({cell}="{code}",{cell}={quoted(label.zh)},{cell}={quoted(label.en)})'


class How(Formulas):
    """The choices, in formulas and in values."""

    def __init__(self, layout: Layout, said: Said) -> None:
        super().__init__(layout)
        self.data = said

    def _chosen(self, name: str, code: str, label: Text) -> str:
        return chosen(near(self.at.how(name)), code, label)

    def _alpha(self) -> str:
        cell = near(self.at.how("alpha"))
        return f'IF({cell}="",{ALPHA!r},{cell})'

    def _unit(self) -> str:
        cell = near(self.at.how("decimals"))
        return f'10^IF({cell}="",{DECIMALS},{cell})'

    def _bad_options(self) -> list[tuple[str, Text]]:
        """What is wrong with how all is combined; a text is no number, and no comparison may meet one."""
        alpha, decimals = near(self.at.how("alpha")), near(self.at.how("decimals"))
        size = f"OR({decimals}<{FEWEST_DECIMALS},{decimals}>{DECIMALS},INT({decimals})<>{decimals})"
        chosen = []
        for name, choices in _CHOICES.items():
            known = ",".join(self._chosen(name, code, label) for code, label in choices.items())
            chosen.append(f'AND({near(self.at.how(name))}<>"",NOT(OR({known})))')
        return [
            (f'IF({decimals}="",FALSE(),IF(ISNUMBER({decimals}),{size},TRUE()))', BAD_DECIMALS),
            (f'IF({alpha}="",FALSE(),IF(ISNUMBER({alpha}),OR({alpha}<0,{alpha}>1),TRUE()))', BAD_ALPHA),
            (f"OR({','.join(chosen)})", BAD_CHOICE),
        ]

    def _bad_option(self) -> Text | None:
        """As _bad_options, of what the file says as it stands."""
        if any(self.data.how.get(name, "") not in ("", *choices) for name, choices in _CHOICES.items()):
            return BAD_CHOICE
        alpha, decimals = self.data.how.get("alpha", ""), self.data.how.get("decimals", "")
        if alpha != "" and not (is_number(alpha) and 0 <= alpha <= 1):
            return BAD_ALPHA
        fits = is_number(decimals) and decimals == int(decimals)
        if decimals != "" and not (fits and FEWEST_DECIMALS <= decimals <= DECIMALS):
            return BAD_DECIMALS
        return None

    def _number(self, name: str, default: float) -> float:
        given = self.data.how.get(name, "")
        return float(given) if is_number(given) else default
