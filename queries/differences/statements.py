"""Claims and figures that came, went or changed, by what they state and not by where they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from ...graph.names import with_prefixes
from ...ontology.codes import default_code, find_code
from ..facts.entity_report import amount
from ..facts.facts import Fact, collect, facts
from ..facts.terms import term_label
from ..facts.values import language_of, text_of
from .changes import DifferenceKind, GraphPart
from .entities import field_changes
from .matching import pair

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from ...graph.store import Store
    from ..facts.qualifiers import Qualifier
    from .changes import FieldChange
    from .entities import Renamed
    from .matching import Key

Names: TypeAlias = "Mapping[str, str]"  # measure or unit, as annotations name it -> label
FactKey: TypeAlias = "tuple[str, ...] | None"
_FIGURE = GraphPart.FIGURE.value
_MEASURES = """
SELECT ?name ?label { ?measure a egov:Measure ; egov:curie|egov:token ?name ; rdfs:label ?label }"""
_TOTAL = "part_of"  # the qualifier that names the total of a figure by its id, which holds the paragraph


@dataclass(frozen=True)
class FactChange:
    """A fact that came, went or changed; if it changed, the later one."""

    kind: DifferenceKind
    fact: Fact
    fields: tuple[FieldChange, ...] = ()

    @property
    def part(self) -> GraphPart:
        """Whether it is a claim or a figure."""
        return GraphPart.FIGURE if self.fact.kind == _FIGURE else GraphPart.STATEMENT


@dataclass(frozen=True)
class FactDifference:
    """How the facts of two graphs differ.

    :param changes: claims, then figures, in order of article and line
    :param reworded: number of facts whose sentence alone differs
    """

    changes: tuple[FactChange, ...]
    reworded: int


def measure_names(store: Store, lang: str) -> Names:
    """Read the labels of measures, by their names in annotations."""
    names: dict[str, str] = {}
    for name, label in store.select(with_prefixes(_MEASURES)).rows:
        if language_of(label) == lang or text_of(name) not in names:
            names[text_of(name)] = text_of(label)
    return names


def read_facts(store: Store, articles: Collection[str] | None, lang: str) -> tuple[Fact, ...]:
    """Read the facts of some articles, or of all.

    :param articles: ids of articles; `None` for all
    """
    if articles is None:
        return facts(store, lang=lang)
    if not articles:
        return ()
    ids = " ".join(str(ox.Literal(article)) for article in sorted(articles))
    pattern = f"VALUES ?source {{ {ids} }} ?origin egov:curie ?source . ?evidence egov:inArticle ?origin ."
    return collect(store, pattern, lang)


def compare_facts(before: Sequence[Fact], after: Sequence[Fact], renamed: Renamed) -> FactDifference:
    """Compare facts.

    Facts of one article with equal content are equal, wherever they stand in it. Of the others, those with
    one subject, relation and object are one fact that changed; likewise texts and figures with one subject
    and relation, in the order in which they stand.

    :param renamed: entities and sources that bear a new identifier, which is no change of their facts
    """
    translated = [_with_new_names(fact, renamed) for fact in before] if renamed else before
    keys: list[Key[Fact]] = [_content, _place, _relation]
    pairing = pair(translated, after, keys)
    pairs = [(old, later, field_changes(_fields(old), _fields(later))) for old, later in pairing.pairs]
    changes = [
        *(FactChange(DifferenceKind.CAME, fact) for fact in pairing.new),
        *(FactChange(DifferenceKind.WENT, fact) for fact in pairing.gone),
        *(FactChange(DifferenceKind.CHANGED, later, fields) for _, later, fields in pairs if fields),
    ]
    in_order = sorted(changes, key=lambda change: (change.part.value, change.fact.article, change.fact.line))
    reworded = sum(old.evidence != later.evidence for old, later, fields in pairs if not fields)
    return FactDifference(tuple(in_order), reworded)


def _content(fact: Fact) -> Hashable:
    return (*_place(fact), *_fields(fact).items())


def _place(fact: Fact) -> tuple[str, ...]:
    """Return what a statement is about: article, subject, relation, and object, text or scope."""
    about = (fact.object or fact.text or "") if fact.kind != _FIGURE else _text(fact.qualifiers.get("period"))
    return (fact.kind, fact.article, fact.subject, fact.predicate, about)


def _relation(fact: Fact) -> FactKey:
    """Return what two texts or figures have in common that state one thing; `None` for a relation."""
    has_object = fact.kind != _FIGURE and fact.text is None
    return None if has_object else (fact.kind, fact.article, fact.subject, fact.predicate)


def _fields(fact: Fact) -> Mapping[str, str]:
    """Return the fields in which a fact can change; the time of publication is not among them."""
    fields = {
        "text": fact.text or "",
        "value": "" if fact.value is None else f"{_sign(fact)}{fact.value:f}",
        "unit": fact.unit or "",
        "status": fact.status,
        "polarity": fact.polarity,
        "valid_from": fact.valid_from or "",
        "valid_to": fact.valid_to or "",
        "as_of_basis": fact.as_of_basis,
    }
    fields |= {name: _text(value) for name, value in fact.qualifiers.items() if name != _TOTAL}
    if _TOTAL in fact.qualifiers:
        fields[_TOTAL] = _text(fact.qualifiers[_TOTAL]).rpartition("-")[2]
    return fields


def _sign(fact: Fact) -> str:
    """Return the comparator in front of a value; empty for an exact value."""
    is_exact = fact.comparator == find_code(default_code("Comparator")).written
    return "" if is_exact else f"{fact.comparator} "


def _text(value: Qualifier | None) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _with_new_names(fact: Fact, renamed: Renamed) -> Fact:
    def new_name(name: str) -> str:
        return renamed.get(name, name)

    def new_names(value: Qualifier) -> Qualifier:
        if isinstance(value, tuple):
            return tuple(new_name(item) if isinstance(item, str) else item for item in value)
        return new_name(value) if isinstance(value, str) else value

    return replace(
        fact,
        article=new_name(fact.article),
        subject=new_name(fact.subject),
        object=new_name(fact.object) if fact.object else fact.object,
        qualifiers={name: new_names(value) for name, value in fact.qualifiers.items()},
    )


def fact_text(fact: Fact, measures: Names, units: Names, lang: str) -> str:
    """Word what a fact states of its subject: a relation and its object, or a measure and its value."""
    if fact.kind == _FIGURE:
        return f"{measures.get(fact.predicate, fact.predicate)}: {amount(fact, lang, units)}"
    return f"{term_label(fact.predicate, lang)} → {fact.object_label or fact.text or ''}"
