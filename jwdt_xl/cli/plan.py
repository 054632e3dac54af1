"""``jwdt plan``: what the measures of a plan gain, and what a single row would have to be for a target."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..assessment import plan as planning
from ..errors import Refused
from ..messages import ERROR, Finding, Text, number
from ..portfolio import Reading, read_file
from ..workbook.plan import SHEETS
from . import BAD_DATA, FINE
from .guides import load_guide
from .options import add_guide, flag, option
from .output import say, say_findings, tell, tell_json
from .paths import Read

if TYPE_CHECKING:
    from ..assessment import Result


#: Where findings about the sheet of measures begin.
_SHEET = tuple(f"{title}!" for title in SHEETS["measures"])


def plan_options(parser: argparse.ArgumentParser) -> None:
    option(
        parser,
        "file",
        "评价文件（.json）或工作簿；措施在 plan 或“改进方案”表中",
        "assessment file (.json) or workbook; measures stand in `plan`, or on the sheet Measures",
        metavar="F",
        type=Read,
    )
    option(
        parser,
        "--target",
        "目标总分：每个单独的行要变为多少才能达到",
        "a total to reach: what each single row would have to be for it",
        type=_target,
        metavar="T",
    )
    option(
        parser,
        "--lever",
        "只看这一行，例如 activity[2]；与 --target 同用",
        "this row only, as activity[2]; goes with --target",
        metavar="ROW",
        type=str,
    )
    flag(parser, "--json", "只输出 JSON", "print JSON alone")
    add_guide(parser)


def _target(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 < found <= 100:
        raise argparse.ArgumentTypeError(str(Text("须大于 0 且不超过 100", "must be above 0 and at most 100")))
    return found


def plan(options: argparse.Namespace) -> int:
    from .output import WrongUse
    from .progress import Progress

    if options.lever and options.target is None:
        raise WrongUse("--lever 须与 --target 同用", "--lever goes with --target")
    reading = read_file(options.file, load_guide(options.guide))
    result = reading.result
    if result is None:
        raise Refused(reading.findings)
    found, left = planning.steps(result), planning.left_out(reading.findings)
    answers = []
    if options.target is not None:
        paths = [options.lever] if options.lever else planning.levers(result.assessment)
        with Progress(Text("试算", "trying"), len(paths)) as progress:
            for path in paths:
                answers.append(planning.answer(result, path, options.target))
                progress.step()
    if options.json:
        tell_json({
            "base_total": result.total,
            "measures": [step.as_dict() for step in found],
            "target": [answer.as_dict() for answer in answers],
            **({"left_out": [finding.as_dict() for finding in left]} if left else {}),
        })  # fmt: skip
    else:
        _show(result, found, len(left), options.target, answers)
    on_sheet = [f for f in reading.findings if f not in left and f.where.startswith(_SHEET)]
    say_findings([*_errors(reading), *left, *on_sheet, *planning.told(result.assessment)])
    unreachable = options.target is not None and not any(answer.needed is not None for answer in answers)
    return BAD_DATA if unreachable or result.total is None or not reading.ok else FINE


def _errors(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.severity == ERROR]


def _show(
    result: Result, found: Sequence[planning.Step], left: int, target: float | None, answers: Sequence[planning.Answer]
) -> None:
    if result.total is None:
        said = Text(
            "有缺失项，没有总分：请先补齐（jwdt check）",
            "something is missing and there is no total: fill it in first (jwdt check)",
        )
        say(said)
    else:
        tell(Text("现总分：{t:.2f}", "total now: {t:.2f}").fill(t=result.total))
    if found:
        _show_steps(result, found, left)
    elif left:
        say(
            Text(
                "措施都不能读，没有计入：见下面的警告",
                "no measure can be read, none is part of the plan: see the warnings below",
            )
        )
    elif target is None:
        said = Text(
            "文件中没有措施：请填写“改进方案”表或评价文件的 plan，或用 --target 求目标",
            "the file has no measures: fill in the sheet Measures, or `plan` of the assessment file, or ask for a --target",
        )
        say(said)
    if target is not None:
        _show_answers(result, target, answers)


def _shown(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _show_steps(result: Result, found: Sequence[planning.Step], left: int) -> None:
    from .tables import Rows, console

    table = Rows(header_style="bold")
    for title, justify in _COLUMNS:
        table.add_column(str(title), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for step, place in zip(found, planning.order(found), strict=True):
        kg, equivalents = step.per_cost or (None, None)
        table.add_row(
            step.measure.name, _shown(step.alone), _shown(step.cumulative), _shown(step.delta_co2e_t, 1),
            _shown(step.delta_equivalents, 1), _shown(step.measure.cost, 1), _shown(kg, 0), _shown(equivalents, 1),
            "–" if place is None else str(place),
        )  # fmt: skip
    console().print(table)
    last = found[-1].cumulative
    if last is not None and result.total is not None:
        cost = sum(step.measure.cost or 0.0 for step in found)
        said = Text("全部实施：{a:.2f} → {b:.2f}，投资 {c} 万元", "all of them: {a:.2f} → {b:.2f}, cost {c} 10^4 yuan")
        if left:
            said = Text(
                "表中所列实施：{a:.2f} → {b:.2f}，投资 {c} 万元；另有措施不能读，没有计入（{k} 处，见警告），全部实施的总分未知",
                "those listed: {a:.2f} → {b:.2f}, cost {c} 10^4 yuan; others cannot be read and are left out ({k}, see the warnings), so the total with all of them is not known",
            )
        tell(said.fill(a=result.total, b=last, c=number(cost), k=left))
    for step in found:
        if step.delta_co2e_t:
            units = planning.in_other_units(step.delta_co2e_t, result.assessment)
            tell(Text("{n}：{u}", "{n}: {u}").fill(n=step.measure.name, u=units))


_COLUMNS = (
    (Text("措施", "measure"), "left"),
    (Text("单独实施总分", "total, alone"), "right"),
    (Text("依次实施总分", "total, in sequence"), "right"),
    (Text("ΔC t CO2e", "ΔC t CO2e"), "right"),
    (Text("ΔP 当量", "ΔP AP"), "right"),
    (Text("投资 万元", "cost 10^4 yuan"), "right"),
    (Text("每万元减 kg CO2e", "kg CO2e avoided per 10^4 yuan"), "right"),
    (Text("每万元减当量", "AP avoided per 10^4 yuan"), "right"),
    (Text("次序", "order"), "right"),
)


def _show_answers(result: Result, target: float, answers: Sequence[planning.Answer]) -> None:
    tell(Text("要达到 {t:.2f} 分，只改一行：", "to reach {t:.2f}, by one row alone:").fill(t=target))
    for answer in sorted(answers, key=lambda a: _share(a)):
        name, unit = planning.called(result.assessment, answer.lever)
        if answer.needed is None:
            said = Text(
                "  {p} {l}：达不到，最好为 {b} 分（{x} {u}）", "  {p} {l}: out of reach, at best {b} (at {x} {u})"
            ).fill(p=answer.lever, l=name, b=_shown(answer.total), x=number(answer.best_at), u=unit)
        else:
            said = Text("  {p} {l}：{a} → {n} {u}（{d:+.1%}）", "  {p} {l}: {a} → {n} {u} ({d:+.1%})").fill(
                p=answer.lever,
                l=name,
                a=number(answer.now),
                n=number(answer.needed),
                u=unit,
                d=answer.needed / answer.now - 1,
            )
        tell(said)


def _share(answer: planning.Answer) -> float:
    """The smallest change first, what cannot reach it last."""
    return float("inf") if answer.needed is None else abs(answer.needed / answer.now - 1)
