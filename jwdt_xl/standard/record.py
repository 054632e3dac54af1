"""What a record of a file says, declared once, field by field.

A field's Spec is the only place that says what it means: reader, writer, JSON Schema, comments of files, labels, help
texts and drop-downs of workbooks are derived from it. A section or row of an assessment carries its specs in the fields
of its class; a part of a guide (a NamedTuple) carries each in the annotation of its field: Annotated[float, number(…)].
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from ..errors import JwdtError, Refused
from ..messages import ERROR, Finding, Text, as_in_file
from ..messages import number as shown_number

#: Kinds of fields. BOTH is a text in both languages, in a file name_zh and name_en; NAMES an array of texts; RECORD
#: another record, PART one with tables of its own; TABLE an array of records, PAIRS of texts [zh, en]. VALUE is a number
#: or a code, by what it is a value of.
TEXT, LABEL, NUMBER, FLAG, CHOICE, UNIT, SECTION = "text", "label", "number", "flag", "choice", "unit", "section"
VALUE = "value"
BOTH, NAMES, RECORD, PART, TABLE, PAIRS, OPTIONS = "both", "names", "record", "part", "table", "pairs", "options"

#: No text of a file is longer (a cell holds 32,767), and no table has more entries unless it says so.
LONGEST_TEXT, MOST_ENTRIES = 10_000, 1_000
#: Amounts above this are typing errors, and larger ones would overflow.
LARGEST = 1e30
NO_TEXT = Text("", "")
AS_ZH = Text("不填则与中文相同", "as the Chinese if left out")
#: What stands between names in one cell.
BETWEEN = "；"


class Spec(NamedTuple):
    """What a field holds: its kind, name, unit, bounds and how to fill it."""

    kind: str
    label: Text
    help: Text
    required: bool = False
    choices: tuple[tuple[Any, Text], ...] = ()
    dimensions: tuple[str, ...] = ()
    unit: Text = NO_TEXT
    maximum: float | None = None
    whole: bool = False
    example: Text = NO_TEXT
    minimum: float | None = 0
    #: The minimum itself is too little.
    above: bool = False
    #: A fraction: in a cell a number above 1 is per cent.
    percent_in_cells: bool = False
    #: The name in a file, where it is not that of the attribute.
    key: str = ""
    #: Label and help of the English half of a text, where they do not follow from the Chinese half's.
    english: tuple[Text, Text] | None = None
    #: A code of the index tree.
    code: bool = False
    #: Not one value but one by code (1), or by code and code (2).
    by: int = 0
    #: Written even where it says nothing (always), or left out at its default (quiet).
    always: bool = False
    quiet: bool = False
    #: A rule of its own: what a file says as the value. Raises JwdtError with what it must be.
    read: Callable[[Any], Any] | None = None
    #: The record within, or of each entry.
    of: Any = None
    #: A record within that a file has as an array of its values.
    listed: bool = False
    #: The layout of workbooks (its version) that came with the field.
    since: int = 1
    #: What the JSON Schema says besides.
    rule: tuple[tuple[str, Any], ...] = ()

    @property
    def most_in_cell(self) -> float:
        """The largest number that a cell may hold."""
        return 100.0 if self.percent_in_cells else self.maximum or LARGEST

    @property
    def is_fraction(self) -> bool:
        """Whether 0.1 typed as 10 % is as good."""
        return self.kind == NUMBER and (self.percent_in_cells or 0 < (self.maximum or 0.0) <= 1)


def text(zh: str, en: str, help_zh: str, help_en: str, required: bool = False, **more: Any) -> Spec:
    return Spec(TEXT, Text(zh, en), Text(help_zh, help_en), required, **more)


def both(zh: str, en: str, help_zh: str, help_en: str, required: bool = False, **more: Any) -> Spec:
    """A text in both languages; English that is left out is as the Chinese."""
    return Spec(BOTH, Text(zh, en), Text(help_zh, help_en), required, **more)


def number(zh: str, en: str, help_zh: str, help_en: str, required: bool = False, **more: Any) -> Spec:
    return Spec(NUMBER, Text(zh, en), Text(help_zh, help_en), required, **more)


def choice(zh: str, en: str, help_zh: str, help_en: str, choices: dict[str, Text], **more: Any) -> Spec:
    return Spec(CHOICE, Text(zh, en), Text(help_zh, help_en), choices=tuple(choices.items()), **more)


def label(zh: str, en: str, help_zh: str, help_en: str, **more: Any) -> Spec:
    """A text that people often type as a number, such as a year."""
    return Spec(LABEL, Text(zh, en), Text(help_zh, help_en), **more)


def names(zh: str, en: str, help_zh: str, help_en: str, **more: Any) -> Spec:
    """Several names; in a cell one after another with a semicolon between them."""
    return Spec(NAMES, Text(zh, en), Text(help_zh, help_en), **more)


def record(of: type, **more: Any) -> Spec:
    """A record within this one; its fields are columns of their own, such as benchmark.value."""
    return Spec(RECORD, NO_TEXT, NO_TEXT, of=of, **more)


def table(of: type, zh: str, en: str, lead_zh: str, lead_en: str, most: int = MOST_ENTRIES, **more: Any) -> Spec:
    """An array of records: a sheet of a workbook, with what stands above it."""
    return Spec(TABLE, Text(zh, en), Text(lead_zh, lead_en), of=of, maximum=most, **more)


@cache
def specs(cls: Any) -> dict[str, Spec]:
    """The fields of a record by attribute, in order."""
    hints = get_type_hints(cls, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items() if hasattr(hint, "__metadata__")}


@cache
def columns(cls: Any) -> dict[str, Spec]:
    """The fields as a file or sheet has them side by side: name_zh, name_en, benchmark.value; no tables."""
    found: dict[str, Spec] = {}
    for name, spec in specs(cls).items():
        key = spec.key or name
        if spec.kind == BOTH:
            found |= halves(spec, f"{key}_")
        elif spec.kind == RECORD:
            found |= {f"{key}.{part}": inner for part, inner in columns(spec.of).items()}
        elif spec.kind not in (TABLE, PAIRS, PART, OPTIONS):
            found[key] = spec
    return found


def halves(spec: Spec, prefix: str = "") -> dict[str, Spec]:
    """A text in both languages as two fields."""
    zh, en = spec.label
    label, help = spec.english or (Text(f"{zh}(英文)", f"{en} (English)"), AS_ZH)
    first = spec._replace(kind=TEXT, label=Text(f"{zh}(中文)", f"{en} (Chinese)"))
    return {f"{prefix}zh": first, f"{prefix}en": first._replace(label=label, help=help, required=False)}


def default(cls: Any, name: str) -> Any:
    """What a field is where nothing is said; None where it has no default."""
    return getattr(cls, "_field_defaults", vars(cls)).get(name)


# Writing


def written(item: Any) -> dict[str, Any]:
    """A record as it stands in a file; what says nothing is left out."""
    data: dict[str, Any] = {}
    cls: Any = type(item)
    for name, spec in specs(cls).items():
        value = getattr(item, name)
        quiet = spec.quiet and value == default(cls, name)
        # An empty list of names says something where nothing said is None.
        said = not says_nothing(value) or (value == () and spec.kind == NAMES and default(cls, name) is None)
        if spec.always or (said and not quiet):
            data |= _written(spec, spec.key or name, value)
    return data


def _written(spec: Spec, key: str, value: Any) -> dict[str, Any]:
    if spec.kind == BOTH:
        return {f"{key}_zh": value.zh, f"{key}_en": value.en}
    if spec.kind in (RECORD, PART):
        inner = written(value)
        if spec.listed:
            return {key: list(inner.values())}
        return {key: inner} if inner or spec.kind == PART else {}
    if spec.kind == TABLE:
        return {key: [written(entry) for entry in value]}
    if spec.kind in (PAIRS, NAMES):
        return {key: [list(one) if isinstance(one, Text) else one for one in value]}
    if spec.kind == LABEL and str(value).isdecimal():
        return {key: int(value)}
    return {key: copied(value)}


def copied(value: Any) -> Any:
    """The value itself; mappings anew, as a writer's dict is its caller's."""
    return {key: copied(part) for key, part in value.items()} if isinstance(value, dict) else value


def says_nothing(value: Any) -> bool:
    return (
        value is None or value in ("", (), NO_TEXT) or value == {} or (isinstance(value, float) and math.isnan(value))
    )


# Reading


NOT_A_NUMBER = Text("须为数字，实为“{v}”", "must be a number, got “{v}”")
#: Beyond this a number of a file is none that a program can hold.
LARGEST_NUMBER = sys.float_info.max
_SHOWN = 60


def short(value: object) -> str:
    """A value as messages show it; what is wrong may be of any size and depth."""
    if value is None or isinstance(value, (list, dict)) or value != value:
        shown = as_in_file(value)
    else:
        try:
            shown = value[: _SHOWN + 1] if isinstance(value, str) else str(value)
        except (ValueError, RecursionError):  # an integer of thousands of digits
            shown = f"({type(value).__name__})"
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


def is_number(value: Any) -> bool:
    """A finite number; an integer beyond all floats is none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def finite(value: Any) -> float:
    """A finite number. Raises JwdtError for anything else."""
    if not is_number(value):
        raise JwdtError(NOT_A_NUMBER.fill(v=short(value)), "not-a-number")
    return float(value)


def bounded(spec: Spec, value: Any) -> float:
    """A number within the bounds of its field."""
    found, low, high = finite(value), spec.minimum, spec.maximum
    low_fits = low is None or (found > low if spec.above else found >= low)
    if low_fits and (high is None or found <= high) and not (spec.whole and not found.is_integer()):
        return found
    rule = Text("整数" if spec.whole else "数", "a whole number" if spec.whole else "a number")
    span = f"{'' if low is None else shown_number(low)} … {'' if high is None else shown_number(high)}".strip()
    text = Text("须为 {s} 的{r}，实为 {v}", "must be {r} {s}, got {v}")
    raise JwdtError(text.fill(r=rule, s=span, v=shown_number(found)), "bad-number")


# Values, whatever the file

NOT_TEXT = Text("须为文本，实为 {v}", "must be text, got {v}")
WRONG_FORMAT = Text("格式须为 {f}，实为“{v}”", "format must be {f}, got “{v}”")
NO_OBJECT = Text("须为 JSON 对象", "must be a JSON object")


class Errors:
    """Gathers what is wrong with a file, so that its author sees all of it at once."""

    def __init__(self, code: str = "bad-input", principle: str = "objectivity") -> None:
        self.findings: list[Finding] = []
        #: What does not refuse the file.
        self.told: list[Finding] = []
        self._code, self._principle = code, principle

    def add(self, where: str, text: Text, code: str = "") -> None:
        self.findings.append(Finding(ERROR, code or self._code, where, text, self._principle))

    def add_error(self, where: str, error: JwdtError) -> None:
        self.add(where, error.text, error.code)

    def raise_if_any(self) -> None:
        if self.findings:
            raise Refused(tuple(self.findings))


def is_whole(value: Any) -> bool:
    """A year or code typed as a number; JSON does not tell 2023 from 2023.0."""
    return not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))


def plain(value: Any) -> Any:
    """A whole float as an int, as people write it."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
