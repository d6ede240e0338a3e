"""Comparison of an annotated text with what a file holds of it: what the format lost, by kind and id."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .model import AnnotatedSpan, AnnotatedText, Relation

SPANS, LINKS, RELATIONS, ATTRIBUTES = KINDS = ("spans", "links", "relations", "attributes")
_Place: TypeAlias = "tuple[tuple[int, int], ...]"
_Fact: TypeAlias = "tuple[str, tuple[object, ...], str]"  # kind, what is compared, id for the list of losses


@dataclass
class Losses:
    """What was compared, and what was not there again.

    :param stated: kind → number in the text
    :param lost: kind → names of the annotations that the format did not keep, such as `doc T3 LGSP`
    """

    stated: Counter[str] = field(default_factory=Counter)
    lost: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def kept(self, kind: str) -> int:
        """Return how many of a kind were kept."""
        return self.stated[kind] - len(self.lost[kind])


def compare(before: Iterable[AnnotatedText], after: Iterable[AnnotatedText]) -> Losses:
    """Compare texts with what was read back of them, by the names of the documents.

    Places are counted in characters other than blanks, since some formats keep no blanks.
    """
    again = {text.name: text for text in after}
    losses = Losses()
    for text in before:
        facts = Counter[tuple[str, tuple[object, ...]]]()
        if text.name in again:
            facts.update((kind, key) for kind, key, _ in _facts(again[text.name]))
        for kind, key, name in _facts(text):
            losses.stated[kind] += 1
            if facts[kind, key]:
                facts[kind, key] -= 1
            else:
                losses.lost[kind].append(f"{text.name} {name}")
    return losses


def _facts(text: AnnotatedText) -> Iterator[_Fact]:
    counts = [0, *accumulate(not character.isspace() for character in text.text)]
    places: dict[str, _Place] = {
        span.id: tuple((counts[start], counts[end]) for start, end in span.fragments) for span in text.spans
    }
    for span in text.spans:
        key = (places[span.id], span.label)
        yield SPANS, key, f"{span.id} {span.name}"
        if span.link:
            yield LINKS, (*key, span.link), f"{span.id} {span.link}"
        yield from _attribute_facts(span, key)
    ends = _ends(text, places)
    for relation in text.relations:
        relation_key = ends[relation.id]
        yield RELATIONS, relation_key, f"{relation.id} {relation.label}"
        yield from _attribute_facts(relation, relation_key)


def _attribute_facts(item: AnnotatedSpan | Relation, key: tuple[object, ...]) -> Iterator[_Fact]:
    for name, value in item.attributes.items():
        yield ATTRIBUTES, (*key, name, value), f"{item.id} {name}={value}"


def _ends(text: AnnotatedText, places: Mapping[str, _Place]) -> dict[str, tuple[object, ...]]:
    """Return the label and the places of the arguments of each relation; of another event, its label."""
    labels = {relation.id: relation.label for relation in text.relations}
    return {
        relation.id: (
            relation.label,
            tuple((role, places.get(target, labels.get(target))) for role, target in relation.arguments),
        )
        for relation in text.relations
    }
