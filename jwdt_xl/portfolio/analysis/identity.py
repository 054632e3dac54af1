"""Whose return a file is, and of which period: what cannot be told is held, and nobody's return is replaced by another's."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...messages import ERROR, Finding, Text
from ...standard.guide.subjects import ENTERPRISE, SUBJECTS, Subject

NOBODY, NOT_REGISTERED, ANOTHER_NAME, SEVERAL_NAMES = "nobody", "not-registered", "another-name", "several-names"
ANOTHER_FORM = "another-form"
#: What people type in the place of a name.
_NO_NAME = frozenset(
    [
        "本公司",
        "本企业",
        "本单位",
        "本厂",
        "我公司",
        "我企业",
        "我单位",
        "我司",
        "我厂",
        "公司",
        "企业",
        "单位",
        "某公司",
        "某企业",
        "公司名称",
        "企业名称",
        "单位名称",
        "无",
        "xx公司",
        "xxx公司",
        "xx企业",
        "xxx企业",
        "xx有限公司",
        "xxx有限公司",
        "company",
        "enterprise",
        "none",
    ]
)
#: Between several former names.
_SEPARATORS = re.compile("[;；、\n]")
#: Of many others so many are named.
_OTHERS = 3
_CHINESE_YEAR = re.compile("[一二][〇零○一二三四五六七八九]{3}(?=年|$)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
#: A year, and the ways to say that it is the whole of it.
_WHOLE_YEAR = re.compile(
    r"((?:19|20)\d\d)(?:年?(?:度|全年|全年度)?|年0?1月?(?:0?1日)?[-~—–至到]+(?:\1年)?12月份?(?:31日)?)"
)


class Whose(NamedTuple):
    """What a file says of whose it is and of when."""

    file: str
    uscc: str
    name: str
    report: str
    #: The credit code of the enterprise that the file's name says, as that of its form; blank where it says none.
    form: str = ""


class Expected(NamedTuple):
    """What the register says of an enterprise."""

    name: str
    report: str
    region: str = ""
    industry_code: str = ""
    #: Whom to write to.
    mail: str = ""
    #: By which of several guides it is evaluated, as the register calls it.
    guide: str = ""
    #: What it was called before, where the register says so.
    former: str = ""

    def is_called(self, name: str) -> bool:
        return is_called(name, self.name, self.former)

    @property
    def former_names(self) -> frozenset[str]:
        """What it was called before and is not now, folded."""
        return former_names(self.former) - {folded(self.name)} if self.former else frozenset()


def in_register(region: str, industry_code: str, known: Expected) -> tuple[str, str]:
    """Region and industry that an enterprise is grouped by: the register's, where it has them, else what its return says."""
    return known.region or region, known.industry_code or industry_code


def folded(name: str) -> str:
    """A name without what programs and people write differently: width, case, blanks, brackets and dots."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def is_name(name: str) -> bool:
    """Whether it names an enterprise, and is not what people type in the place of a name."""
    return bool(folded(name)) and folded(name) not in _NO_NAME


@lru_cache(maxsize=1024)  # of many files few
def period(label: str) -> str:
    """A label as what it means: 2024, 2024年度, 2024年1-12月 and 二〇二四年 are one period."""
    plain = "".join(unicodedata.normalize("NFKC", label).split())
    if _CHINESE_YEAR.match(plain):
        plain = plain[:4].translate(_DIGITS) + plain[4:]
    whole = _WHOLE_YEAR.fullmatch(plain)
    return whole[1] if whole else folded(label).removesuffix("度").removesuffix("年")


def repeated(texts: Iterable[str]) -> set[int]:
    """The hashes of texts that stand there more than once, and rarely of others: eight bytes a text meanwhile."""
    return twice(array("q", map(hash, texts)))


def twice(hashes: array[int]) -> set[int]:
    """Those that stand there more than once."""
    import numpy as np  # here: whoever asks for a period needs none of it

    ordered = np.sort(np.frombuffer(hashes, dtype=np.int64))
    return set(ordered[1:][ordered[1:] == ordered[:-1]].tolist())


def agrees(name: str, other: str) -> bool:
    """Whether two names are of one enterprise, as far as both are there."""
    return not name or not other or folded(name) == folded(other)


def is_called(name: str, now: str, former: str) -> bool:
    """Whether a name is what an enterprise is called now, or one of those it had before, as the register lists them."""
    return agrees(name, now) or folded(name) in former_names(former)


def former_names(former: str) -> frozenset[str]:
    """The names in the register's column, folded."""
    return frozenset(folded(each) for each in _SEPARATORS.split(former)) - {""}


def held(
    files: Sequence[Whose], register: Mapping[str, Expected] | None, subject: Subject = SUBJECTS[ENTERPRISE]
) -> Iterator[tuple[int, Finding]]:
    """The places of files that are held, each with why."""
    by_code: dict[str, list[int]] = defaultdict(list)
    several = repeated(file.uscc for file in files) if register is None else ()
    words = {"code": subject.code_short, "long": subject.code_label, "unit": subject.name, "sheet": subject.sheet}
    for place, file in enumerate(files):
        if not file.uscc:
            if register is not None or not is_name(file.name):
                yield place, _finding(NOBODY, file, _NOBODY.fill(**words))
        elif register is None:
            if hash(file.uscc) in several:
                by_code[file.uscc].append(place)
        elif file.uscc not in register:
            yield place, _finding(NOT_REGISTERED, file, _NOT_REGISTERED.fill(c=file.uscc, n=file.name, **words))
        elif not register[file.uscc].is_called(file.name):
            about = {"c": file.uscc, "n": file.name, "r": register[file.uscc].name}
            yield place, _finding(ANOTHER_NAME, file, _ANOTHER_NAME.fill(**about, **words))
        elif (
            file.form in register and file.form != file.uscc
        ):  # else it would replace another's return, or stand for it
            other = {"c": file.uscc, "n": register[file.uscc].name, "fc": file.form, "fn": register[file.form].name}
            yield place, _finding(ANOTHER_FORM, file, _ANOTHER_FORM.fill(**other, **words))
    for code, places in by_code.items():
        names = {folded(files[place].name) for place in places} - {""}
        for place in places if len(names) > 1 else ():
            others = [files[i] for i in places if not agrees(files[i].name, files[place].name)]
            listed = "；".join(f"{other.file}（{other.name}）" for other in others[:_OTHERS])
            yield (
                place,
                _finding(SEVERAL_NAMES, files[place], _SEVERAL.fill(c=code, n=files[place].name, o=listed, **words)),
            )


def apart(files: Sequence[Whose], wanted: str, register: Mapping[str, Expected] | None) -> dict[int, Text]:
    """The places of files of another period than the one evaluated, each with why it has no rank.

    wanted: the period that was asked for. Without one the register's holds, and of an enterprise with several the latest.
    """
    found: dict[int, Text] = {}
    latest: dict[str, str] = {}
    several = repeated(file.uscc for file in files)
    for file in files:
        if file.uscc and hash(file.uscc) in several:
            latest[file.uscc] = max(latest.get(file.uscc, ""), period(file.report))
    for place, file in enumerate(files):
        expected = wanted or (register[file.uscc].report if register and file.uscc in register else "")
        if expected and period(expected) != period(file.report):
            found[place] = _ANOTHER_PERIOD.fill(p=file.report, w=expected)
        elif not expected and period(file.report) != latest.get(file.uscc, period(file.report)):
            found[place] = _EARLIER_PERIOD.fill(p=file.report, w=latest[file.uscc])
    return found


def _finding(code: str, file: Whose, text: Text) -> Finding:
    return Finding(ERROR, code, file.file, text, "consistency")


_NOBODY = Text(
    "没有{long}，不知道是谁的填报 — 请在“{sheet}”填写{code}和{unit}全称后重新提交",
    "no {long}, so it is not known whose return it is — fill in {code} and full name of the {unit} on sheet {sheet} and send it again",
)
_NOT_REGISTERED = Text(
    "{c}（{n}）不在登记表中 — 请核对{code}，或把该{unit}补入登记表",
    "{c} ({n}) is not in the register — compare the {code}, or add the {unit} to the register",
)
_ANOTHER_NAME = Text(
    "{code} {c} 在登记表中是“{r}”，本文件的{unit}名称是“{n}” — 可能填了别家的代码：请{unit}核对；更名的请改登记表，或把原名填入登记表的“曾用名”列",
    "{code} {c} is “{r}” in the register, this file's {unit} is “{n}” — perhaps another's code was typed: have it compared; if the name has changed, change the register, or write the old one into its column “former name”",
)
_ANOTHER_FORM = Text(
    "文件名是“{fn}”（{fc}）的，表中填的却是“{n}”（{c}）— 可能填了别家的{code}和名称：请{unit}核对；确是“{n}”的，请从文件名中去掉 {fc} 后重新收集",
    "the file's name is that of “{fn}” ({fc}), but filled in is “{n}” ({c}) — perhaps another's {code} and name were typed: let the {unit} compare them; if it is the return of “{n}”, take {fc} out of the file's name and collect again",
)
_SEVERAL = Text(
    "{code} {c} 下有几家{unit}：本文件是“{n}”，另有 {o} — 不知道代码是谁的，全部暂存：请核对代码，或用 --register 给出登记表",
    "{code} {c} is used under several names of a {unit}: this file says “{n}”, others are {o} — it is not known whose it is, so all are held: compare the codes, or give the register by --register",
)
_ANOTHER_PERIOD = Text("报告期是 {p}，本次评价 {w}，另列", "of {p}, while {w} is evaluated: listed apart")
_EARLIER_PERIOD = Text(
    "报告期是 {p}，同一企业还有 {w} 的填报，以后者排名",
    "of {p}; the same enterprise has a return of {w}, which is ranked",
)


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """The same name twice gets its number."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)
