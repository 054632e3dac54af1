"""The results of a survey by node, as `jwdt survey` writes them (jwdt-survey/1): what a guide takes of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import Any

from ...errors import Refused
from ...messages import ERROR, WARNING, Finding, Text
from ...opening.jsonfile import load
from ...standard.guide.derivation import SurveyResult
from ...standard.questionnaire import TALLY_FORMAT
from ...standard.record import columns


def read_survey(
    path: str | os.PathLike[str], codes: Collection[str] | None = None, notes: list[Finding] | None = None
) -> list[dict[str, Any]]:
    """The entries of `weights` in a tally: code, score, answers, source. Raises Refused with what is wrong.

    codes: those of the tree they are for; a node of another code is an error.
    notes takes what its author should know besides: codes without a weight, errors found when it was made.
    """
    name = os.fspath(path)
    data = load(name)
    if not isinstance(data, Mapping) or data.get("format") != TALLY_FORMAT or not isinstance(data.get("weights"), list):
        text = Text(
            "不是问卷统计结果，须为 {f} 的 JSON，且有 weights — 用 jwdt survey 生成",
            "no tally of a survey, must be JSON of the format {f} with weights — make it with jwdt survey",
        )
        raise Refused((Finding(ERROR, "not-a-tally", name, text.fill(f=TALLY_FORMAT)),))
    findings, results = [], []
    for i, entry in enumerate(data["weights"]):
        where = f"{name} weights[{i}]"
        if not isinstance(entry, Mapping) or not {"code", "score"} <= set(entry):
            text = Text("须有 code 和 score", "needs code and score")
            findings.append(Finding(ERROR, "bad-tally", where, text))
        elif codes is not None and str(entry["code"]) not in codes:
            text = Text(
                "指标树中没有代码“{c}” — 请在问卷的对应关系中改用本指南的代码",
                "the index tree has no code “{c}” — map the survey to the codes of this guide",
            )
            findings.append(Finding(ERROR, "unknown-code", where, text.fill(c=entry["code"])))
        else:
            results.append(
                {field: entry[field] for field in columns(SurveyResult) if entry.get(field) not in (None, "")}
            )
    if findings:
        raise Refused(tuple(findings))
    if notes is not None:
        notes += _lacking(name, data, [code for code in codes or () if code not in {r["code"] for r in results}])
    return results


def _lacking(name: str, data: Mapping[str, Any], absent: list[str]) -> list[Finding]:
    """Warnings of a tally that is incomplete for the tree."""
    notes = []
    made = data.get("findings")
    errors = (
        [f for f in made if isinstance(f, Mapping) and f.get("severity") == ERROR] if isinstance(made, list) else []
    )
    if errors:
        text = Text(
            "统计时有 {n} 个错误，例如：{t} — 请改正后重新运行 jwdt survey",
            "errors when this tally was made: {n}, such as: {t} — correct them and run jwdt survey again",
        )
        notes.append(Finding(WARNING, "tally-with-errors", name, text.fill(n=len(errors), t=errors[0].get("text", ""))))
    if absent:
        text = Text(
            "没有这些代码的问卷权重：{c} — 其所在组不能由问卷推导",
            "no weights by survey for these codes: {c} — their groups cannot be derived from the survey",
        )
        notes.append(Finding(WARNING, "no-survey-weight", name, text.fill(c=", ".join(absent))))
    return notes
