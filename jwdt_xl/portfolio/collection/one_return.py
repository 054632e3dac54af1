"""One returned workbook in a worker: read, evaluated by the worker's guide; whatever is wrong with it is its refusal."""

from __future__ import annotations

import contextlib
import gc
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...assessment import Result, evaluate
from ...assessment.choices import GUIDE, OPEN, OWN
from ...errors import Refused
from ...messages import WARNING, Finding
from ...opening import jsonfile
from ...opening.guard import Guard
from ...opening.limits import DEFAULT, Limits
from ...opening.markup import TooLong
from ...opening.refusals import internal, of_os_error, refused
from ...standard.guide import Guide, builtin
from .guides import Guides
from .reading import BLANK, WHOSE, Reading, evaluated, is_blank, refusal, whose

#: None: the built-in guide.
_by: Guide | Guides | None = None
_any_guide = False


def guard_of(guide: Guide | Guides | None, jobs: int, limits: Limits, any_guide: bool = False) -> Guard:
    """Workers that read returns by a guide, or each by its own of several, and have the reader loaded."""
    return Guard(jobs, limits, ("python_calamine", "jwdt_xl.workbook", __name__), prepare, (guide, any_guide))


def prepare(guide: Guide | Guides | None, any_guide: bool) -> None:
    """Run once when a worker starts."""
    global _by, _any_guide
    _by, _any_guide = guide, any_guide
    gc.collect()
    gc.freeze()  # what is loaded stays, and need not be gone through again and again while returns are read


def _known() -> dict[str, Guide] | None:
    """The guides this worker evaluates by, by their identifier."""
    if isinstance(_by, Guides):
        return _by.by_id
    return {_by.id: _by} if _by else None


def of_data(path: str, data: Any) -> Reading:
    """The data of an assessment file, evaluated by this worker's guide; such a file does not say by which of several."""
    if not isinstance(_by, Guides):
        return evaluated(path, data, _by, by=GUIDE)
    return Reading(path, None, _UNSAID.findings, {WHOSE: whose(data), BLANK: is_blank(data)})


def inputs_of(path: str, is_data: bool) -> tuple[Mapping[str, Any], Callable[[str], str]]:
    """What is filled in, and the place of each path. Raises Refused where it cannot be read."""
    from ... import workbook

    if is_data:
        data = jsonfile.load(path)
        return data if isinstance(data, Mapping) else {}, str
    returned = workbook.read(path, _known())
    return returned.data, returned.where


def evaluate_workbook(path: str, by: str = OPEN) -> Reading:
    """The outcome says what is wrong with the file. Raises MemoryError where reading broke down."""
    return _refusing(path, lambda: (_evaluated(path, by, plan=True)[0], ()))[0]


def compared_workbook(path: str) -> tuple[Reading, Sequence[Finding]]:
    """The same, and what the results stored in the file say against the computed ones."""

    def work() -> tuple[Reading, Sequence[Finding]]:
        from . import stored

        reading, returned = _evaluated(path, GUIDE)
        if reading.result is None:
            return reading, ()
        found, result = min(
            ((stored.differences(returned, shown), shown) for shown in _shown(reading.result)),
            key=lambda pair: len(pair[0]),
        )
        return reading, stored.findings(path, returned.layout, found, result)

    return _refusing(path, work)


def _shown(result: Result) -> Iterator[Result]:
    """What a form shows its enterprise: by its open choices, or by all of them where it was made before the guide bound it."""
    if not result.choices:
        yield result
        return
    for by in (OPEN, OWN):
        with contextlib.suppress(Refused):
            yield evaluate(result.declared, result.guide, by=by)


def paths_of(path: str) -> dict[str, str]:
    """The path of every input by its place in the workbook, as findings print it."""
    from ... import workbook

    returned = workbook.read(path, _known())
    return {returned.where(each): each for each in returned.layout.paths()}


def _evaluated(path: str, by: str, plan: bool = False) -> tuple[Reading, Any]:
    """plan: with the measures it plans, which are a matter of whoever looks at a single return."""
    from ... import workbook

    returned = workbook.read(path, _known())
    stamp = {**returned.stamp, "saved": returned.saved}
    guide = _by.of(stamp) if isinstance(_by, Guides) else _by
    other = None if _any_guide else _other_guide(path, returned.stamp, guide)
    if other is not None:
        return Reading(path, None, other.findings, {**stamp, WHOSE: whose(returned.data)}), returned
    if plan:
        returned = returned.with_plan(path)
    reading = evaluated(path, returned.data, guide, returned.where, stamp, by)
    if reading.result is None and all(finding.where.startswith("plan[") for finding in reading.findings):
        # A plan changes no number, so it refuses no return.
        told = tuple(finding._replace(severity=WARNING) for finding in reading.findings)
        without = {key: value for key, value in returned.data.items() if key != "plan"}
        reading = evaluated(path, without, guide, returned.where, stamp, by).with_findings(told)
    moved = tuple(returned.aligned.moved)
    result = replace(reading.result, findings=(*reading.result.findings, *moved)) if reading.result else None
    return replace(reading, result=result, findings=(*reading.findings, *moved)), returned


def _refusing(path: str, work: Callable[[], tuple[Reading, Sequence[Finding]]]) -> tuple[Reading, Sequence[Finding]]:
    """Whatever a hostile file brings about is a refusal of that file."""
    from ... import workbook

    try:
        return work()
    except Refused as error:
        said = dict[str, Any]()
        if isinstance(error, workbook.RefusedReturn):
            said = {**error.stamp, "saved": error.saved, WHOSE: whose(error.data)}
        return Reading(path, None, tuple(_named(f, path) for f in error.findings), said), ()
    except OSError as error:
        # without a number it is the reader that speaks, of a part that ends too early
        return refusal(path, of_os_error(path, error) if error.errno else _damaged(path, error)), ()
    except MemoryError:
        raise
    except Exception as error:  # the other files go on
        from python_calamine import CalamineError

        if isinstance(error, TooLong):
            return refusal(path, _too_long(path, error)), ()
        damaged = isinstance(error, (CalamineError, zipfile.BadZipFile, zlib.error))
        return refusal(path, _damaged(path, error) if damaged else internal(path, error)), ()


def _too_long(path: str, error: Exception) -> Refused:
    return refused(
        path,
        "too-large",
        "工作簿中有一张表的内容大得不像填报表（{e}）— 请提交填好的填报表本身，不要附带其他大表",
        "a sheet of the workbook holds far more than a return does ({e}) — send the form itself, without other large tables in it",
        e=str(error)[:120],
    )


def _damaged(path: str, error: Exception) -> Refused:
    return refused(
        path,
        "damaged",
        "工作簿内容已损坏（{e}）— 请用 Excel 或 WPS 打开、修复后另存，或重新发送",
        "the content of the workbook is damaged ({e}) — open and repair it in Excel or WPS and save it anew, or send it again",
        e=str(error)[:120],
    )


def _named(finding: Finding, path: str) -> Finding:
    if finding.code == "stray-cell":  # the reader knows how far the sheet reaches, not which cell is to blame
        from ...opening import stray

        cell = stray.farthest(path, DEFAULT)
        if cell is not None:
            return finding._replace(where=f"{cell.sheet}!{cell.address}")
    return finding._replace(where=finding.where or path)


def _other_guide(path: str, stamp: Mapping[str, Any], guide: Guide | None) -> Refused | None:
    """A workbook's benchmarks, weights and indicators are those of its guide; by another they would score wrongly."""
    if isinstance(_by, Guides):
        if guide is not None:
            return None
        return refused(
            path,
            "other-guide",
            "此工作簿按指南“{a}”({ah})生成，不在所给的指南之列：{b} — 请另加 --guide 给出该指南文件，或用 jwdt fill --from 转入新模板",
            "this workbook was made for the guide “{a}” ({ah}), which is none of those given: {b} — "
            "name that guide with one more --guide, or move the data with jwdt fill --from",
            a=stamp.get("guide"),
            ah=stamp.get("guide_hash"),
            b=_by.listed,
        )
    guide = guide or builtin()
    if stamp.get("guide_hash") in (None, guide.hash):
        return None
    return refused(
        path,
        "other-guide",
        "此工作簿按指南“{a}”({ah})生成，现按“{b}”({bh})评价，须为同一指南 — 请用 --guide 指定该指南文件，或用 jwdt fill --from 转入新模板",
        "this workbook was made for the guide “{a}” ({ah}), and is evaluated by “{b}” ({bh}), must be the same — "
        "name that guide with --guide, or move the data with jwdt fill --from",
        a=stamp.get("guide"),
        ah=stamp.get("guide_hash"),
        b=guide.id,
        bh=guide.hash,
    )


#: Told of a file that says no guide, unless the register does.
GUIDE_UNSAID = "guide-unsaid"
_UNSAID = refused(
    "",
    GUIDE_UNSAID,
    "评价文件没有写明指南，登记表也没有给出该企业的指南 — 请在登记表的“指南”列填写，并以 --register 给出",
    "an assessment file does not say by which guide it is evaluated, nor does the register — fill in the column guide of the register, and give it by --register",
)
