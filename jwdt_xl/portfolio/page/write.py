"""Writing the page: one file with its data and plotly.js inside; it fetches nothing, and says so to the browser."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ...errors import JwdtError, Refused
from ...messages import ERROR, Finding, Text
from ..analysis.group import Get, Group
from .contents import contents

ENDINGS = (".html", ".htm")
_HERE = Path(__file__).parent
#: What would end a script, or begin a comment in one; and two line ends that JavaScript once took for its own.
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def check(path: str) -> None:
    """Before hours of reading, not after them."""
    if not path.lower().endswith(ENDINGS):
        right = os.path.splitext(path)[0] + ENDINGS[0]
        raise Refused((Finding(ERROR, "not-html", path, _ENDING.fill(p=right)),))
    try:
        import plotly.offline  # noqa: F401
    except ImportError as error:
        raise JwdtError(_NO_PLOTLY, "no-plotly") from error


def write_page(path: str, group: Group, get: Get) -> None:
    """The page of a group, in the language in use."""
    from plotly.offline import get_plotlyjs

    data = contents(group, get)
    parts = {
        "LANGUAGE": data["language"],
        "TITLE": data["title"],
        "NEEDS": data["words"]["needs"],
        "STYLE": _text("page.css"),
        "PLOTLY": get_plotlyjs(),
        "DATA": script_json(data),
        "SCRIPT": _text("page.js"),
    }
    pieces = _text("page.html").split("@@")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts[piece] if place % 2 else piece for place, piece in enumerate(pieces))


def script_json(data: object) -> str:
    """JSON that may stand in a script of HTML."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPED)


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_ENDING = Text(
    "网页的文件名须以 .html 或 .htm 结尾 — 请用 --html {p}",
    "the page must end in .html or .htm — use --html {p}",
)
_NO_PLOTLY = Text(
    "--html 需要 plotly — 请运行 pip install 'jwdt-xl[report]'",
    "--html needs plotly — run pip install 'jwdt-xl[report]'",
)
