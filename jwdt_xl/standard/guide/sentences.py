"""How the weight of a node came about, in words."""

from __future__ import annotations

import math

from ...messages import Text, number
from .derivation import CRITIC, ENTROPY, EXPERTS, MEAN, SURVEY, Derivation
from .shares import Group, Share
from .weights import LINEAR

#: What begins the source of a derived weight, which is always written anew.
DERIVED = "推导 derived: "

#: The sentence of a node, piece by piece; the authoring workbook makes its live formulas of the same pieces.
FROM_EXPERTS = Text("专家 {v}（{n} 人{w}）", "experts {v} ({n}{w})")
AGREEMENT = Text("，W {w}", ", W {w}")
FROM_SURVEY = Text("问卷 {v}（{n} 份）", "survey {v} ({n} answers)")
SUBJECTIVE_IS = Text("主观 {v}", "subjective {v}")
OBJECTIVE_IS = Text("客观 {v}（AHP {n} 个矩阵，CR {c}）", "objective {v} (AHP, matrices: {n}, CR {c})")
BY_SAMPLE = {
    ENTROPY: Text("客观 {v}（熵权，样本 {n}）", "objective {v} (entropy weights, sample of {n})"),
    CRITIC: Text("客观 {v}（CRITIC，样本 {n}）", "objective {v} (CRITIC, sample of {n})"),
}
#: In the source of a weight.
_SAMPLE_NAMES = {ENTROPY: "熵权 entropy", CRITIC: "CRITIC"}
BY_ALPHA = Text("α {a} 组合 {v}", "combined by α {a}: {v}")
BY_PRODUCT = Text("相乘归一 {v}", "combined by product: {v}")
ONLY_CHILD = Text("唯一下级", "only child")
RESULT = Text("{s} × {p} = {w}", "{s} × {p} = {w}")
#: Where the factors as they are printed do not multiply to the weight, which is rounded by the rule of the derivation.
ROUNDED = Text("{s} × {p}，取整为 {w}", "{s} × {p}, rounded to {w}")
#: How far a printed product may be from a printed weight that is the same on four digits.
PRINTED = 0.0000500001
NEXT = Text("；", "; ")
#: Digits behind the point of numbers in sentences, after the binary rest behind the twelfth is cut away: else a half like
#: 0.20625 would be rounded up by one program and down by the next.
SHOWN, EXACT = 4, 12


#: What stands in both languages in the source of a weight.
PAIRED = (
    Text("推导", "derived"), Text("专家", "experts"), Text("问卷", "survey"), Text("熵权", "entropy"), Text("相乘", "product"), ONLY_CHILD,
)  # fmt: skip


def shown(value: float | None) -> str:
    """A number in a sentence, halves rounded up."""
    if value is None:
        return ""
    return f"{math.floor(round(value, EXACT) * 10**SHOWN + 0.5) / 10**SHOWN:.{SHOWN}f}"


def source_of(group: Group, share: Share, derivation: Derivation) -> str:
    """The source of a derived weight, in both languages at once as a guide has one text for it."""
    parts = []
    if share.experts is not None and _uses(EXPERTS, share, derivation):
        agreement = "" if group.agreement is None else f" (W {group.agreement:.2f})"
        parts.append(f"专家 experts {group.experts}{agreement}")
    if share.survey is not None and _uses(SURVEY, share, derivation):
        parts.append(f"问卷 survey {number(share.answers, 10) if share.answers is not None else '?'}")
    if group.sample is not None:
        size = group.sample.sampled
        parts.append(f"{_SAMPLE_NAMES[group.objective]} n {'?' if size is None else number(size, 10)}")
    elif group.ahp is not None:
        parts.append(f"AHP {len(group.matrices)} (CR {group.ahp.cr:.3f})")
    if share.subjective is not None and share.objective is not None:
        parts.append(f"α {number(derivation.alpha)}" if derivation.method == LINEAR else "相乘 product")
    return DERIVED + (", ".join(parts) or f"{ONLY_CHILD.zh} {ONLY_CHILD.en}")


def _uses(kind: str, share: Share, derivation: Derivation) -> bool:
    """Whether the subjective share rests on this kind."""
    return derivation.subjective in (MEAN, kind) or share.subjective is None


def sentence(group: Group, share: Share, derivation: Derivation) -> Text:
    """How a node's weight came about, in one sentence."""
    cr = group.ahp.cr if group.ahp else None
    count: float | None = len(group.matrices)
    if group.sample is not None:
        count = group.sample.sampled
    return told(
        (share.experts, group.experts, group.agreement),
        (share.survey, share.answers),
        share.subjective,
        (share.objective, count, cr, group.objective),
        (derivation.method, derivation.alpha, share.combined),
        (group.weight, share.weight),
    )


def told(
    experts: tuple[float | None, int, float | None],
    survey: tuple[float | None, float | None],
    subjective: float | None,
    objective: tuple[float | None, float | None, float | None, str],
    combined: tuple[str, float, float],
    result: tuple[float, float],
) -> Text:
    """The sentence of these numbers: shares with their experts and W, answers, matrices and CR or the size of the sample
    and the kind of objective weights, method and α; the parent's weight and the result. What does not exist is None."""

    pieces = []
    if experts[0] is not None:
        agreement = Text("", "") if experts[2] is None else AGREEMENT.fill(w=shown(experts[2]))
        pieces.append(FROM_EXPERTS.fill(v=shown(experts[0]), n=experts[1], w=agreement))
    if survey[0] is not None:
        answers = "?" if survey[1] is None else number(survey[1], 10)
        pieces.append(FROM_SURVEY.fill(v=shown(survey[0]), n=answers))
    if subjective is not None:
        pieces.append(SUBJECTIVE_IS.fill(v=shown(subjective)))
    if objective[0] is not None:
        size = "?" if objective[1] is None else number(objective[1], 10)
        if objective[3] in BY_SAMPLE:
            pieces.append(BY_SAMPLE[objective[3]].fill(v=shown(objective[0]), n=size))
        else:
            pieces.append(OBJECTIVE_IS.fill(v=shown(objective[0]), n=size, c=shown(objective[2])))
    method, alpha, share = combined
    if subjective is not None and objective[0] is not None:
        linear = method == LINEAR
        pieces.append(BY_ALPHA.fill(a=number(alpha), v=shown(share)) if linear else BY_PRODUCT.fill(v=shown(share)))
    if subjective is None and objective[0] is None:
        pieces.append(ONLY_CHILD)
    printed = [shown(value) for value in (share, *result)]
    one, other, product = map(float, printed)
    told_so = RESULT if abs(one * other - product) <= PRINTED else ROUNDED
    pieces.append(told_so.fill(s=printed[0], p=printed[1], w=printed[2]))
    return Text(NEXT.zh.join(piece.zh for piece in pieces), NEXT.en.join(piece.en for piece in pieces))
