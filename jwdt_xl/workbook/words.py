"""What a form says by what its guide evaluates: enterprises and whoever fills in their tables; or a park or city, of which
only a few sheets are asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from ..assessment.checks.completeness import tables_needed
from ..messages import Text
from ..standard.guide import Guide
from ..standard.guide.subjects import ENTERPRISE
from . import kept, plan, texts

Line = tuple[Text, Text | None]


def section_title(guide: Guide, section: str) -> Text:
    if section == "boundary" and guide.evaluates != ENTERPRISE:
        return guide.subject.boundary.label
    return guide.subject.heading if section == "enterprise" else plan.SECTION_TITLES[section]


def lead(guide: Guide, sheet: str) -> Text:
    """What a sheet is for."""
    if guide.is_plain:
        return _named(_LEADS.get(sheet) or texts.LEADS[sheet], guide)
    if sheet in _AMOUNTS and sheet not in tables_needed(*guide.indicators):
        return texts.NO_LEAD
    return _named(texts.LEADS[sheet], guide)


def howto_lead(guide: Guide) -> Text:
    return _named(_HOWTO_LEAD if guide.is_plain else texts.HOWTO_LEAD, guide)


def steps(guide: Guide) -> Sequence[Text]:
    if not guide.is_plain:
        return [_named(step, guide, a=_amounts(guide)) for step in texts.STEPS]
    asked = [
        step
        for step, needed in (
            (_INPUTS, guide.inputs),
            (_ENTERED, _enters(guide)),
            (_QUESTIONS, "qualitative" in kept.forms(guide)),
        )
        if needed
    ]
    lines = [_FIRST, *asked, _BENCHMARKS, _LAST]
    return [
        Text(f"{i}. {said.zh}", f"{i}. {said.en}") for i, said in enumerate((_named(line, guide) for line in lines), 1)
    ]


def steps_title(guide: Guide) -> Text:
    if not guide.is_plain:
        return texts.STEPS_TITLE
    count = len(steps(guide))
    return Text(f"{'一二三四五六七八'[count - 1]}步", f"{count} steps")


@lru_cache(maxsize=16)
def contents(guide: Guide) -> Mapping[str, Line]:
    """The sheets of the contents list: what they hold, and when they are needed."""
    if not guide.is_plain:
        return {
            **texts.CONTENTS,
            "enterprise": (_named(texts.CONTENTS["enterprise"][0], guide), texts.CONTENTS["enterprise"][1]),
        }
    there = kept.sheets(guide)
    own: Mapping[str, Line] = {key: (_named(said, guide), texts.CONTENTS[key][1]) for key, said in _CONTENTS.items()}
    return {key: own.get(key, line) for key, line in texts.CONTENTS.items() if key in there}


@lru_cache(maxsize=16)
def counted(guide: Guide) -> Sequence[str]:
    """The sheets and tables whose input is looked over in the contents list."""
    return tuple(name for name in texts.COUNTED if name in contents(guide))


def where_from(guide: Guide) -> Sequence[Text]:
    return _WHERE if guide.is_plain else texts.WHERE


def file_notes(guide: Guide) -> Sequence[Text]:
    return texts.FILE_NOTES[1:] if guide.is_plain else texts.FILE_NOTES


def _enters(guide: Guide) -> bool:
    return any(node.algorithm.is_entered for node in guide.leaves)


#: The tables of one amount a row, which a guide may do without.
_AMOUNTS = ("pollutants", "materials", "residual_energy")


def _amounts(guide: Guide) -> Text:
    """Which tables of amounts are to be filled in, and how."""
    needed = tables_needed(*guide.indicators)
    asked = [table for table in _AMOUNTS if table in needed]
    if not asked:
        return texts.AMOUNTS[2]
    titles = [plan.SHEETS[table] for table in asked]
    named = Text("".join(f"“{title.zh}”" for title in titles), ", ".join(title.en for title in titles))
    return texts.AMOUNTS[0 if "residual_energy" in asked else 1].fill(t=named)


def _named(text: Text, guide: Guide, **others: Text) -> Text:
    """With the names of what is evaluated and of its sheet."""
    if "{" not in text.zh:
        return text
    return text.fill(u=guide.subject.name, s=guide.subject.sheet, **others)


_LEADS = {
    "enterprise": Text("黄色必填，浅色选填；旁边的“提示”说明还缺什么。两期的范围和口径须一致；没有发生填 0，不知道留空。每个数写明来源和证明：年鉴、公报、监测报告的名称、年份和页码或表号。", "Yellow is needed, light is optional; the hint beside it says what is missing. Same scope and definitions in both periods; 0 if there was none, blank if unknown. Each number names its source and evidence: yearbook, bulletin or monitoring report, with year and page or table."),
    "settings": Text("基准值取自评价指南；指南已给的不能改。填写“不适用理由”即声明该指标不适用，其权重分给同一一级指标的其他指标。", "Benchmarks come from the guide; those that it gives cannot be changed. A reason declares an indicator not applicable: its weight goes to the others of its first level."),
    "quantities": Text("左：填报的量及其变化，缺数即为空。右：生成本文件时的检查结果；填写后的实时提示见“{s}”的“提示”列，完整检查由收表单位进行。", "Left: the amounts entered and their change, blank where one is missing. Right: the findings when this file was made; live hints stand on sheet {s}, whoever collects this file checks it in full."),
}  # fmt: skip
_HOWTO_LEAD = Text(
    "写给第一次填报的人：先填“{s}”，再照下面几步填黄色格；目录随填写显示还缺什么，最后打印“汇总”一页。",
    "For whoever fills this in for the first time: begin with sheet {s}, then follow the steps; the contents list says what is missing; print the page Summary at the end.",
)
_FIRST = Text("“{s}”：{u}的名称、代码、范围和两个时期。", "{s}: name, code and scope of the {u}, and both periods.")
_INPUTS = Text("同一页“指南另需填报的量”：照单位填写两期的数，每个量写明来源和证明。", "On the same sheet, what the guide asks for besides: both periods in the unit given, and the source and evidence of each amount.")  # fmt: skip
_ENTERED = Text("同一页“直接填报的指标”：填写指标值，每个值写明来源和证明。", "On the same sheet, indicators that are entered: the value, and its source and evidence.")  # fmt: skip
_QUESTIONS = Text("“定性”：回答并写证明材料。", "Qualitative: answers and evidence.")
_BENCHMARKS = Text("“基准与权重”：不适用的指标写理由；指南没有给的基准值填写基准值和来源。", "Benchmarks and weights: a reason for what is not applicable; benchmarks that the guide does not give, with their source.")  # fmt: skip
_LAST = Text("回到本页看目录：点表名跳转，直到都“完成”；然后看“汇总”，一页 A4 可直接打印。", "Back here: the contents list leads to what is open; when all is done, Summary is one A4 page to print.")  # fmt: skip
_CONTENTS = {
    "enterprise": Text("{u}名称、代码、范围、时期，填报的量和指标值", "name, code, scope and periods of the {u}; amounts and values that are entered"),
    "qualitative": Text("问题及证明材料", "questions and their evidence"),
    "quantities": Text("填报的量、检查结果", "amounts entered, findings"),
    "indicators": Text("各指标、各级的得分及由来", "scores of indicators and of every level, and how they follow"),
    "method": Text("规则及依据、版本记录", "rules, version history"),
}  # fmt: skip
_WHERE = (
    Text("来源：统计年鉴、统计公报、生态环境状况公报、环境监测报告、能源平衡表、温室气体清单。同一指标两期用同一来源和口径；更正过的数用最新公布的数，并写明。", "Sources: statistical yearbooks and bulletins, reports on the state of the environment, monitoring reports, energy balances, greenhouse-gas inventories. Both periods of an indicator from one source and by one definition; of figures that were revised the latest, and say so."),
)  # fmt: skip
