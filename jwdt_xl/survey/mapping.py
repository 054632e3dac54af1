"""From options to indicators: which option of the survey speaks for which indicator of a guide, as its author maps them.

Weights are shares among siblings: the children of one node of the guide, since that is where weights are combined.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ..errors import JwdtError, Refused
from ..messages import ERROR, WARNING, Finding, Text
from ..opening.container import read
from ..opening.refusals import refused
from ..standard.guide import Guide, Node
from ..standard.questionnaire import (
    KIND_NAMES,
    SINGLE,
    Link,
    Own,
    Survey,
    SurveyWeight,
    annex_a,
    survey_weights,
)
from .opened import read_text
from .values import plain

FORMAT = "jwdt-survey-map/1"
_HEADING = ("question", "option", "code")
_LARGEST = 1 << 20


class Links(NamedTuple):
    """The links of a file, and the nodes whose children get weights ("" are the first levels)."""

    links: tuple[Link, ...]
    parents: tuple[str, ...]
    places: Mapping[Link, str]


class GroupWeights(NamedTuple):
    """The weights of siblings: shares of their scores; their sum is 1."""

    parent: str
    weights: tuple[SurveyWeight, ...]


def starter(guide: Guide, own: Own | None = None) -> str:
    """A commented map file to fill in; valid as it stands, with nothing mapped but a guide's own questions."""
    questionnaire = own.questionnaire if own else annex_a()
    codes = {(link.question, link.option): link.indicator for link in own.links} if own else {}
    parents = own.parents if own else leaf_parents(guide)
    lines = [_HEAD.zh, _HEAD.en, f'format = "{FORMAT}"', ""]
    lines += [str(_PARENTS), f"parents = [{', '.join(_quoted(parent) for parent in parents)}]", ""]
    lines += [f"# {Text('指标代码', 'codes')} ({guide.id}):"]
    for node in guide.nodes:
        depth = len(list(_ancestors(guide, node)))
        lines.append(f"#   {'  ' * depth}{node.code}  {node.name}")
    for question in questionnaire.questions:
        if question.kind == SINGLE:  # about the people, not about indicators
            continue
        lines += [
            "",
            f"# {question.number}. {KIND_NAMES[question.kind]}: {question.text}",
            f"[question.{question.number}]",
        ]
        lines += [
            f'{place} = "{codes.get((question.number, place), "")}"  # {option}'
            for place, option in enumerate(question.options, 1)
        ]
    return "\n".join(lines) + "\n"


_HEAD = Text(
    "# 问卷选项 → 指标：在引号中填指标代码；一个选项对应几个指标写 [\"2\", \"3\"]；不对应的留空。\n"
    "# 权重 ∝ 所对应选项的得分之和 [choice]。同一上级的指标须全部有对应；排序题与选择题不能混在同一上级之下。",
    "# Options -> indicators: write an indicator's code between the quotes, [\"2\", \"3\"] for several, nothing for none.\n"
    "# Weights are in proportion to the sum of the scores of the options [choice]. All children of a node need options, of one kind of question.",
)  # fmt: skip
_PARENTS = Text(
    '# 为哪些上级的下级求权重（"" 为一级指标）；不需要的删去。',
    '# The nodes whose children get weights ("" is the first levels); delete what is not wanted.',
)


def _quoted(text: str) -> str:
    return tomlkit.string(text).as_string()


def _ancestors(guide: Guide, node: Node) -> Iterator[Node]:
    while node.parent:
        node = guide.by_code[node.parent]
        yield node


def leaf_parents(guide: Guide) -> tuple[str, ...]:
    """The nodes whose children are indicators, in the guide's order; "" where a first level is one itself."""
    return tuple(dict.fromkeys(node.parent or "" for node in guide.leaves))


def own_map(own: Own) -> Links:
    """The links of a guide's own questions: each option is an indicator."""
    return Links(own.links, own.parents, {link: f"{link.question}.{link.option}" for link in own.links})


def read_map(path: str, guide: Guide) -> Links:
    """A map file, TOML or CSV. Raises Refused with the place of every mistake."""
    is_table = path.lower().endswith((".csv", ".txt", ".tsv"))
    found = _from_csv(path) if is_table else _from_toml(path)
    wrong = []
    known = {node.code for node in guide.nodes}
    for link in found.links:
        if link.indicator not in known:
            text = Text("指南“{g}”没有代码“{c}”，可用：{a}", "the guide “{g}” has no code “{c}”; there are: {a}").fill(
                g=guide.id, c=link.indicator, a=", ".join(known_codes(guide))
            )
            wrong.append(Finding(ERROR, "unknown-code", found.places[link], text))
    for parent in found.parents:
        if parent and not _children(guide, parent):
            text = Text("指南“{g}”中“{c}”没有下级", "in the guide “{g}”, “{c}” has no children").fill(
                g=guide.id, c=parent
            )
            wrong.append(Finding(ERROR, "unknown-parent", f"{os.path.basename(path)} parents", text))
    if wrong:
        raise Refused(tuple(wrong))
    return found if found.parents else found._replace(parents=leaf_parents(guide))


def known_codes(guide: Guide) -> list[str]:
    return [node.code for node in guide.nodes]


def _children(guide: Guide, parent: str) -> list[Node]:
    return [node for node in guide.nodes if (node.parent or "") == parent]


def _from_toml(path: str) -> Links:
    name = os.path.basename(path)
    try:
        data: dict[str, Any] = tomlkit.parse(read(path, _LARGEST).decode("utf-8-sig")).unwrap()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise refused(path, "not-toml", "不是可读的 TOML：{e}", "no readable TOML: {e}", e=error) from error
    if data.get("format") != FORMAT:
        raise refused(
            path, "bad-format", "format 须为 {f} — 请用 jwdt survey map 生成", "format must be {f} — make one with jwdt survey map", f=FORMAT
        )  # fmt: skip
    questions, parents = data.get("question", {}), data.get("parents", [])
    unknown = set(data) - {"format", "parents", "question"}
    shaped = isinstance(questions, dict) and all(isinstance(options, dict) for options in questions.values())
    if unknown or not shaped or not _texts(parents):
        raise refused(
            path,
            "bad-format",
            "只能有 format、parents（代码的列表）和 [question.题号] — 请用 jwdt survey map 生成后再填",
            "takes format, parents (a list of codes) and [question.NUMBER] only — make one with jwdt survey map",
        )
    places: dict[Link, str] = {}
    for question, options in questions.items():
        for option, codes in options.items():
            where = f"{name} question.{question}.{option}"
            listed = [codes] if isinstance(codes, str) else codes
            if not _texts(listed):
                raise refused(where, "bad-code", "须为代码或代码的列表", "must be a code or a list of codes")
            for code in filter(None, (code.strip() for code in listed)):
                places[Link(_number(question, where), _number(option, where), code)] = where
    return Links(tuple(places), tuple(parents), places)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _number(value: Any, where: str) -> int:
    text = plain(value)
    if not (text.isascii() and text.isdigit()):
        raise refused(where, "bad-number", "须为题号、选项号，实为“{v}”", "must be a number, got “{v}”", v=text[:40])
    return int(text)


def _is_heading(cells: Sequence[str]) -> int:
    return len({plain(cell).casefold() for cell in cells} & set(_HEADING))


def _from_csv(path: str) -> Links:
    """Columns question, option, code; as many rows as links."""
    rows = read_text(path, _LARGEST, _is_heading)
    heading = [plain(cell).casefold() for cell in rows[0]] if rows else []
    if not set(_HEADING) <= set(heading):
        raise refused(path, "no-heading", "须有列：{h}", "must have the columns: {h}", h=", ".join(_HEADING))
    places: dict[Link, str] = {}
    for row, cells in enumerate(rows[1:], 2):
        fields = dict(zip(heading, map(plain, cells), strict=False))
        where = f"{os.path.basename(path)}:{row}"
        if fields.get("code"):
            link = Link(_number(fields["question"], where), _number(fields["option"], where), fields["code"])
            places[link] = where
    return Links(tuple(places), (), places)


def weights(survey: Survey, mapping: Links, guide: Guide) -> tuple[list[GroupWeights], list[Finding]]:
    """The weights of every group of siblings asked for. An indicator without an option is an error."""
    groups: list[GroupWeights] = []
    findings: list[Finding] = []
    used: set[Link] = set()
    for parent in mapping.parents:
        siblings = [node.code for node in _children(guide, parent)]
        links = [link for link in mapping.links if link.indicator in siblings]
        used |= set(links)
        try:
            groups.append(GroupWeights(parent, survey_weights(survey, links, siblings)))
        except JwdtError as error:
            text = Text("“{p}”的下级：{t}", "children of “{p}”: {t}").fill(p=_name(guide, parent), t=error.text)
            findings.append(Finding(ERROR, error.code, f"map {parent or '*'}", text))
            continue
        findings += _cautions(survey, links, guide, parent)
    left = [link for link in mapping.links if link not in used]
    if left:
        text = Text(
            "{n} 条对应关系不在所求的上级之下，未使用：{c}", "{n} links are below no node asked for and not used: {c}"
        )
        names = ", ".join(sorted({link.indicator for link in left}))
        findings.append(Finding(WARNING, "link-unused", "map", text.fill(n=len(left), c=names)))
    return groups, findings


def _name(guide: Guide, parent: str) -> Text:
    return guide.by_code[parent].name if parent else Text("一级指标", "first levels")


def _cautions(survey: Survey, links: Sequence[Link], guide: Guide, parent: str) -> Iterator[Finding]:
    """Scores of rankings of different lengths are no equal measure."""
    sizes = {link.question: len(survey.tally(link.question).counts) for link in links}
    if len(set(sizes.values())) > 1 and survey.tally(links[0].question).composite:
        shown = ", ".join(f"{question}: {size}" for question, size in sorted(sizes.items()))
        text = Text(
            "“{p}”的下级取自选项数不同的排序题（题号: 选项数 {s}），选项多的题满分更高；请确认这是有意的",
            "the children of “{p}” rest on rankings of different lengths (question: options {s}), of which the longer has the higher marks; check that this is meant",
        ).fill(p=_name(guide, parent), s=shown)
        yield Finding(WARNING, "rankings-of-different-length", f"map {parent or '*'}", text)


def source_of(survey: Survey, weight: SurveyWeight) -> Text:
    """Where a weight comes from, in words."""
    parts: dict[int, list[int]] = {}
    for link, _ in weight.parts:
        parts.setdefault(link.question, []).append(link.option)
    return Text(
        "；".join(f"问卷第 {q} 题选项 {'、'.join(map(str, o))}（作答 {survey.tally(q).answered} 人）" for q, o in parts.items()),
        "; ".join(f"survey question {q}, option {', '.join(map(str, o))} ({survey.tally(q).answered} answered)" for q, o in parts.items()),
    )  # fmt: skip


def answers_of(survey: Survey, weight: SurveyWeight) -> int:
    """How many people the weight rests on: the fewest who answered one of its questions."""
    return min(survey.tally(link.question).answered for link, _ in weight.parts)
