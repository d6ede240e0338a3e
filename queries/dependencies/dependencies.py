"""Dependencies: which edges count, and what stands behind each of them.

:class:`Dependencies` binds a store to a choice of edges; the questions (`impact`, `paths`, `single_points`,
`matrix`, `criticality`, `comparison`) take it as their first argument.

Stated edges follow from claims; expected ones from a reference, by the rule of `graph.expectations`. What is
only planned, only implied, or follows for parts from their whole counts when it is chosen, and is marked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias

from ...errors import DependencyError, EntityError, ScopeError, StoreError
from ...graph.network.cache import STATED, network_of, project
from ...graph.network.expectations import between_components
from ...graph.network.network import BASES, Network, join
from ...graph.publish import published
from ...graph.text import fold
from ...ontology.qualifiers import Certainty
from ...ontology.statuses import find_status
from ...ontology.vocabulary import load_vocabulary
from ..facts.entities import resolve, resolve_all
from .edge_claims import PART, Evidence, ahead, edge_claims, evidence, expectations, holding
from .nodes import Component, Directory, is_component, words_of
from .step import Step
from .words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ...graph.network.network import EdgeKey
    from ...graph.store import Store
    from ..facts.facts import Fact
    from .edge_claims import EdgeClaim

Parts: TypeAlias = "Callable[[str], Network]"  # name of a part -> its network
Pair: TypeAlias = tuple[str, str]  # CURIEs: dependent, provider
MOST_SENTENCES = 2000  # pairs of components whose sentences are read for one answer


@dataclass(frozen=True)
class Choice:
    """Which edges count.

    :param basis: `stated`, `reference` or `both`
    :param as_of: as of when: what was said by that day, of that day
    :param plans: whether planned, approved, unfinished, trial and limited connections count too
    :param implied: whether what the annotator only infers counts too
    :param parts: whether a part shares what its whole depends on
    :param unverified: whether expectations without a source count too
    :param lang: language of labels, sentences and notes
    :param of_components: whether the nodes are components of the reference rather than systems
    """

    basis: str = "stated"
    as_of: date | None = None
    plans: bool = False
    implied: bool = False
    parts: bool = False
    unverified: bool = False
    lang: str = "vi"
    of_components: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the stated edges are just the plain edges of the graph."""
        return self.as_of is None and not (self.plans or self.implied or self.parts)


class Dependencies:
    """A store, its dependency network, and the choice of edges.

    >>> from egovkg.graph.store import OxigraphStore
    >>> len(Dependencies.of(OxigraphStore.in_memory()).network)
    0
    """

    def __init__(self, store: Store, parts: Parts, choice: Choice, directory: Directory) -> None:
        self.store, self.parts, self.choice, self.directory = store, parts, choice, directory

    @classmethod
    def of(cls, store: Store, choice: Choice | None = None) -> Dependencies:
        """Bind a store; its networks are projected anew, each when it is first needed."""
        made: dict[str, Network] = {}

        def part(name: str) -> Network:
            if name not in made:
                made[name] = project(store, name)
            return made[name]

        return cls(store, part, choice or Choice(), Directory.of(store))

    @classmethod
    def published(cls, home: Path, choice: Choice | None = None) -> Dependencies:
        """Open the published graph of a folder; its networks come from the arrays kept with the version.

        :raises StoreError: if nothing was published in the folder
        """
        version = published(home)
        if version is None:
            raise StoreError(home, 'no graph was published here — run "egovkg build"')
        store = version.open()
        return cls(store, partial(network_of, version, store), choice or Choice(), Directory.of(store))

    def with_choice(self, choice: Choice) -> Dependencies:
        """Choose other edges of the same store."""
        return Dependencies(self.store, self.parts, choice, self.directory)

    def components_only(self) -> Dependencies:
        """Turn to the components of the reference itself, and what it expects between them."""
        network = between_components(self.store, unverified=self.choice.unverified)
        choice = Choice("reference", lang=self.choice.lang, of_components=True)
        return Dependencies(self.store, lambda _: network, choice, self.directory)

    @property
    def is_of_components(self) -> bool:
        """Whether the nodes are components of the reference rather than systems."""
        return self.choice.basis == "reference" and self.choice.of_components

    @property
    def lang(self) -> str:
        """The language of the answers."""
        return self.choice.lang

    @cached_property
    def network(self) -> Network:
        """The network of the chosen edges."""
        choice = self.choice
        expected = self.parts("all" if choice.unverified else "sourced") if choice.basis != "stated" else None
        if expected is not None and choice.basis == "reference":
            return expected
        stated = self._stated
        return stated if expected is None else join(stated, expected)

    @property
    def _stated(self) -> Network:
        choice = self.choice
        if choice.is_plain:
            return self.parts(STATED)
        edges = holding(self.claims, choice.as_of, guesses=choice.implied)
        if choice.plans:
            edges |= ahead(self.claims, choice.as_of)
        if choice.parts:
            edges |= self.part_edges
        return Network.from_edges(edges)

    @cached_property
    def claims(self) -> tuple[EdgeClaim, ...]:
        """All claims about dependencies, read once."""
        return edge_claims(self.store)

    @cached_property
    def part_edges(self) -> set[EdgeKey]:
        """The edges from a part to its whole, of what shares the whole's dependencies."""
        return holding(edge_claims(self.store, (PART,)), self.choice.as_of, guesses=self.choice.implied)

    def resolve(self, words: str) -> str:
        """Find the component that the words mean.

        :returns: its address
        :raises EntityError: if nothing fits, or several do
        :raises DependencyError: if it is of a kind that has no dependencies
        """
        iri = resolve(self.store, words, self.lang)
        component = self.directory.component(iri)
        if not is_component(component.kind):
            raise DependencyError(component.label(self.lang), words_of(component.kind, self.lang))
        return iri

    def scope(self, words: str) -> frozenset[str]:
        """Find a territory by name: its units, those within, and the predecessors of all of them.

        :raises EntityError: if nothing fits
        :raises ScopeError: if it is no territory
        """
        try:
            units = resolve_all(self.store, words, self.lang, folder="unit")
        except EntityError as error:
            if other := self._thing_called(words):
                raise ScopeError(self.name(other)) from error
            raise
        return frozenset().union(*(self.directory.units.scope(unit) for unit in units))

    def _thing_called(self, words: str) -> str | None:
        try:
            return resolve(self.store, words, self.lang)
        except EntityError:
            return None

    def name(self, iri: str) -> str:
        """Give the label of a component."""
        return self.directory.component(iri).label(self.lang)

    def steps(self, pairs: Collection[tuple[str, str]]) -> tuple[Mapping[Pair, Step], bool]:
        """Describe edges, with the claims behind them.

        :param pairs: addresses, dependent first
        :returns: by pair of CURIEs; and whether the claims were read, which they are not for very many
        """
        known = self.directory.components({iri for pair in pairs for iri in pair})
        few = len(pairs) <= MOST_SENTENCES
        said: Evidence = evidence(self.store, pairs, self.lang) if few else {}
        kinds = self._kinds(pairs)
        asked = [pair for pair in pairs if any(basis for basis, _ in kinds[pair])] if few else []
        wanted = expectations(self.store, asked, unverified=self.choice.unverified)
        made = {}
        for one, other in pairs:
            pair = (known[one].curie, known[other].curie)
            made[pair] = replace(
                self._step(pair, kinds[one, other], said.get(pair, ())),
                expectations=wanted.get((one, other), ()),
            )
        return made, few

    def _kinds(self, pairs: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], list[tuple[int, str]]]:
        """Find basis and relation of the edges of pairs."""
        network = self.network
        found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for pair in pairs:
            one, other = network.node(pair[0]), network.node(pair[1])
            if one is not None and other is not None:
                for at in network.edges_between.get((one, other), ()):
                    found[pair].append((int(network.bases[at]), network.relations[network.kinds[at]]))
        return found

    def _step(self, pair: Pair, kinds: list[tuple[int, str]], facts: Iterable[Fact]) -> Step:
        chosen = {relation for basis, relation in kinds if basis == 0}
        claims: list[Fact] = []
        implied: list[Fact] = []
        others: list[Fact] = []
        for fact in facts:
            is_guess = fact.qualifiers.get("certainty") == Certainty.LOW
            if fact.polarity == "no" or not self._counts(fact):
                others.append(fact)
            elif is_guess:
                implied.append(fact)
            elif fact.predicate in chosen:
                claims.append(fact)
            else:
                others.append(fact)
        return Step(
            *pair,
            relations=tuple(dict.fromkeys(relation for _, relation in kinds)),
            basis=BASES[min((basis for basis, _ in kinds), default=0)],
            claims=tuple(claims),
            implied=tuple(implied),
            others=tuple(others),
        )

    def _counts(self, fact: Fact) -> bool:
        if self.choice.as_of and fact.stated_on > self.choice.as_of:
            return False
        status = find_status(fact.status)
        return status.is_in_force or (self.choice.plans and status.is_ahead)

    def notes(self) -> list[str]:
        """Say what the choice leaves out or lets in."""
        told = []
        day = self.choice.as_of
        if day and (late := sum(claim.stated > day for claim in self.claims)):
            told.append(say(self.lang, "not-yet-said", n=late, day=day.isoformat()))
        if self.choice.unverified and self.choice.basis != "stated":
            told.append(say(self.lang, "unverified"))
        if self.choice.basis != "reference" and not self.choice.of_components:
            told += self._counted()
        return told

    def _counted(self) -> list[str]:
        """Say how many of the edges would not be there without plans and inferences."""
        firm = holding(self.claims, self.choice.as_of) if self.choice.plans or self.choice.implied else set()
        more = {
            "plans-count": ahead(self.claims, self.choice.as_of) if self.choice.plans else set(),
            "implied-count": holding(self.claims, self.choice.as_of, guesses=True)
            if self.choice.implied
            else set(),
        }
        return [say(self.lang, key, n=len(edges - firm)) for key, edges in more.items() if edges - firm]

    def firm(self) -> Dependencies:
        """Turn to what is stated to be in force, without plans, inferences and expectations."""
        choice = replace(self.choice, basis="stated", plans=False, implied=False)
        return self if choice == self.choice or self.choice.of_components else self.with_choice(choice)

    def widened(self) -> list[tuple[str, Dependencies]]:
        """List the choices with one more kind of edges each, by the note that tells of it."""
        choice, found = self.choice, []
        if choice.of_components:
            return []
        if choice.basis == "stated":
            found.append(("more-by-reference", replace(choice, basis="both")))
        if choice.basis != "reference":
            wider = {
                "more-planned": replace(choice, plans=True),
                "more-implied": replace(choice, implied=True),
                "more-parts": replace(choice, parts=True),
            }
            found += [(key, other) for key, other in wider.items() if other != choice]
        return [(key, self.with_choice(other)) for key, other in found]


@dataclass(frozen=True)
class Filter:
    """Which components of an answer are listed; paths lead through the others all the same.

    :param units: addresses of units; all territories when it is empty
    :param kinds: names of classes, subclasses included
    :param layers: slugs of layers
    :param words: how the scope was asked for
    """

    units: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    layers: frozenset[str] = frozenset()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.units or self.kinds or self.layers)

    def keeps(self, component: Component) -> bool:
        """Tell whether a component is listed."""
        vocabulary = load_vocabulary()
        return (
            (not self.units or bool(self.units & component.territories))
            and (not self.layers or component.layer in self.layers)
            and (
                not self.kinds
                or any(
                    vocabulary.is_a(component.kind, kind)
                    for kind in self.kinds
                    if component.kind in vocabulary.classes
                )
            )
        )


def kind_named(words: str) -> str:
    """Find a class by its name or label, with or without accents.

    :raises ValueError: if there is no such class of components

    >>> kind_named("datacentre"), kind_named("trung tam du lieu")
    ('DataCentre', 'DataCentre')
    """
    vocabulary = load_vocabulary()
    for name, term in vocabulary.classes.items():
        if is_component(name) and fold(words) in {fold(name), *map(fold, term.labels.values())}:
            return name
    raise ValueError(f'no class of components is called "{words}" — see egovkg ask systems-by-kind')


def layer_named(words: str) -> str:
    """Find a layer by its slug or label, with or without accents.

    :raises ValueError: if there is no such layer

    >>> layer_named("nen tang")
    'platform'
    """
    vocabulary = load_vocabulary()
    for slug in vocabulary.schemes["Layer"]:
        if fold(words) in {slug, *map(fold, vocabulary.codes[slug].labels.values())}:
            return slug
    raise ValueError(f'no layer is called "{words}" — one of {", ".join(vocabulary.schemes["Layer"])}')


def names_of(components: Iterable[Component], lang: str, most: int = 6) -> str:
    """Write names in a row; beyond a number, how many more.

    >>> names_of([], "en")
    ''
    """
    words = [component.label(lang) for component in components]
    shown: Sequence[str] = words[:most]
    return ", ".join(shown) + (f" … (+{len(words) - most})" if len(words) > most else "")
