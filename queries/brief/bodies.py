"""Whom to ask where sources are silent: the bodies that the law gives fields of a province's work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import CODE, with_prefixes
from ...words import Labelled
from ..facts.values import language_of, text_of
from ..planning.cells.basis import SourceBasis
from .report import BodyToAsk, RuleClause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ...graph.store import Store
    from .clauses import Clauses

_BODIES = with_prefixes("""
SELECT DISTINCT ?body ?name ?document ?clause ?sourcing ?matter {
  ?body a egov:Responsibility ; rdfs:label ?name ; egov:statedIn ?document ; egov:sourcing ?sourcing .
  OPTIONAL { ?body egov:clause ?clause }
  OPTIONAL { ?body egov:answersFor ?matter }
}
""")


@dataclass(frozen=True)
class BodiesToAsk:
    """The bodies that can be asked on a day.

    :param by_matter: IRI of a component, measure or duty → the body that answers for it
    :param default: the body that answers for all else; `None` where no rule in force names one
    """

    by_matter: Mapping[str, BodyToAsk]
    default: BodyToAsk | None

    def about(self, matters: Iterable[str]) -> BodyToAsk | None:
        """Return the body that answers for the first of several matters that has one, else the default.

        :param matters: IRIs, the most specific first
        """
        named = (self.by_matter[matter] for matter in matters if matter in self.by_matter)
        return next(named, self.default)


def read_bodies(store: Store, clauses: Clauses, day: date) -> BodiesToAsk:
    """Read whom to ask on a day, by rules in force then: one query."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    matters: dict[str, set[str]] = defaultdict(set)
    grounds: dict[str, tuple[str, str, str]] = {}
    for body, name, document, clause, sourcing, matter in store.select(_BODIES).rows:
        iri = text_of(body)
        names[iri][language_of(name)] = text_of(name)
        matters[iri].add(text_of(matter))
        grounds[iri] = text_of(document), text_of(clause), text_of(sourcing).removeprefix(CODE)
    by_matter: dict[str, BodyToAsk] = {}
    for iri in sorted(grounds):
        body_to_ask = BodyToAsk(Labelled.of(names[iri]), _clause(iri, grounds[iri], clauses))
        if body_to_ask.clause.basis.bears_verdict and body_to_ask.clause.life.is_in_force(day):
            by_matter |= dict.fromkeys(matters[iri], body_to_ask)
    return BodiesToAsk(by_matter, by_matter.pop("", None))


def _clause(iri: str, ground: Sequence[str], clauses: Clauses) -> RuleClause:
    document, clause, sourcing = ground
    labels, addresses = clauses.labels_of(document), clauses.addresses_of(iri)
    return RuleClause(
        SourceBasis(sourcing, clause or None, labels, addresses), clauses.lives.of(iri, document)
    )
