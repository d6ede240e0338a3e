"""The dependencies of a store: the network of the chosen edges, and the claims behind each edge.

:class:`Dependencies` binds a store to a choice of edges. Stated edges follow from claims, expected ones from
a reference architecture (`graph.network.expectations`). Edges that are only planned, only implied, or
inherited by a part from its whole are included on request, and are marked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias

from ....errors import DependencyError
from ....graph.network.cache import STATED as STATED_PART
from ....graph.network.cache import network_of, project
from ....graph.network.expectations import (
    between_components,
    expected_network,
    frameworks_with_expectations,
)
from ....graph.network.network import BASES, Network, join
from ....graph.publish import no_graph_error, published
from ....ontology.directions import DELIVERED, PART
from ....ontology.qualifiers import Certainty
from ....ontology.references import DUTIES, chosen_framework
from ....ontology.statuses import find_status
from ....words import Labelled
from ...facts.entities import resolve
from ...facts.terms import term_labels
from ...facts.units import resolve_units
from ...law.lives import life_of_framework
from .choice import DUTY, REFERENCE, STATED, EdgeChoice
from .edge import DependencyEdge
from .edge_claims import (
    edge_claims,
    edges_in_force,
    expectations,
    facts_between,
    pending_edges,
)
from .remarks import (
    FrameworkCounted,
    FrameworkEnded,
    FrameworksLeftOut,
    ImpliedCounted,
    PlansCounted,
    StatementsMadeLater,
    UnverifiedCounted,
)
from .scope import SystemFilter
from .systems import SystemDirectory, is_system_class

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from ....graph.network.network import EdgeKey
    from ....graph.store import Store
    from ...facts.facts import Fact
    from .edge import CuriePair
    from .edge_claims import EdgeClaim, IriPair
    from .remarks import DependencyRemark

NetworkReader: TypeAlias = (
    "Callable[[str], Network]"  # name of a part (`graph.network.cache.PARTS`) -> its network
)
EdgesByPair: TypeAlias = "Mapping[CuriePair, DependencyEdge]"
Relations: TypeAlias = "list[tuple[int, str]]"  # position of the basis in BASES, name of the relation

MAX_QUOTED_PAIRS = 2000  # pairs of systems whose sentences are read for one answer


class Dependencies:
    """A store, its dependency network, and the choice of edges.

    >>> from egovkg.graph.store import OxigraphStore
    >>> len(Dependencies.of(OxigraphStore.in_memory()).network)
    0
    """

    def __init__(
        self, store: Store, read_network: NetworkReader, choice: EdgeChoice, directory: SystemDirectory
    ) -> None:
        self.store, self.read_network, self.choice, self.directory = store, read_network, choice, directory

    @classmethod
    def of(cls, store: Store, choice: EdgeChoice | None = None) -> Dependencies:
        """Bind a store to a choice of edges; each network is projected when it is first needed."""
        networks: dict[str, Network] = {}

        def read_network(part: str) -> Network:
            if part not in networks:
                networks[part] = project(store, part)
            return networks[part]

        return cls(store, read_network, choice or EdgeChoice(), SystemDirectory.of(store))

    @classmethod
    def published(cls, home: Path) -> Dependencies:
        """Open the published graph of a folder; its networks are loaded from cached arrays.

        :raises StoreError: if nothing was published in the folder
        """
        version = published(home)
        if version is None:
            raise no_graph_error(home)
        store = version.open()
        read_network = partial(network_of, version, store)
        return cls(store, read_network, EdgeChoice(), SystemDirectory.of(store))

    def with_choice(self, choice: EdgeChoice) -> Dependencies:
        """Return the dependencies of the same store under another choice of edges."""
        if choice == self.choice:
            return self
        return Dependencies(self.store, self.read_network, choice, self.directory)

    def of_reference(self) -> Dependencies:
        """Return the dependencies that the reference architecture expects between its components."""
        network = between_components(self.store, unverified=self.choice.unverified)
        choice = EdgeChoice(REFERENCE, lang=self.choice.lang, of_reference=True)
        return Dependencies(self.store, lambda _: network, choice, self.directory)

    def in_force(self) -> Dependencies:
        """Return the dependencies stated to be in force: no plans, inferences or expectations."""
        return self if self.choice.of_reference else self.with_choice(self.choice.in_force())

    @property
    def lang(self) -> str:
        """The language of quoted sentences."""
        return self.choice.lang

    @cached_property
    def network(self) -> Network:
        """The network of the chosen edges."""
        if self.choice.basis == STATED:
            return self._stated_network()
        expected = self._expected_network()
        return expected if self.choice.is_expected_only else join(self._stated_network(), expected)

    @cached_property
    def frameworks(self) -> tuple[str, ...]:
        """Addresses of the frameworks that state expected dependencies; the chosen framework first."""
        frameworks = frameworks_with_expectations(self.store)
        is_duty = self.choice.basis == DUTY
        chosen = DUTIES if is_duty else self.choice.framework or chosen_framework(frameworks)
        return tuple(sorted({*frameworks, chosen}, key=lambda framework: (framework != chosen, framework)))

    def _expected_network(self) -> Network:
        choice = self.choice
        if choice.basis == DUTY:
            network = expected_network(
                self.store, unverified=choice.unverified, framework=DUTIES, day=choice.as_of
            )
            return self.directory.kinship.describe(network)
        if not choice.framework or choice.framework == chosen_framework(self.frameworks):
            return self.read_network("all" if choice.unverified else "sourced")
        network = expected_network(self.store, unverified=choice.unverified, framework=choice.framework)
        return self.directory.kinship.describe(network)

    def _stated_network(self) -> Network:
        choice = self.choice
        if choice.has_plain_edges:
            return self.read_network(STATED_PART)
        edges = edges_in_force(self.claims, choice.as_of, implied=choice.implied)
        if choice.plans:
            edges |= pending_edges(self.claims, choice.as_of)
        if choice.parts:
            edges |= self._part_edges()
        return self.directory.kinship.describe(Network.from_edges(edges))

    def _part_edges(self) -> set[EdgeKey]:
        """List the edges from a part to its whole, for parts that inherit the dependencies of the whole."""
        claims = edge_claims(self.store, (PART,))
        return edges_in_force(claims, self.choice.as_of, implied=self.choice.implied)

    @cached_property
    def claims(self) -> tuple[EdgeClaim, ...]:
        """All claims about dependencies; read from the store once."""
        return edge_claims(self.store)

    def deliveries(self) -> set[EdgeKey]:
        """List which services are delivered through which systems, under the choice of edges."""
        choice, claims = self.choice, edge_claims(self.store, (DELIVERED,))
        edges = edges_in_force(claims, choice.as_of, implied=choice.implied)
        return edges | pending_edges(claims, choice.as_of) if choice.plans else edges

    def delivery_edges(self, pairs: Collection[IriPair]) -> EdgesByPair:
        """Describe the deliveries of services through systems, with the claims behind them.

        :param pairs: addresses, the service first
        """
        facts = facts_between(self.store, pairs, self.lang, (DELIVERED,))
        systems = self.directory.systems({iri for pair in pairs for iri in pair})
        ends = [(systems[service].curie, systems[channel].curie) for service, channel in pairs]
        return {pair: self._edge(pair, [(0, DELIVERED)], facts.get(pair, ())) for pair in ends}

    def resolve(self, words: str) -> str:
        """Find the system that a name refers to.

        :returns: its address
        :raises EntityError: if the name matches no entity, or more than one
        :raises DependencyError: if the class of the entity has no dependencies
        """
        iri = resolve(self.store, words, self.lang)
        system = self.directory.system(iri)
        if not is_system_class(system.kind):
            labels = Labelled.of(system.labels or {self.lang: system.curie})
            raise DependencyError(labels, term_labels(system.kind), name=words, lang=self.lang)
        return iri

    def units_of(self, words: str) -> frozenset[str]:
        """Find the units of a territory: the named ones, those within them, and all their predecessors.

        :raises EntityError: if the name matches no entity
        :raises ScopeError: if the entity is no territory
        """
        return frozenset().union(
            *(self.directory.units.scope(unit) for unit in resolve_units(self.store, words, self.lang))
        )

    def edges(self, pairs: Collection[IriPair]) -> tuple[EdgesByPair, bool]:
        """Describe edges, with the claims behind them.

        :param pairs: addresses, dependent first
        :returns: edges by pair of CURIEs; and whether their sentences were read: no, for more than
            :data:`MAX_QUOTED_PAIRS` pairs
        """
        systems = self.directory.systems({iri for pair in pairs for iri in pair})
        has_sentences = len(pairs) <= MAX_QUOTED_PAIRS
        facts = facts_between(self.store, pairs, self.lang) if has_sentences else {}
        relations = self._relations(pairs)
        expected_pairs = [pair for pair in pairs if _has_expected(relations[pair])]
        by_reference = expectations(
            self.store,
            expected_pairs if has_sentences else (),
            unverified=self.choice.unverified,
            framework="" if self.choice.of_reference else self.frameworks[0],
        )
        edges = {}
        for pair in pairs:
            curies = (systems[pair[0]].curie, systems[pair[1]].curie)
            edge = self._edge(curies, relations[pair], facts.get(curies, ()))
            edges[curies] = replace(edge, expectations=by_reference.get(pair, ()))
        return edges, has_sentences

    def _relations(self, pairs: Collection[IriPair]) -> Mapping[IriPair, Relations]:
        """Find the basis and the relation of each edge between pairs of systems."""
        network = self.network
        relations: dict[IriPair, Relations] = defaultdict(list)
        for pair in pairs:
            dependent, provider = network.node(pair[0]), network.node(pair[1])
            if dependent is None or provider is None:
                continue
            for position in network.edges_between.get((dependent, provider), ()):
                relation = network.relations[network.kinds[position]]
                relations[pair].append((int(network.bases[position]), relation))
        return relations

    def _edge(self, pair: CuriePair, relations: Relations, facts: Iterable[Fact]) -> DependencyEdge:
        stated = {relation for basis, relation in relations if not basis}
        claims: list[Fact] = []
        implied: list[Fact] = []
        not_counted: list[Fact] = []
        for fact in facts:
            is_implied = fact.qualifiers.get("certainty") == Certainty.LOW
            if not self._counts(fact):
                not_counted.append(fact)
            elif is_implied:
                implied.append(fact)
            elif fact.predicate in stated:
                claims.append(fact)
            else:
                not_counted.append(fact)
        return DependencyEdge(
            *pair,
            relations=tuple(dict.fromkeys(relation for _, relation in relations)),
            basis=BASES[min((basis for basis, _ in relations), default=0)],
            claims=tuple(claims),
            implied=tuple(implied),
            not_counted=tuple(not_counted),
        )

    def _counts(self, fact: Fact) -> bool:
        if fact.polarity == "no" or (self.choice.as_of and fact.stated_on > self.choice.as_of):
            return False
        standing = find_status(fact.status)
        return standing.runs or (self.choice.plans and standing.is_unused)

    def remarks(self) -> list[DependencyRemark]:
        """State which edges the choice includes or leaves out."""
        choice = self.choice
        remarks: list[DependencyRemark] = [*self._about_ended_framework()]
        if choice.as_of and (later := sum(claim.stated > choice.as_of for claim in self.claims)):
            remarks.append(StatementsMadeLater(later, choice.as_of))
        if choice.basis != STATED and not choice.of_reference and any(self.frameworks):
            framework, *others = map(self.directory.system, filter(None, self.frameworks))
            remarks.append(
                FrameworksLeftOut(framework, tuple(others)) if others else FrameworkCounted(framework)
            )
        if choice.unverified and choice.basis != STATED:
            remarks.append(UnverifiedCounted())
        if not choice.is_expected_only and not choice.of_reference:
            remarks += self._edges_not_in_force()
        return remarks

    def _about_ended_framework(self) -> Iterator[DependencyRemark]:
        """Say that the framework whose expected dependencies count had ended by the day of the question."""
        choice, framework = self.choice, self.frameworks[0]
        if choice.basis in {STATED, DUTY} or choice.of_reference or not framework:
            return
        ending = life_of_framework(self.store, framework).ended_by(choice.as_of or date.today())
        if ending and ending.last_day:
            yield FrameworkEnded(self.directory.system(framework), ending.last_day, ending.message())

    def _edges_not_in_force(self) -> list[DependencyRemark]:
        """Count the edges that exist only because plans or inferences are included."""
        choice = self.choice
        remarks: list[DependencyRemark] = []
        if not choice.plans and not choice.implied:
            return remarks
        in_force = edges_in_force(self.claims, choice.as_of)
        if choice.plans and (planned := pending_edges(self.claims, choice.as_of) - in_force):
            remarks.append(PlansCounted(len(planned)))
        if choice.implied:
            implied = edges_in_force(self.claims, choice.as_of, implied=True) - in_force
            remarks += [ImpliedCounted(len(implied))] if implied else []
        return remarks


def _has_expected(relations: Relations) -> bool:
    """Tell whether one of the relations is expected by the reference architecture."""
    return any(basis for basis, _ in relations)


def filter_of_territory(dependencies: Dependencies, name: str) -> SystemFilter:
    """Build a filter that keeps the systems of a territory.

    :raises EntityError: as :meth:`Dependencies.units_of`; likewise ScopeError
    """
    return SystemFilter(units=dependencies.units_of(name), words=name)
