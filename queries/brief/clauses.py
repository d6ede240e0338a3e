"""The legal grounds of lines: documents by name, where to read them, and the life of rules."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.names import CODE, with_prefixes
from ...ontology.qualifiers import bears_verdict
from ..facts.values import language_of, text_of
from ..law.lives import read_lives
from ..planning.cells.basis import SourceBasis
from .report import RuleClause

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...graph.store import Store
    from ..law.lives import RuleChange, RuleLives
    from ..planning.cells.framework import LegalTarget, ReferenceComponent
    from ..planning.duties import Duty

_DOCUMENTS = with_prefixes("""
SELECT DISTINCT ?document ?label ?sourcing ?clause ?unit {
  ?document egov:authority ?level ; egov:sourcing ?sourcing ; rdfs:label ?label .
  OPTIONAL { ?document egov:clause ?clause }
  OPTIONAL { ?framework egov:definedBy ?document ; egov:frameworkFor ?unit }
}
""")
_ADDRESSES = with_prefixes("SELECT DISTINCT ?thing ?address { ?thing egov:restsOn/egov:location ?address }")

_GOVERNMENT = re.compile(r"https?://([\w.-]+\.)?chinhphu\.vn/")


@dataclass(frozen=True)
class Clauses:
    """The register of law as the grounds of lines.

    :param documents: IRI of a document of the register → its labels
    :param addresses: IRI of a rule, document or responsibility → where to read it
    """

    lives: RuleLives
    documents: Mapping[str, Mapping[str, str]]
    addresses: Mapping[str, Sequence[str]]

    def labels_of(self, document: str) -> Mapping[str, str]:
        """Return the labels of a document; empty if the register lacks it."""
        return self.documents.get(document, {})

    def addresses_of(self, *things: str) -> tuple[str, ...]:
        """List where to read a rule; without an address of its own, where to read what it hangs on."""
        return next((tuple(self.addresses[thing]) for thing in things if thing in self.addresses), ())

    def of_component(self, component: ReferenceComponent) -> RuleClause:
        """Return the ground of a component of a framework."""
        return RuleClause(component.basis, self.lives.of(component.iri, *component.frameworks))

    def of_duty(self, duty: Duty) -> RuleClause:
        """Return the ground of a link that the law asks for."""
        addresses = self.addresses_of(duty.iri)
        return RuleClause(SourceBasis(duty.sourcing, duty.clause, duty.document_labels, addresses), duty.life)

    def of_target(self, target: LegalTarget) -> RuleClause:
        """Return the ground of a target."""
        addresses = self.addresses_of(target.iri, target.document)
        basis = SourceBasis(target.sourcing, target.clause, target.document_labels, addresses)
        return RuleClause(basis, target.life)

    def of_change(self, change: RuleChange) -> RuleClause:
        """Return the ground of a change of a rule: the document that makes it."""
        addresses = self.addresses_of(change.document, change.rule)
        basis = SourceBasis(change.sourcing, change.clause, change.document_labels, addresses)
        return RuleClause(basis, self.lives.of(change.document))

    def of_document(self, document: RegisteredDocument) -> RuleClause:
        """Return a document of the register as a ground, by its clause on entry into force."""
        addresses = self.addresses_of(document.iri)
        basis = SourceBasis(document.sourcing, document.clause, document.labels, addresses)
        return RuleClause(basis, self.lives.of(document.iri))


@dataclass(frozen=True)
class RegisteredDocument:
    """A document of the register of law.

    :param sourcing: slug of how it was seen
    :param clause: its clause on entry into force; ``None`` if that was not read
    :param unit: IRI of the province that it binds; empty for the country
    """

    iri: str
    labels: Mapping[str, str]
    sourcing: str
    clause: str | None = None
    unit: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether it was seen on a published page or in the clause itself."""
        return bears_verdict(self.sourcing)


def read_clauses(store: Store) -> tuple[Clauses, tuple[RegisteredDocument, ...]]:
    """Read the register of law: five queries, linear in its documents and changes."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    seen: dict[str, tuple[str, str | None, str]] = {}
    for document, label, sourcing, clause, unit in store.select(_DOCUMENTS).rows:
        labels[text_of(document)][language_of(label)] = text_of(label)
        seen[text_of(document)] = text_of(sourcing).removeprefix(CODE), text_of(clause) or None, text_of(unit)
    addresses: dict[str, list[str]] = defaultdict(list)
    for thing, address in sorted(store.texts(_ADDRESSES), key=_official_first):
        addresses[thing].append(address)
    documents = (RegisteredDocument(iri, labels[iri], *seen[iri]) for iri in sorted(labels))
    return Clauses(read_lives(store), labels, addresses), tuple(documents)


def _official_first(row: tuple[str, ...]) -> tuple[bool, tuple[str, ...]]:
    """Sort addresses of the Government's own sites before those of copies and articles."""
    return _GOVERNMENT.match(row[1]) is None, row
