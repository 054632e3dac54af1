"""What a guide says, as the authoring workbook, the comments of guide files, the JSON Schema and `jwdt guide show` have
it: the columns of the records that `standard.guide` declares. To add a field, add it there. Keys are those of the file."""

from __future__ import annotations

from ..messages import Text
from ..standard.guide import Guide
from ..standard.record import TABLE, Spec, columns, halves, specs

_GUIDE = specs(Guide)
_TABLES = {name: spec for name, spec in _GUIDE.items() if spec.kind == TABLE}
FACTS: dict[str, Spec] = columns(Guide)
TABLES: dict[str, dict[str, Spec]] = {name: columns(spec.of) for name, spec in _TABLES.items()}
TABLES["gaps"] = halves(_GUIDE["gaps"])
NODES = TABLES["nodes"]
#: The layout of workbooks that came with a table.
SINCE = {name: spec.since for name, spec in _TABLES.items()}
#: Of sheets: their titles, and what stands above their columns.
TITLES: dict[str, Text] = {
    "facts": Text("指南信息", "Guide"),
    "nodes": _GUIDE["nodes"].label,
    "options": _GUIDE["options"].label,
    **{name: spec.label for name, spec in _TABLES.items()},
    "gaps": Text("缺项", "Gaps"),
}
LEADS: dict[str, Text] = {
    "facts": Text("指南的标识、名称和规则。黄色必填，浅色选填。", "Id, name and rules of the guide. Yellow is needed, light is optional."),
    "options": _GUIDE["options"].help,
    **{name: spec.help for name, spec in _TABLES.items()},
    "gaps": Text("指南尚缺的内容。全部补齐并删去后，指南才能用于模板和评价。", "What the guide still lacks. Once all is filled in and taken off this list, it serves templates and scores."),
}  # fmt: skip
