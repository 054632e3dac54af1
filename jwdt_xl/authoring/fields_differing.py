"""What differs between two guides in the fields that no sentence of its own tells: by their labels, whatever is declared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from ..messages import LANGUAGES, Text, speaking
from ..standard.guide import Guide
from ..standard.guide.derivation import Derivation
from ..standard.guide.said import labelled, named, said
from ..standard.guide.sentences import DERIVED
from ..standard.record import TABLE, specs

Change = tuple[Text, Any, Any]
_OF = Text("{i}的{l}", "{l} of {i}")
#: Of each table: by what an entry is the same in both guides, and the fields that sentences of their own tell.
_TOLD: Mapping[str, tuple[Callable[[Any], str], Collection[str]]] = {
    "inputs": (lambda each: each.code, ("code", "name", "unit")),
    "grades": (lambda each: each.name.zh, ("name", "at_least")),
    "conditions": (
        lambda each: f"{each.indicator} {each.measure} {each.reason.zh}",
        ("indicator", "measure", "below", "above", "reason"),
    ),
    "vetoes": (lambda each: each.code, ("code", "question", "excludes")),
    "not_applicable": (lambda each: f"{each.code} {each.reason.zh}", ("code", "reason")),
    "conversions": (lambda each: each.product.zh, ("product", "unit", "factor", "to")),
    "uncertainties": (lambda each: each.of, ("of",)),
    "required_pollutants": (lambda each: f"{each.pollutant} {each.medium}".strip(), ("pollutant", "medium")),
    "experts": (lambda each: each.name, ("name",)),
    "ahp": (lambda each: f"{each.expert} {each.parent}", ("expert", "parent")),
    "survey": (lambda each: each.code, ("code",)),
    "sample": (lambda each: each.code, ("code",)),
}
#: Tables whose entries that come and go sentences of their own tell.
_ENTRIES_TOLD = ("inputs", "grades", "conditions", "vetoes", "not_applicable", "conversions")


def of_records(
    guides: tuple[Guide, Guide], records: tuple[Any, Any], name: Text, without: Collection[str]
) -> Iterator[Change]:
    """The fields of a record that differ, each with both texts; name: what the record is of."""
    was, now = (_said(guide, record, without) for guide, record in zip(guides, records, strict=True))
    for key in dict.fromkeys((*was, *now)):
        label = (was.get(key) or now[key])[0]
        before, after = (side[key][1] if key in side else None for side in (was, now))
        if before != after and not (key == "weight_source" and _is_derived(before) and _is_derived(after)):
            yield (_OF.fill(i=name, l=label) if any(name) else label), before, after
    for before, after in zip(*(getattr(record, "judgements", {}).items() for record in records), strict=False):
        if before != after:
            yield _OF.fill(i=name, l=Text("判断", "judgements")), _judged(before), _judged(after)
            return


def _is_derived(source: Text | None) -> bool:
    """Which follows from the derivation, whose change is told."""
    return source is not None and source.zh.startswith(DERIVED.split()[0])


def _judged(row: tuple[str, Mapping[str, float]]) -> str:
    return f"{row[0]}: " + ", ".join(f"{code} {value:.4g}" for code, value in row[1].items())


def _said(guide: Guide, record: Any, without: Collection[str]) -> dict[str, tuple[Text, Text]]:
    halves = []
    for language in LANGUAGES:
        with speaking(language):
            halves.append({each.key: each for each in said(guide, record, without)})
    zh, en = halves
    return {key: (zh[key].label, Text(zh[key].text, en[key].text)) for key in zh}


def of_tables(guides: tuple[Guide, Guide], holders: tuple[Any, Any], cls: Any) -> Iterator[Change]:
    """The entries of the tables of two records that came, went, or say something else."""
    for table, spec in specs(cls).items():
        if spec.kind != TABLE or table not in _TOLD:
            continue
        same, without = _TOLD[table]
        before, after = ({same(entry): entry for entry in getattr(holder, table)} for holder in holders)
        for key in dict.fromkeys((*before, *after)):
            name = Text("{t}“{k}”", "{t} “{k}”").fill(t=labelled(spec), k=_called(guides[1], key))
            if key in before and key in after:
                yield from of_records(guides, (before[key], after[key]), name, without)
            elif table not in _ENTRIES_TOLD:
                yield name, _THERE if key in before else None, _THERE if key in after else None


_THERE = Text("有", "there")


def _called(guide: Guide, key: str) -> str:
    return " ".join(named(guide, part) for part in key.split(" ") if part)


def of_derivation(old: Guide, new: Guide) -> Iterator[Change]:
    """How weights came about, where that differs: α, what is combined, experts, judgements, surveys, samples."""
    label = labelled(specs(Guide)["derivation"])
    if old.derivation is None or new.derivation is None:
        if old.derivation is not new.derivation:
            yield label, old.derivation and _THERE, new.derivation and _THERE
        return
    guides, both = (old, new), (old.derivation, new.derivation)
    yield from of_records(guides, both, Text("", ""), ())
    yield from of_tables(guides, both, Derivation)


def others(old: Guide, new: Guide, told: Iterable[str]) -> Iterator[Change]:
    """Of nodes that both have the fields beside those told, then entries of tables, then the derivation."""
    guides = (old, new)
    for node in new.nodes:
        if node.code in old.by_code:
            name = Text("{c}“{n}”", "{c} “{n}”").fill(c=node.code, n=node.name)
            yield from of_records(guides, (old.by_code[node.code], node), name, tuple(told))
    yield from of_tables(guides, guides, Guide)
    yield from of_derivation(old, new)
