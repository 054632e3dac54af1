"""What a guide says about where its weights come from, as in `fields`: the columns of the records of a derivation."""

from __future__ import annotations

from ...messages import Text
from ...standard.guide import Guide
from ...standard.guide.derivation import Derivation, Expert, Matrix, SampleWeight, SurveyResult
from ...standard.record import TABLE, Spec, columns, specs

_TABLES = {name: spec for name, spec in specs(Derivation).items() if spec.kind == TABLE}
#: How the sources are combined; keys of the table derivation of a guide file.
HOW: dict[str, Spec] = columns(Derivation)
EXPERT, MATRIX, SURVEY_RESULT, SAMPLE = columns(Expert), columns(Matrix), columns(SurveyResult), columns(SampleWeight)
#: The arrays of the table derivation, with what an entry says.
ENTRIES: dict[str, dict[str, Spec]] = {name: columns(spec.of) for name, spec in _TABLES.items()}
TITLES: dict[str, Text] = {
    **{name: spec.label for name, spec in _TABLES.items()},
    "combination": Text("权重组合", "Weights combined"),
}
#: The layout of workbooks that came with a sheet.
SINCE = {name: max(2, _TABLES[name].since if name in _TABLES else 2) for name in TITLES}
LEADS: dict[str, Text] = {
    **{name: spec.help for name, spec in _TABLES.items()},
    "combination": Text("每组同级指标：主观(专家、问卷)与客观(AHP，或样本的熵权、CRITIC)组合为份额，乘上级权重即为占总分的权重，指标树的“采用权重”随之更新。没有任何推导的组保持指标树中填写的权重。", "Per group of siblings: subjective (experts, survey) and objective (AHP, or entropy or CRITIC of a sample) are combined into shares; times the parent's weight they are the weights in the total, which the index tree shows as weight in use. Groups without any of these keep the weight typed in the tree."),
}  # fmt: skip
DERIVATION, DERIVATION_LEAD = specs(Guide)["derivation"].label, specs(Guide)["derivation"].help
