"""The document of a guide: cover, index system, indicators, benchmarks, weights, rules, options, method, change log."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ... import __version__
from ...messages import Text, get_language, joined, lines_shown
from ...opening.outputs import RESULT
from ...standard.editions import EDITIONS
from ...standard.guide import Guide, Node
from ...standard.guide.allowed import LEFT_OPEN, allowed, what_is_open, without_benchmark
from ...standard.guide.history import Revision
from ...standard.guide.openness import BENCHMARKS, NOT_APPLICABLE
from ...standard.guide.openness import NAMES as OPENNESS
from ...standard.guide.options import OPTIONS, Option
from ...standard.guide.previous import Previous
from ...standard.guide.provenance import in_short, sample_of
from ...standard.guide.said import labelled, named, said
from ...standard.measures import MEASURES
from ...standard.method import SCORED, WEIGHTED
from ...standard.record import TABLE, specs
from ...standard.scoring import ATTRIBUTE_NAMES
from ..rows import OF_ANY, rules_of
from ..shown import NONE, percent
from . import wording as words
from .columns import Columns, columns_of
from .formulas import in_words, scored
from .paper import GuidePaper
from .weights import Weights

#: Facts that the cover says, the name in its title.
_COVER = ("id", "version", "institute", "issued", "scope")
#: Tables with a place of their own; the others follow each other as they are declared.
_PLACED = ("nodes", "history")


def made(guide: Guide, previous: Previous | None = None) -> bytes:
    """The document in the language in use: the same bytes for the same guide."""
    paper = _Document(guide)
    paper.write(previous)
    about = paper.document.core_properties
    about.category, about.comments = RESULT, f"jwdt-xl {__version__}"
    return paper.bytes()


class _Document(GuidePaper):
    def write(self, previous: Previous | None) -> None:
        #: Said in several chapters, by one sentence each.
        self.allowed = allowed(self.guide)
        self._cover()
        self._about()
        self._tree()
        self._indicators()
        self._benchmarks()
        Weights(self, self.guide).write()
        for name, spec in specs(Guide).items():
            if spec.kind == TABLE and name not in _PLACED:
                self._table_of(name)
        self._options()
        self._method()
        self._gaps()
        self._table_of("history")
        self._previous(previous)
        self.section(words.FINGERPRINT)
        self.say(self.guide.sha256)
        self.say(words.FINGERPRINT_LEAD)

    # The parts

    def _cover(self) -> None:
        for _ in range(6):
            self.say("")
        self.centred(self.title, "Title")
        if self.guide.gaps:
            self.centred(words.DRAFT, size=14)
        for _ in range(3):
            self.say("")
        told = {each.key: each for each in said(self.guide, self.guide)}
        labels = specs(Guide)
        rows = [(labelled(labels[name]), told[name].text if name in told else NONE) for name in _COVER]
        self.facts([*rows, (words.FINGERPRINT, self.guide.sha256), (words.PROGRAM, f"jwdt-xl {__version__}")])
        self.document.add_page_break()

    def _about(self) -> None:
        guide = self.guide
        self.section(words.ABOUT)
        depth = max((len(guide.path(node)) for node in guide.nodes), default=0)
        counted = words.COUNTED.fill(g=len(guide.first_levels), n=len(guide.leaves), l=depth)
        rows = [(each.label, each.text) for each in said(guide, guide, (*_COVER, "name", "open"))]
        who = (self._said(LEFT_OPEN), str(what_is_open(guide)))
        self.facts([(words.COUNTS, str(counted)), *rows, who])

    def _tree(self) -> None:
        self.section(words.TREE)
        rows = []
        for node in self.guide.nodes:
            above = self.guide.by_code[node.parent].weight if node.parent else 1.0
            share = node.weight / above if node.has_weight and above else None
            rows.append([
                node.code, "　" * (len(self.guide.path(node)) - 1) + lines_shown(str(node.name)), lines_shown(str(node.unit)),
                str(ATTRIBUTE_NAMES.get(node.attribute, "")), NONE if share != share else percent(share),
                percent(node.weight if node.has_weight else None),
            ])  # fmt: skip
        if rows:
            self.columns(Columns([str(head) for head in words.TREE_HEADS], rows, [False] * 4 + [True] * 2))

    def _indicators(self) -> None:
        self.section(words.INDICATORS)
        for rule in (WEIGHTED, SCORED):
            self.say(rule[1])
        leaves = {node.code for node in self.guide.leaves}
        for node in self.guide.leaves:
            self.heading(lines_shown(f"{node.code}  {node.name}"), 2)
            self._node(node)
        groups = [node for node in self.guide.nodes if node.code not in leaves]
        if groups:
            self.heading(words.GROUPS, 2)
            self.table_of(groups)

    def _node(self, node: Node) -> None:
        """All that its record says but its benchmark, which has a table, with what its formula means."""
        rows: list[tuple[Text, str]] = []
        above = self.guide.path(node)[:-1]
        if above:
            rows.append((words.PLACE, lines_shown(" › ".join(str(each.name) for each in above))))
        unsaid = ("code", "parent", "name", "benchmark", *(() if node.has_weight else ("weight",)))
        for each in said(self.guide, node, unsaid):
            rows.append((each.label, each.text))
            if each.key == "formula" and (text := in_words(self.guide, node)):
                rows.append((words.IN_WORDS, text))
        if text := scored(self.guide, node):
            rows.append((words.SCORE, text))
        if rows:
            self.facts(rows, together=True)

    def _benchmarks(self) -> None:
        self.section(words.BENCHMARKS)
        self.say(words.ALLOWED.fill(w=OPENNESS[BENCHMARKS], t=self.allowed[BENCHMARKS]))
        nodes = [node for node in self.guide.nodes if node.benchmark]
        if nodes:
            found = columns_of(
                self.guide,
                [node.benchmark for node in nodes],
                {"source": lambda benchmark: lines_shown(str(in_short(benchmark.source)))},
            )
            rows = [[lines_shown(named(self.guide, n.code)), *row] for n, row in zip(nodes, found.rows, strict=True)]
            self.columns(Columns([str(words.INDICATOR), *found.heads], rows, [False, *found.right]))
        samples = [sample_of(node.benchmark.source) for node in nodes if node.benchmark]
        for sample in dict.fromkeys(each for each in samples if each):
            self.say(words.LEVELS_RECOMPUTED.fill(s=sample.name, d=sample.sha256))
        bare = [n for n in without_benchmark(self.guide) if nodes]
        if bare:
            listed = joined(
                [Text(name, name) for name in (lines_shown(named(self.guide, n.code)) for n in bare)], "；", "; "
            )
            self.say(words.NOT_STATED.fill(i=listed))

    def _table_of(self, name: str) -> None:
        records = getattr(self.guide, name)
        if not records:
            return
        self.section(specs(Guide)[name].label)
        if name == NOT_APPLICABLE:
            self.say(words.ALLOWED.fill(w=OPENNESS[name], t=self.allowed[name]))
        elif name in words.LEADS and (name != "history" or _is_latest_first(records)):
            self.say(self._said(words.LEADS[name]))
        self.table_of(records)

    def _options(self) -> None:
        guide = self.guide
        self.section(words.BINDING)
        rows = []
        for option in OPTIONS:
            if guide.is_plain and option.name not in (*OF_ANY, *guide.stated):
                continue  # it is about what such a guide does not ask for
            free, is_said = guide.opens(option.name), option.name in guide.stated
            value = guide.options.get(option.name)
            if value is None:
                who = words.ASKED if free else words.NOBODYS
            else:
                who = (words.OFFERED if free else words.FIXED) if is_said else (words.OPEN if free else words.BOUND)
            rows.append([str(option.label), str(option.label_of(value)), str(self._said(who)), _by_names(option)])
        rows += [[str(OPENNESS[name]), NONE, str(who), NONE] for name, who in self.allowed.items()]
        self.listed([str(t) for t in words.BINDING_HEADS], rows, words.BINDING_SHARES, [False] * 4)

    def _method(self) -> None:
        self.section(words.METHOD)
        self.say(words.METHOD_LEAD)
        rules = [[mark, str(text)] for mark, text in rules_of(self.guide)]
        self.listed([str(t) for t in words.METHOD_HEADS], rules, words.METHOD_SHARES, [False] * 2)
        if self.guide.is_plain:
            return
        self.heading(words.EDITIONS, 2)
        rows = [[str(e.name), str(e.title), str(e.used), str(e.told)] for e in EDITIONS]
        self.listed([str(t) for t in words.EDITION_HEADS], rows, words.EDITION_SHARES, [False] * 4)

    def _said(self, text: Text, **more: object) -> Text:
        """In the words of whom the guide evaluates."""
        return text.fill(u=self.guide.subject.name, s=self.guide.subject.several, **more)

    def _gaps(self) -> None:
        if not self.guide.gaps:
            return
        self.section(specs(Guide)["gaps"].label)
        self.say(words.DRAFT)
        for gap in self.guide.gaps:
            self.say(lines_shown(str(gap)), "List Bullet")

    def _previous(self, previous: Previous | None) -> None:
        if previous is None:
            return
        old = previous.guide
        self.section(words.BETWEEN_VERSIONS)
        self.say(words.COMPARED.fill(n=old.name, i=old.id, v=old.version, h=old.hash))
        for change in previous.changes or (words.SAME,):
            self.say(lines_shown(str(change)), "List Bullet")


def _is_latest_first(records: Sequence[Revision]) -> bool:
    """Whether a change log has the order it is asked for, as far as it has dates."""
    dates = [record.date for record in records if record.date]
    return dates == sorted(dates, reverse=True)


def _by_names(option: Option) -> str:
    """The help of an option for readers, who know no codes: its own before a colon, and those of measures."""
    said = str(option.help)
    for code, label in option.named:
        said = re.sub(rf"\b{code}(?=[：:])", str(label), said)
    for measure in MEASURES:
        said = re.sub(measure.name + r"\s?" * (get_language() == "zh"), str(measure.label), said)
    return said
