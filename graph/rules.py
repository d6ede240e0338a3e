"""Closure by rule: what follows from one stated triple, compiled from the ontology.

Superproperties, inverses, symmetry, domains, ranges and superclasses need one triple each, so the closure of
a graph is the union of the closures of its triples: it can be taken source by source, and back likewise.
What needs two triples (transitivity, property chains) is never stored; a property path answers it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .names import EGOV, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..ontology.vocabulary import Vocabulary

Triple: TypeAlias = tuple[str, str, str]  # bare addresses of subject, predicate and object


@dataclass(frozen=True)
class Consequences:
    """What follows from `s p o`.

    :param forward: properties q with `s q o`
    :param backward: properties q with `o q s`
    :param subject_kinds: classes of s
    :param object_kinds: classes of o
    """

    forward: tuple[str, ...]
    backward: tuple[str, ...]
    subject_kinds: tuple[str, ...]
    object_kinds: tuple[str, ...]


@dataclass(frozen=True)
class Closure:
    """The compiled rules.

    :param properties: address of a property -> what follows from a triple with it
    :param classes: address of a class -> its superclasses
    """

    properties: Mapping[str, Consequences]
    classes: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Closure:
        """Compile the rules of an ontology; cost linear in its properties."""
        classes = {
            EGOV + name: tuple(sorted(EGOV + each for each in vocabulary.ancestors(name) - {name}))
            for name in vocabulary.classes
        }
        relations = [name for name, term in vocabulary.properties.items() if term.kind == "object"]
        return cls({EGOV + name: _consequences(vocabulary, name) for name in relations}, classes)

    def infer(self, triples: Iterable[Triple]) -> set[Triple]:
        """Collect what follows from triples and is not among them; cost linear."""
        stated = set(triples)
        found: set[Triple] = set()
        for subject, predicate, target in stated:
            if predicate == RDF_TYPE:
                found.update((subject, RDF_TYPE, kind) for kind in self.classes.get(target, ()))
            elif follows := self.properties.get(predicate):
                found.update((subject, each, target) for each in follows.forward)
                found.update((target, each, subject) for each in follows.backward)
                found.update((subject, RDF_TYPE, kind) for kind in follows.subject_kinds)
                found.update((target, RDF_TYPE, kind) for kind in follows.object_kinds)
        return found - stated


def _consequences(vocabulary: Vocabulary, name: str) -> Consequences:
    forward, backward = {name}, set[str]()
    before = -1
    while before != len(forward) + len(backward):
        before = len(forward) + len(backward)
        for own, other in ((forward, backward), (backward, forward)):
            for each in tuple(own):
                own |= vocabulary.ancestors(each)
                if each in vocabulary.symmetric:
                    other.add(each)
                if each in vocabulary.inverses:
                    other.add(vocabulary.inverses[each])
    terms = vocabulary.properties
    subjects = {terms[p].domain for p in forward} | {terms[p].range for p in backward}
    objects = {terms[p].range for p in forward} | {terms[p].domain for p in backward}
    return Consequences(
        _addresses(forward - {name}),
        _addresses(backward),
        _kinds(vocabulary, subjects),
        _kinds(vocabulary, objects),
    )


def _kinds(vocabulary: Vocabulary, names: Iterable[str | None]) -> tuple[str, ...]:
    known = (vocabulary.ancestors(name) for name in names if name in vocabulary.classes and name)
    return _addresses(set[str]().union(*known))


def _addresses(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(EGOV + name for name in names))


def paths(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Write, for each relation that is never stored, the SPARQL property path that answers it.

    :returns: name -> path over stored relations: transitive properties, their inverses, and chains

    >>> from egovkg.ontology.vocabulary import load_vocabulary
    >>> paths(load_vocabulary())["dependsOn"]
    'egov:dependsOn+'
    """
    found = {name: f"egov:{name}+" for name in sorted(vocabulary.transitive)}
    for name in sorted(vocabulary.transitive):
        if inverse := vocabulary.inverses.get(name):
            found[inverse] = f"(^egov:{name})+"
    for name, links in vocabulary.chains.items():
        found[name] = "/".join(found.get(link, f"egov:{link}") for link in links)
    return found
