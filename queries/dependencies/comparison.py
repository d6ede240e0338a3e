"""Province against province: which connections one has and the other lacks; what is there twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ...graph.names import GRAPH_REGISTER, with_prefixes
from ..facts.values import text_of
from .dependencies import Filter
from .edge_claims import PART, edge_claims, holding
from .nodes import words_of
from .section import section
from .words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts.values import Json
    from .dependencies import Dependencies
    from .nodes import Component
    from .step import Step

Link: TypeAlias = tuple[str, str, str]  # class of the dependent, relation, class of the provider

# Of these there are several anywhere: no sign of doing a thing twice.
SEVERAL = frozenset(
    {
        "TechnicalComponent",
        "InformationSystem",
        "SystemGroup",
        "SectorSystem",
        "WebPortal",
        "Database",
        "Infrastructure",
        "Equipment",
        "LocalNetwork",
        "TelecomNetwork",
        "Network",
        "SecurityComponent",
    }
)
_SYSTEMS = f"""
SELECT DISTINCT ?system ?class {{
  VALUES ?place {{ %s }}
  ?system egov:ofTerritory|egov:serves ?place ; a egov:TechnicalComponent .
  GRAPH <{GRAPH_REGISTER}> {{ ?system a ?class }}
}}"""


@dataclass(frozen=True)
class Contrast:
    """One kind of connection.

    :param link: classes and relation
    :param here: its edges in the first place; empty when it is lacking there
    :param there: its edges in the second
    """

    link: Link
    here: tuple[Step, ...]
    there: tuple[Step, ...]

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give it in a form that JSON can hold."""
        return {
            "dependent_kind": self.link[0],
            "relation": self.link[1],
            "provider_kind": self.link[2],
            "labels": [words_of(name, lang) for name in self.link],
            "first": [[step.dependent, step.provider] for step in self.here],
            "second": [[step.dependent, step.provider] for step in self.there],
            "basis": [*sorted({step.basis for step in (*self.here, *self.there)})],
            "standing": [*sorted({s.standing(self.link[1]).value for s in (*self.here, *self.there)})],
        }


@dataclass(frozen=True)
class Duplicate:
    """Several systems of one class in one place.

    :param whole: the system that all of them are parts of, if there is one
    """

    kind: str
    systems: tuple[Component, ...]
    whole: Component | None = None

    def as_dict(self, lang: str) -> dict[str, Json]:
        """Give it in a form that JSON can hold."""
        return {
            "kind": self.kind,
            "label": words_of(self.kind, lang),
            "systems": [one.curie for one in self.systems],
            "part_of": self.whole.curie if self.whole else None,
        }


@dataclass(frozen=True)
class Comparison:
    """The answer: connections by class, what both have first.

    :param names: the places as asked for
    :param components: all that the edges name, by CURIE
    """

    names: tuple[str, str]
    contrasts: tuple[Contrast, ...]
    duplicates: Mapping[str, tuple[Duplicate, ...]]
    components: Mapping[str, Component]
    notes: tuple[str, ...]
    lang: str

    def as_dict(self) -> dict[str, Json]:
        """Give it in a form that JSON can hold."""
        return {
            "first": self.names[0],
            "second": self.names[1],
            "connections": [one.as_dict(self.lang) for one in self.contrasts],
            "duplicates": {
                name: [one.as_dict(self.lang) for one in found] for name, found in self.duplicates.items()
            },
            "notes": list(self.notes),
        }


def comparison(found: Dependencies, one: str, other: str) -> Comparison:
    """Set two territories against each other.

    :param one: a territory as a user names it; so is `other`
    :raises EntityError: if a name fits no territory
    """
    places = {name: found.scope(name) for name in (one, other)}
    here, there = (_links(found, places[name]) for name in (one, other))
    links = sorted(here.keys() | there.keys(), key=lambda link: (-((link in here) + (link in there)), link))
    contrasts = tuple(Contrast(link, tuple(here.get(link, ())), tuple(there.get(link, ()))) for link in links)
    notes = [
        say(found.lang, "empty-scope", scope=name)
        for name, linked in ((one, here), (other, there))
        if not linked
    ]
    named = {curie for each in (*here.values(), *there.values()) for step in each for curie in _ends(step)}
    known = {each.curie: each for name in places for each in _known(found, places[name])}
    return Comparison(
        names=(one, other),
        contrasts=contrasts,
        duplicates={name: duplicates(found, units) for name, units in places.items()},
        components={curie: known[curie] for curie in sorted(named & known.keys())},
        notes=(*notes, *found.notes()),
        lang=found.lang,
    )


def _ends(step: Step) -> tuple[str, str]:
    return step.dependent, step.provider


def _known(found: Dependencies, units: frozenset[str]) -> list[Component]:
    return list(section(found, Filter(units=units)).components.values())


def _links(found: Dependencies, units: frozenset[str]) -> dict[Link, list[Step]]:
    part = section(found, Filter(units=units))
    steps, _ = found.steps(sorted({(a, b) for a, _, b, _ in part.network.edges()}))
    kinds = {one.curie: one.kind for one in part.components.values()}
    made: dict[Link, list[Step]] = defaultdict(list)
    for step in steps.values():
        for relation in step.relations:
            made[kinds[step.dependent], relation, kinds[step.provider]].append(step)
    return dict(made)


def duplicates(found: Dependencies, units: frozenset[str]) -> tuple[Duplicate, ...]:
    """List the classes of which a territory has several systems, without a whole beside its own parts.

    :param units: addresses of the units that make the territory
    """
    query = with_prefixes(_SYSTEMS % " ".join(f"<{unit}>" for unit in sorted(units)))
    by_kind: dict[str, set[str]] = defaultdict(set)
    for row in found.store.select(query).rows:
        by_kind[text_of(row[1]).rpartition("#")[2]].add(text_of(row[0]))
    parts = holding(edge_claims(found.store, (PART,)), found.choice.as_of)
    wholes: dict[str, set[str]] = defaultdict(set)
    for edge in parts:
        wholes[edge[0]].add(edge[2])
    made = []
    for kind, systems in sorted(by_kind.items()):
        single = systems - {whole for system in systems for whole in wholes[system]}
        if kind not in SEVERAL and len(single) > 1:
            shared = set.intersection(*(wholes[system] for system in single))
            named = tuple(found.directory.component(system) for system in sorted(single))
            whole = found.directory.component(min(shared)) if shared else None
            made.append(Duplicate(kind, named, whole))
    return tuple(made)
