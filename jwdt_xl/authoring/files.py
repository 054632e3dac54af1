"""Guide files: commented TOML, read with the line of every error, and written so that people can edit it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable, Table

from ..errors import Refused
from ..messages import ERROR, INFO, Finding, Text, get_language
from ..standard.guide import Guide, builtin, from_dict, to_dict
from ..standard.guide.benchmarks import Benchmark
from ..standard.guide.derivation import digits
from ..standard.guide.derivation_file import derived_codes
from ..standard.guide.options import OPTIONS
from ..standard.guide.sentences import DERIVED
from ..standard.record import NAMES, Spec, plain, written
from ..standard.scoring import WEIGHT_TOLERANCE
from .english import doubtful, without_copies
from .fields import FACTS, LEADS, TABLES, TITLES
from .places import line_of, lines, repeated
from .weights.fields import DERIVATION, DERIVATION_LEAD, ENTRIES, HOW

#: The largest guides with all their comments are a tenth of this, and reading it takes a second or two.
LARGEST, MOST_LINES = 512 * 1024, 20_000
_CHARACTERS = Text("字节", "bytes")
#: Guides shipped with the package are called by their name: drafts of systems in the note, and demonstrations.
FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "guides")


#: The name of the built-in guide, the general rule: it is no file.
GENERAL = builtin().id


def shipped() -> tuple[str, ...]:
    """The names of the guides that come with the package."""
    return tuple(sorted(name.removesuffix(".toml") for name in os.listdir(FOLDER) if name.endswith(".toml")))


def find(name: str | os.PathLike[str]) -> str:
    """The path of a guide file: the file of that name, else the guide shipped under it."""
    path = os.fspath(name)
    return os.path.join(FOLDER, f"{path}.toml") if not os.path.exists(path) and path in shipped() else path


def load(path: str | os.PathLike[str]) -> Guide:
    """The guide in a TOML file, or a shipped one by its name. Raises Refused with the line of every error.

    A draft (a guide with gaps) is a guide too: it can be shown and edited, and refuses to score.
    """
    found = find(path)
    return loads(read_text(found), found)


def open_guide(path: str | os.PathLike[str]) -> Guide:
    """A guide or draft in whatever form it is: a TOML file, an authoring workbook, JSON, or a shipped one or the general rule by its name."""
    from .reading import build

    found = find(path)
    if found == GENERAL and not os.path.exists(found):
        return builtin()
    suffix = os.path.splitext(found)[1].lower()
    if suffix in (".xlsx", ".xlsm", ".ods"):
        return build(found)
    return _load_json(found) if suffix == ".json" else load(found)


def _load_json(path: str) -> Guide:
    from ..opening.jsonfile import load as load_json

    _check_size(path)
    data = load_json(path)
    try:
        return from_dict(data)
    except Refused as error:
        raise Refused(tuple(finding._replace(where=f"{path} {finding.where}") for finding in error.findings)) from error


def loads(text: str, name: str = "guide.toml") -> Guide:
    """The guide in the text of a TOML file; the name stands before the line in messages."""
    data = parsed(text, name).unwrap()
    try:
        return from_dict(data, strict=True)
    except Refused as error:
        known = lines(text)
        places = {f.where: line_of(f.where, known) for f in error.findings}
        raise Refused(
            tuple(f._replace(where=f"{name}:{places[f.where] or 1}", text=_named(f, places)) for f in error.findings)
        ) from error


def rebuilt(text: str, name: str = "guide.toml", previous: Guide | None = None) -> tuple[Guide, list[Finding]]:
    """The guide in a TOML text whose derivation was changed: weights that it gave are computed anew, and each that is
    another one now is told. A weight of the author's own is held against the derivation as ever. previous: a version
    beside whose Chinese the English is looked at.
    """
    from .scale import of_guide  # it needs what reads workbooks

    document = parsed(text, name)
    nodes = document.get("nodes", [])
    derived = derived_codes(document.unwrap()) if isinstance(nodes, list) else set[str]()
    before: dict[str, Any] = {}
    for node in nodes if derived else ():
        if str(node.get("code")) in derived and str(node.get("weight_source", "")).startswith(DERIVED):
            before[str(node["code"])] = node.pop("weight", None)
    guide = loads(tomlkit.dumps(document), name)
    told = []
    for code, weight in before.items():
        now = guide.by_code[code]
        if isinstance(weight, (int, float)) and abs(weight - now.weight) > WEIGHT_TOLERANCE:
            said = Text(
                "“{n}”的权重由 {o:.10g} 重新算为 {w:.10g}", "the weight of “{n}”, {o:.10g}, is computed anew: {w:.10g}"
            )
            filled = said.fill(n=now.name, o=float(weight), w=now.weight)
            told.append(Finding(INFO, "weight-computed-anew", f"{name} {code}", filled, "transparency"))
    known = lines(tomlkit.dumps(document))
    doubts = [*of_guide(guide, str), *doubtful(guide, previous)]
    return guide, [*told, *(f._replace(where=f"{name}:{line_of(f.where, known) or 1}") for f in doubts)]


def _named(finding: Finding, places: Mapping[str, int | None]) -> Text:
    """The message, with the field where it has no line of its own."""
    if places[finding.where] is None:
        return Text("{w}：{t}", "{w}: {t}").fill(w=finding.where, t=finding.text)
    return finding.text


def read_text(path: str) -> str:
    """The text of a guide file, in UTF-8."""
    from ..opening.container import read
    from ..opening.refusals import refused

    _check_size(path)
    try:
        return read(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refused(
            path,
            "encoding",
            "不是 UTF-8 编码的文本，指南文件须为 UTF-8 的 TOML — 请用记事本另存为 UTF-8",
            "no text in UTF-8, a guide file must be TOML in UTF-8 — save it as UTF-8",
        ) from error


def _check_size(path: str) -> None:
    with contextlib.suppress(OSError):  # which opening it will say
        _check_length(os.path.getsize(path), path)


def _check_length(length: int, name: str, most: int = LARGEST, unit: Text = _CHARACTERS) -> None:
    if length > most:
        text = Text(
            "有 {n} {u}，指南文件至多 {m} — 请删去多余的注释和内容",
            "has {n} {u}, a guide file at most {m} — take out comments and content that are not needed",
        )
        raise Refused((Finding(ERROR, "too-large", name, text.fill(n=length, u=unit, m=most)),))


def parsed(text: str, name: str) -> tomlkit.TOMLDocument:
    """The document with its comments. Raises Refused with line and column where it is no TOML."""
    _check_length(len(text), name)
    _check_length(text.count("\n"), name, MOST_LINES, Text("行", "lines"))
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, ValueError) as error:
        line = getattr(error, "line", None)
        if twice := repeated(text):  # which the parser tells without a line, or by one further down
            name_of, again, first = twice
            said = Text(
                "“{n}”写了两次，先在第 {f} 行 — 请删去或改正其中一处；每个指标等各为一节 [[…]]",
                "“{n}” stands twice, first in line {f} — delete or correct one of them; each indicator and the like is a part [[…]] of its own",
            ).fill(n=name_of, f=first)
            raise Refused((Finding(ERROR, "toml-syntax", f"{name}:{again}", said),)) from error
        where = f"{name}:{line}" if line else name
        message = Text(
            "TOML 语法错误（{e}）— 请改正此处；文本须加双引号，数字不加",
            "TOML syntax error ({e}) — correct it there; texts need double quotes, numbers none",
        ).fill(e=str(error))
        raise Refused((Finding(ERROR, "toml-syntax", where, message),)) from error


# Writing


def dump(guide: Guide, language: str | None = None) -> str:
    """The guide as the text of a TOML file, with comments that say what each field means."""
    return dump_data(to_dict(guide), language)


def dump_data(data: Mapping[str, Any], language: str | None = None) -> str:
    """As dump, from the dict of a guide, which may be unfinished; English that is the Chinese once more stays blank."""
    data = without_copies(data)
    zh = (language or get_language()) == "zh"

    def say(text: Text) -> str:
        return text.zh if zh else text.en

    document = tomlkit.document()
    document.add(tomlkit.comment(say(Text("jwdt 指南文件；用 jwdt guide show 查看，用 jwdt guide build 由工作簿生成", "guide file of jwdt; look at it with jwdt guide show, make it from a workbook with jwdt guide build"))))  # fmt: skip
    document.add("format", tomlkit.item(data["format"]))
    for name, spec in FACTS.items():
        # That nothing is open is said by an empty array; what is needed may wait for its author as a blank.
        if data.get(name) or (name in data and (spec.kind == NAMES or (spec.required and data[name] == ""))):
            document.add(name, tomlkit.item(data[name]).comment(say(spec.help)))
    if data.get("gaps"):
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(say(LEADS["gaps"])))
        gaps = tomlkit.array()
        for gap in data["gaps"]:
            gaps.add_line(list(gap))
        gaps.add_line(indent="")
        document.add("gaps", gaps)
    options = tomlkit.table()
    options.add(tomlkit.comment(say(LEADS["options"])))
    for option in OPTIONS:
        meaning = f"{say(option.label)}：{say(option.help)}" if zh else option.help.en
        if option.name in data.get("options", {}):
            value = tomlkit.item(plain(data["options"][option.name]))
            options.add(option.name, value.comment(meaning))
        elif "options" in data and option.default is not None:  # not stated, and so not binding: how it could be
            unsaid = tomlkit.item(plain(option.default)).as_string()
            options.add(tomlkit.comment(f"{option.name} = {unsaid}  # {meaning}"))
    document.add("options", options)
    for name, fields in TABLES.items():
        if name != "gaps" and data.get(name):
            document.add(tomlkit.nl())
            document.add(tomlkit.comment(f"{say(TITLES[name])}{'：' if zh else ': '}{say(LEADS[name])}"))
            for field, spec in fields.items():
                document.add(tomlkit.comment(f"  {field}: {_meaning(spec, say)}"))
            document.add(name, _array(data[name], fields))
    if data.get("derivation"):
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(f"{say(DERIVATION)}{'：' if zh else ': '}{say(DERIVATION_LEAD)}"))
        document.add("derivation", _derivation(data["derivation"], say))
    return tomlkit.dumps(document).rstrip("\n") + "\n"


def _meaning(spec: Spec, say: Callable[[Text], str]) -> str:
    codes = f" [{' | '.join(str(code) for code, _ in spec.choices)}]" if spec.choices else ""
    return say(spec.help) + codes


def _derivation(data: Mapping[str, Any], say: Callable[[Text], str]) -> Table:
    table = tomlkit.table()
    for name, spec in HOW.items():
        if data.get(name) not in (None, ""):
            table.add(name, tomlkit.item(plain(data[name])).comment(_meaning(spec, say)))
    for name, fields in ENTRIES.items():
        if data.get(name):
            table.add(tomlkit.nl())
            for field, spec in fields.items():
                table.add(tomlkit.comment(f"  {field}: {_meaning(spec, say)}"))
            array = tomlkit.aot()
            for entry in data[name]:
                array.append(_entry(entry, fields))
            table.add(name, array)
    return table


def _entry(entry: Mapping[str, Any], fields: Mapping[str, Spec]) -> Table:
    """An expert, a matrix (a line per row of judgements) or the survey's result of a node."""
    table = tomlkit.table()
    for name, value in entry.items():
        if fields[name].by == 2:
            for row, columns in value.items():
                shown = {column: _judgement(judgement) for column, judgement in columns.items()}
                table.append(tomlkit.key([name, row]), _inline(shown))
        else:
            table.add(name, _inline(value) if isinstance(value, dict) else plain(value))
    return table


def _judgement(value: Any) -> Any:
    """A reciprocal as people write it, which TOML takes as a text: 1/3."""
    if isinstance(value, float) and 0 < value < 1 and digits(1 / round(1 / value)) == value:
        return f"1/{round(1 / value)}"
    return value


def _array(entries: list[dict[str, Any]], fields: Mapping[str, Any]) -> AoT:
    array = tomlkit.aot()
    order = list(dict.fromkeys(name.partition(".")[0] for name in fields))
    for entry in entries:
        table = tomlkit.table()
        for name in order:
            if name in entry and entry[name] != "":
                value = entry[name]
                value = [plain(part) for part in value] if isinstance(value, list) else plain(value)
                table.add(name, _inline(value) if isinstance(value, dict) else value)
        array.append(table)
    return array


def _inline(fields: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for name, value in fields.items():
        table.append(name, plain(value))
    return table


def with_benchmarks(text: str, benchmarks: Mapping[str, Benchmark], name: str = "guide.toml") -> str:
    """The text of a guide file with other benchmarks by indicator code; everything else, comments too, stays."""
    document = parsed(text, name)
    for node in document.get("nodes", []):
        benchmark = benchmarks.get(str(node.get("code", "")))
        if benchmark is None:
            continue
        fields = written(benchmark)
        if isinstance(node.get("benchmark"), Table):  # a table of its own keeps its comments
            for key in [key for key in node["benchmark"] if key not in fields]:
                node["benchmark"].remove(key)
            for key, value in fields.items():
                node["benchmark"][key] = plain(value)
        else:
            node["benchmark"] = _inline(fields)
    return tomlkit.dumps(document)
