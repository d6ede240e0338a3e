"""Reading of targets from a store: values of measures, and components that have to be in place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from ...errors import FrameworkError
from ...graph.names import CODE, with_prefixes
from ...ontology.qualifiers import default_sourcing
from ...words import message
from ..facts.values import language_of, text_of
from ..law.lives import RuleLife, read_lives
from .cells.framework import ComponentTarget, NumericTarget
from .frameworks.catalogue import Frameworks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from ...graph.store import RdfTerm, Row, Store
    from ..law.lives import RuleLives
    from .cells.framework import LegalTarget, ReferenceComponent

    LabelsByIri: TypeAlias = Mapping[str, Mapping[str, str]]

_COMMON = """?target a egov:Target ; egov:setBy ?document ; egov:forPeriod ?period ;
    egov:forGovernmentLevel ?level ; egov:sourcing ?sourcing .
  OPTIONAL { ?target egov:clause ?clause }"""
_NUMERIC = with_prefixes(f"""
SELECT DISTINCT ?target ?document ?period ?level ?sourcing ?clause ?measure ?comparator ?value ?unit ?service
  ?scheme ?part ?whole {{
  {_COMMON}
  ?target egov:measure ?measure ; egov:comparator ?comparator ; egov:value ?value ; egov:unit ?unit .
  OPTIONAL {{ ?target egov:forServiceLevel ?service }}
  OPTIONAL {{ ?target egov:underScheme ?scheme }}
  OPTIONAL {{ ?target egov:partMeasure ?part ; egov:wholeMeasure ?whole }}
}}
""")
_OF_COMPONENTS = with_prefixes(f"""
SELECT DISTINCT ?target ?document ?period ?level ?sourcing ?clause ?component {{
  {_COMMON}
  ?target egov:asksComponent ?component .
}}
""")
_LABELS = with_prefixes("""
SELECT DISTINCT ?thing ?label {
  { ?target a egov:Target . BIND(?target AS ?thing) }
  UNION { ?target a egov:Target ; egov:setBy|egov:unit ?thing }
  ?thing rdfs:label ?label
}
""")
_SOURCES = with_prefixes("SELECT DISTINCT ?target ?source { ?target a egov:Target ; egov:restsOn ?source }")


class _CommonFields(TypedDict):
    """The fields that all targets have."""

    iri: str
    labels: Mapping[str, str]
    document: str
    document_labels: Mapping[str, str]
    period: str
    level: str
    clause: str | None
    sourcing: str
    sources: tuple[str, ...]
    life: RuleLife


def read_targets(
    store: Store, *, unsourced: bool = False, law: Store | None = None
) -> tuple[LegalTarget, ...]:
    """Read the targets of a store in order of document and IRI.

    :param unsourced: whether to include targets whose sourcing does not bear verdicts
    :param law: the store with the changes of rules, if it is another one

    Cost: about ten queries; linear in the targets.
    """
    reading = _Reading(store, read_lives(law or store))
    targets = (*reading.numeric_targets(), *reading.component_targets())
    counted = (target for target in targets if unsourced or target.is_sourced)
    return tuple(sorted(counted, key=lambda target: (target.document, target.iri)))


def check_measures(store: Store, targets: Sequence[LegalTarget]) -> None:
    """Reject targets whose measure is undefined: every province would be reported as having no figures.

    :raises FrameworkError: with the names of the undefined measures
    """
    numeric = [target for target in targets if isinstance(target, NumericTarget)]
    names = {target.measure.rpartition("/")[2] for target in numeric}
    if undefined := sorted(names - measure_names(store)):
        raise FrameworkError(message(__package__, "error.undefined_measures", measures=tuple(undefined)))


def measure_names(store: Store) -> frozenset[str]:
    """Return the local names of the measures that a store defines."""
    rows = store.texts(with_prefixes("SELECT DISTINCT ?measure { ?measure a egov:Measure }"))
    return frozenset(row[0].rpartition("/")[2] for row in rows)


class _Reading:
    """Reads the targets of one store.

    :param lives: the lives of documents, targets and levels of government
    """

    def __init__(self, store: Store, lives: RuleLives) -> None:
        self.store = store
        self.lives = lives
        self.labels = _labels(store)
        self.sources: dict[str, list[str]] = defaultdict(list)
        for target, source in store.texts(_SOURCES):
            self.sources[target].append(source)

    def numeric_targets(self) -> list[NumericTarget]:
        """List the targets that are values of a measure."""
        return [self._numeric(row) for row in self.store.select(_NUMERIC).rows]

    def component_targets(self) -> list[ComponentTarget]:
        """List the targets that are components; a component that the store does not define is left out."""
        rows = self.store.select(_OF_COMPONENTS).rows
        components = Frameworks.of(self.store).components_by_iri if rows else {}
        return [self._of_component(row, components) for row in rows if text_of(row[6]) in components]

    def _numeric(self, row: Row) -> NumericTarget:
        unit = text_of(row[9])
        scheme = _text(row[11])
        return NumericTarget(
            **self._common(row),
            measure=text_of(row[6]),
            comparator=_slug(row[7]) or "",
            value=Decimal(text_of(row[8])),
            unit=unit,
            service_level=_slug(row[10]),
            scheme=_slug(row[11]),
            part=_text(row[12]),
            whole=_text(row[13]),
            unit_labels=self.labels.get(unit, {}),
            scheme_life=self.lives.of(scheme) if scheme else RuleLife(),
        )

    def _of_component(self, row: Row, components: Mapping[str, ReferenceComponent]) -> ComponentTarget:
        component = replace(components[text_of(row[6])], version=None)  # any version counts
        return ComponentTarget(**self._common(row), component=component)

    def _common(self, row: Row) -> _CommonFields:
        iri, document, period, level = (text_of(term) for term in row[:4])
        return {
            "iri": iri,
            "labels": self.labels.get(iri, {}),
            "document": document,
            "document_labels": self.labels.get(document, {}),
            "period": period,
            "level": level.removeprefix(CODE),
            "clause": _text(row[5]),
            "sourcing": _slug(row[4]) or default_sourcing(),
            "sources": tuple(sorted(self.sources[iri])),
            "life": self.lives.of(iri, document, level),
        }


def _labels(store: Store) -> LabelsByIri:
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, label in store.select(_LABELS).rows:
        labels[text_of(thing)][language_of(label)] = text_of(label)
    return labels


def _text(term: RdfTerm | None) -> str | None:
    return None if term is None else text_of(term)


def _slug(term: RdfTerm | None) -> str | None:
    return None if term is None else text_of(term).removeprefix(CODE)
