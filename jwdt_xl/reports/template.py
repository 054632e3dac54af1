"""A template of others: what it asks for is looked at before anything is rendered, and nothing but fields is reached.

A template may name the fields, go through a list, and ask whether a field is there. Calls, arithmetic, attributes of
Python, settings and a loop within a loop are refused with their place, so that a template can neither reach the program
nor run without end. The environment of jinja2 is the sandboxed one besides.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Template, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from .. import __version__
from ..errors import Refused
from ..messages import ERROR, Finding, Text, lines_shown
from ..opening import container
from ..opening.limits import DEFAULT
from ..opening.outputs import RESULT
from ..opening.refusals import refused
from .charts import WIDTH_MM
from .fields import BY_NAME, Field
from .values import Values

#: What jinja2 itself brings to a loop.
_LOOP = ("index", "first", "last", "length")
_ALLOWED = (
    nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.CondExpr, nodes.Const, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.Filter,
)  # fmt: skip
_FILTERS, _TESTS = ("length", "default"), ("defined", "none")
_TAG = re.compile(r"<[^>]+>")
#: docxtpl puts these without the text around them, which only its own kinds of values can be.
_RAW = re.compile(r"\{\{(?:r|p|tr|tc) ")
_PARAGRAPH = re.compile(r"<w:p[ >]")
#: Marks that docxtpl turns into braces after rendering.
_BRACES = re.compile(r"(?<=[{}%])_(?=[{}%])|_(?=[}%])")


def rendered(
    path: str, values: Values, pictures: Mapping[str, bytes], to: str, known: Mapping[str, Field] = BY_NAME
) -> None:
    """Fill a template. Raises Refused with every unknown name and its place in the template; known: the fields there are."""
    document = _opened(path)
    environment = _Environment(path, known)
    context: dict[str, Any] = {name: _safe(text) for name, text in values.texts.items()}
    for name, rows in values.lists.items():
        context[name] = [{key: _safe(text) for key, text in row.items()} for row in rows]
    for name in known:
        if name in pictures:
            context[name] = InlineImage(document, io.BytesIO(pictures[name]), width=Mm(WIDTH_MM))
        context.setdefault(name, "")
    try:
        document.render(context, environment, autoescape=True)
    except Refused:
        raise
    except (TemplateError, ValueError, KeyError, AttributeError, SyntaxError) as error:  # lxml says SyntaxError
        raise _unusable(path, error) from error
    about = document.docx.core_properties
    about.category, about.comments = RESULT, f"jwdt-xl {__version__}"
    document.save(to)


def _safe(text: str) -> Markup:
    """A text that stays what it is: no XML, no braces made of it, nothing that steers."""
    return Markup(_BRACES.sub("&#95;", str(escape(lines_shown(text)))))


class _Document(DocxTemplate):
    """Refuses the marks that put a value without the text around it: docxtpl takes them away before jinja2 sees them."""

    def patch_xml(self, src_xml: str) -> str:
        found = []
        for paragraph in _PARAGRAPH.split(src_xml):
            said = _TAG.sub("", f"<{paragraph}")
            found += [
                _finding(str(self.template_file), said, _NOT_ALLOWED.fill(w=raw[0].strip()), "not-allowed")
                for raw in _RAW.finditer(said)
            ]
        if found:
            raise Refused(tuple(found))
        return str(super().patch_xml(src_xml))


def _opened(path: str) -> DocxTemplate:
    container.regular(path)
    entries = container.directory(path, DEFAULT)
    if sum(entry.file_size for entry in entries) > DEFAULT.unpacked:
        raise refused(
            path, "zip-bomb", "模板解压后过大 — 请删除其中的图片后另存", "the template unpacks to too much — delete pictures in it and save it anew"
        )  # fmt: skip
    try:
        document = _Document(path)
        document.init_docx()
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise _unusable(path, error) from error
    if not hasattr(document.docx, "paragraphs"):
        raise _unusable(path, ValueError("no document"))
    return document


def _unusable(path: str, error: Exception) -> Refused:
    return refused(
        path,
        "bad-template",
        "不能用作模板（{e}），须为 Word 的 .docx，其中的字段、循环完整 — 请用 Word 另存为 .docx，或从自带模板改起（jwdt report --new-template）",
        "no usable template ({e}), must be a .docx of Word whose fields and loops are whole — save it as .docx in Word, or start from the one that comes along (jwdt report --new-template)",
        e=str(error).partition("\n")[0][:120],
    )


class _Environment(ImmutableSandboxedEnvironment):
    """Looks at each part of the document (body, headers, footnotes, properties) before it is compiled."""

    def __init__(self, path: str, known: Mapping[str, Field]) -> None:
        super().__init__(autoescape=True)
        self._path, self._known = path, known

    def from_string(self, source: Any, *arguments: Any, **more: Any) -> Template:
        found = list(_findings(str(source), self, self._path, self._known))
        if found:
            raise Refused(tuple(dict.fromkeys(found)))
        return super().from_string(source, *arguments, **more)


def _findings(source: str, environment: _Environment, path: str, known: Mapping[str, Field]) -> Iterator[Finding]:
    places = _Places(source, path)
    try:
        tree = environment.parse(places.source)
    except TemplateSyntaxError as error:
        yield places.finding(error.lineno, _SYNTAX.fill(e=error.message or ""), "bad-syntax")
        return
    yield from _Look(places, known).at(tree.body, {})


class _Places:
    """The parts of a document by line, each expression on a line of its own."""

    def __init__(self, source: str, path: str) -> None:
        self.path = path
        self.source = re.sub(r"\{\{|\{%|\{#", lambda found: "\n" + found[0], source.replace("\n", " "))
        self._lines = self.source.split("\n")

    def finding(self, line: int, text: Text, code: str) -> Finding:
        """A finding at the paragraph that a line is part of."""
        at = sum(len(each) + 1 for each in self._lines[: line - 1])
        starts = [found.start() for found in _PARAGRAPH.finditer(self.source, 0, at)]
        end = self.source.find("</w:p>", at)
        start = starts[-1] if starts and self.source.find("</w:p>", starts[-1], at) < 0 else at
        around = self.source[start : end if end >= 0 else at + 200]
        said = " ".join(_TAG.sub("", around).replace("\n", "").split())
        return _finding(self.path, said, text, code)


def _finding(path: str, around: str, text: Text, code: str) -> Finding:
    """What was found, with the text of its paragraph: Word numbers none."""
    filled = Text("{x}，见“{t}”", "{x}, at “{t}”").fill(x=text, t=around[:80])
    return Finding(ERROR, f"template-{code}", path, filled, "transparency")


class _Look:
    """Goes through what a template says, with the names that its loops give."""

    def __init__(self, places: _Places, known: Mapping[str, Field]) -> None:
        self._places, self._known = places, known

    def at(self, body: Any, loops: Mapping[str, str]) -> Iterator[Finding]:
        for node in body:
            yield from self._node(node, loops)

    def _node(self, node: nodes.Node, loops: Mapping[str, str]) -> Iterator[Finding]:
        refused_filter = isinstance(node, nodes.Filter) and node.name not in _FILTERS
        refused_test = isinstance(node, nodes.Test) and node.name not in _TESTS
        if not isinstance(node, _ALLOWED) or refused_filter or refused_test:
            said = getattr(node, "name", None) or type(node).__name__
            yield self._places.finding(node.lineno, _NOT_ALLOWED.fill(w=str(said)), "not-allowed")
        elif isinstance(node, nodes.For):
            yield from self._loop(node, loops)
        elif isinstance(node, nodes.Getattr):
            yield from self._part(node, loops)
        elif isinstance(node, nodes.Name):
            if node.name not in self._known and node.name not in loops:
                yield self._unknown(node, node.name)
        else:
            yield from self.at(node.iter_child_nodes(), loops)

    def _loop(self, node: nodes.For, loops: Mapping[str, str]) -> Iterator[Finding]:
        listed = node.iter.name if isinstance(node.iter, nodes.Name) else ""
        is_list = listed in self._known and self._known[listed].parts
        if loops or node.test or node.recursive or not isinstance(node.target, nodes.Name):
            yield self._places.finding(node.lineno, _NOT_ALLOWED.fill(w="for"), "not-allowed")
        elif not is_list:
            yield self._unknown(node, listed or type(node.iter).__name__)
        else:
            inside = {node.target.name: listed, "loop": "loop"}
            yield from self.at([*node.body, *node.else_], inside)

    def _part(self, node: nodes.Getattr, loops: Mapping[str, str]) -> Iterator[Finding]:
        of = node.node.name if isinstance(node.node, nodes.Name) else ""
        listed = loops.get(of, "")
        parts = _LOOP if listed == "loop" else [part.name for part in self._known[listed].parts] if listed else []
        if node.attr not in parts:
            yield self._unknown(node, f"{of or type(node.node).__name__}.{node.attr}")

    def _unknown(self, node: nodes.Node, name: str) -> Finding:
        return self._places.finding(node.lineno, _UNKNOWN.fill(n=name), "unknown-field")


_UNKNOWN = Text(
    "模板中的字段“{n}”不存在 — 字段见 jwdt report --fields",
    "there is no field “{n}” for a template — for the fields see jwdt report --fields",
)
_NOT_ALLOWED = Text(
    "模板中不能用“{w}”：只能写字段、对列表的循环和“有没有”的判断，循环内不能再有循环",
    "“{w}” cannot be used in a template: only fields, loops over lists and whether a field is there, no loop within a loop",
)
_SYNTAX = Text(
    "模板的写法有误（{e}）— 请检查花括号和 for/endfor、if/endif 是否成对",
    "the template is written wrongly ({e}) — check braces, and that for/endfor and if/endif pair",
)
